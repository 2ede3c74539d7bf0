"""四个阶段: what is due, done and late in the year of the period, each with the records that show it.

Only the year of the shipped file has days of its own; in any other year a matter has a day only where a document, a batch or a 来文 says one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policy.facts import BUREAU, TOWN_TYPES, Facts
from policy.management_facts import CITY, CONTENTS, JOINT_MEETING, Meeting, PlanDoc, RecruitBatch
from policy.stages import STAGES, Asked, Stages, stages
from policy.under_contract import contracts_of_year

DONE, DONE_LATE, LATE, OPEN, NOT_YET = "已完成", "逾期完成", "逾期未完成", "未到期", "未完成"
STATES: Final = (DONE, DONE_LATE, LATE, OPEN, NOT_YET)
INCOMING: Final = "来文"
OTHER: Final = "其他"
Record = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One matter: `due` None where nothing sets a day, `done` the day it was whole (None: not yet, or the book does not say which day),
    `said` what the registers hold, `records` the evidence (table, number) of `table`, `files` how many files are attached to it."""

    stage: str
    what: str
    who: str
    due: date | None
    whole: bool
    done: date | None
    said: str
    table: str
    records: tuple[Record, ...] = ()
    files: int = 0

    def state(self, day: date) -> str:
        """已完成, 逾期完成, 逾期未完成, 未到期, or 未完成 where no day is set. What is due on the day is not late."""
        if self.whole:
            return DONE_LATE if self.due and self.done and self.done > self.due else DONE
        if self.due is None:
            return NOT_YET
        return LATE if day > self.due else OPEN


def progress(facts: Facts) -> tuple[Step, ...]:
    """Every matter of the period's year by stage; in the year of the notice all it asks for, in others what the registers hold."""
    plan = stages()
    found = [*(_asked(plan, facts) if facts.period.first.year == plan.year else _kept(plan, facts)), *_incoming(facts)]
    place = {name: at for at, name in enumerate((*STAGES, OTHER, INCOMING))}
    return tuple(_with_files(step, facts) for step in sorted(found, key=lambda step: place[step.stage]))


def _with_files(step: Step, facts: Facts) -> Step:
    return replace(step, files=sum(facts.attachments.get(record, 0) for record in step.records))


def _asked(plan: Stages, facts: Facts) -> Iterator[Step]:
    names = {stage.id: stage.name for stage in plan.stages}
    for matter in plan.matters:
        table, find = _FINDS[matter.kind]
        whole, done, said, numbers = find(plan, matter, facts)
        records = tuple((table, number) for number in numbers)
        yield Step(names[matter.stage], matter.label, matter.who, matter.due, whole, done if whole else None, said, table, records)


# What the registers hold of a matter of the notice: whole, the day, in words, the records' numbers

Found = tuple[bool, date | None, str, Iterable[int]]


def _survey(plan: Stages, matter: Asked, facts: Facts) -> Found:
    last = plan.stage(matter.stage).last
    asked = {u.id for u in facts.units if u.type in (BUREAU, *TOWN_TYPES) and u.open_on(last)}
    seen = [one for one in facts.management.surveys if one.unit in asked]
    newest = max((one.as_of for one in seen), default=None)
    said = f"{len(asked)} 个单位，已摸查 {len(seen)} 个" + (f"，最近一次 {newest}" if newest else "")
    day = newest if newest and newest <= last else None  # only the newest survey of a unit is known here: a later one says nothing of the first
    return len(seen) == len(asked) > 0, day, said, [one.id for one in seen]


def _documents(_plan: Stages, matter: Asked, facts: Facts) -> Found:
    written = [one for one in _of_year(facts) if one.kind == matter.of]
    days = [one.dated for one in written if one.dated]
    said = "；".join(_paper(one) for one in written) or "没有登记"
    return bool(days), min(days, default=None), said, [one.id for one in written]


def _plan(_plan: Stages, matter: Asked, facts: Facts) -> Found:
    written = [one for one in _of_year(facts) if one.kind == matter.of]
    if not written:
        return False, None, "没有登记", []
    newest = written[-1]
    left = [word for word, consent in (("党委同意", newest.party), ("政府同意", newest.government)) if consent.on is None]
    left += [one for one in CONTENTS if one not in newest.contents] + ([] if newest.published else ["公开日期"])
    days = [day for day in (newest.dated, newest.agreed_on, newest.published) if day]
    said = _paper(newest) + (f"，缺{'、'.join(left)}" if left else f"，{newest.published} 公开")
    return newest.dated is not None and not left, max(days, default=None), said, [newest.id]


def _joint(plan: Stages, facts: Facts) -> list[Meeting]:
    first = plan.stages[1].first
    return [one for one in facts.management.meetings if one.kind == JOINT_MEETING and one.held >= first and one.held.year == plan.year]


def _meeting(plan: Stages, _matter: Asked, facts: Facts) -> Found:
    held = _joint(plan, facts)
    if not held:
        return False, None, "没有登记", []
    wanted = (*plan.topics, plan.city_topic) if any(one.level == CITY for one in held) else plan.topics
    day, left = held[0].held, list(wanted)
    for one in held:
        if left:
            day, left = one.held, [topic for topic in left if topic not in one.topics]
    said = f"召开 {len(held)} 次" + (f"，缺议题：{'、'.join(left)}" if left else "，议题齐全")
    return not left, day, said, [one.id for one in held]


def _minutes(plan: Stages, _matter: Asked, facts: Facts) -> Found:
    made = [one for one in _joint(plan, facts) if one.minutes_no]
    days = [day for one in made if (day := one.reported if one.level == CITY else one.held)]
    said = "；".join(f"{one.minutes_no}（{one.reported} 报送）" if one.reported else f"{one.minutes_no}（没有报送日期）" for one in made)
    return bool(days), min(days, default=None), said or "没有登记纪要文号", [one.id for one in made]


def _recruits(plan: Stages, _matter: Asked, facts: Facts) -> Found:
    batches = [one for one in facts.management.recruits if _year_of(one) in (None, plan.year)]
    whole, done, said = _arrived(batches, facts)
    return whole, done, said, [one.id for one in batches]


def _fund_papers(_plan: Stages, _matter: Asked, facts: Facts) -> Found:
    papers = [one for one in facts.fund_docs if one.year == facts.period.first.year]
    days = [one.dated for one in papers if one.dated]
    return bool(papers), min(days, default=None), f"{len(papers)} 份" if papers else "没有登记", [one.id for one in papers]


def _contracts(_plan: Stages, _matter: Asked, facts: Facts) -> Found:
    made = contracts_of_year(facts)
    days = [one.signed for one in made if one.signed]
    return bool(made), min(days, default=None), f"{len(made)} 份" if made else "没有登记", [one.id for one in made]


def _training(_plan: Stages, matter: Asked, facts: Facts) -> Found:
    held = [one for one in facts.management.trainings if one.kind == matter.of and one.held.year == facts.period.first.year]
    if not held:
        return False, None, "没有登记", []
    called, came = [one.expected for one in held], [one.attended for one in held]
    count = f"，应训 {sum(filter(None, called))} 人，实训 {sum(filter(None, came))} 人" if None not in (*called, *came) else ""
    return True, held[0].held, f"{len(held)} 次{count}", [one.id for one in held]


_FINDS: Final[dict[str, tuple[str, Callable[[Stages, Asked, Facts], Found]]]] = {
    "摸查": ("survey_window", _survey), "材料": ("plan_doc", _documents), "方案": ("plan_doc", _plan), "会议": ("meeting", _meeting),
    "纪要": ("meeting", _minutes), "招录": ("recruit_batch", _recruits), "经费文件": ("fund_doc", _fund_papers),
    "合同": ("purchase_contract", _contracts), "培训": ("training", _training),
}  # fmt: skip
"""Kind of a matter in the shipped file → the register it stands in, and how it is looked up there."""


# What the registers hold in a year without days of its own


def _kept(plan: Stages, facts: Facts) -> Iterator[Step]:
    year = facts.period.first.year
    own = {matter.of: next(stage.name for stage in plan.stages if stage.id == matter.stage) for matter in plan.matters if matter.of}
    for one in facts.management.meetings:
        if one.kind == JOINT_MEETING and one.held.year == year:
            said = f"议题：{'、'.join(one.topics) or '没有登记'}；纪要 {one.minutes_no or '没有登记文号'}"
            yield Step(STAGES[1], one.name, f"{one.level}级", None, True, one.held, said, "meeting", (("meeting", one.id),))
    for document in _of_year(facts):
        done = document.reported if document.must_report else document.dated
        said = _paper(document) + ("，应报送" + (f"，{document.reported} 报送" if document.reported else "，没有报送日期") if document.must_report else "")
        stage = document.stage if document.stage in STAGES else own.get(document.kind, OTHER)
        yield Step(stage, document.title or document.kind, "", document.due, done is not None, done, said, "plan_doc", (("plan_doc", document.id),))
    for batch in facts.management.recruits:
        if _year_of(batch) == year:
            whole, arrived, said = _arrived([batch], facts)
            yield Step(STAGES[2], f"招录：{batch.name}", batch.recruiter, batch.due, whole, arrived, said, "recruit_batch", (("recruit_batch", batch.id),))
    for training in facts.management.trainings:
        if training.held.year == year:
            came = "" if training.expected is None or training.attended is None else f"应训 {training.expected} 人，实训 {training.attended} 人"
            yield Step(STAGES[3], training.name, training.organiser, None, True, training.held, came, "training", (("training", training.id),))


def _incoming(facts: Facts) -> Iterator[Step]:
    year = facts.period.first.year
    for one in facts.management.incoming:
        if one.received.year == year or one.done is None:
            yield Step(INCOMING, one.title, one.handler, one.due, one.done is not None, one.done, one.asks or one.doc_no, "incoming_doc", (("incoming_doc", one.id),))


def _of_year(facts: Facts) -> list[PlanDoc]:
    year = facts.period.first.year
    return [one for one in facts.management.documents if (one.year or (one.dated.year if one.dated else year)) == year]


def _year_of(batch: RecruitBatch) -> int | None:
    day = batch.announced or batch.due
    return day.year if day else None


def _arrived(batches: list[RecruitBatch], facts: Facts) -> tuple[bool, date | None, str]:
    """Whether all who were planned are on post, the day of the last of them where they are linked to the batch, and in words."""
    lines = {line.id: line for batch in batches for line in batch.lines}
    planned, here = sum(line.planned for line in lines.values()), sum(min(line.on_post or 0, line.planned) for line in lines.values())
    if not lines:
        return False, None, "没有登记招录计划人数"
    starts = [e.start for e in facts.engagements if e.recruit_line in lines]
    known = len(starts) >= here > 0
    said = f"计划 {planned} 人，到岗 {here} 人" + (f"，差 {planned - here} 人" if here < planned else "" if known else "，没有关联到岗人员，到岗日期不明")
    return here >= planned, max(starts) if known else None, said


def _paper(one: PlanDoc) -> str:
    return f"{one.doc_no or one.title or one.kind}{f'（{one.dated}）' if one.dated else '，没有成文日期'}"
