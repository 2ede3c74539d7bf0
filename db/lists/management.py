"""管理 registers: every table of the management year as a list, and what of it is still open.

One function lists any register: its fields are described in the model, and what it refers to (unit, person, contract, grade) is chosen by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Column as Stored
from sqlalchemy import Connection, Date, select

from db import management_facts
from db.labels import label
from db.lists import Column, Listing, Row
from db.lists.columns import computed, unit_kind, written
from db.lists.units import names as unit_names
from db.model import TABLES
from policy.evaluation import grade, total
from policy.kinds import Field, Kind, Unreadable
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.score import SCORE
from policy.kinds.text import TEXT
from policy.limits import Limits
from policy.names import fold

T = TABLES

WIDE: Final = ("文本",)
LATE: Final = "逾期"
OPEN: Final = "办理中"
CLOSED: Final = "已办结"


def named_people(connection: Connection) -> dict[int, str]:
    """Person → name, with the end of the number where two share a name."""
    person = T["person"]
    found = connection.execute(select(person.c.id, person.c.name, person.c.id_no).order_by(person.c.id)).all()
    same = Counter(row.name for row in found)
    return {row.id: row.name if same[row.name] == 1 else f"{row.name}（尾号 {(row.id_no or '')[-4:] or row.id}）" for row in found}


def _contracts(connection: Connection, as_of: date) -> dict[int, str]:
    contract = T["purchase_contract"]
    return {row.id: row.no for row in connection.execute(select(contract.c.id, contract.c.no).order_by(contract.c.start, contract.c.id))}


def _grades(connection: Connection, as_of: date) -> dict[int, str]:
    grade, scale = T["pay_grade"], T["pay_scale"]
    query = select(grade.c.id, grade.c.name, scale.c.since).join(scale, scale.c.id == grade.c.scale).order_by(scale.c.since.desc(), grade.c.level)
    found = connection.execute(query).all()
    same = Counter(row.name for row in found)
    return {row.id: row.name if same[row.name] == 1 else f"{row.name}（{row.since:%Y}年方案）" for row in found}


def named_kind(name: str, names: Mapping[int, str], where: str) -> Kind:
    """The kind of a reference to a record: typed or chosen by name, stored as its number. `where`: where such a record is registered."""
    numbers: dict[str, int] = {}
    for number, said in names.items():
        numbers.setdefault(fold(said), number)

    def parse(raw: object, today: date | None) -> int | None:
        if raw is None or not str(raw).strip():
            return None
        if isinstance(raw, int) and raw in names:
            return raw
        if (found := numbers.get(fold(str(raw)))) is None:
            raise Unreadable(f"{name}里没有“{raw}”。请从下拉列表里选，或先在“{where}”里登记。")
        return found

    return Kind(name, parse, lambda value: "" if value is None else names.get(value, f"（已不存在的记录 {value}）"), choices=tuple(names.values()))


_REFERENCES: Final[Mapping[str, tuple[str, Callable[[Connection, date], Kind]]]] = {
    "unit": ("单位", lambda connection, as_of: unit_kind(unit_names(connection, as_of))),
    "person": ("姓名", lambda connection, as_of: named_kind("姓名", named_people(connection), "人员")),
    "purchase_contract": ("合同编号", lambda connection, as_of: named_kind("合同编号", _contracts(connection, as_of), "服务采购合同")),
    "pay_grade": ("工资层级", lambda connection, as_of: named_kind("工资层级", _grades(connection, as_of), "工资层级方案")),
}
"""Table referred to → heading of the column and the kind to choose by."""


def columns_of(connection: Connection, table: str, as_of: date, *, without: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Every field of a register as an editable column; a reference to a record that owns the row (and those in `without`) is left out."""
    made = []
    for stored in T[table].columns:
        if stored.primary_key or stored.name in without:
            continue
        if not stored.foreign_keys:
            made.append(written(table, stored.name, _width(stored)))
        elif (target := next(iter(stored.foreign_keys)).column.table.name) in _REFERENCES:
            heading, kind = _REFERENCES[target]
            field = Field(heading, kind(connection, as_of), required=not stored.nullable)
            made.append(Column(f"{table}.{stored.name}", field, table, stored.name, 10))
    return tuple(made)


def _width(stored: Stored[Any]) -> int:
    field: Field = stored.info["field"]
    return 16 if field.kind.name in WIDE else max(8, min(len(field.label) + 1, 12))


def register(connection: Connection, table: str, as_of: date, **where: Any) -> Listing:
    """A register (or, with `where`, what hangs on one record of another), the newest first."""
    columns = columns_of(connection, table, as_of, without=tuple(where))
    of = T[table]
    dated = next((column for column in of.columns if isinstance(column.type, Date) and not column.nullable), None)
    query = select(of).order_by(*(() if dated is None else (dated.desc(),)), of.c.id)
    for name, value in where.items():
        query = query.where(of.c[name] == value)
    return Listing(
        columns,
        tuple(
            Row({table: (row["id"],)}, tuple(row[column.column] for column in columns)) for row in connection.execute(query).mappings()
        ),
    )


def _more(listing: Listing, columns: tuple[Column, ...], values: Callable[[Row], tuple[Any, ...]]) -> Listing:
    """A listing with computed columns after its own."""
    return Listing((*listing.columns, *columns), tuple(Row(row.keys, (*row.values, *values(row))) for row in listing.rows))


def recruits(connection: Connection, as_of: date) -> Listing:
    """招录批次 with the sums of their units on a date: 计划, 到岗, 未完成."""
    sums = {
        batch: (
            sum(line.planned for line in lines), sum(line.on_post or 0 for line in lines), sum(max(0, line.planned - (line.on_post or 0)) for line in lines)
        )
        for batch, lines in management_facts.recruit_lines(connection, as_of).items()
    }  # fmt: skip
    more = (computed("planned", "计划招录", COUNT, 7), computed("on_post", "到岗", COUNT, 6), computed("left", "未完成", COUNT, 6))
    return _more(register(connection, "recruit_batch", as_of), more, lambda row: sums.get(row.keys["recruit_batch"][0], (0, 0, 0)))


def trainings(connection: Connection, as_of: date) -> Listing:
    """培训 with who was called and who came (from the list of people, else the numbers typed)."""
    known = {one.id: one for one in management_facts.management(connection, date.max).trainings}
    more = (computed("expected", "应参训", COUNT, 6), computed("attended", "实参训", COUNT, 6))

    def counts(row: Row) -> tuple[int | None, int | None]:
        one = known[row.keys["training"][0]]
        return one.expected, one.attended

    return _more(register(connection, "training", as_of), more, counts)


def evaluations(connection: Connection, as_of: date, limits: Limits, **where: Any) -> Listing:
    """绩效评价 with the total of the three parties and the grade it gives."""
    known = {one.id: one for one in management_facts.management(connection, date.max).evaluations}
    more = (computed("total", "综合得分", SCORE, 7, "三方评分按权重平均"), computed("band", "等次（按得分）", TEXT, 9))

    def results(row: Row) -> tuple[int | None, str]:
        one = known[row.keys["evaluation"][0]]
        return total(one), grade(one, limits)

    return _more(register(connection, "evaluation", as_of, **where), more, results)


def state(due: date | None, done: date | None, as_of: date) -> str:
    """已办结, 逾期 n 天, n 天后到期, or 办理中 without a day."""
    if done is not None and done <= as_of:
        return CLOSED
    if due is None:
        return OPEN
    days = (due - as_of).days
    return f"{LATE} {-days} 天" if days < 0 else "今天到期" if days == 0 else f"{days} 天后到期"


def _with_state(listing: Listing, due: str, done: str, as_of: date) -> Listing:
    place = {column.column: at for at, column in enumerate(listing.columns)}
    column = computed("state", "状态", TEXT, 9)
    return _more(listing, (column,), lambda row: (state(row.values[place[due]], row.values[place[done]], as_of),))


def problems(connection: Connection, as_of: date, **where: Any) -> Listing:
    """整改事项 with their state."""
    return _with_state(register(connection, "problem", as_of, **where), "due", "mended", as_of)


def incoming(connection: Connection, as_of: date) -> Listing:
    """来文 with their state."""
    return _with_state(register(connection, "incoming_doc", as_of), "due", "done", as_of)


def open_matters(connection: Connection, as_of: date) -> Listing:
    """What the management year still owes on a date, the most urgent first: for the workbench, the hand-over list and a new year.

    Columns: 类别, 事项, 责任人, 时限, 状态; a row's key leads to the record.
    """
    year, contracts = management_facts.management(connection, as_of), _contracts(connection, as_of)
    found: list[tuple[str, int, str, str, date | None]] = []
    for doc in year.incoming:
        if doc.done is None:
            found.append(("incoming_doc", doc.id, f"{doc.doc_no} {doc.title}".strip(), doc.handler, doc.due))
    for problem in year.problems:
        if problem.mended is None:
            found.append(("problem", problem.id, problem.what, problem.responsible, problem.due))
    for paper in year.documents:
        name = f"{paper.doc_no} {paper.title or paper.kind}".strip()
        if paper.must_report and paper.reported is None:
            found.append(("plan_doc", paper.id, f"{name} 应报送", "", paper.due))
        if paper.must_publish and paper.published is None:
            found.append(("plan_doc", paper.id, f"{name} 应公开", "", None))
    for batch in year.recruits:
        left = sum(max(0, line.planned - (line.on_post or 0)) for line in batch.lines)
        if left:
            found.append(("recruit_batch", batch.id, f"{batch.name} 还差 {left} 人到岗", batch.recruiter, batch.due))
    for one in year.evaluations:
        about = f"{contracts.get(one.contract, '')} {one.year} 年度绩效评价".strip()
        if total(one) is not None and one.published is None:
            found.append(("evaluation", one.id, f"{about}结果应公布", "", None))
        if one.rectification and one.rectified is None:
            found.append(("evaluation", one.id, f"{about}整改：{one.rectification}", "", None))
    for watch in year.supervisions:
        if watch.finding and watch.mended is None:
            found.append(("supervision", watch.id, f"{contracts.get(watch.contract, '')} {watch.phase}监督：{watch.finding}", watch.by, None))
    columns = (
        computed("kind", "类别", TEXT, 8),
        computed("matter", "事项", TEXT, 30),
        computed("responsible", "责任人", TEXT, 8),
        computed("due", "时限", DATE, 8),
        computed("state", "状态", TEXT, 9),
    )
    urgent = sorted(found, key=lambda one: (one[4] is None, one[4] or date.max))
    return Listing(
        columns, tuple(Row({table: (number,)}, (label(table), what, who, due, state(due, None, as_of))) for table, number, what, who, due in urgent)
    )
