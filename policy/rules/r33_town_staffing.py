"""乡镇（街道）实际配备人数少于应配备人数

看什么：每个乡镇（街道）的社会救助经办服务人员，够不够文件规定的最低人数。

怎么算：该乡镇（街道）的救助对象户数对照乡级档次，得出应配备人数；截至日期在该单位在岗、并且计入的人数是实际配备人数；
缺口 = 应配备 − 实际配备，逐个单位计算，互不相抵。没有户数也至少配备最低一档；列为免配的单位不查；户数没有报的，不下结论（见 R34）。

怎么办：先核对户数和人员登记；确实不足的，从高于最低配备人数的单位调整派驻，或者写明招录计划和补齐时间。
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
        if line.unit.type != BUREAU and line.shortfall:
            have, must = f"{number(line.measured)} 人", f"{line.need} 人"
            yield found(rule, facts, BELOW, arithmetic(line), measured=have, required=must, unit=line.unit)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    staff = [example.engagement(i) for i in range(1, 5)]
    yield "300 户、3 人：就高应配 4，缺 1", example.facts(None, staff[:3], {2: 300}), 1
    yield "299 户、3 人：应配 2，不缺", example.facts(None, staff[:3], {2: 299}), 0
    yield "600 户、4 人：就高应配 6，缺 2", example.facts(None, staff, {2: 600}), 1
    yield "600 户、4 人：就低应配 4，不缺", example.facts(None, staff, {2: 600}, settings={"staffing.boundary_mode": "就低"}), 0
    yield "0 户、1 人：仍应配 2，缺 1", example.facts(None, staff[:1], {2: 0}), 1
    yield (
        "0 户、无人，列为免配：不查",
        example.facts([example.unit(1, type=BUREAU), example.unit(2, exempt_reason="无此项业务")], (), {2: 0}),
        0,
    )
    yield "两镇一缺一超：不相抵", example.facts([example.unit(1, type=BUREAU), example.unit(2), example.unit(3)], staff, {2: 0, 3: 0}), 1


R33 = Rule("R33", "乡镇（街道）配备人数不足", SOFT, AUDIT, "二（三）", __doc__, _find, _cases)
