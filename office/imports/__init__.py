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
    pay,
    payments,
    provider,
    registers,
    roster,
    standards,
    suppliers,
    units,
)
from office.imports.plan import ImportKind

GROUPS: tuple[tuple[str, tuple[ImportKind, ...]], ...] = (
    ("单位和人员", (units.KIND, headcounts.KIND, roster.KIND, labour.KIND, appraisals.KIND)),
    ("工资和考勤", (standards.KIND, pay.KIND, provider.KIND, days.KIND, absences.KIND)),
    ("采购和经费", (suppliers.KIND, contracts.KIND, registers.KINDS["amendments"], payments.KIND, funds.KIND)),
    ("方案和会议", tuple(registers.KINDS[name] for name in ("plans", "meetings", "trainings", "incoming", "contacts"))),
    ("检查和基数", (*(registers.KINDS[name] for name in ("inspections", "survey", "workload")), dibao.KIND, registers.KINDS["rates"])),
)
"""The kinds as a clerk looks for them; suppliers before the contracts that name them, those before their payments."""
KINDS: tuple[ImportKind, ...] = tuple(kind for _, kinds in GROUPS for kind in kinds)


def kind(name: str) -> ImportKind:
    """The import kind with this id; ValueError with a sentence for another word."""
    for one in KINDS:
        if one.id == name:
            return one
    raise ValueError(f"没有导入类别“{name}”。可用的有：{'、'.join(f'{one.id}（{one.title}）' for one in KINDS)}。")
