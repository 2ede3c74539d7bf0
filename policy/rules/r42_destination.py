"""派遣人员派驻到规定之外的单位

看什么：购买服务、派遣人员的派驻去向，是不是县级民政部门、乡镇（街道）、村（社区）或者民政服务机构。

怎么算：截至日期当天的派驻单位逐个看单位类型，不在这四类的（如市级单位）逐人提出。派驻村（社区）、民政服务机构的是否计入实际配备，另按参数计算，不在这里查。

怎么办：调整派驻单位；单位类型登记错的，改正单位类型。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import BUREAU, INSTITUTION, TOWN_TYPES, VILLAGE, Facts
from policy.facts import CITY as CITY_UNIT
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.pay import in_pay_form
from policy.placing import assigned_on
from policy.under_contract import employed

DESTINATIONS = (BUREAU, *TOWN_TYPES, VILLAGE, INSTITUTION)


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, units = facts.period.as_of, {u.id: u for u in facts.units}
    for e in employed(facts):
        if not in_pay_form(e, day, facts.parameters):
            continue
        for a in assigned_on(e, day):
            unit = units.get(a.unit)
            if unit and unit.type not in DESTINATIONS:
                said = f"派驻{unit.name}（{unit.type}），不在四类派遣去向之内"
                must = "县级民政部门、乡镇（街道）、村（社区）或民政服务机构"
                yield found(rule, facts, WRONG_DATA, said, measured=unit.type, required=must, unit=unit, engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def at(kind: str, type: str = "劳务派遣") -> Facts:
        units = [example.unit(1, type=BUREAU), example.unit(2, type=kind)]
        return example.facts(units, [example.engagement(type=type)])

    yield "派驻市级单位", at(CITY_UNIT), 1
    yield "派驻民政服务机构", at(INSTITUTION), 0
    yield "派驻村（社区）", at(VILLAGE), 0
    yield "在编人员不查", at(CITY_UNIT, "事业编制"), 0


R42 = Rule("R42", "派驻去向不在规定之内", SOFT, RISK, "二（四）", __doc__, _find, _cases)
