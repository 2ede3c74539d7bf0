"""Bringing in units with their caseload: 单位与救助对象户数, one row a unit and date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.change import Change
from db.lists.columns import field_of
from db.rows import defaults, next_ids, rows
from office.imports.plan import CHANGED, NEW, SAME, Cell, Context, ImportKind, Planned, Source, again, differing, wrong
from office.new_book import FIRST_DAY
from policy.facts import BUREAU, CATEGORIES, SUBDISTRICT, TOWN, TOWN_TYPES, VILLAGE
from policy.kinds import Field
from policy.kinds.number import COUNT
from policy.kinds.text import NAME
from policy.names import fold_unit

CELLS: Final[Mapping[str, tuple[str, str, tuple[str, ...], str]]] = {
    # field id: (category, households | persons, synonyms, label)
    "total": (
        "未分类",
        "households",
        ("救助对象户数", "户数", "救助户数", "纳入测算户数", "救助对象总户数", "户数合计", "合计户数"),
        "救助对象户数",
    ),
    "dibao_city": (
        "低保城",
        "households",
        ("城市低保户", "城镇低保户数", "城市低保户数", "低保户数（城市）", "低保户数/城市"),
        "城市低保户数",
    ),
    "dibao_rural": ("低保农", "households", ("农村低保户", "农村低保户数", "低保户数（农村）", "低保户数/农村"), "农村低保户数"),
    "dibao_city_people": ("低保城", "persons", ("城市低保人数", "城镇低保人数", "低保人数（城市）", "低保人数/城市"), "城市低保人数"),
    "dibao_rural_people": ("低保农", "persons", ("农村低保人数", "低保人数（农村）", "低保人数/农村"), "农村低保人数"),
    "destitute_city": (
        "特困城",
        "persons",
        ("城市特困", "城市特困人员", "城镇特困人员", "城市特困人数", "特困人员（城市）", "特困人员/城市"),
        "城市特困人数",
    ),
    "destitute_rural": (
        "特困农",
        "persons",
        ("农村特困", "农村特困人员", "农村特困人数", "特困人员（农村）", "特困人员/农村"),
        "农村特困人数",
    ),
    "destitute_homes": ("特困集中", "persons", ("集中供养", "集中供养人数", "特困集中供养"), "其中集中供养人数"),
    "marginal": ("边缘", "households", ("低保边缘户", "低保边缘户数", "低收入户数", "低保边缘家庭"), "低保边缘户数"),
    "expenditure": ("支出型", "households", ("支出型困难户", "支出型困难户数", "支出型家庭"), "支出型困难户数"),
    "temporary": ("临时救助", "households", ("临时救助户次", "临时救助"), "临时救助户次"),
    "other": ("其他", "households", ("其他救助对象户数", "其他户数"), "其他救助对象户数"),
}

FIELDS: Final[Mapping[str, Field]] = {
    "name": field_of("unit_version", "name"),
    "type": Field("单位类型", field_of("unit_version", "type").kind, field_of("unit_version", "type").synonyms),
    "parent": Field("所属乡镇（街道）", NAME, ("所属乡镇", "所属镇街", "所属镇（街道）", "上级单位"), hint="村（社区）填写；乡镇（街道）留空"),
    "code": field_of("unit", "code"),
    "as_of": Field("统计日期", field_of("caseload", "as_of").kind, field_of("caseload", "as_of").synonyms),
    **{key: Field(label, COUNT, synonyms) for key, (_, _, synonyms, label) in CELLS.items()},
    "source": field_of("caseload", "source"),
    "heads": Field("核定人数", field_of("approved_headcount", "heads").kind, field_of("approved_headcount", "heads").synonyms),
    "document": Field("核定文号", field_of("approved_headcount", "document").kind),
}

DIRECT = ("县级直接管理对象", "县直管对象", "县本级", "县级")
"""Names a sheet uses for objects the county itself looks after: the bureau's own caseload."""


@dataclass(frozen=True)
class Named:
    """A unit that bears a name: its number, type and the unit it belongs to."""

    unit: int
    type: str
    parent: int | None


@dataclass(frozen=True)
class Existing:
    """The book's units by folded name, their caseload by (unit, date, category), approved heads and the next numbers."""

    names: Mapping[str, Sequence[Named]]
    shown: Collection[str]
    """Names of the units that are open, as they are written."""
    bureau: int | None
    units: Mapping[int, Mapping[str, Any]]
    caseload: Mapping[tuple[int, date, str], Mapping[str, Any]]
    approved: Mapping[tuple[int, date], Mapping[str, Any]]
    ids: Mapping[str, int]


def existing(connection: Any) -> Existing:
    """Read what the plan compares with."""
    units = {one["id"]: one for one in rows(connection, "unit")}
    versions = sorted(rows(connection, "unit_version"), key=lambda one: one["since"])
    newest = {one["unit"]: one for one in versions if units[one["unit"]]["closed"] is None}
    borne: dict[str, dict[int, Named]] = {}
    today = {fold_unit(one["name"]) for one in newest.values()}
    past = (one for one in versions if one["unit"] in newest and fold_unit(one["name"]) not in today)
    for one in (*newest.values(), *past):
        now = newest[one["unit"]]
        borne.setdefault(fold_unit(one["name"]), {})[one["unit"]] = Named(one["unit"], now["type"], now["parent"])
    bureau = next((one["unit"] for one in versions if one["type"] == BUREAU), None)
    if bureau is not None:
        for name in DIRECT:
            borne.setdefault(fold_unit(name), {bureau: Named(bureau, BUREAU, None)})
    return Existing(
        {name: tuple(found.values()) for name, found in borne.items()},
        [one["name"] for one in versions if units[one["unit"]]["closed"] is None],
        bureau,
        units,
        {(one["unit"], one["as_of"], one["category"]): one for one in rows(connection, "caseload")},
        {(one["unit"], one["since"]): one for one in rows(connection, "approved_headcount")},
        next_ids(connection),
    )


def plan(sources: Iterable[Source], book: Existing, context: Context) -> list[Planned]:
    """One Planned row a source row. A unit not in the book is new where its type is given or its name ends in 镇, 乡 or 街道."""
    ids = dict(book.ids)
    names = {name: list(found) for name, found in book.names.items()}
    seen: dict[tuple[int, date | None], Source] = {}
    return [_row(source, book, context, ids, names, seen) for source in sources]


def _row(
    source: Source, book: Existing, context: Context, ids: dict[str, int], names: dict[str, list[Named]],
    seen: dict[tuple[int, date | None], Source],
) -> Planned:
    values = source.values
    name = values.get("name") or ""
    errors = dict(source.errors)
    parent = _parent(values, names, errors)
    meant = _meant(name, parent, names, errors)
    unit = meant.unit if meant else None
    kind = values.get("type") or _type_by_name(name, parent)
    if not name:
        errors.setdefault("name", f"“{FIELDS['name'].label}”必须填写。请补填。")
    if unit is None and kind == VILLAGE and parent is None and not errors:
        errors["parent"] = f"台账里没有“{name}”，表里也看不出它属于哪个乡镇（街道）。请填写“{FIELDS['parent'].label}”。"
    if unit is None and kind in (*TOWN_TYPES, BUREAU) and parent is not None:
        errors.setdefault("parent", f"“{name}”是{kind}，不属于乡镇（街道）。请留空这一格，或核对单位类型。")
    if name and unit is None and kind is None and "type" not in errors:
        errors["type"] = f"台账里没有“{name}”，从名称也看不出类型。请填写单位类型，或改成台账里的单位名称。"
    day = values.get("as_of") or context.day
    counts = {key: values[key] for key in CELLS if values.get(key) is not None}
    if counts and day is None:
        errors["as_of"] = "有户数但没有统计日期。请加一列“统计日期”，或在标题里写明“截至××年×月×日”，或指定日期。"
    parts = [key for key in CELLS if key in counts and key not in ("total", "destitute_homes", "temporary")]
    if "total" in counts and parts:
        errors["total"] = "既有总户数又有分类户数，不能判断总户数里还包括什么。请只保留一种，或把其余的填到“其他救助对象户数”。"
    if unit is not None and day is not None:
        errors |= _twice("total" in counts, bool(parts), unit, day, book)
    if errors:
        return wrong(source, name, FIELDS, errors)

    changes: list[Change] = []
    cells: list[Cell] = []
    fresh = unit is None
    notes = [f"“{name}”是新单位，类型：{kind}" + (f"，属于{values['parent']}" if parent else "")] if fresh else []
    if unit is None:
        unit = ids["unit"]
        ids["unit"] += 1
        if names.get(fold_unit(name)):
            notes.append(f"台账里另有同名的“{name}”，属于别的乡镇（街道），按两个单位登记")
        names.setdefault(fold_unit(name), []).append(Named(unit, kind or "", parent or book.bureau))
        changes.append(Change("unit", (unit,), None, defaults("unit") | {"id": unit, "code": values.get("code"), "sort_no": unit}))
        version = {"id": ids["unit_version"], "unit": unit, "since": FIRST_DAY, "name": name, "type": kind, "parent": parent or book.bureau}
        changes.append(Change("unit_version", (ids["unit_version"],), None, defaults("unit_version") | version))
        ids["unit_version"] += 1
        cells.append(Cell("单位名称", "", name))
    elif unit in book.units:
        found, change = differing("unit", book.units[unit], {"code": values.get("code")}, FIELDS)
        cells += found
        changes += [change] if change else []
    if (unit, day) in seen:
        return again(source, name, seen[unit, day], "同一单位、同一日期")
    seen[unit, day] = source
    for change, cell in (*_caseload(unit, day, counts, values, book, ids), *_approved(unit, day, values, book, ids)):
        changes.append(change)
        cells.append(cell)
    state = NEW if fresh or (changes and all(change.before is None for change in changes)) else CHANGED if changes else SAME
    return Planned(source.row_number, state, name, tuple(cells), notes=tuple(notes), changes=tuple(changes))


def _twice(total: bool, parts: bool, unit: int, day: date, book: Existing) -> dict[str, str]:
    """Why a total may not go beside parts, or parts beside a total, that the book already has for the unit and day."""
    held = {category for category in CATEGORIES if (unit, day, category) in book.caseload}
    whole = book.caseload[unit, day, "未分类"]["households"] if "未分类" in held else None
    if parts and whole is not None:
        text = f"台账里 {day} 已有总户数 {whole} 户（未分类），再记分类户数会重复计算。请先在“机构与应配”里删去总户数，或改统计日期。"
    elif total and held - {"未分类", "特困集中", "临时救助"}:
        text = f"台账里 {day} 已有分类户数，再记总户数会重复计算。请改用分类户数，或改统计日期。"
    else:
        return {}
    return {"total": text}


def _caseload(
    unit: int, day: date | None, counts: Mapping[str, int], values: Mapping[str, Any], book: Existing, ids: dict[str, int]
) -> Iterator[tuple[Change, Cell]]:
    given: dict[str, dict[str, int]] = {}
    labels: dict[tuple[str, str], str] = {}
    for key, count in counts.items():
        category, measure, _, label = CELLS[key]
        given.setdefault(category, {})[measure] = count
        labels[category, measure] = label
    for category, measures in given.items():
        assert day is not None
        old = book.caseload.get((unit, day, category))
        if old is None:
            number = ids["caseload"]
            ids["caseload"] += 1
            row = {"id": number, "unit": unit, "as_of": day, "category": category, "source": values.get("source")} | measures
            shown = "，".join(f"{labels[category, measure]} {count}" for measure, count in measures.items())
            yield Change("caseload", (number,), None, defaults("caseload") | row), Cell(f"{category}（{day}）", "", shown)
            continue
        for measure, count in measures.items():
            if old[measure] != count:
                yield (
                    Change("caseload", (old["id"],), {measure: old[measure]}, {measure: count}),
                    Cell(f"{labels[category, measure]}（{day}）", "" if old[measure] is None else str(old[measure]), str(count)),
                )


def _approved(unit: int, day: date | None, values: Mapping[str, Any], book: Existing, ids: dict[str, int]) -> Iterator[tuple[Change, Cell]]:
    heads = values.get("heads")
    if heads is None:
        return
    newest = max((since for owner, since in book.approved if owner == unit and (day is None or since <= day)), default=None)
    given = {"heads": heads, "document": values.get("document")}
    held = None if newest is None else book.approved[unit, newest]
    if held is not None and held["heads"] == heads and given["document"] in (None, held["document"]):
        return
    if held is not None and newest == (day or FIRST_DAY):
        cells, change = differing("approved_headcount", held, given, FIELDS)
        if change is not None:
            yield change, cells[0]
        return
    number = ids["approved_headcount"]
    ids["approved_headcount"] += 1
    old = "" if held is None else str(held["heads"])
    row = {"id": number, "unit": unit, "since": day or FIRST_DAY} | given
    yield Change("approved_headcount", (number,), None, defaults("approved_headcount") | row), Cell("核定人数", old, str(heads))


def _parent(values: Mapping[str, Any], names: Mapping[str, Sequence[Named]], errors: dict[str, str]) -> int | None:
    """The township a row says its unit belongs to, as the book or an earlier row knows it; None also where that is the bureau."""
    said = values.get("parent")
    if said and any(one.type == BUREAU for one in names.get(fold_unit(said), ())):
        return None
    found = [one for one in names.get(fold_unit(said), ()) if one.type in TOWN_TYPES] if said else []
    if said and len(found) != 1:
        errors["parent"] = f"台账里没有乡镇（街道）“{said}”。请改成台账里的名称，或把它写在前面的行里。"
    return found[0].unit if len(found) == 1 else None


def _meant(name: str, parent: int | None, names: Mapping[str, Sequence[Named]], errors: dict[str, str]) -> Named | None:
    """The unit a name (and the township it belongs to) leads to; None where it is new or `errors` says why it is not clear."""
    found = names.get(fold_unit(name), ()) if name else ()
    within = [one for one in found if one.parent == parent] if parent is not None else found
    if len(within) > 1:
        errors["parent"] = f"台账里有 {len(within)} 个“{name}”。请填写“{FIELDS['parent'].label}”来区分。"
    elif found and not within and any(one.type != VILLAGE for one in found):
        errors["parent"] = f"台账里的“{name}”不属于表里写的乡镇（街道）。请核对；确实调整的，请在“机构与应配”里改。"
    return within[0] if len(within) == 1 else None


def _type_by_name(name: str, parent: int | None) -> str | None:
    folded = fold_unit(name)
    if parent is not None and folded.endswith(("村", "社区", "村委会", "居委会")):
        return VILLAGE
    return TOWN if folded.endswith(("镇", "乡")) else SUBDISTRICT if folded.endswith("街道") else None


def _names(book: Existing) -> Mapping[str, Collection[str]]:
    towns = {one.unit for found in book.names.values() for one in found if one.type in TOWN_TYPES}
    return {"name": book.shown, "parent": [name for name in book.shown if any(one.unit in towns for one in book.names[fold_unit(name)])]}


KIND = ImportKind("units", "单位与救助对象户数", FIELDS, existing, plan, ("name",), ("name",), names=_names, makes=("name", "parent"))
