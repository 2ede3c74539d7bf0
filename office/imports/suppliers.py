"""Bringing in suppliers (承接主体), matched by credit code, else by name."""

from __future__ import annotations

from collections.abc import Sequence

from office.imports.people import Row
from office.imports.table import Draft, Planning, Spec, kind_of, stored_fields
from policy.names import fold


def _own_code(draft: Draft, book: Planning) -> None:
    """A credit code belongs to one supplier under one name."""
    name, code = draft.values["name"], draft.values.get("credit_code")
    held = [one for first in {*book.held, *book.planned} for one in book.beside(first)]
    by_code = next((one for one in held if code and one["credit_code"] == code), None)
    by_name = next((one for one in held if fold(one["name"]) == fold(name)), None)
    if by_code is not None and fold(by_code["name"]) != fold(name):
        draft.errors["credit_code"] = f"这个信用代码是“{by_code['name']}”的，表里是“{name}”。请核对；确实更名的，请在“承接主体”里改名称。"
    elif by_name is not None and code and by_name["credit_code"] not in (None, code):
        draft.errors["credit_code"] = f"台账里“{name}”的信用代码是 {by_name['credit_code']}，表里是 {code}。请核对后在“承接主体”里改正。"


def _licence(draft: Draft, _book: Planning) -> None:
    first, last = draft.values.get("licence_from"), draft.values.get("licence_to")
    if first and last and last < first:
        draft.errors["licence_to"] = "许可证截止日期早于起始日期。请核对。"


def _find(draft: Draft, held: Sequence[Row]) -> Row | None:
    return held[0] if held else None


SPEC = Spec(
    "suppliers", "承接主体", "supplier",
    stored_fields("supplier", "name", "credit_code", "body", "licence_no", "licence_from", "licence_to", "user_founded", "contact", "phone"),
    key=("name",), needs=("name",), named=lambda values: values.get("name") or "", checks=(_own_code, _licence), find=_find, same="同一个承接主体",
)  # fmt: skip
KIND = kind_of(SPEC)
