"""Bringing in settlement months (月度结算): one row a purchase contract and 结算月份, with the papers received so far."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.rows import rows
from office.imports.people import Row
from office.imports.plan import ImportKind
from office.imports.table import Draft, Planning, Spec, kind_of, stored_fields
from office.imports.words import CONTRACT
from office.settlement import AFTER_MONTH
from policy.kinds import Field
from policy.kinds.month import in_words
from policy.kinds.text import CODE
from policy.period import month_end

FIELDS = {
    "contract": Field("合同编号", CODE, ("合同号", "协议编号"), hint="填台账里采购合同的编号"),
    **stored_fields(
        "settlement", "month", "attendance_on", "sheet_on", "insured_on", "insured_no", "accepted_on", "acceptance", "accepted_by", "deduction",
        "deduction_reason", "requested_on", "request_no", "invoiced_on", "invoice_no", "invoice", "approved_on", "approved_by", "remarks",
    ),
}  # fmt: skip


def _terms(connection: Any) -> dict[Any, Row]:
    """Contract → its first and last day, with what amendments made of it."""
    ends = {one["id"]: one["end"] for one in rows(connection, "purchase_contract")}
    for one in rows(connection, "contract_amendment"):
        if one["end"] is not None:
            ends[one["contract"]] = max(one["end"], ends[one["contract"]])
    return {one["id"]: {"start": one["start"], "end": ends[one["id"]]} for one in rows(connection, "purchase_contract")}


def _of_the_month(draft: Draft, book: Planning) -> None:
    values = draft.values
    month, term = values["month"], book.other[values["contract"]]
    first, last = date(month // 100, month % 100, 1), month_end(*divmod(month, 100))
    if last < term["start"] or first > term["end"]:
        draft.errors["month"] = f"{in_words(month)}没有这份合同要结算的服务（{term['start']} 至 {term['end']}）。请核对月份。"
    for name in AFTER_MONTH:
        if values.get(name) is not None and values[name] < first:
            draft.errors[name] = f"{values[name]} 早于结算的月份 {in_words(month)}。请核对日期，或换到那个月登记。"
    for name in ("deduction", "invoice"):
        if (values.get(name) or 0) < 0:
            draft.errors[name] = "不能是负数。请填写金额，没有请留空。"


SPEC = Spec(
    "settlements", "月度结算", "settlement", FIELDS, key=("contract", "month"), needs=("contract", "month"),
    named=lambda values: values.get("contract") or "", words={"contract": CONTRACT}, checks=(_of_the_month,), other=_terms, same="同一份合同、同一月份",
)  # fmt: skip
KIND: ImportKind = kind_of(SPEC)
