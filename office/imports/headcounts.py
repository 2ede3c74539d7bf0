"""Bringing in approved headcounts (核定人数) alone: one row a unit and the day it was decided."""

from __future__ import annotations

from office.imports.table import Spec, kind_of, stored_fields
from office.imports.words import UNIT
from policy.kinds import Field
from policy.kinds.text import NAME

SPEC = Spec(
    "headcounts", "核定人数", "approved_headcount",
    {"unit": Field("单位名称", NAME, ("单位", "乡镇（街道）", "乡镇", "镇街", "使用单位"), hint="填台账里的单位名称")}
    | stored_fields("approved_headcount", "since", "heads", "document"),
    key=("unit", "since"), needs=("unit", "since", "heads"), named=lambda values: values.get("unit") or "", words={"unit": UNIT},
)  # fmt: skip
KIND = kind_of(SPEC)
