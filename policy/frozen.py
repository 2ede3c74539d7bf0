"""Frozen: facts as text and back, exact and total, so that what a return was made from can be looked at years later.

    freeze(facts) → JSON text        thaw(text) → equal Facts

Dates, fractions, tuples, sets, mappings with any keys, enumerations and records keep what they are. What a record is made of is read from the types of its fields: a field or record added later is kept without a
line here. A text written before a field existed takes the field's default.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from policy.facts import Facts

VERSION: Final = 1
"""Of the notation; a newer one is refused."""
_SORT: Final = "$"


def freeze(facts: Facts) -> str:
    """Facts as one JSON text."""
    return json.dumps({"version": VERSION, "facts": plain(facts)}, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> Facts:
    """The facts a text was made from. ValueError with a sentence for what is no such text, or one of a newer program."""
    try:
        content = json.loads(text)
        version, held = content["version"], content["facts"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("封存的台账数据读不出来，可能已损坏。请从备份恢复这本台账。") from error
    if version != VERSION:
        raise ValueError(f"封存的台账数据是更高版本的程序写的（格式 {version}，本程序认得 {VERSION}）。请换用新版程序。")
    found = record(held, Facts)
    assert isinstance(found, Facts)
    return found


def plain(value: Any) -> Any:
    """A value as JSON knows it; what JSON does not know is an object that says its sort."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Enum):
        return {_SORT: type(value).__name__, "": value.value}
    if isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return {_SORT: "date", "": value.isoformat()}
    if isinstance(value, Fraction):
        return {_SORT: "fraction", "": str(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, frozenset | set):
        return {_SORT: "set", "": sorted((plain(one) for one in value), key=repr)}
    if isinstance(value, Mapping):
        return {_SORT: "map", "": [[plain(key), plain(one)] for key, one in value.items()]}
    if is_dataclass(value):
        return {_SORT: type(value).__name__} | {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.init}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def record(held: Any, *roots: type) -> Any:
    """What `plain` was made from, with the records reachable from `roots`. ValueError with a sentence for anything unknown."""
    known = {name: one for root in roots for name, one in _reachable(root).items()}

    def read(one: Any) -> Any:
        if isinstance(one, list):
            return tuple(read(each) for each in one)
        if not isinstance(one, dict):
            return one
        sort = one.get(_SORT)
        simple = _SIMPLE.get(str(sort))
        if simple:
            return simple(one[""], read)
        made = known.get(str(sort))
        if made is None:
            raise ValueError(f"封存的数据里有本程序不认得的记录“{sort}”。请换用新版程序。")
        if issubclass(made, Enum):
            return made(one[""])
        names = {field.name for field in fields(made) if field.init}
        if unknown := one.keys() - names - {_SORT}:
            raise ValueError(f"封存的数据里，“{sort}”有本程序不认得的内容（{'、'.join(sorted(unknown))}）。请换用新版程序。")
        needed = [f.name for f in fields(made) if f.default is MISSING and f.default_factory is MISSING and f.name not in one]
        if needed:
            raise ValueError(f"封存的数据里，“{sort}”缺少{'、'.join(needed)}，可能已损坏。请从备份恢复这本台账。")
        return made(**{name: read(each) for name, each in one.items() if name != _SORT})

    return read(held)


_SIMPLE: Final[Mapping[str, Callable[[Any, Callable[[Any], Any]], Any]]] = {
    "date": lambda text, read: date.fromisoformat(text),
    "fraction": lambda text, read: Fraction(text),
    "set": lambda listed, read: frozenset(read(one) for one in listed),
    "map": lambda listed, read: {read(key): read(one) for key, one in listed},
}


@cache
def _reachable(root: type) -> dict[str, Any]:
    """Every record and enumeration that a value of `root` may hold, by name."""
    found: dict[str, Any] = {}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.__name__ in found:
            continue
        found[one.__name__] = one
        if is_dataclass(one):
            waiting += [part for hint in get_type_hints(one).values() for part in _parts(hint)]
    return found


def _parts(hint: Any) -> Iterator[type]:
    if get_origin(hint) in (Union, UnionType) or get_args(hint):
        for one in get_args(hint):
            yield from _parts(one)
    elif isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, Enum)):
        yield hint
