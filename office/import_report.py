"""What an import did or would do, as plain data for `--json`: each row with its state, its errors and what it changes."""

from __future__ import annotations

from typing import Any

from office.collected import Collected
from office.import_file import Preview
from office.imports.plan import Planned
from policy.kinds.month import MONTH


def report(seen: Preview, act: int | None) -> dict[str, Any]:
    """The outcome of one file, as plain JSON data."""
    names = {one.column: one.whole for one in seen.header.headings}
    return {
        "kind": seen.kind.id, "file": seen.workbook.name, "sha256": seen.workbook.sha256, "reader": seen.workbook.reader, "sheet": seen.sheet,
        "header_row": seen.header.last, "mode": seen.asked.mode, "columns": {key: names[column] for key, column in seen.columns.items()},
        "guesses": {key: names[column] for key, column in seen.found.guesses.items() if key not in seen.columns}, "remembered": seen.remembered,
        "unused": [one.whole for one in seen.found.unmapped if one.column not in seen.columns.values()], "missing": list(seen.missing), "act": act,
        "counts": seen.counts(), "skipped": [{"row": one.row_number, "reason": one.reason} for one in seen.skipped],
        "unknown": [{"field": one.field, "text": one.text, "rows": list(one.rows), "suggestions": list(one.suggestions)} for one in seen.unknown],
        "questions": [
            {
                "field": one.field, "reading": one.reading, "rows": list(one.rows), "text": one.sentence,
                "answer": {"columns": dict(one.columns), "units": dict(one.units), "merged": dict(one.merged)},
            }
            for one in seen.questions
        ],
        "warnings": [*seen.workbook.warnings, *seen.notes],
        "rows": [_row(row) for row in seen.rows],
    }  # fmt: skip


def report_of_folder(seen: Collected, act: int | None) -> dict[str, Any]:
    """The outcome of a folder of collection sheets, as plain JSON data."""
    return {
        "month": MONTH.show(seen.month), "act": act, "counts": seen.counts(), "unanswered": list(seen.unanswered), "problems": list(seen.problems),
        "answered": [{"town": one.town.name, "file": one.workbook.name, "sha256": one.workbook.sha256} for one in seen.answers],
        "rows": [{"file": line.file, "town": line.town, "sheet": line.sheet, **_row(line.row)} for line in seen.lines],
    }  # fmt: skip


def _row(row: Planned) -> dict[str, Any]:
    return {
        "row": row.row_number, "state": row.state, "name": row.name, "errors": dict(row.errors), "notes": list(row.notes),
        "cells": [{"field": cell.label, "old": cell.old, "new": cell.new} for cell in row.cells],
    }  # fmt: skip
