from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.names import fold, fold_unit

NAMES = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), st.sampled_from("·•・ 　（）ABcＡ𬱖㙍镇街道办事处政府人民")),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("冼　静", "冼静"), ("黎嘉铭 ", "黎嘉铭"), ("古丽•阿依夏木", "古丽·阿依夏木"), ("古丽・阿依夏木", "古丽·阿依夏木"),
        ("古丽･阿依夏木", "古丽·阿依夏木"),
        ("古丽．阿依夏木", "古丽·阿依夏木"), ("古丽 · 阿依夏木", "古丽·阿依夏木"), ("\ufeff邝\u200b𬱖", "邝𬱖"), ("张\u00a0三\n", "张三"),
        ("ＡＢ公司（广东）", "ab公司(广东)"),
    ],
)  # fmt: skip
def test_one_spelling(written: str, same: str) -> None:
    assert fold(written) == fold(same) == same.casefold()


@pytest.mark.parametrize(("one", "other"), [("佘明", "余明"), ("冼静", "洗静"), ("陈小", "陈小敏"), ("赵一", "赵"), ("邝𬱖", "邝頠")])
def test_different_people_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert not any(c.isspace() for c in fold(name))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("石牌街道办事处", "石牌街道"), ("石牌街道办", "石牌街道"), ("石牌办事处", "石牌街道"), ("石牌街道", "石牌街道"),
        ("石牌 街道 办事处", "石牌街道"), ("石湾镇街道办事处", "石湾镇街道"),
        ("石牌镇政府", "石牌镇"), ("石牌镇人民政府", "石牌镇"), ("连山瑶族乡人民政府", "连山瑶族乡"), ("石牌街道人民政府", "石牌街道"),
        ("西村办事处", "西村街道"), ("塘㙍镇", "塘㙍镇"),
        ("东岭县民政局", "东岭县民政局"), ("东岭县人民政府", "东岭县人民政府"), ("办事处", "办事处"),
        ("石牌镇人民政府公共服务办公室", "石牌镇人民政府公共服务办公室"),
    ],
)  # fmt: skip
def test_units(written: str, name: str) -> None:
    assert fold_unit(written) == name


def test_units_of_one_county_stay_apart() -> None:
    units = (
        "石湾镇",
        "石湾镇街道",
        "石湾街道",
        "石湾村",
        "石湾社区",
        "石湾乡",
        "石湾",
        "石湾农场",
        "石湾镇政务服务中心",
        "石湾县",
        "石湾县民政局",
        "北石湾镇",
        "石湾区政府",
    )
    assert len({fold_unit(unit) for unit in units}) == len(units)
