"""Seals without a person erased by law: the same figures, facts, audit and workbook, with 已依法删除 where a name stood.

A seal is never made again from the book; what goes is taken out of what it keeps. The workbook is written anew from the sealed sheets,
dated as it was, and the fingerprint of the file that was sealed stays beside the one of the file that is kept now.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from db.change import Change
from db.erasing import Traces
from db.rows import rows
from office.keeping import kept_of, relaid
from policy.kinds.idno import IDENTITY
from policy.kinds.text import PHONE
from policy.names import ERASED

_TEXTS: Final = ("sheets", "facts", "record")


def sealed(connection: Any, person: int, engagements: Collection[int], traces: Traces) -> list[Change]:
    """The changes that take a person out of every seal that keeps something of them (for `book.read`)."""
    changes = []
    for held in rows(connection, "seal"):
        then = {name: json.loads(zlib.decompress(held[name])) for name in _TEXTS}
        who = Who(person, frozenset(engagements), traces, _shown(then["facts"], person))
        now = {name: who.taken_out(content) for name, content in then.items()}
        if now == then:
            continue
        after: dict[str, Any] = {name: _packed(now[name]) for name in _TEXTS if now[name] != then[name]}
        if "sheets" in after:
            kept = kept_of(held | after)
            workbook = relaid(kept, kept.sheets, held["sealed_on"])
            after |= {"workbook": workbook, "sha256": sha256(workbook).hexdigest(), "original": held["original"] or held["sha256"]}
        after["erased"] = held["erased"] + 1
        changes.append(Change("seal", (held["id"],), {name: held[name] for name in after}, after))
    return changes


@dataclass(frozen=True)
class Who:
    """Somebody as sealed records know them: by number, by engagements, by what says who it is, and by what stood in lists (text → what
    stands there now)."""

    person: int
    engagements: frozenset[int]
    traces: Traces
    shown: dict[str, str | None]

    def taken_out(self, content: Any, own: bool = False) -> Any:
        """A sealed record, as JSON knows it, without the person; `own`: it is about the person."""
        if isinstance(content, str):
            return (self.traces if own else self.traces.anywhere).without(content)
        if isinstance(content, list):
            return [self.taken_out(one, own) for one in content]
        if not isinstance(content, dict):
            return content
        sort = content.get("$")
        if sort == "Person" and content.get("id") == self.person:
            return {name: _blank(name, value) for name, value in content.items()}
        if sort == "Row" and self._line(content["cells"]):
            content = content | {"cells": [self._cell(cell) for cell in content["cells"]]}
        about = own or content.get("subject") == f"p{self.person}" or str(content.get("name", "")).endswith(f" p{self.person}")
        return {name: self.taken_out(value, about) for name, value in content.items()}

    def _line(self, cells: list[dict[str, Any]]) -> bool:
        """Whether a line of a form is this person's alone."""
        behind = set(cells[0].get("people", ())) if cells else set()
        return bool(behind) and behind <= self.engagements

    def _cell(self, cell: dict[str, Any]) -> dict[str, Any]:
        value = cell.get("value")
        return cell | {"value": self.shown[value]} if isinstance(value, str) and value in self.shown else cell


def _shown(facts: Any, person: int) -> dict[str, str | None]:
    """How the person's own fields stand in the lists of a return, whole, masked and for publication → what stands there without them."""
    found = next(_people(facts, person), None)
    if found is None:
        return {}
    birth = date.fromisoformat(found["birth"][""]) if found.get("birth") else None
    hidden = [found.get(name, "") for name in ("id_no", "sex", "phone", "education", "major", "certificate")]
    masked = [kind.mask(found[name]) for name, kind in (("id_no", IDENTITY), ("phone", PHONE)) if kind.mask and found.get(name)]
    texts = [*hidden, *masked, f"{birth:%Y.%m}" if birth else ""]
    return {**dict.fromkeys(filter(None, texts)), found["name"]: ERASED, f"{found['name'][:1]}*": ERASED}


def _people(content: Any, person: int) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if content.get("$") == "Person" and content.get("id") == person:
            yield content
        content = list(content.values())
    for one in content if isinstance(content, list) else ():
        yield from _people(one, person)


def _blank(name: str, value: Any) -> Any:
    return value if name in ("$", "id") else ERASED if name == "name" else "" if isinstance(value, str) else None


def _packed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
