"""Which sheet of a sender's file is brought in, and which are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from db.change import Refused
from intake.cells import VISIBLE, Sheet, Workbook
from intake.headers import find_header
from office.imports.plan import ImportKind
from office.mapping import HeadingMap, fields_with, recognised

_LISTS: Final = "选项"
"""The hidden sheet of our own templates (returns.template.LISTS, which loads the workbook writer); it holds no records."""


def chosen_sheet(
    workbook: Workbook, kind: ImportKind, name: str | None, mapping: HeadingMap, known: Sequence[Mapping[str, Any]]
) -> Sheet:
    """The sheet asked for, else the first visible one whose headings fit the kind, else the first visible one with rows."""
    usable = [one for one in workbook.sheets if one.state == VISIBLE and one.rows]
    if name is not None:
        for one in usable:
            if one.name == name:
                return one
        raise Refused(f"“{workbook.name}”里没有可见的工作表“{name}”。可用的有：{'、'.join(one.name for one in usable) or '（无）'}。")
    if not usable:
        raise Refused(f"“{workbook.name}”里没有内容。请检查文件，或取消隐藏要导入的工作表。")
    if len(usable) == 1:
        return usable[0]
    fields = fields_with(kind, mapping)
    for one in usable:
        if find_header(one.rows, fields, one.merged) is not None or recognised(known, kind, one.rows, one.merged, None)[1] is not None:
            return one
    return usable[0]


def left_out(workbook: Workbook, chosen: Sheet, kind: ImportKind) -> list[str]:
    """The sheets that this import does not read though they may hold records: hidden ones, and others with such headings."""
    hidden = [one.name for one in workbook.sheets if one.state != VISIBLE and one.name != _LISTS]
    others = [one.name for one in workbook.sheets if one.state == VISIBLE and one is not chosen and find_header(one.rows, kind.fields, one.merged)]
    said = [f"隐藏的工作表没有读取：“{'”“'.join(hidden)}”。需要的请在 Excel 或 WPS 中取消隐藏，保存后再导入。"] if hidden else []
    return [*said, *([f"这个文件里还有工作表像是{kind.title}，一次导入一张：“{'”“'.join(others)}”。写入后请另选工作表再导入。"] if others else [])]
