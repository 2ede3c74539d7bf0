"""劳务派遣单位的经营许可证不覆盖合同期

看什么：劳务派遣协议的派遣单位，有没有劳务派遣经营许可证，许可证在合同期内是否一直有效。

怎么算：没有登记派遣单位或者许可证号的提出；许可证起始日期晚于协议起始日期，或者截止日期早于协议截止日期的提出（同一天不提出）。

怎么办：向派遣单位索要许可证复印件，登记证号和有效期；许可证到期前，要求其提供延续后的许可证。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy.contract_facts import DISPATCH
from policy.example_contracts import PROVIDER, contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.kind != DISPATCH:
            continue
        s = c.supplier
        if s is None or not s.licence_no:
            have, said = "未登记", f"没有登记{'派遣单位' if s is None else '劳务派遣经营许可证号'}"
        elif s.licence_from and s.licence_from > c.start:
            have, said = f"{s.licence_from} 起", f"许可证自 {s.licence_from} 起，协议自 {c.start} 起"
        elif s.licence_to is None:
            have, said = "未登记", "没有登记许可证截止日期"
        elif s.licence_to < c.last_day:
            have, said = f"{s.licence_to} 止", f"许可证至 {s.licence_to}，协议至 {c.last_day}"
        else:
            continue
        must = f"{c.start} 至 {c.last_day} 有效"
        yield found(rule, facts, WRONG_DATA, said, measured=have, required=must, contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def licensed(**changes: Any) -> Facts:
        return with_contract(dispatch(supplier=replace(PROVIDER, **changes)))

    yield "许可证早一天到期", licensed(licence_to=date(2026, 12, 30)), 1
    yield "许可证与协议同日到期", licensed(licence_to=date(2026, 12, 31)), 0
    yield "许可证晚一天起", licensed(licence_from=date(2026, 1, 2)), 1
    yield "许可证同日起", licensed(licence_from=date(2026, 1, 1)), 0
    yield "没有许可证号", licensed(licence_no=""), 1
    yield "没有登记派遣单位", with_contract(dispatch(supplier=None)), 1
    yield "不是劳务派遣", with_contract(contract(supplier=None)), 0


C08 = Rule("C08", "劳务派遣许可证不覆盖合同期", SOFT, RISK, "劳动合同法第五十七条", __doc__, _find, _cases, HIGH)
