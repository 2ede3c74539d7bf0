"""表1 救助对象基本情况表: what each township and the county itself reported, and the 户 that decide the need (二（三）)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policy.caseload import households, open_towns
from policy.facts import BUREAU, Caseload, Count, Facts, Unit
from policy.finding import HARD, SOFT
from policy.parameters import Parameters
from returns.audit import EACH, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task

OWN = "县级直接管理对象"
"""The county's own line: people in county institutions who belong to no township."""

CATEGORY_COLUMNS = {
    "低保城": "3",
    "低保农": "4",
    "特困城": "9",
    "特困农": "10",
    "特困集中": "11",
    "边缘": "12",
    "支出型": "13",
    "临时救助": "14",
    "其他": "15",
}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    unit: Unit | None
    caseload: Caseload | None
    weighed: Value
    remark: str


def lay(facts: Facts, task: Task) -> Sheet:
    """表1 on the as-of date. A township that never reported stays blank with 数据不足 in 备注, and so does 合计; an exempt one is —."""
    bureaus = [unit for unit in facts.units if unit.type == BUREAU and unit.open_on(facts.period.as_of)]
    lines = [Laid("合计", Scope.TOTAL, _Line("合计", None, None, None, ""))]
    lines += [Laid(OWN, Scope.OTHER, _line(facts, unit, OWN), unit.id) for unit in bureaus]
    lines += [Laid(unit.name, Scope.TOWN, _line(facts, unit, unit.name), unit.id) for unit in open_towns(facts)]
    columns = tuple(figure.column for figure in _FIGURES)
    sheet = Sheet(
        "表1",
        "救助对象基本情况表",
        (),
        heading(facts, "户、人"),
        columns,
        rows(_FIGURES, lines, "表1", task),
        notes=numbered(
            f"审核关系：{relations(columns)}；1={weighted(facts.parameters)}；合计=各行之和。",
            "第1栏为按政策参数折算、用于确定应配备人数的救助对象户数；特困人员按1人1户折算。"
            if facts.parameters.destitute_by == "人"
            else "第1栏为按政策参数折算、用于确定应配备人数的救助对象户数；特困人员按户计。",
            "第14栏为本年1月1日至截至日期的累计户次，其余各栏为截至日期当日或之前最近一次的期末数。",
            "空格为未报数据，不按0处理；“—”为不适用。",
        ),
    )
    return finish(sheet, facts, task)


def weighted(parameters: Parameters) -> str:
    """The relation of column 1 to the categories under the weights in force, in the form's notation: 3+4+9+10."""
    terms = []
    for category, column in CATEGORY_COLUMNS.items():
        numerator, denominator = parameters.weights.get(category, (0, 1))
        if numerator:
            factor = "" if numerator == denominator else f"{numerator}./{denominator}.×"
            terms.append(f"{factor}{column}")
    return "+".join(terms) or "0."


def _line(facts: Facts, unit: Unit, name: str) -> _Line:
    caseload = facts.caseload.get(unit.id)
    if caseload is None and unit.exempt:
        return _Line(name, unit, None, NOT_APPLICABLE, f"不适用：{unit.exempt_reason}")
    if caseload is None and unit.type == BUREAU:
        caseload = Caseload(unit.id, facts.period.as_of, {})
        return _Line(name, unit, caseload, 0, "")
    exact = households(caseload, facts.parameters)
    remarks = ["数据不足：救助对象户数未报" if caseload is None else "数据不足：有类别未报户数" if exact is None else ""]
    if caseload and caseload.as_of != facts.period.as_of:
        remarks.append(f"户数日期{caseload.as_of:%Y-%m-%d}")
    if caseload and "未分类" in caseload.counts:
        remarks.append("只报总数，未分类")
    return _Line(name, unit, caseload, None if exact is None else plain(exact), "；".join(filter(None, remarks)))


def _of(category: str, measure: Callable[[Count], int | None]) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        if line.unit is None or line.caseload is None:
            return Cell(NOT_APPLICABLE if line.weighed is NOT_APPLICABLE else None)
        absent = Count(None, None) if "未分类" in line.caseload.counts else Count(0, 0)
        return Cell(measure(line.caseload.counts.get(category, absent)), units=(line.unit.id,))

    return take


def _households(count: Count) -> int | None:
    return count.households


def _persons(count: Count) -> int | None:
    return count.persons


_MINIMUM = ("低保对象户数",)
_MINIMUM_PERSONS = ("低保对象人数",)
_DESTITUTE = ("特困人员（人）",)

_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "单位名称", Measure.LONG, width=8), lambda line: Cell(line.name)),
    Figure(Column("乙", "区划代码", Measure.CODE, width=5), lambda line: Cell(line.unit.code if line.unit else NOT_APPLICABLE)),
    Figure(
        Column("1", "救助对象户数（纳入测算）", total="Σ", width=4),
        lambda line: Cell(line.weighed, units=(line.unit.id,) if line.unit else ()),
    ),
    Figure(Column("2", "合计", groups=_MINIMUM, formula="3+4", total="Σ")),
    Figure(Column("3", "城市", groups=_MINIMUM, total="Σ"), _of("低保城", _households)),
    Figure(Column("4", "农村", groups=_MINIMUM, total="Σ"), _of("低保农", _households)),
    Figure(Column("5", "合计", groups=_MINIMUM_PERSONS, formula="6+7", total="Σ")),
    Figure(Column("6", "城市", groups=_MINIMUM_PERSONS, total="Σ"), _of("低保城", _persons)),
    Figure(Column("7", "农村", groups=_MINIMUM_PERSONS, total="Σ"), _of("低保农", _persons)),
    Figure(Column("8", "合计", groups=_DESTITUTE, formula="9+10", total="Σ")),
    Figure(Column("9", "城市", groups=_DESTITUTE, total="Σ"), _of("特困城", _persons)),
    Figure(Column("10", "农村", groups=_DESTITUTE, total="Σ"), _of("特困农", _persons)),
    Figure(Column("11", "其中：集中供养", groups=_DESTITUTE, total="Σ"), _of("特困集中", _persons)),
    Figure(Column("12", "低保边缘（低收入）户", total="Σ", width=4), _of("边缘", _households)),
    Figure(Column("13", "支出型困难户", total="Σ"), _of("支出型", _households)),
    Figure(Column("14", "临时救助（户次，本年累计）", total="Σ", width=4), _of("临时救助", _households)),
    Figure(Column("15", "其他计入户", total="Σ"), _of("其他", _households)),
    Figure(Column("16", "数据来源", Measure.LONG, width=6), lambda line: Cell(line.caseload.source if line.caseload else None)),
    Figure(Column("17", "备注", Measure.LONG, width=7), lambda line: Cell(line.remark or None)),
)


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas under the category weights in force (1-H3)."""
    yield from several("1-H1", "表1", EACH, HARD, "2=3+4", "5=6+7", "8=9+10")
    yield Audit("1-H2", "表1", EACH, "11≤8", HARD)
    if parameters.destitute_by == "人":
        yield Audit("1-H3", "表1", EACH, f"1={weighted(parameters)}", HARD)
    yield from sums("1-H4", "表1", range(1, 16))
    yield from several("1-S1", "表1", EACH, SOFT, "6≥3", "7≥4", "1.≤5/2≤6.")
    yield from several("1-S3", "表1", EACH, SOFT, *(f"|{column}−上期[{column}]|≤20%×上期[{column}]" for column in (1, 2, 5, 8)))
