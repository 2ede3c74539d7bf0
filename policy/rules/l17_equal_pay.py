"""派遣人员的工资低于同单位同岗位的聘用人员

看什么：同一单位、同一岗位名称，劳务派遣人员的年工资标准，是否低于单位直接聘用的人员。

怎么算：截至日期在岗、岗位名称完全相同的，派遣人员的年工资标准与该岗位直接聘用人员中最低的比较，少 1 分也提示。没有登记工资标准或者岗位名称的不比。

怎么办：核对岗位职责、工龄、证书等差别；没有合理差别的，与派遣单位商定调整。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DISPATCH
from policy.facts import Assignment, Engagement, Facts
from policy.figures import yuan
from policy.finding import HINT, RISK, UNCLEAR, Finding, Rule
from policy.found import found
from policy.pay import annual_standard, standard_on
from policy.placing import assigned_on
from policy.under_contract import employed, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, units = facts.period.as_of, {u.id: u for u in facts.units}
    own: dict[tuple[int, str], int] = {}
    sent = []
    for e in employed(facts):
        annual, kind = annual_standard(standard_on(e, day)), type_of(e, facts)
        for a in assigned_on(e, day):
            if annual is None or not a.post:
                continue
            if kind == "直接聘用":
                own[a.unit, a.post] = min(annual, own.get((a.unit, a.post), annual))
            elif kind == DISPATCH:
                sent.append((e, a, annual))
    for e, a, annual in sent:
        least = own.get((a.unit, a.post))
        if least is not None and annual < least:
            said = f"“{a.post}”派遣 {yuan(annual)} 元/年，直接聘用最低 {yuan(least)} 元/年，差 {yuan(least - annual)} 元"
            yield found(
                rule,
                facts,
                UNCLEAR,
                said,
                measured=f"{yuan(annual)} 元/年",
                required=f"{yuan(least)} 元/年",
                engagement=e,
                unit=units.get(a.unit),
            )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def worker(id: int, kind: str, annual: int, unit: int = 2, post: str = "协理员") -> Engagement:
        here = (Assignment(id, unit, date(2024, 1, 1), None, post=post),)
        return example.engagement(id, kind, assignments=here, standards=(example.standard(annual=annual),))

    own = worker(1, "直接聘用", 6_000_000)
    yield "派遣低 1 分", example.facts(engagements=[own, worker(2, DISPATCH, 5_999_999)]), 1
    yield "相同", example.facts(engagements=[own, worker(2, DISPATCH, 6_000_000)]), 0
    yield "岗位不同", example.facts(engagements=[own, worker(2, DISPATCH, 5_000_000, post="窗口")]), 0
    yield "单位不同", example.facts(engagements=[own, worker(2, DISPATCH, 5_000_000, unit=1)]), 0


L17 = Rule("L17", "派遣与聘用同岗不同酬", HINT, RISK, "劳动合同法第六十三条", __doc__, _find, _cases)
