"""附表3 资金需求测算表: what a year's staffing costs by unit and by cost item, what pays for it and what is missing (二（二）).

It is filled in from the scenario chosen for it; a kept copy and any other scenario are laid the same way for printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.contract_facts import WORK_FUND
from policy.estimate import ITEMS, Change, Estimate, UnitCost, estimate, proposals, sensitivities
from policy.estimate_facts import BY_NEED
from policy.facts import BUREAU, Facts
from policy.figures import percent, yuan
from policy.finding import HARD
from policy.parameters import Parameters
from returns.audit import LINES, TOTAL, Audit, sums
from returns.form import Figure, Laid, finish, numbered, printed, relations, reporter, rounding, rows, span
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, shown
from returns.task import Task

SHARED = "县级统一列支"
"""The line of what no unit bears: 经济补偿 and 预备费."""
SUPPLY, GAP, COVERAGE = "资金来源合计", "资金缺口", "保障率"


@dataclass(frozen=True, slots=True)
class _Line:
    """A unit's line, 合计 (of which only the county's households are taken), or `SHARED`."""

    name: str
    households: Value
    posts: Value = NOT_APPLICABLE
    fixed: Value = NOT_APPLICABLE
    new: Value = NOT_APPLICABLE
    items: Callable[[str], Value] = lambda item: 0
    shared: int = 0
    units: tuple[int, ...] = ()


def lay(facts: Facts, task: Task) -> Sheet:
    """附表3 of the year after the as-of date's: by the scenario chosen for it, else by 最低达标, which it then says."""
    scenario = facts.scenario or proposals(facts, facts.period.as_of.year + 1)[0]
    note = "" if facts.scenario else f"台账没有指定填报本表的测算方案，本表按程序自带的“{scenario.name}”方案测算。"
    laid = sheet(estimate(facts, scenario), reporter(facts), span(facts), task, sensitivities(facts, scenario), note)
    return finish(laid, facts, task)


def sheet(result: Estimate, by: str, when: str, task: Task, changes: Sequence[Change] = (), note: str = "") -> Sheet:
    """The form of any result: `by` signs it, `when` is what it was worked out on, `changes` are its sensitivities."""
    columns = tuple(figure.column for figure in _FIGURES)
    lines = [Laid("合计", Scope.TOTAL, _Line("合计", _known(result.households), units=tuple(one.unit.id for one in result.lines)))]
    lines += [Laid(one.unit.name, Scope.BUREAU if one.unit.type == BUREAU else Scope.TOWN, _of_unit(one), one.unit.id) for one in result.lines]
    if shared := result.severance + result.reserve:
        lines.append(Laid(SHARED, Scope.OTHER, _Line(SHARED, NOT_APPLICABLE, shared=shared)))
    body = rows(_FIGURES, lines, "附表3", task)
    return Sheet(
        "附表3",
        "社会救助经办服务人员资金需求测算表",
        (),
        (f"填报单位（盖章）：{by}", f"{result.scenario.year}年（按{when}数据测算）", "单位：户、人、万元"),
        columns,
        (*body, *_below(result)),
        footer=tuple(filter(None, (_basis(result), _shared(result, task), "" if result.missing else _sensitive(changes, task)))),
        notes=numbered(
            note,
            f"审核关系：{relations(columns)}；第2至13栏合计=各行之和；13合计={SUPPLY}+{GAP}。第1栏县级民政局、合计为全县预计户数。",
            _typed(result),
            "没有录入单位缴费比例，第7栏和合计不含单位缴费。" if not result.rates_entered else "",
            f"数据不足：{'、'.join(unit.name for unit in result.missing)}户数不全，合计和缺口不能计算。" if result.missing else "",
            _fund(result),
            "空格为数据不足，不按0处理；“—”为不适用。",
            rounding(columns, body, task),
        ),
        row_height=15.0,
    )  # fmt: skip


def _of_unit(line: UnitCost) -> _Line:
    known = line.posts is not None
    return _Line(
        line.unit.name, _known(line.households), line.posts, line.fixed, line.new, lambda item: line.items[item] if known else None, units=(line.unit.id,)
    )  # fmt: skip


def _known(households: Fraction | None) -> Value:
    return None if households is None else plain(households)


def _below(result: Estimate) -> Iterator[Row]:
    """What pays for it, line by line, what is missing, and the shares: under the units, in no sum."""
    needed, given = not result.missing, result.fund_known
    known = needed and given

    def line(name: str, value: Value, measure: Measure | None = None) -> Row:
        blank = (Cell(NOT_APPLICABLE),) * (len(_FIGURES) - 2)
        return Row(name, Scope.MEMO, (Cell(name), *blank, Cell(value, measure=measure)))

    yield line(SUPPLY, result.given if given else None)
    for source, amount in result.supply.items():
        if source == WORK_FUND:
            typed = WORK_FUND in result.scenario.supply
            yield line(f"　{source}{'' if typed else '（预计）'}", amount if given else None)
        elif amount:
            yield line(f"　{source}", amount)
    yield line(GAP, result.gap if known else None)
    yield line(COVERAGE, _share(result.coverage) if known else None, Measure.RATE)
    yield line(f"　{WORK_FUND}保障率", _share(result.fund_coverage) if known else None, Measure.RATE)
    yield line("户均成本（元/户·年）", plain(result.per_household) if needed and result.per_household is not None else None, Measure.YUAN)


def _share(share: Fraction | None) -> Value:
    return NOT_APPLICABLE if share is None else plain(share)


def _basis(result: Estimate) -> str:
    """The scenario in one line: whose posts, by which reading, at what wage, and what a head costs."""
    scenario = result.scenario
    mode = f"（{result.boundary_mode}口径）" if scenario.heads_by == BY_NEED else ""
    rise = f"，再提高 {percent(scenario.increment)}" if scenario.increment else ""
    return (
        f"测算方案：{scenario.name}。岗位数按{scenario.heads_by}{mode}；工资标准 {yuan(result.wage)} 元/人·年（{result.wage_source}）{rise}；"
        f"每人全年成本 {yuan(result.person)} 元。"
    )


def _shared(result: Estimate, task: Task) -> str:
    parts = (("经济补偿", result.severance), ("预备费", result.reserve))
    said = "、".join(f"{words} {_wan(amount, task)} 万元" for words, amount in parts if amount)
    return f"{SHARED}：{said}。" if said else ""


def _sensitive(changes: Sequence[Change], task: Task) -> str:
    said = "；".join(f"{one.words}，{'增加' if one.more >= 0 else '减少'} {_wan(abs(one.more), task)} 万元" for one in changes)
    return f"变动影响：{said}。" if said else ""


def _wan(fen: int, task: Task) -> str:
    return shown(Cell(fen), printed(Measure.WAN, task))


INPUTS = {
    "wage": "工资标准", "increment": "工资增长", "rate": "综合费率", "fee": "管理费", "fee_tax": "管理费税率", "training": "培训费", "recruiting": "招录费",
    "growth": "户数增减", "months": "计算月数", "fill_month": "补齐月份", "reserve": "预备费比例", "departures": "经济补偿", "heads_by": "岗位数口径",
}  # fmt: skip
"""Input → its name where its source is printed."""


def _typed(result: Estimate) -> str:
    """Where the inputs come from, as the clerk wrote it."""
    sources = result.scenario.sources
    said = "；".join(f"{INPUTS.get(name, name)}：{text}" for name, text in sources.items() if text)
    return f"测算依据：{said}。" if said else ""


def _fund(result: Estimate) -> str:
    if WORK_FUND in result.scenario.supply:
        return ""
    if not result.fund_known:
        return f"没有登记{result.fund_year}年低保资金支出，{WORK_FUND}算不出来，{SUPPLY}和缺口未列。"
    return f"{WORK_FUND}按{result.fund_year}年低保资金支出的{percent(result.fund_rate)}预计，以决算数为准。"


def _money(mark: str, item: str) -> Figure[_Line]:
    return Figure(Column(mark, item, Measure.WAN, groups=("资金需求",), width=4, total="Σ"), lambda line: Cell(line.items(item), units=line.units))


def _heads(mark: str, label: str, take: Callable[[_Line], Value] | None, formula: str = "") -> Figure[_Line]:
    column = Column(mark, label, groups=("人员",), width=4, formula=formula, total="Σ")
    return Figure(column, (lambda line: Cell(take(line), units=line.units)) if take else None)


_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "单位名称", Measure.LONG, width=13), lambda line: Cell(line.name, units=line.units)),
    Figure(Column("1", "预计户数", width=4), lambda line: Cell(line.households, units=line.units)),
    _heads("2", "岗位数", lambda line: line.posts),
    _heads("3", "其他渠道开支", lambda line: line.fixed),
    _heads("4", "购买服务人数", None, "max(0.,2−3)"),
    _heads("5", "其中：新增", lambda line: line.new),
    *(_money(f"{mark}", item) for mark, item in enumerate(ITEMS, 6)),
    Figure(Column("12", "经济补偿及预备费", Measure.WAN, groups=("资金需求",), width=4, total="Σ"), lambda line: Cell(line.shared)),
    Figure(Column("13", "合计", Measure.WAN, groups=("资金需求",), width=5, formula="6+7+8+9+10+11+12", total="Σ")),
)


def audits(_parameters: Parameters) -> Iterator[Audit]:
    """Its formulas: the sums, and that need, sources and what is missing agree."""
    yield Audit("附3-H1", "附表3", (Scope.BUREAU, Scope.TOWN), "4=max(0.,2−3)", HARD)
    yield Audit("附3-H2", "附表3", LINES, "13=6+7+8+9+10+11+12", HARD)
    yield from sums("附3-H3", "附表3", range(2, 14))
    yield Audit("附3-H4", "附表3", TOTAL, f"13={SUPPLY}[13]+{GAP}[13]", HARD)
