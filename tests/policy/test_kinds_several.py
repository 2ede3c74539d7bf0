"""Several words in one cell, years, half days: what is read, what is refused, and that reading what is shown gives the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.contract_facts import SCOPES, SOURCES
from policy.kinds import Kind, Unreadable
from policy.kinds.choice import choice
from policy.kinds.number import COUNT, HALF_DAYS, ORDINAL, YEAR
from policy.kinds.several import answered, several, shares, words
from policy.kinds.text import NAME

SCOPE = choice("服务内容", SCOPES)
SOURCE = choice("资金来源", tuple(SOURCES), {"A": "社会救助工作经费"})


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (several(NAME), "青石镇、白沙镇", ("青石镇", "白沙镇")), (several(NAME), " 青石镇 ，白沙镇；\n城关街道", ("青石镇", "白沙镇", "城关街道")), (several(NAME), "青石镇", ("青石镇",)),
        (several(NAME), "—", None), (several(NAME), None, None), (several(SCOPE, "；"), "低保；特困", ("低保", "特困")),
        (shares(SCOPE), "低保", (("低保", 10000),)), (shares(SCOPE), "低保60%，特困 40％", (("低保", 6000), ("特困", 4000))),
        (shares(SOURCE), "困难群众救助补助资金（中央）33.33%、A（66.67%）", (("困难群众救助补助资金（中央）", 3333), ("社会救助工作经费", 6667))),
        (shares(SCOPE), "", None), (YEAR, 2026, 2026), (YEAR, "2026年度", 2026), (YEAR, "２０２６ 年", 2026), (HALF_DAYS, 21.5, 43), (HALF_DAYS, "22天", 44), (HALF_DAYS, 0, 0),
    ],
)  # fmt: skip
def test_what_is_read(kind: Kind, raw: Any, value: Any) -> None:
    assert kind.parse(raw, None) == value
    assert kind.parse(kind.show(value), None) == value


@pytest.mark.parametrize(
    ("kind", "raw", "says"),
    [
        (several(NAME), "青石镇、青石镇", "两次"), (several(SCOPE), "低保、天上", "天上"), (shares(SCOPE), "低保、特困", "没有写明"), (shares(SCOPE), "低保 60%、特困 30%", "90%"),
        (shares(SCOPE), "低保 60%", "60%"), (shares(SCOPE), "低保 60%、特困", "没有写明"), (YEAR, 26, "年度"), (YEAR, "去年", "年度"), (YEAR, 2026.5, "年度"), (HALF_DAYS, 21.3, "半天"),
        (HALF_DAYS, 31.5, "31"), (HALF_DAYS, "全勤", "天数"), (HALF_DAYS, "nan", "天数"), (HALF_DAYS, -1, "天数"),
    ],
)  # fmt: skip
def test_what_is_refused(kind: Kind, raw: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        kind.parse(raw, None)


def test_words_are_answered_one_by_one() -> None:
    kind = shares(SOURCE)
    assert words(kind, "工作费 60%、补助（40%）") == ["工作费", "补助"] and words(NAME, "甲、乙") == ["甲、乙"]
    said = answered(kind, "工作费 60%、补助（40%）", {"工作费": "社会救助工作经费", "补助": "其他资金"})
    assert kind.parse(said, None) == (("社会救助工作经费", 6000), ("其他资金", 4000))
    assert answered(NAME, "甲、乙", {"甲": "丙"}) == "甲、乙" and answered(NAME, "甲", {"甲": "丙"}) == "丙"


@given(st.lists(st.sampled_from(SCOPES), min_size=1, unique=True), st.data())
def test_shares_survive_being_shown(scopes: list[str], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, 10000), min_size=len(scopes) - 1, max_size=len(scopes) - 1)))
    value = tuple(zip(scopes, (b - a for a, b in zip([0, *cuts], [*cuts, 10000], strict=True)), strict=True))
    kind = shares(SCOPE)
    assert kind.parse(kind.show(value), None) == value


@given(st.integers(0, 62))
def test_half_days_survive_being_shown(halves: int) -> None:
    assert HALF_DAYS.parse(HALF_DAYS.show(halves), None) == halves


def test_what_is_added_up_and_what_is_not() -> None:
    assert COUNT.sums and HALF_DAYS.sums and not ORDINAL.sums and not YEAR.sums
    assert ORDINAL.parse("12", None) == 12
