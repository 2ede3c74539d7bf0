"""Every rule proves itself on its cases; the list is the folder; findings say the whole sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import policy.rules
from policy import example
from policy.example import engagement, facts, standard
from policy.example_contracts import labour, with_labour
from policy.facts import Absence, Count, Facts
from policy.finding import (
    AUDIT,
    BELOW,
    BELOW_PRORATED,
    HARD,
    HIGH,
    HINT,
    MET,
    MET_PRORATED,
    NO_DATA,
    NORMAL,
    RISK,
    SOFT,
    UNCLEAR,
    WRONG_DATA,
    Finding,
    Rule,
)
from policy.rules import RULES, check

CASES = [pytest.param(rule, made, expected, id=f"{rule.id} {said}") for rule in RULES for said, made, expected in rule.cases()]
WORDS = {MET, BELOW, MET_PRORATED, BELOW_PRORATED, NO_DATA, WRONG_DATA, UNCLEAR}


def of(rule: str, found: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.rule == rule]


@pytest.mark.parametrize(("rule", "made", "expected"), CASES)
def test_a_rule_finds_what_its_case_says(rule: Rule, made: Facts, expected: int) -> None:
    found = list(rule.find(rule, made))
    assert len(found) == expected, [f.arithmetic for f in found]
    for finding in found:
        assert (finding.rule, finding.title, finding.kind, finding.article) == (rule.id, rule.title, rule.kind, rule.article)
        assert finding.verdict in WORDS
        assert finding.arithmetic and finding.measured and finding.required
        assert finding.quote == made.parameters.articles.get(rule.article, "")
        assert finding.unit_id is not None or finding.person_id is not None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_tripping_case_a_quiet_one_and_a_help_page(rule: Rule) -> None:
    expected = [number for _, _, number in rule.cases()]
    assert any(expected) and not all(expected)
    for heading in ("看什么：", "怎么算：", "怎么办："):
        assert heading in rule.help


CLAUSES = (
    *(f"R{number}" for number in (11, 12, 13, 14, 15, 21, 22, 23, 24, 25, 32, 33, 34, 35, 36, 41, 42, 43, 45, 46)), *(f"S{number}" for number in range(1, 6)),
    *(f"Q{number}" for number in range(1, 11)),
)  # fmt: skip
"""Clauses of the notice that ask something of a county's records. R31 and R44 ask nothing that can be measured."""


def test_every_clause_that_asks_something_is_checked() -> None:
    checked = {rule.id for rule in RULES} | {clause for rule in RULES for clause in rule.clauses}
    assert set(CLAUSES) <= checked
    assert not {clause for rule in RULES for clause in rule.clauses} & {rule.id for rule in RULES}, "a clause with a rule of its own needs no other"


def test_the_list_is_the_folder() -> None:
    folder = sorted(p.stem for p in Path(policy.rules.__file__).parent.glob("*.py") if p.stem != "__init__")
    assert sorted(rule.find.__module__.rpartition(".")[2] for rule in RULES) == folder
    assert sorted(stem.partition("_")[0].upper() for stem in folder) == sorted(rule.id for rule in RULES)
    assert len({rule.id for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)


def test_default_levels_and_kinds() -> None:
    levels = {rule.id: rule.severity for rule in RULES}
    assert {i for i, level in levels.items() if level == HARD} == {"F4", "C01", "C14", "L10", "L11", "L12"}
    assert {i for i, level in levels.items() if level == HINT} == {"N1", "C17", "L15", "L16", "L17", "R12", "R15", "R25", "S5", "Q1", "Q2", "Q5"}
    assert {"R21", "R22", "R23", "R24", "R32", "R33", "R34", "R35", "F1", "F2", "F3"} <= {i for i, level in levels.items() if level == SOFT}
    contracts = {f"C{i:02d}" for i in range(1, 22)} | {f"L{i:02d}" for i in range(1, 18)}
    assert contracts <= set(levels)
    managing = {f"R{i}" for i in (11, 12, 14, 15, 41, 42, 45, 46)} | {f"S{i}" for i in range(1, 6)} | {f"Q{i}" for i in range(1, 11)} | {"P1", "W1"}
    assert {rule.id for rule in RULES if rule.kind == RISK} == contracts | managing | {"R21", "R23", "R24", "R25"}
    assert {rule.kind for rule in RULES} == {AUDIT, RISK}


def test_the_worked_county_sorted_by_level_then_rule_then_line() -> None:
    found = check(example.worked_county())
    assert [(f.severity, f.rule, f.unit) for f in found] == [
        (SOFT, "R32", "东岭县民政局"),
        (SOFT, "R33", "石桥镇"),
        (SOFT, "R33", "大塘镇"),
        (SOFT, "R33", "东安镇"),
        (SOFT, "R33", "河口镇"),
        (SOFT, "F1", "东岭县民政局"),
        (SOFT, "F2", "东岭县民政局"),
        (SOFT, "R41", "大塘镇"),
        (HINT, "N1", "梅坑镇"),
        (HINT, "N1", "石桥镇"),
        (HINT, "N1", "长岭镇"),
        (HINT, "N1", "东安镇"),
    ]
    assert found[0].arithmetic == "5849 户 → 应配 6，实配 5，缺 1"
    assert found[3].arithmetic == "600 户 → 应配 6，实配 4，缺 2"
    assert found[0].quote.startswith("各地要综合考虑") and "至少配备 10 人" in found[0].quote
    assert (found[5].engagement_id, found[5].person_id, found[5].unit_id) == (4, 4, 1)


def test_the_sum_of_f1() -> None:
    def said(*standards: object) -> str:
        return of("F1", check(facts(engagements=[engagement(standards=standards)])))[0].arithmetic  # type: ignore[arg-type]

    assert said(standard(416600)) == "4,166.00 元 × 12 = 49,992.00 元，低于最低标准 50,000.00 元，差 8.00 元"
    assert said(standard(300000, 50000)) == "（3,000.00 + 绩效 500.00）元 × 12 = 42,000.00 元，低于最低标准 50,000.00 元，差 8,000.00 元"
    assert said(standard(400000, None, 1)) == "4,000.00 元 × 12 + 年终 0.01 元 = 48,000.01 元，低于最低标准 50,000.00 元，差 1,999.99 元"
    assert said(standard(annual=4999999)) == "年工资标准 49,999.99 元，低于最低标准 50,000.00 元，差 0.01 元"


def test_the_sum_of_f2_and_f3() -> None:
    june = engagement(start=date(2026, 6, 16), gross=2708332, months=range(6, 13))
    assert of("F2", check(facts(engagements=[june])))[0].arithmetic == (
        "应发 27,083.32 元，在岗折算 6.50 个月 → 折算最低标准 27,083.33 元，差 0.01 元"
    )
    gap = engagement(gross=1, months=(1, 2, 3, 4, 5, 6, 7, 8, 10, 11))
    found = check(facts(engagements=[gap]))
    assert of("F3", found)[0].arithmetic == "2026年9月、12月在岗，没有应发工资记录，共 2 个月"
    assert of("F2", found) == []


def test_somebody_who_left_with_full_time_unknown_is_asked_about_once() -> None:
    left = engagement(full_time=None, end=date(2026, 6, 30), gross=1, months=range(1, 7))
    found = check(facts(engagements=[left], households={2: 0}))
    assert of("F1", found) == []
    assert [f.verdict for f in of("F2", found)] == [UNCLEAR]
    stayed = check(facts(engagements=[engagement(full_time=None, gross=1)], households={2: 0}))
    assert [f.verdict for f in of("F1", stayed)] == [UNCLEAR] and of("F2", stayed) == []


def test_a_level_set_by_the_office_stands_over_the_rule_and_over_milder_cases() -> None:
    who = example.person()
    part_time = [engagement(1, who=who), engagement(2, who=who, full_time=False)]
    assert of("L10", check(facts(engagements=part_time)))[0].severity == SOFT
    both = [engagement(1, who=who), engagement(2, who=who)]
    assert of("L10", check(facts(engagements=both)))[0].severity == HARD
    hint = check(facts(engagements=part_time, settings={"rules.severity.L10": "hint", "rules.severity.R34": "hard"}))
    assert of("L10", hint)[0].severity == HINT
    assert hint[0].rule == "R34" and hint[0].severity == HARD


def test_priority_holds_for_what_has_to_be_looked_into_and_stands_first_there() -> None:
    def level(severity: str = "") -> list[str]:
        settings = {"rules.severity.L02": severity} if severity else None
        made = with_labour(labour(start=date(2025, 1, 2), end=date(2026, 12, 31), signed=date(2025, 1, 2)), settings=settings)
        return [f"{f.level} {f.priority}" for f in of("L02", check(made))]

    assert level() == ["核实性（优先） high"]
    assert (level("hard"), level("hint")) == (["强制性 normal"], ["提示 normal"])
    found = check(with_labour(labour(start=date(2025, 1, 2), end=date(2026, 12, 31)), households={2: 0}))
    soft = [f.priority for f in found if f.severity == SOFT]
    assert {HIGH, NORMAL} == set(soft) and soft == sorted(soft), "优先的在前"


def test_rules_switched_off_do_not_run() -> None:
    made = example.worked_county(parameters=example.parameters(settings={"rules.off": ["R33", "N1", "F2"]}))
    assert [f.rule for f in check(made)] == ["R32", "F1", "R41"]


def test_three_overlapping_engagements_are_three_pairs() -> None:
    who = example.person()
    found = of("L10", check(facts(engagements=[engagement(i, who=who) for i in (1, 2, 3)])))
    assert [f.engagement_id for f in found] == [2, 3, 3]


def test_a_number_typed_for_two_records_is_one_person() -> None:
    twin = example.person(2, number=example.person(1).id_no)
    assert len(of("L10", check(facts(engagements=[engagement(1), engagement(2, who=twin)])))) == 1


def test_control_totals_are_compared_in_households_and_persons() -> None:
    made = facts(households={2: 99}, control_totals={"低保农": Count(100, 198), "低保城": Count(0, 5)})
    assert [f.arithmetic for f in of("R34", check(made))] == [
        "低保农：各单位合计 99 户，月报总数 100 户，相差 -1 户",
        "低保城：各单位合计 0 人，月报总数 5 人，相差 -5 人",
    ]


def test_the_edge_hint_prints_the_reply_the_county_has() -> None:
    plain, answered = (facts(households={2: 600}, settings=s) for s in (None, {"staffing.edge_reply": "粤民函〔2020〕1号"}))
    assert of("N1", check(plain))[0].arithmetic == "临界：恰为 600 户，就低应配 4、就高应配 6，按就高口径应配 6"
    assert of("N1", check(answered))[0].arithmetic.endswith("按就高口径（粤民函〔2020〕1号）应配 6")


def test_one_identity_number_is_reported_once_whatever_the_engagements() -> None:
    who = example.person(number="123")
    part = [engagement(1, who=who, end=date(2026, 6, 30)), engagement(2, who=who, start=date(2026, 7, 1))]
    assert len(of("L12", check(facts(engagements=part)))) == 1


def test_sums_made_while_away_unpaid_do_not_trip() -> None:
    away = Absence(1, "事假", date(2026, 1, 1), date(2026, 6, 30), paid=False)
    worker = engagement(absences=(away,), gross=2_500_000, months=range(7, 13), standards=(standard(annual=5_000_000),))
    assert [f for f in check(facts(engagements=[worker], households={2: 0})) if f.rule.startswith("F")] == []


def test_an_empty_county_is_quiet_about_people() -> None:
    assert {f.rule for f in check(replace(facts(), engagements=()))} == {"R34"}
