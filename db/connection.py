"""The one connection to a book's database: keyed where the book has a password, held exclusively, in words when it will not open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from db import diary
from db.change import Damaged, Locked
from db.crypt import Keys

HEAD = b"SQLite format 3\0"
"""How a database without a password begins."""


def connect(
    path: Path, chain: diary.Chain, checked: Callable[[], bool] = lambda: False, *, keys: Keys | None = None, read_only: bool = False
) -> Connection:
    """Open a database: rollback journal, full synchronising, foreign keys, erased content overwritten, held exclusively (read-only:
    for looking, leaving no trace). Raises Locked or Damaged."""

    def dial() -> Any:
        raw = keyed(path, keys, read_only=read_only)
        diary.register(raw, chain)
        raw.set_progress_handler(checked, 20000)
        return raw

    engine = create_engine("sqlite+pysqlite://", module=driver, creator=dial, poolclass=StaticPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    connection = engine.connect()
    connection.info.update(folder=path.parent, key=keys.data if keys else None)  # where its attachments lie
    try:
        if not read_only:
            for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
        for pragma in ("foreign_keys = ON", "temp_store = MEMORY", "cache_size = -32000"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN EXCLUSIVE")
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        connection.exec_driver_sql("COMMIT")
    except OperationalError as error:
        shut(connection)
        if "locked" in str(error):
            raise Locked("台账正由另一个程序打开着。请先关闭那个程序再试。") from error
        raise Damaged(f"打不开“{path}”：{error.orig}。请检查磁盘，或从备份恢复。") from error
    except DatabaseError as error:
        shut(connection)
        raise damaged(path) from error
    return connection


def keyed(path: Path, keys: Keys | None, *, read_only: bool = False) -> Any:
    """A bare driver connection, given its key before anything else."""
    raw = driver.connect(f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}", uri=True, isolation_level=None, check_same_thread=False, timeout=0.5)
    raw.execute("PRAGMA cipher_log_level = NONE")
    if keys:
        raw.execute(f"PRAGMA key = \"x'{keys.raw}'\"")
    return raw


def shut(connection: Connection) -> None:
    """Really let go of the file: the pool keeps its one connection until the engine is disposed of."""
    connection.close()
    connection.engine.dispose()


def damaged(path: Path) -> Damaged:
    """The sentence for a database that cannot be read."""
    return Damaged(f"“{path}”已损坏，或不是台账的数据库。请从备份恢复；原文件没有改动。")


def is_plain(path: Path) -> bool:
    """Whether a database file lies there without a password, as its first bytes say."""
    with path.open("rb") as stream:
        return stream.read(len(HEAD)) == HEAD
