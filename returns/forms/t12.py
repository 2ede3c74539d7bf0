"""表12 购买服务绩效评价及监督情况表: every contract's evaluation of the year by three parties, what became of it, and how it was supervised (四（四）).

Scores are shown in 分 with two decimals. A contract stands here when it ran long enough to be evaluated for the year, or was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.contract_facts import PurchaseContract
from policy.evaluation import dimension_total, evaluation_of, grade, to_evaluate, total
from policy.evaluation_facts import AFTER, BEFORE, DIMENSIONS, DURING, EXCELLENT, FAIL, GOOD, PARTIES, PASS, Evaluation, Supervision
from policy.facts import Facts
from policy.finding import HARD, SOFT
from policy.limits import Limits
from policy.parameters import Parameters
from returns.audit import LINES, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value, shown
from returns.task import Task


@dataclass(frozen=True, slots=True)
class _Line:
    """One contract; `due` whether the year asks for an evaluation, `grade` "" where there is no result."""

    number: int
    contract: PurchaseContract
    evaluation: Evaluation | None
    grade: str
    due: bool
    supervised: tuple[Supervision, ...]
    remark: str


def lay(facts: Facts, task: Task) -> Sheet:
    """表12 for the year of the period, with everything known on the as-of date; supervision is counted from the contract's beginnings."""
    lines, limits = _lines(facts), facts.parameters.limits
    columns = tuple(figure.column for figure in _FIGURES)
    bodies: list[Laid[_Line | None]] = [Laid(line.contract.no, Scope.OTHER, line) for line in lines]
    sheet = Sheet(
        "表12",
        "购买服务绩效评价及监督情况表",
        (),
        heading(facts, "分、人、份、次"),
        columns,
        rows(_FIGURES, [Laid("合计", Scope.TOTAL, None), *bodies], "表12", task),
        footer=(_rates(lines),),
        notes=numbered(
            f"审核关系：{relations(columns)}；10=(4×23+5×24+6×25)/(23+24+25)，四舍五入到0.01分；第13、18至21、26至28栏合计=各行之和。",
            f"本表列本年履行满{limits.evaluation_months}个月、应作绩效评价的合同，以及已作本年度评价的合同。已评价为有综合得分或者等次；监督次数自合同采购起累计。",
            f"等次分数线：{EXCELLENT}{limits.evaluation_excellent}分以上，{GOOD}{limits.evaluation_good}分以上，{PASS}{limits.evaluation_pass}分以上"
            f"（含本数；原文未作规定，为本单位口径）；第22栏与第10栏相差不宜超过{limits.dimension_gap}分。",
            "空格为未登记，不按0处理；“—”为不适用。",
        ),
        row_height=30.0,
    )
    return finish(sheet, facts, task)


def _lines(facts: Facts) -> list[_Line]:
    year, limits = facts.period.first.year, facts.parameters.limits
    due = {contract.id for contract in to_evaluate(facts, year)}
    found: list[_Line] = []
    for contract in facts.contracts:
        evaluation = evaluation_of(facts, contract.id, year)
        if evaluation is None and contract.id not in due:
            continue
        result = grade(evaluation, limits) if evaluation else ""
        acts = tuple(one for one in facts.management.supervisions if one.contract == contract.id)
        remark = _remark(evaluation, contract.id in due, limits)
        found.append(_Line(len(found) + 1, contract, evaluation, result, contract.id in due, acts, remark))
    return found


def _remark(evaluation: Evaluation | None, due: bool, limits: Limits) -> str:
    if evaluation is None:
        return "尚未评价"
    missing = [name for name, score in zip((*PARTIES, *DIMENSIONS), (*evaluation.parties, *evaluation.dimensions), strict=True) if score is None]
    return "；".join(
        filter(None, (f"缺{'、'.join(missing)}得分" if missing else "", "" if due else f"本年履行不足{limits.evaluation_months}个月，不列应评价"))
    )


def _rates(lines: Sequence[_Line]) -> str:
    due = [line for line in lines if line.due]
    done = [line for line in due if line.grade]
    public = [line for line in done if _published(line)]
    return (
        f"评价完成率 {len(done)}/{len(due)}，{_share(len(done), len(due))}；"
        f"公布率 {len(public)}/{len(done)}，{_share(len(public), len(done))}（公布率原文未作规定，供参考）。"
    )


def _share(part: int, whole: int) -> str:
    return shown(Cell(Fraction(part, whole) if whole else NOT_APPLICABLE), Measure.RATE)


def _published(line: _Line) -> bool:
    return bool(line.evaluation and line.evaluation.published)


def _of(take: Callable[[_Line], Value], total: Value = NOT_APPLICABLE) -> Callable[[_Line | None], Cell]:
    """A figure of a contract's line; 合计 (no line) has sums only."""

    def cell(line: _Line | None) -> Cell:
        if line is None:
            return Cell(total)
        records = (("evaluation", line.evaluation.id),) if line.evaluation else ()
        return Cell(take(line), contracts=(line.contract.id,), records=records)

    return cell


def _said(take: Callable[[Evaluation], Value], total: Value = None) -> Callable[[_Line | None], Cell]:
    """What the evaluation says; blank where there is none."""
    return _of(lambda line: take(line.evaluation) if line.evaluation else None, total)


def _points(score: int | None) -> Value:
    return None if score is None else plain(Fraction(score, 100))


def _party(place: int) -> Callable[[_Line | None], Cell]:
    return _said(lambda evaluation: _points(evaluation.parties[place]), NOT_APPLICABLE)


def _dimension(place: int) -> Callable[[_Line | None], Cell]:
    return _said(lambda evaluation: _points(evaluation.dimensions[place]), NOT_APPLICABLE)


def _weight(place: int) -> Callable[[_Line | None], Cell]:
    return _said(lambda evaluation: evaluation.party_weights[place], NOT_APPLICABLE)


def _acts(phase: str) -> Callable[[_Line | None], Cell]:
    def cell(line: _Line | None) -> Cell:
        found = [one for one in line.supervised if one.phase == phase] if line else []
        contracts = (line.contract.id,) if line else ()
        return Cell(len(found), contracts=contracts, records=tuple(("supervision", one.id) for one in found))

    return cell


def _mended(evaluation: Evaluation) -> Value:
    return NOT_APPLICABLE if not evaluation.rectification else "是" if evaluation.rectified else "否"


_SCORES, _CONTENT, _WEIGHTS, _ACTS, _COUNTS = ("三方评分（分）",), ("内容得分（分）",), ("三方评分权重",), ("监督次数（累计）",), ("评价份数",)
_FIGURES: tuple[Figure[_Line | None], ...] = (
    Figure(Column("甲", "序号", width=2), _of(lambda line: line.number, "合计")),
    Figure(Column("1", "合同编号", Measure.LONG, width=5), _of(lambda line: line.contract.no, None)),
    Figure(Column("2", "承接主体", Measure.LONG, width=6), _of(lambda line: line.contract.supplier.name if line.contract.supplier else None, None)),
    Figure(Column("3", "评价年度", Measure.TEXT, width=3), _said(lambda evaluation: str(evaluation.year))),
    *(Figure(Column(f"{4 + at}", name, Measure.DECIMAL, _SCORES), _party(at)) for at, name in enumerate(PARTIES)),
    *(Figure(Column(f"{7 + at}", name, Measure.DECIMAL, _CONTENT), _dimension(at)) for at, name in enumerate(DIMENSIONS)),
    Figure(Column("10", "综合得分（分）", Measure.DECIMAL, width=4), _said(lambda evaluation: _points(total(evaluation)), NOT_APPLICABLE)),
    Figure(Column("11", "等次", Measure.TEXT, width=3), _of(lambda line: line.grade or None, None)),
    Figure(Column("12", "第三方机构", Measure.LONG, width=5), _said(lambda evaluation: evaluation.third_party or None)),
    Figure(Column("13", "服务对象样本数（人）", width=4, total="Σ"), _said(lambda evaluation: evaluation.sample)),
    Figure(Column("14", "公布日期", Measure.TEXT, width=5), _said(lambda evaluation: str(evaluation.published) if evaluation.published else None)),
    Figure(Column("15", "公布渠道", Measure.TEXT, width=4), _said(lambda evaluation: evaluation.channel or None)),
    Figure(Column("16", "整改完成", Measure.TEXT, width=2), _said(_mended)),
    Figure(Column("17", "结果运用", Measure.TEXT, width=2), _said(lambda evaluation: evaluation.use or None)),
    Figure(Column("18", "合计", groups=_ACTS, width=2, formula="19+20+21", total="Σ")),
    *(Figure(Column(f"{19 + at}", phase, groups=_ACTS, width=2, total="Σ"), _acts(phase)) for at, phase in enumerate((BEFORE, DURING, AFTER))),
    Figure(
        Column("22", "内容得分合计（分）", Measure.DECIMAL, width=4),
        _said(lambda evaluation: _points(dimension_total(evaluation)), NOT_APPLICABLE),
    ),
    *(Figure(Column(f"{23 + at}", name, groups=_WEIGHTS, width=2), _weight(at)) for at, name in enumerate(PARTIES)),
    Figure(Column("26", "应评价", groups=_COUNTS, width=2, total="Σ"), _of(lambda line: int(line.due))),
    Figure(Column("27", "其中：已评价", groups=_COUNTS, width=2, total="Σ"), _of(lambda line: int(line.due and bool(line.grade)))),
    Figure(Column("28", "其中：已公布", groups=_COUNTS, width=2, total="Σ"), _of(lambda line: int(line.due and bool(line.grade) and _published(line)))),
    Figure(Column("29", "备注", Measure.LONG, width=6), _of(lambda line: line.remark or None, None)),
)


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas under the bounds and limits in force; what a year must have reached is asked at its end."""
    limits = parameters.limits
    yield from several("12-H1", "表12", LINES, HARD, *(f"0.≤{mark}≤100分" for mark in range(4, 11)))
    yield Audit("12-H2", "表12", LINES, "|10−(4×23+5×24+6×25)/(23+24+25)|≤0.01分", HARD)
    yield Audit("12-H3", "表12", LINES, "18=19+20+21", HARD)
    yield from several("12-H4", "表12", LINES, HARD, "27≤26", "28≤27")
    yield from sums("12-H5", "表12", (13, *range(18, 22), 26, 27, 28))
    yield Audit("12-S1", "表12", LINES, "26>0.⇒3≠空", SOFT, since=12)
    yield from several("12-S2", "表12", LINES, SOFT, *(f"3≠空⇒{mark}≠空" for mark in (4, 5, 6)))
    yield Audit("12-S3", "表12", LINES, "11≠空⇒14≠空", SOFT)
    yield Audit("12-S4", "表12", LINES, f"|22−10|≤{limits.dimension_gap}分", SOFT)
    yield Audit("12-S5", "表12", LINES, f"11=“{FAIL}”⇒17≠“续签”", SOFT)
    yield from several("12-S6", "表12", LINES, SOFT, *_bands(limits))


def _bands(limits: Limits) -> Iterator[str]:
    """12-S6, band by band: 80分≤10<90分⇒11=“良”."""
    bounds = ((limits.evaluation_excellent, EXCELLENT), (limits.evaluation_good, GOOD), (limits.evaluation_pass, PASS))
    above = ""
    for bound, word in bounds:
        yield f"{bound}分≤10{above}⇒11=“{word}”"
        above = f"<{bound}分"
    yield f"10{above}⇒11=“{FAIL}”"
