"""入职时不满十六周岁，或者已到退休年龄

看什么：入职时是否已满十六周岁（可设置）；截至日期是否已到法定退休年龄。

怎么算：出生日期按登记，没有登记的按证件号。入职日期早于十六周岁生日的为强制性。退休年龄按录入的退休年龄表（出生年月、性别），没有录入的按设置的周岁；
到龄当天起提出，核实是否应办理退休或者改签劳务协议。购买服务、派遣和聘用人员才查。

怎么办：核对证件；已到退休年龄的，与用人单位商定退休或者终止劳动合同。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from policy import example
from policy.facts import Facts
from policy.finding import HARD, RISK, SOFT, UNCLEAR, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour_facts import RetirementAge
from policy.period import add_months
from policy.under_contract import birth_and_sex, employed, has_labour_contract_type


def _retires(birth: date, sex: str, facts: Facts) -> date:
    limits, born = facts.parameters.limits, birth.year * 100 + birth.month
    rows = [row for row in facts.retirement_ages if row.category == sex and row.born_from <= born]
    months = rows[-1].months if rows else 12 * (limits.retire_age_men if sex == "男" else limits.retire_age_women)
    return add_months(birth, months)


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    age, day = facts.parameters.limits.working_age, facts.period.as_of
    for e in employed(facts):
        birth, sex = birth_and_sex(e.person, day)
        if birth is None or not has_labour_contract_type(e, facts):
            continue
        adult = add_months(birth, 12 * age)
        if e.start < adult:
            said = f"{birth} 出生，{adult} 满 {age} 周岁，{e.start} 入职"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{e.start} 入职", required=f"{adult} 以后", engagement=e, severity=HARD)
        elif sex and _retires(birth, sex, facts) <= day:
            retires = _retires(birth, sex, facts)
            said = f"{birth} 出生，{sex}，{retires} 到退休年龄，{day} 仍在岗"
            yield found(rule, facts, UNCLEAR, said, measured="已到退休年龄", required=f"{retires} 前办理", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def born(birth: date, sex: str = "男", **more: Any) -> Facts:
        return example.facts(engagements=[example.engagement(who=example.person(birth=birth, sex=sex))], **more)

    moved = [RetirementAge(196501, "男", 721)]
    yield "入职次日满十六周岁", born(date(2008, 1, 2)), 1
    yield "入职当天满十六周岁", born(date(2008, 1, 1)), 0
    yield "男，截至日期满六十周岁", born(date(1966, 12, 31)), 1
    yield "男，次日满六十周岁", born(date(1967, 1, 1)), 0
    yield "女，截至日期满五十五周岁", born(date(1971, 12, 31), "女"), 1
    yield "退休年龄表：六十周岁零一个月", born(date(1966, 11, 30), retirement_ages=moved), 1
    yield "退休年龄表：差一天", born(date(1966, 12, 1), retirement_ages=moved), 0


L13 = Rule("L13", "年龄不合要求", SOFT, RISK, "劳动法第十五条", __doc__, _find, _cases)
