"""Choices: one of a few official words, with the other words senders use for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, quoted
from policy.names import fold


def choice(name: str, words: Sequence[str], synonyms: Mapping[str, str] | None = None) -> Kind:
    """A kind whose stored values are `words`; `synonyms` maps other words to one of them. Full-width, blanks and case don't
    matter. ValueError for a synonym of an unknown word and for two spellings that mean different words."""
    known: dict[str, str] = {}
    for spelling, word in [(word, word) for word in words] + list((synonyms or {}).items()):
        if word not in words or known.setdefault(fold(spelling), word) != word:
            raise ValueError(f"{name}: {spelling} → {word}")

    def parse(raw: object, today: date | None) -> str | None:
        content = given(raw)
        if content is None:
            return None
        found = known.get(fold(str(content)))
        if found is None:
            raise Unreadable(f"{name}里没有{quoted(content)}。请填以下之一：{'、'.join(words)}。")
        return found

    return Kind(name, parse, choices=tuple(words))
