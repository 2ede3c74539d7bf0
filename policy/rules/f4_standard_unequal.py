"""年工资标准与分项之和不一致

看什么：同一条工资标准，既填了年标准，又填了每月固定工资、每月绩效标准和年终标准，两者是否相等。

怎么算：每月固定工资 × 12 + 每月绩效标准 × 12 + 年终标准，应等于年标准，差 1 分也不行。改正以前，是否达标按分项之和核查。

怎么办：按合同或工资方案改正分项或年标准；只知道年标准的，分项留空。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import AUDIT, HARD, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.pay import standard_of_parts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for engagement in facts.engagements:
        for standard in engagement.standards:
            parts = standard_of_parts(standard)
            if parts is None or standard.annual is None or parts == standard.annual or standard.since > facts.period.as_of:
                continue
            said = (
                f"{standard.since} 起的标准：分项合计 {yuan(parts)} 元，年标准 {yuan(standard.annual)} 元，"
                f"相差 {yuan(parts - standard.annual)} 元"
            )
            have, must = f"{yuan(parts)} 元", f"{yuan(standard.annual)} 元"
            yield found(rule, facts, WRONG_DATA, said, measured=have, required=must, engagement=engagement)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield (
        "分项合计比年标准多 1 分",
        example.facts(engagements=[example.engagement(standards=(example.standard(400000, 20000, 1, annual=5040000),))]),
        1,
    )
    yield (
        "分项合计等于年标准",
        example.facts(engagements=[example.engagement(standards=(example.standard(400000, 20000, 0, annual=5040000),))]),
        0,
    )
    yield "只有年标准", example.facts(engagements=[example.engagement(standards=(example.standard(annual=5040000),))]), 0


F4 = Rule("F4", "年工资标准与分项之和不一致", HARD, AUDIT, "二（四）", __doc__, _find, _cases)
