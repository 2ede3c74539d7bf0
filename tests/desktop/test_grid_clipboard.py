from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.grid.clipboard import from_tsv, to_html, to_tsv

CELL = st.text(st.sampled_from(["张", "1", '"', "\t", "\n", " ", "=", "，"]), max_size=6)
BLOCK = st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1, max_size=4))


@given(BLOCK)
def test_a_block_comes_back_as_it_went(block: list[list[str]]) -> None:
    if block == [[""]]:
        assert from_tsv(to_tsv(block)) == []
    elif block[-1] == [""]:  # an empty last line is how Excel ends a block
        assert from_tsv(to_tsv(block)) == block[:-1]
    else:
        assert from_tsv(to_tsv(block)) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\n乙", [["甲"], ["乙"]]),
        ('"两\n行"\t1', [["两\n行", "1"]]),
        ('5" 管', [['5" 管']]),
        ('"没有关上\t1', [['"没有关上', "1"]]),
        ("\t", [["", ""]]),
        ("", []),
        ("\r\n", [[""]]),
    ],
)
def test_what_excel_puts_on_the_clipboard(text: str, block: list[list[str]]) -> None:
    assert from_tsv(text) == block


def test_long_numbers_stay_text_in_excel() -> None:
    page = to_html([["449901199001010011", "4,100.00"]], [[True, False]])
    assert "<td style=\"mso-number-format:'\\@'\">449901199001010011</td><td>4,100.00</td>" in page


def test_html_is_escaped() -> None:
    assert "<td>&lt;b&gt;甲<br>乙</td>" in to_html([["<b>甲\n乙"]], [[False]])
