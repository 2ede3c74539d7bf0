"""个人信息查询单 (个人信息保护法第四十五条): all that the book holds on one person, numbers whole, to be handed to that person; each one is logged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Refused
from db.facts import county
from db.labels import LABELS, label
from db.model import TABLES
from db.rows import row, rows
from office.document import put
from office.recycle import hanging
from returns.document import Block, Document, Heading, Paragraph, Table

TITLE: Final = "个人信息查询单"
_REFERRED: Final = {
    "unit": ("unit_version", "unit", "name"), "purchase_contract": ("purchase_contract", "id", "name"), "training": ("training", "id", "name"),
    "grade": ("pay_grade", "id", "name"),
}  # fmt: skip
"""Column that names another record → where that record's words stand."""


def inquiry(book: Book, person: int, out: Path, reason: str = "") -> Path:
    """Write the sheet of a person into folder `out` and write down who had it made; returns its path. Refused where the person is gone."""
    held = book.read(row, "person", (person,))
    if held is None:
        raise Refused("这名人员已经不在了。请刷新。")
    path = put(book, book.read(composed, person, book.clock.today().isoformat()), f"{TITLE}_{held['name']}", book.clock.today().isoformat(), out)
    book.act(f"打印个人信息查询单 {held['name']}", [], reason=reason.strip() or "本人查询")
    return path


def composed(connection: Any, person: int, day: str) -> Document:
    """The sheet as of today (for `book.read`): the person's own fields, then every record that hangs on the person, by kind, oldest first."""
    found = hanging(connection, "person", (person,))
    groups: dict[str, list[dict[str, Any]]] = {}
    for table, one in found[1:]:
        groups.setdefault(table, []).append(one)
    office = f"{county(connection).name}民政局"
    blocks: list[Block] = [
        Paragraph(f"应本人申请，根据个人信息保护法第四十五条，将本单位台账中登记的本人个人信息列示如下（{day}）。"),
        Heading("一、基本信息"),
        Table((("项目", "内容"), *((name, said) for name, said in _said(connection, "person", found[0][1]))), (1, 3)),
    ]
    place = {table: at for at, table in enumerate(LABELS)}
    for number, table in enumerate(sorted(groups, key=lambda one: place[one]), 2):
        lines = ("；".join(f"{name}：{said}" for name, said in _said(connection, table, one)) for one in groups[table])
        blocks += [Heading(f"{_chinese(number)}、{label(table)}（{len(groups[table])} 条）"), Table((("序号", "内容"), *_numbered(lines)), (1, 9))]
    blocks += [
        Paragraph("认为不准确、不完整的，可以向本单位提出更正、补充（第四十六条）；符合法定情形的，可以提出删除（第四十七条）。"),
        Paragraph("需要更正、补充的内容：（没有的写“无”）"),
        Paragraph(f"{office}　经办人：　　　　　　　　年　　月　　日", "right"),
        Paragraph("本人签收：　　　　　　　　年　　月　　日", "right"),
    ]
    return Document(TITLE, tuple(blocks))


def _numbered(lines: Iterator[str]) -> Iterator[tuple[str, ...]]:
    return ((str(number), line) for number, line in enumerate(lines, 1))


def _said(connection: Any, table: str, whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every field of a record that holds something, as (heading, words); numbers of records as the names they stand for."""
    for column in TABLES[table].columns:
        value, field = whole.get(column.name), column.info.get("field")
        if value is None or value == "":
            continue
        if field is not None:
            yield field.label, field.kind.show(value)
        elif column.name in _REFERRED:
            other, key, words = _REFERRED[column.name]
            if held := rows(connection, other, **{key: value}):
                yield label(column.name if column.name in LABELS else other), str(held[-1][words])


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return digits[ones] if tens == 0 else ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
