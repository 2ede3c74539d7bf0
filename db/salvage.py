"""Salvage: what can still be read of a damaged book goes into a new one; the original is not touched.

Two sources, each reading past damaged pages: the tables, row by row as far as SQLite opens them, and the diary, which holds every row
a second time and is read page by page (`db.pages`) though the schema itself be lost.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import LargeBinary, Table

from db import diary, migrate, pages
from db.backup import FOLDER as BACKUPS
from db.backup import backups
from db.book import Book, open_book
from db.change import Change, Damaged, Refused
from db.connection import keyed
from db.container import face_in
from db.crypt import Keys
from db.face import BOOK, FACE_SUFFIX, JOURNALS, Face, chain_key, find_face, keys_of, parse_face, read_face, write_face
from db.labels import label
from db.model import TABLES, TRACKED, stored
from db.opening import fresh
from policy.clock import Clock
from resources import files

_TRIES, _IN_VAIN = 500, 40
"""Reads of one table that may fail, and that may fail before a first row was read; what is left is given up to the diary's copy."""
_LAST: Final = ("pay_confirmation", "account")
"""Tables whose rows forbid others to be written: they come last."""

Rows = dict[str, dict[str, Any]]
"""Key as the diary spells it → the row's stored columns."""


@dataclass
class Salvaged:
    """Per table: how many rows were saved, and how many are known to be lost (seen in one source, but not to be put back)."""

    saved: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    from_diary: int = 0
    missing_lines: int = 0

    def sentences(self) -> list[str]:
        """What was saved, in the clerk's words."""
        told = [
            f"{label(table)}：取出 {self.saved.get(table, 0)} 条" + (f"，另有 {self.lost[table]} 条残缺，没有放入" if self.lost.get(table) else "")
            for table in TABLES
            if self.saved.get(table) or self.lost.get(table)
        ]
        if self.from_diary:
            told.append(f"其中 {self.from_diary} 条是从操作日志里还原的。")
        if self.missing_lines:
            told.append(f"操作日志有 {self.missing_lines} 行读不出，最后的改动可能不全。请与最近的备份、纸质资料核对。")
        return told or ["没有能读出的记录。请从最近的备份恢复。"]


def salvage(folder: Path, into: Path, clock: Clock, who: str, password: str | None = None) -> Salvaged:
    """Make a new book in `into` (new or empty) from what can be read of the one in `folder`, under the same password. Damaged with a
    sentence where nothing can be read; then no new book is left."""
    if into.exists() and any(into.iterdir()):
        raise Refused(f"“{into}”已经存在，没有改动它。请换一个位置或名称。")
    face = _face(folder)
    keys = keys_of(face, password)
    into.mkdir(parents=True, exist_ok=True)
    for name in ("attachments", BACKUPS):
        (into / name).mkdir()
    try:
        tables, lost, told = _read(folder, into, keys)
        told = _believable(told, chain_key(face, keys))
        done = Salvaged(missing_lines=max(told, default=0) - len(told))
        whole = _merged(tables, lost, told, done)
        if not any(whole.values()):
            raise Damaged("没有能读出的记录。请从最近的备份恢复；原件没有改动。")
        new = replace(face, schema=migrate.newest(), chain_key=face.chain_key or b"" if keys else secrets.token_bytes(32))
        key = keys.chain if keys else new.chain_key
        fresh(into / BOOK, key, keys)
        write_face(into / f"{face.name}{FACE_SUFFIX}", new)
        with open_book(into, clock, who, password=password) as book:
            _put(book, whole, done)
        if (folder / "attachments").is_dir():
            shutil.copytree(folder / "attachments", into / "attachments", dirs_exist_ok=True)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise
    return done


def _face(folder: Path) -> Face:
    """The book's face, or where it is damaged or gone the one in its newest backup."""
    with suppress(Refused):
        return read_face(find_face(folder))
    for kept in reversed(backups(folder / BACKUPS)):
        with suppress(Refused):
            return parse_face(face_in(kept.path), kept.path.name)
    raise Damaged(f"“{folder.name}”的 {FACE_SUFFIX} 文件缺失或已损坏，也没有备份可以取回它。请用别处（如 U 盘）的备份恢复。")


def _read(folder: Path, into: Path, keys: Keys | None) -> tuple[dict[str, Rows], dict[str, list[range]], dict[int, tuple[Any, ...]]]:
    """Tables, their unreadable stretches of row numbers, and the diary's lines; read from a copy, so that a journal may be played back."""
    with files.beside(into / BOOK) as copy:
        told = dict(pages.diary_lines(folder / BOOK, keys))
        shutil.copyfile(folder / BOOK, copy)
        journal = folder / JOURNALS[0]
        beside = copy.with_name(f"{copy.name}-journal")
        if journal.exists():
            shutil.copyfile(journal, beside)
        try:
            tables: dict[str, Rows] = {}
            lost: dict[str, list[range]] = {}
            for table in TRACKED:
                tables[table.name], lost[table.name] = _rows(copy, keys, table, max(told, default=0))
        finally:
            beside.unlink(missing_ok=True)
    return tables, lost, told


def _rows(path: Path, keys: Keys | None, table: Table, most: int) -> tuple[Rows, list[range]]:
    """The rows of a table, halving each stretch that cannot be read until it can or one number is left."""
    columns = [column.name for column in stored(table)]
    names = ", ".join(f'"{name}"' for name in columns)
    found: Rows = {}
    lost: list[range] = []
    everything = (-(1 << 62), 1 << 62)
    waiting = deque([everything])
    failures = 0
    raw = keyed(path, keys)
    try:
        raw.execute("SELECT sql FROM sqlite_master").fetchall()
    except driver.DatabaseError:
        raw.close()
        return {}, [range(0, 1 << 62)]
    try:
        while waiting:
            low, high = waiting.popleft()
            try:
                rows = raw.execute(f"SELECT {names} FROM {table.name} WHERE rowid BETWEEN ? AND ?", (low, high)).fetchall()
            except (driver.DatabaseError, UnicodeError) as error:
                failures += 1
                if keys:  # an error leaves SQLCipher's connection unusable
                    raw.close()
                    raw = keyed(path, keys)
                if "no such" in str(error) or (failures > _IN_VAIN and not found):
                    return found, [range(0, 1 << 62)]
                if (low, high) == everything:
                    waiting.append((0, max(most, 1)))  # a table has no more rows than the diary has lines
                elif low == high or failures > _TRIES:
                    lost.append(range(low, high + 1))
                else:
                    middle = (low + high) // 2
                    waiting += [(low, middle), (middle + 1, high)]
                continue
            for values in rows:
                row = dict(zip(columns, values, strict=True))
                found[_spelled(table, row)] = row
    finally:
        raw.close()
    return found, lost


def _believable(told: dict[int, tuple[Any, ...]], key: bytes) -> dict[int, tuple[Any, ...]]:
    """The lines whose digest follows from the line before, where that one is there; emptied ones are what they are."""
    emptied = {int(line[9].strip("[]")) for line in told.values() if line[1] == "erase" and line[9]}
    return {
        seq: line
        for seq, line in told.items()
        if seq in emptied or seq - 1 not in told or diary.digest(key, told[seq - 1][-1], line[:-1]) == line[-1]
    }


def _merged(tables: Mapping[str, Rows], lost: Mapping[str, list[range]], told: Mapping[int, tuple[Any, ...]], done: Salvaged) -> dict[str, Rows]:
    """Each row as its table has it; what a table could not give, as the diary last said of it."""
    last: dict[tuple[str, str], str | None] = {}
    for seq in sorted(told):
        _, op, *_, table, key, _, after, _ = told[seq]
        if op not in ("act", "erase") and table in TABLES:
            last[table, key] = after
    whole = {name: dict(rows) for name, rows in tables.items()}
    for (name, key), after in last.items():
        if after is None or key in whole[name] or not _unread(lost[name], json.loads(key)):
            continue
        columns = stored(TABLES[name])
        values = json.loads(after)
        if any(isinstance(column.type, LargeBinary) for column in columns):  # of sealed files the diary has only the digest
            done.lost[name] = done.lost.get(name, 0) + 1
            continue
        whole[name][key] = {column.name: values.get(column.name) for column in columns}
        done.from_diary += 1
    return whole


def _unread(lost: list[range], key: list[Any]) -> bool:
    """Whether a row may lie where its table could not be read (its number is known only where the key is one)."""
    return bool(lost) and (len(key) > 1 or any(key[0] in stretch for stretch in lost))


def _put(book: Book, whole: Mapping[str, Rows], done: Salvaged) -> None:
    """Write the rows, parents first, leaving out those whose parents are lost and those the book's rules refuse."""
    order = [name for name in TABLES if name in whole and name not in _LAST] + [name for name in _LAST if name in whole]
    there: dict[str, set[Any]] = {}
    for name in order:
        table = TABLES[name]
        changes = []
        there[name] = {row["id"] for row in whole[name].values()} if "id" in table.columns else set()
        for row in whole[name].values():
            kept = _rooted(table, row, there)
            if kept is None:
                done.lost[name] = done.lost.get(name, 0) + 1
                there[name].discard(row.get("id"))
            else:
                changes.append(Change(name, tuple(row[column.name] for column in table.primary_key.columns), None, kept))
        done.saved[name] = _written(book, name, changes)
        if refused := len(changes) - done.saved[name]:
            done.lost[name] = done.lost.get(name, 0) + refused


def _rooted(table: Table, row: dict[str, Any], there: Mapping[str, set[Any]]) -> dict[str, Any] | None:
    """A row whose references all lead somewhere; one that may be empty is emptied where what it names is lost, else None."""
    kept = dict(row)
    for foreign in table.foreign_keys:
        name, value = foreign.parent.name, row[foreign.parent.name]
        if value is not None and value not in there.get(foreign.column.table.name, set()):
            if not foreign.parent.nullable:
                return None
            kept[name] = None
    return kept


def _written(book: Book, name: str, changes: list[Change]) -> int:
    if not changes:
        return 0
    try:
        book.act(f"抢救 {label(name)} {len(changes)} 条", changes, barrier=True)
    except ValueError:
        if len(changes) == 1:
            return 0
        middle = len(changes) // 2
        return _written(book, name, changes[:middle]) + _written(book, name, changes[middle:])
    return len(changes)


def _spelled(table: Table, row: Mapping[str, Any]) -> str:
    return json.dumps([row[column.name] for column in table.primary_key.columns], separators=(",", ":"))
