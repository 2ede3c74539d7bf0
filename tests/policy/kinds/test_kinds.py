"""What holds for every kind: read, show, read again; blanks; damage; never a guess, never another exception."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy.kinds import Kind, Unreadable
from policy.kinds.choice import choice
from policy.kinds.credit import CREDIT
from policy.kinds.date import DATE, END_DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import COUNT, SHARE, YESNO
from policy.kinds.text import CODE, NAME, PHONE, TEXT

TODAY = date(2026, 5, 20)
UNIT = choice("单位类型", ("乡镇", "街道", "村（社区）"), {"镇": "乡镇", "社区": "村（社区）"})
KINDS = (TEXT, NAME, CODE, PHONE, MONEY, DATE, END_DATE, MONTH, COUNT, SHARE, YESNO, UNIT, IDENTITY, CREDIT)
FIGURES = (PHONE, MONEY, DATE, MONTH, COUNT, SHARE, YESNO, UNIT, IDENTITY, CREDIT)
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789０１８．，,.-－—/+%％￥¥ 　\u200b\ufeff'xXХ×：:年月日万亿元今天号户人是否有无√E²½①",
            "2026",
            "19",
            "440101",
            "\n",
            "至今",
            "T",
        ]
    ),
    max_size=14,
).map("".join)
CELLS = st.one_of(
    PIECES,
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.binary(max_size=4),
    st.none(),
)


def sentence(message: str) -> bool:
    return message.endswith("。") and len(re.findall(r"[一-鿿]", message)) >= 8


@each_kind
@given(raw=CELLS, today=st.sampled_from([None, TODAY]))
@example(raw="²", today=None)
@example(raw="9" * 5000, today=TODAY)
@example(raw=10**5000, today=None)
@example(raw=float("nan"), today=None)
@example(raw=1e308, today=None)
@example(raw="'-", today=None)
@example(raw="\ud800", today=None)
def test_reads_and_shows_the_same_value_or_says_why_not(kind: Kind, raw: object, today: date | None) -> None:
    try:
        value = kind.parse(raw, today)
    except Unreadable as refused:
        assert sentence(str(refused))
        str(refused).encode()
        return
    if value is not None:
        shown = kind.show(value)
        assert shown
        assert kind.parse(shown, None) == value
        assert type(kind.parse(shown, None)) is type(value)
        if kind.mask:
            assert kind.mask(value) != value


@each_kind
@pytest.mark.parametrize("raw", [None, "", " ", "　", "\u00a0", "\n", "\u200b", "\ufeff ", "-", "—", "——", "－", "/", "／", "– "])
def test_blanks_and_lone_dashes_are_explicit_blanks(kind: Kind, raw: object) -> None:
    assert kind.parse(raw, None) is None
    assert kind.parse(raw, TODAY) is None
    assert kind.show(None) == ""


@each_kind
@pytest.mark.parametrize(
    "raw",
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "＃N/A",
        "########",
        "张\ufffd",
        float("nan"),
        float("inf"),
        float("-inf"),
        time(8, 30),
        b"1",
    ],
)
def test_damage_is_never_a_value(kind: Kind, raw: object) -> None:
    with pytest.raises(Unreadable) as refused:
        kind.parse(raw, None)
    assert sentence(str(refused.value))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not YESNO], ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", [True, False])
def test_true_and_false_are_not_contents(kind: Kind, raw: bool) -> None:
    with pytest.raises(Unreadable, match="逻辑值"):
        kind.parse(raw, None)


@pytest.mark.parametrize("kind", [kind for kind in FIGURES if kind not in (DATE, MONTH)], ids=lambda kind: kind.name)
def test_dates_are_not_figures(kind: Kind) -> None:
    for raw in (date(2026, 5, 1), datetime(2026, 5, 1, 8, 30)):
        with pytest.raises(Unreadable):
            kind.parse(raw, TODAY)


@pytest.mark.parametrize("kind", FIGURES, ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", ["待定", "见附件", "约", "?", "不详", "N/A", "空"])
def test_words_that_are_no_figures_name_the_word(kind: Kind, raw: str) -> None:
    with pytest.raises(Unreadable) as refused:
        kind.parse(raw, TODAY)
    assert f"“{raw}”" in str(refused.value)


@pytest.mark.parametrize("kind", [MONEY, COUNT, SHARE, DATE, MONTH, PHONE, IDENTITY], ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", ["²", "8²", "½", "①", "2026①", "٣", "१२"])
def test_look_alike_digits_are_refused(kind: Kind, raw: str) -> None:
    with pytest.raises(Unreadable):
        kind.parse(raw, TODAY)
