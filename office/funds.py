"""经费: the funds question of a year answered (arranged, arrived, spent, short, covered), the records behind each figure, and the acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from db import contract_facts
from db import facts as db_facts
from db.book import Book
from db.change import Change, Refused
from db.lists import Key
from db.lists import settlement as settlements
from db.lists.funds import CELLS
from db.rows import defaults, next_ids, row, rows
from office.check import parameters_in
from office.edit import add
from policy.contract_facts import WORK_FUND, PurchaseContract
from policy.facts import FULL, Facts
from policy.figures import number, percent, yuan
from policy.finding import Finding
from policy.fund_facts import FOR_PURCHASE
from policy.funds import UNSTATED, SourceLine, WorkFund, by_source, due_in_year, in_base, split, work_fund
from policy.period import Period
from policy.rules import RULES
from policy.settlement import in_term

FUND_RULES: Final = ("R21", "R22", "R23", "R24")
FIRST_YEAR, LAST_YEAR = 2010, 2100
AMOUNTS: Final = {"budget": "预算安排", "received": "到位金额", "spent": "支出金额"}


@dataclass(frozen=True)
class Funds:
    """A year's money as the page shows it; 分."""

    year: int
    facts: Facts
    """Contracts, fund documents and 低保 spending only: nothing of people."""
    fund: WorkFund
    sources: tuple[SourceLine, ...]
    cost: int
    """用工成本 of the year up to the as-of month for people under purchase contracts."""
    cost_outside: int
    """The same for people with pay who stand under no purchase contract, or outside its term."""
    months: int
    """How many months of the year have pay."""
    blanks: Mapping[str, int]
    """Field of 经费明细 → how many lines of the year leave it blank (blank is not 0)."""
    findings: tuple[Finding, ...] = ()
    """What R21–R24 say."""

    @property
    def arranged(self) -> int:
        """购买服务经费 arranged, all sources."""
        return sum(line.arranged for line in self.sources)

    @property
    def due(self) -> int:
        """What contracts owe for the year."""
        return sum(line.due for line in self.sources)

    @property
    def paid(self) -> int:
        """What was paid under contracts in the year."""
        return sum(line.paid for line in self.sources)


def funds_in(connection: Any, year: int, as_of: date) -> Funds:
    """The year's funds as of a day (a year that is over: as of its end; one to come: as of its first day), for `book.read`."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    day = min(max(as_of, first), last)
    facts = Facts(
        county=db_facts.county(connection),
        parameters=parameters_in(connection, day),
        period=Period(f"{year}", first, last, day),
        units=db_facts.units(connection, first, day),
        contracts=contract_facts.contracts(connection, day),
        **contract_facts.money(connection, year, day),
    )
    paid_months = {
        key: sheet.ours for key, sheet in settlements.figures(connection, year).items() if key[1] <= day.year * 100 + day.month and sheet.ours.heads
    }

    terms = {one.id: one for one in facts.contracts}

    def cost(outside: bool) -> int:
        return sum(
            (one.wages or 0) + (one.employer or 0) + (one.fee or 0) + (one.vat or 0)
            for (contract, at), one in paid_months.items()
            if (contract is None or contract not in terms or not in_term(terms[contract], at)) is outside
        )

    documents = [one["id"] for one in rows(connection, "fund_doc", year=year)]
    lines = rows(connection, "fund_line", document=documents)
    on = [rule for rule in RULES if rule.id in FUND_RULES and rule.id not in facts.parameters.switched_off]
    return Funds(
        year, facts, work_fund(facts, year), by_source(facts, year), cost(False), cost(True), len({at for _, at in paid_months}),
        {name: sum(one[name] is None for one in lines) for name in AMOUNTS}, tuple(finding for rule in on for finding in rule.find(rule, facts)),
    )  # fmt: skip


@dataclass(frozen=True)
class SourceCells:
    """One source as the page shows it: a figure nothing is registered for is None, not 0."""

    source: str
    arranged: int | None
    received: int | None
    due: int | None
    paid: int | None

    @property
    def left(self) -> int | None:
        """到位 less 已付."""
        return None if self.received is None and self.paid is None else (self.received or 0) - (self.paid or 0)

    @property
    def short(self) -> int | None:
        """What the source's contracts owe beyond what is arranged; None where it suffices."""
        return max(0, (self.due or 0) - (self.arranged or 0)) or None


def source_cells(funds: Funds) -> tuple[SourceCells, ...]:
    """Every source in order."""
    known = {line.source for line in funds.facts.fund_lines if line.document.year == funds.year and line.purpose == FOR_PURCHASE}
    owed = {source for one in funds.facts.contracts if runs_in(one, funds.year) for source in (*one.sources, UNSTATED)}
    return tuple(
        SourceCells(
            line.source,
            line.arranged if line.source in known else None,
            line.received if line.source in known else None,
            line.due if line.source in owed and (line.due or line.source != UNSTATED) else None,
            line.paid if line.paid or line.source in owed else None,
        )
        for line in funds.sources
    )


# Said in words


def arithmetic(funds: Funds) -> str:
    """The 3 % in one sentence with its base: 2025 年低保资金支出（全口径，决算数）70,000,000.00 元 × 3% = 2,100,000.00 元."""
    fund = funds.fund
    if fund.due is None or fund.base.amount is None:
        return f"没有登记 {fund.base.year} 年低保资金支出，不能测算 {fund.year} 年应安排的社会救助工作经费（上年低保资金支出 × {percent(fund.rate)}）。"
    said = f"{fund.base.year} 年低保资金支出（{fund.base.mode}，{fund.base.caliber}数）{yuan(fund.base.amount)} 元 × {percent(fund.rate)} = 应安排 {yuan(fund.due)} 元"
    if fund.short:
        return f"{said}；预算安排 {yuan(fund.arranged)} 元，差 {yuan(fund.short)} 元。"
    return f"{said}；预算安排 {yuan(fund.arranged)} 元，达到应安排数。"


def rate_said(part: int, whole: int | None) -> str:
    """A share in words, 2 decimals: 104.76%; — where there is nothing to take it of."""
    return f"{number(Fraction(part * 100, whole))}%" if whole else "—"


def coverage(funds: Funds) -> str:
    """Whether contracts and pay of the year are covered, in one or two sentences."""
    if not funds.facts.contracts and not funds.cost_outside:
        return "没有登记采购合同。登记合同和付款以后，这里按来源比较经费够不够付。"
    said = [f"合同本年应付 {yuan(funds.due)} 元，已付 {yuan(funds.paid)} 元。"]
    left = funds.arranged - funds.due
    if not any(one.document.year == funds.year and one.purpose == FOR_PURCHASE for one in funds.facts.fund_lines):
        said.insert(0, f"没有登记 {funds.year} 年购买服务经费，不能比较够不够付。")
    else:
        enough = f"够付，余 {yuan(left)} 元" if left >= 0 else f"不够付，差 {yuan(-left)} 元"
        said.insert(0, f"购买服务经费安排 {yuan(funds.arranged)} 元，{enough}：")
    if funds.cost:
        beside = funds.due - funds.cost
        held = f"在合同应付之内，余 {yuan(beside)} 元" if beside >= 0 else f"超过合同应付 {yuan(-beside)} 元"
        said.append(f"本年 {funds.months} 个月合同人员用工成本 {yuan(funds.cost)} 元，{held}。")
    if funds.cost_outside:
        said.append(f"没有挂采购合同（或不在合同期内）的人员用工成本 {yuan(funds.cost_outside)} 元，要另外安排。")
    return "".join(said)


def missing(funds: Funds) -> tuple[str, ...]:
    """What is missing for the answer to be whole, a sentence each."""
    found = [finding.arithmetic + "。" for finding in funds.findings]
    found += [f"合同 {one.no} 没有登记合同金额，应付算不出来。" for one in funds.facts.contracts if one.amount is None and runs_in(one, funds.year)]
    found += [
        f"合同 {one.no} 资金来源只登记了 {percent(sum(one.sources.values()))}，其余列在“{UNSTATED}”。"
        for one in funds.facts.contracts
        if one.amount and sum(one.sources.values()) < FULL and due_in_year(one, funds.year)
    ]
    found += [
        f"{line.source}安排 {yuan(line.arranged)} 元，合同应付 {yuan(line.due)} 元，按来源差 {yuan(line.due - line.arranged)} 元。"
        for line in funds.sources
        if line.due > line.arranged and line.source != UNSTATED
    ]
    found += [f"{funds.year} 年有 {count} 条经费明细没有填“{AMOUNTS[name]}”，计算时没有计入。" for name, count in funds.blanks.items() if count]
    return tuple(found)


def runs_in(contract: PurchaseContract, year: int) -> bool:
    """Whether a contract runs on some day of a year."""
    return contract.start <= date(year, 12, 31) and contract.last_day >= date(year, 1, 1)


# The records behind a figure


@dataclass(frozen=True)
class Behind:
    """One record behind a figure: what it is, how much of the figure it makes (分), and the record that is opened for it."""

    table: str
    id: int
    sort: str
    what: str
    day: date | None
    amount: int


def behind(funds: Funds, figure: str, source: str = "") -> tuple[Behind, ...]:
    """What makes a figure. Of the work fund: "base", "arranged", "received", "spent"; with a source, of that line: "arranged",
    "received", "due", "paid". The amounts add up to the figure."""
    facts, year = funds.facts, funds.year
    if figure == "base":
        return tuple(
            Behind("dibao_spend", 0, "低保资金支出", f"{row.year} 年 {row.level} {row.area} {row.kind}（{row.caliber}）", None, row.amount)
            for row in funds.fund.base.rows
            if in_base(row, funds.fund.base.mode)
        )
    if figure == "due":
        portions = ((one, split(due_in_year(one, year), one.sources).get(source, 0)) for one in facts.contracts)
        return tuple(Behind("purchase_contract", one.id, "采购合同", f"{one.no} {one.name}", one.signed, part) for one, part in portions if part)
    if figure == "paid":
        return tuple(
            Behind("purchase_contract", one.id, "合同付款", f"{one.no} {paid.voucher}".strip(), paid.paid_on, paid.amount)
            for one in facts.contracts
            for paid in one.payments
            if paid.paid_on.year == year and (paid.source or UNSTATED) == source
        )
    name = {"arranged": "budget", "received": "received", "spent": "spent"}[figure]
    return tuple(
        Behind("fund_doc", line.document.id, "经费文件", f"{line.document.doc_no or line.document.title} {line.source}（{line.purpose}）", line.document.dated, amount)
        for line in facts.fund_lines
        if line.document.year == year and (line.source == source and line.purpose == FOR_PURCHASE if source else line.source == WORK_FUND)
        and (amount := getattr(line, name))
    )  # fmt: skip


# Acts


def set_spend(book: Book, year: int, caliber: str, cells: Mapping[tuple[str, str, str], int | None]) -> int | None:
    """登记低保资金支出 of a year by one caliber: (级次, 城乡, 类别) → 分; None takes an amount away (blank, not 0). None where nothing changes."""
    _right_year(year)
    stored = {(one["level"], one["area"], one["kind"]): one for one in book.read(rows, "dibao_spend", year=year, caliber=caliber)}
    new, changes = book.read(next_ids)["dibao_spend"], []
    for (level, area, kind), amount in cells.items():
        if amount is not None and amount < 0:
            raise Refused(f"{level}的{area}{kind}不能是负数。没有支出请填 0，不清楚请留空。")
        old = stored.get((level, area, kind))
        if old is None and amount is not None:
            whole = defaults("dibao_spend") | {
                "id": new, "year": year, "level": level, "area": area, "kind": kind, "caliber": caliber, "amount": amount,
            }  # fmt: skip
            changes.append(Change("dibao_spend", (new,), None, whole))
            new += 1
        elif old is not None and amount is None:
            changes.append(Change("dibao_spend", (old["id"],), old, None))
        elif old is not None and old["amount"] != amount:
            changes.append(Change("dibao_spend", (old["id"],), {"amount": old["amount"]}, {"amount": amount}))
    return book.act(f"登记 {year} 年低保资金支出（{caliber}数）", changes) if changes else None


def cell_of(name: str) -> tuple[str, str]:
    """(城乡, 类别) of a column of the matrix."""
    return next(cell for cell in CELLS if "".join(cell) == name)


def add_document(book: Book, values: Mapping[str, Any]) -> Key:
    """新增经费文件: year, level, doc_no, title, dated. The same number in the same year is refused."""
    _right_year(values["year"])
    if not values.get("doc_no") and not values.get("title"):
        raise Refused("请填写经费文件的文号或者名称，以后才能找到它。")
    same = [one for one in book.read(rows, "fund_doc", year=values["year"]) if values.get("doc_no") and one["doc_no"] == values["doc_no"]]
    if same:
        raise Refused(f"{values['year']} 年已经登记了文号为“{values['doc_no']}”的经费文件。请在它下面新增明细。")
    return add(book, "fund_doc", values)


def add_line(book: Book, document: int, values: Mapping[str, Any]) -> Key:
    """新增经费明细 of a document."""
    if book.read(row, "fund_doc", (document,)) is None:
        raise Refused("这份经费文件已经不在了。请刷新。")
    for name, label in (AMOUNTS | {"carried": "上年结转"}).items():
        if (values.get(name) or 0) < 0:
            raise Refused(f"“{label}”不能是负数。请填写金额，不清楚请留空。")
    return add(book, "fund_line", dict(values) | {"document": document})


def add_rate(book: Book, values: Mapping[str, Any]) -> Key:
    """新增单位缴费比例."""
    low, high = values.get("base_low"), values.get("base_high")
    if low is not None and high is not None and low > high:
        raise Refused(f"缴费基数下限 {yuan(low)} 元高于上限 {yuan(high)} 元。请核对。")
    return add(book, "employer_rate", values)


def _right_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"年度“{year}”不像是年份。请填写 {FIRST_YEAR} 至 {LAST_YEAR} 之间的年份，如 2026。")
