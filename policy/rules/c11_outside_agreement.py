"""派驻单位不在劳务派遣协议的用工单位中

看什么：劳务派遣人员截至日期派驻的单位，是否列在其所属派遣协议的用工单位中。不在的，有再派遣的风险。

怎么算：按用工条件所填的采购合同，找到派遣协议；当天有效的派驻单位不在协议用工单位清单中的，逐人提出；村（社区）看它所属的乡镇（街道）。
协议一个用工单位也没有登记的，按协议提出一条。

怎么办：签订补充协议，把该单位列为用工单位；或者调整派驻单位。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DISPATCH
from policy.example_contracts import dispatch, with_contract
from policy.facts import BUREAU, VILLAGE, Assignment, Facts
from policy.finding import HIGH, NO_DATA, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import assigned_on
from policy.under_contract import live_contracts, people_under


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {u.id: u for u in facts.units}
    for c in live_contracts(facts):
        people = people_under(facts, c) if c.kind == DISPATCH else ()
        if people and not c.units:
            said = f"协议没有登记用工单位，现有派遣人员 {len(people)} 人"
            yield found(rule, facts, NO_DATA, said, measured="未登记", required="列明用工单位", contract=c)
            continue
        for e in people:
            for a in assigned_on(e, facts.period.as_of):
                at = units.get(a.unit)
                if a.unit not in c.units and not (at and at.type == VILLAGE and at.parent in c.units):
                    where = at.name if at else "台账外的单位"
                    said = f"{e.person.name}派驻{where}，不在协议的 {len(c.units)} 个用工单位之内"
                    yield found(
                        rule, facts, WRONG_DATA, said, measured=where, required="协议列明的用工单位", engagement=e, contract=c, unit=at
                    )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def at(unit: int, *listed: int) -> Facts:
        units = [example.unit(1, type=BUREAU), example.unit(2), example.unit(3), example.unit(4, type=VILLAGE, parent=2)]
        return with_contract(dispatch(units=listed), example.engagement(unit=unit, purchase_contract=1), units=units)

    yield "派驻 3 号镇，协议只列 2 号镇", at(3, 2), 1
    yield "派驻 2 号镇", at(2, 2), 0
    yield "派驻 2 号镇的村", at(4, 2), 0
    yield "派驻别镇的村", at(4, 3), 1
    yield "协议没有登记用工单位", at(2), 1
    moved = (Assignment(1, 3, date(2024, 1, 1), date(2026, 12, 30)), Assignment(2, 2, date(2026, 12, 31), None))
    yield "截至日期前一天已调回", with_contract(dispatch(), example.engagement(assignments=moved, purchase_contract=1)), 0


C11 = Rule("C11", "派驻单位不在派遣协议中", SOFT, RISK, "劳动合同法第六十二条", __doc__, _find, _cases, HIGH)
