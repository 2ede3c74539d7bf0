"""用工超过一个月没有订立书面劳动合同

看什么：购买服务、劳务派遣、直接聘用等人员，用工后一个月内（可设置）是否订立了书面劳动合同。

怎么算：从入职日期起满一个月的次日仍没有劳动合同，或者第一份劳动合同的签订日期（没有填的，看起始日期）在满一个月以后的，提出
（应付双倍工资的风险由用人单位承担）。非全日制人员可以口头订立，不查；台账里最早的一份已是第二次以后签订的，以前的合同没有登记，不查签订是否及时。
台账里一份劳动合同都没有登记的，视为没有启用劳动合同台账，不查。

怎么办：补登劳动合同；确实没有订立的，督促用人单位补订。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.period import complete_on
from policy.under_contract import employed, has_labour_contract_type, labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    months, day, contracts = facts.parameters.limits.written_months, facts.period.as_of, labour_of(facts)
    if not contracts:
        return
    for e in employed(facts):
        limit = complete_on(e.start, months)
        if not has_labour_contract_type(e, facts) or e.full_time is False:
            continue
        first = next(iter(contracts.get(e.id, ())), None)
        if first is None and day >= limit:
            have, said = "没有劳动合同", f"{e.start} 入职，满 {months} 个月（{limit}）仍没有劳动合同"
        elif first is not None and first.seq == 1 and (signed := first.signed or first.start) >= limit:
            how = "签订" if first.signed else "起（没有填签订日期）"
            have, said = f"{signed} {how}", f"{e.start} 入职，劳动合同 {signed} {how}，已满 {months} 个月（{limit}）"
        else:
            continue
        yield found(rule, facts, WRONG_DATA, said, measured=have, required=f"{limit} 以前", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    other = labour(9, engagement=9, person=9)
    yield "11 月 30 日入职，12 月 31 日没有合同", with_labour(other, worker=example.engagement(start=date(2026, 11, 30))), 1
    yield "12 月 1 日入职，到 12 月 31 日还不满一个月", with_labour(other, worker=example.engagement(start=date(2026, 12, 1))), 0
    yield "满一个月当天才签订", with_labour(labour(signed=date(2024, 2, 1))), 1
    yield "满一个月前一天签订", with_labour(labour(signed=date(2024, 1, 31))), 0
    yield "没有填签订日期，满一个月当天起", with_labour(labour(signed=None, start=date(2024, 2, 1))), 1
    yield "没有填签订日期，满一个月前一天起", with_labour(labour(signed=None, start=date(2024, 1, 31))), 0
    yield "台账从第二份合同登记起", with_labour(labour(seq=2, start=date(2025, 1, 1), signed=date(2025, 1, 1))), 0
    yield "非全日制不查", with_labour(other, worker=example.engagement(full_time=False)), 0
    yield "事业编制不查", with_labour(other, worker=example.engagement(1, "事业编制")), 0
    yield "没有启用劳动合同台账", example.facts(engagements=[example.engagement()]), 0


L01 = Rule("L01", "没有按期订立劳动合同", SOFT, RISK, "劳动合同法第十条", __doc__, _find, _cases, HIGH)
