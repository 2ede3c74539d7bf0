"""工作经费没有按时足额到位

看什么：到期限月末（默认 12 月，可设置），工作经费是否足额到位。

怎么算：截至日期到了期限月末，到位金额（到位日期不晚于截至日期）少于应安排数的提出，少 1 分也提出；期限以前不查。落实率 = 到位 ÷ 应安排。

怎么办：核对拨款单和到账日期；确实没有到位的，商请财政部门拨付。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from policy import example
from policy.example_contracts import funds, spend
from policy.facts import Facts
from policy.figures import number, yuan
from policy.finding import BELOW, RISK, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.funds import keeps_funds, work_fund
from policy.period import month_end


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    fund, day = work_fund(facts), facts.period.as_of
    due_on = month_end(fund.year, facts.parameters.limits.fund_due_month)
    if not keeps_funds(facts) or not fund.due or day < due_on or not fund.short_received:
        return
    rate = number(Fraction(fund.received * 100, fund.due))
    said = f"应安排 {yuan(fund.due)} 元，至 {day} 到位 {yuan(fund.received)} 元，落实率 {rate}%，差 {yuan(fund.short_received)} 元"
    yield found(rule, facts, BELOW, said, measured=f"{yuan(fund.received)} 元", required=f"{yuan(fund.due)} 元", unit=bureau(facts))


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def received(amount: int, **more: Any) -> Facts:
        line = funds(3_000_000, received=amount)
        return example.facts(fund_docs=[line.document], fund_lines=[line], dibao_spend=[spend(100_000_000)], **more)

    yield "到位差 1 分", received(2_999_999), 1
    yield "足额到位", received(3_000_000), 0
    yield "12 月 30 日还没有到期限", received(0, as_of=date(2026, 12, 30)), 0


R23 = Rule("R23", "工作经费没有足额到位", SOFT, RISK, "二（二）", __doc__, _find, _cases)
