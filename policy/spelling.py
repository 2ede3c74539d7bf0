"""Finding words by 拼音: which words the letters a clerk types may stand for, every reading of every character counted.

曾小敏 is found by zxm, cxm, zengxm and zengxiaomin; 单文杰 by swj and dwj. The readings are those of resources/names/readings.txt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import resources
from policy.names import fold

_OTHER: Final = re.compile("[^\u3400-\u9fff]")
"""Anything but a plain character: letters, figures, full-width signs, rare characters."""


def plain(word: str) -> bool:
    """Whether a word is made of common characters alone, which no folding changes."""
    return _OTHER.search(word) is None


def spells(letters: str, word: str) -> bool:
    """Whether letters spell the beginning of a word: each character by the first letters of one of its readings, at least one."""
    return letters.isascii() and letters.isalpha() and _spell(letters.casefold(), _characters(word))


def spells_within(letters: str, word: str) -> bool:
    """The same, beginning at any character of the word (青石 in 东岭县青石镇)."""
    if not (letters.isascii() and letters.isalpha()):
        return False
    letters = letters.casefold()
    begins = letters[0]
    if _beginning(begins).isdisjoint(word) and not _OTHER.search(word):  # most words of a long list end here
        return False
    characters = _characters(word)
    return any(
        any(reading[0] == begins for reading in readings) and _spell(letters, characters[at:]) for at, readings in enumerate(characters)
    )


def _characters(word: str) -> list[tuple[str, ...]]:
    """The readings of each character; letters and figures read as themselves, dots and blanks are passed over."""
    known = _readings()
    if all(one in known for one in word):  # plain characters: nothing to fold
        return [known[one] for one in word]
    return [known.get(one) or (one,) for one in fold(word) if one.isalnum()]


def _spell(letters: str, characters: list[tuple[str, ...]]) -> bool:
    if not letters:
        return True
    if not characters:
        return False
    return any(
        _spell(letters[length:], characters[1:])
        for reading in characters[0]
        for length in range(1, len(reading) + 1)
        if letters.startswith(reading[:length])
    )


@cache
def _beginning(letter: str) -> frozenset[str]:
    """The characters one of whose readings begins with a letter."""
    return frozenset(one for one, readings in _readings().items() if any(reading[0] == letter for reading in readings))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Character → its readings without tones."""
    found: dict[str, tuple[str, ...]] = {}
    for line in resources.text("names/readings.txt").splitlines():
        syllable, _, characters = line.partition(" ")
        if syllable != "#":
            for one in characters:
                found[one] = (*found.get(one, ()), syllable)
    return found
