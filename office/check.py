"""Checking the book: facts as of a date, and what the rules find in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import resources
from db import facts as db_facts
from db.book import Book
from policy.facts import Facts
from policy.finding import Finding
from policy.parameters import Parameters, load
from policy.period import Period, month_end
from policy.rules import check as run_rules

SHIPPED = "policy/gd-2019-453.toml"


def check_period(as_of: date) -> Period:
    """What a check on `as_of` looks at: stocks of that day, pay from 1 January to the last full month-end not after it."""
    full = as_of if as_of == month_end(as_of.year, as_of.month) else as_of.replace(day=1) - timedelta(days=1)
    return Period(f"{as_of:%Y-%m-%d}", date(as_of.year, 1, 1), full, as_of)


def parameters_in(connection: Any, on: date) -> Parameters:
    """The parameters in force on a date: the shipped notice with the book's own rule sets over it."""
    return load(resources.text(SHIPPED), db_facts.overlays(connection), on)


def facts_in(connection: Any, period: Period) -> Facts:
    """The book's facts for a period (for `book.read` and `book.read_later`)."""
    return db_facts.read(connection, parameters_in(connection, period.as_of), period)


@dataclass(frozen=True)
class Checked:
    """A check's facts and findings."""

    facts: Facts
    findings: tuple[Finding, ...]


def judge(facts: Facts) -> Checked:
    """Run every rule over facts."""
    return Checked(facts, run_rules(facts))


def check(book: Book, as_of: date) -> Checked:
    """Run every rule over the book as of a date."""
    return judge(book.read(facts_in, check_period(as_of)))
