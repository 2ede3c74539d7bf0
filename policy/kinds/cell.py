"""What a cell or a keystroke holds before any kind reads it: blanks, damage, numbers as spreadsheets keep them."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from policy.kinds import Unreadable

EXACT_DIGITS: Final = 15
"""A spreadsheet keeps this many digits of a number and turns the rest into zeros."""

_BLANK = re.compile(r"[-‐‑‒–—―−─/]*")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|#{3,}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}")
_ALTERED = ("<super>", "<sub>", "<fraction>", "<circle>")


def given(raw: object) -> str | int | float | date | None:
    """The content of a cell: None for a blank or a lone dash or slash, text without invisible characters, whole numbers as
    int, a date without its time of day. Raises Unreadable for error values, mojibake, TRUE/FALSE and what is no content."""
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise Unreadable(f"这一格是逻辑值 {str(raw).upper()}，不是填写的内容。请改填实际内容。")
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float):
        if isinstance(raw, float) and not math.isfinite(raw):
            raise Unreadable("这一格的数字已损坏（不是有限的数）。请在 Excel 中重新填写这一格。")
        if abs(raw) >= 10**30:
            raise Unreadable("这一格的数字太长，无法读取。请检查后重新填写这一格。")
        return int(raw) if raw == int(raw) else raw
    if isinstance(raw, str):
        return clean(raw) or None
    raise Unreadable("这一格的内容不是文字、数字或日期。请在 Excel 中重新填写这一格。")


def clean(text: str) -> str:
    """Text as a clerk sees it: no control, zero-width or direction characters, line breaks and tabs as blanks, outer blanks
    off; "" for a lone dash or slash. Raises Unreadable for mojibake and for spreadsheet errors such as #N/A."""
    odd = not text.isprintable()  # else it has no controls, no marks without a width, no half pairs: nearly all texts
    if "\ufffd" in text or (odd and any(unicodedata.category(c) == "Cs" for c in text)):
        raise Unreadable(f"{quoted(text)}里有乱码。请检查原文件的编码，或重新填写这一格。")
    if odd:
        text = re.sub(r"\r\n|[\t\n\v\f\r\x85\u2028\u2029]", " ", text)
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    text = text.strip()
    folded = unicodedata.normalize("NFKC", text).strip()
    if _ERROR.fullmatch(folded):
        raise Unreadable(f"{quoted(text)}是表格里的错误值，不是内容。请在 Excel 中改正公式或加宽列后重新保存。")
    return "" if _BLANK.fullmatch(re.sub(r"\s", "", folded)) else text


def plain(text: str) -> str:
    """`clean` text with full-width forms made half-width and a leading text mark (') taken off, for reading figures and codes.
    Raises Unreadable where that would change a figure (², ½, ①)."""
    if not text.isascii() and any(unicodedata.decomposition(c).startswith(_ALTERED) for c in text):
        raise Unreadable(f"{quoted(text)}里有上标、带圈一类的特殊字符。请改用普通数字和文字填写。")
    return unicodedata.normalize("NFKC", text).lstrip("'‘’` ").rstrip()


def scaled(number: int | float, factor: int) -> int | None:
    """`number` × `factor` where that is whole, else None; float noise (1e-9, on large numbers the last bits) is forgiven."""
    nearest = round(number * factor)
    if nearest / factor == number:
        return nearest
    exact = Fraction(repr(number))
    noise = max(Fraction(1, 10**9), abs(exact) / 2**50)
    return nearest if abs(exact - Fraction(nearest, factor)) <= noise else None


def numeral(content: str | int | float, what: str) -> str:
    """A code or number that is text by nature (identity number, phone, contract number), from text or from a numeric cell.

    Raises Unreadable where the spreadsheet made a number of it and digits may be lost: more than 15 digits, decimals, 4.4E+17.
    """
    if isinstance(content, str):
        if _SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", content).lstrip("' ").upper()):
            raise Unreadable(f"{what}{quoted(content)}在 Excel 中被存成数字，已丢位。请把该列设为文本格式后按原件重新填写。")
        return content
    if isinstance(content, float):
        raise Unreadable(f"{what}{quoted(content)}在 Excel 中被存成带小数的数字。请把该列设为文本格式后重新填写。")
    if abs(content) >= 10**EXACT_DIGITS:
        raise Unreadable(
            f"{what}{quoted(content)}在 Excel 中被存成数字，第 {EXACT_DIGITS} 位以后已不可靠。请把该列设为文本格式后按原件重新填写。"
        )
    return str(content)


def quoted(raw: object) -> str:
    """What was read, in Chinese quotes for a message; long texts cut."""
    text = raw.encode("utf-8", "replace").decode() if isinstance(raw, str) else str(raw)
    text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text).strip()
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
