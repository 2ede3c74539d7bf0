"""附表2 工资待遇明细表: what 表3 is the sum of, one row per person and using unit, in a short and a long edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from policy.facts import Facts
from policy.figures import half_up
from policy.finding import BELOW, BELOW_PRORATED, HARD, MET, MET_PRORATED
from policy.parameters import Parameters
from policy.pay import Verdict, verdicts
from policy.promotion import standing
from returns.audit import EACH, LINES, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.forms.roster import name_shown
from returns.formula import plain
from returns.paid import Paid, order, paid
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task


@dataclass(frozen=True, slots=True)
class _Line:
    number: Value
    name: str
    unit: str
    paid: tuple[Paid, ...]
    verdict: Verdict | None
    grade: str
    """工资层级 on the as-of date, "" where nobody put the person on one."""
    last: bool
    """The row of the unit the person stood in last: there the verdicts of the whole period are shown."""


def lay(facts: Facts, task: Task) -> Sheet:
    """附表2 for the period. The long edition is refused with a sentence while the contract's clause on personal data is not ticked."""
    if task.long_pay_list and not task.pay_list_ground:
        raise ValueError("附表2全项版需要合同（协议）载有个人信息处理条款。请先在报送任务中确认该条款，或改用简版。")
    found, judged = order(paid(facts), facts), {one.engagement.id: one for one in verdicts(facts)}
    names = {unit.id: unit.name for unit in facts.units}
    grades = {person: grade.name for person, (grade, _) in standing(facts).items()}
    lines = [Laid("合计", Scope.TOTAL, _Line(NOT_APPLICABLE, "合计", "", tuple(found), None, "", False))]
    for number, one in enumerate(found, 1):
        verdict = judged.get(one.engagement.id)
        unit = "未安排派驻" if one.unit is None else names.get(one.unit, "")
        shown = name_shown(one.engagement.person.name, task)
        lines.append(
            Laid(
                f"{number}",
                Scope.OTHER,
                _Line(number, shown, unit, (one,), verdict, grades.get(one.engagement.person.id, ""), verdict is not None and verdict.unit == one.unit),
                one.row,
            )
        )
    figures = _LONG if task.long_pay_list else _SHORT
    columns = tuple(figure.column for figure in figures)
    laid = rows(figures, lines, "附表2", task)
    sheet = Sheet(
        "附表2",
        "工资待遇明细表" + ("" if task.long_pay_list else "（简版）"),
        (),
        heading(facts, "月、元" if task.long_pay_list else "元"),
        columns,
        laid,
        notes=numbered(
            f"审核关系：{relations(columns)}；合计=各行之和，与表3合计一致。",
            "一人本期在几个使用单位工作的，各列一行，工资计入当月最后在岗日的使用单位；达标情况按全期计算，列在最后所在单位一行。",
            "公开版不含身份信息。" if task.public else "本表含个人信息，请按规定保管和使用。",
            rounding(columns, laid, task),
        ),
        paper="A3" if task.long_pay_list else "A4",
    )
    return finish(sheet, facts, task)


def _money(*items: str) -> Callable[[_Line], Cell]:
    return lambda line: Cell(sum(one.money(*items) for one in line.paid), _ids(line))


def _ids(line: _Line) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.engagement.id for one in line.paid))


def _months(line: _Line) -> Cell:
    return Cell(plain(sum((one.months for one in line.paid), Fraction(0))), _ids(line))


def _of_verdict(measure: Callable[[Verdict], Value]) -> Callable[[_Line], Cell]:
    return lambda line: Cell(measure(line.verdict) if line.verdict and line.last else NOT_APPLICABLE)


def _word(word: str) -> Value:
    return word or NOT_APPLICABLE


def _reason(line: _Line) -> Cell:
    """What the book knows by itself; the clerk's own reason comes with the audit note."""
    missing = line.verdict.missing if line.verdict and line.last else ()
    return Cell(f"{len(missing)}个在岗月份未填工资" if missing else None)


def _who(width: int) -> tuple[Figure[_Line], ...]:
    return (
        Figure(Column("甲", "序号", width=2), lambda line: Cell(line.number, _ids(line))),
        Figure(Column("乙", "姓名", Measure.TEXT, width=4), lambda line: Cell(line.name)),
        Figure(Column("丙", "使用单位", Measure.LONG, width=width), lambda line: Cell(line.unit or NOT_APPLICABLE)),
    )


_ITEMS, _OWN, _EMPLOYER = ("应发项目",), ("个人缴纳及代扣",), ("单位承担",)

_SHORT: tuple[Figure[_Line], ...] = (
    *_who(14),
    Figure(Column("1", "年工资标准", Measure.YUAN, width=8), _of_verdict(lambda verdict: verdict.standard)),
    Figure(Column("2", "应发工资", Measure.YUAN, width=9, total="Σ"), _money("gross")),
    Figure(Column("3", "单位缴费", Measure.YUAN, width=9, total="Σ"), _money("employer_insurance", "employer_fund")),
    Figure(Column("4", "合计", Measure.YUAN, width=9, formula="2+3")),
)

_LONG: tuple[Figure[_Line], ...] = (
    *_who(8),
    Figure(Column("1", "层级", Measure.TEXT, width=3), lambda line: Cell(NOT_APPLICABLE if line.verdict is None else line.grade or None)),
    Figure(Column("2", "在岗月数（折算）", Measure.DECIMAL, width=4, total="Σ"), _months),
    Figure(Column("3", "年工资标准", Measure.YUAN, width=4), _of_verdict(lambda verdict: verdict.standard)),
    Figure(Column("4", "最低标准", Measure.YUAN, width=4), _of_verdict(lambda verdict: verdict.floor)),
    Figure(Column("5", "标准是否达标", Measure.TEXT, width=6), _of_verdict(lambda verdict: _word(verdict.f1))),
    Figure(Column("6", "基本工资", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("base")),
    Figure(Column("7", "岗位工资", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("post")),
    Figure(Column("8", "绩效工资", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("performance")),
    Figure(Column("9", "津补贴", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("allowance")),
    Figure(Column("10", "奖金", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("bonus")),
    Figure(Column("11", "加班工资", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("overtime")),
    Figure(Column("12", "未分项", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("unsplit")),
    Figure(Column("13", "缺勤扣款", Measure.YUAN, _ITEMS, width=4, total="Σ"), _money("deduction")),
    Figure(Column("14", "应发工资", Measure.YUAN, width=4, formula="6+7+8+9+10+11+12−13")),
    Figure(Column("15", "社会保险费", Measure.YUAN, _OWN, width=4, total="Σ"), _money("insurance")),
    Figure(Column("16", "住房公积金", Measure.YUAN, _OWN, width=4, total="Σ"), _money("fund")),
    Figure(Column("17", "个人所得税", Measure.YUAN, _OWN, width=4, total="Σ"), _money("tax")),
    Figure(Column("18", "其他代扣", Measure.YUAN, _OWN, width=4, total="Σ"), _money("other")),
    Figure(Column("19", "实发工资", Measure.YUAN, width=4, formula="14−15−16−17−18")),
    Figure(Column("20", "社会保险费", Measure.YUAN, _EMPLOYER, width=4, total="Σ"), _money("employer_insurance")),
    Figure(Column("21", "住房公积金", Measure.YUAN, _EMPLOYER, width=4, total="Σ"), _money("employer_fund")),
    Figure(Column("22", "管理费及税费", Measure.YUAN, _EMPLOYER, width=4, total="Σ"), _money("fee", "vat")),
    Figure(Column("23", "用工成本", Measure.YUAN, width=4, formula="14+20+21+22")),
    Figure(
        Column("24", "折算标准", Measure.YUAN, width=4), _of_verdict(lambda verdict: half_up(verdict.due) if verdict.f2 else NOT_APPLICABLE)
    ),
    Figure(Column("25", "应发是否达标", Measure.TEXT, width=5), _of_verdict(lambda verdict: _word(verdict.f2))),
    Figure(
        Column("26", "差额", Measure.YUAN, width=4),
        _of_verdict(lambda verdict: verdict.paid - half_up(verdict.due) if verdict.f2 else NOT_APPLICABLE),
    ),
    Figure(Column("27", "原因", Measure.LONG, width=6), _reason),
)


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Formulas of the long edition. The reason for a pay below the floor is the note to 3-S1 or 3-S2, asked once a unit and not again here."""
    slack = f"+{parameters.tolerance}分" if parameters.tolerance else ""
    yield from several("附2-H1", "附表2", EACH, HARD, *(f"{mark}={text}" for mark, text in _RELATIONS.items()))
    yield from sums("附2-H2", "附表2", (2, *range(6, 24)))
    yield from several("附2-H3", "附表2", LINES, HARD, f"5=“{MET}”⇒3{slack}≥4", f"5=“{BELOW}”⇒3{slack}<4")
    yield from several("附2-H4", "附表2", LINES, HARD, f"25=“{MET_PRORATED}”⇒26{slack}≥0.", f"25=“{BELOW_PRORATED}”⇒26{slack}<0.")


_RELATIONS = {figure.column.mark: figure.column.formula for figure in _LONG if figure.column.formula}
