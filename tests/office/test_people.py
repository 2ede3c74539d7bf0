"""The dated acts on people: the old row ends the day before the new one, what came before stays, each has one undo."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows
from office import people
from policy.example import id_no
from tests.db.records import county, everything, new, unit, worker

START = date(2024, 1, 1)


@pytest.fixture
def staffed(book: Book) -> Book:
    """Two towns (2, 3), a closed one (4), one that opens in 2025 (5); worker 1 at town 2."""
    more = [*unit(4, "旧镇"), *unit(5, "新镇"), *worker(1)]
    book.act("新建", [*county(), *more])
    book.act(
        "撤销和设立",
        [
            Change("unit", (4,), {"closed": None}, {"closed": date(2024, 6, 30)}),
            Change("unit", (5,), {"opened": None}, {"opened": date(2025, 1, 1)}),
        ],
    )
    return book


def posts(book: Book, engagement: int = 1) -> list[tuple[Any, ...]]:
    return [(one["unit"], one["start"], one["end"]) for one in book.read(rows, "assignment", engagement=engagement)]


def undone(book: Book, act: Callable[[], object]) -> None:
    """The act changes something in one step, and its undo brings everything back."""
    before, acts = book.read(everything), len(book.acts())
    act()
    assert len(book.acts()) == acts + 1
    assert book.read(everything) != before
    book.undo()
    assert book.read(everything) == before
    book.redo()


def test_hiring(staffed: Book) -> None:
    number = id_no(date(1990, 5, 20), 2)
    made = {}
    undone(staffed, lambda: made.update(people.hire(
        staffed, {"name": "曾小敏", "id_no": number}, start=date(2026, 3, 1), unit=2, kind="劳务派遣", employer="甲公司", annual=5_000_000
    )))  # fmt: skip
    person = staffed.read(row, "person", made["person"])
    assert person is not None
    assert (person["sex"], person["birth"]) == ("女", date(1990, 5, 20))
    (engagement,) = made["engagement"]
    assert [one["type"] for one in staffed.read(rows, "engagement_term", engagement=engagement)] == ["劳务派遣"]
    assert [one["annual"] for one in staffed.read(rows, "pay_standard", engagement=engagement)] == [5_000_000]
    with pytest.raises(Refused, match=r"已登记为“曾小敏”.*重新聘用"):
        people.hire(staffed, {"name": "曾敏", "id_no": number}, start=START, unit=2, kind="劳务派遣")


@pytest.mark.parametrize(
    ("at", "start", "sentence"), [(4, date(2024, 7, 1), "2024-06-30 撤销"), (5, date(2024, 12, 31), "才设立"), (99, START, "不在了")]
)
def test_nobody_is_posted_to_a_unit_that_is_not_there(staffed: Book, at: int, start: date, sentence: str) -> None:
    before = staffed.read(everything)
    for act in (
        lambda: people.hire(staffed, {"name": "甲"}, start=start, unit=at, kind="劳务派遣"),
        lambda: people.transfer(staffed, 1, at, max(start, date(2024, 2, 1))),
    ):
        with pytest.raises(Refused, match=sentence):
            act()
    assert staffed.read(everything) == before


def test_a_unit_takes_people_on_its_first_and_last_day(staffed: Book) -> None:
    people.transfer(staffed, 1, 4, date(2024, 6, 30))
    people.transfer(staffed, 1, 5, date(2025, 1, 1))
    assert posts(staffed) == [(2, START, date(2024, 6, 29)), (4, date(2024, 6, 30), date(2024, 12, 31)), (5, date(2025, 1, 1), None)]


def test_a_transfer_ends_the_old_posting_the_day_before(staffed: Book) -> None:
    undone(staffed, lambda: people.transfer(staffed, 1, 3, date(2026, 3, 1), post="窗口"))
    assert posts(staffed) == [(2, START, date(2026, 2, 28)), (3, date(2026, 3, 1), None)]
    assert [one["post"] for one in staffed.read(rows, "assignment")] == [None, "窗口"]


@settings(max_examples=15, deadline=None)
@given(days=st.lists(st.integers(1, 700), unique=True, min_size=1, max_size=5).map(sorted))
def test_transfers_leave_neither_gap_nor_overlap(days: list[int]) -> None:
    import tempfile
    from datetime import timedelta
    from pathlib import Path

    from db import book as books
    from policy.clock import Clock

    with tempfile.TemporaryDirectory() as folder, books.open_book(books.create(Path(folder), "县", "0.1.0"), Clock()) as fresh:
        fresh.act("新建", [*county(), *worker(1)])
        for turn, day in enumerate(days):
            people.transfer(fresh, 1, 3 if turn % 2 == 0 else 2, START + timedelta(days=day))
        found = posts(fresh)
        assert [start for _, start, _ in found] == [START, *(START + timedelta(days=day) for day in days)]
        assert all(end == following[1] - timedelta(days=1) for (_, _, end), following in itertools.pairwise(found))
        assert found[-1][2] is None


@pytest.mark.parametrize(
    ("at", "since", "sentence"),
    [(2, date(2026, 3, 1), "已经派驻在这个单位"), (3, START, "已有从 2024-01-01 起的派驻记录"), (3, date(2023, 12, 31), "不在用工期间内")],
)  # fmt: skip
def test_a_transfer_that_cannot_be(staffed: Book, at: int, since: date, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        people.transfer(staffed, 1, at, since)
    assert posts(staffed) == [(2, START, None)]


def test_two_part_postings_become_one_and_its_end_is_that_of_the_engagement(staffed: Book) -> None:
    staffed.act("分工", [
        Change("assignment", (1,), {"share": 10000, "post": None}, {"share": 4000, "post": "窗口"}), new("assignment", 2, engagement=1, unit=3, start=START, share=6000, post="入户"),
        Change("engagement", (1,), {"end": None}, {"end": date(2026, 12, 31)}),
    ])  # fmt: skip
    people.transfer(staffed, 1, 2, date(2026, 5, 1))
    assert posts(staffed)[:2] == [(2, START, date(2026, 4, 30)), (3, START, date(2026, 4, 30))]
    whole = staffed.read(row, "assignment", (3,))
    assert whole is not None
    assert (whole["unit"], whole["share"], whole["end"], whole["post"]) == (2, 10000, date(2026, 12, 31), "入户")


def test_a_shorter_posting_already_ended_stays_as_it_is(staffed: Book) -> None:
    staffed.act("止", [Change("assignment", (1,), {"end": None}, {"end": date(2025, 6, 30)})])
    people.transfer(staffed, 1, 2, date(2025, 9, 1))
    assert posts(staffed) == [(2, START, date(2025, 6, 30)), (2, date(2025, 9, 1), None)]


def test_leaving_ends_postings_and_an_absence_that_runs(staffed: Book) -> None:
    people.absent(staffed, 1, "产假", date(2026, 5, 1), None, True)
    undone(staffed, lambda: people.leave(staffed, 1, date(2026, 6, 30), "个人辞职"))
    held = staffed.read(row, "engagement", (1,))
    assert held is not None
    assert (held["end"], held["end_reason"]) == (date(2026, 6, 30), "个人辞职")
    assert posts(staffed) == [(2, START, date(2026, 6, 30))]
    assert [one["end"] for one in staffed.read(rows, "absence")] == [date(2026, 6, 30)]
    with pytest.raises(Refused, match="已登记在 2026-06-30 离职"):
        people.leave(staffed, 1, date(2026, 7, 31), "退休")


def test_leaving_before_coming_or_before_what_is_registered_is_refused(staffed: Book) -> None:
    with pytest.raises(Refused, match="早于入职日期"):
        people.leave(staffed, 1, date(2023, 12, 31), "退休")
    people.transfer(staffed, 1, 3, date(2026, 3, 1))
    with pytest.raises(Refused, match="2026-03-01 起的派驻记录"):
        people.leave(staffed, 1, date(2026, 2, 28), "退休")
    people.leave(staffed, 1, date(2026, 3, 1), "退休")


def test_a_raise(staffed: Book) -> None:
    people.set_standard(staffed, 1, START, monthly_fixed=350_000, performance=50_000)
    undone(
        staffed,
        lambda: people.set_standard(
            staffed, 1, date(2026, 7, 1), monthly_fixed=400_000, performance=50_000, year_end=100_000, annual=5_500_000
        ),
    )
    assert [(one["since"], one["monthly_fixed"], one["annual"]) for one in staffed.read(rows, "pay_standard")] == [
        (START, 350_000, None), (date(2026, 7, 1), 400_000, 5_500_000)
    ]  # fmt: skip
    with pytest.raises(Refused, match="已有从 2026-07-01 起的工资标准"):
        people.set_standard(staffed, 1, date(2026, 7, 1), annual=1)
    with pytest.raises(Refused, match="至少填写一项"):
        people.set_standard(staffed, 1, date(2026, 8, 1), annual=None)


def test_parts_and_annual_figure_must_agree_to_the_cent(staffed: Book) -> None:
    with pytest.raises(Refused, match=r"49,992\.00 元，与年工资标准 49,992\.01 元不一致"):
        people.set_standard(staffed, 1, START, monthly_fixed=416_600, annual=4_999_201)
    people.set_standard(staffed, 1, START, monthly_fixed=416_600, annual=4_999_200)


def test_conditions_change_from_a_date_and_the_rest_stays(staffed: Book) -> None:
    people.set_term(staffed, 1, date(2025, 1, 1), employer="甲公司", duty_share=8000)
    undone(staffed, lambda: people.set_term(staffed, 1, date(2026, 1, 1), type="政府购买服务"))
    assert [(one["since"], one["type"], one["employer"], one["duty_share"]) for one in staffed.read(rows, "engagement_term")] == [
        (START, "劳务派遣", None, 10000), (date(2025, 1, 1), "劳务派遣", "甲公司", 8000), (date(2026, 1, 1), "政府购买服务", "甲公司", 8000)
    ]  # fmt: skip
    with pytest.raises(Refused, match="没有可以变更的内容"):
        people.set_term(staffed, 1, date(2026, 6, 1), type="政府购买服务", employer=None)
    with pytest.raises(Refused, match="已有从 2026-01-01 起的用工条件"):
        people.set_term(staffed, 1, date(2026, 1, 1), type="劳务派遣")


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2026, 5, 31), date(2026, 6, 30), "重叠"), (date(2026, 4, 1), date(2026, 5, 1), "重叠"), (date(2026, 4, 1), None, "重叠"),
        (date(2026, 7, 2), date(2026, 7, 1), "早于起始日期"), (date(2023, 12, 31), None, "不在用工期间内"),
    ],
)  # fmt: skip
def test_an_absence_that_cannot_be(staffed: Book, start: date, end: date | None, sentence: str) -> None:
    people.absent(staffed, 1, "病假", date(2026, 5, 1), date(2026, 5, 31), True)
    with pytest.raises(Refused, match=sentence):
        people.absent(staffed, 1, "事假", start, end, False)
    people.absent(staffed, 1, "事假", date(2026, 6, 1), date(2026, 6, 1), False)


def test_coming_back(staffed: Book) -> None:
    with pytest.raises(Refused, match="还有没有结束的用工关系"):
        people.again(staffed, 1, start=date(2026, 1, 1), unit=3, kind="直接聘用")
    people.leave(staffed, 1, date(2026, 3, 31), "个人辞职")
    with pytest.raises(Refused, match="不晚于上一次的离职日期 2026-03-31"):
        people.again(staffed, 1, start=date(2026, 3, 31), unit=3, kind="直接聘用")
    made = {}
    undone(
        staffed,
        lambda: made.update(people.again(staffed, 1, start=date(2026, 4, 1), unit=3, kind="直接聘用", post="窗口", annual=6_000_000)),
    )
    assert [(one["start"], one["end"]) for one in staffed.read(rows, "engagement")] == [
        (START, date(2026, 3, 31)),
        (date(2026, 4, 1), None),
    ]
    assert posts(staffed, made["engagement"][0]) == [(3, date(2026, 4, 1), None)]


def test_acts_on_an_engagement_that_is_not_there(staffed: Book) -> None:
    with pytest.raises(Refused, match="还没有用工关系"):
        people.leave(staffed, 99, START, "退休")
