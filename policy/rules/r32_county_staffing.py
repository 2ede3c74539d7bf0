"""县级民政局实际配备人数少于应配备人数

看什么：县（市、区）民政局的社会救助经办服务人员，够不够文件规定的最低人数。

怎么算：全县救助对象户数（各乡镇、街道之和，加县级直接管理对象）对照县级档次，得出应配备人数；截至日期在县级民政局在岗、
并且计入的人数是实际配备人数；缺口 = 应配备 − 实际配备。户数恰在档次界限上的，按设置的就高或就低口径。县局和各乡镇分别计算，
一处的富余不抵另一处的缺口。户数没有报齐的，不下结论（见 R34）。

怎么办：先核对户数、人员的派驻单位和职责是否登记正确；确实不足的，写明招录计划和补齐时间。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import BUREAU, Facts
from policy.figures import number
from policy.finding import AUDIT, BELOW, SOFT, Finding, Rule
from policy.found import found
from policy.staffing import arithmetic, staffing


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for line in staffing(facts):
        if line.unit.type == BUREAU and line.shortfall:
            have, must = f"{number(line.measured)} 人", f"{line.need} 人"
            yield found(rule, facts, BELOW, arithmetic(line), measured=have, required=must, unit=line.unit)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    staff = [example.engagement(i, "事业编制", unit=1) for i in range(1, 5)]
    yield "3000 户、2 人：就高应配 4，缺 2", example.facts(None, staff[:2], {2: 3000}), 1
    yield "2999 户、2 人：应配 2，不缺", example.facts(None, staff[:2], {2: 2999}), 0
    yield "3000 户、2 人：就低应配 2，不缺", example.facts(None, staff[:2], {2: 3000}, settings={"staffing.boundary_mode": "就低"}), 0
    yield "3000 户、4 人：不缺", example.facts(None, staff, {2: 3000}), 0
    yield "乡镇没有报户数：不下结论", example.facts(None, staff[:1]), 0


R32 = Rule("R32", "县级民政局配备人数不足", SOFT, AUDIT, "二（三）", __doc__, _find, _cases, clauses=("R36",))
