"""Which acts stand taken back: undone ones, not those undone and redone."""

from __future__ import annotations

import pytest

from db.diary import taken_back


@pytest.mark.parametrize(
    ("told", "undone"),
    [
        ([(1, None), (2, None)], set()),
        ([(1, None), (2, 1)], {1}),
        ([(1, None), (2, 1), (3, 2)], {2}),
        ([(1, None), (2, 1), (3, 2), (4, 3)], {1, 3}),
        ([(3, 1), (2, None), (1, None)], {1}),
    ],
)
def test_a_taking_back_that_is_itself_taken_back_does_not_count(told: list[tuple[int, int | None]], undone: set[int]) -> None:
    assert taken_back(told) == undone
