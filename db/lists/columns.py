"""Making list columns from the model's fields, so that a heading, its kind and its mask are said once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.lists import Column
from db.model import TABLES
from policy.kinds import Field, Kind, Unreadable
from policy.names import fold_unit


def field_of(table: str, name: str) -> Field:
    """The description of a stored field."""
    found: Field = TABLES[table].columns[name].info["field"]
    return found


def written(table: str, name: str, width: int = 10, *, label: str = "", hidden: bool = False) -> Column:
    """A column a clerk may type into: edits go to `table`.`name`."""
    field = field_of(table, name)
    return Column(
        f"{table}.{name}",
        Field(label, field.kind, field.synonyms, field.required, field.hint) if label else field,
        table,
        name,
        width,
        hidden,
    )


def shown(table: str, name: str, width: int = 10, *, label: str = "") -> Column:
    """A stored field that is not edited here (dated, or another screen's)."""
    field = field_of(table, name)
    return Column(f"{table}.{name}", Field(label, field.kind) if label else field, width=width)


def computed(name: str, label: str, kind: Kind, width: int = 10, hint: str = "") -> Column:
    """A column the program works out."""
    return Column(name, Field(label, kind, hint=hint), width=width)


def unit_kind(names: Mapping[int, str]) -> Kind:
    """The kind of a reference to a unit: typed or chosen by name, stored as the unit's number."""
    numbers: dict[str, int] = {}
    for number, name in names.items():
        numbers.setdefault(fold_unit(name), number)

    def parse(raw: object, _: object) -> int | None:
        if raw is None or not str(raw).strip():
            return None
        if isinstance(raw, int) and raw in names:
            return raw
        found = numbers.get(fold_unit(str(raw)))
        if found is None:
            raise Unreadable(f"没有名为“{raw}”的单位。请从下拉列表里选，或先在“机构与应配”里新增这个单位。")
        return found

    def show(value: Any) -> str:
        return "" if value is None else names.get(value, f"（已不存在的单位 {value}）")

    return Kind("单位", parse, show, choices=tuple(names.values()))
