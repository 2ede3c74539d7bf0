"""The desk a return is made at: the task's forms laid from the book, figures filled in, the audit beside them, and notes.

A return that is being made is always what the book says now, with the figures set by hand in it; a sealed one is what its seal kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.lists import Key
from db.return_tables import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK, UNSEALED
from db.rows import defaults, next_ids, row, rows
from office import city_papers
from office.check import facts_in
from office.city_book import is_city
from office.formulas import own_formulas
from office.keeping import Kept, kept_of
from office.rollup import city_of
from office.tasks import task_of, whole
from policy.facts import Facts
from policy.period import Period, parse_period, period_before
from returns.annual import OVER_OTHERS, in_order, lay_all, over_others
from returns.audit import Audit
from returns.fill import Entry, Filled, fill, line_keys, read_value, refusal
from returns.forms import FORMS, audits, cover, notes
from returns.points import Audited, note_refusal, run, with_notes
from returns.sheet import Row, Sheet, Value, digest
from returns.stored import value_of, value_text
from returns.task import Task

KEPT_STATES: Final = (SEALED, SENT, RECEIVED, SENT_BACK, UNSEALED)
"""States in which a return is what its seal kept."""
STANDING: Final = (SEALED, SENT, RECEIVED)
"""States in which a sealed return stands for its period."""


@dataclass(frozen=True)
class Last:
    """The last period's forms, and in words where they come from."""

    sheets: tuple[Sheet, ...] = ()
    said: str = "没有上期数据"
    sealed: bool = False


@dataclass(frozen=True)
class Draft:
    """One version of a return as it stands: its row, task, facts, filled sheets, audit and the last period."""

    number: int
    version: int
    state: str
    held: Mapping[str, Any]
    task: Task
    facts: Facts
    filled: Filled
    audited: Audited
    last: Last
    erased: str = ""
    """In words whom the law took out of it after it was sealed."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The forms in binding order, 封面 first where the task has it."""
        return self.sheets_with()

    def sheets_with(self, log: str = "") -> tuple[Sheet, ...]:
        """The forms, 审核表 with the audit's points and their notes, the cover saying where the book's diary stood."""
        if self.state in KEPT_STATES:
            return self.filled.sheets
        noted = notes.lay(self.facts, self.task, self.audited.points)
        body = tuple(noted if sheet.key == notes.KEY else sheet for sheet in self.filled.sheets)
        if "封面" not in self.task.forms:
            return body
        counts = self.audited.count("hard"), self.audited.count("soft")
        return (cover.lay(self.facts, self.task, body, *counts, log), *body)

    @property
    def digest(self) -> str:
        """SHA-256 over every figure: what is approved is what is sealed."""
        return digest(self.filled.sheets)


def open_return(book: Book, task: int) -> int:
    """The newest version of a task's return; made where there is none yet. The last period's notes come along, to be confirmed."""
    held = whole(book.read(row, "report_task", (task,)))
    versions = book.read(rows, "return_", task=task)
    if versions:
        return int(max(versions, key=lambda one: one["version"])["id"])
    ids = book.read(next_ids)
    number = ids["return_"]
    values = defaults("return_") | {"id": number, "task": task, "version": 1, "state": DRAFT, "filled_by": book.who}
    made = [Change("return_", (number,), None, values)]
    before = book.read(_standing, task_of(held))
    notes = book.read(rows, "return_note", return_=before["id"]) if before else []
    for at, note in enumerate(notes, ids["return_note"]):
        made.append(Change("return_note", (at,), None, note | {"id": at, "return_": number, "confirmed": False}))
    book.act(f"编制报表 {_name(held, 1)}", made)
    return number


def draft_in(connection: Any, number: int) -> Draft:
    """One return as it stands (for `book.read` and `book.read_later`): from its seal where it has one, else from the book now."""
    held = row(connection, "return_", (number,))
    if held is None:
        raise Refused("这份报表已经不在了。请刷新。")
    if held["state"] in KEPT_STATES:
        return _kept_draft(held, kept_in(connection, number))
    task = task_of(whole(row(connection, "report_task", (held["task"],))))
    return made_now(connection, held, task, entries_in(connection, number), notes_in(connection, number))


def made_now(
    connection: Any, held: Mapping[str, Any], task: Task, entries: Sequence[Entry], notes: Mapping[tuple[str, str], tuple[str, bool]]
) -> Draft:
    """A return from the book as it is now; in a city's book what its counties reported, rolled up."""
    if is_city(connection):
        return _rolled_up(connection, held, task, notes)
    period = parse_period(task.period, task.as_of)
    facts = facts_in(connection, period)
    last = last_in(connection, task, period)
    filled, audited = worked_out(facts, task, entries, last, own_formulas(connection, period.as_of))
    return Draft(held["id"], held["version"], held["state"], held, task, facts, filled, with_notes(audited, notes), last)


def _rolled_up(connection: Any, held: Mapping[str, Any], task: Task, notes: Mapping[tuple[str, str], tuple[str, bool]]) -> Draft:
    city, before = city_of(connection, held["task"]), _standing(connection, task)
    last = last_in(connection, task, city.facts.period) if before else Last()
    audited = with_notes(city_papers.audited(city), notes)
    return Draft(held["id"], held["version"], held["state"], held, city_papers.task_of_city(city), city.facts, Filled(city_papers.papers(city), {}, {}, ()), audited, last)


def worked_out(facts: Facts, task: Task, entries: Sequence[Entry], last: Last, own: Sequence[Audit]) -> tuple[Filled, Audited]:
    """全部运算: the task's forms from facts with the entries in them, and their audit; 综合表 follows what is filled in."""
    body = tuple(form for form in task.forms if form not in OVER_OTHERS)

    def over(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
        return over_others(facts, task, sheets, last.sheets, last.said)

    filled = fill(lay_all(facts, replace(task, forms=body)), entries, task, over)
    filled = replace(filled, sheets=in_order(filled.sheets))
    formulas = (*audits(facts.parameters, facts.period), *own)
    return filled, run(facts, task, filled, companions(facts, task), formulas, last.sheets)


def companions(facts: Facts, task: Task) -> tuple[Sheet, ...]:
    """The forms the task does not ask for, as formulas need them: whole, with the long 附表2."""
    whole_task = replace(task, masked=True, public=False, long_pay_list=True, pay_list_ground=True, forms=tuple(form.key for form in FORMS))
    return tuple(form.lay(facts, whole_task) for form in FORMS if form.key not in OVER_OTHERS and (form.key not in task.forms or form.key == "附表2"))


def last_in(connection: Any, task: Task, period: Period) -> Last:
    """The last period of the same series: its sealed return, else worked out from the book as of that period's end, 未封存."""
    before = period_before(period)
    held = _standing(connection, task)
    if held is not None:
        return Last(kept_in(connection, held["id"]).sheets, f"{before.title}第{held['version']}版（{held['state']}）", True)
    try:
        facts = facts_in(connection, before)
    except ValueError:  # before the notice
        return Last()
    if not facts.engagements and not facts.caseload:
        return Last()
    forms = tuple(form.key for form in FORMS if form.key != "封面")
    asked = replace(task, period=before.label, as_of=None, forms=forms, long_pay_list=True, pay_list_ground=True)
    return Last(lay_all(facts, asked), f"{before.title}（按台账重新计算，未封存）")


def _standing(connection: Any, task: Task) -> dict[str, Any] | None:
    """The row of the sealed return of the same series that stands for the period before."""
    before = period_before(parse_period(task.period)).label
    tasks = [one["id"] for one in rows(connection, "report_task", name=task.name, period=before)]
    found = [one for one in rows(connection, "return_", task=tasks) if one["state"] in STANDING] if tasks else []
    return max(found, key=lambda one: one["version"]) if found else None


def entries_in(connection: Any, number: int) -> tuple[Entry, ...]:
    """What was filled in by hand."""
    return tuple(
        Entry(
            one["form"], one["line"], one["mark"], value_of(one["value"]), value_of(one["computed"]) if one["computed"] else None, one["reason"] or ""
        )
        for one in rows(connection, "return_cell", return_=number)
    )


def notes_in(connection: Any, number: int) -> dict[tuple[str, str], tuple[str, bool]]:
    """(point, subject) → note and whether it is confirmed for this period."""
    return {(one["point"], one["subject"]): (one["text"], one["confirmed"]) for one in rows(connection, "return_note", return_=number)}


def kept_in(connection: Any, number: int) -> Kept:
    """What the seal of a return kept. Refused where it has none."""
    found = rows(connection, "seal", return_=number)
    if not found:
        raise Refused("这份报表还没有封存。请先审核、封存。")
    return kept_of(found[0])


def _kept_draft(held: Mapping[str, Any], kept: Kept) -> Draft:
    last = Last(said=kept.record.last)
    sheets = tuple(sheet for sheet in kept.sheets)
    computed = {entry.place: entry.computed for entry in kept.record.entries if entry.reason}
    filled = Filled(sheets, {entry.place: entry for entry in kept.record.entries}, computed, ())
    return Draft(held["id"], held["version"], held["state"], held, kept.record.task, kept.facts, filled, kept.record.audited, last, kept.said_erased())


# Filling in


def fill_cell(book: Book, draft: Draft, form: str, line: str, mark: str, text: str, reason: str = "") -> int | None:
    """Set a figure by hand at (form, line key, 栏次): typed where the book knows nothing of it, else in the place of the book's figure
    with a reason. The book's own figure typed again takes the entry away. Returns the act, None where nothing changes.

    Unreadable or Refused with a sentence for a figure that cannot be read, a cell that follows from others, a reason that says nothing.
    """
    _being_made(draft)
    sheet, at = _place(draft, form, line, mark)
    if said := refusal(sheet, at, mark):
        raise Refused(said)
    column = sheet.columns[sheet.column(mark)]
    value = read_value(text, sheet, at, mark)
    place = (form, line, mark)
    computed: Value = None if column.by_hand else draft.filled.computed.get(place, sheet.cell(at, mark).value)
    if value == computed and not (column.by_hand and value is not None):
        return clear_cell(book, draft, form, line, mark)
    if not column.by_hand and (wrong := note_refusal(reason)):
        raise Refused(wrong.replace("审核说明", "调整理由"))
    values = {"value": value_text(value), "computed": None if column.by_hand else value_text(computed), "reason": reason.strip() or None}
    held = _held_cell(book, draft.number, place)
    name = f"填报 {form}“{at.name}”第 {mark} 栏"
    if held is None:
        number = book.read(next_ids)["return_cell"]
        whole_row = {"id": number, "return_": draft.number, "form": form, "line": line, "mark": mark, **values}
        return book.act(name, [Change("return_cell", (number,), None, whole_row), *_filler(book, draft)], reason=reason.strip())
    changed = {key: one for key, one in values.items() if held[key] != one}
    if not changed:
        return None
    mended = Change("return_cell", (held["id"],), {key: held[key] for key in changed}, changed)
    return book.act(name, [mended, *_filler(book, draft)], reason=reason.strip())


def clear_cell(book: Book, draft: Draft, form: str, line: str, mark: str) -> int | None:
    """Take an entry away: the cell says again what the book says."""
    _being_made(draft)
    held = _held_cell(book, draft.number, (form, line, mark))
    if held is None:
        return None
    return book.act(f"恢复台账数 {form}第 {mark} 栏", [Change("return_cell", (held["id"],), held, None), *_filler(book, draft)])


def _filler(book: Book, draft: Draft) -> list[Change]:
    """Whoever fills in last is the 填报人, who does not approve."""
    held = book.read(row, "return_", (draft.number,))
    if held is None or held["filled_by"] == book.who:
        return []
    return [Change("return_", (draft.number,), {"filled_by": held["filled_by"]}, {"filled_by": book.who})]


def _held_cell(book: Book, number: int, place: tuple[str, str, str]) -> dict[str, Any] | None:
    form, line, mark = place
    found = book.read(rows, "return_cell", return_=number, form=form, line=line, mark=mark)
    return found[0] if found else None


def _place(draft: Draft, form: str, line: str, mark: str) -> tuple[Sheet, Row]:
    sheet = next((one for one in draft.filled.sheets if one.key == form), None)
    if sheet is None or all(column.mark != mark for column in sheet.columns):
        raise Refused(f"这份报表里没有{form}第 {mark} 栏。请刷新。")
    at = dict(zip(line_keys(sheet), sheet.rows, strict=True)).get(line)
    if at is None:
        raise Refused(f"{form}里没有这一行了。请全部运算后再填。")
    return sheet, at


def _being_made(draft: Draft) -> None:
    if draft.state == APPROVED:
        raise Refused("报表已审核，不能再改。需要修改的，请先“退回修改”（须填写原因）。")
    if draft.state != DRAFT:
        raise Refused(f"报表{draft.state}，不能再改。需要修改的，请先“解封”（须填写原因）。")


# Notes


def write_note(book: Book, draft: Draft, points: Iterable[tuple[str, str]], text: str) -> int | None:
    """Write the same note to one or several points (id, subject), confirmed for this period; None where nothing changes. Refused for
    a note that says nothing."""
    _being_made(draft)
    if wrong := note_refusal(text):
        raise Refused(wrong)
    return _noted(book, draft, {point: text.strip() for point in points}, "审核说明")


def confirm_notes(book: Book, draft: Draft, points: Iterable[tuple[str, str]]) -> int | None:
    """Confirm notes offered from the last period: they hold for this one too."""
    _being_made(draft)
    held = book.read(notes_in, draft.number)
    texts = {point: held[point][0] for point in points if point in held}
    for text in texts.values():
        if wrong := note_refusal(text):
            raise Refused(wrong)
    return _noted(book, draft, texts, "确认上期说明")


def _noted(book: Book, draft: Draft, texts: Mapping[tuple[str, str], str], name: str) -> int | None:
    held = {(one["point"], one["subject"]): one for one in book.read(rows, "return_note", return_=draft.number)}
    number = book.read(next_ids)["return_note"]
    changes: list[Change] = []
    for (point, subject), text in texts.items():
        there = held.get((point, subject))
        after = {"text": text, "confirmed": True}
        if there is None:
            key: Key = (number,)
            changes.append(Change("return_note", key, None, {"id": number, "return_": draft.number, "point": point, "subject": subject, **after}))
            number += 1
        elif changed := {column: one for column, one in after.items() if there[column] != one}:
            changes.append(Change("return_note", (there["id"],), {column: there[column] for column in changed}, changed))
    shown = "、".join(dict.fromkeys(point for point, _ in texts))
    return book.act(f"{name} {shown}", [*changes, *_filler(book, draft)]) if changes else None


def _name(task: Mapping[str, Any], version: int) -> str:
    return f"{task['name']}（{task['period']}，第{version}版）"


def return_name(draft: Draft) -> str:
    """What a return is called in acts and sentences: 基层…报表（2026，第1版）."""
    return f"{draft.task.name}（{draft.task.period}，第{draft.version}版）"

