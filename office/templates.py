"""Templates to be sent out and filled in: one workbook a kind, with explanations, lists to choose from and a grey example row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from db.book import Book
from office.imports.plan import ImportKind
from policy.kinds import Field, Kind
from policy.kinds.credit import CREDIT
from policy.kinds.date import DATE, END_DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import COUNT, HALF_DAYS, ORDINAL, SHARE, YEAR
from policy.kinds.text import CERTIFICATE_NO, CODE, PHONE
from returns.template import Page, Slot, write

ROWS: Final = 2000
_EXAMPLE: Final = "示例"
"""Rows that are formatted and offer their lists."""
_EXAMPLES: Final[Mapping[str, str]] = {
    "name": "张三", "unit": "青石镇", "units": "青石镇、白沙镇", "post": "社会救助协理员", "employer": "某某服务公司", "supplier": "某某服务公司", "major": "社会工作",
    "buyer": "某某县民政局", "no": "采购合〔2026〕1号", "contract": "采购合〔2026〕1号", "scopes": "低保 60%、特困 40%", "sources": "社会救助工作经费 100%", "doc_no": "某财社〔2026〕1号",
    "month": "2026-05", "pay_day": "10", "seq": "1", "score": "90", "contact": "李四", "parent": "青石镇",
}  # fmt: skip
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "units": {"name": "青石镇", "total": "", "parent": ""}, "suppliers": {"name": "某某服务公司"}, "contracts": {"name": "社会救助辅助服务", "end": "2026-12-31", "buyer_level": "县", "amount": "600000.00", "wage": "54000.00", "fee": "100.00", "predecessor": ""},
    "roster": {"end": "", "end_reason": "", "posted": "", "posted_to": "", "probation_end": "", "annual": ""}, "absences": {"end": "2026-05-08"},
    "payments": {"employer": "", "other": ""}, "labour": {"end": "2028-01-04", "probation_end": "2026-03-04", "certificate_on": "", "amended_on": ""},
    "funds": {"unit": ""}, "holidays": {"name": "元旦"}, "days": {"source": ""},
}  # fmt: skip
"""Examples that a kind has of its own ("" = left blank)."""
_BY_KIND: Final = (
    (DATE, "2026-01-05", "写成 2026-01-05 或 2026年1月5日，年、月、日齐全"),
    (END_DATE, "2026-12-31", "写成 2026-12-31；没有结束的留空"),
    (MONTH, "2026-05", "写成 2026-05"),
    (MONEY, "4500.00", "按元填写，到分；没有发放填 0，不清楚留空"),
    (IDENTITY, "449901199001011234", "18 位，本列已设为文本；不要改成数字"),
    (PHONE, "13800000000", "11 位手机号，或带区号的座机号"),
    (CODE, "", "按原件填写，本列已设为文本"),
    (CERTIFICATE_NO, "", "按证书填写，本列已设为文本"),
    (COUNT, "12", "0 或正整数，不写单位；不清楚留空"),
    (ORDINAL, "1", "填正整数"),
    (YEAR, "2026", "写成 2026"),
    (HALF_DAYS, "21.5", "按天填写，可到半天，如 21.5"),
    (CREDIT, "", "18 位统一社会信用代码，本列已设为文本"),
    (SHARE, "100%", "写成 50% 这样的比例"),
)
"""What a column of the kind looks like and how it is filled in."""
_TEXT: Final = (IDENTITY, PHONE, CERTIFICATE_NO, CODE, CREDIT, MONTH)


def write_template(book: Book, kind: ImportKind, folder: Path, day: date) -> Path:
    """Write a kind's template into `folder` (made where it is not there), with the book's units, suppliers and contracts to choose from; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    known = kind.names(book.read(kind.existing))
    fields = {key: kind.fields[key] for key in (kind.fields if kind.offered is None else kind.offered)}
    lists = {key: tuple(names) for key, names in known.items() if key not in kind.makes and key in fields and not fields[key].kind.each}
    slots = [_slot(one, lists.get(key, one.kind.choices), key in kind.musts) for key, one in fields.items()]
    example = [_example(kind, key, one, lists.get(key) or one.kind.choices) for key, one in fields.items()]
    example[0] = f"{_EXAMPLE}：{example[0]}"
    filled = Page(kind.title, [[one.label for one in fields.values()], example], (1, 1), slots, ROWS, grey=(2,))
    return write([filled, _explained(kind, fields, lists)], folder / f"{kind.title}模板.xlsx", day)


def _slot(one: Field, choices: tuple[str, ...], needed: bool) -> Slot:
    wide = max([2 * len(one.label) + 4, 22 if one.kind is IDENTITY else 12, *(2 * len(choice) + 4 for choice in choices)])
    shown = "yyyy-mm-dd" if one.kind in (DATE, END_DATE) else "#,##0.00" if one.kind is MONEY else "General"
    return Slot(min(wide, 40), one.kind in _TEXT, choices, shown, needed)


def _example(kind: ImportKind, key: str, one: Field, choices: tuple[str, ...]) -> str:
    if key in _OWN.get(kind.id, {}):
        return _OWN[kind.id][key]
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
        lines.append([one.label, "必填" if key in kind.musts else "", one.hint or _how(one.kind, words)])
    return Page("填表说明", lines, (5, 5), (Slot(24), Slot(10), Slot(80)))


def _how(kind: Kind, words: tuple[str, ...]) -> str:
    if words:
        return "从列表里选：" + "、".join(words)
    return next((how for of, _, how in _BY_KIND if kind is of), "如实填写文字")
