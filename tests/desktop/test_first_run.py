"""First run: the wizard from its first page to the new book, by keys and by pasting; every page fits the smallest window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from db.facts import county
from db.rows import rows
from desktop.ask_secret import AskSecret
from desktop.first_pages import IMPORT, LATER
from desktop.first_run import FirstRun
from desktop.frame import SMALLEST
from office.backup import backups, state
from office.city_book import counties
from office.open import open_book
from office.password import has_password
from policy.clock import Clock

PASSWORD = "东岭 2026 台账"


@pytest.fixture
def wizard(qtbot: QtBot, tmp_path: Path, clock: Clock) -> FirstRun:
    made = FirstRun(clock, tmp_path)
    qtbot.addWidget(made)
    made.resize(SMALLEST)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.begin()
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    front = QApplication.focusWidget()
    assert front is not None
    QTest.keyClick(front, key, modifier)
    QApplication.processEvents()


def choose(wizard: FirstRun, city: str, county_name: str = "") -> None:
    wizard.whose.city.setCurrentText(city)
    if county_name:
        wizard.whose.county.setCurrentText(county_name)


def title(wizard: FirstRun) -> str:
    return wizard.title.text()


@contextmanager
def code_typed_back() -> Iterator[list[str]]:
    """Copies the recovery code as a clerk does, when it is shown."""
    said: list[str] = []
    timer = QTimer(interval=20)

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, AskSecret):
            timer.stop()
            text = next(label for label in shown.findChildren(type(shown.wrong)) if "恢复码：" in label.text()).text()
            said.append(text.split("\n\n")[1].strip())
            QTest.keyClicks(shown.lines["code"], said[0])
            QTest.keyClick(shown.lines["code"], Qt.Key.Key_Return)

    timer.timeout.connect(look)
    timer.start()
    yield said
    timer.stop()


def test_a_county_by_keys_alone_with_households_pasted(wizard: FirstRun, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    assert QApplication.focusWidget() is wizard.whose.city
    choose(wizard, "梅州市", "大埔县")
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: title(wizard) == "存放位置")
    assert str(tmp_path / "大埔县.经办台账") in wizard.place.note.text()
    press(Qt.Key.Key_Return)
    assert title(wizard) == "密码"
    press(Qt.Key.Key_Return)
    assert "请输入新密码" in wizard.wrong.text()
    wizard.secret.locked.setFocus()
    press(Qt.Key.Key_Down)
    assert wizard.secret.open.isChecked()
    press(Qt.Key.Key_Return)
    assert title(wizard) == "乡镇和户数"
    first, second = wizard.units.units[:2]
    QGuiApplication.clipboard().setText(f"{second.name}\t1,204\r\n{first.name}\t305\r\n合计\t1509\r\n")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [one.households for one in wizard.units.units[:2]] == [305, 1204]
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: title(wizard) == "人员")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert wizard.people.chosen() == IMPORT
    with qtbot.waitSignal(wizard.made, timeout=20000) as made:
        press(Qt.Key.Key_Return)
    folder, password, afterwards = made.args
    assert (folder, password, afterwards) == (tmp_path / "大埔县.经办台账", "", IMPORT)
    with open_book(folder, clock) as book:
        held = book.read(county)
        assert (held.name, held.city, held.region, held.region_basis) == ("大埔县", "梅州市", "粤东西北", "按所属地级市")
        assert [one["households"] for one in book.read(rows, "caseload")] == [305, 1204]


def test_a_password_is_asked_twice_the_code_typed_back_and_the_first_backup_goes_elsewhere(
    wizard: FirstRun, qtbot: QtBot, tmp_path: Path, clock: Clock, quick_passwords: None
) -> None:
    stick = tmp_path / "优盘"
    stick.mkdir()
    choose(wizard, "梅州市", "大埔县")
    wizard.go_on()
    wizard.place.backup.setText(str(tmp_path / "没有"))
    wizard.go_on()
    assert "不是已有的文件夹" in wizard.wrong.text()
    wizard.place.backup.setText(str(stick))
    wizard.go_on()
    wizard.secret.new.setText("短")
    wizard.go_on()
    assert "密码至少" in wizard.wrong.text()
    wizard.secret.new.setText(PASSWORD)
    wizard.secret.again.setText("别的 2026 台账")
    wizard.go_on()
    assert "不一致" in wizard.wrong.text()
    wizard.secret.again.setText(PASSWORD)
    for _ in range(2):
        wizard.go_on()
    with code_typed_back() as code, qtbot.waitSignal(wizard.made, timeout=20000) as made:
        wizard.go_on()
    assert len(code[0].replace("-", "")) == 28
    folder, password, afterwards = made.args
    assert (password, afterwards) == (PASSWORD, LATER)
    assert has_password(folder)
    assert len(backups(stick)) == 1
    with open_book(folder, clock, password=PASSWORD, program="试") as book:
        assert state(book).days_outside(clock) == 0 and state(book).place == stick


def test_a_doubtful_county_asks_for_region_and_basis(wizard: FirstRun) -> None:
    choose(wizard, "惠州市", "惠东县")
    assert wizard.whose.region.currentText() == "请选择"
    assert "写明依据" in wizard.whose.note.text()
    wizard.go_on()
    assert "选择地区类别" in wizard.wrong.text()
    wizard.whose.region.setCurrentText("粤东西北")
    wizard.go_on()
    assert "依据" in wizard.wrong.text()
    wizard.whose.basis.setText("粤财预〔2013〕309号")
    wizard.go_on()
    assert title(wizard) == "存放位置"
    assert (wizard.asked().region, wizard.asked().basis) == ("粤东西北", "粤财预〔2013〕309号")


def test_another_region_than_the_citys_asks_for_its_basis(wizard: FirstRun) -> None:
    choose(wizard, "梅州市", "大埔县")
    wizard.whose.region.setCurrentText("珠三角")
    assert "要写明依据" in wizard.whose.note.text()
    wizard.go_on()
    assert "依据" in wizard.wrong.text() and title(wizard) == "单位"


def test_a_city_without_counties_stands_for_itself(wizard: FirstRun) -> None:
    choose(wizard, "东莞市")
    assert wizard.whose.county.currentData() == "441900"


def test_nothing_chosen_and_a_folder_in_use_are_said(wizard: FirstRun, tmp_path: Path) -> None:
    wizard.go_on()
    assert wizard.wrong.text() == "请先选择地级市和县（市、区）。"
    choose(wizard, "梅州市", "大埔县")
    (tmp_path / "大埔县.经办台账").mkdir()
    wizard.go_on()
    wizard.go_on()
    assert "已经存在" in wizard.wrong.text()
    wizard.place.folder.setText("  ")
    wizard.go_on()
    assert "存放位置" in wizard.wrong.text()


def test_a_citys_book_asks_neither_townships_nor_people(wizard: FirstRun, qtbot: QtBot, clock: Clock) -> None:
    wizard.whose.of_city.setChecked(True)
    choose(wizard, "梅州市")
    assert "8 个县（市、区）" in wizard.whose.note.text()
    assert not wizard.whose.county.isVisible()
    wizard.go_on()
    wizard.go_on()
    wizard.secret.open.setChecked(True)
    assert wizard.next.text().startswith("建立台账")
    with qtbot.waitSignal(wizard.made, timeout=20000) as made:
        wizard.go_on()
    with open_book(made.args[0], clock) as book:
        assert len(book.read(counties)) == 8


def test_escape_leaves_nothing_behind(wizard: FirstRun, qtbot: QtBot, tmp_path: Path) -> None:
    choose(wizard, "梅州市", "大埔县")
    wizard.go_on()
    with qtbot.waitSignal(wizard.left):
        press(Qt.Key.Key_Escape)
    assert list(tmp_path.iterdir()) == []


def test_a_unit_is_added_renamed_dropped_and_twice_the_same_name_is_refused(wizard: FirstRun) -> None:
    choose(wizard, "梅州市", "大埔县")
    for _ in range(2):
        wizard.go_on()
    wizard.secret.open.setChecked(True)
    wizard.go_on()
    many = len(wizard.units.units)
    wizard.units.add()
    view = wizard.units.grid.view
    assert view.currentIndex().row() == many
    press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert(wizard.units.units[0].name)
    press(Qt.Key.Key_Return)
    wizard.go_on()
    assert "出现了两次" in wizard.wrong.text()
    view.go(many, 0)
    wizard.units.drop()
    assert len(wizard.units.units) == many
    wizard.go_on()
    assert title(wizard) == "人员"


def test_every_page_fits_the_smallest_window_and_names_its_controls(wizard: FirstRun) -> None:
    choose(wizard, "梅州市", "大埔县")
    wizard.secret.open.setChecked(True)
    seen = []
    for at in range(len(wizard.pages)):
        assert wizard.width() <= SMALLEST.width() and wizard.height() <= SMALLEST.height(), title(wizard)
        for one in wizard.pages[at].findChildren(QAbstractButton) + wizard.pages[at].findChildren(QLineEdit) + wizard.pages[at].findChildren(QComboBox):
            inner = isinstance(one.parent(), QComboBox) or one.objectName().startswith("qt_")
            words = one.accessibleName() or one.toolTip() or (one.text() if isinstance(one, QAbstractButton) else "")
            if one.isVisible() and not inner and not words:
                seen.append((title(wizard), type(one).__name__, one.objectName()))
        wizard.go_on() if at + 1 < len(wizard.pages) else None
    assert seen == []
