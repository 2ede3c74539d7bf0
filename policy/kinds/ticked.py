"""Ticked words in one field: topics of a meeting, departments present, contents of a plan. Stored as one text joined by 、."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import clean, given, quoted
from policy.names import fold

_PARTS = re.compile(r"[、，,;；\n]+")


def ticked(name: str, words: Sequence[str], synonyms: Mapping[str, str] | None = None, *, free: bool = False) -> Kind:
    """A kind of one or more of `words`, stored in their order and joined by 、; with `free` other words stand after them, as written.

    ValueError for a synonym of an unknown word.
    """
    known = {fold(word): word for word in words}
    for spelling, word in (synonyms or {}).items():
        if word not in words or known.setdefault(fold(spelling), word) != word:
            raise ValueError(f"{name}: {spelling} → {word}")

    def parse(raw: object, today: date | None) -> str | None:
        content = given(raw)
        if content is None:
            return None
        if not isinstance(content, str):
            raise Unreadable(f"{quoted(content)}不是{name}。请填写文字，多项用顿号隔开。")
        said = [part for part in (clean(part) for part in _PARTS.split(content)) if part]
        meant = list(dict.fromkeys(known.get(fold(part), part) for part in said))
        other = [part for part in meant if part not in words]
        if other and not free:
            raise Unreadable(f"{name}里没有{quoted(other[0])}。请从以下各项中选填，多项用顿号隔开：{'、'.join(words)}。")
        return "、".join([word for word in words if word in meant] + other) or None

    return Kind(name, parse, offers=tuple(words))


def ticks(text: str | None) -> tuple[str, ...]:
    """The words of a stored text."""
    return tuple(text.split("、")) if text else ()
