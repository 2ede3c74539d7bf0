"""Salvaging a damaged book into a new one, when no backup is recent enough."""

from __future__ import annotations

from pathlib import Path

from db import salvage as salvages
from db.salvage import Salvaged
from policy.clock import Clock

__all__ = ["Salvaged", "salvage"]


def salvage(folder: Path, into: Path, clock: Clock, who: str = "经办人", *, password: str | None = None) -> Salvaged:
    """Make a new book in `into` from what can be read of the one in `folder`, which is not touched. See `db.salvage`."""
    return salvages.salvage(folder, into, clock, who, password)
