"""Confirmed months are locked by the database itself: one trigger for each way a month's pay could change, all of one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LOCKED: Final = ("pay_month", "provider_pay")
"""Tables whose rows belong to a 工资所属月份 that can be confirmed."""

SENTENCE: Final = "这个月的工资已经确认，不能改动。确需修改的，请先在“工资核对”页对这个月“取消确认”（须填写原因）。"

_SIDES: Final = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def triggers() -> Iterator[str]:
    """Refuse, in the clerk's words, to change what belongs to a confirmed month."""
    for table in LOCKED:
        for op, sides in _SIDES.items():
            held = " OR ".join(f"(year = {side}.year AND month = {side}.month)" for side in sides)
            yield (
                f"CREATE TRIGGER confirmed_{table}_{op} BEFORE {op.upper()} ON {table}\n"
                f"WHEN EXISTS (SELECT 1 FROM pay_confirmation WHERE {held}) BEGIN\n"
                f"SELECT RAISE(ABORT, '{SENTENCE}');\nEND"
            )
