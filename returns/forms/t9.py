"""表9 联席会议召开情况表: every joint meeting of the period, who came, what it took up, its minutes (三（二）, 四（一）)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy.facts import Facts
from policy.finding import HINT, SOFT
from policy.management_facts import CITY, JOINT_MEETING, PARTNERS, Meeting
from policy.parameters import Parameters
from policy.stages import stages
from returns.audit import TOTAL, Audit, sums
from returns.form import Figure, Laid, finish, heading, numbered, rows
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task


@dataclass(frozen=True, slots=True)
class _Line:
    """One meeting, or all of them together (`number` 合计)."""

    number: Value
    meetings: tuple[Meeting, ...]
    missing: tuple[str, ...]
    """Topics the task wants that none of them took up."""
    minutes: int
    """Of them, those with minutes on file."""
    city_gaps: Value

    @property
    def one(self) -> Meeting | None:
        """The meeting of a line of the list."""
        return None if self.number == "合计" else self.meetings[0]


def lay(facts: Facts, task: Task) -> Sheet:
    """表9: joint meetings held in the period, by date. A topic the task wants has a column of its own."""
    held = tuple(
        one for one in facts.management.meetings if one.kind == JOINT_MEETING and facts.period.first <= one.held <= facts.period.flow_last
    )
    lines = [Laid("合计", Scope.TOTAL, _line(facts, task, "合计", held))]
    lines += [Laid(f"{number}", Scope.OTHER, _line(facts, task, number, (one,))) for number, one in enumerate(held, 1)]
    figures = (*_FIGURES, *_topic_figures(task.topics), _remark(len(_FIGURES) + len(task.topics)))
    sheet = Sheet(
        "表9",
        "联席会议召开情况表",
        (),
        heading(facts, "次、项"),
        tuple(figure.column for figure in figures),
        rows(figures, lines, "表9", task),
        footer=() if held else ("报告期内没有登记联席会议。",),
        notes=numbered(
            f"审核关系：第11至13栏合计=各次之和；第7栏合计为到过会的部门数，{'、'.join(PARTNERS)}各计一次；第8栏合计为各次会议都没有研究的议题数。",
            "任务要求的议题按任务逐项列栏，合计为研究该议题的次数。" if task.topics else "任务没有要求议题的，第8栏为0。",
            "第14栏只填市级联席会议：没有研究任务要求的购买服务具体实施方案、没有报送纪要，各计一项。“—”为不适用。",
        ),
    )
    return finish(sheet, facts, task)


def _line(facts: Facts, task: Task, number: Value, meetings: Sequence[Meeting]) -> _Line:
    return _Line(
        number,
        tuple(meetings),
        _missing(task.topics, meetings),
        sum(facts.attachments.get(("meeting", one.id), 0) > 0 for one in meetings),
        _city_gaps(task.topics, meetings),
    )


def _missing(topics: Iterable[str], meetings: Sequence[Meeting]) -> tuple[str, ...]:
    """What the task wants and none of the meetings took up; the plan of the purchase in a task with the topics of 2019 is a city's to study."""
    of_city = any(one.level == CITY for one in meetings)
    return tuple(topic for topic in topics if (of_city or not _citys(topic, topics)) and not any(topic in one.topics for one in meetings))


def _citys(topic: str, topics: Iterable[str]) -> bool:
    """Whether a topic is asked of a city's meeting only: the last one of 2019, in a task that wants all of that year's."""
    plan = stages()
    return topic == plan.city_topic and set(plan.topics) <= set(topics)


def _city_gaps(topics: Iterable[str], meetings: Sequence[Meeting]) -> Value:
    """What the minutes of a city's meetings still lack, 0 to 2; — where none of them is a city's."""
    of_city = [one for one in meetings if one.level == CITY]
    if not of_city:
        return NOT_APPLICABLE
    topic = stages().city_topic
    unstudied = topic in topics and not any(topic in one.topics for one in of_city)
    return int(unstudied) + (not any(one.reported for one in of_city))


def _records(line: _Line) -> tuple[tuple[str, int], ...]:
    return tuple(("meeting", one.id) for one in line.meetings)


def _text(take: Callable[[Meeting], object]) -> Callable[[_Line], Cell]:
    return lambda line: Cell((str(take(line.one) or "") or None) if line.one else None, records=_records(line) if line.one else ())


def _number(take: Callable[[_Line], Value]) -> Callable[[_Line], Cell]:
    return lambda line: Cell(take(line), records=_records(line))


def _partners(line: _Line) -> int:
    """Of 编办、财政、人社, those that came to one of the meetings."""
    return sum(any(name in one.departments for one in line.meetings) for name in PARTNERS)


def _topic_figures(topics: Sequence[str]) -> tuple[Figure[_Line], ...]:
    """A column a topic: 是 or 否 of a meeting, of all together in how many it was taken up."""

    def taken(topic: str) -> Callable[[_Line], Cell]:
        def take(line: _Line) -> Cell:
            those = [one for one in line.meetings if topic in one.topics]
            value: Value = len(those) if line.one is None else "是" if those else "否"
            return Cell(value, records=tuple(("meeting", one.id) for one in those))

        return take

    return tuple(
        Figure(Column(f"{len(_FIGURES) + at}", topic, Measure.TEXT, ("任务要求议题",), width=4), taken(topic)) for at, topic in enumerate(topics)
    )


def _remark(mark: int) -> Figure[_Line]:
    def words(line: _Line) -> Cell:
        return Cell(f"尚未研究：{'、'.join(line.missing)}" if line.missing and line.one is None else None)

    return Figure(Column(f"{mark}", "备注", Measure.LONG, width=9), words)


_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "序号", width=2), lambda line: Cell(line.number, records=_records(line) if line.one else ())),
    Figure(Column("1", "会议名称", Measure.LONG, width=12), _text(lambda one: one.name)),
    Figure(Column("2", "层级", Measure.TEXT, width=2), _text(lambda one: one.level)),
    Figure(Column("3", "召开日期", Measure.TEXT, width=5), _text(lambda one: one.held)),
    Figure(Column("4", "主持人职务", Measure.TEXT, width=4), _text(lambda one: one.chair)),
    Figure(Column("5", "参会部门", Measure.LONG, width=9), _text(lambda one: "、".join(one.departments))),
    Figure(Column("6", "会议议题", Measure.LONG, width=12), _text(lambda one: "、".join(one.topics))),
    Figure(Column("7", f"{'、'.join(PARTNERS)}到会数", width=6), _number(_partners)),
    Figure(Column("8", "要求议题尚缺数"), _number(lambda line: len(line.missing))),
    Figure(Column("9", "纪要文号", Measure.LONG, width=7), _text(lambda one: one.minutes_no)),
    Figure(Column("10", "纪要报送日期", Measure.TEXT, width=5), _text(lambda one: one.reported)),
    Figure(Column("11", "召开次数", total="Σ"), _number(lambda line: len(line.meetings))),
    Figure(Column("12", "有纪要次数", total="Σ"), _number(lambda line: sum(one.minutes_no != "" for one in line.meetings))),
    Figure(Column("13", "有纪要附件次数", total="Σ"), _number(lambda line: line.minutes)),
    Figure(Column("14", "市级会议尚缺要件"), _number(lambda line: line.city_gaps)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas. A county's return is not stopped by what a city's meeting lacks (9-S3): it cannot mend that."""
    yield from sums("9-H1", "表9", (11, 12, 13))
    yield Audit("9-S1", "表9", TOTAL, "11≥1次", SOFT)
    yield Audit("9-S2", "表9", TOTAL, "11>0.⇒8=0.", SOFT)
    yield Audit("9-S3", "表9", TOTAL, "14=0.", SOFT)
    yield Audit("9-S4a", "表9", TOTAL, "12=11", SOFT)
    yield Audit("9-S4b", "表9", TOTAL, "13=12", SOFT)
    yield Audit("9-I1", "表9", TOTAL, "11>0.⇒7≥3.", HINT)
