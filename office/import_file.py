"""Bringing in a sender's file: read it apart, find its headings, plan the changes, show them, and commit exactly those."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.diary import acts as diary_acts
from db.rows import defaults, next_ids
from intake.cells import VISIBLE, Sheet, Workbook
from intake.headers import Header, Heading, Match, find_header, match
from intake.reader import read
from intake.refusal import Refusal
from intake.table import Skipped, Table, records
from office.imports.plan import NEW, STATES, WRONG, Context, ImportKind, Planned
from policy.kinds.date import DATE
from policy.kinds.month import MONTH

Progress = Callable[[int, int], None]

SLOWEST: Final = 120.0
"""Seconds a file may take: a year's pay of a large county on an old office PC; the clerk sees progress and can cancel."""


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
    missing: tuple[str, ...] = field(default=())
    """Labels of needed columns the file lacks; then there are no rows."""

    @property
    def changes(self) -> list[Change]:
        """Everything commit will do, in order."""
        return [change for row in self.rows for change in row.changes]

    @property
    def refused(self) -> int:
        """How many rows are wrong (or 1 where a needed column is missing)."""
        return sum(row.state == WRONG for row in self.rows) or len(self.missing)

    def counts(self) -> dict[str, int]:
        """State → number of rows."""
        return {state: sum(row.state == state for row in self.rows) for state in STATES}

    def sentences(self) -> list[str]:
        """What the clerk should read before committing: what was taken for what, what is left out, what is wrong and why."""
        said = [f"工作表“{self.sheet}”，标题在第 {self.header.last} 行。"]
        said += [f"没有找到“{label}”一列，不能导入。请在表里补上这一列，或改列名。" for label in self.missing]
        names = {one.column: one.whole for one in self.header.headings}
        said += [
            f"“{names[column]}”像是“{self.kind.fields[key].label}”，没有确认，未导入。"
            for key, column in self.found.guesses.items()
            if key not in self.columns
        ]
        said += [
            f"有 {len(columns)} 列都像“{self.kind.fields[key].label}”（{'、'.join(names[column] for column in columns)}），未导入。请只留一列。"
            for key, columns in self.found.duplicates.items()
        ]
        unused = [one.whole for one in self.found.unmapped if one.text.strip() not in ("序号", "备注")]
        said += [f"没有用到的列：{'、'.join(unused)}。"] if unused else []
        if self.context.month:
            said.append(f"工资所属月份：{MONTH.show(self.context.month)}。")
        if self.context.day:
            said.append(f"统计日期：{self.context.day}。")
        said += [*self.workbook.warnings, *self.notes]
        said += [f"第 {one.row_number} 行未导入：{one.reason}。" for one in self.skipped]
        for row in self.rows:
            said += [f"第 {row.row_number} 行 {row.name}：{label and f'“{label}” '}{text}" for label, text in row.errors.items()]
            said += [f"第 {row.row_number} 行 {row.name}：{note}。" for note in row.notes]
        return said


def read_file(path: Path, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Workbook:
    """Read a sender's file in a process of its own; Refused with a sentence where it cannot be read."""
    if not path.is_file():
        raise Refused(f"找不到文件“{path}”。请检查路径和文件名。")
    try:
        return read(path, timeout=SLOWEST, progress=progress, cancelled=cancelled)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def sheets(workbook: Workbook) -> list[str]:
    """Names of the sheets that can be chosen: visible ones with rows."""
    return [one.name for one in workbook.sheets if one.state == VISIBLE and one.rows]


def preview(
    book: Book, path: Path, kind: ImportKind, *, sheet: str | None = None, month: int | None = None, day: date | None = None,
    confirmed: Mapping[str, int] | None = None, progress: Progress | None = None,
) -> Preview:  # fmt: skip
    """Read a file and plan its import. Refused where it cannot be read or has no such headings."""
    return plan(book, read_file(path, progress), kind, sheet=sheet, month=month, day=day, confirmed=confirmed)


def plan(
    book: Book, workbook: Workbook, kind: ImportKind, *, sheet: str | None = None, month: int | None = None, day: date | None = None,
    confirmed: Mapping[str, int] | None = None,
) -> Preview:  # fmt: skip
    """Plan the import of a workbook already read. `confirmed`: guessed fields the clerk has agreed to (field id → column)."""
    chosen = _sheet(workbook, kind, sheet)
    header = find_header(chosen.rows, kind.fields, chosen.merged)
    if header is None:
        raise Refused(
            f"“{workbook.name}”的工作表“{chosen.name}”里没有找到{kind.title}的标题行。"
            f"标题行里至少要有：{'、'.join(kind.fields[name].label for name in kind.needs)}等列名。请检查是否选对了导入类别和工作表。"
        )
    found = match(header.headings, kind.fields)
    columns = dict(found.sure) | {key: column for key, column in (confirmed or {}).items() if found.guesses.get(key) == column}
    titles = _titles(chosen, header)
    context = Context(frozenset(columns), month or _month_said(titles, chosen.name) if "month" in kind.fields else None, day)
    if "as_of" in kind.fields and day is None and "as_of" not in columns:
        context = replace(context, day=_day_said(titles))
    missing = tuple(kind.fields[name].label for name in kind.needs if name not in columns)
    table = Table(()) if missing else records(chosen, header, columns, kind.fields)
    existing, newest = book.read(lambda connection: (kind.existing(connection), _newest(connection)))
    rows = tuple(kind.plan(table.records, existing, context))
    notes = (*chosen.warnings, *table.notes)
    return Preview(kind, workbook, chosen.name, header, found, columns, context, rows, table.skipped, notes, newest, missing)


def commit(book: Book, seen: Preview) -> int | None:
    """Write what the preview shows as one act with one undo; returns its number, None where there is nothing to write.

    Refused where the book has moved since the preview: it must be looked at again.
    """
    changes = seen.changes
    if not changes:
        return None
    if book.read(_newest) != seen.seen_at:
        raise Refused("预览之后台账又有改动，为免覆盖，没有写入。请重新预览后再导入。")
    counts = seen.counts()
    number = book.read(next_ids)["import_batch"]
    batch = defaults("import_batch") | {
        "id": number, "act": seen.seen_at + 1, "kind": seen.kind.title, "file_name": seen.workbook.name, "sha256": seen.workbook.sha256,
        "added": counts[NEW], "changed": counts["更新"], "same": counts["相同"], "wrong": counts[WRONG],
    }  # fmt: skip
    return book.act(f"导入{seen.kind.title} {seen.workbook.name}", [*changes, Change("import_batch", (number,), None, batch)])


def report(seen: Preview, act: int | None) -> dict[str, Any]:
    """The outcome as plain JSON data for `--json`."""
    return {
        "kind": seen.kind.id, "file": seen.workbook.name, "sha256": seen.workbook.sha256, "reader": seen.workbook.reader, "sheet": seen.sheet,
        "header_row": seen.header.last, "columns": {key: _text(seen.header.headings, column) for key, column in seen.columns.items()},
        "unused": [one.whole for one in seen.found.unmapped], "missing": list(seen.missing), "act": act, "counts": seen.counts(),
        "skipped": [{"row": one.row_number, "reason": one.reason} for one in seen.skipped], "warnings": [*seen.workbook.warnings, *seen.notes],
        "rows": [
            {
                "row": row.row_number, "state": row.state, "name": row.name, "errors": dict(row.errors), "notes": list(row.notes),
                "cells": [{"field": cell.label, "old": cell.old, "new": cell.new} for cell in row.cells],
            }
            for row in seen.rows
        ],
    }  # fmt: skip


def _text(headings: tuple[Heading, ...], column: int) -> str:
    return next(one.whole for one in headings if one.column == column)


def _newest(connection: Any) -> int:
    found = diary_acts(connection, newest=1)
    return found[-1].number if found else 0


def _sheet(workbook: Workbook, kind: ImportKind, name: str | None) -> Sheet:
    """The sheet asked for, else the first visible one whose headings fit the kind, else the first visible one with rows."""
    usable = [one for one in workbook.sheets if one.state == VISIBLE and one.rows]
    if name is not None:
        for one in usable:
            if one.name == name:
                return one
        raise Refused(f"“{workbook.name}”里没有可见的工作表“{name}”。可用的有：{'、'.join(one.name for one in usable) or '（无）'}。")
    if not usable:
        raise Refused(f"“{workbook.name}”里没有内容。请检查文件，或取消隐藏要导入的工作表。")
    for one in usable:
        if find_header(one.rows, kind.fields, one.merged) is not None:
            return one
    return usable[0]


def _titles(sheet: Sheet, header: Header) -> list[str]:
    return [
        unicodedata.normalize("NFKC", cell)
        for number, row in sheet.rows.items()
        if number < header.first
        for cell in row
        if isinstance(cell, str)
    ]


_MONTH_SAID: Final = re.compile(r"(20[0-9]{2})\s*年\s*(1[0-2]|0?[1-9])\s*月(?!\s*[0-9]{1,2}\s*日)")
_DAY_SAID: Final = re.compile(r"20[0-9]{2}\s*[年./-]\s*[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*日?")


def _month_said(titles: list[str], sheet: str) -> int | None:
    """The one month that the lines above the headings (or the sheet's name) say: 2026年5月工资表. None where they say none or several."""
    for texts in (titles, [unicodedata.normalize("NFKC", sheet)]):
        said = {int(year) * 100 + int(month) for text in texts for year, month in _MONTH_SAID.findall(text)}
        if said:
            return said.pop() if len(said) == 1 else None
    return None


def _day_said(titles: list[str]) -> date | None:
    """The one date that the lines above the headings say: 截至2026年12月31日. None where they say none or several."""
    said = {DATE.parse(re.sub(r"\s", "", text), None) for title in titles for text in _DAY_SAID.findall(title)}
    return said.pop() if len(said) == 1 else None
