"""表4, 表5, 表6: figures worked out by hand, what is not known stays blank, and which contracts stand where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from policy.contract_facts import Payment
from policy.example import engagement, facts
from policy.example_contracts import contract, dispatch, funds, spend
from policy.fund_facts import FundDoc, FundLine
from returns.forms import t4, t5, t6
from returns.grid import Role, lay_out
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, across
from returns.task import Task
from tests.returns import money
from tests.returns.laid import GOLDEN, at, printed, text

TASK = Task("年报")
BY_KEY = {sheet.key: sheet for sheet in money.sheets()}
A_LINE, B1_LINE, B2_LINE, D_LINE = "A 社会救助工作经费", "B1 困难群众救助补助资金（中央）", "B2 困难群众救助补助资金（省级）", "D 本级预算其他安排"


@pytest.mark.parametrize("key", money.MONEY_FORMS)
def test_a_form_is_word_for_word_what_was_agreed(key: str) -> None:
    assert printed(BY_KEY[key]) == (GOLDEN / f"东岭县2026年度_{key}.txt").read_text(encoding="utf-8")


# 表4


@pytest.mark.parametrize(
    ("line", "now", "before"),
    [
        ("上年低保资金支出合计", 5_000_000_33, 4_000_000_00),
        ("农村", 4_000_000_33, 4_000_000_00),
        ("按来源：中央", 3_000_000_33, 0),
        ("县级", 1_000_000_00, 2_500_000_00),
        ("其中：价格临时补贴", 100_000_00, 0),
        ("测算比例", Fraction(3, 100), Fraction(3, 100)),
        ("应安排工作经费", 150_000_01, 120_000_00),  # 150,000.0099 and 120,000.00
        ("本年预算安排工作经费", 155_000_00, 121_000_00),
        ("其中：县级预算", 120_000_00, 121_000_00),
        ("上级下达", 35_000_00, 0),
        ("实际到位", 155_000_00, 121_000_00),
        ("安排率", Fraction(155_000_00, 150_000_01), Fraction(121, 120)),
        ("差额（预算安排−应安排）", 4_999_99, 1_000_00),
        ("实际支出", 139_900_00, 100_000_00),
        ("其中：用于购买服务", 121_900_00, 0),
        ("年末结余", 25_100_00, 21_000_00),  # 155,000 + 10,000 carried − 139,900
        ("经费文件份数", 3, 1),
        ("补充：上级下达中　市级", 30_000_00, 0),
        ("上级下达中　省级及以上", 5_000_00, 0),
        ("预算安排中　工作经费", 25_000_00, 121_000_00),
        ("预算安排中　购买服务经费", 130_000_00, 0),
        ("上年结转", 10_000_00, 0),
        ("到位率", 1, 1),
        ("要件齐全的经费文件份数", 3, 1),
    ],
)
def test_both_years_of_the_work_fund(line: str, now: object, before: object) -> None:
    assert at(BY_KEY["表4"], line, "本年", "上年") == [now, before]


def test_change_documents_and_remarks_stand_beside_the_figures() -> None:
    sheet = BY_KEY["表4"]
    assert text(sheet, "应安排工作经费", "增减") == "25.00%"
    assert text(sheet, "其中：城市", "增减") == "—"  # nothing the year before
    assert text(sheet, "安排率", "本年") == "103.33%" and text(sheet, "安排率", "增减") == "—"
    assert text(sheet, "补充：上级下达中　市级", "文件") == "关于下达社会救助工作经费的通知（岭财社〔2026〕15号）"
    assert text(sheet, "其中：县级预算", "日期") == "2026-02-01"
    assert [column.label for column in sheet.columns][2:4] == ["2026年", "2025年（未封存）"]
    typed = Task("年报", typed={("表4", "差额（预算安排−应安排）", "备注"): "已足额"})
    assert text(t4.lay(money.funded(), typed), "差额（预算安排−应安排）", "备注") == "已足额"


@pytest.mark.parametrize(
    ("mode", "base", "due"), [("全口径", 500_000_033, 15_000_001), ("本级", 100_000_000, 3_000_000), ("不含价格临时补贴", 490_000_033, 14_700_001)]
)
def test_the_base_follows_the_parameters(mode: str, base: int, due: int) -> None:
    made = facts(dibao_spend=money.spending(), fund_lines=money.fund_lines(), settings={"fund.base_mode": mode})
    sheet = t4.lay(made, TASK)
    assert at(sheet, "测算基数", "本年") + at(sheet, "应安排工作经费", "本年") == [base, due]
    assert text(sheet, "测算基数", "备注") == f"口径：{mode}"


def test_what_is_not_registered_is_blank_not_nought() -> None:
    sheet = t4.lay(facts(), TASK)
    turned = across(sheet)
    now = next(row for row in turned.rows if row.scope is Scope.NOW)
    known = {turned.columns[at].mark for at, cell in enumerate(now.cells) if cell.value is not None}
    assert known == {"9", "22", "31"}  # the rate, and no document
    assert text(sheet, "上年低保资金支出合计", "备注") == "未登记2025年数"
    assert text(t4.lay(facts(dibao_spend=[spend(100_00)]), TASK), "应安排工作经费", "本年") == "0.00"


def test_a_document_counts_as_complete_with_number_date_and_scan() -> None:
    whole = FundDoc(1, 2026, "县", "东财预〔2026〕1号", "通知", date(2026, 2, 1))
    for doc, scans, complete in (
        (whole, 1, 1),
        (whole, 0, 0),
        (replace(whole, doc_no=""), 1, 0),
        (replace(whole, dated=None), 1, 0),
    ):
        made = replace(facts(fund_docs=[doc]), attachments={("fund_doc", 1): scans})
        assert at(t4.lay(made, TASK), "要件齐全的经费文件份数", "本年") == [complete]


def test_an_upright_form_is_turned_for_its_formulas_and_drawn_as_it_stands() -> None:
    sheet = BY_KEY["表4"]
    turned = across(sheet)
    now = next(row for row in turned.rows if row.name == "本年")
    assert (now.scope, turned.cell(now, "20").value) == (Scope.NOW, 121_900_00)
    assert [column.mark for column in turned.columns] == [str(number) for number in range(1, 32)]
    assert across(BY_KEY["表5"]) is BY_KEY["表5"] and across(turned) is turned
    spans = lay_out(sheet).spans
    assert not [span for span in spans if span.role is Role.MARK]
    assert {span.text for span in spans if span.measure is Measure.RATE and span.column == 3} >= {"3.00%", "103.33%"}


# 表5


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("合计", [230_000_00, 30_000_00, 160_000_00, 40_000_00, 230_000_00, 216_000_00, 212_900_00, 162_000_00, 48_600_00, 2_300_00, 0, 17_100_00]),
        (A_LINE, [130_000_00, 30_000_00, 100_000_00, 0, 130_000_00, 122_400_00, 121_900_00, 95_000_00, 26_100_00, 800_00, 0, 8_100_00]),
        (B2_LINE, [40_000_00, 0, 0, 40_000_00, 40_000_00, 36_000_00, 35_700_00, 27_000_00, 8_100_00, 600_00, 0, 4_300_00]),
        (D_LINE, [60_000_00, 0, 60_000_00, 0, 60_000_00, 57_600_00, 55_300_00, 40_000_00, 14_400_00, 900_00, 0, 4_700_00]),
    ],
)
def test_what_every_source_gave_owes_and_paid(line: str, figures: list[int]) -> None:
    assert at(BY_KEY["表5"], line, *(str(mark) for mark in range(1, 13))) == figures


def test_by_service_the_same_money_by_largest_remainder() -> None:
    sheet = BY_KEY["表5"]
    # contract 1: 70 % 低保, 20 % 养老, 10 % left open of 144,000.00 and 141,500.00; contract 2: all 特困, 72,000.00 and 71,400.00
    assert at(sheet, "救助事务", "6", "7") == [100_800_00 + 72_000_00, 99_050_00 + 71_400_00]
    assert at(sheet, "养老服务", "6", "7") == [28_800_00, 28_300_00]
    assert at(sheet, "其他服务", "6", "7", "1") == [14_400_00, 14_150_00, NOT_APPLICABLE]
    assert text(sheet, "救助事务", "甲") == "其中：低保、特困、临时救助事务"


def test_the_contracts_behind_a_figure() -> None:
    sheet = BY_KEY["表5"]
    line = {row.name: row for row in sheet.rows}
    assert sheet.cell(line[D_LINE], "7").contracts == (1,) and sheet.cell(line[B2_LINE], "6").contracts == (2,)
    assert set(sheet.cell(line["合计"], "7").contracts) == {1, 2}
    assert sheet.cell(line["养老服务"], "7").contracts == (1,)
    contracts = BY_KEY["表6"]
    assert set(contracts.cell(contracts.rows[0], "15").contracts) == {1, 2}
    assert set(contracts.cell(contracts.rows[0], "18").people) == {1, 2, 3}


def test_levels_of_the_budget_are_told_apart() -> None:
    line = funds(100, purpose="购买服务")

    def given(level: str, budget: int) -> FundLine:
        return replace(line, document=replace(line.document, level=level), budget=budget)

    sheet = t5.lay(facts(fund_lines=[given("中央", 1), given("省", 20), given("市", 300), given("县", 4_000), given("乡", 50_000)]), TASK)
    assert at(sheet, A_LINE, "1", "2", "3", "4", "16", "17", "18") == [54_321, 300, 4_000, 50_021, 1, 20, 50_000]


def test_a_payment_without_a_source_keeps_a_line() -> None:
    made = contract(sources={}, payments=(Payment(1, date(2026, 6, 1), other=7),))
    sheet = t5.lay(facts(contracts=[made]), TASK)
    assert at(sheet, "未注明来源", "6", "7", "11") == [12_000_000, 7, 7]
    assert at(sheet, "合计", "6", "7") == [12_000_000, 7]


def test_the_ground_is_typed_by_hand_and_a_contract_without_amount_is_said() -> None:
    typed = Task("年报", typed={("表5", B1_LINE, "15"): "粤财社〔2026〕9号允许列支"})
    sheet = t5.lay(facts(contracts=[contract(amount=None)]), typed)
    assert text(sheet, B1_LINE, "15") == "粤财社〔2026〕9号允许列支"
    assert sheet.footer == ("数据不足：合同 DL-001 没有填合同金额，第6栏未包含。",)
    assert not BY_KEY["表5"].footer


# 表6


def test_a_contract_over_two_years_with_an_amendment() -> None:
    sheet = BY_KEY["表6"]
    assert at(sheet, "DL-002", "14", "15", "16", "17", "18", "27", "28") == [140_000_00, 72_000_00, 101_400_00, 1, 1, 4_000_00, 71_400_00]
    assert at(sheet, "DL-002", "13", "19", "36") == [24, 72_000_00, 0]
    assert at(sheet, "合计", "14", "15", "16", "17", "18", "13", "19") == [284_000_00, 216_000_00, 242_900_00, 3, 3, NOT_APPLICABLE, NOT_APPLICABLE]
    assert text(sheet, "DL-002", "37") == "补充合同1份；接续DL-003"
    assert [row.name for row in sheet.rows] == ["合计", "DL-002", "DL-001"]  # DL-003 ended the year before and owes nothing


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2026, 1, 1), date(2026, 1, 15), Fraction(1, 2)),
        (date(2026, 3, 16), date(2026, 6, 30), 3 + Fraction(1, 2)),
        (date(2026, 3, 1), date(2026, 2, 28), NOT_APPLICABLE),
    ],
)
def test_the_term_in_months_and_thirtieths(start: date, end: date, months: object) -> None:
    payment = Payment(1, date(2026, 6, 1), other=1)
    sheet = t6.lay(facts(contracts=[contract(start=start, end=end, payments=(payment,))]), TASK)
    assert at(sheet, "DL-001", "13") == [months]


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        ({"end": date(2025, 12, 31), "start": date(2025, 1, 1)}, False),
        ({"end": date(2026, 1, 1), "start": date(2025, 1, 1)}, True),
        ({"end": date(2025, 12, 31), "start": date(2025, 1, 1), "payments": (Payment(1, date(2026, 1, 5), other=1),)}, True),
        ({"start": date(2027, 1, 1), "end": date(2027, 12, 31)}, False),
    ],
)
def test_which_contracts_are_listed(changes: dict[str, object], listed: bool) -> None:
    assert (len(t6.lay(facts(contracts=[contract(**changes)]), TASK).rows) > 1) is listed


def test_a_contract_that_begins_later_this_year_is_listed_with_what_it_owes() -> None:
    later = contract(start=date(2026, 7, 1), end=date(2027, 6, 30), signed=date(2026, 5, 20), amount=36_500_00)
    sheet = t6.lay(facts(contracts=[later], period="2026H1"), TASK)
    assert at(sheet, "DL-001", "15", "35") == [18_400_00, "否"]  # 184 of 365 days
    assert text(sheet, "DL-001", "37") == "尚未开始"


def test_who_stands_under_no_contract_is_named_by_unit() -> None:
    people = [engagement(1, purchase_contract=1), engagement(2), engagement(3, purchase_contract=9)]
    sheet = t6.lay(facts(None, people, contracts=[dispatch()]), TASK)
    assert at(sheet, "DL-001", "18") == [1]
    assert sheet.footer == ("另有2人在岗而没有登记所属采购合同：乡镇22人。",)


def test_many_using_units_are_counted_and_one_share_of_all_is_its_name() -> None:
    sheet = t6.lay(facts(contracts=[contract(units=(1, 2, 1, 2, 2), scopes={"低保": 6250, "特困": 3750})]), TASK)
    assert text(sheet, "DL-001", "34") == "东岭县民政局、乡镇2、东岭县民政局等5个单位"
    assert text(sheet, "DL-001", "22") == "低保62.5%、特困37.5%" and text(sheet, "DL-001", "24") == "社会救助工作经费"


def test_an_empty_book_has_forms_without_contracts() -> None:
    sheet = t6.lay(facts(), TASK)
    assert [row.name for row in sheet.rows] == ["合计"]
    assert at(sheet, "合计", "14", "18") == [0, 0]
    assert at(t5.lay(facts(), TASK), "合计", "1", "5", "12", "7") == [None, None, None, 0], "nobody registered what was arranged; nothing was paid"
    assert at(t5.lay(facts(fund_docs=[FundDoc(1, 2026, "县", "1号", "通知", None)]), TASK), "合计", "1", "5", "12", "7") == [0, 0, 0, 0]


def test_an_unknown_amount_leaves_the_sum_unknown() -> None:
    sheet = t6.lay(facts(contracts=[contract(amount=None), contract(2)]), TASK)
    assert at(sheet, "DL-001", "14", "15", "19") == [None, None, None] and at(sheet, "合计", "14", "15") == [None, None]
    assert "数据不足" in text(sheet, "DL-001", "37")


# 四舍五入


def test_the_rounding_note_stands_only_where_printed_sums_differ() -> None:
    def said(*amounts: int) -> bool:
        paid = tuple(Payment(n, date(2026, 6, 1), other=amount, source=source) for n, (amount, source) in enumerate(zip(amounts, (money.A, money.D), strict=True)))
        sheet = t5.lay(facts(contracts=[contract(payments=paid)]), TASK)
        return any("四舍五入" in note for note in sheet.notes)

    assert not said(100_00, 200_00)
    assert said(50_00, 50_00)  # 0.005 + 0.005 万元: 0.01 + 0.01 printed against 0.01


def test_a_cell_is_printed_by_its_own_measure_where_it_has_one() -> None:
    row = Row("行", Scope.OTHER, (Cell(Fraction(1, 2), measure=Measure.RATE), Cell(1_000_000)))
    sheet = Sheet("x", "", (), ("", "", ""), (Column("1", "数", Measure.WAN), Column("2", "数", Measure.WAN)), (row,))
    assert [text(sheet, "行", mark) for mark in ("1", "2")] == ["50.00%", "1.00"]
