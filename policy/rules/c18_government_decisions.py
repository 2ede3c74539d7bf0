"""应由政府直接履行的审核、确认交给了聘用人员

看什么：采购合同的服务内容、购买服务和聘用人员的岗位，是否包含审核、确认等应由政府直接履行的事项。

怎么算：合同勾选了“含审核、确认等应由政府履行的事项”的提出；购买服务、劳务派遣、直接聘用、双百社工、公益性岗位人员截至日期的岗位名称含有“审核”“确认”的，逐人提出。

怎么办：审核、确认由在编人员履行，聘用人员只做受理、入户、录入等事务；岗位名称写错的改正。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DECIDING, DISPATCH
from policy.example_contracts import contract, with_contract
from policy.facts import Assignment, Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import assigned_on
from policy.under_contract import employed, has_labour_contract_type, live_contracts, type_of

_WORDS = ("审核", "确认")


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {u.id: u for u in facts.units}
    for c in live_contracts(facts):
        if DECIDING in c.ticks:
            yield found(rule, facts, WRONG_DATA, f"服务内容{DECIDING}", measured="含审核、确认", required="不含", contract=c)
    for e in employed(facts):
        if not has_labour_contract_type(e, facts):
            continue
        for a in assigned_on(e, facts.period.as_of):
            if any(word in a.post for word in _WORDS):
                said = f"{type_of(e, facts)}人员的岗位是“{a.post}”，审核、确认应由政府直接履行"
                yield found(rule, facts, WRONG_DATA, said, measured=a.post, required="不含审核、确认", engagement=e, unit=units.get(a.unit))


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def post(words: str, kind: str = DISPATCH) -> Facts:
        here = (Assignment(1, 2, date(2024, 1, 1), None, post=words),)
        return example.facts(engagements=[example.engagement(1, kind, assignments=here)])

    yield "派遣人员任低保审核岗", post("低保审核"), 1
    yield "派遣人员任低保受理岗", post("低保受理"), 0
    yield "事业编制任低保审核岗", post("低保审核", "事业编制"), 0
    yield "合同内容含审核、确认", with_contract(contract(ticks=frozenset({DECIDING}))), 1


C18 = Rule("C18", "审核、确认事项交给聘用人员", SOFT, RISK, "财政部令第102号第十条（二）", __doc__, _find, _cases)
