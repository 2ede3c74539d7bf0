"""A month's pay sheet: who is to be paid, rows for them, and last month's figures copied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.facts import engagements_in
from db.rows import defaults, rows
from office.check import parameters_in
from policy.pay import in_pay_form


def missing_in(connection: Any, first: date, last: date) -> list[tuple[int, str]]:
    """(engagement, name) of everybody who stands in 表3, serves in the month and has no pay row of it yet, in order of the book."""
    parameters = parameters_in(connection, last)
    paid = {one["engagement"] for one in rows(connection, "pay_month", year=first.year, month=first.month)}
    return [
        (one.id, one.person.name)
        for one in engagements_in(connection, first, last)
        if one.id not in paid and one.assignments and in_pay_form(one, last, parameters)
    ]


def add_missing(book: Book, first: date, last: date) -> int:
    """An empty row for everybody still missing in the month; returns how many."""
    missing = book.read(missing_in, first, last)
    if not missing:
        raise Refused("本月应发工资的人员都已有工资记录。")
    book.act(
        f"建立 {first.year}年{first.month}月工资行",
        [_row(first, engagement, {}) for engagement, _ in missing],
    )
    return len(missing)


KEPT = (
    "base", "post", "performance", "allowance", "unsplit", "pension", "medical", "unemployment", "insurance_other", "fund", "tax", "other", "employer_insurance",
    "employer_fund", "fee", "vat",
)  # fmt: skip
"""What is copied from month to month; bonus, overtime, deductions and the day of payment belong to their own month."""


def copy_last_month(book: Book, first: date, last: date) -> int:
    """Last month's regular items for everybody who has none this month yet and still serves; returns how many rows were made."""
    before = first - timedelta(days=1)
    wanted = {engagement for engagement, _ in book.read(missing_in, first, last)}
    found = [one for one in book.read(rows, "pay_month", year=before.year, month=before.month) if one["engagement"] in wanted]
    if not found:
        raise Refused(
            f"{before.year}年{before.month}月没有可以复制的工资记录，或本月人员都已有记录。请导入工资表，或按在岗人员建立空行后填写。"
        )
    book.act(
        f"复制 {before.year}年{before.month}月工资",
        [_row(first, one["engagement"], {name: one[name] for name in KEPT}) for one in found],
    )
    return len(found)


def _row(first: date, engagement: int, values: dict[str, Any]) -> Change:
    key = (first.year, engagement, first.month)
    return Change("pay_month", key, None, defaults("pay_month") | dict(zip(("year", "engagement", "month"), key, strict=True)) | values)
