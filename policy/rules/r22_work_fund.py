"""社会救助工作经费安排低于上年低保资金支出的 3%

看什么：本年预算安排的社会救助工作经费（来源 A），够不够上年低保资金支出的 3%（比例、口径可设置）。

怎么算：上年低保资金支出按口径（全口径、本级、不含价格临时补贴）合计，优先用决算数，没有的用执行数、预算数；乘以比例，四舍五入到分，是应安排数。
应安排 − 预算安排 = 差额，差 1 分也提出。登记了经费、没有登记上年低保资金支出的，是数据不足。台账里都没有登记的不查。
同一年有的级次、城乡、类别只登记了别的口径（如中央只有执行数、县级已有决算数），没有计入合计的，提示补登，应安排数可能偏小。

怎么办：核对两边的数；确实不足的，商请财政部门补足，写明补足时间。
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policy import example
from policy.example_contracts import funds, spend
from policy.facts import Facts
from policy.figures import percent, yuan
from policy.finding import AUDIT, BELOW, HINT, NO_DATA, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.funds import keeps_funds, work_fund


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if not keeps_funds(facts):
        return
    fund = work_fund(facts)
    at, arranged = bureau(facts), f"预算安排 {yuan(fund.arranged)} 元"
    if fund.due is None or fund.base.amount is None:
        said = f"没有登记 {fund.base.year} 年低保资金支出 → 应安排数无法测算，{arranged}"
        yield found(rule, facts, NO_DATA, said, measured=arranged, required="上年低保资金支出", unit=at)
        return
    if fund.base.left_out:
        kinds = "、".join(dict.fromkeys(f"{row.level}·{row.area}·{row.kind}只有{row.caliber}数" for row in fund.base.left_out))
        said = f"{fund.base.year} 年低保资金支出用{fund.base.caliber}数合计，{kinds}，没有计入，应安排数可能偏小"
        have, must = f"{fund.base.caliber}数不全", f"各级次都有{fund.base.caliber}数"
        yield found(rule, facts, NO_DATA, said, measured=have, required=must, unit=at, severity=HINT)
    if fund.short:
        said = (
            f"{fund.base.year} 年低保资金支出（{fund.base.mode}，{fund.base.caliber}数）{yuan(fund.base.amount)} 元 × {percent(fund.rate)} = "
            f"{yuan(fund.due)} 元，{arranged}，差 {yuan(fund.short)} 元"
        )
        yield found(rule, facts, BELOW, said, measured=f"{yuan(fund.arranged)} 元", required=f"{yuan(fund.due)} 元", unit=at)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def arranged(budget: int, **settings: Any) -> Facts:
        line, rows = funds(budget), [spend(80_000_000), spend(20_000_000, level="省"), spend(10_000_000, kind="价格临时补贴", level="市")]
        return example.facts(fund_docs=[line.document], fund_lines=[line], dibao_spend=rows, settings=settings)

    yield "1,100,000.00 × 3% = 33,000.00 元，差 1 分", arranged(3_299_999), 1
    yield "恰好 33,000.00 元", arranged(3_300_000), 0
    yield "本级口径 24,000.00 元", arranged(2_400_000, **{"fund.base_mode": "本级"}), 0
    yield "本级口径差 1 分", arranged(2_399_999, **{"fund.base_mode": "本级"}), 1
    yield "不含价格临时补贴 30,000.00 元", arranged(3_000_000, **{"fund.base_mode": "不含价格临时补贴"}), 0
    mixed = [spend(100_000_000), spend(50_000_000, level="中央", caliber="执行")]
    line = funds(3_000_000)
    yield "县级有决算数、中央只有执行数：提示", example.facts(fund_docs=[line.document], fund_lines=[line], dibao_spend=mixed), 1
    both = [*mixed, spend(0, level="中央")]
    yield "中央的决算数填 0", example.facts(fund_docs=[line.document], fund_lines=[line], dibao_spend=both), 0
    yield "没有上年支出：数据不足", example.facts(fund_lines=[funds(1)]), 1
    yield "没有启用经费台账", example.facts(), 0


R22 = Rule("R22", "工作经费安排不足", SOFT, AUDIT, "二（二）", __doc__, _find, _cases)
