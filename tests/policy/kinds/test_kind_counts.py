"""Several words with heads in one cell: 青石镇 2、白沙镇 3人."""

from __future__ import annotations

import pytest

from policy.kinds import Unreadable
from policy.kinds.several import counts
from policy.kinds.text import NAME

KIND = counts(NAME)


@pytest.mark.parametrize(
    "text", ["青石镇 2、白沙镇 3", "青石镇2,白沙镇3人", "青石镇：2；白沙镇（3人）", "青石镇 ２，\n白沙镇 3 人"],
)  # fmt: skip
def test_however_it_is_written(text: str) -> None:
    read = KIND.parse(text, None)
    assert read == (("青石镇", 2), ("白沙镇", 3))
    assert KIND.show(read) == "青石镇 2、白沙镇 3" and KIND.parse(KIND.show(read), None) == read


@pytest.mark.parametrize(("text", "said"), [("青石镇", "没有写明多少人"), ("青石镇 0", "人数大于 0"), ("3", "没有写明多少人"), ("甲 1、甲 2", "“甲”写了两次")])
def test_what_is_not_clear_is_said(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        KIND.parse(text, None)


def test_nothing_is_nothing() -> None:
    assert KIND.parse(" ", None) is None and KIND.show(None) == ""
