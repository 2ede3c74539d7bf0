"""What the program remembers for its user: how each list is laid out, the views saved under a name, which way Enter goes, the size of letters.

Kept in the `QSettings` given from outside, beside no book. A view says what is filtered and so could repeat words of the book:
the grid hands over no filter of a column with names or masked numbers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from PySide6.QtCore import QSettings

from desktop import theme


@dataclass(frozen=True)
class Layout:
    """How a list's columns stand, by column id."""

    order: Sequence[str]
    widths: Mapping[str, int]
    """In pixels of the screen's logical size."""
    hidden: Sequence[str]
    still: str
    """The last column that does not scroll; "" = all scroll."""


@dataclass(frozen=True)
class SavedView:
    """A list as the clerk wants to see it again: columns, filters and order."""

    name: str
    layout: Layout
    typed: Mapping[str, str] = field(default_factory=dict)
    """Column id → the text of its filter box."""
    ticked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Column id → the texts ticked in its list of values."""
    sorted_by: str = ""
    descending: bool = False


class Preferences:
    """One user's preferences. Lists go by a name of their own (人员, 工资). What cannot be read any more counts as not there."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def layout(self, name: str) -> Layout | None:
        """How a list was last laid out; None: as it comes."""
        try:
            return _layout(self._read(f"columns/{name}"))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep_layout(self, name: str, layout: Layout | None) -> None:
        """Remember how a list is laid out; None forgets it."""
        if layout is None:
            self._settings.remove(f"columns/{name}")
        else:
            self._write(f"columns/{name}", asdict(layout))

    def views(self, name: str) -> list[SavedView]:
        """The views saved for a list, in the order they were saved."""
        try:
            return [_view(said) for said in self._read(f"views/{name}")]
        except (ValueError, TypeError, KeyError, AttributeError):
            return []

    def keep_view(self, name: str, view: SavedView) -> None:
        """Save a view; one of the same name is replaced."""
        kept = {one.name: one for one in self.views(name)} | {view.name: view}
        self._write(f"views/{name}", [asdict(one) for one in kept.values()])

    def drop_view(self, name: str, view: str) -> None:
        """Forget a saved view."""
        self._write(f"views/{name}", [asdict(one) for one in self.views(name) if one.name != view])

    def enter_goes_right(self) -> bool:
        """Whether Enter leads to the next cell of the row instead of the next row."""
        return str(self._settings.value("enter", "down")) == "right"

    def set_enter_goes_right(self, on: bool) -> None:
        """Set which way Enter goes."""
        self._settings.setValue("enter", "right" if on else "down")

    def points(self) -> float:
        """The size of letters, one of `theme.SIZES`."""
        try:
            said = float(str(self._settings.value("points", theme.POINTS)))
        except ValueError:
            said = theme.POINTS
        return said if said in theme.SIZES.values() else float(theme.POINTS)

    def set_points(self, points: float) -> None:
        """Set the size of letters."""
        self._settings.setValue("points", points)

    def hand(self, name: str) -> str:
        """Who last changed a habit and when; "" where nobody did."""
        return str(self._settings.value(f"hands/{name}", ""))

    def sign(self, name: str, who: str) -> None:
        """Write down who changed a habit, and when."""
        self._settings.setValue(f"hands/{name}", who)

    def _read(self, key: str) -> Any:
        return json.loads(str(self._settings.value(key, "")))

    def _write(self, key: str, value: Any) -> None:
        self._settings.setValue(key, json.dumps(value, ensure_ascii=False))


def _layout(said: Any) -> Layout:
    widths = {str(name): int(width) for name, width in said["widths"].items()}
    return Layout(_words(said["order"]), widths, _words(said["hidden"]), str(said["still"]))


def _view(said: Any) -> SavedView:
    typed = {str(name): str(text) for name, text in said["typed"].items()}
    ticked = {str(name): _words(texts) for name, texts in said["ticked"].items()}
    return SavedView(str(said["name"]), _layout(said["layout"]), typed, ticked, str(said["sorted_by"]), bool(said["descending"]))


def _words(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise TypeError(said)
    return tuple(str(word) for word in said)
