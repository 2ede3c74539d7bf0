"""市级复审: a county's return held once more against the formulas and parameters the city works with.

What the county's own audit found already (with its note) stays the county's; this finds the rest. Formulas that name a form not sent are 未核.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from policy.figures import yuan
from policy.finding import HARD, SOFT
from returns.audit import Audit, Outcome, audit
from returns.nodes import county_nodes
from returns.points import Point, of_formula
from returns.rollup import Part
from returns.sheet import Sheet, across

NODE, FLOOR, LACKING, UNSEALED = "节点", "3-H5", "缺表", "工作簿"
"""Ids of what is no formula: a 合计 that is not its lines, the floor, a form the task wants, a workbook in the place of a package."""


def city_points(
    part: Part, formulas: Iterable[Audit], known: Collection[tuple[str, str]], floor: int | None, wanted: Collection[str], *, plain: str = ""
) -> tuple[Point, ...]:
    """What the city finds in a county's return. `known`: (id, subject) of the county's own points; `floor`: of its region, 分 a year; `wanted`:
    the forms of the task; `plain`: of one read from a workbook, what is to be said of that."""
    found: dict[tuple[str, str], Point] = {}
    for point in (*_of_formulas(part.sheets, formulas), *_others(part, floor, wanted, plain)):
        key = (point.id, point.subject)
        if key not in known:
            found[key] = replace(found[key], said=tuple(dict.fromkeys((*found[key].said, *point.said)))) if key in found else point
    return tuple(sorted(found.values(), key=lambda one: one.level != HARD))


def _of_formulas(sheets: Sequence[Sheet], formulas: Iterable[Audit]) -> Iterator[Point]:
    turned = {sheet.key: across(sheet) for sheet in sheets}
    for result in audit(sheets, formulas):
        if result.outcome is Outcome.FAILS:
            yield of_formula(result, turned[result.audit.form])


def _others(part: Part, floor: int | None, wanted: Collection[str], plain: str) -> Iterator[Point]:
    for node in county_nodes(part):
        yield Point(NODE, f"{node.form}/{node.mark}", node.form, "合计", node.mark, HARD, (node.said,))
    sheet = next((one for one in part.sheets if one.key == "表3"), None)
    for row in sheet.rows if sheet and floor is not None else ():
        if sheet and floor is not None and (value := sheet.cell(row, "4").value) != floor:
            said = f"{row.name}的最低标准填的是 {yuan(value) if isinstance(value, int) else '空白'}，本市台账登记的地区类别为 {yuan(floor)} 元/人·年。"
            yield Point(FLOOR, row.name, "表3", row.name, "4", HARD, (said,), row.unit)
    sent = {sheet.key for sheet in part.sheets}
    for form in wanted:
        if form not in sent:
            yield Point(LACKING, form, form, "", "", SOFT, (f"任务要求{form}，没有报来。请核实，或退回补报。",))
    if plain:
        yield Point(UNSEALED, UNSEALED, "", "", "", SOFT, (plain,))
