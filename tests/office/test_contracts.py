"""Purchase contracts: entered, shared out, amended, paid, renewed, ended, linked to people, found and printed; wrong input in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Refused
from db.lists.contract_parts import chain, payments, people_under
from db.lists.history import log_of_contract, log_of_supplier, removed
from db.rows import row, rows
from office import contracts as acts
from office.contract_sheets import contract_sheet, payment_sheet
from office.find import Found, find
from office.recycle import discard, restore
from policy.contract_facts import DIRECTION_SIGNS, DISPATCH_CLAUSES
from policy.kinds.credit import check_character
from returns.grid import lay_out
from tests.db.records import county, everything, new, worker

DAY = date(2026, 12, 31)
CODE = "91449901MA0000002" + check_character("91449901MA0000002")
WHY = "按年底集中支付安排先付，材料次月补齐"
FUND, OWN = "社会救助工作经费", "本级预算其他安排"
PLAIN: Mapping[str, Any] = {
    "no": "GM-2026-01", "name": "社会救助经办服务", "kind": "政府购买服务", "procured_as": "政府购买服务", "supplier": 1, "buyer": 1,
    "signed": date(2025, 12, 20), "start": date(2026, 1, 1), "end": date(2026, 12, 31), "amount": 13_000_000, "headcount": 2,
}  # fmt: skip


@pytest.fixture
def staffed(book: Book) -> Book:
    """A supplier (1), people 1–3 at town 2 (3 left in June), and the contract 1 with towns 2 and 3."""
    book.act("新建", [*county(), *worker(1), *worker(2), *worker(3, end=date(2026, 6, 30))])
    acts.add_supplier(book, {"name": "岭东社工服务中心", "credit_code": CODE, "body": "社会组织"})
    acts.add_contract(book, PLAIN, units=(2, 3), scopes={"低保": 6000, "特困": 4000}, sources={FUND: 10000}, ticks=DISPATCH_CLAUSES[:2])
    return book


def refused(act: Callable[[], object], *words: str) -> None:
    with pytest.raises(Refused) as said:
        act()
    for word in words:
        assert word in str(said.value)
    assert str(said.value).endswith("。")


def one(book: Book, table: str, number: int) -> dict[str, Any]:
    found = book.read(row, table, (number,))
    assert found is not None
    return found


def held(book: Book, table: str, column: str, contract: int = 1) -> dict[Any, Any]:
    return {line[column]: line.get("share") for line in book.read(rows, table, contract=contract)}


# Suppliers


def test_a_supplier_is_registered_once(staffed: Book) -> None:
    assert one(staffed, "supplier", 1)["user_founded"] is False
    before = staffed.read(everything)
    refused(lambda: acts.add_supplier(staffed, {"name": "岭东 社工服务中心"}), "已有承接主体“岭东社工服务中心”")
    refused(lambda: acts.add_supplier(staffed, {"name": "别名", "credit_code": CODE}), CODE, "岭东社工服务中心")
    refused(lambda: acts.add_supplier(staffed, {"name": None}), "承接主体名称")
    late = {"name": "乙", "licence_from": date(2026, 1, 2), "licence_to": date(2026, 1, 1)}
    refused(lambda: acts.add_supplier(staffed, late), "2026-01-01", "2026-01-02")
    assert staffed.read(everything) == before


# Entering


def test_a_contract_comes_whole_and_goes_with_one_undo(staffed: Book) -> None:
    whole = one(staffed, "purchase_contract", 1)
    assert (whole["buyer_level"], whole["buyer_class"], whole["work_class"]) == ("县", "国家机关", "事务性")
    assert held(staffed, "contract_unit", "unit").keys() == {2, 3}
    assert held(staffed, "contract_scope", "scope") == {"低保": 6000, "特困": 4000}
    assert held(staffed, "contract_source", "source") == {FUND: 10000}
    assert held(staffed, "contract_tick", "tick").keys() == set(DISPATCH_CLAUSES[:2])
    staffed.undo()
    assert staffed.read(rows, "purchase_contract") == staffed.read(rows, "contract_unit") == staffed.read(rows, "contract_scope") == []


@pytest.mark.parametrize(("changes", "words"), [
    ({"no": "ＧＭ-2026-01"}, ("GM-2026-01", "社会救助经办服务")),
    ({"no": "2", "end": date(2025, 12, 31)}, ("合同截止日期 2025-12-31", "起始日期 2026-01-01")),
    ({"no": "2", "procured_as": None}, ("采购项目性质",)),
    ({"no": None}, ("合同编号",)),
    ({"no": "2", "amount": -1}, ("合同金额", "负数")),
    ({"no": "2", "supplier": 9}, ("承接主体",)),
])  # fmt: skip
def test_what_cannot_be_a_contract_is_refused_whole(staffed: Book, changes: dict[str, Any], words: tuple[str, ...]) -> None:
    before = staffed.read(everything)
    refused(lambda: acts.add_contract(staffed, {**PLAIN, **changes}), *words)
    assert staffed.read(everything) == before


def test_the_last_day_may_be_the_first(staffed: Book) -> None:
    acts.add_contract(staffed, {**PLAIN, "no": "2", "end": date(2026, 1, 1)})
    assert one(staffed, "purchase_contract", 2)["end"] == date(2026, 1, 1)


@pytest.mark.parametrize(("shares", "words"), [({"低保": 9999}, ("99.99%", "还差 0.01%")), ({"低保": 6000, "特困": 4001}, ("100.01%", "多出 0.01%"))])
def test_shares_make_a_hundred_per_cent_to_the_last_digit(staffed: Book, shares: dict[str, int], words: tuple[str, ...]) -> None:
    refused(lambda: acts.set_shares(staffed, 1, "contract_scope", shares), "服务内容", *words)
    refused(lambda: acts.add_contract(staffed, {**PLAIN, "no": "2"}, sources={FUND: sum(shares.values())}), "资金来源", words[0])
    assert held(staffed, "contract_scope", "scope") == {"低保": 6000, "特困": 4000}


def test_shares_units_and_ticks_are_replaced_as_one_act_that_says_nothing_where_nothing_changes(staffed: Book) -> None:
    assert acts.set_shares(staffed, 1, "contract_source", {FUND: 5000, OWN: 5000, "其他资金": None}) is not None
    assert held(staffed, "contract_source", "source") == {FUND: 5000, OWN: 5000}
    assert acts.set_shares(staffed, 1, "contract_source", {FUND: 5000, OWN: 5000}) is None
    acts.set_units(staffed, 1, [3, 1])
    assert held(staffed, "contract_unit", "unit").keys() == {1, 3}
    assert acts.set_units(staffed, 1, [1, 3]) is None
    acts.set_ticks(staffed, 1, [DISPATCH_CLAUSES[1], DIRECTION_SIGNS[0]])
    assert held(staffed, "contract_tick", "tick").keys() == {DISPATCH_CLAUSES[1], DIRECTION_SIGNS[0]}
    acts.set_shares(staffed, 1, "contract_source", {})
    assert held(staffed, "contract_source", "source") == {}
    for _ in range(4):
        staffed.undo()
    assert held(staffed, "contract_unit", "unit").keys() == {2, 3}
    assert held(staffed, "contract_source", "source") == {FUND: 10000}


# Amending, paying, ending


def test_an_amendment_moves_amount_and_end(staffed: Book) -> None:
    acts.amend(staffed, 1, signed=date(2026, 5, 1), amount=-1_000_000, end=date(2027, 3, 31))
    assert acts.last_day_of(staffed, 1) == date(2027, 3, 31)
    refused(lambda: acts.amend(staffed, 1, signed=date(2026, 5, 1)), "增减金额")
    refused(lambda: acts.amend(staffed, 1, signed=date(2025, 12, 19), amount=1), "2025-12-19", "2025-12-20")
    refused(lambda: acts.amend(staffed, 1, signed=date(2026, 5, 1), end=date(2025, 12, 31)), "2025-12-31")
    refused(lambda: acts.amend(staffed, 1, signed=date(2026, 5, 1), amount=-12_000_001), "负数")
    acts.amend(staffed, 1, signed=date(2026, 6, 1), amount=-12_000_000)


def test_the_newest_amendment_by_its_signature_says_the_end(staffed: Book) -> None:
    acts.amend(staffed, 1, signed=date(2026, 8, 1), end=date(2027, 6, 30))
    acts.amend(staffed, 1, signed=date(2026, 5, 1), end=date(2027, 3, 31))
    assert acts.last_day_of(staffed, 1) == date(2027, 6, 30)


def test_parts_make_the_amount_of_a_payment(staffed: Book) -> None:
    number = acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, wages=100, employer=20, fee=3, amount=123, first_month=202601, last_month=202606, reason=WHY)
    assert {name: one(staffed, "contract_payment", number)[name] for name in acts.PARTS} == {"wages": 100, "employer": 20, "fee": 3, "other": None}
    assert [line.values[1] for line in staffed.read(payments, 1).rows] == [123]
    before = staffed.read(everything)

    def pay(**values: Any) -> Callable[[], object]:
        return lambda: acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, **values, reason=WHY)

    refused(pay(wages=100, fee=22, amount=123), "分项合计 1.22 元", "付款金额 1.23 元", "相差 0.01 元")
    refused(pay(amount=123), "其他费用")
    refused(pay(wages=5, other=-5), "0 元")
    refused(pay(wages=5, first_month=202602, last_month=202601), "所属月份")
    refused(lambda: acts.pay(staffed, 8, paid_on=DAY, source=FUND, wages=5), "刷新")
    assert staffed.read(everything) == before


def test_paying_with_something_missing_says_what_and_keeps_the_reason(staffed: Book) -> None:
    def pay(**values: Any) -> Callable[[], object]:
        return lambda: acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, wages=5, **values)

    before = staffed.read(everything)
    refused(pay(), "没有写所属月份", "不少于 5 个字")
    refused(pay(first_month=202603), "考勤表：没有", "履约验收：没有", "发票：没有", "付款审批：没有", "不少于 5 个字")
    refused(pay(first_month=202603, reason="正常"), "考勤表", "所写的原因不足 5 个字")
    refused(pay(first_month=202603, last_month=202604), "2026年3月没有办完考勤表、", "2026年4月没有办完", "包含几个月")
    refused(pay(first_month=202701), "2027年1月没有这份合同要结算的服务")
    assert staffed.read(everything) == before
    number = pay(first_month=202603, reason=WHY)()
    assert staffed.acts()[-1].reason == WHY
    (month,) = staffed.read(rows, "settlement")
    assert (month["contract"], month["month"]) == (1, 202603) and one(staffed, "contract_payment", int(str(number)))["settlement"] == month["id"]
    staffed.undo()
    assert staffed.read(everything) == before


def test_money_that_comes_back_needs_no_papers(staffed: Book) -> None:
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=-5)
    assert not staffed.acts()[-1].reason


def test_more_than_the_contract_may_be_paid_as_it_was(staffed: Book) -> None:
    """What happened is recorded; C14 says what is wrong with it."""
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=13_000_001, reason=WHY)


def test_ending_early_is_an_amendment_with_the_new_last_day(staffed: Book) -> None:
    refused(lambda: acts.end_early(staffed, 1, last_day=DAY, signed=date(2026, 8, 1), reason="协商"), "不早于", "2026-12-31")
    refused(lambda: acts.end_early(staffed, 1, last_day=date(2025, 12, 31), signed=date(2026, 8, 1), reason="协商"), "回收站")
    refused(lambda: acts.end_early(staffed, 1, last_day=date(2026, 9, 30), signed=date(2026, 8, 1), reason="协商", amount=-1), "正数")
    acts.end_early(staffed, 1, last_day=date(2026, 12, 30), signed=date(2026, 8, 1), reason="协商一致", amount=500_000)
    (kept,) = staffed.read(rows, "contract_amendment")
    assert (kept["end"], kept["amount"], kept["subject"]) == (date(2026, 12, 30), -500_000, "提前终止：协商一致")
    assert one(staffed, "purchase_contract", 1)["end"] == DAY


# People and renewal


def contract_on(book: Book, engagement: int) -> list[tuple[date, int | None]]:
    return [(term["since"], term["purchase_contract"]) for term in book.read(rows, "engagement_term", engagement=engagement)]


def test_people_stand_under_a_contract_from_its_first_day(staffed: Book) -> None:
    acts.link_people(staffed, 1, [1, 3])
    assert contract_on(staffed, 1) == [(date(2024, 1, 1), None), (date(2026, 1, 1), 1)]
    assert contract_on(staffed, 2) == [(date(2024, 1, 1), None)]
    listed = staffed.read(people_under, 1, date(2026, 6, 30)).rows
    assert [(line.values[0], line.values[4], line.values[5], line.values[-1]) for line in listed] == [
        ("人员1", date(2026, 1, 1), None, True), ("人员3", date(2026, 1, 1), date(2026, 6, 30), True),
    ]  # fmt: skip
    assert [line.values[-1] for line in staffed.read(people_under, 1, date(2026, 7, 1)).rows] == [True, False]
    assert acts.link_people(staffed, 1, [1, 3]) is None
    acts.link_people(staffed, 1, [1])
    assert contract_on(staffed, 3)[-1][1] is None
    staffed.undo()
    assert contract_on(staffed, 3)[-1][1] == 1


def test_later_conditions_of_the_term_go_along_and_those_of_another_contract_stay(staffed: Book) -> None:
    acts.add_contract(staffed, {**PLAIN, "no": "2", "start": date(2026, 10, 1), "end": date(2027, 9, 30)})
    staffed.act("条件", [
        new("engagement_term", 11, engagement=1, since=date(2026, 3, 1), type="劳务派遣"),
        new("engagement_term", 12, engagement=1, since=date(2026, 10, 1), type="劳务派遣", purchase_contract=2),
        new("engagement_term", 13, engagement=1, since=date(2027, 3, 1), type="劳务派遣"),
    ])  # fmt: skip
    acts.link_people(staffed, 1, [1])
    assert sorted(contract_on(staffed, 1), key=lambda term: term[0]) == [
        (date(2024, 1, 1), None), (date(2026, 1, 1), 1), (date(2026, 3, 1), 1), (date(2026, 10, 1), 2), (date(2027, 3, 1), None),
    ]  # fmt: skip


def test_who_cannot_stand_under_it_is_refused(staffed: Book) -> None:
    staffed.act("更多", [*worker(4, end=date(2025, 12, 31)), *worker(5, start=date(2027, 1, 1)), new("person", 6, name="人员6"), new("engagement", 6, person=6, start=DAY)])
    for engagement, words in ((4, "2025-12-31"), (5, "2027-01-01"), (6, "用工条件"), (99, "刷新")):
        refused(lambda engagement=engagement: acts.link_people(staffed, 1, [1, engagement]), words)  # type: ignore[misc]
    assert contract_on(staffed, 1) == [(date(2024, 1, 1), None)]


def test_a_renewal_is_like_its_predecessor_and_starts_anew(staffed: Book) -> None:
    acts.link_people(staffed, 1, [1, 2, 3])
    acts.amend(staffed, 1, signed=date(2026, 5, 1), amount=1_000_000)
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=5, reason=WHY)
    first, last = acts.following_term(date(2026, 1, 1), DAY)
    assert (first, last) == (date(2027, 1, 1), date(2027, 12, 31))
    keys = acts.renew(staffed, 1, no="GM-2027-01", start=first, end=last, signed=date(2026, 12, 28), headcount=2)
    made = one(staffed, "purchase_contract", keys["purchase_contract"][0])
    assert (made["predecessor"], made["amount"], made["supplier"], made["signed"]) == (1, 14_000_000, 1, date(2026, 12, 28))
    assert [made[name] for name in ("awarded", "filed", "project_no", "accepted", "budget_doc")] == [None] * 5
    number = made["id"]
    assert held(staffed, "contract_unit", "unit", number).keys() == {2, 3}
    assert held(staffed, "contract_scope", "scope", number) == {"低保": 6000, "特困": 4000}
    assert held(staffed, "contract_tick", "tick", number).keys() == set(DISPATCH_CLAUSES[:2])
    assert staffed.read(rows, "contract_amendment", contract=number) == staffed.read(rows, "contract_payment", contract=number) == []
    assert contract_on(staffed, 1)[-1] == (date(2027, 1, 1), number)
    assert contract_on(staffed, 3) == [(date(2024, 1, 1), None), (date(2026, 1, 1), 1)], "left in June"
    assert [line.values[:2] for line in staffed.read(chain, 1, DAY).rows] == [("本合同", "GM-2026-01"), ("续签", "GM-2027-01")]
    assert [line.values[0] for line in staffed.read(chain, number, DAY).rows] == ["原合同", "本合同"]
    refused(lambda: acts.renew(staffed, 1, no="3", start=first, end=last), "GM-2027-01")
    staffed.undo()
    assert len(staffed.read(rows, "purchase_contract")) == 1
    assert contract_on(staffed, 1)[-1] == (date(2026, 1, 1), 1)


def test_a_renewal_may_not_share_a_day_with_its_predecessor(staffed: Book) -> None:
    acts.amend(staffed, 1, signed=date(2026, 5, 1), end=date(2027, 1, 31))
    refused(lambda: acts.renew(staffed, 1, no="2", start=date(2027, 1, 31), end=date(2027, 12, 31)), "2027-01-31", "重叠")
    acts.renew(staffed, 1, no="2", start=date(2027, 2, 1), end=date(2027, 12, 31), people=False)


@pytest.mark.parametrize(("start", "last", "term"), [
    (date(2026, 1, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 12, 31))),
    (date(2026, 3, 15), date(2026, 9, 14), (date(2026, 9, 15), date(2027, 3, 14))),
    (date(2023, 3, 1), date(2024, 2, 29), (date(2024, 3, 1), date(2025, 2, 28))),
    (date(2025, 8, 31), date(2026, 2, 28), (date(2026, 3, 1), date(2026, 8, 31))),
    (date(2026, 1, 1), date(2026, 1, 10), (date(2026, 1, 11), date(2026, 1, 20))),
])  # fmt: skip
def test_the_term_a_renewal_begins_with(start: date, last: date, term: tuple[date, date]) -> None:
    assert acts.following_term(start, last) == term


# Removing, the log, finding


def test_a_contract_goes_with_all_its_parts_and_comes_back(staffed: Book) -> None:
    acts.amend(staffed, 1, signed=date(2026, 5, 1), amount=1)
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=5, reason=WHY)
    before = staffed.read(everything)
    refused(lambda: discard(staffed, "supplier", (1,), "登记错了"), "1 份采购合同")
    act = discard(staffed, "purchase_contract", (1,), "登记错了")
    assert all(staffed.read(rows, table) == [] for table in ("purchase_contract", "contract_unit", "contract_payment", "contract_amendment", "contract_tick"))
    assert staffed.acts()[-1].name == "移入回收站 社会救助经办服务"
    assert staffed.read(removed).rows[0].values[2] == "采购合同 社会救助经办服务"
    restore(staffed, act)
    assert staffed.read(everything) == before
    acts.link_people(staffed, 1, [1])
    refused(lambda: discard(staffed, "purchase_contract", (1,), "登记错了"), "涉及人员")


def test_the_log_names_supplier_units_and_parts(staffed: Book) -> None:
    acts.set_units(staffed, 1, [2])
    told = [line.values for line in staffed.read(log_of_contract, 1).rows]
    assert {line[3] for line in told} == {"采购合同", "合同用工单位", "合同服务内容", "合同资金来源", "合同条款与做法"}
    assert any(line[4:6] == ("（移除）", "单位 白沙镇") for line in told)
    (whole,) = [line[6] for line in told if line[3] == "采购合同"]
    assert "承接主体 岭东社工服务中心" in whole and "购买主体 东岭县民政局" in whole
    assert [line.values[3] for line in staffed.read(log_of_supplier, 1).rows] == ["承接主体"]


@pytest.mark.parametrize("text", ["GM-2026-01", "gm-2026", "社会救助", "岭东社工", "shjz", "ldsg", "jbfw"])
def test_a_contract_is_found_by_number_name_supplier_and_letters(staffed: Book, text: str) -> None:
    told = "GM-2026-01　政府购买服务　岭东社工服务中心　2026-01-01 至 2026-12-31"
    assert Found("purchase_contract", 1, "社会救助经办服务", told) in staffed.read(find, text, DAY)


# Prints


def said(sheet: Any) -> dict[str, str]:
    return {line.cells[1].value: line.cells[2].value for line in sheet.rows}


def test_the_register_of_a_contract_says_amounts_in_words(staffed: Book) -> None:
    acts.set_ticks(staffed, 1, [*DISPATCH_CLAUSES, *DIRECTION_SIGNS])
    acts.amend(staffed, 1, signed=date(2026, 5, 1), amount=1_005)
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=100, reason=WHY)
    acts.pay(staffed, 1, paid_on=date(2027, 1, 4), source=FUND, other=7, reason=WHY)
    sheet = staffed.read(contract_sheet, 1, DAY, "东岭县民政局")
    told = said(sheet)
    assert told["合同金额（小写）"] == "¥130,000.00" and told["合同金额（大写）"] == "人民币壹拾叁万元整"
    assert told["补充合同后的金额（大写）"] == "人民币壹拾叁万零壹拾元零伍分"
    assert told["用工单位"] == "青石镇、白沙镇（2 个）"
    assert told["服务内容"] == "低保 60%（78,006.03 元）；特困 40%（52,004.02 元）"
    assert told["付款"] == "1 笔，累计 1.00 元，未付 130,009.05 元"
    assert told["合同写明的条款"] == "；".join(DISPATCH_CLAUSES)
    printed = "".join(span.text for span in lay_out(sheet).spans)
    assert not [sign for sign in DIRECTION_SIGNS if sign in printed], "signs of a disguised dispatch stay in the book"


def test_the_approval_form_of_a_payment(staffed: Book) -> None:
    acts.pay(staffed, 1, paid_on=date(2026, 7, 1), source=FUND, other=1_000_000, reason=WHY)
    number = acts.pay(staffed, 1, paid_on=date(2026, 8, 1), source=OWN, wages=200_000, fee=1_005, first_month=202607, last_month=202607, voucher="记-9", reason=WHY)
    acts.pay(staffed, 1, paid_on=date(2026, 9, 1), source=FUND, other=1, reason=WHY)
    told = said(staffed.read(payment_sheet, number, "东岭县民政局"))
    assert (told["付款金额（小写）"], told["付款金额（大写）"]) == ("¥2,010.05", "人民币贰仟零壹拾元零伍分")
    assert (told["工资"], told["单位缴费"], told["管理费及税"]) == ("2,000.00 元", "", "10.05 元")
    assert (told["所属月份"], told["资金来源"], told["凭证号"]) == ("2026年7月", OWN, "记-9")
    assert (told["此前累计已付"], told["本次付款后累计"], told["合同未付"]) == ("10,000.00 元", "12,010.05 元", "117,989.95 元")
    assert {"经办人意见", "财务审核意见", "分管领导意见", "单位负责人意见"} <= told.keys()
    refused(lambda: staffed.read(payment_sheet, 99, "东岭县民政局"), "刷新")
