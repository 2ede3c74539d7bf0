"""Contract, labour and fund rules: their sums in words, whom they lead to, which settings move them, and when they keep quiet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from office.parameters import PARAMETERS
from policy import example
from policy.contract_facts import CENTRAL_RELIEF, PURCHASE, TOWN_OWN, Amendment
from policy.example_contracts import contract, dispatch, funds, labour, paid, spend, with_contract, with_labour
from policy.facts import Assignment, Facts
from policy.finding import AUDIT, HARD, HINT, RISK, SOFT, Finding
from policy.fund_facts import EmployerRate
from policy.rules import RULES, check

BY_ID = {rule.id: rule for rule in RULES}
ISSUE_4 = [f"C{i:02d}" for i in range(1, 22)] + [f"L{i:02d}" for i in range(1, 18)] + ["R21", "R22", "R23", "R24"]


def found(rule: str, made: Facts) -> list[Finding]:
    return [one for one in check(made) if one.rule == rule]


def said(rule: str, made: Facts) -> str:
    (one,) = found(rule, made)
    return one.arithmetic


def test_every_id_is_there_and_contracts_and_labour_never_reach_a_return() -> None:
    assert set(ISSUE_4) <= set(BY_ID)
    assert {rule.kind for rule in RULES if rule.id[0] in "CL"} == {RISK}
    assert [rule.id for rule in RULES if rule.kind == AUDIT and rule.id in ISSUE_4] == ["R22"]


def test_articles_are_quoted_only_where_the_words_are_known() -> None:
    quoted = {rule.id for rule in RULES if example.parameters().articles.get(rule.article) and rule.id in ISSUE_4}
    assert quoted == {"C02", "C09", "C10", "C11", "C16", "C17", "C20", "R21", "R22", "R23", "R24"}
    outside = with_contract(dispatch(units=(1,)), example.engagement(purchase_contract=1))
    assert found("C11", outside)[0].quote == "用工单位不得将被派遣劳动者再派遣到其他用人单位"


@pytest.mark.parametrize("made", [example.worked_county(), example.facts()], ids=["worked county", "empty county"])
def test_a_county_that_keeps_no_contracts_and_no_funds_hears_nothing_of_them(made: Facts) -> None:
    assert [one.rule for one in check(made) if one.rule in set(ISSUE_4) - {"L10", "L11", "L12"}] == []


def test_a_lawful_contract_with_its_people_and_funds_is_quiet() -> None:
    people = [example.engagement(i, PURCHASE, purchase_contract=1) for i in (1, 2)]
    contracts = [labour(i, engagement=i, person=i) for i in (1, 2)]
    line = funds(15_000_000, purpose="购买服务")
    made = with_contract(contract(), *people, labour_contracts=contracts, fund_docs=[line.document], fund_lines=[line], dibao_spend=[spend(100_000_000)])
    assert [(one.rule, one.arithmetic) for one in check(made) if one.rule in ISSUE_4] == []


def test_a_contracts_finding_leads_to_it_and_stands_with_its_buyer() -> None:
    (one,) = found("C01", with_contract(contract(7, buyer=2, signed=date(2026, 1, 2))))
    assert (one.contract_id, one.unit_id, one.unit, one.severity) == (7, 2, "乡镇2", SOFT)
    assert one.arithmetic == "DL-007“社会救助经办服务”：2026-01-02 签订，晚于起始日期 2026-01-01，属于补签"
    (elsewhere,) = found("C01", with_contract(contract(buyer=None, signed=date(2026, 1, 2))))
    assert elsewhere.unit_id == 1


SUMS = [
    ("C05", with_contract(contract(amendments=(Amendment(1, date(2026, 5, 1), 1_200_001),))), "补充合同合计 12,000.01 元，超过原合同 120,000.00 元 × 10% = 12,000.00 元"),
    ("C06", with_contract(contract(signed=date(2026, 1, 1))), "2025-12-01 中标（成交），2026-01-01 签订，31 天，超过 30 天"),
    ("C07", with_contract(contract(filed=None)), "2025-12-19 签订，7 个工作日至 2025-12-30（未扣除节假日），至 2026-12-31 没有备案"),
    ("C14", with_contract(contract(payments=(paid(date(2026, 6, 1), 12_000_001),))), "累计付款 120,000.01 元，合同金额（含补充合同）120,000.00 元，多付 0.01 元"),
    ("C15", with_contract(contract()), "约定 2 人，在岗 0 人，少 2 人"),
    ("C16", with_contract(contract(wage=4_999_999)), "约定工资 49,999.99 元/人·年，低于最低标准 50,000.00 元，差 0.01 元"),
    ("C20", with_contract(contract(amount=10_239_999)), "2 人 × 12 个月，按最低标准 50,000.00 元/人·年（没有录入缴费率，未计单位缴费）、管理费 100.00 元/人·月，应付 102,400.00 元，合同金额（含补充合同）102,399.99 元，差 0.01 元"),
    ("C20", with_contract(contract(amount=12_739_999), employer_rates=[EmployerRate(date(2026, 1, 1), "综合", 2500)]), "2 人 × 12 个月，按最低标准 50,000.00 元/人·年（含单位缴费）、管理费 100.00 元/人·月，应付 127,400.00 元，合同金额（含补充合同）127,399.99 元，差 0.01 元"),
    ("L02", with_labour(labour(start=date(2025, 1, 2), end=date(2026, 12, 31))), "固定期限，2025-01-02 至 2026-12-31，不足 24 个月"),
    ("L04", with_labour(labour(probation_wage=359_999)), "试用期工资 3,599.99 元，低于约定工资 4,500.00 元 × 80%，即 3,600.00 元"),
    ("L07", with_labour(labour(end=date(2026, 12, 30))), "2026-12-30 到期，已过 1 天仍在用工（法释〔2025〕12号，条号需确认）"),
    ("R22", example.facts(fund_lines=[funds(2_999_999)], dibao_spend=[spend(100_000_000)]), "2025 年低保资金支出（全口径，决算数）1,000,000.00 元 × 3% = 30,000.00 元，预算安排 29,999.99 元，差 0.01 元"),
    ("R23", example.facts(fund_lines=[funds(3_000_000, received=1_500_000)], dibao_spend=[spend(100_000_000)]), "应安排 30,000.00 元，至 2026-12-31 到位 15,000.00 元，落实率 50%，差 15,000.00 元"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "made", "sentence"), SUMS, ids=[rule for rule, _, _ in SUMS])
def test_the_whole_sum_in_one_line(rule: str, made: Facts, sentence: str) -> None:
    assert said(rule, made).rpartition("”：")[2] == sentence


def test_levels_within_a_rule() -> None:
    def level(rule: str, made: Facts) -> list[str]:
        return [one.severity for one in found(rule, made)]

    assert level("C01", with_contract(contract(sources={TOWN_OWN: 1}, signed=date(2026, 1, 2)))) == [HARD, SOFT]
    late = contract(start=date(2025, 1, 1), end=date(2026, 1, 31), payments=(paid(date(2026, 12, 1), 12_000_001),))
    assert level("C14", with_contract(late)) == [HARD, SOFT]
    assert level("L07", with_labour(labour(end=date(2026, 12, 31)))) == [HINT]
    assert level("L07", with_labour(labour(end=date(2026, 12, 30)))) == [SOFT]
    assert level("L13", example.facts(engagements=[example.engagement(who=example.person(birth=date(2008, 1, 2)))])) == [HARD]
    assert level("R21", example.facts(dibao_spend=[spend(1)])) == [HARD]
    assert level("R21", example.facts(dibao_spend=[spend(1)], as_of=date(2026, 12, 30))) == [SOFT]


def test_priority_within_a_rule() -> None:
    def first(rule: str, made: Facts) -> list[str]:
        return [one.priority for one in found(rule, made)]

    assert first("C04", with_contract(contract(end=date(2028, 12, 31)))) == ["normal"]
    assert first("C04", with_contract(contract(end=date(2029, 1, 1)))) == ["high"]
    assert first("L07", with_labour(labour(end=date(2026, 12, 31)))) == ["normal"]
    assert first("L07", with_labour(labour(end=date(2026, 12, 30)))) == ["high"]
    own = [funds(12_000_000, purpose="购买服务", source=TOWN_OWN)]
    assert [(one.severity, one.priority) for one in found("R24", with_contract(contract(), fund_docs=[own[0].document], fund_lines=own))] == [(SOFT, "normal")]
    relief = [funds(11_999_999, purpose="购买服务", source=CENTRAL_RELIEF)]
    assert first("R24", with_contract(contract(), fund_docs=[relief[0].document], fund_lines=relief)) == ["high", "normal"]


def test_a_level_set_by_the_office_and_a_switch_hold_here_too() -> None:
    made = with_contract(contract(filed=None), settings={"rules.severity.C07": "hint", "rules.off": ["C15"]})
    assert found("C07", made)[0].severity == HINT and found("C15", made) == []


@pytest.mark.parametrize("rule", ISSUE_4)
def test_each_has_a_level_an_article_a_file_a_switch_and_a_setting_of_its_own(rule: str) -> None:
    """And each trips, and keeps quiet a day or a 分 beside: `test_a_rule_finds_what_its_case_says` runs every case of every rule."""
    held = BY_ID[rule]
    assert held.find.__module__.rpartition(".")[2].startswith(rule.lower() + "_") and held.article and held.severity in (HARD, SOFT, HINT)
    made = next(facts for _, facts, number in held.cases() if number)
    assert found(rule, made)
    switched = replace(made, parameters=replace(made.parameters, switched_off=frozenset({rule})))
    assert found(rule, switched) == []
    for level in (HARD, HINT):
        moved = replace(made, parameters=replace(made.parameters, severities={rule: level}))
        assert {one.severity for one in found(rule, moved)} == {level}
    assert any(one.key == f"rules.severity.{rule}" for one in PARAMETERS)


MOVED: list[tuple[str, Any, dict[str, Any]]] = [
    ("C02", dispatch(procured_as=PURCHASE, signed=date(2020, 3, 1)), {"limits.no_dispatch_since": "2020-03-02"}),
    ("C04", contract(end=date(2027, 1, 1)), {"limits.service_months": 13}),
    ("C06", contract(signed=date(2026, 1, 1)), {"limits.sign_days": 31}),
    ("C07", contract(filed=date(2025, 12, 31)), {"limits.filing_days": 8}),
    ("C14", contract(start=date(2025, 9, 1), end=date(2026, 9, 1), payments=(paid(date(2026, 12, 1), 1),)), {"limits.payment_after_days": 91}),
]


@pytest.mark.parametrize(("rule", "made", "settings"), MOVED, ids=[rule for rule, _, _ in MOVED])
def test_what_needs_confirming_is_a_setting_and_moves_the_rule(rule: str, made: Any, settings: dict[str, Any]) -> None:
    assert len(found(rule, with_contract(made))) == 1
    assert found(rule, with_contract(made, settings=settings)) == []


@pytest.mark.parametrize("wrong", [{"limits.no_dispatch_since": "2020年3月"}, {"limits.sign_days": "30"}, {"limits.sign_days": -1}, {"limits.nothing": 1}])
def test_a_setting_of_the_wrong_shape_is_refused_in_words(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="请改正后再保存"):
        example.parameters(settings=wrong)


def test_the_expiry_is_right_whenever_one_looks() -> None:
    """Nobody opened the program for 40 days: the finding depends on the as-of date alone."""
    ends = labour(end=date(2026, 12, 31))
    looks: Iterable[tuple[date, str]] = [
        (date(2026, 11, 1), "还有 60 天"), (date(2026, 12, 11), "还有 20 天"), (date(2026, 12, 31), "还有 0 天"),
    ]  # fmt: skip
    assert found("L07", with_labour(ends, as_of=date(2026, 10, 31))) == []
    for day, words in looks:
        assert words in said("L07", with_labour(ends, as_of=day))
    assert "已过 40 天仍在用工" in said("L07", with_labour(ends, period="2027", as_of=date(2027, 2, 9)))


def test_people_outside_the_agreement_are_named_one_by_one() -> None:
    people = [example.engagement(i, unit=unit, purchase_contract=1) for i, unit in ((1, 2), (2, 3), (3, 3))]
    made = with_contract(dispatch(units=(2,)), *people, units=[example.unit(1, type="县级民政局"), example.unit(2), example.unit(3)])
    assert [(one.engagement_id, one.unit_id, one.contract_id) for one in found("C11", made)] == [(2, 3, 1), (3, 3, 1)]
    split = (Assignment(1, 2, date(2024, 1, 1), None, 5000), Assignment(2, 3, date(2024, 1, 1), None, 5000))
    half = with_contract(dispatch(units=(2,)), example.engagement(assignments=split, purchase_contract=1), units=made.units)
    assert [one.unit_id for one in found("C11", half)] == [3]


def test_contracts_of_years_gone_by_are_not_asked_about_again() -> None:
    old = contract(start=date(2025, 1, 1), end=date(2025, 12, 31), signed=date(2025, 3, 1))
    assert [one for one in check(with_contract(old)) if one.contract_id] == []
    assert found("C01", with_contract(replace(old, end=date(2026, 1, 1))))
