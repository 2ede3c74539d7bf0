"""表10 方案制定、公开及材料报送情况表: every kind of document the work asks for, whether it is there, agreed, published and reported (三, 四（四）)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policy.facts import Facts
from policy.finding import HARD, SOFT
from policy.management_facts import OPERATING_PLAN
from policy.parameters import Parameters
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.papers import EVALUATION, MINUTES, Asked, Paper, asked_kinds
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task

_MANY = 3
"""Documents of a kind named one by one; more are the first ones and their number."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One kind of document: its papers, and what the task asks of it."""

    number: int
    asked: Asked
    day: date

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self.asked.papers

    @property
    def done(self) -> bool:
        """Whether one of them is written, with its date."""
        return any(one.dated for one in self.papers)

    @property
    def public(self) -> Value:
        """应公开: plans and results always, others as registered; — where nothing says so."""
        if self.papers and self.asked.kind in (OPERATING_PLAN, EVALUATION):
            return "是"
        return _said(one.must_publish for one in self.papers)

    @property
    def reporting(self) -> Value:
        """应报送: what the task asks for, others as registered; — where nothing says so."""
        return "是" if self.asked.wanted else _said(one.must_report for one in self.papers)

    @property
    def published(self) -> bool:
        """Whether everything of it that is to be published is."""
        return self.done and all(one.published for one in self.papers if one.must_publish is not False)

    @property
    def late(self) -> int | None:
        """Days the latest of them was, or is, behind its day; None where nothing has a day."""
        asked = [one for one in self.papers if one.must_report is not False]
        days = [((one.handed_in or self.day) - due).days for one in asked if (due := one.due or self.asked.due)]
        if not self.papers and self.asked.due:
            days = [(self.day - self.asked.due).days]
        return max(0, *days) if days else None

    @property
    def plan(self) -> Paper | None:
        """The newest operating plan: the one whose consents and contents count."""
        return self.papers[-1] if self.papers and self.asked.kind == OPERATING_PLAN else None


def lay(facts: Facts, task: Task) -> Sheet:
    """表10: the standing kinds and what the book holds of the year, or exactly the kinds the task names."""
    lines = [_Line(number, one, facts.period.as_of) for number, one in enumerate(asked_kinds(facts, task), 1)]
    bodies: list[Laid[_Line | None]] = [Laid(line.asked.kind, Scope.OTHER, line) for line in lines]
    columns = tuple(figure.column for figure in _FIGURES)
    sheet = Sheet(
        "表10",
        "方案制定、公开及材料报送情况表",
        (),
        heading(facts, "份、项、天"),
        columns,
        rows(_FIGURES, [Laid("合计", Scope.TOTAL, None), *bodies], "表10", task),
        notes=numbered(
            f"审核关系：{relations(columns)}；11=是⇔21>0.；第12栏、14至16栏、18栏、19栏合计=各行之和。",
            "本表列本年度的材料；联席会议纪要按会议登记、工作经费文件按经费登记、政府购买服务合同按合同登记、招录公告按招录批次、绩效评价结果按评价登记填列。",
            "是否完成以有成文（签订、公告、评价）日期为准。应报送为任务要求或者登记为应报送的材料；任务有截止日期、材料未另定的，按任务的截止日期；随报表报送的经费文件、合同、招录公告、评价结果，以成文日期判断是否逾期。",
            "第22、23栏只填具体操作方案：应经党委、政府同意，应写明人员配比、工作经费配置比例、招录条件、招录方式四项。",
            "第13栏由填报单位填写。公开率100%、材料齐备率100%为参考，文件未规定。空格为未登记；“—”为不适用或未注明。",
        ),
    )
    return finish(sheet, facts, task)


def _said(flags: Iterator[bool | None]) -> Value:
    given = [flag for flag in flags if flag is not None]
    return "是" if any(given) else "否" if given else NOT_APPLICABLE


def _joined(words: Sequence[object]) -> str | None:
    """文号 or days, one after another; beyond a few their number."""
    found = [str(one) for one in dict.fromkeys(words) if one]
    if len(found) > _MANY:
        return f"{'；'.join(found[:_MANY])}等{len(found)}份"
    return "；".join(found) or None


def _consents(line: _Line) -> str | None:
    given = [consent for one in line.papers for consent in one.consents if consent.on]
    return _joined([" ".join(filter(None, (one.organ, f"{one.on}", one.doc_no))) for one in given])


def _of(take: Callable[[_Line], Value], total: Value = None) -> Callable[[_Line | None], Cell]:
    """The cell of a kind; 合计 (no line) has sums only."""

    def found(line: _Line | None) -> Cell:
        if line is None:
            return Cell(total)
        records = tuple(one.record for one in line.papers if one.record[0] != "purchase_contract")
        contracts = tuple(one.record[1] for one in line.papers if one.record[0] == "purchase_contract")
        return Cell(take(line), contracts=contracts, records=records)

    return found


def _list(take: Callable[[Paper], object]) -> Callable[[_Line | None], Cell]:
    return _of(lambda line: _joined([take(one) for one in line.papers]))


def _dues(line: _Line) -> Value:
    return _joined([one.due or line.asked.due for one in line.papers] or [line.asked.due])


def _gaps(of: Callable[[Paper], int]) -> Callable[[_Line | None], Cell]:
    """How many of its parts the operating plan lacks; — of any other kind, and while there is no plan."""
    return _of(lambda line: of(line.plan) if line.plan else NOT_APPLICABLE, NOT_APPLICABLE)


def _remark(line: _Line) -> str | None:
    plan = line.plan
    remarks = (
        "任务要求，尚未登记" if line.asked.wanted and not line.papers else "",
        "没有成文日期" if line.papers and not line.done else "",
        f"没有写明{'、'.join(plan.content_gaps)}" if plan and plan.content_gaps else "",
        f"逾期{line.late}天" if line.late else "",
    )
    return "；".join(filter(None, remarks)) or None


_YES = {True: "是", False: "否"}
_PUBLIC, _REPORT, _FILES, _PLAN = ("公开",), ("报送",), ("材料",), ("具体操作方案",)
_PUBLIC_SUM, _REPORT_SUM = ("公开项数",), ("报送项数",)
_FIGURES: tuple[Figure[_Line | None], ...] = (
    Figure(Column("甲", "序号", width=2), _of(lambda line: line.number, "合计")),
    Figure(Column("乙", "材料名称", Measure.LONG, width=8), _of(lambda line: line.asked.kind)),
    Figure(Column("1", "是否完成", Measure.TEXT, width=2), _of(lambda line: _YES[line.done])),
    Figure(Column("2", "文号", Measure.LONG, width=7), _list(lambda one: one.doc_no)),
    Figure(Column("3", "日期", Measure.TEXT, width=5), _list(lambda one: one.dated)),
    Figure(Column("4", "同意机关及日期", Measure.LONG, width=9), _of(_consents)),
    Figure(Column("5", "应公开", Measure.TEXT, _PUBLIC, width=2), _of(lambda line: line.public)),
    Figure(Column("6", "公开日期", Measure.TEXT, _PUBLIC, width=5), _list(lambda one: one.published)),
    Figure(Column("7", "公开渠道", Measure.LONG, _PUBLIC, width=4), _list(lambda one: one.channel if one.published else "")),
    Figure(Column("8", "应报送", Measure.TEXT, _REPORT, width=2), _of(lambda line: line.reporting)),
    Figure(Column("9", "报送日期", Measure.TEXT, _REPORT, width=5), _list(lambda one: one.reported)),
    Figure(Column("10", "截止日期", Measure.TEXT, _REPORT, width=5), _of(_dues)),
    Figure(
        Column("11", "是否逾期", Measure.TEXT, _REPORT, width=2), _of(lambda line: NOT_APPLICABLE if line.late is None else _YES[line.late > 0])
    ),
    Figure(Column("12", "有附件份数", groups=_FILES, total="Σ", width=2), _of(lambda line: sum(one.attached for one in line.papers))),
    Figure(Column("13", "页数", groups=_FILES, by_hand=True, width=2)),
    Figure(Column("14", "份数", groups=_FILES, total="Σ", width=2), _of(lambda line: len(line.papers))),
    Figure(Column("15", "应公开", groups=_PUBLIC_SUM, total="Σ", width=2), _of(lambda line: int(line.public == "是"))),
    Figure(Column("16", "已公开", groups=_PUBLIC_SUM, total="Σ", width=2), _of(lambda line: int(line.public == "是" and line.published))),
    Figure(Column("17", "公开率", Measure.RATE, _PUBLIC_SUM, width=4, formula="16/15")),
    Figure(Column("18", "应报送", groups=_REPORT_SUM, total="Σ", width=2), _of(lambda line: int(line.reporting == "是"))),
    Figure(Column("19", "其中已完成", groups=_REPORT_SUM, total="Σ", width=2), _of(lambda line: int(line.reporting == "是" and line.done))),
    Figure(Column("20", "材料齐备率", Measure.RATE, _REPORT_SUM, width=4, formula="19/18")),
    Figure(
        Column("21", "逾期天数", groups=_REPORT_SUM, width=2),
        _of(lambda line: NOT_APPLICABLE if line.late is None else line.late, NOT_APPLICABLE),
    ),
    Figure(Column("22", "尚缺同意", groups=_PLAN, width=2), _gaps(lambda plan: plan.consent_gaps)),
    Figure(Column("23", "尚缺内容", groups=_PLAN, width=2), _gaps(lambda plan: len(plan.content_gaps))),
    Figure(Column("24", "备注", Measure.LONG, width=6), _of(_remark)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; the registers behind minutes, fund documents and contracts are held against their own forms."""
    yield from several("10-H1", "表10", LINES, HARD, "1=是⇒3≠空", "1=是⇒12=14")
    yield Audit("10-H2", "表10", LINES, "11=是⇔21>0.", HARD)
    yield from several("10-H3", "表10", EACH, HARD, "17=16/15", "20=19/18")
    yield from sums("10-H4", "表10", (12, 14, 15, 16, 18, 19))
    yield Audit("10-S1", "表10", LINES, "22=0.", SOFT)
    yield Audit("10-S2", "表10", LINES, "16=15", SOFT)
    yield Audit("10-S3", "表10", LINES, "23=0.", SOFT)
    yield Audit("10-S4", "表10", LINES, "19=18", SOFT)
    yield Audit("10-S5a", "表10", TOTAL, "工作经费文件[14]=T4[本年,22]", SOFT)
    yield Audit("10-S5b", "表10", TOTAL, "工作经费文件[12]≥T4[本年,31]", SOFT)
    yield Audit("10-S6a", "表10", TOTAL, "政府购买服务合同[14]=计数(T6[各行])", SOFT)
    yield Audit("10-S6b", "表10", TOTAL, "政府购买服务合同[12]=计数(T6[各行],26=是)", SOFT)
    yield from several("10-S7", "表10", TOTAL, SOFT, f"{MINUTES}[14]=T9[合计,12]", f"{MINUTES}[12]=T9[合计,13]")
    yield Audit("10-S8", "表10", TOTAL, f"{EVALUATION}[16]=1.⇒T12[合计,28]=T12[合计,27]", SOFT)
