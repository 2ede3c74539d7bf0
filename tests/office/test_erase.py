"""Erasing by law: the person is gone from tables, log and attachments; sums, dates and the chain are as before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.book import Book
from db.change import Barrier, Change, Refused
from db.lists.history import log_of_person, removed
from office import attachments, erase
from policy.example import id_no
from tests.db.records import county, everything, new, pay, worker

NAME, NUMBER, PHONE = "欧阳孝廉", id_no(date(1985, 3, 15), 1), "13800138456"


@pytest.fixture
def left(book: Book) -> Book:
    """Somebody who left in 2023, and a colleague of nearly the same name who is still there."""
    book.act("新建", county())
    book.act(f"新增 {NAME}", [new("person", 7, name=NAME, id_no=NUMBER, phone=PHONE, birth=date(1985, 3, 15), sex="男"), *worker(7, end=date(2025, 1, 1))[1:]])
    book.act("工资", [pay(7, 2024, 12, base=300000, reason=f"补发{NAME}")])
    book.act("改电话", [Change("person", (7,), {"phone": PHONE}, {"phone": "13900139000"})])
    book.act("改电话", [Change("person", (7,), {"phone": "13900139000"}, {"phone": PHONE})])
    book.act("新增", [new("person", 8, name="欧阳孝廉之子"), *worker(8)[1:]])
    return book


def test_nothing_that_says_who_it_was_is_left(left: Book) -> None:
    done = erase.erase(left, 7, "本人申请")
    left.close()
    content = (left.folder / "book.db").read_bytes()
    for word in (NUMBER, PHONE, "13900139000", "1985-03-15"):
        assert word.encode() not in content, word
    assert content.count(NAME.encode()) == content.count("欧阳孝廉之子".encode()), "only the namesake's own"
    assert done.rows == 2


def test_the_certificate_and_what_was_said_of_the_party_go_too(left: Book) -> None:
    left.act("证书", [Change("person", (7,), {"certificate_no": None, "party_member": None}, {"certificate_no": "20190004400000123", "party_member": "是"})])
    left.act("说明", [Change("pay_month", (2024, 7, 12), {"reason": f"补发{NAME}"}, {"reason": "核对证书 20190004400000123 后补发"})])
    left.act("证书", [Change("person", (8,), {"certificate_no": None}, {"certificate_no": "0012"})])
    erase.erase(left, 7, "本人申请")
    assert left.read(lambda c: c.exec_driver_sql("SELECT certificate_no, party_member FROM person ORDER BY id").all()) == [(None, None), ("0012", None)]
    left.close()
    assert b"20190004400000123" not in (left.folder / "book.db").read_bytes()


def test_figures_dates_and_the_chain_are_as_before(left: Book) -> None:
    before, anchor = left.read(everything), left.anchor()
    erase.erase(left, 7, "本人申请")
    after = left.read(everything)
    assert left.verify(anchor) == []
    for table in ("engagement", "assignment", "engagement_term", "unit", "county"):
        assert after[table] == before[table]
    (row,) = left.read(lambda c: c.exec_driver_sql("SELECT gross, base, month FROM pay_month").all())
    assert tuple(row) == (300000, 300000, 12)
    assert left.read(lambda c: c.exec_driver_sql("SELECT name, id_no, birth, sex, phone FROM person WHERE id = 7").one()) == ("已依法删除", None, None, None, None)


def test_what_is_left_of_an_emptied_line_is_still_held(left: Book) -> None:
    """Nobody can say 'erased by law' of a line that was not, nor change what is left of one that was."""
    import sqlite3
    from contextlib import closing

    from db import book as books

    erase.erase(left, 7, "本人申请")
    left.close()
    database = left.folder / "book.db"
    good = database.read_bytes()
    edits = (
        "UPDATE diary SET act = act + 1 WHERE op = 'insert' AND tbl = 'person' AND key = '[7]'",
        "UPDATE diary SET after = '{}' WHERE op = 'insert' AND tbl = 'person' AND key = '[7]'",
        "UPDATE diary SET before = NULL, after = NULL WHERE op = 'insert' AND tbl = 'person' AND key = '[8]'",
        "UPDATE diary SET who = '张三' WHERE op = 'act' AND name = '已依法删除'",
        "DELETE FROM diary WHERE op = 'erase' AND seq = (SELECT min(seq) FROM diary WHERE op = 'erase')",
        "UPDATE person SET name = '别人' WHERE id = 7",
    )
    for edit in edits:
        database.write_bytes(good)
        with closing(sqlite3.connect(database)) as outside:
            triggers = outside.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            outside.execute("PRAGMA synchronous = OFF")
            for name, _ in triggers:
                outside.execute(f"DROP TRIGGER {name}")
            assert outside.execute(edit).rowcount, edit
            for _, sql in triggers:
                outside.execute(sql)
            outside.commit()
        with books.open_book(left.folder, left.clock) as book:
            assert book.verify() != [], edit


def test_it_cannot_be_undone_and_earlier_acts_on_the_person_neither(left: Book) -> None:
    act = next(one.number for one in left.acts() if one.name == "改电话")
    erase.erase(left, 7, "本人申请")
    with pytest.raises(Barrier, match="不能撤销"):
        left.undo()
    before = left.read(everything)
    with pytest.raises(Refused):
        left.take_back(act)
    assert left.read(everything) == before


def test_who_is_in_service_or_unknown_or_erased_already_is_refused(left: Book) -> None:
    with pytest.raises(Refused, match="还在职"):
        erase.erase(left, 8, "本人申请")
    with pytest.raises(Refused, match="依据"):
        erase.erase(left, 7, "  ")
    with pytest.raises(Refused, match="没有这个证件号"):
        erase.person_by_id_no(left, id_no(date(1980, 1, 1), 3))
    assert erase.person_by_id_no(left, NUMBER) == 7
    erase.erase(left, 7, "本人申请")
    with pytest.raises(Refused, match="已依法删除"):
        erase.erase(left, 7, "再来")


def test_scans_go_with_the_person_unless_another_record_holds_them(left: Book, tmp_path: Path) -> None:
    own, shared = tmp_path / f"{NAME}身份证.pdf", tmp_path / "名册.pdf"
    own.write_bytes(b"%PDF-1.4 own")
    shared.write_bytes(b"%PDF-1.4 shared")
    attachments.attach(left, "person", 7, [own, shared])
    attachments.attach(left, "person", 8, [shared])
    assert erase.erase(left, 7, "本人申请").files == 1
    assert len([path for path in (left.folder / "attachments").rglob("*") if path.is_file()]) == 1
    assert attachments.verify(left) == []


def test_lists_and_the_recycle_bin_still_open(left: Book) -> None:
    erase.erase(left, 7, "本人申请")
    told = left.read(log_of_person, 7)
    assert all(NAME not in str(row.values) and NUMBER not in str(row.values) for row in told.rows)
    left.read(removed)


def test_what_goes_is_said_first_and_older_backups_afterwards(left: Book) -> None:
    left.back_up("打开时")
    lines = erase.what_goes(left, 7)
    assert NUMBER not in "".join(lines) and NAME in lines[0]
    done = erase.erase(left, 7, "本人申请")
    assert len(done.backups) == 1 and "备份" in done.sentences()[-1]
