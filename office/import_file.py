"""Bringing in a sender's file: read it apart, find its headings, plan the changes, show them, and commit exactly those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.lists.log import newest_act
from db.rows import defaults, next_ids
from intake.cells import VISIBLE, Cell, Sheet, Workbook
from intake.headers import Header, Match, find_header, match, normal
from intake.reader import read
from intake.refusal import Refusal
from intake.table import Record, Said, Skipped, Table, records
from intake.text import GUESSED
from office.backup import before
from office.import_sheets import chosen_sheet, left_out
from office.imports.doubts import Question, Unknown, cut_numbers, merged_cells, questions, unfilled, unknown
from office.imports.plan import ADD, BOTH, CHANGED, FILL, LEAVE, NEW, SAME, STATES, UPDATE, WAITING, WRONG, Context, ImportKind, Planned
from office.imports.titles import day_said, month_said, titles
from office.mapping import ADDED, NOTHING, HeadingMap, fields_with, mapped, recognised, remembering, saved
from policy.kinds.month import MONTH
from policy.names import fold

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

SLOWEST: Final = 120.0
"""Seconds a file may take: a year's pay of a large county on an old office PC; the clerk sees progress and can cancel."""
STOPPED: Final = "已取消，没有导入任何内容。"


@dataclass(frozen=True)
class Asked:
    """What the clerk has said about a file; everything may be left out."""

    sheet: str | None = None
    header_row: int | None = None
    """Number of the heading row, the lower one where there are two."""
    month: int | None = None
    day: date | None = None
    confirmed: Mapping[str, int] = field(default_factory=dict)
    """Field id → column, for guesses the clerk has agreed to and columns chosen by hand."""
    mapping: HeadingMap = NOTHING
    mode: str = BOTH
    confirmed_names: frozenset[str] = frozenset()
    """Names (as shown in the preview) of people who are the ones in the book who bear the name."""
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """(row number, field id) → text typed in place of the cell."""


@dataclass(frozen=True)
class Preview:
    """What an import would do. Nothing has been written; `commit` applies exactly the changes in `rows`."""

    kind: ImportKind
    workbook: Workbook
    sheet: str
    header: Header
    found: Match
    columns: Mapping[str, int]
    """Field id → column, as used."""
    context: Context
    rows: tuple[Planned, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    seen_at: int
    """The book's newest act when this was planned."""
    asked: Asked
    mapping: HeadingMap
    """The mapping used: the saved one for these headings, with what the clerk said for this file."""
    remembered: bool
    """Whether a saved mapping was found for these headings."""
    existing: Any
    """What the plan compared with."""
    saved: Sequence[Mapping[str, Any]]
    missing: tuple[str, ...] = field(default=())
    """Labels of needed columns the file lacks; then there are no rows."""
    unknown: tuple[Unknown, ...] = ()
    """Words the book does not know, to be mapped once (`answered`)."""
    questions: tuple[Question, ...] = ()
    """Amounts of the wrong size and merged cells; their rows wait."""
    filled: Mapping[tuple[int, str], Cell] = field(default_factory=dict)
    """(row number, field id) → the value of the merged cell above, filled in at the clerk's word."""

    @property
    def changes(self) -> list[Change]:
        """Everything commit will do, in order."""
        return [change for row in self.rows for change in row.changes]

    @property
    def refused(self) -> int:
        """How many rows are wrong or wait for the clerk's word (or 1 where a needed column is missing)."""
        return sum(row.state in (WRONG, WAITING) for row in self.rows) or len(self.missing)

    @property
    def page(self) -> Sheet:
        """The sheet as read."""
        return next(one for one in self.workbook.sheets if one.name == self.sheet)

    def counts(self) -> dict[str, int]:
        """State → number of rows."""
        counts = dict.fromkeys(STATES, 0)
        for row in self.rows:
            counts[row.state] += 1
        return counts

    def sentences(self) -> list[str]:
        """What the clerk should read before committing: what was taken for what, what is left out, what is wrong and why."""
        said = [f"工作表“{self.sheet}”，标题在第 {self.header.last} 行。"]
        said += ["列名和词语按上次同样标题的文件所作的对应读取。"] if self.remembered else []
        said += [f"没有找到“{label}”一列，不能导入。请在表里补上这一列，或改列名。" for label in self.missing]
        names = {one.column: one.whole for one in self.header.headings}
        said += [
            f"“{names[column]}”像是“{self.kind.fields[key].label}”，没有确认，未导入。"
            for key, column in self.found.guesses.items()
            if key not in self.columns and column not in self.columns.values()
        ]
        said += [
            f"有 {len(columns)} 列都像“{self.kind.fields[key].label}”（{'、'.join(names[column] for column in columns)}），未导入。请只留一列。"
            for key, columns in self.found.duplicates.items()
            if key not in self.columns
        ]
        used = set(self.columns.values())
        unused = [one.whole for one in self.found.unmapped if one.column not in used and normal(one.text) not in ("序号", "备注", *ADDED)]
        said += [f"没有用到的列：{'、'.join(unused)}。"] if unused else []
        if self.context.month:
            said.append(f"{self.kind.fields['month'].label}：{MONTH.show(self.context.month)}。")
        if self.context.day:
            said.append(f"统计日期：{self.context.day}。")
        said += [*self.workbook.warnings, *self.notes]
        said += [one.sentence for one in self.questions]
        said += [
            f"“{one.label}”里的“{one.text}”不认识，共 {one.count} 行。" + (f"可能是：{'、'.join(one.suggestions)}。" if one.suggestions else "")
            for one in self.unknown
        ]
        said += [f"第 {one.row_number} 行未导入：{one.reason}。" for one in self.skipped]
        for row in self.rows:
            said += [f"第 {row.row_number} 行 {row.name}：{label and f'“{label}” '}{text}" for label, text in row.errors.items()]
            said += [f"第 {row.row_number} 行 {row.name}：{note}。" for note in row.notes]
        return said


def read_file(path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None, sheets: Sequence[str] | None = None) -> Workbook:
    """Read a sender's file in a process of its own (`sheets`: these alone, hidden ones too); Refused with a sentence where it cannot be read."""
    if not path.is_file():
        raise Refused(f"找不到文件“{path}”。请检查路径和文件名。")
    try:
        return read(path, sheets=sheets, timeout=SLOWEST, progress=progress, cancelled=cancelled)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def sheets(workbook: Workbook) -> list[str]:
    """Names of the sheets that can be chosen: visible ones with rows."""
    return [one.name for one in workbook.sheets if one.state == VISIBLE and one.rows]


def preview(
    book: Book, path: Path, kind: ImportKind, *, progress: Progress | None = None, cancelled: Cancelled | None = None, **asked: Any
) -> Preview:
    """Read a file and plan its import; `asked` as in `plan`. Refused where it cannot be read or has no such headings."""
    return plan(book, read_file(path, progress, cancelled), kind, cancelled=cancelled, **asked)


def plan(
    book: Book, workbook: Workbook, kind: ImportKind, *, sheet: str | None = None, month: int | None = None, day: date | None = None,
    confirmed: Mapping[str, int] | None = None, header_row: int | None = None, mapping: HeadingMap = NOTHING, mode: str = BOTH,
    confirmed_names: Iterable[str] = (), progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Preview:  # fmt: skip
    """Plan the import of a workbook already read. `confirmed`: guessed fields the clerk has agreed to (field id → column);
    `mapping` goes before the saved one, that before the headings' own names. `progress(rows done, in all)`; where `cancelled()`
    turns true, Refused is raised."""
    asked = Asked(sheet, header_row, month, day, confirmed or {}, mapping, mode, frozenset(confirmed_names))
    existing, newest, known = book.read(lambda connection: (kind.existing(connection), newest_act(connection), saved(connection, kind)))
    return _plan(workbook, kind, asked, existing, newest, known, progress, cancelled)


def again(seen: Preview, *, progress: Progress | None = None, cancelled: Cancelled | None = None, **asked: Any) -> Preview:
    """The preview with other answers (`asked`: fields of Asked), from what was read then; the book is not asked again."""
    return _plan(seen.workbook, seen.kind, replace(seen.asked, **asked), seen.existing, seen.seen_at, seen.saved, progress, cancelled)


def answer(question: Question, *, as_written: bool = False) -> HeadingMap:
    """The mapping that answers a question: as proposed, or that the figures (or the blanks under a merged cell) are right as they are."""
    if question.merged:
        return HeadingMap(merged={question.field: LEAVE} if as_written else question.merged)
    return HeadingMap(units={question.field: "元"}) if as_written else HeadingMap(columns=question.columns, units=question.units)


def _plan(
    workbook: Workbook, kind: ImportKind, asked: Asked, existing: Any, newest: int, known: Sequence[Mapping[str, Any]],
    progress: Progress | None, cancelled: Cancelled | None,
) -> Preview:  # fmt: skip
    chosen = chosen_sheet(workbook, kind, asked.sheet, asked.mapping, known)
    remembered, header = recognised(known, kind, chosen.rows, chosen.merged, asked.header_row)
    mapping = remembered | asked.mapping
    if asked.mapping.columns or header is None:
        header = find_header(chosen.rows, fields_with(kind, mapping), chosen.merged, asked.header_row)
    if header is None:
        raise Refused(
            f"“{workbook.name}”的工作表“{chosen.name}”里没有找到{kind.title}的标题行。"
            f"标题行里至少要有：{'、'.join(kind.fields[name].label for name in kind.needs)}等列名。请检查是否选对了导入类别和工作表。"
            + "".join(workbook.warnings if workbook.encoding == GUESSED else ())
        )
    found = match([one for one in header.headings if normal(one.whole) not in ADDED], kind.fields)
    columns = _columns(found, mapped(mapping, header.headings) | _valid(asked.confirmed, header), mapping)
    above = titles(chosen, header)
    month = asked.month or month_said(above, chosen.name) if "month" in kind.fields else None
    context = Context(
        frozenset(columns), month, asked.day, frozenset(key for key in found.guesses if key not in columns and mapping.columns.get(key) != ""),
        frozenset(map(fold, asked.confirmed_names)), workbook.name,
    )  # fmt: skip
    if "as_of" in kind.fields and asked.day is None and "as_of" not in columns:
        context = replace(context, day=day_said(above))
    missing = tuple(kind.fields[name].label for name in kind.needs if name not in columns)
    tick = _ticking(len(chosen.rows), progress, cancelled)
    said = Said(mapping.units, mapping.answers, asked.edits, [key for key, word in mapping.merged.items() if word == FILL])
    table = Table(()) if missing else records(chosen, header, columns, kind.fields, said, tick)
    whole = {one.column: one.whole for one in header.headings}
    rows = tuple(kind.plan(_counted(table.records, tick), existing, context))
    named = {key: whole[column] for key, column in columns.items()}
    asks = (*merged_cells(kind, table, named, mapping.merged), *questions(kind, table.records, named, mapping.units))
    words = unknown(kind, existing, table.records, rows, said)
    rows, left = _by_mode(_wait(rows, asks, cut_numbers(table.records, asked.edits)), asked.mode, chosen)
    absent = [text for text in asked.mapping.columns.values() if text and normal(text) not in map(normal, whole.values())]
    notes = [*left_out(workbook, chosen, kind), *chosen.warnings, *table.notes, *unfilled(kind, table), *(f"对应里写的列名“{text}”在表里没有找到。" for text in absent)]
    return Preview(
        kind, workbook, chosen.name, header, found, columns, context, rows, tuple(sorted((*table.skipped, *left), key=lambda one: one.row_number)),
        tuple(notes), newest, asked, mapping, bool(remembered), existing, known, missing, words, asks, table.filled,
    )  # fmt: skip


def _valid(confirmed: Mapping[str, int], header: Header) -> dict[str, int]:
    columns = {one.column for one in header.headings}
    return {key: column for key, column in confirmed.items() if column in columns}


def _columns(found: Match, named: Mapping[str, int], mapping: HeadingMap) -> dict[str, int]:
    """Field id → column: what was said goes before what a heading is by itself; a column is one field."""
    own = {key: column for key, column in found.sure.items() if key not in named and column not in named.values()}
    return {key: column for key, column in {**own, **named}.items() if mapping.columns.get(key) != "" or key in named}


def _wait(rows: Sequence[Planned], asks: Sequence[Question], cut: Mapping[int, str]) -> tuple[Planned, ...]:
    """Rows whose amounts or numbers are in question are not imported before the answer."""
    notes = {number: [note] for number, note in cut.items()}
    for one in asks:
        for number in one.rows:
            notes.setdefault(number, []).append(one.note)
    return tuple(
        replace(row, state=WAITING, changes=(), notes=(*row.notes, *notes[row.row_number]))
        if row.row_number in notes and row.state in (NEW, CHANGED, WAITING)
        else row
        for row in rows
    )


def _by_mode(rows: Sequence[Planned], mode: str, sheet: Sheet) -> tuple[tuple[Planned, ...], list[Skipped]]:
    """The rows the mode asks for, and the others as left out."""
    state, why = {
        ADD: (CHANGED, "方式是“只新增”，台账里已有这条记录，没有更新"), UPDATE: (NEW, "方式是“只更新”，台账里没有这条记录，没有新增"), BOTH: ("", ""),
    }[mode]  # fmt: skip
    left = [Skipped(row.row_number, why, sheet.rows[row.row_number]) for row in rows if row.state == state]
    return tuple(row for row in rows if row.state != state), left


def _ticking(rows: int, progress: Progress | None, cancelled: Cancelled | None) -> Callable[[int], None]:
    """Rows done, of reading and planning in turn, reported; ends the work when cancelled."""
    done = 0

    def tick(_: int) -> None:
        nonlocal done
        if cancelled is not None and cancelled():
            raise Refused(STOPPED)
        done = min(done + 1000, 2 * rows)
        if progress is not None:
            progress(done, 2 * rows)

    return tick


def _counted(found: Sequence[Record], tick: Callable[[int], None]) -> Iterator[Record]:
    for number, record in enumerate(found):
        if number % 1000 == 0:
            tick(number)
        yield record


def commit(book: Book, seen: Preview, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int | None:
    """Write what the preview shows as one act with one undo; returns its number, None where there is nothing to write.

    Refused where the book has moved since the preview (it must be looked at again), and where `cancelled()` turns true before
    the last row is written; then nothing is written. Both callbacks are called in the book's own thread.
    """
    changes = seen.changes
    if not changes:
        return None
    if book.read(newest_act) != seen.seen_at:
        raise Refused("预览之后台账又有改动，为免覆盖，没有写入。请重新预览后再导入。")

    def tick(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Refused(STOPPED)
        if progress is not None:
            progress(done, total)

    before(book, "导入前")
    number = book.read(next_ids)["import_batch"]
    batch = batch_change(number, seen.seen_at + 1, seen.kind.title, seen.workbook, seen.counts())
    kept = book.read(remembering, seen.kind, _to_remember(seen), seen.header.headings, seen.workbook.name)
    return book.act(f"导入{seen.kind.title} {seen.workbook.name}", [*changes, batch, *kept], tick=tick)


def batch_change(number: int, act: int, title: str, workbook: Workbook, counts: Mapping[str, int]) -> Change:
    """The line of the list of batches: which file brought what, in which act."""
    values = defaults("import_batch") | {
        "id": number, "act": act, "kind": title, "file_name": workbook.name, "sha256": workbook.sha256, "added": counts[NEW],
        "changed": counts[CHANGED], "same": counts[SAME], "wrong": counts[WRONG] + counts[WAITING],
    }  # fmt: skip
    return Change("import_batch", (number,), None, values)


def _to_remember(seen: Preview) -> HeadingMap:
    """What to do the next time: the mapping used, and the columns confirmed by hand under their headings' words."""
    names = {one.column: one.whole for one in seen.header.headings}
    said = HeadingMap({key: names[column] for key, column in _valid(seen.asked.confirmed, seen.header).items()})
    return seen.mapping | said
