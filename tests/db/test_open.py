"""Opening a book: found by folder or face, held by one, refused in words when newer, damaged, alone or missing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import book as books
from db.book import Book, Face
from db.change import Damaged, Locked, Newer, Refused
from db.worker import Interrupted
from policy.clock import Clock
from tests.db.records import county, everything, new


@pytest.fixture
def closed(book: Book) -> Path:
    book.act("新建", county())
    book.close()
    return book.folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_new_book_has_its_face_its_database_and_its_folders(tmp_path: Path, clock: Clock) -> None:
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    assert folder == tmp_path / "石桥县.经办台账"
    assert sorted(path.name for path in folder.iterdir()) == ["attachments", "backups", "book.db", "石桥县.jingban"]
    face = json.loads((folder / "石桥县.jingban").read_text(encoding="utf-8"))
    assert (face["format"], face["name"], face["schema"], face["smallest_program"]) == ("经办台账", "石桥县", 1, "0.1.0")


def test_by_folder_and_by_face(closed: Path, clock: Clock) -> None:
    for path in (closed, closed / "石桥县.jingban"):
        with books.open_book(path, clock) as book:
            assert book.read(everything)["county"]
            assert book.face.name == "石桥县"


def test_create_never_touches_what_is_there(closed: Path) -> None:
    before = contents(closed)
    with pytest.raises(Refused, match="已经存在，没有改动它"):
        books.create(closed.parent, "石桥县", "0.1.0")
    assert contents(closed) == before


def test_the_second_opener_is_told_who_has_it(closed: Path, clock: Clock) -> None:
    with books.open_book(closed, clock, "李晓敏", "经办台账窗口") as book:
        with pytest.raises(Locked) as refusal:
            books.open_book(closed, clock, "张佩珊", "命令行")
        assert "李晓敏（经办台账窗口，2026-12-31 09:00 起）" in str(refusal.value)
        book.act("照常", [new("person", 1, name="甲")])
    with books.open_book(closed, clock, "张佩珊") as book:
        assert book.verify() == []


def test_another_process_is_told_too(closed: Path, clock: Clock) -> None:
    program = (
        "import sys; from pathlib import Path; from db import book; from db.change import Locked; from policy.clock import Clock\n"
        "try: book.open_book(Path(sys.argv[1]), Clock())\n"
        "except Locked as refusal: sys.stdout.buffer.write(str(refusal).encode()); sys.exit(3)"
    )
    with books.open_book(closed, clock, "李晓敏"):
        ran = subprocess.run([sys.executable, "-c", program, str(closed)], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert ran.returncode == 3, ran.stderr
    assert "李晓敏" in ran.stdout.decode()


def test_a_plain_reader_is_kept_out_while_the_book_is_open(closed: Path, clock: Clock) -> None:
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('SELECT * FROM county')"
    with books.open_book(closed, clock):
        ran = subprocess.run([sys.executable, "-c", program, str(closed / "book.db")], capture_output=True, check=False)
    assert b"database is locked" in ran.stderr


def test_the_holders_note_goes_when_the_book_is_closed(closed: Path, clock: Clock) -> None:
    with books.open_book(closed, clock):
        assert (closed / "open-by.txt").exists()
    assert not (closed / "open-by.txt").exists()


def test_a_left_over_note_locks_nobody_out(closed: Path, clock: Clock) -> None:
    (closed / "open-by.txt").write_text("断电前的李晓敏", encoding="utf-8")
    with books.open_book(closed, clock) as book:
        assert book.verify() == []


def test_a_newer_face_is_refused_untouched(closed: Path, clock: Clock) -> None:
    face = closed / "石桥县.jingban"
    books.write_face(face, Face("石桥县", 99, "3.2.0", bytes(32)))
    before = contents(closed)
    with pytest.raises(Newer, match=r"3\.2\.0.*没有改动"):
        books.open_book(closed, clock)
    assert contents(closed) == before


def test_a_newer_database_is_refused_byte_for_byte_as_it_was(closed: Path, clock: Clock) -> None:
    with closing(sqlite3.connect(closed / "book.db")) as outside:
        outside.execute("PRAGMA user_version = 99")
    before = contents(closed)
    with pytest.raises(Newer, match="99"):
        books.open_book(closed, clock)
    assert contents(closed) == before


def test_a_lone_database_gets_a_plain_sentence(tmp_path: Path, closed: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match=r"“book\.db”只是台账的一部分"):
        books.open_book(closed / "book.db", clock)
    lone = tmp_path / "别处"
    lone.mkdir()
    (closed / "book.db").rename(lone / "book.db")
    with pytest.raises(Refused, match="没有台账"):
        books.open_book(lone, clock)
    with pytest.raises(Damaged, match=r"缺少 book\.db.*备份"):
        books.open_book(closed, clock)


def test_nothing_there(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match="找不到台账"):
        books.open_book(tmp_path / "没有.jingban", clock)
    with pytest.raises(Refused, match="没有台账"):
        books.open_book(tmp_path, clock)


@pytest.mark.parametrize("damage", [b"", b"not a database at all " * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_database_gets_a_sentence_and_stays_as_it_is(closed: Path, clock: Clock, damage: bytes) -> None:
    (closed / "book.db").write_bytes(damage)
    before = contents(closed)
    with pytest.raises(Damaged, match="备份"):
        books.open_book(closed, clock)
    assert contents(closed) == before


def test_a_database_of_another_program_is_not_taken_for_a_book(closed: Path, clock: Clock) -> None:
    (closed / "book.db").unlink()
    with closing(sqlite3.connect(closed / "book.db")) as outside:
        outside.execute("CREATE TABLE other (x)")
    before = contents(closed)
    with pytest.raises(Damaged):
        books.open_book(closed, clock)
    assert contents(closed) == before


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_cut_database_never_ends_in_a_trace(demo_folder: Path, clock: Clock, cut: float) -> None:
    whole = (demo_folder / "book.db").read_bytes()
    (demo_folder / "book.db").write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(Damaged, match="备份"):
        books.open_book(demo_folder, clock)


@pytest.mark.parametrize("face", ["", "{", "[]", '{"format": "别的"}', '{"format": "经办台账", "name": "县", "schema": 1, "smallest_program": "1", "chain_key": "zz"}'])
def test_a_damaged_face_gets_a_sentence(closed: Path, clock: Clock, face: str) -> None:
    (closed / "石桥县.jingban").write_text(face, encoding="utf-8")
    with pytest.raises(Damaged, match=r"石桥县\.jingban"):
        books.open_book(closed, clock)


def test_a_refused_book_can_be_opened_once_mended(closed: Path, clock: Clock) -> None:
    good = (closed / "book.db").read_bytes()
    (closed / "book.db").write_bytes(b"broken" * 1000)
    with pytest.raises(Damaged):
        books.open_book(closed, clock)
    (closed / "book.db").write_bytes(good)
    with books.open_book(closed, clock) as book:
        assert book.verify() == []


def test_closing_twice_is_closing_once_and_a_closed_book_says_so(closed: Path, clock: Clock) -> None:
    with books.open_book(closed, clock) as book:
        book.close()
    book.close()
    with pytest.raises(Interrupted, match="关闭"):
        book.read(everything)


def test_a_missing_or_altered_trigger_is_said_at_the_next_opening(closed: Path, clock: Clock) -> None:
    """Somebody who lifts a trigger with another program can change a table without a line in the diary."""
    with books.open_book(closed, clock) as book:
        assert not any("触发器" in one for one in book.warnings)
    with closing(sqlite3.connect(closed / "book.db")) as outside:
        outside.execute("DROP TRIGGER diary_person_update")
        outside.commit()
    with books.open_book(closed, clock) as book:
        assert any("触发器" in one and "核对台账" in one for one in book.warnings)
