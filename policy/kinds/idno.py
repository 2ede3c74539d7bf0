"""Identity numbers of workers as 18 characters of text."""

from __future__ import annotations

from datetime import date

from policy.clock import Clock
from policy.identity import facts_of
from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, numeral, quoted


def _identity(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是证件号。请填写 18 位证件号。")
    # A file gives no today, but a birth in the future is wrong in a file too.
    return facts_of(numeral(content, "证件号"), today or Clock().today()).number


def masked(number: str) -> str:
    """An identity number as it may be shown: 440101********1234."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


IDENTITY = Kind("证件号", _identity, mask=masked)
"""身份证号 (18 characters; 15-digit ones are widened), 港澳台居民居住证, 外国人永久居留身份证; masked 440101********1234.
A numeric cell with more than 15 digits is refused even where the check digit fits: a cut number passes in 9 % of cases."""
