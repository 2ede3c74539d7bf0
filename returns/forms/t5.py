"""表5 政府购买服务资金来源及支出情况表: what every source A–F arranged, gave, owes by contract and paid, and by service what was paid (二（二）, 四（二）).

Row A is the work fund's part for 购买服务 only; 表4 has all of it. Lines by service are 其中 of the same money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy.contract_facts import SOURCES, Payment, PurchaseContract
from policy.facts import Facts
from policy.finding import HARD, SOFT
from policy.fund_facts import FOR_PURCHASE, LEVELS, FundLine
from policy.funds import UNSTATED, SourceLine, by_source, due_in_year, split
from policy.parameters import Parameters
from returns.audit import EACH, LINES, TOTAL, Audit, several, sums
from returns.form import Figure, Laid, finish, heading, numbered, relations, rounding, rows
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Scope, Sheet
from returns.task import Task

CENTRAL, PROVINCE, CITY, COUNTY, TOWN = LEVELS
SERVICES: Mapping[str, tuple[str, ...]] = {
    "救助事务": ("低保", "特困", "临时救助"), "养老服务": ("养老",), "留守儿童": ("留守儿童",), "城乡社区": ("城乡社区",), "其他服务": ("其他", UNSTATED),
}  # fmt: skip
"""Line → 服务内容 of contracts; what a contract leaves open stands with 其他."""
_WORDS = {
    "救助事务": "其中：低保、特困、临时救助事务", "养老服务": "　　　养老服务", "留守儿童": "　　　留守儿童关爱保护", "城乡社区": "　　　城乡社区建设",
    "其他服务": "　　　其他及未注明",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A source (`lines` of fund documents and what `by_source` says), or one service (then due and paid alone)."""

    words: str
    lines: tuple[FundLine, ...] | None
    due: int
    paid: int
    source: SourceLine | None
    owing: tuple[int, ...]
    paying: tuple[int, ...]
    funded: bool = True
    """Whether the year has a fund document at all: without one nobody knows what was arranged."""


def lay(facts: Facts, task: Task) -> Sheet:
    """表5 for the year of the period: every source, then 其中 by service. Σ due and Σ paid are the contracts' to the 分."""
    lines = [
        Laid("合计", Scope.TOTAL, _Line("合计", (), 0, 0, None, (), ())),
        *(Laid(_name(one.source), Scope.OTHER, _of_source(facts, one)) for one in by_source(facts)),
        *(Laid(name, Scope.MEMO, _of_service(facts, name, scopes)) for name, scopes in SERVICES.items()),
    ]
    columns = tuple(figure.column for figure in _FIGURES)
    laid = rows(_FIGURES, lines, "表5", task)
    sheet = Sheet(
        "表5",
        "政府购买服务资金来源及支出情况表",
        (),
        heading(facts, "万元"),
        columns,
        laid,
        footer=_unknown(facts),
        notes=numbered(
            f"审核关系：{relations(columns)}；合计=各来源之和；第6、7栏合计=按服务内容各行之和。",
            "A 行只列社会救助工作经费中用于购买服务的部分。预算安排、到位按用途为购买服务的经费文件填列，第7至11栏按合同付款填列。",
            "本年合同应付按合同天数分摊到本年（含补充合同）。按服务内容各行按合同约定的服务内容占比分摊，没有约定的列入其他及未注明。",
            "第15栏由填报单位填写；使用困难群众救助补助资金（中央）的，写明列支依据。空格为未登记，不按0处理；“—”为不适用。",
            rounding(columns, laid, task),
        ),
    )
    return finish(sheet, facts, task)


def _unknown(facts: Facts) -> tuple[str, ...]:
    """Contracts of the year without an amount, in a sentence: column 6 does not have them."""
    year = facts.period.first.year
    without = [c.no for c in facts.contracts if c.total is None and c.start.year <= year <= c.last_day.year]
    return (f"数据不足：合同 {'、'.join(without)} 没有填合同金额，第6栏未包含。",) if without else ()


def _name(source: str) -> str:
    """A 社会救助工作经费, so that formulas may say A."""
    return f"{SOURCES[source]} {source}" if source in SOURCES else source


def _paid_in(facts: Facts) -> Iterator[tuple[PurchaseContract, Payment]]:
    year = facts.period.first.year
    return ((contract, payment) for contract in facts.contracts for payment in contract.payments if payment.paid_on.year == year)


def _of_source(facts: Facts, line: SourceLine) -> _Line:
    year = facts.period.first.year
    arranged = [one for one in facts.fund_lines if one.document.year == year and one.purpose == FOR_PURCHASE and one.source == line.source]
    owing = [c.id for c in facts.contracts if split(due_in_year(c, year), c.sources).get(line.source)]
    paying = [c.id for c, payment in _paid_in(facts) if (payment.source or UNSTATED) == line.source]
    funded = any(doc.year == year for doc in (*facts.fund_docs, *(one.document for one in facts.fund_lines)))
    return _Line(_name(line.source), tuple(arranged), line.due, line.paid, line, tuple(owing), tuple(dict.fromkeys(paying)), funded)


def _of_service(facts: Facts, name: str, scopes: Sequence[str]) -> _Line:
    year = facts.period.first.year
    paid = {c.id: sum(p.amount for p in c.payments if p.paid_on.year == year) for c in facts.contracts}
    due = {c.id: _part(due_in_year(c, year), c, scopes) for c in facts.contracts}
    paid = {c.id: _part(paid[c.id], c, scopes) for c in facts.contracts}
    behind = [tuple(number for number, amount in amounts.items() if amount) for amounts in (due, paid)]
    return _Line(_WORDS[name], None, sum(due.values()), sum(paid.values()), None, behind[0], behind[1])


def _part(amount: int, contract: PurchaseContract, scopes: Sequence[str]) -> int:
    """What of an amount of the contract goes to these services, 分."""
    parts = split(amount, contract.scopes)
    return sum(parts.get(scope, 0) for scope in scopes)


def _arranged(*levels: str) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        if line.lines is None:
            return Cell(NOT_APPLICABLE)
        if not line.funded:
            return Cell()
        return Cell(sum(one.budget for one in line.lines if one.document.level in levels))

    return take


def _received(line: _Line) -> Cell:
    if not line.funded:
        return Cell()
    return Cell(NOT_APPLICABLE if line.source is None else line.source.received)


def _paid(part: str) -> Callable[[_Line], Cell]:
    return lambda line: Cell(NOT_APPLICABLE if line.source is None else getattr(line.source, part), contracts=line.paying)


def _documents(line: _Line) -> Cell:
    found = dict.fromkeys(one.document.doc_no or one.document.title for one in line.lines or ())
    return Cell("；".join(filter(None, found)) or None)


_BUDGET, _ELSE, _PAID = ("预算安排",), ("第4栏其中",), ("本年已付",)
_FIGURES: tuple[Figure[_Line], ...] = (
    Figure(Column("甲", "资金来源", Measure.LONG, width=16), lambda line: Cell(line.words)),
    Figure(Column("1", "合计", Measure.WAN, _BUDGET, width=4, formula="2+3+4", total="Σ")),
    Figure(Column("2", "市级", Measure.WAN, _BUDGET, width=4, total="Σ"), _arranged(CITY)),
    Figure(Column("3", "县级", Measure.WAN, _BUDGET, width=4, total="Σ"), _arranged(COUNTY)),
    Figure(Column("4", "其他", Measure.WAN, _BUDGET, width=4, total="Σ", formula="16+17+18")),
    Figure(Column("5", "到位", Measure.WAN, width=4, total="Σ"), _received),
    Figure(Column("6", "本年合同应付", Measure.WAN, width=4, total="Σ"), lambda line: Cell(line.due, contracts=line.owing)),
    Figure(Column("7", "合计", Measure.WAN, _PAID, width=4, total="Σ"), lambda line: Cell(line.paid, contracts=line.paying)),
    Figure(Column("8", "工资", Measure.WAN, _PAID, width=4, total="Σ"), _paid("wages")),
    Figure(Column("9", "单位缴费", Measure.WAN, _PAID, width=4, total="Σ"), _paid("employer")),
    Figure(Column("10", "管理费及税", Measure.WAN, _PAID, width=4, total="Σ"), _paid("fee")),
    Figure(Column("11", "其他", Measure.WAN, _PAID, width=4, total="Σ"), _paid("other")),
    Figure(Column("12", "结余", Measure.WAN, width=4, formula="5−7")),
    Figure(Column("13", "支付率", Measure.RATE, width=4, formula="7/6")),
    Figure(Column("14", "文件文号", Measure.LONG, width=10), _documents),
    Figure(Column("15", "依据说明", Measure.LONG, width=8, by_hand=True)),
    Figure(Column("16", "中央", Measure.WAN, _ELSE, width=3, total="Σ"), _arranged(CENTRAL)),
    Figure(Column("17", "省级", Measure.WAN, _ELSE, width=3, total="Σ"), _arranged(PROVINCE)),
    Figure(Column("18", "乡级", Measure.WAN, _ELSE, width=3, total="Σ"), _arranged(TOWN)),
)


def audits(_: Parameters) -> Iterator[Audit]:
    """Its formulas; 其中 lines have due and paid only."""
    money = (*TOTAL, *LINES)
    yield from several("5-H1", "表5", money, HARD, "1=2+3+4", "4=16+17+18")
    yield Audit("5-H2", "表5", money, "7=8+9+10+11", HARD)
    yield from several("5-H3", "表5", money, HARD, "12=5−7", "13=7/6")
    yield from sums("5-H4", "表5", (*range(1, 13), 16, 17, 18))
    yield from several("5-H5", "表5", TOTAL, HARD, *(f"{mark}=" + "+".join(f"{name}[{mark}]" for name in SERVICES) for mark in (7, 6)))
    yield from several("5-H6", "表5", TOTAL, HARD, "7=T6[合计,28]", "6=T6[合计,15]")
    yield Audit("5-H7", "表5", TOTAL, "A[7]=T4[本年,20]", HARD)
    yield Audit("5-S1", "表5", money, "5≥6", SOFT)
    yield Audit("5-S2", "表5", TOTAL, "B1[1]>0.⇒B1[15]≠空", SOFT)
    yield Audit("5-S3", "表5", EACH, "7≤6", SOFT)
    yield Audit("5-S4", "表5", money, "5≤1", SOFT)
    yield Audit("5-S5", "表5", TOTAL, "|8−T3[合计,9]|≤5%×T3[合计,9]", SOFT)
