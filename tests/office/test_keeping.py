"""Safe keeping from the command line: backups by themselves, restoring, passwords, verifying, salvaging, erasing."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from db import book as books
from office import accounts, backup, import_file
from office.__main__ import DONE, FOUND, REFUSED, WRONG_USE, main
from office.imports import kind
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county, everything, new, worker

WORD, OTHER = "春风十里 2026", "another-Password"

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    made = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(made, clock) as book:
        book.act("新建", [*county(), new("person", 1, name="陈家明", id_no=id_no(date(1990, 1, 1), 1)), *worker(1, end=date(2025, 1, 1))[1:]])
    return made


def office(clock: Clock, *arguments: object) -> tuple[int, str, str]:
    """Exit code, results, messages."""
    out, err = io.StringIO(), io.StringIO()
    code = main([str(one) for one in arguments], clock=clock, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_a_backup_is_made_by_itself_after_a_change_and_only_then(folder: Path, clock: Clock) -> None:
    for count in (1, 1):
        assert office(clock, "verify", folder)[0] == DONE
        assert len(backup.backups(folder)) == count
    with books.open_book(folder, clock) as book:
        book.act("改", [new("person", 9, name="甲")])
    office(clock, "verify", folder)
    assert [one.manifest.cause for one in backup.backups(folder)] == ["打开时", "打开时"]


def test_on_demand_to_a_stick_and_back(folder: Path, clock: Clock, tmp_path: Path) -> None:
    code, out, _ = office(clock, "backup", folder, "--to", tmp_path / "U盘")
    stick = Path(out.strip().split("\t")[-1])
    assert code == DONE and stick.parent == tmp_path / "U盘"
    with books.open_book(folder, clock) as book:
        assert book.acts()[-1].name == "备份到 U盘"
        assert backup.state(book).days_outside(clock) == 0
        tables = book.read(everything)
        book.act("以后", [new("person", 9, name="甲")])
    code, out, err = office(clock, "restore", folder, stick)
    assert code == DONE and "人员\t2 人\t1 人" in out and "--yes" in err
    with books.open_book(folder, clock) as book:
        assert book.read(everything) != tables, "only compared"
    assert office(clock, "restore", folder, stick, "--yes")[0] == DONE
    with books.open_book(folder, clock) as book:
        assert book.read(everything) == tables


def test_listing_as_json(folder: Path, clock: Clock) -> None:
    office(clock, "backup", folder)
    code, out, _ = office(clock, "backup", folder, "--list", "--json")
    listed = json.loads(out)
    assert code == DONE and [one["counter"] for one in listed] == [2, 1] and listed[0]["counted"]["people"] == 1


def test_a_damaged_backup_is_named(folder: Path, clock: Clock) -> None:
    office(clock, "backup", folder)
    path = backup.backups(folder)[0].path
    path.write_bytes(path.read_bytes()[:-9])
    assert office(clock, "verify", path)[0] == REFUSED
    code, out, _ = office(clock, "verify", folder)
    assert code == FOUND and path.name in out
    assert office(clock, "restore", folder, path, "--yes")[0] == REFUSED


def test_the_anchor_printed_earlier_is_asked_for(folder: Path, clock: Clock) -> None:
    _, out, _ = office(clock, "verify", folder, "--json")
    told = json.loads(out)
    assert told["found"] == []
    with books.open_book(folder, clock) as book:
        book.act("以后", [new("person", 9, name="甲")])
    anchor = f"日志 {told['lines']} 行，校验 {told['head'][:16]}"
    assert office(clock, "verify", folder, "--anchor", anchor)[0] == DONE
    assert office(clock, "verify", folder, "--anchor", f"{told['lines']}:0123456789abcdef")[0] == FOUND
    assert office(clock, "verify", folder, "--anchor", "什么")[0] == WRONG_USE


def test_the_life_of_a_password(folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", WORD)
    code, out, err = office(clock, "password", folder, "--set")
    recovery = out.strip()
    assert code == DONE and len(recovery) == 34 and "标记" in err
    code, _, err = office(clock, "verify", folder)
    assert code == REFUSED and "JINGBAN_PASSWORD" in err
    monkeypatch.setenv("JINGBAN_PASSWORD", "not-this-one")
    assert office(clock, "verify", folder)[0] == REFUSED
    monkeypatch.setenv("JINGBAN_PASSWORD", WORD)
    assert office(clock, "verify", folder)[0] == DONE
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", OTHER)
    assert office(clock, "password", folder, "--change")[0] == DONE
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", WORD)
    assert office(clock, "password", folder, "--recover", recovery[:-1])[0] == WRONG_USE
    assert office(clock, "password", folder, "--recover", recovery)[0] == DONE
    assert office(clock, "password", folder, "--off")[0] == DONE
    monkeypatch.delenv("JINGBAN_PASSWORD")
    with books.open_book(folder, clock) as book:
        names = [act.name for act in book.acts()]
        assert book.verify() == []
    assert [name for name in names if "密码" in name] == [
        "设置台账密码", "输错台账密码 1 次", "修改台账密码", "用恢复码重设台账密码", "取消台账密码",
    ]  # fmt: skip


def test_accounts_and_who_may(folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", WORD)
    assert office(clock, "account", folder, "--add", "管")[0] == WRONG_USE
    assert office(clock, "account", folder, "--add", "管", "--role", "管理员")[0] == DONE
    assert office(clock, "account", folder, "--add", "看", "--role", "只读")[0] == REFUSED
    monkeypatch.setenv("JINGBAN_ACCOUNT", "管")
    monkeypatch.setenv("JINGBAN_ACCOUNT_PASSWORD", WORD)
    code, out, _ = office(clock, "account", folder, "--add", "看", "--role", "只读")
    assert (code, out) == (DONE, "管\t管理员\t\n看\t只读\t\n")
    monkeypatch.setenv("JINGBAN_ACCOUNT_PASSWORD", OTHER)
    assert office(clock, "account", folder)[0] == REFUSED


def test_only_the_admin_restores_and_locks_a_book_with_accounts(folder: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, out, _ = office(clock, "backup", folder, "--to", tmp_path / "U盘")
    stick = Path(out.strip().split("\t")[-1])
    with books.open_book(folder, clock) as book:
        accounts.add(book, "管", "管理员", WORD)
        accounts.add(book, "填", "填报人", OTHER)
    before = (folder / "book.db").read_bytes()
    acts = [("restore", folder, stick), ("restore", folder, stick, "--yes"), ("password", folder, "--set")]
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", WORD)
    for one in acts:
        code, out, err = office(clock, *one)
        assert (code, out) == (REFUSED, "") and "JINGBAN_ACCOUNT" in err
    monkeypatch.setenv("JINGBAN_ACCOUNT", "填")
    monkeypatch.setenv("JINGBAN_ACCOUNT_PASSWORD", OTHER)
    for one in acts:
        code, out, err = office(clock, *one)
        assert (code, out) == (REFUSED, "") and "您的角色是填报人" in err
    assert (folder / "book.db").read_bytes() == before
    monkeypatch.setenv("JINGBAN_ACCOUNT", "管")
    assert office(clock, "password", folder, "--set")[0] == REFUSED, "the wrong password of the account"
    monkeypatch.setenv("JINGBAN_ACCOUNT_PASSWORD", WORD)
    code, out, _ = office(clock, "password", folder, "--set")
    recovery = out.strip()
    assert code == DONE
    with books.open_book(folder, clock, password=WORD) as book:
        assert (book.acts()[-1].name, book.acts()[-1].who) == ("设置台账密码", "管")
    monkeypatch.setenv("JINGBAN_PASSWORD", WORD)
    monkeypatch.delenv("JINGBAN_ACCOUNT")
    for flag in ("--change", "--off", "--new-code"):
        assert office(clock, "password", folder, flag)[0] == REFUSED
    monkeypatch.setenv("JINGBAN_NEW_PASSWORD", OTHER)
    assert office(clock, "password", folder, "--recover", recovery)[0] == DONE, "whoever has forgotten it cannot log in"
    monkeypatch.setenv("JINGBAN_PASSWORD", OTHER)
    monkeypatch.setenv("JINGBAN_ACCOUNT", "管")
    code, _, err = office(clock, "restore", folder, stick, "--yes")
    assert code == DONE, err
    with books.open_book(folder, clock) as book:
        assert book.acts()[-1].who == "管", book.acts()[-1]


def test_salvaging_and_erasing(folder: Path, clock: Clock, tmp_path: Path) -> None:
    code, out, _ = office(clock, "salvage", folder, tmp_path / "新.经办台账")
    assert code == DONE and "人员：取出 1 条" in out
    assert office(clock, "salvage", folder, tmp_path / "新.经办台账")[0] == WRONG_USE, "never into a book"
    number = id_no(date(1990, 1, 1), 1)
    code, out, err = office(clock, "erase", folder, "--id-no", number, "--reason", "本人申请")
    assert code == DONE and number not in out and "--yes" in err
    assert office(clock, "erase", folder, "--id-no", number, "--reason", "本人申请", "--yes")[0] == DONE
    assert office(clock, "erase", folder, "--id-no", number, "--reason", "本人申请")[0] == WRONG_USE
    assert office(clock, "verify", folder)[0] == DONE


def test_where_nothing_can_be_salvaged_nothing_is_made(folder: Path, clock: Clock, tmp_path: Path) -> None:
    (folder / "book.db").write_bytes(b"broken" * 3000)
    code, _, err = office(clock, "salvage", folder, tmp_path / "新.经办台账")
    assert code == REFUSED and "备份" in err
    assert not (tmp_path / "新.经办台账").exists()


def test_an_import_is_preceded_by_a_backup(folder: Path, clock: Clock) -> None:
    with books.open_book(folder, clock) as book:
        before = book.anchor()
        preview = import_file.preview(book, _units(folder.parent), kind("units"))
        import_file.commit(book, preview)
        (kept,) = [one for one in backup.backups(folder) if one.manifest.cause == "导入前"]
        assert (kept.manifest.counted.lines, kept.manifest.counted.head) == (before.lines, before.head), "as it was before the import"
        book.back_up("手动备份")
        assert backup.before(book, "导入前") is None, "the newest holds all there is"


def _units(where: Path) -> Path:
    """A list of one township."""
    book = Workbook()
    page = book.worksheets[0]
    for line in (("单位名称", "单位类型"), ("清溪镇", "乡镇")):
        page.append(line)
    book.save(where / "单位.xlsx")
    return where / "单位.xlsx"
