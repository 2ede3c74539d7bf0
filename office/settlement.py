"""月度结算 of purchase contracts: which months stand how, the papers as they come in, and payments; each an act with its own undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.contract_facts import contracts
from db.lists import settlement as lists
from db.lists.columns import field_of
from db.rows import defaults, next_ids, row, rows
from office import attachments
from policy.contract_facts import PurchaseContract
from policy.figures import yuan
from policy.kinds.month import in_words, months_from
from policy.reason import LEAST, says_nothing
from policy.settlement import PART_WORDS, MonthFigures, MonthState, Settlement, exceeding, in_term, month_state, objections

AFTER_MONTH: Final = ("attendance_on", "sheet_on", "accepted_on")
"""Papers about what was done in the month: none of them can be older than its first day."""


@dataclass(frozen=True)
class ContractYear:
    """A contract with the months of a year that lie in its term (yyyymm → state)."""

    contract: PurchaseContract
    months: Mapping[int, MonthState]


def year_in(connection: Any, year: int, month: int = 0) -> tuple[ContractYear, ...]:
    """Every purchase contract that runs on some day of a year, with its months (or the one `month`, yyyymm); for `book.read`."""
    figures, settled, paid = lists.figures(connection, year, month), lists.settlements(connection, year), lists.payments(connection, year)
    made = []
    for contract in contracts(connection, date.max):
        months = {
            at: month_state(
                contract, settled.get((contract.id, at), Settlement(contract.id, at)), figures.get((contract.id, at), MonthFigures()),
                paid.get((contract.id, at), ()),
            )
            for at in ((month,) if month else range(year * 100 + 1, year * 100 + 13))
            if in_term(contract, at) or (contract.id, at) in paid or (contract.id, at) in settled
        }  # fmt: skip
        if months:
            made.append(ContractYear(contract, months))
    return tuple(made)


def month_in(connection: Any, contract: int, month: int) -> tuple[PurchaseContract, MonthState]:
    """One contract's month. Refused where the contract is gone or does not run that month."""
    found = next((one for one in year_in(connection, month // 100, month) if one.contract.id == contract), None)
    if found is None:
        raise Refused(f"{in_words(month)}没有这份合同要结算的服务。请核对合同的起止日期和月份。")
    return found.contract, found.months[month]


def record(book: Book, contract: int, month: int, values: Mapping[str, Any]) -> int | None:
    """Write down papers of a month (field of `lists.PAPERS` → value, None clears it); None where nothing changes.

    Refused for a date to come, a paper older than the month it is about, and amounts that cannot be.
    """
    bought, _ = book.read(month_in, contract, month)
    _check(values, month, book.clock.today())
    stored = _stored(book, contract, month)
    changed = {name: value for name, value in values.items() if (stored or {}).get(name) != value}
    if not changed:
        return None
    words = "、".join(field_of("settlement", name).label for name in changed)
    name = f"登记月度结算 {bought.no} {in_words(month)}{words if len(changed) < 3 else f' {len(changed)} 项'}"
    return book.act(name, [_written(book, stored, contract, month, changed)])


def attach(book: Book, contract: int, month: int, paths: Sequence[Path]) -> int:
    """Put scans (the provider's sheet, the invoice …) on a month, which begins with them where no paper was written down yet. Returns the act."""
    bought, _ = book.read(month_in, contract, month)
    number, begun = hung(book, contract, month)
    return book.act(f"{attachments.adding(paths)} {bought.no} {in_words(month)}", [*begun, *attachments.put(book, "settlement", number, paths)])


def _check(values: Mapping[str, Any], month: int, today: date) -> None:
    first = date(month // 100, month % 100, 1)
    for name, value in values.items():
        label = field_of("settlement", name).label
        if isinstance(value, date) and value > today:
            raise Refused(f"“{label}”{value} 还没有到（今天是 {today}）。请核对日期。")
        if isinstance(value, date) and name in AFTER_MONTH and value < first:
            raise Refused(f"“{label}”{value} 早于结算的月份 {in_words(month)}。请核对日期，或换到那个月登记。")
        if name in ("deduction", "invoice") and value is not None and value < 0:
            raise Refused(f"“{label}”不能是负数。请填写金额，没有请留空。")


def _stored(book: Book, contract: int, month: int) -> dict[str, Any] | None:
    return next(iter(book.read(rows, "settlement", contract=contract, month=month)), None)


def _written(book: Book, stored: Mapping[str, Any] | None, contract: int, month: int, values: Mapping[str, Any]) -> Change:
    if stored is not None:
        return Change("settlement", (stored["id"],), {name: stored[name] for name in values}, values)
    number = book.read(next_ids)["settlement"]
    return Change(
        "settlement", (number,), None, defaults("settlement") | {"id": number, "contract": contract, "month": month} | dict(values)
    )


def against(book: Book, contract: int, month: int | None, values: Mapping[str, Any], last: int | None = None) -> tuple[str, ...]:
    """Why paying these parts (see `pay`) for a month, or for all months to `last`, would not be complete; () = nothing against it.

    Refused where the contract does not run in one of them.
    """
    if month is None:
        (bought,) = (one for one in book.read(contracts, date.max) if one.id == contract)
        return "没有写所属月份，看不出付的是哪个月、材料齐不齐", *exceeding(bought, _amount(values))
    if last in (None, month):
        bought, state = book.read(month_in, contract, month)
        return objections(state, bought, values["paid_on"], _amount(values))
    found = []
    for at in months_from(month, last or month):
        bought, state = book.read(month_in, contract, at)
        if state.missing:
            found.append(f"{in_words(at)}没有办完{'、'.join(step.name for step in state.missing)}")
        if at == month:
            found += exceeding(bought, _amount(values))
    return *found, "一笔付款包含几个月，月度结算里分不清各月付了多少"


def kept_reason(found: Sequence[str], reason: str | None) -> str:
    """The reason to be kept with a payment that is not complete, "" for one that is. Refused, naming what is missing, without a reason."""
    if found and (wrong := says_nothing(reason)):
        given = f"所写的原因{wrong}。" if (reason or "").strip() else ""
        raise Refused(f"付款材料还不齐：{'；'.join(found)}。{given}请写明仍要付款的原因，不少于 {LEAST} 个字，如“社保凭证 6 月 10 日补交，已电话核实”。")
    return (reason or "").strip() if found else ""


def hung(book: Book, contract: int, month: int) -> tuple[int, list[Change]]:
    """The settlement of a month that a payment hangs on, and the change that begins it where nothing of the month was written down yet."""
    stored = _stored(book, contract, month)
    begun = [] if stored else [_written(book, None, contract, month, {})]
    return (stored["id"] if stored else begun[0].key[0]), begun


def _amount(values: Mapping[str, Any]) -> int:
    return sum(values.get(part) or 0 for part in PART_WORDS)


def pay(book: Book, contract: int, month: int, values: Mapping[str, Any], reason: str | None = None) -> int:
    """登记付款 of a month: paid_on, source, voucher and the parts wages, employer, fee, other in 分, which make the amount.

    A payment that is not complete (a step of the month missing, more than what is left, …) needs a reason of five characters or
    more; it is kept as the act's reason. Returns the act.
    """
    amount = _amount(values)
    if amount <= 0:
        raise Refused("付款金额应当大于 0。请填写工资、单位缴费、管理费及税或者其他费用。")
    today = book.clock.today()
    if values["paid_on"] > today:
        raise Refused(f"付款日期 {values['paid_on']} 还没有到（今天是 {today}）。请在付款以后登记。")
    bought, _ = book.read(month_in, contract, month)
    kept = kept_reason(against(book, contract, month, values), reason)
    number, (settlement, changes) = book.read(next_ids)["contract_payment"], hung(book, contract, month)
    payment = defaults("contract_payment") | {
        "id": number, "contract": contract, "settlement": settlement, "first_month": month, "last_month": month,
        **{name: values.get(name) for name in ("paid_on", "source", "voucher", *PART_WORDS)},
    }  # fmt: skip
    name = f"登记付款 {bought.no} {in_words(month)} {yuan(amount)} 元"
    return book.act(name, [*changes, Change("contract_payment", (number,), None, payment)], reason=kept)


def loose_payments(connection: Any, contract: int, month: int) -> list[dict[str, Any]]:
    """Payments of a contract for this month alone that hang on no settlement (brought in by import, or registered with the contract)."""
    return [
        one
        for one in rows(connection, "contract_payment", contract=contract, settlement=None)
        if one["first_month"] == month and one["last_month"] in (None, month)
    ]


def link(book: Book, contract: int, month: int) -> int:
    """挂接付款: hang the contract's loose payments for this month alone on its settlement. Refused where there is none; one that covers
    several months is to be parted first. Returns how many."""
    bought, _ = book.read(month_in, contract, month)
    found = book.read(loose_payments, contract, month)
    if not found:
        raise Refused(
            f"{bought.no} 没有只属于{in_words(month)}、还没有挂接的付款。一笔付款包含几个月的，请先在合同的“付款”里按月分开，再挂接。"
        )
    settlement, changes = hung(book, contract, month)
    changes += [Change("contract_payment", (one["id"],), {"settlement": None}, {"settlement": settlement}) for one in found]
    book.act(f"挂接付款 {bought.no} {in_words(month)}", changes)
    return len(found)


def unlink(book: Book, payment: int) -> int:
    """取消挂接: the payment stays with the contract, but with no settlement. Returns the act."""
    whole = book.read(row, "contract_payment", (payment,))
    if whole is None or whole["settlement"] is None:
        raise Refused("这笔付款没有挂在月度结算上。请刷新。")
    return book.act("取消挂接付款", [Change("contract_payment", (payment,), {"settlement": whole["settlement"]}, {"settlement": None})])
