"""更换承接主体: five people change their employer from a day, in one act with one undo; the work and the years go on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import rows
from office import ending, labour, people
from office.check import check_period, facts_in
from office.make_returns import YEARLY
from office.provider_change import NewContract, change_provider, moving
from policy.expiry import LABOUR, expiring
from policy.labour_facts import MOVED, YEARS_KEPT, YEARS_PAID
from policy.period import parse_period
from returns.forms import t3
from tests.db.records import county, everything, new, pay, worker

D = date
DAY = D(2026, 7, 1)
FIVE = (1, 2, 3, 4, 5)


@pytest.fixture
def staffed(book: Book) -> Book:
    """Five dispatched workers of 甲公司 since 2020 with pay of 2026 and a labour contract to 2027; 乙公司 has the agreement from July on."""
    changes = [*county()]
    for number in FIVE:
        changes += [*worker(number, D(2020, 1, 1)), *(pay(number, 2026, month, base=450_000) for month in range(1, 13))]
        changes.append(new("pay_standard", number, engagement=number, since=D(2020, 1, 1), annual=5_400_000))
        changes.append(
            new("labour_contract", number, engagement=number, kind="固定期限", start=D(2024, 1, 1), end=D(2027, 12, 31), wage=450_000, pay_day=10)
        )
    changes += [
        new("supplier", 1, name="甲公司"), new("supplier", 2, name="乙公司"),
        new("purchase_contract", 1, no="A-1", name="甲", kind="劳务派遣", procured_as="其他", supplier=1, start=D(2026, 1, 1), end=D(2026, 6, 30)),
        new("purchase_contract", 2, no="B-1", name="乙", kind="劳务派遣", procured_as="其他", supplier=2, start=DAY, end=D(2027, 6, 30)),
    ]  # fmt: skip
    book.act("新建", changes)
    first = {"employer": "甲公司", "purchase_contract": 1}
    book.act("用人单位", [Change("engagement_term", (number,), {"employer": None, "purchase_contract": None}, first) for number in FIVE])
    return book


NEW = NewContract("固定期限", D(2028, 6, 30), D(2026, 6, 25), True)


def test_five_people_and_one_undo(staffed: Book) -> None:
    before, acts = staffed.read(everything), len(staffed.acts())
    change_provider(staffed, FIVE, DAY, purchase_contract=2, contract=NEW, certificate_on=D(2026, 6, 30))
    assert len(staffed.acts()) == acts + 1 and staffed.acts()[-1].plain == "更换承接主体（5 人）"
    terms = [one for one in staffed.read(rows, "engagement_term") if one["since"] == DAY]
    assert [(one["engagement"], one["employer"], one["purchase_contract"], one["type"]) for one in terms] == [
        (number, "乙公司", 2, "劳务派遣") for number in FIVE
    ]
    contracts = staffed.read(rows, "labour_contract")
    old, made = contracts[:5], contracts[5:]
    assert {(one["ended_on"], one["end_reason"], one["end"], one["certificate_on"]) for one in old} == {(D(2026, 6, 30), MOVED, D(2027, 12, 31), D(2026, 6, 30))}
    assert {(one["seq"], one["start"], one["end"], one["wage"], one["pay_day"], one["names_unit"]) for one in made} == {
        (2, DAY, D(2028, 6, 30), 450_000, 10, True)
    }
    assert {(one["since"], one["before"], one["after"], one["service"], one["severance"]) for one in staffed.read(rows, "employer_change")} == {
        (DAY, "甲公司", "乙公司", YEARS_KEPT, None)
    }
    now = staffed.read(everything)
    for table in ("person", "engagement", "assignment", "pay_standard", "pay_month"):  # the work goes on
        assert now[table] == before[table]
    staffed.undo()
    assert staffed.read(everything) == before


def test_nobody_comes_or_goes_in_the_return(staffed: Book) -> None:
    def line(book: Book) -> list[Any]:
        facts = book.read(facts_in, parse_period("2026"))
        return [cell.value for cell in t3.lay(facts, YEARLY).rows[0].cells]

    before = line(staffed)
    change_provider(staffed, FIVE, DAY, purchase_contract=2)
    assert line(staffed) == before


def test_years_go_on_or_were_paid_for(staffed: Book) -> None:
    # 劳动合同法实施条例第十条
    change_provider(staffed, (1,), DAY, purchase_contract=2, contract=NEW)
    told = staffed.read(moving, (2,), DAY)
    assert [(one.name, one.before, one.since, one.severance) for one in told] == [("人员2", "甲公司", D(2020, 1, 1), 7 * 450_000)]
    change_provider(
        staffed, (2,), DAY, purchase_contract=2, service=YEARS_PAID, severance={2: told[0].severance or 0}, contract=NEW
    )  # fmt: skip
    last, reason = D(2026, 12, 31), "协商一致（用人单位提出）"
    kept, paid = (next(one["id"] for one in staffed.read(rows, "labour_contract", engagement=who) if one["seq"] == 2) for who in (1, 2))
    assert staffed.read(ending.ending, kept, last, reason).settlement.amount == 7 * 450_000
    assert staffed.read(ending.ending, paid, last, reason).settlement.amount == 450_000
    facts = staffed.read(facts_in, check_period(last))
    assert {one.employer for one in facts.labour_contracts if one.seq == 2} == {"乙公司"}


def test_ten_years_are_reached_over_both_employers(staffed: Book) -> None:
    # 第十四条第二款第一项：工作年限合并计算，已支付经济补偿的也连续
    change_provider(staffed, (1,), DAY, purchase_contract=2, service=YEARS_PAID, severance={1: 1}, contract=NewContract("固定期限", D(2029, 12, 31)))
    (one,) = [one["id"] for one in staffed.read(rows, "labour_contract", engagement=1) if one["seq"] == 2]
    assert any("10 年" in said for said in staffed.read(labour.renewing, one, {"start": D(2030, 1, 1), "end": D(2032, 12, 31)}).warnings)


def test_without_a_new_contract_the_board_keeps_asking(staffed: Book) -> None:
    change_provider(staffed, FIVE, DAY, purchase_contract=2)
    board = [one for one in expiring(staffed.read(facts_in, check_period(D(2026, 8, 15)))) if one.sort == LABOUR]
    assert [(one.name, one.band, one.end) for one in board] == [(f"人员{number}", "已过期", D(2026, 6, 30)) for number in FIVE]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"purchase_contract": 1}, "不含 2026-07-01"),
        ({"purchase_contract": 9}, "已经不在了"),
        ({}, "请填写新的承接主体"),
        ({"employer": "甲公司"}, "“人员1”的用人单位已经是“甲公司”"),
        ({"purchase_contract": 2, "kind": "政府购买服务"}, "合同是劳务派遣，“人员1”的用工形式是政府购买服务"),
        ({"purchase_contract": 2, "service": YEARS_PAID, "severance": {1: 100}}, "还缺 4 人：人员2"),
        ({"purchase_contract": 2, "contract": NewContract("固定期限", None)}, "必须填写终止日期"),
    ],
)
def test_what_cannot_be_and_changes_nothing(staffed: Book, more: dict[str, Any], sentence: str) -> None:
    before = staffed.read(everything)
    with pytest.raises(Refused, match=sentence):
        change_provider(staffed, FIVE, DAY, **more)
    assert staffed.read(everything) == before


def test_one_who_cannot_change_is_named_and_nobody_changes(staffed: Book) -> None:
    people.leave(staffed, 3, D(2026, 6, 30), "个人辞职")
    people.set_term(staffed, 4, D(2026, 8, 1), duty_share=5000)
    staffed.act("晚来", [*worker(60, DAY)])
    before = staffed.read(everything)
    for who, sentence in ((3, "“人员3”已在 2026-06-30 离职"), (4, "“人员4”已有从 2026-08-01 起的用工条件"), (60, "“人员60”2026-07-01 才入职")):
        with pytest.raises(Refused, match=sentence):
            change_provider(staffed, (1, who), DAY, purchase_contract=2)
        with pytest.raises(Refused, match=sentence):
            staffed.read(moving, (1, who), DAY)
    with pytest.raises(Refused, match="至少选择一个人"):
        change_provider(staffed, (), DAY, purchase_contract=2)
    assert staffed.read(everything) == before


def test_a_provider_without_a_contract_of_ours(staffed: Book) -> None:
    change_provider(staffed, (1,), D(2026, 3, 1), employer="丙公司")
    newest = staffed.read(rows, "engagement_term", engagement=1)[-1]
    assert (newest["employer"], newest["purchase_contract"]) == ("丙公司", None)
