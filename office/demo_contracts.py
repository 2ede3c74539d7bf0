"""The demo county's two contracts of one provider: a 派遣协议 wrongly booked as 政府购买服务, and a service contract for the two largest townships.

On purpose two risks and no more: the label (C02), and one dispatched worker in an institution that the agreement does not name (C11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from db.change import Change
from db.rows import defaults
from office.demo_funds import OWN_BUDGET
from policy.contract_facts import DISPATCH, DISPATCH_CLAUSES, POST_NATURE, PURCHASE, WORK_FUND
from policy.kinds.credit import check_character

REGISTERED: Final = "91449901MA0000001"
"""The first 17 characters of the provider's made-up credit code."""
PRICE: Final = 7_200_000
"""元/人·年 of the agreement in 分: wage, employer's part and fee."""
SERVICE_PRICE: Final = 7_250_000
"""元/人·年 of the service contract in 分."""
CITY_MONEY: Final = "其他社会救助专项资金"
_AFTER: Final = 100
"""Numbers of the service contract's rows begin here."""


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def agreement(provider: str, heads: int, units: Sequence[int], year: int) -> Iterator[Change]:
    """The supplier and the dispatch agreement of a year for so many people."""
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


def service(heads: int, units: Sequence[int], year: int) -> Iterator[Change]:
    """The service contract of a year with the same provider, paid from three sources, one of them given by the city."""
    yield _row(
        "purchase_contract", 2, no="DL2026-002", name="城区社会救助经办服务项目合同", kind=PURCHASE, procured_as=PURCHASE, buyer=1, supplier=1,
        method="竞争性磋商", project_no="DLCG2025-021", awarded=date(year - 1, 12, 3), award_noticed=date(year - 1, 12, 4), signed=date(year - 1, 12, 22),
        contract_noticed=date(year - 1, 12, 23), filed=date(year - 1, 12, 25), start=date(year, 1, 1), end=date(year, 12, 31),
        amount=heads * SERVICE_PRICE, headcount=heads, wage=5_000_000, fee=10_000, pay_clause="每人每年应发工资不低于5万元", budget_doc=f"东财预〔{year}〕1号",
    )  # fmt: skip
    for number, unit in enumerate(units, _AFTER):
        yield _row("contract_unit", number, contract=2, unit=unit)
    for number, (scope, share) in enumerate((("低保", 5000), ("特困", 2000), ("临时救助", 2000), ("留守儿童", 1000)), _AFTER):
        yield _row("contract_scope", number, contract=2, scope=scope, share=share)
    for number, (source, share) in enumerate(((WORK_FUND, 5500), (OWN_BUDGET, 3000), (CITY_MONEY, 1500)), _AFTER):
        yield _row("contract_source", number, contract=2, source=source, share=share)
    yield _row(
        "fund_doc", _AFTER, year=year, level="市", doc_no=f"岭财社〔{year}〕15号", title=f"关于下达{year}年社会救助专项资金的通知", dated=date(year, 1, 20)
    )
    yield _row(
        "fund_line", _AFTER, document=_AFTER, source=CITY_MONEY, purpose="购买服务", unit=1, budget=10_000_000, received=10_000_000,
        received_on=date(year, 3, 15), spent=0,
    )  # fmt: skip


def settled(months: Iterable[Change]) -> Iterator[Change]:
    """月度结算 and payments of the service contract, with papers and numbers of their own."""
    for change in months:
        values = dict(change.after or {})
        number = values["id"] = int(values["id"]) + _AFTER
        if change.table == "contract_payment":
            values |= {"settlement": number, "voucher": f"记-{number:03d}"}
        elif values.get("invoice_no"):
            values |= {"invoice_no": f"2644{number:016d}", "request_no": f"岭人函〔{values['month'] // 100}〕{number}号"}
        yield Change(change.table, (number,), None, values)
