"""核定人数少于应配备人数

看什么：县级人民政府给各单位核定的人数，够不够按户数测算的应配备人数。

怎么算：逐单位比较截至日期有效的核定人数与应配备人数，少 1 人也提出。没有核定的、户数缺报的、列为免予配备的不比。缺口仍按应配备人数计算。

怎么办：核对户数和核定文件；确实少于最低配备人数的，提请重新核定。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import BUREAU, Facts
from policy.finding import AUDIT, BELOW, SOFT, Finding, Rule
from policy.found import found
from policy.staffing import staffing


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for line in staffing(facts):
        if line.approved is not None and line.need is not None and line.approved < line.need:
            document = facts.approved[line.unit.id].document
            said = f"核定 {line.approved} 人{f'（{document}）' if document else ''}，应配 {line.need} 人，少 {line.need - line.approved} 人"
            yield found(rule, facts, BELOW, said, measured=f"{line.approved} 人", required=f"{line.need} 人", unit=line.unit)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "应配 4 人，核定 3 人", example.facts(households={2: 300}, approved={2: 3}), 1
    yield "核定 4 人", example.facts(households={2: 300}, approved={2: 4}), 0
    yield "299 户应配 2 人", example.facts(households={2: 299}, approved={2: 3}), 0
    yield "没有核定", example.facts(households={2: 300}), 0
    exempt = [example.unit(1, type=BUREAU), example.unit(2, exempt_reason="无此项业务")]
    yield "免予配备", example.facts(exempt, households={2: 300}, approved={2: 0}), 0


R13 = Rule("R13", "核定人数少于应配备人数", SOFT, AUDIT, "二（一）", __doc__, _find, _cases)
