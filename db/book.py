"""The book: one county's folder, opened by one program at a time, changed only through `act`.

    <县名>.经办台账/  <县名>.jingban (its face)  book.db  attachments/  backups/

Every change is an act: one transaction in which the rows change and the database writes the diary. `take_back` undoes an act
from the diary. Reading and writing happen in the book's own thread.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from db import diary, since
from db.change import Barrier, Change, Conflict, Damaged, Locked, Newer, Refused
from db.labels import label
from db.migrate import APPLICATION_ID, migrate, newest
from db.model import TABLES, stored
from db.worker import BACKGROUND, EDIT, SCREEN, Interrupted, Worker
from policy.clock import Clock

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

FOLDER_SUFFIX = ".经办台账"
FACE_SUFFIX = ".jingban"
FORMAT = "经办台账"


@dataclass(frozen=True)
class Face:
    """What the `.jingban` file says without opening the database: whose book, which schema and program, the chain's key."""

    name: str
    schema: int
    program: str
    chain_key: bytes


def write_face(path: Path, face: Face) -> None:
    """Write a book's face file."""
    content = {
        "format": FORMAT,
        "name": face.name,
        "schema": face.schema,
        "smallest_program": face.program,
        "chain_key": face.chain_key.hex(),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def read_face(path: Path) -> Face:
    """Read a book's face file; Refused with a sentence where it is no such file, Newer where this program is too old."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        face = Face(content["name"], int(content["schema"]), content["smallest_program"], bytes.fromhex(content["chain_key"]))
        if content["format"] != FORMAT:
            raise KeyError("format")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(
            f"“{path.name}”不是经办台账的文件，或已损坏。请选择“<县名>{FOLDER_SUFFIX}”文件夹里的 {FACE_SUFFIX} 文件，或从备份恢复。"
        ) from error
    if face.schema > newest():
        raise Newer(f"“{path.name}”是更高版本的程序写的，需要 {face.program} 或更新的版本。请换用新版程序打开，原文件没有改动。")
    return face


def find_face(path: Path) -> Path:
    """The face file meant by a folder, a `.jingban` file or a lone book.db; Refused with a sentence otherwise."""
    if path.is_dir():
        faces = sorted(path.glob(f"*{FACE_SUFFIX}"))
        if len(faces) == 1:
            return faces[0]
        raise Refused(f"文件夹“{path.name}”里没有台账（应有一个 {FACE_SUFFIX} 文件）。请选择“<县名>{FOLDER_SUFFIX}”文件夹，或先新建台账。")
    if path.suffix == FACE_SUFFIX and path.exists():
        return path
    if path.name == "book.db" and path.exists():
        raise Refused(f"“book.db”只是台账的一部分，请打开它所在的文件夹，或文件夹里的 {FACE_SUFFIX} 文件。")
    raise Refused(f"找不到台账“{path}”。请检查路径，或用“新建”建立台账。")


def create(parent: Path, name: str, program: str) -> Path:
    """Make an empty book for county `name` inside `parent`; returns its folder. An existing folder is refused, never touched."""
    folder = parent / f"{name}{FOLDER_SUFFIX}"
    return create_at(folder, name, program)


def create_at(folder: Path, name: str, program: str) -> Path:
    """Make an empty book in `folder` (which must not exist or be empty); returns it."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"“{folder}”已经存在，没有改动它。请换一个位置或名称。")
    (folder / "attachments").mkdir(parents=True)
    (folder / "backups").mkdir()
    face = Face(name, newest(), program, secrets.token_bytes(32))
    connection = _connect(folder / "book.db", diary.Chain(face.chain_key), lambda: False)
    try:
        migrate(connection)
    finally:
        _shut(connection)
    write_face(folder / f"{name}{FACE_SUFFIX}", face)
    return folder


def _connect(path: Path, chain: diary.Chain, checked: Callable[[], bool]) -> Connection:
    """The one connection: rollback journal, full synchronising, foreign keys, held exclusively."""

    def dial() -> Any:
        raw = driver.connect(str(path), isolation_level=None, check_same_thread=False, timeout=0.5)
        diary.register(raw, chain)
        raw.set_progress_handler(checked, 20000)
        return raw

    engine = create_engine("sqlite+pysqlite://", module=driver, creator=dial, poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    connection = engine.connect()
    try:
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = DELETE",
            "synchronous = FULL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "cache_size = -32000",
        ):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        connection.exec_driver_sql("COMMIT")
    except OperationalError as error:
        _shut(connection)
        if "locked" in str(error):
            raise Locked(f"台账正由{_holder(path.parent)}打开着。请先关闭那个窗口再试。") from error
        raise Damaged(f"打不开“{path}”：{error.orig}。请检查磁盘，或从备份恢复。") from error
    except DatabaseError as error:
        _shut(connection)
        raise _damaged(path) from error
    return connection


def _damaged(path: Path) -> Damaged:
    return Damaged(f"“{path}”已损坏，或不是台账的数据库。请从备份恢复；原文件没有改动。")


def _shut(connection: Connection) -> None:
    """Really let go of the file: the pool keeps its one connection until the engine is disposed of."""
    connection.close()
    connection.engine.dispose()


def _holder(folder: Path) -> str:
    try:
        return (folder / "open-by.txt").read_text(encoding="utf-8").strip() or "另一个程序"
    except OSError:
        return "另一个程序"


def _raw(value: Any) -> Any:
    """A value as SQLite keeps it (dates as ISO text, yes/no as 1/0): the form the diary has too."""
    if isinstance(value, datetime):
        raise TypeError("a moment is not a date")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


class Book:
    """An open book. Made by `open_book`; close it when done (also usable with `with`)."""

    def __init__(
        self, folder: Path, face: Face, clock: Clock, who: str, worker: Worker, connection: Connection, chain: diary.Chain
    ) -> None:
        self.folder = folder
        self.face = face
        self.clock = clock
        self.who = who
        self._worker = worker
        self._connection = connection
        self._chain = chain

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish queued edits and screens, give up background reads, and let go of the file. Closing twice is closing once."""

        def shut() -> None:
            _shut(self._connection)
            (self.folder / "open-by.txt").unlink(missing_ok=True)

        self._worker.stop(shut)

    # reading

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query for a screen and wait for it."""
        return self._worker.run(SCREEN, lambda: query(self._connection, *args, **kwargs))

    def read_later(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a long read; an edit in between makes it start over."""

        def job() -> T:
            try:
                return query(self._connection, *args, **kwargs)
            except OperationalError as error:
                if "interrupted" in str(error):
                    raise Interrupted from error
                raise

        return self._worker.submit(BACKGROUND, job)

    # writing

    def act(
        self, name: str, changes: Iterable[Change], *, reason: str = "", barrier: bool = False, tick: Callable[[int, int], None] | None = None
    ) -> int:
        """Apply changes as one act (one transaction, with its diary); returns the act's number.

        `tick(done, in all)` is called between groups of changes, in the book's own thread; what it raises ends the act with
        nothing written.

        Raises Conflict where a row is no longer as a change's `before` says, Refused where the book's constraints forbid it
        (the sentence names field and next step). Then nothing has changed.
        """
        planned = list(changes)
        return self._worker.run(EDIT, lambda: self._write(name, lambda: self._apply(planned, tick), reason, barrier, None))

    def rehearse(self, changes: Iterable[Change]) -> str:
        """Ask the book's constraints about changes without making them; returns "" or the sentence that `act` would raise."""
        planned = list(changes)

        def job() -> str:
            try:
                self._write("预演", lambda: self._apply(planned), "", False, None, keep=False)
            except Refused as refusal:
                return str(refusal)
            return ""

        return self._worker.run(EDIT, job)

    def take_back(self, act: int, name: str = "") -> int:
        """Undo one act from the diary, as an act of its own; returns its number.

        Raises Barrier for an act with its own way back, Conflict (with the rows) where a row has changed since.
        """

        def job() -> int:
            found = self._connection.execute(
                text("SELECT name, barrier FROM diary WHERE act = :act AND op = 'act'"), {"act": act}
            ).one_or_none()
            if found is None:
                raise Refused(f"日志里没有第 {act} 号操作。")
            if found.barrier:
                raise Barrier(f"“{found.name}”不能用撤销退回，请使用{_way_back(found.name)}。")
            lines = [line for line in diary.lines(self._connection, act) if line.table not in KEPT]
            try:
                return self._write(name or f"撤销 {found.name}", lambda: self._reverse(lines), "", False, act)
            except Refused as error:
                if named := since.named(self._connection, act, label):
                    shown = "、".join(named[:NAMED]) + (f" 等 {len(named)} 条" if len(named) > NAMED else "")
                    raise Conflict(f"其中有记录在这之后又改过，没有作任何改动：{shown}。请先处理这些记录，或逐条改正。") from error
                raise

        return self._worker.run(EDIT, job)

    def acts(self) -> list[diary.Act]:
        """The newest acts, oldest first."""
        return self.read(diary.acts)

    def stacks(self) -> diary.Stacks:
        """What undo and redo would take back now."""
        return diary.stacks(self.acts())

    def undo(self) -> diary.Act | None:
        """Take back the last act (None: nothing to undo); Barrier and Conflict as `take_back`."""
        return self._step(self.stacks().undo, "撤销")

    def redo(self) -> diary.Act | None:
        """Take back the last undo (None: nothing to redo)."""
        return self._step(self.stacks().redo, "恢复")

    def _step(self, stack: Sequence[diary.Act], word: str) -> diary.Act | None:
        if not stack:
            return None
        self.take_back(stack[-1].number, f"{word} {stack[-1].plain}")
        return stack[-1]

    def verify(self) -> list[str]:
        """Check the diary's chain, every row against it, and the triggers; sentences for what does not fit, [] when all does."""

        def job(connection: Connection) -> list[str]:
            broken = diary.verify(connection, self._chain.key)
            found = [f"日志第 {broken} 行与前后不符，可能被改动过。"] if broken is not None else []
            if altered := diary.altered_triggers(connection):
                found.append(f"数据库里写日志的触发器有 {len(altered)} 处与程序的不符，可能被改动过。")
            return found + [
                f"“{label(table)}”编号 {key.strip('[]')} 的记录与日志最后所记不符，可能绕过程序被改动过。"
                for table, key in diary.unreconciled(connection)
            ]

        return self.read(job)

    def _write(self, name: str, work: Callable[[], None], reason: str, barrier: bool, takes_back: int | None, *, keep: bool = True) -> int:
        before = self._chain.head
        run = self._connection.exec_driver_sql
        run("BEGIN IMMEDIATE")
        try:
            run("PRAGMA defer_foreign_keys = ON")
            at = self.clock.now().isoformat(timespec="seconds")
            number = diary.open_act(self._connection, self._chain, at, self.who, name, reason, barrier, takes_back)
            work()
            if keep:
                run("COMMIT")
            else:  # links are looked at on COMMIT, which a rehearsal never reaches
                if run("PRAGMA foreign_key_check").first() is not None:
                    raise Refused(_LINKED)
                run("ROLLBACK")
                self._chain.head = before
        except BaseException as error:
            if self._connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                run("ROLLBACK")
            self._chain.head = before
            if isinstance(error, IntegrityError):
                raise Refused(_constraint_sentence(str(error.orig))) from error
            raise
        finally:
            self._chain.act = None
        return number

    def _apply(self, changes: Sequence[Change], tick: Callable[[int, int], None] | None = None) -> None:
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
                self._insert(name, columns, [tuple(_raw(value) for value in (change.after or {}).values()) for change in batch])
            elif op == "update":
                values = [
                    (*map(_raw, (change.after or {}).values()), *change.key, *(_raw((change.before or {})[column]) for column in columns))
                    for change in batch
                ]
                sets = ", ".join(f'"{column}" = ?' for column in columns)
                self._exactly(f"UPDATE {name} SET {sets} WHERE {_are(keys, '=')} AND {_are(columns, 'IS')}", values, name)
            else:
                values = [(*change.key, *(_raw((change.before or {})[column]) for column in columns)) for change in batch]
                self._exactly(f"DELETE FROM {name} WHERE {_are(keys, '=')}{' AND ' if columns else ''}{_are(columns, 'IS')}", values, name)

    def _reverse(self, lines: Sequence[diary.Line]) -> None:
        """Undo diary lines, last first: values are as stored, and each row must still be as the act left it."""
        for (name, op), run in groupby(reversed(lines), lambda line: (line.table, line.op)):
            batch = list(run)
            keys = [column.name for column in TABLES[name].primary_key.columns]
            columns = [column.name for column in stored(TABLES[name])]
            before = [tuple((line.before or {}).get(column) for column in columns) for line in batch]
            after = [tuple((line.after or {}).get(column) for column in columns) for line in batch]
            if op == "insert":
                self._exactly(f"DELETE FROM {name} WHERE {_are(columns, 'IS')}", after, name)
            elif op == "delete":
                self._insert(name, tuple(columns), before)
            else:
                sets = ", ".join(f'"{column}" = ?' for column in columns)
                values = [(*old, *line.key, *new) for line, old, new in zip(batch, before, after, strict=True)]
                self._exactly(f"UPDATE {name} SET {sets} WHERE {_are(keys, '=')} AND {_are(columns, 'IS')}", values, name)

    def _insert(self, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        self._connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)

    def _exactly(self, sql: str, rows: list[tuple[Any, ...]], name: str) -> None:
        if self._connection.exec_driver_sql(sql, rows).rowcount != len(rows):
            raise Conflict(f"要改动的 {len(rows)} 条“{label(name)}”记录中有的已被后来的操作改过，没有作任何改动。请刷新后核对，再重做。")


def open_book(path: Path, clock: Clock, who: str = "经办人", program: str = "经办台账窗口") -> Book:
    """Open a book by its folder or face file. Raises Locked (who has it), Newer (untouched), Damaged or Refused, in words."""
    face_path = find_face(path)
    face = read_face(face_path)
    folder = face_path.parent
    database = folder / "book.db"
    if not database.exists() or not database.stat().st_size:
        raise Damaged(f"“{folder.name}”里缺少 book.db，或它是空的。请把台账文件夹整个复制过来，或从备份恢复。")
    worker = Worker()
    chain = diary.Chain(face.chain_key)

    def dial() -> Connection:
        connection = _connect(database, chain, worker.checked)
        try:
            if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
                raise _damaged(database)
            migrate(connection)
            chain.head = diary.head(connection)
        except DatabaseError as error:
            _shut(connection)
            raise _damaged(database) from error
        except BaseException:
            _shut(connection)
            raise
        return connection

    try:
        connection = worker.run(EDIT, dial)
    except BaseException:
        worker.stop()
        raise
    (folder / "open-by.txt").write_text(f"{who}（{program}，{clock.now():%Y-%m-%d %H:%M} 起）", encoding="utf-8")
    return Book(folder, face, clock, who, worker, connection, chain)


KEPT = ("import_batch", "import_mapping")
"""Tables that stay as they are when an act is taken back: what was brought in, and how it was read."""
NAMED = 20
"""Records a sentence names."""

WAYS_BACK = {"取消确认": "“工资”页的“确认本月工资”", "确认": "“工资”页的“取消确认”（须填写原因）"}
"""First word of a barrier act's name → the command that undoes it."""


def _way_back(name: str) -> str:
    return WAYS_BACK.get(name.split(maxsplit=1)[0], "它对应的取消操作")


def _groups(changes: Iterable[T], shape: Callable[[T], S]) -> Iterator[tuple[S, list[T]]]:
    """Neighbours of one shape together, at most a few thousand at a time."""
    for shaped, run in groupby(changes, shape):
        while batch := list(islice(run, 2000)):
            yield shaped, batch


def _are(columns: Iterable[str], operator: str) -> str:
    return " AND ".join(f'"{column}" {operator} ?' for column in columns)


_LINKED = "还有别的记录与它相连（例如人员名下的派驻、工资），不能这样改。请先处理相连的记录。"


def _constraint_sentence(message: str) -> str:
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
    return _LINKED
