"""Units and their caseload: matched by name, new ones with a type, totals never beside their parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change
from db.rows import rows
from office.arguments import IMPORTS
from office.imports import KINDS, kind, units
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, WRONG, Context, Planned
from tests.db.records import county

DAY, LATER = date(2026, 6, 30), date(2026, 12, 31)


@dataclass(frozen=True)
class Row:
    row_number: int
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def towns(book: Book) -> Book:
    book.act("新建", county())
    return book


def plan(book: Book, *sheet: Mapping[str, Any], day: date | None = DAY, errors: Mapping[str, str] | None = None) -> list[Planned]:
    planned = units.plan([Row(number, values, errors or {}) for number, values in enumerate(sheet, 2)], book.read(units.existing), Context(frozenset(), day=day))
    for one in planned:
        assert one.state != WRONG or (one.errors and not one.changes)
        assert one.state != SAME or not one.changes
        assert one.state not in (NEW, CHANGED) or one.changes
    return planned


def bring(book: Book, *sheet: Mapping[str, Any], day: date | None = DAY) -> list[str]:
    planned = plan(book, *sheet, day=day)
    book.act("导入", [change for one in planned for change in one.changes])
    return [one.state for one in planned]


def only(planned: list[Planned]) -> Planned:
    (one,) = planned
    return one


def caseload(book: Book) -> dict[tuple[int, str], tuple[date, int | None, int | None]]:
    return {(one["unit"], one["category"]): (one["as_of"], one["households"], one["persons"]) for one in book.read(rows, "caseload")}


def test_parts_by_category_and_measure(towns: Book) -> None:
    sheet = {
        "name": "青石镇", "dibao_city": 10, "dibao_city_people": 22, "dibao_rural": 30, "destitute_rural": 7, "destitute_homes": 2, "marginal": 0, "temporary": 5, "source": "月报",
    }  # fmt: skip
    assert bring(towns, sheet) == [NEW]
    assert caseload(towns) == {
        (2, "低保城"): (DAY, 10, 22), (2, "低保农"): (DAY, 30, None), (2, "特困农"): (DAY, None, 7), (2, "特困集中"): (DAY, None, 2),
        (2, "边缘"): (DAY, 0, None), (2, "临时救助"): (DAY, 5, None),
    }  # fmt: skip
    assert bring(towns, sheet) == [SAME]


def test_a_change_and_blanks(towns: Book) -> None:
    bring(towns, {"name": "青石镇", "dibao_rural": 30, "dibao_rural_people": 60})
    one = only(plan(towns, {"name": "青石镇", "dibao_rural": 31, "dibao_rural_people": None}))
    assert one.state == CHANGED
    assert [(cell.old, cell.new) for cell in one.cells] == [("30", "31")]
    assert bring(towns, {"name": "青石镇", "dibao_rural": None}) == [SAME]


def test_another_date_is_new_figures_beside_the_old(towns: Book) -> None:
    bring(towns, {"name": "青石镇", "dibao_rural": 30})
    assert bring(towns, {"name": "青石镇", "dibao_rural": 28, "as_of": LATER}) == [NEW]
    assert [(one["as_of"], one["households"]) for one in towns.read(rows, "caseload")] == [(DAY, 30), (LATER, 28)]


def test_a_total_alone(towns: Book) -> None:
    bring(towns, {"name": "青石镇", "total": 742})
    assert caseload(towns) == {(2, "未分类"): (DAY, 742, None)}


@pytest.mark.parametrize("part", ["dibao_city", "dibao_rural_people", "destitute_city", "marginal", "other"])
def test_total_and_parts_in_one_row_are_wrong(towns: Book, part: str) -> None:
    assert "只保留一种" in only(plan(towns, {"name": "青石镇", "total": 742, part: 5})).errors["救助对象户数"]


def test_of_which_and_flows_may_stand_beside_a_total(towns: Book) -> None:
    assert only(plan(towns, {"name": "青石镇", "total": 742, "destitute_homes": 3, "temporary": 9})).state == NEW


def test_total_and_parts_of_one_day_in_two_files_are_wrong(towns: Book) -> None:
    """Else the unit would have its households twice."""
    bring(towns, {"name": "青石镇", "total": 742})
    bring(towns, {"name": "白沙镇", "dibao_rural": 300})
    assert "742" in "".join(only(plan(towns, {"name": "青石镇", "dibao_rural": 700, "other": 42})).errors.values())
    assert only(plan(towns, {"name": "白沙镇", "total": 300})).state == WRONG
    assert only(plan(towns, {"name": "青石镇", "dibao_rural": 700}, day=LATER)).state == NEW
    assert only(plan(towns, {"name": "青石镇", "temporary": 3})).state == NEW


def test_figures_need_a_date(towns: Book) -> None:
    assert "统计日期" in only(plan(towns, {"name": "青石镇", "total": 1}, day=None)).errors
    assert only(plan(towns, {"name": "青石镇", "code": "449901001"}, day=None)).state == CHANGED


@pytest.mark.parametrize(("name", "type_"), [("新圩镇", "乡镇"), ("水口乡", "乡镇"), ("城关街道", "街道"), ("河东街道办事处", "街道")])
def test_a_new_unit_by_its_name(towns: Book, name: str, type_: str) -> None:
    one = only(plan(towns, {"name": name, "total": 5}))
    assert one.state == NEW
    assert type_ in one.notes[0]
    towns.act("导入", one.changes)
    version = towns.read(rows, "unit_version")[-1]
    assert (version["name"], version["type"], version["parent"], version["unit"]) == (name, type_, 1, 4)
    assert caseload(towns) == {(4, "未分类"): (DAY, 5, None)}


def test_a_new_unit_whose_name_says_nothing_needs_its_type(towns: Book) -> None:
    assert "单位类型" in only(plan(towns, {"name": "东江管理区"})).errors
    assert only(plan(towns, {"name": "东江管理区", "type": "功能区"})).state == NEW


def test_a_new_village_needs_its_town(towns: Book) -> None:
    assert "请填写“所属乡镇（街道）”" in only(plan(towns, {"name": "东门社区", "type": "村（社区）"})).errors["所属乡镇（街道）"]
    one = only(plan(towns, {"name": "东门社区", "type": "村（社区）", "parent": "青石镇人民政府"}))
    assert one.state == NEW and next(change.after for change in one.changes if change.table == "unit_version")["parent"] == 2  # type: ignore[index]
    assert "没有乡镇" in only(plan(towns, {"name": "东门社区", "parent": "黑沙镇"})).errors["所属乡镇（街道）"]
    assert "是乡镇" in only(plan(towns, {"name": "黑沙镇", "parent": "青石镇"})).errors["所属乡镇（街道）"]


def test_villages_of_one_name_are_told_apart_by_their_town(towns: Book) -> None:
    assert bring(towns, {"name": "新村", "parent": "青石镇"}, {"name": "新村", "parent": "白沙镇"}) == [NEW, NEW]
    assert bring(towns, {"name": "新村", "parent": "青石镇", "total": 5}) == [NEW]
    assert "2 个“新村”" in only(plan(towns, {"name": "新村", "total": 5})).errors["所属乡镇（街道）"]
    assert "不属于" in only(plan(towns, {"name": "白沙镇", "parent": "青石镇"})).errors["所属乡镇（街道）"]
    villages = [one["unit"] for one in towns.read(rows, "unit_version") if one["name"] == "新村"]
    assert [one["unit"] for one in towns.read(rows, "caseload")] == villages[:1]


def test_a_village_may_come_with_its_town_in_one_sheet(towns: Book) -> None:
    assert bring(towns, {"name": "黑沙镇"}, {"name": "石头村", "parent": "黑沙镇"}) == [NEW, NEW]
    assert bring(towns, {"name": "黑沙镇"}, {"name": "石头村", "parent": "黑沙镇"}) == [SAME, SAME]


def test_two_rows_of_one_new_unit_are_one_unit(towns: Book) -> None:
    assert bring(towns, {"name": "新圩镇", "total": 5}, {"name": "新圩镇", "total": 6, "as_of": LATER}) == [NEW, NEW]
    assert len(towns.read(rows, "unit")) == 4
    assert [(one["unit"], one["households"]) for one in towns.read(rows, "caseload")] == [(4, 5), (4, 6)]


def test_the_same_unit_and_date_twice(towns: Book) -> None:
    first, second, third = plan(towns, {"name": "青石镇", "total": 5}, {"name": "青石镇人民政府", "total": 6}, {"name": "青石镇", "total": 5})
    assert (first.state, second.state, third.state) == (NEW, WRONG, DUPLICATE)
    assert "第 2 行" in "".join(second.errors.values())


@pytest.mark.parametrize("name", ["县级直接管理对象", "县本级", "东岭县民政局"])
def test_what_the_county_looks_after_itself_is_the_bureaus(towns: Book, name: str) -> None:
    bring(towns, {"name": name, "dibao_city": 4})
    assert caseload(towns) == {(1, "低保城"): (DAY, 4, None)}


def test_a_closed_unit_is_not_written_to(towns: Book) -> None:
    towns.act("撤销", [Change("unit", (2,), {"closed": None}, {"closed": date(2025, 12, 31)})])
    one = only(plan(towns, {"name": "青石镇", "total": 5}))
    assert all(change.key != (2,) and (change.after or {}).get("unit") != 2 for change in one.changes)


def test_approved_heads_with_their_date_and_document(towns: Book) -> None:
    bring(towns, {"name": "青石镇", "heads": 4, "document": "东府〔2026〕1号"})
    assert bring(towns, {"name": "青石镇", "heads": 4}) == [SAME]
    assert bring(towns, {"name": "青石镇", "heads": 5}, day=LATER) == [NEW]
    assert bring(towns, {"name": "青石镇", "heads": 6}, day=LATER) == [CHANGED]
    assert [(one["since"], one["heads"], one["document"]) for one in towns.read(rows, "approved_headcount")] == [(DAY, 4, "东府〔2026〕1号"), (LATER, 6, None)]
    assert bring(towns, {"name": "青石镇", "heads": 6, "document": "东府〔2026〕9号"}, day=LATER) == [CHANGED]


def test_a_row_intake_found_wrong_is_never_written(towns: Book) -> None:
    one = only(plan(towns, {"name": "新圩镇"}, errors={"total": "“五”不是数量。"}))
    assert (one.state, dict(one.errors)) == (WRONG, {"救助对象户数": "“五”不是数量。"})
    bad, good = plan(towns, {"name": "新圩镇", "total": 1, "dibao_city": 1}, {"name": "新圩镇", "total": 1})
    assert (bad.state, good.state) == (WRONG, NEW)
    towns.act("导入", good.changes)
    assert len(towns.read(rows, "unit")) == 4


def test_a_row_without_a_name_is_wrong(towns: Book) -> None:
    assert only(plan(towns, {"name": None, "total": 5})).state == WRONG


def test_kinds_are_found_by_their_word() -> None:
    assert {one.id: one.title for one in KINDS} == IMPORTS, "the command line offers every kind"
    assert kind("pay").title == "工资表"
    with pytest.raises(ValueError, match="roster（人员花名册）"):
        kind("people")
