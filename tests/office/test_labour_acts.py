"""Labour contracts signed, amended, renewed and ended: what is refused, what is warned of with its article, one act and one undo each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows
from office import ending, labour, people
from office.settings import set_parameter
from tests.db.records import county, everything, new, pay, worker

D = date
START = D(2020, 1, 1)


@pytest.fixture
def staffed(book: Book) -> Book:
    """Worker 1 of 甲公司 since 2020, dispatched to town 2, paid 4,500.00 元 a month in 2025 and 2026."""
    months = [pay(1, year, month, base=450_000) for year in (2025, 2026) for month in range(1, 13)]
    book.act("新建", [*county(), *worker(1, START), *months])
    book.act("用人单位", [Change("engagement_term", (1,), {"employer": None}, {"employer": "甲公司"})])
    return book


def fixed(start: date, end: date, **more: Any) -> dict[str, Any]:
    said = {"names_unit": True, "names_term": True, "names_post": True, "wage": 450_000}
    return {"kind": "固定期限", "start": start, "end": end, "signed": start, **said, **more}


def signed(book: Book, *spans: tuple[date, date]) -> int:
    """Contracts one after the other; returns the last one's number."""
    return [labour.sign(book, 1, **fixed(start, end)) for start, end in spans][-1]


TWO = ((START, D(2022, 12, 31)), (D(2023, 1, 1), D(2026, 12, 31)))


def held(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "labour_contract", (number,))
    assert found is not None
    return found


def undone(book: Book, act: Callable[[], object]) -> None:
    """The act changes something in one step, and its undo brings everything back."""
    before, acts = book.read(everything), len(book.acts())
    act()
    assert len(book.acts()) == acts + 1
    assert book.read(everything) != before
    book.undo()
    assert book.read(everything) == before
    book.redo()


def test_signing(staffed: Book) -> None:
    undone(staffed, lambda: labour.sign(staffed, 1, **fixed(*TWO[0])))
    labour.sign(staffed, 1, **fixed(*TWO[1]))
    assert [(one["seq"], one["start"], one["end"]) for one in staffed.read(rows, "labour_contract")] == [(1, *TWO[0]), (2, *TWO[1])]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (fixed(D(2022, 12, 31), D(2024, 12, 31)), "有重叠的日期"),  # the last day of the one before
        (fixed(D(2023, 1, 1), D(2022, 1, 1)), "早于起始日期"),
        (fixed(D(2023, 1, 1), None), "必须填写终止日期"),  # type: ignore[arg-type]
        ({"kind": "无固定期限", "start": D(2023, 1, 1), "end": D(2025, 1, 1)}, "没有终止日期"),
        (fixed(D(2019, 12, 31), D(2019, 12, 31)), "不在用工期间内"),
        (fixed(D(2023, 1, 1), D(2025, 12, 31), probation_end=D(2022, 12, 31)), "不在合同期限内"),
        (fixed(D(2023, 1, 1), D(2025, 12, 31), probation_end=D(2026, 1, 1)), "不在合同期限内"),
    ],
)
def test_what_cannot_be_signed(staffed: Book, values: dict[str, Any], sentence: str) -> None:
    signed(staffed, TWO[0])
    before = staffed.read(everything)
    with pytest.raises(Refused, match=sentence):
        labour.sign(staffed, 1, **values)
    assert staffed.read(everything) == before


def warned(book: Book, contract: int, **values: Any) -> str:
    return "\n".join(book.read(labour.renewing, contract, values).warnings)


def test_a_renewal_links_to_its_predecessor_and_takes_its_terms_over(staffed: Book) -> None:
    first = signed(staffed, TWO[0])
    staffed.act("不续", [Change("labour_contract", (first,), {"not_renewed_on": None}, {"not_renewed_on": D(2022, 12, 1)})])
    made = []
    undone(staffed, lambda: made.append(labour.renew(staffed, first, start=D(2023, 1, 1), end=D(2026, 12, 31), signed=D(2022, 12, 20))))
    after = held(staffed, made[0])
    assert (after["seq"], after["kind"], after["wage"], after["names_unit"], after["start"]) == (2, "固定期限", 450_000, True, D(2023, 1, 1))
    assert (after["insured_on"], after["probation_end"], after["certificate_on"]) == (None, None, None)
    assert held(staffed, first)["not_renewed_on"] is None
    with pytest.raises(Refused, match="请在最后一份合同上续签"):
        labour.renew(staffed, first, start=D(2027, 1, 1), end=D(2028, 12, 31))


@pytest.mark.parametrize(("start", "refused"), [(D(2026, 12, 31), True), (D(2027, 1, 1), False)])
def test_a_renewal_shares_no_day_with_the_one_before(staffed: Book, start: date, refused: bool) -> None:
    second = signed(staffed, *TWO)
    if refused:
        with pytest.raises(Refused, match="有重叠的日期"):
            labour.renew(staffed, second, start=start, end=D(2029, 12, 31))
    else:
        labour.renew(staffed, second, start=start, end=D(2029, 12, 31))


@pytest.mark.parametrize(
    ("spans", "values", "said"),
    [  # 第十四条第二款第三项：连续订立二次固定期限后
        (TWO[:1], {"start": D(2023, 1, 1), "end": D(2026, 12, 31)}, ""),
        (TWO, {"start": D(2027, 1, 1), "end": D(2029, 12, 31)}, "连续第 3 份固定期限"),
        (TWO, {"start": D(2027, 1, 1), "kind": "无固定期限"}, ""),
        # 第五十八条：被派遣劳动者二年以上
        (TWO[:1], {"start": D(2023, 1, 1), "end": D(2024, 12, 30)}, "不足 24 个月"),
        (TWO[:1], {"start": D(2023, 1, 1), "end": D(2024, 12, 31)}, ""),
        # 第十条：中间没有合同
        (TWO[:1], {"start": D(2023, 1, 2), "end": D(2026, 12, 31)}, "中间 1 天没有劳动合同"),
    ],
)
def test_what_a_renewal_warns_of(staffed: Book, spans: tuple[tuple[date, date], ...], values: dict[str, Any], said: str) -> None:
    found = warned(staffed, signed(staffed, *spans), **values)
    assert said in found and bool(found) == bool(said)


@pytest.mark.parametrize(("since", "said"), [(D(2016, 12, 31), True), (D(2017, 1, 1), True), (D(2017, 1, 2), False)])
def test_ten_years_of_service_carried_over(staffed: Book, since: date, said: bool) -> None:
    # 第十四条第二款第一项：连续工作满十年，续签首日 2027-01-01
    staffed.act("工龄", [Change("engagement", (1,), {"service_since": None}, {"service_since": since})])
    only = labour.sign(staffed, 1, **fixed(START, D(2026, 12, 31)))
    assert ("10 年" in warned(staffed, only, start=D(2027, 1, 1), end=D(2029, 12, 31))) is said


def test_a_second_probation_is_warned_of(staffed: Book) -> None:
    # 第十九条第二款：同一用人单位与同一劳动者只能约定一次试用期
    first = labour.sign(staffed, 1, **fixed(*TWO[0], probation_end=D(2020, 5, 31)))
    found = warned(staffed, first, start=D(2023, 1, 1), end=D(2026, 12, 31), probation_end=D(2023, 2, 28))
    assert "已约定试用期" in found and "劳动合同法第十九条" in found


@pytest.mark.parametrize(("grade", "year", "said"), [("不称职", 2022, True), ("基本称职", 2022, False), ("不称职", 2021, False)])
def test_the_newest_appraisal_counts(staffed: Book, grade: str, year: int, said: bool) -> None:
    first = signed(staffed, TWO[0])
    labour.appraise(staffed, 1, year, grade, reason="窗口投诉")
    if year == 2021:
        labour.appraise(staffed, 1, 2022, "称职")
    assert ("不称职者，到期后不再续聘（四（三））" in warned(staffed, first, start=D(2023, 1, 1), end=D(2026, 12, 31))) is said
    with pytest.raises(Refused, match=f"{year} 年度的考核结果已经登记"):
        labour.appraise(staffed, 1, year, "优秀")


def test_a_renewal_is_suggested_as_long_as_before_and_open_where_the_law_asks(staffed: Book) -> None:
    first = signed(staffed, TWO[0])
    said = staffed.read(labour.suggestion, first)
    assert (said["start"], said["end"], said["kind"]) == (D(2023, 1, 1), D(2025, 12, 31), "固定期限")
    second = signed(staffed, TWO[1])
    said = staffed.read(labour.suggestion, second)
    assert (said["start"], said["end"], said["kind"]) == (D(2027, 1, 1), None, "无固定期限")
    labour.renew(staffed, second, **said)
    with pytest.raises(Refused, match="没有终止日期，不需要续签"):
        staffed.read(labour.suggestion, 3)


def test_an_amendment(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    undone(staffed, lambda: labour.amend(staffed, number, D(2026, 6, 1), end=D(2027, 12, 31), wage=None))
    assert (held(staffed, number)["amended_on"], held(staffed, number)["end"], held(staffed, number)["wage"]) == (D(2026, 6, 1), D(2027, 12, 31), 450_000)
    with pytest.raises(Refused, match="没有新的变化"):
        labour.amend(staffed, number, D(2026, 6, 1), wage=450_000)
    with pytest.raises(Refused, match="早于合同起始日期"):
        labour.amend(staffed, number, D(2022, 12, 31), wage=500_000)
    with pytest.raises(Refused, match="有重叠的日期"):
        labour.amend(staffed, 1, D(2026, 6, 2), end=D(2023, 1, 1))
    labour.amend(staffed, number, D(2026, 7, 1), kind="无固定期限")
    assert held(staffed, number)["end"] is None


def test_cells_are_held_to_the_same(staffed: Book) -> None:
    from db.lists import Edit
    from db.lists.labour import contracts_of

    signed(staffed, *TWO)
    listed = staffed.read(contracts_of, 1)
    end = next(column for column in listed.columns if column.column == "end")
    with pytest.raises(Refused, match="有重叠的日期"):
        labour.change_contracts(staffed, listed.columns, [Edit(listed.rows[0], end, D(2023, 1, 1))])
    undone(staffed, lambda: labour.change_contracts(staffed, listed.columns, [Edit(listed.rows[0], end, D(2022, 12, 30))]))
    assert held(staffed, 1)["end"] == D(2022, 12, 30)


def test_not_renewing_ends_contract_engagement_and_posting_in_one_act(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    found = staffed.read(ending.ending, number, D(2026, 12, 31), "合同期满不续（用人单位不续）")
    assert (found.settlement.due, found.settlement.amount, found.warnings) == (True, 7 * 450_000, ())
    undone(staffed, lambda: ending.end_contract(
        staffed, number, D(2026, 12, 31), "合同期满不续（用人单位不续）", severance=7 * 450_000, certificate_on=D(2026, 12, 31), decided_on=D(2026, 11, 20),
    ))  # fmt: skip
    contract, engagement = held(staffed, number), staffed.read(row, "engagement", (1,))
    assert engagement is not None
    assert (contract["ended_on"], contract["not_renewed_on"], contract["certificate_on"]) == (D(2026, 12, 31), D(2026, 11, 20), D(2026, 12, 31))
    assert (engagement["end"], engagement["end_reason"], engagement["severance"]) == (D(2026, 12, 31), "合同期满不续（用人单位不续）", 3_150_000)
    assert [one["end"] for one in staffed.read(rows, "assignment")] == [D(2026, 12, 31)]
    with pytest.raises(Refused, match="已在 2026-12-31 解除"):
        ending.end_contract(staffed, number, D(2026, 12, 31), "个人辞职")


@pytest.mark.parametrize(
    ("reason", "last_day", "more", "sentence"),
    [
        ("合同期满不续（用人单位不续）", D(2026, 12, 30), {}, "2026-12-31 才到期"),
        ("不能胜任工作", D(2026, 6, 30), {}, "先经过培训或者调整工作岗位"),  # 第四十条第二项
        ("不能胜任工作", D(2026, 6, 30), {"retrained_on": D(2026, 7, 1)}, "不晚于最后一天"),
        ("个人辞职", D(2022, 12, 31), {}, "早于合同起始日期"),
        ("个人辞职", D(2026, 6, 30), {"certificate_on": D(2022, 12, 31)}, "离职证明日期"),
        ("想走", D(2026, 6, 30), {}, "没有“想走”"),
    ],
)
def test_an_ending_that_cannot_be(staffed: Book, reason: str, last_day: date, more: dict[str, Any], sentence: str) -> None:
    number = signed(staffed, *TWO)
    before = staffed.read(everything)
    with pytest.raises(ValueError, match=sentence):
        ending.end_contract(staffed, number, last_day, reason, **more)
    assert staffed.read(everything) == before


def test_fifteen_years_and_close_to_retirement(staffed: Book) -> None:
    """By the table and by what her 用工条件 say on the last day (第四十二条第五项); years carried over count."""
    number = signed(staffed, *TWO)

    def said() -> str:
        return "".join(staffed.read(ending.ending, number, D(2026, 6, 30), "不能胜任工作").warnings)

    held_now = {name: held_person(staffed)[name] for name in ("sex", "birth")}
    staffed.act("出生", [Change("person", (1,), held_now, {"sex": "女", "birth": D(1981, 6, 1)})])
    assert "第四十二条第五项" not in said()  # six years
    staffed.act("工龄", [Change("engagement", (1,), {"service_since": None}, {"service_since": D(2011, 7, 1)})])
    assert "没有登记退休类别" in said()
    staffed.act("类别", [Change("engagement_term", (1,), {"retirement": None}, {"retirement": "女工人"})])
    assert "女工人 2031-06-01 到退休年龄" in said() and "没有登记退休类别" not in said()
    staffed.act("表", [new("retirement_age", 1, born_from=198101, category="女工人", years=50, months=1)])
    assert "第四十二条第五项" not in said()  # 2031-07-01: five years and a day
    staffed.act("表", [Change("retirement_age", (1,), {"category": "女工人"}, {"category": "女干部"})])
    assert "女工人 2031-06-01 到退休年龄" in said()


def held_person(book: Book) -> dict[str, Any]:
    found = book.read(row, "person", (1,))
    assert found is not None
    return found


def test_ending_for_want_of_skill_after_training(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    found = staffed.read(ending.ending, number, D(2026, 6, 30), "不能胜任工作")
    assert found.settlement.amount == 7 * 450_000 and "提前三十日" in found.warnings[0]  # 6 年满六个月：7 个月
    ending.end_contract(staffed, number, D(2026, 6, 30), "不能胜任工作", severance=1, retrained_on=D(2026, 3, 1))
    assert held(staffed, number)["retrained_on"] == D(2026, 3, 1)


@pytest.mark.parametrize("reason", ["个人辞职", "合同期满不续（劳动者拒绝同等或更好条件）", "严重违纪"])
def test_where_the_law_owes_nothing_zero_is_recorded(staffed: Book, reason: str) -> None:
    # 第三十七条、第四十六条第五项除外情形、第三十九条
    number = signed(staffed, *TWO)
    assert staffed.read(ending.ending, number, D(2026, 12, 31), reason).settlement.amount == 0
    ending.end_contract(staffed, number, D(2026, 12, 31), reason)
    assert [one["severance"] for one in staffed.read(rows, "engagement")] == [0]


def test_years_carried_over_count_and_the_cap_where_it_is_entered(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    staffed.act("工龄", [Change("engagement", (1,), {"service_since": None}, {"service_since": D(2010, 1, 1)})])
    reason, last = "合同期满不续（用人单位不续）", D(2026, 12, 31)
    assert staffed.read(ending.ending, number, last, reason).settlement.amount == 17 * 450_000
    set_parameter(staffed, "limits.local_average_wage", 149_999, D(2026, 1, 1))  # 三倍 4,499.97
    assert staffed.read(ending.ending, number, last, reason).settlement.amount == 12 * 449_997
    staffed.act("最低工资", [new("minimum_wage", 1, since=D(2026, 1, 1), area="东岭县", monthly=460_000)])
    set_parameter(staffed, "limits.local_average_wage", 200_000, D(2026, 2, 1))
    assert staffed.read(ending.ending, number, last, reason).settlement.amount == 17 * 460_000


def test_who_left_already_has_the_contract_completed_on_the_same_day(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    people.leave(staffed, 1, D(2026, 6, 30), "个人辞职")
    with pytest.raises(Refused, match="已登记在 2026-06-30 离职"):
        ending.end_contract(staffed, number, D(2026, 7, 1), "个人辞职")
    undone(staffed, lambda: ending.end_contract(staffed, number, D(2026, 6, 30), "协商一致（劳动者提出）", certificate_on=D(2026, 7, 2)))
    assert [(one["end_reason"], one["severance"]) for one in staffed.read(rows, "engagement")] == [("协商一致（劳动者提出）", 0)]


def test_a_signed_renewal_must_be_dealt_with_before_an_ending(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    labour.renew(staffed, number, start=D(2027, 1, 1), end=D(2029, 12, 31), signed=D(2026, 12, 1))
    with pytest.raises(Refused, match="已有 2027-01-01 起的第 3 份合同"):
        ending.end_contract(staffed, number, D(2026, 12, 31), "个人辞职")


def test_a_decision_not_to_renew(staffed: Book) -> None:
    number = signed(staffed, *TWO)
    bought = new(
        "purchase_contract", 1, no="A", name="甲", kind="劳务派遣", procured_as="其他", start=D(2026, 1, 1), end=D(2026, 12, 31)
    )  # fmt: skip
    staffed.act("合同", [bought])
    undone(staffed, lambda: labour.decide_not_to_renew(staffed, "purchase_contract", [1], D(2026, 12, 1)))
    labour.decide_not_to_renew(staffed, "labour_contract", [number], D(2026, 12, 2))
    assert held(staffed, number)["not_renewed_on"] == D(2026, 12, 2)
    with pytest.raises(Refused, match="2026-12-02 已登记这份劳动合同不再续签"):
        labour.decide_not_to_renew(staffed, "labour_contract", [number], D(2026, 12, 3))


def test_a_contract_older_than_the_notice_is_signed_without_advice(book: Book) -> None:
    """The rules have no parameters for such a day; they speak of the contract as of today."""
    book.act("新建", [*county(), *worker(1, start=date(2018, 5, 1))])
    values = {"kind": "固定期限", "signed": date(2018, 5, 1), "start": date(2018, 5, 1), "end": date(2021, 4, 30)}
    labour.sign(book, 1, **values)
    assert book.read(rows, "labour_contract")[0]["start"] == date(2018, 5, 1)
