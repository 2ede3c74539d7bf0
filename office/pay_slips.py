"""工资条 and 签领表 of a confirmed month, as sheets to print: only for people the bureau employs itself (直接聘用)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Refused
from db.facts import county, engagements_in, units
from db.lists.columns import field_of
from db.lists.pay import confirmation, sheet_of
from office.edit import exported
from office.pay import said
from policy.facts import County
from policy.pay_check import DIRECT
from policy.pay_items import ITEMS, WITHHELD
from policy.period import month_end
from policy.placing import last_assignment, term_on
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet

WHY_NOT: Final = "政府购买服务、劳务派遣人员由承接主体（派遣单位）发放工资，工资条、签领表由其出具；民政局不出，免得被认作用人单位。"
"""Why there are no slips for people a provider pays."""

SLIPS: Final = "工资条"
SIGNING: Final = "签领表"


@dataclass(frozen=True)
class Payroll:
    """The directly employed people of a month: name, unit and their row of the sheet with its totals."""

    county: County
    first: date
    people: tuple[tuple[int, str, str, dict[str, Any]], ...]


def payroll_in(connection: Any, first: date) -> Payroll:
    """Read what slips and signing sheet are made from. Refused in words where nobody is paid by the bureau, or the month is a draft."""
    last = month_end(first.year, first.month)
    sheet = sheet_of(connection, "pay_month", first.year, first.month)
    named = {one.id: one.name for one in units(connection, first, last)}
    people = []
    for one in engagements_in(connection, first, last):
        term = term_on(one, min(last, one.end or last))
        if one.id in sheet and term is not None and term.type == DIRECT:
            posted = last_assignment(one, last)
            people.append((one.id, one.person.name, named.get(posted.unit, "") if posted else "", dict(sheet[one.id])))
    if not people:
        raise Refused(f"{said(first)}没有直接聘用人员的工资，不能出工资条、签领表。{WHY_NOT}")
    if confirmation(connection, first.year, first.month) is None:
        raise Refused(f"{said(first)}的工资还是草稿。请核对后先“确认本月工资”，再出工资条、签领表。")
    return Payroll(county(connection), first, tuple(people))


def pay_slips(payroll: Payroll) -> Sheet:
    """工资条: under one heading a line for each person, the heading again above every next one, to be cut apart. Items nobody has
    are left out."""
    shown = [name for name in (*ITEMS, "deduction", "gross", *WITHHELD, "net") if _anybody(payroll, name)]
    columns = (Column("", "姓名", Measure.TEXT, width=4, personal=True), *(_money(name) for name in shown))
    labels = Row("", Scope.MEMO, tuple(Cell(column.label) for column in columns))
    gap = Row("", Scope.MEMO, tuple(Cell() for _ in columns))
    rows: list[Row] = []
    for engagement, name, _, pay in payroll.people:
        rows += [gap, labels] if rows else []
        rows.append(Row(name, Scope.OTHER, (Cell(name, (engagement,)), *(Cell(pay[item], (engagement,)) for item in shown))))
    return _sheet(payroll, SLIPS, columns, rows, notes=("沿空行裁开，一人一条；含个人信息，请当面交给本人。",))


def signing_sheet(payroll: Payroll) -> Sheet:
    """签领表: a line for each person with room to sign, and 合计."""
    shown = ("gross", *(name for name in WITHHELD if _anybody(payroll, name)), "net")
    columns = (
        Column("", "序号", width=2),
        Column("", "姓名", Measure.TEXT, width=4, personal=True),
        Column("", "派驻单位", Measure.LONG, width=8),
        *(_money(name) for name in shown),
        Column("", "签名", Measure.TEXT, width=6, by_hand=True),
        Column("", "备注", Measure.LONG, width=6, by_hand=True),
    )
    everybody = tuple(engagement for engagement, *_ in payroll.people)
    sums = (Cell(sum(pay[name] or 0 for *_, pay in payroll.people), everybody) for name in shown)
    total = Row("合计", Scope.TOTAL, (Cell(), Cell("合计"), Cell(), *sums, Cell(), Cell()))
    rows = [
        Row(name, Scope.OTHER, (Cell(number), Cell(name, (engagement,)), Cell(unit), *(Cell(pay[item], (engagement,)) for item in shown), Cell(), Cell()))
        for number, (engagement, name, unit, pay) in enumerate(payroll.people, 1)
    ]  # fmt: skip
    who = payroll.county
    roles = (("单位负责人", who.leader), ("审核人", who.reviewer), ("制表人", who.preparer))
    signatories = "　　　　".join(f"{role}：{name}" for role, name in roles)
    return _sheet(payroll, SIGNING, columns, [*rows, total], signatories=signatories)


SHEETS: Final[dict[str, Callable[[Payroll], Sheet]]] = {SLIPS: pay_slips, SIGNING: signing_sheet}


def write_slips(book: Book, first: date, what: str, folder: Path) -> Path:
    """Write 工资条 or 签领表 of a month as a workbook into a folder, and that it was written into the log; returns its path. Refused,
    ValueError or WriteError in words."""
    from returns.workbook import file_name, write  # brings openpyxl, which takes longer to load than the window

    payroll = book.read(payroll_in, first)
    day = book.clock.today()
    name = file_name(payroll.county.code, f"{payroll.county.name}民政局", what, said(first), version=1, day=day)
    sheet = SHEETS[what](payroll)
    path = write([sheet], folder / name, day)
    if not book.read_only:
        exported(book, what, path.name, len(sheet.rows))
    return path


def _anybody(payroll: Payroll, name: str) -> bool:
    return name in ("gross", "net") or any(pay[name] for *_, pay in payroll.people)


def _money(name: str) -> Column:
    groups = ("个人缴纳及代扣",) if name in WITHHELD else ()
    return Column("", field_of("pay_month", name).label, Measure.YUAN, groups, width=5)


def _sheet(
    payroll: Payroll, what: str, columns: tuple[Column, ...], rows: list[Row], signatories: str = "", notes: tuple[str, ...] = ()
) -> Sheet:
    return Sheet(
        what,
        f"{payroll.county.name}民政局{said(payroll.first)}工资{what.removeprefix('工资')}",
        (),
        (f"填报单位：{payroll.county.name}民政局", said(payroll.first), "单位：元"),
        columns,
        tuple(rows),
        signatories=signatories,
        notes=notes,
        row_height=26.0,
    )
