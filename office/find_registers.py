"""Finding a record of the registers by its title, number or whom it concerns: documents, meetings, batches, contracts of funds, problems …

One line of data a register; what is found leads to its screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from db.labels import label
from db.rows import rows

Named = Mapping[str, Mapping[int, str]]
"""Table referred to → number → what its record is called."""


@dataclass(frozen=True)
class Register:
    """Where a register's records are named, which other texts they are found by, and what tells them apart (fields, in this order)."""

    names: tuple[str, ...]
    """The first of these that is filled in names the record."""
    texts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


REGISTERS: Final[Mapping[str, Register]] = {
    "plan_doc": Register(("title", "kind"), ("kind", "doc_no"), ("kind", "doc_no", "dated")),
    "meeting": Register(("name",), ("minutes_no", "topics"), ("held", "minutes_no")),
    "recruit_batch": Register(("name",), ("plan_no", "recruiter"), ("recruiter", "announced")),
    "training": Register(("name",), ("place",), ("kind", "held")),
    "incoming_doc": Register(("title",), ("doc_no", "organ", "handler"), ("doc_no", "received")),
    "contact": Register(("name",), ("organ", "phone"), ("organ", "duty", "phone")),
    "handover": Register(("giver",), ("receiver", "witness"), ("receiver", "on")),
    "pay_scale": Register(("name",), ("document",), ("document", "since")),
    "reward": Register(("title",), ("doc_no", "organ", "person", "unit"), ("person", "unit", "given")),
    "evaluation": Register(("contract",), ("third_party", "year"), ("year", "evaluated")),
    "supervision": Register(("contract",), ("finding", "by"), ("phase", "held", "finding")),
    "disclosure": Register(("contract",), ("kind",), ("kind", "published")),
    "inspection": Register(("kind",), ("organ", "finding"), ("organ", "held")),
    "problem": Register(("what",), ("measure", "responsible", "unit"), ("unit", "responsible", "due")),
    "supplier": Register(("name",), ("credit_code",), ("body", "contact")),
    "fund_doc": Register(("title", "doc_no"), ("doc_no",), ("doc_no", "dated")),
    "report_task": Register(("name",), ("document", "short"), ("period", "document")),
}
"""Register → how its records are found."""

_REFERRED: Final = {"contract": "purchase_contract", "person": "person", "unit": "unit"}
"""Field of a register → the table whose record it names."""


def registered(connection: Any, named: Named, rank: Callable[[str], int | None]) -> Iterator[tuple[int, str, int, str, str]]:
    """(rank, table, number, name, what tells it apart) of every record one of whose texts has a rank; `named` says what others are called."""
    for table, register in REGISTERS.items():
        for one in rows(connection, table):
            said = {name: _said(name, one[name], named) for name in dict.fromkeys((*register.names, *register.texts, *register.told))}
            ranks = [found for name in (*register.names, *register.texts) if said[name] and (found := rank(said[name])) is not None]
            if ranks:
                name = next((said[name] for name in register.names if said[name]), "")
                told = dict.fromkeys(said[name] for name in register.told if said[name])
                yield min(ranks), table, one["id"], name, "　".join((label(table), *(word for word in told if word != name)))


def _said(field: str, value: Any, named: Named) -> str:
    if value is None:
        return ""
    referred = _REFERRED.get(field)
    return named.get(referred, {}).get(value, "") if referred else str(value)
