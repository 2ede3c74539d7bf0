"""Months that are confirmed, the provider's sheet, and last month's pay, as the book keeps and reads them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from db.book import Book
from db.change import Change, Refused
from db.confirmed import LOCKED, SENTENCE
from db.lists.pay import confirmation, gross_before, gross_of_person, sheet_of
from tests.db.records import county, new, pay, worker

MAY = date(2026, 5, 1)


@pytest.fixture
def paid(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2), pay(1, 2026, 4, base=100), pay(1, 2026, 5, base=120), pay(2, 2026, 5)])
    return book


def confirm(book: Book, month: int) -> None:
    book.act("确认", [new("pay_confirmation", 2026, month, confirmed_by="李晓敏", confirmed_on=date(2026, 6, 3))])


@pytest.mark.parametrize("table", LOCKED)
def test_nothing_of_a_confirmed_month_is_inserted_changed_or_deleted(paid: Book, table: str) -> None:
    paid.act("报来", [new("provider_pay", 2026, 1, month, base=1) for month in (4, 5)])
    confirm(paid, 5)
    whole = paid.read(sheet_of, table, 2026, 5)[1]
    whole = {name: value for name, value in whole.items() if name not in ("gross", "net", "cost")}
    for change in (
        new(table, 2026, 2, 5, base=1) if table == "provider_pay" else new(table, 2026, 3, 5, base=1),
        Change(table, (2026, 1, 5), {"base": whole["base"]}, {"base": 7}),
        Change(table, (2026, 1, 5), {"month": 5}, {"month": 6}),
        Change(table, (2026, 1, 4), {"month": 4}, {"month": 5}),
        Change(table, (2026, 1, 5), whole, None),
    ):
        with pytest.raises(Refused) as refused:
            paid.act("改", [change])
        assert str(refused.value) == SENTENCE
    paid.act("四月", [Change(table, (2026, 1, 4), {"base": paid.read(sheet_of, table, 2026, 4)[1]["base"]}, {"base": 7})])
    assert paid.verify() == []


def test_the_lock_goes_with_the_confirmation(paid: Book) -> None:
    confirm(paid, 5)
    assert paid.read(confirmation, 2026, 5) == ("李晓敏", date(2026, 6, 3))
    assert paid.read(confirmation, 2026, 4) is None
    gone = {"year": 2026, "month": 5, "confirmed_by": "李晓敏", "confirmed_on": date(2026, 6, 3)}
    paid.act("取消确认", [Change("pay_confirmation", (2026, 5), gone, None)])
    paid.act("改", [Change("pay_month", (2026, 1, 5), {"base": 120}, {"base": 7})])


def test_dropping_a_lock_is_found(paid: Book) -> None:
    paid.read(lambda connection: connection.execute(text("DROP TRIGGER confirmed_pay_month_update")))
    assert "触发器有 1 处" in "".join(paid.verify())


def test_a_confirmation_outside_an_act_is_refused(paid: Book) -> None:
    with pytest.raises(DatabaseError):
        paid.read(lambda connection: connection.execute(text("INSERT INTO pay_confirmation VALUES (2026, 5, '我', '2026-06-01')")))


def test_the_providers_sheet_is_added_up_as_ours_is(paid: Book) -> None:
    paid.act("报来", [new("provider_pay", 2026, 1, 5, base=100, bonus=20, deduction=5, tax=1, fee=9, source="五月.xlsx")])
    sent = paid.read(sheet_of, "provider_pay", 2026, 5)[1]
    assert (sent["gross"], sent["net"], sent["cost"], sent["source"], sent["kept"]) == (115, 114, 124, "五月.xlsx", False)


def test_last_months_pay_is_the_engagements_own_else_the_persons(paid: Book) -> None:
    assert paid.read(gross_before, MAY) == {1: 100, 2: None}
    paid.act("更换承接主体", [
        new("engagement", 9, person=1, start=date(2026, 6, 1)), new("engagement_term", 9, engagement=9, since=date(2026, 6, 1), type="劳务派遣"), pay(9, 2026, 6, base=130),
    ])  # fmt: skip
    assert paid.read(gross_before, date(2026, 6, 1)) == {9: 120}
    paid.act("补", [pay(1, 2026, 6, base=1)])
    assert paid.read(gross_before, date(2026, 6, 1)) == {9: None, 1: 120}, "pay that has a line of its own this month is not counted twice"
    assert paid.read(gross_of_person, 1, 202605, 202606) == {202605: 120, 202606: 131}
