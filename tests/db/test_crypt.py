"""Secrets: what a password opens, what a slip in the recovery code says, and that a changed byte is never taken for anything else."""

from __future__ import annotations

import random
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import crypt
from db.change import Damaged, Refused, WrongPassword
from db.crypt import ALPHABET, PASSWORD, RECOVERY

KEYS = crypt.new_keys(bytes(range(32)))


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest) -> None:
    if "parameters" not in request.node.name:
        request.getfixturevalue("quick_passwords")


@pytest.fixture
def slots() -> tuple[crypt.Slot, ...]:
    return (crypt.lock(KEYS, PASSWORD, "春风十里 2026"), crypt.lock(KEYS, RECOVERY, "23456789ABCDEFGHJKMNPQRSTUVW"))


def test_the_right_password_gives_the_keys_back_whole(slots: tuple[crypt.Slot, ...]) -> None:
    assert crypt.unlock(slots, PASSWORD, "春风十里 2026") == KEYS


def test_the_parameters_are_those_recommended_for_ordinary_machines() -> None:
    slot = crypt.lock(KEYS, PASSWORD, "春风十里 2026")
    assert (slot.time, slot.memory, slot.lanes) == (3, 64 * 1024, 4)
    assert crypt.unlock([slot], PASSWORD, "春风十里 2026") == KEYS


def test_full_width_signs_from_a_chinese_keyboard_are_the_same_password(slots: tuple[crypt.Slot, ...]) -> None:
    assert crypt.unlock(slots, PASSWORD, "春风十里 ２０２６") == KEYS


@pytest.mark.parametrize("wrong", ["春风十里 2025", "春风十里2026", "", "A"])
def test_a_wrong_password_is_a_wrong_password(slots: tuple[crypt.Slot, ...], wrong: str) -> None:
    with pytest.raises(WrongPassword, match="密码不对"):
        crypt.unlock(slots, PASSWORD, wrong)


def test_the_password_does_not_open_the_slot_of_the_code(slots: tuple[crypt.Slot, ...]) -> None:
    with pytest.raises(WrongPassword):
        crypt.unlock([replace(slots[0], kind=RECOVERY)], RECOVERY, crypt.new_code())


def test_no_key_stands_in_a_slot_in_the_clear(slots: tuple[crypt.Slot, ...]) -> None:
    said = repr(slots).casefold()
    for part in (KEYS.data, KEYS.salt, KEYS.chain):
        assert part.hex() not in said


def test_two_slots_of_one_password_are_not_alike() -> None:
    one, other = (crypt.lock(KEYS, PASSWORD, "春风十里 2026") for _ in range(2))
    assert {one.salt, one.nonce, one.sealed}.isdisjoint({other.salt, other.nonce, other.sealed})


@pytest.mark.parametrize("weak", ["", "1234567", "aaaaaaaa", "1212121212", "        "])
def test_weak_passwords_are_refused_with_a_sentence(weak: str) -> None:
    with pytest.raises(Refused, match="至少 8 个字符"):
        crypt.fit(weak)


def test_a_recovery_code_has_28_signs_in_groups_of_four() -> None:
    codes = {crypt.new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert len(code) == 34 and all(len(group) == 4 for group in code.split("-"))
        assert set(code) <= set(ALPHABET) | {"-"}
        assert crypt.spelled(code.lower().replace("-", " ")) == code.replace("-", "")
    assert not set("01OIL") & set(ALPHABET) and len(ALPHABET) == 31


def test_every_wrong_sign_and_every_exchange_in_a_code_is_found_before_the_slow_derivation() -> None:
    signs = crypt.spelled(crypt.new_code())
    for at, sign in enumerate(signs):
        for other in ALPHABET.replace(sign, ""):
            with pytest.raises(Refused, match="输错"):
                crypt.spelled(signs[:at] + other + signs[at + 1 :])
    for at in range(26):
        for to in range(at + 1, 27):
            if signs[at] != signs[to]:
                swapped = list(signs)
                swapped[at], swapped[to] = swapped[to], swapped[at]
                with pytest.raises(Refused, match="输错"):
                    crypt.spelled("".join(swapped))


@pytest.mark.parametrize(("typed", "said"), [("2345", "28 位，输入了 4 位"), ("0" * 28, "没有“0”"), ("O" * 28, "没有“O”")])
def test_other_slips_say_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        crypt.spelled(typed)


@given(content=st.binary(max_size=3000), name=st.text(max_size=20))
def test_what_is_sealed_opens_again_under_its_name_only(content: bytes, name: str) -> None:
    sealed = crypt.seal(content, KEYS.data, name)
    assert crypt.sealed(sealed) and (len(content) < 8 or content not in sealed[20:])
    assert crypt.unseal(sealed, KEYS.data, name) == content
    with pytest.raises(Damaged):
        crypt.unseal(sealed, KEYS.data, name + "x")
    with pytest.raises(Damaged):
        crypt.unseal(sealed, crypt.new_keys(b"").data, name)


@settings(max_examples=60)
@given(st.data())
def test_one_flipped_bit_anywhere_in_a_sealed_file_is_found(data: st.DataObject) -> None:
    sealed = bytearray(crypt.seal(b"six months of pay" * 20, KEYS.data, "a"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Damaged, match="打不开"):
        crypt.unseal(bytes(sealed), KEYS.data, "a")


@pytest.mark.parametrize(("part", "value"), [("memory", 2**40), ("time", 10**9), ("lanes", 0), ("kind", "other"), ("salt", "zz")])
def test_a_slot_that_asks_too_much_is_not_a_slot(slots: tuple[crypt.Slot, ...], part: str, value: object) -> None:
    from dataclasses import asdict

    with pytest.raises(ValueError):
        crypt.read_slot(asdict(slots[0]) | {part: value})


def test_an_accounts_password_is_kept_as_a_digest_only() -> None:
    password = "".join(random.choice(string.ascii_letters) for _ in range(12))
    kept = crypt.hashed(password)
    assert kept.startswith("$argon2id$") and password not in kept
    assert crypt.fits(kept, password)
    assert not crypt.fits(kept, password + "x")
