"""Kinds of records that can be brought in, one a file (the plain registers together); the list is explicit."""

from __future__ import annotations

from office.imports import (
    absences,
    appraisals,
    contracts,
    days,
    dibao,
    funds,
    headcounts,
    labour,
    lists,
    pay,
    payments,
    provider,
    registers,
    roster,
    settlements,
    standards,
    suppliers,
    units,
)
from office.imports.plan import ImportKind

_PLAIN = {**registers.KINDS, **lists.KINDS}
GROUPS: tuple[tuple[str, tuple[ImportKind, ...]], ...] = (
    ("单位和人员", (units.KIND, headcounts.KIND, roster.KIND, labour.KIND, _PLAIN["contacts"], _PLAIN["control"])),
    ("工资和考勤", (standards.KIND, pay.KIND, provider.KIND, days.KIND, absences.KIND)),
    ("采购合同", (
        suppliers.KIND, contracts.KIND, _PLAIN["amendments"], payments.KIND, settlements.KIND,
        *(_PLAIN[name] for name in ("evaluations", "supervisions", "disclosures")))),
    ("经费和标准", (funds.KIND, dibao.KIND, *(_PLAIN[name] for name in ("rates", "wages", "retirement", "holidays")))),
    ("考核和层级", (appraisals.KIND, *(_PLAIN[name] for name in ("scales", "grades", "grade_items", "factors", "grade_changes")))),
    ("方案和会议", tuple(_PLAIN[name] for name in ("plans", "heads", "meetings", "incoming", "handover_items"))),
    ("招录和培训", tuple(_PLAIN[name] for name in ("hiring", "hiring_lines", "batches", "recruits", "progress", "trainings", "attendees"))),
    ("检查和表彰", tuple(_PLAIN[name] for name in ("inspections", "problems", "survey", "workload", "rewards", "unit_rewards"))),
)  # fmt: skip
"""The kinds as a clerk looks for them; in each group what others name comes before them (suppliers, contracts, payments)."""
KINDS: tuple[ImportKind, ...] = tuple(kind for _, kinds in GROUPS for kind in kinds)


def kind(name: str) -> ImportKind:
    """The import kind with this id; ValueError with a sentence for another word."""
    for one in KINDS:
        if one.id == name:
            return one
    raise ValueError(f"没有导入类别“{name}”。可用的有：{'、'.join(f'{one.id}（{one.title}）' for one in KINDS)}。")
