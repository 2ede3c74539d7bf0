"""One month's pay sheet as the screen shows it: what was written, what follows from it, and what needs a look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.facts import county
from db.lists import Column, Listing, Row
from db.lists import pay as lists
from db.lists.columns import computed, field_of
from office.check import facts_in, parameters_in
from office.pay import missing_in
from policy.annualised import annualised
from policy.facts import Engagement, Facts
from policy.figures import half_up, number, percent, yuan
from policy.finding import BELOW, BELOW_PRORATED
from policy.kinds.money import MONEY
from policy.kinds.text import TEXT
from policy.pay import Verdict, floor_on, verdicts
from policy.pay_check import DIRECT, PROVIDER_PAID, differences, moved
from policy.period import Period, month_end
from policy.placing import term_on

EVERYBODY: Final = "全部人员"
BY_PROVIDER: Final = "承接主体发放"
BY_BUREAU: Final = "直接聘用（本局发放）"
PAYERS: Final = {EVERYBODY: None, BY_PROVIDER: PROVIDER_PAID, BY_BUREAU: (DIRECT,)}
"""Whose rows are shown → 用工形式 of them (None: all)."""


@dataclass(frozen=True)
class PayMonth:
    """A month: the list, its state and what to look at. Sentences are ready to be shown."""

    listing: Listing
    confirmed: tuple[str, date] | None
    """Who confirmed it and when; None = 草稿."""
    missing: tuple[tuple[int, str], ...]
    """(engagement, name) of those in post without a row."""
    unexplained: tuple[str, ...]
    """Names whose 应发 changed notably since last month without a reason given."""
    differing: tuple[str, ...]
    """Names whose row and the provider's sheet differ, nobody having decided yet."""
    direct: int
    """How many rows are of people the bureau employs itself."""
    no_verdict: str = ""
    """Why nothing can be held against the floor, e.g. a month before the notice; "" = it can."""


def pay_columns(connection: Any) -> tuple[Column, ...]:
    """The screen's columns."""
    return _columns(lists.pay_of_month(connection, 0, 1, date.min).columns)


def _columns(base: tuple[Column, ...]) -> tuple[Column, ...]:
    return (
        *base[:2],
        computed("type", "用工形式", TEXT, 6),
        Column("employer", field_of("engagement_term", "employer"), width=12, hidden=True),
        *base[2:],
        computed("moved", "与上月差额", MONEY, 7, "本月应发－上月应发（元）；超过上月 10% 的标红，写明变动原因后不再标红"),
        computed("standard", "年工资标准", MONEY, 7, "12×月固定工资＋12×月绩效标准＋年终标准（元）"),
        computed("f1", "标准核查", TEXT, 7, "年工资标准与最低标准比较（F1）"),
        computed("annualised", "折合年工资", MONEY, 7, "本年截至本月的应发工资×12÷已发月份的在岗折算月数（元）"),
        computed("f2", "折算核查", TEXT, 9, "本年截至本月的应发工资与按在岗时间折算的最低标准比较（F2）"),
    )


@dataclass(frozen=True)
class Judged:
    """What follows from the year so far: worked out once for a month and again, beside the work, after each change of the book."""

    terms: Mapping[int, tuple[str, str]]
    """Engagement → 用工形式 and employer at the month's end."""
    figures: Mapping[int, tuple[int | None, str, int | None, str]]
    """Engagement → 年工资标准, F1, 折合年工资, F2."""
    marks: Mapping[int, Mapping[str, str]]
    missing: tuple[tuple[int, str], ...]
    why: str
    """Why nothing can be held against the floor; "" = it can."""


_NO_FIGURES: Final = (None, "", None, "")


def judged_in(connection: Any, month: int) -> Judged:
    """Everybody's type, standard and verdicts of a month (yyyymm), for `book.read` and `book.read_later`."""
    year, at = divmod(month, 100)
    first, last = date(year, at, 1), month_end(year, at)
    facts, why = _facts(connection, first, last)
    if facts is None:
        return Judged({}, {}, {}, (), why)
    people, marks = {one.id: one for one in facts.engagements}, dict[int, dict[str, str]]()
    figures = dict[int, tuple[int | None, str, int | None, str]]()
    for verdict in verdicts(facts):
        one = verdict.engagement.id
        year_pay = annualised(people[one], facts.period, facts.parameters) if verdict.f2 else None
        figures[one] = verdict.standard, verdict.f1, half_up(year_pay) if year_pay is not None else None, verdict.f2
        marks[one] = _floor_marks(verdict, facts)
    terms = {one: _term(engagement, last) for one, engagement in people.items()}
    return Judged(terms, figures, marks, tuple(missing_in(connection, first, last)), why)


def pay_month_in(connection: Any, month: int, judged: Judged | None = None) -> PayMonth:
    """Read a month (yyyymm) for the screen (for `book.read`); `judged`: what was worked out of it before, None to do it now."""
    year, at = divmod(month, 100)
    first, last = date(year, at, 1), month_end(year, at)
    held = lists.confirmation(connection, year, at)
    base = lists.pay_of_month(connection, year, at, last)
    known = judged or judged_in(connection, month)
    before, theirs = lists.gross_before(connection, first), lists.sheet_of(connection, "provider_pay", year, at)
    place = {column.id: i for i, column in enumerate(base.columns)}
    rows: list[Row] = []
    unexplained, differing, direct = [], [], 0
    for row in base.rows:
        engagement = row.keys["pay_month"][1]
        kind, employer = known.terms.get(engagement, ("", ""))
        direct += kind == DIRECT
        marks: dict[str, str] = {}
        gross, reason = row.values[place["pay_month.gross"]], row.values[place["pay_month.reason"]]
        change = moved(gross, before[engagement])
        if change and change.notable and not reason:
            unexplained.append(str(row.values[0]))
            share = "" if change.share is None else f"（{percent(half_up(abs(change.share) * 10000))}）"
            more = "增加" if change.amount > 0 else "减少"
            marks["moved"] = (
                f"上月应发 {yuan(before[engagement] or 0)} 元，本月{more} {yuan(abs(change.amount))} 元{share}。请在“变动原因”里写明。"
            )
        if kind in PROVIDER_PAID and engagement in theirs:
            found = _differing(row, place, theirs[engagement])
            marks |= {f"pay_month.{name}": said for name, said in found.items()}
            if found:
                differing.append(str(row.values[0]))
        marks |= known.marks.get(engagement, {})
        if red := marks.get("f2") or marks.get("f1"):
            marks["pay_month.gross"] = "\n".join(text for text in (marks.get("pay_month.gross"), red) if text)
        figures = known.figures.get(engagement, _NO_FIGURES)
        rows.append(Row(row.keys, (*row.values[:2], kind, employer, *row.values[2:], change.amount if change else None, *figures), marks))
    return PayMonth(
        Listing(_columns(base.columns), tuple(rows)), held, () if known.why else tuple(one for one in known.missing if one[0] not in before),
        tuple(unexplained), tuple(differing), direct, known.why,
    )  # fmt: skip


def _facts(connection: Any, first: date, last: date) -> tuple[Facts | None, str]:
    """The year to the month's end; None with a sentence where no parameters are in force yet."""
    try:
        return facts_in(connection, Period(f"{first:%Y-%m}", date(first.year, 1, 1), last, last)), ""
    except ValueError as refusal:
        return None, str(refusal)


def _term(engagement: Engagement, last: date) -> tuple[str, str]:
    term = term_on(engagement, min(last, engagement.end or last))
    return (term.type, term.employer) if term else ("", "")


def _differing(row: Row, place: Mapping[str, int], theirs: Mapping[str, Any]) -> dict[str, str]:
    if theirs["kept"]:
        return {}
    ours = {column.removeprefix("pay_month."): row.values[at] for column, at in place.items() if column.startswith("pay_month.")}
    return {
        name: f"本局 {MONEY.show(ours[name]) or '空白'}，承接主体报来 {MONEY.show(theirs[name]) or '空白'}"
        f"，差 {MONEY.show((theirs[name] or 0) - (ours[name] or 0))}。"
        for name in differences(ours, theirs)
    }


def _floor_marks(verdict: Verdict, facts: Facts) -> dict[str, str]:
    marks = {}
    if verdict.f1 == BELOW and verdict.standard is not None:
        short = verdict.floor - verdict.standard
        marks["f1"] = marks["standard"] = (
            f"年工资标准 {yuan(verdict.standard)} 元，{BELOW} {yuan(verdict.floor)} 元，差 {yuan(short)} 元。（F1，二（四））"
        )
    if verdict.f2 == BELOW_PRORATED:
        marks["f2"] = marks["annualised"] = (
            f"本年{facts.parameters.pay_caliber}已发 {yuan(verdict.paid)} 元，在岗折算 {number(verdict.service * 12)} 个月，"
            f"折算最低标准 {yuan(verdict.due)} 元，差 {yuan(half_up(verdict.due) - verdict.paid)} 元。（F2，二（四））"
        )
    return marks


@dataclass(frozen=True)
class LinePoint:
    """One month of a person's line: yyyymm, 应发 (None = no pay row) and the month's share of the floor in 分 (None before any)."""

    month: int
    gross: int | None
    floor: int | None


def line_in(connection: Any, person: int, month: int) -> tuple[LinePoint, ...]:
    """The 12 months up to `month` of a person: 应发 beside 最低标准÷12, which is drawn only and never compared."""
    year, at = divmod(month, 100)
    months = [divmod(year * 12 + at - 1 - back, 12) for back in range(11, -1, -1)]
    numbers = [y * 100 + m + 1 for y, m in months]
    paid = lists.gross_of_person(connection, person, numbers[0], numbers[-1])
    region = county(connection).region
    try:
        parameters = parameters_in(connection, month_end(year, at))
    except ValueError:
        return tuple(LinePoint(one, paid.get(one), None) for one in numbers)

    def share(day: date) -> int | None:
        return (floor_on(parameters, region, day) + 6) // 12 if parameters.floors[0].since <= day else None

    return tuple(LinePoint(one, paid.get(one), share(month_end(*divmod(one, 100)))) for one in numbers)
