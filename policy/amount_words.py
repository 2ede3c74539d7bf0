"""人民币大写: an amount in words as cheques, vouchers and contracts bear it (支付结算办法附一《正确填写票据和结算凭证的基本规定》)."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ((10**8, "亿"), (10**4, "万"))


def amount_in_words(fen: int) -> str:
    """An amount in 分: 101_000_005 → 壹佰零壹万元零伍分; 0 → 零元整; below zero with 负.

    Zeros between two figures are read as one 零. 整 stands after 元 and after 角, never after 分; ten is 壹拾.
    """
    if fen < 0:
        return f"负{amount_in_words(-fen)}"
    yuan, (jiao, rest) = fen // 100, divmod(fen % 100, 10)
    words = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        words += ("零" if yuan and yuan % 10 == 0 else "") + f"{_DIGITS[jiao]}角"
    if rest:
        words += ("零" if yuan and not jiao else "") + f"{_DIGITS[rest]}分"
    return (words or "零元") + ("" if rest else "整")


def _whole(number: int) -> str:
    """A whole number above zero: 万 and 亿 apart, 零 where places between two figures are empty."""
    for size, name in _GROUPS:
        if number >= size:
            above, below = divmod(number, size)
            gap = "零" if 0 < below < size // 10 or (below and above % 10 == 0) else ""
            return _whole(above) + name + gap + (_whole(below) if below else "")
    words = ""
    for place, figure in zip(reversed(_PLACES), f"{number:04d}", strict=True):
        if figure != "0":
            words += _DIGITS[int(figure)] + place
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")
