"""Backups: verified before they count, made between edits, thinned by counter; and restored equal row by row."""

from __future__ import annotations

import random
import shutil
import threading
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import attachments, backup, container, migrate, password, restore
from db import book as books
from db.backup import FOLDER, Kept, thinned
from db.book import Book
from db.change import Change, Damaged, Locked, Newer, Refused, WrongPassword
from db.container import Counted, Manifest
from policy.clock import Clock
from resources import files
from tests.db.records import county, diary, everything, new, pay, worker

WORD = "春风十里 2026"


@pytest.fixture
def filled(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), pay(1, 2026, 1, base=400000)])
    return book


def rows(book: Book) -> object:
    return book.read(everything)


def test_a_backup_holds_the_book_and_says_what_it_holds(filled: Book) -> None:
    kept = filled.back_up("打开时")
    assert kept.path.parent == filled.folder / FOLDER and kept.path.suffix == ".经办备份"
    assert kept.path.name == "石桥县_000001_20261231-090000_打开时.经办备份"
    anchor = filled.anchor()
    assert kept.manifest.counted == Counted(anchor.lines, anchor.head, 1, "2026-12-31T09:00:00", 1, 0, 1)
    assert container.check(kept.path) == kept.manifest
    assert filled.back_up("打开时").manifest.counter == 2
    assert [one.manifest.counter for one in backup.backups(filled.folder / FOLDER)] == [1, 2]
    assert sorted(path.suffix for path in (filled.folder / FOLDER).iterdir()) == [".经办备份"] * 2


def test_any_zip_program_opens_it_in_need(filled: Book, tmp_path: Path, clock: Clock) -> None:
    kept = filled.back_up("手动备份")
    by_hand = tmp_path / "手工.经办台账"
    with zipfile.ZipFile(kept.path) as archive:
        archive.extractall(by_hand)
    (by_hand / "face.json").rename(by_hand / "石桥县.jingban")
    with books.open_book(by_hand, clock) as copy:
        assert rows(copy) == rows(filled) and copy.verify() == []


def test_edits_go_on_while_a_backup_is_made(demo_book: Book) -> None:
    """Edits interrupt the copying, which starts over: the backup is of one moment, with whole acts."""
    done = threading.Event()

    def edit() -> None:
        number = 9000
        while not done.is_set():
            number += 1
            demo_book.act("加一人", [new("person", number, name=f"人员{number}")])
            done.wait(0.02)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        kept = demo_book.back_up("打开时")
    finally:
        done.set()
        editor.join()
    people = demo_book.read(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM person").scalar())
    assert kept.manifest.counted.people <= people
    assert kept.manifest.counted.head in {bytes(one[-1]).hex() for one in demo_book.read(diary)}


def test_one_changed_bit_anywhere_is_refused(filled: Book, tmp_path: Path) -> None:
    whole = filled.back_up("打开时").path.read_bytes()
    spoilt = tmp_path / "坏.经办备份"
    for _ in range(100):
        at = random.randrange(len(whole))
        spoilt.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :])
        with pytest.raises(Damaged, match="不是完好的台账备份"):
            container.check(spoilt)
    for cut in (0, 1, 63, 64, 65, len(whole) // 2, len(whole) - 1):
        spoilt.write_bytes(whole[:cut])
        with pytest.raises(Damaged):
            container.check(spoilt)


def test_a_book_that_is_not_sound_is_not_backed_up_and_no_good_one_goes(demo_book: Book) -> None:
    kept = demo_book.back_up("打开时")
    demo_book.close()
    database = demo_book.folder / "book.db"
    content = bytearray(database.read_bytes())
    size = len(content) // 4096
    for page in range(size // 2, size // 2 + 6):
        content[page * 4096 : page * 4096 + 200] = random.randbytes(200)
    database.write_bytes(content)
    with pytest.raises(Damaged):
        books.open_book(demo_book.folder, demo_book.clock)
    assert [one.path for one in backup.backups(demo_book.folder / FOLDER)] == [kept.path]
    assert container.check(kept.path)


def test_nothing_is_left_of_a_backup_that_failed(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "sync", full)
        with pytest.raises(OSError, match="No space"):
            filled.back_up("手动备份")
    assert list((filled.folder / FOLDER).iterdir()) == []
    assert filled.back_up("手动备份").manifest.counter >= 1


def test_a_full_stick_is_not_taken_for_a_damaged_book(filled: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backup.keyed

    def small(*arguments: Any, **named: Any) -> Any:
        raw = real(*arguments, **named)
        raw.execute("PRAGMA max_page_count = 5")
        return raw

    with monkeypatch.context() as patched:
        patched.setattr(backup, "keyed", small)
        with pytest.raises(OSError, match="磁盘空间不足"):
            filled.back_up("手动备份", tmp_path / "U盘")
    assert list((tmp_path / "U盘").iterdir()) == []


def of(counter: int, day: date, cause: str = "打开时") -> Kept:
    said = Manifest("石桥县", counter, f"{day}T09:00:00", cause, 1, "0.1.0", False, False, Counted(1, "00", 1, "", 0, 0, 0))
    return Kept(Path(f"{counter}"), said)


def numbers(kept: Iterable[Kept]) -> set[int]:
    return {one.manifest.counter for one in kept}


def test_a_year_of_daily_backups_is_thinned_to_days_weeks_and_months() -> None:
    kept = [of(number, date(2026, 1, 1) + timedelta(number)) for number in range(365)]
    stay = numbers(kept) - numbers(thinned(kept))
    assert {364, 363, 362, 361, 360, 359, 358} <= stay, "the last days"
    assert len(stay) <= 7 + 5 + 12
    months = {(date(2026, 1, 1) + timedelta(number)).month for number in stay}
    assert len(months) == 12


def test_the_newest_by_counter_stays_whatever_the_clock_says() -> None:
    days = [date(2026, 6, 1)] * 3 + [date(2025, 6, 1)] * 30 + [date(2027, 6, 1)] * 30 + [date(2025, 1, 1)] * 30
    kept = [of(number, day) for number, day in enumerate(days, 1)]
    random.shuffle(kept)
    going = numbers(thinned(kept))
    assert not going & {93, 92, 91, 90, 89}
    assert thinned(kept[:1]) == [] and thinned([]) == []


def test_backups_from_before_an_upgrade_stay() -> None:
    kept = [of(1, date(2020, 1, 1), "升级前2"), *(of(number, date(2026, 1, 1) + timedelta(number)) for number in range(2, 300))]
    assert 1 not in numbers(thinned(kept))


def test_thinning_happens_as_backups_are_made(filled: Book) -> None:
    start = datetime(2026, 1, 1, 9)
    for number in range(12):
        filled.clock = Clock(lambda: start)
        filled.act("改", [Change("person", (1,), {"name": "人员1" if number == 0 else f"甲{number - 1}"}, {"name": f"甲{number}"})])
        kept = filled.back_up("打开时")
    left = backup.backups(filled.folder / FOLDER)
    assert left[-1].path == kept.path and len(left) == backup.NEWEST


NEXT = migrate.newest() + 1


def test_before_an_upgrade_once_for_each_schema(filled: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.close()
    known = migrate.files()
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "files", lambda: [*known, (NEXT, "DROP TABLE nowhere;\n")])
        for _ in range(3):
            with pytest.raises(Refused):
                books.open_book(filled.folder, clock)
    kept = backup.backups(filled.folder / FOLDER)
    assert [(one.manifest.cause, one.manifest.schema) for one in kept] == [(f"升级前{NEXT}", migrate.newest())]
    monkeypatch.setattr(migrate, "files", lambda: [*known, (NEXT, "CREATE TABLE later (id INTEGER);\n")])
    with books.open_book(filled.folder, clock) as book:
        assert books.read_face(book.face_path).schema == NEXT
    assert len(backup.backups(filled.folder / FOLDER)) == 1


# Restoring


def test_a_restored_book_is_the_one_that_was_backed_up(filled: Book, clock: Clock) -> None:
    before, kept = rows(filled), filled.back_up("手动备份")
    for number in range(2, 60):
        filled.act("以后", [*worker(number)])
    later = rows(filled)
    filled.close()
    done = restore.restore(filled.folder, kept.path, clock, "李晓敏")
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before and book.verify() == []
        assert book.acts()[-1].name == "恢复备份" and book.acts()[-1].barrier
    assert done.before
    again = restore.restore(filled.folder, done.before, clock, "李晓敏")
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == later, "the way back"
    assert again.manifest.cause == "恢复前"


@pytest.mark.parametrize("planted", ["book.db-journal", "book.db-wal", "book.db-shm"])
def test_a_journal_left_behind_cannot_spoil_it(filled: Book, clock: Clock, planted: str, tmp_path: Path) -> None:
    import sqlite3

    before, kept = rows(filled), filled.back_up("手动备份")
    filled.act("以后", [*worker(2)])
    filled.close()
    other = tmp_path / "other.db"
    shutil.copy(filled.folder / "book.db", other)
    writer = sqlite3.connect(other, isolation_level=None)
    if planted.endswith("journal"):
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("PRAGMA cache_spill = 1")
        writer.execute("CREATE TABLE spoil AS SELECT * FROM diary")
    else:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE spoil AS SELECT * FROM diary")
    source = other.with_name(planted.replace("book", "other"))
    left = source.read_bytes() if source.exists() else b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(5000)
    restore.restore(filled.folder, kept.path, clock, "李晓敏")
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before
    (filled.folder / planted).write_bytes(left)
    restore.restore(filled.folder, kept.path, clock, "李晓敏")
    writer.close()
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before and book.verify() == []


def test_a_damaged_backup_changes_nothing(filled: Book, clock: Clock) -> None:
    kept = filled.back_up("手动备份")
    filled.act("以后", [*worker(2)])
    filled.close()
    kept.path.write_bytes(kept.path.read_bytes()[:-200])
    before = (filled.folder / "book.db").read_bytes()
    with pytest.raises(Damaged, match="台账没有改动"):
        restore.restore(filled.folder, kept.path, clock, "李晓敏")
    assert (filled.folder / "book.db").read_bytes() == before


def test_a_damaged_book_is_set_aside_and_replaced(filled: Book, clock: Clock) -> None:
    before, kept = rows(filled), filled.back_up("手动备份")
    filled.close()
    (filled.folder / "book.db").write_bytes(b"broken" * 5000)
    done = restore.restore(filled.folder, kept.path, clock, "李晓敏")
    assert done.before and (done.before / "book.db.损坏").read_bytes() == b"broken" * 5000
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before


@pytest.mark.parametrize("loss", ["face", "face damaged", "everything"])
def test_what_is_lost_comes_back_from_the_backup(filled: Book, clock: Clock, tmp_path: Path, loss: str) -> None:
    before, kept = rows(filled), filled.back_up("手动备份", tmp_path / "U盘")
    filled.close()
    face = filled.face_path
    if loss == "face":
        face.unlink()
    elif loss == "face damaged":
        face.write_bytes(b"?")
    else:
        shutil.rmtree(filled.folder)
    restore.restore(filled.folder, kept.path, clock, "李晓敏")
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before and book.verify() == []


def test_the_backup_of_another_county_is_refused(filled: Book, clock: Clock, tmp_path: Path) -> None:
    other = books.create(tmp_path, "白水县", "0.1.0")
    with books.open_book(other, clock) as book:
        book.act("新建", county())
        kept = book.back_up("手动备份")
    filled.close()
    with pytest.raises(Refused, match="白水县"):
        restore.restore(filled.folder, kept.path, clock, "李晓敏")


def test_an_open_book_and_a_newer_backup_are_refused(filled: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = filled.back_up("手动备份")
    with pytest.raises(Locked):
        restore.restore(filled.folder, kept.path, clock, "李晓敏")
    filled.close()
    known = migrate.newest()
    monkeypatch.setattr(container, "newest", lambda: known - 1)
    with pytest.raises(Newer, match="更高版本"):
        container.check(kept.path)


def test_attachments_go_with_a_whole_backup(filled: Book, clock: Clock, tmp_path: Path) -> None:
    digest = attachments.put(filled.folder, b"a scan")
    light, whole = filled.back_up("打开时"), filled.back_up("手动备份", tmp_path / "U盘", whole=True)
    assert container.attachments_in(light.path) == [] and container.attachments_in(whole.path) == [digest]
    filled.close()
    shutil.rmtree(filled.folder)
    restore.restore(filled.folder, whole.path, clock, "李晓敏")
    assert attachments.get(filled.folder, digest) == b"a scan"


# With a password


@pytest.fixture
def locked(filled: Book, quick_passwords: None) -> Path:
    filled.close()
    password.set_password(filled.folder, WORD)
    return filled.folder


def test_a_backup_is_as_closed_as_the_book(locked: Path, clock: Clock) -> None:
    with books.open_book(locked, clock, password=WORD) as book:
        book.act("离职 陈家明", [new("person", 7, name="陈家明", id_no="449901199001011234")])
        before, kept = rows(book), book.back_up("手动备份")
    content = kept.path.read_bytes()
    for word in ("陈家明", "449901199001011234", "CREATE TABLE"):
        assert word.encode() not in content and word.encode("utf-16-le") not in content
    with pytest.raises(WrongPassword):
        restore.look(kept.path, "not-this-one", kept.path.parent)
    manifest, side = restore.look(kept.path, WORD, kept.path.parent)
    assert side.last_act == "离职 陈家明" and manifest.counted == side.counted
    assert restore.restore(locked, kept.path, clock, "李晓敏", password=WORD).same_password
    with books.open_book(locked, clock, password=WORD) as book:
        assert rows(book) == before


def test_after_a_change_of_password_an_older_backup_comes_back_under_the_new_one(locked: Path, clock: Clock) -> None:
    with books.open_book(locked, clock, password=WORD) as book:
        kept = book.back_up("手动备份")
    password.change_password(locked, WORD, "another-Password")
    done = restore.restore(locked, kept.path, clock, "李晓敏", password="another-Password", backup_password=WORD)
    assert done.same_password
    books.open_book(locked, clock, password="another-Password").close()


def test_a_backup_from_before_the_password_was_set_comes_back_without_one(filled: Book, clock: Clock, quick_passwords: None) -> None:
    before, kept = rows(filled), filled.back_up("手动备份")
    digest = attachments.put(filled.folder, b"a scan")
    filled.close()
    password.set_password(filled.folder, WORD)
    restore.restore(filled.folder, kept.path, clock, "李晓敏", password=WORD)
    with books.open_book(filled.folder, clock) as book:
        assert rows(book) == before
        assert attachments.get(book.folder, digest, book.data_key) == b"a scan"


def test_a_wrong_password_restores_nothing(locked: Path, clock: Clock) -> None:
    with books.open_book(locked, clock, password=WORD) as book:
        kept = book.back_up("手动备份")
    with pytest.raises(WrongPassword):
        restore.restore(locked, kept.path, clock, "李晓敏", password="not-this-one", backup_password=WORD)
