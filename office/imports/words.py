"""Words of a sheet that stand for a record of the book: units, suppliers and purchase contracts by their names and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.rows import rows
from policy.facts import TOWN_TYPES
from policy.kinds import Unreadable
from policy.names import fold_unit

Names = Mapping[str, Sequence[int]]
"""Name as written → the records that bear it."""


@dataclass(frozen=True)
class Words:
    """What a column's words stand for, and what to do about one the book does not know."""

    what: str
    read: Callable[[Any], Names]
    way: str


@dataclass(frozen=True)
class Known:
    """The words of the book: `shown` as they are offered, `numbers` by the folded word."""

    of: Words
    shown: Sequence[str]
    numbers: Mapping[str, frozenset[int]]
    names: Mapping[int, str]

    def number(self, word: str) -> int:
        """The one record a word stands for; Unreadable with a sentence where it is none or several."""
        found = self.numbers.get(fold_unit(word), frozenset())
        if not found:
            raise Unreadable(f"台账里没有{self.of.what}“{word}”。{self.of.way}")
        if len(found) > 1:
            raise Unreadable(f"台账里有 {len(found)} 个{self.of.what}都叫“{word}”，分不清是哪一个。请在台账里登记这一条，或先改名区分。")
        return next(iter(found))

    def name(self, number: int) -> str:
        """The word that stands for a record."""
        return self.names.get(number, "")


def known(of: Words, connection: Any) -> Known:
    """Read the words of the book."""
    names = of.read(connection)
    numbers: dict[str, frozenset[int]] = {}
    for name, found in names.items():
        numbers[fold_unit(name)] = numbers.get(fold_unit(name), frozenset()) | frozenset(found)
    shown = {number: name for name, found in reversed(tuple(names.items())) for number in found}
    return Known(of, tuple(names), numbers, shown)


def units(connection: Any) -> Names:
    """Names of the open units, towns first; a name a unit bore before still leads to it where no other bears it now."""
    versions = sorted(rows(connection, "unit_version"), key=lambda one: one["since"])
    open_units = {one["id"] for one in rows(connection, "unit") if one["closed"] is None}
    newest = {one["unit"]: one for one in versions if one["unit"] in open_units}
    names: dict[str, list[int]] = {}
    for one in sorted(newest.values(), key=lambda one: (one["type"] not in TOWN_TYPES, one["unit"])):
        names.setdefault(one["name"], []).append(one["unit"])
    now = {fold_unit(name) for name in names}
    for one in versions:
        if one["unit"] in open_units and fold_unit(one["name"]) not in now and one["unit"] not in names.setdefault(one["name"], []):
            names[one["name"]].append(one["unit"])
    return names


def suppliers(connection: Any) -> Names:
    """Names of the suppliers."""
    return {one["name"]: (one["id"],) for one in rows(connection, "supplier")}


def contracts(connection: Any) -> Names:
    """Numbers of the purchase contracts."""
    return {one["no"]: (one["id"],) for one in rows(connection, "purchase_contract")}


def _named(table: str, *columns: str, dated: str = "") -> Callable[[Any], Names]:
    """Reads records by one of these columns; `dated`: by the first of them with this column behind it too, which tells namesakes apart."""

    def read(connection: Any) -> Names:
        names: dict[str, list[int]] = {}
        for one in rows(connection, table):
            said = [one[name] for name in columns if one[name]]
            for word in [*said, *([f"{said[0]}（{one[dated]}）"] if dated and said else [])]:
                names.setdefault(word, []).append(one["id"])
        return names

    return read


def _grades(connection: Any) -> Names:
    """Names of the grades, each also behind the name of its scale."""
    scales = {one["id"]: one["name"] for one in rows(connection, "pay_scale")}
    names: dict[str, list[int]] = {}
    for one in rows(connection, "pay_grade"):
        for word in (one["name"], f"{scales[one['scale']]} {one['name']}"):
            names.setdefault(word, []).append(one["id"])
    return names


UNIT: Final = Words("单位", units, "请改成台账里的单位名称，或先在“机构与应配”里新增这个单位。")
SUPPLIER: Final = Words("承接主体", suppliers, "请改成台账里的名称，或先登记（导入）这个承接主体。")
CONTRACT: Final = Words("合同编号", contracts, "请核对编号，或先登记（导入）这份采购合同。")
BATCH: Final = Words("招录批次", _named("recruit_batch", "name"), "请核对名称，或先登记（导入）这个招录批次。")
TRAINING: Final = Words("培训", _named("training", "name", dated="held"), "请核对名称，或先登记（导入）这次培训。")
PLAN: Final = Words("方案或材料", _named("plan_doc", "doc_no", "title"), "请核对文号，或先登记（导入）这份方案。")
SCALE: Final = Words("工资层级方案", _named("pay_scale", "name", dated="since"), "请核对名称，或先登记（导入）这个方案。")
GRADE: Final = Words("工资层级", _grades, "请核对名称，或先登记（导入）这个层级；几个方案都有的，写成“方案名称 层级名称”。")
HIRING: Final = Words("招录计划", _named("hiring_plan", "name"), "请核对名称，或先登记（导入）这个招录计划。")
