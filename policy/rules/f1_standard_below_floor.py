"""年工资标准低于最低标准

看什么：截至日期在岗的购买服务、劳务派遣人员，年工资标准够不够文件规定的本区域（珠三角或粤东西北）最低标准。

怎么算：年工资标准 = 每月固定工资 × 12 + 每月绩效标准 × 12 + 年终标准；只登记了年标准的，用年标准。与使用单位所在县的最低标准比较，
恰好等于最低标准的是达标。社会救助工作占比、兼职都不降低最低标准；非全日制人员不查。没有登记工资标准的是数据不足；
是否全日制、用工形式没有填，或者县所属区域没有确认的，是口径待明确。

怎么办：核对登记的标准和合同；确实低于的，与承接主体、派遣单位协商提高标准，签订补充协议。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import BUREAU, Facts, Standard
from policy.figures import yuan
from policy.finding import AUDIT, BELOW, NO_DATA, SOFT, UNCLEAR, Finding, Rule
from policy.found import found
from policy.parameters import OTHER, PEARL
from policy.pay import standard_of_parts, standard_on, verdicts


def _sum(standard: Standard, annual: int) -> str:
    if standard_of_parts(standard) is None:
        return f"年工资标准 {yuan(annual)} 元"
    fixed, performance, year_end = standard.monthly_fixed or 0, standard.performance or 0, standard.year_end or 0
    monthly = f"（{yuan(fixed)} + 绩效 {yuan(performance)}）元" if performance else f"{yuan(fixed)} 元"
    return f"{monthly} × 12{f' + 年终 {yuan(year_end)} 元' if year_end else ''} = {yuan(annual)} 元"


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units, judged = {u.id: u for u in facts.units}, [v for v in verdicts(facts) if v.f1]
    if judged and not facts.county.confirmed:
        said = f"{facts.county.name}按{facts.county.region}还是另一区域的标准执行没有确认 → {len(judged)} 人的最低标准待明确"
        bureau = next((u for u in facts.units if u.type == BUREAU), None)
        must = "在单位信息中确认所属区域并填依据文号"
        yield found(rule, facts, UNCLEAR, said, measured=facts.county.region, required=must, unit=bureau)
        return
    for v in judged:
        now = standard_on(v.engagement, facts.period.as_of)
        if v.f1 == UNCLEAR:
            missing = "是否全日制" if v.engagement.full_time is None else "用工形式"
            have, said = "未填", f"{missing}没有填 → 是否适用最低标准待明确"
        elif v.f1 == NO_DATA:
            have, said = "未登记", "没有登记工资标准 → 无法与最低标准比较"
        elif v.f1 == BELOW and now is not None and v.standard is not None:
            have = f"{yuan(v.standard)} 元/年"
            said = f"{_sum(now, v.standard)}，低于最低标准 {yuan(v.floor)} 元，差 {yuan(v.floor - v.standard)} 元"
        else:
            continue
        unit = units.get(v.unit) if v.unit is not None else None
        yield found(rule, facts, v.f1, said, measured=have, required=f"{yuan(v.floor)} 元/年", unit=unit, engagement=v.engagement)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def one(standard: Standard, region: str = OTHER) -> Facts:
        return example.facts(engagements=[example.engagement(standards=(standard,))], region=region)

    lenient = {"pay.tolerance": 800}
    short = example.engagement(standards=(example.standard(416600),))
    yield "4,166.00 元 × 12 = 49,992.00 元", one(example.standard(416600)), 1
    yield "4,166.67 元 × 12 = 50,000.04 元", one(example.standard(416667)), 0
    yield "年标准差 1 分", one(example.standard(annual=4999999)), 1
    yield "恰为 50,000.00 元：达标", one(example.standard(annual=5000000)), 0
    yield "容差 8.00 元", example.facts(engagements=[short], settings=lenient), 0
    yield "珠三角 6,666.00 元 × 12 = 79,992.00 元", one(example.standard(666600), PEARL), 1
    yield "珠三角 6,666.67 元 × 12 = 80,000.04 元", one(example.standard(666667), PEARL), 0
    yield "没有登记工资标准：数据不足", example.facts(engagements=[example.engagement()]), 1
    yield "非全日制：不查", example.facts(engagements=[example.engagement(full_time=False)]), 0
    yield "是否全日制未填：口径待明确", example.facts(engagements=[example.engagement(full_time=None)]), 1
    yield "用工形式未填：口径待明确", example.facts(engagements=[example.engagement(type="")]), 1
    yield "事业编制：不适用", example.facts(engagements=[example.engagement(type="事业编制")]), 0
    yield "区域未确认：全县一条", example.facts(engagements=[example.engagement(1), example.engagement(2)], confirmed=False), 1


F1 = Rule("F1", "年工资标准低于最低标准", SOFT, AUDIT, "二（四）", __doc__, _find, _cases, clauses=("R43",))
