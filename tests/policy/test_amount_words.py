"""人民币大写 against an independent reading of 正确填写票据和结算凭证的基本规定, over many amounts and the known traps."""

from __future__ import annotations

import random

import pytest

from policy.amount_words import amount_in_words

TRAPS = {
    0: "零元整",
    5: "伍分",
    10: "壹角整",
    50: "伍角整",
    99: "玖角玖分",
    100: "壹元整",
    105: "壹元零伍分",
    110: "壹元壹角整",
    1_000: "壹拾元整",
    1_005: "壹拾元零伍分",
    1_100: "壹拾壹元整",
    10_000: "壹佰元整",
    10_100: "壹佰零壹元整",
    11_000: "壹佰壹拾元整",
    32_504: "叁佰贰拾伍元零肆分",
    140_950: "壹仟肆佰零玖元伍角整",
    168_032: "壹仟陆佰捌拾元零叁角贰分",
    600_714: "陆仟零柒元壹角肆分",
    1_640_902: "壹万陆仟肆佰零玖元零贰分",
    10_000_000: "壹拾万元整",
    10_700_053: "壹拾万零柒仟元零伍角叁分",
    101_000_005: "壹佰零壹万元零伍分",
    100_010_000: "壹佰万零壹佰元整",
    1_000_000_000: "壹仟万元整",
    10_000_000_000: "壹亿元整",
    10_000_000_100: "壹亿零壹元整",
    10_001_000_000: "壹亿零壹万元整",
    11_000_000_000: "壹亿壹仟万元整",
    100_500_000_000: "壹拾亿零伍佰万元整",
    1_000_000_000_000: "壹佰亿元整",
    99_999_999_999_999: "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    100_000_000_000_000: "壹万亿元整",
    -123_456: "负壹仟贰佰叁拾肆元伍角陆分",
    -5: "负伍分",
}


@pytest.mark.parametrize(("fen", "words"), TRAPS.items())
def test_the_known_traps(fen: int, words: str) -> None:
    assert amount_in_words(fen) == words


def independent(fen: int) -> str:
    """One pass over the figures from the left: an idle place is remembered, and spoken before the next figure that is not zero."""
    written = str(abs(fen)).zfill(3)
    places = ["分", "角", "", "拾", "佰", "仟"] + ["", "拾", "佰", "仟"] * 3
    said, idle, in_group = "", False, False
    for at, figure in reversed(list(enumerate(reversed(written)))):
        if figure != "0":
            said += ("零" if idle and said else "") + "零壹贰叁肆伍陆柒捌玖"[int(figure)] + places[at]
            idle, in_group = False, True
        else:
            idle = True
        if at in (14, 6) and in_group:
            said += "万"
        if at == 10 and said:
            said += "亿"
        if at == 2 and said:
            said += "元"
        if at in (14, 10, 6):
            in_group = False
    said = said or "零元"
    return ("负" if fen < 0 else "") + said + ("" if said.endswith("分") else "整")


@pytest.mark.parametrize("fen", TRAPS)
def test_the_independent_reading_knows_the_traps_too(fen: int) -> None:
    assert independent(fen) == TRAPS[fen]


def test_ten_thousand_amounts() -> None:
    chosen = random.Random(453)
    amounts = [chosen.randrange(10 ** chosen.randrange(1, 15)) for _ in range(6000)]
    amounts += [int("".join(chosen.choice("0001234567890000") for _ in range(chosen.randrange(1, 15)))) for _ in range(4000)]
    amounts += [-fen for fen in amounts[:200]]
    wrong = [(fen, amount_in_words(fen), independent(fen)) for fen in amounts if amount_in_words(fen) != independent(fen)]
    assert wrong == []


def test_words_tell_any_two_amounts_apart() -> None:
    amounts = [*range(-50, 12_000), *range(99_999_990, 100_001_200), *(10**power for power in range(15))]
    assert len({amount_in_words(fen) for fen in set(amounts)}) == len(set(amounts))
