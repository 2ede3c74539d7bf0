"""Four eyes: once two people use the book, nobody approves a return they filled in themselves. The database itself refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from db.base import Base

SENTENCE: Final = "填报人和审核人不能是同一人。请由另一位同志登录后审核。"


def triggers() -> Iterator[str]:
    """Refuse an approval by the one who filled the return in, where the book has more than one account."""
    if "account" not in Base.metadata.tables:
        return
    for op in ("INSERT", "UPDATE"):
        yield (
            f"CREATE TRIGGER approved_return_{op.lower()} BEFORE {op} ON return_\n"
            "WHEN NEW.approved_by = NEW.filled_by AND (SELECT count(*) FROM account) > 1 BEGIN\n"
            f"SELECT RAISE(ABORT, '{SENTENCE}');\nEND"
        )
