"""合同缺事前、事中或者事后监督记录

看什么：采购合同的全过程监督，事前、事中、事后各阶段有没有监督记录。

怎么算：合同开始后应有事前记录；开始满一半期限后应有事中记录；期满次日起应有事后记录。缺一个阶段就提示，一份合同一条。
台账里还没有登记过监督记录的，视为没有启用，不查。

怎么办：补登监督时间、监督人、发现的问题和整改情况。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.evaluation_facts import AFTER, BEFORE, DURING
from policy.example_contracts import contract, with_contract
from policy.example_management import supervised
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, Finding, Rule
from policy.found import found
from policy.management_facts import Management
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if not facts.management.supervisions:
        return
    day = facts.period.as_of
    for c in live_contracts(facts):
        half = date.fromordinal((c.start.toordinal() + c.last_day.toordinal()) // 2)
        wanted = ((BEFORE, c.start <= day), (DURING, half < day), (AFTER, c.last_day < day))
        there = {s.phase for s in facts.management.supervisions if s.contract == c.id}
        missing = [phase for phase, asked in wanted if asked and phase not in there]
        if missing:
            said = f"至 {day} 没有{'、'.join(missing)}监督记录"
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 个阶段", required="事前、事中、事后都有记录", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def at(day: date, *phases: str, other: bool = True) -> Facts:
        supervisions = (*supervised(*phases), *(supervised(BEFORE, contract=9) if other else ()))
        return with_contract(contract(), as_of=day, management=Management(supervisions=supervisions))

    yield "期中只有事前记录", at(date(2026, 7, 3), BEFORE), 1
    yield "刚到一半期限，还不用事中记录", at(date(2026, 7, 2), BEFORE), 0
    yield "事前、事中都有，合同当天期满", at(date(2026, 12, 31), BEFORE, DURING), 0
    yield "期满次日没有事后记录", at(date(2027, 1, 1), BEFORE, DURING), 1
    yield "没有启用监督记录", at(date(2026, 12, 31), other=False), 0


Q5 = Rule("Q5", "缺事前、事中、事后监督记录", HINT, RISK, "四（四）", __doc__, _find, _cases)
