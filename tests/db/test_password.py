"""A book's password: set, changed, taken off, reset; nothing of the book readable without it; a power cut leaves old or new."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import attachments, crypt, password
from db import book as books
from db.change import Damaged, PasswordNeeded, Refused, WrongPassword
from db.face import find_face, read_face
from policy.clock import Clock
from resources import files
from tests.db.records import county, diary, everything, new, worker

FIRST, SECOND = "春风十里 2026", "another-Password"


pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def closed(book: books.Book) -> Path:
    book.act("新建", [*county(), *worker(1)])
    book.act("改名", [new("person", 2, name="陈家明", id_no="449901199001011234")])
    book.close()
    return book.folder


@pytest.fixture
def locked(closed: Path) -> Path:
    password.set_password(closed, FIRST)
    return closed


def content(folder: Path, clock: Clock, word: str | None) -> tuple[object, object]:
    with books.open_book(folder, clock, password=word) as book:
        assert book.verify() == []
        return book.read(everything), book.read(diary)


def every_file(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def test_setting_a_password_keeps_every_row_and_every_line(closed: Path, clock: Clock) -> None:
    before = content(closed, clock, None)
    code = password.set_password(closed, FIRST)
    assert content(closed, clock, FIRST) == before
    password.typed_back(closed, code)
    assert password.mark(closed) and password.has_password(closed)


def test_nothing_of_the_book_can_be_read_without_the_password(closed: Path, clock: Clock) -> None:
    known = ["陈家明", "449901199001011234", "石桥", "CREATE TABLE"]
    attachments.put(closed, "陈家明的身份证 449901199001011234".encode())
    key = read_face(find_face(closed)).chain_key.hex()
    password.set_password(closed, FIRST)
    for path, bytes_ in every_file(closed):
        for word in known if path.suffix != ".jingban" else [key, known[0], known[1]]:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.encode(encoding) not in bytes_, f"{word} in {path.name}"


def test_the_blocks_that_held_the_book_plain_are_overwritten(closed: Path, clock: Clock) -> None:
    """Somebody who still has the old files open, as a look at the raw disk has, finds nothing in them."""
    digest = attachments.put(closed, "张三身份证 449901199001011234".encode() * 50)
    with (closed / "book.db").open("rb") as database, attachments.place(closed, digest).open("rb") as scan:
        assert b"449901199001011234" in database.read() and b"449901199001011234" in scan.read()
        password.set_password(closed, FIRST)
        for old in (database, scan):
            old.seek(0)
            assert not old.read().strip(b"\0")
    assert list(closed.rglob("*.tmp")) == []
    content(closed, clock, FIRST)


def test_a_file_system_without_second_names_still_sets_a_password(closed: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError("not here")

    monkeypatch.setattr("os.link", none)
    password.set_password(closed, FIRST)
    content(closed, clock, FIRST)


def test_what_a_cut_off_left_is_overwritten_at_the_next_opening_and_never_the_book_itself(closed: Path, clock: Clock) -> None:
    same = closed / "~same.tmp"  # cut off before the exchange: another name of the book as it is
    same.hardlink_to(closed / "book.db")
    files.wipe(same)
    before = content(closed, clock, None)
    password.set_password(closed, FIRST)
    left = closed / "~left.tmp"  # cut off after it: the plain book that was
    left.write_bytes(b"449901199001011234" * 100)
    with left.open("rb") as old:
        assert content(closed, clock, FIRST)[0] == before[0]
        assert not left.exists() and not old.read().strip(b"\0")


def test_without_a_password_it_is_asked_for_and_a_wrong_one_is_told_from_damage(locked: Path, clock: Clock) -> None:
    with pytest.raises(PasswordNeeded, match="设有密码"):
        books.open_book(locked, clock)
    with pytest.raises(WrongPassword, match="恢复码"):
        books.open_book(locked, clock, password="not-this-one")
    (locked / "book.db").write_bytes(bytes(reversed((locked / "book.db").read_bytes())))
    with pytest.raises(WrongPassword):
        books.open_book(locked, clock, password="not-this-one")
    with pytest.raises(Damaged):
        books.open_book(locked, clock, password=FIRST)


def test_one_changed_byte_in_the_face_is_damage_never_a_wrong_password(locked: Path, clock: Clock) -> None:
    face = find_face(locked)
    good = face.read_bytes()
    for _ in range(40):
        spoilt = bytearray(good)
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
        face.write_bytes(spoilt)
        try:
            books.open_book(locked, clock, password=FIRST).close()
        except Damaged:
            continue
        except Refused as other:  # a flipped digit can make a higher schema of it: that is said, and still not a wrong password
            assert not isinstance(other, WrongPassword | PasswordNeeded)
        else:  # a blank between two signs may change without changing what is said
            assert json.loads(spoilt) == json.loads(good)


def test_wrong_passwords_go_into_the_log_at_the_next_opening(locked: Path, clock: Clock) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            books.open_book(locked, clock, password="not-this-one")
    with books.open_book(locked, clock, password=FIRST) as book:
        assert book.acts()[-1].name == "输错台账密码 3 次"
        assert any("3 次输错密码" in sentence for sentence in book.warnings)
    with books.open_book(locked, clock, password=FIRST) as book:
        assert book.warnings == ()


def test_changing_it_rewrites_the_face_alone(locked: Path, clock: Clock) -> None:
    before = (locked / "book.db").read_bytes()
    password.change_password(locked, FIRST, SECOND)
    assert (locked / "book.db").read_bytes() == before
    with pytest.raises(WrongPassword):
        books.open_book(locked, clock, password=FIRST)
    content(locked, clock, SECOND)
    with pytest.raises(WrongPassword):
        password.change_password(locked, FIRST, "third-Password")


def test_the_recovery_code_opens_also_after_a_change_of_password(closed: Path, clock: Clock) -> None:
    code = password.set_password(closed, FIRST)
    password.change_password(closed, FIRST, SECOND)
    password.recover(closed, code.lower(), "third-Password")
    content(closed, clock, "third-Password")
    with pytest.raises(Refused, match="校验位"):
        password.recover(closed, code[:-1] + ("2" if code[-1] != "2" else "3"), "fourth-Password")
    with pytest.raises(WrongPassword, match="标记"):
        password.recover(closed, crypt.new_code(), "fourth-Password")


def test_a_new_code_takes_the_place_of_the_old_one(closed: Path) -> None:
    old = password.set_password(closed, FIRST)
    fresh = password.renew_code(closed, FIRST)
    password.typed_back(closed, fresh)
    with pytest.raises(WrongPassword):
        password.typed_back(closed, old)


def test_taking_it_off_lays_everything_open_again(closed: Path, clock: Clock) -> None:
    before = content(closed, clock, None)
    digest = attachments.put(closed, b"a scan")
    chain = read_face(find_face(closed)).chain_key
    password.set_password(closed, FIRST)
    with books.open_book(closed, clock, password=FIRST) as book:
        assert book.data_key and attachments.get(closed, digest, book.data_key) == b"a scan"
    password.take_off(closed, FIRST)
    assert content(closed, clock, None) == before
    assert attachments.get(closed, digest) == b"a scan"
    assert read_face(find_face(closed)).chain_key == chain


@pytest.mark.parametrize("act", ["set", "off"])
def test_what_cannot_be_is_refused(closed: Path, act: str) -> None:
    if act == "set":
        password.set_password(closed, FIRST)
        with pytest.raises(Refused, match="已经设有密码"):
            password.set_password(closed, FIRST)
    else:
        with pytest.raises(Refused, match="没有设密码"):
            password.take_off(closed, FIRST)


def test_an_open_book_is_left_alone(closed: Path, clock: Clock) -> None:
    with books.open_book(closed, clock, "李晓敏"), pytest.raises(Refused, match="李晓敏"):
        password.set_password(closed, FIRST)


class Cut(Exception):  # noqa: N818
    """The power went."""


@pytest.mark.parametrize("turn", ["set", "off"])
def test_a_power_cut_at_any_step_leaves_the_old_book_or_the_new_one(
    closed: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, turn: str
) -> None:
    """The Nth rename or fsync of the exchange fails, for every N until none is left; after each the book opens with all it held."""
    if turn == "off":
        password.set_password(closed, FIRST)
    before = content(closed, clock, FIRST if turn == "off" else None)
    cuts, done = 0, False
    while not done:
        book = Path(shutil.copytree(closed, tmp_path / f"{cuts}.经办台账"))
        left = cuts

        def cut(function: Callable[..., object]) -> Callable[..., object]:
            def step(*arguments: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    raise Cut
                return function(*arguments)

            return step

        with monkeypatch.context() as patched:
            for name in ("put_in_place", "sync", "sync_folder"):
                patched.setattr(files, name, cut(getattr(files, name)))
            try:
                password.set_password(book, FIRST) if turn == "set" else password.take_off(book, FIRST)
                done = True
            except Cut:
                cuts += 1
        try:
            found = content(book, clock, FIRST)
        except Refused:
            found = content(book, clock, None)
        assert found == before, f"cut at step {cuts}"
    assert cuts > 5
