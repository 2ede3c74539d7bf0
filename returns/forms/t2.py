"""表2 社会救助经办服务人员配备情况表: 应配备, 实际配备, 缺口 and 高于最低 by unit, never netted (二（三）)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.facts import BUREAU, Facts
from policy.figures import percent
from policy.finding import HARD, HINT, SOFT
from policy.parameters import AVERAGE, HIGH, LAST_YEAR_END, Bands, Parameters
from policy.placing import Placed
from policy.staffing import Staffing, staffing, totals
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value, shown
from returns.task import Task

TYPE_COLUMNS = {"行政编制": "7", "事业编制": "8", "政府购买服务": "10", "劳务派遣": "11", "直接聘用": "13", "双百社工": "14"}
"""用工形式 → its own column."""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    type: Value
    households: Value
    band: Value
    need: Value
    approved: Value
    document: str
    counted: tuple[Placed, ...]
    others: tuple[Placed, ...]
    equivalent: Fraction
    met: Value
    remark: str
    units: tuple[int, ...]


def lay(facts: Facts, task: Task) -> Sheet:
    """表2 on the as-of date. Where the caseload is missing the need stays blank (数据不足), in 合计 too; exempt units are —."""
    lines = staffing(facts)
    laid = [Laid("合计", Scope.TOTAL, _total(lines))]
    laid += [
        Laid(line.unit.name, Scope.BUREAU if line.unit.type == BUREAU else Scope.TOWN, _line(facts, line), line.unit.id) for line in lines
    ]
    figures = _figures(measured(facts.parameters))
    columns = tuple(figure.column for figure in figures)
    body = rows(figures, laid, "表2", task)
    sheet = Sheet(
        "表2",
        "社会救助经办服务人员配备情况表",
        (),
        heading(facts, "户、人"),
        columns,
        body,
        footer=(_rates(lines), f"缺口按单位分别计算，不得相互抵补；合计缺口=各单位缺口之和。边界口径：{facts.parameters.boundary_mode}。"),
        notes=numbered(
            f"审核关系：{relations(columns)}；19=是⇔17=0.；第3至18栏、20栏、21栏合计=各行之和；第1栏县级民政局为全县户数，合计第1栏与其一致。",
            _who_counts(facts.parameters),
            _edge_note(facts.parameters, lines),
            _date_note(facts.parameters),
            "第22栏、第24栏由填报单位填写。空格为数据不足或未填，不按0处理；“—”为不适用。",
            rounding(columns, body, task),
        ),
        paper="A3",
    )
    return finish(sheet, facts, task)


def measured(parameters: Parameters) -> str:
    """The column held against the need: 5 (人头) or 16 (折算)."""
    return "16" if parameters.count_method == "折算" else "5"


def _line(facts: Facts, line: Staffing) -> _Line:
    unit, approved = line.unit, facts.approved.get(line.unit.id)
    unknown = line.households is None and not unit.exempt
    remarks = [
        f"不适用：{unit.exempt_reason}" if unit.exempt else "",
        ("数据不足：全县户数不全" if unit.type == BUREAU else "数据不足：救助对象户数未报") if unknown else "",
        f"临界：恰为{line.at_bound}户，按{facts.parameters.boundary_mode}口径" if line.at_bound is not None and not unit.exempt else "",
        f"含乡镇统筹使用的村（社区）人员{pooled}人" if (pooled := sum(one.village for one in line.counted)) else "",
    ]
    return _Line(
        name=unit.name,
        type=unit.type,
        households=NOT_APPLICABLE if line.households is None and unit.exempt else _known(line.households),
        band=NOT_APPLICABLE if unit.exempt else line.band or None,
        need=NOT_APPLICABLE if unit.exempt else line.need,
        approved=line.approved,
        document=approved.document if approved else "",
        counted=line.counted,
        others=line.others,
        equivalent=line.equivalent,
        met=NOT_APPLICABLE if unit.exempt else None if line.met is None else "是" if line.met else "否",
        remark="；".join(filter(None, remarks)),
        units=(unit.id,),
    )


def _total(lines: Sequence[Staffing]) -> _Line:
    whole = next((line.households for line in lines if line.unit.type == BUREAU), None)
    missing = sum(line.need is None for line in lines)
    return _Line(
        name="合计",
        type=NOT_APPLICABLE,
        households=_known(whole),
        band=NOT_APPLICABLE,
        need=None,
        approved=None,
        document="",
        counted=tuple(one for line in lines for one in line.counted),
        others=tuple(one for line in lines for one in line.others),
        equivalent=Fraction(0),
        met=NOT_APPLICABLE,
        remark=f"数据不足：{missing}个单位" if missing else "",
        units=tuple(line.unit.id for line in lines),
    )


def _known(number: Fraction | None) -> Value:
    return None if number is None else plain(number)


def _rates(lines: Sequence[Staffing]) -> str:
    sums = totals(lines)
    unknown = sum(line.need is None for line in lines)
    return (
        f"达标单位 {sums.met_units}/{sums.judged_units}，达标单位率 {_share(sums.met_units, sums.judged_units)}；"
        f"配备率 {shown(Cell(NOT_APPLICABLE if sums.rate is None else sums.rate), Measure.RATE)}。"
        + (f"其中数据不足 {unknown} 个单位，配备率不能计算。" if unknown else "")
    )


def _share(part: int, whole: int) -> str:
    return shown(Cell(Fraction(part, whole) if whole else NOT_APPLICABLE), Measure.RATE)


def _who_counts(parameters: Parameters) -> str:
    types = "、".join(name + ("（社会救助经办岗位）" if rule.duty_only else "") for name, rule in parameters.types.items() if rule.counts)
    return (
        f"计入实际配备人数的用工形式：{types}；社会救助工作占比不低于{percent(parameters.duty_threshold)}、岗位类别为事务性，每人只计一次；"
        f"连续请假超过{parameters.long_leave_months}个月、未安排派驻的不计入。按{parameters.count_method}与应配备人数比较。"
    )


def _edge_note(parameters: Parameters, lines: Sequence[Staffing]) -> str:
    if all(line.at_bound is None for line in lines):
        return ""
    reply = f"（答复文号：{parameters.edge_reply}）" if parameters.edge_reply else ""
    return f"原文未明确临界口径，本表按{parameters.boundary_mode}口径测算{reply}。"


def _date_note(parameters: Parameters) -> str:
    return {LAST_YEAR_END: "救助对象户数按上年末数。", AVERAGE: "救助对象户数按本年各次填报的平均数，四舍五入到户。"}.get(parameters.caseload_date, "")


def _heads(*types: str) -> Callable[[_Line], Cell]:
    return lambda line: _count([one for one in line.counted if one.term is not None and one.term.type in types], line)


def _rest(line: _Line) -> Cell:
    """Counted people of a type that has no column of its own."""
    return _count([one for one in line.counted if one.term is None or one.term.type not in TYPE_COLUMNS], line)


def _count(placed: Sequence[Placed], line: _Line) -> Cell:
    return Cell(len(placed), tuple(one.engagement.id for one in placed), line.units)


def _figures(against: str) -> tuple[Figure[_Line], ...]:
    post, permanent, bought, other = (
        ("实际配备人数",),
        ("实际配备人数", "在编"),
        ("实际配备人数", "购买服务与派遣"),
        ("实际配备人数", "其他计入"),
    )
    outside = ("兼职及不计入人员（参考）",)
    return (
        Figure(Column("甲", "单位名称", Measure.LONG, width=7), lambda line: Cell(line.name, units=line.units)),
        Figure(Column("乙", "单位类型", Measure.TEXT, width=5), lambda line: Cell(line.type)),
        Figure(Column("1", "救助对象户数"), lambda line: Cell(line.households, units=line.units)),
        Figure(Column("2", "适用档次", Measure.TEXT, width=7), lambda line: Cell(line.band)),
        Figure(Column("3", "应配备人数", total="Σ"), lambda line: Cell(line.need, units=line.units)),
        Figure(Column("4", "核定人数", total="Σ"), lambda line: Cell(line.approved, units=line.units)),
        Figure(Column("5", "合计", groups=post, formula="6+9+12")),
        Figure(Column("6", "小计", groups=permanent, formula="7+8")),
        Figure(Column("7", "行政编制", groups=permanent), _heads("行政编制")),
        Figure(Column("8", "事业编制", groups=permanent), _heads("事业编制")),
        Figure(Column("9", "小计", groups=bought, formula="10+11")),
        Figure(Column("10", "政府购买服务项目人员", groups=bought, width=4), _heads("政府购买服务")),
        Figure(Column("11", "劳务派遣", groups=bought), _heads("劳务派遣")),
        Figure(Column("12", "小计", groups=other, formula="13+14+15")),
        Figure(Column("13", "直接聘用", groups=other), _heads("直接聘用")),
        Figure(Column("14", "双百社工", groups=other), _heads("双百社工")),
        Figure(Column("15", "其他", groups=other), _rest),
        Figure(
            Column("16", "折算人数", Measure.DECIMAL, total="Σ"),
            lambda line: Cell(plain(line.equivalent), tuple(one.engagement.id for one in line.counted), line.units),
        ),
        Figure(Column("17", "缺口", _measure(against), formula=f"max(0.,3−{against})", total="Σ")),
        Figure(Column("18", "高于最低配备人数", _measure(against), formula=f"max(0.,{against}−3)", total="Σ", width=4)),
        Figure(Column("19", "是否达标", Measure.TEXT, width=2), lambda line: Cell(line.met, units=line.units)),
        Figure(Column("20", "合计", groups=outside), lambda line: _count(line.others, line)),
        Figure(
            Column("21", "其中：派驻村（社区）", groups=outside, width=4),
            lambda line: _count([one for one in line.others if one.village], line),
        ),
        Figure(Column("22", "民政工作人员总数（参考）", by_hand=True, width=4)),
        Figure(Column("23", "核定文号", Measure.LONG, width=7), lambda line: Cell(line.document or None)),
        Figure(Column("24", "计划补齐时间", Measure.TEXT, by_hand=True, width=4)),
        Figure(Column("25", "备注", Measure.LONG, width=10), lambda line: Cell(line.remark or None)),
    )


def _measure(against: str) -> Measure:
    return Measure.DECIMAL if against == "16" else Measure.COUNT


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas, held against heads or 折算 as the parameters say (2-H4)."""
    against = measured(parameters)
    yield Audit("2-H1a", "表2", (Scope.TOWN,), "1=T1[u,1]", HARD)
    yield Audit("2-H1b", "表2", (Scope.BUREAU,), "1=T1[合计,1]", HARD)
    yield from several("2-H2", "表2", (Scope.TOWN,), HARD, *_needs(parameters.town_bands, parameters.boundary_mode))
    yield from several("2-H2x", "表2", (Scope.BUREAU,), HARD, *_needs(parameters.county_bands, parameters.boundary_mode))
    yield from several("2-H3", "表2", EACH, HARD, "5=6+9+12", "6=7+8", "9=10+11", "12=13+14+15")
    yield from several("2-H4", "表2", LINES, HARD, f"17=max(0.,3−{against})", f"18=max(0.,{against}−3)", "19=是⇔17=0.")
    yield Audit("2-H5.1", "表2", TOTAL, "1=县局[1]", HARD)
    yield from sums("2-H5", "表2", (*range(3, 19), 20, 21))
    yield Audit("2-H6", "表2", TOTAL, f"Σ(3−{against})=17−18", HARD)
    yield Audit("2-S1", "表2", LINES, "17=0.", SOFT)
    yield Audit("2-S2", "表2", LINES, "4≥3", SOFT)
    yield Audit("2-H7", "表2", LINES, "5=计数(附表1[u],17=是)", HARD)
    yield Audit("2-H8", "表2", LINES, _outside(parameters), HARD)
    yield Audit("2-S3", "表2", LINES, "16≤5+20", SOFT)
    yield Audit("2-S4", "表2", EACH, "|5−上期[5]|≤max(2人,20%×上期[5])", SOFT)
    yield Audit("2-I1", "表2", TOTAL, "17>0.⇒18=0.", HINT)


def _needs(bands: Bands, mode: str) -> Iterator[str]:
    """2-H2, band by band: 300户≤1<600户⇒3=4人 (就高), 300户<1≤600户⇒3=4人 (就低)."""
    below, above = ("≤", "<") if mode == HIGH else ("<", "≤")
    for at, need in enumerate(bands.needs):
        lower = f"{bands.bounds[at - 1]}户{below}" if at else ""
        upper = f"{above}{bands.bounds[at]}户" if at < len(bands.bounds) else ""
        yield f"{lower}1{upper}⇒3={need}人"


def _outside(parameters: Parameters) -> str:
    """2-H8: who stands in 表3 but not in column 5 is named in 附表1 with 计入=否."""
    types = [kind for kind, rule in parameters.types.items() if rule.in_pay_form]
    columns = "".join(f"−{TYPE_COLUMNS[kind]}" for kind in types if kind in TYPE_COLUMNS)
    listed = "+".join(f"计数(附表1[u],17=否,7={kind})" for kind in types) or "0."
    return f"T3[u,1]{columns}={listed}"
