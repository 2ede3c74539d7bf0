"""A month's pay sheet from the office's side: missing people, last month's copy, confirmation, the provider's sheet, slips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from db.book import Book
from db.change import Barrier, Change, Refused
from db.rows import row, rows
from office import pay as acts
from office.import_file import commit, preview
from office.imports import kind, provider
from office.imports import pay as pay_import
from office.imports.plan import CHANGED, NEW, SAME, WRONG, Context
from office.pay_month import PayMonth, line_in, pay_month_in
from office.pay_slips import SIGNING, SLIPS, pay_slips, payroll_in, signing_sheet, write_slips
from office.provider_sheet import (
    DIFFERS,
    NOT_LISTED,
    NOT_OURS,
    NOT_SENT,
    OURS_HOLDS,
    compare_in,
    comparison_in,
    keep_ours,
    take_theirs,
    totals_said,
)  # fmt: skip
from office.provider_sheet import SAME as MATCHES
from policy.example import id_no
from policy.names import fold
from tests.db.records import county, new, pay, worker

MAY, MAY_END = date(2026, 5, 1), date(2026, 5, 31)
JUNE, JUNE_END = date(2026, 6, 1), date(2026, 6, 30)


@pytest.fixture
def staffed(book: Book) -> Book:
    """人员1 and 人员2 dispatched, 人员3 employed by the bureau itself, 人员4 on the establishment; all since 2024."""
    book.act("新建", [*county(), *worker(1), *worker(2), *worker(3, kind="直接聘用"), *worker(4, kind="事业编制")])
    return book


@dataclass
class Line:
    row_number: int
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


def sheet(book: Book, kind: Any, *lines: Mapping[str, Any], month: int = 202605, columns: set[str] | None = None) -> list[Any]:
    given = columns or {"name", "base", "performance", "unsplit", "pension", "employer_insurance", "fee"}
    names = frozenset(fold(str(line["name"])) for line in lines)
    context = Context(frozenset(given), month, confirmed_names=names, file="五月工资.xlsx")
    return list(kind.plan([Line(number, line) for number, line in enumerate(lines, 2)], book.read(kind.existing), context))


def send(book: Book, *lines: Mapping[str, Any], **options: Any) -> list[str]:
    planned = sheet(book, provider, *lines, **options)
    book.act("导入承接主体工资表", [change for one in planned for change in one.changes])
    return [one.state for one in planned]


def seen(book: Book, month: int = 202605) -> PayMonth:
    return book.read(pay_month_in, month)


def cells(found: PayMonth) -> dict[str, dict[str, Any]]:
    ids = [column.id for column in found.listing.columns]
    return {str(one.values[0]): dict(zip(ids, one.values, strict=True)) for one in found.listing.rows}


def test_missing_people_are_those_paid_here(staffed: Book) -> None:
    assert [name for _, name in staffed.read(acts.missing_in, MAY, MAY_END)] == ["人员1", "人员2", "人员3"]
    assert acts.add_missing(staffed, MAY, MAY_END) == 3
    assert staffed.read(acts.missing_in, MAY, MAY_END) == []
    with pytest.raises(Refused, match="都已有"):
        acts.add_missing(staffed, MAY, MAY_END)


def test_last_months_regular_items_are_copied_and_who_was_there_in_part_is_named(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, 5, base=400000, bonus=9, overtime=9, deduction=9, pension=5), pay(2, 2026, 5, base=1)])
    staffed.act("离职", [Change("engagement", (2,), {"end": None}, {"end": date(2026, 6, 15)})])
    done = acts.copy_last_month(staffed, JUNE, JUNE_END)
    assert "2 人" in done and done.endswith("请核对：人员2。")
    made = staffed.read(row, "pay_month", (2026, 1, 6)) or {}
    assert {name: made[name] for name in ("base", "bonus", "overtime", "deduction", "pension")} == {
        "base": 400000, "bonus": None, "overtime": None, "deduction": None, "pension": 5,
    }  # fmt: skip
    with pytest.raises(Refused, match="没有可以复制"):
        acts.copy_last_month(staffed, date(2027, 3, 1), date(2027, 3, 31))


def test_a_change_beyond_a_tenth_asks_for_a_reason(staffed: Book) -> None:
    staffed.act(
        "工资",
        [pay(1, 2026, 4, base=100000), pay(1, 2026, 5, base=110000), pay(2, 2026, 4, base=100000), pay(2, 2026, 5, base=89999), pay(3, 2026, 5, base=5)],
    )
    found = seen(staffed)
    assert found.unexplained == ("人员2",)
    marks = {str(one.values[0]): one.marks for one in found.listing.rows}
    assert "减少 100.01 元（10%）" in marks["人员2"]["moved"]
    assert "moved" not in marks["人员1"], "exactly 10 % is not more than 10 %"
    assert (cells(found)["人员1"]["moved"], cells(found)["人员3"]["moved"]) == (10000, None)
    staffed.act("说明", [Change("pay_month", (2026, 2, 5), {"reason": None}, {"reason": "事假扣发"})])
    assert seen(staffed).unexplained == ()


def test_a_person_taken_over_by_another_provider_is_held_against_the_old_engagements_pay(staffed: Book) -> None:
    staffed.act("更换承接主体", [
        Change("engagement", (1,), {"end": None}, {"end": date(2026, 4, 30)}), new("engagement", 9, person=1, start=MAY),
        new("engagement_term", 9, engagement=9, since=MAY, type="劳务派遣"), new("assignment", 9, engagement=9, unit=2, start=MAY),
        pay(1, 2026, 4, base=100000), pay(9, 2026, 5, base=90000),
    ])  # fmt: skip
    assert cells(seen(staffed))["人员1"]["moved"] == -10000


def test_annualised_pay_and_verdicts_stand_beside_the_row(staffed: Book) -> None:
    """珠三角以外 50,000: 4,166.66 × 12 is 0.08 short of it; 4,166.67 × 12 is enough."""
    staffed.act("工资", [
        new("pay_standard", 1, engagement=1, since=date(2024, 1, 1), monthly_fixed=416666), new("pay_standard", 2, engagement=2, since=date(2024, 1, 1), monthly_fixed=416667),
        *(pay(one, 2026, month, base=amount) for one, amount in ((1, 416666), (2, 416667)) for month in range(1, 6)),
    ])  # fmt: skip
    found = cells(seen(staffed))
    one, two = ({name: found[who][name] for name in ("standard", "f1", "annualised", "f2")} for who in ("人员1", "人员2"))
    assert one == {"standard": 4999992, "f1": "低于最低标准", "annualised": 4999992, "f2": "折算后低于最低标准"}
    assert two == {"standard": 5000004, "f1": "达标", "annualised": 5000004, "f2": "折算后达标"}
    marks = seen(staffed).listing.rows[0].marks
    assert "差 0.08 元" in marks["f1"] and "F2" in marks["pay_month.gross"]


def test_a_gap_in_the_year_leaves_the_figure_and_withholds_the_verdict(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, month, base=400000) for month in (1, 3, 5)])
    found = cells(seen(staffed))["人员1"]
    assert (found["annualised"], found["f2"]) == (4800000, "数据不足")


def test_the_year_begins_with_the_person(staffed: Book) -> None:
    """In service from 16 May: half of May is 16/31; paid 2,580.65 for it."""
    staffed.act("新", [*worker(8, start=date(2026, 5, 16)), pay(8, 2026, 5, base=258065)])
    assert cells(seen(staffed))["人员8"]["annualised"] == 6000011  # 258065 × 12 × 31 / 16 = 6000011.25


def test_a_month_before_the_notice_is_shown_without_verdicts(staffed: Book) -> None:
    staffed.act("旧", [*worker(8, start=date(2018, 1, 1)), pay(8, 2018, 5, base=1)])
    found = seen(staffed, 201805)
    assert (len(found.listing.rows), found.missing) == (1, ())
    assert "政策参数" in found.no_verdict


# Confirmation


@pytest.fixture
def confirmed(staffed: Book) -> Book:
    staffed.act("工资", [pay(one, 2026, 5, base=450000) for one in (1, 2, 3)])
    acts.confirm(staffed, MAY)
    return staffed


def test_a_confirmed_month_is_locked_by_the_book_itself(confirmed: Book) -> None:
    before = confirmed.read(rows, "pay_month")
    whole = confirmed.read(row, "pay_month", (2026, 1, 5))
    for change in (
        Change("pay_month", (2026, 1, 5), {"base": 450000}, {"base": 1}), Change("pay_month", (2026, 1, 5), whole, None), pay(4, 2026, 5, base=1),
        new("provider_pay", 2026, 1, 5, base=1), Change("pay_month", (2026, 1, 5), {"month": 5}, {"month": 6}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="取消确认"):
            confirmed.act("改", [change])
        assert "取消确认" in confirmed.rehearse([change])
    confirmed.act("六月", [pay(1, 2026, 6, base=1)])
    assert [one for one in confirmed.read(rows, "pay_month") if one["month"] == 5] == before
    assert confirmed.verify() == []


def test_moving_a_row_into_a_confirmed_month_is_refused_too(confirmed: Book) -> None:
    confirmed.act("六月", [pay(4, 2026, 6, base=1)])
    with pytest.raises(Refused, match="取消确认"):
        confirmed.act("改", [Change("pay_month", (2026, 4, 6), {"month": 6}, {"month": 5})])


def test_who_confirmed_is_kept_and_shown(confirmed: Book) -> None:
    found = seen(confirmed)
    assert found.confirmed == ("李晓敏", date(2026, 12, 31))
    assert seen(confirmed, 202606).confirmed is None


def test_every_act_on_a_confirmed_month_names_the_way_out(confirmed: Book) -> None:
    for act in (
        lambda: acts.add_missing(confirmed, MAY, MAY_END), lambda: acts.copy_last_month(confirmed, MAY, MAY_END), lambda: acts.confirm(confirmed, MAY),
        lambda: acts.drop_row(confirmed, (2026, 1, 5)), lambda: take_theirs(confirmed, MAY), lambda: keep_ours(confirmed, MAY),
    ):  # fmt: skip
        with pytest.raises(Refused, match=r"2026年5月的工资已经确认.*取消确认"):
            act()


def test_an_empty_month_and_blank_rows_are_not_confirmed(staffed: Book) -> None:
    with pytest.raises(Refused, match="还没有工资表"):
        acts.confirm(staffed, MAY)
    staffed.act("工资", [pay(1, 2026, 5, base=1), pay(2, 2026, 5)])
    with pytest.raises(Refused, match="人员2"):
        acts.confirm(staffed, MAY)
    acts.drop_row(staffed, (2026, 2, 5))
    acts.confirm(staffed, MAY)


def test_taking_the_confirmation_back_needs_a_reason_that_is_logged(confirmed: Book) -> None:
    with pytest.raises(Refused, match="原因"):
        acts.unconfirm(confirmed, MAY, "  ")
    acts.unconfirm(confirmed, MAY, "承接主体更正了社保")
    act = confirmed.acts()[-1]
    assert (act.name, act.reason, act.barrier) == ("取消确认 2026年5月工资", "承接主体更正了社保", True)
    confirmed.act("改", [Change("pay_month", (2026, 1, 5), {"base": 450000}, {"base": 1})])
    with pytest.raises(Refused, match="还没有确认"):
        acts.unconfirm(confirmed, MAY, "再来")


def test_undo_meets_the_confirmation_and_names_the_command(confirmed: Book) -> None:
    with pytest.raises(Barrier, match="取消确认"):
        confirmed.undo()
    acts.unconfirm(confirmed, MAY, "改错")
    with pytest.raises(Barrier, match="确认本月工资"):
        confirmed.undo()


def test_an_older_act_that_touches_a_confirmed_month_is_not_taken_back(confirmed: Book) -> None:
    number = next(act.number for act in confirmed.acts() if act.name == "工资")
    with pytest.raises(Refused, match="取消确认"):
        confirmed.take_back(number)
    assert len(confirmed.read(rows, "pay_month")) == 3


@pytest.mark.parametrize("kind", [pay_import, provider])
def test_an_import_into_a_confirmed_month_is_refused_row_by_row(confirmed: Book, kind: Any) -> None:
    one, two = sheet(confirmed, kind, {"name": "人员1", "base": 1}, {"name": "人员1", "base": 1, "month": 202606})
    assert (one.state, one.changes, two.state) == (WRONG, (), NEW)
    assert "2026年5月的工资已经确认" in one.errors["工资所属月份"]


# The provider's sheet


def results(book: Book) -> dict[str, str]:
    return {one.engagement.person.name: one.result for one in book.read(compare_in, MAY)}


def test_the_providers_sheet_never_touches_ours(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, 5, base=400000, performance=60000), pay(2, 2026, 5, base=450000)])
    before = staffed.read(rows, "pay_month")
    assert results(staffed) == {"人员1": NOT_SENT, "人员2": NOT_SENT}
    assert send(staffed, {"name": "人员1", "base": 400000, "performance": 70000}) == [NEW]
    assert staffed.read(rows, "pay_month") == before
    assert (staffed.read(row, "provider_pay", (2026, 1, 5)) or {})["source"] == "五月工资.xlsx"
    assert results(staffed) == {"人员1": DIFFERS, "人员2": NOT_LISTED}
    assert [one.cells for one in staffed.read(compare_in, MAY)] == [("performance", "gross"), ()]
    assert "差 100.00" in seen(staffed).listing.rows[0].marks["pay_month.performance"]
    assert seen(staffed).differing == ("人员1",)
    said = totals_said(staffed.read(compare_in, MAY))
    assert "不符 1 人" in said and "本局 4,600.00，承接主体 4,700.00，差 100.00" in said
    listed = staffed.read(comparison_in, MAY, staffed.read(compare_in, MAY))
    assert [sorted(one.marks) for one in listed.rows] == [["result", "theirs.gross"], ["result"]]


def test_a_sheet_sent_anew_takes_the_place_of_the_earlier_one(staffed: Book) -> None:
    send(staffed, {"name": "人员1", "base": 400000, "performance": 1})
    assert send(staffed, {"name": "人员1", "base": 400000, "performance": 1}) == [SAME]
    assert send(staffed, {"name": "人员1", "base": 400000}) == [CHANGED]
    assert (staffed.read(row, "provider_pay", (2026, 1, 5)) or {})["performance"] is None


def test_people_the_bureau_pays_are_not_in_a_providers_sheet(staffed: Book) -> None:
    one, two = sheet(staffed, provider, {"name": "人员3", "base": 1}, {"name": "人员4", "base": 1})
    assert (one.state, two.state, one.changes) == (WRONG, WRONG, ())
    assert "“直接聘用”，不由承接主体发放" in one.errors["姓名"]


def test_theirs_holds_for_one_or_for_all_in_one_act(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, 5, base=400000, pension=1, fee=7), pay(2, 2026, 5, base=450000)])
    send(staffed, {"name": "人员1", "base": 410000}, {"name": "人员2", "base": 460000, "pension": 30000})
    assert take_theirs(staffed, MAY, {1}) == 1
    assert results(staffed) == {"人员1": MATCHES, "人员2": DIFFERS}
    ours = staffed.read(row, "pay_month", (2026, 1, 5)) or {}
    assert (ours["base"], ours["pension"], ours["fee"]) == (410000, 1, 7), "what the provider's sheet leaves out stays"
    assert take_theirs(staffed, MAY) == 1
    assert results(staffed) == {"人员1": MATCHES, "人员2": MATCHES}
    with pytest.raises(Refused, match="没有可以这样处理"):
        take_theirs(staffed, MAY)
    staffed.undo()
    assert results(staffed)["人员2"] == DIFFERS


def test_somebody_only_the_provider_lists_gets_a_row(staffed: Book) -> None:
    send(staffed, {"name": "人员1", "base": 410000})
    assert results(staffed) == {"人员1": NOT_OURS}
    take_theirs(staffed, MAY)
    assert results(staffed) == {"人员1": MATCHES}


def test_ours_holds_until_the_provider_sends_another_figure(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, 5, base=400000)])
    send(staffed, {"name": "人员1", "base": 410000})
    assert keep_ours(staffed, MAY) == 1
    assert (results(staffed), seen(staffed).differing) == ({"人员1": OURS_HOLDS}, ())
    assert seen(staffed).listing.rows[0].marks == {}
    send(staffed, {"name": "人员1", "base": 420000})
    assert results(staffed) == {"人员1": DIFFERS}
    keep_ours(staffed, MAY, {1})
    assert take_theirs(staffed, MAY) == 1
    assert results(staffed) == {"人员1": MATCHES}


# Slips and signing sheets


def test_slips_are_for_directly_employed_people_of_a_confirmed_month(confirmed: Book, tmp_path: Path) -> None:
    payroll = confirmed.read(payroll_in, MAY)
    assert [name for _, name, _, _ in payroll.people] == ["人员3"]
    path = write_slips(confirmed, MAY, SIGNING, tmp_path)
    said = [[cell.value for cell in line] for line in load_workbook(path)[SIGNING].iter_rows()]
    assert said[0][0] == "东岭县民政局2026年5月工资签领表"
    assert not any("人员1" in map(str, line) for line in said)
    assert any(line[:6] == [1, "人员3", "青石镇", 4500, 4500, None] for line in said)
    assert write_slips(confirmed, MAY, SLIPS, tmp_path).exists()
    assert [act.name for act in confirmed.acts()[-2:]] == ["导出 签领表", "导出 工资条"] and path.name in confirmed.acts()[-2].reason


def test_every_slip_has_its_own_heading(staffed: Book) -> None:
    staffed.act("工资", [*worker(5, kind="直接聘用"), pay(3, 2026, 5, base=450000, tax=100), pay(5, 2026, 5, base=460000)])
    acts.confirm(staffed, MAY)
    slips = pay_slips(staffed.read(payroll_in, MAY))
    assert [column.label for column in slips.columns] == ["姓名", "基本工资", "应发工资", "个人所得税", "实发工资"]
    assert [[cell.value for cell in line.cells] for line in slips.rows] == [
        ["人员3", 450000, 450000, 100, 449900], [None] * 5, ["姓名", "基本工资", "应发工资", "个人所得税", "实发工资"], ["人员5", 460000, 460000, None, 460000],
    ]  # fmt: skip
    total = signing_sheet(staffed.read(payroll_in, MAY)).rows[-1]
    assert [cell.value for cell in total.cells][3:6] == [910000, 100, 909900]


def test_slips_are_refused_in_words(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, 5, base=1)])
    with pytest.raises(Refused, match=r"由承接主体.*发放工资"):
        staffed.read(payroll_in, MAY)
    staffed.act("工资", [pay(3, 2026, 5, base=1)])
    with pytest.raises(Refused, match="先“确认本月工资”"):
        staffed.read(payroll_in, MAY)


def test_the_line_of_a_person_runs_over_twelve_months(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2025, 12, base=1), pay(1, 2026, 5, base=2), pay(1, 2025, 5, base=3)])
    line = staffed.read(line_in, 1, 202605)
    assert [one.month for one in line] == [202506, 202507, 202508, 202509, 202510, 202511, 202512, 202601, 202602, 202603, 202604, 202605]
    assert {one.month: one.gross for one in line if one.gross} == {202512: 1, 202605: 2}
    assert {one.floor for one in line} == {416667}


def test_a_file_of_the_provider_goes_the_way_of_every_import(staffed: Book, tmp_path: Path) -> None:
    number = id_no(date(1990, 1, 1), 1)
    staffed.act("证件号", [Change("person", (1,), {"id_no": None}, {"id_no": number})])
    made = Workbook()
    page = made.active
    assert page is not None
    for line in (["岭东人力资源有限公司2026年5月工资表"], ["姓名", "身份证号", "基本工资", "绩效工资", "应发工资"], ["人员1", number, 4000, 700, 4700]):
        page.append(line)
    path = tmp_path / "五月.xlsx"
    made.save(path)
    found = preview(staffed, path, kind("provider"))
    assert [one.state for one in found.rows] == [NEW]
    commit(staffed, found)
    sent = staffed.read(row, "provider_pay", (2026, 1, 5)) or {}
    assert (sent["base"], sent["performance"], sent["source"]) == (400000, 70000, "五月.xlsx")
    staffed.undo()
    assert staffed.read(rows, "provider_pay") == []
