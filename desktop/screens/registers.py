"""What the screens of 管理 have in common: columns in a clerk's order, findings beside the record, the log, units chosen with their need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from db.lists import Column, Listing, Row, history
from db.lists.columns import computed
from desktop.ask import Ask
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.record import Tab
from desktop.screens.removing import ask_to_discard
from office.check import check_period, facts_in
from office.recycle import HANGING
from policy.facts import BUREAU
from policy.figures import number
from policy.finding import Finding
from policy.kinds import Field
from policy.kinds.text import TEXT
from policy.staffing import Staffing, staffing

FOUND: Final = (
    computed("rule", "编号", TEXT, 5), computed("level", "级别", TEXT, 8), computed("title", "问题", TEXT, 15), computed("whom", "对象", TEXT, 8),
    computed("said", "怎么算出来的", TEXT, 40), computed("article", "依据", TEXT, 9),
)  # fmt: skip
Concerns = Callable[[Row, Finding], bool]
"""Whether a finding is about a record."""


def arranged(listing: Listing, widths: Mapping[str, int]) -> Listing:
    """A listing with these columns first (id → width in characters), in this order; the others stand behind them, not shown until asked for."""
    place = {column.id: at for at, column in enumerate(listing.columns)}
    order = [place[name] for name in widths] + [at for at, column in enumerate(listing.columns) if column.id not in widths]
    laid = (listing.columns[at] for at in order)
    columns = tuple(replace(one, width=widths.get(one.id, one.width), hidden=one.id not in widths) for one in laid)
    return Listing(columns, tuple(replace(row, values=tuple(row.values[at] for at in order)) for row in listing.rows))


def marked(listing: Listing, marks: Callable[[Mapping[str, Any]], Mapping[str, str]]) -> Listing:
    """A listing whose cells are red where `marks` (of a row's values by column id) says why."""
    ids = [column.id for column in listing.columns]
    return replace(listing, rows=tuple(replace(row, marks=marks(dict(zip(ids, row.values, strict=True)))) for row in listing.rows))


def findings(desk: Desk, rules: Collection[str]) -> list[Finding]:
    """What the newest check found by these rules; nothing while a check is under way."""
    return [one for one in desk.check.findings if one.rule in rules] if desk.check and not desk.checking else []


def found_tab(desk: Desk, rules: Collection[str], nothing: str, concerns: Concerns = lambda row, finding: True) -> Tab:
    """The tab 核查结果: what these rules found about the record in front, or about the county."""

    def found(row: Row) -> Listing:
        return Listing(
            FOUND,
            tuple(
                Row({"finding": (at,)}, (one.rule, one.level, one.title, one.person or one.unit, one.arithmetic, one.article))
                for at, one in enumerate(one for one in findings(desk, rules) if _about(row, one, concerns))
            ),
        )

    return Tab("核查结果", FOUND, found, unchanged, nothing)


def _about(row: Row, finding: Finding, concerns: Concerns) -> bool:
    """A finding that names the record it was seen in is about that one; of any other the screen says."""
    table, number = finding.about or ("", 0)
    return row.keys[table] == (number,) if table in row.keys else concerns(row, finding)


def log_tab(desk: Desk, table: str) -> Tab:
    """The tab 变更日志 of a record and what hangs on it."""
    return Tab(
        "变更日志", history.LOG, lambda row: desk.read(history.log_of, table, record(row, table), HANGING.get(table, ())), unchanged, "没有变更记录。",
        counted=False,
    )  # fmt: skip


def unchanged(_edits: Sequence[Any], _name: str) -> None:
    """Shown here, changed by the acts above."""


def record(row: Row, table: str) -> int:
    """The record of a table a row shows."""
    return int(row.keys[table][0])


def given(values: Mapping[str, Any], table: str) -> dict[str, Any]:
    """What a blank form says of a table's own fields, by field; what was left blank keeps its default."""
    return {name.removeprefix(f"{table}."): value for name, value in values.items() if name.startswith(f"{table}.") and value is not None}


def ask(
    desk: Desk, parent: QWidget | None, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object],
    start: Mapping[str, Any] | None = None, confirm: str = "确定",
) -> None:  # fmt: skip
    """A few questions before an act."""
    Ask(title, explanation, fields, act, desk.today, parent, start, confirm).exec()


def value(columns: Sequence[Column], row: Row, name: str) -> Any:
    """What a row of a list with these columns says in one of them."""
    return row.values[next(at for at, column in enumerate(columns) if column.id == name)]


def discarding(desk: Desk, table: str, called: Callable[[Row], str], instead: str = "") -> Callable[[Row], None]:
    """移入回收站 of a record of a table; `called` names it, `instead` says what to use where something else may be meant."""
    return lambda row: ask_to_discard(desk, Row({table: row.keys[table]}, row.values), called(row), instead)


def choose_units(
    desk: Desk, parent: QWidget | None, title: str, explanation: str, held: Mapping[int, int], proposed: Callable[[Staffing], int],
    act: Callable[[dict[int, int]], object],
) -> None:  # fmt: skip
    """Tick units, each shown with its need and shortfall; `act` gets unit → heads: those held keep theirs, new ones begin as `proposed`."""
    lines = staffing(desk.check.facts if desk.check else desk.read(facts_in, check_period(desk.as_of)))
    explanation += "" if lines else "\n还没有单位：请先在“机构与应配”里新增。"
    known = {line.unit.id: line for line in lines}
    subjects: dict[str, list[tuple[int, str]]] = {"县级": [], "乡镇（街道）": []}
    for line in lines:
        subjects["县级" if line.unit.type == BUREAU else "乡镇（街道）"].append((line.unit.id, f"{line.unit.name}　{_standing(line)}"))

    def take(ticked: list[int]) -> None:
        kept = [unit for unit in held if unit not in known]  # a unit that stands in no line is not shown here, and stays
        act({unit: held.get(unit) or proposed(known[unit]) for unit in ticked} | {unit: held[unit] for unit in kept})

    Choose(title, explanation, subjects, list(held), take, parent).exec()


def _standing(line: Staffing) -> str:
    if line.need is None:
        return "户数未填报"
    return f"应配 {line.need} 人，实配 {number(line.measured)} 人" + (f"，缺 {number(line.shortfall)} 人" if line.shortfall else "")
