"""Words a field may hold: what is none of its choices never gets into the book, whoever writes it (a screen, an import, the command line)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from db.change import Change, Refused
from db.model import TABLES
from policy.kinds import Field
from policy.kinds.number import YESNO


def refuse_unknown_words(changes: Iterable[Change]) -> None:
    """Refused with the field, the word and the choices where a change would store a word that is none of them."""
    for change in changes:
        if change.after is None:
            continue
        for name, field in _chosen(change.table).items():
            word = change.after.get(name)
            if word is not None and field.kind.show(word) not in field.kind.choices:
                raise Refused(f"“{field.label}”里没有“{word}”。请填以下之一：{'、'.join(field.kind.choices)}。")


@cache
def _chosen(table: str) -> Mapping[str, Field]:
    """The columns of a table that hold one of some words."""
    fields = {column.name: column.info["field"] for column in TABLES[table].columns if "field" in column.info}
    return {name: field for name, field in fields.items() if field.kind.choices and field.kind is not YESNO}
