"""绩效与工资挂钩: the factor is taken of the grade's 绩效, so that it never counts twice; what cannot be worked out says why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policy import example
from policy.example_management import managed, placed_on, scale
from policy.facts import Facts
from policy.grade_facts import PerformanceRule
from policy.labour_facts import Appraisal
from policy.performance import OF_GRADE, OF_STANDARD, actual_share, below_floor, proposals

RULES = (PerformanceRule("优秀", None, 11000), PerformanceRule("优秀", 9500, 12000), PerformanceRule("不称职", None, 7000))


def county(*appraisals: Appraisal, performance: int | None = 100_000, graded: bool = True, **more: Any) -> Facts:
    standard = replace(example.standard(320_000), performance=performance)
    made = scale(rules=RULES)
    return managed(
        scales=[made], grade_changes=[placed_on(1)] if graded else [], engagements=[example.engagement(standards=(standard,))], appraisals=appraisals, **more
    )  # fmt: skip


def test_the_factor_is_taken_of_the_grade_so_that_last_years_does_not_count_again() -> None:
    (one,) = proposals(county(Appraisal(1, 2025, "优秀"), performance=110_000), 2025)
    assert (one.base, one.base_of, one.factor, one.proposed) == (100_000, OF_GRADE, 11000, 110_000) and not one.changes
    assert one.annual == one.annual_with(110_000) == 12 * 430_000


def test_without_a_grade_the_standard_in_force_is_the_base() -> None:
    (one,) = proposals(county(Appraisal(1, 2025, "优秀", 9500), graded=False, performance=33_333), 2025)
    assert (one.base_of, one.factor, one.proposed) == (OF_STANDARD, 12000, 40_000)  # 33,333 分 × 120 % = 39,999.6 分
    assert one.changes


def test_what_cannot_be_worked_out_says_why() -> None:
    def why(facts: Facts) -> str:
        (one,) = proposals(facts, 2025)
        assert one.proposed is None and not one.changes
        return one.why

    assert why(county()) == "2025 年度没有考核等次"
    assert why(county(Appraisal(1, 2025, "未考核", reason="产假"))) == "2025 年度没有考核等次"
    assert why(county(Appraisal(1, 2025, "称职"))) == "方案里没有“称职”的绩效系数"
    assert why(county(Appraisal(1, 2025, "优秀"), graded=False, performance=None)) == "没有绩效标准"
    only_annual = replace(example.standard(320_000), monthly_fixed=None, annual=5_000_000)
    assert why(replace(county(Appraisal(1, 2025, "优秀")), engagements=(example.engagement(standards=(only_annual,)),))) == "工资标准没有分出月固定工资"
    assert why(managed(engagements=[example.engagement()], appraisals=[Appraisal(1, 2025, "优秀")])) == "没有工资层级方案"


def test_one_fen_below_the_floor_is_said() -> None:
    facts = county(Appraisal(1, 2025, "不称职"))
    (one,) = proposals(facts, 2025)  # 3,200.00 × 12 = 38,400.00; the floor of 50,000.00 leaves 966.66… a month
    assert below_floor(one, 96_667, facts) is None
    assert below_floor(one, 96_666, facts) == 5_000_000 - 12 * (320_000 + 96_666)


def test_the_share_is_of_everybodys_standard() -> None:
    assert actual_share(county()) == 2381  # 1,000.00 of 4,200.00 元
    assert actual_share(managed(engagements=[example.engagement(standards=())])) is None
