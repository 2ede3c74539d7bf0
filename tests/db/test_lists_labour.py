"""The list of labour contracts on a date: one line each, its status and days left of that day, past ones only where asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change
from db.lists import labour
from tests.db.records import county, new, worker

D = date
START = D(2022, 1, 1)


@pytest.fixture
def staffed(book: Book) -> Book:
    """Worker 1 with two contracts one after the other, worker 2 with an open one, worker 3 who left, worker 4 with one to come."""
    changes = [*county(), *(change for number in (1, 2, 3, 4) for change in worker(number, START, D(2025, 6, 30) if number == 3 else None))]
    for number, engagement, seq, kind, start, end in (
        (1, 1, 1, "固定期限", START, D(2023, 12, 31)), (2, 1, 2, "固定期限", D(2024, 1, 1), D(2026, 12, 31)), (3, 2, 1, "无固定期限", START, None),
        (4, 3, 1, "固定期限", START, D(2026, 12, 31)), (5, 4, 1, "固定期限", D(2027, 1, 1), D(2028, 12, 31)),
    ):  # fmt: skip
        changes.append(new("labour_contract", number, engagement=engagement, seq=seq, kind=kind, start=start, end=end))
    book.act("新建", changes)
    book.act("用人单位", [Change("engagement_term", (number,), {"employer": None}, {"employer": "甲公司"}) for number in (1, 2, 3, 4)])
    return book


def told(book: Book, as_of: date, everybody: bool = False) -> dict[int, tuple[Any, ...]]:
    listing = book.read(labour.contracts, as_of, everybody=everybody)
    at = [column.id for column in listing.columns]
    wanted = [at.index(name) for name in ("status", "left")]
    return {row.keys["labour_contract"][0]: tuple(row.values[one] for one in wanted) for row in listing.rows}


def test_on_a_day_the_contracts_that_run_or_come(staffed: Book) -> None:
    assert told(staffed, D(2026, 12, 1)) == {2: ("履行中", 30), 3: ("履行中", None), 5: ("未开始", 761)}
    assert told(staffed, D(2026, 12, 31))[2] == ("履行中", 0)
    assert told(staffed, D(2027, 1, 1))[2] == ("已到期未续签", -1)
    assert told(staffed, D(2025, 6, 30))[4] == ("履行中", 549)
    assert 4 not in told(staffed, D(2025, 7, 1))


def test_past_ones_where_asked_for(staffed: Book) -> None:
    found = told(staffed, D(2026, 12, 1), everybody=True)
    assert set(found) == {1, 2, 3, 4, 5}
    assert (found[1], found[4]) == (("已续签", None), ("已终止", None))


@pytest.mark.parametrize(
    ("values", "day", "status"),
    [
        ({"probation_end": D(2026, 3, 31)}, D(2026, 3, 31), "试用期"),
        ({"probation_end": D(2026, 3, 31)}, D(2026, 4, 1), "履行中"),
        ({"not_renewed_on": D(2026, 11, 1)}, D(2026, 12, 1), "到期不续"),
        ({"ended_on": D(2026, 6, 30)}, D(2026, 6, 30), "履行中"),
        ({"ended_on": D(2026, 6, 30)}, D(2026, 7, 1), "未订新合同"),
    ],
)
def test_statuses(staffed: Book, values: dict[str, Any], day: date, status: str) -> None:
    staffed.act("改", [Change("labour_contract", (2,), dict.fromkeys(values), values)])
    assert told(staffed, day)[2][0] == status


def test_the_employer_is_that_of_the_contracts_first_day(staffed: Book) -> None:
    staffed.act("换", [new("engagement_term", 10, engagement=1, since=D(2024, 1, 1), type="劳务派遣", employer="乙公司")])
    listing = staffed.read(labour.contracts, D(2026, 12, 1), everybody=True)
    at = [column.id for column in listing.columns].index("employer")
    assert {row.keys["labour_contract"][0]: row.values[at] for row in listing.rows if row.keys["engagement"] == (1,)} == {1: "甲公司", 2: "乙公司"}


def test_a_persons_own_lists(staffed: Book) -> None:
    staffed.act("记", [
        new("appraisal", 1, person=1, year=2024, grade="称职"), new("appraisal", 2, person=1, year=2025, grade="优秀"),
        new("employer_change", 1, engagement=1, since=D(2024, 1, 1), before="甲公司", after="乙公司", service="工作年限合并计算"),
    ])  # fmt: skip
    assert [row.values[0] for row in staffed.read(labour.contracts_of, 1).rows] == [1, 2]
    assert [row.values[:2] for row in staffed.read(labour.appraisals, 1).rows] == [(2025, "优秀"), (2024, "称职")]
    assert [row.values[:3] for row in staffed.read(labour.employer_changes, 1).rows] == [(D(2024, 1, 1), "甲公司", "乙公司")]
    assert staffed.read(labour.contracts_of, 2).rows[0].keys == {"labour_contract": (3,)}


def test_which_contract_an_ending_is_about(staffed: Book) -> None:
    assert staffed.read(labour.to_be_ended, 1) == 2
    staffed.act("终止", [Change("labour_contract", (2,), {"ended_on": None}, {"ended_on": D(2026, 6, 30)})])
    assert staffed.read(labour.to_be_ended, 1) is None
    assert staffed.read(labour.to_be_ended, 99) is None


def test_namesakes_are_told_apart(staffed: Book) -> None:
    staffed.act("改名", [Change("person", (2,), {"name": "人员2"}, {"name": "人员1"}), *worker(5, START, kind="事业编制")])
    found = staffed.read(labour.employed, D(2026, 12, 1))
    words = [one.words for one in found]
    assert [one.engagement for one in found] == [1, 2, 4] and len(set(words)) == 3  # who left and who has a post of the state are not asked
    assert words[2] == "人员4（青石镇）" and all(one.startswith("人员1（青石镇）") for one in words[:2])


def test_an_empty_book(book: Book) -> None:
    book.act("新建", county())
    assert book.read(labour.contracts, D(2026, 12, 31)).rows == () and book.read(labour.employed, D(2026, 12, 31)) == ()
