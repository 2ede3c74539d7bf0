"""户数恰在或接近档次界限

看什么：户数恰好等于档次界限，或者只差一点的单位。

怎么算：户数与界限相差不超过界限的一定比例（可设置）就提示。原文相邻两档都包含界限上的户数，没有明确归哪一档；
默认就高，可改就低，报表上写明所用口径。接近界限的单位，下个月户数稍有变化，应配备人数就会跳一档。

怎么办：核实户数；恰在界限上的，可以向上级书面请示，把答复文号填入设置。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy import example
from policy.facts import BUREAU, Facts
from policy.figures import number, percent
from policy.finding import AUDIT, BELOW, HINT, MET, UNCLEAR, Finding, Rule
from policy.found import found
from policy.staffing import need, staffing


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    parameters = facts.parameters
    for line in staffing(facts):
        if line.unit.exempt or line.households is None or line.near_bound is None:
            continue
        bands = parameters.county_bands if line.unit.type == BUREAU else parameters.town_bands
        below, above = need(line.near_bound, bands, "就低"), need(line.near_bound, bands, "就高")
        if line.at_bound is not None:
            reply = f"（{parameters.edge_reply}）" if parameters.edge_reply else ""
            said = (
                f"临界：恰为 {line.at_bound} 户，就低应配 {below}、就高应配 {above}，"
                f"按{parameters.boundary_mode}口径{reply}应配 {line.need}"
            )
        else:
            away = abs(line.households - line.near_bound)
            said = f"{number(line.households)} 户，距 {line.near_bound} 户的界限 {number(away)} 户，界限上下应配 {below}、{above}"
        verdict = UNCLEAR if line.at_bound is not None else MET if line.met else BELOW
        have, must = f"{number(line.households)} 户", f"距界限 {percent(parameters.near_bound)} 以上"
        yield found(rule, facts, verdict, said, measured=have, required=must, unit=line.unit)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    staff = [example.engagement(i) for i in range(1, 7)]
    yield "恰为 300 户", example.facts(None, staff, {2: 300}), 1
    yield "294 户：差 6 户，正好 2%", example.facts(None, staff, {2: 294}), 1
    yield "293 户：差 7 户", example.facts(None, staff, {2: 293}), 0
    yield "306 户：差 6 户", example.facts(None, staff, {2: 306}), 1
    yield "307 户：差 7 户", example.facts(None, staff, {2: 307}), 0


N1 = Rule("N1", "户数恰在或接近档次界限", HINT, AUDIT, "二（三）", __doc__, _find, _cases)
