"""2019年摸查调研阶段的材料没有按期完成

看什么：2019年3月31日前，调研报告、购买服务具体实施方案（初稿）是否完成；各乡镇（街道）和县级民政局的窗口、人员摸底有没有记录。

怎么算：只查2019年的报告期，截至日期过了阶段最后一天才查。没有登记的、成文日期晚于3月31日的逐份提出；没有摸查记录的单位合并提出一条。以后年度文件没有规定时限，不查。

怎么办：补登材料的成文日期和附件，补录摸查记录；确实迟了的写明原因。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import document, managed, of_2019, survey
from policy.facts import BUREAU, TOWN_TYPES, Facts
from policy.finding import NO_DATA, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import DRAFT_PLAN, SURVEY_REPORT
from policy.stages import stages


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    plan = stages()
    stage, day, at = plan.stage("S1"), facts.period.as_of, bureau(facts)
    if facts.period.first.year != plan.year or day <= stage.last:
        return
    for kind in stage.documents:
        written = [d for d in facts.management.documents if d.kind == kind and d.dated]
        if not written:
            yield found(rule, facts, NO_DATA, f"至 {day} 没有登记{kind}", measured="没有", required=f"{stage.last} 以前", unit=at, place="方案与公开")
        elif (first := written[0]).dated and first.dated > stage.last:
            said, about = f"{kind}成文于 {first.dated}，迟于 {stage.last}", ("plan_doc", first.id)
            yield found(rule, facts, WRONG_DATA, said, measured=str(first.dated), required=f"{stage.last} 以前", unit=at, about=about)
    seen = {s.unit for s in facts.management.surveys}
    left = [u for u in facts.units if u.type in (BUREAU, *TOWN_TYPES) and u.open_on(stage.last) and u.id not in seen]
    if left:
        said = f"{len(left)} 个单位没有摸查记录：{'、'.join(u.name for u in left[:5])}{'等' if len(left) > 5 else ''}"
        must = "县级民政局和每个乡镇（街道）"
        yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(left)} 个单位", required=must, unit=at, place="窗口摸查")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def done(report: date = date(2019, 3, 31), days_after: int = 1) -> Facts:
        documents = [document(SURVEY_REPORT, dated=report), document(DRAFT_PLAN, 2, dated=date(2019, 3, 20))]
        return of_2019("S1", days_after, documents=documents, surveys=[survey(1), survey(2)])

    yield "3 月 31 日完成", done(), 0
    yield "4 月 1 日完成", done(date(2019, 4, 1)), 1
    yield "两份材料和摸查记录都没有", of_2019("S1"), 3
    yield "当天是 3 月 31 日，还没有到期", of_2019("S1", 0), 0
    yield "2026 年不查", managed(), 0


S1 = Rule("S1", "摸查调研材料没有按期完成", SOFT, RISK, "三（一）", __doc__, _find, _cases)
