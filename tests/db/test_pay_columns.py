"""应发, 实发 and 用工成本 are the database's own sums in whole 分; a sheet left blank is blank, not 0."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from db.book import Book
from db.change import Change
from db.rows import row
from tests.db.records import county, pay, worker

ITEMS = ("base", "post", "performance", "allowance", "bonus", "overtime", "unsplit")
WITHHELD = ("pension", "medical", "unemployment", "insurance_other", "fund", "tax", "other")
EMPLOYER = ("employer_insurance", "employer_fund", "fee", "vat")


def computed(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(one) for one in connection.execute(text("SELECT gross, net, cost FROM pay_month ORDER BY year, engagement, month"))]


def test_sums(book: Book) -> None:
    book.act("新增", [*county(), *worker(1)])
    book.act(
        "工资",
        [
            pay(1, 2026, 1, base=400000, performance=60050, deduction=1025, pension=32000, fund=20000, tax=5, employer_insurance=100000, fee=10000),
            pay(1, 2026, 2),
            pay(1, 2026, 3, deduction=100, pension=1, fee=1),
            pay(1, 2026, 4, base=0),
            pay(1, 2026, 5, unsplit=450000),
            pay(1, 2026, 6, overtime=1),
            pay(1, 2026, 7, bonus=100, deduction=300),
        ],
    )
    assert book.read(computed) == [
        (459025, 407020, 569025), (None, None, None), (None, None, None), (0, 0, 0), (450000, 450000, 450000), (1, 1, 1), (-200, -200, -200),
    ]  # fmt: skip


def test_tenths_add_up(book: Book) -> None:
    """Three times 0.1 元 is 0.30000000000000004 in most columns called NUMERIC."""
    book.act("新增", [*county(), *worker(1), *(pay(1, 2026, month, base=10) for month in (1, 2, 3))])
    assert book.read(lambda connection: connection.execute(text("SELECT sum(gross), typeof(sum(gross)) FROM pay_month")).one()) == (30, "integer")


def test_a_change_of_an_item_moves_the_sums(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), pay(1, 2026, 1, base=1)])
    book.act("改", [Change("pay_month", (2026, 1, 1), {"base": 1}, {"base": None})])
    assert book.read(computed) == [(None, None, None)]
    whole = book.read(row, "pay_month", (2026, 1, 1))
    assert whole is not None
    assert not {"gross", "net", "cost"} & whole.keys()


amounts = st.none() | st.integers(0, 10**12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.fixed_dictionaries(dict.fromkeys((*ITEMS, "deduction", *WITHHELD, *EMPLOYER), amounts)))
def test_any_sheet(book: Book, items: dict[str, int | None]) -> None:
    if not book.acts():
        book.act("新增", [*county(), *worker(1)])
    change = pay(1, 2026, 1, **items)

    def total(names: tuple[str, ...]) -> int:
        return sum(items[name] or 0 for name in names)

    book.act("工资", [change])
    if all(items[name] is None for name in ITEMS):
        assert book.read(computed) == [(None, None, None)]
    else:
        gross = total(ITEMS) - (items["deduction"] or 0)
        assert book.read(computed) == [(gross, gross - total(WITHHELD), gross + total(EMPLOYER))]
    book.undo()
