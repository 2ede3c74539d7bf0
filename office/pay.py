"""A month's pay sheet: who is to be paid, rows for them, last month's figures copied, the month confirmed and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.facts import engagements_in
from db.lists.pay import confirmation, sheet_of
from db.rows import defaults, row, rows
from office.check import parameters_in
from policy.pay import in_pay_form
from policy.pay_check import DIRECT
from policy.period import month_end
from policy.placing import term_on


def missing_in(connection: Any, first: date, last: date) -> list[tuple[int, str]]:
    """(engagement, name) of everybody who stands in 表3 or is 直接聘用, serves in the month and has no pay row of it yet, in order of
    the book."""
    parameters = parameters_in(connection, last)
    paid = {one["engagement"] for one in rows(connection, "pay_month", year=first.year, month=first.month)}

    def direct(engagement: Any) -> bool:
        term = term_on(engagement, min(last, engagement.end or last))
        return term is not None and term.type == DIRECT

    return [
        (one.id, one.person.name)
        for one in engagements_in(connection, first, last)
        if one.id not in paid and one.assignments and (in_pay_form(one, last, parameters) or direct(one))
    ]


def add_missing(book: Book, first: date, last: date) -> int:
    """An empty row for everybody still missing in the month; returns how many."""
    refuse_confirmed(book, first)
    missing = book.read(missing_in, first, last)
    if not missing:
        raise Refused("本月应发工资的人员都已有工资记录。")
    book.act(f"建立 {said(first)}工资行", [_row(first, engagement, {}) for engagement, _ in missing])
    return len(missing)


KEPT = (
    "base", "post", "performance", "allowance", "unsplit", "pension", "medical", "unemployment", "insurance_other", "fund", "tax", "other", "employer_insurance",
    "employer_fund", "fee", "vat",
)  # fmt: skip
"""What is copied from month to month; bonus, overtime, deductions and the day of payment belong to their own month."""


def copy_last_month(book: Book, first: date, last: date) -> str:
    """Last month's regular items for everybody who has none this month yet and still serves, as one act; returns what was done and
    whom to look at again (who came or left inside one of the two months), as a sentence."""
    refuse_confirmed(book, first)
    before = first - timedelta(days=1)
    wanted = {engagement for engagement, _ in book.read(missing_in, first, last)}
    found = [one for one in book.read(rows, "pay_month", year=before.year, month=before.month) if one["engagement"] in wanted]
    if not found:
        raise Refused(f"{said(before)}没有可以复制的工资记录，或本月人员都已有记录。请导入工资表，或按在岗人员建立空行后填写。")
    book.act(f"复制 {said(before)}工资", [_row(first, one["engagement"], {name: one[name] for name in KEPT}) for one in found])
    copied = {one["engagement"] for one in found}
    partly = [
        one.person.name
        for one in book.read(engagements_in, before.replace(day=1), last)
        if one.id in copied and (one.start > before.replace(day=1) or (one.end is not None and one.end < last))
    ]
    done = f"已从上月复制 {len(found)} 人；奖金、加班工资、缺勤扣款和发放日期不复制。"
    return done + (f"上月入职或本月离职、不满整月的请核对：{'、'.join(partly)}。" if partly else "")


def drop_row(book: Book, key: Sequence[int]) -> None:
    """移出本月: take one person's row out of the month's sheet (undo brings it back)."""
    whole = book.read(row, "pay_month", key)
    if whole is None:
        raise Refused("这一行已经不在了。请刷新。")
    refuse_confirmed(book, date(whole["year"], whole["month"], 1))
    book.act(f"移出 {said(date(whole['year'], whole['month'], 1))}工资一行", [Change("pay_month", tuple(key), whole, None)])


def confirm(book: Book, first: date) -> None:
    """确认本月工资: the month's sheet (ours and the provider's) is locked. Refused while there is none or rows are still blank."""
    refuse_confirmed(book, first)
    sheet = book.read(sheet_of, "pay_month", first.year, first.month)
    if not sheet:
        raise Refused(f"{said(first)}还没有工资表，没有可以确认的内容。")
    blank = [one for one, pay in sheet.items() if pay["gross"] is None]
    if blank:
        people = {one.id: one.person.name for one in book.read(engagements_in, first, month_end(first.year, first.month))}
        named = "、".join(people.get(one, f"用工关系 {one}") for one in blank)
        raise Refused(f"有 {len(blank)} 人的应发工资还是空的：{named}。请填写（确实为 0 的填 0），或用“移出本月”去掉这一行，再确认。")
    values = {"year": first.year, "month": first.month, "confirmed_by": book.who, "confirmed_on": book.clock.today()}
    book.act(f"确认 {said(first)}工资", [Change("pay_confirmation", (first.year, first.month), None, values)], barrier=True)


def unconfirm(book: Book, first: date, reason: str) -> None:
    """取消确认: open a confirmed month again; the reason goes into the diary."""
    if not reason.strip():
        raise Refused("请填写取消确认的原因，原因会记入日志。")
    whole = book.read(row, "pay_confirmation", (first.year, first.month))
    if whole is None:
        raise Refused(f"{said(first)}的工资还没有确认，可以直接修改。")
    gone = Change("pay_confirmation", (first.year, first.month), whole, None)
    book.act(f"取消确认 {said(first)}工资", [gone], reason=reason.strip(), barrier=True)


def refuse_confirmed(book: Book, first: date) -> None:
    """Refused with the month's name and the way out where the month is confirmed."""
    held = book.read(confirmation, first.year, first.month)
    if held is not None:
        raise Refused(confirmed_sentence(first.year, first.month))


def confirmed_sentence(year: int, month: int) -> str:
    """Why a confirmed month takes no change, and what to do."""
    return f"{year}年{month}月的工资已经确认，不能改动。确需修改的，请先在“工资核对”页对这个月“取消确认”（须填写原因）。"


def said(day: date) -> str:
    """The month of a day in words: 2026年5月."""
    return f"{day.year}年{day.month}月"


def _row(first: date, engagement: int, values: dict[str, Any]) -> Change:
    key = (first.year, engagement, first.month)
    return Change("pay_month", key, None, defaults("pay_month") | dict(zip(("year", "engagement", "month"), key, strict=True)) | values)
