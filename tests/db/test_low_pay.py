"""Facts name the pay months below the highest minimum wage in the book, without overtime, and nothing where no minimum is entered."""

from __future__ import annotations

from datetime import date

from db.book import Book
from office.check import facts_in
from policy.period import parse_period
from tests.db.records import county, new, pay, worker


def test_low_months(book: Book) -> None:
    book.act("新建", [
        *county(), *worker(1), *worker(2), pay(1, 2026, 4, base=184_999), pay(1, 2026, 5, base=185_000), pay(1, 2026, 6, base=190_000, overtime=5_001),
        pay(2, 2026, 4, base=184_999), pay(1, 2025, 4, base=1),
    ])  # fmt: skip
    assert not any(one.low_pay for one in book.read(facts_in, parse_period("2026")).engagements)
    book.act("登记", [new("minimum_wage", 1, since=date(2026, 1, 1), area="", monthly=185_000)])
    found = {one.id: one.low_pay for one in book.read(facts_in, parse_period("2026")).engagements}
    assert found[1] == ((4, 184_999),)
    book.act("工资", [new("pay_month", 2026, 2, 7, base=184_999, overtime=5_001)])
    assert {one.id: one.low_pay for one in book.read(facts_in, parse_period("2026")).engagements}[2] == ((4, 184_999), (7, 184_999))
    assert not any(one.low_pay for one in book.read(facts_in, parse_period("2025")).engagements)
