"""按考核结果调整绩效工资: a proposal list becomes pay standards (调薪) in one act, for everybody or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows


def adjust(book: Book, amounts: Mapping[int, int], since: date) -> int:
    """From `since` on the month's 绩效标准 of each engagement is so much (分); the other parts stay as they are that day. Returns the act.

    Refused by name where an engagement does not hold that day, has no standard in parts, or a standard of that very day; and where nothing changes.
    """
    changes: list[Change] = []
    number = book.read(next_ids)["pay_standard"]
    for engagement, performance in amounts.items():
        held = book.read(row, "engagement", (engagement,))
        if held is None:
            raise Refused("名单里有的人已经不在了。请刷新后重新核对。")
        name = (book.read(row, "person", (held["person"],)) or {})["name"]
        if since < held["start"] or (held["end"] is not None and since > held["end"]):
            raise Refused(f"{name}在 {since} 没有用工关系，不能调整工资标准。请核对执行日期，或者不采用这一行。")
        known = [one for one in book.read(rows, "pay_standard", engagement=engagement) if one["since"] <= since]
        now = max(known, key=lambda one: (one["since"], one["id"]), default=None)
        if now is None or now["monthly_fixed"] is None:
            raise Refused(f"{name}的工资标准没有分出月固定工资，不能单独调整绩效。请先在“人员”里用“调薪”登记各分项。")
        if now["since"] == since:
            raise Refused(f"{name}已有从 {since} 起的工资标准。请另选执行日期，或在“人员”的“工资标准”里直接修改。")
        if now["performance"] != performance:
            values = defaults("pay_standard") | {
                "id": number + len(changes), "engagement": engagement, "since": since, "monthly_fixed": now["monthly_fixed"], "performance": performance,
                "year_end": now["year_end"],
            }  # fmt: skip
            changes.append(Change("pay_standard", (values["id"],), None, values))
    if not changes:
        raise Refused("采用的各行都与现行标准相同，没有要调整的。请核对“采用”和“拟定月绩效”。")
    return book.act(f"按考核结果调整绩效工资 {len(changes)} 人", changes)
