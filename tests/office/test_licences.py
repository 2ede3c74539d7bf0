"""Every part that is shipped says whose it is."""

from __future__ import annotations

import re
from pathlib import Path

from office.licences import PARTS, parts

ROOT = Path(__file__).parents[2]


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_locked_part_is_named_and_brings_its_licence() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements/app.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {folded(name) for name in PARTS} == set(locked)
    found = {folded(part.name): part for part in parts()}
    assert set(locked) <= set(found) | {"colorama"}
    for part in found.values():
        assert part.version and part.licence and len(part.text) > 200, part.name
