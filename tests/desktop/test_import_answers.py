"""What the clerk may say about a file in 导入: columns, words, units, names, single cells, the heading row, the mode, the signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import rows
from desktop.desk import Desk
from desktop.screens import import_preview
from desktop.screens.bring_in import BringInPage
from desktop.screens.import_answers import LATER
from desktop.screens.import_lines import SKIPPED
from desktop.screens.import_next import ANSWERS, COLUMNS, ROWS, SHEET
from office.imports.plan import ADD, CHANGED, DUPLICATE, NEW, SAME, UPDATE, WAITING, WRONG
from policy.clock import Clock
from policy.example import id_no
from tests.desktop.importing import ROSTER, bring, cell, newcomer, rested, shown, states, workbook


@pytest.fixture
def desk(demo_book: Book, clock: Clock) -> Iterator[Desk]:
    made = Desk(demo_book, clock, date(2026, 12, 31))
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BringInPage:
    return shown(desk, qtbot)


def bring_roster(page: BringInPage, qtbot: QtBot, tmp_path: Path, *lines: list[Any], head: list[str] = ROSTER) -> None:
    bring(page, qtbot, workbook(tmp_path / "花名册.xlsx", ("花名册", [head, *lines])), "roster")


def bring_and_write(page: BringInPage, qtbot: QtBot, tmp_path: Path, *lines: list[Any]) -> None:
    bring_roster(page, qtbot, tmp_path, *lines)
    page.preview.keep.click()
    rested(page, qtbot)


def tab(page: BringInPage) -> str:
    return import_preview.TABS[page.preview.tabs.currentIndex()]


# Rows and cells


def test_every_state_has_its_own_colour(page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    known = desk.read(rows, "person")[5]
    line = newcomer(1)
    bring_roster(
        page, qtbot, tmp_path, line, line, newcomer(2, 用工形式="神秘工"), [known["name"], None, None, None, None, None, "研究生"], ["合计", None, None, None, None, 9]
    )
    assert {state for _, state in states(page)} >= {NEW, DUPLICATE, WRONG, SKIPPED}
    model = page.preview.list.model()
    colours = {line.state: model.index(at, 1).data(Qt.ItemDataRole.BackgroundRole).color().name() for at, line in enumerate(page.preview.list.shown())}
    assert len(set(colours.values())) == len(colours)
    chips = page.preview.chips.by_state
    assert chips[DUPLICATE].text() == "重复 1" and chips[DUPLICATE].isVisible() and not chips[SAME].isVisible()


def test_a_wrong_cell_is_red_and_is_mended_in_place(page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    bring_roster(page, qtbot, tmp_path, newcomer(1, 入职日期="去年夏天"), newcomer(2))
    assert states(page) == [(2, WRONG), (3, NEW)]
    assert "双击红色的格子" in page.preview.next.text()
    wrong = cell(page, 0, "入职日期")
    model, view = page.preview.list.model(), page.preview.list
    assert wrong.data(Qt.ItemDataRole.BackgroundRole).color().name() == "#ffe1de"
    assert wrong.data() == "去年夏天" and "改正" in wrong.data(Qt.ItemDataRole.ToolTipRole)
    assert cell(page, 1, "入职日期").data(Qt.ItemDataRole.BackgroundRole) is None
    view.setCurrentIndex(wrong)
    view.edit(wrong)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("2026-07-01")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: states(page) == [(2, NEW), (3, NEW)])
    assert cell(page, 0, "入职日期").data() == "2026-07-01"
    assert view.currentIndex().row() == 0, "the clerk stays where the cell was mended"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert "写入台账" in page.preview.next.text()


def test_a_mended_cell_stays_mended_when_the_book_moves(page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    bring_roster(page, qtbot, tmp_path, newcomer(1, 入职日期="去年夏天"))
    page.preview.list.typed.emit(2, "start", "2026-07-01")
    assert states(page) == [(2, NEW)]
    desk.act(lambda book: book.act("改备注", [_phone(desk)]))
    assert states(page) == [(2, NEW)]
    assert page.preview.seen is not None
    assert page.preview.seen.seen_at == desk.book.acts()[-1].number


def _phone(desk: Desk) -> Any:
    from db.change import Change

    one = desk.read(rows, "person")[0]
    return Change("person", (one["id"],), {"phone": one["phone"]}, {"phone": "13900000000"})


def test_a_changed_cell_shows_old_and_new_and_numbers_are_masked(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    bring_and_write(page, qtbot, tmp_path, newcomer(1))
    bring_roster(page, qtbot, tmp_path, newcomer(1, 学历="硕士"))
    assert states(page) == [(2, CHANGED)]
    assert cell(page, 0, "学历").data() == "本科 → 硕士"
    assert cell(page, 0, "学历").data(Qt.ItemDataRole.BackgroundRole).color().name() == "#e3eefc"
    number = newcomer(1)[1]
    assert cell(page, 0, "身份证号").data() == f"{number[:6]}********{number[-4:]}"
    assert number[:14] not in page.preview.columns.table.item(1, 2).text()


# Columns


def test_a_column_is_given_another_field_and_taken_away_again(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    head = [*ROSTER[:3], "甲栏", *ROSTER[4:]]
    bring_roster(page, qtbot, tmp_path, newcomer(1), head=head)
    columns = page.preview.columns
    assert columns.table.item(3, 4).text() == "不导入"
    assert columns.table.item(0, 4).text() == "列名就是它"
    chooser = columns.chooser(3)
    chooser.setCurrentIndex(chooser.findData("type"))
    chooser.activated.emit(chooser.currentIndex())
    assert page.preview.seen is not None and page.preview.seen.columns["type"] == 3
    assert columns.table.item(3, 4).text() == "您指定的"
    assert states(page) == [(2, NEW)]
    chooser = columns.chooser(3)
    chooser.setCurrentIndex(0)
    chooser.activated.emit(0)
    assert "type" not in page.preview.seen.columns


def test_a_column_taken_for_something_else_gives_its_field_up(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    bring_roster(page, qtbot, tmp_path, newcomer(1))
    chooser = page.preview.columns.chooser(6)
    assert chooser.currentText() == "学历"
    chooser.setCurrentIndex(chooser.findData("major"))
    chooser.activated.emit(chooser.currentIndex())
    seen = page.preview.seen
    assert seen is not None
    assert seen.columns["major"] == 6 and "education" not in seen.columns


def test_a_missing_needed_column_is_said_and_pointed_out(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    head = ["甲", *ROSTER[1:]]
    bring_roster(page, qtbot, tmp_path, newcomer(1), head=head)
    assert "缺少必需的列：“姓名”" in page.preview.next.text()
    assert not page.preview.keep.isEnabled()
    page.preview.there.click()
    assert tab(page) == COLUMNS
    chooser = page.preview.columns.chooser(0)
    chooser.setCurrentIndex(chooser.findData("name"))
    chooser.activated.emit(chooser.currentIndex())
    assert states(page) == [(2, NEW)]


def test_what_was_said_of_the_columns_is_remembered_for_the_next_file(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    head = [*ROSTER[:3], "甲栏", *ROSTER[4:]]
    bring_roster(page, qtbot, tmp_path, newcomer(1), head=head)
    chooser = page.preview.columns.chooser(3)
    chooser.setCurrentIndex(chooser.findData("type"))
    chooser.activated.emit(chooser.currentIndex())
    page.preview.keep.click()
    rested(page, qtbot)
    bring_roster(page, qtbot, tmp_path, newcomer(2), head=head)
    assert "见过" in page.preview.columns.words.text()
    assert page.preview.columns.table.item(3, 4).text() == "按上次的对应"
    assert states(page) == [(2, NEW)]


# Words, units, names


def test_an_unknown_word_is_answered_once_for_all_its_rows(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    people = [newcomer(number, 使用单位="青石社工站") for number in range(1, 4)]
    bring_roster(page, qtbot, tmp_path, *people, newcomer(9, 用工形式="神秘工"))
    assert [state for _, state in states(page)] == [WRONG] * 4
    assert "有 2 个词语" in page.preview.next.text()
    page.preview.there.click()
    assert tab(page) == ANSWERS and not page.preview.there.isVisible()
    answers = page.preview.answers
    assert [answers.words.item(0, at).text() for at in range(3)] == ["青石社工站", "使用单位", "3"]
    chooser = answers.chooser(0)
    assert (chooser.itemText(0), chooser.itemText(1)) == (LATER, "青石镇")
    assert "白沙镇" in [chooser.itemText(at) for at in range(chooser.count())]
    assert not answers.apply.isEnabled()
    answers.likely.click()
    assert chooser.currentText() == "青石镇"
    assert answers.apply.text() == "按所选读取（3 行）"
    answers.apply.click()
    assert [state for _, state in states(page)] == [NEW, NEW, NEW, WRONG]
    assert answers.words.rowCount() == 1
    chooser = answers.chooser(0)
    chooser.setCurrentText("公益性岗位")
    answers.apply.click()
    assert [state for _, state in states(page)] == [NEW] * 4
    assert tab(page) == ROWS and not page.preview.tabs.isTabVisible(import_preview.TABS.index(ANSWERS))


def test_an_answered_word_is_not_asked_again_though_its_row_is_wrong_otherwise(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    bring_roster(page, qtbot, tmp_path, newcomer(1, 使用单位="青石社工站", 入职日期="去年"))
    page.preview.answers.likely.click()
    page.preview.answers.apply.click()
    assert states(page) == [(2, WRONG)]
    assert page.preview.answers.words.rowCount() == 0
    assert "红色" in page.preview.next.text()


def cards(page: BringInPage) -> list[QFrame]:
    found = (page.preview.answers.questions.itemAt(at).widget() for at in range(page.preview.answers.questions.count()))
    return [card for card in found if isinstance(card, QFrame)]


def press(card: QFrame, words: str) -> None:
    next(button for button in card.findChildren(QPushButton) if button.text() == words).click()


@pytest.mark.parametrize(("words", "unit"), [("按此换算", "万元"), ("按原样", "元")])
def test_amounts_that_look_like_ten_thousands_are_asked_about(page: BringInPage, qtbot: QtBot, tmp_path: Path, words: str, unit: str) -> None:
    head = [*ROSTER[:5], "年工资标准", "学历"]
    bring_roster(page, qtbot, tmp_path, newcomer(1, 月固定工资=5.4), newcomer(2, 月固定工资=6), head=head)
    assert [state for _, state in states(page)] == [WAITING, WAITING]
    assert "金额" in page.preview.next.text()
    (card,) = cards(page)
    press(card, words)
    assert page.preview.seen is not None
    assert page.preview.seen.asked.mapping.units == {"annual": unit}
    assert not cards(page)
    assert NEW in [state for _, state in states(page)]
    assert ("54,000.00" in page.preview.list.shown()[0].written) is (unit == "万元")


def test_names_wait_for_the_clerk_one_by_one_or_all(page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    known = [one["name"] for one in desk.read(rows, "person")[5:8]]
    lines = [["2026年5月工资表"], ["姓名", "基本工资", "绩效工资"], *([name, 3000, 1000] for name in known)]
    bring(page, qtbot, workbook(tmp_path / "薪.xlsx", ("表", lines)), "pay")
    assert [state for _, state in states(page)] == [WAITING] * 3
    assert "有 3 人没有可用的身份证号" in page.preview.next.text()
    assert not page.preview.same.isEnabled()
    page.preview.list.setCurrentIndex(page.preview.list.model().index(1, 0))
    assert "同一个人" in page.preview.detail.text()
    page.preview.same.click()
    assert [state == WAITING for _, state in states(page)] == [True, False, True]
    assert page.preview.all_same.text() == "这 2 人都是"
    page.preview.all_same.click()
    assert WAITING not in [state for _, state in states(page)]
    assert not page.preview.same.isVisible()


# The sheet, the heading row, the mode


def test_the_heading_row_can_be_changed(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    lines = [["姓名", "身份证号", "旧表"], ["甲", "乙", "丙"], ROSTER, newcomer(1)]
    bring(page, qtbot, workbook(tmp_path / "花名册.xlsx", ("花名册", lines)), "roster")
    assert page.preview.header.value() == 3
    page.preview.header.setValue(1)
    assert page.preview.seen is not None and page.preview.seen.header.last == 1
    page.preview.show_tab(SHEET)
    page.preview.raw.table.selectRow(2)
    page.preview.raw.take.click()
    assert page.preview.header.value() == 3
    assert states(page) == [(4, NEW)]


def test_a_sheet_without_headings_shows_itself_and_asks(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    bring(page, qtbot, workbook(tmp_path / "表.xlsx", ("表", [["甲", "乙"], ["丙", "丁"], ["戊", "己"]])), "roster")
    assert page.preview.seen is None and "没有找到" in page.preview.wrong.text()
    assert tab(page) == SHEET
    assert page.preview.raw.table.item(0, 0).text() == "甲"
    assert page.preview.header.value() == 0
    assert "改选类别" in page.preview.next.text()
    page.preview.header.setValue(1)
    assert page.preview.wrong.text() == ""
    assert "缺少必需的列" in page.preview.next.text()


def test_sheets_are_listed_with_their_rows(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = workbook(tmp_path / "两张.xlsx", ("说明", [["填表说明"]]), ("花名册", [ROSTER, newcomer(1), newcomer(2)]))
    bring(page, qtbot, path, "roster")
    assert [page.preview.sheet.itemText(at) for at in range(2)] == ["说明（1 行）", "花名册（3 行）"]
    assert page.preview.sheet.currentIndex() == 1, "the sheet that fits is chosen"


def test_modes(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    bring_and_write(page, qtbot, tmp_path, newcomer(1))
    bring_roster(page, qtbot, tmp_path, newcomer(1, 学历="硕士"), newcomer(2))
    assert [state for _, state in states(page)] == [CHANGED, NEW]
    for mode, wanted in ((ADD, [SKIPPED, NEW]), (UPDATE, [CHANGED, SKIPPED])):
        page.preview.mode.setCurrentText(mode)
        page.preview.mode.activated.emit(page.preview.mode.currentIndex())
        assert [state for _, state in states(page)] == wanted


# The signs of a text file


def test_a_text_file_without_a_mark_is_looked_at_before_it_is_written(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    text = "\n".join(",".join(map(str, line)) for line in (ROSTER, newcomer(1)))
    path.write_bytes(text.encode("gb18030"))
    bring(page, qtbot, path, "roster")
    assert "文字显示是否正确" in page.preview.next.text()
    assert tab(page) == SHEET
    assert page.preview.raw.table.item(1, 2).text() == "青石镇"
    assert not page.preview.keep.isEnabled()
    page.preview.right_signs.click()
    assert page.preview.keep.isEnabled() and tab(page) == ROWS
    bring(page, qtbot, path, "roster")
    page.preview.wrong_signs.click()
    assert page.stack.currentIndex() == 0
    assert "另存为 .xlsx" in page.start.words.text()


# Large files, rows sent back


def test_a_large_file_is_planned_again_beside_the_window(page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_roster(page, qtbot, tmp_path, *(newcomer(number) for number in range(1, 30)), newcomer(40, 使用单位="青石社工站"))
    monkeypatch.setattr(import_preview, "AT_ONCE", 5)
    page.preview.answers.likely.click()
    page.preview.answers.apply.click()
    assert not page.strip.isHidden() and not page.preview.isEnabled()
    rested(page, qtbot)
    assert page.preview.isEnabled()
    assert {state for _, state in states(page)} == {NEW}


def test_the_clerk_need_not_wait_for_a_large_file(page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_roster(page, qtbot, tmp_path, *(newcomer(number) for number in range(1, 30)))
    monkeypatch.setattr(import_preview, "AT_ONCE", 5)
    stopped, plan = Event(), import_preview.planned

    def late(*given: Any) -> Any:
        assert stopped.wait(30)
        return plan(*given)

    monkeypatch.setattr(import_preview, "planned", late)
    page.preview.mode.setCurrentText(UPDATE)
    page.preview.mode.activated.emit(page.preview.mode.currentIndex())
    page.strip.stop.click()
    stopped.set()
    rested(page, qtbot)
    assert page.preview.isEnabled()
    assert {state for _, state in states(page)} == {NEW}
    assert page.preview.mode.currentText() != UPDATE
    assert "上一次的预览" in page.preview.wrong.text()


def test_wrong_rows_are_sent_back_and_come_in_once_mended(
    page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    bring_roster(page, qtbot, tmp_path, newcomer(1), newcomer(2, 入职日期="去年"))
    target = tmp_path / "退回.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.preview.errors.click()
    rested(page, qtbot)
    assert "没有导入的 1 行已存为" in page.preview.wrong.text()
    book = openpyxl.load_workbook(target)
    sheet = book.worksheets[0]
    assert [one.value for one in sheet[1]][-2:] == ["行号", "错误原因"]
    sheet.cell(2, 5).value = "2026-07-01"
    book.save(target)
    bring(page, qtbot, target, "roster")
    assert states(page) == [(2, NEW)]
    assert not page.preview.errors.isEnabled()


def test_a_refused_export_says_so_and_writes_nothing(page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_roster(page, qtbot, tmp_path, newcomer(2, 入职日期="去年"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "没有" / "退回.xlsx"), ""))
    page.preview.errors.click()
    rested(page, qtbot)
    assert "没有写入" in page.preview.wrong.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.preview.errors.click()
    assert page.strip.isHidden()


def test_an_identity_number_stands_as_text_where_it_is_wrong(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    number = id_no(date(1990, 3, 5), 700)
    bring_roster(page, qtbot, tmp_path, newcomer(1, 身份证号=int(number[:17] + "0")))
    assert states(page) == [(2, WRONG)]
    assert "*" not in cell(page, 0, "身份证号").data()
