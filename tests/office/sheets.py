"""Senders' files for the tests of the import centre, each made by the test that uses it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from db.book import Book
from intake.cells import Sheet, Workbook
from office.__main__ import main
from office.import_file import Preview, again, plan
from office.imports import kind
from office.mapping import HeadingMap
from policy.clock import Clock

ROSTER = ("姓名", "身份证号", "用工形式", "使用单位", "入职日期")


def workbook(path: Path, *lines: Sequence[Any], merged: Iterable[str] = (), name: str = "Sheet1") -> Path:
    """A workbook of one sheet; texts are stored as texts."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            if value is None:
                continue
            cell = page.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    for area in merged:
        page.merge_cells(area)
    book.save(path)
    return path


def planned(book: Book, sort: str, head: Sequence[Any], *lines: Sequence[Any], **asked: Any) -> Preview:
    """The plan of cells as the reading process gives them."""
    sheet = Sheet("表", rows={number: tuple(line) for number, line in enumerate((head, *lines), 1) if any(cell is not None for cell in line)})
    return plan(book, Workbook("表.xlsx", "0" * 64, "xlsx", (sheet,)), kind(sort), **asked)


def edited(seen: Preview, row_number: int, field_id: str, text: str) -> Preview:
    """The preview after the clerk has typed `text` in place of a cell."""
    return again(seen, edits={**seen.asked.edits, (row_number, field_id): text})


def answered(seen: Preview, said: HeadingMap) -> Preview:
    """The preview after the clerk has said what headings, words or units mean."""
    return again(seen, mapping=seen.asked.mapping | said)


def office(clock: Clock, *arguments: object) -> tuple[int, str, str]:
    """A command as typed: exit code, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    code = main([str(one) for one in arguments], clock=clock, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def brought(clock: Clock, book: Path, file: Path, kind: str, *more: object) -> tuple[int, Mapping[str, Any]]:
    """`office import … --json`: exit code and report."""
    code, out, err = office(clock, "import", book, file, "--kind", kind, "--json", *more)
    assert out, err
    return code, json.loads(out)
