"""Erasing by law reaches into seals: the name is gone from facts, forms, notes and the workbook, every figure stays, and the seal says so."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db import book as books
from db.book import Book
from db.change import Change
from db.rows import row, rows
from office import attachments, erase, returns_desk, seal
from office.keeping import Kept
from office.package import open_package, package
from policy.clock import Clock
from policy.kinds.idno import IDENTITY
from policy.names import ERASED
from returns.sheet import Sheet
from tests.db.records import new
from tests.office.returning import sealed

FORMS = ("封面", "表1", "表2", "表3", "附表1", "附表2", "审核表")
REASON = "一人的年工资标准低于最低标准"


@pytest.fixture(scope="module")
def _sealed_folder(_demo: Path, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    folder = Path(shutil.copytree(_demo, tmp_path_factory.mktemp("erase") / _demo.name))
    with books.open_book(folder, clock, "李晓敏") as book:
        sealed(book, forms=FORMS)
    return folder


@pytest.fixture
def book(_sealed_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """The demo county with a sealed return; the one paid below the floor, whom the audit names, has left since."""
    with books.open_book(Path(shutil.copytree(_sealed_folder, tmp_path / _sealed_folder.name)), clock, "李晓敏") as opened:
        engagement = low(opened)
        opened.act("离职", [Change("engagement", (engagement["id"],), {"end": None}, {"end": date(2026, 12, 30)})])
        yield opened


def low(book: Book) -> dict[str, object]:
    """The engagement of the one whom a point of the audit names."""
    kept = kept_in(book)
    subject = next(one.subject for one in kept.record.audited.points if one.id == "3-S1" and one.subject.startswith(("p", "u")))
    names = {one.person.name: one for one in kept.facts.engagements}
    said = "".join("".join(one.told) for one in kept.record.audited.points if one.subject == subject)
    found = next(one for name, one in names.items() if name in said)
    return book.read(row, "engagement", (found.id,)) or {}


def kept_in(book: Book) -> Kept:
    return book.read(returns_desk.kept_in, 1)


def person_of(book: Book) -> dict[str, object]:
    return book.read(row, "person", (low_person(book),)) or {}


def low_person(book: Book) -> int:
    return int(str(low(book)["person"]))


def figures(sheets: tuple[Sheet, ...]) -> list[object]:
    return [cell.value for sheet in sheets for line in sheet.rows for cell in line.cells if not isinstance(cell.value, str | None)]


def texts_of(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def whole(book: Book) -> str:
    """All that a seal keeps, unpacked."""
    (held,) = book.read(rows, "seal")
    return "".join(zlib.decompress(held[name]).decode() for name in ("sheets", "facts", "record")) + texts_of(held["workbook"])


def test_the_sealed_return_names_the_person_before(book: Book) -> None:
    name, number = person_of(book)["name"], str(person_of(book)["id_no"])
    assert IDENTITY.mask is not None
    for word in (name, number, IDENTITY.mask(number)):
        assert str(word) in whole(book), "else the next test shows nothing"
    assert str(name) in texts_of(kept_in(book).workbook)


def test_nobody_is_named_any_more_and_every_figure_stays(book: Book, tmp_path: Path) -> None:
    person, before = person_of(book), kept_in(book)
    before_pages = load_workbook(io.BytesIO(before.workbook))
    done = erase.erase(book, low_person(book), f"{person['name']}本人申请")
    after = kept_in(book)
    assert IDENTITY.mask is not None
    words = [str(person[column]) for column in ("name", "id_no", "phone") if person[column]] + [IDENTITY.mask(str(person["id_no"]))]
    for word in words:
        assert word not in whole(book), word
    assert ERASED in texts_of(after.workbook) and done.seals == 1
    assert figures(after.sheets) == figures(before.sheets)
    changed = {
        (page.title, cell.coordinate)
        for page, other in zip(load_workbook(io.BytesIO(after.workbook)).worksheets, before_pages.worksheets, strict=True)
        for line, was in zip(page.iter_rows(), other.iter_rows(), strict=True)
        for cell, old in zip(line, was, strict=True)
        if cell.value != old.value
    }
    assert {page for page, _ in changed} == {"附表1", "附表2", "_meta"}, "the hidden page has the fingerprint of the cells"
    assert len(changed) < 15 and sum(page == "_meta" for page, _ in changed) == 1
    book.close()
    content = b"".join(path.read_bytes() for path in book.folder.rglob("*") if path.is_file())
    for word in words:
        for spelling in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(spelling) not in content, word


def test_the_seal_says_how_many_and_keeps_the_fingerprint_of_the_original(book: Book) -> None:
    before, anchor = kept_in(book), book.anchor()
    assert before.said_erased() == ""
    erase.erase(book, low_person(book), "本人申请")
    after = kept_in(book)
    assert (after.erased, after.original, after.head, after.lines) == (1, before.sha256, before.head, before.lines)
    assert after.sha256 != before.sha256
    assert "依法删除 1 人" in after.said_erased() and before.sha256[:16] in after.said_erased()
    assert book.verify(anchor) == [] and book.verify() == []
    (said,) = book.read(lambda c: c.exec_driver_sql("SELECT after FROM diary WHERE tbl = 'seal' AND op = 'insert'").scalars().all())
    assert before.sha256 in said, "the log goes on proving what was sealed"


def test_a_second_person_is_counted_and_the_first_fingerprint_stays(book: Book) -> None:
    first = kept_in(book).sha256
    erase.erase(book, low_person(book), "本人申请")
    other = next(one for one in kept_in(book).facts.engagements if one.person.name != ERASED and one.end is None)
    book.act("离职", [Change("engagement", (other.id,), {"end": None}, {"end": date(2026, 12, 30)})])
    erase.erase(book, other.person.id, "本人申请")
    assert (kept_in(book).erased, kept_in(book).original) == (2, first)
    assert other.person.name not in whole(book)


def test_sealed_figures_are_still_replayed_and_sent(book: Book, tmp_path: Path) -> None:
    assert all(one.moved == () for one in book.read(seal.replay_all))
    erase.erase(book, low_person(book), "本人申请")
    assert all(one.moved == () for one in book.read(seal.replay_all))
    assert open_package(package(book, 1, tmp_path / "out", to="市民政局")).manifest.counts["表2"] > 0


def test_of_two_who_bear_the_name_only_one_goes(book: Book) -> None:
    person = person_of(book)
    kept = kept_in(book)
    other = next(one for one in kept.facts.engagements if one.person.id != person["id"] and one.end is None)
    namesake = replace(other.person, name=str(person["name"]))
    book.act("改名", [Change("person", (other.person.id,), {"name": other.person.name}, {"name": namesake.name})])
    book.act("会议", [new("incoming_doc", 99, title=f"{namesake.name}的请示", received=date(2026, 5, 1))])
    done = erase.erase(book, int(str(person["id"])), "本人申请")
    assert (book.read(row, "person", (other.person.id,)) or {})["name"] == namesake.name
    assert (book.read(row, "incoming_doc", (99,)) or {})["title"].startswith(namesake.name)
    assert done.shared and any("同名" in one for one in done.sentences())
    assert str(person["id_no"]) not in whole(book)
    roster = next(sheet for sheet in kept_in(book).sheets if sheet.key == "附表1")
    assert [line.cells[1].value for line in roster.rows].count(ERASED) == 1
    assert book.verify() == []


def test_texts_of_any_record_and_files_elsewhere(book: Book, tmp_path: Path) -> None:
    name = str(person_of(book)["name"])
    units = len(book.read(rows, "unit_version"))
    book.act("会议", [new("incoming_doc", 99, title=f"关于{name}同志的通报", received=date(2026, 5, 1))])
    book.act("单位", [new("unit", 999, sort_no=999), new("unit_version", 999, unit=999, since=date(2020, 1, 1), name=f"{name}区民政所", type="乡镇", parent=1)])
    listed, scan = tmp_path / "名单.csv", tmp_path / "合同.pdf"
    listed.write_text(f"姓名\n{name}\n", encoding="gb18030")
    scan.write_bytes(b"%PDF-1.4 \x00\x01")
    attachments.attach(book, "incoming_doc", 99, [listed, scan])
    done = erase.erase(book, low_person(book), "本人申请")
    assert (book.read(row, "incoming_doc", (99,)) or {})["title"] == f"关于{ERASED}同志的通报"
    assert [one["name"] for one in book.read(rows, "unit_version")][-1] == f"{name}区民政所" and len(book.read(rows, "unit_version")) == units + 1
    assert done.elsewhere == ("名单.csv",) and any("名单.csv" in one for one in done.sentences())
    assert book.verify() == []
