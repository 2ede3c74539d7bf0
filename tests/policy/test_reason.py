"""A reason says something, or it does not count: one measure for notes, adjusted figures and payments."""

from __future__ import annotations

import pytest

from policy.reason import says_nothing


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "不足 5 个字"), ("", "不足 5 个字"), ("无", "不足 5 个字"), ("凭证下月", "不足 5 个字"), ("。。。。。", "不足 5 个字"), ("下 月 补 交", "不足 5 个字"),
        ("11111", "只有数字或字母"), ("aaaaa", "只有数字或字母"), ("哈哈哈哈哈", "是重复的字"), ("正常正常正常", "是重复的字"), ("没有问题没有问题", "没有写明原因"), ("已核实，情况属实", "没有写明原因"),
        ("同意同意测试", "没有写明原因"),
    ],
)  # fmt: skip
def test_what_says_nothing(text: str | None, why: str) -> None:
    assert says_nothing(text) == why


@pytest.mark.parametrize("text", ["凭证下月补", "社保凭证 6 月 10 日补交，已电话核实", "石桥镇2人请假"])
def test_what_counts(text: str) -> None:
    assert says_nothing(text) == ""
