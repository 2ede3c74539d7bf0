"""表15 工作进度表 (季报): what the notice wants done, how far it is, what is next and by when, for the county and by unit (0-decisions A9).

A form of this office's own, for no 来文 sets one. Its figures are links to the other forms: those of the task as they are filled in, else
as the book has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from policy.facts import BUREAU, Facts
from policy.finding import HARD, SOFT
from policy.parameters import Parameters
from returns.audit import EACH, Audit, several
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.forms import t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13
from returns.links import forms_in, linked
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, across
from returns.task import Task

KEY: Final = "表15"
_FORMS: Final[Mapping[str, Callable[[Facts, Task], Sheet]]] = {
    "表2": t2.lay, "表3": t3.lay, "表4": t4.lay, "表5": t5.lay, "表6": t6.lay, "表7": t7.lay, "表8": t8.lay, "表9": t9.lay, "表10": t10.lay,
    "表11": t11.lay, "表12": t12.lay, "表13": t13.lay,
}  # fmt: skip
_WHOLE, _UNITS = (Scope.OTHER,), (Scope.MEMO,)
_TOWNS, _PLACES = (Scope.TOWN,), (Scope.BUREAU, Scope.TOWN, Scope.OTHER)


@dataclass(frozen=True, slots=True)
class _Item:
    """What is to be done: its clause of the notice, 计量单位, target and done for the county, and by unit over the lines of a form."""

    name: str
    clause: str
    unit: str
    target: str
    done: str
    each: tuple[str, str] = ("", "")
    form: str = ""
    scopes: tuple[Scope, ...] = _PLACES


_ITEMS: Final = (
    _Item("人员配备", "二（三）", "人", "T2[合计,3]", "T2[合计,3]−T2[合计,17]", ("T2[u,3]", "T2[u,3]−T2[u,17]"), "表2"),
    _Item(
        "工资标准达到最低标准", "二（四）", "人", "T3[合计,1]−T3[合计,21]", "T3[合计,1]−T3[合计,21]−T3[合计,8]",
        ("T3[u,1]−T3[u,21]", "T3[u,1]−T3[u,21]−T3[u,8]"), "表3",
    ),
    _Item(
        "设立统一受理窗口", "三（一）", "个", "计数(T11[乡镇])", "计数(T11[乡镇],1=是)", ("计数(T11[u])", "计数(T11[u],1=是)"), "表11", _TOWNS
    ),
    _Item("工作经费预算安排", "二（二）", "万元", "T4[本年,11]/1万元", "T4[本年,12]/1万元"),
    _Item("工作经费到位", "二（二）", "万元", "T4[本年,11]/1万元", "T4[本年,15]/1万元"),
    _Item("合同覆盖在岗人员", "三（三）", "人", "T3[合计,1]", "T6[合计,18]"),
    _Item("合同资金支付", "二（二）", "万元", "T5[合计,6]/1万元", "T5[合计,7]/1万元"),
    _Item("人员招录到岗", "三（三）", "人", "T7[合计,6]", "T7[合计,12]"),
    _Item("入职培训", "三（四）", "人", f"T8[{t8.NEW},6]", f"T8[{t8.NEW},7]"),
    _Item("联席会议形成纪要", "三（二）", "次", "T9[合计,11]", "T9[合计,12]"),
    _Item("方案和结果公开", "三（三）", "项", "T10[合计,15]", "T10[合计,16]"),
    _Item("材料报送", "三（三）", "项", "T10[合计,18]", "T10[合计,19]"),
    _Item("年度考核", "四（三）", "人", "T13[合计,11]", "T13[合计,11]−T13[合计,16]"),
    _Item("绩效评价", "四（四）", "份", "T12[合计,26]", "T12[合计,27]"),
    _Item("评价结果公布", "四（四）", "份", "T12[合计,27]", "T12[合计,28]"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its item, number ("" for a unit's), who does it, target and done, what is to be said of it."""

    item: _Item
    number: Value
    who: str
    target: Cell
    done: Cell
    remark: str = ""

    @property
    def finished(self) -> Value:
        """是 or 否; — where nothing is asked, blank while a figure is not known."""
        target, done = self.target.value, self.done.value
        if isinstance(target, str) or isinstance(done, str) or target is None or done is None:
            return None
        if target is NOT_APPLICABLE or done is NOT_APPLICABLE or target == 0:
            return NOT_APPLICABLE
        return "是" if done >= target else "否"


def lay(facts: Facts, task: Task, others: Sequence[Sheet] = (), last: Sequence[Sheet] = (), said: str = "") -> Sheet:
    """表15 for the period: flows up to its end, stocks on the as-of date, money and the year's items for the year so far."""
    forms = {key: across(form(facts, task)) for key, form in _FORMS.items() if all(key != one.key for one in others)}
    forms |= {one.key: across(one) for one in others}
    columns = tuple(figure.column for figure in _FIGURES)
    sheet = Sheet(
        KEY,
        "工作进度表",
        (),
        heading(facts, "人、个、次、项、份、万元"),
        columns,
        rows(_FIGURES, list(_lines(facts, forms, task)), KEY, task),
        notes=numbered(
            f"审核关系：{relations(columns)}；9=是⇔8=0.。各项全县数下为分单位数；目标、完成取自相应报表。",
            "依据为文件条款。人员配备的完成数为应配备人数减缺口，高于最低配备人数不抵补其他单位缺口。人员、窗口为截至日期数，入职培训、联席会议为报告期内数，其他为本年累计数。",
            "第10至12栏由填报单位填写，未完成的应填写完成时限和下一步措施。空格为数据不足或未填，不按0处理；“—”为不适用或没有任务。",
        ),
        row_height=17.0,
    )
    return finish(sheet, facts, task)


def _lines(facts: Facts, forms: Mapping[str, Sheet], task: Task) -> Iterator[Laid[_Line]]:
    bureau = next((unit.name for unit in facts.units if unit.type == BUREAU), "")
    for number, item in enumerate(_ITEMS, 1):
        measure = (Measure.TENTH if task.wan_decimals == 1 else Measure.DECIMAL) if item.unit == "万元" else None
        target, done = (linked(text, forms, measure=measure) for text in (item.target, item.done))
        remark = _late(forms["表7"]) if "表7" in forms_in(item.target) else ""
        yield Laid(item.name, Scope.OTHER, _Line(item, number, "全县" if item.form else bureau, target, done, remark))
        for row in forms[item.form].rows if item.form else ():
            if row.scope in item.scopes and row.unit is not None:
                asking = Row(row.name, Scope.MEMO, (), row.unit)
                target, done = (linked(text, forms, asking) for text in item.each)
                yield Laid(f"{item.name}·{row.name}", Scope.MEMO, _Line(item, None, f"　{row.name}", target, done), row.unit)


def _late(recruiting: Sheet) -> str:
    """Whose recruitment is not finished: 大塘镇差2人（计划2026-06-15）."""
    said = []
    for row in recruiting.rows:
        missing, due = recruiting.cell(row, "14").value, recruiting.cell(row, "15").value
        if row.scope is not Scope.TOTAL and isinstance(missing, int) and missing > 0:
            who = recruiting.cell(row, "乙").value or recruiting.cell(row, "甲").value
            said.append(f"{who}差{missing}人" + (f"（计划{due}）" if due else ""))
    return "；".join(said)


def _remark(line: _Line) -> Cell:
    unknown = line.target.value is None or line.done.value is None
    return Cell("；".join(filter(None, ("数据不足" if unknown else "", line.remark))) or None)


_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "序号", width=2), lambda line: Cell(line.number)),
    Figure(Column("1", "工作事项", Measure.LONG, width=10), lambda line: Cell(line.item.name)),
    Figure(Column("2", "责任单位", Measure.LONG, width=8), lambda line: Cell(line.who or None)),
    Figure(Column("3", "依据", Measure.TEXT, width=4), lambda line: Cell(line.item.clause)),
    Figure(Column("4", "计量", Measure.TEXT, width=2), lambda line: Cell(line.item.unit)),
    Figure(Column("5", "目标", width=4), lambda line: line.target),
    Figure(Column("6", "完成", width=4), lambda line: line.done),
    Figure(Column("7", "完成率", Measure.RATE, width=4, formula="6/5")),
    Figure(Column("8", "未完成", width=4, formula="max(0.,5−6)")),
    Figure(Column("9", "是否完成", Measure.TEXT, width=2), lambda line: Cell(line.finished)),
    Figure(Column("10", "完成时限", Measure.TEXT, width=5, by_hand=True)),
    Figure(Column("11", "责任人", Measure.TEXT, width=4, by_hand=True)),
    Figure(Column("12", "下一步措施", Measure.LONG, width=12, by_hand=True)),
    Figure(Column("13", "备注", Measure.LONG, width=8), _remark),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Every figure is its source's, for the county and by unit; what is not finished has its term and its next step."""
    for number, item in enumerate(_ITEMS, 1):
        wanted = f"1=“{item.name}”⇒"
        yield from several(f"15-H1.{number}", KEY, _WHOLE, HARD, f"{wanted}5={item.target}", f"{wanted}6={item.done}")
        if item.form:
            yield from several(f"15-H2.{number}", KEY, _UNITS, HARD, *(f"{wanted}{mark}={text}" for mark, text in zip((5, 6), item.each, strict=True)))
    yield from several("15-H3", KEY, EACH, HARD, "7=6/5", "8=max(0.,5−6)", "9=是⇔8=0.")
    yield from several("15-S1", KEY, _WHOLE, SOFT, "9=否⇒10≠空", "9=否⇒12≠空")
