"""The reading process and its parent: whatever a file does, the parent ends with a workbook or a sentence."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt

from intake import child
from intake.job_object import limits as job_limits
from intake.reader import CANCELLED, child_command, read
from intake.refusal import Refusal


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def refused(path: Path, **more) -> str:
    with pytest.raises(Refusal) as caught:
        read(path, **more)
    assert str(caught.value).startswith(f"“{path.name}”：")
    return str(caught.value)


def roster(path: Path, people: int) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    for number in range(people):
        sheet.append([number, f"姓名{number}", "449901199001011234", date(2026, 1, 2), number / 100, *["大坪镇"] * 15])
    book.save(path)
    return path


def test_a_roster_of_2000_in_time(tmp_path):
    path = roster(tmp_path / "花名册.xlsx", 2000)
    heard: list[tuple[int, int]] = []
    begun = time.perf_counter()
    book = read(path, progress=lambda done, total: heard.append((done, total)))
    assert time.perf_counter() - begun < 5  # 1.5 s is the budget of the benchmark on a quiet machine
    assert (book.name, book.reader, book.encoding) == ("花名册.xlsx", "xlsx", None)
    assert len(book.sheets[0].rows) == 2000
    assert book.sheets[0].rows[3] == (2, "姓名2", "449901199001011234", date(2026, 1, 2), 0.02, *["大坪镇"] * 15)
    assert len(book.sha256) == 64
    assert heard[-1][0] == heard[-1][1] > 0


def test_xls_by_content_whatever_its_name(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("工资")
    sheet.write(2, 1, "姓名")
    sheet.write(3, 1, 4166.67)
    sheet.write(3, 2, date(2026, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(3, 3, 12)
    sheet.write_merge(5, 6, 1, 2, "合并")
    book.add_sheet("旧表").visibility = 1
    for name in ("工资.xls", "工资.et", "工资.xlsx"):
        book.save(str(tmp_path / name))
        read_book = read(tmp_path / name)
        assert read_book.reader == "calamine" and "空白" in read_book.warnings[0]
        wages, old = read_book.sheets
        assert wages.rows == {3: (None, "姓名"), 4: (None, 4166.67, date(2026, 5, 1), 12), 6: (None, "合并")}
        assert wages.merged == ("B6:C7",)
        assert (old.name, old.state) == ("旧表", "hidden")


def test_xlsx_and_csv_named_xls(tmp_path, craft):
    path = tmp_path / "名册.xls"
    path.write_bytes(craft("<row><c><v>5</v></c></row>"))
    assert read(path).sheets[0].rows == {1: (5,)}
    path.write_bytes("姓名\t单位\n张三\t大坪镇\n".encode("gb18030"))
    book = read(path)
    assert (book.reader, book.encoding) == ("text", "gb18030")
    assert book.sheets[0].rows[2] == ("张三", "大坪镇")


def test_sheets_by_name(tmp_path, craft):
    path = tmp_path / "a.xlsx"
    path.write_bytes(craft("<row><c><v>5</v></c></row>"))
    assert read(path, sheets=["花名册"]).sheets[0].rows == {1: (5,)}
    assert "没有工作表“工资”" in refused(path, sheets=["工资"])


def test_files_that_cannot_be_opened(tmp_path):
    assert "找不到" in refused(tmp_path / "没有.xlsx")
    lock = tmp_path / "~$名册.xlsx"
    lock.write_bytes(b"x")
    assert "临时文件" in refused(lock)
    folder = tmp_path / "文件夹.xlsx"
    folder.mkdir()
    assert "文件夹" in refused(folder) or "占用" in refused(folder)
    empty = tmp_path / "空.xlsx"
    empty.touch()
    assert "空的" in refused(empty)


def test_size_cap_before_reading(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as out:
        out.truncate(101 * 2**20)
    assert "超过 100 MB" in refused(path)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "pass",
        "print('not json')",
        "print('[]')",
        "print('{}')",
        "print('{\"rows\": [[1, [2]]]}')",
        "print('{\"sheet\": {\"name\": 1}}'); print('{\"done\": {}}')",
        "print('{\"sheet\": {\"name\": \"a\"}}'); print('{\"rows\": [[1, [NaN]]]}')",
        "print('{\"rows\": [[1, [' + '[' * 100000)",
        "print('{\"odd\": 1}')",
        "import sys; sys.stdout.write('{\"progress\": [1')",
    ],
)
def test_a_reading_process_that_dies_or_talks_nonsense(tmp_path, code):
    assert "意外中止" in refused(tmp_path / "a.xlsx", command=python(code))


def test_a_reading_process_that_hangs_is_stopped(tmp_path):
    begun = time.perf_counter()
    assert "0.5 秒" in refused(tmp_path / "a.xlsx", command=python("while True: pass"), timeout=0.5)
    assert time.perf_counter() - begun < 5


def test_a_flood_of_answers_is_stopped(tmp_path):
    code = "while True: print('{\"progress\": [1, 2]}')"
    assert "秒" in refused(tmp_path / "a.xlsx", command=python(code), timeout=0.5)


def test_cancel(tmp_path):
    assert CANCELLED in refused(tmp_path / "a.xlsx", command=python("while True: pass"), cancelled=lambda: True)


def test_a_program_that_is_not_there(tmp_path):
    assert "安全软件" in refused(tmp_path / "a.xlsx", command=[str(tmp_path / "none.exe")])


@pytest.mark.skipif(sys.platform == "win32", reason="setrlimit; the job object is to be proved on an office PC")
def test_the_memory_limit_ends_in_a_sentence(tmp_path):
    path = roster(tmp_path / "大.xlsx", 3000)
    said = refused(path, memory=16 * 2**20)
    assert "内存不够" in said or "意外中止" in said


def test_what_a_read_leaves_behind(tmp_path, craft):
    """No process, no file: the folder holds what it held."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(craft("<row><c><v>5</v></c></row>"))
    read(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


def test_command_of_the_frozen_program(monkeypatch):
    assert child_command() == [sys.executable, "-m", "intake.child"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, argument = child_command()
    assert Path(program).parent == Path(sys.executable).parent and Path(program).stem == "jingban"
    assert argument == "--read-child"


def test_job_object_structure_has_the_size_windows_expects():
    import ctypes

    assert ctypes.sizeof(job_limits(2**30, 20)) == 144


def answers_of(path: Path, monkeypatch, **more) -> list[dict]:
    monkeypatch.setattr(child, "limit_self", lambda memory, seconds: None)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    request = {"path": str(path), "sheets": None, "memory": 2**31, "seconds": 20} | more
    out = io.BytesIO()
    child.main(io.BytesIO(json.dumps(request).encode() + b"\n"), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_same_answers_inside_the_process(tmp_path, monkeypatch, craft):
    path = tmp_path / "a.xlsx"
    path.write_bytes(craft('<row><c><v>5</v></c><c t="e"><v>#N/A</v></c></row>'))
    said = {kind: value for answer in answers_of(path, monkeypatch) for kind, value in answer.items()}
    assert said["rows"] == [[1, [5, {"e": "#N/A"}]]]
    assert said["sheet"] == {"name": "花名册", "state": "visible", "merged": [], "warnings": []}
    assert "没有工作表" in answers_of(path, monkeypatch, sheets=["无"])[-1]["refusal"]
    assert "找不到" in answers_of(tmp_path / "b.xlsx", monkeypatch)[0]["refusal"]


@pytest.mark.parametrize(
    ("error", "says"),
    [(PermissionError(), "占用"), (IsADirectoryError(), "文件夹"), (OSError(5, "I/O error"), "复制到本机"), (OSError(), "复制到本机")],
)
def test_what_the_system_says_about_the_file(tmp_path, monkeypatch, error, says):
    path = tmp_path / "a.csv"
    path.touch()

    def broken(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", broken)
    (said,) = answers_of(path, monkeypatch)
    assert says in said["refusal"]


def test_rows_go_in_chunks(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[n, "甲"] for n in range(1200)])
    said = answers_of(path, monkeypatch)
    assert [len(answer["rows"]) for answer in said if "rows" in answer] == [500, 500, 200]
    assert next(iter(said[-1])) == "done"


@pytest.mark.parametrize(
    ("error", "says"), [(MemoryError(), "内存不够"), (KeyboardInterrupt(), "读不出来"), (ZeroDivisionError(), "读不出来")]
)
def test_whatever_breaks_inside_is_a_sentence(tmp_path, monkeypatch, error, says):
    def broken(*_):
        raise error

    monkeypatch.setattr(child, "answer", broken)
    (said,) = answers_of(tmp_path / "a.csv", monkeypatch)
    assert says in said["refusal"]
