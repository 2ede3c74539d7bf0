"""表3 购买服务及派遣人员工资待遇情况表: pay standards against the floor and what was paid, by using unit (二（四）)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.facts import BUREAU, INSTITUTION, TOWN_TYPES, Facts, Unit
from policy.finding import BELOW, BELOW_PRORATED, HARD, HINT, MET, SOFT
from policy.parameters import Parameters
from policy.pay import Verdict, floor_on, verdicts
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.formula import plain
from returns.paid import Paid, paid
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet
from returns.task import Task

MEMO = "其中：派驻村（社区）"
NOWHERE = "未安排派驻"
CALIBERS = {
    "应发": "应发工资（含个人承担的社会保险费、住房公积金和个人所得税，不含单位缴费及管理费）",
    "应发不含加班": "应发工资扣除加班工资（含个人承担的社会保险费、住房公积金和个人所得税，不含单位缴费及管理费）",
    "用工成本": "用工成本（应发工资、单位缴费、管理费及税费之和）",
    "实发": "实发工资（已扣除个人承担的社会保险费、住房公积金、个人所得税及其他代扣）",
}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    floor: int
    paid: tuple[Paid, ...]
    verdicts: Mapping[int, Verdict]
    remark: str

    def in_post(self) -> list[Verdict]:
        return [self.verdicts[one.engagement.id] for one in self.paid if one.in_post]


def lay(facts: Facts, task: Task) -> Sheet:
    """表3 for the period, stocks on the as-of date. Averages of 合计 are taken from the sums; a unit that pays nobody shows 0 and —."""
    found = paid(facts)
    columns = tuple(figure.column for figure in _FIGURES)
    laid = rows(_FIGURES, _lines(facts, found), "表3", task)
    sheet = Sheet(
        "表3",
        "购买服务及派遣人员工资待遇情况表",
        (),
        heading(facts, "人、人年、元、万元"),
        columns,
        laid,
        footer=(f"工资口径：{CALIBERS[facts.parameters.pay_caliber]}。",),
        notes=numbered(
            f"审核关系：{relations(columns)}；第1至3、8、9、11至17、21、22栏合计=各行之和，第5栏合计按全部人员计算，第6、7栏合计为各行最低、最高。",
            f"统计范围：{_types(facts.parameters)}；工资按所属月份计入当月最后在岗日的使用单位。派驻村（社区）人员计入所在乡镇（街道）。",
            f"第3栏折合人年、第11栏折算标准按{facts.parameters.part_year}计算；第19栏不含第21栏人员（未填工资标准、口径待明确、不适用最低标准）。",
            "“—”为不适用。",
            rounding(columns, laid, task),
        ),
        paper="A3",
    )
    return finish(sheet, facts, task)


def _lines(facts: Facts, found: Sequence[Paid]) -> list[Laid[_Line]]:
    judged = {one.engagement.id: one for one in verdicts(facts)}
    floor = floor_on(facts.parameters, facts.county.region, facts.period.as_of)

    def line(name: str, several: Sequence[Paid], remark: str = "") -> _Line:
        return _Line(name, floor, tuple(several), judged, "；".join(filter(None, (remark, _remark(several, judged)))))

    units = [unit for unit in facts.units if _stands(unit, facts, found)]
    laid = [Laid("合计", Scope.TOTAL, line("合计", found, _moved(found)))]
    for unit in units:
        at = [one for one in found if one.row == unit.id]
        laid.append(Laid(unit.name, _scope(unit), line(unit.name, at), unit.id))
        villagers = [one for one in at if one.village and unit.type in TOWN_TYPES]
        if villagers:
            laid.append(Laid(MEMO, Scope.MEMO, line(MEMO, villagers), unit.id))
    named = {unit.id for unit in units}
    nowhere = [one for one in found if one.row not in named]
    if nowhere:
        laid.append(Laid(NOWHERE, Scope.OTHER, line(NOWHERE, nowhere)))
    return laid


def _stands(unit: Unit, facts: Facts, found: Sequence[Paid]) -> bool:
    """Bureau, townships and institutions of the as-of date have a line; any other unit only where somebody stands there."""
    regular = unit.type in (BUREAU, INSTITUTION, *TOWN_TYPES) and unit.open_on(facts.period.as_of)
    return regular or any(one.row == unit.id for one in found)


def _scope(unit: Unit) -> Scope:
    return Scope.BUREAU if unit.type == BUREAU else Scope.TOWN if unit.type in TOWN_TYPES else Scope.OTHER


def _types(parameters: Parameters) -> str:
    return "、".join(name for name, rule in parameters.types.items() if rule.in_pay_form) + "人员"


def _moved(found: Sequence[Paid]) -> str:
    units: dict[int, set[int | None]] = {}
    for one in found:
        if one.sums:
            units.setdefault(one.engagement.id, set()).add(one.row)
    moved = sum(len(rows) > 1 for rows in units.values())
    return f"本期调整派驻单位{moved}人，在各单位分别计入第2栏" if moved else ""


def _remark(several: Sequence[Paid], judged: Mapping[int, Verdict]) -> str:
    in_post = [judged[one.engagement.id] for one in several if one.in_post]
    unknown = sum(one.standard is None for one in in_post)
    served = {one.engagement.id for one in several if one.months}
    unpaid = sum(bool(judged[number].missing) for number in served & judged.keys())
    unsplit = any(one.money("unsplit") for one in several)
    return "；".join(
        filter(
            None,
            (
                f"数据不足：未填工资标准{unknown}人" if unknown else "",
                f"数据不足：有在岗月份未填工资{unpaid}人" if unpaid else "",
                "部分工资未分项，不计算绩效占比" if unsplit else "",
            ),
        )
    )


def _distinct(several: Sequence[Paid]) -> Cell:
    """One person at several units of a line counts once there."""
    ids = tuple(dict.fromkeys(one.engagement.id for one in several))
    return Cell(len(ids), ids)


def _some(wanted: Callable[[Verdict], bool]) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        ids = tuple(one.engagement.id for one in line.in_post() if wanted(one))
        return Cell(len(ids), ids)

    return take


def _standards(measure: Callable[[Sequence[int]], int | Fraction]) -> Callable[[_Line], Cell]:
    """A measure of the known standards of those in post, in 分; — where nobody has one."""

    def take(line: _Line) -> Cell:
        known = [(one.engagement.id, one.standard) for one in line.in_post() if one.standard is not None]
        amounts = [amount for _, amount in known]
        return Cell(measure(amounts) if amounts else NOT_APPLICABLE, tuple(number for number, _ in known))

    return take


def _mean(amounts: Sequence[int]) -> int | Fraction:
    return plain(Fraction(sum(amounts), len(amounts)))


def _money(*items: str) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        counted = [one for one in line.paid if one.sums]
        return Cell(sum(one.money(*items) for one in counted), tuple(dict.fromkeys(one.engagement.id for one in counted)))

    return take


def _years(line: _Line) -> Cell:
    served = [one for one in line.paid if one.months]
    return Cell(plain(sum((one.months for one in served), Fraction(0)) / 12), tuple(dict.fromkeys(one.engagement.id for one in served)))


def _underpaid(line: _Line) -> Cell:
    """Judged once a person, at the unit they stood in last."""
    ids = [
        one.engagement.id
        for one in line.paid
        if (verdict := line.verdicts.get(one.engagement.id)) and verdict.f2 == BELOW_PRORATED and verdict.unit == one.unit
    ]
    return Cell(len(ids), tuple(ids))


def _performance(line: _Line) -> Cell:
    gross, unsplit = _money("gross")(line), _money("unsplit")(line)
    share = NOT_APPLICABLE if unsplit.value or not gross.value else Fraction(_sum(line, "performance"), _sum(line, "gross"))
    return Cell(share, gross.people)


def _sum(line: _Line, item: str) -> int:
    return sum(one.money(item) for one in line.paid)


def _insured(line: _Line) -> Cell:
    return _distinct([one for one in line.paid if one.money("insurance", "employer_insurance") > 0])


_STANDARD = ("年工资标准（元/人·年）",)
_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "使用单位", Measure.LONG, width=9), lambda line: Cell(line.name)),
    Figure(Column("1", "期末在岗人数", width=3, total="Σ"), _some(lambda one: True)),
    Figure(Column("2", "本期计薪人数", width=3, total="Σ"), lambda line: _distinct([one for one in line.paid if one.sums])),
    Figure(Column("3", "折合人年", Measure.DECIMAL, total="Σ"), _years),
    Figure(Column("4", "最低标准（元/人·年）", Measure.YUAN, width=5), lambda line: Cell(line.floor)),
    Figure(Column("5", "均值", Measure.YUAN, _STANDARD, width=5), _standards(_mean)),
    Figure(Column("6", "最低", Measure.YUAN, _STANDARD, width=5, total="lowest"), _standards(min)),
    Figure(Column("7", "最高", Measure.YUAN, _STANDARD, width=5, total="highest"), _standards(max)),
    Figure(Column("8", "标准低于最低标准人数", total="Σ", width=4), _some(lambda one: one.f1 == BELOW)),
    Figure(Column("9", "应发工资总额（元）", Measure.YUAN, total="Σ", width=6), _money("gross")),
    Figure(Column("10", "人均年应发（元）", Measure.YUAN, formula="9/3", width=6)),
    Figure(Column("11", "应发低于折算标准人数", total="Σ", width=4), _underpaid),
    Figure(Column("12", "个人缴纳社保、公积金（元）", Measure.YUAN, total="Σ", width=5), _money("insurance", "fund")),
    Figure(Column("13", "个人所得税及其他代扣（元）", Measure.YUAN, total="Σ", width=5), _money("tax", "other")),
    Figure(Column("14", "实发工资（元）", Measure.YUAN, formula="9−12−13", width=6)),
    Figure(Column("15", "单位缴纳社保、公积金（元）", Measure.YUAN, total="Σ", width=5), _money("employer_insurance", "employer_fund")),
    Figure(Column("16", "管理费及税费（元）", Measure.YUAN, total="Σ", width=5), _money("fee", "vat")),
    Figure(Column("17", "用工成本总额（元）", Measure.YUAN, formula="9+15+16", width=6)),
    Figure(Column("18", "人均年用工成本（元）", Measure.YUAN, formula="17/3", width=5)),
    Figure(Column("19", "标准达标率", Measure.RATE, formula="(1−21−8)/(1−21)", width=4)),
    Figure(Column("20", "绩效工资占应发比例", Measure.RATE, width=4), _performance),
    Figure(Column("21", "不计入达标率人数", total="Σ", width=4), _some(lambda one: one.f1 not in (MET, BELOW))),
    Figure(Column("22", "参加社保人数", total="Σ"), _insured),
    Figure(Column("23", "人均年应发（万元）", Measure.WAN, formula="10", width=5)),
    Figure(Column("24", "人均年用工成本（万元）", Measure.WAN, formula="18", width=5)),
    Figure(Column("25", "备注", Measure.LONG, width=8), lambda line: Cell(line.remark or None)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas."""
    yield from several("3-H1", "表3", EACH, HARD, "14=9−12−13", "17=9+15+16")
    yield from several("3-H2", "表3", EACH, HARD, "10=9/3", "18=17/3", "19=(1−21−8)/(1−21)")
    yield from sums("3-H3", "表3", (1, 2, 3, 8, 9, *range(11, 18), 21, 22))
    yield from several("3-H3", "表3", TOTAL, HARD, "6=最小(6)", "7=最大(7)", "21=0.⇒5=Σ(5×1)/1")
    yield from several("3-H4", "表3", EACH, HARD, "6≤5≤7", "8≤1", "11≤2")
    pairs = {9: "14", 12: "15+16", 13: "17+18", 14: "19", 15: "20+21", 16: "22", 17: "23"}
    for column, items in pairs.items():
        yield Audit(f"3-H6.{column}", "表3", TOTAL, f"{column}=" + "+".join(f"附表2[合计,{item}]" for item in items.split("+")), HARD)
    yield Audit("3-S1", "表3", LINES, "8=0.", SOFT)
    yield Audit("3-S2", "表3", LINES, "11=0.", SOFT)
    yield from several("3-S3", "表3", TOTAL, SOFT, "|9−T5[合计,8]|≤5%×T5[合计,8]", "|17−T5[合计,6]|≤5%×T5[合计,6]")
    yield Audit("3-S4", "表3", LINES, "10%≤15/9≤45%", SOFT)
    yield Audit("3-I1", "表3", EACH, "|10−上期[10]|≤15%×上期[10]", HINT)
    yield Audit("3-S7", "表3", LINES, "1>0.⇒2>0.", SOFT)
