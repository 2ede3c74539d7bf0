"""机构与应配: units on the as-of date with their households, band, need, who is there and what is short, never netted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from db.lists import Column, Key, Listing, Row, history
from db.lists import units as lists
from db.lists.columns import computed, field_of, unit_kind
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record import Creation, RecordSpec, RowAction, Tab, Wider
from desktop.record.mending import mending
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.removing import ask_to_discard
from office import units as acts
from office.edit import add
from policy.facts import BUREAU, Facts
from policy.finding import BELOW, MET, NO_DATA
from policy.kinds import Field, Kind
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT
from policy.placing import Placed, placed
from policy.staffing import Staffing, staffing

GAP = (
    computed("households", "救助对象户数", replace(COUNT, sums=False), 7, "按参数里的类别权重合计；县级民政局为全县合计"),
    computed("as_of", "统计日期", DATE, 8),
    computed("band", "适用档次", TEXT, 9, "二（三）"),
    computed("need", "应配", COUNT, 4),
    computed("heads", "实配", COUNT, 4, "按人头计，社会救助工作占比不低于 50%，不含服务性岗位"),
    computed("shortfall", "缺口", COUNT, 4, "各单位分别计算，不相互抵补"),
    computed("surplus", "高于最低配备人数", COUNT, 9),
    computed("verdict", "是否达标", TEXT, 8),
)


def units_screen(desk: Desk) -> RecordScreen:
    """The screen over the desk's book."""
    made = Acts(desk)
    columns = _columns(desk.read(lists.units, desk.as_of).columns)
    screen = RecordScreen(
        RecordSpec(
            title="机构与应配",
            counted="个单位",
            purpose="这里登记县级民政局、乡镇（街道）和其他使用单位，填报各单位救助对象户数，程序按户数测算应配备人数。可以从表格导入，也可以按 Ctrl+N 逐个新增。",
            columns=columns,
            listing=partial(_listing, desk),
            commit=mending(desk, columns),
            today=desk.today,
            form=tuple(column.id for column in columns if column not in GAP),
            tabs=(
                Tab("在岗人员", PEOPLE, lambda row: Listing(PEOPLE, tuple(_people(desk, row))), _nothing, "截至这一天没有人派驻在这里。"),
                _tab(desk, "救助对象户数", lambda unit: desk.read(lists.caseload, unit), "还没有户数。用“填报户数”登记，或从表格导入。"),
                _tab(desk, "核定人数", lambda unit: desk.read(lists.approved, unit), "没有登记核定人数。"),
                attachments_tab(desk, "unit"),
                _tab(desk, "名称沿革", lambda unit: desk.read(lists.versions, unit), "没有记录。"),
                Tab(
                    "变更日志", history.LOG, lambda row: desk.read(history.log_of_unit, row.keys["unit"][0]), _nothing, "没有变更记录。", counted=False
                ),
            ),
            actions=(
                RowAction("填报户数", made.caseload, "edit", tip="登记这个单位某一天的救助对象户数"),
                RowAction("核定人数", made.approve, "people", tip="登记县里核定的人数和文号"),
                RowAction("更名", made.rename, "edit", tip="从某一天起用新的名称，以前的报表仍用旧名"),
                RowAction("合并", made.merge, "building", tip="从某一天起并入另一单位，人员随之调整派驻", more=True),
                RowAction("撤销单位", made.close, "right", tip="登记最后一天", more=True),
            ),
            creation=Creation("新增单位", ("unit_version.name", "unit_version.type", "unit_version.parent", "unit.code", "unit.opened"), made.add),
            wider=Wider("含已撤销", partial(_listing, desk, closed=True)),
            discard=made.discard,
        )
    )  # fmt: skip
    made.parent = screen
    screen.follow(desk.checked)
    return screen


def _columns(listed: Sequence[Column]) -> tuple[Column, ...]:
    """The gap beside the name and type; what is rarely looked at stands in the form."""
    hidden = tuple(
        replace(column, hidden=True)
        if column.id in ("unit.opened", "unit.closed", "successor", "unit_version.exempt_reason", "unit.sort_no")
        else column
        for column in listed[2:]
    )
    return (*listed[:2], *GAP, *hidden)


def _listing(desk: Desk, closed: bool = False) -> Listing:
    listed = desk.read(lists.units, desk.as_of, closed=closed)
    lines = {line.unit.id: line for line in staffing(desk.check.facts)} if desk.check else {}
    rows = []
    for row in listed.rows:
        line = lines.get(row.keys["unit"][0])
        marks = {"shortfall": _arithmetic(line)} if line and line.shortfall else {}
        rows.append(
            replace(row, values=(*row.values[:2], *_gap(line, desk.check.facts if desk.check else None), *row.values[2:]), marks=marks)
        )
    return Listing(_columns(listed.columns), tuple(rows))


def _gap(line: Staffing | None, facts: Facts | None) -> tuple[Any, ...]:
    if line is None or facts is None:
        return (None,) * len(GAP)
    own = facts.caseload.get(line.unit.id)
    verdict = f"免予配备（{line.unit.exempt_reason}）" if line.unit.exempt else NO_DATA if line.met is None else MET if line.met else BELOW
    return (
        _whole(line.households), own.as_of if own and line.unit.type != BUREAU else None, line.band, line.need, len(line.counted), _whole(line.shortfall),
        _whole(line.surplus), verdict,
    )  # fmt: skip


def _whole(number: Any) -> Any:
    return None if number is None else int(number) if number == int(number) else round(float(number), 2)


def _arithmetic(line: Staffing) -> str:
    return f"{_whole(line.households)} 户 → 应配 {line.need}，实配 {_whole(line.measured)}，缺 {_whole(line.shortfall)}"


YES = Kind("计入", lambda raw, today: raw, lambda value: "计入" if value else "不计入")
PEOPLE = (
    computed("name", "姓名", TEXT, 8),
    computed("type", "用工形式", TEXT, 8),
    computed("post", "岗位", TEXT, 10),
    computed("since", "派驻日期", DATE, 8),
    computed("counted", "是否计入实配", YES, 8),
    computed("why", "不计入的原因", TEXT, 16),
)


def _people(desk: Desk, row: Row) -> Sequence[Row]:
    """Who stands in a unit's line, counted or not, with the reason."""
    if desk.check is None:
        return ()
    unit = row.keys["unit"][0]
    return [_person(one) for one in placed(desk.check.facts) if unit in (one.row, one.unit)]


def _person(one: Placed) -> Row:
    at = one.assignment
    return Row(
        {"person": (one.engagement.person.id,), "engagement": (one.engagement.id,)},
        (
            one.engagement.person.name,
            one.term.type if one.term else None,
            at.post if at else None,
            at.start if at else None,
            one.counted,
            one.why,
        ),
    )


def _nothing(_edits: list[Any], _name: str) -> None:
    """Computed lists take no edits."""


def _tab(desk: Desk, title: str, read: Callable[[int], Listing], nothing: str) -> Tab:
    columns = read(0).columns
    return Tab(
        title, columns, lambda row: read(row.keys["unit"][0]), mending(desk, columns), nothing, discard=lambda row: ask_to_discard(desk, row, title)
    )  # fmt: skip


class Acts:
    """The dated acts on units, with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parent: RecordScreen | None = None

    def _ask(
        self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object], **start: Any
    ) -> None:
        Ask(title, explanation, fields, act, self.desk.today, self.parent, start).exec()

    def add(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new unit of the blank form."""
        number = self.desk.act(
            acts.add_unit,
            values["unit_version.name"],
            values["unit_version.type"],
            opened=values["unit.opened"],
            code=values["unit.code"] or "",
            parent=values["unit_version.parent"],
        )
        return {"unit": (number,)}

    def caseload(self, row: Row) -> None:
        """填报户数: one category of one date."""
        fields = {name: field_of("caseload", name) for name in ("as_of", "category", "households", "persons", "source")}
        self._ask(
            "填报户数", f"“{row.values[0]}”某一天的救助对象户数。低保填户数和人数，特困填人数；只有总户数的，类别选“未分类”。", fields,
            lambda said: self.desk.act(add, "caseload", said | {"unit": row.keys["unit"][0]}), as_of=self.desk.as_of,
        )  # fmt: skip

    def approve(self, row: Row) -> None:
        """登记核定人数."""
        fields = {name: field_of("approved_headcount", name) for name in ("since", "heads", "document")}
        self._ask(
            "核定人数", f"县里核定“{row.values[0]}”多少人？从哪一天起，依据什么文件？", fields,
            lambda said: self.desk.act(add, "approved_headcount", said | {"unit": row.keys["unit"][0]}),
        )  # fmt: skip

    def rename(self, row: Row) -> None:
        """更名."""
        fields = {"name": Field("新名称", field_of("unit_version", "name").kind, required=True), "since": field_of("unit_version", "since")}
        self._ask(
            "更名", f"“{row.values[0]}”从哪一天起改用什么名称？这一天以前的报表仍用旧名。", fields,
            lambda said: self.desk.act(acts.rename_unit, row.keys["unit"][0], said["name"], said["since"]),
        )  # fmt: skip

    def merge(self, row: Row) -> None:
        """合并."""
        units = unit_kind(self.desk.read(lists.names, self.desk.as_of))
        fields = {"into": Field("并入单位", units, required=True), "first_day": Field("从哪一天起", DATE, required=True)}
        self._ask(
            "合并单位", f"“{row.values[0]}”从哪一天起并入哪个单位？人员从这一天起改派驻到并入单位，以前的报表不变。", fields,
            lambda said: self.desk.act(acts.merge_unit, row.keys["unit"][0], said["into"], said["first_day"]),
        )  # fmt: skip

    def close(self, row: Row) -> None:
        """撤销单位."""
        fields = {"last_day": Field("最后一天", DATE, required=True)}
        self._ask(
            "撤销单位", f"“{row.values[0]}”存续到哪一天？还有人派驻的，要先调整派驻单位。", fields,
            lambda said: self.desk.act(acts.close_unit, row.keys["unit"][0], said["last_day"]),
        )  # fmt: skip

    def discard(self, row: Row) -> None:
        """移入回收站."""
        instead = "已经撤销或合并的单位，请用“撤销单位”“合并”登记，不要移走。"
        ask_to_discard(self.desk, Row({"unit": row.keys["unit"]}, row.values), f"“{row.values[0]}”", instead, self.parent)
