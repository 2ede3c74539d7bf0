"""The book: one county's folder, opened by one program at a time, changed only through `act`.

    <县名>.经办台账/  <县名>.jingban (its face)  book.db  attachments/  backups/

Every change is an act: one transaction in which the rows change and the database writes the diary. `take_back` undoes an act
from the diary. Reading and writing happen in the book's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from db import backup, diary, erasing, rights, since, writing
from db.change import Barrier, Change, Conflict, Damaged, Forbidden, Locked, Newer, PasswordNeeded, ReadOnly, Refused, WrongPassword
from db.choices import refuse_unknown_words
from db.connection import shut
from db.container import Counted
from db.face import FACE_SUFFIX, FOLDER_SUFFIX, Face, find_face, read_face, write_face
from db.labels import label
from db.opening import FAILED, Opened, create, create_at, opened
from db.worker import BACKGROUND, EDIT, SCREEN, Interrupted
from policy.clock import Clock

__all__ = [
    "FACE_SUFFIX", "FOLDER_SUFFIX", "Barrier", "Book", "Conflict", "Damaged", "Face", "Forbidden", "Locked", "Newer", "PasswordNeeded", "ReadOnly",
    "Refused", "WrongPassword", "create", "create_at", "find_face", "open_book", "read_face", "write_face",
]  # fmt: skip

P = ParamSpec("P")
T = TypeVar("T")


class Book:
    """An open book. Made by `open_book`; close it when done (also usable with `with`)."""

    def __init__(self, parts: Opened, clock: Clock, who: str) -> None:
        self.folder = parts.face_path.parent
        self.face_path = parts.face_path
        self.face = parts.face
        """As it was when the book was opened."""
        self.keys = parts.keys
        self.warnings = parts.warnings
        """What to mind about this book, in sentences: where it lies, a clock that went back, wrong passwords."""
        self.clock = clock
        self.who = who
        self.role = ""
        """The role of the account at the desk; "" = nobody has logged in (a book without accounts needs nobody to)."""
        self._hold = parts.hold
        self._worker = parts.worker
        self._connection = parts.connection
        self._chain = parts.chain
        self._saving = Lock()

    @property
    def data_key(self) -> bytes | None:
        """The key under which files beside the database are sealed; None in a book without a password."""
        return self.keys.data if self.keys else None

    @property
    def read_only(self) -> bool:
        """Whether the book is open for looking only."""
        return self._hold is None

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish queued edits and screens, give up background reads, and let go of the file. Closing twice is closing once."""

        def let_go() -> None:
            shut(self._connection)
            if self._hold:
                self._hold.release()

        self._worker.stop(let_go)

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
        refuse_unknown_words(planned)
        tables = {change.table for change in planned}
        return self._worker.run(EDIT, lambda: self._write(name, tables, lambda: writing.apply(self._connection, planned, tick), reason, barrier))

    def rehearse(self, changes: Iterable[Change]) -> str:
        """Ask the book's constraints about changes without making them; returns "" or the sentence that `act` would raise."""
        planned = list(changes)

        def job() -> str:
            try:
                self._write("预演", {change.table for change in planned}, lambda: writing.apply(self._connection, planned), keep=False)
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
                raise Barrier(_way_back(found.name))
            lines = [line for line in diary.lines(self._connection, act) if line.table not in KEPT]
            try:
                tables = {line.table for line in lines}
                return self._write(name or f"撤销 {found.name}", tables, lambda: writing.reverse(self._connection, lines), takes_back=act)
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

    def erase(self, name: str, changes: Iterable[Change], traces: erasing.Traces, *, reason: str = "") -> int:
        """An act after which the diary keeps nothing of what the changed rows held before, nor anything that says who it was; then the
        file is written anew. Its digests stay. No way back. Returns the act."""
        planned = list(changes)

        def work() -> None:
            writing.apply(self._connection, planned)
            erasing.empty(self._connection, self._chain, traces)

        def job() -> int:
            act = self._write(name, {change.table for change in planned} | {"erasure"}, work, traces.without(reason), barrier=True)
            try:
                self._connection.exec_driver_sql("VACUUM")
            except OperationalError as error:  # what was erased is overwritten already; only the file is not written anew
                raise Refused(f"“{name}”已经完成，但数据库文件没有重写成（{error.orig}）。请清理磁盘空间，再打开一次台账做一次备份。") from error
            return act

        return self._worker.run(EDIT, job)

    # keeping

    def anchor(self) -> diary.Anchor:
        """How long the diary is and its last digest: what is printed and kept elsewhere, so that a cut tail is found."""
        return self.read(diary.anchor)

    def verify(self, anchor: diary.Anchor | None = None) -> list[str]:
        """Check the database's pages, the diary's chain (and that it holds `anchor`), every row against it, and the triggers; sentences
        for what does not fit, [] when all does."""

        def job(connection: Connection) -> list[str]:
            said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            found = [f"数据库有损坏（{said}）。请从备份恢复。"] if said != "ok" else []
            broken = diary.verify(connection, self._chain.key)
            found += [f"日志第 {broken} 行与前后不符，可能被改动过。"] if broken is not None else []
            if anchor and not diary.holds(connection, anchor):
                found.append(f"日志里没有以前留下的凭据（第 {anchor.lines} 行 {anchor.head[:16]}），可能被截短或换过，或恢复过更早的备份。")
            if altered := diary.altered_triggers(connection):
                found.append(f"数据库里写日志的触发器有 {len(altered)} 处与程序的不符，可能被改动过。")
            return found + [
                f"“{label(table)}”编号 {key.strip('[]')} 的记录与日志最后所记不符，可能绕过程序被改动过。"
                for table, key in diary.unreconciled(connection)
            ]

        return self.read(job)

    def back_up(self, cause: str, folder: Path | None = None, *, whole: bool = False) -> backup.Kept:
        """Make a backup (in the book's own folder unless another is given; `whole`: with attachments) between edits. Damaged in words
        where the book is not sound; nothing is left of a backup that failed."""
        if self.read_only and folder is None:
            raise ReadOnly("这本台账是只读打开的，备份不能放在它的文件夹里。请选择另一个文件夹。")
        into = folder or self.folder / backup.FOLDER
        with self._saving:
            return backup.save(self.face_path, self.keys, self.clock, cause, into, self._copied, whole=whole, counting=not self.read_only)

    def _copied(self, target: Path) -> Counted:
        return self._worker.submit(BACKGROUND, lambda: backup.copy(self._connection, self.keys, target, self._worker.checked)).result()

    def _write(
        self, name: str, tables: Iterable[str], work: Callable[[], None], reason: str = "", barrier: bool = False, takes_back: int | None = None,
        *, keep: bool = True,
    ) -> int:  # fmt: skip
        if self.read_only:
            raise ReadOnly("这本台账是只读打开的，不能改动。要改动的，请把台账文件夹复制到本机硬盘再打开。")
        run = self._connection.exec_driver_sql
        if run("SELECT 1 FROM account WHERE closed = 0").first() and (refused := rights.refusal(self.role, name, set(tables))):
            raise Forbidden(refused)
        before = self._chain.head
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
                    raise Refused(writing.LINKED)
                run("ROLLBACK")
                self._chain.head = before
        except BaseException as error:
            if self._connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                run("ROLLBACK")
            self._chain.head = before
            if isinstance(error, IntegrityError):
                raise Refused(writing.refusal(str(error.orig))) from error
            if full := _full(error):
                raise Refused(full) from error
            raise
        finally:
            self._chain.act = None
        return number


def open_book(
    path: Path, clock: Clock, who: str = "经办人", program: str = "经办台账窗口", *, password: str | None = None, read_only: bool = False
) -> Book:
    """Open a book by its folder or face file, for looking only where it cannot be written. Raises Locked (who has it), Newer
    (untouched), PasswordNeeded, WrongPassword, Damaged or Refused, in words."""
    parts = opened(path, clock, who, program, password, read_only)
    book = Book(parts, clock, who)
    if parts.failed:
        book.act(f"输错台账密码 {len(parts.failed)} 次", [], reason="、".join(at.replace("T", " ") for at in parts.failed))
        (book.folder / FAILED).unlink(missing_ok=True)
    return book


def _full(error: BaseException) -> str:
    """The sentence for a disk that is full or fails, "" for any other error."""
    if isinstance(error, OperationalError) and any(word in str(error.orig) for word in ("full", "disk I/O", "readonly", "unable to open")):
        return f"没有保存：磁盘已满或不能写入（{error.orig}）。台账还是操作前的样子；请清理磁盘空间后再做一次。"
    return ""


KEPT = ("import_batch", "import_mapping")
"""Tables that stay as they are when an act is taken back: what was brought in, and how it was read."""
NAMED = 20
"""Records a sentence names."""

WAYS_BACK = {
    "取消确认": "“工资核对”页的“确认本月工资”",
    "确认": "“工资核对”页的“取消确认”（须填写原因）",
    "审核报表": "“报表”页的“退回修改”（须填写原因）",
    "封存报表": "“报表”页的“解封”（须填写原因）",
    "上报报表": "“报表”页的“登记退回”（须填写原因）",
    "接收报表": "“报表”页的“登记退回”（须填写原因）",
    "退回报表": "“报表”页的“解封”，重新编制后再审核",
    "解封报表": "“报表”页的“封存”",
}
"""First word of a barrier act's name → the command that undoes it."""
FOR_GOOD = ("依法删除", "恢复备份", "抢救")
"""First words of barrier acts that nothing undoes."""


def _way_back(name: str) -> str:
    first = name.split(maxsplit=1)[0]
    if first.startswith(FOR_GOOD):
        return f"“{name}”不能撤销。此前的内容只在当时的备份里。"
    return f"“{name}”不能用撤销退回，请使用{WAYS_BACK.get(first, '它对应的取消操作')}。"
