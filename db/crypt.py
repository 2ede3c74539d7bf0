"""Secrets of a book: its keys, the slots that a password and a recovery code open, and sealing of files.

The keys are random; a slot holds them under AES-GCM, its key made from the password by Argon2id. So changing the password rewrites
one small file and never the database, and a wrong password (InvalidTag) is told apart from damage. The recovery code is 28 signs of
an alphabet without look-alikes, the last one a check sign: slips are found before the slow derivation.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from db.change import Damaged, Refused, WrongPassword

PASSWORD, RECOVERY = "password", "recovery"
TIME, MEMORY, LANES = 3, 64 * 1024, 4
"""Argon2id as RFC 9106 recommends it for ordinary machines: 3 passes, 64 MiB (in KiB), 4 lanes."""
_MOST: Final = (20, 1024 * 1024, 16)
"""More than any slot may ask for: a spoilt file must not take the machine's memory."""
SHORTEST: Final = 8
"""Signs a password has at least."""
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SIGNS, _GROUP = 28, 4
_SEALED: Final = b"JBSEAL1\0"


@dataclass(frozen=True)
class Keys:
    """What a password opens: key (32 bytes) and salt (16) of the database, and the key of the diary's chain (32)."""

    data: bytes
    salt: bytes
    chain: bytes

    @property
    def raw(self) -> str:
        """Key and salt as SQLCipher takes them: 96 hex digits, nothing left to derive."""
        return (self.data + self.salt).hex()

    @property
    def name(self) -> str:
        """Tells one book's keys from another's without telling them."""
        return hashlib.sha256(b"jingban name of keys" + self.data).hexdigest()[:16]


@dataclass(frozen=True)
class Slot:
    """The keys under one secret; `time`, `memory` (KiB) and `lanes` are how the secret was stretched. Bytes are kept as hex."""

    kind: str
    time: int
    memory: int
    lanes: int
    salt: str
    nonce: str
    sealed: str

    @property
    def mark(self) -> str:
        """Eight signs printed on the recovery sheet: they tell which book and which code belong together."""
        return hashlib.sha256(bytes.fromhex(self.sealed)).hexdigest()[:8].upper()


def new_keys(chain: bytes) -> Keys:
    """Fresh random keys for a database; the chain goes on with its own."""
    return Keys(secrets.token_bytes(32), secrets.token_bytes(16), chain)


def lock(keys: Keys, kind: str, secret: str) -> Slot:
    """The slot in which a password or a recovery code holds the keys."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    bare = Slot(kind, TIME, MEMORY, LANES, salt.hex(), nonce.hex(), "")
    sealed = _gcm(_stretched(bare, secret)).encrypt(nonce, keys.data + keys.salt + keys.chain, _about(bare))
    return Slot(**(asdict(bare) | {"sealed": sealed.hex()}))


def unlock(slots: Iterable[Slot], kind: str, secret: str) -> Keys:
    """The keys behind a password or a recovery code; WrongPassword with a sentence where it does not fit."""
    from cryptography.exceptions import InvalidTag

    slot = next((one for one in slots if one.kind == kind), None)
    if slot is None:
        raise Damaged("这本台账的密码信息不完整，可能已损坏。请从备份恢复。")
    if kind == RECOVERY:
        secret = spelled(secret)
    try:
        opened = _gcm(_stretched(slot, secret)).decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), _about(slot))
    except InvalidTag as error:
        if kind == RECOVERY:
            raise WrongPassword(
                f"恢复码不是这本台账的。请核对恢复码单上的标记，应为 {slot.mark}；换过恢复码的，以最后一次打印的为准。"
            ) from error
        raise WrongPassword(
            "密码不对。请检查大小写和输入法后再试；忘记密码的，可用封存的恢复码重设（设置密码时打印的 28 位码）。"
        ) from error
    return Keys(opened[:32], opened[32:48], opened[48:])


def fit(password: str) -> None:
    """Refused with a sentence where a new password is too weak to protect identity numbers."""
    normal = _normal(password)
    if len(normal) < SHORTEST or len(set(normal)) < 4:
        raise Refused(f"密码至少 {SHORTEST} 个字符，并且不能只是几个字符反复。可以用一句好记的话。")


def new_code() -> str:
    """A fresh recovery code in groups of four, as it is printed."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS - 1))
    return shown(signs + _check_sign(signs))


def shown(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def spelled(code: str) -> str:
    """A typed recovery code as its 28 signs; Refused with a sentence for a slip (every wrong sign and every pair exchanged is found)."""
    signs = "".join(sign for sign in _normal(code).upper() if not sign.isspace() and sign not in "-—–_.")
    if odd := sorted({sign for sign in signs if sign not in ALPHABET}):
        raise Refused(f"恢复码里没有“{'、'.join(odd)}”（不用数字 0、1 和字母 O、I、L）。请对照恢复码单重新输入。")
    if len(signs) != _SIGNS:
        raise Refused(f"恢复码应有 {_SIGNS} 位，输入了 {len(signs)} 位。请对照恢复码单重新输入。")
    if _check_sign(signs[:-1]) != signs[-1]:
        raise Refused("恢复码有输错的地方（校验位不符）。请对照恢复码单逐组核对。")
    return signs


def _check_sign(signs: str) -> str:
    """31 is prime and no weight repeats, so one wrong sign or two exchanged ones always change it."""
    return ALPHABET[sum(at * ALPHABET.index(sign) for at, sign in enumerate(signs, 1)) % len(ALPHABET)]


def seal(content: bytes, key: bytes, name: str) -> bytes:
    """Content under the book's data key, bound to its name: it opens only where it belongs."""
    nonce = secrets.token_bytes(12)
    return _SEALED + nonce + bytes(_gcm(_for_files(key)).encrypt(nonce, content, _SEALED + name.encode()))


def unseal(content: bytes, key: bytes, name: str) -> bytes:
    """What `seal` made, open again; Damaged with a sentence where a byte was changed or it is another file."""
    from cryptography.exceptions import InvalidTag

    try:
        if not sealed(content):
            raise ValueError("not sealed")
        start = len(_SEALED)
        return bytes(_gcm(_for_files(key)).decrypt(content[start : start + 12], content[start + 12 :], _SEALED + name.encode()))
    except (InvalidTag, ValueError) as error:
        raise Damaged(f"“{name}”已损坏或不属于这本台账，打不开。请从备份恢复。") from error


def sealed(content: bytes) -> bool:
    """Whether a file's beginning says it is sealed."""
    return content.startswith(_SEALED)


def hashed(password: str) -> str:
    """An account's password as it is kept: parameters, salt and Argon2id digest in one text."""
    from argon2 import PasswordHasher

    return PasswordHasher(TIME, MEMORY, LANES).hash(_normal(password))


def fits(kept: str, password: str) -> bool:
    """Whether an account's password is the one kept."""
    from argon2 import PasswordHasher
    from argon2.exceptions import VerificationError

    try:
        return PasswordHasher(TIME, MEMORY, LANES).verify(kept, _normal(password))
    except VerificationError:
        return False


def read_slot(content: dict[str, Any]) -> Slot:
    """A slot as it is written in the face; ValueError where it is none."""
    slot = Slot(**content)
    if slot.kind not in (PASSWORD, RECOVERY) or any(not 1 <= of <= most for of, most in zip((slot.time, slot.memory, slot.lanes), _MOST, strict=True)):
        raise ValueError("no such slot")
    for part in (slot.salt, slot.nonce, slot.sealed):
        bytes.fromhex(part)
    return slot


def _normal(secret: str) -> str:
    """Full-width signs from a Chinese keyboard are the same password."""
    return unicodedata.normalize("NFKC", secret).strip()


def _stretched(slot: Slot, secret: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(_normal(secret).encode(), bytes.fromhex(slot.salt), slot.time, slot.memory, slot.lanes, 32, Type.ID)


def _about(slot: Slot) -> bytes:
    return f"jingban {slot.kind} {slot.time} {slot.memory} {slot.lanes} {slot.salt}".encode()


def _for_files(key: bytes) -> bytes:
    return hmac.digest(key, b"jingban files", "sha256")


def _gcm(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
