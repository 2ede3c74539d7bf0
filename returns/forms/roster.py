"""附表1 社会救助经办服务人员花名册: everybody engaged on the as-of date, with whether and why not they count in 表2."""

from __future__ import annotations

from dataclasses import dataclass

from policy.facts import Facts, Unit
from policy.figures import percent
from policy.kinds.idno import IDENTITY
from policy.kinds.text import PHONE
from policy.labour_facts import LabourContract
from policy.names import ERASED
from policy.placing import Placed, placed
from policy.under_contract import has_labour_contract_type, labour_of
from returns.form import Figure, Laid, finish, heading, numbered, rows
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet
from returns.task import Task


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    name: str
    id_no: str
    phone: str
    placed: Placed
    unit: Unit | None
    contract: LabourContract | None
    """The newest labour contract begun by the as-of date."""
    contracted: bool
    """Whether the 用工形式 is one with a labour contract."""


def lay(facts: Facts, task: Task) -> Sheet:
    """附表1 by unit. Identity and telephone numbers are masked unless the task says whole; a public edition leaves them out."""
    everybody = _order(facts)
    lines = [Laid(f"{line.number}", Scope.OTHER, line, line.placed.row) for line in _lines(facts, task, everybody)]
    counted = sum(one.counted for one in everybody)
    sheet = Sheet(
        "附表1",
        "社会救助经办服务人员花名册",
        (),
        heading(facts, "人"),
        tuple(figure.column for figure in _FIGURES),
        rows(_FIGURES, lines, "附表1", task),
        footer=(f"共{len(everybody)}人，其中计入实际配备人数{counted}人。",),
        notes=numbered(
            "按截至日期在册人员填列；是否计入为“否”的，备注写明原因。劳动合同取截至日期前开始的最近一份，空格为未登记，“—”为不签劳动合同的用工形式。",
            "身份证号、联系电话已作遮掩处理。" if task.masked and not task.public else "",
            "公开版不含身份信息。" if task.public else "本表含个人信息，请按规定保管和使用。",
        ),
        paper="A3",
    )
    return finish(sheet, facts, task)


def name_shown(name: str, task: Task) -> str:
    """The name, or in a public edition the surname's first character: 张*."""
    return f"{name[:1]}*" if task.public and name != ERASED else name


def masked(number: str, kind_mask: object, task: Task) -> str:
    """A number as the task wants it: whole, or its ends only."""
    return kind_mask(number) if number and task.masked and callable(kind_mask) else number


def _order(facts: Facts) -> list[Placed]:
    place = {unit.id: index for index, unit in enumerate(facts.units)}
    last = len(place)
    return sorted(placed(facts), key=lambda one: (place.get(one.row or 0, last), place.get(one.unit or 0, last), one.engagement.id))


def _lines(facts: Facts, task: Task, everybody: list[Placed]) -> list[_Line]:
    units, signed = {unit.id: unit for unit in facts.units}, labour_of(facts)
    return [
        _Line(
            number,
            name_shown(one.engagement.person.name, task),
            masked(one.engagement.person.id_no, IDENTITY.mask, task),
            masked(one.engagement.person.phone, PHONE.mask, task),
            one,
            units.get(one.unit) if one.unit is not None else None,
            max((c for c in signed.get(one.engagement.id, ()) if c.start <= facts.period.as_of), key=lambda c: (c.start, c.id), default=None),
            has_labour_contract_type(one.engagement, facts),
        )
        for number, one in enumerate(everybody, 1)
    ]


def _text(value: str) -> Cell:
    return Cell(value or None)


def _term(line: _Line) -> Cell:
    """2026-01-01至2027-12-31; an open contract has no end."""
    contract = line.contract
    if contract is None:
        return Cell(None if line.contracted else NOT_APPLICABLE)
    words = f"{contract.start}至{contract.last_day}" if contract.last_day else f"{contract.start}起，{contract.kind}"
    return Cell(words, records=(("labour_contract", contract.id),))


def _time(line: _Line) -> Cell:
    if line.contract is None:
        return Cell(None if line.contracted else NOT_APPLICABLE)
    return Cell(line.contract.seq, records=(("labour_contract", line.contract.id),))


_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "序号", width=2), lambda line: Cell(line.number, (line.placed.engagement.id,))),
    Figure(Column("乙", "姓名", Measure.TEXT, width=4), lambda line: _text(line.name)),
    Figure(Column("1", "性别", Measure.TEXT, width=2), lambda line: _text(line.placed.engagement.person.sex)),
    Figure(Column("2", "身份证号", Measure.CODE, width=11, personal=True), lambda line: _text(line.id_no)),
    Figure(
        Column("3", "出生年月", Measure.TEXT, width=4, personal=True),
        lambda line: Cell(f"{birth:%Y.%m}" if (birth := line.placed.engagement.person.birth) else None),
    ),
    Figure(Column("4", "学历", Measure.TEXT, width=4), lambda line: _text(line.placed.engagement.person.education)),
    Figure(Column("5", "专业", Measure.LONG, width=4), lambda line: _text(line.placed.engagement.person.major)),
    Figure(Column("6", "社工证", Measure.LONG, width=7), lambda line: _text(line.placed.engagement.person.certificate)),
    Figure(Column("7", "用工形式", Measure.TEXT, width=6), lambda line: _text(line.placed.term.type if line.placed.term else "")),
    Figure(Column("8", "用人单位", Measure.LONG, width=11), lambda line: _text(line.placed.term.employer if line.placed.term else "")),
    Figure(Column("9", "使用单位", Measure.LONG, width=8), lambda line: Cell(line.unit.name if line.unit else None)),
    Figure(Column("10", "派驻类型", Measure.TEXT, width=5), lambda line: Cell(line.unit.type if line.unit else "未安排派驻")),
    Figure(Column("11", "岗位", Measure.LONG, width=6), lambda line: _text(line.placed.assignment.post if line.placed.assignment else "")),
    Figure(
        Column("12", "岗位类别", Measure.TEXT),
        lambda line: _text(line.placed.assignment.work_class if line.placed.assignment else ""),
    ),
    Figure(
        Column("13", "社会救助工作占比", Measure.TEXT, width=4),
        lambda line: Cell(percent(line.placed.term.duty_share) if line.placed.term else None),
    ),
    Figure(Column("14", "入职日期", Measure.TEXT, width=5), lambda line: Cell(f"{line.placed.engagement.start:%Y-%m-%d}")),
    Figure(Column("15", "劳动合同起止", Measure.TEXT, width=11), _term),
    Figure(Column("16", "第几次签订", width=3), _time),
    Figure(Column("17", "是否计入", Measure.TEXT, width=3), lambda line: Cell("是" if line.placed.counted else "否")),
    Figure(Column("18", "联系电话", Measure.CODE, personal=True, width=6), lambda line: _text(line.phone)),
    Figure(Column("19", "备注", Measure.LONG, width=8), lambda line: _text(line.placed.why)),
)
