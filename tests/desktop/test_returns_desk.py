"""A return at the desk, from 编制中 to 已接收: figures typed and overridden, notes, seal, package, comparison, own formulas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from db.change import Change
from db.rows import rows
from desktop.desk import Desk
from desktop.screens.own_formulas import NewFormula
from desktop.screens.returns import ReturnsPage
from desktop.screens.settings import SettingsPage
from office import seal
from office.package import open_package
from office.returns_desk import draft_in, open_return, write_note
from office.settings import set_parameter
from office.tasks import YEARLY, make_task
from policy.finding import HARD, HINT, SOFT
from policy.period import parse_period
from returns.points import Point, place
from tests.desktop.opened import answer
from tests.desktop.returning import at_rest, begin, click, figure, opened, sheet, shown_page
from tests.office.returning import NOTE, noted

REASON = "一人十二月三十一日下午报到"


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ReturnsPage:
    return opened(desk, qtbot, forms=("封面", "表2"))


def cell(page: ReturnsPage, line: str, mark: str) -> QModelIndex:
    model = sheet(page, "表2")
    seen = page.at.seen
    assert seen
    column = next(one for one in seen.sheets if one.key == "表2").column(mark)
    return figure(model, line, column)[0]


def text(page: ReturnsPage, line: str, mark: str) -> str:
    return str(cell(page, line, mark).data())


def color(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.BackgroundRole).color().name())


def type_into(page: ReturnsPage, index: QModelIndex, keys: str, qtbot: QtBot) -> None:
    """Type over a cell and press Enter."""
    click(page, index)
    QTest.keyClicks(page.at.sheet, keys[0])
    (editor,) = page.at.sheet.findChildren(QLineEdit)
    QTest.keyClicks(editor, keys[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    at_rest(page, qtbot)


def points(page: ReturnsPage) -> tuple[Point, ...]:
    assert page.at.seen
    return page.at.seen.draft.audited.points


def pick(page: ReturnsPage, *wanted: Point) -> None:
    """Select points in the tree."""
    tree = page.at.audit.tree
    tree.clearSelection()
    for at in range(tree.topLevelItemCount()):
        head = tree.topLevelItem(at)
        assert head
        for child in range(head.childCount()):
            item = head.child(child)
            item.setSelected(item.data(0, Qt.ItemDataRole.UserRole) in wanted)


def next_step(page: ReturnsPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.at.bar.next, Qt.MouseButton.LeftButton)
    at_rest(page, qtbot)


def state(page: ReturnsPage) -> str:
    assert page.at.seen
    return page.at.seen.draft.state


# Filling in


def test_three_sorts_of_cells_have_three_colours(page: ReturnsPage, qtbot: QtBot) -> None:
    assert color(cell(page, "石桥镇", "11")) == "#f2f3f5"
    assert color(cell(page, "石桥镇", "24")) == "#ffffff"
    with answer({"reason": REASON}):
        type_into(page, cell(page, "石桥镇", "11"), "3", qtbot)
    at_rest(page, qtbot)
    assert color(cell(page, "石桥镇", "11")) == "#fff2b3"


def test_a_cell_the_book_knows_nothing_of_is_typed_at_once_and_undone(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, cell(page, "石桥镇", "22"), "7", qtbot)
    assert text(page, "石桥镇", "22") == "7"
    assert page.at.sheet.currentIndex() == cell(page, "石桥镇", "22")
    desk.undo()
    at_rest(page, qtbot)
    assert text(page, "石桥镇", "22") == ""


def test_an_unreadable_figure_is_said_and_changes_nothing(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, cell(page, "石桥镇", "22"), "about7", qtbot)
    assert "不是数量" in page.at.said.text()
    assert desk.read(rows, "return_cell") == []


def test_an_override_asks_why_keeps_the_books_figure_in_sight_and_delete_restores_it(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    with answer({"reason": "无"}) as asked:
        type_into(page, cell(page, "石桥镇", "11"), "3", qtbot)
    assert "按台账算出来的：2" in asked[0]
    assert "调整理由" in asked[1]
    at_rest(page, qtbot)
    assert text(page, "石桥镇", "11") == "2"
    with answer({"reason": REASON}):
        type_into(page, cell(page, "石桥镇", "11"), "3", qtbot)
    at_rest(page, qtbot)
    assert (text(page, "石桥镇", "11"), text(page, "石桥镇", "5"), text(page, "石桥镇", "17")) == ("3", "4", "0")
    index = cell(page, "石桥镇", "11")
    assert f"台账数 2；理由：{REASON}" in index.data(Qt.ItemDataRole.ToolTipRole)
    click(page, index)
    assert page.at.behind.story.toPlainText().startswith(f"台账数 2，已调整。理由：{REASON}")
    QTest.keyClick(page.at.sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3"
    assert [action.isEnabled() for action in page.at.sheet.menu().actions()] == [True] * 4
    QTest.keyClick(page.at.sheet, Qt.Key.Key_Delete)
    at_rest(page, qtbot)
    assert text(page, "石桥镇", "11") == "2"
    assert desk.read(rows, "return_cell") == []


@pytest.mark.parametrize(("line", "mark", "words"), [("石桥镇", "5", "由公式 5=6"), ("合计", "3", "由各行相加"), ("石桥镇", "甲", "到台账里改正")])
def test_typing_over_what_follows_says_why_not(page: ReturnsPage, line: str, mark: str, words: str) -> None:
    click(page, cell(page, line, mark))
    QTest.keyClicks(page.at.sheet, "8")
    assert words in page.at.said.text()
    assert page.at.sheet.findChildren(QLineEdit) == []


# Audit


def test_points_are_grouped_by_formula_or_unit_and_narrowed_by_level(page: ReturnsPage) -> None:
    pane = page.at.audit
    heads = [pane.tree.topLevelItem(at).text(0).partition("（")[0] for at in range(pane.tree.topLevelItemCount())]  # type: ignore[union-attr]
    assert heads == list(dict.fromkeys(point.id for point in points(page)))
    pane.group.setCurrentText("按单位")
    pane.group.activated.emit(1)
    heads = [pane.tree.topLevelItem(at).text(0).partition("（")[0] for at in range(pane.tree.topLevelItemCount())]  # type: ignore[union-attr]
    assert "石桥镇" in heads
    pane.choose_level(HINT)
    shown = [head.child(at).data(0, Qt.ItemDataRole.UserRole) for head in (pane.tree.topLevelItem(one) for one in range(pane.tree.topLevelItemCount())) if head for at in range(head.childCount())]
    assert sorted(shown, key=repr) == sorted((one for one in points(page) if one.level == HINT), key=repr)


def test_a_double_click_on_a_point_stands_on_its_cell_and_shows_both_sides(page: ReturnsPage) -> None:
    tree = page.at.audit.tree
    point = next(one for one in points(page) if (one.id, one.subject) == ("2-S1", "u5"))
    item = next(
        head.child(at) for head in (tree.topLevelItem(one) for one in range(tree.topLevelItemCount())) if head
        for at in range(head.childCount()) if head.child(at).data(0, Qt.ItemDataRole.UserRole) == point
    )  # fmt: skip
    assert "左边 1，右边 0" in item.text(2)
    tree.setCurrentItem(item)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert page.at.sheet.currentIndex() == cell(page, "石桥镇", "17")
    assert "左边 1，右边 0" in page.at.behind.story.toPlainText()


def test_every_point_with_a_line_finds_its_cell(page: ReturnsPage) -> None:
    assert page.at.seen
    forms = {one.key: one for one in page.at.seen.sheets}
    for point in points(page):
        if point.line and point.form in forms:
            found = place(point, forms[point.form])
            assert found
            assert forms[point.form].rows[found[0]].name == point.line


def test_a_note_is_written_for_all_selected_and_one_that_says_nothing_is_refused(page: ReturnsPage, qtbot: QtBot) -> None:
    pane = page.at.audit
    wanted = [one for one in points(page) if one.id == "2-S1"]
    pick(page, *wanted)
    pane.note.setText("正常")
    QTest.mouseClick(pane.keep, Qt.MouseButton.LeftButton)
    assert "不足 5 个字" in pane.wrong.text()
    pane.note.setText(NOTE)
    QTest.keyClick(pane.note, Qt.Key.Key_Return)
    at_rest(page, qtbot)
    assert {one.note for one in points(page) if one.id == "2-S1"} == {NOTE}
    pick(page, *(one for one in points(page) if one.level != SOFT))
    assert not pane.keep.isEnabled()


def test_the_last_periods_notes_are_offered_and_confirmed_one_by_one(desk: Desk, qtbot: QtBot) -> None:
    before = open_return(desk.book, make_task(desk.book, YEARLY, "2025", forms=("封面", "表2")))
    noted(desk.book, before)
    draft = desk.read(draft_in, before)
    write_note(desk.book, draft, [("2-S1", "u5"), ("2-S1", "u9")], NOTE)
    seal.approve(desk.book, before)
    seal.seal(desk.book, before)
    page = opened(desk, qtbot, forms=("封面", "表2"))
    held = {one.subject: one for one in points(page) if one.id == "2-S1"}
    assert (held["u5"].note, held["u5"].confirmed, held["u5"].open) == (NOTE, False, True)
    pick(page, held["u5"])
    assert page.at.audit.note.text() == NOTE
    QTest.mouseClick(page.at.audit.confirm, Qt.MouseButton.LeftButton)
    at_rest(page, qtbot)
    now = {one.subject: one for one in points(page) if one.id == "2-S1"}
    assert (now["u5"].open, now["u9"].open) == (False, True)


# From 审核 to 接收


def test_what_stops_the_audit_is_said_and_shown(page: ReturnsPage, qtbot: QtBot) -> None:
    page.at.below.hide()
    next_step(page, qtbot)
    assert state(page) == "编制中"
    assert "核实性问题" in page.at.said.text()
    assert page.at.below.isVisible()
    assert page.at.audit.todo.isChecked()


def test_a_return_goes_the_whole_way_and_back(page: ReturnsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "上报"))
    noted(desk.book, page.at.number)
    desk.moved()
    at_rest(page, qtbot)
    page.acts.try_out()
    at_rest(page, qtbot)
    (trial,) = (tmp_path / "上报").iterdir()
    assert open_package(trial).manifest.trial
    with answer({"approver": "张佩珊"}):
        next_step(page, qtbot)
    at_rest(page, qtbot)
    assert state(page) == "已审核"
    assert page.at.seen and page.at.seen.draft.held["approved_by"] == "张佩珊"
    assert "代录" in desk.book.acts()[-1].reason
    next_step(page, qtbot)
    assert state(page) == "已封存"
    assert page.at.bar.since.text() == "封存后台账数据没有变化"
    assert page.at.seen
    people = [one.cell.people for one in page.at.seen.grids[1].spans]
    person = next(those[0] for those in people if len(those) == 3)
    desk.book.act("离职", [Change("engagement", (person,), {"end": None}, {"end": date(2026, 5, 31)})])
    desk.moved()
    at_rest(page, qtbot)
    assert [one.cell.people for one in page.at.seen.grids[1].spans] == people
    moved = page.at.seen.moved or ()
    assert page.at.bar.since.text() == f"封存后台账数据已变化 {len(moved)} 处"
    QTest.mouseClick(page.at.bar.since, Qt.MouseButton.LeftButton)
    assert page.at.below.currentWidget() is page.at.moved
    assert page.at.moved.list.model.rowCount() == len(moved) > 3
    click(page, cell(page, "石桥镇", "22"))
    QTest.keyClicks(page.at.sheet, "7")
    assert "请先“解封”" in page.at.said.text()

    with answer({"to": "岭东市民政局"}):
        next_step(page, qtbot)
    at_rest(page, qtbot)
    assert state(page) == "已上报"
    package = next(path for path in (tmp_path / "上报").iterdir() if path != trial)
    assert not open_package(package).manifest.trial
    assert str(package) in page.at.written.words.text()
    with answer({"other": "岭东市民政局", "reason": "石桥镇人数请再核实一次"}):
        page.of_state["send_back"].trigger()
    at_rest(page, qtbot)
    assert state(page) == "退回"
    with answer({"reason": "按退回意见改正石桥镇人数"}):
        next_step(page, qtbot)
    at_rest(page, qtbot)
    assert (state(page), page.at.bar.versions.currentText()) == ("编制中", "第2版　编制中")
    page.at.bar.versions.setCurrentIndex(1)
    page.at.bar.versions.activated.emit(1)
    at_rest(page, qtbot)
    assert state(page) == "已解封"
    assert page.at.seen
    assert [one.cell.people for one in page.at.seen.grids[1].spans] == people


def test_withdrawing_before_the_seal_and_receiving_at_the_end(page: ReturnsPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    noted(desk.book, page.at.number)
    seal.approve(desk.book, page.at.number)
    desk.moved()
    at_rest(page, qtbot)
    with answer({"reason": "大塘镇的户数要再核对一次"}):
        page.of_state["withdraw"].trigger()
    assert desk.read(rows, "return_")[0]["state"] == "编制中"
    at_rest(page, qtbot)
    seal.approve(desk.book, page.at.number)
    seal.seal(desk.book, page.at.number)
    desk.moved()
    at_rest(page, qtbot)
    page.acts.send_to(tmp_path, "岭东市民政局")
    at_rest(page, qtbot)
    with answer({"other": "岭东市民政局"}):
        next_step(page, qtbot)
    at_rest(page, qtbot)
    assert state(page) == "已接收"
    assert not page.at.bar.next.isVisible()
    assert not page.of_state["unseal"].isVisible()


# 比较


def test_large_changes_are_marked_and_take_a_reason(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    pane = page.at.compare
    page.at.below.setCurrentWidget(pane)
    at_rest(page, qtbot)
    assert page.at.seen
    compared = page.at.seen.compared
    assert compared
    asking = compared.without_reason()
    assert asking
    pane.asking.setChecked(True)
    assert pane.list.model.rowCount() == len(asking)
    assert all("change" in pane.list.model.row_at(at).marks for at in range(len(asking)))
    pane.list.view.go(0, 0)
    (one,) = pane.list.chosen()
    pane.reason.setText("无")
    QTest.mouseClick(pane.keep, Qt.MouseButton.LeftButton)
    assert "变动原因" in pane.wrong.text()
    pane.reason.setText("本年新增低保对象较多")
    QTest.mouseClick(pane.keep, Qt.MouseButton.LeftButton)
    at_rest(page, qtbot)
    assert page.at.seen.compared
    assert page.at.seen.compared.reasons == {one.subject: "本年新增低保对象较多"}
    assert pane.list.model.rowCount() == len(asking)


def test_the_share_is_a_setting(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    page.at.below.setCurrentWidget(page.at.compare)
    at_rest(page, qtbot)
    assert page.at.seen
    compared = page.at.seen.compared
    assert compared
    before = {one.subject for one in compared.differences if one.asks}
    desk.act(set_parameter, "limits.compare_share", 10_000, date(2026, 1, 1))
    at_rest(page, qtbot)
    assert page.at.seen.compared
    now = {one.subject: one for one in page.at.seen.compared.differences if one.asks}
    assert set(now) < before
    assert all(one.change is None or abs(one.change) > 1 for one in now.values())


# 审核公式 of the county's own


def test_a_formula_is_tried_while_it_is_typed_and_then_audits(desk: Desk, qtbot: QtBot) -> None:
    settings = SettingsPage(desk)
    qtbot.addWidget(settings)
    settings.show()
    settings.tabs.setCurrentWidget(settings.formulas)
    from office.formulas import forms_now

    question = NewFormula(desk.read(forms_now, parse_period("2026")), desk, settings)
    qtbot.addWidget(question)
    question.form.setCurrentText("表2")
    question.scope.setCurrentText("乡镇")
    for typed, words in (("99≤3", "没有第 99 栏"), ("5≤≤3", "公式"), ("T77[合计,1]=1", "T77")):
        question.text.setText(typed)
        qtbot.waitUntil(lambda words=words: words in question.wrong.text() or "表77" in question.wrong.text(), timeout=5000)
        assert not question.keep.isEnabled()
    question.text.setText("5≤3")
    qtbot.waitUntil(lambda: "不符" in question.said.text(), timeout=5000)
    question.level.setText("强制性")
    question.keep.click()
    assert not question.isVisible()
    settings.formulas.read()
    assert settings.formulas.grid.model.row_at(0).values[1:5] == ("表2", "乡镇", "5≤3", "强制性")
    page = opened(desk, qtbot, forms=("封面", "表2"))
    own = [one for one in points(page) if one.id.startswith("自-")]
    assert own
    assert {one.level for one in own} == {HARD}
    settings.formulas.grid.view.go(0, 0)
    qtbot.waitUntil(settings.formulas.end.isEnabled, timeout=5000)
    with answer({"last": "2026-06-30"}):
        settings.formulas.end.trigger()
    at_rest(page, qtbot)
    assert not [one for one in points(page) if one.id.startswith("自-")]


def test_a_task_without_figures_can_be_opened_over_an_empty_book(desk: Desk, qtbot: QtBot) -> None:
    page = shown_page(desk, qtbot)
    make_task(desk.book, YEARLY, "2020", forms=("封面", "表2"))
    page.refresh()
    begin(page, qtbot)
    assert page.at.seen
    assert page.at.seen.draft.last.said
