"""Templates to be sent out and filled in: one workbook a kind, with explanations, lists to choose from and a grey example row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.rows import rows
from office.imports.plan import ImportKind
from policy.facts import TOWN_TYPES
from policy.kinds import Field, Kind
from policy.kinds.date import DATE, END_DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import COUNT, SHARE
from policy.kinds.text import CODE, PHONE
from returns.template import Page, Slot, write

ROWS: Final = 2000
"""Rows that are formatted and offer their lists."""
_LEFT_OUT: Final = ("unsplit", "gross", "net", "cost", "kept", "source")
"""Pay columns that the program works out, or takes from sheets of another make."""
_NEEDED: Final = {"units": ("name",), "roster": ("name", "id_no", "unit", "start", "type"), "pay": ("name", "id_no", "month")}
_EXAMPLES: Final[Mapping[str, str]] = {"name": "示例：张三", "unit": "青石镇", "post": "社会救助协理员", "employer": "某某服务公司", "major": "社会工作"}
_BY_KIND: Final = (
    (DATE, "2026-01-05", "写成 2026-01-05 或 2026年1月5日，年、月、日齐全"),
    (END_DATE, "2026-12-31", "写成 2026-12-31；没有结束的留空"),
    (MONTH, "2026-05", "写成 2026-05"),
    (MONEY, "4500.00", "按元填写，到分；没有发放填 0，不清楚留空"),
    (IDENTITY, "449901199001011234", "18 位，本列已设为文本；不要改成数字"),
    (PHONE, "13800000000", "11 位手机号，或带区号的座机号"),
    (CODE, "", "按原件填写，本列已设为文本"),
    (COUNT, "12", "0 或正整数，不写单位；不清楚留空"),
    (SHARE, "100%", "写成 50% 这样的比例"),
)
"""What a column of the kind looks like and how it is filled in."""
_TEXT: Final = (IDENTITY, PHONE, CODE, MONTH)


def write_template(book: Book, kind: ImportKind, folder: Path, day: date) -> Path:
    """Write a kind's template into `folder` (made where it is not there), with the names of the book's open units; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    names = tuple(book.read(_unit_names))
    fields = {key: one for key, one in kind.fields.items() if not (kind.id == "pay" and key in _LEFT_OUT)}
    needed = _NEEDED[kind.id]
    lists = {"unit": names} if kind.id == "roster" else {}
    slots = [_slot(one, lists.get(key, one.kind.choices), key in needed) for key, one in fields.items()]
    example = [_example(kind, key, one, lists.get(key, one.kind.choices)) for key, one in fields.items()]
    filled = Page(kind.title, [[one.label for one in fields.values()], example], (1, 1), slots, ROWS, grey=(2,))
    return write([filled, _explained(kind, fields, lists)], folder / f"{kind.title}模板.xlsx", day)


def _unit_names(connection: Any) -> list[str]:
    """Names of the open units as of their newest version, towns first."""
    open_units = {one["id"] for one in rows(connection, "unit") if one["closed"] is None}
    newest = {one["unit"]: one for one in sorted(rows(connection, "unit_version"), key=lambda one: one["since"]) if one["unit"] in open_units}
    return [one["name"] for one in sorted(newest.values(), key=lambda one: (one["type"] not in TOWN_TYPES, one["unit"]))]


def _slot(one: Field, choices: tuple[str, ...], needed: bool) -> Slot:
    wide = max([2 * len(one.label) + 4, 22 if one.kind is IDENTITY else 12, *(2 * len(choice) + 4 for choice in choices)])
    shown = "yyyy-mm-dd" if one.kind in (DATE, END_DATE) else "#,##0.00" if one.kind is MONEY else "General"
    return Slot(min(wide, 40), one.kind in _TEXT, choices, shown, needed)


def _example(kind: ImportKind, key: str, one: Field, choices: tuple[str, ...]) -> str:
    if key == "name" and kind.id == "units":
        return "示例：青石镇"
    if key in ("end", "end_reason", "posted", "probation_end", "annual") or (kind.id == "units" and key == "total"):
        return ""
    return (choices[0] if choices else "") or _EXAMPLES.get(key, "") or next((text for of, text, _ in _BY_KIND if one.kind is of), "")


def _explained(kind: ImportKind, fields: Mapping[str, Field], lists: Mapping[str, tuple[str, ...]]) -> Page:
    lines: list[list[str]] = [
        [f"{kind.title}填表说明"],
        ["请在第一张工作表里从示例行的下一行起填写；以“示例”开头的灰色行不会导入，不用删除。"],
        ["不要改动列名；用不到的列可以空着。红色标题的列必须填写。空白不会当作 0，也不会清空台账里已有的内容。"],
        [""],
        ["列名", "是否必填", "怎么填"],
    ]
    for key, one in fields.items():
        words = lists.get(key, one.kind.choices)
        lines.append([one.label, "必填" if key in _NEEDED[kind.id] else "", one.hint or _how(one.kind, words)])
    return Page("填表说明", lines, (5, 5), (Slot(24), Slot(10), Slot(80)))


def _how(kind: Kind, words: tuple[str, ...]) -> str:
    if words:
        return "从列表里选：" + "、".join(words)
    return next((how for of, _, how in _BY_KIND if kind is of), "如实填写文字")
