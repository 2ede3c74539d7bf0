"""`office document`: the reports of the year and the papers of personal-data law, as documents for WPS and Word."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from policy.clock import Clock

if TYPE_CHECKING:
    from db.book import Book

DONE = 0
KINDS = {
    "report": "调研报告", "selfcheck": "自查报告", "brief": "汇报材料", "notice": "个人信息处理告知书", "assessment": "个人信息保护影响评估报告",
    "activities": "个人信息处理活动记录", "inquiry": "个人信息查询单", "retention": "保管期限提示",
}  # fmt: skip
"""Word on the command line → title of the document."""


def add(commands: Any) -> None:
    """Hang the command on the parser."""
    document = commands.add_parser("document", help="生成文档：调研报告、自查报告、汇报材料、告知书、查询单等（WPS、Word 可打开）")
    document.add_argument("book", type=Path, metavar="台账")
    document.add_argument("--kind", required=True, choices=tuple(KINDS), help="；".join(f"{kind} {title}" for kind, title in KINDS.items()))
    document.add_argument("--as-of", metavar="日期", help="按哪一天的台账，例如 2026-12-31；不写则为今天。报告写这一年的情况")
    document.add_argument("--person", metavar="证件号", help="查询单是谁的（只用于 inquiry）")
    document.add_argument("--reason", default="", metavar="事由", help="出具查询单的事由（不写则为本人查询），或保管期限提示的导出用途；记入日志")
    document.add_argument("--out", type=Path, required=True, metavar="文件夹", help="文档放在哪个文件夹")


def document(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Write the document; its path is the result."""
    from office.open import open_book
    from policy.kinds.date import DATE

    if (asked.kind == "inquiry") != bool(asked.person):
        raise ValueError("个人信息查询单要用 --person 写明证件号；别的文档不用写。")
    day = DATE.parse(asked.as_of, None) if asked.as_of else clock.today()
    with open_book(asked.book, clock) as book:
        path = _write(book, asked, day)
    print("文档已写出。" + ("内容含完整号码，请当面交给本人；已记入日志。" if asked.person else ""), file=err)
    print(path, file=out)
    return DONE


def _write(book: Book, asked: argparse.Namespace, day: date) -> Path:
    from office.document import write_document
    from office.erase import person_by_id_no
    from office.inquiry import inquiry
    from office.retention import retention_document
    from policy.period import parse_period

    if asked.kind == "inquiry":
        return inquiry(book, person_by_id_no(book, asked.person), asked.out, asked.reason)
    if asked.kind == "retention":
        return retention_document(book, day, asked.out, asked.reason or "命令行")
    return write_document(book, KINDS[asked.kind], parse_period(str(day.year), day), asked.out)
