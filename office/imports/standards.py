"""Bringing in pay standards (工资标准): one row a person and the day it applies from. What stood before it stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from office.imports.plan import MONTHLY, YEARLY
from office.imports.table import Draft, Planning, Spec, engaged_on, kind_of, stored_fields
from policy.kinds.money import MONEY

PARTS = ("monthly_fixed", "performance", "year_end")
FIELDS = stored_fields("pay_standard", "since", *PARTS, "annual")


def annual(standard: Mapping[str, Any]) -> int | None:
    """What the monthly and year-end parts make in a year (分); None without a monthly part."""
    if standard["monthly_fixed"] is None and standard["performance"] is None:
        return None
    return 12 * (standard["monthly_fixed"] or 0) + 12 * (standard["performance"] or 0) + (standard["year_end"] or 0)


def disagreeing(values: Mapping[str, Any]) -> str:
    """The sentence where a row's annual figure is not what its own parts make; "" where it is."""
    said = values.get("annual")
    if said is None or all(values.get(name) is None for name in PARTS):
        return ""
    fixed, performance, year_end = (values.get(name) or 0 for name in PARTS)
    sums = 12 * fixed + 12 * performance + year_end
    if sums == said:
        return ""
    return f"年工资标准 {MONEY.show(said)} 与 12×月固定工资＋12×月绩效标准＋年终标准＝{MONEY.show(sums)} 不符。请核对。"


def _whole(draft: Draft, book: Planning) -> None:
    """A standard says all its parts: one that an earlier standard has is not left blank, neither kept nor dropped by guess."""
    values = draft.values
    if sentence := disagreeing(values):
        draft.errors["annual"] = sentence
        return
    if all(values.get(name) is None for name in (*PARTS, "annual")):
        draft.errors["monthly_fixed"] = "这一行没有任何标准。请填写月固定工资，或只填年工资标准。"
        return
    held = sorted((one for one in book.beside(values["engagement"]) if one["since"] <= values["since"]), key=lambda one: one["since"])
    before = held[-1] if held else None
    if before is None:
        return
    same_day = before["since"] == values["since"]
    parts = [name for name in PARTS if values.get(name) is not None]
    if same_day and not parts and before["annual"] is None and annual(before) == values["annual"]:
        del values["annual"]
    elif not same_day and parts:
        for name in PARTS:
            if values.get(name) is None and before[name]:
                draft.errors[name] = f"台账里原来的{FIELDS[name].label}是 {MONEY.show(before[name])}，这一行没有填。不变的请照填，取消的请填 0。"
    if same_day and not draft.errors:
        stands = {name: before[name] if values.get(name) is None else values[name] for name in (*PARTS, "annual")}
        if sentence := disagreeing(stands):
            draft.errors["annual"] = f"与台账里同一天起的标准合起来，{sentence}"


SPEC = Spec(
    "standards", "工资标准", "pay_standard", FIELDS, key=("engagement", "since"), needs=("since",), named=lambda values: values.get("name") or "",
    whose=engaged_on("since"), checks=(_whole,), amounts={"monthly_fixed": MONTHLY, "annual": YEARLY}, same="同一人、同一天起的标准",
)  # fmt: skip
KIND = kind_of(SPEC)
