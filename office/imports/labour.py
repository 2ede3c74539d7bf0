"""Bringing in labour contracts (劳动合同): whose by identity number or confirmed name, which by its start or 第几次签订."""

from __future__ import annotations

from datetime import date

from office.imports.plan import MONTHLY
from office.imports.table import Draft, Planning, Spec, engaged_on, kind_of, stored_fields


def _which(draft: Draft, book: Planning) -> None:
    """Say which contract in a row it is, and that no two of them share a day."""
    values = draft.values
    held = book.beside(values["engagement"])
    same = next((one for one in held if one["start"] == values["start"]), None)
    if values.get("seq") is None and same is None and any(one["start"] > values["start"] for one in held):
        draft.errors["seq"] = "台账里已有更晚的劳动合同，看不出这是第几次签订。请填写“第几次签订”。"
        return
    if values.get("seq") is None:
        values["seq"] = same["seq"] if same else max((one["seq"] for one in held), default=0) + 1
        draft.notes += [] if same else [f"按起始日期先后，记为第 {values['seq']} 次签订"]
    mine = next((one for one in held if one["seq"] == values["seq"]), None)
    if same is not None and same is not mine:
        draft.errors["seq"] = f"台账里 {values['start']} 起的是第 {same['seq']} 次签订，表里是第 {values['seq']} 次。请核对。"
        return
    last = values.get("end") or (mine["end"] if mine else None)
    if last is not None and last < values["start"]:
        draft.errors["end"] = "劳动合同终止日期早于起始日期。请核对。"
    for one in held:
        until = one["ended_on"] or one["end"]
        if one is not mine and one["start"] <= (last or date.max) and values["start"] <= (until or date.max):
            term = f"{one['start']} 至 {until or '无固定期限'}"
            draft.errors["start"] = f"与台账里第 {one['seq']} 次签订的劳动合同（{term}）有重叠的日子。请核对起止日期。"


def _pay_day(draft: Draft, _book: Planning) -> None:
    day = draft.values.get("pay_day")
    if day is not None and not 1 <= day <= 31:
        draft.errors["pay_day"] = f"约定发薪日应在 1 至 31 之间，表里是 {day}。请核对。"


SPEC = Spec(
    "labour", "劳动合同", "labour_contract",
    stored_fields(
        "labour_contract", "seq", "kind", "signed", "start", "end", "probation_end", "probation_wage", "wage", "pay_day", "names_unit", "names_term",
        "names_post", "amended_on", "insured_on", "certificate_on",
    ),
    key=("engagement", "seq"), needs=("start",), named=lambda values: values.get("name") or "", whose=engaged_on("start", "end"),
    checks=(_which, _pay_day), amounts={"wage": MONTHLY, "probation_wage": MONTHLY}, same="同一份劳动合同",
)  # fmt: skip
KIND = kind_of(SPEC)
