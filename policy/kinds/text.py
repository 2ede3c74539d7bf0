"""Texts: remarks, names, phone numbers, and codes that look like numbers but are none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import clean, given, numeral, plain, quoted

_HALF_WIDTH = {wide: wide - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(first), ord(last) + 1)}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:(0(?:10|2[0-9]|[3-9][0-9]{2}))-?)?([2-9][0-9]{6,7})(?:(?:-|转)([0-9]{1,6}))?")
_SERVICE = re.compile(r"[48]00(?:[0-9]{7}|-[0-9]{7}|-[0-9]{3}-[0-9]{4}|-[0-9]{4}-[0-9]{3})")


def _text(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None or isinstance(content, str):
        return content
    if isinstance(content, date):
        return content.isoformat()
    return str(content) if isinstance(content, float) else numeral(content, "")


def _name(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None:
        return None
    if not isinstance(content, str) or not any(c.isalpha() for c in content):
        raise Unreadable(f"{quoted(content)}不是姓名或名称，可能是列错位。请核对后填写文字。")
    return content


def _code(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是编号，可能是 Excel 自动改的。请把该列设为文本格式后按原件重新填写。")
    code = clean(numeral(content, "编号").translate(_HALF_WIDTH).lstrip("' "))
    if not code:
        raise Unreadable(f"{quoted(content)}不是编号。请填写编号，没有请留空。")
    return code


def _phone(raw: object, today: date | None) -> str | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是电话号码。请填写电话号码。")
    number = re.sub(r"[\s()]", "", plain(numeral(content, "电话号码")))
    number = re.sub(r"[-‐‑–—]+", "-", re.sub(r"^(?:\+|00)86-?", "", number))
    digits = number.replace("-", "")
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(number):
        return digits
    found = _LANDLINE.fullmatch(number)
    if not found:
        raise Unreadable(
            f"{quoted(content)}不是电话号码。请填 11 位手机号，或带区号的座机号，如 0758-2123456；一格只填一个号码，没有请留空。"
        )
    return "-".join(part for part in found.groups() if part)


def _mask_certificate(number: str) -> str:
    return f"****{number[-4:]}" if len(number) > 4 else "****"


def _mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


TEXT = Kind("文本", _text)
"""Free text in one line: remarks, post, major. Numbers from cells appear as typed (12, not 12.0)."""

NAME = Kind("名称", _name)
"""Name of a person or a body, kept as written (inner blanks too); matching goes through `policy.names.fold`."""

CODE = Kind("编号", _code)
"""Codes kept as text (division code, contract number, document number); only full-width letters and digits become half-width."""

PHONE = Kind("电话", _phone, mask=_mask_phone)
"""One telephone number: mobile as 11 digits, landline as area-number(-extension); masked 138****0000."""

CERTIFICATE_NO = replace(CODE, name="证书编号", mask=_mask_certificate)
"""Number of a personal certificate: whose it is can be looked up by it, so it is masked ****0123."""
