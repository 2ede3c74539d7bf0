"""劳动合同 and 到期提醒 as a clerk uses them: signed with keys, renewed with the law before one's eyes, ended with the money worked out, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row, rows
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.frame import Entry, Frame
from desktop.grid.delegate import CellEditor
from desktop.record.screen import RecordScreen
from desktop.screens.expiry import ExpiryPage
from desktop.screens.guided import Guided
from desktop.screens.labour import labour_screen
from desktop.screens.people import people_screen
from office import demo
from office.check import check
from office.demo_labour import LAPSED, NEAR, NEARER
from policy.clock import Clock
from policy.labour_facts import YEARS_PAID
from tests.db.records import everything
from tests.desktop.opened import action, answer, field

CTRL = Qt.KeyboardModifier.ControlModifier


OWN = "岭东人力资源有限公司"


def type_over(view: Any, text: str) -> None:
    """F2, another value, Enter."""
    view.window().activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    (editor,) = [one for one in view.findChildren(CellEditor) if one.isVisible()]
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


class Shown:
    """The screens over a copy of the demo county, each made when it is asked for."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.desk, self.frame = desk, frame

    def labour(self) -> RecordScreen:
        page = self.frame.go(0)
        assert isinstance(page, RecordScreen)
        QApplication.processEvents()
        return page

    def board(self) -> ExpiryPage:
        page = self.frame.go(1)
        assert isinstance(page, ExpiryPage)
        QApplication.processEvents()
        return page

    def people(self) -> RecordScreen:
        page = self.frame.go(2)
        assert isinstance(page, RecordScreen)
        QApplication.processEvents()
        return page

    def newest(self, engagement: int) -> int:
        """The last contract of an engagement."""
        return int(self.desk.read(rows, "labour_contract", engagement=engagement)[-1]["id"])

    def stand(self, page: RecordScreen, contract: int) -> None:
        assert page.show_record({"labour_contract": (contract,)})
        QApplication.processEvents()


def over(qtbot: QtBot, book: Book, clock: Clock) -> Shown:
    desk = Desk(book, clock, demo.AS_OF)
    entries = (
        Entry("劳动合同", "edit", lambda: labour_screen(desk), group="合同"),
        Entry("到期提醒", "calendar", lambda: ExpiryPage(desk), group="合同"),
        Entry("人员", "people", lambda: people_screen(desk, lambda: None)),
    )
    frame = Frame(entries, [], demo.AS_OF, desk.today)
    desk.changed.connect(frame.refresh)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    desk.moved()
    qtbot.waitUntil(lambda: not desk.checking, timeout=20000)
    return Shown(desk, frame)


@pytest.fixture
def shown(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Shown]:
    made = over(qtbot, demo_book, clock)
    yield made
    made.frame.hide()
    made.desk.close()


def asked(values: dict[str, str], keep: bool = False) -> tuple[list[str], QTimer]:
    """When a guided question comes up: fill it in as typed, note what it says (facts, cautions, button), and confirm it or not."""
    said: list[str] = []
    timer = QTimer(interval=5)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Guided):
            return
        timer.stop()
        try:
            for name, text in values.items():
                dialog.editors[name].setText(text)
            dialog.look()
            said.extend([dialog.said.text(), dialog.cautions.text(), dialog.buttons.buttons()[0].text()])
            if keep:
                QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
            said.append(dialog.wrong.text())
        finally:
            dialog.reject()

    timer.timeout.connect(look)
    timer.start()
    return said, timer


def test_the_list_says_how_long_each_contract_runs_and_marks_what_checks_found(shown: Shown) -> None:
    page = shown.labour()
    assert page.grid.model.rowCount() == 42
    shown.stand(page, shown.newest(NEAR))
    assert page.row is not None
    at = [column.id for column in page.grid.model.columns]
    said = dict(zip(at, page.row.values, strict=True))
    assert (said["person.name"], said["employer"], said["status"], said["left"], said["labour_contract.seq"]) == ("谢丽华", OWN, "履行中", 20, 2)
    assert "L07" in page.row.marks["left"]
    shown.stand(page, shown.newest(LAPSED))
    assert page.row is not None and dict(zip(at, page.row.values, strict=True))["status"] == "已到期未续签"
    action(page, "含已终止").trigger()
    assert page.grid.model.rowCount() == len(shown.desk.read(rows, "labour_contract"))


def test_signing_by_keys_and_undo(shown: Shown) -> None:
    page = shown.labour()
    before = shown.desk.read(everything)
    start = len(shown.desk.read(rows, "labour_contract"))
    QTest.keyClick(page.grid.view, Qt.Key.Key_N, CTRL)
    for name, text in (
        ("labour_contract.engagement", "张伟文（东岭县民政局）"), ("labour_contract.kind", "固定期限"), ("labour_contract.start", "2029-01-01"),
        ("labour_contract.end", "2028-12-31"),
    ):  # fmt: skip
        editor = field(page, name)
        editor.setFocus()
        editor.setText(text)
    QTest.keyClick(field(page, "labour_contract.end"), Qt.Key.Key_S, CTRL)
    assert "早于起始日期" in page.form.wrong.text()
    field(page, "labour_contract.start").setText("2028-12-31")
    QTest.keyClick(field(page, "labour_contract.start"), Qt.Key.Key_S, CTRL)
    assert "有重叠的日期" in page.form.wrong.text()
    field(page, "labour_contract.start").setText("2029-01-01")
    field(page, "labour_contract.end").setText("2031-12-31")
    QTest.keyClick(field(page, "labour_contract.end"), Qt.Key.Key_S, CTRL)
    made = shown.desk.read(rows, "labour_contract")
    assert len(made) == start + 1 and (made[-1]["engagement"], made[-1]["seq"], made[-1]["start"]) == (4, 3, date(2029, 1, 1))
    shown.desk.undo()
    assert shown.desk.read(everything) == before


def test_a_cell_that_would_overlap_is_refused_where_it_stands(shown: Shown) -> None:
    page = shown.labour()
    shown.stand(page, shown.newest(NEAR))
    editor = field(page, "labour_contract.start")
    editor.setFocus()
    editor.setText("2023-05-16")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    found = shown.desk.read(row, "labour_contract", (shown.newest(NEAR),))
    assert found is not None and found["start"] == date(2023, 5, 17)


def test_a_third_fixed_term_is_warned_of_and_an_open_one_is_offered(shown: Shown) -> None:
    page, contract = shown.labour(), shown.newest(NEAR)
    shown.stand(page, contract)
    said, timer = asked({})
    action(page, "续签").trigger()
    timer.stop()
    assert "第十四条" in said[0] and said[1:3] == ["", "续签"]  # 无固定期限 is offered, and why: nothing to warn of
    said, timer = asked({"kind": "固定期限", "end": "2028-01-19"})
    action(page, "续签").trigger()
    timer.stop()
    assert "连续第 3 份固定期限" in said[1] and "不足 24 个月" in said[1] and said[2] == "已知晓，续签"
    assert shown.newest(NEAR) == contract
    said, timer = asked({}, keep=True)
    action(page, "续签").trigger()
    timer.stop()
    made = shown.desk.read(row, "labour_contract", (shown.newest(NEAR),))
    assert made is not None and (made["seq"], made["kind"], made["start"], made["end"]) == (3, "无固定期限", date(2027, 1, 21), None)


def test_what_was_not_yet_seen_is_shown_before_it_is_done(shown: Shown, qtbot: QtBot) -> None:
    page, contract = shown.labour(), shown.newest(NEARER)
    shown.stand(page, contract)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Guided)
        seen.append(dialog.cautions.text())
        dialog.editors["kind"].setText("固定期限")
        dialog.editors["end"].setText("2030-12-31")
        QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
        seen.append(dialog.cautions.text() if dialog.isVisible() else "")
        QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
        dialog.reject()

    QTimer.singleShot(0, look)
    action(page, "续签").trigger()
    assert "不称职" in seen[0] and "连续第 3 份" not in seen[0]  # the appraisal of the year before
    assert "连续第 3 份" in seen[1]
    assert shown.newest(NEARER) != contract


def test_ending_shows_the_money_and_its_article_and_one_undo_brings_all_back(shown: Shown, qtbot: QtBot) -> None:
    page, contract = shown.labour(), shown.newest(NEAR)
    shown.stand(page, contract)
    before = shown.desk.read(everything)
    said, timer = asked({"certificate_on": "2027-01-20"}, keep=True)
    action(page, "终止或解除").trigger()
    timer.stop()
    assert "7 × 4,700.00 ＝ 32,900.00 元（第四十七条）" in said[0] and said[2] == "终止合同"
    engagement, ended = shown.desk.read(row, "engagement", (NEAR,)), shown.desk.read(row, "labour_contract", (contract,))
    assert engagement is not None and ended is not None
    assert (engagement["end"], engagement["severance"]) == (date(2027, 1, 20), 3_290_000)
    assert (ended["ended_on"], ended["not_renewed_on"], ended["certificate_on"]) == (date(2027, 1, 20), date(2026, 12, 31), date(2027, 1, 20))
    shown.desk.undo()
    assert shown.desk.read(everything) == before


def test_the_ground_decides_the_money_until_the_clerk_types_it(shown: Shown) -> None:
    page = shown.labour()
    shown.stand(page, shown.newest(NEAR))
    amounts: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Guided)
        for reason in ("个人辞职", "客观情况发生重大变化"):
            dialog.editors["reason"].setText(reason)
            dialog.look()
            amounts.append(dialog.editors["severance"].text())
        severance = dialog.editors["severance"]
        severance.setFocus()
        severance.selectAll()  # type: ignore[union-attr]
        QTest.keyClicks(severance, "33000")
        dialog.editors["reason"].setText("个人辞职")
        dialog.look()
        amounts.append(severance.text())
        dialog.reject()

    QTimer.singleShot(0, look)
    action(page, "终止或解除").trigger()
    assert amounts == ["0.00", "32,900.00", "33000"]


def test_leaving_from_the_people_screen_goes_the_same_way(shown: Shown, qtbot: QtBot) -> None:
    page = shown.people()
    assert page.show_record({"person": (NEAR,)})
    said, timer = asked({"reason": "个人辞职", "last_day": "2026-12-31"}, keep=True)
    action(page, "离职（退回）").trigger()
    timer.stop()
    assert "不支付经济补偿" in said[0]
    engagement = shown.desk.read(row, "engagement", (NEAR,))
    assert engagement is not None and (engagement["end"], engagement["end_reason"], engagement["severance"]) == (date(2026, 12, 31), "个人辞职", 0)
    assert page.show_record({"person": (1,)})  # 编制人员没有劳动合同
    with answer({"reason": "退休", "last_day": "2026-12-31"}):
        action(page, "离职（退回）").trigger()
    assert shown.desk.read(row, "engagement", (1,))["end_reason"] == "退休"  # type: ignore[index]


def test_years_of_service_and_the_money_decided_are_typed_where_the_engagement_stands(shown: Shown, qtbot: QtBot) -> None:
    """L06 and 经济补偿 count from 工龄起算日期, L09 asks for the money: both have a cell."""
    page = shown.people()
    assert page.show_record({"person": (NEARER,)})
    titles = [page.tabs.tabText(at).partition(" ")[0] for at in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index("用工关系"))
    grid = page.tab_grids[titles.index("用工关系") - 1]
    place = {column.id: at for at, column in enumerate(grid.model.columns)}
    for name, text in (("engagement.service_since", "2015-03-01"), ("engagement.severance", "12000.50")):
        grid.view.go(0, place[name])
        type_over(grid.view, text)
    (held,) = shown.desk.read(rows, "engagement", person=NEARER)
    assert (held["service_since"], held["severance"]) == (date(2015, 3, 1), 1_200_050)
    (case,) = [one for one in check(shown.desk.book, demo.AS_OF).findings if one.rule == "L06" and one.person_id == NEARER]
    assert "2015-03-01 起连续工作，2025-03-01 已满 10 年" in case.arithmetic
    shown.desk.undo()
    shown.desk.undo()
    (held,) = shown.desk.read(rows, "engagement", person=NEARER)
    assert (held["service_since"], held["severance"]) == (None, None)


def test_the_persons_own_tabs(shown: Shown, qtbot: QtBot) -> None:
    page = shown.people()
    assert page.show_record({"person": (NEARER,)})
    titles = [page.tabs.tabText(at).partition(" ")[0] for at in range(page.tabs.count())]
    at = titles.index("劳动合同")
    page.tabs.setCurrentIndex(at)
    assert page.tab_grids[at - 1].model.rowCount() == 2
    page.tabs.setCurrentIndex(titles.index("年度考核"))
    grid = page.tab_grids[titles.index("年度考核") - 1]
    assert [grid.model.shown(0, column) for column in range(2)] == ["2025", "不称职"]
    with answer({"year": "2026", "grade": "称职"}):
        action(page, "年度考核").trigger()
    assert grid.model.rowCount() == 2


def test_the_board_by_band_and_its_actions(shown: Shown, qtbot: QtBot) -> None:
    board = shown.board()
    labels = [board.chips.button(at).text().split("　")[0] for at in range(5)]
    assert labels == ["全部", "已过期", "0–30 天", "31–60 天", "61–90 天"]
    names = [board.grid.model.shown(at, 2) for at in range(board.grid.model.rowCount())]
    assert names[0] == "赖建华" and set(names) >= {"赖建华", "谢丽华", "佘㙍明", "李建华", OWN}
    QTest.mouseClick(board.chips.button(1), Qt.MouseButton.LeftButton)
    assert [board.grid.model.shown(at, 2) for at in range(board.grid.model.rowCount())] == ["赖建华"]
    board.grid.view.go(0, 0)
    with qtbot.waitSignal(board.open_record, timeout=1000) as opened:
        board.opening.trigger()
    assert opened.args == ["labour_contract", shown.newest(LAPSED)]
    _, timer = asked({"kind": "无固定期限", "end": ""}, keep=True)
    board.renewing.trigger()
    timer.stop()
    qtbot.waitUntil(lambda: not shown.desk.checking, timeout=20000)
    assert board.grid.model.rowCount() == 0
    QTest.mouseClick(board.chips.button(0), Qt.MouseButton.LeftButton)
    assert "赖建华" not in [board.grid.model.shown(at, 2) for at in range(board.grid.model.rowCount())]


def test_a_purchase_contract_leaves_the_board_by_a_recorded_decision_and_a_licence_is_opened(shown: Shown, qtbot: QtBot) -> None:
    board = shown.board()
    sorts = [board.grid.model.shown(at, 1) for at in range(board.grid.model.rowCount())]
    board.grid.view.go(sorts.index("劳务派遣许可证"), 0)
    qtbot.waitUntil(lambda: not board.ending.isEnabled())
    with qtbot.waitSignal(board.open_record, timeout=1000) as opened:
        board.renewing.trigger()
    assert opened.args == ["supplier", 1]
    board.grid.view.go(sorts.index("服务采购合同"), 0)
    qtbot.waitUntil(board.ending.isEnabled)
    count = board.grid.model.rowCount()
    with answer({"on": "2026-12-20"}) as said:
        board.ending.trigger()
    assert "不再续签" in said[0]
    assert [one["not_renewed_on"] for one in shown.desk.read(rows, "purchase_contract")].count(date(2026, 12, 20)) == 1
    qtbot.waitUntil(lambda: not shown.desk.checking, timeout=20000)
    assert board.grid.model.rowCount() == count - 1


def test_an_empty_board_says_so(shown: Shown, qtbot: QtBot) -> None:
    board = shown.board()
    shown.desk.see(date(2024, 12, 31))
    qtbot.waitUntil(lambda: not shown.desk.checking, timeout=20000)
    QApplication.processEvents()
    assert all(board.grid.model.shown(at, 1) != "服务采购合同" for at in range(board.grid.model.rowCount()))
    assert "2024-12-31" in board._nothing.text()


def test_many_people_change_their_provider_and_one_undo(shown: Shown) -> None:
    page = shown.labour()
    before = shown.desk.read(everything)
    seen: list[str] = []

    def whither() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Guided)
        for name, text in (("day", "2027-01-01"), ("employer", "东岭惠民服务有限公司"), ("service", YEARS_PAID)):
            dialog.editors[name].setText(text)
        dialog.look()
        seen.append(dialog.said.text())
        QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
        dialog.reject()

    def who() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Choose)
        dialog.search.setText("双溪镇")
        QTest.mouseClick(dialog.every, Qt.MouseButton.LeftButton)
        seen.append(str(len(dialog.ticked())))
        QTimer.singleShot(0, whither)
        QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
        dialog.reject()

    QTimer.singleShot(0, who)
    action(page, "更换承接主体").trigger()
    assert seen[0] == "3" and "原单位应支付" in seen[1] and "谢丽华" in seen[1]
    changed = shown.desk.read(rows, "employer_change")
    assert len(changed) == 3 and all(one["severance"] for one in changed)
    assert {one["employer"] for one in shown.desk.read(rows, "engagement_term") if one["since"] == date(2027, 1, 1)} == {"东岭惠民服务有限公司"}
    shown.desk.undo()
    assert shown.desk.read(everything) == before


def test_an_empty_book_says_what_to_do_first(qtbot: QtBot, clock: Clock, tmp_path: object) -> None:
    from pathlib import Path

    from db import book as books
    from tests.db.records import county

    with books.open_book(books.create(Path(str(tmp_path)), "石桥县", "0.1.0"), clock) as book:
        book.act("新建", county())
        shown = over(qtbot, book, clock)
        page = shown.labour()
        assert page._stack.currentIndex() == 1
        board = shown.board()
        assert board._stack.currentIndex() == 1 and "没有已过期或 90 天内到期" in board._nothing.text()
        shown.frame.hide()


