"""Schema files: `resources/schema/NNNN.sql`, applied in one exclusive transaction, the diary's triggers rebuilt at the end."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import resources
from db.change import Newer
from db.diary import all_triggers
from db.model import TABLES

APPLICATION_ID = 0x4A42414E
"""\"JBAN\": tells a book from any other SQLite file."""
SMALLEST_PROGRAM = {1: "0.1.0"}
"""Schema → the smallest version of the program that opens it."""


def files() -> list[tuple[int, str]]:
    """(number, SQL) of every schema file, ascending."""
    return [(int(path.stem), path.read_text(encoding="utf-8")) for path in sorted(resources.path("schema").glob("[0-9]*.sql"))]


def newest() -> int:
    """The schema this program writes."""
    return files()[-1][0]


def version(connection: Connection) -> int:
    """The schema the book has; 0 = an empty file."""
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def statements(sql: str) -> list[str]:
    """The statements of a schema file (each ends with a semicolon at the end of a line)."""
    return [part.strip() for part in sql.split(";\n") if part.strip()]


def migrate(connection: Connection) -> bool:
    """Bring the book to the newest schema; True when anything was done. A newer book is refused untouched."""
    have = version(connection)
    if have > newest():
        raise Newer(f"这本台账是更高版本的程序写的（数据结构 {have}，本程序认得 {newest()}）。请换用新版程序打开，原文件没有改动。")
    if have == newest():
        return False
    connection.execute(text("PRAGMA foreign_keys = OFF"))
    connection.execute(text("BEGIN EXCLUSIVE"))
    try:
        for number, sql in files():
            if number > have:
                for statement in statements(sql):
                    connection.exec_driver_sql(statement)
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for trigger in all_triggers():
            connection.exec_driver_sql(trigger)
        connection.exec_driver_sql(f"PRAGMA user_version = {newest()}")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(text("COMMIT"))
    except BaseException:
        connection.execute(text("ROLLBACK"))
        raise
    finally:
        connection.execute(text("PRAGMA foreign_keys = ON"))
    return True


def model_sql() -> str:
    """The newest schema as the models say it: what a new schema file is written from and compared with."""
    dialect = sqlite.dialect()
    parts = []
    for table in TABLES.values():
        parts.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        parts += [
            str(CreateIndex(index).compile(dialect=dialect)).strip() for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    lines = (line.rstrip() for part in parts for line in f"{part};\n".replace("\t", "    ").splitlines())
    return "\n".join(lines) + "\n"
