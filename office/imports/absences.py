"""Bringing in absences (请假、缺勤): one row a person and absence; two of one person never share a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from office.imports.table import Draft, Planning, Spec, engaged_on, kind_of, stored_fields

_FIELDS = stored_fields("absence", "kind", "start", "end", "paid")
FIELDS = {
    "kind": replace(_FIELDS["kind"], synonyms=("请假类别", "请假种类", "假别", "请假类型")),
    "start": replace(_FIELDS["start"], label="缺勤起始日期", synonyms=("请假起始日期", "请假开始日期", "起始日期")),
    "end": replace(_FIELDS["end"], label="缺勤结束日期", synonyms=("请假结束日期", "结束日期"), hint="仍未返岗的留空"),
    "paid": replace(_FIELDS["paid"], label="是否带薪", synonyms=("带薪",)),
}


def _apart(draft: Draft, book: Planning) -> None:
    values = draft.values
    held = book.beside(values["engagement"])
    mine = next((one for one in held if one["start"] == values["start"] and one["kind"] == values["kind"]), None)
    last = values.get("end") or (mine["end"] if mine else None)
    if last is not None and last < values["start"]:
        draft.errors["end"] = "缺勤结束日期早于起始日期。请核对。"
    for one in held:
        if one is not mine and one["start"] <= (last or date.max) and values["start"] <= (one["end"] or date.max):
            draft.errors["start"] = f"与已有的缺勤（{one['kind']} {one['start']} 至 {one['end'] or '今'}）重叠。请核对日期，或在“人员”里改正。"


SPEC = Spec(
    "absences", "请假（缺勤）", "absence", FIELDS, key=("engagement", "start", "kind"), needs=("kind", "start"), musts=("paid",),
    named=lambda values: values.get("name") or "", whose=engaged_on("start"), checks=(_apart,), same="同一人、同一次缺勤",
)  # fmt: skip
KIND = kind_of(SPEC)
