"""Identity numbers (GB 11643) of residents, of 港澳台 residence permits and of foreigners' permanent residence cards.

What a number says of its bearer, and what is wrong with it. County codes are not checked: many were given before they were
listed or after they were closed. Messages keep the text as the sender wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.kinds import Unreadable
from policy.kinds.cell import quoted

RESIDENT: Final = "居民身份证"
PERMIT: Final = "港澳台居民居住证"
FOREIGNER: Final = "外国人永久居留身份证"
FOREIGNER_OLD: Final = "外国人永久居留证（旧版）"

_LONG: Final = re.compile(r"(?<![0-9A-Za-z])([0-9]{3})([0-9]{4,})([0-9]{3}[0-9Xx])(?![0-9A-Za-z])")
"""Identity and telephone numbers and accounts standing in words; a file's fingerprint is none."""
_NEXT: Final = "请按证件核对后重新填写。"
_FIRST_BIRTH: Final = date(1900, 1, 1)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PROVINCES: Final = frozenset(
    (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82)
)
_PERMITS: Final = ("81", "82", "83")
_OLD_CARD = re.compile(r"[A-Z]{3}[0-9]{12}")
_LIKE_X = str.maketrans("Х×", "XX")  # Cyrillic Ха, multiplication sign


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity number says. The old foreigner's card says neither birth nor sex (None, "")."""

    number: str
    kind: str
    birth: date | None
    sex: str

    def age_on(self, day: date) -> int | None:
        """周岁 on `day`: full years; somebody born on 29 February is a year older on 1 March where the year has no such day."""
        if self.birth is None:
            return None
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


def normalise(text: str) -> str:
    """The number without blanks, apostrophes, hyphens and invisible marks, half-width, in capitals; Cyrillic Х and × as X."""
    if text.isascii() and text.isalnum():  # nearly all of them
        return text.upper()
    text = unicodedata.normalize("NFKC", text).upper().translate(_LIKE_X)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Pd") and c not in "'‘’`−")


def check_digit(body: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def widened(number: str) -> str:
    """A 15-digit number of the first generation as 18 characters."""
    body = f"{number[:6]}19{number[6:]}"
    return body + check_digit(body)


def facts_of(text: str, latest: date | None = None) -> Identity:
    """Kind, birth and sex of an identity number as written by anybody; births after `latest` are refused.

    15-digit numbers come back as 18 characters (`number`). Raises Unreadable with what is wrong and what to do.
    """
    number = normalise(text)
    if _OLD_CARD.fullmatch(number):
        return Identity(number, FOREIGNER_OLD, None, "")
    if re.fullmatch(r"[0-9]{15}", number):
        number = widened(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Unreadable(f"证件号{quoted(text)}{_misshapen(number)}{_NEXT}")
    kind = PERMIT if number.startswith(_PERMITS) else FOREIGNER if number[0] == "9" else RESIDENT
    if kind == RESIDENT and int(number[:2]) not in _PROVINCES:
        raise Unreadable(f"证件号{quoted(text)}的前两位 {number[:2]} 不是省份代码。{_NEXT}")
    birth = _birth(number, text, latest)
    expected = check_digit(number[:17])
    if number[17] != expected:
        cut = "后三位都是 0，很可能曾在 Excel 中被存成数字而丢位。" if number.endswith("000") else ""
        raise Unreadable(f"证件号{quoted(text)}的校验码不对：最后一位应为 {expected}。{cut}{_NEXT}")
    return Identity(number, kind, birth, "男" if int(number[16]) % 2 else "女")


def _birth(number: str, text: str, latest: date | None) -> date:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Unreadable(f"证件号{quoted(text)}里的出生日期 {number[6:14]} 不存在。{_NEXT}") from None
    if birth < _FIRST_BIRTH or (latest is not None and birth > latest):
        raise Unreadable(f"证件号{quoted(text)}里的出生日期 {number[6:14]} 早于 1900 年或在今天以后。{_NEXT}")
    return birth


def _misshapen(number: str) -> str:
    if len(number) == 18:
        return "里有不该出现的字符，只能是 17 位数字加 1 位数字或 X。"
    return f"是 {len(number)} 位，应为 18 位。"


def masked_in(words: str) -> str:
    """Words in which long numbers (identity, telephone, account) show their ends only: 449***********1234."""
    return _LONG.sub(lambda at: at[1] + "*" * len(at[2]) + at[3], words)
