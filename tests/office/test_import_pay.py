"""Pay sheets: who and which month, what the sheet's own totals say of its items, and what a later sheet does to what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change
from db.rows import defaults, row, rows
from office.imports import pay
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, WAITING, WRONG, Context, Planned
from policy.example import id_no
from policy.names import fold

ITEMS = frozenset(("name", "base", "performance", "deduction", "gross"))


@dataclass(frozen=True)
class Row:
    row_number: int
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def staffed(book: Book) -> Book:
    """陈家明 twice (1, 2), 李晓敏 (3) who left in 2025 and came back in March 2026, 黄志强 (4) without an engagement."""
    people = [(1, "陈家明"), (2, "陈家明"), (3, "李晓敏"), (4, "黄志强")]
    engaged = [(1, 1, date(2024, 1, 1), None), (2, 2, date(2024, 1, 1), None), (3, 3, date(2024, 1, 1), date(2025, 6, 30)), (4, 3, date(2026, 3, 1), None)]
    book.act(
        "新增",
        [
            *(Change("person", (n,), None, defaults("person") | {"id": n, "name": name, "id_no": id_no(date(1990, 1, n), n)}) for n, name in people),
            *(Change("engagement", (n,), None, defaults("engagement") | {"id": n, "person": who, "start": start, "end": end}) for n, who, start, end in engaged),
        ],
    )
    return book


def plan(
    book: Book, *sheet: Mapping[str, Any], columns: frozenset[str] = ITEMS, month: int | None = 202605, confirmed: bool = True, **errors: str
) -> list[Planned]:
    """Plan a sheet; with `confirmed` the clerk has said of every name that it is who the book knows by it."""
    before = book.read(rows, "pay_month")
    names = frozenset(fold(values.get("name") or "") for values in sheet) if confirmed else frozenset()
    context = Context(columns, month, confirmed_names=names)
    planned = pay.plan([Row(number, values, errors) for number, values in enumerate(sheet, 4)], book.read(pay.existing), context)
    assert book.read(rows, "pay_month") == before, "planning writes nothing"
    for one in planned:
        assert one.state != WRONG or (one.errors and not one.changes)
        assert one.state not in (SAME, DUPLICATE, WAITING) or not one.changes
        assert one.state not in (NEW, CHANGED) or (one.changes and one.cells)
    return planned


def bring(book: Book, *sheet: Mapping[str, Any], columns: frozenset[str] = ITEMS, month: int | None = 202605) -> list[str]:
    planned = plan(book, *sheet, columns=columns, month=month)
    book.act("导入", [change for one in planned for change in one.changes])
    return [one.state for one in planned]


def stored(book: Book, engagement: int = 4, month: int = 5) -> dict[str, int]:
    found = book.read(row, "pay_month", (2026, engagement, month)) or {}
    return {name: value for name, value in found.items() if value is not None and name not in ("year", "engagement", "month")}


def only(planned: list[Planned]) -> Planned:
    (one,) = planned
    return one


def test_a_new_month_then_the_same_then_a_change(staffed: Book) -> None:
    sheet = {"name": "李晓敏", "base": 400000, "performance": 50000, "gross": 450000}
    assert bring(staffed, sheet) == [NEW]
    assert stored(staffed) == {"base": 400000, "performance": 50000}
    assert bring(staffed, sheet) == [SAME]
    (changed,) = plan(staffed, {**sheet, "base": 410000, "gross": 460000})
    assert changed.state == CHANGED
    assert [(cell.label, cell.old, cell.new) for cell in changed.cells] == [("基本工资", "4,000.00", "4,100.00")]


def test_blanks_never_empty_what_is_there(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000})
    assert bring(staffed, {"name": "李晓敏", "base": 400000, "performance": None}) == [SAME]
    assert stored(staffed) == {"base": 400000, "performance": 50000}


def test_a_sheet_whose_total_does_not_fit_what_would_stand_is_wrong(staffed: Book) -> None:
    """The file's 应发 is 4,100.00; with the 绩效 kept from before the book would say 4,600.00."""
    bring(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000})
    one = only(plan(staffed, {"name": "李晓敏", "base": 410000, "gross": 410000}))
    assert one.state == WRONG
    assert "500.00" in one.errors["应发工资"]


def test_a_name_two_people_bear_needs_an_identity_number(staffed: Book) -> None:
    assert "2 个“陈家明”" in only(plan(staffed, {"name": "陈家明", "base": 1})).errors["姓名"]
    one = only(plan(staffed, {"name": "陈家明", "id_no": id_no(date(1990, 1, 2), 2), "base": 1}))
    assert one.changes[0].key == (2026, 2, 5)


def test_name_and_number_of_two_people_are_wrong(staffed: Book) -> None:
    assert "不是同一个人" in only(plan(staffed, {"name": "李晓敏", "id_no": id_no(date(1990, 1, 2), 2), "base": 1})).errors["姓名"]
    assert "没有这个身份证号" in only(plan(staffed, {"name": "李晓敏", "id_no": id_no(date(1991, 1, 2), 2), "base": 1})).errors["身份证号"]


def test_unknown_name_and_blank_name(staffed: Book) -> None:
    assert "没有“张三”" in only(plan(staffed, {"name": "张三", "base": 1})).errors["姓名"]
    assert "姓名" in only(plan(staffed, {"name": None, "base": 1})).errors


def test_names_match_whatever_the_blanks(staffed: Book) -> None:
    assert only(plan(staffed, {"name": "李 晓　敏", "base": 1})).state == NEW


def test_only_a_total_goes_to_unsplit(staffed: Book) -> None:
    """A file with no item columns, and a row of a file whose items are blank."""
    assert bring(staffed, {"name": "李晓敏", "gross": 450000}, columns=frozenset(("name", "gross"))) == [NEW]
    assert stored(staffed) == {"unsplit": 450000}
    one = only(plan(staffed, {"name": "李晓敏", "gross": 450000}, month=202606))
    assert "未分项" in "".join(one.notes)
    assert (one.changes[0].after or {})["unsplit"] == 450000


def test_a_total_after_a_deduction(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "gross": 440000, "deduction": 10000}, columns=frozenset(("name", "gross", "deduction")))
    assert stored(staffed) == {"unsplit": 450000, "deduction": 10000}
    assert staffed.read(lambda c: c.exec_driver_sql("SELECT gross FROM pay_month").scalar()) == 440000


def test_the_sheets_total_is_held_against_its_items(staffed: Book) -> None:
    one = only(plan(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000, "deduction": 1000, "gross": 450000}))
    assert (one.state, one.changes) == (WRONG, ())
    assert all(part in one.errors["应发工资"] for part in ("4,500.00", "4,490.00", "差 10.00"))
    assert only(plan(staffed, {"name": "李晓敏", "base": 400001, "gross": 400000})).state == WRONG
    assert only(plan(staffed, {"name": "李晓敏", "base": 400000, "gross": 400000})).state == NEW


def test_a_later_total_only_sheet_never_doubles_the_items(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000})
    total_only = frozenset(("name", "gross"))
    assert bring(staffed, {"name": "李晓敏", "gross": 450000}, columns=total_only) == [SAME]
    one = only(plan(staffed, {"name": "李晓敏", "gross": 460000}, columns=total_only))
    assert one.state == WRONG
    assert "4,500.00" in one.errors["应发工资"]


def test_later_items_take_the_place_of_a_total(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "gross": 450000}, columns=frozenset(("name", "gross")))
    one = only(plan(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000, "gross": 450000}))
    assert one.state == CHANGED
    assert ("未分项工资", "4,500.00", "") in [(cell.label, cell.old, cell.new) for cell in one.cells]
    staffed.act("导入", one.changes)
    assert stored(staffed) == {"base": 400000, "performance": 50000}


def test_net_pay_is_held_against_what_was_withheld(staffed: Book) -> None:
    columns = ITEMS | {"pension", "tax", "net"}
    assert only(plan(staffed, {"name": "李晓敏", "base": 400000, "pension": 30000, "tax": 500, "net": 369500}, columns=columns)).state == NEW
    assert "差 -1.00" in only(plan(staffed, {"name": "李晓敏", "base": 400000, "pension": 30000, "net": 369900}, columns=columns)).errors["实发工资"]
    one = only(plan(staffed, {"name": "李晓敏", "base": 400000, "net": 380000}, columns=ITEMS | {"net"}))
    assert (one.changes[0].after or {})["other"] == 20000
    assert "其他代扣" in "".join(one.notes)


def test_a_later_sheet_with_net_only_never_withholds_twice(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "base": 400000, "pension": 20000, "net": 380000}, columns=ITEMS | {"pension", "net"})
    assert bring(staffed, {"name": "李晓敏", "base": 400000, "net": 380000}, columns=ITEMS | {"net"}) == [SAME]
    assert only(plan(staffed, {"name": "李晓敏", "base": 400000, "net": 390000}, columns=ITEMS | {"net"})).state == WRONG


def test_cost_is_held_against_the_employers_part(staffed: Book) -> None:
    columns = ITEMS | {"employer_insurance", "fee", "cost"}
    sheet = {"name": "李晓敏", "base": 400000, "employer_insurance": 100000, "fee": 10000}
    assert only(plan(staffed, {**sheet, "cost": 510000}, columns=columns)).state == NEW
    assert "5,100.00" in only(plan(staffed, {**sheet, "cost": 510001}, columns=columns)).errors["用工成本"]


def test_a_month_is_needed_from_the_row_or_the_sheet(staffed: Book) -> None:
    assert "工资所属月份" in only(plan(staffed, {"name": "李晓敏", "base": 1}, month=None)).errors
    assert only(plan(staffed, {"name": "李晓敏", "base": 1, "month": 202604}, month=202605)).changes[0].key == (2026, 4, 4)


def test_a_month_outside_service_is_kept_and_noted(staffed: Book) -> None:
    one = only(plan(staffed, {"name": "李晓敏", "base": 1}, month=202601))
    assert (one.state, one.changes[0].key) == (NEW, (2026, 3, 1))
    assert "不在这个人的用工期间内" in "".join(one.notes)
    assert only(plan(staffed, {"name": "李晓敏", "base": 1}, month=202603)).notes == ()


def test_before_any_engagement_is_wrong(staffed: Book) -> None:
    assert "还没有用工关系" in only(plan(staffed, {"name": "李晓敏", "base": 1}, month=202312)).errors["工资所属月份"]
    assert "还没有用工关系" in only(plan(staffed, {"name": "黄志强", "base": 1})).errors["工资所属月份"]


def test_the_same_person_and_month_twice(staffed: Book) -> None:
    """Word for word the same is one row; anything else is a contradiction nobody may settle silently."""
    first, second, third = plan(staffed, {"name": "李晓敏", "base": 1}, {"name": "李晓敏", "base": 2}, {"name": "李晓敏", "base": 1})
    assert (first.state, second.state, third.state) == (NEW, WRONG, DUPLICATE)
    assert "第 4 行" in "".join(second.errors.values())


def test_a_name_alone_waits_for_the_clerks_word(staffed: Book) -> None:
    one = only(plan(staffed, {"name": "李晓敏", "base": 1}, confirmed=False))
    assert one.state == WAITING
    assert "李晓敏" in one.notes[0]
    assert id_no(date(1990, 1, 3), 3) not in one.notes[0], "the number is masked"
    assert only(plan(staffed, {"name": "李晓敏", "id_no": id_no(date(1990, 1, 3), 3), "base": 1}, confirmed=False)).state == NEW


def test_a_row_without_any_amount_is_wrong_and_zero_is_an_amount(staffed: Book) -> None:
    assert "空白不会当作 0" in only(plan(staffed, {"name": "李晓敏"})).errors["应发工资"]
    assert only(plan(staffed, {"name": "李晓敏", "base": 0})).state == NEW


def test_a_row_intake_found_wrong_is_never_written(staffed: Book) -> None:
    one = only(plan(staffed, {"name": "李晓敏", "performance": 1, "gross": 400001}, base="“四千”不是金额。"))
    assert (one.state, one.changes, dict(one.errors)) == (WRONG, (), {"基本工资": "“四千”不是金额。"})


def test_taking_back_a_batch_brings_the_old_figures_back(staffed: Book) -> None:
    bring(staffed, {"name": "李晓敏", "gross": 450000}, columns=frozenset(("name", "gross")))
    bring(staffed, {"name": "李晓敏", "base": 400000, "performance": 50000, "gross": 450000})
    staffed.undo()
    assert stored(staffed) == {"unsplit": 450000}


# Two engagements in one month


def engaged(book: Book, *terms: tuple[int, date, date | None, str | None]) -> None:
    """Engagements of 黄志强, who has none: (number, start, end, employer)."""
    for number, start, end, employer in terms:
        book.act("用工", [
            Change("engagement", (number,), None, defaults("engagement") | {"id": number, "person": 4, "start": start, "end": end}),
            Change("engagement_term", (number,), None, defaults("engagement_term") | {"id": number, "engagement": number, "since": start, "employer": employer}),
        ])  # fmt: skip


def test_pay_goes_to_who_holds_at_the_months_end_and_says_so(staffed: Book) -> None:
    engaged(staffed, (5, date(2026, 1, 1), date(2026, 5, 15), "旧公司"), (6, date(2026, 5, 16), None, "新公司"))
    one = only(plan(staffed, {"name": "黄志强", "base": 1}))
    assert one.changes[0].key == (2026, 6, 5) and "两段用工关系" in one.notes[0]
    assert only(plan(staffed, {"name": "黄志强", "base": 1}, month=202606)).notes == ()


@pytest.mark.parametrize(
    ("says", "engagement"),
    [({"employer": "旧公司"}, 5), ({"entered": date(2026, 1, 1)}, 5), ({"employer": "新 公司"}, 6), ({"entered": date(2026, 5, 16), "employer": "新公司"}, 6)],
)
def test_the_rows_own_word_tells_two_engagements_apart(staffed: Book, says: dict[str, Any], engagement: int) -> None:
    engaged(staffed, (5, date(2026, 1, 1), date(2026, 5, 15), "旧公司"), (6, date(2026, 5, 16), None, "新公司"))
    one = only(plan(staffed, {"name": "黄志强", "base": 1, **says}))
    assert (one.changes[0].key, one.notes) == ((2026, engagement, 5), ())


def test_both_halves_of_a_month_come_in_one_sheet(staffed: Book) -> None:
    engaged(staffed, (5, date(2026, 1, 1), date(2026, 5, 15), "旧公司"), (6, date(2026, 5, 16), None, "新公司"))
    sheet = [{"name": "黄志强", "base": 200000, "employer": "旧公司"}, {"name": "黄志强", "base": 210000, "employer": "新公司"}]
    assert bring(staffed, *sheet) == [NEW, NEW]
    assert (stored(staffed, 5), stored(staffed, 6)) == ({"base": 200000}, {"base": 210000})
    _, second = plan(staffed, {"name": "黄志强", "base": 1}, {"name": "黄志强", "base": 2})
    assert second.state == WRONG, "without it the two lines contradict each other"


def test_what_cannot_be_told_apart_is_asked(staffed: Book) -> None:
    engaged(staffed, (5, date(2026, 1, 1), date(2026, 5, 10), "旧公司"), (6, date(2026, 5, 11), date(2026, 5, 20), "新公司"))
    assert "2 段用工关系" in only(plan(staffed, {"name": "黄志强", "base": 1})).errors["工资所属月份"], "neither holds at the month's end"
    assert "都不符" in only(plan(staffed, {"name": "黄志强", "base": 1, "employer": "别家"})).errors["工资所属月份"]
    staffed.act("又", [Change("engagement", (5,), {"end": date(2026, 5, 10)}, {"end": None}), Change("engagement", (6,), {"end": date(2026, 5, 20)}, {"end": None})])
    assert "2 段" in only(plan(staffed, {"name": "黄志强", "base": 1})).errors["工资所属月份"], "both hold at the month's end"


def test_an_unread_word_counts_only_where_there_are_two(staffed: Book) -> None:
    assert only(plan(staffed, {"name": "李晓敏", "base": 1}, entered="“去年”不是日期。")).state == NEW
    engaged(staffed, (5, date(2026, 1, 1), date(2026, 5, 15), None), (6, date(2026, 5, 16), None, None))
    assert "入职日期" in only(plan(staffed, {"name": "黄志强", "base": 1}, entered="“去年”不是日期。")).errors
