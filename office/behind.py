"""Behind a figure: the people, units, contracts and other records it was taken from, and in words how it came to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db.labels import label
from office.returns_desk import Draft
from policy.facts import Facts
from policy.placing import last_assignment, term_on
from returns.audit import Outcome
from returns.fill import Source, line_keys
from returns.formula import columns_in
from returns.points import place
from returns.sheet import Cell, Scope, Sheet, shown
from returns.upright import operands, relation

APART = ("封面", "审核表")
"""Forms about the others: their cells have no source."""


@dataclass(frozen=True)
class Record:
    """One record behind a figure: (table, number) to open it, its name, the unit it belongs to, what it is."""

    table: str
    number: int
    name: str
    unit: str = ""
    kind: str = ""


def records(facts: Facts, cell: Cell) -> tuple[Record, ...]:
    """Everything a figure was counted from: people, units, contracts, other records."""
    return (*_people(facts, cell.people), *_units(facts, cell.units), *_contracts(facts, cell.contracts), *_others(facts, cell.records))


def counted(cell: Cell) -> str:
    """How many of each, in words: 3 人、1 个单位."""
    counts = ((cell.people, "人"), (cell.units, "个单位"), (cell.contracts, "份合同"), (cell.records, "条记录"))
    return "、".join(f"{len(those)} {words}" for those, words in counts if those)


def story(draft: Draft, sheet: Sheet, at: int, index: int) -> tuple[str, ...]:
    """How the cell in line `at` and column `index` came to be: set by hand over what, its formula with the figures in it, and what
    the audit holds it against."""
    if sheet.key in APART:
        return ()
    row, column = sheet.rows[at], sheet.columns[index]
    lines = [*_by_hand(draft, sheet, at, index)]
    if sheet.upright:
        lines += _upright(sheet, at, column.mark)
    elif row.scope is Scope.TOTAL and column.total == "Σ":
        lines.append("合计＝各行相加")
    elif column.formula:
        parts = [f"第{mark}栏 {shown(sheet.cell(row, mark), sheet.columns[sheet.column(mark)].measure) or '空白'}" for mark in columns_in(column.formula)]
        lines.append(f"算式：{column.mark}={column.formula}" + (f"（{'，'.join(parts)}）" if parts else ""))
    line, mark = (column.mark, shown(row.cells[0], sheet.columns[0].measure)) if sheet.upright else (row.name, column.mark)
    lines += [
        f"审核 {one.audit.id}：{one.audit.text}　{one.outcome.value}"
        for one in draft.audited.results
        if one.audit.form == sheet.key and one.line == line and one.outcome is not Outcome.NOT_CHECKED and mark in columns_in(one.audit.text)
    ]
    for point in draft.audited.points:
        if point.form == sheet.key and place(point, sheet) == (at, index):
            lines += point.told
    return tuple(dict.fromkeys(lines))


def _upright(sheet: Sheet, at: int, mark: str) -> Iterator[str]:
    """The relation of a cell of an upright form with the figures in it."""
    named = operands(sheet, at, mark)
    if named:
        row, text = sheet.rows[at], relation(sheet, sheet.rows[at], mark)
        across = text != row.formula
        parts = []
        for one, (line, index) in named.items():
            cell = sheet.rows[line].cells[index]
            parts.append(f"{one if across else f'行次{one}'} {shown(cell, cell.measure or sheet.columns[index].measure) or '空白'}")
        yield f"算式：{mark if across else row.cells[0].value}={text}（{'，'.join(parts)}）"


def _by_hand(draft: Draft, sheet: Sheet, at: int, index: int) -> Iterator[str]:
    column = sheet.columns[index]
    where = sheet.key, line_keys(sheet)[at], column.mark
    source, entry = draft.filled.source(sheet, where[1], column.mark), draft.filled.entries.get(where)
    if source is Source.TYPED:
        yield "手填：台账里没有这一项"
    elif source is Source.OVERRIDDEN and entry is not None:
        measure = sheet.rows[at].cells[index].measure or column.measure
        yield f"台账数 {shown(Cell(draft.filled.computed.get(where)), measure) or '空白'}，已调整。理由：{entry.reason}"


def _people(facts: Facts, engagements: tuple[int, ...]) -> Iterator[Record]:
    """People of engagements with their using unit and type on the as-of date, in the order given."""
    by_id = {one.id: one for one in (*facts.gone, *facts.engagements)}
    names = {unit.id: unit.name for unit in (*facts.gone_units, *facts.units)}
    day = facts.period.as_of
    for number in engagements:
        one = by_id[number]
        last = day if one.end is None else min(day, one.end)
        posted, term = last_assignment(one, day), term_on(one, last)
        unit = names.get(posted.unit, "") if posted else "未安排派驻"
        yield Record("person", one.person.id, one.person.name, unit, term.type if term else "")


def _units(facts: Facts, units: tuple[int, ...]) -> Iterator[Record]:
    by_id = {unit.id: unit for unit in (*facts.gone_units, *facts.units)}
    return (Record("unit", number, by_id[number].name, "", by_id[number].type) for number in units if number in by_id)


def _contracts(facts: Facts, contracts: tuple[int, ...]) -> Iterator[Record]:
    by_id = {one.id: one for one in facts.contracts}
    for number in contracts:
        one = by_id.get(number)
        supplier = one.supplier.name if one and one.supplier else ""
        yield Record("purchase_contract", number, f"{one.no} {one.name}" if one else f"合同 {number}", supplier, one.kind if one else "采购合同")


def _others(facts: Facts, found: tuple[tuple[str, int], ...]) -> Iterator[Record]:
    """Other records by name; a line of something is shown as the whole it belongs to."""
    named = _names(facts)
    for table, number in found:
        if known := named.get((table, number)):
            yield known
        else:
            yield Record(table, number, f"{label(table)} {number}", "", label(table))


def _names(facts: Facts) -> dict[tuple[str, int], Record]:
    held, units = facts.management, {unit.id: unit.name for unit in (*facts.gone_units, *facts.units)}
    people = {one.person.id: one.person.name for one in (*facts.gone, *facts.engagements)}
    made: dict[tuple[str, int], Record] = {}

    def add(table: str, number: int, name: str, unit: str = "", opens: tuple[str, int] | None = None) -> None:
        made[table, number] = Record(*(opens or (table, number)), name or f"{label(table)} {number}", unit, label(table))

    for batch in held.recruits:
        add("recruit_batch", batch.id, batch.name)
        for line in batch.lines:
            add("recruit_line", line.id, batch.name, units.get(line.unit or 0, ""), ("recruit_batch", batch.id))
    for training in held.trainings:
        add("training", training.id, training.name)
    for meeting in held.meetings:
        add("meeting", meeting.id, meeting.name)
    for document in held.documents:
        add("plan_doc", document.id, document.title or document.kind)
    for paper in facts.fund_docs:
        add("fund_doc", paper.id, paper.title)
    for survey in held.surveys:
        add("survey_window", survey.id, survey.name or "窗口摸查", units.get(survey.unit, ""), ("unit", survey.unit))
    for problem in held.problems:
        add("problem", problem.id, problem.what, units.get(problem.unit or 0, ""))
    for contract in facts.labour_contracts:
        add("labour_contract", contract.id, people.get(contract.person, ""), contract.kind)
    by_contract = {one.id: one.no for one in facts.contracts}
    for evaluation in held.evaluations:
        add("evaluation", evaluation.id, by_contract.get(evaluation.contract, ""))
    for supervision in held.supervisions:
        add("supervision", supervision.id, by_contract.get(supervision.contract, ""))
    for change in held.grade_changes:
        add("grade_change", change.id, people.get(change.person, ""), "", ("person", change.person))
    return made
