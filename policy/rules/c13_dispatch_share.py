"""民政服务机构使用的派遣人员超过用工总量的一成

看什么：企业、民办非企业等性质的民政服务机构，派遣人员占用工总量的比例。机关、乡镇（街道）不查。默认不查，在设置中打开。

怎么算：派遣人数 ÷（直接聘用人数 + 派遣人数），超过 10%（可设置）的提出；恰好 10% 不提出。只能按台账登记的人员计算，仅供参考。

怎么办：先核对机构的性质和全部用工人数；确实超过的，由机构逐步调整用工方式。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.contract_facts import DISPATCH
from policy.facts import BUREAU, FULL, INSTITUTION, Facts
from policy.figures import percent
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import assigned_on
from policy.under_contract import employed, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits, day = facts.parameters.limits, facts.period.as_of
    if not limits.dispatch_share_checked:
        return
    for unit in facts.units:
        if unit.type != INSTITUTION or not unit.open_on(day):
            continue
        here = [type_of(e, facts) for e in employed(facts) if any(a.unit == unit.id for a in assigned_on(e, day))]
        sent, own = here.count(DISPATCH), here.count("直接聘用")
        if sent * FULL > (sent + own) * limits.dispatch_share:
            said = f"派遣 {sent} 人 ÷（直接聘用 {own} 人 + 派遣 {sent} 人），超过 {percent(limits.dispatch_share)}"
            yield found(
                rule,
                facts,
                WRONG_DATA,
                said,
                measured=f"{sent} 人",
                required=f"用工总量的 {percent(limits.dispatch_share)} 以内",
                unit=unit,
            )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def home(sent: int, own: int, on: bool = True) -> Facts:
        staff = [example.engagement(i, DISPATCH if i <= sent else "直接聘用", unit=3) for i in range(1, sent + own + 1)]
        units = [example.unit(1, type=BUREAU), example.unit(3, type=INSTITUTION)]
        return example.facts(units, staff, settings={"limits.dispatch_share_checked": on})

    yield "派遣 1 人、直接聘用 9 人：正好 10%", home(1, 9), 0
    yield "派遣 1 人、直接聘用 8 人", home(1, 8), 1
    yield "默认不查", home(1, 8, False), 0


C13 = Rule("C13", "派遣人员比例过高", SOFT, RISK, "劳务派遣暂行规定第四条", __doc__, _find, _cases)
