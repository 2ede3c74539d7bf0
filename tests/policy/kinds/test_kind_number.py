from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.kinds import Unreadable
from policy.kinds.choice import choice
from policy.kinds.number import COUNT, SHARE, YESNO


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12),
        ("0", 0),
        (0, 0),
        (12, 12),
        (12.0, 12),
        ("1,234", 1234),
        ("１２", 12),
        ("1，234", 1234),
        ("12.0", 12),
        ("999999999", 999_999_999),
        (3.0000000000000004, 3),
    ],
)
def test_counts(raw: object, value: int) -> None:
    assert COUNT.parse(raw, None) == value
    assert type(COUNT.parse(raw, None)) is int


@pytest.mark.parametrize(
    "raw", ["-1", -1, "1.5", 1.5, "12人", "742户", "约12", "1e3", "12%", "1,23", "12-13", 10**9, "1234567890", 1e20, "十二", "无", 0.1]
)
def test_no_counts(raw: object) -> None:
    with pytest.raises(Unreadable, match="不是数量"):
        COUNT.parse(raw, None)


@given(st.integers(0, 10**9 - 1))
def test_every_count(number: int) -> None:
    for raw in (number, float(number), str(number), f"{number:,}", COUNT.show(number)):
        assert COUNT.parse(raw, None) == number


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("100%", 10000), ("100", 10000), (100, 10000), (1, 10000), (1.0, 10000), ("50%", 5000), ("50", 5000), (50, 5000), (0.5, 5000),
        ("0.5", 5000), ("12.34%", 1234),
        ("0.5%", 50), ("1%", 100), ("1.5%", 150), (0.1234, 1234), ("２０％", 2000), ("0", 0), (0, 0), ("0%", 0), ("2", 200), (2.5, 250),
        ("33.33 %", 3333), (0.07, 700),
        (0.1 + 0.2, 3000), (33.33, 3333),
    ],
)  # fmt: skip
def test_shares(raw: object, share: int) -> None:
    assert SHARE.parse(raw, None) == share
    assert type(SHARE.parse(raw, None)) is int


@pytest.mark.parametrize("raw", ["1", "1.0", "1.5", 1.2, "1.99"])
def test_percent_or_whole_is_not_guessed(raw: object) -> None:
    with pytest.raises(Unreadable, match="带百分号"):
        SHARE.parse(raw, None)


@pytest.mark.parametrize("raw", ["101%", "120", 120, -0.5, "-5%", "一半", "百分之五十", "1/2", "50%%", "%", "5‰"])
def test_no_shares(raw: object) -> None:
    with pytest.raises(Unreadable, match="不是 0% 至 100% 的比例"):
        SHARE.parse(raw, None)


@pytest.mark.parametrize("raw", ["33.333%", 1 / 3, "0.33333", 33.333])
def test_shares_too_fine(raw: object) -> None:
    with pytest.raises(Unreadable, match="小数太多"):
        SHARE.parse(raw, None)


@given(st.integers(0, 10000))
def test_every_share(share: int) -> None:
    for raw in (SHARE.show(share), f"{share // 100}.{share % 100:02}%", share / 10000):
        assert SHARE.parse(raw, None) == share


@pytest.mark.parametrize(("share", "text"), [(10000, "100%"), (5000, "50%"), (1250, "12.5%"), (1234, "12.34%"), (5, "0.05%"), (0, "0%")])
def test_share_shown(share: int, text: str) -> None:
    assert SHARE.show(share) == text


@pytest.mark.parametrize("raw", ["是", "√", "有", "1", 1, 1.0, True, "Y", "yes", "✓", "１"])
def test_yes(raw: object) -> None:
    assert YESNO.parse(raw, None) is True
    assert YESNO.show(True) == "是"


@pytest.mark.parametrize("raw", ["否", "×", "无", "0", 0, 0.0, False, "N", "no", "没有"])
def test_no(raw: object) -> None:
    assert YESNO.parse(raw, None) is False
    assert YESNO.show(False) == "否"


@pytest.mark.parametrize("raw", ["x", "X", "2", 2, -1, "是否", "可能", "√×", 0.5])
def test_neither_yes_nor_no(raw: object) -> None:
    with pytest.raises(Unreadable, match="是 或 否"):
        YESNO.parse(raw, None)


UNIT = choice("单位类型", ("乡镇", "街道", "村（社区）"), {"镇": "乡镇", "街道办事处": "街道", "社区": "村（社区）"})


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("乡镇", "乡镇"),
        (" 镇 ", "乡镇"),
        ("村(社区)", "村（社区）"),
        ("社　区", "村（社区）"),
        ("街道办事处", "街道"),
        ("街\u200b道", "街道"),
    ],
)
def test_choices(raw: str, word: str) -> None:
    assert UNIT.parse(raw, None) == word
    assert UNIT.show(word) == word


@pytest.mark.parametrize("raw", ["县", "乡", 3, "街道、乡镇", "街"])
def test_unknown_choice_lists_the_words(raw: object) -> None:
    with pytest.raises(Unreadable, match=r"单位类型里没有“.+”。请填以下之一：乡镇、街道、村（社区）。"):
        UNIT.parse(raw, None)


def test_a_choice_carries_its_words_and_none_may_mean_two() -> None:
    assert UNIT.choices == ("乡镇", "街道", "村（社区）")
    assert choice("社工证", ("无", "有")).parse("无", None) == "无"
    with pytest.raises(ValueError, match="县"):
        choice("单位类型", ("乡镇",), {"县": "市"})
    with pytest.raises(ValueError, match="镇"):
        choice("单位类型", ("乡镇", "街道"), {"镇": "乡镇", " 镇": "街道"})
