"""人员动态: 期末 = 期初 + 新进 + 调入 − 调出 − 离职 for every line of any history, and what is an event and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.facts import BUREAU, VILLAGE, Assignment, Engagement, Facts, Term
from policy.pay import pay_population
from policy.placing import last_assignment
from policy.turnover import DISMISSED, EXPIRED, OTHER, RESIGNED, Line, events, leaving, turnover, whole

END = date(2026, 12, 31)
DAY = timedelta(days=1)
UNITS = (example.unit(1, type=BUREAU), *(example.unit(n) for n in (2, 3, 4)), example.unit(5, type=VILLAGE, parent=2))
TYPES = ("劳务派遣", "政府购买服务", "直接聘用", "事业编制")


def counts(line: Line) -> tuple[int, ...]:
    return tuple(len(part) for part in (line.opening, line.joined, line.moved_in, line.moved_out, line.left, line.closing))


def by_unit(facts: Facts) -> dict[int | None, tuple[int, ...]]:
    return {line.unit: counts(line) for line in turnover(facts)}


days = st.dates(date(2025, 6, 1), date(2027, 3, 1))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Engagement, ...]:
    """People with one to three engagements (some without a day between), changes of type, several postings with gaps."""
    made: list[Engagement] = []
    for person in range(1, draw(st.integers(1, 5)) + 1):
        cuts = sorted(draw(st.lists(days, min_size=2, max_size=6, unique=True)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            joined = made and made[-1].person.id == person and draw(st.booleans())
            begin = made[-1].end + DAY if joined and made[-1].end else start
            if begin > end:
                continue
            inside = sorted(d for d in draw(st.lists(days, max_size=3, unique=True)) if begin < d <= end)
            stops = [begin, *inside, end + DAY]
            postings = [
                Assignment(10 * len(made) + n, draw(st.integers(1, 5)), first, after - DAY)
                for n, (first, after) in enumerate(pairwise(stops))
                if draw(st.integers(0, 4))
            ]
            terms = (begin, *sorted(draw(st.lists(st.sampled_from(stops[1:-1] or [begin]), max_size=1))))
            number = len(made) + 1
            made.append(
                replace(
                    example.engagement(number, who=example.person(person), start=begin, end=None if draw(st.booleans()) and end == cuts[-1] else end),
                    assignments=tuple(postings),
                    terms=tuple(Term(number * 10 + n, since, draw(st.sampled_from(TYPES)), "社会救助经办") for n, since in enumerate(dict.fromkeys(terms))),
                )
            )
    return tuple(made)


@given(histories(), st.sampled_from(("2026", "2026H2", "2026Q2", "2026-05")), st.dates(date(2026, 7, 1), END))
def test_the_identity_holds_for_any_history(history: tuple[Engagement, ...], period: str, as_of: date) -> None:
    """As `db.facts` reads them: engagements from 1 January on, and apart those whose last day was 31 December."""
    eve = date(2025, 12, 31)
    known = tuple(e for e in history if (e.end is None or e.end > eve) and e.start <= as_of)
    made = replace(example.facts(UNITS, known, period=period, as_of=as_of), gone=tuple(e for e in history if e.end == eve))
    lines = turnover(made)
    for line in lines:
        opening, joined, moved_in, moved_out, left, closing = counts(line)
        assert closing == opening + joined + moved_in - moved_out - left
    total = whole(lines)
    assert len(total.moved_in) == len(total.moved_out)
    assert {e.id for e in total.closing} == {e.id for e in pay_population(made, as_of)}  # 表13[9] = 表3[1]
    first = made.period.first - DAY
    held = {e.id for e in history if e.start <= first and (e.end is None or e.end >= first) and last_assignment(e, first)}
    assert {e.id for e in total.opening} <= held


def worker(*stays: tuple[int, date, date | None], **changes: object) -> Engagement:
    postings = tuple(Assignment(n, unit, start, end) for n, (unit, start, end) in enumerate(stays, 1))
    return replace(example.engagement(start=stays[0][1]), assignments=postings, **changes)  # type: ignore[arg-type]


def test_several_moves_in_a_year_are_each_an_event() -> None:
    there_and_back = worker((2, date(2024, 1, 1), date(2026, 3, 31)), (3, date(2026, 4, 1), date(2026, 8, 31)), (2, date(2026, 9, 1), None))
    assert by_unit(example.facts(UNITS, [there_and_back])) == {2: (1, 0, 1, 1, 0, 1), 3: (0, 0, 1, 1, 0, 0)}


def test_a_move_to_a_village_of_the_same_town_is_none() -> None:
    moved = worker((2, date(2024, 1, 1), date(2026, 3, 31)), (5, date(2026, 4, 1), None))
    assert by_unit(example.facts(UNITS, [moved])) == {2: (1, 0, 0, 0, 0, 1)}


def test_who_is_without_a_posting_stays_in_the_last_line() -> None:
    idle = worker((2, date(2024, 1, 1), date(2026, 3, 31)))
    assert by_unit(example.facts(UNITS, [idle])) == {2: (1, 0, 0, 0, 0, 1)}
    not_yet = replace(example.engagement(start=date(2026, 2, 1)), assignments=(Assignment(1, 2, date(2026, 3, 1), None),))
    (event,) = events(example.facts(UNITS, [not_yet]))
    assert (event.day, event.kind, event.target) == (date(2026, 3, 1), "新进", 2)


def test_a_change_of_type_leaves_and_enters() -> None:
    terms = (Term(1, date(2024, 1, 1), "劳务派遣", "社会救助经办"), Term(2, date(2026, 7, 1), "直接聘用", "社会救助经办"))
    changed = worker((2, date(2024, 1, 1), None), terms=terms)
    made = example.facts(UNITS, [changed])
    assert by_unit(made) == {2: (1, 0, 0, 0, 1, 0)} and events(made)[0].reason == OTHER


def test_a_new_provider_the_next_day_is_no_departure() -> None:
    who = example.person()
    old = example.engagement(1, who=who, end=date(2026, 6, 30))
    new = example.engagement(2, who=who, start=date(2026, 7, 1))
    assert by_unit(example.facts(UNITS, [old, new])) == {2: (1, 0, 0, 0, 0, 1)}
    elsewhere = example.engagement(2, who=who, unit=3, start=date(2026, 7, 1))
    assert by_unit(example.facts(UNITS, [old, elsewhere])) == {2: (1, 0, 0, 1, 0, 0), 3: (0, 0, 1, 0, 0, 1)}
    later = example.engagement(2, who=who, start=date(2026, 7, 2))
    assert by_unit(example.facts(UNITS, [old, later])) == {2: (1, 1, 0, 0, 1, 1)}


def test_the_last_day_of_the_year_before_stands_in_the_opening() -> None:
    gone = example.engagement(1, end=date(2025, 12, 31))
    made = replace(example.facts(UNITS, [example.engagement(2)]), gone=(gone,))
    assert by_unit(made) == {2: (2, 0, 0, 0, 1, 1)}
    (event,) = whole(turnover(made)).left
    assert (event.day, event.engagement.id) == (date(2026, 1, 1), 1)


def test_a_merged_town_stands_in_its_successors_line_all_year() -> None:
    units = (UNITS[0], example.unit(2), replace(example.unit(3, closed=date(2026, 5, 31)), successor=2))
    merged = worker((3, date(2024, 1, 1), date(2026, 5, 31)), (2, date(2026, 6, 1), None))
    assert by_unit(example.facts(units, [merged])) == {2: (1, 0, 0, 0, 0, 1)}


def test_why_people_left() -> None:
    said = {"个人辞职": RESIGNED, "协商一致（劳动者提出）": RESIGNED, "合同期满不续（用人单位不续）": EXPIRED, "退回派遣单位": DISMISSED, "严重违纪": DISMISSED, "退休": OTHER, "": OTHER}
    assert {reason: leaving(reason) for reason in said} == said
    gone = replace(example.engagement(end=date(2026, 6, 30)), end_reason="个人辞职")
    line = whole(turnover(example.facts(UNITS, [gone])))
    assert len(line.left_by(RESIGNED)) == 1 and line.left_by(EXPIRED) == () and line.rate == 2
    assert whole(()).rate is None
