"""服务采购合同: what was bought from whom, until when, for how much, what is paid, who works under it, and what checks think of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from db.lists import Column, Listing, Row, history
from db.lists import contract_parts as parts
from db.lists import contracts as lists
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.page import Action
from desktop.record import Creation, RecordSpec, RowAction, Tab, Wider
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.contract_acts import Acts, value
from desktop.screens.removing import ask_to_discard
from desktop.screens.suppliers import supplier_history
from policy.kinds import Unreadable
from policy.kinds.text import TEXT

ASKED: Final = (
    *(f"purchase_contract.{name}" for name in (
        "no", "name", "kind", "procured_as", "supplier", "buyer", "method", "signed", "start", "end", "amount", "headcount", "wage", "fee",
    )), "units", "scopes", "sources",
)  # fmt: skip
COPIED: Final = tuple(
    f"purchase_contract.{name}" for name in ("name", "kind", "procured_as", "supplier", "buyer", "method", "wage", "fee")
)  # fmt: skip
FORM: Final = (
    *ASKED, "todo", "last", "total",
    *(f"purchase_contract.{name}" for name in (
        "project_no", "awarded", "award_noticed", "contract_noticed", "filed", "accepted", "work_class", "pay_clause", "budget_doc", "buyer_level",
        "buyer_class", "predecessor", "not_renewed_on",
    )),
)  # fmt: skip
MARKS: Final = {
    "C01": "purchase_contract.start", "C02": "purchase_contract.kind", "C03": "purchase_contract.supplier", "C04": "last", "C05": "total",
    "C08": "purchase_contract.supplier", "C12": "purchase_contract.supplier", "C14": "paid", "C15": "linked", "C20": "total", "C21": "paid",
}  # fmt: skip
"""Rule → the column that turns red; whatever was found turns the state red too."""
FOUND = (
    computed("rule", "编号", TEXT, 5), computed("level", "级别", TEXT, 8), computed("title", "问题", TEXT, 14), computed("said", "怎么算出来的", TEXT, 40),
    computed("article", "依据", TEXT, 14),
)  # fmt: skip


def contracts_screen(
    desk: Desk, to_suppliers: Callable[[], object] | None = None, bring_in: Callable[[], object] | None = None
) -> RecordScreen:
    """The screen over the desk's book; `to_suppliers` leads to 承接主体, `bring_in` to the import of contracts."""
    made = Acts(desk)
    columns = desk.read(lists.contracts, desk.as_of).columns
    suppliers = (Action("承接主体", to_suppliers, "building", tip="登记和查看承接主体（供应商、劳务派遣单位）"),) if to_suppliers else ()
    screen = RecordScreen(
        RecordSpec(
            title="服务采购合同",
            counted="份",
            purpose=(
                "这里登记政府购买服务合同、劳务派遣协议和劳务外包合同：向谁买、买什么、期限和金额、已经付了多少、哪些人在这份合同下工作。\n"
                "先登记承接主体，再按 Ctrl+N 登记合同，然后用“涉及人员”把人员挂到合同上。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            tabs=(
                Tab("问题", FOUND, partial(_found, desk), _shown, "核查没有发现这份合同的问题。"),
                _tab(desk, "用工单位", parts.using_units, "还没有用工单位。用“用工单位”一次勾选几个。"),
                _tab(desk, "服务内容", _shares("contract_scope"), "还没有服务内容。用“更多—服务内容”填写各占多少。"),
                _tab(desk, "资金来源", _shares("contract_source"), "还没有资金来源。用“更多—资金来源”填写各占多少。"),
                _tab(desk, "条款与做法", lambda connection, contract, _day: parts.clauses(connection, contract), "还没有勾选。对照合同文本，用“条款与做法”勾选。"),
                _tab(desk, "补充合同", lambda connection, contract, _day: parts.amendments(connection, contract), "没有补充合同。", edited=True),
                _tab(desk, "付款", lambda connection, contract, _day: parts.payments(connection, contract), "还没有付款。用“登记付款”登记。", edited=True),
                _tab(desk, "涉及人员", parts.people_under, "还没有人挂在这份合同下。用“涉及人员”勾选。"),
                _tab(desk, "续签链", parts.chain, "没有续签自别的合同，也还没有续签。"),
                attachments_tab(desk, "purchase_contract"),
                Tab(
                    "变更日志", history.LOG, lambda row: desk.read(history.log_of_contract, row.keys["purchase_contract"][0]), _shown, "没有变更记录。",
                    counted=False,
                ),
            ),
            actions=(
                RowAction("用工单位", made.units, "building", tip="勾选合同写明的用工单位，一次可以勾选几个"),
                RowAction("条款与做法", made.clauses, "check", tip="对照合同文本和实际做法，逐项勾选"),
                RowAction("涉及人员", made.people, "people", tip="勾选在这份合同下工作的人员"),
                RowAction("登记付款", made.pay, "money", tip="按分项登记一笔付款"),
                RowAction("补充合同", made.amend, "edit", tip="登记补充合同增减的金额、变更的截止日期"),
                RowAction("续签", made.renew, "refresh", tip="照这份合同续签一份新的，两份相连"),
                RowAction("提前终止", made.end, "right", tip="登记提前终止的日期和原因", more=True, fits=_running),
                RowAction("服务内容", made.scopes, "edit", tip="各项服务内容占合同金额多少，合计 100%", more=True),
                RowAction("资金来源", made.sources, "edit", tip="各项资金占合同金额多少，合计 100%", more=True),
                RowAction("打印合同登记表", made.print_contract, "print", tip="这份合同的登记表，可以预览、打印", more=True),
                RowAction("打印付款审批单", made.print_payment, "print", tip="某一笔付款的审批单，可以预览、打印", more=True, fits=_paid),
                *suppliers,
            ),
            creation=Creation("新增采购合同", ASKED, made.add, copied=COPIED),
            wider=Wider("含往年合同", partial(_listing, desk, everything=True)),
            first_actions=(*suppliers, *((Action("导入采购合同", bring_in),) if bring_in else ())),
            discard=made.discard,
            follows={"purchase_contract.supplier": partial(_history, desk)},
        )
    )  # fmt: skip
    made.screen = screen
    screen.follow(desk.checked)
    return screen


def _running(row: Row) -> bool:
    return value(row, "status") in ("未开始", "履行中")


def _paid(row: Row) -> bool:
    return bool(value(row, "payments"))


def _listing(desk: Desk, everything: bool = False) -> Listing:
    """The list, red where the newest check found something about the contract."""
    listing = desk.read(lists.contracts, desk.as_of, everything=everything)
    if desk.check is None or desk.checking:
        return listing
    found: dict[int, dict[str, str]] = {}
    for finding in desk.check.findings:
        if finding.contract_id is not None:
            marks = found.setdefault(finding.contract_id, {})
            for column in dict.fromkeys(("status", MARKS.get(finding.rule, "status"))):
                marks[column] = "\n".join(text for text in (marks.get(column, ""), f"{finding.rule} {_said(finding.arithmetic)}") if text)
    return replace(listing, rows=tuple(replace(row, marks=found.get(row.keys["purchase_contract"][0], {})) for row in listing.rows))


def _found(desk: Desk, row: Row) -> Listing:
    """What the newest check found about the contract."""
    number = row.keys["purchase_contract"][0]
    findings = [one for one in desk.check.findings if one.contract_id == number] if desk.check and not desk.checking else []
    return Listing(
        FOUND,
        tuple(
            Row({"finding": (at,)}, (one.rule, one.level, one.title, _said(one.arithmetic), one.article))
            for at, one in enumerate(findings)
        ),
    )


def _said(arithmetic: str) -> str:
    """The sum alone: the contract is known here."""
    return arithmetic.partition("”：")[2] or arithmetic


def _history(desk: Desk, text: str, today: date) -> tuple[str, Mapping[str, Any]]:
    """What is known of the supplier being chosen."""
    try:
        supplier = desk.read(lists.supplier_kind).parse(text, today)
    except Unreadable:
        return "", {}
    return ("" if supplier is None else "".join(supplier_history(desk, supplier))), {}


Read = Callable[[Any, int, date], Listing]


def _shares(table: str) -> Read:
    return lambda connection, contract, day: parts.parts(connection, table, contract, day)


def _tab(desk: Desk, title: str, read: Read, nothing: str, edited: bool = False) -> Tab:
    """A list of the contract's own; where it may be edited, a row of it may be moved into the recycle bin too."""

    def listed(row: Row) -> Listing:
        return desk.read(read, row.keys["purchase_contract"][0], desk.as_of)

    columns: Sequence[Column] = desk.read(read, 0, desk.as_of).columns
    if not edited:
        return Tab(title, columns, listed, _shown, nothing)
    return Tab(title, columns, listed, desk.commit(columns), nothing, discard=lambda row: ask_to_discard(desk, row, title))


def _shown(_edits: Sequence[Any], _name: str) -> None:
    """Shown here; changed by the acts above."""


