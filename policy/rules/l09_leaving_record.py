"""离职登记不全

看什么：本年离职（退回）的购买服务、劳务派遣和聘用人员，有没有离职原因；登记了劳动合同的，有没有离职证明、经济补偿的核定。

怎么算：离职原因空着的提出；登记了劳动合同的，离职证明日期空着、经济补偿没有填（核定不需支付的填 0）的提出；离职原因依法应支付经济补偿而填 0 的也提出。一人一条。

怎么办：按离职手续补登；应支付经济补偿的，由用人单位支付，计算见离职页面。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Engagement, Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.labour import END_REASONS
from policy.labour_facts import LabourContract
from policy.under_contract import has_labour_contract_type, labour_of


def _lacks(e: Engagement, contracts: Sequence[LabourContract]) -> list[str]:
    reason = END_REASONS.get(e.end_reason)
    due = reason.due if reason else None
    lacks = [] if e.end_reason else ["离职原因"]
    if contracts and not any(c.certificate_on for c in contracts):
        lacks.append("离职证明")
    if contracts and e.severance is None and due is not False:
        lacks.append("经济补偿核定")
    if contracts and reason and due and e.severance == 0:
        lacks.append(f"经济补偿（因{reason.words}，{reason.article}，应支付）")
    return lacks


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    contracts, new_year = labour_of(facts), date(facts.period.first.year, 1, 1)
    for e in facts.engagements:
        if e.end is None or not new_year <= e.end <= facts.period.as_of or not has_labour_contract_type(e, facts):
            continue
        lacks = _lacks(e, contracts.get(e.id, ()))
        if lacks:
            said = f"{e.end} 离职，缺{'、'.join(lacks)}"
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(lacks)} 项", required="离职登记齐全", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def left(reason: str, severance: int | None, end: date = date(2026, 12, 31), certificate: bool = True) -> Facts:
        worker = replace(example.engagement(end=end), end_reason=reason, severance=severance)
        return with_labour(labour(certificate_on=end if certificate else None), worker=worker)

    yield "没有离职原因", left("", 0), 1
    yield "个人辞职", left("个人辞职", None), 0
    yield "没有离职证明", left("个人辞职", None, certificate=False), 1
    yield "用人单位不续，经济补偿没有核定", left("合同期满不续（用人单位不续）", None), 1
    yield "用人单位不续，核定 0.01 元", left("合同期满不续（用人单位不续）", 1), 0
    yield "用人单位不续，填 0", left("合同期满不续（用人单位不续）", 0), 1
    yield "明年 1 月 1 日离职", left("", None, date(2027, 1, 1)), 0


L09 = Rule("L09", "离职登记不全", SOFT, RISK, "劳动合同法第五十条", __doc__, _find, _cases)
