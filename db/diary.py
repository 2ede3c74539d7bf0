"""The diary (日志): what every act did to every row, written by the database itself and chained by HMAC.

Triggers made from the tables' metadata write one line a changed row; a function registered by the book refuses any write
outside an open act, so that no other program can change a tracked table unseen. An act starts with a line of its own (op
"act": who, when, name, reason). Each line's digest covers the line and the digest before it. Undo, redo, taking back an
import, a record's history and the audit are readings of this one table.

The chain makes tampering evident, not impossible: who holds the key and this program could rebuild it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Table, text

from db import approved, confirmed
from db.model import TRACKED, stored

START = b"\0" * 32

_spelled = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class Chain:
    """The open end of the diary: HMAC key, digest of the last line, and the act that is being written (None: no writing)."""

    key: bytes
    head: bytes = START
    act: int | None = None
    erasing: bool = False
    """Whether lines may be emptied now (`db.erasing`, inside its act)."""

    def line(self, tbl: str, op: str, key: str | None, before: str | None, after: str | None) -> bytes:
        """Called by the triggers for each row: refuses a write outside an act, else the digest of this line."""
        if self.act is None:
            raise PermissionError("no act is open")
        self.head = digest(self.key, self.head, (self.act, op, None, None, None, None, None, None, tbl, key, before, after))
        return self.head

    def number(self) -> int:
        """The open act's number, for the triggers."""
        if self.act is None:
            raise PermissionError("no act is open")
        return self.act


def digest(key: bytes, head: bytes, parts: Iterable[Any]) -> bytes:
    """Digest of one line after `head`: all its columns in order but seq and digest, spelled so that no two lines are alike."""
    return hmac.digest(key, head + _spelled(tuple(parts)).encode(), "sha256")


def pairs(table: Table, alias: str) -> str:
    """A row's columns as the diary keeps them, for SQL's json_object; of a sealed file only its digest."""
    told = ((column.name, f'{alias}."{column.name}"', isinstance(column.type, LargeBinary)) for column in stored(table))
    return ", ".join(f"'{name}', diary_digest({value})" if whole else f"'{name}', {value}" for name, value, whole in told)


def triggers(table: Table) -> Iterator[str]:
    """The three diary triggers of a table, as SQL."""

    def row(alias: str) -> str:
        return f"json_object({pairs(table, alias)})"

    def key(alias: str) -> str:
        return "json_array(" + ", ".join(f'{alias}."{column.name}"' for column in table.primary_key.columns) + ")"

    for op, alias, before, after in (
        ("insert", "NEW", "NULL", row("NEW")),
        ("update", "NEW", row("OLD"), row("NEW")),
        ("delete", "OLD", row("OLD"), "NULL"),
    ):
        yield (
            f"CREATE TRIGGER diary_{table.name}_{op} AFTER {op.upper()} ON {table.name} BEGIN\n"
            f"INSERT INTO diary (act, op, tbl, key, before, after, digest)\n"
            f"SELECT diary_act(), '{op}', '{table.name}', k, b, a, diary_line('{table.name}', '{op}', k, b, a)\n"
            f"FROM (SELECT {key(alias)} AS k, {before} AS b, {after} AS a LIMIT 1);\nEND"
        )


GUARDS = (
    "CREATE TRIGGER diary_keep_update BEFORE UPDATE ON diary BEGIN SELECT diary_erase(); END",
    "CREATE TRIGGER diary_keep_delete BEFORE DELETE ON diary BEGIN SELECT RAISE(ABORT, 'the diary is kept'); END",
)


def all_triggers() -> list[str]:
    """Every trigger of a sound book, as SQL, in order; rebuilt at the end of each migration and compared by the audit."""
    return [sql for table in TRACKED for sql in triggers(table)] + [*GUARDS, *confirmed.triggers(), *approved.triggers()]


def register(connection: Any, chain: Chain) -> None:
    """Give a driver connection the functions the triggers call."""
    connection.create_function("diary_line", 5, chain.line)
    connection.create_function("diary_act", 0, chain.number)
    connection.create_function("diary_digest", 1, lambda content: sha256(content).hexdigest() if content is not None else None)

    def erase() -> None:
        if not chain.erasing:
            raise PermissionError("the diary is kept")

    connection.create_function("diary_erase", 0, erase)


@dataclass(frozen=True)
class Act:
    """One act as the diary tells it."""

    number: int
    at: str
    who: str
    name: str
    reason: str
    barrier: bool
    takes_back: int | None
    lines: int

    @property
    def plain(self) -> str:
        """What was done, without the words for undoing and redoing it."""
        return self.name.removeprefix("撤销 ").removeprefix("恢复 ")


def open_act(connection: Connection, chain: Chain, at: str, who: str, name: str, reason: str, barrier: bool, takes_back: int | None) -> int:
    """Write an act's own line and open it for writing; returns its number."""
    number = int(connection.execute(text("SELECT coalesce(max(act), 0) + 1 FROM diary")).scalar_one())
    chain.act = number
    chain.head = digest(chain.key, chain.head, (number, "act", at, who, name, reason, int(barrier), takes_back, None, None, None, None))
    connection.execute(
        text(
            "INSERT INTO diary (act, op, at, who, name, reason, barrier, takes_back, digest)"
            " VALUES (:act, 'act', :at, :who, :name, :reason, :barrier, :takes_back, :digest)"
        ),
        {
            "act": number,
            "at": at,
            "who": who,
            "name": name,
            "reason": reason,
            "barrier": int(barrier),
            "takes_back": takes_back,
            "digest": chain.head,
        },
    )
    return number


def head(connection: Connection) -> bytes:
    """Digest of the last line (START for an empty diary)."""
    found = connection.execute(text("SELECT digest FROM diary ORDER BY seq DESC LIMIT 1")).scalar()
    return bytes(found) if found is not None else START


ALL: Final = -1


def acts(connection: Connection, *, newest: int = 200, beginning: str = "") -> list[Act]:
    """The newest acts (whose name has this beginning), oldest first, each with its number of changed rows."""
    rows = connection.execute(
        text(
            "SELECT h.act, h.at, h.who, h.name, h.reason, h.barrier, h.takes_back, (SELECT count(*) FROM diary d WHERE d.act = h.act) - 1"
            " FROM diary h WHERE h.op = 'act' AND substr(h.name, 1, :length) = :beginning ORDER BY h.seq DESC LIMIT :n"
        ),
        {"n": newest, "length": len(beginning), "beginning": beginning},
    )
    return [
        Act(n, at, who, name, reason or "", bool(barrier), takes_back, lines)
        for n, at, who, name, reason, barrier, takes_back, lines in reversed(rows.all())
    ]


def taken_back(told: Iterable[tuple[int, int | None]]) -> frozenset[int]:
    """The acts that stand taken back, of (act, the act it takes back) pairs: by one that is not itself taken back."""
    undone: set[int] = set()
    for number, takes_back in sorted(told, key=lambda one: -one[0]):
        if takes_back is not None and number not in undone:
            undone.add(takes_back)
    return frozenset(undone)


@dataclass(frozen=True)
class Stacks:
    """What Ctrl+Z and Ctrl+Y would do now, newest last. An undo takes back the last of `undo`; a redo takes back the last of `redo`."""

    undo: tuple[Act, ...]
    redo: tuple[Act, ...]


def stacks(history: Iterable[Act]) -> Stacks:
    """Replay acts: an ordinary act goes on the undo stack and empties redo; taking one back moves it over; taking back a
    taking-back moves it back; taking back an older act (an import batch) is itself an act to undo. An act without rows (a
    look at whole numbers) is written down, not undone."""
    undo: list[Act] = []
    redo: list[Act] = []
    for act in history:
        if not act.lines and not act.barrier:
            continue
        if redo and act.takes_back == redo[-1].number:
            redo.pop()
            undo.append(act)
        elif undo and act.takes_back == undo[-1].number:
            undo.pop()
            redo.append(act)
        else:
            undo.append(act)
            redo.clear()
    return Stacks(tuple(undo), tuple(redo))


@dataclass(frozen=True)
class Line:
    """One changed row of the diary, whole values."""

    seq: int
    act: int
    op: str
    table: str
    key: tuple[Any, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def lines(connection: Connection, act: int) -> list[Line]:
    """The rows an act changed, in order."""
    return _lines(connection, "act = :act AND op IN ('insert', 'update', 'delete')", {"act": act})


def history(connection: Connection, table: str, key: tuple[Any, ...]) -> list[Line]:
    """A record's life: every line about it, oldest first."""
    return _lines(connection, "tbl = :tbl AND key = :key AND op <> 'kept'", {"tbl": table, "key": json.dumps(list(key), separators=(",", ":"))})


def _lines(connection: Connection, where: str, values: dict[str, Any]) -> list[Line]:
    rows = connection.execute(text(f"SELECT seq, act, op, tbl, key, before, after FROM diary WHERE {where} ORDER BY seq"), values)
    return [
        Line(seq, act, op, tbl, tuple(json.loads(key)), json.loads(before) if before else None, json.loads(after) if after else None)
        for seq, act, op, tbl, key, before, after in rows
    ]


@dataclass(frozen=True)
class Anchor:
    """How long the diary was and its last digest (hex) at some moment: printed on returns, kept in backups and packages."""

    lines: int
    head: str


def anchor(connection: Connection) -> Anchor:
    """The diary's anchor now."""
    return Anchor(int(connection.execute(text("SELECT count(*) FROM diary")).scalar_one()), head(connection).hex())


def holds(connection: Connection, kept: Anchor) -> bool:
    """Whether the diary still holds what an anchor says: the line of that number has that digest (at least 8 digits of it)."""
    found = connection.execute(text("SELECT digest FROM diary ORDER BY seq LIMIT 1 OFFSET :n"), {"n": kept.lines - 1}).scalar() if kept.lines else START
    return found is not None and len(kept.head) >= 8 and bytes(found).hex().startswith(kept.head.lower())


def verify(connection: Connection, key: bytes) -> int | None:
    """Walk the chain from the first line; returns the seq of the first line that does not fit, None when all do. Lines emptied by law
    are accepted where a later line, itself in the chain, says so and what was left of them is untouched."""
    at = START
    told = connection.execute(text("SELECT CAST(trim(key, '[]') AS INTEGER), after FROM diary WHERE op = 'erase' ORDER BY seq"))
    emptied: dict[int, str] = {line: left for line, left in told}  # noqa: C416 - rows are not pairs to the type checker
    rows = connection.execute(
        text("SELECT seq, act, op, at, who, name, reason, barrier, takes_back, tbl, key, before, after, digest FROM diary ORDER BY seq")
    )
    for seq, *parts, found in rows:
        fits = emptied[seq] == json.dumps(remains(key, bytes(found), parts)) if seq in emptied else digest(key, at, parts) == found
        if not fits:
            return int(seq)
        at = bytes(found)
    return None


def remains(key: bytes, found: bytes, parts: Iterable[Any]) -> str:
    """Digest of an emptied line as it stands, with the digest it had."""
    return digest(key, found, parts).hex()


def altered_triggers(connection: Connection) -> set[str]:
    """Triggers that a sound book has and this one has not, or has otherwise, or has beside them."""
    return set(all_triggers()) ^ set(connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars())


def unreconciled(connection: Connection) -> list[tuple[str, str]]:
    """Rows, as (table, key as the diary spells it), that are not what the diary last said of them: a trigger was dropped and a
    table edited, or the diary's tail cut."""
    wrong: list[tuple[str, str]] = []
    for table in TRACKED:
        told = connection.execute(text("SELECT key, after FROM diary WHERE tbl = :tbl ORDER BY seq"), {"tbl": table.name})
        said: dict[str, str | None] = {str(key): after for key, after in told}
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        for key, is_now in connection.execute(text(f"SELECT json_array({keys}), json_object({pairs(table, table.name)}) FROM {table.name}")):
            if said.pop(key, None) != is_now:
                wrong.append((table.name, key))
        wrong += [(table.name, key) for key, after in said.items() if after is not None]
    return wrong
