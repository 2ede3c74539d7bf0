"""The demo county's labour contracts: everybody the provider employs has one, almost all of them as they should be.

On purpose: one third fixed term in a row (L05), one that lapsed a fortnight ago with its worker still in post and two near their end
(L07), one further off that only the expiry board shows; and one 不称职 among the appraisals of the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from db.change import Change
from db.rows import defaults
from policy.labour_facts import FIXED
from policy.period import add_months

THIRD, LAPSED, NEAR, NEARER, FAR = 36, 21, 16, 20, 32
"""Numbers of the workers whose contracts are worth a look: the one with a third fixed term, and those about to end."""
ENDS: Final = {LAPSED: (-1, 12, 15), NEAR: (0, 1, 20), NEARER: (0, 2, 15), FAR: (0, 3, 20)}
"""Worker → (years from the end of the year, month, day) of the last day of their second contract."""
INCOMPETENT: Final = NEARER
FIRST_YEARS: Final = 3
LAST_END: Final = 2028
"""Year in which ordinary second contracts end."""


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def labour(workers: Sequence[tuple[int, date, int]], year: int) -> Iterator[Change]:
    """Contracts of the workers (number, first day, monthly pay in 分) as of the end of a year, and their appraisals of the year before."""
    number = 0
    for worker, start, monthly in workers:
        for seq, (first, last) in enumerate(_terms(worker, start, year), 1):
            number += 1
            probation = {"probation_end": add_months(first, 2) - timedelta(days=1), "probation_wage": monthly * 9 // 10} if seq == 1 else {}
            yield _row(
                "labour_contract", number, engagement=worker, seq=seq, kind=FIXED, signed=first, start=first, end=last, wage=monthly, names_unit=True,
                names_term=True, names_post=True, pay_day=10, insured_on=first + timedelta(days=9), **probation,
            )  # fmt: skip
    known = [worker for worker, start, _ in workers if start < date(year - 1, 7, 1)]
    for place, worker in enumerate(known, 1):
        grade = "不称职" if worker == INCOMPETENT else "优秀" if worker % 6 == 0 else "称职"
        yield _row("appraisal", place, person=worker, year=year - 1, grade=grade, reason="窗口投诉两次，低保复核逾期" if grade == "不称职" else None)


def _terms(worker: int, start: date, year: int) -> Iterator[tuple[date, date]]:
    """First and last days of a worker's contracts: three years and then to the end of a later year, unless they are there for a look."""
    first = add_months(start, 12 * (2 if worker == THIRD else FIRST_YEARS)) - timedelta(days=1)
    yield start, first
    if worker == THIRD:
        second = add_months(first + timedelta(days=1), 24) - timedelta(days=1)
        yield first + timedelta(days=1), second
        yield second + timedelta(days=1), date(year + 2, 12, 31)
    elif first < date(year, 12, 31):
        later, month, day = ENDS.get(worker, (LAST_END - year - 1, 12, 31))
        yield first + timedelta(days=1), date(year + 1 + later, month, day)
