"""表14 人员增减变动表 (月报): who came, moved and left by using unit, by name and with the reason; the people of 表3 and 表13 (0-decisions A9, C).

A form of this office's own, for no 来文 sets one: 期末 = 期初 + 新进 + 调入 − 调出 − 离职 in every line, and the year so far beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from policy.facts import BUREAU, INSTITUTION, TOWN_TYPES, Engagement, Facts, Unit
from policy.finding import HARD, SOFT
from policy.parameters import Parameters
from policy.period import Period
from policy.turnover import DISMISSED, EXPIRED, OTHER, RESIGNED, Event, opening_day, turnover, whole
from policy.turnover import Line as Moves
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.forms.t3 import NOWHERE
from returns.sheet import Cell, Column, Measure, Scope, Sheet
from returns.task import Task

KEY = "表14"
_NOBODY = Moves(None, (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    moves: Moves
    year: Moves
    """The same since 1 January."""
    units: Mapping[int, str]
    """Names of all units, for where somebody came from or went."""


def lay(facts: Facts, task: Task) -> Sheet:
    """表14 for the period: stocks on the day before it and on the as-of date, every event between, with names and reasons."""
    columns, first = tuple(figure.column for figure in _FIGURES), opening_day(facts)
    sheet = Sheet(
        KEY,
        "人员增减变动表",
        (),
        heading(facts, "人"),
        columns,
        rows(_FIGURES, _lines(facts), KEY, task),
        notes=numbered(
            f"审核关系：10=1+2+3−4−5；{relations(columns)}；5=6+7+8+9；第1至12栏合计=各行之和，第3栏合计=第4栏合计。",
            f"统计范围与购买服务及派遣人员工资待遇情况表相同。期初为{first.year}年{first.month}月{first.day}日，期末为截至日期，本年累计从1月1日起；"
            "派驻村（社区）人员计入所在乡镇（街道）。",
            "新进、离职含因用工形式变动进入或者退出统计范围的；更换承接主体后接续用工的不算离职、新进；调整派驻单位每次都计，原单位计调出，新单位计调入。",
            "变动日期：新进、调入为到岗第一天，调出、离职为在岗最后一天。",
            "" if task.public else "本表含个人信息，请按规定保管和使用。",
        ),
    )
    return finish(sheet, facts, task)


def _lines(facts: Facts) -> list[Laid[_Line]]:
    period = facts.period
    january = Period(f"{period.first.year}", date(period.first.year, 1, 1), period.last, period.as_of)
    now, year = ({line.unit: line for line in turnover(one)} for one in (facts, replace(facts, period=january)))
    everywhere = (*facts.units, *facts.gone_units)
    units = [unit for unit in everywhere if unit.id in now or unit.id in year or _regular(unit, facts)]
    names = {unit.id: unit.name for unit in everywhere}
    strays = [one for one in {**now, **year} if one not in names]

    def line(name: str, of: list[int | None]) -> _Line:
        moves, since_january = (whole(tuple(found.get(unit, _NOBODY) for unit in of)) for found in (now, year))
        return _Line(name, moves, since_january, names)

    laid = [Laid("合计", Scope.TOTAL, line("合计", [*(unit.id for unit in units), *strays]))]
    laid += [Laid(unit.name, _scope(unit), line(unit.name, [unit.id]), unit.id) for unit in units]
    if strays:
        laid.append(Laid(NOWHERE, Scope.OTHER, line(NOWHERE, strays)))
    return laid


def _regular(unit: Unit, facts: Facts) -> bool:
    """Has a line though nobody is there, as in 表13."""
    return unit.type in (BUREAU, INSTITUTION, *TOWN_TYPES) and unit.open_on(facts.period.as_of)


def _scope(unit: Unit) -> Scope:
    return Scope.BUREAU if unit.type == BUREAU else Scope.TOWN if unit.type in TOWN_TYPES else Scope.OTHER


def _stock(take: Callable[[Moves], Iterable[Engagement]]) -> Callable[[_Line], Cell]:
    return lambda line: _people(take(line.moves))


def _events(take: Callable[[Moves], Iterable[Event]]) -> Callable[[_Line], Cell]:
    """Each event counts: who moved twice is two."""
    return lambda line: _people(event.engagement for event in take(line.moves))


def _people(found: Iterable[Engagement]) -> Cell:
    ids = tuple(one.id for one in found)
    return Cell(len(ids), tuple(dict.fromkeys(ids)))


def _names(take: Callable[[Moves], Iterable[Event]], about: Callable[[Event, _Line], str], last_day: bool = False) -> Callable[[_Line], Cell]:
    """王芳（5月6日）；李强（5月31日，合同期满不续）. 合计 names nobody: its lines do."""

    def said(event: Event, line: _Line) -> str:
        day = event.day - timedelta(days=last_day)
        return f"{event.engagement.person.name}（{'，'.join(filter(None, (f'{day.month}月{day.day}日', about(event, line))))}）"

    def cell(line: _Line) -> Cell:
        found = () if line.name == Scope.TOTAL.value else tuple(take(line.moves))
        return Cell("；".join(said(event, line) for event in found) or None, tuple(dict.fromkeys(event.engagement.id for event in found)))

    return cell


def _no_more(event: Event, line: _Line) -> str:
    return ""


def _from(event: Event, line: _Line) -> str:
    return f"自{line.units.get(event.source or 0, NOWHERE)}"


def _to(event: Event, line: _Line) -> str:
    return f"至{line.units.get(event.target or 0, NOWHERE)}"


def _why(event: Event, line: _Line) -> str:
    """The reason as registered; where only the 用工形式 changed nobody ended anything."""
    ended = event.engagement.end == event.day - timedelta(days=1)
    return (event.engagement.end_reason or event.reason) if ended else "用工形式变动"


def _left_by(reason: str) -> Callable[[Moves], Iterable[Event]]:
    return lambda moves: moves.left_by(reason)


def _count(mark: str, label: str, take: Callable[[_Line], Cell], groups: tuple[str, ...] = ()) -> Figure[_Line]:
    return Figure(Column(mark, label, groups=groups, total="Σ", width=2), take)


def _who(mark: str, label: str, take: Callable[[_Line], Cell]) -> Figure[_Line]:
    return Figure(Column(mark, label, Measure.LONG, ("人员名单及原因",), width=9, personal=True), take)


_MORE, _LESS, _YEAR = ("本期增加",), ("本期减少",), ("本年累计",)
_GONE = (*_LESS, "离职", "其中")
_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "使用单位", Measure.LONG, width=8), lambda line: Cell(line.name)),
    _count("1", "期初人数", _stock(lambda moves: moves.opening)),
    _count("2", "新进", _events(lambda moves: moves.joined), _MORE),
    _count("3", "调入", _events(lambda moves: moves.moved_in), _MORE),
    _count("4", "调出", _events(lambda moves: moves.moved_out), _LESS),
    _count("5", "合计", _events(lambda moves: moves.left), (*_LESS, "离职")),
    *(
        _count(f"{mark}", reason, _events(_left_by(reason)), _GONE)
        for mark, reason in enumerate((RESIGNED, EXPIRED, DISMISSED, OTHER), 6)
    ),
    _count("10", "期末人数", _stock(lambda moves: moves.closing)),
    _count("11", "新进", lambda line: _people(event.engagement for event in line.year.joined), _YEAR),
    _count("12", "离职", lambda line: _people(event.engagement for event in line.year.left), _YEAR),
    Figure(Column("13", "净增减", formula="10−1", width=2)),
    _who("14", "新进人员", _names(lambda moves: moves.joined, _no_more)),
    _who("15", "调入人员", _names(lambda moves: moves.moved_in, _from)),
    _who("16", "调出人员", _names(lambda moves: moves.moved_out, _to, last_day=True)),
    _who("17", "离职人员", _names(lambda moves: moves.left, _why, last_day=True)),
    Figure(Column("18", "备注", Measure.LONG, width=5, by_hand=True)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; the stock is that of 表3 and of 表13, and goes on from the last period's."""
    yield Audit("14-H1", KEY, EACH, "10=1+2+3−4−5", HARD)
    yield Audit("14-H2", KEY, EACH, "5=6+7+8+9", HARD)
    yield Audit("14-H3", KEY, TOTAL, "3=4", HARD)
    yield from several("14-H4", KEY, EACH, HARD, "11≥2", "12≥5")
    yield Audit("14-H5a", KEY, LINES, "10=T3[u,1]", HARD)
    yield Audit("14-H5b", KEY, TOTAL, "10=T3[合计,1]", HARD)
    yield from several("14-H6", KEY, TOTAL, HARD, *(f"{mine}=T13[合计,{theirs}]" for mine, theirs in ((1, 1), (2, 2), (3, 3), (5, 5), (10, 9))))
    yield from sums("14-H7", KEY, range(1, 13))
    yield Audit("14-H8", KEY, EACH, "13=10−1", HARD)
    yield Audit("14-S1", KEY, EACH, "1=上期[10]", SOFT)
