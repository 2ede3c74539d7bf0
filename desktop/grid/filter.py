"""What a clerk may type into a column's filter box: 张, =张三, ≠城关镇, >=5000, <2021-3-1, 5000..6000, 空, 非空, 不含某字."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from policy.kinds import Kind, Unreadable
from policy.spelling import plain, spells_within

Condition = Callable[[Any], bool]
"""Says of a stored value whether its row stays."""

HINT: Final = "输入文字或拼音首字母即筛选。也可写：=等于  ≠不等于  >=5000  <5000  5000..6000  空  非空  不含某字"

_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge, "≥": operator.ge, "<=": operator.le, "≤": operator.le, ">": operator.gt, "<": operator.lt,
}
_OPERATOR: Final = re.compile(r"(>=|≥|<=|≤|<>|≠|!=|>|<|=)(.*)", re.DOTALL)
_RANGE: Final = re.compile(r"(.*?)\s*(?:\.{2,3}|~)\s*(.*)", re.DOTALL)


def fold(text: str) -> str:
    """Text as it is compared: full width and capitals made plain, without spaces and thousands commas."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace(",", "").split())


def condition(text: str, kind: Kind, today: date) -> Condition | None:
    """The condition a filter text asks of a column of this kind; None while there is nothing to ask yet.

    Raises Unreadable where a compared amount or date cannot be read (the text after >, a range's end).
    """
    asked = unicodedata.normalize("NFKC", text).strip()
    if not asked:
        return None
    if asked in ("空", "非空"):
        wanted = asked == "空"
        return lambda value: _blank(value) is wanted
    if asked.startswith("不含"):
        without = fold(asked.removeprefix("不含"))
        return (lambda value: _blank(value) or without not in fold(kind.show(value))) if without else None
    if found := _OPERATOR.fullmatch(asked):
        return _comparison(found[1], found[2].strip(), kind, today)
    if found := _RANGE.fullmatch(asked):
        between = _between(found[1], found[2], kind, today)
        if between:
            return between
    needle = fold(asked)
    known: dict[Any, bool] = {}

    def fits(value: Any) -> bool:
        if value not in known:
            known[value] = not _blank(value) and says(needle, kind.show(value))
        return known[value]

    return fits


def says(needle: str, text: str) -> bool:
    """Whether a text contains what is looked for (folded), as it is written or by the 拼音 of its characters (lwpq → 劳务派遣)."""
    letters = needle.isascii() and needle.isalpha()
    if plain(text):
        return spells_within(needle, text) if letters else needle in text
    return needle in fold(text) or (letters and not text.isascii() and spells_within(needle, text))


def _blank(value: Any) -> bool:
    return value is None or value == ""


def _comparison(sign: str, operand: str, kind: Kind, today: date) -> Condition | None:
    if not operand:
        return None
    if sign in ("=", "<>", "≠", "!="):
        same = _same(operand, kind, today)
        return same if sign == "=" else lambda value: not same(value)
    bound = kind.parse(operand, today)
    if bound is None:
        return None
    compare = _ORDER[sign]
    return lambda value: not _blank(value) and type(value) is type(bound) and compare(value, bound)


def _same(operand: str, kind: Kind, today: date) -> Condition:
    """Equal as stored, or the same words on screen (a part of an identity number is no identity number)."""
    shown = fold(operand)
    try:
        stored = kind.parse(operand, today)
    except Unreadable:
        stored = None
    return lambda value: not _blank(value) and ((stored is not None and value == stored) or fold(kind.show(value)) == shown)


def _between(low: str, high: str, kind: Kind, today: date) -> Condition | None:
    """Both ends belong to the range; an end left out is open. None for text, where ~ is a sign like any other."""
    if not low and not high:
        return None
    first = kind.parse(low, today) if low else None
    last = kind.parse(high, today) if high else None
    if isinstance(first, str) or isinstance(last, str):
        return None

    def inside(value: Any) -> bool:
        return not _blank(value) and (first is None or value >= first) and (last is None or value <= last)

    return inside
