"""表6 服务采购及用工合同情况表: every purchase contract of the period with what it owes this year, what was paid, and who works under it (三（三）)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policy.contract_facts import PurchaseContract
from policy.facts import FULL, Facts
from policy.figures import percent
from policy.finding import HARD, SOFT
from policy.funds import due_in_year
from policy.labour import term_months
from policy.parameters import Parameters
from policy.under_contract import contract_of, contracts_of_year
from returns.audit import LINES, TOTAL, Audit, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.formula import plain
from returns.paid import Paid, paid
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet, Value
from returns.task import Task

_MANY = 4
"""Using units named one by one; more are the first ones and their number."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One contract on the as-of date; `heads`: engagements of 表3 in post under it."""

    number: int
    contract: PurchaseContract
    buyer: str
    using: str
    due: int | None
    paid_now: int
    heads: tuple[int, ...]
    running: bool
    attached: bool
    gap: int | None
    """Days between the predecessor's last day and this one's first; 0 = the day after, negative = they overlap."""
    remark: str


def lay(facts: Facts, task: Task) -> Sheet:
    """表6: contracts that ran, owed or were paid on some day from 1 January to the as-of date (or owe this year and are signed)."""
    in_post = [one for one in paid(facts) if one.in_post]
    under = {one.engagement.id: contract_of(one.engagement, facts) for one in in_post}
    listed = contracts_of_year(facts)
    lines = [_line(facts, number, contract, under) for number, contract in enumerate(listed, 1)]
    columns = tuple(figure.column for figure in _FIGURES)
    bodies: list[Laid[_Line | None]] = [Laid(line.contract.no, Scope.OTHER, line) for line in lines]
    laid = rows(_FIGURES, [Laid("合计", Scope.TOTAL, None), *bodies], "表6", task)
    sheet = Sheet(
        "表6",
        "服务采购及用工合同情况表",
        (),
        heading(facts, "人、元、万元"),
        columns,
        laid,
        footer=_outside(facts, in_post, {contract.id for contract in listed}),
        notes=numbered(
            f"审核关系：{relations(columns)}；16≤14+27；第14至18栏、27栏、28栏合计=各行之和。",
            "本表列本年1月1日至截至日期有一天在履行期内、本年有应付款或者本年付过款的采购合同；在岗人数与购买服务及派遣人员工资待遇情况表为同一范围。",
            "本年应付按合同天数分摊：合同金额（含补充合同）×至本年12月31日的天数/合同天数，四舍五入到分，减去至上年末的同一算法数。",
            "期限按整月计，不足整月的天数除以30；止期含补充合同变更。空格为未登记，不按0处理；“—”为不适用。",
            rounding(columns, laid, task),
        ),
        paper="A3",
        row_height=30.0,
    )
    return finish(sheet, facts, task)


def _line(facts: Facts, number: int, contract: PurchaseContract, under: dict[int, int | None]) -> _Line:
    year, day = facts.period.first.year, facts.period.as_of
    names = {unit.id: unit.name for unit in facts.units}
    before = next((one for one in facts.contracts if one.id == contract.predecessor), None)
    using = [names.get(unit, "已撤销单位") for unit in contract.units]
    return _Line(
        number=number,
        contract=contract,
        buyer=names.get(contract.buyer or 0, ""),
        using="、".join(using) if len(using) <= _MANY else f"{'、'.join(using[: _MANY - 1])}等{len(using)}个单位",
        due=None if contract.total is None else due_in_year(contract, year),
        paid_now=sum(p.amount for p in contract.payments if p.paid_on.year == year),
        heads=tuple(engagement for engagement, of in under.items() if of == contract.id),
        running=contract.holds_on(day),
        attached=facts.attachments.get(("purchase_contract", contract.id), 0) > 0,
        gap=(contract.start - before.last_day).days - 1 if before else None,
        remark=_remark(contract, day, before),
    )


def _remark(contract: PurchaseContract, day: date, before: PurchaseContract | None) -> str:
    remarks = (
        "数据不足：没有填合同金额" if contract.total is None else "",
        f"补充合同{len(contract.amendments)}份" if contract.amendments else "",
        f"原止期{contract.end}" if contract.last_day != contract.end else "",
        f"接续{before.no}" if before else "",
        "尚未开始" if contract.start > day else "",
    )
    return "；".join(filter(None, remarks))


def _outside(facts: Facts, in_post: Sequence[Paid], listed: set[int]) -> tuple[str, ...]:
    """Who stands in 表3 under no contract of this form, by unit, in a sentence."""
    without = [one for one in in_post if contract_of(one.engagement, facts) not in listed]
    if not without:
        return ()
    names = {unit.id: unit.name for unit in facts.units}
    order = list(names)
    counts = Counter(one.row for one in without)
    places = sorted(counts, key=lambda unit: order.index(unit) if unit in names else len(order))
    said = "、".join(f"{names.get(unit, '未安排派驻') if unit else '未安排派驻'}{counts[unit]}人" for unit in places)
    return (f"另有{len(without)}人在岗而没有登记所属采购合同：{said}。",)


def _of(take: Callable[[_Line], Cell], total: Value = None) -> Callable[[_Line | None], Cell]:
    """The cell of a contract's line; 合计 (no line) has sums only."""
    return lambda line: Cell(total) if line is None else take(line)


def _text(take: Callable[[PurchaseContract], object]) -> Callable[[_Line | None], Cell]:
    return _of(lambda line: Cell(str(take(line.contract) or "") or None))


def _figure(take: Callable[[_Line], Value]) -> Callable[[_Line | None], Cell]:
    return _of(lambda line: Cell(take(line), contracts=(line.contract.id,)), NOT_APPLICABLE)


def _shares(take: Callable[[PurchaseContract], Mapping[str, int]]) -> Callable[[_Line | None], Cell]:
    """低保60%、特困40%; one share of all is its name alone."""
    return _text(lambda c: "、".join(name if part == FULL else f"{name}{percent(part)}" for name, part in take(c).items()))


def _months(contract: PurchaseContract) -> Value:
    return NOT_APPLICABLE if contract.last_day < contract.start else plain(term_months(contract.start, contract.last_day))


def _yes(take: Callable[[_Line], bool]) -> Callable[[_Line | None], Cell]:
    return _figure(lambda line: "是" if take(line) else "否")


def _wan(mark: str, label: str, take: Callable[[_Line], Value]) -> Figure[_Line | None]:
    return Figure(Column(mark, label, Measure.WAN, ("金额（万元）",), width=4, total="Σ"), _figure(take))


_TERM, _EACH = ("合同期限",), ("每人价格（元）",)
_FIGURES: tuple[Figure[_Line | None], ...] = (
    Figure(Column("甲", "序号", width=2), _of(lambda line: Cell(line.number), "合计")),
    Figure(Column("1", "合同编号", Measure.LONG, width=5), _of(lambda line: Cell(line.contract.no, contracts=(line.contract.id,)))),
    Figure(Column("2", "合同名称", Measure.LONG, width=6), _text(lambda c: c.name)),
    Figure(Column("3", "合同类型", Measure.TEXT, width=3), _text(lambda c: c.kind)),
    Figure(Column("4", "购买主体", Measure.LONG, width=4), _of(lambda line: Cell(line.buyer or None))),
    Figure(Column("5", "主体级别", Measure.TEXT, width=2), _text(lambda c: c.buyer_level)),
    Figure(Column("6", "承接主体", Measure.LONG, width=5), _text(lambda c: c.supplier.name if c.supplier else "")),
    Figure(Column("7", "统一社会信用代码", Measure.TEXT, width=5), _text(lambda c: c.supplier.credit_code if c.supplier else "")),
    Figure(Column("8", "主体性质", Measure.TEXT, width=3), _text(lambda c: c.supplier.body if c.supplier else "")),
    Figure(Column("9", "采购方式", Measure.TEXT, width=3), _text(lambda c: c.method)),
    Figure(Column("10", "签订日期", Measure.TEXT, width=3), _text(lambda c: c.signed)),
    Figure(Column("11", "起", Measure.TEXT, _TERM, width=3), _text(lambda c: c.start)),
    Figure(Column("12", "止", Measure.TEXT, _TERM, width=3), _text(lambda c: c.last_day)),
    Figure(Column("13", "月数", Measure.DECIMAL, _TERM, width=3), _figure(lambda line: _months(line.contract))),
    _wan("14", "合同金额", lambda line: line.contract.amount),
    _wan("15", "本年应付", lambda line: line.due),
    _wan("16", "累计已付", lambda line: line.contract.paid),
    Figure(Column("17", "约定人数", total="Σ", width=2), _figure(lambda line: line.contract.headcount)),
    Figure(Column("18", "在岗人数", total="Σ", width=2), _of(lambda line: Cell(len(line.heads), line.heads, contracts=(line.contract.id,)))),
    Figure(Column("19", "单价/年", Measure.YUAN, _EACH, width=4, formula="(14+27)/17/13×12月")),
    Figure(Column("20", "其中：工资/年", Measure.YUAN, _EACH, width=4), _figure(lambda line: line.contract.wage)),
    Figure(Column("21", "管理费/月", Measure.YUAN, _EACH, width=4), _figure(lambda line: line.contract.fee)),
    Figure(Column("22", "服务内容", Measure.LONG, width=5), _shares(lambda c: c.scopes)),
    Figure(Column("23", "服务类别", Measure.TEXT, width=3), _text(lambda c: c.work_class)),
    Figure(Column("24", "资金来源", Measure.LONG, width=6), _shares(lambda c: c.sources)),
    Figure(Column("25", "备案日期", Measure.TEXT, width=3), _text(lambda c: c.filed)),
    Figure(Column("26", "合同扫描件", Measure.TEXT, width=2), _yes(lambda line: line.attached)),
    _wan("27", "补充合同增减", lambda line: sum(one.amount for one in line.contract.amendments)),
    _wan("28", "本年已付", lambda line: line.paid_now),
    Figure(Column("29", "采购项目编号", Measure.LONG, width=4), _text(lambda c: c.project_no)),
    Figure(Column("30", "中标（成交）日期", Measure.TEXT, width=3), _text(lambda c: c.awarded)),
    Figure(Column("31", "中标（成交）公告日期", Measure.TEXT, width=3), _text(lambda c: c.award_noticed)),
    Figure(Column("32", "合同公告日期", Measure.TEXT, width=3), _text(lambda c: c.contract_noticed)),
    Figure(Column("33", "履约验收日期", Measure.TEXT, width=3), _text(lambda c: c.accepted)),
    Figure(Column("34", "使用单位", Measure.LONG, width=6), _of(lambda line: Cell(line.using or None, units=line.contract.units))),
    Figure(Column("35", "是否履行中", Measure.TEXT, width=2), _yes(lambda line: line.running)),
    Figure(Column("36", "与前一合同间隔天数", width=3), _figure(lambda line: NOT_APPLICABLE if line.gap is None else line.gap)),
    Figure(Column("37", "备注", Measure.LONG, width=5), _of(lambda line: Cell(line.remark or None))),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; dates, shares and codes of a contract are checked by C01 and at entry, not by figures."""
    yield Audit("6-H4", "表6", LINES, "16≤14+27", HARD)
    yield Audit("6-H6", "表6", LINES, "26=是", HARD, since=12)
    yield Audit("6-H7a", "表6", TOTAL, "15=T5[合计,6]", HARD)
    yield Audit("6-H7b", "表6", TOTAL, "28=T5[合计,7]", HARD)
    yield from sums("6-H8", "表6", (*range(14, 19), 27, 28))
    yield Audit("6-H9", "表6", LINES, "19=(14+27)/17/13×12月", HARD)
    yield Audit("6-S1", "表6", LINES, "35=是⇒18=17", SOFT)
    yield Audit("6-S2", "表6", LINES, "|19×17×13/12月−14|≤10%×14", SOFT)
    yield Audit("6-S3", "表6", LINES, "36=0.", SOFT)
    yield Audit("6-S4", "表6", LINES, "35=否⇒18=0.", SOFT)
    yield Audit("6-S5", "表6", TOTAL, "18=T3[合计,1]", SOFT)
    yield Audit("6-S6", "表6", LINES, "19≥20+21×12月", SOFT)
