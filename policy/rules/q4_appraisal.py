"""年度考核没有结果，不称职仍续签，或者优秀比例偏高

看什么：应考核人员上年度有没有考核结果；考核不称职的，到期后有没有又续签劳动合同；优秀等次的比例。

怎么算：上年度在岗满 6 个月（可设置）、截至日期仍在岗的签订劳动合同的人员，到本年 3 月底（可设置）仍没有结果的逐人提出；填“未考核”并写明原因的算有结果。
劳动合同起始日前最近一个年度考核不称职、又签了后一份合同的逐人提出，列为优先。上年度优秀人数 ÷ 有等次人数超过 20%（可设置，参考值）的提示。
台账里还没有登记过年度考核的，视为没有启用，不查。

怎么办：补登考核结果或者未考核原因；不称职的到期不再续聘，按规定支付经济补偿。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.appraising import due_day, results, to_appraise
from policy.example_contracts import labour
from policy.facts import FULL, Engagement, Facts
from policy.figures import percent
from policy.finding import HIGH, HINT, NO_DATA, NORMAL, RISK, SOFT, UNCLEAR, WRONG_DATA, Finding, Rule
from policy.found import bureau, found
from policy.labour_facts import BEST, INCOMPETENT, UNGRADED, Appraisal
from policy.under_contract import labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if not facts.appraisals:
        return
    year, day, limits = facts.period.as_of.year - 1, facts.period.as_of, facts.parameters.limits
    said_of = results(facts, year)
    due = due_day(facts, year)
    for e in to_appraise(facts, year) if day > due else ():
        result = said_of.get(e.person.id)
        if result is None or (result.grade == UNGRADED and not result.reason):
            have = "没有结果" if result is None else "未考核，没有写明原因"
            said = f"{year} 年度应考核，至 {day} {have}"
            yield found(rule, facts, NO_DATA, said, measured=have, required=f"{due} 以前有结果", engagement=e, priority=NORMAL)
    yield from _renewed(rule, facts)
    graded = [a for a in said_of.values() if a.grade != UNGRADED]
    best = sum(a.grade == BEST for a in graded)
    if best * FULL > len(graded) * limits.excellent_share:
        said = f"{year} 年度优秀 {best} 人 ÷ 有等次 {len(graded)} 人，超过 {percent(limits.excellent_share)}（参考）"
        must = f"{percent(limits.excellent_share)} 以内（参考）"
        yield found(rule, facts, UNCLEAR, said, measured=f"优秀 {best} 人", required=must, unit=bureau(facts), severity=HINT, place="年度考核")


def _renewed(rule: Rule, facts: Facts) -> Iterable[Finding]:
    engaged, graded = {e.id: e for e in facts.engagements}, defaultdict[int, list[Appraisal]](list)
    for a in facts.appraisals:
        if a.grade != UNGRADED:
            graded[a.person].append(a)
    for number, contracts in labour_of(facts).items():
        e = engaged.get(number)
        for later in contracts[1:] if e else ():
            before = [a for a in graded.get(e.person.id, ()) if a.year < later.start.year] if e else []
            if e and before and before[-1].grade == INCOMPETENT and later.start >= facts.period.first:
                said = f"{before[-1].year} 年度考核{INCOMPETENT}，{later.start} 又签订第 {later.seq} 份劳动合同"
                yield found(rule, facts, WRONG_DATA, said, measured=INCOMPETENT, required="到期后不再续聘", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    other = Appraisal(9, 2025, "称职")

    def year(*appraisals: Appraisal, worker: Engagement | None = None, as_of: date | None = None, **more: Any) -> Facts:
        return example.facts(engagements=[worker or example.engagement()], appraisals=[other, *appraisals], as_of=as_of, **more)

    yield "4 月 1 日没有上年结果", year(as_of=date(2026, 4, 1)), 1
    yield "3 月 31 日还没有到期", year(as_of=date(2026, 3, 31)), 0
    yield "有结果", year(Appraisal(1, 2025, "称职")), 0
    yield "未考核，没有写原因", year(Appraisal(1, 2025, UNGRADED)), 1
    yield "未考核，写明原因", year(Appraisal(1, 2025, UNGRADED, reason="病假超过半年")), 0
    yield "上年 7 月 1 日入职，满 6 个月", year(worker=example.engagement(start=date(2025, 7, 1))), 1
    yield "上年 7 月 2 日入职，不满 6 个月", year(worker=example.engagement(start=date(2025, 7, 2))), 0
    first = labour(end=date(2026, 6, 30))
    again = (first, replace(first, id=2, seq=2, start=date(2026, 7, 1), end=date(2028, 6, 30)))
    yield "不称职又续签", year(Appraisal(1, 2025, INCOMPETENT), labour_contracts=again), 1
    yield "称职续签", year(Appraisal(1, 2025, "称职"), labour_contracts=again), 0
    good = [Appraisal(i, 2025, BEST if i < 13 else "称职") for i in range(11, 20)]
    yield "优秀 2 人、有等次 10 人：正好 20%", year(*good, worker=example.engagement(type="事业编制")), 0
    yield "优秀 2 人、有等次 9 人", year(*good[:-1], worker=example.engagement(type="事业编制")), 1
    yield "没有启用年度考核", example.facts(engagements=[example.engagement()]), 0


Q4 = Rule("Q4", "年度考核没有结果或运用不当", SOFT, RISK, "四（三）", __doc__, _find, _cases, HIGH)
