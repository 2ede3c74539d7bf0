"""表4 社会救助工作经费安排落实情况表: 3 % of last year's 低保 spending against what was arranged, arrived and spent (二（二）); upright, two years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.contract_facts import WORK_FUND
from policy.facts import FULL, Facts
from policy.figures import percent
from policy.finding import HARD, HINT, SOFT
from policy.fund_facts import AREAS, FOR_PURCHASE, FOR_WORK, LEVELS, PRICE_SUBSIDY, SPEND_LEVELS, FundDoc, FundLine
from policy.funds import WorkFund, work_fund
from policy.parameters import Parameters
from returns.audit import Audit, several
from returns.form import Figure, Laid, finish, heading, numbered, rounding, rows
from returns.formula import plain
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.task import Task

CENTRAL, PROVINCE, CITY, COUNTY, TOWN = LEVELS
_OWN, _HIGHER = (COUNTY, TOWN), (CENTRAL, PROVINCE, CITY)
_MONEY = (Measure.WAN, Measure.COUNT)
_YEARS = (Scope.NOW, Scope.BEFORE)
_CHANGE = "(本年−上年)/上年"
_NOW = (Scope.NOW,)


@dataclass(frozen=True, slots=True)
class _Line:
    """One year: its work fund, its documents and their lines of source A, and how many documents are complete."""

    fund: WorkFund
    lines: tuple[FundLine, ...]
    documents: tuple[FundDoc, ...]
    complete: int


def lay(facts: Facts, task: Task) -> Sheet:
    """表4 for the year of the period and, from the same book, for the year before. What is not registered stays blank."""
    year = facts.period.first.year
    years = [(name, scope, _line(facts, of)) for name, scope, of in (("本年", Scope.NOW, year), ("上年", Scope.BEFORE, year - 1))]
    turned = rows(_FIGURES, [Laid(name, scope, line) for name, scope, line in years], "表4", task)
    figures = tuple(figure.column for figure in _FIGURES)
    relations_of = _relations(facts.parameters)
    sheet = Sheet(
        "表4",
        "社会救助工作经费安排落实情况表",
        (),
        heading(facts, "万元、份"),
        _columns(year),
        _upright(turned, years[0][2], task, relations_of),
        notes=numbered(
            f"审核关系：{'；'.join(f'{mark}={text}' for mark, text in relations_of.items())}；1=4+5+6+7；12=25+26；15=27+28。",
            "社会救助工作经费按上年低保资金支出的一定比例测算。行次1至8各列均为该年度的上一年度数；低保资金支出优先用决算数。",
            "县级预算含乡镇（街道）安排数。安排率=预算安排/应安排；落实率=到位/应安排；到位率=到位/预算安排；年末结余含上年结转。要件齐全指文号、印发日期、扫描件都有。",
            f"{year - 1}年数按台账现有数据计算，未封存。空格为未登记数据，不按0处理；“—”为不适用。",
            rounding(figures, turned, task),
        ),
        row_height=15.0,
        upright=True,
    )
    return finish(sheet, facts, task)


def _line(facts: Facts, year: int) -> _Line:
    documents = tuple(doc for doc in facts.fund_docs if doc.year == year)
    complete = sum(bool(doc.doc_no and doc.dated and facts.attachments.get(("fund_doc", doc.id))) for doc in documents)
    lines = tuple(line for line in facts.fund_lines if line.document.year == year and line.source == WORK_FUND)
    return _Line(work_fund(facts, year), lines, documents, complete)


def _columns(year: int) -> tuple[Column, ...]:
    return (
        Column("甲", "行次", Measure.TEXT, width=2),
        Column("乙", "指标", Measure.LONG, width=16),
        Column("本年", f"{year}年", Measure.WAN, width=6),
        Column("上年", f"{year - 1}年（未封存）", Measure.WAN, width=8),
        Column("增减", "增减", Measure.RATE, width=4, formula=_CHANGE),
        Column("文件", "文件名称及文号", Measure.LONG, width=13),
        Column("日期", "印发日期", Measure.TEXT, width=6),
        Column("备注", "备注", Measure.LONG, width=16),
    )


def _upright(turned: Sequence[Row], now: _Line, task: Task, relations_of: Mapping[str, str]) -> tuple[Row, ...]:
    """A row a 行次: both years, the change, the documents behind the amount, the remark (the clerk's own where typed)."""
    laid, giving = [], list({line.document.id: line.document for line in now.lines}.values())
    for at, figure in enumerate(_FIGURES):
        column = figure.column
        this, last = (row.cells[at] for row in turned)
        documents = [doc for doc in giving if doc.level in _DOCUMENTS.get(column.mark, ())]
        name = column.label.strip("　")
        remark = task.typed.get(("表4", name, "备注"), _REMARKS.get(column.mark, _no_remark)(now) or None)
        cells = (
            Cell(column.mark),
            Cell(column.label),
            Cell(this.value, measure=column.measure),
            Cell(last.value, measure=column.measure),
            Cell(_change(this.value, last.value) if column.measure in _MONEY else NOT_APPLICABLE),
            Cell("；".join(_words(doc) for doc in documents) or None),
            Cell("；".join(f"{doc.dated}" for doc in documents if doc.dated) or None),
            Cell(remark),
        )
        laid.append(Row(name, Scope.OTHER, cells, formula=relations_of.get(column.mark, "")))
    return tuple(laid)


def _change(this: Value, last: Value) -> Value:
    """(本年 − 上年) / 上年; — where last year was nothing, blank where either is not known."""
    if not isinstance(this, int | Fraction) or not isinstance(last, int | Fraction):
        return None if this is None or last is None else NOT_APPLICABLE
    return plain(Fraction(this - last) / last) if last else NOT_APPLICABLE


def _words(doc: FundDoc) -> str:
    return f"{doc.title}（{doc.doc_no}）" if doc.title and doc.doc_no else doc.title or doc.doc_no or "未填名称、文号"


_DOCUMENTS = {"13": _OWN, "23": (CITY,), "24": (CENTRAL, PROVINCE)}
"""行次 → levels of the documents behind it."""


def _no_remark(line: _Line) -> str:
    return ""


_REMARKS: dict[str, Callable[[_Line], str]] = {
    "1": lambda line: f"{line.fund.base.year}年{line.fund.base.caliber}数" if line.fund.base.rows else f"未登记{line.fund.base.year}年数",
    "10": lambda line: f"口径：{line.fund.base.mode}",
    "22": lambda line: "；".join(dict.fromkeys(doc.level + "级" for doc in line.documents)),
}


def _spent(*, level: str = "", area: str = "", kind: str = "") -> Callable[[_Line], Cell]:
    """低保 spending of the year before, 分; None while it is not registered."""

    def take(line: _Line) -> Cell:
        base = line.fund.base
        wanted = [r.amount for r in base.rows if level in ("", r.level) and area in ("", r.area) and kind in ("", r.kind)]
        return Cell(sum(wanted) if base.rows else None)

    return take


def _sum(take: Callable[[FundLine], int], levels: Sequence[str] = LEVELS, purpose: str = "") -> Callable[[_Line], Cell]:
    """Σ over the year's lines of source A, 分; None while the year has no fund document at all."""

    def found(line: _Line) -> Cell:
        wanted = (one for one in line.lines if one.document.level in levels and purpose in ("", one.purpose))
        return Cell(sum(map(take, wanted)) if line.documents else None)

    return found


def _budget(line: FundLine) -> int:
    return line.budget


def _received(line: FundLine) -> int:
    return line.received


def _used(line: FundLine) -> int:
    return line.spent


def _carried(line: FundLine) -> int:
    return line.carried


def _wan(mark: str, label: str, take: Callable[[_Line], Cell] | None = None, formula: str = "") -> Figure[_Line]:
    return Figure(Column(mark, label, Measure.WAN, formula=formula), take)


def _rate(mark: str, label: str, formula: str) -> Figure[_Line]:
    return Figure(Column(mark, label, Measure.RATE, formula=formula))


_TOWNS, _RURAL = AREAS
_FIGURES: tuple[Figure[_Line], ...] = (
    _wan("1", "上年低保资金支出合计", formula="2+3"),
    _wan("2", "　其中：城市", _spent(area=_TOWNS)),
    _wan("3", "　　　　农村", _spent(area=_RURAL)),
    *(
        _wan(f"{mark}", f"　{'按来源：' if mark == 4 else '　　　　'}{level}{'' if level == CENTRAL else '级'}", _spent(level=level))
        for mark, level in enumerate(SPEND_LEVELS, 4)
    ),
    _wan("8", "　其中：价格临时补贴", _spent(kind=PRICE_SUBSIDY)),
    Figure(Column("9", "测算比例", Measure.RATE), lambda line: Cell(plain(Fraction(line.fund.rate, FULL)))),
    _wan("10", "测算基数", lambda line: Cell(line.fund.base.amount)),
    _wan("11", "应安排工作经费", lambda line: Cell(line.fund.due)),
    _wan("12", "本年预算安排工作经费", _sum(_budget)),
    _wan("13", "　其中：县级预算", _sum(_budget, _OWN)),
    _wan("14", "　　　　上级下达", _sum(_budget, _HIGHER)),
    _wan("15", "实际到位", _sum(_received)),
    _rate("16", "安排率", "12/11"),
    _rate("17", "落实率", "15/11"),
    _wan("18", "差额（预算安排−应安排）", formula="12−11"),
    _wan("19", "实际支出", _sum(_used)),
    _wan("20", "　其中：用于购买服务", _sum(_used, purpose=FOR_PURCHASE)),
    _wan("21", "年末结余", formula="15+29−19"),
    Figure(Column("22", "经费文件份数"), lambda line: Cell(len(line.documents))),
    _wan("23", "补充：上级下达中　市级", _sum(_budget, (CITY,))),
    _wan("24", "　　　上级下达中　省级及以上", _sum(_budget, (CENTRAL, PROVINCE))),
    _wan("25", "　　　预算安排中　工作经费", _sum(_budget, purpose=FOR_WORK)),
    _wan("26", "　　　预算安排中　购买服务经费", _sum(_budget, purpose=FOR_PURCHASE)),
    _wan("27", "　　　实际到位中　工作经费", _sum(_received, purpose=FOR_WORK)),
    _wan("28", "　　　实际到位中　购买服务经费", _sum(_received, purpose=FOR_PURCHASE)),
    _wan("29", "　　　上年结转", _sum(_carried)),
    _rate("30", "　　　到位率", "15/12"),
    Figure(Column("31", "　　　要件齐全的经费文件份数"), lambda line: Cell(line.complete)),
)

COLUMNS = tuple(figure.column for figure in _FIGURES)
"""Its 行次 as columns, with their formulas: what a roll-up works with, which lays the counties down the page."""


def _base(parameters: Parameters) -> str:
    """The relation of 测算基数 to the spending under the mode in force."""
    return {"本级": "7", "不含价格临时补贴": "1−8"}.get(parameters.fund_base_mode, "1")


def _relations(parameters: Parameters) -> dict[str, str]:
    """行次 → the relation it follows by when a figure it names is set by hand: those worked out here, and sums that the book gives as well."""
    more = {"10": _base(parameters), "11": "整分(10×9)", "12": "13+14", "14": "23+24"}
    return dict(sorted((more | {column.mark: column.formula for column in COLUMNS if column.formula}).items(), key=lambda one: int(one[0])))


def audits(parameters: Parameters) -> Iterator[Audit]:
    """Its formulas under the base and the rate in force; 行次 stand as columns."""
    yield from several("4-H1", "表4", _YEARS, HARD, "1=2+3", "1=4+5+6+7", "8≤1")
    yield from several("4-H2", "表4", _YEARS, HARD, f"10={_base(parameters)}", "|11−10×9|≤0.5分", f"9={percent(parameters.fund_rate)}")
    yield from several("4-H3", "表4", _YEARS, HARD, "12=13+14", "16=12/11", "17=15/11", "18=12−11", "21=15+29−19", "30=15/12")
    yield from several("4-H6", "表4", _YEARS, HARD, "14=23+24", "12=25+26", "15=27+28")
    yield Audit("4-H4a", "表4", _YEARS, "20≤19", HARD)
    yield Audit("4-H4b", "表4", _NOW, "20=T5[A,7]", HARD)
    yield Audit("4-H5a", "表4", _NOW, "22≥1份", HARD, since=6)
    yield Audit("4-H5b", "表4", _NOW, "31=22", HARD, since=6)
    yield Audit("4-S1", "表4", _NOW, "18≥0.", SOFT)
    yield Audit("4-S2", "表4", _NOW, "17≥100%", SOFT, since=12)
    yield Audit("4-S3", "表4", _YEARS, "19≤15+29", SOFT)
    for mark in range(1, 23):
        yield Audit(f"4-S4.{mark}", "表4", _NOW, f"上年[{mark}]=上期[{mark}]", SOFT)
    yield Audit("4-I1", "表4", _NOW, "1500元≤1/T1[合计,2]≤30000元", HINT)
