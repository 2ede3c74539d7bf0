"""The reader: hands a file to the reading process and takes back plain cells, or a Refusal.

Whatever the file does to that process (abort, hang, garbage) ends here in a sentence.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from intake.cells import PLAIN, Row, Sheet, Workbook, from_json
from intake.limits import MEMORY
from intake.refusal import RESAVE, Refusal

CANCELLED: Final = "已取消读取，没有导入任何内容。"
_SLOW: Final = "文件超过 {seconds:g} 秒还没有读完，已停止。请只保留需要导入的表和行，另存为 .xlsx 后再导入。"
_DIED: Final = "文件让读取程序意外中止，可能已损坏或内容异常。" + RESAVE
_LONGEST_LINE: Final = 64 * 2**20
_LONGEST_ANSWER: Final = 1024 * 2**20


def child_command() -> list[str]:
    """How the reading process is started: beside the frozen program, else this Python."""
    if getattr(sys, "frozen", False):
        name = "jingban.exe" if sys.platform == "win32" else "jingban"
        return [str(Path(sys.executable).parent / name), "--read-child"]
    return [sys.executable, "-m", "intake.child"]


def read(
    path: Path,
    *,
    sheets: Sequence[str] | None = None,
    timeout: float = 20.0,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    memory: int = MEMORY,
    command: Sequence[str] | None = None,
) -> Workbook:
    """The file's cells. `sheets`: names to read, None = all visible ones (hidden ones are listed without rows).

    `timeout` in seconds for the whole file; `progress(done, in all)`, in bytes, is called in this thread, `cancelled()` asked
    about ten times a second; `memory` in bytes is the reading process's own limit. Raises Refusal with a sentence that names
    the file.
    """
    request = {
        "path": str(path.resolve()),
        "sheets": None if sheets is None else list(sheets),
        "memory": memory,
        "seconds": int(timeout) + 5,
    }
    try:
        with _running(command or child_command()) as (stdin, lines):
            _ask(stdin, request)
            return _assemble(_answers(lines, timeout, cancelled), progress)
    except Refusal as refusal:
        raise Refusal(f"“{path.name}”：{refusal}") from refusal


@contextmanager
def _running(command: Sequence[str]) -> Iterator[tuple[IO[bytes], queue.Queue[bytes]]]:
    """The reading process, its stdin and the lines it says; ended with certainty on the way out."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as absent:
        raise Refusal("读取表格的程序启动不了，可能被安全软件隔离。请检查安全软件的记录，或重新安装本程序。") from absent
    assert process.stdin and process.stdout
    lines: queue.Queue[bytes] = queue.Queue(maxsize=64)
    stop = threading.Event()
    pump = threading.Thread(target=_pump, args=(process.stdout, lines, stop), daemon=True)
    pump.start()
    try:
        yield process.stdin, lines
    finally:
        stop.set()
        process.kill()
        process.wait()
        pump.join()
        process.stdout.close()


def _ask(stdin: IO[bytes], request: dict[str, Any]) -> None:
    try:
        stdin.write(json.dumps(request).encode() + b"\n")
        stdin.close()
    except OSError as gone:
        raise Refusal(_DIED) from gone


def _pump(stdout: IO[bytes], lines: queue.Queue[bytes], stop: threading.Event) -> None:
    """Lines from the pipe into the queue, and an empty one at the end or when a line is too long to be an answer."""
    total = 0
    line = b"\n"
    while line.endswith(b"\n") and total < _LONGEST_ANSWER and not stop.is_set():
        line = stdout.readline(_LONGEST_LINE)
        total += len(line)
        _put(lines, line if line.endswith(b"\n") else b"", stop)
    _put(lines, b"", stop)


def _put(lines: queue.Queue[bytes], line: bytes, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            return lines.put(line, timeout=0.1)
        except queue.Full:
            continue


def _answers(lines: queue.Queue[bytes], timeout: float, cancelled: Callable[[], bool] | None) -> Iterator[bytes]:
    deadline = time.monotonic() + timeout
    while True:
        if cancelled is not None and cancelled():
            raise Refusal(CANCELLED)
        left = deadline - time.monotonic()
        if left <= 0:
            raise Refusal(_SLOW.format(seconds=timeout))
        try:
            line = lines.get(timeout=min(left, 0.1))
        except queue.Empty:
            continue
        if not line:
            raise Refusal(_DIED)
        yield line


def _assemble(lines: Iterator[bytes], progress: Callable[[int, int], None] | None) -> Workbook:
    """The workbook from the answers. What is not an answer is taken as a sign that the process was broken by the file."""
    heads: list[dict[str, Any]] = []
    rows: list[dict[int, Row]] = []
    for line in lines:
        try:
            ((kind, said),) = json.loads(line, parse_constant=_refuse_constant).items()
            match kind:
                case "refusal":
                    raise Refusal(str(said))
                case "progress":
                    done, total = int(said[0]), int(said[1])
                case "sheet":
                    heads.append(said)
                    rows.append({})
                case "rows":
                    for number, cells in said:
                        rows[-1][int(number)] = tuple([cell if type(cell) in PLAIN else from_json(cell) for cell in cells])
                case "done":
                    sheets = tuple(_sheet(head, read_rows) for head, read_rows in zip(heads, rows, strict=True))
                    return Workbook(said["name"], said["sha256"], said["reader"], sheets, tuple(said["warnings"]), said["encoding"])
                case _:
                    raise ValueError(kind)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as garbage:
            raise Refusal(_DIED) from garbage
        if kind == "progress" and progress is not None:
            progress(done, total)
    raise Refusal(_DIED)


def _sheet(head: dict[str, Any], rows: dict[int, Row]) -> Sheet:
    return Sheet(head["name"], head["state"], rows, tuple(head["merged"]), tuple(head["warnings"]))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
