"""Bringing in fund lines with their document (经费明细): one row an amount of a document by source and purpose."""

from __future__ import annotations

from typing import Any

from db.rows import rows
from office.imports.people import Row
from office.imports.plan import differing
from office.imports.table import Draft, Planning, Spec, kind_of, stored_fields
from office.imports.words import UNIT
from policy.kinds import Field
from policy.kinds.text import NAME
from policy.names import fold

DOCUMENT = stored_fields("fund_doc", "year", "level", "doc_no", "title", "dated")


def _documents(connection: Any) -> dict[Any, Row]:
    return {one["id"]: one for one in rows(connection, "fund_doc")}


def _meant(said: Row, book: Planning) -> list[Row]:
    """The documents a row may mean: of the year and number, else of the year and title where one of the two has no number."""
    of_year = [one for one in book.other.values() if one["year"] == said["year"]]
    number, title = (fold(said[name] or "") for name in ("doc_no", "title"))
    same = [one for one in of_year if number and fold(one["doc_no"] or "") == number]
    return same or [one for one in of_year if title and fold(one["title"] or "") == title and not (number and one["doc_no"])]


def _document(draft: Draft, book: Planning) -> None:
    """Find the document the line belongs to, or make it."""
    said = {name: draft.values.get(name) for name in DOCUMENT}
    if not said["doc_no"] and not said["title"]:
        draft.errors["doc_no"] = "没有写明是哪份文件。请填写经费文号或经费文件名称。"
        return
    found = _meant(said, book)
    if len(found) > 1:
        draft.errors["doc_no"] = f"台账里 {said['year']} 年有 {len(found)} 份这样的经费文件，分不清是哪一份。请填写经费文号。"
    elif found:
        (old,) = found
        cells, change = differing("fund_doc", old, said, DOCUMENT)
        draft.cells += cells
        draft.changes += [change] if change else []
        draft.values["document"] = old["id"]
        draft.made[old["id"]] = {**old, **((change.after or {}) if change else {})}
    elif said["level"] is None:
        draft.errors["level"] = "台账里没有这份经费文件，新增时“文件级次”必须填写。请补填。"
    else:
        number = draft.add("fund_doc", {name: value for name, value in said.items() if value is not None})
        draft.values["document"] = number
        draft.made[number] = {**said, "id": number}


def _amount(draft: Draft, _book: Planning) -> None:
    if all(draft.values.get(name) is None for name in ("budget", "received", "spent", "carried")):
        draft.errors["budget"] = "这一行没有任何金额。空白不会当作 0，请补填预算安排、到位或支出金额。"


SPEC = Spec(
    "funds", "经费明细", "fund_line",
    DOCUMENT | stored_fields("fund_line", "source", "purpose")
    | {"unit": Field("经费使用单位", NAME, ("使用单位", "用款单位"), hint="给乡镇（街道）的填单位名称；县级民政局用的留空")}
    | stored_fields("fund_line", "budget", "received", "received_on", "spent", "carried"),
    key=("document", "source", "purpose", "unit"), needs=("year", "source", "purpose"),
    named=lambda values: f"{values.get('doc_no') or values.get('title') or ''} {values.get('source') or ''}".strip(),
    words={"unit": UNIT}, checks=(_amount, _document), other=_documents, same="同一份文件、同一来源和用途",
)  # fmt: skip
KIND = kind_of(SPEC)
