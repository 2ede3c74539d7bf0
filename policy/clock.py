"""The clock: the one place that asks what time it is, so that tests and stories can say it themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Clock:
    """Tells the time of day of this office; `Clock(lambda: datetime(2026, 12, 31))` stands still for a test."""

    now: Callable[[], datetime] = datetime.now

    def today(self) -> date:
        """Today's date, for what a clerk types (今天) and for the suggested as-of date; never read by rules or returns."""
        return self.now().date()
