"""The shipped notice and what counties and cities may lay over it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import resources
from policy.parameters import CHOICES, OTHER, PEARL, SHIPPED, Bands, Overlay, Parameters, load

YEAR_END = date(2026, 12, 31)


def overlay(values: Mapping[str, Any], level: str = "县", since: date = date(2026, 1, 1), until: date | None = None) -> Overlay:
    return Overlay(f"{level}级版本", level, f"{level}民〔2026〕1号", since, until, values)


def shipped(*overlays: Overlay, on: date = YEAR_END) -> Parameters:
    return load(resources.text(SHIPPED), overlays, on)


def test_the_notice_as_it_ships() -> None:
    p = shipped()
    assert p.county_bands == Bands((3000, 5000, 8000), (2, 4, 6, 10), "二（三）")
    assert p.town_bands == Bands((300, 600), (2, 4, 6), "二（三）")
    assert {(f.region, f.amount, f.article) for f in p.floors} == {(PEARL, 8_000_000, "二（四）"), (OTHER, 5_000_000, "二（四）")}
    assert (p.fund_rate, p.near_bound, p.tolerance, p.caseload_max_age, p.long_leave_months) == (300, 200, 0, 92, 6)
    assert (p.boundary_mode, p.count_method, p.pay_caliber, p.part_year, p.destitute_by) == ("就高", "人头", "应发", "月折算", "人")
    assert p.unpaid_absence_off and not p.village_counts
    assert p.duty_threshold == 5000
    assert [name for name, rule in p.types.items() if rule.counts] == [
        "行政编制",
        "事业编制",
        "政府购买服务",
        "劳务派遣",
        "直接聘用",
        "双百社工",
    ]
    assert [name for name, rule in p.types.items() if rule.duty_only] == ["双百社工"]
    assert [name for name, rule in p.types.items() if rule.has_floor] == ["政府购买服务", "劳务派遣"]
    assert p.weights == {"低保城": (1, 1), "低保农": (1, 1), "特困城": (1, 1), "特困农": (1, 1), "未分类": (1, 1)}
    assert p.name == p.document == "粤民函〔2019〕453号"


def test_every_number_has_its_article_and_date() -> None:
    tree = tomllib.loads(resources.text(SHIPPED))
    for section in (
        tree["staffing"],
        tree["staffing"]["county"],
        tree["staffing"]["town"],
        tree["caseload"],
        tree["pay"],
        tree["pay"]["floor"],
        tree["fund"],
    ):
        assert section["article"] in tree["articles"]
        assert section["since"] >= tree["notice"]["since"]


def test_no_quote_is_of_part_one_or_names_a_leader() -> None:
    for article, quote in shipped().articles.items():
        assert not article.startswith("一")
        assert "习近平" not in quote and "指示" not in quote


def test_before_the_notice_there_is_nothing_to_apply() -> None:
    with pytest.raises(ValueError, match="2019-03-11 起适用"):
        shipped(on=date(2019, 3, 10))
    assert shipped(on=date(2019, 3, 11)).fund_rate == 300


def test_a_mode_comes_from_the_lowest_level_that_sets_one() -> None:
    city, county = overlay({"staffing.boundary_mode": "就低"}, "市"), overlay({"staffing.boundary_mode": "就高"})
    assert shipped(city).boundary_mode == "就低"
    assert shipped(county, city).boundary_mode == "就高"


def test_the_newer_of_one_level_counts_and_only_while_it_holds() -> None:
    old = overlay({"pay.caliber": "实发"}, since=date(2025, 1, 1))
    new = overlay({"pay.caliber": "用工成本"}, since=date(2026, 7, 1), until=date(2026, 9, 30))
    assert shipped(new, old, on=date(2026, 6, 30)).pay_caliber == "实发"
    assert shipped(new, old, on=date(2026, 7, 1)).pay_caliber == "用工成本"
    assert shipped(new, old, on=date(2026, 10, 1)).pay_caliber == "实发"
    assert shipped(old, on=date(2024, 12, 31)).pay_caliber == "应发"
    assert shipped(old).name == "粤民函〔2019〕453号、县级版本"


def test_floors_are_the_maximum_of_the_levels_with_their_dates() -> None:
    city = overlay({f"pay.floor.{OTHER}": 5_500_000}, "市", since=date(2026, 4, 1), until=date(2026, 9, 30))
    county = overlay({f"pay.floor.{OTHER}": 5_200_000, f"pay.floor.{OTHER}.reason": "县政府纪要"}, since=date(2026, 1, 1))
    floors = [(f.since, f.amount) for f in shipped(city, county).floors if f.region == OTHER]
    assert floors == [
        (date(2019, 3, 11), 5_000_000),
        (date(2026, 1, 1), 5_200_000),
        (date(2026, 4, 1), 5_500_000),
        (date(2026, 10, 1), 5_200_000),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {f"pay.floor.{OTHER}": 4_999_999},
        {"fund.rate": 299},
        {"staffing.town.needs": [2, 4, 5]},
        {"staffing.town.bounds": [300, 601]},
        {"staffing.county.bounds": [3000], "staffing.county.needs": [2, 9]},
    ],
)
def test_laxer_than_above_is_refused_without_a_reason_and_never_applies_with_one(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="低于上一级的规定"):
        shipped(overlay(values))
    kept, plain = shipped(overlay(values | {f"{key}.reason": "情况说明" for key in values})), shipped()
    assert (kept.floors, kept.fund_rate, kept.town_bands) == (plain.floors, plain.fund_rate, plain.town_bands)
    assert kept.county_bands.needs[0] == 2 and kept.county_bands.needs[-1] == 10


def test_stricter_bands_join_with_the_notice_by_the_maximum_at_every_number_of_households() -> None:
    p = shipped(overlay({"staffing.town.bounds": [200, 600], "staffing.town.needs": [2, 4, 6]}))
    assert (p.town_bands.bounds, p.town_bands.needs) == ((200, 600), (2, 4, 6))
    q = shipped(overlay({"staffing.town.needs": [3, 4, 7]}))
    assert (q.town_bands.bounds, q.town_bands.needs) == ((300, 600), (3, 4, 7))
    assert shipped(overlay({"fund.rate": 350})).fund_rate == 350


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"staffing.town.bounds": [600, 300]}, "从小到大"),
        ({"staffing.town.bounds": [300, 300]}, "不能相等"),
        ({"staffing.town.needs": [2, 6, 4]}, "不能比户数少的档次少"),
        ({"staffing.town.needs": [2, 4]}, "现有 2 个"),
        ({"staffing.town.needs": [2, 4, "6"]}, "一串整数"),
        ({"staffing.boundary_mode": "随意"}, "就高、就低"),
        ({"pay.tolerance": "8元"}, "要填整数"),
        ({"pay.tolerance": True}, "要填整数"),
        ({"pay.tolerance": -1}, "不能是负数"),
        ({"staffing.village_counts": 1}, "是或否"),
        ({"caseload.weights.边缘": [3, 2]}, "0 到 1 之间"),
        ({"caseload.weights.边缘": [1, 0]}, "0 到 1 之间"),
        ({"rules.severity.R32": "fatal"}, "hard"),
        ({"rules.off": [32]}, "一串文字"),
        ({"pay.floor.粤港澳": 1}, "没有这个参数"),
        ({"notice.name": "另一文件"}, "没有这个参数"),
        ({"pay.article": "二（五）"}, "没有这个参数"),
        ({"fund.rate": 1, "fund.rate.reason": ""}, "写明"),
    ],
)
def test_a_value_of_a_wrong_shape_is_refused_with_its_name(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as refused:
        shipped(overlay(values))
    assert "县级版本" in str(refused.value)


def test_a_wrong_level_is_refused() -> None:
    with pytest.raises(ValueError, match="层级"):
        shipped(overlay({}, level="镇"))


def test_settings_of_every_sort_are_taken() -> None:
    p = shipped(
        overlay(
            {
                "staffing.types.双百社工": {"in_pay_form": True},
                "staffing.types.直接聘用.has_floor": True,
                "caseload.weights.边缘": [1, 2],
                "caseload.weights.低保城": [0, 1],
                "rules.severity.R32": "hard",
                "rules.off": ["N1"],
            }
        )
    )
    assert p.types["双百社工"].in_pay_form and p.types["双百社工"].counts and p.types["直接聘用"].has_floor
    assert p.weights["边缘"] == (1, 2) and "低保城" not in p.weights
    assert p.severities == {"R32": "hard"} and p.switched_off == {"N1"}


def test_settings_not_yet_or_no_longer_in_force_do_nothing() -> None:
    later = overlay({"rules.severity.R32": "hard", "staffing.county.needs": [3, 4, 6, 10]}, since=date(2027, 1, 1))
    assert shipped(later) == shipped()


def test_every_choice_is_accepted() -> None:
    for key, words in CHOICES.items():
        for word in words:
            shipped(overlay({key: word}))


def test_an_overlay_that_repeats_the_notice_changes_nothing_but_the_name() -> None:
    same = shipped(overlay({"fund.rate": 300, f"pay.floor.{OTHER}": 5_000_000, "staffing.town.bounds": [300, 600]}))
    plain = shipped()
    assert (same.fund_rate, same.floors, same.town_bands) == (plain.fund_rate, plain.floors, plain.town_bands)
    assert same.name == "粤民函〔2019〕453号、县级版本"
