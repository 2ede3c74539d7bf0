"""公开的材料没有写明公开方式，或者公开版带有个人信息

看什么：主动公开的方案、公告、评价结果有没有登记公开渠道；公开版的报送任务有没有附带个人明细。

怎么算：登记了公开日期、没有登记公开渠道的，逐份提示。报送任务设为公开版、又勾选“随报个人明细”的，逐个提出。
公开版报表本身不列证件号、电话，姓名只留姓氏，由程序保证，不在此列。

怎么办：补登公开渠道；公开版的任务取消“随报个人明细”，需要个人明细的另建不公开的任务。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import batch, document, evaluation, managed
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import PublicTask


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    at, numbers = bureau(facts), {c.id: c.no for c in facts.contracts}
    published = (
        *(("plan_doc", d.id, d.title or d.kind, d.published) for d in facts.management.documents if not d.channel),
        *(("recruit_batch", b.id, f"{b.name}招录公告", b.announced) for b in facts.management.recruits if not b.channel),
        *(
            ("evaluation", e.id, f"{numbers.get(e.contract, '')} {e.year} 年度绩效评价结果".strip(), e.published)
            for e in facts.management.evaluations
            if not e.channel
        ),
    )
    for table, number, name, day in published:
        if day:
            said = f"{name} {day} 公开，没有登记公开渠道"
            yield found(rule, facts, NO_DATA, said, measured="没有渠道", required="登记公开渠道", unit=at, about=(table, number), severity=HINT)
    for task in facts.management.public_tasks:
        if task.personal:
            said, must = f"公开版任务“{task.name}”（{task.period}）勾选了随报个人明细", "公开版不带个人信息"
            yield found(rule, facts, WRONG_DATA, said, measured="随报个人明细", required=must, unit=at, about=("report_task", task.id))


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "方案公开，没有渠道", managed(documents=[document(channel="")]), 1
    yield "方案没有公开", managed(documents=[document(channel="", published=None)]), 0
    yield "方案公开在政府网站", managed(documents=[document()]), 0
    yield "招录公告没有渠道", managed(recruits=[batch(channel="")]), 1
    yield "评价结果公布没有渠道", managed(evaluations=[evaluation(channel="")]), 1
    yield "评价结果还没有公布（见 Q8）", managed(evaluations=[evaluation(channel="", published=None)]), 0
    yield "公开版任务随报个人明细", managed(public_tasks=[PublicTask(1, "年报公开版", "2026", True)]), 1
    yield "公开版任务不带个人明细", managed(public_tasks=[PublicTask(1, "年报公开版", "2026", False)]), 0
    yield "公开在报告期以后，还没有到", managed(as_of=date(2026, 3, 31), documents=[document(published=None, channel="")]), 0


Q10 = Rule("Q10", "没有写明公开方式，或者公开版带有个人信息", SOFT, RISK, "四（四）", __doc__, _find, _cases)
