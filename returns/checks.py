"""What a return is held against besides its formulas: what is no arithmetic among its figures (a registry, a date, a parameter, a name).

Each has an id of the page like a formula, its words, and a function that names what is wrong. Rules of the book that say the same as
a formula or a check stand in `RULES_OF`: one note serves both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policy.caseload import open_towns
from policy.divisions import county as division
from policy.example import REGION_CODE
from policy.facts import Count, Facts
from policy.figures import number
from policy.finding import HARD, SOFT
from policy.parameters import REGIONS
from policy.pay import floor_on
from returns.sheet import NOT_APPLICABLE, Column, Scope, Sheet, shown
from returns.task import Task, signatures


@dataclass(frozen=True, slots=True)
class Case:
    """What a check sees: the facts, the task and the sheets by form."""

    facts: Facts
    task: Task
    sheets: Mapping[str, Sheet]


@dataclass(frozen=True, slots=True)
class Miss:
    """What a check found wrong, in a sentence with the next step; the line and column where it shows, if any."""

    said: str
    line: str = ""
    mark: str = ""
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Checking:
    """One check: its id, the form it belongs to, what must hold, its level."""

    id: str
    form: str
    words: str
    level: str
    find: Callable[[Case], Iterator[Miss]]


RULES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "1-S4": ("R35",),
    "1-I1": ("N1",),
    "2-S1": ("R32", "R33"),
    "3-S1": ("F1",),
    "3-S2": ("F2",),
    "3-S5": ("F3",),
    "3-S6": ("F5",),
    "4-S1": ("R22",),
}
"""Id of the page → the rules of the book that say the same."""


def _code(case: Case) -> Iterator[Miss]:
    """The demo county's code was never given to any place and passes for one."""
    code = case.facts.county.code
    if code == REGION_CODE:
        return
    try:
        division(code)
    except ValueError:
        yield Miss(f"行政区划代码“{code}”不在广东省县级区划代码中。请在“设置”里改正单位信息。", "行政区划代码")


def _region(case: Case) -> Iterator[Miss]:
    county = case.facts.county
    if county.region not in REGIONS or not county.confirmed:
        yield Miss("所属区域（珠三角或粤东西北）未确认，工资最低标准不能确定。请在“设置”里写明依据后确认。", "所属区域")


def _signatories(case: Case) -> Iterator[Miss]:
    missing = [title for title, name, _ in signatures(case.task, case.facts.county) if not name and not title.endswith("日期")]
    if missing:
        yield Miss(f"封面没有填写{'、'.join(missing)}。请在“设置”的单位信息里补齐，或在报送任务的签署栏里去掉。", missing[0])


def _as_of(case: Case) -> Iterator[Miss]:
    period = case.facts.period
    if period.as_of != period.last and not case.task.special:
        yield Miss(f"截至日期 {period.as_of} 不是报告期最后一天 {period.last}。请改截至日期；确为专项报送的，在报送任务中选“专项报送”。", "报告期")


def _all_towns(case: Case) -> Iterator[Miss]:
    listed = {row.unit for row in case.sheets["表1"].rows if row.scope is Scope.TOWN}
    for unit in open_towns(case.facts):
        if unit.id not in listed:
            yield Miss(f"{unit.name}没有列入表1。请核对单位登记的设立、撤销日期后全部运算。", unit.name, "甲", unit.id)


def _control_totals(case: Case) -> Iterator[Miss]:
    totals = case.facts.control_totals
    sheet = case.sheets["表1"]
    row = next(row for row in sheet.rows if row.scope is Scope.TOTAL)
    for mark, categories, measure in _CONTROLLED:
        typed = [measure(totals[category]) for category in categories if category in totals]
        known = [one for one in typed if one is not None]
        value = sheet.cell(row, mark).value
        if not known or len(known) < len(typed) or not isinstance(value, int) or value == sum(known):
            continue
        label = sheet.columns[sheet.column(mark)]
        said = f"表1合计第 {mark} 栏（{_name(label)}）为 {number(value)}，民政统计月报为 {number(sum(known))}，相差 {number(abs(value - sum(known)))}。"
        yield Miss(f"{said}请核对各单位填报数和月报总数，或者说明原因。", row.name, mark)


_CONTROLLED: Final[tuple[tuple[str, tuple[str, ...], Callable[[Count], int | None]], ...]] = (
    ("2", ("低保城", "低保农"), lambda count: count.households),
    ("5", ("低保城", "低保农"), lambda count: count.persons),
    ("8", ("特困城", "特困农"), lambda count: count.persons),
)


def _name(column: Column) -> str:
    return "".join((*column.groups, column.label))


def _exempt(case: Case) -> Iterator[Miss]:
    sheet = case.sheets["表2"]
    exempt = {unit.id for unit in case.facts.units if unit.exempt}
    remark = sheet.columns[-1].mark
    for row in sheet.rows:
        if row.unit in exempt and (sheet.cell(row, "3").value is not NOT_APPLICABLE or not sheet.cell(row, remark).value):
            yield Miss(f"{row.name}列为免予配备，应配备人数应为“—”，备注应写明理由。请在单位登记里补写免予配备理由。", row.name, "3", row.unit)


def _floor(case: Case) -> Iterator[Miss]:
    sheet, facts = case.sheets["表3"], case.facts
    floor = floor_on(facts.parameters, facts.county.region, facts.period.as_of)
    for row in sheet.rows:
        cell = sheet.cell(row, "4")
        if cell.value != floor:
            said = shown(cell, sheet.columns[sheet.column("4")].measure) or "空白"
            wanted = f"{floor // 100:,}.{floor % 100:02}"
            yield Miss(f"{row.name}的最低标准填的是 {said}，{facts.county.region}为 {wanted} 元/人·年。请恢复台账数。", row.name, "4", row.unit)


CHECKS: Final[tuple[Checking, ...]] = (
    Checking("C-H1", "封面", "行政区划代码在全省县级区划代码中", HARD, _code),
    Checking("C-H2", "封面", "所属区域已确认", HARD, _region),
    Checking("C-H3", "封面", "签署人员和联系电话齐全", HARD, _signatories),
    Checking("C-H4", "封面", "截至日期为报告期末（专项除外）", HARD, _as_of),
    Checking("1-H5", "表1", "截至日期存续的乡镇（街道）都有一行", HARD, _all_towns),
    Checking("1-S2", "表1", "合计第2、5、8栏与民政统计月报一致", SOFT, _control_totals),
    Checking("2-H2z", "表2", "免予配备的单位应配备人数为“—”，备注写明理由", HARD, _exempt),
    Checking("3-H5", "表3", "第4栏等于本地区截至日期的最低标准", HARD, _floor),
)


def check(case: Case) -> Iterator[tuple[Checking, Miss]]:
    """What every check of the forms at hand finds (those of 封面 always)."""
    for one in CHECKS:
        if one.form == "封面" or one.form in case.sheets:
            for miss in one.find(case):
                yield one, miss
