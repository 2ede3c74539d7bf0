"""表7 人员招录进度表: every recruitment batch by unit, from the plan with its consents to people in post (三（三））."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy.facts import BUREAU, TOWN_TYPES, Facts, Unit
from policy.finding import HARD, SOFT
from policy.management_facts import RecruitBatch, RecruitLine
from policy.parameters import Parameters
from policy.stages import stages
from returns.audit import EACH, LINES, TOTAL, Audit, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task


@dataclass(frozen=True, slots=True)
class _Line:
    """One batch at one unit; `line` None: the batch has no plan by unit yet. `recruited`: engagements registered as coming from it."""

    batch: RecruitBatch
    line: RecruitLine | None
    unit: Unit | None
    due: date | None
    late: int | None
    """人 planned and not in post though the day has passed; None = not known."""
    recruited: tuple[int, ...]


def lay(facts: Facts, task: Task) -> Sheet:
    """表7: batches announced, due or at work in the period, and those still not done at its end. Counts are the newest not after the as-of date."""
    lines = [line for batch in facts.management.recruits if _listed(batch, facts) for line in _lines(batch, facts)]
    bodies: list[Laid[_Line | None]] = [Laid(_name(one), _scope(one.unit), one, one.unit.id if one.unit else None) for one in lines]
    columns = tuple(figure.column for figure in _FIGURES)
    sheet = Sheet(
        "表7",
        "人员招录进度表",
        (),
        heading(facts, "人、天"),
        columns,
        rows(_FIGURES, [Laid("合计", Scope.TOTAL, None), *bodies], "表7", task),
        footer=() if lines else ("报告期内没有招录批次。",),
        notes=numbered(
            f"审核关系：{relations(columns)}；7≥8≥9≥11≥12；第6至12栏、14栏、18栏、19栏合计=各行之和，未完成数不相互抵补。",
            "本表列报告期内公告、到期或有人入职的招录批次，以及期末尚未完成的批次。各环节人数为截至日期以前最近一次登记的数。",
            "到期未到岗人数：计划完成日期已过、到岗人数仍少于计划招录人数的差数。登记到岗人数：用工关系中登记由本批次招录、截至日期前入职的人数。",
            "完成率100%为参考，文件未规定。空格为未登记，不按0处理；“—”为不适用。",
        ),
    )
    return finish(sheet, facts, task)


def _listed(batch: RecruitBatch, facts: Facts) -> bool:
    """Whether a batch belongs to the period: it touches it, or was begun before and is not done."""
    period = facts.period
    days = [day for day in (batch.agreed_on, batch.announced, batch.due, *(line.due for line in batch.lines)) if day]
    if not days:
        return True
    done = bool(batch.lines) and all((line.on_post or 0) >= line.planned for line in batch.lines)
    lines = {line.id for line in batch.lines}
    begun = any(one.recruit_line in lines and period.first <= one.start <= period.flow_last for one in facts.engagements)
    return min(days) <= period.flow_last and (not done or begun or max(days) >= period.first)


def _lines(batch: RecruitBatch, facts: Facts) -> Iterator[_Line]:
    units: Mapping[int | None, Unit] = {unit.id: unit for unit in facts.units}
    order = list(units)
    if not batch.lines:
        yield _Line(batch, None, None, _due(batch, None), None, ())
    for line in sorted(batch.lines, key=lambda one: order.index(one.unit) if one.unit in units else len(order)):
        due = _due(batch, line)
        passed = due is not None and due < facts.period.as_of
        late = 0 if not passed else None if line.on_post is None else max(0, line.planned - line.on_post)
        came = tuple(one.id for one in facts.engagements if one.recruit_line == line.id and one.start <= facts.period.as_of)
        yield _Line(batch, line, units.get(line.unit), due, late, came)


def _due(batch: RecruitBatch, line: RecruitLine | None) -> date | None:
    """The day by which the people should be in post: the unit's own, the batch's, in 2019 the stage's; later years have no other."""
    plan = stages()
    announced = batch.announced or batch.agreed_on
    given = plan.stage("S3").last if announced and announced.year == plan.year else None
    return (line.due if line else None) or batch.due or given


def _name(line: _Line) -> str:
    return f"{line.batch.name}·{line.unit.name}" if line.unit else line.batch.name


def _scope(unit: Unit | None) -> Scope:
    kind = unit.type if unit else ""
    return Scope.BUREAU if kind == BUREAU else Scope.TOWN if kind in TOWN_TYPES else Scope.OTHER


def _agreed(line: _Line) -> str:
    """Both organs with their days, or the one that has agreed."""
    given = (("党委", line.batch.party), ("政府", line.batch.government))
    return "；".join(f"{organ}{consent.on}" for organ, consent in given if consent.on)


def _remark(line: _Line) -> str:
    late = line.late or 0
    remarks = (
        "数据不足：没有分单位的招录计划" if line.line is None else "",
        "未注明单位" if line.line is not None and line.unit is None else "",
        "数据不足：没有登记到岗人数" if line.line is not None and line.line.on_post is None else "",
        f"到期未到岗{late}人" if late else "",
    )
    return "；".join(filter(None, remarks))


def _cell(line: _Line, value: Value) -> Cell:
    record = ("recruit_line", line.line.id) if line.line else ("recruit_batch", line.batch.id)
    return Cell(value, units=(line.unit.id,) if line.unit else (), records=(record,))


def _of(take: Callable[[_Line], Value], total: Value = None) -> Callable[[_Line | None], Cell]:
    """The cell of a line; 合计 (no line) has sums only."""
    return lambda line: Cell(total) if line is None else _cell(line, take(line))


def _text(take: Callable[[_Line], object]) -> Callable[[_Line | None], Cell]:
    return _of(lambda line: str(take(line) or "") or None)


def _count(take: Callable[[RecruitLine], int | None]) -> Callable[[_Line | None], Cell]:
    return _of(lambda line: take(line.line) if line.line else None)


def _on_post(line: _Line | None) -> Cell:
    if line is None or line.line is None:
        return Cell()
    return Cell(line.line.on_post, line.recruited, (line.unit.id,) if line.unit else (), records=(("recruit_line", line.line.id),))


def _waited(line: _Line) -> Value:
    """Days from the later consent to the notice, negative where the notice came first; — while one of them is missing."""
    agreed, announced = line.batch.agreed_on, line.batch.announced
    return (announced - agreed).days if agreed and announced else NOT_APPLICABLE


_FIGURES: tuple[Figure[_Line | None], ...] = (
    Figure(Column("甲", "招录批次", Measure.LONG, width=6), _of(lambda line: line.batch.name, "合计")),
    Figure(Column("乙", "单位名称", Measure.LONG, width=6), _text(lambda line: line.unit.name if line.unit else "")),
    Figure(Column("1", "方案文号", Measure.LONG, width=6), _text(lambda line: line.batch.plan_no)),
    Figure(Column("2", "党委、政府同意日期", Measure.LONG, width=7), _text(_agreed)),
    Figure(Column("3", "公告日期", Measure.TEXT, width=5), _text(lambda line: line.batch.announced)),
    Figure(Column("4", "公告渠道", Measure.LONG, width=4), _text(lambda line: line.batch.channel)),
    Figure(Column("5", "招录方式", Measure.LONG, width=4), _text(lambda line: line.batch.method)),
    Figure(Column("6", "计划招录", total="Σ"), _count(lambda line: line.planned)),
    Figure(Column("7", "报名", total="Σ"), _count(lambda line: line.applied)),
    Figure(Column("8", "资格审查合格", total="Σ"), _count(lambda line: line.qualified)),
    Figure(Column("9", "考核（面试）通过", total="Σ"), _count(lambda line: line.interviewed)),
    Figure(Column("10", "公示", total="Σ"), _count(lambda line: line.publicised)),
    Figure(Column("11", "已签合同", total="Σ"), _count(lambda line: line.hired)),
    Figure(Column("12", "到岗", total="Σ"), _on_post),
    Figure(Column("13", "完成率", Measure.RATE, width=4, formula="12/6")),
    Figure(Column("14", "未完成数", formula="max(0.,6−12)", total="Σ")),
    Figure(Column("15", "计划完成日期", Measure.TEXT, width=5), _text(lambda line: line.due)),
    Figure(Column("16", "招录主体", Measure.LONG, width=6), _text(lambda line: line.batch.recruiter)),
    Figure(Column("17", "同意至公告天数"), _of(_waited, NOT_APPLICABLE)),
    Figure(Column("18", "到期未到岗人数", total="Σ"), _of(lambda line: line.late)),
    Figure(
        Column("19", "登记到岗人数", total="Σ"),
        lambda line: Cell() if line is None else Cell(len(line.recruited), line.recruited, (line.unit.id,) if line.unit else ()),
    ),
    Figure(Column("20", "备注", Measure.LONG, width=6), _text(_remark)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; publication is asked of the operating plan (表10), not of the recruitment notice."""
    yield Audit("7-H1", "表7", EACH, "7≥8≥9≥11≥12", HARD)
    yield Audit("7-H2a", "表7", LINES, "14=max(0.,6−12)", HARD)
    yield Audit("7-H2b", "表7", EACH, "13=12/6", HARD)
    yield from sums("7-H3", "表7", (*range(6, 13), 14, 18, 19))
    yield Audit("7-S1", "表7", LINES, "18=0.", SOFT)
    yield Audit("7-S2", "表7", LINES, "17≥0天", SOFT)
    yield Audit("7-S3", "表7", TOTAL, "14≥T2[合计,17]", SOFT)
    yield Audit("7-S4", "表7", LINES, "19=12", SOFT)
    yield Audit("7-S5", "表7", TOTAL, "12≤T13[合计,2]", SOFT)
