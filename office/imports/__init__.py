"""Kinds of records that can be brought in, one a file; the list is explicit."""

from __future__ import annotations

from office.imports import pay, provider, roster, units
from office.imports.plan import ImportKind

KINDS: tuple[ImportKind, ...] = (units.KIND, roster.KIND, pay.KIND, provider.KIND)


def kind(name: str) -> ImportKind:
    """The import kind with this id; ValueError with a sentence for another word."""
    for one in KINDS:
        if one.id == name:
            return one
    raise ValueError(f"没有导入类别“{name}”。可用的有：{'、'.join(f'{one.id}（{one.title}）' for one in KINDS)}。")
