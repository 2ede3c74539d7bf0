"""Records of one table brought in: found by their keys, words looked up and mapped once, blanks kept, nothing made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import book as books
from db.book import Book
from db.change import Change
from db.model import TABLES, TRACKED
from db.rows import defaults, rows
from office.import_file import Preview, commit
from office.imports import (
    KINDS,
    absences,
    appraisals,
    contracts,
    days,
    dibao,
    funds,
    headcounts,
    kind,
    labour,
    lists,
    payments,
    registers,
    settlements,
    standards,
    suppliers,
)
from office.imports.plan import ADD, CHANGED, DUPLICATE, NEW, SAME, UPDATE, WAITING, WRONG
from office.imports.table import Spec
from office.mapping import HeadingMap
from policy.clock import Clock
from policy.example import id_no
from policy.kinds import Unreadable
from policy.kinds.credit import check_character
from tests.db.records import county, management, new, worker
from tests.office.sheets import answered, brought, planned, workbook

BORN = date(1990, 5, 20)
NUMBER = {n: id_no(BORN, n) for n in range(1, 5)}
CONTRACT = ("合同编号", "合同名称", "合同类型", "采购项目性质", "合同起始日期", "合同截止日期")
ONE = ("甲-1", "辅助服务", "政府购买服务", "政府购买服务", date(2026, 1, 1), date(2026, 12, 31))
PAYMENT = ("合同编号", "付款日期", "付款金额", "资金来源", "凭证号")
LABOUR = ("姓名", "身份证号", "劳动合同类型", "劳动合同起始日期", "劳动合同终止日期")
FUND = ("经费年度", "文件级次", "经费文号", "经费文件名称", "资金来源", "经费用途", "预算安排")


@pytest.fixture
def stocked(book: Book) -> Book:
    """Two towns, three workers (the third engaged twice: to 15 May 2026 by 旧公司, from the 16th by 新公司), a supplier, a contract."""
    book.act("新建", [*county(), *worker(1), *worker(2), *worker(3, end=date(2026, 5, 15))])
    book.act("再", [
        *management(), new("engagement", 4, person=3, start=date(2026, 5, 16)), new("engagement_term", 4, engagement=4, since=date(2026, 5, 16), type="劳务派遣", employer="新公司"),
        *(Change("person", (n,), {"id_no": None}, {"id_no": NUMBER[n]}) for n in (1, 3)), Change("engagement_term", (3,), {"employer": None}, {"employer": "旧公司"}),
        new("supplier", 1, name="岭东公司"),
        new("purchase_contract", 1, no="旧-1", name="派遣", kind="劳务派遣", procured_as="其他", start=date(2025, 1, 1), end=date(2025, 12, 31)),
    ])  # fmt: skip
    return book


def states(found: Preview) -> list[str]:
    for one in found.rows:
        assert (one.state in (NEW, CHANGED)) == bool(one.changes) and (one.state == WRONG) == bool(one.errors)
    return [one.state for one in found.rows]


def bring(book: Book, sort: str, head: Sequence[Any], *lines: Sequence[Any], **asked: Any) -> list[str]:
    found = planned(book, sort, head, *lines, **asked)
    commit(book, found)
    return states(found)


def error(book: Book, sort: str, head: Sequence[Any], *lines: Sequence[Any]) -> dict[str, str]:
    """What is wrong with the last line."""
    found = planned(book, sort, head, *lines)
    assert states(found)[-1] == WRONG, found.sentences()
    return dict(found.rows[-1].errors)


def stored(book: Book, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(one[name] for name in columns) for one in book.read(rows, table)]


# Suppliers


def test_a_supplier_is_found_by_its_code_else_by_its_name(stocked: Book) -> None:
    head = ("承接主体", "统一社会信用代码", "承接主体性质")
    code, other, fresh = (body + check_character(body) for body in ("91440101MA59ABCD1", "52440101MJK000000", "91440101000000000"))
    assert bring(stocked, "suppliers", head, ("岭东 公司", code, "企业"), ("社工中心", other, None)) == [CHANGED, NEW]
    assert stored(stocked, "supplier", "name", "credit_code", "body") == [("岭东公司", code, "企业"), ("社工中心", other, None)]
    assert bring(stocked, "suppliers", head, ("岭东公司", None, None)) == [SAME], "blanks never empty what is there"
    assert "是“岭东公司”的" in error(stocked, "suppliers", head, ("岭东劳务", code, None))["统一社会信用代码"]
    assert "岭东公司" in error(stocked, "suppliers", head, ("岭东公司", other, None))["统一社会信用代码"]
    assert "是“甲”的" in error(stocked, "suppliers", head, ("甲", fresh, None), ("乙", fresh, None))["统一社会信用代码"], "two lines of one file too"


# Purchase contracts


def test_a_contract_comes_with_all_that_hangs_on_it(stocked: Book) -> None:
    head = (*CONTRACT, "承接主体", "购买主体", "使用单位", "服务内容", "资金来源", "合同条款与做法", "上一份合同编号", "合同金额（万元）")
    line = (*ONE, "岭东公司", "东岭县民政局", "青石镇政府，白沙镇", "低保60%、特困（40%）", "工作经费", "违约责任；预算保障", "旧-1", 60)
    assert bring(stocked, "contracts", head, line) == [NEW]
    assert stored(stocked, "purchase_contract", "no", "supplier", "buyer", "predecessor", "amount", "buyer_level")[-1] == ("甲-1", 1, 1, 1, 60000000, "县")
    assert stored(stocked, "contract_unit", "contract", "unit") == [(2, 2), (2, 3)]
    assert stored(stocked, "contract_scope", "contract", "scope", "share") == [(2, "低保", 6000), (2, "特困", 4000)]
    assert stored(stocked, "contract_source", "source", "share") == [("社会救助工作经费", 10000)]
    assert stored(stocked, "contract_tick", "tick") == [("违约责任",), ("预算保障",)]
    assert bring(stocked, "contracts", head, line) == [SAME]
    found = planned(stocked, "contracts", ("合同编号", "使用单位", "服务内容"), ("甲-1", "白沙镇", "低保 50%、特困 50%"))
    assert [(cell.label, cell.old, cell.new) for cell in found.rows[0].cells] == [
        ("使用单位", "青石镇、白沙镇", "白沙镇"), ("服务内容", "低保 60%、特困 40%", "低保 50%、特困 50%"),
    ]  # fmt: skip
    commit(stocked, found)
    assert stored(stocked, "contract_unit", "unit") == [(3,)] and stored(stocked, "contract_scope", "share") == [(5000,), (5000,)]
    assert bring(stocked, "contracts", ("合同编号", "使用单位", "服务内容", "备案日期"), ("甲-1", None, None, date(2026, 2, 1))) == [CHANGED]
    assert stored(stocked, "contract_unit", "unit") == [(3,)]


@pytest.mark.parametrize(
    ("label", "value", "says"),
    [
        ("承接主体", "没有的公司", "没有承接主体“没有的公司”"), ("使用单位", "青石镇、黑沙镇", "没有单位“黑沙镇”"), ("服务内容", "低保、特困", "没有写明"),
        ("服务内容", "低保 60%、特困 30%", "合计是 90%"), ("资金来源", "天上", "没有“天上”"), ("上一份合同编号", "甲-1", "没有合同编号"), ("上一份合同编号", "旧-9", "没有合同编号"),
        ("合同截止日期", "2025-12-31", "早于"), ("使用单位", "青石镇、青石镇", "两次"), ("合同名称", None, "必须填写"),
    ],
)  # fmt: skip
def test_what_a_contract_says_that_the_book_does_not_know_is_refused(stocked: Book, label: str, value: Any, says: str) -> None:
    line = dict(zip(CONTRACT, ONE, strict=True)) | {label: value}
    assert says in error(stocked, "contracts", tuple(line), tuple(line.values()))[label]


def test_unknown_words_of_a_list_are_mapped_once_for_all_rows(stocked: Book) -> None:
    head = (*CONTRACT, "使用单位", "承接主体")
    lines = [(f"甲-{n}", *ONE[1:], "青石镇、白沙站" if n % 2 else "白沙站", "岭东") for n in range(1, 6)]
    found = planned(stocked, "contracts", head, *lines)
    assert [(one.label, one.text, one.count) for one in found.unknown] == [("使用单位", "白沙站", 5), ("承接主体", "岭东", 5)]
    assert found.unknown[0].suggestions[0] == "白沙镇" and found.unknown[1].suggestions == ("岭东公司",)
    part = answered(found, HeadingMap(answers={"units": {"白沙站": "白沙镇"}}))
    assert [one.text for one in part.unknown] == ["岭东"], "a word once answered is not asked again, though its rows are still wrong"
    whole = answered(part, HeadingMap(answers={"supplier": {"岭东": "岭东公司"}}))
    assert states(whole) == [NEW] * 5 and whole.unknown == ()
    commit(stocked, whole)
    assert stored(stocked, "contract_unit", "unit")[:3] == [(2,), (3,), (3,)]


def test_modes_hold_for_tables_too(stocked: Book) -> None:
    lines = [("旧-1", "派遣二", *ONE[2:]), ONE]
    assert states(planned(stocked, "contracts", CONTRACT, *lines)) == [CHANGED, NEW]
    assert states(planned(stocked, "contracts", CONTRACT, *lines, mode=ADD)) == [NEW]
    assert states(planned(stocked, "contracts", CONTRACT, *lines, mode=UPDATE)) == [CHANGED]


# Payments


def test_payments_are_told_apart_by_voucher_and_never_guessed(stocked: Book) -> None:
    day = date(2025, 3, 1)
    assert bring(stocked, "payments", PAYMENT, ("旧-1", day, 50000, "A", "记-1"), ("旧-1", day, 50000, "A", "记-2"), ("旧-1", day, 50000, "A", "记-1")) == [NEW, NEW, DUPLICATE]
    assert stored(stocked, "contract_payment", "contract", "other", "source", "voucher") == [(1, 5000000, "社会救助工作经费", v) for v in ("记-1", "记-2")]
    assert bring(stocked, "payments", PAYMENT, ("旧-1", day, 60000, "A", "记-2")) == [CHANGED]
    assert "金额不同" in error(stocked, "payments", PAYMENT, ("旧-1", day, 70000, "A", None))["凭证号"]
    assert bring(stocked, "payments", PAYMENT, ("旧-1", day, 50000, "A", None)) == [SAME], "the same sum without its voucher is the same payment"


def test_a_payment_gets_its_voucher_later(stocked: Book) -> None:
    day = date(2025, 3, 1)
    assert bring(stocked, "payments", PAYMENT, ("旧-1", day, 50000, "A", None)) == [NEW]
    assert bring(stocked, "payments", PAYMENT, ("旧-1", day, 50000, "A", "记-1")) == [CHANGED]
    assert stored(stocked, "contract_payment", "voucher") == [("记-1",)]


def test_a_payment_says_before_it_is_written_what_its_month_lacks(stocked: Book) -> None:
    stocked.act("改", [Change("purchase_contract", (1,), {"amount": None}, {"amount": 10_000_000})])
    head, day = (*PAYMENT, "所属月份起", "所属月份止"), date(2025, 3, 1)

    def note(*lines: Sequence[Any]) -> str:
        found = planned(stocked, "payments", head, *lines)
        assert states(found) == [NEW] * len(lines)
        return "".join(found.rows[-1].notes)

    assert "没有写所属月份" in note(("旧-1", day, 50000, "A", "记-1", None, None))
    assert "2026年1月不在合同期间内" in note(("旧-1", day, 50000, "A", "记-1", 202601, None))
    bare = note(("旧-1", day, 50000, "A", "记-1", 202501, None))
    assert "2025年1月没有办完" in bare and "发票" in bare and "付款申请" in bare and "月度结算" in bare
    stocked.act("登记", [new("settlement", 1, contract=1, month=202501, requested_on=date(2025, 2, 1), request_no="函1")])
    assert "付款申请" not in note(("旧-1", day, 50000, "A", "记-1", 202501, None)), "what is there is not asked for again"
    both = note(("旧-1", day, 50000, "A", "记-1", 202501, 202502))
    assert "2025年1月没有办完" in both and "2025年2月没有办完" in both and "分不清各月" in both
    assert "超过合同金额" not in note(("旧-1", day, 60000, "A", "记-1", 202501, None))
    lines = [("旧-1", day, 60000, "A", f"记-{n}", 202501, None) for n in (1, 2)]
    assert "累计 120,000.00 元，超过合同金额 100,000.00 元" in note(*lines), "the rows before count"
    commit(stocked, planned(stocked, "payments", head, lines[0]))
    (same,) = planned(stocked, "payments", head, lines[0]).rows
    assert same.state == SAME and "月度结算" not in "".join(same.notes), "of a payment that is there nothing is said again"


def test_the_parts_of_a_payment_make_its_amount(stocked: Book) -> None:
    head = ("合同编号", "付款日期", "付款金额", "其中：工资", "单位缴费", "资金来源")
    day = date(2025, 3, 1)
    assert "差 -1.00" in error(stocked, "payments", head, ("旧-1", day, 49999, 42000, 8000, "A"))["付款金额"]
    assert "没有任何金额" in error(stocked, "payments", head, ("旧-1", day, None, None, None, "A"))["付款金额"]
    assert "没有合同编号" in error(stocked, "payments", head, ("旧-7", day, 1, None, None, "A"))["合同编号"]
    assert bring(stocked, "payments", head, ("旧-1", day, None, 42000, 8000, "A")) == [NEW]
    assert stored(stocked, "contract_payment", "wages", "employer", "other") == [(4200000, 800000, None)]


# Labour contracts


def test_labour_contracts_follow_one_another(stocked: Book) -> None:
    first = ("人员1", NUMBER[1], "固定期限", date(2024, 1, 1), date(2025, 12, 31))
    found = planned(stocked, "labour", LABOUR, first, ("人员1", NUMBER[1], "固定期限", date(2026, 1, 1), date(2027, 12, 31)))
    assert states(found) == [NEW, NEW] and "第 2 次" in found.rows[1].notes[0]
    commit(stocked, found)
    assert stored(stocked, "labour_contract", "engagement", "seq") == [(1, 1), (1, 2)]
    assert bring(stocked, "labour", LABOUR, first) == [SAME]
    assert "重叠" in error(stocked, "labour", (*LABOUR, "第几次签订"), ("人员1", NUMBER[1], "固定期限", date(2027, 12, 31), None, 3))["劳动合同起始日期"]
    assert bring(stocked, "labour", (*LABOUR, "第几次签订"), ("人员1", NUMBER[1], "无固定期限", date(2028, 1, 1), "长期", 3)) == [NEW]
    assert "第几次签订" in error(stocked, "labour", LABOUR, ("人员1", NUMBER[1], "固定期限", date(2024, 1, 2), date(2024, 1, 3)))
    assert "第 1 次" in error(stocked, "labour", (*LABOUR, "第几次签订"), (*first, 2))["第几次签订"]
    assert "早于起始" in error(stocked, "labour", LABOUR, ("人员2", None, "固定期限", date(2024, 5, 1), date(2024, 4, 30)))["劳动合同终止日期"]
    assert "1 至 31" in error(stocked, "labour", (*LABOUR, "约定发薪日"), ("人员2", None, "固定期限", date(2024, 5, 1), None, 32))["约定发薪日"]


def test_a_name_alone_waits_and_a_stranger_is_refused(stocked: Book) -> None:
    line = ("人员2", None, "固定期限", date(2024, 1, 1), date(2025, 12, 31))
    found = planned(stocked, "labour", LABOUR, line)
    assert states(found) == [WAITING] and found.rows[0].by_name and found.changes == []
    assert bring(stocked, "labour", LABOUR, line, confirmed_names=["人员2"]) == [NEW]
    assert "没有“某某”" in error(stocked, "labour", LABOUR, ("某某", None, *line[2:]))["姓名"]
    assert "没有这个身份证号" in error(stocked, "labour", LABOUR, ("某某", NUMBER[4], *line[2:]))["身份证号"]


def test_a_contract_belongs_to_the_engagement_of_its_days(stocked: Book) -> None:
    def of(first: date, last: date | None, *more: Any) -> Sequence[Any]:
        return ("人员3", NUMBER[3], "固定期限", first, last, *more)

    assert bring(stocked, "labour", LABOUR, of(date(2024, 1, 1), date(2026, 5, 15)), of(date(2026, 5, 16), date(2027, 5, 15))) == [NEW, NEW]
    assert stored(stocked, "labour_contract", "engagement", "seq") == [(3, 1), (4, 1)]
    assert "用工期间" in error(stocked, "labour", LABOUR, of(date(2023, 1, 1), date(2023, 12, 31)))["劳动合同起始日期"]


# Funds


def test_fund_lines_come_with_their_document(stocked: Book) -> None:
    line = (2026, "县", "东财〔2026〕3号", "下达经费", "A", "购买服务", 80)
    head = (*FUND[:-1], "预算安排（万元）")
    assert bring(stocked, "funds", head, line, (*line[:5], "工作经费", 20)) == [NEW, NEW]
    assert stored(stocked, "fund_doc", "year", "level", "doc_no", "title") == [(2026, "县", "东财〔2026〕3号", "下达经费")], "one document for both lines"
    assert stored(stocked, "fund_line", "document", "purpose", "budget") == [(1, "购买服务", 80000000), (1, "工作", 20000000)]
    assert bring(stocked, "funds", head, line) == [SAME]
    assert bring(stocked, "funds", ("年度", "文号", "资金来源", "经费用途", "到位金额"), (2026, "东财〔2026〕3号", "A", "工作", 100000)) == [CHANGED]
    found = planned(stocked, "funds", (*head, "印发日期"), (*line, date(2026, 3, 1)))
    assert states(found) == [CHANGED] and [change.table for change in found.changes] == ["fund_doc"]
    assert "文件级次" in error(stocked, "funds", head, (2025, None, "另一号", None, "A", "工作", 1))
    assert "哪份文件" in error(stocked, "funds", head, (2025, "县", None, None, "A", "工作", 1))["经费文号"]
    assert "没有任何金额" in error(stocked, "funds", head, (*line[:-1], None))["预算安排"]


def test_documents_of_one_title_are_told_apart_by_their_number(stocked: Book) -> None:
    lines = [(2026, "县", number, "下达经费", "A", "工作", 1) for number in ("一号", "二号")]
    assert bring(stocked, "funds", FUND, *lines) == [NEW, NEW]
    assert len(stored(stocked, "fund_doc", "id")) == 2
    assert "2 份" in error(stocked, "funds", FUND, (2026, "县", None, "下达经费", "A", "工作", 1))["经费文号"]


def test_spending_never_supposes_a_level_or_a_caliber(stocked: Book) -> None:
    head = ("年度", "资金级次", "城乡", "支出类别", "数据口径", "支出金额")
    line = ("2025年度", "县", "农村", "低保金", "决算", 1234567.89)
    assert bring(stocked, "dibao", head, line) == [NEW]
    assert stored(stocked, "dibao_spend", "year", "area", "amount") == [(2025, "农", 123456789)]
    assert bring(stocked, "dibao", head, (*line[:-1], 2)) == [CHANGED]
    for at in range(len(head)):
        assert head[at] in error(stocked, "dibao", head, tuple(None if place == at else cell for place, cell in enumerate(line)))
    without = planned(stocked, "dibao", head[:4], line[:4])
    assert without.missing == ("数据口径", "支出金额") and without.changes == []


# What hangs on a person


def test_headcounts_alone(stocked: Book) -> None:
    head = ("单位", "核定日期", "核定人数", "核定文号")
    assert bring(stocked, "headcounts", head, ("青石镇", date(2026, 1, 1), 4, "一号"), ("白沙镇", date(2026, 1, 1), 0, None)) == [NEW, NEW]
    assert bring(stocked, "headcounts", head, ("青石镇", date(2026, 1, 1), 5, None), ("白沙镇", date(2026, 1, 1), 0, None)) == [CHANGED, SAME]
    assert bring(stocked, "headcounts", head, ("青石镇", date(2026, 7, 1), 6, None)) == [NEW]
    assert stored(stocked, "approved_headcount", "unit", "heads", "document") == [(2, 5, "一号"), (3, 0, None), (2, 6, None)]
    assert [one.text for one in planned(stocked, "headcounts", head, ("石青镇", date(2026, 1, 1), 4, None)).unknown] == ["石青镇"]


@pytest.mark.parametrize(
    ("label", "cell", "stored_as"),
    [
        ("农村低保户数", "210 户", 210), ("农村低保户数", "２１０户", 210), ("农村低保户数", "1,210户", 1210), ("农村低保户数", "210人", None), ("农村低保户数", "约210户", None),
        ("农村低保人数", "210 人", 210), ("农村低保人数", "210户", None), ("临时救助户次", "3户次", 3), ("临时救助户次", "3户", None), ("核定人数", "4名", 4), ("核定人数", "4个", None),
    ],
)  # fmt: skip
def test_a_count_may_say_its_own_unit_and_no_other(stocked: Book, label: str, cell: str, stored_as: int | None) -> None:
    found = planned(stocked, "units", ("单位名称", "统计日期", label), ("青石镇", date(2026, 12, 31), cell))
    values = [value for change in found.changes for name, value in (change.after or {}).items() if name in ("households", "persons", "heads") and value is not None]
    assert values == ([] if stored_as is None else [stored_as]) and states(found) == [WRONG if stored_as is None else NEW]


def test_absences_never_share_a_day(stocked: Book) -> None:
    head = ("姓名", "身份证号", "请假类别", "请假起始日期", "请假结束日期", "是否带薪")

    def away(first: date, last: date | None, kind: str = "病假", paid: Any = "是") -> Sequence[Any]:
        return ("人员1", NUMBER[1], kind, first, last, paid)

    assert bring(stocked, "absences", head, away(date(2026, 5, 6), None)) == [NEW]
    assert bring(stocked, "absences", head, away(date(2026, 5, 6), date(2026, 5, 8))) == [CHANGED]
    assert bring(stocked, "absences", head, away(date(2026, 5, 6), date(2026, 5, 8)), away(date(2026, 5, 9), date(2026, 5, 9))) == [SAME, NEW]
    assert "重叠" in error(stocked, "absences", head, away(date(2026, 5, 8), date(2026, 5, 8), "事假"))["缺勤起始日期"]
    assert "重叠" in error(stocked, "absences", head, away(date(2026, 6, 1), None), away(date(2026, 7, 1), None))["缺勤起始日期"], "two lines of one file too"
    assert "早于" in error(stocked, "absences", head, away(date(2026, 6, 2), date(2026, 6, 1)))["缺勤结束日期"]
    assert "是否带薪" in error(stocked, "absences", head, away(date(2026, 6, 2), date(2026, 6, 2), paid=None)), "paid or not is never supposed"
    assert "用工期间" in error(stocked, "absences", head, away(date(2023, 6, 2), date(2023, 6, 2)))["缺勤起始日期"]


def test_standards_say_all_their_parts(stocked: Book) -> None:
    head = ("姓名", "身份证号", "工资标准起始日期", "月固定工资", "月绩效标准", "年终标准", "年工资标准")

    def standard(since: date, *parts: Any) -> Sequence[Any]:
        return ("人员1", NUMBER[1], since, *parts)

    first = standard(date(2026, 1, 1), 4000, 300, None, 51600)
    assert bring(stocked, "standards", head, first) == [NEW]
    assert bring(stocked, "standards", head, first, standard(date(2026, 7, 1), None, None, None, 54000)) == [SAME, NEW]
    assert bring(stocked, "standards", head, standard(date(2026, 1, 1), 4000, None, None, None)) == [SAME]
    assert "51,600.00" in error(stocked, "standards", head, standard(date(2026, 1, 1), 4000, 300, None, 51601))["年工资标准"]
    stocked.undo()  # the annual figure from July
    assert "原来的月绩效标准是 300.00" in error(stocked, "standards", head, standard(date(2026, 8, 1), 4200, None, None, None))["月绩效标准"]
    assert bring(stocked, "standards", head, standard(date(2026, 8, 1), 4200, 0, None, None)) == [NEW]
    assert "没有任何标准" in error(stocked, "standards", head, standard(date(2026, 9, 1), None, None, None, None))["月固定工资"]
    assert stored(stocked, "pay_standard", "since", "monthly_fixed", "performance")[0] == (date(2026, 1, 1), 400000, 30000), "the past stays"


def test_appraisals(stocked: Book) -> None:
    head = ("姓名", "身份证号", "年度", "考核结果")
    assert bring(stocked, "appraisals", head, ("人员1", NUMBER[1], 2025, "合格"), ("人员3", NUMBER[3], 2025, "不称职")) == [NEW, NEW]
    assert stored(stocked, "appraisal", "person", "year", "grade") == [(1, 2025, "称职"), (3, 2025, "不称职")]
    assert bring(stocked, "appraisals", head, ("人员1", NUMBER[1], 2025, "优秀")) == [CHANGED]
    first, second = planned(stocked, "appraisals", head, ("人员1", NUMBER[1], 2026, "优秀"), ("人员1", NUMBER[1], 2026, "称职")).rows
    assert (first.state, second.state) == (NEW, WRONG) and "第 2 行" in second.errors[""]


def test_settlement_months_of_a_contract(stocked: Book) -> None:
    head = ("合同编号", "结算月份", "考勤表收到日期", "发票号码", "扣减金额")
    assert bring(stocked, "settlements", head, ("旧-1", "2025-05", date(2025, 6, 2), "0012", None)) == [NEW]
    assert bring(stocked, "settlements", head, ("旧-1", "2025-05", None, None, 50), ("旧-1", "2025-06", None, "0013", None)) == [CHANGED, NEW]
    assert stored(stocked, "settlement", "month", "invoice_no", "deduction") == [(202505, "0012", 5000), (202506, "0013", None)]
    assert "没有这份合同要结算的服务" in error(stocked, "settlements", head, ("旧-1", "2026-01", None, None, None))["结算月份"]
    stocked.act("补充", [new("contract_amendment", 1, contract=1, signed=date(2025, 12, 1), end=date(2026, 3, 31))])
    assert bring(stocked, "settlements", head, ("旧-1", "2026-01", None, None, None)) == [NEW], "the amendment carries the contract on"
    assert "早于结算的月份" in error(stocked, "settlements", head, ("旧-1", "2025-07", date(2025, 6, 30), None, None))["考勤表收到日期"]
    assert "负数" in error(stocked, "settlements", head, ("旧-1", "2025-07", None, None, -5))["扣减金额"]


def test_grades_are_named_by_their_scale_where_two_have_the_name(stocked: Book) -> None:
    head = ("层级名称", "工资项目", "月标准")
    assert bring(stocked, "grade_items", head, ("一级", "基本工资", 3000), ("一级", "津贴", 200)) == [NEW, NEW]
    assert bring(stocked, "scales", ("方案名称", "施行日期"), ("新方案", date(2026, 1, 1))) == [NEW]
    assert bring(stocked, "grades", ("方案名称", "层级序号", "层级名称"), ("新方案", 1, "一级")) == [NEW]
    assert "分不清" in error(stocked, "grade_items", head, ("一级", "基本工资", 3100))["层级名称"]
    assert bring(stocked, "grade_items", head, ("新方案 一级", "基本工资", 3100)) == [NEW]
    assert stored(stocked, "pay_grade_item", "grade", "item", "monthly") == [(1, "基本工资", 300000), (1, "津补贴", 20000), (2, "基本工资", 310000)]
    head = ("姓名", "身份证号", "层级名称", "变动日期", "变动类型")
    assert bring(stocked, "grade_changes", head, ("人员1", NUMBER[1], "新方案 一级", date(2026, 1, 1), "定级")) == [NEW]
    assert "必须填写" in error(stocked, "grade_changes", head, ("人员1", NUMBER[1], "新方案 一级", date(2026, 5, 1), None))["变动类型"]


def test_recruiting_progress_of_a_unit_in_a_batch(stocked: Book) -> None:
    head = ("招录批次", "单位名称", "进度截至", "报名", "到岗")
    assert bring(stocked, "progress", head, ("第一批", "青石镇", date(2026, 3, 1), 6, 0)) == [NEW]
    assert bring(stocked, "progress", head, ("第一批", "青石镇", date(2026, 4, 1), 6, 1)) == [NEW], "another day stands beside the first"
    assert stored(stocked, "recruit_count", "line", "applied", "on_post") == [(1, 6, 0), (1, 6, 1)]
    assert "没有这个单位" in error(stocked, "progress", head, ("第一批", "白沙镇", date(2026, 3, 1), 1, 0))["单位名称"]
    assert bring(stocked, "recruits", ("招录批次", "单位名称", "计划招录"), ("第一批", "白沙镇", 2)) == [NEW]
    assert bring(stocked, "progress", head, ("第一批", "白沙镇", date(2026, 3, 1), 1, 0)) == [NEW]
    assert "公告日期" in error(stocked, "progress", head, ("第一批", "青石镇", date(2026, 1, 1), 1, 0))["进度截至"]
    stocked.act("到岗", [Change("engagement", (1,), {"recruit_line": None}, {"recruit_line": 1})])
    assert "不能少于 1" in error(stocked, "progress", head, ("第一批", "青石镇", date(2026, 5, 1), 6, 0))["到岗"]


def test_attendees_rewards_hiring_and_handed_over_matters(stocked: Book) -> None:
    head = ("姓名", "身份证号", "培训名称", "是否参训")
    assert bring(stocked, "attendees", head, ("人员1", NUMBER[1], "政策培训", "是"), ("人员3", NUMBER[3], "政策培训（2026-01-09）", "否")) == [NEW, NEW]
    assert stored(stocked, "training_person", "person", "attended") == [(1, True), (3, False)]
    assert "必须填写" in error(stocked, "attendees", head, ("人员1", NUMBER[1], "政策培训", None))["实际参训"], "nobody is supposed to have come"
    stocked.act("同名", [new("training", 2, name="政策培训", kind="入职培训", held=date(2026, 9, 9))])
    assert "分不清" in error(stocked, "attendees", head, ("人员1", NUMBER[1], "政策培训", "是"))["培训名称"]
    head = ("姓名", "身份证号", "奖励日期", "奖励类别", "奖励名称")
    assert bring(stocked, "rewards", head, ("人员1", NUMBER[1], date(2026, 5, 1), "表扬", "先进个人")) == [NEW]
    assert bring(stocked, "unit_rewards", ("单位名称", "奖励日期", "奖励类别", "奖励名称"), ("青石镇", date(2026, 5, 1), "表扬", "先进个人")) == [NEW]
    assert stored(stocked, "reward", "person", "unit") == [(1, None), (None, 2)]
    head = ("招录计划", "单位名称", "计划人数", "到岗月份")
    assert bring(stocked, "hiring_lines", head, ("下年计划", "青石镇", 2, 3), ("下年计划", "青石镇", 1, 9)) == [NEW, NEW]
    assert bring(stocked, "hiring_lines", head, ("下年计划", "青石镇", 3, 3)) == [CHANGED]
    assert stored(stocked, "hiring_line", "unit", "heads", "month") == [(2, 3, 3), (2, 1, 9)]
    assert "1 到 12" in error(stocked, "hiring_lines", head, ("下年计划", "青石镇", 2, 13))["到岗月份"]
    assert "大于 0" in error(stocked, "hiring_lines", head, ("下年计划", "青石镇", 0, 4))["计划人数"]
    head = ("移交日期", "移交人", "事项类别", "移交事项")
    assert bring(stocked, "handover_items", head, (date(2026, 6, 1), None, "合同", "合同原件")) == [NEW]
    assert "没有" in error(stocked, "handover_items", head, (date(2026, 6, 2), None, "合同", "公章"))["移交日期"]
    stocked.act("又一次", [new("handover", 2, on=date(2026, 6, 1), giver="王五", receiver="李四")])
    assert "移交人" in error(stocked, "handover_items", head, (date(2026, 6, 1), None, "合同", "公章"))["移交日期"]
    assert bring(stocked, "handover_items", head, (date(2026, 6, 1), "王五", "合同", "公章")) == [NEW]


def test_problems_of_one_day_are_told_apart_by_their_unit(stocked: Book) -> None:
    head = ("单位名称", "发现日期", "存在问题", "销号日期")
    found = [(unit, date(2026, 3, 1), "没有窗口", None) for unit in ("青石镇", "白沙镇", None)]
    assert bring(stocked, "problems", head, *found) == [NEW, NEW, NEW]
    assert bring(stocked, "problems", head, ("青石镇", date(2026, 3, 1), "没有窗口", date(2026, 6, 1)), *found[1:]) == [CHANGED, SAME, SAME]


def test_attended_days_of_a_month_in_the_title(stocked: Book) -> None:
    found = planned(stocked, "days", ("2026年5月考勤表",), ("姓名", "身份证号", "出勤天数"), ("人员1", NUMBER[1], 20.5), ("人员3", NUMBER[3], 22))
    assert states(found) == [NEW, NEW] and "两段用工关系" in found.rows[1].notes[0]
    commit(stocked, found)
    assert stored(stocked, "attendance", "engagement", "month", "half_days") == [(1, 202605, 41), (4, 202605, 44)]
    head = ("姓名", "身份证号", "月份", "出勤天数", "用人单位")
    assert bring(stocked, "days", head, ("人员3", NUMBER[3], "2026-05", 10, "旧公司")) == [NEW]
    assert "都不符" in error(stocked, "days", head, ("人员3", NUMBER[3], "2026-05", 10, "别的公司"))["出勤月份"]
    assert "必须填写" in error(stocked, "days", ("姓名", "身份证号", "出勤天数"), ("人员1", NUMBER[1], 20.5))["出勤月份"]
    assert "还没有用工关系" in error(stocked, "days", head, ("人员3", NUMBER[3], "2023-05", 10, None))["出勤月份"]


# Nothing unread becomes a value


SPECS: tuple[Spec, ...] = (
    *(one.SPEC for one in (absences, appraisals, contracts, days, dibao, funds, headcounts, labour, payments, settlements, standards, suppliers)),
    *registers.SPECS, *lists.SPECS,
)  # fmt: skip
SOUND: dict[str, dict[str, Any]] = {
    "absences": {"kind": "病假", "start": date(2026, 5, 6), "end": date(2026, 5, 8), "paid": "是"},
    "appraisals": {"year": 2025, "grade": "称职", "score": 80, "reason": "好"},
    "contracts": dict(zip(("no", "name", "kind", "procured_as", "start", "end"), ONE, strict=True)) | {"amount": 1, "headcount": 1, "signed": date(2026, 1, 1)},
    "days": {"month": 202605, "half_days": 20},
    "dibao": {"year": 2025, "level": "县", "area": "农", "kind": "低保金", "caliber": "决算", "amount": 1},
    "funds": {"year": 2026, "level": "县", "doc_no": "一号", "title": "经费", "source": "A", "purpose": "工作", "budget": 1, "received": 2},
    "headcounts": {"unit": "青石镇", "since": date(2026, 1, 1), "heads": 4, "document": "一号"},
    "labour": {"seq": 1, "kind": "固定期限", "start": date(2024, 1, 1), "end": date(2025, 12, 31), "wage": 4000, "pay_day": 10, "names_unit": "是"},
    "payments": {"contract": "旧-1", "paid_on": date(2025, 3, 1), "wages": 1, "fee": 2, "source": "A", "first_month": 202501, "voucher": "一"},
    "standards": {"since": date(2026, 1, 1), "monthly_fixed": 4000, "performance": 300, "year_end": 0},
    "amendments": {"contract": "旧-1", "signed": date(2025, 6, 1), "amount": 1, "subject": "增加一人"},
    "rates": {"since": date(2026, 7, 1), "item": "养老", "rate": "16%", "base_low": 4500},
    "plans": {"kind": "具体操作方案", "doc_no": "东府办〔2026〕2号", "dated": date(2026, 2, 1), "must_publish": "是"},
    "meetings": {"name": "联席会议", "kind": "联席会议", "held": date(2026, 3, 1), "level": "县", "departments": "编办、财政"},
    "trainings": {"name": "入职培训", "kind": "入职培训", "held": date(2026, 3, 1), "hours": 8, "called": 5},
    "incoming": {"title": "关于报送情况的通知", "received": date(2026, 3, 1), "due": date(2026, 4, 1)},
    "inspections": {"organ": "省厅", "kind": "省厅检查", "held": date(2026, 3, 1), "score": 90},
    "survey": {"unit": "青石镇", "as_of": date(2026, 3, 1), "has_window": "是", "windows": 1},
    "workload": {"unit": "青石镇", "year": 2026, "accepted": 12},
    "contacts": {"name": "李四", "role": "财政", "phone": "13800000000"},
    "control": {"as_of": date(2026, 6, 30), "category": "低保城", "households": 5, "persons": 9},
    "wages": {"since": date(2026, 1, 1), "area": "东岭县", "monthly": 1750},
    "holidays": {"day": date(2026, 10, 10), "kind": "调休上班", "name": "国庆节"},
    "retirement": {"born_from": 196501, "category": "男", "years": 60, "months": 1},
    "supervisions": {"contract": "旧-1", "phase": "事中", "held": date(2025, 6, 1), "by": "李四", "mended": date(2025, 7, 1)},
    "disclosures": {"contract": "旧-1", "kind": "合同公告", "published": date(2025, 1, 9), "channel": "政府网站"},
    "evaluations": {"contract": "旧-1", "year": 2025, "buyer_score": 90, "result_weight": 2, "sample": 30, "grade": "优", "use": "续签"},
    "problems": {"unit": "青石镇", "found_on": date(2026, 3, 1), "what": "没有窗口", "due": date(2026, 6, 1)},
    "rewards": {"given": date(2026, 3, 1), "kind": "通报表扬", "title": "先进个人", "organ": "市民政局"},
    "unit_rewards": {"unit": "青石镇", "given": date(2026, 3, 1), "kind": "通报表扬", "title": "先进集体"},
    "attendees": {"training": "政策培训", "attended": "是"},
    "heads": {"document": "东府办〔2025〕1号", "unit": "青石镇", "heads": 3},
    "scales": {"name": "新方案", "since": date(2026, 1, 1), "document": "一号", "performance_share": "20%"},
    "grades": {"scale": "试行方案", "level": 2, "name": "二级", "year_end": 3000, "years": 2, "certificate": "助理社会工作师", "appraisals": 2},
    "grade_items": {"grade": "一级", "item": "基本工资", "monthly": 3000},
    "factors": {"scale": "试行方案", "grade": "优秀", "low": 90, "factor": 120},
    "grade_changes": {"grade": "一级", "since": date(2026, 1, 1), "reason": "首次定级", "document": "一号"},
    "batches": {"name": "第二批", "recruiter": "县民政局", "announced": date(2026, 3, 1), "method": "公开招聘"},
    "recruits": {"batch": "第一批", "unit": "白沙镇", "planned": 2, "due": date(2026, 6, 1)},
    "progress": {"batch": "第一批", "unit": "青石镇", "as_of": date(2026, 3, 1), "applied": 6, "on_post": 1},
    "hiring": {"name": "后年计划", "year": 2028, "note": "补缺口"},
    "hiring_lines": {"plan": "下年计划", "unit": "青石镇", "heads": 2, "from_month": 3},
    "handover_items": {"on": date(2026, 6, 1), "giver": "张三", "kind": "合同", "matter": "合同原件", "due": date(2026, 7, 1)},
    "settlements": {"contract": "旧-1", "month": 202505, "attendance_on": date(2025, 6, 2), "acceptance": "合格", "deduction": 10, "invoice": 5000},
    "suppliers": {"name": "甲", "body": "企业", "licence_to": date(2027, 1, 1), "user_founded": "是", "contact": "李四"},
}
anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=10), st.dates(), st.datetimes(),
    st.sampled_from(["今天", "上周", "5月3日", "去年", "长期", "-", "—", "#REF!", "2024", "四千", "面议", "同上", "〃", "　", "甲 60%、乙", "x", "全额", "若干"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
@given(data=st.data())
def test_an_unread_cell_never_becomes_a_value(stocked: Book, spec: Spec, data: st.DataObject) -> None:
    """Whatever stands in a cell: what is stored is what its kind reads, and what it cannot read stops the row."""
    field = data.draw(st.sampled_from(list(SOUND[spec.id])))
    cell = data.draw(anything)
    cells = SOUND[spec.id] | {field: cell}
    who = {"姓名": "人员1", "身份证号": NUMBER[1]} if spec.whose else {}
    found = planned(stocked, spec.id, (*who, *(spec.fields[name].label for name in cells)), (*who.values(), *cells.values()))
    if not found.rows:
        return  # an example, a total, a note
    (row,) = found.rows
    try:
        read = spec.fields[field].kind.parse(cell, None)
    except Unreadable:
        assert row.state == WRONG and not row.changes
        return
    for change in row.changes:
        if change.table == spec.table and field not in spec.words and field in (change.after or {}):
            held = (change.after or {})[field]
            worked_out = field == "seq" or held == defaults(spec.table)[field]
            assert held == read or (read is None and worked_out), "a blank is blank, or what the model says of a blank"
            assert not isinstance(cell, datetime) or read == cell.date() or not isinstance(read, date)
    if read is None and field in kind(spec.id).musts:
        assert row.state == WRONG


def test_every_table_kind_is_in_the_properties() -> None:
    assert {spec.id for spec in SPECS} | {"units", "roster", "pay", "provider"} == {one.id for one in KINDS} and SOUND.keys() == {spec.id for spec in SPECS}


NOT_BROUGHT_IN = {
    "account", "attachment", "city_county", "city_entry", "city_package", "county", "employer_change", "estimate_copy", "handover", "import_batch",
    "import_mapping", "own_form", "own_formula", "package_point", "pay_confirmation", "report_task", "return_", "return_cell", "return_note", "rule_set",
    "rule_value", "scenario", "seal", "submission",
}  # fmt: skip
"""Why, stands in docs/decisions/import-tables.md."""
BY_PLANS_OF_THEIR_OWN = {
    "unit", "unit_version", "caseload", "person", "engagement", "engagement_term", "assignment", "pay_month", "provider_pay", "fund_doc",
}  # fmt: skip


def test_every_kind_of_record_comes_in_or_is_said_not_to() -> None:
    by_spec = {spec.table for spec in SPECS} | {several.table for spec in SPECS for several in spec.several.values()}
    assert {table.name for table in TRACKED} == by_spec | BY_PLANS_OF_THEIR_OWN | NOT_BROUGHT_IN
    assert not by_spec & NOT_BROUGHT_IN


def test_the_kinds_on_the_command_line(stocked: Book, tmp_path: Path, clock: Clock) -> None:
    stocked.close()
    file = workbook(tmp_path / "合同.xlsx", (*CONTRACT, "使用单位"), (*ONE, "青石镇"), ("甲-2", *ONE[1:], "黑沙镇"))
    code, said = brought(clock, stocked.folder, file, "contracts", "--dry-run")
    assert (code, said["act"], said["counts"][NEW], said["counts"][WRONG]) == (1, None, 1, 1)
    assert said["unknown"] == [{"field": "units", "text": "黑沙镇", "rows": [3], "suggestions": said["unknown"][0]["suggestions"]}]
    code, said = brought(clock, stocked.folder, file, "contracts")
    assert code == 1 and said["act"]
    with books.open_book(stocked.folder, clock) as opened:
        assert [one["no"] for one in opened.read(rows, "purchase_contract")] == ["旧-1", "甲-1"]


def test_years_ordinals_and_record_numbers_are_counted_and_not_added_up() -> None:
    fields = {(table.name, column.name): column.info["field"] for table in TABLES.values() for column in table.columns if "field" in column.info}
    for key in (
        ("pay_month", "year"), ("pay_month", "month"), ("labour_contract", "seq"), ("labour_contract", "pay_day"), ("appraisal", "year"), ("appraisal", "score"),
        ("dibao_spend", "year"), ("fund_doc", "year"), ("unit", "sort_no"), ("attachment", "record"), ("return_", "version"),
    ):  # fmt: skip
        assert not fields[key].kind.sums, key
    assert fields["caseload", "households"].kind.sums and fields["attendance", "half_days"].kind.sums
