"""Bringing in attended days (出勤天数): one row a person and month, whoever sends them; the monthly settlement counts on them."""

from __future__ import annotations

from office.imports.table import Spec, engaged_in, kind_of, stored_fields

SPEC = Spec(
    "days", "出勤天数", "attendance", stored_fields("attendance", "month", "half_days", "source"), key=("engagement", "month"),
    needs=("month", "half_days"), named=lambda values: values.get("name") or "", whose=engaged_in("month"), same="同一人、同一月份",
)  # fmt: skip
KIND = kind_of(SPEC)
