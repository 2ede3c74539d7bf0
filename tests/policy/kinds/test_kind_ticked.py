"""Ticked words and scores: read as written by clerks, stored one way, never guessed."""

from __future__ import annotations

import pytest

from policy.kinds import Unreadable
from policy.kinds.score import SCORE
from policy.kinds.ticked import ticked, ticks

CONTENT = ticked("方案内容", ("人员配比", "招录条件", "招录方式"), {"条件": "招录条件"})
TOPIC = ticked("会议议题", ("研究年度工作要点",), free=True)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("招录方式，人员配比", "人员配比、招录方式"), (" 条件；条件 ", "招录条件"), ("人员 配比", "人员配比"), (None, None), ("", None), ("—", None), ("、、", None),
    ],
)  # fmt: skip
def test_words_stand_in_their_order_once(raw: object, stored: str | None) -> None:
    assert CONTENT.parse(raw, None) == stored


def test_unknown_words_are_refused_or_kept_where_free() -> None:
    with pytest.raises(Unreadable, match="方案内容里没有“年龄”"):
        CONTENT.parse("人员配比、年龄", None)
    assert TOPIC.parse("本县议题、研究年度工作要点", None) == "研究年度工作要点、本县议题"
    with pytest.raises(Unreadable, match="不是会议议题"):
        TOPIC.parse(5, None)
    with pytest.raises(ValueError, match="条件"):
        ticked("方案内容", ("人员配比",), {"条件": "招录条件"})


def test_a_stored_text_reads_back_unchanged() -> None:
    stored = CONTENT.parse("招录方式、人员配比", None)
    assert CONTENT.parse(CONTENT.show(stored), None) == stored
    assert (ticks(stored), ticks(None)) == (("人员配比", "招录方式"), ())
    assert CONTENT.offers == ("人员配比", "招录条件", "招录方式")


@pytest.mark.parametrize(("raw", "stored"), [("95.5", 9550), (100, 10000), (0, 0), ("90分", 9000), (88.75, 8875), ("７５", 7500), (None, None), ("", None)])
def test_scores_in_hundredths(raw: object, stored: int | None) -> None:
    assert SCORE.parse(raw, None) == stored
    assert SCORE.parse(SCORE.show(stored), None) == stored


@pytest.mark.parametrize("raw", ["100.01", 101, -1, "-5", "95.555", 88.755, "优秀", "95 96"])
def test_what_is_no_score_is_refused(raw: object) -> None:
    with pytest.raises(Unreadable, match="不是分数"):
        SCORE.parse(raw, None)
