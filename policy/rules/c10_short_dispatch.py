"""连续用工分成几个短期劳务派遣协议

看什么：同一购买主体与同一派遣单位，是否把连续的用工分成几个短期协议。

怎么算：不足 12 个月的协议，与前一个同样不足 12 个月的协议相隔少于 30 天（都可设置），后一个提出；恰好 12 个月的不算短期，同一天起或者同一天止的平行协议不算前后。

怎么办：按实际用工期限订立一个协议；确因项目变化的，写明原因。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DISPATCH, PurchaseContract
from policy.example_contracts import dispatch
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import lasts
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits, live = facts.parameters.limits, {c.id for c in live_contracts(facts)}
    rows: dict[tuple[int | None, int], list[PurchaseContract]] = {}
    for c in facts.contracts:
        if c.kind == DISPATCH and c.supplier:
            rows.setdefault((c.buyer, c.supplier.id), []).append(c)
    for row in rows.values():
        short = [c for c in row if not lasts(c.start, c.last_day, limits.short_dispatch_months)]
        for c in short:
            before = max((one for one in short if one.start < c.start and one.last_day < c.last_day), key=lambda one: one.last_day, default=None)
            gap = (c.start - before.last_day).days - 1 if before else limits.gap_days
            if before and c.id in live and gap < limits.gap_days:
                said = (
                    f"{c.start} 至 {c.last_day}，接 {before.no}（{before.start} 至 {before.last_day}）相隔 {gap} 天，"
                    f"都不足 {limits.short_dispatch_months} 个月"
                )
                yield found(rule, facts, WRONG_DATA, said, measured="连续短期协议", required="不分割订立", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def two(end: date, start: date, last: date = date(2026, 12, 30)) -> Facts:
        first = dispatch(1, start=date(2026, 1, 1), end=end)
        return example.facts(contracts=[first, dispatch(2, start=start, end=last)])

    yield "半年一签，首尾相接", two(date(2026, 6, 30), date(2026, 7, 1)), 1
    parallel = [dispatch(i, start=date(2026, 1, 1), end=date(2026, 6, 30)) for i in (1, 2)]
    yield "同时两份半年协议，之后没有再签", example.facts(contracts=parallel), 0
    yield "前后两份重叠几天", two(date(2026, 7, 3), date(2026, 7, 1)), 1
    yield "相隔 29 天", two(date(2026, 6, 30), date(2026, 7, 30)), 1
    yield "相隔 30 天", two(date(2026, 6, 30), date(2026, 7, 31)), 0
    yield "后一个正好 12 个月", two(date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 30)), 0
    yield "后一个差一天满 12 个月", two(date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 29)), 1


C10 = Rule("C10", "连续用工分割成短期派遣协议", SOFT, RISK, "劳动合同法第五十九条", __doc__, _find, _cases)
