"""A block of cells as the clipboard carries it between this program and Excel or WPS."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

_CELL: Final = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')


def to_tsv(cells: Sequence[Sequence[str]]) -> str:
    """Rows as tab-separated lines, quoted where a cell holds a tab, a line break or begins with a quote (as Excel does)."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in cells)


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(sign in cell for sign in "\t\r\n"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def to_html(cells: Sequence[Sequence[str]], as_text: Sequence[Sequence[bool]]) -> str:
    """The same block for Excel and WPS, in which cells marked `as_text` stay text: 18-digit numbers keep every digit."""
    rows = "".join(
        "<tr>" + "".join(_html_cell(cell, text) for cell, text in zip(row, marks, strict=True)) + "</tr>"
        for row, marks in zip(cells, as_text, strict=True)
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def _html_cell(cell: str, as_text: bool) -> str:
    style = " style=\"mso-number-format:'\\@'\"" if as_text else ""
    return f"<td{style}>{html.escape(cell).replace(chr(10), '<br>')}</td>"


def from_tsv(text: str) -> list[list[str]]:
    """The block behind a clipboard text; [] for an empty one. A quoted cell may hold tabs and line breaks."""
    if not text:
        return []
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # the second branch matches the empty text
        quoted, plain = found[1], found[2]
        rows[-1].append(quoted.replace('""', '"') if quoted is not None else plain)
        at = found.end()
        if at >= len(text):
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):  # Excel ends the last line too
            break
        rows.append([])
    return rows
