"""Bringing in 低保资金支出: one row a year, level, area, kind and caliber. None of these is ever supposed."""

from __future__ import annotations

from office.imports.table import Spec, kind_of, stored_fields

KEY = ("year", "level", "area", "kind", "caliber")
SPEC = Spec(
    "dibao", "低保资金支出", "dibao_spend", stored_fields("dibao_spend", *KEY, "amount"), key=KEY, needs=(*KEY, "amount"),
    named=lambda values: " ".join(str(values[name]) for name in KEY if values.get(name) is not None),
)  # fmt: skip
KIND = kind_of(SPEC)
