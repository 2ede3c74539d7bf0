"""综合表 at the returns desk: the yearly task has it, it follows what is filled in, and a sealed year stands beside the next one."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from db.book import Book
from db.change import Change, Refused
from db.rows import rows
from office import editions, seal, tasks
from office import returns_desk as desk
from office.check import facts_in
from office.make_returns import lay_in
from policy.period import parse_period
from returns.audit import Outcome
from tests.office.returning import NOTE, sealed
from tests.office.test_seal import key_of, sheet_of, value

FORMS = ("封面", "综合表", "表1", "表2", "表3")


def test_the_yearly_task_makes_it_after_the_cover_and_its_formulas_hold(demo_book: Book) -> None:
    draft = demo_book.read(desk.draft_in, desk.open_return(demo_book, tasks.make_task(demo_book, tasks.YEARLY, "2026")))
    assert [sheet.key for sheet in draft.sheets] == ["封面", "综合表", "表1", "表2", "表3", "表4", "表6"]
    assert (value(draft, "综合表", "应配备人数", "本年"), value(draft, "综合表", "缺口", "本年"), value(draft, "综合表", "缺口", "达到")) == (58, 6, "否")
    assert value(draft, "综合表", "应配备人数", "上年") == 38 and "未封存" in sheet_of(draft, "综合表").columns[6].label
    outcomes = {one.outcome for one in draft.audited.results if one.audit.form == "综合表"}
    assert Outcome.HOLDS in outcomes and not {Outcome.FAILS, Outcome.NOT_CHECKED} & outcomes


def test_it_follows_an_override_and_takes_only_words(demo_book: Book) -> None:
    number = desk.open_return(demo_book, tasks.make_task(demo_book, tasks.YEARLY, "2026", forms=FORMS))
    draft = demo_book.read(desk.draft_in, number)
    desk.fill_cell(demo_book, draft, "表2", key_of(draft, "表2", "石桥镇"), "11", "3", "一人十二月三十一日下午报到")
    line = key_of(draft, "综合表", "缺口")
    desk.fill_cell(demo_book, draft, "综合表", line, "说明", "石桥镇已补一人")
    with pytest.raises(Refused, match="请改来源报表"):
        desk.fill_cell(demo_book, draft, "综合表", line, "本年", "0", NOTE)
    now = demo_book.read(desk.draft_in, number)
    assert value(now, "综合表", "实际配备人数", "本年") == 54 and value(now, "综合表", "缺口", "本年") == 5
    assert value(now, "综合表", "缺口", "说明") == "石桥镇已补一人"
    assert not [one for one in now.audited.points if one.id.startswith("0-")]


def test_a_sealed_year_stands_beside_the_next_whatever_the_book_says_since(demo_book: Book) -> None:
    sealed(demo_book, "2025", forms=FORMS)
    number = sealed(demo_book, "2026", forms=FORMS)
    draft = demo_book.read(desk.draft_in, number)
    assert draft.state == "已封存" and "第1版" in sheet_of(draft, "综合表").columns[6].label
    held = next(one for one in demo_book.read(rows, "caseload") if one["as_of"].year == 2025 and one["households"])
    demo_book.act("改户数", [Change("caseload", (held["id"],), {"households": held["households"]}, {"households": held["households"] + 500})])
    again = demo_book.read(desk.draft_in, number)
    assert value(again, "综合表", "救助对象户数", "上年") == 3000
    assert [one.moved for one in demo_book.read(seal.replay_all)] == [(), ()]
    public = editions.sheets_of(again, editions.Edition(public=True))
    page = next(sheet for sheet in public if sheet.key == "综合表")
    assert [row.cells[6] for row in page.rows] == [row.cells[6] for row in sheet_of(again, "综合表").rows]


def test_the_monthly_and_the_quarterly_report_are_made_from_their_templates(demo_book: Book) -> None:
    month = demo_book.read(desk.draft_in, desk.open_return(demo_book, tasks.make_task(demo_book, tasks.MONTHLY, "2026-06")))
    assert [sheet.key for sheet in month.sheets] == ["封面", "表14"]
    assert [value(month, "表14", "合计", mark) for mark in ("1", "2", "5", "10")] == [41, 1, 0, 42]
    assert not [one for one in month.audited.points if one.form == "表14"]
    quarter = demo_book.read(desk.draft_in, desk.open_return(demo_book, tasks.make_task(demo_book, tasks.QUARTERLY, "2026Q4")))
    assert [value(quarter, "表15", "人员配备", mark) for mark in ("5", "6", "8")] == [58, 52, 6]
    unfinished = key_of(quarter, "表15", "人员配备")
    assert ("15-S1", "人员配备") in {(one.id, one.subject) for one in quarter.audited.points}
    for mark, said in (("10", "2027年3月"), ("12", "编制招录计划，分两批补齐")):
        desk.fill_cell(demo_book, quarter, "表15", unfinished, mark, said)
    now = demo_book.read(desk.draft_in, quarter.number)
    assert ("15-S1", "人员配备") not in {(one.id, one.subject) for one in now.audited.points}


def test_the_quick_workbook_has_it_with_the_year_before(demo_book: Book) -> None:
    laid = demo_book.read(lay_in, parse_period("2026"))
    page = next(sheet for sheet in laid.sheets if sheet.key == "综合表")
    assert [row.cells[6].value for row in page.rows][:4] == [3000, 13, 38, 53]
    assert demo_book.read(facts_in, parse_period("2025")).period.label == "2025"


def test_a_task_that_asks_for_charts_gets_them_in_the_workbook_from_the_cells_of_its_forms(demo_book: Book) -> None:
    for charts in (True, False):
        made = tasks.make_task(demo_book, tasks.YEARLY, "2026", name=f"年报{charts}", forms=("封面", "表2", "表3"), charts=charts)
        draft = demo_book.read(desk.draft_in, desk.open_return(demo_book, made))
        assert draft.task.charts is charts
        _, content = seal.workbook(draft, demo_book, draft.sheets)
        with ZipFile(BytesIO(content)) as archive:
            drawn = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")}
        assert bool(drawn) is charts
        if not charts:
            continue
        book = load_workbook(BytesIO(content))
        assert [page.title for page in book.worksheets if page.sheet_state == "visible"][-1] == "图表"
        needs = next(one for one in drawn.values() if "应配备与实际配备" in one)
        ranges = re.findall(r"<(?:c:)?f>'(表[0-9]+)'!\$([A-Z]+)\$([0-9]+):\$[A-Z]+\$([0-9]+)</", needs)
        columns = {letter: [book[form][f"{letter}{line}"].value for line in range(int(first), int(last) + 1)] for form, letter, first, last in ranges}
        units, *figures = sorted(columns.values(), key=lambda one: isinstance(one[0], int))
        town = units.index("东安镇")
        assert [one[town] for one in figures] == [6, 4] and "合计" not in units and len(units) == 14
