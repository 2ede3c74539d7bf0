"""工资没有与工作量、成效挂钩

看什么：工资层级方案有没有绩效工资：绩效占比、层级的绩效工资项目，或者人员工资标准中的月绩效标准，至少有一处大于零。

怎么算：登记了工资层级方案才查；方案的绩效工资占比、各层级的绩效工资、列入表3人员的月绩效标准都是零或者空白的，提出一条。文件没有规定比例，不按比例查。

怎么办：在方案中写明绩效占比和考核办法，按考核等次、得分登记绩效系数。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policy import example
from policy.example_management import managed, scale
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.pay import pay_population, standard_on


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    now, day = facts.management.scale(), facts.period.as_of
    if now is None or now.performance_share or any(grade.performance for grade in now.grades):
        return
    people = pay_population(facts, day)
    if not any((standard := standard_on(e, day)) and standard.performance for e in people):
        said = f"“{now.name}”没有绩效工资，列入表3的 {len(people)} 人都没有月绩效标准"
        must, about = "工资与工作量、成效挂钩", ("pay_scale", now.id)
        yield found(rule, facts, NO_DATA, said, measured="没有绩效工资", required=must, unit=bureau(facts), about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    plain = scale(since=date(2024, 1, 1), performance_share=None, grades=())
    paid = example.engagement(standards=(example.standard(450_000, 1, since=date(2024, 6, 1)),))
    yield "方案和人员都没有绩效", managed(scales=[plain]), 1
    yield "方案写明绩效占比", managed(scales=[replace(plain, performance_share=1)]), 0
    yield "有一人的月绩效标准是 1 分", managed(scales=[plain], engagements=[paid]), 0
    yield "绩效占比为零", managed(scales=[replace(plain, performance_share=0)]), 1
    yield "没有登记层级方案", managed(), 0


Q3 = Rule("Q3", "工资没有与成效挂钩", SOFT, RISK, "四（三）", __doc__, _find, _cases)
