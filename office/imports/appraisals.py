"""Bringing in yearly appraisals (年度考核): one row a person and year."""

from __future__ import annotations

from office.imports.table import Spec, kind_of, stored_fields, the_person

SPEC = Spec(
    "appraisals", "年度考核", "appraisal", stored_fields("appraisal", "year", "grade", "score", "reason"), key=("person", "year"),
    needs=("year", "grade"), named=lambda values: values.get("name") or "", whose=the_person, same="同一人、同一年度",
)  # fmt: skip
KIND = kind_of(SPEC)
