"""Lists of contracts and suppliers as of a date: what was amended, paid and linked by then, and where a contract stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from db.book import Book
from db.lists import Listing
from db.lists.contract_parts import amendments, clauses, eligible, parts, payments, people_under, using_units
from db.lists.contracts import COLUMN_IDS, contracts
from db.lists.suppliers import contracts_of, suppliers
from policy.contract_facts import BUDGET_SECURED, DIRECTION_SIGNS, TICKS
from policy.kinds import Unreadable
from tests.db.records import county, new, worker

DAY = date(2026, 6, 30)


def contract(number: int, **values: Any) -> Any:
    given = {"no": f"HT-{number}", "name": f"合同{number}", "kind": "劳务派遣", "procured_as": "其他", "start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    return new("purchase_contract", number, **(given | values))


@pytest.fixture
def bought(book: Book) -> Book:
    """1 runs, is amended twice and paid three times; 2 ended last year and was renewed as 1; 3 begins next year; 4 has nothing."""
    linked = {"type": "劳务派遣", "employer": "甲公司"}
    book.act("新建", [
        *county(), *worker(1), *worker(2), *worker(3, end=date(2026, 3, 31)), *worker(4, kind="事业编制"),
        new("supplier", 1, name="甲公司", licence_to=date(2026, 12, 31)), new("supplier", 2, name="乙中心"),
        contract(2, start=date(2025, 1, 1), end=date(2025, 12, 31), supplier=1, amount=500),
        contract(1, supplier=1, buyer=1, amount=1000, headcount=3, signed=date(2025, 12, 20), predecessor=2),
        contract(3, supplier=2, start=date(2027, 1, 1), end=date(2027, 12, 31)), contract(4, amount=0),
        new("contract_amendment", 1, contract=1, signed=date(2026, 6, 30), amount=-100),
        new("contract_amendment", 2, contract=1, signed=date(2026, 7, 1), amount=7, end=date(2027, 1, 31)),
        new("contract_payment", 1, contract=1, paid_on=date(2026, 6, 30), source="其他资金", wages=300, fee=1),
        new("contract_payment", 2, contract=1, paid_on=date(2026, 7, 1), source="其他资金", other=50),
        new("contract_payment", 3, contract=2, paid_on=date(2025, 7, 1), source="其他资金", other=500),
        new("contract_unit", 1, contract=1, unit=2), new("contract_unit", 2, contract=1, unit=3),
        new("contract_scope", 1, contract=1, scope="低保", share=3333), new("contract_scope", 2, contract=1, scope="特困", share=6667),
        new("contract_source", 1, contract=1, source="其他资金", share=10000),
        new("contract_tick", 1, contract=1, tick=DIRECTION_SIGNS[1]), new("contract_tick", 2, contract=1, tick=BUDGET_SECURED),
        new("engagement_term", 11, engagement=1, since=date(2026, 1, 1), purchase_contract=1, **linked),
        new("engagement_term", 12, engagement=1, since=date(2026, 3, 1), purchase_contract=1, **linked),
        new("engagement_term", 13, engagement=1, since=date(2026, 7, 1), purchase_contract=3, **linked),
        new("engagement_term", 31, engagement=3, since=date(2026, 1, 1), purchase_contract=1, **linked),
    ])  # fmt: skip
    return book


def by_number(listing: Listing) -> dict[str, dict[str, Any]]:
    return {row.values[0]: dict(zip(COLUMN_IDS, row.values, strict=True)) for row in listing.rows}


def test_what_is_dated_later_is_not_there_yet(bought: Book) -> None:
    june, july = (by_number(bought.read(contracts, day))["HT-1"] for day in (DAY, DAY + timedelta(days=1)))
    told = ("last", "days", "total", "paid", "rest", "linked")
    assert [june[name] for name in told] == [date(2026, 12, 31), 184, 900, 301, 599, 1]
    assert [july[name] for name in told] == [date(2027, 1, 31), 214, 907, 351, 556, 0]
    assert (june["purchase_contract.amount"], june["purchase_contract.end"]) == (1000, date(2026, 12, 31)), "as signed"
    assert june["payments"] == 2, "all there are"


def test_this_years_contracts_and_those_to_come_the_others_when_asked(bought: Book) -> None:
    assert list(by_number(bought.read(contracts, DAY))) == ["HT-1", "HT-4", "HT-3"]
    assert list(by_number(bought.read(contracts, DAY, everything=True))) == ["HT-2", "HT-1", "HT-4", "HT-3"]
    assert list(by_number(bought.read(contracts, date(2025, 6, 1)))) == ["HT-2", "HT-1", "HT-4", "HT-3"]


def test_where_a_contract_stands_to_the_day(bought: Book) -> None:
    bought.act("补充", [
        new("contract_amendment", 9, contract=4, signed=date(2026, 3, 1), end=date(2026, 4, 30)), contract(5, end=date(2026, 2, 1)),
        contract(6, end=date(2026, 2, 1), not_renewed_on=date(2026, 3, 1)),
    ])  # fmt: skip

    def state(number: str, day: date) -> str:
        return str(by_number(bought.read(contracts, day, everything=True))[number]["status"])

    assert [state("HT-3", day) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1))] == ["未开始", "履行中", "履行中", "已到期"]
    assert [state("HT-2", day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == ["履行中", "已续签"]
    assert [state("HT-4", day) for day in (date(2026, 2, 28), date(2026, 4, 30), date(2026, 5, 1))] == ["履行中", "履行中", "提前终止"]
    assert [state("HT-6", day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == ["已到期", "到期不续"]
    assert by_number(bought.read(contracts, date(2026, 2, 4)))["HT-5"]["days"] == -3


def test_what_is_not_registered_yet_is_named(bought: Book) -> None:
    listed = by_number(bought.read(contracts, DAY))
    assert listed["HT-1"]["todo"] is None
    assert listed["HT-4"]["todo"] == "承接主体、签订日期、约定人数、用工单位、服务内容、资金来源", "an amount of 0 is an amount"
    assert listed["HT-4"]["rest"] == 0 and listed["HT-3"]["rest"] is None


def test_parts_show_as_words_and_the_supplier_is_chosen_by_name(bought: Book) -> None:
    listing = bought.read(contracts, DAY)
    kinds = {column.id: column.field.kind for column in listing.columns}
    row = by_number(listing)["HT-1"]
    assert kinds["units"].show(row["units"]) == "青石镇、白沙镇"
    assert kinds["scopes"].show(row["scopes"]) == "低保 33.33%、特困 66.67%"
    supplier = kinds["purchase_contract.supplier"]
    assert (supplier.show(row["purchase_contract.supplier"]), supplier.parse("乙 中心", None), supplier.choices) == ("甲公司", 2, ("乙中心", "甲公司"))
    with pytest.raises(Unreadable, match="先在“承接主体”里新增"):
        supplier.parse("丙", None)
    assert kinds["purchase_contract.predecessor"].show(row["purchase_contract.predecessor"]) == "HT-2"


def test_shares_split_the_amount_to_the_fen(bought: Book) -> None:
    for day, total in ((DAY, 900), (DAY + timedelta(days=1), 907)):
        rows = bought.read(parts, "contract_scope", 1, day).rows
        assert [row.values[:2] for row in rows] == [("低保", 3333), ("特困", 6667)]
        assert sum(row.values[2] for row in rows) == total
    assert [row.values[2] for row in bought.read(parts, "contract_source", 4, DAY).rows] == []


def test_the_other_lists_of_a_contract(bought: Book) -> None:
    assert [row.values for row in bought.read(using_units, 1, DAY).rows] == [(2, 1), (3, 0)]
    assert [row.values[1] for row in bought.read(clauses, 1).rows] == [BUDGET_SECURED, DIRECTION_SIGNS[1]], "in the order they are asked"
    assert [row.values[0] for row in bought.read(amendments, 1).rows] == [date(2026, 6, 30), date(2026, 7, 1)]
    assert [row.values[:2] for row in bought.read(payments, 1).rows] == [(date(2026, 6, 30), 301), (date(2026, 7, 1), 50)]


def test_one_stretch_for_conditions_that_follow_each_other(bought: Book) -> None:
    told = [(row.values[0], *row.values[4:]) for row in bought.read(people_under, 1, DAY).rows]
    assert told == [("人员1", date(2026, 1, 1), date(2026, 6, 30), True), ("人员3", date(2026, 1, 1), date(2026, 3, 31), False)]
    assert [row.values[-1] for row in bought.read(people_under, 1, DAY + timedelta(days=1)).rows] == [False, False]


def test_who_may_be_put_under_a_contract(bought: Book) -> None:
    found = bought.read(eligible, 3, DAY)
    assert {where: [number for number, _ in lines] for where, lines in found.items()} == {
        "挂在这份合同下": [1], "还没有挂合同": [2], "挂在其他合同下": [],
    }, "who left before it began and whom no provider sends are not offered"  # fmt: skip
    assert found["还没有挂合同"][0][1] == "人员2　青石镇　劳务派遣"
    assert [words for _, words in bought.read(eligible, 4, DAY)["挂在其他合同下"]] == ["人员1　青石镇　劳务派遣　HT-3", "人员3　青石镇　劳务派遣　HT-1"]


def test_suppliers_with_what_was_bought_of_them(bought: Book) -> None:
    listing = bought.read(suppliers, DAY)
    place = {column.id: at for at, column in enumerate(listing.columns)}
    told = {row.values[0]: [row.values[place[name]] for name in ("running", "total", "paid")] for row in listing.rows}
    assert told == {"甲公司": [1, 1400, 801], "乙中心": [0, 0, 0]}
    assert [row.values[0] for row in bought.read(contracts_of, 1, DAY).rows] == ["HT-2", "HT-1"]


def test_ticks_are_all_asked_once_by_subject(bought: Book) -> None:
    bought.act("全勾", [new("contract_tick", number, contract=4, tick=tick) for number, tick in enumerate(TICKS, 10)])
    assert sorted(row.values[1] for row in bought.read(clauses, 4).rows) == sorted(TICKS)


def test_an_empty_book(book: Book) -> None:
    assert book.read(contracts, DAY).rows == book.read(suppliers, DAY).rows == ()
