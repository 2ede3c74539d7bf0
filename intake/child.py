"""The reading process: opens one hostile file under limits it sets on itself, and answers in JSON lines, never in pickles.

`python -m intake.child`, in the Windows folder `jingban.exe --read-child`. One request line on stdin:

    {"path": "…", "sheets": null | ["…"], "memory": bytes, "seconds": n}

Answers on stdout, one object a line: {"progress": [done, in all]} · {"sheet": {name, state, merged, warnings}} ·
{"rows": [[row number, [cells]] …]} for the sheet before it · at the end {"done": {name, sha256, reader, warnings, encoding}}
or {"refusal": "…"}.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from intake.cells import PLAIN, VISIBLE, Sheet, to_json
from intake.limits import LIMITS, Limits
from intake.refusal import RESAVE, Refusal

CHUNK: Final = 500
"""Rows in one line."""

TOO_LARGE: Final = "文件太大或结构不正常，读取时内存不够。请只保留需要导入的表和行，另存为 .xlsx 后再导入。"
UNREADABLE: Final = "文件读不出来，可能已损坏。" + RESAVE


@dataclass(frozen=True)
class Source:
    """An opened file: the sheets come one by one."""

    reader: str
    sheets: Iterator[Sheet]
    warnings: tuple[str, ...] = ()
    encoding: str | None = None


def open_source(
    data: bytes,
    name: str,
    sheets: Collection[str] | None,
    limits: Limits = LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> Source:
    """Sniff and open. `sheets`: names to read, None = all that are visible. Raises Refusal, from the sheets' iterator too."""
    from intake.sniff import TEXT, XLSX, sniff

    def wanted(sheet: str, state: str) -> bool:
        return state == VISIBLE if sheets is None else sheet in sheets

    kind = sniff(data)
    if kind == TEXT:
        from intake.text import read_text

        sheet, encoding, warnings = read_text(data, Path(name).stem, limits)
        return Source("text", iter([sheet]), warnings, encoding)
    if kind == XLSX:
        from intake.xlsx import read_xlsx

        warnings, found = read_xlsx(data, wanted, limits, progress)
        return Source("xlsx", found, warnings)
    from intake.calamine import read_calamine

    warnings, found = read_calamine(data, kind, wanted, limits)
    return Source("calamine", found, warnings)


def answer(request: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Read the file of a request and emit the answers. Raises Refusal."""
    path, sheets = Path(request["path"]), request["sheets"]
    data = _bytes(path, LIMITS)
    source = open_source(data, path.name, sheets, progress=lambda done, total: emit({"progress": [done, total]}))
    seen: set[str] = set()
    for sheet in source.sheets:
        seen.add(sheet.name)
        emit({"sheet": {"name": sheet.name, "state": sheet.state, "merged": sheet.merged, "warnings": sheet.warnings}})
        rows = iter(sheet.rows.items())
        while chunk := list(islice(rows, CHUNK)):
            emit({"rows": [[number, [cell if type(cell) in PLAIN else to_json(cell) for cell in row]] for number, row in chunk]})
    missing = [name for name in sheets or () if name not in seen]
    if missing:
        raise Refusal(f"文件里没有工作表“{'”“'.join(missing)}”，只有“{'”“'.join(sorted(seen))}”。请重新选择工作表。")
    digest = hashlib.sha256(data).hexdigest()
    emit({"done": {"name": path.name, "sha256": digest, "reader": source.reader, "warnings": source.warnings, "encoding": source.encoding}})


def _bytes(path: Path, limits: Limits) -> bytes:
    """The file's bytes, read once: what is checked is what is read."""
    if path.name.startswith("~$"):
        raise Refusal("这是 Excel 打开文件时留下的临时文件，不是表格本身。请选择不带“~$”的文件。")
    try:
        if path.stat().st_size > limits.file:
            raise Refusal(f"文件超过 {limits.file >> 20} MB，太大。请只保留需要导入的表和行，另存后再导入。")
        return path.read_bytes()
    except FileNotFoundError as gone:
        raise Refusal("文件找不到了。请确认文件没有被移动、改名，移动存储没有拔出。") from gone
    except IsADirectoryError as folder:
        raise Refusal("选择的是文件夹，不是文件。请选择里面的表格文件。") from folder
    except PermissionError as locked:
        raise Refusal("文件打不开：可能正被 Excel 或 WPS 占用，或没有读取权限。请关闭占用它的程序后再试。") from locked
    except OSError as broken:
        raise Refusal(f"文件读不出来（{broken.strerror or broken}）。请把文件复制到本机后再试。") from broken


def limit_self(memory: int, seconds: int) -> None:
    """Cap this process's address space and processor time, so that a hostile file can only end this process."""
    if sys.platform == "win32":
        from intake.job_object import limit_process

        limit_process(memory, seconds)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(requests: BinaryIO | None = None, answers: BinaryIO | None = None) -> int:
    """Serve one request from stdin; 0 when the file was read, 1 when it was refused."""
    source, out = requests or sys.stdin.buffer, answers or sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not break the lines

    def emit(message: dict[str, Any]) -> None:
        out.write(json.dumps(message, allow_nan=False, separators=(",", ":")).encode() + b"\n")
        out.flush()

    request = json.loads(source.readline())
    limit_self(request["memory"], request["seconds"])
    gc.disable()  # it lives for one file, and cells make no cycles
    try:
        answer(request, emit)
    except Refusal as refusal:
        emit({"refusal": str(refusal)})
    except MemoryError:
        emit({"refusal": TOO_LARGE})
    except BaseException:  # calamine's panics are no Exception, and whatever it is, the clerk gets a sentence
        emit({"refusal": UNREADABLE})
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
