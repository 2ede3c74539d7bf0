"""表8 培训情况表: every training of the period, and how many of those new in the period had their induction (三（四））."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from policy.facts import Engagement, Facts
from policy.finding import HARD, SOFT
from policy.induction import newcomers, trained_on
from policy.management_facts import CITY, COUNTY, INDUCTION, Training
from policy.parameters import Parameters
from policy.placing import holds_on
from returns.audit import EACH, LINES, TOTAL, Audit, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.formula import total
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task

NEW = "新入职"
"""The line of who is new in the period: 应参训 is how many they are, 实参训 how many had their induction, 参训率 the coverage."""
_MEMO = (Scope.MEMO,)


@dataclass(frozen=True, slots=True)
class _Line:
    """One training, or one 其中 line: of a kind the task asks for, or of who is new."""

    number: Value
    name: str
    trainings: tuple[Training, ...]
    expected: Value
    attended: Value
    called: tuple[int, ...] = ()
    """Engagements behind 应参训."""
    came: tuple[int, ...] = ()
    new: Value = NOT_APPLICABLE
    new_people: tuple[int, ...] = ()
    remark: str = ""

    @property
    def one(self) -> Training | None:
        """The training of a line of the list."""
        return self.trainings[0] if self.name == "" else None


def lay(facts: Facts, task: Task) -> Sheet:
    """表8: trainings held in the period, by date; above them who is new in it and the kinds the task wants."""
    held = [one for one in facts.management.trainings if facts.period.first <= one.held <= facts.period.flow_last]
    fresh = newcomers(facts)
    lines: list[Laid[_Line]] = [Laid("合计", Scope.TOTAL, _whole(held, fresh)), Laid(NEW, Scope.MEMO, _new(facts, fresh))]
    lines += [Laid(kind, Scope.MEMO, _kind(facts, kind, held, fresh)) for kind in task.trainings if kind != NEW]
    lines += [Laid(f"{number}", Scope.OTHER, _line(facts, number, one, fresh)) for number, one in enumerate(held, 1)]
    columns = tuple(figure.column for figure in _FIGURES)
    sheet = Sheet(
        "表8",
        "培训情况表",
        (),
        heading(facts, "人、学时、次"),
        columns,
        rows(_FIGURES, lines, "表8", task),
        footer=() if held else ("报告期内没有登记培训。",),
        notes=numbered(
            f"审核关系：{relations(columns)}；7≤6；第5至7栏、10栏合计=各次之和；第9栏合计按人计，每人只计一次。",
            "新入职行：应参训为报告期内新入职、签订劳动合同的人数，实参训为其中已参加入职培训（含入职前一年内参加）的人数，参训率为入职培训覆盖率。"
            "更换承接主体而工作没有间断的，不算新入职。",
            "登记了参训名单的，按名单计算；没有名单的，按登记的人数。空格为未登记，不按0处理；“—”为不适用。",
        ),
    )
    return finish(sheet, facts, task)


def _engaged(facts: Facts, people: Iterable[int], training: Training) -> tuple[int, ...]:
    """The engagements of these people: the one on the day of the training, else their newest in the book."""
    found: dict[int, Engagement] = {}
    for one in facts.engagements:
        if one.person.id not in found or not holds_on(found[one.person.id], training.held):
            found[one.person.id] = one
    return tuple(found[person].id for person in people if person in found)


def _attended(training: Training, fresh: Iterable[Engagement]) -> tuple[int, ...]:
    """Of who is new, those who came."""
    return tuple(one.id for one in fresh if (one.person.id, True) in training.people)


def _line(facts: Facts, number: int, training: Training, fresh: tuple[Engagement, ...]) -> _Line:
    new = _attended(training, fresh)
    return _Line(
        number,
        "",
        (training,),
        training.expected,
        training.attended,
        _engaged(facts, (person for person, _ in training.people), training),
        _engaged(facts, (person for person, came in training.people if came), training),
        len(new) if training.people else None,
        new,
        "" if training.people else "没有参训名单",
    )


def _kind(facts: Facts, kind: str, held: Iterable[Training], fresh: tuple[Engagement, ...]) -> _Line:
    those = [_line(facts, 0, one, fresh) for one in held if one.kind == kind]
    new = tuple(dict.fromkeys(person for one in those for person in one.new_people))
    return _Line(
        "其中",
        kind,
        tuple(training for one in those for training in one.trainings),
        total(one.expected for one in those),
        total(one.attended for one in those),
        tuple(dict.fromkeys(person for one in those for person in one.called)),
        tuple(dict.fromkeys(person for one in those for person in one.came)),
        len(new),
        new,
        "" if those else "任务要求，报告期内没有登记",
    )


def _new(facts: Facts, fresh: tuple[Engagement, ...]) -> _Line:
    everybody = tuple(one.id for one in fresh)
    trained = tuple(one.id for one in fresh if trained_on(one, facts))
    return _Line("其中", NEW, (), len(everybody), len(trained), everybody, trained, remark="" if fresh else "报告期内没有新入职人员")


def _whole(held: Iterable[Training], fresh: tuple[Engagement, ...]) -> _Line:
    new = tuple(dict.fromkeys(person for training in held for person in _attended(training, fresh)))
    return _Line("合计", "合计", (), None, None, new=len(new), new_people=new)


def _records(line: _Line) -> tuple[tuple[str, int], ...]:
    return tuple(("training", one.id) for one in line.trainings)


def _of(take: Callable[[Training], Value]) -> Callable[[_Line], Cell]:
    """The cell of a training's line; other lines have no such figure."""
    return lambda line: Cell(take(line.one) if line.one else None, records=_records(line))


def _name(line: _Line) -> Cell:
    words = line.one.name if line.one else {NEW: "本期新入职人员（入职培训）", "合计": None}.get(line.name, line.name)
    return Cell(words, records=_records(line))


def _hours(line: _Line) -> Cell:
    """学时 of the training, or of all of a kind."""
    return Cell(total(one.hours for one in line.trainings) if line.trainings else NOT_APPLICABLE, records=_records(line))


def _by_office(training: Training) -> Value:
    if training.kind != INDUCTION:
        return NOT_APPLICABLE
    return "是" if training.organiser in (CITY, COUNTY) else "否"


def _times(line: _Line) -> Cell:
    return Cell(NOT_APPLICABLE if line.name == NEW else len(line.trainings), records=_records(line))


_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "序号", width=2), lambda line: Cell(line.number, records=_records(line) if line.one else ())),
    Figure(Column("1", "培训名称", Measure.LONG, width=13), _name),
    Figure(Column("2", "类型", Measure.TEXT, width=6), _of(lambda training: training.kind)),
    Figure(Column("3", "组织单位级别", Measure.TEXT, width=4), _of(lambda training: training.organiser or None)),
    Figure(Column("4", "培训日期", Measure.TEXT, width=6), _of(lambda training: f"{training.held}")),
    Figure(Column("5", "学时", total="Σ"), _hours),
    Figure(Column("6", "应参训", total="Σ"), lambda line: Cell(line.expected, line.called, records=_records(line))),
    Figure(Column("7", "实参训", total="Σ"), lambda line: Cell(line.attended, line.came, records=_records(line))),
    Figure(Column("8", "参训率", Measure.RATE, width=5, formula="7/6")),
    Figure(Column("9", "新入职人员中已训", width=5), lambda line: Cell(line.new, line.new_people)),
    Figure(Column("10", "场次", total="Σ"), _times),
    Figure(Column("11", "入职培训由市、县组织", Measure.TEXT, width=5), _of(_by_office)),
    Figure(Column("12", "备注", Measure.LONG, width=9), lambda line: Cell(line.remark or None)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; 新入职[8] is the coverage of the induction, 其中 lines of a kind stand only where the task asks for it."""
    yield Audit("8-H1", "表8", EACH, "7≤6", HARD)
    yield Audit("8-H2", "表8", EACH, "8=7/6", HARD)
    yield Audit("8-H3", "表8", LINES, "9≤7", HARD)
    yield from sums("8-H4", "表8", (5, 6, 7, 10))
    yield Audit("8-S1", "表8", TOTAL, "新入职[8]=100%", SOFT)
    yield Audit("8-S2", "表8", _MEMO, "10≥1次", SOFT)
    yield Audit("8-S3", "表8", LINES, "11=是", SOFT)
    yield Audit("8-S4", "表8", TOTAL, "新入职[6]=T13[合计,2]", SOFT)
