"""2019年制定方案阶段的联席会议没有开，或者议题、纪要不全

看什么：2019年4月1日至15日，困难群众基本生活保障工作联席会议是否至少召开一次；任务规定的议题是否都有；有没有纪要。

怎么算：只查2019年的报告期，4月15日以后才查。期间没有联席会议的提出；期间各次会议的议题合起来，缺任务规定议题的提出；
各次会议都没有纪要文号的提出，市级会议的纪要要报省民政厅，没有的为强制性。
市级联席会议还应研究购买服务具体实施方案，并有纪要报送日期。

怎么办：补登会议、议题和纪要文号，附上纪要。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from policy.example_management import managed, meeting, of_2019
from policy.facts import Facts
from policy.finding import HARD, NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import CITY, JOINT_MEETING
from policy.stages import stages


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    plan = stages()
    stage, at = plan.stage("S2"), bureau(facts)
    if facts.period.first.year != plan.year or facts.period.as_of <= stage.last:
        return
    span = f"{stage.first} 至 {stage.last}"
    held = [m for m in facts.management.meetings if m.kind == JOINT_MEETING and stage.first <= m.held <= stage.last]
    if not held:
        yield found(rule, facts, NO_DATA, f"{span} 没有登记联席会议", measured="0 次", required="至少 1 次", unit=at, place="会议")
        return
    about = ("meeting", held[-1].id)
    of_city = [m for m in held if m.level == CITY]
    wanted = (*plan.topics, plan.city_topic) if of_city else plan.topics
    missing = [topic for topic in wanted if not any(topic in m.topics for m in held)]
    if missing:
        said = f"{span} 的联席会议缺议题：{'、'.join(missing)}"
        yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 项", required=f"{len(wanted)} 项议题", unit=at, about=about)
    for words, met, level in (("市级", of_city, HARD), ("", [m for m in held if m not in of_city], SOFT)):
        if met and not any(m.minutes_no for m in met):
            said, seen = f"{span} 的{words}联席会议没有登记纪要文号", ("meeting", met[-1].id)
            yield found(rule, facts, NO_DATA, said, measured="没有纪要", required="有会议纪要", unit=at, severity=level, about=seen)
    if of_city and not any(m.reported for m in of_city):
        said, about = "市级联席会议纪要没有登记报送日期", ("meeting", of_city[-1].id)
        yield found(rule, facts, NO_DATA, said, measured="没有报送", required="报省民政厅", unit=at, about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    plan = stages()
    topics, stage = plan.topics, plan.stage("S2")

    def met(held: date = date(2019, 4, 15), days_after: int = 1, **changes: Any) -> Facts:
        made = meeting(held=held, **{"topics": topics, "minutes_no": "东府办纪〔2019〕3号", **changes})
        return of_2019("S2", days_after, meetings=[made])

    yield "4 月 15 日召开，议题、纪要齐全", met(), 0
    yield "4 月 16 日才召开", met(date(2019, 4, 16)), 1
    yield "缺一项议题", met(topics=topics[1:]), 1
    yield "没有纪要文号", met(minutes_no=""), 1
    yield "县级有纪要、市级没有纪要文号：强制性", of_2019("S2", meetings=[
        meeting(held=stage.last, topics=topics, minutes_no="东府办纪〔2019〕3号"),
        meeting(2, held=stage.last, level=CITY, topics=(*topics, plan.city_topic), minutes_no="", reported=stage.last),
    ]), 1  # fmt: skip
    yield "市级会议没有研究实施方案、没有报送", met(level=CITY), 2
    yield "市级会议齐全", met(level=CITY, topics=(*topics, plan.city_topic), reported=date(2019, 4, 15)), 0
    yield "当天是 4 月 15 日，还没有到期", of_2019("S2", 0), 0
    yield "2026 年不查", managed(), 0


S2 = Rule("S2", "联席会议没有按期召开或不全", SOFT, RISK, "三（二）", __doc__, _find, _cases)
