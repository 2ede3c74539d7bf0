"""Sheets as text and back, exact: what a seal keeps of a return beside the workbook's bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from policy.frozen import plain, record
from returns.sheet import Cell, Column, Mark, Row, Sheet, Value

EDITION: Final = 1
"""Of the way sheets are written down; a newer one is refused."""


def sheets_text(sheets: Sequence[Sheet]) -> str:
    """The sheets as one JSON text, with the people, units and contracts behind every cell."""
    return json.dumps({"edition": EDITION, "sheets": [plain(sheet) for sheet in sheets]}, ensure_ascii=False, separators=(",", ":"))


def sheets_of(text: str) -> tuple[Sheet, ...]:
    """The sheets a text was made from. ValueError with a sentence for what is no such text, or one of a newer program."""
    try:
        content = json.loads(text)
        edition, held = content["edition"], content["sheets"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("封存的报表读不出来，可能已损坏。请从备份恢复这本台账。") from error
    if edition != EDITION:
        raise ValueError(f"封存的报表是更高版本的程序写的（格式 {edition}，本程序认得 {EDITION}）。请换用新版程序。")
    return tuple(record(one, Sheet, Row, Column, Cell, Mark) for one in held)


def value_text(value: Value) -> str:
    """One figure as text: what the book keeps of a figure typed in."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def value_of(text: str) -> Value:
    """The figure a text was made from."""
    found: Value = record(json.loads(text), Mark)
    return found
