"""导入 over the demo county: a file is read, previewed, corrected in what the clerk may say, written, and taken back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.change import Change
from db.rows import rows
from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from desktop.screens.import_lines import SKIPPED, lines
from intake.table import Skipped
from office.imports.plan import CHANGED, NEW, WRONG, Cell, Planned
from office.settings import set_parameter
from office.units import add_unit
from policy.clock import Clock
from policy.example import id_no

AS_OF = date(2026, 12, 31)
ROSTER = ["姓名", "身份证号", "使用单位", "用工形式", "入职日期", "月固定工资", "学历"]
NEWCOMER = ["甄新民", id_no(date(1990, 3, 5), 601), "青石镇", "劳务派遣", "2026-07-01", 4500, "本科"]
STRANGER = ["甄无镇", id_no(date(1991, 1, 1), 602), "不存在镇", "劳务派遣", "2026-01-01", 4500, None]
STATE = 8
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def made(name: str, *sheets: tuple[str, list[list[Any]]]) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, lines_ in sheets:
            page = book.create_sheet(title)
            for line in lines_:
                page.append(line)
        book.save(tmp_path / name)
        return tmp_path / name

    return made


@pytest.fixture
def desk(demo_book: Book, clock: Clock) -> Iterator[Desk]:
    made = Desk(demo_book, clock, AS_OF)
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BringInPage:
    made = BringInPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    desk.changed.connect(made.refresh)
    made.refresh()
    return made


def rested(page: BringInPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.strip.isHidden, timeout=30000)


def bring(page: BringInPage, qtbot: QtBot, path: Path, kind: str) -> None:
    page.start.choose_kind(kind)
    page.read(path)
    rested(page, qtbot)


def states(page: BringInPage) -> list[tuple[int, str, str]]:
    return [(line.number, line.state, line.name) for line in page.preview.list.shown()]


def batches(page: BringInPage) -> list[tuple[Any, ...]]:
    return [page.batches.model.row_at(at).values for at in range(page.batches.model.rowCount())]


def people(desk: Desk) -> int:
    return len(desk.read(rows, "person"))


@pytest.fixture
def previewed(page: BringInPage, qtbot: QtBot, write: Write) -> BringInPage:
    bring(page, qtbot, write("花名册.xlsx", ("花名册", [["东岭县花名册"], ROSTER, NEWCOMER, STRANGER, ["合计", None, 2]])), "roster")
    return page


def test_the_preview_shows_every_row_with_its_state(previewed: BringInPage) -> None:
    assert previewed.stack.currentIndex() == 1
    assert states(previewed) == [(3, NEW, "甄新民"), (4, WRONG, "甄无镇"), (5, SKIPPED, "")]
    shown = {state: chip.text() for state, chip in previewed.preview.chips.by_state.items() if not chip.isHidden()}
    assert shown == {NEW: "新增 1", WRONG: "错误 1", SKIPPED: "跳过 1"}
    assert "不存在镇" in previewed.preview.list.shown()[1].said
    assert previewed.preview.said.text() == "将新增 1 行、更新 0 行。错误 1 行不写入。"
    assert "标题在第 2 行" in previewed.preview.notes.toPlainText()
    assert previewed.preview.header.value() == 2


def test_the_four_states_have_four_colours(previewed: BringInPage) -> None:
    model = previewed.preview.list.model()
    colours = {model.index(at, 1).data(Qt.ItemDataRole.BackgroundRole).color().name() for at in range(3)}
    assert len(colours) == 3


def test_chips_filter_by_state(previewed: BringInPage) -> None:
    previewed.preview.chips.by_state[WRONG].click()
    assert [state for _, state, _ in states(previewed)] == [NEW, SKIPPED]
    previewed.preview.chips.by_state[WRONG].click()
    assert len(states(previewed)) == 3


def test_a_row_is_told_whole_under_the_list(previewed: BringInPage) -> None:
    previewed.preview.list.setCurrentIndex(previewed.preview.list.model().index(1, 0))
    assert previewed.preview.detail.text().startswith("第 4 行　错误　甄无镇　使用单位：")
    assert previewed.preview.list.whole(99) == ""


def test_nothing_is_written_before_the_clerk_says_so_and_then_only_the_good_rows(previewed: BringInPage, desk: Desk, qtbot: QtBot) -> None:
    before = people(desk)
    assert len(desk.book.acts()) == 1
    assert previewed.preview.seen is not None
    sha256 = previewed.preview.seen.workbook.sha256
    previewed.preview.keep.click()
    rested(previewed, qtbot)
    assert people(desk) == before + 1
    assert previewed.start.words.text() == (
        "已导入“花名册.xlsx”：新增 1 行，更新 0 行，相同 0 行未改动；错误和待确认的 1 行没有写入。可用撤销（Ctrl+Z）一次撤回。"
    )
    assert previewed.stack.currentIndex() == 0
    assert batches(previewed) == [("2026-12-31 09:00", "人员花名册", "花名册.xlsx", 1, 0, 0, 1, "李晓敏", "", sha256)]
    desk.undo()
    assert people(desk) == before
    assert batches(previewed)[0][STATE] == "已撤回"


def test_cancelling_the_preview_writes_nothing(previewed: BringInPage, desk: Desk) -> None:
    previewed.preview.drop.click()
    assert previewed.stack.currentIndex() == 0
    assert previewed.start.words.text() == ""
    assert len(desk.book.acts()) == 1


def test_a_batch_is_taken_back_whole_and_the_taking_back_can_be_undone(previewed: BringInPage, desk: Desk, qtbot: QtBot) -> None:
    before = people(desk)
    previewed.preview.keep.click()
    rested(previewed, qtbot)
    view = previewed.batches.view
    view.setCurrentIndex(previewed.batches.model.index(0, 0))
    qtbot.waitUntil(previewed._back.isEnabled)
    previewed.take_back()
    rested(previewed, qtbot)
    assert people(desk) == before
    assert batches(previewed)[0][STATE] == "已撤回"
    assert "已撤回“花名册.xlsx”" in previewed.start.words.text()
    assert "恢复（Ctrl+Y）" in previewed.start.words.text()
    qtbot.waitUntil(lambda: not previewed._back.isEnabled())
    desk.redo()
    assert batches(previewed)[0][STATE] == ""
    assert people(desk) == before + 1


def test_taking_back_an_older_batch_is_an_act_to_undo(previewed: BringInPage, desk: Desk, qtbot: QtBot) -> None:
    before = people(desk)
    previewed.preview.keep.click()
    rested(previewed, qtbot)
    desk.act(set_parameter, "pay.caliber", "实发", date(2026, 1, 1))
    previewed.batches.view.setCurrentIndex(previewed.batches.model.index(0, 0))
    previewed.take_back()
    rested(previewed, qtbot)
    assert "撤销（Ctrl+Z）" in previewed.start.words.text()
    assert people(desk) == before
    desk.undo()
    assert people(desk) == before + 1


def test_a_batch_whose_rows_have_changed_since_is_refused_in_words(previewed: BringInPage, desk: Desk, qtbot: QtBot) -> None:
    previewed.preview.keep.click()
    rested(previewed, qtbot)
    newest = desk.read(rows, "person")[-1]
    desk.act(lambda book: book.act("改学历", [Change("person", (newest["id"],), {"education": "本科"}, {"education": "硕士"})]))
    previewed.batches.view.setCurrentIndex(previewed.batches.model.index(0, 0))
    previewed.take_back()
    rested(previewed, qtbot)
    assert "没有撤回" in previewed.start.words.text()
    assert batches(previewed)[0][STATE] == ""


def test_without_a_chosen_batch_nothing_is_taken_back(page: BringInPage, desk: Desk) -> None:
    page.take_back()
    assert len(desk.book.acts()) == 1


def test_a_file_of_another_kind_is_said_and_the_kind_can_be_changed(page: BringInPage, qtbot: QtBot, write: Write) -> None:
    bring(page, qtbot, write("花名册.xlsx", ("花名册", [ROSTER, NEWCOMER])), "pay")
    said = page.preview.wrong.text() or page.preview.next.text()
    assert said
    assert not page.preview.keep.isEnabled()
    page.preview.kind.setCurrentText("人员花名册")
    page.preview.kind.activated.emit(page.preview.kind.currentIndex())
    assert page.preview.wrong.text() == ""
    assert states(page) == [(2, NEW, "甄新民")]
    assert page.preview.keep.isEnabled()


def test_another_sheet_can_be_chosen(page: BringInPage, qtbot: QtBot, write: Write) -> None:
    other = ["甄二", id_no(date(1988, 3, 5), 604), "白沙镇", "劳务派遣", "2026-07-01", 4500, "本科"]
    path = write("两张.xlsx", ("甲", [ROSTER, NEWCOMER]), ("乙", [ROSTER, other]))
    bring(page, qtbot, path, "roster")
    assert [page.preview.sheet.itemText(at) for at in range(page.preview.sheet.count())] == ["甲（2 行）", "乙（2 行）"]
    page.preview.sheet.setCurrentIndex(1)
    page.preview.sheet.activated.emit(1)
    assert states(page) == [(2, NEW, "甄二")]


def pay_sheet(desk: Desk, title: str = "工资表") -> list[list[Any]]:
    person = next(one for one in desk.read(rows, "person") if one["id"] == 4)
    return [[title], ["姓名", "身份证号", "基本工资", "绩效工资"], [person["name"], person["id_no"], 3000, 1000]]


def test_a_pay_sheet_without_a_month_asks_for_it(page: BringInPage, desk: Desk, qtbot: QtBot, write: Write) -> None:
    bring(page, qtbot, write("工资.xlsx", ("表", pay_sheet(desk))), "pay")
    preview = page.preview
    assert preview.month.isVisible()
    assert not preview.day.isVisible()
    assert [state for _, state, _ in states(page)] == [WRONG]
    assert not preview.keep.isEnabled()
    preview.month.setText("2026-05")
    preview.month.left.emit()
    assert [state for _, state, _ in states(page)] == [CHANGED]
    assert "基本工资" in preview.list.shown()[0].written
    assert " → 3,000.00" in preview.list.shown()[0].written
    preview.month.setText("五月")
    preview.month.left.emit()
    assert preview.wrong.text()


def test_the_month_in_the_title_is_taken_and_shown(page: BringInPage, desk: Desk, qtbot: QtBot, write: Write) -> None:
    bring(page, qtbot, write("工资.xlsx", ("表", pay_sheet(desk, "2026年6月工资表"))), "pay")
    assert "2026" in page.preview.month.text()
    assert "6" in page.preview.month.text()
    assert [state for _, state, _ in states(page)] == [CHANGED]


def test_households_without_a_date_ask_for_it(page: BringInPage, qtbot: QtBot, write: Write) -> None:
    bring(page, qtbot, write("户数.xlsx", ("表", [["单位名称", "救助对象户数"], ["青石镇", 130]])), "units")
    assert page.preview.day.isVisible()
    page.preview.day.setText("20260930")
    page.preview.day.left.emit()
    assert page.preview.day.text() == "2026-09-30"
    assert [state for _, state, _ in states(page)] == [NEW]


def test_a_guessed_column_is_brought_in_only_when_confirmed(page: BringInPage, qtbot: QtBot, write: Write) -> None:
    head = [*ROSTER[:-1], "工作岗位描述"]
    bring(page, qtbot, write("花名册.xlsx", ("花名册", [head, [*NEWCOMER[:-1], "社会救助协理"]])), "roster")
    assert "没有确认就不导入" in page.preview.next.text()
    page.preview.there.click()
    assert page.preview.tabs.currentWidget() is page.preview.columns
    agree = page.preview.columns.table.cellWidget(6, 4)
    assert isinstance(agree, QPushButton)
    assert agree.text() == "像“岗位”，就是它"
    assert "社会救助协理" not in page.preview.list.shown()[0].written
    agree.click()
    assert "社会救助协理" in page.preview.list.shown()[0].written


def test_the_preview_follows_the_book(previewed: BringInPage, desk: Desk, qtbot: QtBot) -> None:
    assert previewed.preview.keep.isEnabled()
    desk.act(add_unit, "不存在镇", "乡镇")
    assert [state for _, state, _ in states(previewed)] == [NEW, NEW, SKIPPED]
    previewed.preview.keep.click()
    rested(previewed, qtbot)
    assert "新增 2 行" in previewed.start.words.text()


def test_a_file_that_is_no_table_is_refused_in_words(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    bring(page, qtbot, path, "roster")
    assert page.stack.currentIndex() == 0
    assert "照片.xlsx" in page.start.words.text()
    bring(page, qtbot, tmp_path / "没有.xlsx", "roster")
    assert "找不到文件" in page.start.words.text()


def test_reading_can_be_cancelled(page: BringInPage, desk: Desk, qtbot: QtBot, write: Write) -> None:
    page.start.choose_kind("roster")
    page.read(write("花名册.xlsx", ("花名册", [ROSTER, *([NEWCOMER] * 3000)])))
    page.strip.stop.click()
    rested(page, qtbot)
    assert page.start.words.text() == "已取消，没有写入任何内容。"
    assert page.stack.currentIndex() == 0


def test_a_file_is_dropped_or_chosen(page: BringInPage, qtbot: QtBot, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("花名册.xlsx", ("花名册", [ROSTER, NEWCOMER]))
    page.start.choose_kind("roster")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    rested(page, qtbot)
    assert states(page) == [(2, NEW, "甄新民")]
    page.leave()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.ask_file()
    rested(page, qtbot)
    assert page.stack.currentIndex() == 1


def test_lines_stand_in_the_order_of_the_sheet() -> None:
    planned = [
        Planned(4, CHANGED, "甲镇", (Cell("救助对象户数", "120", "130"), Cell("核定人数", "", "4"))),
        Planned(2, WRONG, "乙镇", errors={"单位类型": "看不出类型。", "": "整行有误。"}, notes=("另有说明",)),
    ]
    found = lines(planned, [Skipped(3, "合计行", ())])
    assert [(line.number, line.state) for line in found] == [(2, WRONG), (3, SKIPPED), (4, CHANGED)]
    assert found[0].said == "单位类型：看不出类型。　整行有误。　另有说明。"
    assert found[2].written == "救助对象户数 120 → 130；核定人数 4"


def test_the_page_is_laid_out_in_the_smallest_window(previewed: BringInPage) -> None:
    assert previewed.minimumSizeHint().width() <= 843
    assert previewed.minimumSizeHint().height() <= 360
