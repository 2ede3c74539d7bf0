"""表11 摸查调研主要数据表: windows, work fund, staff and workload of every unit, with what is wrong and how it is to be mended (三（一）).

Windows are those of the newest survey; need, heads and shortfall are 表2's, the money 表4's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from policy.caseload import county_households
from policy.contract_facts import WORK_FUND
from policy.facts import BUREAU, TOWN_TYPES, Engagement, Facts, Unit
from policy.finding import HARD, SOFT
from policy.fund_facts import FundLine
from policy.grade_facts import CERTIFICATES
from policy.management_facts import Problem, SurveyWindow, Workload
from policy.parameters import Parameters
from policy.period import add_months
from policy.staffing import Staffing, staffing
from policy.turnover import lines_of_units
from policy.under_contract import birth_and_sex
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.forms.t2 import measured
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value, shown
from returns.task import Task

UNDIVIDED: Final = "未分到单位"
AGE: Final = 35
COLLEGE: Final = ("大专", "本科", "硕士", "博士")
_TOWNS = (Scope.TOWN,)


@dataclass(frozen=True, slots=True)
class _Line:
    """One unit; 合计 and money of no unit have no `staffing`. `fund` None while the year has no fund document."""

    name: str
    unit: Unit | None
    staffing: Staffing | None
    survey: SurveyWindow | None
    workload: Workload | None
    fund: tuple[FundLine, ...] | None
    problems: tuple[Problem, ...]
    window: Value
    households: Value
    day: date

    @property
    def people(self) -> tuple[Engagement, ...]:
        return tuple(one.engagement for one in self.staffing.counted) if self.staffing else ()


def lay(facts: Facts, task: Task) -> Sheet:
    """表11 on the as-of date, workload and money of the period's year. What nobody entered stays blank; the bureau needs no window."""
    lines = _lines(facts)
    figures = _figures(facts.parameters)
    columns = tuple(figure.column for figure in figures)
    laid = [Laid("合计", Scope.TOTAL, _total(facts, lines))]
    laid += [Laid(line.name, _scope(line.unit), line, line.unit.id if line.unit else None) for line in lines]
    body = rows(figures, laid, "表11", task)
    sheet = Sheet(
        "表11",
        "摸查调研主要数据表",
        (),
        heading(facts, "个、人、台、平方米、万元、户、件、户次"),
        columns,
        body,
        footer=tuple(filter(None, (_coverage(lines), _unknown(facts, lines)))),
        notes=numbered(
            f"审核关系：{relations(columns)}；第10至12栏与社会救助经办服务人员配备情况表一致；第2至6栏、8栏、10至15栏、17栏、18栏合计=各行之和。",
            "第1栏合计为窗口覆盖率，即设统一受理窗口的乡镇（街道）数/乡镇（街道）数。第21栏合计为全县户数，县级民政局不计算户均。",
            f"第8栏为本年预算安排的社会救助工作经费；县级民政局一行含由其统筹用于全县的经费，没有注明使用单位的单列“{UNDIVIDED}”，人均以合计为准。",
            f"第13至15栏为第11栏其中数，{AGE}岁及以下按截至日期的周岁计算，持社工证指持助理社会工作师以上证书。",
            f"人均服务户数参考值：{facts.parameters.limits.overload_households}户以内（原文未作规定）。空格为未登记，不按0处理；“—”为不适用。",
            rounding(columns, body, task),
        ),
    )
    return finish(sheet, facts, task)


def _scope(unit: Unit | None) -> Scope:
    return Scope.OTHER if unit is None else Scope.BUREAU if unit.type == BUREAU else Scope.TOWN


def _lines(facts: Facts) -> list[_Line]:
    management, year = facts.management, facts.period.first.year
    surveys = {one.unit: one for one in management.surveys}
    workloads = {one.unit: one for one in management.workloads if one.year == year}
    lines = staffing(facts)
    funds, problems = _funds(facts, [line.unit for line in lines]), _problems(facts)

    def line(one: Staffing) -> _Line:
        unit, survey = one.unit, surveys.get(one.unit.id)
        window: Value = None if survey is None or survey.has_window is None else "是" if survey.has_window else "否"
        households = _known(one.households)
        if unit.type == BUREAU:
            window, households = window or NOT_APPLICABLE, NOT_APPLICABLE
        elif unit.exempt and households is None:
            households = NOT_APPLICABLE
        found = tuple(problems.get(unit.id, ()))
        return _Line(
            unit.name, unit, one, survey, workloads.get(unit.id), None if funds is None else tuple(funds.get(unit.id, ())), found, window, households,
            facts.period.as_of,
        )  # fmt: skip

    undivided = tuple((funds or {}).get(None, ()))
    made = [line(one) for one in lines]
    return [*made, _other(UNDIVIDED, undivided, (), NOT_APPLICABLE, NOT_APPLICABLE, facts)] if undivided else made


def _other(name: str, fund: tuple[FundLine, ...] | None, problems: tuple[Problem, ...], window: Value, households: Value, facts: Facts) -> _Line:
    return _Line(name, None, None, None, None, fund, problems, window, households, facts.period.as_of)


def _total(facts: Facts, lines: Sequence[_Line]) -> _Line:
    return _other("合计", None, tuple(_problems(facts).get(None, ())), _share(lines), _known(county_households(facts)), facts)


def _funds(facts: Facts, units: Sequence[Unit]) -> Mapping[int | None, list[FundLine]] | None:
    """Unit → its lines of source A this year; None → those for no unit of the form. None while the year has no document."""
    year, at = facts.period.first.year, lines_of_units(facts)
    if not any(doc.year == year for doc in facts.fund_docs) and not any(one.document.year == year for one in facts.fund_lines):
        return None
    listed = {unit.id for unit in units}
    found: dict[int | None, list[FundLine]] = {}
    for one in facts.fund_lines:
        if one.document.year == year and one.source == WORK_FUND:
            place = at.get(one.unit or 0)
            found.setdefault(place if place in listed else None, []).append(one)
    return found


def _problems(facts: Facts) -> Mapping[int | None, list[Problem]]:
    """Unit → problems of surveys and of the office's own finding that were open in the period; those of inspections are elsewhere."""
    surveyed = {one.id: one.unit for one in facts.management.surveys}
    at = lines_of_units(facts)
    found: dict[int | None, list[Problem]] = {}
    for one in facts.management.problems:
        if one.inspection is None and (one.mended is None or one.mended >= facts.period.first):
            unit = one.unit or surveyed.get(one.survey or 0)
            found.setdefault(at.get(unit or 0), []).append(one)
    return found


def _share(lines: Sequence[_Line]) -> Value:
    """窗口覆盖率; blank while a township is not known."""
    towns = [line.window for line in lines if line.unit and line.unit.type in TOWN_TYPES]
    if not towns:
        return NOT_APPLICABLE
    return None if None in towns else plain(Fraction(towns.count("是"), len(towns)))


def _coverage(lines: Sequence[_Line]) -> str:
    towns = [line for line in lines if line.unit and line.unit.type in TOWN_TYPES]
    unknown = [line.name for line in towns if line.window is None]
    said = f"设统一受理窗口的乡镇（街道） {sum(line.window == '是' for line in towns)}/{len(towns)}"
    if unknown:
        return f"{said}；数据不足：{'、'.join(unknown[:4])}{f'等{len(unknown)}个单位' if len(unknown) > 4 else ''}没有摸查窗口情况，覆盖率不能计算。"
    return f"{said}，窗口覆盖率 {shown(Cell(_share(lines)), Measure.RATE)}。"


def _unknown(facts: Facts, lines: Sequence[_Line]) -> str:
    """How many people columns 13 and 14 know nothing of."""
    people = [one for line in lines for one in line.people]
    no_birth = sum(birth_and_sex(one.person, facts.period.as_of)[0] is None for one in people)
    no_school = sum(not one.person.education for one in people)
    parts = (f"没有出生日期{no_birth}人，未计入第13栏" if no_birth else "", f"没有学历{no_school}人，未计入第14栏" if no_school else "")
    said = "；".join(filter(None, parts))
    return f"数据不足：{said}。" if said else ""


def _window(take: Callable[[SurveyWindow], int | None]) -> Callable[[_Line], Cell]:
    def cell(line: _Line) -> Cell:
        if line.survey is None:
            return Cell(NOT_APPLICABLE if line.unit is None or line.unit.type == BUREAU else None)
        figure: Value = take(line.survey)
        if figure is None and line.survey.has_window is False:
            figure = NOT_APPLICABLE
        return Cell(figure, units=(line.survey.unit,), records=(("survey_window", line.survey.id),))

    return cell


def _posted(line: _Line) -> Cell:
    cell = _window(lambda survey: survey.rules_posted)(line)
    return Cell("是" if cell.value else "否", units=cell.units, records=cell.records) if isinstance(cell.value, bool) else cell


def _has_window(line: _Line) -> Cell:
    records = (("survey_window", line.survey.id),) if line.survey else ()
    return Cell(line.window, units=_units(line), measure=None if line.unit else Measure.RATE, records=records)


def _units(line: _Line) -> tuple[int, ...]:
    return (line.unit.id,) if line.unit else ()


def _worked(take: Callable[[Workload], int | None]) -> Callable[[_Line], Cell]:
    def cell(line: _Line) -> Cell:
        if line.workload is None:
            return Cell(NOT_APPLICABLE if line.unit is None or line.unit.type == BUREAU else None)
        return Cell(take(line.workload), units=(line.workload.unit,))

    return cell


def _money(line: _Line) -> Cell:
    if line.fund is None:
        return Cell(None)
    documents = tuple(dict.fromkeys(("fund_doc", one.document.id) for one in line.fund))
    return Cell(sum(one.budget for one in line.fund), records=documents)


def _staff(take: Callable[[Staffing], Value]) -> Callable[[_Line], Cell]:
    def cell(line: _Line) -> Cell:
        if line.staffing is None:
            return Cell(NOT_APPLICABLE)
        return Cell(NOT_APPLICABLE if line.staffing.unit.exempt else take(line.staffing), units=(line.staffing.unit.id,))

    return cell


def _heads(wanted: Callable[[Engagement, date], bool]) -> Callable[[_Line], Cell]:
    def cell(line: _Line) -> Cell:
        found = tuple(one.id for one in line.people if wanted(one, line.day))
        return Cell(len(found), found) if line.staffing else Cell(NOT_APPLICABLE)

    return cell


def _young(one: Engagement, day: date) -> bool:
    birth, _ = birth_and_sex(one.person, day)
    return birth is not None and add_months(birth, 12 * (AGE + 1)) > day


def _known(number: Fraction | None) -> Value:
    return None if number is None else plain(number)


def _what(line: _Line) -> Cell:
    return Cell("；".join(one.what for one in line.problems) or None, records=tuple(("problem", one.id) for one in line.problems))


def _how(line: _Line) -> Cell:
    said = [_measure(one) for one in line.problems]
    return Cell("；".join(filter(None, said)) or None, records=tuple(("problem", one.id) for one in line.problems))


def _measure(one: Problem) -> str:
    state = f"{one.mended}已销号" if one.mended else f"时限{one.due}" if one.due else ""
    return f"{one.measure}（{state}）" if one.measure and state else one.measure or state


_WINDOW, _MONEY, _STAFF, _WORK = ("窗口建设",), ("工作经费（万元）",), ("人员配备",), ("工作量",)


def _figures(parameters: Parameters) -> tuple[Figure[_Line], ...]:
    short = Measure.DECIMAL if measured(parameters) == "16" else Measure.COUNT
    return (
        Figure(Column("甲", "单位", Measure.LONG, width=7), lambda line: Cell(line.name, units=_units(line))),
        Figure(Column("1", "是否设统一受理窗口", Measure.TEXT, _WINDOW, width=4), _has_window),
        Figure(Column("2", "窗口数", groups=_WINDOW, width=2, total="Σ"), _window(lambda survey: survey.windows)),
        Figure(Column("3", "窗口人员", groups=_WINDOW, width=2, total="Σ"), _window(lambda survey: survey.staff)),
        Figure(Column("4", "电脑", groups=_WINDOW, width=2, total="Σ"), _window(lambda survey: survey.computers)),
        Figure(Column("5", "打印（扫描）设备", groups=_WINDOW, width=4, total="Σ"), _window(lambda survey: survey.printers)),
        Figure(Column("6", "面积（平方米）", groups=_WINDOW, width=4, total="Σ"), _window(lambda survey: survey.area)),
        Figure(Column("7", "制度上墙", Measure.TEXT, _WINDOW, width=2), _posted),
        Figure(Column("8", "本年工作经费", Measure.WAN, _MONEY, width=5, total="Σ"), _money),
        Figure(Column("9", "人均", Measure.WAN, _MONEY, formula="8/11")),
        Figure(Column("10", "应配备", groups=_STAFF, width=2, total="Σ"), _staff(lambda one: one.need)),
        Figure(Column("11", "实际配备", groups=_STAFF, width=2, total="Σ"), _heads(lambda one, day: True)),
        Figure(Column("12", "缺口", short, _STAFF, width=2, total="Σ"), _staff(lambda one: _known(one.shortfall))),
        Figure(Column("13", f"{AGE}岁及以下", groups=_STAFF, total="Σ"), _heads(_young)),
        Figure(Column("14", "大专及以上", groups=_STAFF, total="Σ"), _heads(lambda one, day: one.person.education in COLLEGE)),
        Figure(Column("15", "持社工证", groups=_STAFF, total="Σ"), _heads(lambda one, day: one.person.certificate in CERTIFICATES[1:])),
        Figure(Column("16", "人均服务户数", Measure.DECIMAL, _WORK, formula="21/11")),
        Figure(Column("17", "年受理（件）", groups=_WORK, width=4, total="Σ"), _worked(lambda one: one.accepted)),
        Figure(Column("18", "入户核查（户次）", groups=_WORK, width=4, total="Σ"), _worked(lambda one: one.visited)),
        Figure(Column("19", "存在问题", Measure.LONG, width=9), _what),
        Figure(Column("20", "破解措施", Measure.LONG, width=9), _how),
        Figure(Column("21", "救助对象户数"), lambda line: Cell(line.households, units=_units(line))),
    )


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas; a township without a window is W1 too, and the overload of a window's people has no number in the notice."""
    of_staffing = ((10, 3), (11, 5), (12, 17))
    yield from several("11-H1", "表11", LINES, HARD, *(f"{mine}=T2[u,{theirs}]" for mine, theirs in of_staffing))
    yield from several("11-H1x", "表11", TOTAL, HARD, *(f"{mine}=T2[合计,{theirs}]" for mine, theirs in of_staffing))
    yield Audit("11-H2", "表11", LINES, "3≤11+T2[u,20]", HARD)
    yield from several("11-H3", "表11", EACH, HARD, "13≤11", "14≤11", "15≤11")
    yield Audit("11-H4", "表11", TOTAL, "8=T4[本年,12]", HARD)
    yield from several("11-H5", "表11", EACH, HARD, "9=8/11", "16=21/11")
    yield from sums("11-H6", "表11", (*range(2, 7), 8, *range(10, 16), 17, 18))
    yield Audit("11-H7a", "表11", _TOWNS, "21=T2[u,1]", HARD)
    yield Audit("11-H7b", "表11", TOTAL, "21=T2[合计,1]", HARD)
    yield Audit("11-S1", "表11", _TOWNS, "1=是", SOFT)
    yield Audit("11-S2", "表11", _TOWNS, f"16≤{parameters.limits.overload_households}户", SOFT)
    yield Audit("11-S3", "表11", _TOWNS, "1=是⇔2>0.", SOFT)
