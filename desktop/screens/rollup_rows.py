"""What the status board, the tiles and the list of counties say of each county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.lists import Row
from desktop.screens.rollup_tiles import Tile, said
from office import rollup
from returns.ranking import PAID_UP, STAFFED, rates
from returns.rollup import Part, head
from returns.sheet import Measure, shown


def board_row(one: rollup.Standing, part: Part | None) -> Row:
    """A county on the status board."""
    held, own = one.package, rates(part) if part else {}
    values = (
        one.county["name"], one.county["code"], one.state, one.late or None, held["version"] if held else None, held["received_on"] if held else None,
        one.open_hard or None, one.unjudged or None, said(own[STAFFED]) if own else None, said(own[PAID_UP]) if own else None, one.county["contact"],
        one.county["phone"], held["reason"] if held else None,
    )  # fmt: skip
    wrong = {"state": "市级复审有强制性问题，或有意见为退回的问题。双击打开报表逐条处理。"} if one.state == rollup.FAULTY else {}
    late = {"late": "已过报送截止日期。"} if one.late else {}
    return Row({"city_county": (one.county["id"],)}, values, {**wrong, **late})


def tile(one: rollup.Standing, part: Part | None) -> Tile:
    """A county in the overview."""
    if part is None:
        return Tile(one.county["id"], one.county["name"], one.state, None, None, "", one.package is not None)
    own, sheet = rates(part), part.sheet("表2")
    top = head(sheet) if sheet else None
    gap = shown(sheet.cell(top, "17"), Measure.COUNT) if sheet and top else ""
    words = f"缺口 {gap} 人　{one.state}" if gap else one.state
    return Tile(one.county["id"], one.county["name"], one.state, own[STAFFED], own[PAID_UP], words, True)


def county_rows(counties: Sequence[Mapping[str, Any]]) -> list[Row]:
    """汇总单位 in their order."""
    return [
        Row({"city_county": (one["id"],)}, (at, one["code"], one["name"], one["region"], one["contact"], one["phone"], one["closed"]))
        for at, one in enumerate(counties, 1)
    ]
