"""The recycle bin: a record entered by mistake leaves the book with all that hangs on it, as one act, and can be put back.

Who left is not removed (离职（退回）), nor is a unit that ceased (撤销单位): their past belongs to earlier returns.
"""

from __future__ import annotations

from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists import Key
from db.rows import row, rows

HANGING: Final = {
    "person": (("engagement", "person"), ("appraisal", "person")),
    "engagement": tuple(
        (table, "engagement")
        for table in ("engagement_term", "assignment", "absence", "pay_standard", "pay_month", "provider_pay", "labour_contract")
    ),
    "unit": (("unit_version", "unit"), ("approved_headcount", "unit"), ("caseload", "unit")),
}
"""Table → (table, column) of the rows that are nothing without it and go with it."""

HOLDING: Final = {
    "unit": (
        ("assignment", "unit", "还有 {} 条派驻记录在这个单位。请先改正这些派驻记录；单位已撤销的，请用“撤销单位”登记最后一天。"),
        ("unit_version", "parent", "还有 {} 条单位记录的所属单位是它。请先改正它们的所属单位。"),
        ("unit_version", "successor", "有 {} 个单位并入了它。请先改正并入单位。"),
        ("purchase_contract", "buyer", "还有 {} 份采购合同以它为购买主体。请先改正这些合同。"),
        ("contract_unit", "unit", "有 {} 份采购合同列它为用工单位。请先改正这些合同。"),
        ("fund_line", "unit", "还有 {} 条经费明细属于这个单位。请先改正这些明细。"),
    )
}
"""Table → rows of others that need it, and the sentence that then refuses."""


def hanging(connection: Any, table: str, key: Key) -> list[tuple[str, dict[str, Any]]]:
    """The rows that go when a record goes, itself first (table, whole row). Refused where it is not there any more."""
    whole = row(connection, table, key)
    if whole is None:
        raise Refused(f"这条“{label(table)}”记录已经不在了。请刷新。")
    found = [(table, whole)]
    for below, column in HANGING.get(table, ()):
        for one in rows(connection, below, **{column: key[0]}):
            found += hanging(connection, below, _key(one))
    return found


def what_goes(connection: Any, table: str, key: Key) -> str:
    """What goes with a record, in words: 用工关系 1 条、派驻 2 条、工资 24 条 ("" where nothing hangs on it)."""
    counts: dict[str, int] = {}
    for one, _ in hanging(connection, table, key)[1:]:
        counts[one] = counts.get(one, 0) + 1
    return "、".join(f"{label(one)} {count} 条" for one, count in counts.items())


def discard(book: Book, table: str, key: Key, reason: str) -> int:
    """Move a record and what hangs on it into the recycle bin; returns the act, by which `restore` puts it back.

    Refused where others need it (people posted to a unit), or where a confirmed month holds its pay.
    """
    for other, column, sentence in HOLDING.get(table, ()):
        needing = [one for one in book.read(rows, other, **{column: key[0]}) if other != "unit_version" or one["unit"] != key[0]]
        if needing:
            raise Refused(sentence.format(len(needing)))
    gone = book.read(hanging, table, key)
    name = _name(gone)
    return book.act(f"移入回收站 {name}", [Change(one, _key(whole), whole, None) for one, whole in reversed(gone)], reason=reason)


def restore(book: Book, act: int) -> int:
    """Put back what an act removed, exactly as it was; returns the number of this act.

    Refused with a sentence where the book has moved on (the identity number was registered anew, the unit is gone).
    """
    return book.take_back(act)


def _name(gone: list[tuple[str, dict[str, Any]]]) -> str:
    named = [str(one["name"]) for table, one in gone if table in ("person", "unit_version")]
    return named[-1] if named else label(gone[0][0])


def _key(whole: dict[str, Any]) -> Key:
    return (whole["id"],) if "id" in whole else (whole["year"], whole["engagement"], whole["month"])
