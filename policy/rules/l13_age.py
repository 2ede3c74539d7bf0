"""入职时不满十六周岁，或者已到退休年龄

看什么：入职时是否已满十六周岁（可设置）；截至日期是否已到法定退休年龄。

怎么算：出生日期按登记，没有登记的按证件号。入职日期早于十六周岁生日的为强制性。退休年龄按录入的退休年龄表（出生年月、退休类别），没有录入的按设置的周岁；
女职工是女干部（管理、技术岗位）还是女工人，按用工条件里登记的退休类别，没有登记的不代为认定：两种都到龄的照常提出，只到其中一种的给出提示、请补登。
到龄当天起提出，核实是否应办理退休或者改签劳务协议。购买服务、派遣和聘用人员才查。

怎么办：核对证件；女职工补登退休类别；已到退休年龄的，与用人单位商定退休或者终止劳动合同。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.facts import Facts
from policy.finding import HARD, HINT, NO_DATA, RISK, SOFT, UNCLEAR, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour_facts import RetirementAge
from policy.period import add_months
from policy.placing import term_on
from policy.retirement import retires, retiring_as
from policy.under_contract import birth_and_sex, employed, has_labour_contract_type


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
            continue
        term = term_on(e, day)
        ages = {one: retires(birth, one, facts.retirement_ages, facts.parameters.limits) for one in retiring_as(sex, term.retirement if term else "")}
        reached = [one for one, at in ages.items() if at <= day]
        if reached and len(reached) == len(ages):
            at, who = max(ages.values()), reached[0] if len(ages) == 1 else sex
            said = f"{birth} 出生，{who}，{at} 到退休年龄，{day} 仍在岗"
            yield found(rule, facts, UNCLEAR, said, measured="已到退休年龄", required=f"{at} 前办理", engagement=e)
        elif reached:
            either = "，".join(f"按{one} {at} 到退休年龄" for one, at in ages.items())
            said = f"{birth} 出生，{sex}，没有登记退休类别：{either}；{day} 仍在岗，请在用工条件里补登"
            yield found(rule, facts, NO_DATA, said, measured="退休类别没有登记", required="登记女干部或女工人", engagement=e, severity=HINT)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def born(birth: date, sex: str = "男", retirement: str = "", **more: Any) -> Facts:
        worker = example.engagement(who=example.person(birth=birth, sex=sex))
        return example.facts(engagements=[replace(worker, terms=(replace(worker.terms[0], retirement=retirement),))], **more)

    moved = [RetirementAge(196501, "男", 721)]
    yield "入职次日满十六周岁", born(date(2008, 1, 2)), 1
    yield "入职当天满十六周岁", born(date(2008, 1, 1)), 0
    yield "男，截至日期满六十周岁", born(date(1966, 12, 31)), 1
    yield "男，次日满六十周岁", born(date(1967, 1, 1)), 0
    yield "女，截至日期满五十五周岁", born(date(1971, 12, 31), "女"), 1
    yield "女，没有登记退休类别，截至日期满五十周岁", born(date(1976, 12, 31), "女"), 1
    yield "女，没有登记退休类别，次日满五十周岁", born(date(1977, 1, 1), "女"), 0
    yield "女工人，截至日期满五十周岁", born(date(1976, 12, 31), "女", "女工人"), 1
    yield "女干部，五十周岁", born(date(1976, 12, 31), "女", "女干部"), 0
    yield "女工人，退休年龄表：五十周岁零一个月差一天", born(date(1976, 12, 1), "女", "女工人", retirement_ages=[RetirementAge(197501, "女工人", 601)]), 0
    yield "退休年龄表：六十周岁零一个月", born(date(1966, 11, 30), retirement_ages=moved), 1
    yield "退休年龄表：差一天", born(date(1966, 12, 1), retirement_ages=moved), 0


L13 = Rule("L13", "年龄不合要求", SOFT, RISK, "劳动法第十五条", __doc__, _find, _cases)
