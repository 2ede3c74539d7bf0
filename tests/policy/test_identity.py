from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.identity import FOREIGNER, FOREIGNER_OLD, PERMIT, RESIDENT, check_digit, facts_of, normalise, widened
from policy.kinds import Unreadable

PROVINCES = [
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
    "71",
]
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 5, 20))


def number(body: str) -> str:
    return body + check_digit(body)


def test_check_digit_of_the_standard() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"
    assert check_digit("34052419800101001") == "X"


@given(BIRTHS, st.integers(0, 999))
def test_made_up_people_are_read_whole(born: date, sequence: int) -> None:
    written = number(f"449901{born:%Y%m%d}{sequence:03}")
    facts = facts_of(written, date(2026, 5, 20))
    assert (facts.number, facts.kind, facts.birth) == (written, RESIDENT, born)
    assert facts.sex == ("男" if sequence % 2 else "女")


@given(BIRTHS, st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(born: date, sequence: int, place: int, by: int) -> None:
    right = number(f"449901{born:%Y%m%d}{sequence:03}")
    digits = "0123456789X"
    slipped = (
        right[:place] + digits[(digits.index(right[place]) + by) % (11 if place == 17 else 10)] + right[place + 1 :]
        if right[place] != "X"
        else ""
    )
    if slipped and slipped != right:
        with pytest.raises(Unreadable):
            facts_of(slipped)


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize("born", ["19600229", "19810101", "19851231"])
def test_every_province_and_births_before_the_county_codes(province: str, born: str) -> None:
    assert facts_of(number(f"{province}1999{born}001")).kind == RESIDENT


@pytest.mark.parametrize(
    ("body", "kind"),
    [("81000019900101001", PERMIT), ("82000019900101002", PERMIT), ("83000019900101003", PERMIT), ("91115619901231004", FOREIGNER)],
)
def test_other_cards(body: str, kind: str) -> None:
    facts = facts_of(number(body))
    assert facts.kind == kind
    assert facts.birth is not None


def test_the_old_foreigners_card_says_nothing_of_its_bearer() -> None:
    facts = facts_of("fra110077121705")
    assert (facts.number, facts.kind, facts.birth, facts.sex) == ("FRA110077121705", FOREIGNER_OLD, None, "")
    assert facts.age_on(date(2026, 1, 1)) is None


def test_fifteen_digits() -> None:
    assert widened("449901700101001") == number("44990119700101001")
    facts = facts_of("449901700101001")
    assert (facts.number, facts.birth, facts.sex) == (number("44990119700101001"), date(1970, 1, 1), "男")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (number("44990120990307001"), "在今天以后"), (number("44990118991231001"), "早于 1900 年"),
        (number("44990119900230001"), "19900230 不存在"),
        (number("44990119901301001"), "19901301 不存在"), ("44990119900101123", "是 17 位，应为 18 位"),
        ("4499011990010112345", "是 19 位"), ("", "是 0 位"),
        (number("49990119900101001"), "前两位 49 不是省份代码"), (number("00990119900101001"), "前两位 00"),
        ("4499011990010100A1", "不该出现的字符"),
        ("44990119900101X011", "不该出现的字符"), ("449901190002300", "不存在"), ("449901900230001", "19900230 不存在"),
        ("44990119900101٣٣٣٣", "不该出现"),
        ("本人身份证", "是 5 位"),
    ],
)  # fmt: skip
def test_must_fail(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        facts_of(text, date(2026, 5, 20))
    assert f"“{text}”" in str(refused.value)
    assert str(refused.value).endswith("请按证件核对后重新填写。")


def test_without_a_latest_day_no_birth_is_too_late() -> None:
    assert facts_of(number("44990120990307001")).birth == date(2099, 3, 7)


@pytest.mark.parametrize(
    "text", ["４４０１", " 44 01 ", "'4401", "44-01", "44—01", "\u200b4401\ufeff", "\u202d4401\u202c", "44\u00a001", "＇4401"]
)
def test_normalise(text: str) -> None:
    assert normalise(text) == "4401"


@pytest.mark.parametrize("x", ["x", "X", "Ｘ", "ｘ", "Х", "х", "×"])
def test_every_x(x: str) -> None:
    assert normalise(f"1{x}") == "1X"


@given(BIRTHS, st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_age_is_full_years(born: date, day: date) -> None:
    age = facts_of(number(f"449901{born:%Y%m%d}001")).age_on(day)
    assert age is not None
    anniversaries = sum((year, born.month, born.day) <= (day.year, day.month, day.day) for year in range(born.year + 1, 2102))
    assert age == anniversaries or day < born


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 2, 28), 25), (date(2026, 3, 1), 26), (date(2028, 2, 28), 27), (date(2028, 2, 29), 28), (date(2000, 2, 29), 0)],
)
def test_born_on_29_february(day: date, age: int) -> None:
    assert facts_of(number("44990120000229001")).age_on(day) == age
