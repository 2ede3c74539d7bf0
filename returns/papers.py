"""The papers of 表10: what every register of the book knows of a kind of document, as one sort of record, and which kinds a task asks for.

Minutes come from the meetings, fund documents from the funds, contracts from the contracts, recruitment notices from the batches, results from the
evaluations; everything else from 方案与材料. A document that stands in two registers is one paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.facts import Facts
from policy.management_facts import CONTENTS, DOC_KINDS, JOINT_MEETING, OPERATING_PLAN, RECRUIT_NOTICE, SELF_CHECK, Consent
from policy.stages import stages
from policy.under_contract import contracts_of_year
from returns.task import Task

MINUTES: Final = "联席会议纪要"
FUND_PAPERS: Final = "工作经费文件"
CONTRACTS: Final = "政府购买服务合同"
EVALUATION: Final = "绩效评价结果"
OTHER: Final = "其他"
STANDING: Final = (MINUTES, OPERATING_PLAN, FUND_PAPERS, CONTRACTS, RECRUIT_NOTICE, EVALUATION, SELF_CHECK)
"""Kinds that stand in 表10 in any year (三（三）, 三（四）, 四（四）); others where the book holds one or the task asks for it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its record, number and day, who agreed, publication and reporting. `must_publish`, `must_report` None: nothing says so."""

    record: tuple[str, int]
    title: str = ""
    doc_no: str = ""
    dated: date | None = None
    consents: tuple[Consent, ...] = ()
    must_publish: bool | None = None
    published: date | None = None
    channel: str = ""
    must_report: bool | None = None
    reported: date | None = None
    due: date | None = None
    contents: tuple[str, ...] = ()
    attached: bool = False

    @property
    def handed_in(self) -> date | None:
        """When it was reported; registers that keep no such day (funds, contracts, batches, evaluations) hand it in with the return, from its
        own day on."""
        return self.reported if self.record[0] in ("meeting", "plan_doc") else self.dated

    @property
    def consent_gaps(self) -> int:
        """Of 党委 and 政府, how many have not agreed yet."""
        return 2 - sum(one.on is not None for one in self.consents)

    @property
    def content_gaps(self) -> tuple[str, ...]:
        """Of the four contents of a 具体操作方案, those it does not have."""
        return tuple(one for one in CONTENTS if one not in self.contents)


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of document: its papers by day, whether the task asks for it, and by when where the paper has no day of its own."""

    kind: str
    papers: tuple[Paper, ...]
    wanted: bool
    due: date | None


def asked_kinds(facts: Facts, task: Task) -> tuple[Asked, ...]:
    """What 表10 lists: the kinds the task names, else the standing ones and those the book has papers of, in the order of DOC_KINDS.

    A kind the program does not know takes the papers kept under 其他 whose title has its words.
    """
    found = {kind: _sorted(_papers(kind, facts)) for kind in DOC_KINDS}
    kinds = task.documents or tuple(kind for kind in DOC_KINDS if kind in STANDING or found[kind])
    listed = []
    for kind in kinds:
        if kind not in found:
            found[kind] = tuple(one for one in found[OTHER] if kind in one.title)
            found[OTHER] = tuple(one for one in found[OTHER] if one not in found[kind])
    for kind in dict.fromkeys(kinds):
        wanted = kind in task.documents
        listed.append(Asked(kind, found[kind], wanted, _due(kind, facts, task) if wanted else None))
    return tuple(listed)


def _due(kind: str, facts: Facts, task: Task) -> date | None:
    """The task's day; in 2019 the last day of the stage that asks for the document. No other year has any."""
    plan = stages()
    if facts.period.first.year == plan.year:
        last = [stage.last for stage in plan.stages if kind in stage.documents]
        return min(last, default=task.due)
    return task.due


def _sorted(papers: Iterator[Paper]) -> tuple[Paper, ...]:
    """By day, each document once: the one of its own register before the one kept under 方案与材料."""
    kept: list[Paper] = []
    for paper in papers:
        if not any(_same(paper, one) for one in kept):
            kept.append(paper)
    return tuple(sorted(kept, key=lambda one: (one.dated or date.max, one.record)))


def _same(paper: Paper, held: Paper) -> bool:
    if held.record[0] == paper.record[0]:
        return False
    return bool((paper.doc_no and paper.doc_no == held.doc_no) or (paper.published and paper.published == held.published))


def _papers(kind: str, facts: Facts) -> Iterator[Paper]:
    if kind in _REGISTERS:
        yield from _REGISTERS[kind](facts)
    yield from _documents(kind, facts)


def _attached(facts: Facts, table: str, number: int) -> bool:
    return facts.attachments.get((table, number), 0) > 0


def _minutes(facts: Facts) -> Iterator[Paper]:
    """Of the joint meetings of the period that have minutes."""
    for one in facts.management.meetings:
        if one.kind == JOINT_MEETING and one.minutes_no and facts.period.first <= one.held <= facts.period.flow_last:
            scanned = _attached(facts, "meeting", one.id)
            yield Paper(("meeting", one.id), one.name, one.minutes_no, one.held, reported=one.reported, attached=scanned)


def _fund_papers(facts: Facts) -> Iterator[Paper]:
    for one in facts.fund_docs:
        if one.year == facts.period.first.year:
            yield Paper(("fund_doc", one.id), one.title, one.doc_no, one.dated, attached=_attached(facts, "fund_doc", one.id))


def _contracts(facts: Facts) -> Iterator[Paper]:
    """Those that stand in 表6."""
    for one in contracts_of_year(facts):
        scanned = _attached(facts, "purchase_contract", one.id)
        yield Paper(("purchase_contract", one.id), one.name, one.no, one.signed, published=one.contract_noticed, attached=scanned)


def _notices(facts: Facts) -> Iterator[Paper]:
    for one in facts.management.recruits:
        if one.announced and one.announced.year == facts.period.first.year:
            scanned = _attached(facts, "recruit_batch", one.id)
            yield Paper(("recruit_batch", one.id), one.name, "", one.announced, published=one.announced, channel=one.channel, attached=scanned)


def _evaluations(facts: Facts) -> Iterator[Paper]:
    for one in facts.management.evaluations:
        if one.year == facts.period.first.year:
            scanned = _attached(facts, "evaluation", one.id)
            yield Paper(
                ("evaluation", one.id), dated=one.evaluated, must_publish=True, published=one.published, channel=one.channel, attached=scanned
            )


_REGISTERS: Final[dict[str, Callable[[Facts], Iterator[Paper]]]] = {
    MINUTES: _minutes, FUND_PAPERS: _fund_papers, CONTRACTS: _contracts, RECRUIT_NOTICE: _notices, EVALUATION: _evaluations,
}  # fmt: skip
"""Kind → the register its papers come from first."""


def _documents(kind: str, facts: Facts) -> Iterator[Paper]:
    """方案与材料 of this kind that belong to the period's year; those without year and day are this year's still to be written."""
    year = facts.period.first.year
    for one in facts.management.documents:
        if one.kind == kind and (one.year or (one.dated.year if one.dated else year)) == year:
            yield Paper(
                ("plan_doc", one.id), one.title, one.doc_no, one.dated, (one.party, one.government), one.must_publish, one.published, one.channel,
                one.must_report, one.reported, one.due, one.contents, _attached(facts, "plan_doc", one.id),
            )  # fmt: skip
