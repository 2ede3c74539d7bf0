"""Made-up contracts and money for the cases of rules and for tests: each lawful as it stands, so that a case changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.contract_facts import DISPATCH, DISPATCH_CLAUSES, POST_NATURE, WORK_FUND, Payment, PurchaseContract, Supplier
from policy.facts import FULL, Engagement, Facts
from policy.fund_facts import DibaoSpend, FundDoc, FundLine
from policy.kinds.credit import check_character
from policy.labour_facts import FIXED, LabourContract

_REGISTERED = "91449901MA0000001"
PROVIDER = Supplier(
    1, "岭东人力资源有限公司", _REGISTERED + check_character(_REGISTERED), "企业", "粤派001", date(2024, 1, 1), date(2026, 12, 31)
)


def contract(id: int = 1, **changes: Any) -> PurchaseContract:
    """A service contract of the bureau for two people of unit 2 for the year 2026, 120,000.00 元; amounts in 分."""
    made = PurchaseContract(
        id=id,
        no=f"DL-{id:03d}",
        name="社会救助经办服务",
        kind="政府购买服务",
        buyer=1,
        supplier=PROVIDER,
        method="公开招标",
        awarded=date(2025, 12, 1),
        award_noticed=date(2025, 12, 2),
        signed=date(2025, 12, 19),
        contract_noticed=date(2025, 12, 22),
        filed=date(2025, 12, 24),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        amount=12_000_000,
        headcount=2,
        wage=5_000_000,
        fee=10_000,
        scopes={"低保": FULL},
        sources={WORK_FUND: FULL},
        units=(2,),
    )
    return replace(made, **changes)


def dispatch(id: int = 1, **changes: Any) -> PurchaseContract:
    """A 劳务派遣协议 with everything it must say, not booked as a service."""
    ticks = frozenset({*DISPATCH_CLAUSES, POST_NATURE})
    return replace(contract(id, kind=DISPATCH, procured_as="其他", name="劳务派遣协议", ticks=ticks), **changes)


def with_contract(made: PurchaseContract, *workers: Engagement, **more: Any) -> Facts:
    """Facts with one purchase contract and the people given."""
    return example.facts(engagements=workers, contracts=[made], **more)


def labour(id: int = 1, **changes: Any) -> LabourContract:
    """The labour contract of engagement 1 (person 1, at unit 2 since 2024): four years fixed, 4,500.00 元 a month."""
    made = LabourContract(
        id=id,
        engagement=1,
        person=1,
        seq=1,
        kind=FIXED,
        start=date(2024, 1, 1),
        end=date(2027, 12, 31),
        signed=date(2024, 1, 1),
        employer="岭东人力资源有限公司",
        unit=2,
        wage=450_000,
        names_unit=True,
        names_term=True,
        names_post=True,
        insured_on=date(2024, 1, 15),
    )
    return replace(made, **changes)


def with_labour(*contracts: LabourContract, worker: Engagement | None = None, **more: Any) -> Facts:
    """Facts with engagement 1 and its labour contracts."""
    return example.facts(engagements=[worker or example.engagement()], labour_contracts=contracts, **more)


def paid(day: date, amount: int, source: str = WORK_FUND, id: int = 1) -> Payment:
    """A payment, all of it wages."""
    return Payment(id, day, wages=amount, source=source)


def spend(amount: int, **changes: Any) -> DibaoSpend:
    """低保资金支出 of 2025 by the county, 决算."""
    return replace(DibaoSpend(2025, "县", "农", "低保金", "决算", amount), **changes)


def funds(budget: int, **changes: Any) -> FundLine:
    """A line of the county's 2026 fund document: source A for work, received and unspent, unless changed."""
    document = FundDoc(1, 2026, "县", "东财预〔2026〕1号", "关于下达2026年部门预算的通知", date(2026, 2, 1))
    return replace(FundLine(1, document, WORK_FUND, "工作", budget, budget, date(2026, 3, 1), 0, 0), **changes)
