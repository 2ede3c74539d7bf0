"""Ending a labour contract: 经济补偿 and its zero cases with the article beside each, the months whose pay counts, what should be known first."""

from __future__ import annotations

from datetime import date

import pytest

from policy import example
from policy.ending import Wages, cautions, outside, reason_of, settle, twelve_months
from policy.labour import END_REASONS

D = date
SINCE, LAST = D(2024, 1, 1), D(2026, 6, 30)
MONTHS = twelve_months(SINCE, LAST)
WAGES = Wages(dict.fromkeys(MONTHS, 450_000))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [  # 劳动合同法第四十七条第三款：解除或者终止前十二个月
        (D(2024, 1, 1), D(2026, 6, 30), (202507, 202606, 12)),  # 月末最后一天：含当月
        (D(2024, 1, 1), D(2026, 6, 29), (202506, 202605, 12)),  # 不是整月：不含当月
        (D(2026, 1, 1), D(2026, 6, 30), (202601, 202606, 6)),  # 不满十二个月（实施条例第二十七条）
        (D(2026, 1, 16), D(2026, 6, 30), (202602, 202606, 5)),  # 入职当月不是整月
        (D(2026, 6, 10), D(2026, 6, 20), (202606, 202606, 1)),  # 没有整月
    ],
)
def test_the_twelve_months_before(first: date, last: date, months: tuple[int, int, int]) -> None:
    found = twelve_months(first, last)
    assert (found[0], found[-1], len(found)) == months


@pytest.mark.parametrize(
    ("reason", "due", "amount", "article"),
    [
        ("协商一致（用人单位提出）", True, 1_125_000, "第四十六条"),  # 第四十六条第二项：2 年 6 个月 → 2.5 个月
        ("协商一致（劳动者提出）", False, 0, "第三十六条"),
        ("个人辞职", False, 0, "第三十七条"),
        ("用人单位违法致劳动者解除", True, 1_125_000, "第四十六条"),  # 第四十六条第一项
        ("试用期不符合录用条件", False, 0, "第三十九条第一项"),
        ("严重违纪", False, 0, "第三十九条第二项"),
        ("严重失职造成重大损害", False, 0, "第三十九条第三项"),
        ("被依法追究刑事责任", False, 0, "第三十九条第六项"),
        ("用人单位裁减人员", True, 1_125_000, "第四十六条"),  # 第四十六条第四项
        ("用人单位破产、被吊销执照或者解散", True, 1_125_000, "第四十六条"),  # 第四十六条第六项
        ("医疗期满不能工作", True, 1_125_000, "第四十六条"),  # 第四十六条第三项
        ("不能胜任工作", True, 1_125_000, "第四十六条"),
        ("客观情况发生重大变化", True, 1_125_000, "第四十六条"),
        ("合同期满不续（用人单位不续）", True, 1_125_000, "第四十六条"),  # 第四十六条第五项
        ("合同期满不续（劳动者拒绝同等或更好条件）", False, 0, "第四十四条第一项"),  # 第四十六条第五项除外情形
        ("退回派遣单位", None, 1_125_000, "看实际情形"),
        ("死亡", False, 0, "第四十四条第三项"),
        ("退休", False, 0, "第四十四条第二项"),
        ("其他", None, 1_125_000, "看实际情形"),
    ],
)
def test_what_each_ground_costs_and_by_which_article(reason: str, due: bool | None, amount: int, article: str) -> None:
    found = settle(reason_of(reason), D(2024, 1, 2), LAST, WAGES, example.parameters().limits)
    assert (found.due, found.amount) == (due, amount) and article in found.words


def test_every_ground_offered_is_in_the_table_above() -> None:
    (mark,) = test_what_each_ground_costs_and_by_which_article.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == set(END_REASONS)


def test_the_half_month_rule_is_said_in_full() -> None:
    reason = reason_of("合同期满不续（用人单位不续）")
    limits = example.parameters().limits
    assert settle(reason, SINCE, LAST, WAGES, limits).amount == 3 * 450_000  # 2 年又满六个月：3 个月
    words = settle(reason, D(2024, 1, 2), LAST, WAGES, limits).words  # 差一天满六个月：2.5 个月
    assert "2024-01-02 至 2026-06-30，折 2.50 个月" in words
    assert "2025年7月至2026年6月 12 个月应发平均 4,500.00 元" in words
    assert "2.50 × 4,500.00 ＝ 11,250.00 元" in words


@pytest.mark.parametrize(
    ("local", "gross", "since", "amount", "said"),
    [
        (0, 1_000_000, D(2010, 1, 1), 16_500_000, "没有录入"),  # 没有录入当地平均工资：不封顶，16.5 个月
        (300_000, 1_000_000, D(2010, 1, 1), 10_800_000, "最多 12 年"),  # 三倍 9,000.00 × 12
        (333_334, 1_000_000, D(2010, 1, 1), 16_500_000, "16.50 × 10,000.00"),  # 不高于三倍 10,000.02
    ],
)
def test_the_cap_applies_where_the_local_average_is_entered(local: int, gross: int, since: date, amount: int, said: str) -> None:
    limits = example.parameters(settings={"limits.local_average_wage": local}).limits
    found = settle(reason_of("不能胜任工作"), since, D(2026, 6, 29), Wages({202605: gross}), limits)
    assert found.amount == amount and said in found.words


def test_an_average_below_the_minimum_wage_counts_as_that() -> None:
    # 实施条例第二十七条
    limits, reason = example.parameters().limits, reason_of("不能胜任工作")
    found = settle(reason, D(2026, 1, 1), LAST, Wages({202606: 150_000}, 162_000), limits)
    assert found.amount == 162_000 and "最低工资" in found.words
    assert settle(reason, D(2026, 1, 1), LAST, Wages({202606: 162_000}, 162_000), limits).amount == 162_000


def test_without_pay_records_nothing_is_guessed() -> None:
    limits = example.parameters().limits
    found = settle(reason_of("不能胜任工作"), SINCE, LAST, Wages({}), limits)
    assert (found.due, found.amount) == (True, None) and "先补录工资" in found.words
    assert settle(reason_of("个人辞职"), SINCE, LAST, Wages({}), limits).amount == 0


def test_an_unknown_ground_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match=r"没有“不想要了”.*个人辞职"):
        reason_of("不想要了")


@pytest.mark.parametrize(
    ("reason", "end", "probation", "away", "said"),
    [
        ("不能胜任工作", None, None, "", "提前三十日"),  # 第四十条
        ("客观情况发生重大变化", None, None, "产假", "第四十二条"),
        ("用人单位裁减人员", None, None, "", "第四十一条"),
        ("用人单位裁减人员", None, None, "产假", "第四十二条"),
        ("合同期满不续（用人单位不续）", LAST, None, "病假", "第四十五条"),
        ("合同期满不续（用人单位不续）", D(2026, 6, 29), None, "", "仍在用工至 2026-06-30"),
        ("试用期不符合录用条件", None, D(2026, 6, 29), "", "已不在试用期内"),
        ("试用期不符合录用条件", None, None, "", "没有登记试用期"),
    ],
)
def test_what_should_be_known_first(reason: str, end: date | None, probation: date | None, away: str, said: str) -> None:
    assert any(said in one for one in cautions(end, probation, reason_of(reason), LAST, away, WAGES, MONTHS))


def test_nothing_to_say_about_a_plain_ending() -> None:
    assert cautions(LAST, None, reason_of("合同期满不续（用人单位不续）"), LAST, "事假", WAGES, MONTHS) == ()
    assert cautions(None, D(2026, 6, 30), reason_of("试用期不符合录用条件"), LAST, "", WAGES, MONTHS) == ()


def test_to_whom_no_money_is_owed_whatever_the_ground() -> None:
    assert outside("劳务派遣", True) == outside("劳务派遣", None) == ()
    (part_time,), (public,) = outside("劳务派遣", False), outside("公益性岗位", True)
    assert "第七十一条" in part_time and "第十二条" in public


def test_months_without_pay_are_named_where_money_is_due() -> None:
    known = Wages({month: 450_000 for month in MONTHS if month != 202512})
    (said,) = cautions(LAST, None, reason_of("合同期满不续（用人单位不续）"), LAST, "", known, MONTHS)
    assert "2025年12月" in said
    assert cautions(LAST, None, reason_of("个人辞职"), LAST, "", known, MONTHS) == ()
