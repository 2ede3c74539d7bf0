"""Changes as SQL: applied to the tables, or turned back from the diary, each guarded by the values it takes the place of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from db import diary
from db.change import Change, Conflict
from db.labels import label
from db.model import TABLES, stored

T = TypeVar("T")
S = TypeVar("S")

LINKED: Final = "还有别的记录与它相连（例如人员名下的派驻、工资），不能这样改。请先处理相连的记录。"


def apply(connection: Connection, changes: Sequence[Change], tick: Callable[[int, int], None] | None = None) -> None:
    """Make changes, neighbours of one shape together; Conflict where a row is no longer as its `before` says."""

    def shape(change: Change) -> tuple[str, str, tuple[str, ...]]:
        op = "insert" if change.before is None else "delete" if change.after is None else "update"
        return change.table, op, tuple(change.after if change.after is not None else change.before or ())

    done = 0
    for (name, op, columns), batch in _groups(changes, shape):
        if tick:
            tick(done, len(changes))
        done += len(batch)
        keys = [column.name for column in TABLES[name].primary_key.columns]
        if op == "insert":
            _insert(connection, name, columns, [_row((change.after or {}).values()) for change in batch])
        elif op == "update":
            values = [
                (*map(_raw, (change.after or {}).values()), *change.key, *(_raw((change.before or {})[column]) for column in columns))
                for change in batch
            ]
            sets = ", ".join(f'"{column}" = ?' for column in columns)
            _exactly(connection, f"UPDATE {name} SET {sets} WHERE {_are(keys, '=')} AND {_are(columns, 'IS')}", values, name)
        else:
            values = [(*change.key, *(_raw((change.before or {})[column]) for column in columns)) for change in batch]
            _exactly(connection, f"DELETE FROM {name} WHERE {_are(keys, '=')}{' AND ' if columns else ''}{_are(columns, 'IS')}", values, name)


def reverse(connection: Connection, lines: Sequence[diary.Line]) -> None:
    """Undo diary lines, last first: values are as stored, and each row must still be as the act left it."""
    for (name, op), batch in _groups(reversed(lines), lambda line: (line.table, line.op)):
        keys = [column.name for column in TABLES[name].primary_key.columns]
        columns = [column.name for column in stored(TABLES[name])]
        before = [tuple((line.before or {}).get(column) for column in columns) for line in batch]
        after = [tuple((line.after or {}).get(column) for column in columns) for line in batch]
        if op == "insert":
            _exactly(connection, f"DELETE FROM {name} WHERE {_are(columns, 'IS')}", after, name)
        elif op == "delete":
            _insert(connection, name, tuple(columns), before)
        else:
            sets = ", ".join(f'"{column}" = ?' for column in columns)
            values = [(*old, *line.key, *new) for line, old, new in zip(batch, before, after, strict=True)]
            _exactly(connection, f"UPDATE {name} SET {sets} WHERE {_are(keys, '=')} AND {_are(columns, 'IS')}", values, name)


def refusal(message: str) -> str:
    """SQLite's constraint message as a sentence a clerk can act on."""
    if "constraint failed" not in message:  # a trigger's own words
        return message
    kind, _, what = message.partition(" constraint failed: ")
    if kind in ("UNIQUE", "NOT NULL"):
        table = what.split(".")[0]
        names = [TABLES[part.split(".")[0]].columns[part.split(".")[1]] for part in what.split(", ")]
        words = "、".join(column.info["field"].label for column in names if "field" in column.info) or "编号"
        if kind == "UNIQUE":
            return f"“{label(table)}”里已有相同的{words}。请先查找已有的记录，改它而不是再建一条。"
        return f"“{label(table)}”的{words}必须填写。"
    if kind == "CHECK":
        return "日期或比例超出范围：结束日期不能早于开始日期，占比应在 0 到 100% 之间，月份应在 1 到 12 之间。请改正后再试。"
    return LINKED


def _raw(value: Any) -> Any:
    """A value as SQLite keeps it (dates as ISO text, yes/no as 1/0): the form the diary has too."""
    if isinstance(value, datetime):
        raise TypeError("a moment is not a date")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


_PLAIN: Final = (int, str, type(None))


def _row(values: Iterable[Any]) -> tuple[Any, ...]:
    """A whole row's values as SQLite keeps them; most are already (a year's pay is millions of them)."""
    return tuple([value if type(value) in _PLAIN else _raw(value) for value in values])


def _insert(connection: Connection, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)


def _exactly(connection: Connection, sql: str, rows: list[tuple[Any, ...]], name: str) -> None:
    if connection.exec_driver_sql(sql, rows).rowcount != len(rows):
        raise Conflict(f"要改动的 {len(rows)} 条“{label(name)}”记录中有的已被后来的操作改过，没有作任何改动。请刷新后核对，再重做。")


def _groups(changes: Iterable[T], shape: Callable[[T], S]) -> Iterator[tuple[S, list[T]]]:
    """Neighbours of one shape together, at most a few thousand at a time."""
    for shaped, run in groupby(changes, shape):
        while batch := list(islice(run, 2000)):
            yield shaped, batch


def _are(columns: Iterable[str], operator: str) -> str:
    return " AND ".join(f'"{column}" {operator} ?' for column in columns)
