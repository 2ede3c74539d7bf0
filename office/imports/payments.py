"""Bringing in payments under purchase contracts (合同付款), one row a payment.

Two payments of one contract, day and source are told apart by their 凭证号; without it an equal sum is the same payment, and
another sum is asked about: neither a second payment nor a correction is guessed. What the monthly settlement of a paid month lacks is
said before the payment is written (rule C21 says it afterwards).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.contract_facts import contracts
from office.imports.people import Row
from office.imports.table import Draft, Planning, Spec, kind_of, only, stored_fields
from office.imports.words import CONTRACT
from office.settlement import year_in
from policy.figures import yuan
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.month import in_words, months_from
from policy.kinds.text import CODE
from policy.settlement import exceeding

PARTS = ("wages", "employer", "fee", "other")


def _amount(row: Row) -> int:
    return sum(row.get(name) or 0 for name in PARTS)


def _parts(draft: Draft, _book: Planning) -> None:
    """Hold the payment's own amount against its parts; a bare amount is the part without a name (其他费用)."""
    values, said = draft.values, draft.values.get("amount")
    parts = [values[name] for name in PARTS if values.get(name) is not None]
    if said is not None and not parts:
        values["other"] = said
        draft.notes.append("付款没有分项，全额记入“其他费用”")
    elif said is not None and said != sum(parts):
        text = f"付款金额 {MONEY.show(said)} 与各分项合计 {MONEY.show(sum(parts))} 不符，差 {MONEY.show(said - sum(parts))}。请核对各分项。"
        draft.errors["amount"] = text
    elif not parts:
        draft.errors["amount"] = "这一行没有任何金额。空白不会当作 0，请补填付款金额或各分项。"


def _months(draft: Draft, _book: Planning) -> None:
    first, last = draft.values.get("first_month"), draft.values.get("last_month")
    if first and last and last < first:
        draft.errors["last_month"] = "所属月份止早于所属月份起。请核对。"


def _settled(connection: Any) -> dict[Any, Any]:
    """Contract → the contract, and (contract, month) → its month worked out, for every month of the contracts."""
    bought = contracts(connection, date.max)
    years = range(min((one.start.year for one in bought), default=1), max((one.last_day.year for one in bought), default=0) + 1)
    made: dict[Any, Any] = {one.id: one for one in bought}
    for year in years:
        made |= {(one.contract.id, month): state for one in year_in(connection, year) for month, state in one.months.items()}
    return made


def _papers(draft: Draft, book: Planning) -> None:
    """Say what the paid months lack, and what would be paid too much with the rows before."""
    values, amount = draft.values, _amount(draft.values)
    contract, first = values["contract"], values.get("first_month")
    months = months_from(first, values.get("last_month") or first) if first else []
    lacking = ["没有写所属月份，看不出付的是哪个月、材料齐不齐"] if not months else []
    for month in months:
        state = book.other.get((contract, month))
        if state is None:
            lacking.append(f"{in_words(month)}不在合同期间内")
        elif state.missing:
            lacking.append(f"{in_words(month)}没有办完{'、'.join(step.name for step in state.missing)}")
    if len(months) > 1:
        lacking.append("一笔付款包含几个月，月度结算里分不清各月付了多少")
    elif months and (state := book.other.get((contract, first))) and state.left is not None:
        before = book.other.get(("paid", contract, first), 0)
        draft.made["paid", contract, first] = before + amount
        if before + amount > state.left:
            lacking.append(f"比{in_words(months[0])}应付余额多付 {yuan(before + amount - state.left)} 元")
    before = book.other.get(("paid", contract), 0)
    draft.made["paid", contract] = before + amount
    if bought := book.other.get(contract):
        lacking += exceeding(bought, before + amount)
    if lacking:
        draft.notes.insert(0, f"付款材料不齐：{'；'.join(lacking)}。写入后请在“月度结算”里补登材料、挂接付款")
    else:
        draft.notes.append(f"{in_words(months[0])}材料齐全，写入后请在“月度结算”里挂接付款")


def _find(draft: Draft, held: Sequence[Row]) -> Row | None:
    values = draft.values
    beside = [one for one in held if one["paid_on"] == values["paid_on"] and one["source"] == values["source"]]
    if voucher := values.get("voucher"):
        same = [one for one in beside if one["voucher"] == voucher]
        if same:
            return only(draft, same)
    unnamed = beside if not voucher else [one for one in beside if not one["voucher"]]
    same = [one for one in unnamed if _amount(one) == _amount(values)]
    if same:
        return only(draft, same)
    if unnamed:
        held_text = "、".join(f"{MONEY.show(_amount(one))} 元（凭证号 {one['voucher'] or '未填'}）" for one in unnamed)
        draft.errors["voucher"] = f"台账里这份合同在这一天、这个来源已有付款 {held_text}，金额不同。是另一笔的，请两边都填凭证号；台账有误的，请在台账里改正。"
    return None


SPEC = Spec(
    "payments", "合同付款", "contract_payment",
    {"contract": Field("合同编号", CODE, ("合同号", "协议编号"), hint="填台账里采购合同的编号")}
    | stored_fields("contract_payment", "paid_on", "amount", *PARTS, "source", "first_month", "last_month", "voucher"),
    key=("contract", "paid_on", "source"), needs=("contract", "paid_on", "source"), tells=("voucher", *PARTS),
    named=lambda values: f"{values.get('contract') or ''} {values.get('paid_on') or ''}".strip(),
    words={"contract": CONTRACT}, checks=(_parts, _months), find=_find, told=_papers, other=_settled, same="同一笔付款",
)  # fmt: skip
KIND = kind_of(SPEC)
