"""方案、材料 and 会议纪要: the heads a plan gives each unit, when it was published, when it went up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows


def set_heads(book: Book, document: int, heads: Mapping[int, int]) -> int | None:
    """人员配比: exactly these units stand in the plan; a new one begins with the heads given, one that is there keeps its own. Returns the act,
    None where nothing changes."""
    _held(book, "plan_doc", document)
    listed = {one["unit"]: one for one in book.read(rows, "plan_head", document=document)}
    changes = [Change("plan_head", (one["id"],), one, None) for unit, one in listed.items() if unit not in heads]
    new = [(unit, number) for unit, number in heads.items() if unit not in listed]
    for at, (unit, number) in enumerate(new, book.read(next_ids)["plan_head"]):
        changes.append(Change("plan_head", (at,), None, defaults("plan_head") | {"id": at, "document": document, "unit": unit, "heads": number}))
    return book.act("方案人员配比", changes) if changes else None


def publish(book: Book, document: int, on: date, channel: str | None = None, url: str | None = None) -> int:
    """登记公开 of a document; returns the act. Refused before the day it was written."""
    held = _held(book, "plan_doc", document)
    if held["dated"] is not None and on < held["dated"]:
        raise Refused(f"公开日期 {on} 早于成文日期 {held['dated']}。请核对日期。")
    after = {"published": on, "channel": channel or held["channel"], "url": url or held["url"]}
    return book.act(f"登记公开 {_named(held)}", [Change("plan_doc", (document,), {name: held[name] for name in after}, after)])


def report(book: Book, document: int, on: date) -> int:
    """登记报送 of a document; returns the act. Refused before the day it was written."""
    held = _held(book, "plan_doc", document)
    if held["dated"] is not None and on < held["dated"]:
        raise Refused(f"报送日期 {on} 早于成文日期 {held['dated']}。请核对日期。")
    return book.act(f"登记报送 {_named(held)}", [Change("plan_doc", (document,), {"reported": held["reported"]}, {"reported": on})])


def report_minutes(book: Book, meeting: int, on: date, minutes_no: str | None = None) -> int:
    """登记报送 of a meeting's minutes, with their number where it is given; returns the act. Refused before the meeting."""
    held = _held(book, "meeting", meeting)
    if on < held["held"]:
        raise Refused(f"报送日期 {on} 早于会议日期 {held['held']}。请核对日期。")
    before = {"minutes_no": held["minutes_no"], "reported": held["reported"]}
    after = {"minutes_no": minutes_no or held["minutes_no"], "reported": on}
    return book.act("登记报送 会议纪要", [Change("meeting", (meeting,), before, after)])


def _held(book: Book, table: str, number: int) -> dict[str, Any]:
    found = book.read(row, table, (number,))
    if found is None:
        raise Refused("这条记录已经不在了。请刷新。")
    return found


def _named(held: Mapping[str, Any]) -> str:
    return str(held["doc_no"] or held["title"] or held["kind"])
