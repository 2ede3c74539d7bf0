"""The funds question of a made-up county against figures worked out by hand; the records behind each figure; acts with undo."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Refused
from db.lists import funds as lists
from db.rows import rows
from office import funds
from office.edit import add
from office.funds import Funds, arithmetic, behind, coverage, missing, source_cells
from office.recycle import discard, restore, what_goes
from office.settings import set_parameter
from policy.contract_facts import SOURCES, TOWN_OWN, WORK_FUND
from tests.db.records import county, everything, new, pay, worker

END = date(2026, 12, 31)
OWN = "本级预算其他安排"


def spent(number: int, level: str, area: str, amount: int, **more: Any) -> Any:
    return new("dibao_spend", number, year=2025, level=level, area=area, amount=amount, **more)


@pytest.fixture
def funded(book: Book) -> Book:
    """2025: 中央 600万, 县 300万 and 100万 of 价格临时补贴 by 决算; by 执行 another 1 亿. 2026: 30万 arranged of source A, 25万 of it arrived by
    the end of the year; 24万 of D. Contract 1 owes 36.5万 for 365 days, of it 60 % from A; 10万 was paid from A."""
    book.act("新建", [
        *county(),
        spent(1, "中央", "农", 600_000_000), spent(2, "县", "城", 100_000_000), spent(3, "县", "农", 200_000_000),
        spent(4, "省", "农", 100_000_000, kind="价格临时补贴"), spent(5, "县", "农", 10_000_000_000, caliber="执行"),
        new("fund_doc", 1, year=2026, level="县", doc_no="财预1号", dated=date(2026, 1, 10)),
        new("fund_doc", 2, year=2026, level="市", title="追加通知", dated=date(2026, 8, 1)),
        new("fund_doc", 3, year=2025, level="县", doc_no="旧1号"),
        new("fund_line", 1, document=1, source=WORK_FUND, purpose="工作", budget=10_000_000, received=10_000_000, received_on=date(2026, 2, 1), spent=4_000_000),
        new("fund_line", 2, document=1, source=WORK_FUND, purpose="购买服务", budget=20_000_000, received=15_000_000, received_on=date(2026, 9, 1), spent=10_000_000),
        new("fund_line", 3, document=2, source=OWN, purpose="购买服务", budget=24_000_000),
        new("fund_line", 4, document=3, source=WORK_FUND, purpose="购买服务", budget=99_000_000, received=99_000_000),
        new("purchase_contract", 1, no="DL-001", name="服务合同", kind="政府购买服务", procured_as="政府购买服务", start=date(2026, 7, 1), end=date(2027, 6, 30),
            amount=36_500_000, signed=date(2026, 6, 20)),
        new("contract_source", 1, contract=1, source=WORK_FUND, share=6000), new("contract_source", 2, contract=1, source=OWN, share=4000),
        new("contract_payment", 1, contract=1, paid_on=date(2026, 10, 1), wages=9_000_000, fee=1_000_000, source=WORK_FUND),
        *worker(1), *worker(2),
        new("engagement_term", 9, engagement=1, since=date(2026, 7, 1), type="政府购买服务", purchase_contract=1),
        pay(1, 2026, 6, base=450_000, fee=10_000), pay(1, 2026, 7, base=500_000, employer_insurance=150_000, fee=10_000), pay(2, 2026, 7, base=300_000),
    ])  # fmt: skip
    return book


def read(book: Book, year: int = 2026, day: date = END) -> Funds:
    return book.read(funds.funds_in, year, day)


def test_the_three_percent_by_hand(funded: Book) -> None:
    found = read(funded)
    fund = found.fund
    assert fund.base.amount == 1_000_000_000 and fund.due == 30_000_000
    assert (fund.arranged, fund.received, fund.spent, fund.spent_on_purchase, fund.short, fund.documents) == (30_000_000, 25_000_000, 14_000_000, 10_000_000, 0, 2)
    assert arithmetic(found).startswith("2025 年低保资金支出（全口径，决算数）10,000,000.00 元 × 3% = 应安排 300,000.00 元；预算安排 300,000.00 元")


@pytest.mark.parametrize(("mode", "base", "due"), [("全口径", 1_000_000_000, 30_000_000), ("本级", 300_000_000, 9_000_000), ("不含价格临时补贴", 900_000_000, 27_000_000)])
def test_by_each_base(funded: Book, mode: str, base: int, due: int) -> None:
    if mode != "全口径":
        set_parameter(funded, "fund.base_mode", mode, date(2026, 1, 1))
    found = read(funded)
    assert (found.fund.base.amount, found.fund.due) == (base, due)
    assert sum(one.amount for one in behind(found, "base")) == base


def test_without_final_accounts_the_running_figures_hold(funded: Book) -> None:
    cells = {(level, area, kind): None for level in ("中央", "省", "市", "县") for area, kind in lists.CELLS}
    funds.set_spend(funded, 2025, "决算", cells)
    fund = read(funded).fund
    assert (fund.base.caliber, fund.base.amount, fund.due) == ("执行", 10_000_000_000, 300_000_000)
    assert fund.short == 300_000_000 - 30_000_000


def test_as_of_a_day_in_the_year(funded: Book) -> None:
    july = read(funded, day=date(2026, 7, 31))
    assert (july.fund.received, july.fund.documents, july.paid) == (10_000_000, 1, 0)
    assert july.cost == 660_000 and july.cost_outside == 450_000 + 10_000 + 300_000


def test_by_source_with_blanks_where_nothing_is_registered(funded: Book) -> None:
    found = read(funded)
    made = {cells.source: cells for cells in source_cells(found)}
    # 184 of 365 days: 18,400,000; 60 % of it 11,040,000, 40 % 7,360,000
    assert found.due == 18_400_000
    one = made[WORK_FUND]
    assert (one.arranged, one.received, one.due, one.paid, one.left, one.short) == (20_000_000, 15_000_000, 11_040_000, 10_000_000, 5_000_000, None)
    own = made[OWN]
    assert (own.arranged, own.received, own.due, own.paid, own.left) == (24_000_000, 0, 7_360_000, 0, 0)
    other = made[TOWN_OWN]
    assert (other.arranged, other.received, other.due, other.paid, other.left, other.short) == (None,) * 6
    assert list(made) == list(SOURCES)


def test_coverage_in_words(funded: Book) -> None:
    said = coverage(read(funded))
    assert "安排 440,000.00 元，够付，余 256,000.00 元" in said
    assert "合同本年应付 184,000.00 元，已付 100,000.00 元" in said
    assert "合同人员用工成本 6,600.00 元，在合同应付之内" in said
    assert "没有挂采购合同（或不在合同期内）的人员用工成本 7,600.00 元" in said


def test_what_is_missing_is_said(funded: Book) -> None:
    said = missing(read(funded))
    assert "2026 年有 1 条经费明细没有填“到位金额”，计算时没有计入。" in said
    assert any("落实率" in one for one in said), "R23: 250,000.00 of 300,000.00 arrived by the end of the year"
    next_year = missing(read(funded, 2027))
    assert any("没有登记 2026 年低保资金支出" in one for one in next_year)
    add(funded, "purchase_contract", {"no": "DL-002", "name": "二", "kind": "其他", "procured_as": "其他", "start": date(2026, 1, 1), "end": END})
    funded.act("改", [new("purchase_contract", 3, no="DL-003", name="三", kind="其他", procured_as="其他", start=date(2026, 1, 1), end=END, amount=100)])
    more = missing(read(funded))
    assert "合同 DL-002 没有登记合同金额，应付算不出来。" in more
    assert "合同 DL-003 资金来源只登记了 0%，其余列在“未注明来源”。" in more


@pytest.mark.parametrize("figure", ["arranged", "received", "due", "paid"])
def test_the_records_behind_a_figure_add_up_to_it(funded: Book, figure: str) -> None:
    found = read(funded)
    for cells in source_cells(found):
        assert sum(one.amount for one in behind(found, figure, cells.source)) == (getattr(cells, figure) or 0)


def test_the_records_behind_the_work_fund(funded: Book) -> None:
    found = read(funded)
    for figure in ("arranged", "received", "spent"):
        assert sum(one.amount for one in behind(found, figure)) == getattr(found.fund, figure)
    assert [(one.table, one.id, one.amount) for one in behind(found, "arranged")] == [("fund_doc", 1, 10_000_000), ("fund_doc", 1, 20_000_000)]


def test_demo_figures_and_what_is_behind_them(demo_book: Book) -> None:
    found = read(demo_book)
    assert (found.fund.due, found.fund.arranged, found.fund.short, missing(found)) == (210_000_000, 220_000_000, 0, ())
    for cells in source_cells(found):
        for figure in ("arranged", "received", "due", "paid"):
            assert sum(one.amount for one in behind(found, figure, cells.source)) == (getattr(cells, figure) or 0)


def test_the_matrix_keeps_blank_apart_from_nothing_spent(funded: Book) -> None:
    before = funded.read(everything)
    assert funds.set_spend(funded, 2026, "预算", {("市", "城", "低保金"): 0, ("市", "农", "低保金"): 500}) is not None
    (row,) = [one for one in funded.read(lists.spend, 2026, "预算").rows if one.values[0] == "市"]
    assert row.values == ("市", 0, 500, None, None, 500)
    assert funds.set_spend(funded, 2026, "预算", {("市", "城", "低保金"): 0}) is None
    funds.set_spend(funded, 2026, "预算", {("市", "城", "低保金"): None, ("市", "农", "低保金"): 700})
    (row,) = [one for one in funded.read(lists.spend, 2026, "预算").rows if one.values[0] == "市"]
    assert row.values == ("市", None, 700, None, None, 700)
    assert funded.read(lists.spend_calibers, 2025) == ("决算", "执行")
    funded.undo()
    funded.undo()
    assert funded.read(everything) == before


def test_the_matrix_refuses_what_cannot_be(funded: Book) -> None:
    with pytest.raises(Refused, match="不能是负数"):
        funds.set_spend(funded, 2026, "决算", {("县", "城", "低保金"): -1})
    with pytest.raises(Refused, match="不像是年份"):
        funds.set_spend(funded, 26, "决算", {("县", "城", "低保金"): 1})


def test_documents_and_lines(funded: Book) -> None:
    with pytest.raises(Refused, match="已经登记了文号为“财预1号”"):
        funds.add_document(funded, {"year": 2026, "level": "县", "doc_no": "财预1号"})
    with pytest.raises(Refused, match="文号或者名称"):
        funds.add_document(funded, {"year": 2026, "level": "县", "doc_no": None, "title": None})
    key = funds.add_document(funded, {"year": 2027, "level": "县", "doc_no": "财预1号"})
    funds.add_line(funded, key[0], {"source": WORK_FUND, "purpose": "工作", "budget": 5})
    with pytest.raises(Refused, match="“支出金额”不能是负数"):
        funds.add_line(funded, key[0], {"source": WORK_FUND, "purpose": "工作", "spent": -5})
    row = funded.read(lists.documents).rows[0]
    assert row.values[:3] == (2027, "县", "财预1号") and row.values[5:] == (1, 5, None, None)
    assert [one.values[2] for one in funded.read(lists.lines, key[0], END).rows] == [5]
    assert funded.read(what_goes, "fund_doc", key) == "经费明细 1 条"
    act = discard(funded, "fund_doc", key, "重复登记")
    assert len(funded.read(rows, "fund_line")) == 4
    restore(funded, act)
    assert len(funded.read(rows, "fund_line")) == 5


def test_rates_whose_limits_are_crossed_are_refused(funded: Book) -> None:
    assert funded.read(lists.rates).rows == (), "none is shipped"
    with pytest.raises(Refused, match="高于上限"):
        funds.add_rate(funded, {"since": END, "item": "养老", "rate": 1600, "base_low": 2, "base_high": 1})
    funds.add_rate(funded, {"since": END, "item": "养老", "rate": 1600, "base_low": 1, "base_high": 1})
    assert [row.values[:3] for row in funded.read(lists.rates).rows] == [(END, "养老", 1600)]
