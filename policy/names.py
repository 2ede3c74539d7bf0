"""Names: one spelling for matching people and units, whatever blanks, dots and widths the sender used. Never shown or stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

ERASED: Final = "已依法删除"
"""In the place of the name of somebody whose personal information was erased by law."""
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅●.", "·"))
_SUBDISTRICT_OFFICE = re.compile(r"(?<=.)(?:街道办事处|街道办|办事处)$")
_TOWN_GOVERNMENT = re.compile(r"(镇|乡|街道)(?:人民)?政府$")


def fold(name: str) -> str:
    """The name as it is compared: NFKC, without blanks and invisible characters, dots in names alike (·•・.), case folded."""
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    if " " in name or not name.isprintable():
        name = "".join(c for c in name if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
    return name.translate(_DOTS)


def fold_unit(name: str) -> str:
    """A unit's name as it is compared inside one county: `fold`, with 街道办事处, 街道办 and 办事处 as 街道 and a township without
    its 人民政府. Kinds of unit stay apart: 石湾镇, 石湾镇街道 and 石湾村 are three."""
    return _TOWN_GOVERNMENT.sub(r"\1", _SUBDISTRICT_OFFICE.sub("街道", fold(name)))
