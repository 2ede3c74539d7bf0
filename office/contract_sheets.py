"""合同登记表 and 付款审批单, as sheets to print. They say what was agreed and paid; what checks think of it is never on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from db.change import Refused
from db.lists.columns import field_of
from db.lists.units import names
from db.rows import row, rows
from policy.amount_words import amount_in_words
from policy.contract_facts import BUDGET_SECURED, DISPATCH, DISPATCH_CLAUSES, PERSONAL_DATA, POST_NATURE
from policy.figures import number, percent, yuan
from policy.funds import split
from policy.kinds.month import in_words
from policy.labour import term_months
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet

WRITTEN: Final = (*DISPATCH_CLAUSES, BUDGET_SECURED, POST_NATURE, PERSONAL_DATA)
"""Ticks that are clauses of the text; the others are signs of how it is carried out, and stay in the book."""
OPINIONS: Final = ("经办人意见", "股（科）室负责人意见", "财务审核意见", "分管领导意见", "单位负责人意见")
_ROOM: Final = "\n\n　　　　　　　　　　　　签名：　　　　　　　　年　　月　　日"
"""Two empty lines to write on, and where to sign."""

Line = tuple[str, str, str]
"""Group, item and what is said."""


def contract_sheet(connection: Any, contract: int, as_of: date, reporter: str) -> Sheet:
    """合同登记表 of a contract as of a day: amendments and payments after it are not on it."""
    held = _whole(connection, contract)
    lines = [
        *_basics(connection, held, as_of),
        *_term_and_amount(connection, held, as_of),
        *_parts(connection, held, as_of),
        *_so_far(connection, held, as_of),
    ]
    return _form(
        "合同登记表", "服务采购合同登记表", f"填报单位：{reporter}　　　　　　截至 {as_of}　　　　　　单位：元、人", lines,
        "单位负责人：　　　　　　股（科）室负责人：　　　　　　经办人：　　　　　　登记日期：　　年　月　日",
    )  # fmt: skip


def payment_sheet(connection: Any, payment: int, reporter: str) -> Sheet:
    """付款审批单 of one payment: its parts, its amount in figures and in words, what was paid before and is left, and who signs."""
    paid = row(connection, "contract_payment", (payment,))
    if paid is None:
        raise Refused("这笔付款已经不在了。请刷新后重选。")
    held = _whole(connection, paid["contract"])
    day, amount = paid["paid_on"], _amount(paid)
    before = sum(_amount(one) for one in rows(connection, "contract_payment", contract=held["id"]) if (one["paid_on"], one["id"]) < (day, payment))
    total = _total(connection, held, day)
    said = [("所属月份", _months(paid["first_month"], paid["last_month"])), ("资金来源", paid["source"]), ("凭证号", paid["voucher"])]
    lines = [
        ("合同", "合同编号", held["no"]), ("", "合同名称", held["name"]), ("", "收款单位（承接主体）", _supplier(connection, held).get("name", "")),
        ("", "合同期限", f"{held['start']} 至 {_last_day(connection, held, day)}"), ("", "合同金额（含补充）", _yuan(total)),
        ("本次付款", "付款日期", str(day)), *(("", item, words or "") for item, words in said),
        *(("", field_of("contract_payment", name).label.removeprefix("其中："), _yuan(paid[name])) for name in ("wages", "employer", "fee", "other")),
        ("", "付款金额（小写）", f"¥{yuan(amount)}"), ("", "付款金额（大写）", f"人民币{amount_in_words(amount)}"),
        ("付款进度", "此前累计已付", _yuan(before)), ("", "本次付款后累计", _yuan(before + amount)),
        ("", "合同未付", "" if total is None else _yuan(total - before - amount)),
        *(("审批" if at == 0 else "", who, _ROOM) for at, who in enumerate(OPINIONS)),
    ]  # fmt: skip
    return _form("付款审批单", "合同付款审批单", f"付款单位：{reporter}　　　　　　　　　　　　　　单位：元", lines, "")


def _basics(connection: Any, held: Mapping[str, Any], as_of: date) -> Iterable[Line]:
    units, supplier = names(connection, as_of), _supplier(connection, held)
    yield from _labelled(held, "基本情况", ("no", "name", "kind", "procured_as", "work_class"))
    yield "购买主体", "名称（级别、性质）", _bracketed(units.get(held["buyer"], ""), held["buyer_level"], held["buyer_class"])
    yield "承接主体", "名称（性质）", _bracketed(supplier.get("name", ""), supplier.get("body"))
    yield "", "统一社会信用代码", supplier.get("credit_code") or ""
    yield "", "联系人及电话", "　".join(one for one in (supplier.get("contact"), supplier.get("phone")) if one)
    if held["kind"] == DISPATCH:
        term = " 至 ".join(str(one) for one in (supplier.get("licence_from"), supplier.get("licence_to")) if one)
        yield "", "劳务派遣经营许可证", "　".join(one for one in (supplier.get("licence_no"), term) if one)
    yield "采购过程", "采购方式、项目编号", "　".join(one for one in (held["method"], held["project_no"]) if one)
    for item, dates in (
        ("中标（成交）", (("", "awarded"), ("公告 ", "award_noticed"))),
        ("签订", (("", "signed"), ("公告 ", "contract_noticed"), ("备案 ", "filed"))),
        ("履约验收", (("", "accepted"),)),
    ):
        yield "", f"{item}日期", "　".join(f"{words}{held[name]}" for words, name in dates if held[name])


def _term_and_amount(connection: Any, held: Mapping[str, Any], as_of: date) -> Iterable[Line]:
    last, total = _last_day(connection, held, as_of), _total(connection, held, as_of)
    yield "期限和金额", "合同期限", _term(held["start"], held["end"])
    yield "", "合同金额（小写）", "" if held["amount"] is None else f"¥{yuan(held['amount'])}"
    yield "", "合同金额（大写）", "" if held["amount"] is None else f"人民币{amount_in_words(held['amount'])}"
    if last != held["end"]:
        yield "", "补充合同后的期限", _term(held["start"], last)
    if total is not None and total != held["amount"]:
        yield "", "补充合同后的金额（小写）", f"¥{yuan(total)}"
        yield "", "补充合同后的金额（大写）", f"人民币{amount_in_words(total)}"
    yield from _labelled(held, "", ("headcount", "wage", "fee", "pay_clause", "budget_doc"))


def _parts(connection: Any, held: Mapping[str, Any], as_of: date) -> Iterable[Line]:
    units, total = names(connection, as_of), _total(connection, held, as_of)
    using = [units.get(one["unit"], "") for one in rows(connection, "contract_unit", contract=held["id"])]
    yield "服务内容", "用工单位", "、".join(using) + (f"（{len(using)} 个）" if using else "")
    for item, table in (("服务内容", "contract_scope"), ("资金来源", "contract_source")):
        shares = {one[table.removeprefix("contract_")]: one["share"] for one in rows(connection, table, contract=held["id"])}
        amounts = {} if total is None else split(total, shares)
        told = (f"{word} {percent(share)}" + (f"（{yuan(amounts[word])} 元）" if amounts else "") for word, share in shares.items())
        yield "", item, "；".join(told)
    ticked = {one["tick"] for one in rows(connection, "contract_tick", contract=held["id"])}
    yield "", "合同写明的条款", "；".join(tick for tick in WRITTEN if tick in ticked)


def _so_far(connection: Any, held: Mapping[str, Any], as_of: date) -> Iterable[Line]:
    group = "履行情况"
    for at, one in enumerate(_amendments(connection, held, as_of), 1):
        amount = "" if one["amount"] is None else f"{'增加' if one['amount'] >= 0 else '减少'} {yuan(abs(one['amount']))} 元"
        end = f"截止日期变更为 {one['end']}" if one["end"] else ""
        yield group, f"补充合同（{at}）", "，".join(part for part in (f"{one['signed']} 签订", amount, end, one["subject"] or "") if part)
        group = ""
    paid = [one for one in rows(connection, "contract_payment", contract=held["id"]) if one["paid_on"] <= as_of]
    total, sums = _total(connection, held, as_of), sum(_amount(one) for one in paid)
    rest = "" if total is None else f"，未付 {yuan(total - sums)} 元"
    yield group, "付款", f"{len(paid)} 笔，累计 {yuan(sums)} 元{rest}"
    before = row(connection, "purchase_contract", (held["predecessor"],)) if held["predecessor"] else None
    yield "", "续签自（原合同）", f"{before['no']}　{before['name']}" if before else ""


def _labelled(held: Mapping[str, Any], group: str, fields: Sequence[str]) -> Iterable[Line]:
    """Fields of the contract under their own labels; the group stands before the first."""
    for at, name in enumerate(fields):
        field = field_of("purchase_contract", name)
        yield group if at == 0 else "", field.label, field.kind.show(held[name]) if held[name] is not None else ""


def _bracketed(name: str, *more: str | None) -> str:
    said = "、".join(one for one in more if one)
    return f"{name}（{said}）" if name and said else name


def _form(key: str, title: str, heading: str, lines: Sequence[Line], signatories: str) -> Sheet:
    columns = (Column("", "类别", Measure.LONG, width=6), Column("", "项目", Measure.LONG, width=11), Column("", "内容", Measure.LONG, width=30))
    body = tuple(Row(item, Scope.OTHER, (Cell(group), Cell(item), Cell(words))) for group, item, words in lines)
    return Sheet(key, title, (), (heading, "", ""), columns, body, signatories=signatories, landscape=False, row_height=19.0)


def _whole(connection: Any, contract: int) -> dict[str, Any]:
    held = row(connection, "purchase_contract", (contract,))
    if held is None:
        raise Refused("这份合同已经不在了。请刷新。")
    return held


def _supplier(connection: Any, held: Mapping[str, Any]) -> dict[str, Any]:
    return (row(connection, "supplier", (held["supplier"],)) if held["supplier"] else None) or {}


def _amendments(connection: Any, held: Mapping[str, Any], as_of: date) -> list[dict[str, Any]]:
    found = [one for one in rows(connection, "contract_amendment", contract=held["id"]) if one["signed"] <= as_of]
    return sorted(found, key=lambda one: (one["signed"], one["id"]))


def _last_day(connection: Any, held: Mapping[str, Any], as_of: date) -> date:
    last: date = next((one["end"] for one in reversed(_amendments(connection, held, as_of)) if one["end"]), held["end"])
    return last


def _total(connection: Any, held: Mapping[str, Any], as_of: date) -> int | None:
    return None if held["amount"] is None else held["amount"] + sum(one["amount"] or 0 for one in _amendments(connection, held, as_of))


def _amount(paid: Mapping[str, Any]) -> int:
    return sum(paid[name] or 0 for name in ("wages", "employer", "fee", "other"))


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{yuan(fen)} 元"


def _term(start: date, end: date) -> str:
    return f"{start} 至 {end}（{number(term_months(start, end))} 个月）"


def _months(first: int | None, last: int | None) -> str:
    return " 至 ".join(in_words(month) for month in dict.fromkeys((first, last)) if month)
