"""Identity numbers and credit codes as they come in cells: accepted ones equal the truth, cut ones are never accepted."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.identity import check_digit
from policy.kinds import Unreadable
from policy.kinds.credit import CREDIT, check_character
from policy.kinds.idno import IDENTITY

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST, DAYS = date(1930, 1, 1), 33000


def made_up(rng: random.Random) -> str:
    born = FIRST + timedelta(days=rng.randrange(DAYS))
    body = f"449901{born:%Y%m%d}{rng.randrange(1000):03}"
    return body + check_digit(body)


PEOPLE = [made_up(rng) for rng in [random.Random(453)] for _ in range(1000)]


def test_a_thousand_people_through_every_text_path() -> None:
    for truth in PEOPLE:
        full_width = truth.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
        spaced = f"{truth[:6]} {truth[6:14]}　{truth[14:]}"
        for raw in (
            truth, full_width, spaced, f"'{truth}", f"＇{truth}",
            truth.lower(), truth.replace("X", "Х"), truth.replace("X", "×"), f"\ufeff{truth}\u202c\n",
            f"{truth[:6]}-{truth[6:14]}-{truth[14:]}", f"‘{truth}",
        ):  # fmt: skip
            assert IDENTITY.parse(raw, None) == truth


def test_a_thousand_people_as_numbers_are_never_accepted() -> None:
    fitting = 0
    for truth in PEOPLE:
        if truth.endswith("X"):
            continue
        cut = int(truth[:15] + "000")
        fitting += check_digit(truth[:15] + "00") == "0"
        for raw in (int(truth), float(truth), cut, float(cut)):
            with pytest.raises(Unreadable, match="存成数字"):
                IDENTITY.parse(raw, None)
        for raw in (f"{float(truth):.2E}", f"{float(truth):.1e}".upper(), repr(float(truth))):
            with pytest.raises(Unreadable, match="存成数字，已丢位"):
                IDENTITY.parse(raw, None)
    assert fitting > 0, "some cut numbers fit the check digit: that is why it is no safety net"


def test_a_cut_number_in_a_text_cell_is_explained() -> None:
    cut = "449901199001015000"
    assert check_digit(cut[:17]) != "0"
    with pytest.raises(Unreadable, match=f"最后一位应为 {check_digit(cut[:17])}。后三位都是 0，很可能曾在 Excel 中被存成数字"):
        IDENTITY.parse(cut, None)


def test_the_expected_check_digit_is_told() -> None:
    body = "44990119900101123"
    right = check_digit(body)
    wrong = "0" if right != "0" else "1"
    with pytest.raises(Unreadable, match=f"“{body + wrong}”的校验码不对：最后一位应为 {right}。"):
        IDENTITY.parse(body + wrong, None)


def test_old_numbers_are_widened() -> None:
    assert IDENTITY.parse("449901700101001", None) == "44990119700101001" + check_digit("44990119700101001")
    assert IDENTITY.parse(449901700101001, None) == IDENTITY.parse("449901700101001", None)


def test_births_after_today_are_refused_in_files_and_in_typing() -> None:
    body = "44990120990307001"
    for today in (None, date(2026, 1, 1)):
        with pytest.raises(Unreadable, match="在今天以后"):
            IDENTITY.parse(body + check_digit(body), today)
    assert IDENTITY.parse(body + check_digit(body), date(2099, 3, 7)) == body + check_digit(body)


def test_mask() -> None:
    assert IDENTITY.mask is not None
    assert IDENTITY.mask("440101199001011234") == "440101********1234"
    assert IDENTITY.mask("FRA110077121705") == "FRA110*****1705"


def test_credit_codes() -> None:
    assert CREDIT.parse("91110000600037341L", None) == "91110000600037341L"
    assert CREDIT.parse(" 9111 0000 6000 3734 1l ", None) == "91110000600037341L"
    assert CREDIT.parse("９１１１００００６０００３７３４１Ｌ", None) == "91110000600037341L"
    assert CREDIT.mask is None


@given(st.sampled_from("159ANY"), st.text(ALPHABET, min_size=16, max_size=16))
def test_every_right_credit_code_passes_and_every_single_slip_fails(first: str, rest: str) -> None:
    code = first + rest + check_character(first + rest)
    assert CREDIT.parse(code, None) == code
    slipped = code[:8] + ALPHABET[(ALPHABET.index(code[8]) + 1) % 31] + code[9:]
    with pytest.raises(Unreadable, match="最后一位应为"):
        CREDIT.parse(slipped, None)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("9111000060003734IL", "没有|不用 I、O、S、V、Z"), ("91110000600037341", "是 17 位"), ("441900000012345", "是 15 位"),
        ("91110000600037341M", "应为 L"),
        ("0" * 18, "以 0 开头"), (911100006000373415, "存成数字"), (9.11e17, "存成数字"), ("9.111E+17", "存成数字"),
    ],
)  # fmt: skip
def test_wrong_credit_codes(raw: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        CREDIT.parse(raw, None)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_a_credit_code_never_has(letter: str) -> None:
    with pytest.raises(Unreadable, match="不用 I、O、S、V、Z"):
        CREDIT.parse(f"91110000{letter}00037341L", None)
