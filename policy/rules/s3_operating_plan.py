"""2019年稳步推进阶段的具体操作方案不全，或者招录没有按期到岗

看什么：具体操作方案是否经当地党委、政府同意，是否写明人员配比、工作经费配置比例、招录条件、招录方式四项，是否向社会公开；招录是否在6月15日前到岗。

怎么算：只查2019年的报告期，6月15日以后才查。没有方案的提出一条；有方案的，缺同意、缺内容、没有公开各提出一条（取最新一份），成文晚于6月15日的提出（取最早一份）。
招录批次的计划人数相加，到岗人数少 1 人也提出；全部到岗、而按关联人员的入职日期招满的那天晚于完成日期的，也提出。计划完成日期另有规定且未到的批次不算。

怎么办：补登同意文号、公开日期和渠道；没有招满的写明补招安排。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policy import example
from policy.example_management import batch, document, managed, of_2019
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import CONTENTS, OPERATING_PLAN, Consent, PlanDoc, RecruitLine
from policy.stages import stages


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    plan = stages()
    stage, day, at = plan.stage("S3"), facts.period.as_of, bureau(facts)
    if facts.period.first.year != plan.year or day <= stage.last:
        return
    written = [d for d in facts.management.documents if d.kind == OPERATING_PLAN]
    if written:
        for said, must in _lacks(written[-1]):
            yield found(rule, facts, NO_DATA, f"具体操作方案{said}", measured=said, required=must, unit=at, about=("plan_doc", written[-1].id))
        first = min((d for d in written if d.dated), key=lambda d: d.dated or day, default=None)
        if first and first.dated and first.dated > stage.last:
            said, about = f"具体操作方案成文于 {first.dated}，迟于 {stage.last}", ("plan_doc", first.id)
            yield found(rule, facts, WRONG_DATA, said, measured=str(first.dated), required=f"{stage.last} 以前", unit=at, about=about)
    else:
        said = f"至 {day} 没有登记具体操作方案"
        yield found(rule, facts, NO_DATA, said, measured="没有", required=f"{stage.last} 以前", unit=at, place="方案与公开")
    lines = [line for b in facts.management.recruits for line in b.lines if (line.due or b.due or stage.last) < day]
    planned, here = sum(line.planned for line in lines), sum(min(line.on_post or 0, line.planned) for line in lines)
    if here < planned:
        said = f"计划招录 {planned} 人，至 {day} 到岗 {here} 人，差 {planned - here} 人"
        short = [b for b in facts.management.recruits if any((line.on_post or 0) < line.planned for line in lines if line in b.lines)]
        about = ("recruit_batch", short[0].id)
        yield found(rule, facts, WRONG_DATA, said, measured=f"到岗 {here} 人", required=f"{planned} 人", unit=at, about=about)
        return
    for b in facts.management.recruits:
        for line in b.lines:
            due, came = line.due or b.due or stage.last, sorted(e.start for e in (*facts.gone, *facts.engagements) if e.recruit_line == line.id)
            if line in lines and len(came) >= line.planned > 0 and came[line.planned - 1] > due:
                said = f"{b.name}计划招录 {line.planned} 人，{came[line.planned - 1]} 才全部到岗，迟于 {due}"
                about = ("recruit_batch", b.id)
                yield found(rule, facts, WRONG_DATA, said, measured=f"{came[line.planned - 1]}", required=f"{due} 以前", unit=at, about=about)


def _lacks(plan: PlanDoc) -> Iterable[tuple[str, str]]:
    organs = [words for words, consent in (("党委", plan.party), ("政府", plan.government)) if consent.on is None]
    if organs:
        yield f"没有登记{'、'.join(organs)}同意日期", "经当地党委、政府同意"
    missing = [content for content in CONTENTS if content not in plan.contents]
    if missing:
        yield f"没有写明{'、'.join(missing)}", "四项内容齐全"
    if plan.published is None:
        yield "没有登记公开日期", "向社会公开"


def _cases() -> Iterable[tuple[str, Facts, int]]:
    whole = document(dated=date(2019, 5, 1), published=date(2019, 5, 6))
    due = date(2019, 6, 15)

    def at(plan: PlanDoc, on_post: int = 2, days_after: int = 1, due: date = due) -> Facts:
        return of_2019("S3", days_after, documents=[plan], recruits=[batch(RecruitLine(1, 2, 2, on_post=on_post), due=due)])

    yield "方案齐全，招录到岗", at(whole), 0
    yield "差 1 人到岗", at(whole, 1), 1
    yield "差 1 人，批次另定 6 月 16 日完成", at(whole, 1, due=date(2019, 6, 16)), 0
    def came(last: date) -> Facts:
        linked = [replace(example.engagement(i, start=start), recruit_line=1) for i, start in enumerate((date(2019, 6, 1), last), 1)]
        return replace(at(whole, days_after=30), engagements=tuple(linked))

    yield "6 月 15 日招满", came(due), 0
    yield "6 月 16 日才招满", came(date(2019, 6, 16)), 1
    late = document(dated=date(2019, 6, 16), published=date(2019, 6, 17))
    yield "方案 6 月 16 日才成文", at(late), 1
    yield "没有党委同意", of_2019("S3", documents=[replace(whole, party=Consent())]), 1
    yield "缺招录方式、没有公开", of_2019("S3", documents=[replace(whole, contents=CONTENTS[:3], published=None)]), 2
    yield "没有方案", of_2019("S3"), 1
    yield "当天是 6 月 15 日，还没有到期", of_2019("S3", 0), 0
    yield "2026 年不查", managed(), 0


S3 = Rule("S3", "具体操作方案不全或招录未到岗", SOFT, RISK, "三（三）", __doc__, _find, _cases)
