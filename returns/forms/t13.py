"""表13 人员动态、年度考核与合同续聘情况表: who came, moved and left, how they were appraised and whose contract was renewed, by using unit (四（三）).

The people are those of 表3: one population on every day, so that 9 = 1+2+3−4−5, Σ调入 = Σ调出 and 9 = 表3[1].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy.appraising import results, to_appraise
from policy.facts import BUREAU, INSTITUTION, TOWN_TYPES, Engagement, Facts, Unit
from policy.figures import percent
from policy.finding import HARD, SOFT
from policy.labour_facts import GRADES, UNGRADED
from policy.parameters import Parameters
from policy.placing import identity
from policy.promotion import promotions
from policy.renewals import Ending, coming, endings
from policy.turnover import DISMISSED, EXPIRED, OTHER, RESIGNED, Event, line_on, lines_of_units, opening_day, turnover, whole
from policy.turnover import Line as Moves
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.forms.t3 import NOWHERE
from returns.sheet import Cell, Column, Measure, Scope, Sheet
from returns.task import Task

_NOBODY = Moves(None, (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class _Book:
    """What the whole form is read from: 考核 by grade and promotions by line, contracts that ended or are about to."""

    appraised: Mapping[int, Mapping[str, tuple[Engagement, ...]]]
    endings: tuple[Ending, ...]
    coming: tuple[Ending, ...]
    promoted: Mapping[int, tuple[tuple[Engagement, int], ...]]
    """Line → who, with the number of the 层级变动."""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    moves: Moves
    units: frozenset[int]
    book: _Book

    def appraised(self, grade: str) -> tuple[Engagement, ...]:
        return tuple(e for unit, grades in self.book.appraised.items() if unit in self.units for e in grades.get(grade, ()))


def lay(facts: Facts, task: Task) -> Sheet:
    """表13 for the period: stocks on the day before it and on the as-of date, every event between; 考核 of the newest year that has ended."""
    year, figures = appraised_year(facts.period.as_of), _figures(facts)
    columns = tuple(figure.column for figure in figures)
    first, limits = opening_day(facts), facts.parameters.limits
    sheet = Sheet(
        "表13",
        "人员动态、年度考核与合同续聘情况表",
        (),
        heading(facts, "人"),
        columns,
        rows(figures, _lines(facts), "表13", task),
        notes=numbered(
            f"审核关系：9=1+2+3−4−5；{relations(columns)}；11=12+13+14+15+16；5≥6+7+8；第1至9栏、11至23栏合计=各行之和，第3栏合计=第4栏合计。",
            f"统计范围与购买服务及派遣人员工资待遇情况表相同。期初为{first.year}年{first.month}月{first.day}日，期末为截至日期；派驻村（社区）人员计入所在乡镇（街道）。",
            "新进、离职含因用工形式变动进入或者退出统计范围的；更换承接主体后接续用工的不算离职、新进；调整派驻单位每次都计，原单位计调出，新单位计调入。",
            f"应考核为截至日期在岗、{year}年度在岗满{limits.appraisal_months}个月的人员；没有登记考核结果的列入未考核。已离职人员的考核结果不列。",
            f"本期合同到期指劳动合同期限在报告期内届满；提前解除、终止的不算。第21栏为截至日期后{limits.expiry_far_days}日内届满、尚未续签的。",
            f"参考值（原文未作规定）：流失率{percent(limits.turnover_share)}以内，优秀等次占应考核人数{percent(limits.excellent_share)}以内。“—”为不适用。",
        ),
    )
    return finish(sheet, facts, task)


def appraised_year(day: date) -> int:
    """The year whose 考核 stands here: the one that ends on the day, else the last one that ended before it."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _lines(facts: Facts) -> list[Laid[_Line]]:
    moves, book = {line.unit: line for line in turnover(facts)}, _read(facts)
    units = [unit for unit in (*facts.units, *facts.gone_units) if unit.id in moves or _regular(unit, facts)]
    named = {unit.id for unit in units}
    strays = frozenset(line.unit for line in moves.values() if line.unit is not None and line.unit not in named)

    def line(name: str, found: Iterable[Moves], of: Iterable[int]) -> _Line:
        return _Line(name, whole(tuple(found)), frozenset(of), book)

    laid = [Laid("合计", Scope.TOTAL, line("合计", moves.values(), named | strays))]
    laid += [Laid(unit.name, _scope(unit), line(unit.name, [moves.get(unit.id, _NOBODY)], [unit.id]), unit.id) for unit in units]
    if strays:
        laid.append(Laid(NOWHERE, Scope.OTHER, line(NOWHERE, [moves[unit] for unit in strays], strays)))
    return laid


def _regular(unit: Unit, facts: Facts) -> bool:
    """Has a line though nobody is there: bureau, townships and institutions of the as-of date, as in 表3."""
    return unit.type in (BUREAU, INSTITUTION, *TOWN_TYPES) and unit.open_on(facts.period.as_of)


def _scope(unit: Unit) -> Scope:
    return Scope.BUREAU if unit.type == BUREAU else Scope.TOWN if unit.type in TOWN_TYPES else Scope.OTHER


def _read(facts: Facts) -> _Book:
    year, lines = appraised_year(facts.period.as_of), lines_of_units(facts)
    due, said = {identity(e.person) for e in to_appraise(facts, year)}, results(facts, year)
    appraised: dict[int, dict[str, tuple[Engagement, ...]]] = {}
    for e in facts.engagements:
        line = line_on(e, facts.period.as_of, facts, lines)
        if line is None or identity(e.person) not in due:
            continue
        due.remove(identity(e.person))  # somebody with two engagements is appraised once
        result = said.get(e.person.id)
        grade = result.grade if result and result.grade in GRADES else UNGRADED
        grades = appraised.setdefault(line, {})
        grades[grade] = (*grades.get(grade, ()), e)
    changes = {change.person: change for change in promotions(facts, opening_day(facts))}
    promoted: dict[int, tuple[tuple[Engagement, int], ...]] = {}
    for e in facts.engagements:
        change = changes.get(e.person.id)
        line = line_on(e, change.since, facts, lines) if change else None
        if change and line is not None:
            del changes[e.person.id]
            promoted[line] = (*promoted.get(line, ()), (e, change.id))
    return _Book(appraised, endings(facts), coming(facts), promoted)


def _people(found: Iterable[Engagement]) -> Cell:
    ids = tuple(e.id for e in found)
    return Cell(len(ids), tuple(dict.fromkeys(ids)))


def _events(take: Callable[[Moves], Iterable[Event]]) -> Callable[[_Line], Cell]:
    """Each event counts: who moved twice is two."""
    return lambda line: _people(event.engagement for event in take(line.moves))


def _appraised(*grades: str) -> Callable[[_Line], Cell]:
    return lambda line: _people(e for grade in grades for e in line.appraised(grade))


def _ended(wanted: Callable[[Ending], bool]) -> Callable[[_Line], Cell]:
    return lambda line: _contracts([one for one in line.book.endings if one.line in line.units and wanted(one)])


def _contracts(found: list[Ending]) -> Cell:
    people = tuple(dict.fromkeys(one.engagement.id for one in found))
    return Cell(len(found), people, records=tuple(("labour_contract", one.contract.id) for one in found))


def _let_go(one: Ending) -> bool:
    """Not renewed and no longer at work; who works on without a contract was neither renewed nor let go."""
    return one.incompetent and one.after is None and (one.engagement.end is not None or one.contract.not_renewed_on is not None)


def _promoted(line: _Line) -> Cell:
    found = [one for unit, several in line.book.promoted.items() if unit in line.units for one in several]
    return Cell(len(found), tuple(e.id for e, _ in found), records=tuple(("grade_change", number) for _, number in found))


def _remark(line: _Line) -> Cell:
    other = len(line.moves.left_by(OTHER))
    return Cell(f"其他原因离职{other}人" if other else None)


def _figures(facts: Facts) -> tuple[Figure[_Line], ...]:
    went, appraisal, term = ("本期离职", "其中"), (f"{appraised_year(facts.period.as_of)}年度考核",), ("劳动合同",)
    far = facts.parameters.limits.expiry_far_days
    return (
        Figure(Column("甲", "使用单位", Measure.LONG, width=8), lambda line: Cell(line.name)),
        _count("1", "期初在岗", lambda line: _people(line.moves.opening)),
        _count("2", "本期新进", _events(lambda moves: moves.joined)),
        _count("3", "本期调入", _events(lambda moves: moves.moved_in)),
        _count("4", "本期调出", _events(lambda moves: moves.moved_out)),
        _count("5", "合计", _events(lambda moves: moves.left), ("本期离职",)),
        _count("6", "个人辞职", _events(lambda moves: moves.left_by(RESIGNED)), went),
        _count("7", "期满不续", _events(lambda moves: moves.left_by(EXPIRED)), went),
        _count("8", "解除、退回", _events(lambda moves: moves.left_by(DISMISSED)), went),
        _count("9", "期末在岗", lambda line: _people(line.moves.closing)),
        Figure(Column("10", "流失率", Measure.RATE, formula="5/((1+9)/2.)")),
        _count("11", "应考核", _appraised(*GRADES, UNGRADED), appraisal),
        *(_count(f"{mark}", grade, _appraised(grade), appraisal) for mark, grade in enumerate((*GRADES, UNGRADED), 12)),
        _count("17", "本期到期", _ended(lambda one: True), term),
        _count("18", "续签", _ended(lambda one: one.after is not None), term),
        _count("19", "其中：转无固定期限", _ended(lambda one: one.opened), term),
        _count("20", "不称职未续聘", _ended(_let_go), term),
        _count("21", f"{far}日内将到期", lambda line: _contracts([one for one in line.book.coming if one.line in line.units]), term),
        _count("22", "本期晋升层级", _promoted),
        _count("23", "不称职仍续签", _ended(lambda one: one.incompetent and one.after is not None)),
        Figure(Column("24", "备注", Measure.LONG, width=7), _remark),
    )


def _count(mark: str, label: str, take: Callable[[_Line], Cell], groups: tuple[str, ...] = ()) -> Figure[_Line]:
    return Figure(Column(mark, label, groups=groups, total="Σ"), take)


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas; that nobody was promoted in three years is R45, a share for one unit says nothing and is held against 合计 only."""
    limits = parameters.limits
    yield Audit("13-H1", "表13", EACH, "9=1+2+3−4−5", HARD)
    yield Audit("13-H2", "表13", EACH, "5≥6+7+8", HARD)
    yield Audit("13-H3", "表13", TOTAL, "3=4", HARD)
    yield Audit("13-H4", "表13", EACH, "11=12+13+14+15+16", HARD)
    yield from several("13-H5", "表13", EACH, HARD, "18≤17", "19≤18", "20≤17−18", "23≤18")
    yield Audit("13-H6a", "表13", LINES, "9=T3[u,1]", HARD)
    yield Audit("13-H6b", "表13", TOTAL, "9=T3[合计,1]", HARD)
    yield Audit("13-H7", "表13", EACH, "10=5/((1+9)/2.)", HARD)
    yield from sums("13-H8", "表13", (*range(1, 10), *range(11, 24)))
    yield Audit("13-S1", "表13", LINES, "16=0.", SOFT)
    yield Audit("13-S2", "表13", LINES, "23=0.", SOFT)
    yield Audit("13-S3", "表13", TOTAL, f"10≤{percent(limits.turnover_share)}", SOFT)
    yield Audit("13-S4", "表13", EACH, "1=上期[9]", SOFT)
    yield Audit("13-S5", "表13", TOTAL, f"12/11≤{percent(limits.excellent_share)}", SOFT)
