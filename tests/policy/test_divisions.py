"""The list of divisions: whole, in order, and ready to fill a new book."""

from __future__ import annotations

import pytest

from policy import divisions
from policy.facts import SUBDISTRICT, TOWN, TOWN_TYPES, ZONE
from policy.parameters import OTHER, PEARL

ALL_COUNTIES = tuple(county for city in divisions.cities() for county in divisions.counties(city.code))
ALL_TOWNS = tuple(town for county in ALL_COUNTIES for town in divisions.towns(county.code, others=True))


def test_every_division_is_reached_from_its_city() -> None:
    assert (len(divisions.cities()), len(ALL_COUNTIES), len(ALL_TOWNS)) == (21, 124, 1761)
    assert len({d.code for d in (*divisions.cities(), *ALL_COUNTIES, *ALL_TOWNS)}) == 21 + 124 + 1761


def test_farms_and_parks_stand_behind_the_switch() -> None:
    prefilled = [town for county in ALL_COUNTIES for town in divisions.towns(county.code)]
    assert len(ALL_TOWNS) - len(prefilled) == 147
    assert {town.kind for town in prefilled} == {"街道", "镇", "乡", "民族乡"}


@pytest.mark.parametrize(("city", "county", "name"), [("4419", "441900", "东莞市"), ("4420", "442000", "中山市")])
def test_a_city_without_counties_stands_as_one(city: str, county: str, name: str) -> None:
    (only,) = divisions.counties(city)
    assert (only.code, only.name) == (county, name)
    assert divisions.bureau_name(only) == f"{name}民政局"
    assert len(divisions.towns(county)) > 20


def test_pay_region_follows_the_city() -> None:
    for county in ALL_COUNTIES:
        assert county.region == divisions.city(county.parent).region, county
    pearl = {city.name for city in divisions.cities() if city.region == PEARL}
    assert pearl == {"广州市", "深圳市", "珠海市", "佛山市", "惠州市", "东莞市", "中山市", "江门市", "肇庆市"}
    assert {city.region for city in divisions.cities()} == {PEARL, OTHER}


def test_the_eight_doubtful_counties_and_no_others() -> None:
    doubtful = {county.name for county in ALL_COUNTIES if county.doubtful}
    assert doubtful == {"惠东县", "博罗县", "龙门县", "广宁县", "怀集县", "封开县", "德庆县", "恩平市"}
    assert all("确认" in county.note and county.region == PEARL for county in ALL_COUNTIES if county.doubtful)
    assert not any(division.doubtful for division in (*divisions.cities(), *ALL_TOWNS))


def test_unit_types_of_townships() -> None:
    assert {divisions.unit_type(town) for town in ALL_TOWNS} == set(TOWN_TYPES)
    by_name = {town.name: divisions.unit_type(town) for town in ALL_TOWNS}
    assert by_name["瑶安瑶族乡"] == TOWN
    assert by_name["港湾街道"] == SUBDISTRICT
    assert by_name["天井山林场"] == ZONE


def test_rare_characters_survive() -> None:
    assert "塘㙍镇" in {town.name for town in divisions.towns("440883")}


def test_villages_of_a_township() -> None:
    found = divisions.villages("440103002")
    assert "扬仁东社区居民委员会" in {village.name for village in found}
    assert {village.town for village in found} == {"440103002"}
    assert sum(len(divisions.villages(town.code)) for town in ALL_TOWNS) == 26842


def test_a_street_newer_than_the_list_of_villages_has_none() -> None:
    assert divisions.villages("440115004") == ()


@pytest.mark.parametrize(
    ("look_up", "code", "level"),
    [
        (divisions.city, "4499", "地级市"),
        (divisions.counties, "440103", "地级市"),
        (divisions.county, "4401", "县级"),
        (divisions.towns, "449901", "县级"),
        (divisions.villages, "440103", "乡级"),
    ],
)
def test_an_unknown_code_gets_a_sentence(look_up, code, level) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=f"没有代码为“{code}”的{level}单位。请从列表中选择"):
        look_up(code)
