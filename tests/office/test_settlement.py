"""Acts of the monthly settlement: papers, payments, linking; figures of a month against sums made by hand; each act has its undo."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change, Refused
from db.contract_facts import contracts
from db.lists import settlement as lists
from db.rows import rows
from office import demo
from office import settlement as acts
from office.check import check
from office.import_file import commit
from office.recycle import discard
from office.settlement_sheet import settlement_sheet
from policy.contract_facts import WORK_FUND
from policy.settlement import MonthFigures, MonthState, SheetSums
from returns.sheet import Measure, shown
from tests.db.records import county, everything, new, pay, worker
from tests.office.sheets import planned

MAY = 202605
DAY = date(2026, 6, 25)
PAPERS: dict[str, Any] = {
    "attendance_on": date(2026, 6, 3), "sheet_on": date(2026, 6, 5), "insured_on": date(2026, 6, 15), "accepted_on": date(2026, 6, 16),
    "acceptance": "合格", "accepted_by": "林志强", "requested_on": date(2026, 6, 17), "invoiced_on": date(2026, 6, 18), "invoice_no": "0001",
    "invoice": 1_285_000, "approved_on": date(2026, 6, 22), "approved_by": "陈建华",
}  # fmt: skip
PARTS = {"wages": 950_000, "employer": 315_000, "fee": 20_000}


def payment(**values: Any) -> dict[str, Any]:
    return {"paid_on": DAY, "source": WORK_FUND, "voucher": "记-001", **PARTS} | values


@pytest.fixture
def settled(book: Book) -> Book:
    """Contract 1 of 2026 with workers 1 and 2; worker 3 stands under none. May: 4,500.00 and 5,000.00 元."""
    under = [Change("engagement_term", (number,), {"purchase_contract": None}, {"purchase_contract": 1}) for number in (1, 2)]
    book.act("新建", [
        *county(),
        new("supplier", 1, name="岭东人力资源有限公司"),
        new(
            "purchase_contract", 1, no="DL-001", name="派遣协议", kind="劳务派遣", procured_as="其他", supplier=1, start=date(2026, 1, 1),
            end=date(2026, 12, 31), amount=30_000_000, fee=10_000, headcount=2,
        ),
        *worker(1), *worker(2), *worker(3),
        pay(1, 2026, 5, base=450_000, employer_insurance=100_000, employer_fund=35_000, fee=10_000),
        pay(2, 2026, 5, base=400_000, bonus=100_000, employer_insurance=180_000, fee=10_000),
        pay(3, 2026, 5, base=777_700, employer_insurance=1, fee=1),
    ])  # fmt: skip
    book.act("挂合同", under)
    return book


def month(book: Book, at: int = MAY) -> MonthState:
    return book.read(acts.month_in, 1, at)[1]


def test_figures_of_a_month_are_those_of_its_people(settled: Book) -> None:
    found = settled.read(lists.figures, 2026)
    assert found[1, MAY] == MonthFigures(2, SheetSums(2, 950_000, 315_000, 20_000, None))
    assert found[None, MAY].ours == SheetSums(1, 777_700, 1, 1, None)
    assert found[1, 202606] == MonthFigures(2)
    made = month(settled)
    assert (made.due, made.fee_said) == (1_285_000, "100.00 元/人·月 × 2 人")


def test_who_came_under_the_contract_in_mid_month_or_left_is_counted_by_the_last_day_in_service(settled: Book) -> None:
    settled.act("变更", [
        new("engagement_term", 9, engagement=3, since=date(2026, 5, 20), type="劳务派遣", purchase_contract=1),
        Change("engagement", (1,), {"end": None}, {"end": date(2026, 5, 10)}),
        new("engagement_term", 10, engagement=2, since=date(2026, 6, 1), type="劳务派遣", purchase_contract=None),
        pay(1, 2026, 6, base=100),
    ])  # fmt: skip
    found = settled.read(lists.figures, 2026)
    assert found[1, MAY].heads == 3 and found[1, MAY].ours.wages == 950_000 + 777_700
    june = found[1, 202606]
    assert (june.heads, june.ours.wages) == (1, 100), "worker 1 is gone, but paid after; worker 2 stands elsewhere"
    assert june.ours.heads == 0, "what is paid to somebody gone is nobody's figure of the month"


def test_the_provider_s_sheet_beside_ours(settled: Book) -> None:
    def send(*lines: Change) -> MonthFigures:
        settled.act("导入", lines)
        return settled.read(lists.figures, 2026)[1, MAY]

    only_one = send(new("provider_pay", 2026, 1, 5, base=450_000))
    assert (only_one.theirs, only_one.unlisted) == (SheetSums(1, 950_000, None, None, None), 1)
    both = send(new("provider_pay", 2026, 2, 5, base=500_100, fee=9_000))
    assert (both.theirs, both.unlisted) == (SheetSums(2, 950_100, None, 19_000, None), 0)
    assert [one.name for one in month(settled).missing][2] == "工资核对"
    kept = send(Change("provider_pay", (2026, 2, 5), {"kept": False}, {"kept": True}))
    assert kept.theirs == SheetSums(2, 950_000, None, 20_000, None)


def test_attended_days_in_the_book_are_counted(settled: Book) -> None:
    settled.act("出勤", [new("attendance", 1, engagement=1, month=MAY, half_days=43), new("attendance", 2, engagement=3, month=MAY, half_days=40)])
    acts.record(settled, 1, MAY, {"attendance_on": date(2026, 6, 3)})
    assert month(settled).steps[0].said == "台账已有 1/2 人的出勤天数" and month(settled).steps[0].done
    assert [row.values[2] for row in settled.read(lists.people_of, 1, MAY).rows] == [43, None]


def test_a_month_with_payments_is_not_moved_away(settled: Book) -> None:
    acts.pay(settled, 1, MAY, payment(), "上级要求先行拨付")
    key = (month(settled).settlement.id,)
    with pytest.raises(Refused, match="已登记 1 笔付款"):
        discard(settled, "settlement", key, "录错了")
    acts.unlink(settled, 1)
    discard(settled, "settlement", key, "录错了")
    assert settled.read(rows, "settlement") == []


def test_papers_come_in_one_by_one_and_each_is_undone(settled: Book) -> None:
    before = settled.read(everything)
    acts.record(settled, 1, MAY, {"attendance_on": date(2026, 6, 3)})
    assert month(settled).state == "缺 6 项"
    assert settled.acts()[-1].name == "登记月度结算 DL-001 2026年5月考勤表收到日期"
    acts.record(settled, 1, MAY, PAPERS)
    assert month(settled).state == "可付款"
    assert len(settled.read(rows, "settlement")) == 1
    assert acts.record(settled, 1, MAY, {"acceptance": "合格"}) is None
    acts.record(settled, 1, MAY, {"insured_on": None})
    assert month(settled).next == "社保缴费凭证"
    for _ in range(3):
        settled.undo()
    assert settled.read(everything) == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"invoiced_on": date(2027, 1, 1)}, "还没有到"),
        ({"attendance_on": date(2026, 4, 30)}, "早于结算的月份 2026年5月"),
        ({"accepted_on": date(2026, 4, 30)}, "早于结算的月份"),
        ({"deduction": -1}, "不能是负数"),
    ],
)
def test_papers_that_cannot_be(settled: Book, values: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        acts.record(settled, 1, MAY, values)
    assert settled.read(rows, "settlement") == []


def test_a_month_outside_the_term_is_refused(settled: Book) -> None:
    with pytest.raises(Refused, match="2027年1月没有这份合同"):
        acts.record(settled, 1, 202701, {"remarks": "x"})


def test_a_complete_payment_needs_no_reason(settled: Book) -> None:
    acts.record(settled, 1, MAY, PAPERS)
    act = acts.pay(settled, 1, MAY, payment(), "多此一举的原因")
    made = month(settled)
    assert (made.state, made.paid) == ("已付款", 1_285_000)
    (one,) = settled.read(rows, "contract_payment")
    assert (one["settlement"], one["first_month"], one["last_month"]) == (made.settlement.id, MAY, MAY)
    (done,) = [one for one in settled.acts() if one.number == act]
    assert done.name == "登记付款 DL-001 2026年5月 12,850.00 元" and not done.reason
    settled.undo()
    assert month(settled).state == "可付款"


def test_paying_with_something_missing_needs_a_reason_that_is_kept(settled: Book) -> None:
    acts.record(settled, 1, MAY, PAPERS | {"insured_on": None})
    for reason in (None, "", "无", "正常"):
        with pytest.raises(Refused, match=r"社保缴费凭证：没有凭证日期.*不少于 5 个字"):
            acts.pay(settled, 1, MAY, payment(), reason)
    assert settled.read(rows, "contract_payment") == []
    acts.pay(settled, 1, MAY, payment(), "社保系统故障，凭证下月补")
    assert settled.acts()[-1].reason == "社保系统故障，凭证下月补"
    assert month(settled).state == "付款不齐"
    acts.record(settled, 1, MAY, {"insured_on": date(2026, 7, 5)})
    assert month(settled).state == "已付款"


def test_one_fen_too_much_needs_a_reason_too(settled: Book) -> None:
    acts.record(settled, 1, MAY, PAPERS)
    with pytest.raises(Refused, match=r"比应付余额 12,850.00 元多 0.01 元"):
        acts.pay(settled, 1, MAY, payment(other=1))
    acts.pay(settled, 1, MAY, payment(wages=949_999))
    assert month(settled).why.endswith("还差 0.01 元")
    acts.pay(settled, 1, MAY, payment(wages=1, employer=None, fee=None, source="本级预算其他安排"))
    assert month(settled).state == "已付款"


def test_paying_a_month_that_was_never_begun_makes_its_settlement(settled: Book) -> None:
    acts.pay(settled, 1, MAY, payment(), "上级要求先行拨付")
    assert len(settled.read(rows, "settlement")) == 1
    settled.undo()
    assert settled.read(rows, "settlement") == [] and settled.read(rows, "contract_payment") == []


@pytest.mark.parametrize(("values", "said"), [({"wages": None, "employer": None, "fee": None}, "应当大于 0"), ({"paid_on": date(2027, 1, 1)}, "还没有到")])
def test_payments_that_cannot_be(settled: Book, values: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        acts.pay(settled, 1, MAY, payment(**values), "不管怎样都要付")


def test_payments_of_the_contract_are_linked_to_their_month(settled: Book) -> None:
    with pytest.raises(Refused, match="没有只属于2026年5月"):
        acts.link(settled, 1, MAY)
    settled.act("付款", [
        new("contract_payment", 1, contract=1, paid_on=DAY, **PARTS, source=WORK_FUND, first_month=MAY, last_month=MAY),
        new("contract_payment", 2, contract=1, paid_on=DAY, wages=5, source=WORK_FUND, first_month=MAY, last_month=202607),
    ])  # fmt: skip
    assert month(settled).state == "付款不齐" and month(settled).paid == 0
    assert month(settled, 202607).state == "付款不齐" and month(settled, 202608).state == "未开始"
    assert acts.link(settled, 1, MAY) == 1
    assert month(settled).paid == 1_285_000
    acts.unlink(settled, 1)
    assert month(settled).paid == 0 and len(settled.read(rows, "contract_payment")) == 2


def test_the_sheet_says_the_month_in_figures_and_words(settled: Book) -> None:
    acts.record(settled, 1, MAY, PAPERS | {"insured_on": None})
    contract, made = settled.read(acts.month_in, 1, MAY)
    sheet = settlement_sheet("石桥县民政局", contract, made)
    texts = [[shown(cell, column.measure) for cell, column in zip(row.cells, sheet.columns, strict=True)] for row in sheet.rows]
    assert ["7", "发票", "2026-06-18", "0001", "12,850.00", ""] in texts
    assert ["4", "社保缴费凭证", "", "", "", "未办妥"] in texts
    assert ["", "应付金额", "", "", "12,850.00", "壹万贰仟捌佰伍拾元整"] in texts
    assert sheet.columns[4].measure is Measure.YUAN and "DL-001" in sheet.footer[0]


def test_the_demo_county_shows_every_state_and_its_sums_agree(demo_book: Book) -> None:
    years = demo_book.read(acts.year_in, demo.YEAR)
    dispatched = years[0]
    assert [state.state for state in dispatched.months.values()] == [*["已付款"] * 9, "付款不齐", "可付款", "缺 6 项"]
    assert dispatched.months[202610].why == "社保缴费凭证：没有凭证日期"
    paid = {one.contract.id: sum(state.paid for state in one.months.values()) for one in years}
    assert paid == {one.id: one.paid for one in demo_book.read(contracts, demo.AS_OF)}
    for one in years:
        for at in one.months:
            listed = demo_book.read(lists.people_of, one.contract.id, at).rows
            assert sum(row.values[3] for row in listed) == one.months[at].wages


def undone(book: Book, as_of: date = date(2026, 12, 31)) -> list[str]:
    """What C21 says, without the contract's name."""
    return [one.arithmetic.rpartition("”：")[2] for one in check(book, as_of).findings if one.rule == "C21"]


def test_a_payment_brought_in_without_its_papers_is_a_finding_until_they_are_there(settled: Book) -> None:
    head = ("合同编号", "付款日期", "付款金额", "资金来源", "所属月份起", "凭证号")
    commit(settled, planned(settled, "payments", head, ("DL-001", date(2026, 6, 25), 12850, "A", "2026-05", "记-1")))
    assert [one["settlement"] for one in settled.read(rows, "contract_payment")] == [None]
    assert undone(settled, date(2026, 6, 24)) == [], "not paid yet on that day"
    papers = "考勤表、承接主体工资表、社保缴费凭证、履约验收、付款申请、发票、付款审批"
    assert undone(settled) == [f"已经付款：2026年5月没有办完{papers}，付款没有挂到月度结算"]
    acts.record(settled, 1, MAY, PAPERS)
    assert undone(settled) == ["已经付款：2026年5月付款没有挂到月度结算"]
    acts.link(settled, 1, MAY)
    assert undone(settled) == []
    acts.record(settled, 1, MAY, {"insured_on": None})
    assert undone(settled) == ["已经付款：2026年5月没有办完社保缴费凭证"]


def test_one_fen_and_a_payment_of_no_month_are_said_too(settled: Book) -> None:
    acts.record(settled, 1, MAY, PAPERS)
    settled.act("录入", [new("contract_payment", 9, contract=1, settlement=1, paid_on=date(2026, 6, 25), other=1_284_999, source="其他资金", first_month=MAY, last_month=MAY)])
    assert undone(settled) == ["已经付款：2026年5月还差 0.01 元"]
    settled.act("录入", [new("contract_payment", 10, contract=1, paid_on=date(2026, 6, 25), other=5, source="其他资金")])
    assert undone(settled) == ["已经付款：2026年5月还差 0.01 元；1 笔付款没有写所属月份"]
