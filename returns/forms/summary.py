"""综合表 基层社会救助经办服务能力落实情况综合表: one page for whoever leads, every figure a link to the form it comes from; upright.

Nothing is counted here. An indicator is a formula over the other forms of the task; beside it stand what the notice (标准) or good practice
(参考) asks for, whether it is reached, and the last period's figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from policy.facts import Facts
from policy.figures import percent, yuan
from policy.finding import HARD
from policy.parameters import Parameters
from policy.pay import floor_on
from policy.period import period_before
from returns.audit import Audit, view
from returns.form import finish, heading, numbered
from returns.forms.t2 import measured
from returns.forms.t8 import NEW
from returns.formula import AbsentFormError, check
from returns.links import REFERENCE, forms_in, linked
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, across
from returns.task import Task

KEY: Final = "综合表"
_FIRM, _ADVICE = "标准", "参考"
_NOW: Final = (Scope.NOW,)


@dataclass(frozen=True, slots=True)
class _Indicator:
    """One line: what it is, how it is printed, its formula, what is asked for (in words) and the claim that says it is reached."""

    name: str
    unit: str
    measure: Measure
    text: str
    asked: str = ""
    firm: bool = False
    claim: str = ""
    """What follows the indicator's own number: ≥100%."""


def _indicators(parameters: Parameters, floors: Sequence[str], wanted_meeting: bool) -> tuple[_Indicator, ...]:
    heads, wan, rate, count = Measure.DECIMAL if measured(parameters) == "16" else Measure.COUNT, Measure.WAN, Measure.RATE, Measure.COUNT
    turnover, several = percent(parameters.limits.turnover_share), len(floors) > 1
    floor = "、".join(floors) + ("（按所在地区）" if several else "")
    return (
        _Indicator("救助对象户数", "户", count, "T1[合计,1]"),
        _Indicator("乡镇（街道）数", "个", count, "计数(T1[乡镇])"),
        _Indicator("应配备人数", "人", count, "T2[合计,3]"),
        _Indicator("实际配备人数", "人", count, "T2[合计,5]"),
        _Indicator("缺口", "人", heads, "T2[合计,17]", "0", True, "=0."),
        _Indicator("高于最低配备人数", "人", heads, "T2[合计,18]"),
        _Indicator("达标单位数", "个", count, "计数(T2[各行],19=是)", "全部单位", True, "≥计数(T2[各行])−计数(T2[各行],19=“—”)"),
        _Indicator("达标单位率", "%", rate, "计数(T2[各行],19=是)/(计数(T2[各行])−计数(T2[各行],19=“—”))", "100%", True, "≥100%"),
        _Indicator("配备率", "%", rate, "(T2[合计,3]−T2[合计,17])/T2[合计,3]", "100%", True, "≥100%"),
        _Indicator("购买服务及派遣人员期末在岗人数", "人", count, "T3[合计,1]"),
        _Indicator("年工资标准均值", "元/人·年", Measure.YUAN, "T3[合计,5]", f"不低于{floor}", True, "" if several else "≥T3[合计,4]"),
        _Indicator("工资标准低于最低标准人数", "人", count, "T3[合计,8]", "0", True, "=0."),
        _Indicator("工资标准达标率", "%", rate, "T3[合计,19]", "100%", True, "≥100%"),
        _Indicator("人均年用工成本", "元/人年", Measure.YUAN, "T3[合计,18]"),
        _Indicator("应安排社会救助工作经费", "万元", wan, "T4[本年,11]", f"上年低保资金支出的{percent(parameters.fund_rate)}", True),
        _Indicator("预算安排工作经费", "万元", wan, "T4[本年,12]"),
        _Indicator("实际到位工作经费", "万元", wan, "T4[本年,15]"),
        _Indicator("安排率", "%", rate, "T4[本年,16]", "100%", True, "≥100%"),
        _Indicator("政府购买服务资金到位", "万元", wan, "T5[合计,5]"),
        _Indicator("本年合同应付", "万元", wan, "T5[合计,6]"),
        _Indicator("支付率", "%", rate, "T5[合计,13]", "100%", False, "≥100%"),
        _Indicator("政府购买服务（派遣）合同数", "份", count, "计数(T6[各行])", "有派遣人员的不少于1份", False, "≥min(1份,10)"),
        _Indicator("合同金额", "万元", wan, "T6[合计,14]"),
        _Indicator("招录完成率", "%", rate, "T7[合计,13]", "100%", False, "≥100%"),
        _Indicator("入职培训覆盖率", "%", rate, f"T8[{NEW},8]", "100%", False, "≥100%"),
        _Indicator("联席会议召开次数", "次", count, "T9[合计,11]", "不少于1次", wanted_meeting, "≥1次"),
        _Indicator("其中：有会议纪要的次数", "次", count, "T9[合计,12]", "每次均有", wanted_meeting, "≥max(1次,26)"),
        _Indicator("方案公开率", "%", rate, "T10[合计,17]", "100%", False, "≥100%"),
        _Indicator("材料齐备率", "%", rate, "T10[合计,20]", "100%", False, "≥100%"),
        _Indicator("统一受理窗口覆盖率", "%", rate, "T11[合计,1]", "100%", True, "≥100%"),
        _Indicator("绩效评价完成率", "%", rate, "T12[合计,27]/T12[合计,26]", "100%", True, "≥100%"),
        _Indicator("评价结果公布率", "%", rate, "T12[合计,28]/T12[合计,27]", "100%", False, "≥100%"),
        _Indicator("年度考核完成率", "%", rate, "(T13[合计,11]−T13[合计,16])/T13[合计,11]", "100%", True, "≥100%"),
        _Indicator("流失率", "%", rate, "T13[合计,10]", f"不超过{turnover}", False, f"≤{turnover}"),
    )


def lay(facts: Facts, task: Task, others: Sequence[Sheet] = (), last: Sequence[Sheet] = (), said: str = "") -> Sheet:
    """The page over the task's other forms as they are (figures set by hand in them included). `last`: the last period's forms, `said`
    where they come from; of forms that are not at hand the figures are —."""
    parameters, period = facts.parameters, facts.period
    now = {one.key: across(one) for one in others}
    indicators = _indicators(parameters, _floors(facts, now.get("表3")), bool(task.topics))
    before = _last(indicators, last)
    figures = {f"{at}": _figure(one, now) for at, one in enumerate(indicators, 1)}
    line = Sheet("", "", (), ("", "", ""), tuple(Column(mark, "") for mark in figures), (Row("本年", Scope.NOW, tuple(figures.values())),))
    title = said or f"{period_before(period).title}（没有数据）"
    rows = []
    for (mark, cell), one in zip(figures.items(), indicators, strict=True):
        asked = f"{_FIRM if one.firm else _ADVICE}：{one.asked}" if one.asked else NOT_APPLICABLE
        there = bool(cell.source)
        was = before.get(one.name) if there else NOT_APPLICABLE
        cells = (
            Cell(mark),
            Cell(one.name),
            Cell(one.unit),
            Cell(asked),
            cell,
            Cell(_reached(mark, one, line, now) if there else NOT_APPLICABLE),
            Cell(was, measure=one.measure),
            Cell(_minus(cell.value, was), measure=one.measure),
            Cell(_where(one.text) if there else f"未编报{'、'.join(forms_in(one.text))}"),
            Cell(task.typed.get((KEY, one.name, "说明"))),
        )
        rows.append(Row(one.name, Scope.OTHER, cells))
    sheet = Sheet(
        KEY,
        "基层社会救助经办服务能力落实情况综合表",
        (),
        heading(facts, "户、人、个、份、次、元、万元"),
        _columns(period.title, title),
        tuple(rows),
        notes=numbered(
            "本表各项取自所列报表，随该表变动；任务没有要求的报表不取数，列为“未编报”，以“—”表示。空格为数据不足，不按0处理。",
            "标准为文件或者规定的要求；参考为管理上的参照值，原文未作规定，不作为达标依据。",
            f"上期数：{title}。比率的增减为百分点。说明由填报单位填写。",
        ),
        landscape=False,
        row_height=22.0,
        upright=True,
    )
    return finish(sheet, facts, task)


def _floors(facts: Facts, pay: Sheet | None) -> list[str]:
    """The pay floors in the lines of 表3, the highest first (a city with counties of both regions has two); without it the county's own."""
    found = {value for row in pay.rows if isinstance(value := pay.cell(row, "4").value, int)} if pay else set()
    return [yuan(one) for one in sorted(found or {floor_on(facts.parameters, facts.county.region, facts.period.as_of)}, reverse=True)]


def as_last(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """What a laid page says of its last period, as a last period's forms: to lay it again without them."""
    laid = next((sheet for sheet in sheets if sheet.key == KEY), None)
    if laid is None:
        return ()
    now, before = laid.column("本年"), laid.column("上年")
    rows = tuple(Row(row.name, row.scope, (*row.cells[:now], row.cells[before], *row.cells[now + 1 :])) for row in laid.rows)
    return (Sheet(KEY, laid.title, (), laid.heading, laid.columns, rows, upright=True),)


def _last(indicators: Sequence[_Indicator], last: Sequence[Sheet]) -> Mapping[str, Value]:
    """Indicator → the last period's figure: from its own page, for what that did not have from its forms."""
    page = next((sheet for sheet in last if sheet.key == KEY), None)
    own = {row.name: page.cell(row, "本年").value for row in page.rows} if page else {}
    forms = {sheet.key: across(sheet) for sheet in last}
    return {one.name: own[one.name] if own.get(one.name, NOT_APPLICABLE) is not NOT_APPLICABLE else _figure(one, forms).value for one in indicators}


def _figure(one: _Indicator, forms: Mapping[str, Sheet]) -> Cell:
    """The indicator's cell; — without a source where a form is not there."""
    if any(form not in forms for form in forms_in(one.text)):
        return Cell(NOT_APPLICABLE, measure=one.measure)
    return linked(one.text, forms, measure=one.measure)


def _reached(mark: str, one: _Indicator, line: Sheet, forms: Mapping[str, Sheet]) -> Value:
    if not one.claim:
        return NOT_APPLICABLE
    try:
        holds = check(f"{mark}{one.claim}", view(dict(forms), line, line.rows[0])).holds
    except AbsentFormError:
        return None
    if holds is None:
        return NOT_APPLICABLE if line.cell(line.rows[0], mark).value is NOT_APPLICABLE else None
    return "是" if holds else "否"


def _minus(now: Value, before: Value) -> Value:
    if now is NOT_APPLICABLE or before is NOT_APPLICABLE:
        return NOT_APPLICABLE
    return None if now is None or before is None or isinstance(now, str) or isinstance(before, str) else now - before


def _where(text: str) -> str:
    """The source in words: 表2合计第17栏, 表4行次16, 表12合计第27、26栏, 表2各行第19栏."""
    found = REFERENCE.findall(text)
    form, line, _ = found[0]
    marks = "、".join(dict.fromkeys([mark for _, _, mark in found if mark] or re.findall(r",([0-9]+)=", text)))
    if line == "本年":
        return f"表{form}行次{marks}"
    return f"表{form}{line}第{marks}栏" if marks else f"表{form}行数"


def _columns(now: str, before: str) -> tuple[Column, ...]:
    return (
        Column("甲", "行次", Measure.TEXT, width=2),
        Column("乙", "指标", Measure.LONG, width=14),
        Column("丙", "单位", Measure.TEXT, width=4),
        Column("目标", "标准（参考）", Measure.TEXT, width=9),
        Column("本年", now, Measure.COUNT, width=6),
        Column("达到", "是否达到", Measure.TEXT, width=2),
        Column("上年", before, Measure.COUNT, width=7),
        Column("增减", "增减", Measure.COUNT, width=5, formula="本年−上年"),
        Column("来源", "数据来源", Measure.LONG, width=9),
        Column("说明", "说明", Measure.LONG, width=9, by_hand=True),
    )


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Every figure is its source's, and 是 stands where the claim holds; 行次 stand as columns."""
    for at, one in enumerate(_indicators(parameters, "", False), 1):
        yield Audit(f"0-H1.{at}", KEY, _NOW, f"{at}={one.text}", HARD)
        if one.claim:
            yield Audit(f"0-H2.{at}", KEY, _NOW, f"达到[{at}]=是⇔{at}{one.claim}", HARD)
