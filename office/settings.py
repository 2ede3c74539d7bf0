"""Settings a county may change: its pay region, and the parameters the notice leaves open, each dated and with one undo.

What the office sets lies in rule sets of its own (level 县), one for each day from which something holds: returns about
earlier days keep the parameters of those days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import resources
from db import facts as db_facts
from db.book import Book
from db.change import Change, Refused
from db.lists.log import changed_last
from db.rows import defaults, next_ids, row, rows
from office.parameters import OFF, PARAMETERS, RULE_LEVEL, Parameter
from policy.finding import LEVEL_WORDS
from policy.parameters import REGIONS, SHIPPED, Overlay, Parameters, load

OWN: Final = "本县设置"
"""What the rule sets of the office's own settings are called, before the day they hold from."""

COUNTY_LEVEL: Final = "县"

DEFAULT: Final = "默认口径（文件未明确）"
"""The source of what the program ships where the notice does not say."""


@dataclass(frozen=True)
class Setting:
    """A parameter as it stands on a day: what the notice says, what is in force, and which rule set says so."""

    parameter: Parameter
    shipped: Any
    value: Any
    source: str
    """省 粤民函〔2019〕453号, 县 本县设置（2026-01-01起） …, or `DEFAULT`."""
    changed: str = ""
    """Who set it last and when; "" where the book never did."""


def settings_in(connection: Any, on: date) -> tuple[Setting, ...]:
    """Every parameter as it stands on a day (for `book.read`). ValueError with a sentence for a day before the notice."""
    overlays = db_facts.overlays(connection)
    shipped, now = _load((), on), _load(overlays, on)
    above = sorted(
        (one for one in overlays if one.since <= on and (one.until is None or on <= one.until)),
        key=lambda one: (one.level == COUNTY_LEVEL, one.since),
    )
    found, hands = [], _hands(connection)
    for parameter in PARAMETERS:
        value, source = parameter.value(now), f"省 {shipped.name}" if parameter.at_least or parameter.of_notice else DEFAULT
        if value != parameter.value(shipped):
            setting = [one for one in above if any(key in one.values for key in _keys(parameter))]
            source = next((f"{one.level} {one.name}" for one in reversed(setting)), source)
        keys = (parameter.key, "rules.off") if value == OFF else (parameter.key,)
        changed = max((hands[key] for key in keys if key in hands), default=("", ""))
        found.append(Setting(parameter, parameter.value(shipped), value, source, "　".join(changed).strip()))
    return tuple(found)


def _hands(connection: Any) -> dict[str, tuple[str, str]]:
    """Parameter → (when, who) of its last change, among all rule sets of the book."""
    last = changed_last(connection, "rule_value")
    found: dict[str, tuple[str, str]] = {}
    for one in rows(connection, "rule_value"):
        who, at = last.get((one["id"],), ("", ""))
        found[one["key"]] = max(found.get(one["key"], ("", "")), (at, who))
    return found


def set_parameter(book: Book, key: str, value: Any, since: date) -> int | None:
    """From `since` on the county has another value for a parameter (as its kind reads it; a rule's level in words).

    Returns the act's number, None where that value holds already. Refused with a sentence for a value that may not be, one
    below what the levels above prescribe, or a day before the notice.
    """
    parameter = next((one for one in PARAMETERS if one.key == key), None)
    if parameter is None:
        raise Refused(f"没有参数“{key}”，或者不能由县里修改。")
    if value is None and not parameter.may_be_blank:
        raise Refused(f"请填写“{parameter.label}”的取值。")
    overlays = book.read(db_facts.overlays)
    if parameter.kind is RULE_LEVEL and (later := [one.since for one in overlays if one.since > since and "rules.off" in one.values]):
        raise Refused(f"已有自 {min(later)} 起的规则停用设置。请把施行日期改成这一天或更晚。")
    try:
        before = _load(overlays, since)
        if parameter.value(before) == value:
            return None
        _not_laxer(parameter, value, _load((one for one in overlays if one.level != COUNTY_LEVEL), since))
        name = f"{OWN}（{since}起）"
        mine = next(
            (one for one in overlays if one.name == name and one.level == COUNTY_LEVEL), Overlay(name, COUNTY_LEVEL, "", since, None, {})
        )
        values = _stored(parameter, value, before)
        changed = [one for one in overlays if one is not mine] + [Overlay(name, COUNTY_LEVEL, "", since, None, {**mine.values, **values})]
        for day in sorted({since, *(one.since for one in overlays if one.since > since)}):
            _load(changed, day)
    except ValueError as wrong:
        raise Refused(str(wrong).replace(key, parameter.label).replace("截至日期", "施行日期")) from wrong
    old, new = ("（空）" if one is None else parameter.kind.show(one) or "（空）" for one in (parameter.value(before), value))
    return book.act(f"修改政策参数 {parameter.label}", _changes(book, name, since, values), reason=f"{old} → {new}，自 {since} 起施行")


def set_region(book: Book, region: str, basis: str) -> int | None:
    """The county's pay region with its basis (a document's name or number), confirmed thereby; None where nothing changes."""
    if region not in REGIONS:
        raise Refused(f"地区类别“{region}”认不出，应为{'或'.join(REGIONS)}。")
    if not basis.strip():
        raise Refused("变更或确认地区类别必须写明依据（文件名称或文号）。")
    held = book.read(row, "county", (1,))
    assert held is not None
    after = {
        name: value for name, value in (("region", region), ("region_basis", basis.strip()), ("confirmed", True)) if held[name] != value
    }
    if not after:
        return None
    return book.act("变更地区类别", [Change("county", (1,), {name: held[name] for name in after}, after)], reason=basis.strip())


def _load(overlays: Iterable[Overlay], on: date) -> Parameters:
    """The parameters of a day, without the floors of later days that `load` lists too."""
    found = load(resources.text(SHIPPED), overlays, on)
    return replace(found, floors=tuple(floor for floor in found.floors if floor.since <= on))


def _keys(parameter: Parameter) -> tuple[str, ...]:
    return (parameter.key, "rules.off") if parameter.kind is RULE_LEVEL else (parameter.key,)


def _stored(parameter: Parameter, value: Any, before: Parameters) -> dict[str, Any]:
    """The keys of the shipped file that say this value."""
    if parameter.kind is not RULE_LEVEL:
        return {parameter.key: list(value) if isinstance(value, tuple) else "" if value is None else value}
    number = parameter.key.rpartition(".")[2]
    off = before.switched_off - {number} | ({number} if value == OFF else set())
    said: dict[str, Any] = {"rules.off": sorted(off)} if off != before.switched_off else {}
    level = next((level for level, word in LEVEL_WORDS.items() if word == value), None)
    return said | ({parameter.key: level} if level else {})


def _not_laxer(parameter: Parameter, value: Any, above: Parameters) -> None:
    if not parameter.at_least:
        return
    least = parameter.value(above)
    pairs = zip(value, least, strict=False) if isinstance(value, tuple) else ((value, least),)
    if any(own < asked for own, asked in pairs):
        raise ValueError(f"“{parameter.label}”不能低于上级规定的 {parameter.kind.show(least)}，只能定得更高。请改正后再保存。")


def _changes(book: Book, name: str, since: date, values: dict[str, Any]) -> list[Change]:
    ids = book.read(next_ids)
    held = next((one for one in book.read(rows, "rule_set") if one["name"] == name and one["level"] == COUNTY_LEVEL), None)
    number = ids["rule_set"] if held is None else held["id"]
    changes = []
    if held is None:
        values_of_set = {"id": number, "name": name, "level": COUNTY_LEVEL, "since": since}
        changes.append(Change("rule_set", (number,), None, defaults("rule_set") | values_of_set))
    there = {one["key"]: one for one in book.read(rows, "rule_value", rule_set=number)}
    for at, (key, value) in enumerate(values.items(), ids["rule_value"]):
        text = json.dumps(value, ensure_ascii=False)
        if key in there:
            changes.append(Change("rule_value", (there[key]["id"],), {"value": there[key]["value"]}, {"value": text}))
        else:
            changes.append(Change("rule_value", (at,), None, {"id": at, "rule_set": number, "key": key, "value": text}))
    return changes
