"""What the preview of an import shows of each row, column by column, without a widget: states, texts, the sender's own cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Final

from intake.cells import Cell, CellError, Uncalculated
from intake.table import Skipped
from office.import_file import Preview
from office.imports.plan import CHANGED, WAITING, Planned
from policy.kinds import Field, Unreadable
from policy.kinds.idno import IDENTITY

SKIPPED: Final = "跳过"
"""The state of a row that is no record: a total, a note, an example, or one the chosen mode leaves out."""
_WIDEST: Final = 16
"""Characters of a column's first width."""
_LOOKED_AT: Final = 50
"""Rows that a column's first width is measured by."""


@dataclass(slots=True)
class Line:
    """One row of the sheet as the preview shows it; `place`: where it stands, where several sheets are shown together."""

    row: Planned | Skipped
    place: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Row number as Excel shows it."""
        return self.row.row_number

    @property
    def state(self) -> str:
        """What becomes of the row."""
        return self.row.state if isinstance(self.row, Planned) else SKIPPED

    @property
    def name(self) -> str:
        """Whom or what the row is about."""
        return self.row.name if isinstance(self.row, Planned) else ""

    @property
    def written(self) -> str:
        """What would be written."""
        if not isinstance(self.row, Planned):
            return ""
        return "；".join(f"{cell.label} {cell.old} → {cell.new}" if cell.old else f"{cell.label} {cell.new}" for cell in self.row.cells)

    @property
    def said(self) -> str:
        """What is wrong, what is asked and what should be known."""
        if not isinstance(self.row, Planned):
            return self.row.reason
        errors = [f"{label}：{text}" if label else text for label, text in self.row.errors.items()]
        return "　".join([*errors, *(f"{note}。" for note in self.row.notes)])


def lines(planned: Sequence[Planned], skipped: Sequence[Skipped]) -> list[Line]:
    """Planned and skipped rows in the order of the sheet."""
    rows: list[Planned | Skipped] = [*planned, *skipped]
    return sorted(map(Line, rows), key=lambda line: line.number)


@dataclass(frozen=True)
class Shown:
    """One column of the list: its heading, the text of a line, and where it is a column of the sheet its field's label and id and
    the cell as it stands (`sent`), which can then be typed anew."""

    heading: str
    text: Callable[[Line], str]
    width: int
    """In characters of Chinese text."""
    label: str = ""
    field: str = ""
    sent: Callable[[Line], str] | None = None


NUMBER: Final = Shown("行号", lambda line: str(line.number), 4)
STATE: Final = Shown("状态", lambda line: line.state, 4)
SAID: Final = Shown("问题和说明", lambda line: line.said, 18)
WRITTEN: Final = Shown("写入的内容（原值 → 新值）", lambda line: line.written, 30)
OF_FOLDER: Final = (
    Shown("乡镇（街道）", lambda line: line.place[0], 7), Shown("工作表", lambda line: line.place[1], 4), NUMBER, STATE,
    Shown("名称", lambda line: line.name, 6), SAID, WRITTEN,
)  # fmt: skip
"""Columns where the sheets of a folder are shown together."""


def columns_of(seen: Preview) -> tuple[Shown, ...]:
    """The sheet's own columns between what is said about a row and what it writes."""
    rows = seen.page.rows
    own = []
    for key, column in sorted(seen.columns.items(), key=lambda one: one[1]):
        field = seen.kind.fields[key]
        sent = partial(_sent, rows, seen, key, column)
        first = (shown_cell(row[column]) for row in seen.page.rows.values() if column < len(row))
        wide = max(len(field.label) + 1, *(len(text) * 0.6 for text, _ in zip(first, range(_LOOKED_AT), strict=False)), 4)
        own.append(Shown(field.label, partial(_own, field, sent), min(round(wide), _WIDEST), field.label, key, sent))
    return NUMBER, STATE, SAID, *own, WRITTEN


def _sent(rows: Mapping[int, Sequence[Cell]], seen: Preview, key: str, column: int, line: Line) -> str:
    place = line.number, key
    if place in seen.asked.edits:
        return seen.asked.edits[place]
    if place in seen.filled:
        return shown_cell(seen.filled[place])
    row = rows.get(line.number, ())
    return shown_cell(row[column]) if column < len(row) else ""


def _own(field: Field, sent: Callable[[Line], str], line: Line) -> str:
    """A cell as sent, or old → new where it changes the book; an identity number is masked unless it is in question."""
    row = line.row
    if isinstance(row, Planned) and row.state == CHANGED:
        for cell in row.cells:
            if cell.label == field.label:
                return f"{cell.old or '（空）'} → {cell.new or '（空）'}"
    asked = line.state == WAITING and field.kind is IDENTITY
    return sent(line) if asked or (isinstance(row, Planned) and field.label in row.errors) else masked(field, sent(line))


def masked(field: Field, text: str) -> str:
    """A text of a column as it may be shown; what cannot be read as the column's kind stays as it is."""
    if field.kind.mask is None:
        return text
    try:
        value = field.kind.parse(text, None)
    except Unreadable:
        return text
    return field.kind.mask(value) if value else text


def shown_cell(cell: Cell) -> str:
    """A cell of the sender's sheet as he sees it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case CellError(text):
            return text
        case Uncalculated():
            return "（公式未计算）"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
    return str(cell)
