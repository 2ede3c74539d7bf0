"""保管期限提示: the book's papers with the least term the law has them kept, as a list on screen and as a document to file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.lists import Listing, Row
from db.lists.columns import computed
from db.rows import rows
from office.check import check_period, facts_in
from office.document import put
from office.edit import exported
from policy.facts import Facts
from policy.kinds.date import DATE
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.retention import ASSESSMENT, LABOUR, OVER, PAY, PROCUREMENT, Kept, Paper, kept
from returns.document import Document, Paragraph, Table

TITLE: Final = "保管期限提示"
COLUMNS: Final = (
    computed("sort", "资料类别", TEXT, 12),
    computed("name", "资料", TEXT, 24),
    computed("since", "起算日期", DATE, 8, "工资：所属年度末；劳动合同：终止日期；采购文件：合同履行完毕日期；评估报告：成文日期"),
    computed("years", "最低年限", ORDINAL, 5, "法律规定的最低年限，可在设置里改长"),
    computed("until", "保管至", DATE, 8),
    computed("state", "情况", TEXT, 10),
    computed("article", "依据", TEXT, 14),
)
NOTE: Final = "满最低保管期限的，是否继续保存由本单位按档案管理规定研究决定，程序不删除任何资料。"


def retention(connection: Any, as_of: date) -> Listing:
    """The list as of a day: what has been kept for its least term first. Nothing is done to any of it."""
    found = sorted(kept_in(connection, as_of), key=lambda one: one.state(as_of) != OVER)
    return Listing(
        COLUMNS,
        tuple(
            Row(
                {one.paper.record[0]: (one.paper.record[1],)} if one.paper.record else {"paper": (at,)},
                (one.paper.sort, one.paper.name, one.paper.since, one.years, one.until, one.state(as_of), one.article),
            )
            for at, one in enumerate(found)
        ),
    )


def kept_in(connection: Any, as_of: date) -> tuple[Kept, ...]:
    """The papers whose term has begun by the day, by the day it ends."""
    facts = facts_in(connection, check_period(as_of))
    begun = (one for one in _papers(connection, facts) if one.since <= as_of)
    return kept(begun, facts.parameters.limits)


def names_people(connection: Any, as_of: date) -> bool:
    """Whether the list names somebody: every labour contract does."""
    return any(one.paper.sort == LABOUR for one in kept_in(connection, as_of))


def retention_document(book: Book, as_of: date, out: Path, purpose: str = "") -> Path:
    """Write the list as a document into folder `out`; returns its path. One that names people goes into the log with its `purpose`."""
    listing = book.read(retention, as_of)
    lines = tuple(tuple(column.field.kind.show(value) for column, value in zip(COLUMNS, row.values, strict=True)) for row in listing.rows)
    body = Table((tuple(column.field.label for column in COLUMNS), *lines), (5, 7, 6, 3, 6, 5, 6)) if lines else Paragraph("没有已经起算保管期限的资料。")
    document = Document(TITLE, (body, Paragraph(NOTE)), f"（截至{as_of.year}年{as_of.month}月{as_of.day}日）")
    path = put(book, document, TITLE, as_of.isoformat(), out)
    if (named := sum(row.values[0] == LABOUR for row in listing.rows)) and not book.read_only:
        exported(book, TITLE, path.name, named, purpose)
    return path


def _papers(connection: Any, facts: Facts) -> Iterator[Paper]:
    yield from _pay(connection)
    yield from _labour(connection)
    for one in facts.contracts:
        yield Paper(PROCUREMENT, f"{one.no}　{one.name}".strip(), one.last_day, ("purchase_contract", one.id))
    for document in facts.management.documents:
        if ASSESSMENT.removesuffix("报告") in document.title and document.dated:
            yield Paper(ASSESSMENT, document.title, document.dated, ("plan_doc", document.id))


def _pay(connection: Any) -> Iterable[Paper]:
    """One line a year: what was paid for its last month counts from the year's end."""
    return (Paper(PAY, f"{year}年工资", date(year, 12, 31)) for year in sorted({one["year"] for one in rows(connection, "pay_month")}))


def _labour(connection: Any) -> Iterator[Paper]:
    names = {one["id"]: one["name"] for one in rows(connection, "person")}
    engaged = {one["id"]: one for one in rows(connection, "engagement")}
    for one in rows(connection, "labour_contract"):
        engagement = engaged[one["engagement"]]
        ends = [day for day in (one["end"], engagement["end"]) if day is not None]
        if ends:
            yield Paper(LABOUR, f"{names[engagement['person']]}　第 {one['seq']} 份", min(ends), ("labour_contract", one["id"]))
