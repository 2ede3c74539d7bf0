"""单位信息: the one record that says whose book this is and who signs its returns."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from db.lists import Listing, Row
from db.lists.columns import shown, written
from db.model import TABLES

_READ: Final = ("code", "name", "city", "region", "region_basis", "confirmed")
_TYPED: Final = ("mode", "contact", "phone", "leader", "deputy", "section_head", "reviewer", "preparer")
COLUMNS: Final = (*(shown("county", name) for name in _READ), *(written("county", name) for name in _TYPED))


def county(connection: Connection) -> Listing:
    """The county's record as a list of one row; what the signatories' fields say may be typed over."""
    found = connection.execute(select(TABLES["county"])).mappings().one()
    return Listing(COLUMNS, (Row({"county": (1,)}, tuple(found[name] for name in (*_READ, *_TYPED))),))
