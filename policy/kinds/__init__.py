"""Kinds: how one sort of datum is read from a cell or a keystroke, shown, masked, and what is said when it cannot be read.

Every field of the book names its kind once; screens, header matching, templates, list exports and the log use it.
Nothing else in the program parses a date or an amount.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class Unreadable(ValueError):  # noqa: N818 - said to a clerk, not an error of the program
    """A cell or keystroke that cannot be read as its kind; str() is a Chinese sentence: what is wrong and what to do."""


def _same(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Kind:
    """One sort of datum.

    `parse(raw, today)` takes what a reader or an editor gives (str, int, float, bool, date, datetime, None) and returns the
    stored value (int 分 for money, date, str, int …), None for a blank, or raises Unreadable. `today` (None when reading
    files) lets a clerk type short dates; a file never gets them. `show` is the text on screen and in print of a stored value.
    """

    name: str
    parse: Callable[[object, date | None], Any]
    show: Callable[[Any], str] = _same
    mask: Callable[[Any], str] | None = None
    align: str = "left"
    sums: bool = False
    """Whether a total of the column means anything."""
    choices: tuple[str, ...] = field(default=())
    each: Kind | None = None
    """What each word is, where a cell holds several (see `policy.kinds.several`)."""
    apart: str = ""
    """The signs that stand between such words."""
    offers: tuple[str, ...] = field(default=())
    """Words to tick, several at once (see `policy.kinds.ticked`)."""


@dataclass(frozen=True)
class Field:
    """A field of the book, described once (in the model) for every screen, template, import, export and log."""

    label: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    """Other headings senders use for it (exact after normalising)."""
    required: bool = False
    hint: str = ""
    """One line for the template's 填表说明 and the form's tooltip."""
