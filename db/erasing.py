"""Erasing by law: what the diary keeps of a person is emptied, its digests stay, and the emptying itself stands in the chain.

An emptied line cannot be computed again, so the erasing act writes a line for each (op "erase") with a digest of what is left of it;
and a line for each row concerned (op "kept") that says what the row is now, against which it is reconciled from then on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, String, bindparam, func, or_, select, text

from db import diary
from db.change import Change
from db.model import TABLES, TRACKED, stored
from policy.names import ERASED

_WHO: Final = ("person", "account")
"""Tables whose rows are somebody: a namesake's row stays."""
_DIGESTS: Final = ("seal",)
"""Tables whose lines of the diary hold figures, dates and digests only: they stay, and go on proving what was sealed."""
_COLUMNS: Final = "act, op, at, who, name, reason, barrier, takes_back, tbl, key, before, after"


@dataclass(frozen=True)
class Traces:
    """What says who somebody is: the names borne, and numbers that nobody else has. `kept`: longer names of others in which one of the
    names stands (欧阳孝廉之子, 高明区); `shared`: somebody else of the same name is in the book, so that a text which only has the
    name may mean either of them and stays, unless it is about the person's own records."""

    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    shared: bool = False

    @property
    def anywhere(self) -> Traces:
        """What is erased in texts that are not about the person's own records."""
        return Traces((), self.numbers, self.kept) if self.shared else self

    @property
    def words(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.names, *self.numbers)

    def without(self, said: str) -> str:
        """A text in which nothing says who it was."""
        found = sorted((*self.words, *(longer for longer in self.kept if longer in said)), key=len, reverse=True)
        return re.sub("|".join(map(re.escape, found)), lambda at: at[0] if at[0] in self.kept else ERASED, said) if found else said


def named(connection: Connection, traces: Traces) -> Iterator[Change]:
    """Rows of any table a text of which says who it was → the row without that."""
    for table in TRACKED:
        texts = [column for column in stored(table) if isinstance(column.type, String) and not (table.name in _WHO and column.name == "name")]
        hits = [func.instr(column, word) > 0 for column in texts for word in traces.words]
        if not hits:
            continue
        for found in connection.execute(select(*stored(table)).where(or_(*hits))).mappings():
            before = {column.name: said for column in texts if isinstance(said := found[column.name], str) and traces.without(said) != said}
            if before:
                key = tuple(found[column.name] for column in table.primary_key.columns)
                yield Change(table.name, key, before, {name: traces.without(said) for name, said in before.items()})


def empty(connection: Connection, chain: diary.Chain, traces: Traces) -> None:
    """In the open act: of the rows it changed, and of those a line of which says who it was, every line loses its values; an act's own
    line that does loses its name and reason."""
    act = chain.number()
    query = text("SELECT DISTINCT tbl, key FROM diary WHERE act = :act AND op <> 'act'")
    rows = {(tbl, key) for tbl, key in connection.execute(query, {"act": act}) if tbl not in _DIGESTS}
    own = _acts_of(connection, rows) if traces.shared else set()
    there, lines, acts = traces.anywhere, set[int](), set[int]()
    for word in there.words:
        for column in ("before", "after"):
            query = text(f"SELECT tbl, key, {column} FROM diary WHERE instr({column}, :word) AND op NOT IN ('act', 'erase')")
            for tbl, key, said in connection.execute(query, {"word": word}):
                if (tbl not in _WHO or word in there.numbers) and there.without(said) != said:
                    rows.add((tbl, key))
    for tbl, key in rows:
        query = text("SELECT seq FROM diary WHERE tbl = :tbl AND key = :key AND coalesce(before, after) IS NOT NULL AND op <> 'erase'")
        lines |= set(connection.execute(query, {"tbl": tbl, "key": key}).scalars())
    for word in traces.words:
        query = text("SELECT seq, act, name, reason FROM diary WHERE op = 'act' AND act <> :act AND (instr(name, :word) OR instr(reason, :word))")
        for seq, number, name, reason in connection.execute(query, {"act": act, "word": word}):
            said = f"{name}\n{reason}"
            acts |= {seq} if (traces if number in own else there).without(said) != said else set()
    for tbl, key in sorted(rows):
        _keep(connection, tbl, key)
    chain.erasing = True
    try:
        _empty(connection, "before = NULL, after = NULL", lines)
        _empty(connection, f"name = '{ERASED}', reason = ''", acts)
    finally:
        chain.erasing = False
    _say(connection, chain, act, lines | acts)


def _acts_of(connection: Connection, rows: Iterable[tuple[str, str]]) -> set[int]:
    """The acts that changed rows."""
    query = text("SELECT act FROM diary WHERE tbl = :tbl AND key = :key")
    return {act for tbl, key in rows for act in connection.execute(query, {"tbl": tbl, "key": key}).scalars()}


def _keep(connection: Connection, tbl: str, key: str) -> None:
    """What a row is now, as a line of the chain (nothing for a row that is gone)."""
    table = TABLES[tbl]
    names = [column.name for column in table.primary_key.columns]
    where = " AND ".join(f'"{name}" = :{name}' for name in names)
    row = f"SELECT '{tbl}' AS t, :key AS k, json_object({diary.pairs(table, tbl)}) AS a FROM {tbl} WHERE {where} LIMIT 1"
    connection.execute(
        text(
            "INSERT INTO diary (act, op, tbl, key, after, digest)"
            f" SELECT diary_act(), 'kept', t, k, a, diary_line(t, 'kept', k, NULL, a) FROM ({row})"
        ),
        {"key": key, **dict(zip(names, json.loads(key), strict=True))},
    )


def _empty(connection: Connection, sets: str, lines: Iterable[int]) -> None:
    query = text(f"UPDATE diary SET {sets} WHERE seq IN :lines").bindparams(bindparam("lines", expanding=True))
    connection.execute(query, {"lines": sorted(lines)})


def _say(connection: Connection, chain: diary.Chain, act: int, lines: Iterable[int]) -> None:
    """One line of the chain for each emptied one. A line emptied before (its name went now, its values earlier) is said again; the last counts."""
    for seq in sorted(lines):
        *parts, found = connection.execute(text(f"SELECT {_COLUMNS}, digest FROM diary WHERE seq = :seq"), {"seq": seq}).one()
        left: Any = json.dumps(diary.remains(chain.key, bytes(found), parts))
        digest = chain.line("diary", "erase", f"[{seq}]", None, left)
        connection.execute(
            text("INSERT INTO diary (act, op, tbl, key, after, digest) VALUES (:act, 'erase', 'diary', :key, :after, :digest)"),
            {"act": act, "key": f"[{seq}]", "after": left, "digest": digest},
        )
