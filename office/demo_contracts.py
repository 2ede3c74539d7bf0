"""The demo county's contract and money: one 派遣协议 wrongly booked as 政府购买服务, and a work fund that suffices.

On purpose two risks and no more: the label (C02), and one dispatched worker in an institution that the agreement does not name (C11).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from db.change import Change
from db.rows import defaults
from policy.contract_facts import DISPATCH, DISPATCH_CLAUSES, POST_NATURE, PURCHASE, WORK_FUND
from policy.kinds.credit import check_character

REGISTERED: Final = "91449901MA0000001"
"""The first 17 characters of the provider's made-up credit code."""
PRICE: Final = 6_500_000
"""元/人·年 of the agreement in 分: wage, employer's part and fee."""
OWN_BUDGET: Final = "本级预算其他安排"


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def agreement(provider: str, heads: int, units: Sequence[int], year: int) -> Iterator[Change]:
    """The supplier and the dispatch agreement of a year for so many people, with two payments made."""
    yield _row(
        "supplier", 1, name=provider, credit_code=REGISTERED + check_character(REGISTERED), body="企业", licence_no="粤派2024001",
        licence_from=date(year - 2, 1, 1), licence_to=date(year, 12, 31), contact="何佩珊", phone="0999-7654321",
    )  # fmt: skip
    yield _row(
        "purchase_contract", 1, no="DL2026-001", name="社会救助经办服务人员派遣协议", kind=DISPATCH, procured_as=PURCHASE, buyer=1, supplier=1,
        method="公开招标", project_no="DLCG2025-018", awarded=date(year - 1, 12, 1), award_noticed=date(year - 1, 12, 2), signed=date(year - 1, 12, 19),
        contract_noticed=date(year - 1, 12, 22), filed=date(year - 1, 12, 24), start=date(year, 1, 1), end=date(year, 12, 31), amount=heads * PRICE,
        headcount=heads, wage=5_000_000, fee=10_000, pay_clause="每人每年应发工资不低于5万元", budget_doc=f"东财预〔{year}〕1号",
    )  # fmt: skip
    for number, unit in enumerate(units, 1):
        yield _row("contract_unit", number, contract=1, unit=unit)
    for number, (scope, share) in enumerate((("低保", 6000), ("特困", 2500), ("临时救助", 1500)), 1):
        yield _row("contract_scope", number, contract=1, scope=scope, share=share)
    for number, (source, share) in enumerate(((WORK_FUND, 6000), (OWN_BUDGET, 4000)), 1):
        yield _row("contract_source", number, contract=1, source=source, share=share)
    for number, tick in enumerate((*DISPATCH_CLAUSES, POST_NATURE), 1):
        yield _row("contract_tick", number, contract=1, tick=tick)
    half = heads * PRICE // 2
    for number, (day, source) in enumerate(((date(year, 7, 10), WORK_FUND), (date(year, 12, 20), OWN_BUDGET)), 1):
        wages, employer = half * 7 // 10, half * 2 // 10
        yield _row(
            "contract_payment", number, contract=1, paid_on=day, wages=wages, employer=employer, fee=half - wages - employer, source=source,
            first_month=year * 100 + 6 * number - 5, last_month=year * 100 + 6 * number, voucher=f"记-{number:03d}",
        )  # fmt: skip


def funds(year: int) -> Iterator[Change]:
    """低保资金支出 of two years and the fund documents of the years after: 2,100,000.00 元 due, 2,200,000.00 元 arranged and received."""
    spent = (("中央", 3_500_000_000), ("省", 1_500_000_000), ("市", 500_000_000), ("县", 1_500_000_000))
    number = 0
    for of_year in (year - 2, year - 1):
        for level, amount in spent:
            for area, part in (("城", amount // 10), ("农", amount - amount // 10)):
                number += 1
                yield _row("dibao_spend", number, year=of_year, level=level, area=area, amount=part)
    lines = ((WORK_FUND, "工作", 40_000_000), (WORK_FUND, "购买服务", 180_000_000), (OWN_BUDGET, "购买服务", 120_000_000))
    number = 0
    for document, of_year in enumerate((year - 1, year), 1):
        issued = date(of_year - 1, 12, 31)
        yield _row(
            "fund_doc",
            document,
            year=of_year,
            level="县",
            doc_no=f"东财预〔{of_year}〕1号",
            title=f"关于批复{of_year}年部门预算的通知",
            dated=issued,
        )
        for source, purpose, amount in lines:
            number += 1
            yield _row(
                "fund_line", number, document=document, source=source, purpose=purpose, unit=1, budget=amount, received=amount,
                received_on=date(of_year, 3, 1), spent=amount // 2,
            )  # fmt: skip
