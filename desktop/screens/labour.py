"""劳动合同: the employer's contracts with the workers as of the date, how long they run, and what the labour checks think of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Listing, Row, history
from db.lists import labour as lists
from desktop.desk import Desk
from desktop.page import Action
from desktop.record import Creation, RecordSpec, RowAction, Tab, Wider
from desktop.record.mending import mending
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.labour_acts import NOT_RENEWED, TERMS, Acts
from desktop.screens.removing import ask_to_discard
from office.labour import change_contracts

ASKED: Final = tuple(f"labour_contract.{name}" for name in ("engagement", *TERMS, "names_unit", "names_term", "names_post", "pay_day", "insured_on"))
FORM: Final = (
    ASKED[0], "employer", "status", *ASKED[1:],
    *(f"labour_contract.{name}" for name in ("seq", "amended_on", "not_renewed_on", "ended_on", "end_reason", "retrained_on", "certificate_on")),
)  # fmt: skip
MARKS: Final = {
    "L01": "labour_contract.signed", "L02": "labour_contract.end", "L03": "labour_contract.probation_end", "L04": "labour_contract.wage", "L05": "labour_contract.kind",
    "L06": "labour_contract.kind", "L07": "left", "L08": "status", "L09": "status", "L14": "status",
}  # fmt: skip
"""Rule → the column that turns red."""


def labour_screen(desk: Desk, bring_in: Callable[[], object] | None = None) -> RecordScreen:
    """The screen over the desk's book; `bring_in` leads to the import of labour contracts."""
    made = Acts(desk)
    columns = desk.read(lists.contracts, desk.as_of).columns

    def to_person(row: Row) -> None:
        screen.open_record.emit("person", row.keys["person"][0])

    screen = RecordScreen(
        RecordSpec(
            title="劳动合同",
            counted="份",
            purpose=(
                "这里登记承接主体、派遣单位等用人单位与工作人员签订的劳动合同，按截至日期列出期限和剩余天数，并提示劳动合同法的要求。\n"
                "先在“人员”里登记人员，再按 Ctrl+N 登记他们的劳动合同，或从表格导入。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=lambda edits, name: desk.act(change_contracts, columns, edits, name),
            today=desk.today,
            form=FORM,
            form_title="合同内容",
            tabs=(
                Tab("本人各份合同", desk.read(lists.contracts_of, 0).columns, lambda row: desk.read(lists.contracts_of, row.keys["person"][0]), _shown, "没有其他合同。"),
                _tab(desk, "年度考核", lists.appraisals, "还没有考核结果。用“年度考核”登记。"),
                _tab(desk, "更换承接主体", lists.employer_changes, "没有更换过承接主体。"),
                attachments_tab(desk, "labour_contract"),
                Tab("变更日志", history.LOG, lambda row: desk.read(history.log_of_person, row.keys["person"][0]), _shown, "没有变更记录。", counted=False),
            ),
            actions=(
                RowAction("续签", lambda row: made.renew(number(row), name(row)), "refresh", tip="与这份合同相连的下一份；先提示法律的要求", fits=_running),
                RowAction("变更", lambda row: made.amend(number(row), name(row)), "edit", tip="登记书面变更：岗位、期限、工资", fits=_running),
                RowAction("终止或解除", lambda row: end(made, row), "right", tip="选理由、算经济补偿，同时登记离职（退回）", fits=_running),
                RowAction("登记不续决定", lambda row: made.decide(number(row), name(row)), "calendar", tip="先登记决定，到期时再办理离职", more=True, fits=_running),
                RowAction("年度考核", lambda row: made.appraise(row.keys["person"][0], name(row)), "check", tip="登记某一年度的考核等次", more=True),
                Action("更换承接主体", made.change_provider, "people", tip="一批人从某一天起换到新的承接主体，工龄连续计算"),
                RowAction("打开人员", to_person, "people", tip="到这个人的记录", more=True),
            ),
            creation=Creation("签订劳动合同", ASKED, made.create),
            wider=Wider("含已终止", partial(_listing, desk, everybody=True)),
            first_actions=(Action("导入劳动合同", bring_in),) if bring_in else (),
            discard=made.discard,
        )
    )  # fmt: skip
    made.parent = screen
    screen.follow(desk.checked)
    return screen


def end(made: Acts, row: Row) -> None:
    """The question of the ending, begun as what is likeliest: a contract near or past its end is not renewed."""
    at = [column.id for column in made.desk.read(lists.contracts, made.desk.as_of).columns]
    last, left = row.values[at.index("labour_contract.end")], row.values[at.index("left")]
    near = left is not None and left <= (made.desk.check.facts.parameters.limits.expiry_far_days if made.desk.check else 0)
    made.end(number(row), name(row), reason=NOT_RENEWED if near else "", last_day=last if near else None)


def number(row: Row) -> int:
    """The contract a row shows."""
    return int(row.keys["labour_contract"][0])


def name(row: Row) -> str:
    """Whose it is."""
    return str(row.values[0])


def _running(row: Row) -> bool:
    return row.values[3] not in lists.OVER


def labour_tab(desk: Desk) -> Tab:
    """劳动合同 of the person in front, for the record of people."""
    columns = desk.read(lists.contracts_of, 0).columns
    return Tab(
        "劳动合同", columns, lambda row: desk.read(lists.contracts_of, row.keys["person"][0]),
        lambda edits, act: desk.act(change_contracts, columns, edits, act), "还没有劳动合同。用“签订劳动合同”登记。",
        discard=lambda row: ask_to_discard(desk, row, "劳动合同"),
    )  # fmt: skip


def appraisal_tab(desk: Desk) -> Tab:
    """年度考核 of the person in front."""
    return _tab(desk, "年度考核", lists.appraisals, "还没有考核结果。用“年度考核”登记。")


def _tab(desk: Desk, title: str, read: Callable[..., Listing], nothing: str) -> Tab:
    columns = desk.read(read, 0).columns
    return Tab(
        title, columns, lambda row: desk.read(read, row.keys["person"][0]), mending(desk, columns), nothing,
        discard=lambda row: ask_to_discard(desk, row, title),
    )  # fmt: skip


def _listing(desk: Desk, everybody: bool = False) -> Listing:
    """The list, red where the newest check found something about the worker's contract."""
    listing = desk.read(lists.contracts, desk.as_of, everybody=everybody)
    if desk.check is None or desk.checking:
        return listing
    found: dict[int, dict[str, str]] = {}
    for finding in desk.check.findings:
        if finding.engagement_id is not None and finding.rule in MARKS:
            marks = found.setdefault(finding.engagement_id, {})
            column = MARKS[finding.rule]
            marks[column] = "\n".join(text for text in (marks.get(column, ""), f"{finding.rule} {finding.arithmetic}") if text)
    newest = {row.keys["engagement"][0]: row.keys["labour_contract"][0] for row in listing.rows}
    return Listing(
        listing.columns,
        tuple(
            replace(row, marks=found.get(row.keys["engagement"][0], {}) if newest[row.keys["engagement"][0]] == number(row) else {})
            for row in listing.rows
        ),
    )


def _shown(_edits: Sequence[Any], _name: str) -> None:
    """Shown here; changed on the record itself."""
