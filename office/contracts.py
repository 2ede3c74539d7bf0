"""采购合同 from entering to ending: what is entered, amended, paid, renewed and ended early, each one act with its own undo.

What a check finds doubtful (补签, 超付 …) is not refused here: the book records what happened, the rules say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists import Key
from db.lists.columns import field_of
from db.rows import defaults, next_ids, row, rows
from office import settlement
from policy.facts import FULL
from policy.kinds.money import MONEY
from policy.kinds.number import SHARE
from policy.labour import full_months
from policy.names import fold
from policy.period import complete_on

PARTS: Final = ("wages", "employer", "fee", "other")
"""What a payment is made of; its amount is their sum."""
NOT_COPIED: Final = (
    "project_no", "awarded", "award_noticed", "contract_noticed", "accepted", "signed", "filed", "budget_doc", "not_renewed_on",
)  # fmt: skip
"""What a renewal has to earn anew: it is procured, signed and filed again."""
SHARED: Final = {"contract_scope": "scope", "contract_source": "source"}
"""Table of shares → its column of words."""


def add_supplier(book: Book, values: Mapping[str, Any]) -> Mapping[str, Key]:
    """新增承接主体; refused where the name or the credit code is there already."""
    given = {name: value for name, value in values.items() if value is not None}
    _demand("supplier", given, ("name",))
    for other in book.read(rows, "supplier"):
        if fold(other["name"]) == fold(given["name"]):
            raise Refused(f"已有承接主体“{other['name']}”。请直接使用它。")
        if given.get("credit_code") and other["credit_code"] == given["credit_code"]:
            raise Refused(f"统一社会信用代码 {given['credit_code']} 已登记为“{other['name']}”。请核对；更名的，请直接修改原来的名称。")
    if given.get("licence_from") and given.get("licence_to") and given["licence_to"] < given["licence_from"]:
        raise Refused(f"许可证截止日期 {given['licence_to']} 早于起始日期 {given['licence_from']}。请核对。")
    number = book.read(next_ids)["supplier"]
    book.act(f"新增承接主体 {given['name']}", [Change("supplier", (number,), None, defaults("supplier") | {"id": number} | given)])
    return {"supplier": (number,)}


def add_contract(
    book: Book,
    values: Mapping[str, Any],
    *,
    units: Sequence[int] = (),
    scopes: Mapping[str, int] | None = None,
    sources: Mapping[str, int] | None = None,
    ticks: Sequence[str] = (),
) -> Mapping[str, Key]:
    """新增采购合同 with its using units, service scope and sources (shares in 0.01 % that make 10000, or none yet) and clauses."""
    given = {name: value for name, value in values.items() if value is not None}
    _demand("purchase_contract", given, ("no", "name", "kind", "procured_as", "start", "end"))
    _sound(book, given)
    ids = book.read(next_ids)
    number = ids["purchase_contract"]
    changes = [Change("purchase_contract", (number,), None, defaults("purchase_contract") | {"id": number} | given)]
    changes += _added(ids, "contract_unit", number, [{"unit": unit} for unit in dict.fromkeys(units)])
    for table, shares in (("contract_scope", scopes or {}), ("contract_source", sources or {})):
        _whole(table, shares)
        changes += _added(ids, table, number, [{SHARED[table]: word, "share": share} for word, share in shares.items()])
    changes += _added(ids, "contract_tick", number, [{"tick": tick} for tick in dict.fromkeys(ticks)])
    book.act(f"新增采购合同 {given['no']}", changes)
    return {"purchase_contract": (number,)}


def set_units(book: Book, contract: int, units: Sequence[int]) -> int | None:
    """用工单位: exactly these from now on; None where nothing changes."""
    held = _contract(book, contract)
    return _replaced(book, f"用工单位 {held['no']}", "contract_unit", "unit", contract, {unit: {} for unit in units})


def set_ticks(book: Book, contract: int, ticks: Sequence[str]) -> int | None:
    """合同条款与做法: exactly these are ticked; None where nothing changes."""
    held = _contract(book, contract)
    return _replaced(book, f"合同条款 {held['no']}", "contract_tick", "tick", contract, {tick: {} for tick in ticks})


def set_shares(book: Book, contract: int, table: str, shares: Mapping[str, int | None]) -> int | None:
    """服务内容 (contract_scope) or 资金来源 (contract_source): exactly these shares in 0.01 %, which make 10000 (or none at all)."""
    held = _contract(book, contract)
    wanted = {word: share for word, share in shares.items() if share}
    _whole(table, wanted)
    words = label(table).removeprefix("合同")
    kept = {word: {"share": share} for word, share in wanted.items()}
    return _replaced(book, f"{words} {held['no']}", table, SHARED[table], contract, kept)


def amend(book: Book, contract: int, *, signed: date, amount: int | None = None, end: date | None = None, subject: str | None = None) -> int:
    """补充合同: what it adds to the amount (分, may be negative), the new last day, or what else it changes."""
    held = _contract(book, contract)
    if amount is None and end is None and not subject:
        raise Refused("补充合同要写明增减金额、变更后截止日期或者变更事项中的至少一项。")
    if held["signed"] and signed < held["signed"]:
        raise Refused(f"补充合同签订日期 {signed} 早于合同签订日期 {held['signed']}。请核对。")
    if end is not None and end < held["start"]:
        raise Refused(f"变更后截止日期 {end} 早于合同起始日期 {held['start']}。请核对。")
    if amount and held["amount"] is None:
        raise Refused("这份合同还没有填合同金额，不能登记增减金额。请先在“基本信息”里填写合同金额。")
    total = _total(book, held) + (amount or 0)
    if amount and total < 0:
        raise Refused(f"减少 {MONEY.show(-amount)} 元以后，合同金额成为负数。请核对增减金额。")
    number = book.read(next_ids)["contract_amendment"]
    values = {"id": number, "contract": contract, "signed": signed, "amount": amount, "end": end, "subject": subject}
    return book.act(
        f"补充合同 {held['no']}", [Change("contract_amendment", (number,), None, defaults("contract_amendment") | values)]
    )


def end_early(book: Book, contract: int, *, last_day: date, signed: date, reason: str, amount: int | None = None) -> int:
    """提前终止: an amendment with an earlier last day; `amount` is what comes off the contract's amount (分, entered as a positive sum)."""
    held, last = _contract(book, contract), last_day_of(book, contract)
    if last_day >= last:
        raise Refused(f"提前终止的日期 {last_day} 不早于合同截止日期 {last}。延长的，请用“补充合同”登记。")
    if last_day < held["start"]:
        raise Refused(f"提前终止的日期 {last_day} 早于合同起始日期 {held['start']}。没有履行的合同，请移入回收站。")
    if amount is not None and amount < 0:
        raise Refused("核减金额请填正数；没有核减的请留空。")
    return amend(book, contract, signed=signed, amount=-amount if amount else None, end=last_day, subject=f"提前终止：{reason}")


def pay(
    book: Book, contract: int, *, paid_on: date, source: str, amount: int | None = None, reason: str | None = None, **more: Any
) -> int:
    """登记付款: its parts (wages, employer, fee, other, 分) make the amount; an `amount` given is held against them.

    `more` besides the parts: first_month, last_month (yyyymm), voucher. A payment for one month hangs on that month's settlement; one
    that is not complete (papers of its months missing, no month, several months) needs a `reason`, kept with the act, as on the
    settlement page. Money that comes back (a negative amount) needs no papers. Returns the number of the payment.
    """
    held = _contract(book, contract)
    given = {name: value for name, value in more.items() if value is not None}
    total = sum(given.get(name, 0) for name in PARTS)
    if not any(name in given for name in PARTS):
        raise Refused("请填写付款的分项（工资、单位缴费、管理费及税、其他费用）；没有分项的，全额填在“其他费用”。")
    if total == 0:
        raise Refused("付款的各分项合计为 0 元。请核对分项金额。")
    if amount is not None and amount != total:
        difference = MONEY.show(abs(amount - total))
        raise Refused(f"分项合计 {MONEY.show(total)} 元，付款金额 {MONEY.show(amount)} 元，相差 {difference} 元。请核对分项。")
    first, last = given.get("first_month"), given.get("last_month")
    if first and last and last < first:
        raise Refused("所属月份止早于所属月份起。请核对。")
    found = settlement.against(book, contract, first, {**given, "paid_on": paid_on}, last) if total > 0 else ()
    kept = settlement.kept_reason(found, reason)
    number = book.read(next_ids)["contract_payment"]
    values = defaults("contract_payment") | {"id": number, "contract": contract, "paid_on": paid_on, "source": source} | given
    begun: list[Change] = []
    if first and last in (None, first) and total > 0:
        values["settlement"], begun = settlement.hung(book, contract, first)
        values["last_month"] = first
    book.act(f"登记付款 {held['no']}", [*begun, Change("contract_payment", (number,), None, values)], reason=kept)
    return number


def renew(book: Book, contract: int, *, no: str, start: date, end: date, people: bool = True, **more: Any) -> Mapping[str, Key]:
    """续签: a new contract like this one, linked to it, with its using units, scope, sources and clauses; amendments and payments stay.

    `more`: name, signed, amount, headcount, wage, fee (分), supplier; what is None is as in the old one, the amount as amended,
    but `signed` stays open. With `people`, whoever stands under the old contract on its last day stands under the new one from `start`.
    """
    held, last = _contract(book, contract), last_day_of(book, contract)
    later = next((one for one in book.read(rows, "purchase_contract") if one["predecessor"] == contract), None)
    if later:
        raise Refused(f"这份合同已经续签为“{later['no']}”。请在那份合同里继续。")
    if start <= last:
        raise Refused(f"新合同起始日期 {start} 不晚于原合同截止日期 {last}，两份合同会重叠。请核对日期，或先登记提前终止。")
    given = {name: value for name, value in more.items() if value is not None}
    amount = None if held["amount"] is None else _total(book, held)
    values = {name: value for name, value in held.items() if name != "id" and name not in NOT_COPIED}
    values |= {"amount": amount, "predecessor": contract, "no": no, "start": start, "end": end} | given
    values = {name: value for name, value in values.items() if value is not None}
    _sound(book, values)
    ids = book.read(next_ids)
    number = ids["purchase_contract"]
    changes = [Change("purchase_contract", (number,), None, defaults("purchase_contract") | {"id": number} | values)]
    for table in ("contract_unit", *SHARED, "contract_tick"):
        copied = [{k: v for k, v in one.items() if k not in ("id", "contract")} for one in book.read(rows, table, contract=contract)]
        changes += _added(ids, table, number, copied)
    if people:
        under = [one for one in _under(book, contract, last) if one["end"] is None or one["end"] >= start]
        changes += _linking(book, ids, number, start, end, [one["id"] for one in under])
    book.act(f"续签 {held['no']} → {no}", changes)
    return {"purchase_contract": (number,)}


def following_term(start: date, last: date) -> tuple[date, date]:
    """The term a renewal begins with: the day after `last`, as many whole months as before, or as many days."""
    first = last + timedelta(days=1)
    months = full_months(start, last)
    if months > 0 and complete_on(start, months) == first:
        return first, complete_on(first, months) - timedelta(days=1)
    return first, first + (last - start)


def link_people(book: Book, contract: int, engagements: Sequence[int]) -> int | None:
    """涉及人员: exactly these engagements stand under the contract, from its first day (or their own); others were put there by mistake."""
    held, last = _contract(book, contract), last_day_of(book, contract)
    under = {one["engagement"] for one in book.read(rows, "engagement_term", purchase_contract=contract)}
    ids = book.read(next_ids)
    changes = _linking(book, ids, contract, held["start"], last, [one for one in engagements if one not in under])
    for one in book.read(rows, "engagement_term", purchase_contract=contract):
        if one["engagement"] not in engagements:
            changes.append(Change("engagement_term", (one["id"],), {"purchase_contract": contract}, {"purchase_contract": None}))
    return book.act(f"合同涉及人员 {held['no']}", changes) if changes else None


def last_day_of(book: Book, contract: int) -> date:
    """The contract's last day with all its amendments."""
    ends = [(one["signed"], one["id"], one["end"]) for one in book.read(rows, "contract_amendment", contract=contract) if one["end"]]
    last: date = max(ends)[2] if ends else _contract(book, contract)["end"]
    return last


def _total(book: Book, held: Mapping[str, Any]) -> int:
    return (held["amount"] or 0) + sum(one["amount"] or 0 for one in book.read(rows, "contract_amendment", contract=held["id"]))


def _contract(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "purchase_contract", (number,))
    if found is None:
        raise Refused("这份合同已经不在了。请刷新。")
    return found


def _demand(table: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name not in given:
            raise Refused(f"请填写“{field_of(table, name).label}”。")


def _sound(book: Book, given: Mapping[str, Any]) -> None:
    """Refuse a contract that cannot be: a number twice, an end before the start, negative sums, somebody who is not registered."""
    for other in book.read(rows, "purchase_contract"):
        if fold(other["no"]) == fold(given["no"]):
            raise Refused(f"合同编号“{other['no']}”已登记为“{other['name']}”。请核对编号，或直接修改那份合同。")
    if given["end"] < given["start"]:
        raise Refused(f"合同截止日期 {given['end']} 早于起始日期 {given['start']}。请核对。")
    for name in ("amount", "wage", "fee"):
        if given.get(name, 0) < 0:
            raise Refused(f"“{field_of('purchase_contract', name).label}”不能是负数。请核对。")
    if "supplier" in given and book.read(row, "supplier", (given["supplier"],)) is None:
        raise Refused("所选的承接主体已经不在了。请刷新后另选，或先新增承接主体。")


def _whole(table: str, shares: Mapping[str, int]) -> None:
    total = sum(shares.values())
    if shares and total != FULL:
        way = "还差" if total < FULL else "多出"
        words = label(table).removeprefix("合同")
        raise Refused(f"{words}的占比合计是 {SHARE.show(total)}，应为 100%，{way} {SHARE.show(abs(FULL - total))}。请改正。")


def _added(ids: Mapping[str, int], table: str, contract: int, found: Sequence[Mapping[str, Any]]) -> list[Change]:
    return [
        Change(table, (number,), None, defaults(table) | {"id": number, "contract": contract} | dict(values))
        for number, values in enumerate(found, ids[table])
    ]


def _replaced(book: Book, name: str, table: str, column: str, contract: int, wanted: Mapping[Any, Mapping[str, Any]]) -> int | None:
    """Have the rows of a contract in a table be exactly `wanted` (value of the column → the row's other values)."""
    held = {one[column]: one for one in book.read(rows, table, contract=contract)}
    changes = [Change(table, (one["id"],), one, None) for word, one in held.items() if word not in wanted]
    for word, values in wanted.items():
        before = {key: held[word][key] for key, value in values.items() if held[word][key] != value} if word in held else {}
        if before:
            changes.append(Change(table, (held[word]["id"],), before, {key: values[key] for key in before}))
    new = [{column: word, **values} for word, values in wanted.items() if word not in held]
    changes += _added(book.read(next_ids), table, contract, new)
    return book.act(name, changes) if changes else None


def _under(book: Book, contract: int, day: date) -> list[dict[str, Any]]:
    """Engagements that hold on a day under the contract."""
    terms: dict[int, dict[str, Any]] = {}
    for one in sorted(book.read(rows, "engagement_term"), key=lambda one: one["since"]):
        if one["since"] <= day:
            terms[one["engagement"]] = one
    return [
        one
        for one in book.read(rows, "engagement")
        if one["start"] <= day and (one["end"] is None or one["end"] >= day) and terms.get(one["id"], {}).get("purchase_contract") == contract
    ]


def _linking(book: Book, ids: dict[str, int], contract: int, start: date, end: date, engagements: Sequence[int]) -> list[Change]:
    """Put engagements under a contract from `start` (or their own first day): the conditions of that day carry on with the contract,
    and so do later ones until `end` that name none or the one before."""
    changes = []
    for number in engagements:
        held = book.read(row, "engagement", (number,))
        if held is None:
            raise Refused("所选的人员里有的已经不在了。请刷新后重选。")
        if held["end"] is not None and held["end"] < start:
            raise Refused(f"所选的人员里有的已在 {held['end']} 离职，早于合同起始日期 {start}。请重选。")
        if held["start"] > end:
            raise Refused(f"所选的人员里有的 {held['start']} 才入职，晚于合同截止日期 {end}。请重选。")
        terms = sorted(book.read(rows, "engagement_term", engagement=number), key=lambda one: one["since"])
        if not terms:
            raise Refused("所选的人员里有的还没有用工条件。请先在“人员”里登记用工形式。")
        since = max(start, held["start"], terms[0]["since"])
        like = next(one for one in reversed(terms) if one["since"] <= since)
        before = like["purchase_contract"]
        for one in terms:
            if one["since"] == since or (since < one["since"] <= end and one["purchase_contract"] in (None, before)):
                old = {"purchase_contract": one["purchase_contract"]}
                changes.append(Change("engagement_term", (one["id"],), old, {"purchase_contract": contract}))
        if like["since"] < since:
            new = {**like, "id": ids["engagement_term"], "since": since, "purchase_contract": contract}
            changes.append(Change("engagement_term", (ids["engagement_term"],), None, new))
            ids["engagement_term"] += 1
    return changes
