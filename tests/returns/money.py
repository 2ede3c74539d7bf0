"""A small county whose money is worked out by hand: two contracts, three sources, two years; every relation of 表4–表6 holds.

Three people at 54,000.00 元 a year each (cost 70,200.00): two dispatched to 甲镇 under contract 1, one bought for 乙镇 under contract 2.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policy.contract_facts import Amendment, Payment, PurchaseContract
from policy.example import engagement, facts, standard, unit
from policy.example_contracts import contract, dispatch, spend
from policy.facts import BUREAU, Facts
from policy.fund_facts import DibaoSpend, FundDoc, FundLine
from returns.annual import lay_all
from returns.sheet import Sheet
from returns.task import Task

A, B2, D = "社会救助工作经费", "困难群众救助补助资金（省级）", "本级预算其他安排"
FORMS = ("表1", "表2", "表3", "表4", "表5", "表6", "附表1", "附表2")
MONEY_FORMS = ("表4", "表5", "表6")
TASK = Task("基层社会救助经办服务能力情况报表", forms=FORMS, long_pay_list=True, pay_list_ground=True)


def contracts() -> tuple[PurchaseContract, ...]:
    """Contract 1 for the year, 144,000.00 元 for two; contract 2 for two years from 1 July 2025, 140,000.00 + 4,000.00 元 for one,
    after contract 3 which ended the day before. Paid in 2026: 212,900.00 元, of it wages 162,000.00; in 2025: 30,000.00."""
    first = dispatch(
        1,
        no="DL-001",
        amount=144_000_00,
        headcount=2,
        units=(2,),
        scopes={"低保": 7000, "养老": 2000},
        sources={A: 6000, D: 4000},
        payments=(
            Payment(1, date(2026, 6, 25), 68_000_00, 18_000_00, 200_00, 0, A),
            Payment(2, date(2026, 12, 25), 40_000_00, 14_400_00, 900_00, 0, D),
        ),
    )
    second = contract(
        2,
        no="DL-002",
        start=date(2025, 7, 1),
        end=date(2027, 6, 30),
        signed=date(2025, 6, 20),
        amount=140_000_00,
        headcount=1,
        units=(3,),
        predecessor=3,
        scopes={"特困": 10000},
        sources={A: 5000, B2: 5000},
        amendments=(Amendment(1, date(2026, 3, 1), 4_000_00),),
        payments=(
            Payment(3, date(2025, 12, 25), 30_000_00, 0, 0, 0, A),
            Payment(4, date(2026, 6, 25), 27_000_00, 8_100_00, 600_00, 0, A),
            Payment(5, date(2026, 12, 25), 27_000_00, 8_100_00, 600_00, 0, B2),
        ),
    )
    third = contract(3, no="DL-003", start=date(2024, 7, 1), end=date(2025, 6, 30), signed=date(2024, 6, 20), headcount=1)
    return third, second, first


def spending() -> tuple[DibaoSpend, ...]:
    """2025: 5,000,000.33 元 (3 % = 150,000.0099, so 150,000.01), of it 100,000.00 price subsidy; 2024: 4,000,000.00 元."""
    return (
        spend(1_000_000_00, level="中央", area="城"),
        spend(2_000_000_33, level="中央"),
        spend(800_000_00, level="省"),
        spend(200_000_00, level="市"),
        spend(900_000_00, level="县"),
        spend(100_000_00, level="县", kind="价格临时补贴"),
        spend(1_500_000_00, year=2024, level="省"),
        spend(2_500_000_00, year=2024, caliber="执行", level="县"),
        spend(2_500_000_00, year=2024, level="县"),
    )


def fund_lines() -> tuple[FundLine, ...]:
    """2026: source A 155,000.00 元 (county 120,000.00, city 30,000.00, province 5,000.00), D 60,000.00, B2 40,000.00; 2025: A 121,000.00."""
    county = FundDoc(1, 2026, "县", "东财预〔2026〕1号", "关于批复2026年部门预算的通知", date(2026, 2, 1))
    city = FundDoc(2, 2026, "市", "岭财社〔2026〕15号", "关于下达社会救助工作经费的通知", date(2026, 3, 5))
    province = FundDoc(3, 2026, "省", "粤财社〔2026〕30号", "关于下达困难群众救助补助资金的通知", date(2026, 1, 10))
    before = FundDoc(4, 2025, "县", "东财预〔2025〕1号", "关于批复2025年部门预算的通知", date(2025, 2, 1))

    def line(id: int, doc: FundDoc, source: str, purpose: str, budget: int, spent: int, carried: int = 0) -> FundLine:
        return FundLine(id, doc, source, purpose, budget, budget, date(doc.year, 4, 1), spent, carried)

    return (
        line(1, county, A, "工作", 20_000_00, 18_000_00, carried=10_000_00),
        line(2, county, A, "购买服务", 100_000_00, 100_000_00),
        line(3, county, D, "购买服务", 60_000_00, 55_300_00),
        line(4, city, A, "购买服务", 30_000_00, 21_900_00),
        line(5, province, B2, "购买服务", 40_000_00, 35_700_00),
        line(6, province, A, "工作", 5_000_00, 0),
        line(7, before, A, "工作", 121_000_00, 100_000_00),
    )


def funded(period: str = "2026") -> Facts:
    """The county as of the period's end, everything registered and scanned."""
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    pay = standard(annual=54_000_00)
    people = [engagement(n, unit=2, standards=(pay,), gross=54_000_00, purchase_contract=1) for n in (1, 2)]
    people.append(engagement(3, "政府购买服务", 3, standards=(pay,), gross=54_000_00, purchase_contract=2))
    lines = fund_lines()
    documents = tuple({line.document.id: line.document for line in lines}.values())
    made = facts(
        units, people, {2: 300, 3: 700}, period=period, contracts=contracts(), dibao_spend=spending(), fund_docs=documents, fund_lines=lines
    )
    scans = {("fund_doc", doc.id): 1 for doc in documents} | {("purchase_contract", one.id): 2 for one in made.contracts}
    return replace(made, attachments=scans)


def sheets() -> tuple[Sheet, ...]:
    """The forms of the county."""
    return lay_all(funded(), TASK)
