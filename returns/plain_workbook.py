"""A county's workbook read back without its package: what its 封面 says and its forms at printed precision.

Cells come as plain values (sheet → row number → values); which columns a form has is read off the same forms laid empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, PER_UNIT, Cell, Measure, Row, Scope, Sheet, Value, shown

Cells = Mapping[str, Mapping[int, Sequence[Any]]]
_HEAD: Final = ("任务名称", "行政区划代码", "填报单位", "报告期")


META: Final = "_meta"
"""Name of the hidden sheet in which a workbook of ours says what it is."""
FINGERPRINT: Final = "数据指纹"
VERSION, AS_OF = "版本", "截至日期"


def fingerprint(cells: Iterable[tuple[str, int, int, Any]]) -> str:
    """SHA-256 over (sheet, row, column, content), whatever the order and however a program stores numbers and blanks."""
    lines = []
    for sheet, row, column, content in cells:
        if isinstance(content, int | float) and not isinstance(content, bool):
            lines.append(f"{sheet}\x1f{row}\x1f{column}\x1f{Decimal(str(content)).normalize():f}")
        elif content is not None and (text := "".join(str(content).split())):
            lines.append(f"{sheet}\x1f{row}\x1f{column}\x1f{text}")
    return sha256("\x1e".join(sorted(lines)).encode()).hexdigest()


def unaltered(cells: Cells, meta: Mapping[str, str]) -> bool:
    """Whether the cells are still those the workbook was written with."""
    found = ((sheet, row, column, content) for sheet, rows in cells.items() for row, values in rows.items() for column, content in enumerate(values, 1))
    return meta.get(FINGERPRINT) == fingerprint(one for one in found if one[0] != META)


@dataclass(frozen=True, slots=True)
class Plain:
    """What a workbook says: task, code and name of the unit, the period as its heading has it, and the forms."""

    task: str
    code: str
    unit: str
    period: str
    sheets: tuple[Sheet, ...]


def read_back(cells: Cells, laid: Sequence[Sheet]) -> Plain:
    """The workbook's cover and the forms that are among `laid`. ValueError with a sentence where it has no cover of ours."""
    said = {str(row[0]): str(row[1]) for row in cells.get("封面", {}).values() if len(row) > 1 and row[0] is not None and row[1] is not None}
    if missing := [name for name in _HEAD if name not in said]:
        raise ValueError(f"工作簿的封面上没有{'、'.join(missing)}，不是本程序生成的报表。请让报送单位发送上报数据包。")
    numbers: dict[str, int] = {}
    sheets = tuple(_sheet(sheet, cells[sheet.key], numbers) for sheet in laid if sheet.key in cells and sheet.key != "封面")
    if not sheets:
        raise ValueError("工作簿里没有这个任务的报表。请让报送单位发送上报数据包。")
    return Plain(said["任务名称"], said["行政区划代码"], said["填报单位"], said["报告期"], sheets)


def _sheet(like: Sheet, rows: Mapping[int, Sequence[Any]], numbers: dict[str, int]) -> Sheet:
    if like.upright:
        return _upright(like, rows)
    marks = [column.mark for column in like.columns]
    start = next((number for number, row in sorted(rows.items()) if [str(one) for one in row[: len(marks)]] == marks), None)
    if start is None:
        raise ValueError(f"{like.key}没有栏次一行，或栏次与本程序的表样不一致。请让报送单位发送上报数据包。")
    body = []
    for number in sorted(number for number in rows if number > start):
        row = [*rows[number], *([None] * len(marks))][: len(marks)]
        if all(one is None for one in row[1:]):
            break
        values = [_value(one, column.measure) for one, column in zip(row, like.columns, strict=True)]
        name = str(row[0]) if row[0] is not None else ""
        scope = _scope(name)
        unit = numbers.setdefault(name, len(numbers) + 1) if scope in (Scope.BUREAU, Scope.TOWN) else None
        body.append(Row(name, scope, tuple(Cell(one) for one in values), unit))
    return replace(like, rows=tuple(body))


def _scope(name: str) -> Scope:
    if name == "合计":
        return Scope.TOTAL
    if name.startswith("其中"):
        return Scope.MEMO
    if name.endswith("民政局"):
        return Scope.BUREAU
    return Scope.TOWN if re.search(r"(?:镇|乡|街道|办事处|区|场)$", name) else Scope.OTHER


def _upright(like: Sheet, rows: Mapping[int, Sequence[Any]]) -> Sheet:
    years = [like.column(mark) for mark in ("本年", "上年")]
    by_mark = {str(row[0]): row for row in rows.values() if row and row[0] is not None}
    body = []
    for row in like.rows:
        found = by_mark.get(shown(row.cells[0], Measure.CODE), ())
        cells = list(row.cells)
        for at in years:
            cells[at] = replace(cells[at], value=_value(found[at] if at < len(found) else None, cells[at].measure or like.columns[at].measure))
        body.append(replace(row, cells=tuple(cells)))
    return replace(like, rows=tuple(body))


def _value(read: Any, measure: Measure) -> Value:
    """A cell's content as the form's exact value: 元 and 万元 as 分, shares as fractions of one."""
    if read is None or read == "":
        return None
    if read == str(NOT_APPLICABLE):
        return NOT_APPLICABLE
    if isinstance(read, bool) or not isinstance(read, int | float) or measure in (Measure.TEXT, Measure.LONG, Measure.CODE):
        return str(read)
    return plain(Fraction(Decimal(str(read))) * PER_UNIT.get(measure, 1))
