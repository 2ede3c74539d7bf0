"""The demo county's money: what its agreement was settled and paid for month by month, 低保 spending, and a work fund that suffices.

Of the return year January to September are settled and paid whole (in March something was deducted), October was paid while the
insurance proof is still missing, November may be paid, December has only its attendance sheets. What the fund lines say is
spent on purchased services is what was paid of that source, to the 分.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from db.change import Change
from db.rows import defaults
from policy.contract_facts import WORK_FUND
from policy.period import month_end

OWN_BUDGET: Final = "本级预算其他安排"
FROM_OWN: Final = 8
"""First month paid from the county's own budget; the months before from the work fund."""
UNPROVED, UNPAID, BEGUN = 10, 11, 12
"""Months: paid without the insurance proof; ready to be paid; only begun."""
DEDUCTED: Final = {3: (50_000, "3月有2人次缺勤，按合同约定扣减")}
_DAYS: Final = {
    "attendance_on": 3, "sheet_on": 5, "insured_on": 15, "accepted_on": 16, "requested_on": 17, "invoiced_on": 18, "approved_on": 22, "paid_on": 25,
}  # fmt: skip
"""Day of the following month on which each paper arrives."""


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def paid_by_month(staff: Sequence[Change], contract: int, year: int) -> dict[int, dict[str, int]]:
    """Month → wages, employer's part and fee of a year for the people under a contract, from the demo's own pay months."""
    under = {
        change.after["engagement"]
        for change in staff
        if change.table == "engagement_term" and change.after and change.after["purchase_contract"] == contract
    }
    found: dict[int, dict[str, int]] = {}
    for change in staff:
        pay = change.after or {}
        if change.table == "pay_month" and pay["year"] == year and pay["engagement"] in under:
            sums = found.setdefault(pay["month"], {"wages": 0, "employer": 0, "fee": 0})
            sums["wages"] += pay["base"] + pay["performance"] + pay["allowance"]
            sums["employer"] += pay["employer_insurance"] + pay["employer_fund"]
            sums["fee"] += pay["fee"]
    return found


def settlements(months: Mapping[int, Mapping[str, int]], contract: int, year: int) -> Iterator[Change]:
    """月度结算 and payments of a year of the agreement, each month of one source."""
    for month, sums in sorted(months.items()):
        deduction, why = DEDUCTED.get(month, (None, None))
        whole = sum(sums.values()) - (deduction or 0)
        days = {name: month_end(year, month) + timedelta(days=day) for name, day in _DAYS.items()}
        said: dict[str, Any] = {"attendance_on": days["attendance_on"]}
        if month == BEGUN:
            said = {"attendance_on": month_end(year, month)}
        else:
            papers = [name for name in days if name not in ("paid_on", "insured_on" if month == UNPROVED else "")]
            said = {name: days[name] for name in papers} | {
                "acceptance": "合格", "accepted_by": "林志强", "request_no": f"岭人函〔{year}〕{month}号", "invoice_no": f"2644{month:016d}", "invoice": whole,
                "approved_by": "陈建华", "deduction": deduction, "deduction_reason": why,
            }  # fmt: skip
            if month != UNPROVED:
                said["insured_no"] = f"粤社缴{year}{month:02d}0018"
        at = year * 100 + month
        yield _row("settlement", month, contract=contract, month=at, **said)
        if month not in (UNPAID, BEGUN):
            yield _row(
                "contract_payment", month, contract=contract, settlement=month, paid_on=days["paid_on"], wages=sums["wages"],
                employer=sums["employer"], fee=sums["fee"] - (deduction or 0), source=WORK_FUND if month < FROM_OWN else OWN_BUDGET, first_month=at, last_month=at,
                voucher=f"记-{month:03d}",
            )  # fmt: skip


def funds(year: int, payments: Sequence[Change]) -> Iterator[Change]:
    """低保资金支出 of two years and the fund documents of the years after: 2,100,000.00 元 due, 2,200,000.00 元 arranged and received."""
    spent = (("中央", 3_500_000_000), ("省", 1_500_000_000), ("市", 500_000_000), ("县", 1_500_000_000))
    number = 0
    for of_year in (year - 2, year - 1):
        for level, amount in spent:
            for area, part in (("城", amount // 10), ("农", amount - amount // 10)):
                number += 1
                yield _row("dibao_spend", number, year=of_year, level=level, area=area, amount=part)
    paid = {
        source: sum(
            one.after["wages"] + one.after["employer"] + one.after["fee"]
            for one in payments
            if one.table == "contract_payment" and one.after and one.after["source"] == source
        )
        for source in (WORK_FUND, OWN_BUDGET)
    }
    lines = ((WORK_FUND, "工作", 40_000_000), (WORK_FUND, "购买服务", 180_000_000), (OWN_BUDGET, "购买服务", 120_000_000))
    number = 0
    for document, of_year in enumerate((year - 1, year), 1):
        yield _row(
            "fund_doc", document, year=of_year, level="县", doc_no=f"东财预〔{of_year}〕1号", title=f"关于批复{of_year}年部门预算的通知",
            dated=date(of_year - 1, 12, 31),
        )  # fmt: skip
        for source, purpose, amount in lines:
            number += 1
            yield _row(
                "fund_line", number, document=document, source=source, purpose=purpose, unit=1, budget=amount, received=amount,
                received_on=date(of_year, 3, 1), spent=paid[source] if of_year == year and purpose == "购买服务" else amount // 2,
            )  # fmt: skip
