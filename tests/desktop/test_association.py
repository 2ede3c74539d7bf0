"""Double click: only entries of the program's own are made, and all of them go away again (the registry stands in for by a settings file)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop import association
from desktop.__main__ import main
from desktop.arriving import OTHER, sort_of

PROGRAM = Path(r"D:\民政 工具\经办台账\经办台账.exe")


@pytest.fixture
def classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    made = QSettings(str(tmp_path / "classes.ini"), QSettings.Format.IniFormat)
    monkeypatch.setattr(association, "registry", lambda: made)
    return made


def test_a_double_click_on_a_book_starts_this_program_with_the_file(classes: QSettings) -> None:
    association.associate(classes, PROGRAM)
    name = classes.value(".jingban/.")
    assert classes.value(f"{name}/shell/open/command/.") == f'"{PROGRAM}" "%1"'
    assert association.associated(classes, PROGRAM)


def test_a_program_that_was_moved_is_not_the_one_a_double_click_starts(classes: QSettings) -> None:
    association.associate(classes, PROGRAM)
    assert not association.associated(classes, Path(r"E:\经办台账\经办台账.exe"))


def test_a_zip_keeps_opening_as_a_zip(classes: QSettings) -> None:
    classes.setValue(".zip/.", "CompressedFolder")
    association.associate(classes, PROGRAM)
    assert classes.value(".zip/.") == "CompressedFolder"
    assert [key for key in classes.allKeys() if key.startswith(".zip/OpenWithProgids/")] == [".zip/OpenWithProgids/jingban.zip"]


def test_taking_it_back_leaves_the_registry_as_it_was(classes: QSettings) -> None:
    classes.setValue(".zip/.", "CompressedFolder")
    classes.setValue("Other.Program/.", "别的程序")
    before = {key: classes.value(key) for key in classes.allKeys()}
    association.associate(classes, PROGRAM)
    assert set(classes.allKeys()) > set(before)
    association.dissociate(classes)
    assert {key: classes.value(key) for key in classes.allKeys()} == before


def test_an_end_that_another_program_took_since_stays_with_it(classes: QSettings) -> None:
    association.associate(classes, PROGRAM)
    classes.setValue(".jingban/.", "Other.Program")
    association.dissociate(classes)
    assert classes.value(".jingban/.") == "Other.Program"


def test_every_kind_it_asks_for_is_one_the_program_takes() -> None:
    assert all(sort_of(Path(f"龙川县{end}")) != OTHER for end in (*association.KINDS, association.PACKAGE[0]))


@pytest.mark.parametrize(("answer", "after"), [(QMessageBox.StandardButton.Yes, True), (QMessageBox.StandardButton.No, False)])
def test_the_menu_asks_first(classes: QSettings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton, after: bool) -> None:
    said: list[str] = []
    window = QWidget()
    monkeypatch.setattr(QMessageBox, "question", lambda _parent, _title, words: said.append(words) or answer)
    association.ask(PROGRAM, window)
    assert association.associated(classes, PROGRAM) is after
    if after:
        association.ask(PROGRAM, window)
        assert not association.associated(classes, PROGRAM)
    assert "不需要管理员权限" in said[0]


def test_nothing_is_to_be_switched_where_it_is_not_the_packed_program_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not association.possible()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert association.possible() == (sys.platform == "win32")


@pytest.mark.parametrize("option", ["--associate", "--dissociate"])
def test_elsewhere_the_option_says_so_and_changes_nothing(
    classes: QSettings, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["desktop", option])
    monkeypatch.setattr(association, "possible", lambda: False)
    assert main() == 2
    assert not classes.allKeys() and "Windows" in capsys.readouterr().err
