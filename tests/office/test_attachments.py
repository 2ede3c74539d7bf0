"""附件: kept by what they hold, on any record; nothing is lost by undo, nothing altered goes unnoticed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from db import attachments
from db.book import Book
from db.change import Change, Damaged, Refused
from db.lists.history import log_of_act
from db.rows import defaults, rows
from office import recycle
from office.attachments import attach, attached, export, key_of, number, open_copy, owner_of, verify
from tests.db.records import county, everything, worker

PDF = b"%PDF-1.4\n1 0 obj<</Type /Pages /Count 2>>endobj\n2 0 obj<</Type /Page>>endobj\n3 0 obj<</Type /Page>>endobj\n%%EOF"
KEY = bytes(range(32))


@pytest.fixture
def staffed(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2)])
    return book


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "身份证扫描件.pdf"
    file.write_bytes(PDF)
    return file


def test_a_scan_hangs_on_its_record_and_lies_under_its_digest(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    (one,) = staffed.read(attached, "person", 1)
    assert (one.name, one.size, one.pages, one.added_on) == ("身份证扫描件.pdf", len(PDF), 2, date(2026, 12, 31))
    assert one.sha256 == sha256(PDF).hexdigest()
    assert (staffed.folder / "attachments" / one.sha256[:2] / one.sha256).exists()
    assert staffed.read(attached, "person", 2) == []
    assert staffed.acts()[-1].plain == "添加附件 身份证扫描件.pdf"
    assert verify(staffed) == []


def test_the_log_names_the_kind_of_record_in_the_clerks_words(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    said = " ".join(str(value) for row in staffed.read(log_of_act, len(staffed.acts())).rows for value in row.values)
    assert "所属记录类别 人员" in said and "person" not in said


def test_undo_takes_the_row_back_and_redo_finds_the_file_still_there(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    staffed.undo()
    assert staffed.read(rows, "attachment") == []
    staffed.redo()
    assert verify(staffed) == [] and len(staffed.read(attached, "person", 1)) == 1


def test_the_same_file_on_two_records_is_kept_once_and_on_one_record_refused(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    attach(staffed, "person", 2, [scan])
    assert sum(path.is_file() for path in (staffed.folder / "attachments").rglob("*")) == 1
    copy = scan.with_name("副本.pdf")
    copy.write_bytes(PDF)
    with pytest.raises(Refused, match=r"“副本\.pdf”与这条记录上已有的附件“身份证扫描件\.pdf”内容完全相同"):
        attach(staffed, "person", 1, [copy])


@pytest.mark.parametrize(("name", "content", "said"), [
    ("空白.pdf", b"", "空文件"), ("安装.EXE", b"MZ", "可以运行的程序"), ("快捷方式.lnk", b"L", "可以运行的程序"),
])  # fmt: skip
def test_what_cannot_be_an_attachment_is_refused_and_the_others_with_it(staffed: Book, scan: Path, name: str, content: bytes, said: str) -> None:
    bad = scan.with_name(name)
    bad.write_bytes(content)
    before = staffed.read(everything)
    with pytest.raises(Refused, match=said):
        attach(staffed, "person", 1, [scan, bad])
    assert staffed.read(everything) == before


def test_too_large_missing_folder_and_nothing(staffed: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("office.attachments.LARGEST", 1000)
    large = tmp_path / "全书.pdf"
    large.write_bytes(b"x" * 1001)
    for paths, said in (([large], "上限"), ([tmp_path / "没有.pdf"], "读不出"), ([tmp_path], "文件夹"), ([], "没有要添加的文件")):
        with pytest.raises(Refused, match=said):
            attach(staffed, "person", 1, paths)
    with pytest.raises(Refused, match="已经不在了"):
        attach(staffed, "person", 9, [large])


def test_given_out_under_its_own_name_never_over_another(staffed: Book, scan: Path, tmp_path: Path) -> None:
    attach(staffed, "person", 1, [scan])
    (one,) = staffed.read(attached, "person", 1)
    target = tmp_path / "给审计"
    target.mkdir()
    (target / scan.name).write_text("别的文件", encoding="utf-8")
    (written,) = export(staffed, [one], target)
    assert written.name == "身份证扫描件(2).pdf" and written.read_bytes() == PDF
    assert (target / scan.name).read_text(encoding="utf-8") == "别的文件"
    assert staffed.acts()[-1].name == "导出附件 1 个"
    looked = open_copy(staffed, one, tmp_path / "临时")
    assert looked.read_bytes() == PDF and looked.name == scan.name


def test_a_file_altered_or_gone_is_named(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    (one,) = staffed.read(attached, "person", 1)
    kept = attachments.place(staffed.folder, one.sha256)
    kept.write_bytes(PDF[:-1] + b"X")
    assert ["身份证扫描件.pdf" in said and "请从备份恢复" in said for said in verify(staffed)] == [True]
    with pytest.raises(Damaged, match="请从备份恢复"):
        open_copy(staffed, one, scan.parent / "临时")
    kept.unlink()
    assert len(verify(staffed)) == 1
    attach(staffed, "person", 2, [scan])  # the same file comes again: whole for both
    assert verify(staffed) == []


def test_sealed_under_the_books_key(tmp_path: Path) -> None:
    digest = attachments.put(tmp_path, PDF, KEY)
    kept = attachments.place(tmp_path, digest).read_bytes()
    assert PDF not in kept and b"%PDF" not in kept
    assert attachments.get(tmp_path, digest, KEY) == PDF
    for key in (None, bytes(32)):
        assert attachments.check(tmp_path, [digest], key) == [digest]
    plain = attachments.put(tmp_path, b"before the password", None)
    assert attachments.get(tmp_path, plain, KEY) == b"before the password"


def test_a_removed_record_takes_its_attachments_and_brings_them_back(staffed: Book, scan: Path) -> None:
    attach(staffed, "person", 1, [scan])
    before = staffed.read(everything)
    act = recycle.discard(staffed, "person", (1,), "重复登记")
    assert staffed.read(rows, "attachment") == []
    recycle.restore(staffed, act)
    assert staffed.read(everything) == before


def test_a_months_pay_has_files_that_go_and_come_back_with_it(staffed: Book, scan: Path) -> None:
    staffed.act("录入", [Change("pay_month", (2026, 1, 3), None, defaults("pay_month") | {"year": 2026, "engagement": 1, "month": 3, "base": 400000})])
    assert owner_of({"person": (1,), "pay_month": (2026, 1, 3)}, "pay_month") == ("pay_month", 1_202603) and key_of("pay_month", 1_202603) == (2026, 1, 3)
    attach(staffed, "pay_month", number((2026, 1, 3)), [scan])
    with pytest.raises(Refused, match="已经不在了"):
        attach(staffed, "pay_month", number((2026, 1, 4)), [scan])
    before = staffed.read(everything)
    act = recycle.discard(staffed, "engagement", (1,), "重复登记")
    assert staffed.read(rows, "attachment") == []
    recycle.restore(staffed, act)
    assert staffed.read(everything) == before


def test_what_a_row_of_a_list_stands_for() -> None:
    assert owner_of({"finding": (3,), "person": (7,)}) == ("person", 7)
    assert owner_of({"dibao_spend": (2025, "决算", "县")}) is None, "a line of several records"
    assert owner_of({"attachment": (1,)}) is None and owner_of({"city_package": (1,)}) is None
    assert owner_of({"unit": (4,)}, "survey_window") is None, "nothing was filled in for this unit yet"
