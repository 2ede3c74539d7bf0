"""没有建立工资层级及晋升制度，或者长期没有调整

看什么：有没有工资层级方案和文号；方案施行后有没有人晋升；在岗人员的工资有没有正常调整。

怎么算：登记过层级、会议、方案等管理事项而没有工资层级方案的，或者方案没有文号的，提出一条。方案施行满 36 个月（可设置），这期间没有一人晋升的，提示；
在岗满 36 个月、这期间工资标准和层级都没有变动的人员，合并提示一条（劳动合同法第六十二条：连续用工的，实行正常的工资调整机制）。只查列入表3的人员。

怎么办：制定工资层级方案，登记层级、项目和晋升条件；按条件办理晋升，调整工资标准。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policy import example
from policy.example_management import managed, meeting, placed_on, scale
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, SOFT, UNCLEAR, Finding, Rule
from policy.found import bureau, found
from policy.period import add_months
from policy.promotion import not_moved, promotions


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    now, day, at = facts.management.scale(), facts.period.as_of, bureau(facts)
    if now is None:
        if facts.management.kept:
            yield found(rule, facts, NO_DATA, "没有登记工资层级方案", measured="没有方案", required="有文号的工资层级方案", unit=at, place="工资层级")
        return
    if not now.document:
        said = f"“{now.name}”（{now.since} 施行）没有登记文号"
        yield found(rule, facts, NO_DATA, said, measured="没有文号", required="有文号的工资层级方案", unit=at, about=("pay_scale", now.id))
    months = facts.parameters.limits.raise_months
    since = add_months(day, -months)
    if facts.management.scales[0].since <= since and not promotions(facts, since):
        said = f"{since} 之后没有人晋升层级，已满 {months} 个月"
        yield found(rule, facts, UNCLEAR, said, measured="晋升 0 人", required="按条件办理晋升", unit=at, place="晋升", severity=HINT)
    still = not_moved(facts)
    if still:
        names = "、".join(e.person.name for e in still[:3]) + ("等" if len(still) > 3 else "")
        said = f"在岗满 {months} 个月、工资标准和层级都没有变动的 {len(still)} 人（{names}）"
        yield found(rule, facts, UNCLEAR, said, measured=f"{len(still)} 人", required="有正常的工资调整", unit=at, place="晋升", severity=HINT)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    fresh = scale(since=date(2024, 1, 1))
    worker = example.engagement(start=date(2023, 1, 1), standards=(example.standard(450_000, since=date(2023, 1, 1)),))
    yield "登记了会议，没有层级方案", managed(meetings=[meeting()]), 1
    yield "有方案和文号", managed(scales=[fresh]), 0
    yield "方案没有文号", managed(scales=[replace(fresh, document="")]), 1
    yield "没有启用管理台账", managed(), 0
    raised = (placed_on(1), placed_on(2, date(2024, 1, 1), reason="晋升", id=2))
    yield "方案满 36 个月，有人晋升", managed(scales=[scale()], grade_changes=raised), 0
    early = (placed_on(1), placed_on(2, date(2023, 12, 31), reason="晋升", id=2))
    yield "最近一次晋升正好在 36 个月前", managed(scales=[scale()], grade_changes=early), 1
    yield "方案差一天满 36 个月", managed(scales=[scale(since=date(2024, 1, 1))], grade_changes=(placed_on(1),)), 0
    yield "36 个月没有调整工资", managed(scales=[fresh], engagements=[worker]), 1
    same = replace(worker, standards=(*worker.standards, replace(worker.standards[0], id=2, since=date(2024, 1, 1))))
    yield "36 个月内调整过", managed(scales=[fresh], engagements=[same]), 0


R45 = Rule("R45", "工资层级及晋升制度不健全", SOFT, RISK, "二（四）", __doc__, _find, _cases)
