"""本年没有登记经费文件

看什么：社会救助工作经费、购买服务经费是否纳入预算，本年有没有预算批复、指标文或者拨款单。

怎么算：经费年度是本年的文件至少一份。到年末仍没有的为强制性，平时为核实性。台账里还没有登记任何经费、低保资金支出和采购合同的，视为没有启用经费台账，不查。

怎么办：登记经费文件的名称、文号、印发日期和金额，附上扫描件。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policy import example
from policy.example_contracts import funds, spend
from policy.facts import Facts
from policy.finding import HARD, NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.funds import keeps_funds


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    year, day = facts.period.first.year, facts.period.as_of
    if not (keeps_funds(facts) or facts.contracts) or any(doc.year == year for doc in facts.fund_docs):
        return
    said = f"{year} 年至 {day} 登记经费文件 0 份，应至少 1 份"
    level = HARD if day >= date(year, 12, 31) else SOFT
    yield found(rule, facts, NO_DATA, said, measured="0 份", required="至少 1 份", unit=bureau(facts), severity=level)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    line = funds(100)
    last_year = replace(line.document, year=2025)
    yield "只有上年的文件", example.facts(fund_docs=[last_year]), 1
    yield "有本年的文件", example.facts(fund_docs=[line.document]), 0
    yield "登记了低保支出，没有文件", example.facts(dibao_spend=[spend(100)]), 1
    yield "没有启用经费台账", example.facts(), 0


R21 = Rule("R21", "没有经费文件", SOFT, RISK, "二（二）", __doc__, _find, _cases)
