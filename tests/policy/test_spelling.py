"""Words are found by the first letters of every reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.spelling import spells, spells_within

SURNAMES = (
    ("曾小敏", "zxm", "cxm"), ("单文杰", "swj", "dwj"), ("解晓东", "xxd", "jxd"), ("仇志强", "qzq", "czq"), ("区佩珊", "ops", "qps"), ("查良镛", "zly", "cly"),
    ("翟美芳", "zmf", "dmf"), ("覃美芳", "qmf", "tmf"), ("乐嘉", "yj", "lj"), ("朴正勇", "pzy", "piaozy"), ("盖文娟", "gwj", "gewj"), ("尉建华", "wjh", "yjh"),
    ("缪秀英", "mxy", "miaoxy"), ("冼巧玲", "xql", "xianql"), ("邝志强", "kzq", "kuangzq"), ("禤家豪", "xjh", "xuanjh"), ("佘丽华", "slh", "shelh"),
    ("牟国栋", "mgd", "mougd"), ("隗红", "wh", "kh"), ("郗文", "xw", "cw"), ("万俟明", "mqm", "wqm"), ("尉迟恭", "ycg", "wcg"), ("长孙敏", "zsm", "csm"),
    ("单于芳", "cyf", "syf"),
)  # fmt: skip


@pytest.mark.habit(20)
def test_24_of_24_names_with_ambiguous_surnames_are_found_by_initials() -> None:
    assert len(SURNAMES) == 24
    assert [name for name, *letters in SURNAMES if not all(spells(one, name) for one in letters)] == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("欧阳建华", "oyjh"), ("司徒嘉欣", "stjx"), ("佘㙍明", "sdm"), ("赵一", "zy"), ("古丽·阿依夏木", "glayxm"), ("冼　静", "xj"), ("邝𬱖", "kd"),
        ("黎嘉铭 ", "ljm"), ("买买提·吾守尔·阿不都热合曼", "mmtwseabdrhm"), ("阿Q", "aq"), ("曾小敏", "zengxiaomin"), ("曾小敏", "ZXM"), ("吕绿", "lvlv"),
    ],
)  # fmt: skip
def test_edge_names(name: str, letters: str) -> None:
    assert spells(letters, name)


@pytest.mark.parametrize(
    ("letters", "word"), [("zxn", "曾小敏"), ("xm", "曾小敏"), ("zxmq", "曾小敏"), ("", "曾"), ("曾", "曾小敏"), ("z1", "曾一"), ("z", "")]
)
def test_what_does_not_spell(letters: str, word: str) -> None:
    assert not spells(letters, word)


def test_within_a_word() -> None:
    assert spells_within("qsz", "东岭县青石镇")
    assert not spells_within("qsy", "东岭县青石镇")


@given(st.text("曾单解仇区查翟覃乐朴盖尉缪冼邝禤佘陈李黄", min_size=1, max_size=4))
def test_full_readings_of_the_beginning_always_spell(name: str) -> None:
    from policy.spelling import _characters

    readings = _characters(name)
    assert spells("".join(one[-1] for one in readings), name)
    assert spells("".join(one[0][0] for one in readings[:1]), name)
