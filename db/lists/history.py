"""变更日志 of a record with all that hangs on it, and what lies in the recycle bin: both read from the diary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Connection, Date, bindparam, select, text

from db.diary import taken_back
from db.labels import label
from db.lists import Listing, Row
from db.lists.columns import computed
from db.lists.units import names
from db.model import TABLES, stored
from policy.identity import masked_in
from policy.kinds import Field
from policy.kinds.text import TEXT

LOG = (
    computed("at", "时间", TEXT, 11),
    computed("who", "操作人", TEXT, 6),
    computed("act", "操作", TEXT, 13),
    computed("record", "记录", TEXT, 9),
    computed("field", "项目", TEXT, 8),
    computed("before", "原来", TEXT, 14),
    computed("after", "改为", TEXT, 14),
    computed("reason", "原因", TEXT, 14),
)
REMOVED = (
    computed("at", "移除时间", TEXT, 11),
    computed("who", "操作人", TEXT, 6),
    computed("what", "移除的记录", TEXT, 20),
    computed("count", "条数", TEXT, 4),
    computed("with", "其中", TEXT, 28),
    computed("reason", "原因", TEXT, 16),
)
_REFERRED = {
    "unit": "单位", "parent": "所属单位", "successor": "并入单位", "buyer": "购买主体", "supplier": "承接主体", "predecessor": "续签自",
    "purchase_contract": "采购合同",
}  # fmt: skip
_OF_ENGAGEMENT = ("engagement_term", "assignment", "absence", "pay_standard", "labour_contract", "employer_change")
_OF_CONTRACT = ("contract_unit", "contract_scope", "contract_source", "contract_tick", "contract_amendment", "contract_payment")
_PAY = ("pay_month", "provider_pay")
_OF_PEOPLE = ("training_person", "grade_change", "reward")
"""Tables whose rows hang on a record of 管理: there the log says whose they are."""

Line = tuple[int, int, str, str, str | None, str | None]
"""seq, act, op, table, before, after (as the diary keeps them)."""
Known = Mapping[str, Mapping[int, str]]


def log_of_person(connection: Connection, person: int) -> Listing:
    """Everything ever done to a person's record and to what hangs on it, newest first; numbers masked."""
    engagements = [number for (number,) in connection.execute(_ENGAGEMENTS, {"person": person})]
    where = "tbl = 'person' AND key = :own OR tbl = 'engagement' AND key IN :keys"
    where += f" OR tbl IN {_OF_ENGAGEMENT} AND json_extract(coalesce(after, before), '$.engagement') IN :numbers"
    where += "".join(f" OR tbl IN {_PAY} AND key LIKE '[%,{int(number)},%]'" for number in engagements)
    return _log(connection, where, own=f"[{person}]", keys=[f"[{number}]" for number in engagements], numbers=engagements)


def log_of_unit(connection: Connection, unit: int) -> Listing:
    """Everything ever done to a unit, its names, caseload and approved heads, newest first."""
    where = (
        "tbl = 'unit' AND key = :own OR tbl IN ('unit_version', 'approved_headcount', 'caseload')"
        " AND json_extract(coalesce(after, before), '$.unit') IN :numbers"
    )
    return _log(connection, where, own=f"[{unit}]", numbers=[unit])


def log_of_contract(connection: Connection, contract: int) -> Listing:
    """Everything ever done to a purchase contract and to what hangs on it, newest first."""
    where = f"tbl = 'purchase_contract' AND key = :own OR tbl IN {_OF_CONTRACT} AND json_extract(coalesce(after, before), '$.contract') IN :numbers"
    return _log(connection, where, own=f"[{contract}]", numbers=[contract])


def log_of_supplier(connection: Connection, supplier: int) -> Listing:
    """Everything ever done to a supplier's record, newest first."""
    return _log(connection, "tbl = 'supplier' AND key = :own", own=f"[{supplier}]")


def log_of(connection: Connection, table: str, number: int, hanging: Iterable[tuple[str, str]] = ()) -> Listing:
    """Everything ever done to a record and to what hangs on it (table, column that names it), newest first."""
    where = "tbl = :table AND key = :own" + "".join(
        f" OR tbl = '{below}' AND json_extract(coalesce(after, before), '$.{column}') = :number" for below, column in hanging
    )
    return _log(connection, where, table=table, own=f"[{number}]", number=number)


_ENGAGEMENTS = text(
    "SELECT DISTINCT json_extract(key, '$[0]') FROM diary"
    " WHERE tbl = 'engagement' AND json_extract(coalesce(after, before), '$.person') = :person"
)


def log_of_act(connection: Connection, act: int) -> Listing:
    """What one act changed, row by row; numbers masked."""
    return _log(connection, "act = :own AND op <> 'act'", own=act)


def _log(connection: Connection, where: str, **values: Any) -> Listing:
    query = text(f"SELECT seq, act, op, tbl, before, after FROM diary WHERE {where} ORDER BY seq DESC")
    lists: list[Any] = [bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, list)]
    lines: list[Line] = [(*line,) for line in connection.execute(query.bindparams(*lists), values)]
    acts = _acts(connection, {line[1] for line in lines})
    known = _known(connection)
    rows = []
    for seq, act, op, table, before, after in lines:
        at, who, name, reason = acts[act]
        for number, (field, old, new) in enumerate(_changed(table, op, _values(before), _values(after), known)):
            rows.append(Row({"diary": (seq, number)}, (at, who, name, label(table), field, old, new, reason)))
    return Listing(LOG, tuple(rows))


def _known(connection: Connection) -> Known:
    """Table → number → name of the records others refer to."""
    found = {"unit": names(connection, date.max)}
    for table, name in (("supplier", "name"), ("purchase_contract", "no"), ("person", "name")):
        of = TABLES[table]
        found[table] = dict(connection.execute(select(of.c.id, of.c[name])).all())
    return found


def _acts(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str, str, str]]:
    query = text("SELECT act, at, who, name, reason FROM diary WHERE op = 'act' AND act IN :acts")
    found = connection.execute(query.bindparams(bindparam("acts", expanding=True)), {"acts": list(numbers)})
    return {act: (at.replace("T", " ")[:16], who, masked_in(name), masked_in(reason or "")) for act, at, who, name, reason in found}


def _values(kept: str | None) -> dict[str, Any]:
    return json.loads(kept) if kept else {}


def _changed(
    table: str, op: str, before: Mapping[str, Any], after: Mapping[str, Any], known: Known
) -> list[tuple[str, str, str]]:
    """(field, old, new) of each field a clerk knows; a whole new or removed row in one line."""
    if op == "kept":
        return [("（依法删除）", "", "此前的个人信息已清空")]
    told = [
        (column.name, words, _said(table, column.name, before, known), _said(table, column.name, after, known))
        for column in stored(TABLES[table])
        if (words := _label(table, column.name))
    ]
    if op == "update":
        return [(words, old, new) for name, words, old, new in told if before.get(name) != after.get(name)]
    whole = "；".join(f"{words} {old or new}" for _, words, old, new in told if old or new) or "（已依法删除）"
    return [("（新增）", "", whole)] if op == "insert" else [("（移除）", whole, "")]


def _label(table: str, name: str) -> str:
    field: Field | None = TABLES[table].columns[name].info.get("field")
    if field is None and name == "person" and table in _OF_PEOPLE:
        return "姓名"
    return _REFERRED.get(name, "") if field is None else field.label


def _said(table: str, name: str, values: Mapping[str, Any], known: Known) -> str:
    """A value of the diary as a clerk sees it, masked where its kind masks."""
    value = values.get(name)
    if value is None:
        return ""
    column = TABLES[table].columns[name]
    field: Field | None = column.info.get("field")
    if field is None:
        to = next(iter(column.foreign_keys)).column.table.name
        return known.get(to, {}).get(value, f"（已移除的{label(to)} {value}）")
    if isinstance(column.type, Date):
        value = date.fromisoformat(value)
    elif isinstance(column.type, Boolean):
        value = bool(value)
    elif (table, name) == ("attachment", "owner"):
        return label(value)
    return field.kind.mask(value) if field.kind.mask else field.kind.show(value)


def removed(connection: Connection) -> Listing:
    """The recycle bin: acts that only removed records and were not taken back, newest first, each with what went."""
    acts = connection.execute(text("SELECT act, at, who, reason, barrier, takes_back FROM diary WHERE op = 'act' ORDER BY seq DESC")).all()
    undone = taken_back((act, takes_back) for act, *_, takes_back in acts)
    only = text(
        "SELECT act FROM diary WHERE op <> 'act' GROUP BY act"
        " HAVING sum(op <> 'delete') = 0 AND sum(tbl IN ('pay_confirmation', 'import_batch')) = 0"
    )
    removing = set(connection.execute(only).scalars())
    known = _known(connection)
    rows = []
    for act, at, who, reason, barrier, takes_back in acts:
        if act in removing and takes_back is None and not barrier and act not in undone:
            gone = connection.execute(text("SELECT tbl, before FROM diary WHERE act = :act AND op = 'delete' AND before IS NOT NULL"), {"act": act}).all()
            if not gone:  # erased by law meanwhile
                continue
            records = [(table, json.loads(before)) for table, before in gone]
            row = (at.replace("T", " ")[:16], who, _what(records, known), str(len(records)), _counted(records), reason or "")
            rows.append(Row({"act": (act,)}, row))
    return Listing(REMOVED, tuple(rows))


def _what(records: Sequence[tuple[str, Mapping[str, Any]]], known: Known) -> str:
    """The record that was meant, in words: a person, a unit, else the first row."""
    for table, values in records:
        if table == "person":
            number = _said(table, "id_no", values, known)
            return f"人员 {values['name']}" + (f"（{number}）" if number else "")
        if table in ("supplier", "purchase_contract"):
            return f"{label(table)} {values['name']}"
    named = [values["name"] for table, values in records if table == "unit_version"]
    if named and any(table == "unit" for table, _ in records):
        return f"单位 {named[-1]}"
    table, values = records[0]
    told = [
        f"{words} {said}" for column in stored(TABLES[table]) if (words := _label(table, column.name))
        and (said := _said(table, column.name, values, known))
    ]  # fmt: skip
    return f"{label(table)}：{'；'.join(told[:4])}"


def _counted(records: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    counts: dict[str, int] = {}
    for table, _ in records:
        counts[table] = counts.get(table, 0) + 1
    return "、".join(f"{label(table)} {counts[table]} 条" for table in TABLES if table in counts)
