"""购买服务经费不够付合同，或者资金来源需要依据

看什么：本年各来源安排的购买服务经费，够不够本年合同应付；合同、付款或者经费是否用了中央困难群众救助补助资金，是否由乡镇（街道）自筹。

怎么算：用途为购买服务的各来源预算安排相加，与各合同本年应付（按合同天数分摊，含补充合同）相加比较，少 1 分也提出。中央困难群众救助补助资金
通常不得列支工作经费，购买服务、工作经费用了都提出并列为优先，须附依据；原文只写市、县两级可统筹，乡镇（街道）自筹的也提出，不列为优先。没有采购合同和经费的不查。

怎么办：补充安排经费或者调整合同；使用救助补助资金的，附上允许列支的文件，没有依据的调整来源。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.contract_facts import CENTRAL_RELIEF, TOWN_OWN, WORK_FUND
from policy.example_contracts import contract, funds, with_contract
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import BELOW, HIGH, NORMAL, RISK, SOFT, UNCLEAR, Finding, Rule
from policy.found import bureau, found
from policy.fund_facts import FOR_PURCHASE, FOR_WORK
from policy.funds import by_source


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    at, lines = bureau(facts), by_source(facts)
    arranged, due = sum(line.arranged for line in lines), sum(line.due for line in lines)
    if arranged < due and facts.fund_lines:
        said = f"购买服务经费安排 {yuan(arranged)} 元，合同本年应付 {yuan(due)} 元，差 {yuan(due - arranged)} 元"
        yield found(rule, facts, BELOW, said, measured=f"{yuan(arranged)} 元", required=f"{yuan(due)} 元", unit=at, priority=NORMAL)
    for source, words, priority in (
        (CENTRAL_RELIEF, "专款专用，列支工作人员费用须附依据", HIGH),
        (TOWN_OWN, "原文只写市、县两级统筹，请说明依据", NORMAL),
    ):
        line = next(line for line in lines if line.source == source)
        for_work = [one for one in facts.fund_lines if (one.source, one.purpose, one.document.year) == (source, FOR_WORK, facts.period.first.year)]
        work = sum(max(one.budget, one.spent) for one in for_work) if source == CENTRAL_RELIEF else 0
        used = max(line.arranged, line.due, line.paid, work)
        if used:
            also = f"，工作经费 {yuan(work)} 元" if work else ""
            said = f"{source}安排 {yuan(line.arranged)} 元，合同应付 {yuan(line.due)} 元，已付 {yuan(line.paid)} 元{also}：{words}"
            yield found(rule, facts, UNCLEAR, said, measured=f"{yuan(used)} 元", required="有依据", unit=at, priority=priority)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def arranged(budget: int, source: str = WORK_FUND, **changes: Any) -> Facts:
        line = funds(budget, purpose=FOR_PURCHASE, source=source)
        return with_contract(contract(**changes), fund_docs=[line.document], fund_lines=[line])

    yield "安排比合同应付少 1 分", arranged(11_999_999), 1
    yield "正好够付", arranged(12_000_000), 0
    yield "合同跨年，本年应付一半", arranged(6_000_000, start=date(2026, 7, 2), end=date(2027, 7, 1), amount=11_967_214), 0
    yield "用了中央救助补助资金", arranged(12_000_000, CENTRAL_RELIEF), 1
    central = funds(1, source=CENTRAL_RELIEF)
    yield "工作经费列了中央救助补助资金 1 分", example.facts(fund_docs=[central.document], fund_lines=[central]), 1
    last_year = replace(central, document=replace(central.document, year=2025))
    yield "上年列的不算", example.facts(fund_docs=[last_year.document], fund_lines=[last_year]), 0
    yield "用了省级救助补助资金", arranged(12_000_000, "困难群众救助补助资金（省级）"), 0
    yield "乡镇自筹", arranged(12_000_000, TOWN_OWN), 1


R24 = Rule("R24", "购买服务经费不足或来源存疑", SOFT, RISK, "二（二）", __doc__, _find, _cases, HIGH)
