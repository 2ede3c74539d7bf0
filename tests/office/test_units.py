"""Townships change on a date; months before it keep the old town."""

from __future__ import annotations

from datetime import date

import pytest

from db import facts as db_facts
from db.book import Book
from db.change import Refused
from db.rows import row, rows
from office import units
from policy import example
from policy.facts import Facts
from policy.period import parse_period
from tests.db.records import county, everything, new, pay, worker

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 1)


@pytest.fixture
def towns(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2, at=3), *(pay(n, 2026, m, base=100 * m) for n in (1, 2) for m in range(1, 13))])
    return book


def facts(book: Book, period: str) -> Facts:
    span = parse_period(period)
    return book.read(db_facts.read, example.parameters(span.as_of), span)


def names(book: Book, period: str) -> list[str]:
    return [one.name for one in facts(book, period).units]


def pay_by_unit(book: Book, period: str) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for engagement in facts(book, period).engagements:
        for one in engagement.pay:
            found[one.unit] = found.get(one.unit, 0) + one.gross
    return found


def test_adding(towns: Book) -> None:
    number = units.add_unit(towns, "新圩镇", "乡镇", opened=JUNE, code="449901004")
    assert (names(towns, "2026-05"), names(towns, "2026-06")[-1]) == (["东岭县民政局", "青石镇", "白沙镇"], "新圩镇")
    (made,) = [one for one in facts(towns, "2026-06").units if one.id == number]
    assert (made.parent, made.code, made.opened) == (1, "449901004", JUNE)
    towns.undo()
    assert names(towns, "2026") == ["东岭县民政局", "青石镇", "白沙镇"]


def test_without_a_date_it_was_always_there(towns: Book) -> None:
    units.add_unit(towns, "新圩镇", "乡镇")
    assert "新圩镇" in names(towns, "2020")


def test_a_name_in_use_is_refused(towns: Book) -> None:
    before = towns.read(everything)
    with pytest.raises(Refused, match="已有单位“青石镇”"):
        units.add_unit(towns, "青石镇人民政府", "乡镇")
    with pytest.raises(Refused, match="已有单位"):
        units.rename_unit(towns, 3, "青石镇", JUNE)
    assert towns.read(everything) == before


def test_a_village_needs_its_town(towns: Book) -> None:
    with pytest.raises(Refused, match="所属的乡镇"):
        units.add_unit(towns, "东门社区", "村（社区）")
    number = units.add_unit(towns, "东门社区", "村（社区）", parent=2)
    assert next(one.parent for one in facts(towns, "2026").units if one.id == number) == 2


def test_renaming_from_a_date(towns: Book) -> None:
    units.rename_unit(towns, 2, "青石街道", JUNE, kind="街道")
    assert (names(towns, "2026-05"), names(towns, "2026-06")) == (["东岭县民政局", "青石镇", "白沙镇"], ["东岭县民政局", "白沙镇", "青石街道"])
    assert pay_by_unit(towns, "2026") == {2: 7800, 3: 7800}
    towns.undo()
    assert names(towns, "2026") == ["东岭县民政局", "青石镇", "白沙镇"]


def test_renaming_twice_on_one_day_keeps_the_later_name(towns: Book) -> None:
    units.rename_unit(towns, 2, "青石街道", JUNE)
    units.rename_unit(towns, 2, "大青石街道", JUNE)
    assert len(towns.read(rows, "unit_version", unit=2)) == 2
    assert "大青石街道" in names(towns, "2026-06")


def test_renaming_before_it_was_there_is_refused(towns: Book) -> None:
    with pytest.raises(Refused, match="还没有设立"):
        units.rename_unit(towns, 2, "旧镇", date(1990, 1, 1))


def test_closing_needs_its_people_moved_first(towns: Book) -> None:
    with pytest.raises(Refused, match="1 人"):
        units.close_unit(towns, 2, MAY)
    with pytest.raises(Refused, match="已经不在"):
        units.close_unit(towns, 99, MAY)
    units.add_unit(towns, "新圩镇", "乡镇")
    units.close_unit(towns, 4, MAY)
    assert ("新圩镇" in names(towns, "2026-05"), "新圩镇" in names(towns, "2026-06")) == (True, True), "closed inside the year is still a unit of the year"
    assert not next(one for one in facts(towns, "2026-06").units if one.id == 4).open_on(JUNE)
    assert "新圩镇" not in names(towns, "2027")


def test_merging_moves_people_from_the_day_and_leaves_the_months_before(towns: Book) -> None:
    may = facts(towns, "2026-05")
    units.merge_unit(towns, 2, 3, JUNE)
    after = facts(towns, "2026-05")
    assert (after.engagements[0].pay, after.engagements[1].pay) == (may.engagements[0].pay, may.engagements[1].pay)
    assert pay_by_unit(towns, "2026") == {2: 1500, 3: 7800 + 6300}
    merged = next(one for one in facts(towns, "2026").units if one.id == 2)
    assert (merged.closed, merged.successor, merged.name) == (MAY, 3, "青石镇")
    assert [(one["unit"], one["start"], one["end"]) for one in towns.read(rows, "assignment", engagement=1)] == [
        (2, date(2024, 1, 1), MAY), (3, JUNE, None),
    ]  # fmt: skip
    towns.undo()
    assert pay_by_unit(towns, "2026") == {2: 7800, 3: 7800}


def test_merging_leaves_ended_postings_and_moves_coming_ones(towns: Book) -> None:
    towns.act(
        "派驻",
        [
            new("assignment", 5, engagement=2, unit=2, start=date(2025, 1, 1), end=MAY), new("assignment", 6, engagement=2, unit=2, start=date(2026, 9, 1)),
            new("assignment", 7, engagement=2, unit=2, start=date(2026, 1, 1), end=JUNE, share=4000),
        ],
    )  # fmt: skip
    units.merge_unit(towns, 2, 3, JUNE)
    assert towns.read(row, "assignment", (5,))["unit"] == 2  # type: ignore[index]
    assert towns.read(row, "assignment", (6,))["unit"] == 3  # type: ignore[index]
    moved = towns.read(rows, "assignment", engagement=2, start=JUNE)
    assert [(one["unit"], one["end"], one["share"]) for one in moved] == [(3, JUNE, 4000)]


def test_merging_into_itself_or_a_closed_unit_is_refused(towns: Book) -> None:
    with pytest.raises(Refused, match="它自己"):
        units.merge_unit(towns, 2, 2, JUNE)
    units.merge_unit(towns, 2, 3, JUNE)
    before = towns.read(everything)
    with pytest.raises(Refused, match="撤销"):
        units.merge_unit(towns, 3, 2, date(2026, 9, 1))
    with pytest.raises(Refused, match="撤销"):
        units.merge_unit(towns, 2, 3, date(2026, 9, 1))
    assert towns.read(everything) == before


def test_the_name_of_a_closed_unit_is_free(towns: Book) -> None:
    units.merge_unit(towns, 2, 3, JUNE)
    assert units.add_unit(towns, "青石镇", "乡镇", opened=date(2026, 9, 1)) == 4
