"""审核: what has to be looked at before a return goes up, one point for each clause and subject, whatever found it.

A formula, a check and a rule of the book that say the same of the same unit are one point and need one note. 强制性 points stop the
package; 核实性 points need a note of somebody who looked; 提示 need nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy.facts import Facts
from policy.finding import AUDIT, HARD, HINT, LEVEL_WORDS, SOFT, Finding
from policy.reason import says_nothing
from policy.rules import check as run_rules
from returns.audit import Audit, Outcome, Result, audit
from returns.checks import CHECKS, RULES_OF, Case, check
from returns.fill import Filled, line_keys
from returns.formula import columns_in
from returns.sheet import UNIT_WORDS, Cell, Measure, Row, Sheet, Value, across, in_full, shown
from returns.task import Task

_SHARE_SIDE = re.compile(r"(?:^|[=≤≥<>])[0-9.]+%(?:$|[=≤≥<>])")
"""A formula that holds a share against a percentage: 10%≤15/9≤45%."""
_LEVELS: Final = (HARD, SOFT, HINT)
MOVED: Final = "库-S1"
"""The point of an override whose figure in the book has moved since."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the audit found: the clause, what it is about, where it shows, and both sides of the comparison in words."""

    id: str
    subject: str
    """u5 (a unit), p3 (a person), c1 (a contract), else a line's name: with the id what a note is kept under."""
    form: str
    line: str
    mark: str
    level: str
    said: tuple[str, ...]
    """Sentences, one for each formula, check or rule that found it; nobody is named in them, they go up with the return."""
    unit: int | None = None
    note: str = ""
    confirmed: bool = False
    people: tuple[str, ...] = ()
    """Who it is about, in words for the desk: never on a form, in a package or in a document."""

    @property
    def open(self) -> bool:
        """Whether it still stands in the way of the package."""
        return self.level == HARD or (self.level == SOFT and not (self.note and self.confirmed))

    @property
    def told(self) -> tuple[str, ...]:
        """What is said at the county's own desk: the sentences, and who it is about."""
        return (*self.said, f"涉及人员：{'、'.join(self.people)}。") if self.people else self.said


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit run: every formula in every line, and the points that came of it, hard first."""

    results: tuple[Result, ...]
    points: tuple[Point, ...]

    def count(self, level: str) -> int:
        """Points of a level."""
        return sum(point.level == level for point in self.points)

    def outcomes(self) -> Mapping[Outcome, int]:
        """How many formula lines held, failed, had no data or were not checked."""
        return {outcome: sum(one.outcome is outcome for one in self.results) for outcome in Outcome}

    def stops(self) -> str:
        """"" where a package may be made, else the sentence that says what is still to be done."""
        hard = sum(point.level == HARD for point in self.points)
        soft = sum(point.level == SOFT and point.open for point in self.points)
        parts = [f"强制性问题 {hard} 条须改正" if hard else "", f"核实性问题 {soft} 条须写审核说明" if soft else ""]
        said = "，".join(filter(None, parts))
        return f"审核没有通过：{said}。请在审核结果里逐条处理后再试。" if said else ""


def place(point: Point, sheet: Sheet) -> tuple[int, int] | None:
    """(line of the body, column) from 0 where a point shows in its form; None where it is about no one cell."""
    marks = [column.mark for column in sheet.columns]
    if sheet.upright:
        line, mark = [shown(row.cells[0], sheet.columns[0].measure) for row in sheet.rows], point.line
        return (line.index(point.mark), marks.index(mark)) if point.mark in line and mark in marks else None
    for lines in ([row.name for row in sheet.rows], list(line_keys(sheet))):
        if point.line in lines:
            return lines.index(point.line), marks.index(point.mark) if point.mark in marks else 0
    return None


def clause(id: str) -> str:
    """The clause of the page a formula belongs to: 2-H3b → 2-H3, 2-H5.17 → 2-H5."""
    return re.sub(r"(?:\.[0-9]+|[a-z]+)+$", "", id)


def note_refusal(text: str) -> str:
    """"" for a note that says something, else the sentence that refuses it."""
    wrong = says_nothing(text)
    return f"审核说明“{text.strip()}”{wrong}。请写明实际原因和处理办法，如：青石镇计划明年三月前招录补齐。" if wrong else ""


def run(
    facts: Facts, task: Task, filled: Filled, companions: Sequence[Sheet], formulas: Iterable[Audit], last: Sequence[Sheet] = (),
    findings: Sequence[Finding] | None = None,
) -> Audited:
    """Audit a filled return. `companions`: forms the task does not ask for but formulas name; `last`: the last period's forms."""
    sheets = {sheet.key: sheet for sheet in (*companions, *(one for one in filled.sheets if one.key != "附表2"))}
    asked = {*task.forms, "封面"}
    results = audit(list(sheets.values()), [one for one in formulas if one.form in asked and one.due(facts.period)], last)
    seen: dict[tuple[str, str], Point] = {}

    def add(point: Point) -> None:
        held = seen.get((point.id, point.subject))
        seen[point.id, point.subject] = point if held is None else _joined(held, point)

    turned = {key: across(sheet) for key, sheet in sheets.items()}
    for result in results:
        if result.outcome is Outcome.FAILS:
            add(of_formula(result, turned[result.audit.form]))
    for checking, miss in check(Case(facts, task, {key: sheet for key, sheet in sheets.items() if key in asked})):
        id = clause(checking.id)
        add(Point(id, _subject(miss.unit, miss.line or checking.form), checking.form, miss.line, miss.mark, checking.level, (miss.said,), miss.unit))
    for finding in run_rules(facts) if findings is None else findings:
        if finding.kind == AUDIT:
            add(_of_rule(finding))
    for place, entry in filled.entries.items():
        if place in filled.computed and filled.computed[place] != entry.computed:
            add(_moved(entry.form, entry.line, entry.mark, entry.computed, filled.computed[place], sheets[entry.form]))
    return Audited(results, tuple(sorted(seen.values(), key=lambda one: _LEVELS.index(one.level))))


def with_notes(audited: Audited, notes: Mapping[tuple[str, str], tuple[str, bool]]) -> Audited:
    """The points with their notes: (id, subject) → text and whether it was confirmed for this period."""
    noted = (replace(one, note=notes[key][0], confirmed=notes[key][1]) if (key := (one.id, one.subject)) in notes else one for one in audited.points)
    return replace(audited, points=tuple(noted))


def _joined(held: Point, point: Point) -> Point:
    """Two findings of one clause and subject: the stricter level, every sentence once."""
    level = min(held.level, point.level, key=_LEVELS.index)
    place = held if held.line else point
    said = tuple(dict.fromkeys((*held.said, *point.said)))
    people = tuple(dict.fromkeys((*held.people, *point.people)))
    return replace(held, level=level, said=said, people=people, form=place.form, line=place.line, mark=place.mark)


def _subject(unit: int | None, line: str) -> str:
    return line if unit is None else f"u{unit}"


def of_formula(result: Result, sheet: Sheet) -> Point:
    """A formula that failed in a line, as a point; `sheet` turned `across`."""
    audit, check = result.audit, result.check
    assert check is not None
    named = columns_in(audit.text)
    mark = named[0] if named else ""
    measure = Measure.RATE if _SHARE_SIDE.search(audit.text) else _measure(sheet, result.line, mark)
    sides = f"左边 {_said(check.left, measure)}，右边 {_said(check.right, measure)}"
    label = next(("".join((*one.groups, one.label)) for one in sheet.columns if one.mark == mark), "")
    where = f"{audit.form}“{result.line}”" + (f"第 {mark} 栏“{label}”" if label else "")
    said = f"{where}不符合 {audit.text}：{sides}"
    return Point(clause(audit.id), _subject(result.unit, result.line), audit.form, result.line, mark, audit.level, (f"{said}。",), result.unit)


def _measure(sheet: Sheet, line: str, mark: str) -> Measure:
    """How the sides of a comparison are printed: as the first column it names, a share never as money."""
    if not any(one.mark == mark for one in sheet.columns):
        return Measure.DECIMAL
    column = sheet.columns[sheet.column(mark)]
    row: Row | None = next((one for one in sheet.rows if one.name == line), None)
    return in_full((sheet.cell(row, mark).measure if row else None) or column.measure)


def _said(value: Value, measure: Measure) -> str:
    if isinstance(value, str):
        return value
    text = shown(Cell(value), measure)
    return f"{text} {UNIT_WORDS[measure]}" if text[:1].isdigit() and measure in UNIT_WORDS else text or "空白"


def _of_rule(finding: Finding) -> Point:
    id = next((page for page, rules in RULES_OF.items() if finding.rule in rules), finding.rule)
    about = finding.contract_id and f"c{finding.contract_id}"
    person = finding.person_id and f"p{finding.person_id}"
    subject = f"u{finding.unit_id}" if finding.unit_id is not None and id in RULES_OF else about or person or _subject(finding.unit_id, finding.unit)
    form = f"表{id[0]}" if id in RULES_OF else ""
    said = f"{finding.unit}：{finding.arithmetic}。" if finding.unit else f"{finding.arithmetic}。"
    people = (finding.person,) if finding.person else ()
    return Point(id, subject, form, finding.unit if form else "", "", finding.severity, (said,), finding.unit_id, people=people)


def _moved(form: str, line: str, mark: str, then: Value, now: Value, sheet: Sheet) -> Point:
    said = f"{form}第 {mark} 栏调整时台账数为 {_said(then, Measure.DECIMAL)}，现在为 {_said(now, Measure.DECIMAL)}。请核对调整数和理由。"
    column = sheet.columns[sheet.column(mark)].label
    return Point(MOVED, f"{form}/{line}/{mark}", form, line, mark, SOFT, (f"{column}：{said}",))


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of formulas: id, form, the lines it is for, its text, its level, and what it is (公式, 检查, 规则)."""

    id: str
    form: str
    scope: str
    text: str
    level: str
    kind: str


def listed(formulas: Iterable[Audit], rules: Mapping[str, tuple[str, str]]) -> tuple[Listed, ...]:
    """Every formula, check and rule that audits a return, in page order. `rules`: rule id → title and level."""
    found = [Listed(one.id, one.form, "、".join(scope.value for scope in one.scopes), one.text, LEVEL_WORDS[one.level], "公式") for one in formulas]
    found += [Listed(one.id, one.form, "", one.words, LEVEL_WORDS[one.level], "检查") for one in CHECKS]
    for page, named in RULES_OF.items():
        for rule in named:
            if rule in rules:
                title, level = rules[rule]
                found.append(Listed(page, f"表{page[0]}", "", f"{rule} {title}", LEVEL_WORDS[level], "规则"))
    return tuple(sorted(found, key=lambda one: (one.form != "封面", one.form)))
