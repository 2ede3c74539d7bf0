"""统一社会信用代码 (GB 32100) of suppliers and employers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, numeral, quoted

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NEXT: Final = "请按营业执照或登记证书核对后重新填写。"


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return _ALPHABET[-total % 31]


def _credit(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是统一社会信用代码。{_NEXT}")
    text = numeral(content, "统一社会信用代码")
    code = re.sub(r"[\s'‘’`‐‑‒–—−-]", "", unicodedata.normalize("NFKC", text)).upper()
    if len(code) != 18:
        raise Unreadable(f"统一社会信用代码{quoted(text)}是 {len(code)} 位，应为 18 位。{_NEXT}")
    if not set(code) <= set(_ALPHABET):
        raise Unreadable(f"统一社会信用代码{quoted(text)}里有不会出现的字符（代码不用 I、O、S、V、Z）。{_NEXT}")
    if code[0] == "0":
        raise Unreadable(f"统一社会信用代码{quoted(text)}以 0 开头，没有这样的登记部门。{_NEXT}")
    expected = check_character(code[:17])
    if code[17] != expected:
        raise Unreadable(f"统一社会信用代码{quoted(text)}的校验码不对：最后一位应为 {expected}。{_NEXT}")
    return code


CREDIT = Kind("统一社会信用代码", _credit)
"""18 characters of text. The older code inside it (places 9 to 17) is not checked: codes given anew do not keep its rule."""
