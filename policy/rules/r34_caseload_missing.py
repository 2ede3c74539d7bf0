"""救助对象户数没有报齐，或者与总数不符

看什么：截至日期存续的每个乡镇（街道）是否都报过救助对象户数（县级民政局有直接管理对象的也算）；各单位之和与录入的民政统计月报总数是否一致。

怎么算：单位取截至日期之前最近一次填报；从未填报的，或者只填了人数没有户数的，算缺报，该单位和县级民政局的应配备人数都留空，不按 2 人代替。
总数按类别逐项核对：各乡镇（街道）加县级直接管理对象之和，减去月报总数；有单位未报或未分类的，差额只作参考。列为免配的单位可以不报。

怎么办：缺报的补报（确实没有对象的填 0）；总数不符的，核对重复统计、跨镇管理的对象和填报日期。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.caseload import households, reporting_units
from policy.facts import BUREAU, Count, Facts
from policy.finding import AUDIT, NO_DATA, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = reporting_units(facts)
    for unit in units:
        if households(facts.caseload.get(unit.id), facts.parameters) is None:
            said = f"{unit.name}截至 {facts.period.as_of} 没有救助对象户数 → 应配备人数无法测算"
            yield found(rule, facts, NO_DATA, said, measured="未报", required="应报户数（没有对象填 0）", unit=unit)
    reports = [facts.caseload[u.id].counts for u in units if u.id in facts.caseload]
    partial = len(reports) < len(units) or any("未分类" in counts for counts in reports)
    verdict, why = (NO_DATA, "（有单位未报，或只报总数、未分类）") if partial else (WRONG_DATA, "")
    bureau = next((u for u in facts.units if u.type == BUREAU), None)
    for category, total in facts.control_totals.items():
        given = [counts[category] for counts in reports if category in counts]
        households_sum, persons_sum = sum(c.households or 0 for c in given), sum(c.persons or 0 for c in given)
        for word, added, typed in (("户", households_sum, total.households), ("人", persons_sum, total.persons)):
            if typed is not None and typed != added:
                said = f"{category}：各单位合计 {added} {word}，月报总数 {typed} {word}，相差 {added - typed:+d} {word}{why}"
                yield found(rule, facts, verdict, said, measured=f"{added} {word}", required=f"{typed} {word}", unit=bureau)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "乡镇没有报户数", example.facts(), 1
    yield "乡镇报了 0 户", example.facts(households={2: 0}), 0
    yield "免配的乡镇没有报户数", example.facts([example.unit(1, type=BUREAU), example.unit(2, exempt_reason="无此项业务")]), 0
    yield (
        "撤销次日不再要求填报",
        example.facts([example.unit(1, type=BUREAU), example.unit(2, closed=date(2026, 12, 30)), example.unit(3)], (), {3: 10}),
        0,
    )
    yield (
        "截至日期当天撤销的仍要填报",
        example.facts([example.unit(1, type=BUREAU), example.unit(2, closed=date(2026, 12, 31)), example.unit(3)], (), {3: 10}),
        1,
    )
    yield "合计比月报总数少 1 户", example.facts(households={2: 99}, control_totals={"低保农": Count(100, None)}), 1
    yield "合计与月报总数一致", example.facts(households={1: 1, 2: 99}, control_totals={"低保农": Count(100, 200)}), 0


R34 = Rule("R34", "救助对象户数缺报或与总数不符", SOFT, AUDIT, "二（三）", __doc__, _find, _cases)
