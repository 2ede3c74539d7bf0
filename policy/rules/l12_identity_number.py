"""证件号不对，或者与出生日期、性别不符

看什么：工作人员的证件号格式、校验码是否正确，与登记的出生日期、性别是否一致。

怎么算：居民身份证、港澳台居民居住证和外国人永久居留身份证按国家标准 GB 11643 计算校验码；
第 7 至 14 位是出生日期，第 17 位单数为男、双数为女。
没有填证件号的不查。

怎么办：按证件原件改正；证件本身确有特殊情况的，报上级说明。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.facts import Facts, Person
from policy.finding import HARD, RISK, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.identity import facts_of
from policy.kinds.idno import masked


def _wrong(person: Person, day: date) -> str:
    try:
        said = facts_of(person.id_no, day)
    except ValueError as wrong:
        return str(wrong).replace(person.id_no, masked(person.id_no))
    if said.birth is not None and person.birth is not None and said.birth != person.birth:
        return f"证件号中的出生日期是 {said.birth}，登记的是 {person.birth}。请按证件核对后改正。"
    if said.sex and person.sex and said.sex != person.sex:
        return f"证件号中的性别是{said.sex}，登记的是{person.sex}。请按证件核对后改正。"
    return ""


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for person in {e.person.id: e.person for e in facts.engagements if e.person.id_no}.values():
        wrong = _wrong(person, facts.period.as_of)
        if wrong:
            yield found(rule, facts, WRONG_DATA, wrong, measured="证件号不符", required="与证件一致", person=person)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    birth = date(1990, 5, 20)
    right = example.id_no(birth, 1)
    last = "X" if right[-1] != "X" else "0"
    yield "校验码不对", example.facts(engagements=[example.engagement(who=example.person(number=right[:-1] + last))]), 1
    yield "证件号正确", example.facts(engagements=[example.engagement(who=example.person(number=right))]), 0
    yield "出生日期差一天", example.facts(engagements=[example.engagement(who=example.person(number=right, birth=date(1990, 5, 21)))]), 1
    yield "性别不符", example.facts(engagements=[example.engagement(who=example.person(number=right, sex="女"))]), 1
    yield "没有填证件号", example.facts(engagements=[example.engagement(who=example.person(number=""))]), 0


L12 = Rule("L12", "证件号不对或与登记不符", HARD, RISK, "GB 11643", __doc__, _find, _cases)
