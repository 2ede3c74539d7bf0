"""方案与公开, 会议, 招录, 培训, 来文, 通讯录 and 工作交接 by a clerk's hands: typed, ticked, confirmed and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row, rows
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.output import grid_sheet
from desktop.page import Page
from desktop.printing import Print
from desktop.record.editors import ChoiceEditor, TicksEditor
from desktop.record.screen import RecordScreen
from desktop.screens.contacts import contacts_screen
from desktop.screens.handovers import handovers_screen
from desktop.screens.incoming import incoming_screen
from desktop.screens.meetings import meetings_screen
from desktop.screens.plans import plans_screen
from desktop.screens.recruits import recruits_screen
from desktop.screens.returns import ReturnsPage
from desktop.screens.trainings import trainings_screen
from office.handover_sheet import handover_sheet
from policy.clock import Clock
from policy.management_facts import CONTENTS, DEPARTMENTS
from policy.stages import TOPICS, stages
from tests.db.records import everything, new, worker
from tests.desktop.opened import action, answer, field, opened, record_screen, stand
from tests.desktop.single import Shown, confirm, tab, ticking, type_in

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SCREENS: tuple[Callable[[Desk], Page], ...] = (
    plans_screen, meetings_screen, recruits_screen, trainings_screen, incoming_screen, contacts_screen, handovers_screen,
)  # fmt: skip


def save(screen: RecordScreen) -> None:
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)


def begin(screen: RecordScreen, **texts: str) -> None:
    """Ctrl+N, and the fields typed; names with _ for the point."""
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    for name, text in texts.items():
        type_in(screen, name.replace("__", "."), text)


def marks(screen: RecordScreen) -> dict[str, str]:
    assert screen.row is not None
    return dict(screen.row.marks)


def said(screen: RecordScreen, name: str) -> str:
    """What the row in front shows in a column."""
    assert screen.row is not None
    at = next(at for at, column in enumerate(screen.grid.model.columns) if column.id == name)
    return screen.grid.model.columns[at].field.kind.show(screen.row.values[at])


def settled(screen: RecordScreen, qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=20000)


def listed(dialog: Choose) -> dict[str, list[str]]:
    """The lines by their heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for at in range(dialog.list.count()):
        line = dialog.list.item(at)
        if line.flags() == Qt.ItemFlag.NoItemFlags:
            heading = line.text()
        else:
            found.setdefault(heading, []).append(line.text())
    return found


def turn(dialog: Choose, words: str) -> None:
    """Stand on the first line that begins with these words, and tick it with the space bar."""
    line = next(dialog.list.item(at) for at in range(dialog.list.count()) if dialog.list.item(at).text().startswith(words))
    dialog.list.setCurrentItem(line)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)


@pytest.mark.parametrize("make", SCREENS)
def test_an_empty_screen_says_what_it_is_for_and_begins_with_one_key(empty_book: Book, shown: Shown, make: Callable[[Desk], Page]) -> None:
    screen = shown(make, empty_book)
    buttons = [button.text() for button in screen.findChildren(QPushButton) if button.isVisible()]
    assert any(text.endswith("Ctrl+N") for text in buttons) and "Ctrl+N" in screen.spec.purpose
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    assert screen.form.is_new() and screen.form.isVisible()
    save(screen)
    assert "必填" in screen.form.wrong.text()


# 会议


def test_a_meeting_by_keys_with_departments_and_topics_ticked(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(meetings_screen, empty_book)
    begin(screen, meeting__name="第一次联席会议", meeting__kind="联席会议", meeting__held="20260318")
    departments = field(screen, "meeting.departments")
    assert isinstance(departments, TicksEditor)
    departments.setFocus()
    QTest.keyClick(departments, Qt.Key.Key_F7)
    assert departments.list.isVisible() and departments.list.count() == len(DEPARTMENTS)
    QTest.keyClick(departments.list, Qt.Key.Key_Space)
    QTest.keyClick(departments.list, Qt.Key.Key_Down)
    QTest.keyClick(departments.list, Qt.Key.Key_Space)
    assert departments.text() == "民政、编办"
    line = departments.list.visualItemRect(departments.list.item(2))
    QTest.mouseClick(departments.list.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    QTest.keyClick(departments.list, Qt.Key.Key_Return)
    assert not departments.list.isVisible() and departments.text() == "民政、编办、财政"
    topics = field(screen, "meeting.topics")
    topics.setText(f"本县自拟议题，{TOPICS[1]}")
    save(screen)
    (made,) = empty_book.read(rows, "meeting")
    assert (made["held"], made["level"], made["departments"]) == (date(2026, 3, 18), "县", "民政、编办、财政")
    assert made["topics"] == f"{TOPICS[1]}、本县自拟议题"

    departments.setFocus()
    QTest.keyClick(departments, Qt.Key.Key_Down, ALT)
    ticked = departments.list.words()
    assert ticked == ["民政", "编办", "财政"]
    QTest.keyClick(departments.list, Qt.Key.Key_Space)
    QTest.keyClick(departments.list, Qt.Key.Key_Escape)
    assert departments.text() == "民政、编办、财政" and not departments.list.isVisible()
    departments.open_list()
    QTest.keyClick(departments.list, Qt.Key.Key_Space)
    assert empty_book.read(row, "meeting", (1,)) == made, "taken when the list closes, not before"
    QTest.keyClick(departments.list, Qt.Key.Key_F7)
    assert (empty_book.read(row, "meeting", (1,)) or {})["departments"] == "编办、财政"
    assert empty_book.stacks().undo[-1].plain == "修改参会部门"
    assert topics.text() == f"{TOPICS[1]}、本县自拟议题"


def test_words_of_their_own_outlast_the_ticks(empty_book: Book, shown: Shown) -> None:
    screen = shown(meetings_screen, empty_book)
    begin(screen, meeting__topics="自拟议题")
    topics = field(screen, "meeting.topics")
    assert isinstance(topics, TicksEditor)
    topics.setFocus()
    topics.open_list()
    QTest.keyClick(topics.list, Qt.Key.Key_Return)
    assert topics.text() == "自拟议题", "looked at and left as it was"
    topics.open_list()
    QTest.keyClick(topics.list, Qt.Key.Key_Space)
    assert topics.text() == f"{TOPICS[0]}、自拟议题"
    topics.list.hide()


def test_the_topics_of_2019_are_offered_in_2019_alone(empty_book: Book, clock: Clock, qtbot: QtBot) -> None:
    offered = {}
    for year in (2018, 2019, 2020):
        desk = Desk(empty_book, clock, date(year, 12, 31))
        screen = meetings_screen(desk)
        assert isinstance(screen, RecordScreen)
        qtbot.addWidget(screen)
        offered[year] = next(column.field.kind.offers for column in screen.grid.model.columns if column.id == "meeting.topics")
    assert offered[2018] == offered[2020] == TOPICS
    assert offered[2019][:5] == (*stages().topics, stages().city_topic) and set(TOPICS) <= set(offered[2019])


def test_minutes_go_up_after_the_meeting(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("会议", [new("meeting", 1, name="第一次", kind="联席会议", held=date(2026, 3, 18), minutes_no="东联席纪1号")])
    screen = shown(meetings_screen, empty_book)
    stand(screen, qtbot, "meeting", 1)
    with answer({"on": "20260317"}) as told:
        action(screen, "登记报送").trigger()
    assert "第一次" in told[0] and "2026-03-17 早于会议日期 2026-03-18" in told[1]
    with answer({"on": "20260318"}) as told:
        action(screen, "登记报送").trigger()
    assert len(told) == 1
    held = empty_book.read(row, "meeting", (1,)) or {}
    assert (held["reported"], held["minutes_no"]) == (date(2026, 3, 18), "东联席纪1号")


def test_a_missing_department_is_red_on_the_newest_joint_meeting(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    held = (date(2026, 2, 1), date(2026, 9, 1))
    empty_book.act("会议", [new("meeting", at, name=f"第{at}次", kind="联席会议", held=day, departments="民政、编办、财政") for at, day in enumerate(held, 1)])
    screen = shown(meetings_screen, empty_book)
    stand(screen, qtbot, "meeting", 2)
    settled(screen, qtbot, lambda: "人社" in marks(screen).get("meeting.departments", ""))
    assert [line[0] for line in tab(screen, "核查结果")] == ["Q1"]
    stand(screen, qtbot, "meeting", 1)
    assert marks(screen) == {}
    departments = field(screen, "meeting.departments")
    screen.tabs.setCurrentIndex(0)
    departments.setFocus()
    departments.setText("人社")
    field(screen, "meeting.chair").setFocus()
    settled(screen, qtbot, lambda: not tab(screen, "核查结果"))


# 方案与公开


def test_a_plan_with_its_heads_is_typed_published_and_reported(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(plans_screen, empty_book)
    begin(
        screen, plan_doc__kind="具体操作方案", plan_doc__doc_no="东民〔2026〕12号", plan_doc__dated="4.28", plan_doc__contents="招录方式、人员配比", heads="青石镇",
        plan_doc__fund_rate="3%", plan_doc__must_publish="是", plan_doc__must_report="是", plan_doc__due="20261230",
    )  # fmt: skip
    save(screen)
    assert "没有写明多少人" in screen.form.wrong.text() and empty_book.read(rows, "plan_doc") == []
    field(screen, "heads").setText("青石镇 2、青石镇 3")
    save(screen)
    assert "“青石镇”写了两次" in screen.form.wrong.text()
    field(screen, "heads").setText("青石镇 2、白沙镇3人")
    save(screen)
    (made,) = empty_book.read(rows, "plan_doc")
    assert (made["dated"], made["contents"], made["fund_rate"]) == (date(2026, 4, 28), f"{CONTENTS[0]}、{CONTENTS[3]}", 300)
    assert {one["unit"]: one["heads"] for one in empty_book.read(rows, "plan_head", document=made["id"])} == {2: 2, 3: 3}
    assert field(screen, "heads").text() == "青石镇 2、白沙镇 3"
    assert set(marks(screen)) >= {"agreed", "publication", "reporting"}
    assert (said(screen, "publication"), said(screen, "reporting"), said(screen, "agreed")) == ("未公开", "逾期 1 天", "缺党委、政府同意")

    with answer({"published": "20260427"}) as told:
        action(screen, "登记公开").trigger()
    assert "早于成文日期 2026-04-28" in told[1]
    with answer({"published": "20260430", "channel": "政府网站"}) as told:
        action(screen, "登记公开").trigger()
    with answer({"on": "20261231"}) as told:
        action(screen, "登记报送").trigger()
    assert (said(screen, "publication"), said(screen, "reporting")) == ("已公开", "已报送（迟 1 天）")
    screen.tabs.setCurrentIndex(0)
    for name, text in (("party_on", "20260424"), ("government_on", "20260423")):
        type_in(screen, f"plan_doc.{name}", text)
    field(screen, "plan_doc.url").setFocus()
    assert said(screen, "agreed") == "党委、政府均同意"
    assert [one.plain for one in empty_book.stacks().undo[-4:]] == ["登记公开 东民〔2026〕12号", "登记报送 东民〔2026〕12号", "修改党委同意日期", "修改政府同意日期"]


def test_heads_are_ticked_and_begin_with_the_need(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    households = [new("caseload", unit, unit=unit, as_of=date(2026, 12, 31), category="未分类", households=count) for unit, count in ((2, 742), (3, 100))]
    empty_book.act("底", [*households, new("plan_doc", 1, kind="具体操作方案"), new("plan_head", 1, document=1, unit=3, heads=7)])
    screen = shown(plans_screen, empty_book)
    stand(screen, qtbot, "plan_doc", 1)

    def tick(dialog: Choose) -> None:
        lines = listed(dialog)
        assert lines["乡镇（街道）"] == ["青石镇　应配 6 人，实配 0 人，缺 6 人", "白沙镇　应配 2 人，实配 0 人，缺 2 人"]
        assert dialog.ticked() == [3]
        turn(dialog, "青石镇")
        confirm(dialog)

    with ticking(tick):
        action(screen, "人员配比").trigger()
    assert {one["unit"]: one["heads"] for one in empty_book.read(rows, "plan_head", document=1)} == {2: 6, 3: 7}
    assert [line[:5] for line in tab(screen, "人员配比")] == [(3, 7, 2, 0, 7), (2, 6, 6, 0, 6)]
    before = len(empty_book.acts())
    with ticking(confirm):
        action(screen, "人员配比").trigger()
    assert len(empty_book.acts()) == before, "nothing ticked otherwise is no act"


def test_practice_short_of_the_published_plan_turns_it_red(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(plans_screen, demo_book)
    stand(screen, qtbot, "plan_doc", 2)
    have = next(line[3] for line in tab(screen, "人员配比") if line[0] == 2)
    assert "plan_doc.kind" not in marks(screen)
    (held,) = [one for one in demo_book.read(rows, "plan_head", document=2) if one["unit"] == 2]
    grid = screen.tab_grids[0]
    at = next(place for place in range(grid.model.rowCount()) if grid.model.row_at(place).values[0] == 2)
    for heads, red in ((have + 1, True), (have, False)):
        grid.model.setData(grid.model.index(at, 1), str(heads))
        assert (demo_book.read(row, "plan_head", (held["id"],)) or {})["heads"] == heads
        settled(screen, qtbot, lambda red=red: ("P1" in marks(screen).get("plan_doc.kind", "")) == red)  # type: ignore[misc]
    assert "P1" not in [line[0] for line in tab(screen, "核查结果")]
    stand(screen, qtbot, "plan_doc", 3)
    assert tab(screen, "核查结果") == []
    sheet = grid_sheet(screen.grid, "方案与公开", ("", "", ""))
    assert [column.label for column in sheet.columns][1:4] == ["材料类别", "材料名称", "所属年度"] and len(sheet.columns) == 9


def test_what_a_newer_draft_says_is_not_held_against_practice(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    demo_book.act("新稿", [new("plan_doc", 9, kind="具体操作方案", dated=date(2026, 12, 1)), new("plan_head", 9, document=2, unit=9, heads=99)])
    screen = shown(plans_screen, demo_book)
    stand(screen, qtbot, "plan_doc", 2)
    settled(screen, qtbot, lambda: "99" in marks(screen).get("plan_doc.kind", ""))
    stand(screen, qtbot, "plan_doc", 9)
    assert marks(screen) == {"agreed": "具体操作方案应经当地党委、政府同意"}


def test_a_new_year_begins_with_last_years_documents(demo_book: Book, shown: Shown) -> None:
    screen = shown(plans_screen, demo_book)
    before = demo_book.read(everything)
    with answer({}) as told:
        action(screen, "开启新年度").trigger()
    assert len(told) == 1
    new_ones = [one for one in demo_book.read(rows, "plan_doc") if one["year"] == 2027]
    assert {one["kind"] for one in new_ones} == {"具体操作方案", "自查报告"} and all(one["doc_no"] is None and one["published"] is None for one in new_ones)
    with answer({"year": "2027"}) as told:
        action(screen, "开启新年度").trigger()
    assert "不用再开启" in told[1]
    demo_book.undo()
    assert demo_book.read(everything) == before


# 招录


def test_a_batch_takes_the_consents_of_its_plan(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    consent = {"party_organ": "中共东岭县委", "party_on": date(2026, 4, 24), "government_organ": "东岭县人民政府", "government_on": date(2026, 4, 23)}
    empty_book.act("方案", [new("plan_doc", 1, kind="具体操作方案", title="操作方案", doc_no="东民12号", **consent)])
    screen = shown(recruits_screen, empty_book)
    begin(screen, recruit_batch__name="第一批")
    save(screen)
    assert "至少选一个招录单位" in screen.form.wrong.text()
    number = field(screen, "recruit_batch.plan_no")
    number.setFocus()
    QTest.keyClicks(number, "9")
    assert "没有登记文号为“9”的方案" in screen.form.note.text() and field(screen, "recruit_batch.party_on").text() == ""
    number.selectAll()
    number.insert("东民12号")
    assert "操作方案：党委、政府的同意情况从方案带入" in screen.form.note.text() and field(screen, "recruit_batch.party_on").text() == "2026-04-24"
    type_in(screen, "units", "青石镇 2、白沙镇1")
    type_in(screen, "recruit_batch.due", "20261230")
    save(screen)
    (made,) = empty_book.read(rows, "recruit_batch")
    assert {name: made[name] for name in consent} == consent
    assert [line[:2] for line in tab(screen, "招录进度")] == [(2, 2), (3, 1)]
    assert said(screen, "state") == "逾期 1 天" and "差 3 人" in marks(screen)["state"]


def test_who_came_is_ticked_by_unit_and_counted(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("底", [
        *worker(1, date(2026, 5, 7)), *worker(2, date(2026, 5, 8)), *worker(3, date(2026, 6, 1), at=3), *worker(4, date(2026, 6, 1)), *worker(5, date(2026, 6, 1), kind="事业编制"),
        new("recruit_batch", 1, name="第一批", announced=date(2026, 5, 8), due=date(2026, 6, 30)), new("recruit_line", 1, batch=1, unit=2, planned=2),
        new("recruit_count", 1, line=1, as_of=date(2026, 5, 20), hired=1),
    ])  # fmt: skip
    screen = shown(recruits_screen, empty_book)
    stand(screen, qtbot, "recruit_batch", 1)
    before = empty_book.read(everything)

    def tick(dialog: Choose) -> None:
        assert listed(dialog) == {"青石镇（计划 2 人）": ["人员2　青石镇　劳务派遣　2026-05-08 入职", "人员4　青石镇　劳务派遣　2026-06-01 入职"]}
        turn(dialog, "人员2")
        turn(dialog, "人员4")
        confirm(dialog)

    with ticking(tick):
        action(screen, "登记到岗").trigger()
    assert [one["recruit_line"] for one in empty_book.read(rows, "engagement")] == [None, 1, None, 1, None]
    assert reached(screen) == {"recruit_count.as_of": date(2026, 5, 20), "recruit_count.hired": 2, "recruit_count.on_post": 2, "left": 0, "linked": 2}
    assert said(screen, "state") == "全部到岗" and marks(screen) == {"agreed": "公告以前应经当地党委、政府同意"}
    assert [line[0] for line in tab(screen, "到岗人员")] == ["人员2", "人员4"]

    def less(dialog: Choose) -> None:
        assert dialog.ticked() == [(1, 2), (1, 4)]
        turn(dialog, "人员4")
        confirm(dialog)

    with ticking(less):
        action(screen, "登记到岗").trigger()
    assert reached(screen) == {"recruit_count.as_of": date(2026, 5, 20), "recruit_count.hired": 1, "recruit_count.on_post": 1, "left": 1, "linked": 1}
    assert said(screen, "state") == "逾期 184 天"
    empty_book.undo()
    empty_book.undo()
    assert empty_book.read(everything) == before


def test_units_of_a_batch_begin_with_what_they_lack(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("底", [
        new("caseload", 1, unit=2, as_of=date(2026, 12, 31), category="未分类", households=742), *worker(1),
        new("recruit_batch", 1, name="第一批"), new("recruit_line", 1, batch=1, unit=3, planned=4),
        new("recruit_count", 1, line=1, as_of=date(2026, 5, 20), applied=1),
    ])  # fmt: skip
    screen = shown(recruits_screen, empty_book)
    stand(screen, qtbot, "recruit_batch", 1)

    def tick(dialog: Choose) -> None:
        turn(dialog, "青石镇")
        confirm(dialog)

    with ticking(tick):
        action(screen, "招录单位").trigger()
    assert [line[:2] for line in tab(screen, "招录进度")] == [(3, 4), (2, 5)]

    def untick(dialog: Choose) -> None:
        turn(dialog, "白沙镇")
        confirm(dialog)
        assert dialog.isVisible() and "白沙镇已经登记了招录进度" in dialog.wrong.text()

    with ticking(untick):
        action(screen, "招录单位").trigger()
    assert len(tab(screen, "招录进度")) == 2


def reached(screen: RecordScreen) -> dict[str, object]:
    """What the first line of 招录进度 says of how far it is."""
    columns = [column.id for column in screen.spec.tabs[0].columns]
    said_there = dict(zip(columns, tab(screen, "招录进度")[0], strict=True))
    return {name: said_there[name] for name in ("recruit_count.as_of", "recruit_count.hired", "recruit_count.on_post", "left", "linked")}


def test_progress_is_typed_day_by_day(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("底", [new("recruit_batch", 1, name="第一批", announced=date(2026, 5, 8)), new("recruit_line", 1, batch=1, unit=2, planned=2)])
    screen = shown(recruits_screen, empty_book)
    stand(screen, qtbot, "recruit_batch", 1)
    before = empty_book.read(everything)
    with answer({"on": "20260520"}):
        action(screen, "登记进度").trigger()
    grid = screen.tab_grids[0]
    at = next(at for at, column in enumerate(grid.model.columns) if column.id == "recruit_count.applied")
    tab(screen, "招录进度")
    screen.window().activateWindow()
    QTest.qWaitForWindowActive(screen.window())
    grid.view.setFocus()
    grid.view.go(0, at)
    QApplication.processEvents()
    QTest.keyClick(grid.view, "9")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    (one,) = empty_book.read(rows, "recruit_count")
    assert (one["as_of"], one["applied"]) == (date(2026, 5, 20), 9)
    with answer({"on": "20260520"}) as told:
        action(screen, "登记进度").trigger()
    assert "已有截至 2026-05-20 的招录进度" in told[1]
    empty_book.undo()
    empty_book.undo()
    assert empty_book.read(everything) == before


def test_a_batch_people_came_by_is_not_removed(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(recruits_screen, demo_book)
    stand(screen, qtbot, "recruit_batch", 1)
    with answer({"reason": "录错"}) as told:
        action(screen, "移入回收站").trigger()
    assert "招录单位 1 条" in told[0] and "登记为这个招录单位招录的" in told[1]


# 培训


def test_a_training_is_called_and_attended(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("底", [*worker(1), *worker(2, date(2026, 6, 1)), *worker(3, end=date(2026, 6, 1)), *worker(4, date(2026, 6, 30), at=None)])
    screen = shown(trainings_screen, empty_book)
    begin(screen, training__name="岗前培训", training__kind="入职培训", training__held="20260622", training__called="9")
    save(screen)
    assert said(screen, "expected") == "9", "only the number is known"

    def call(dialog: Choose) -> None:
        assert listed(dialog) == {
            "新入职、还没有参加入职培训": ["人员2　青石镇　劳务派遣　2026-06-01 入职", "人员4　未安排派驻　劳务派遣　2026-06-30 入职"], "其他在岗人员": ["人员1　青石镇　劳务派遣"],
        }  # fmt: skip
        turn(dialog, "人员2")
        turn(dialog, "人员4")
        confirm(dialog)

    with ticking(call):
        action(screen, "应参训名单").trigger()
    assert [(line[0], line[4]) for line in tab(screen, "参训名单")] == [("人员2", False), ("人员4", False)]
    assert (said(screen, "expected"), said(screen, "attended")) == ("2", "0")

    def attend(dialog: Choose) -> None:
        assert list(listed(dialog)) == ["已在应参训名单上", "不在名单上的在岗人员"] and dialog.ticked() == []
        turn(dialog, "人员1")
        turn(dialog, "人员2")
        confirm(dialog)

    with ticking(attend):
        action(screen, "登记参训").trigger()
    assert [(line[0], line[4]) for line in tab(screen, "参训名单")] == [("人员2", True), ("人员4", False), ("人员1", True)]
    assert (said(screen, "expected"), said(screen, "attended")) == ("3", "2")

    def less(dialog: Choose) -> None:
        turn(dialog, "人员2")
        confirm(dialog)
        assert dialog.isVisible() and "人员2已经登记参训" in dialog.wrong.text()

    with ticking(less):
        action(screen, "应参训名单").trigger()
    log = tab(screen, "变更日志")
    assert {"参训名单", "培训"} == {line[3] for line in log} and any("姓名 人员4" in line[6] for line in log)
    for _ in range(2):
        empty_book.undo()
    assert empty_book.read(rows, "training_person") == []


def test_who_was_inducted_before_is_not_new_any_more(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    kinds = {1: "入职培训", 2: "入职培训", 3: "业务培训"}
    empty_book.act("底", [
        *worker(1, date(2026, 6, 1)), *worker(2, date(2026, 6, 1)), *(new("training", at, name=kind, kind=kind, held=date(2026, 6, 20 + at)) for at, kind in kinds.items()),
        new("training_person", 1, training=1, person=1, attended=True), new("training_person", 2, training=1, person=2, attended=False),
    ])  # fmt: skip
    screen = shown(trainings_screen, empty_book)
    for training, new_ones in ((1, ["人员1", "人员2"]), (2, ["人员2"]), (3, ["人员2"])):
        stand(screen, qtbot, "training", training)

        def look(dialog: Choose, new_ones: list[str] = new_ones) -> None:
            assert [line.split("　")[0] for line in listed(dialog)["新入职、还没有参加入职培训"]] == new_ones

        with ticking(look):
            action(screen, "应参训名单").trigger()


# 来文


def test_a_document_leads_to_the_task_it_asks_for(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    window = opened(qtbot, demo_book, clock)
    screen = record_screen(window, "来文登记与督办")
    begin(
        screen, incoming_doc__title="关于报送招录进度的通知", incoming_doc__doc_no="岭民函〔2026〕31号", incoming_doc__received="20261201",
        incoming_doc__forms="表7", incoming_doc__due="20270110",
    )  # fmt: skip
    with answer({"period": "2026H1", "as_of": "20260630"}) as told:
        save(screen)
        qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [told[0]] and "已按来文填好" in told[0]
    task = demo_book.read(rows, "report_task")[-1]
    assert {name: task[name] for name in ("name", "document", "period", "as_of", "due", "forms")} == {
        "name": "关于报送招录进度的通知", "document": "岭民函〔2026〕31号", "period": "2026H1", "as_of": date(2026, 6, 30), "due": date(2027, 1, 10),
        "forms": "封面、表7",
    }  # fmt: skip
    qtbot.waitUntil(lambda: window.frame.words() == "报表", timeout=5000)
    page = window.frame.page()
    assert isinstance(page, ReturnsPage)
    qtbot.waitUntil(lambda: not page.at.busy, timeout=30000)
    assert page.at_desk() and [page.at.tabs.tabText(at) for at in range(page.at.tabs.count())] == ["封面", "表7"]
    screen = record_screen(window, "来文登记与督办")
    stand(screen, qtbot, "incoming_doc", max(one["id"] for one in demo_book.read(rows, "incoming_doc")))
    assert action(screen, "打开任务").isEnabled()
    action(screen, "打开任务").trigger()
    assert window.frame.words() == "报表"


def test_what_is_urgent_stands_first_and_done_sinks(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    received = date(2026, 12, 1)
    dues = {1: date(2026, 12, 31), 2: None, 3: date(2026, 12, 30), 4: date(2027, 1, 5)}
    empty_book.act("来文", [new("incoming_doc", at, title=f"通知{at}", received=received, due=due) for at, due in dues.items()])
    screen = shown(incoming_screen, empty_book)
    shown_now = [screen.grid.model.row_at(place).values[:2] for place in range(4)]
    assert shown_now == [("逾期 1 天", "通知3"), ("今天到期", "通知1"), ("5 天后到期", "通知4"), ("办理中", "通知2")]
    stand(screen, qtbot, "incoming_doc", 3)
    assert marks(screen) == {"state": "应在 2026-12-30 前办结"}
    with answer({"on": "20261130"}) as told:
        action(screen, "办结").trigger()
    assert "早于收文日期" in told[1]
    with answer({"on": "今天", "reply_no": "东民9号"}):
        action(screen, "办结").trigger()
    stand(screen, qtbot, "incoming_doc", 3)
    assert (screen.grid.view.currentIndex().row(), said(screen, "state"), marks(screen)) == (3, "已办结", {})
    assert not action(screen, "办结").isEnabled() and field(screen, "incoming_doc.reply_no").text() == "东民9号"


def test_a_document_is_registered_with_the_forms_it_asks_for(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(incoming_screen, empty_book)
    begin(screen, incoming_doc__title="关于报送情况的通知", incoming_doc__received="今天", incoming_doc__forms="表99")
    save(screen)
    assert "启用报表里没有“表99”" in screen.form.wrong.text()
    field(screen, "incoming_doc.forms").setText("表8，表7")
    with answer({}, confirm=False) as told:  # the task it leads to is put off
        save(screen)
        qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "要求报送表7、表8" in told[0]
    (made,) = empty_book.read(rows, "incoming_doc")
    assert (made["received"], made["forms"]) == (date(2026, 12, 31), "表7、表8")
    assert empty_book.read(rows, "report_task") == []
    screen.window().activateWindow()
    QTest.qWaitForWindowActive(screen.window())
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not screen.form.is_new()


# 通讯录


def test_a_contact_by_initials_with_its_number_covered(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contacts_screen, empty_book)
    begin(screen, contact__name="何志明", contact__phone="13800002231")
    role = field(screen, "contact.role")
    assert isinstance(role, ChoiceEditor)
    role.lineEdit().setFocus()
    QTest.keyClicks(role.lineEdit(), "cz")
    QTest.keyClick(role.lineEdit().completer().popup(), Qt.Key.Key_Return)
    assert role.text() == "财政"
    save(screen)
    assert field(screen, "contact.phone").text() == "138****2231"
    action(screen, "显示号码").trigger()
    assert field(screen, "contact.phone").text() == "13800002231" and empty_book.acts()[-1].name == "查看完整号码"
    empty_book.act("又一个", [new("contact", 2, name="李晓敏", role="联络员")])
    screen.refresh()
    assert [screen.grid.model.row_at(place).values[0] for place in range(2)] == ["李晓敏", "何志明"], "联络员 first"
    assert [line[0] for line in tab(screen, "核查结果")] == []


# 工作交接


def test_a_hand_over_lists_what_is_open_and_is_gone_through(
    empty_book: Book, shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty_book.act("底", [
        new("incoming_doc", 1, title="通知", received=date(2026, 12, 1), due=date(2027, 1, 5)), new("problem", 1, found_on=date(2026, 3, 1), what="没有窗口", responsible="张佩珊"),
    ])  # fmt: skip
    screen = shown(handovers_screen, empty_book)
    begin(screen, handover__giver="李晓敏", handover__receiver="李晓敏", handover__on="今天")
    save(screen)
    assert "同一个人" in screen.form.wrong.text()
    field(screen, "handover.receiver").setText("张佩珊")
    save(screen)
    assert [line[:2] for line in tab(screen, "移交清单")] == [("来文", "通知"), ("整改事项", "没有窗口")]
    assert (said(screen, "items"), said(screen, "state")) == ("2", "还有 2 项没有接收")
    with answer({"kind": "印章", "matter": "业务专用章一枚"}):
        action(screen, "新增事项").trigger()

    def take(dialog: Choose) -> None:
        dialog.every.setFocus()
        QTest.keyClick(dialog.every, Qt.Key.Key_Space)
        confirm(dialog)

    with ticking(take):
        action(screen, "登记接收").trigger()
    assert (said(screen, "taken"), said(screen, "state")) == ("3", "已办结")
    titles: list[str] = []
    monkeypatch.setattr(QPrintPreviewDialog, "exec", lambda dialog: titles.append(dialog.windowTitle()) or 0)
    action(screen, "打印移交清单").trigger()
    assert titles == ["打印预览 — 工作移交清单"]
    sheet = empty_book.read(handover_sheet, 1, "东岭县民政局")
    text = [[cell.value for cell in line.cells] for line in sheet.rows]
    assert text[0] == [1, "来文", "通知", "5 天后到期", "2027-01-05", "√"] and text[2][2] == "业务专用章一枚"
    assert "移交人（李晓敏）：" in sheet.signatories and "接收人（张佩珊）：" in sheet.signatories and "监交人" not in sheet.signatories
    job = Print(sheet, str(tmp_path / "list.pdf"))
    assert job.paint(job.printer) == 1


def test_one_matter_of_a_hand_over_is_taken_off(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    empty_book.act("移交", [
        new("handover", 1, on=date(2026, 12, 31), giver="李晓敏", receiver="张佩珊"), *(new("handover_item", at, handover=1, kind="印章", matter=f"印章{at}") for at in (1, 2)),
    ])  # fmt: skip
    screen = shown(handovers_screen, empty_book)
    stand(screen, qtbot, "handover", 1)
    tab(screen, "移交清单")
    matters = screen.tab_grids[0]
    matters.view.go(1, 0)
    matters.view.setFocus()
    with answer({"reason": "重复"}) as told:
        QTest.keyClick(matters.view, Qt.Key.Key_Minus, CTRL)
    assert "移交事项“印章2”" in told[0]
    assert [line[1] for line in tab(screen, "移交清单")] == ["印章1"] and len(empty_book.read(rows, "handover")) == 1


def test_every_screen_stands_over_the_demo_county(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    acts: dict[str, Any] = {}
    for make in SCREENS[:-1]:
        screen = shown(make, demo_book)
        assert screen.grid.model.rowCount() > 0 and screen.row is not None
        for title in [one.title for one in screen.spec.tabs]:
            tab(screen, title)
        acts[screen.spec.title] = [one.text() for one in screen.toolbar.actions() if one.text()]
        assert all(column.field.label for column in screen.spec.columns)
        screen.window().hide()
    assert acts["招录"] == ["新增招录批次", "招录单位", "登记进度", "登记到岗"]
