"""承接主体: whom the office buys from, with licence, and every contract bought of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from db.lists import Key, Listing, Row, history, reviews
from db.lists import suppliers as lists
from desktop.desk import Desk
from desktop.page import Action
from desktop.record import Creation, RecordSpec, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.removing import ask_to_discard
from office import contracts as acts
from office.check import parameters_in
from office.edit import looked
from policy.evaluation_facts import FAIL
from policy.figures import yuan
from policy.kinds.score import SCORE

ASKED = tuple(f"supplier.{name}" for name in lists.FIELDS)
MARKS = {"C03": "supplier.body", "C08": "supplier.licence_to", "C12": "supplier.name"}
"""Rule → the column that turns red."""


def suppliers_screen(desk: Desk, bring_in: Callable[[], object] | None = None) -> RecordScreen:
    """The screen over the desk's book; `bring_in`, where given, leads to the import of suppliers."""
    columns = desk.read(lists.suppliers, desk.as_of).columns

    def discard(row: Row) -> None:
        instead = "已经不再合作的，保留记录即可，不要移走。"
        ask_to_discard(desk, Row({"supplier": row.keys["supplier"]}, row.values), f"“{row.values[0]}”", instead, screen)

    def add(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return desk.act(acts.add_supplier, {name.removeprefix("supplier."): value for name, value in values.items()})

    screen = RecordScreen(
        RecordSpec(
            title="承接主体",
            counted="个",
            purpose="这里登记承接主体（供应商、劳务派遣单位）：名称、统一社会信用代码、性质和劳务派遣经营许可证。先登记承接主体，再登记与它签订的采购合同。按 Ctrl+N 新增。",
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=(*ASKED, "running", "total", "paid"),
            tabs=(
                Tab(
                    "采购合同", desk.read(lists.contracts_of, 0, desk.as_of).columns,
                    lambda row: desk.read(lists.contracts_of, row.keys["supplier"][0], desk.as_of), _shown, "还没有与它签订的采购合同。",
                ),
                attachments_tab(desk, "supplier"),
                Tab(
                    "变更日志", history.LOG, lambda row: desk.read(history.log_of_supplier, row.keys["supplier"][0]), _shown, "没有变更记录。",
                    counted=False,
                ),
            ),
            creation=Creation("新增承接主体", ASKED, add, copied=("supplier.body",)),
            first_actions=(Action("导入承接主体", bring_in),) if bring_in else (),
            discard=discard,
            looked=lambda: _look(desk),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def supplier_history(desk: Desk, supplier: int) -> Sequence[str]:
    """What the book knows of a supplier, in sentences, for somebody about to sign with it again: its earlier contracts, its licence, its newest evaluation."""
    listed = desk.read(lists.contracts_of, supplier, desk.as_of)
    place = {column.id: at for at, column in enumerate(listed.columns)}
    said = ["与它没有签过采购合同。"]
    if listed.rows:
        last = listed.rows[-1].values
        amount = "" if last[place["total"]] is None else f"，金额 {yuan(last[place['total']])} 元，已付 {yuan(last[place['paid']])} 元"
        term = f"{last[place['purchase_contract.start']]} 至 {last[place['last']]}"
        said = [f"已签过 {len(listed.rows)} 份采购合同，最近一份 {last[place['purchase_contract.no']]}（{last[place['status']]}，{term}{amount}）。"]
    known = desk.read(lists.suppliers, desk.as_of)
    until = next(at for at, column in enumerate(known.columns) if column.id == "supplier.licence_to")
    licence = next((row.values[until] for row in known.rows if row.keys["supplier"] == (supplier,)), None)
    if licence is not None:
        said.append(f"劳务派遣经营许可证有效期至 {licence}" + ("。" if licence >= desk.as_of else "，已经过期。"))
    evaluated = desk.read(reviews.last_of_supplier, supplier, desk.as_of, desk.read(parameters_in, desk.as_of).limits)
    if evaluated is not None:
        year, score, band = evaluated
        said.append(f"{year} 年度绩效评价 {SCORE.show(score)} 分，{band}{'，再选它要说明理由（四（四））' if band == FAIL else ''}。")
    return said


def _listing(desk: Desk) -> Listing:
    """The list, red where the newest check found something about a supplier in one of its contracts."""
    listing = desk.read(lists.suppliers, desk.as_of)
    if desk.check is None or desk.checking:
        return listing
    supplier = {contract.id: contract.supplier.id for contract in desk.check.facts.contracts if contract.supplier}
    found: dict[int | None, dict[str, str]] = {}
    for finding in desk.check.findings:
        if finding.rule in MARKS and finding.contract_id is not None:
            marks = found.setdefault(supplier.get(finding.contract_id), {})
            column = MARKS[finding.rule]
            marks[column] = "\n".join(text for text in (marks.get(column, ""), f"{finding.rule} {finding.arithmetic}") if text)
    return replace(listing, rows=tuple(replace(row, marks=found.get(row.keys["supplier"][0], {})) for row in listing.rows))


def _look(desk: Desk) -> None:
    """显示号码: written down."""
    desk.act(looked, "承接主体", len(desk.read(lists.suppliers, desk.as_of).rows))


def _shown(_edits: Sequence[Any], _name: str) -> None:
    """Shown here, edited on their own screen."""
