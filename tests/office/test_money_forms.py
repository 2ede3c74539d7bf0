"""The demo county's money in 表4–表6 against the tables themselves: payments, contracts and sources agree to the 分."""

from __future__ import annotations

from db.book import Book
from db.rows import rows
from office.check import facts_in
from policy.contract_facts import WORK_FUND
from policy.finding import HARD
from policy.period import parse_period
from returns.audit import Outcome, audit
from returns.forms import audits, t4, t5, t6
from returns.sheet import Scope, Sheet
from returns.task import Task
from tests.returns.laid import at


def laid(book: Book) -> dict[str, Sheet]:
    facts = book.read(facts_in, parse_period("2026"))
    return {sheet.key: sheet for sheet in (lay(facts, Task("年报")) for lay in (t4.lay, t5.lay, t6.lay))}


def test_payments_contracts_and_sources_agree_to_the_fen(demo_book: Book) -> None:
    forms = laid(demo_book)
    payments = demo_book.read(rows, "contract_payment")
    parts = {name: sum(one[name] or 0 for one in payments) for name in ("wages", "employer", "fee", "other")}
    paid = sum(parts.values())
    assert len({one["contract"] for one in payments}) == 2 and paid > 0 and all(one["paid_on"].year == 2026 for one in payments)
    assert at(forms["表5"], "合计", "7", "8", "9", "10", "11") == [paid, *parts.values()]
    assert at(forms["表6"], "合计", "16", "28") == [paid, paid]
    by_work_fund = sum(one[name] or 0 for one in payments if one["source"] == WORK_FUND for name in parts)
    assert at(forms["表5"], f"A {WORK_FUND}", "7") == at(forms["表4"], "其中：用于购买服务", "本年") == [by_work_fund]
    amounts = sum(one["amount"] for one in demo_book.read(rows, "purchase_contract"))  # all of the year, no amendments: all of it is due
    assert at(forms["表6"], "合计", "14", "15") == [amounts, amounts] and at(forms["表5"], "合计", "6") == [amounts]
    documents = {one["id"] for one in demo_book.read(rows, "fund_doc") if one["year"] == 2026}
    lines = [one for one in demo_book.read(rows, "fund_line") if one["document"] in documents]
    bought = [one for one in lines if one["purpose"] == "购买服务"]
    assert at(forms["表5"], "合计", "1", "5") == [sum(one["budget"] for one in bought), sum(one["received"] for one in bought)]
    assert at(forms["表4"], "本年预算安排工作经费", "本年") == [sum(one["budget"] for one in lines if one["source"] == WORK_FUND)]
    assert at(forms["表4"], "预算安排中　购买服务经费", "本年") == at(forms["表5"], f"A {WORK_FUND}", "1")
    by_service = [forms["表5"].cell(row, "7").value for row in forms["表5"].rows if row.scope is Scope.MEMO]
    assert sum(one for one in by_service if isinstance(one, int)) == paid
    assert len(forms["表6"].cell(forms["表6"].rows[0], "18").people) == 42


def test_the_hard_relations_hold_but_for_what_is_not_scanned(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, parse_period("2026"))
    results = audit(tuple(laid(demo_book).values()), audits(facts.parameters, facts.period))
    failed = {one.audit.id for one in results if one.outcome is Outcome.FAILS and one.audit.level == HARD}
    unscanned = {"4-H5b", "6-H6"} if not facts.attachments else set()
    assert failed == unscanned
    assert {one.audit.id for one in results if one.outcome is Outcome.HOLDS} >= {"4-H4b", "5-H5a", "5-H6a", "5-H7", "6-H7a", "6-H7b"}
