"""SAFETY 12: tampering is found, given the anchor that was printed; nobody approves their own return; what is erased is gone."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
import zlib
from contextlib import closing
from datetime import date
from pathlib import Path

from db import book as books
from db.change import Change, Refused
from db.rows import row, rows
from office import accounts, attachments, erase, returns_desk
from office.edit import exported, looked
from office.editions import Edition, write_edition
from office.inquiry import inquiry
from office.package import package
from policy.clock import Clock
from tests.db.records import county, everything, new, pay, worker
from tests.office.returning import sealed
from tests.safety.conftest import Say

WORD = "春风十里 2026"
KINDS = ("edit", "delete", "reorder", "cut", "trigger", "row", "insert")


def tamper(folder: Path, kind: str, chance: random.Random) -> str:
    """One tampering by somebody with another SQLite program; "" where it would have changed nothing."""
    with closing(sqlite3.connect(folder / "book.db")) as outside:
        for pragma in ("synchronous = OFF", "journal_mode = MEMORY"):
            outside.execute(f"PRAGMA {pragma}")
        triggers = outside.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        newest = outside.execute("SELECT max(seq) FROM diary").fetchone()[0]
        seq = chance.randint(1, newest)
        column = chance.choice(("who", "name", "at", "reason", "key", "after", "before", "tbl", "act", "digest"))
        value = "zeroblob(32)" if column == "digest" else "act + 1" if column == "act" else f"coalesce({column}, '') || 'x'"
        lost = chance.choice([name for name, _ in triggers])
        sql = {
            "edit": f"UPDATE diary SET {column} = {value} WHERE seq = {seq}",
            "delete": f"DELETE FROM diary WHERE seq = {seq}",
            "reorder": f"UPDATE diary SET seq = CASE seq WHEN {seq} THEN -1 ELSE seq END",
            "cut": f"DELETE FROM diary WHERE seq > {newest - chance.randint(1, 6)}",
            "trigger": f"DROP TRIGGER {lost}",
            "row": chance.choice(("UPDATE pay_month SET base = base + 1 WHERE month = {n}", "DELETE FROM pay_month WHERE month = {n}", "UPDATE person SET phone = '1' WHERE id = 1")).format(n=chance.randint(1, 12)),
            "insert": "INSERT INTO diary (act, op, at, who, name, reason, barrier, digest) VALUES (999, 'act', '2026-01-01', '张三', '审核', '', 0, zeroblob(32))",
        }[kind]
        if kind == "trigger":
            outside.execute(sql)
        else:
            for name, _ in triggers:
                outside.execute(f"DROP TRIGGER {name}")
            outside.execute(sql)
            if kind == "reorder":
                outside.execute(f"UPDATE diary SET seq = {newest + 1} WHERE seq = -1")
                if seq == newest:
                    outside.execute("UPDATE diary SET who = 'x' WHERE seq = (SELECT max(seq) FROM diary)")
            for _, text in triggers:
                outside.execute(text)
        outside.commit()
    return sql


def test_tampering_is_found(demo_folder: Path, full: bool, say: Say, clock: Clock, tmp_path: Path, quick_passwords: None) -> None:
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(folder, clock, "李晓敏") as book:
        book.act("新建", [*county(), *worker(1), *(pay(1, 2026, month, base=400000) for month in range(1, 13))])
        for at in range(10):
            book.act("新增", [new("person", 10 + at, name=f"人员{at}")])
        book.act("看完整证件号", [])
        printed = book.anchor()
    times, found = 1000 if full else 28, 0
    chance = random.Random(453)
    database = (folder / "book.db").read_bytes()
    for at in range(times):
        (folder / "book.db").write_bytes(database)
        done = tamper(folder, KINDS[at % len(KINDS)], chance)
        with books.open_book(folder, clock) as book:
            found += book.verify(printed) != []
        assert found == at + 1, done
    (folder / "book.db").write_bytes(database)
    blocked = _own_approval(folder, clock)
    left, logged = _erased(tmp_path, clock)
    out, in_seals = _put_out(demo_folder, tmp_path, clock)
    figures = (
        f"{found}/{times} tamperings found given the printed anchor; approving one's own return {'refused by the database' if blocked else 'ALLOWED'}; "
        f"an erased person found {left} times in the database file after VACUUM, the erasure {'stands in' if logged else 'IS NOT IN'} the log; "
        f"{out}/6 exports and looks at whole numbers stand in the log; somebody erased found {in_seals} times in the sealed return that named them"
    )
    say(12, figures, found == times and blocked and left == 0 and logged and out == 6 and in_seals == 0)


def _own_approval(folder: Path, clock: Clock) -> bool:
    """Two accounts; the one who filled the return in tries to approve it, with every right there is."""
    with books.open_book(folder, clock) as book:
        accounts.add(book, "甲", "管理员", WORD)
        accounts.add(book, "乙", "审核人", WORD)
        task = new("report_task", 1, name="年度", short="年", period="2026", forms="表2", signatories="")
        book.act("新建报送任务", [task])
        book.act("填报", [new("return_", 1, task=1, version=1, filled_by="甲")])
        try:
            book.act("审核", [Change("return_", (1,), {"state": "编制中", "approved_by": None}, {"state": "已审核", "approved_by": "甲"})])
        except Refused as refusal:
            return "不能是同一人" in str(refusal)
    return False


def _erased(tmp_path: Path, clock: Clock) -> tuple[int, bool]:
    """A person of whom name, number and phone stand everywhere they can, erased; how often they are still in the file."""
    words = ("欧阳孝廉", "449901198503154321", "13800138456")
    folder = books.create(tmp_path, "白水县", "0.1.0")
    with books.open_book(folder, clock, "李晓敏") as book:
        book.act("新建", county())
        person = new("person", 77, name=words[0], id_no=words[1], phone=words[2])
        book.act(f"新增人员 {words[0]}", [person, *worker(77, date(2020, 1, 1), date(2023, 1, 1))[1:], pay(77, 2022, 12, base=300000, reason=f"补发{words[0]}")])
        book.act("改", [new("person", 78, name="别人")], reason=f"与{words[1]}同住")
        before = book.read(everything)["pay_month"]
        erase.erase(book, 77, "本人申请")
        sound = book.verify() == [] and [row[:4] for row in book.read(everything)["pay_month"]] == [row[:4] for row in before]
        logged = book.acts()[-1].name == "依法删除个人信息" and sound
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return sum(content.count(word.encode()) for word in words), logged




def _put_out(folder: Path, tmp_path: Path, clock: Clock) -> tuple[int, int]:
    """Everything that lets personal data out, done once: how much of it the log has; and a person erased after the return was sealed: how
    often name and number are still in what the seal keeps."""
    logged = 0
    with books.open_book(folder, clock, "李晓敏") as book:
        number = sealed(book, forms=("封面", "表2", "附表1"))
        left = next(one for one in book.read(rows, "engagement") if one["end"] is None)
        person = book.read(row, "person", (left["person"],)) or {}
        scan = tmp_path / "名单.txt"
        scan.write_text("名单", encoding="utf-8")
        attachments.attach(book, "person", person["id"], [scan])
        draft = book.read(returns_desk.draft_in, number)
        for put_out in (
            lambda: looked(book, "人员", 1),
            lambda: exported(book, "人员", "人员.xlsx", 1),
            lambda: attachments.export(book, book.read(attachments.attached, "person", person["id"]), tmp_path),
            lambda: inquiry(book, person["id"], tmp_path),
            lambda: write_edition(book, draft, Edition(), tmp_path, "送市局审核"),
            lambda: package(book, number, tmp_path, to="市民政局"),
        ):
            before = len(book.acts())
            put_out()
            logged += len(book.acts()) > before
        book.act("离职", [Change("engagement", (left["id"],), {"end": None}, {"end": date(2026, 12, 30)})])
        erase.erase(book, person["id"], "本人申请")
        (held,) = book.read(rows, "seal")
        kept = "".join(zlib.decompress(held[name]).decode() for name in ("sheets", "facts", "record"))
        with zipfile.ZipFile(io.BytesIO(held["workbook"])) as parts:
            kept += "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        assert book.verify() == []
    return logged, sum(kept.count(str(person[name])) for name in ("name", "id_no"))
