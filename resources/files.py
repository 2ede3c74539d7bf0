"""Writing files so that the old one or the new one is there, never something between: the one way every room writes a file.

A file is made beside its target under a name nobody takes for a finished one, brought to the disk, looked at by its writer, and
only then given the target's name.
"""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

HELD_BY_OTHERS: Final = (5, 32, 33)
"""Windows: access denied, sharing violation, lock violation: somebody (a virus scanner, Excel, a sync client) has the file open."""
_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.6, 1.1)
_BLOCK: Final = 2**20
UNFINISHED: Final = "~*.tmp"
"""Names of files that were never finished; whoever owns a folder may remove them."""


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty file in the target's folder to write into; gone afterwards unless it was put in place."""
    handle, name = tempfile.mkstemp(prefix="~", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a written file to the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def put_in_place(temporary: Path, target: Path, wait: Callable[[float], None] = time.sleep) -> None:
    """Give a finished file the target's name, replacing what has it; tried again for some 2.5 s while others hold the target."""
    for pause in (*_WAITS, None):
        try:
            temporary.replace(target)
            break
        except OSError as error:
            if pause is None or getattr(error, "winerror", None) not in HELD_BY_OTHERS:
                raise
        wait(pause)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk (on Windows the file system's own journal does)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(target: Path, content: bytes) -> None:
    """Write a small file whole, or leave the old one."""
    with beside(target) as temporary:
        temporary.write_bytes(content)
        sync(temporary)
        put_in_place(temporary, target)


@contextmanager
def wiped(target: Path) -> Iterator[None]:
    """Whatever takes the target's name inside, the file that had it is overwritten before its blocks go back to the disk. Where the file
    system knows no second names (FAT) nothing can be overwritten; a solid-state disk may keep old blocks out of reach in any case."""
    with beside(target) as old:
        old.unlink()
        with suppress(OSError):
            os.link(target, old)
        try:
            yield
        finally:
            wipe(old)


def wipe(path: Path) -> None:
    """Overwrite a file and remove it; one whose content another name still has is only removed. Nothing is raised: it is a last effort."""
    with suppress(OSError):
        if path.stat().st_nlink == 1:
            with path.open("r+b") as stream:
                for at in range(0, path.stat().st_size, _BLOCK):
                    stream.seek(at)
                    stream.write(bytes(min(_BLOCK, path.stat().st_size - at)))
                stream.flush()
                os.fsync(stream.fileno())
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sentence(target: Path, error: OSError) -> str:
    """Why a file was not written, and what to do next."""
    kept = "原文件未改动。" if target.exists() else ""
    if getattr(error, "winerror", None) in HELD_BY_OTHERS:
        return f"“{target.name}”正被其他程序（如 Excel、WPS）打开，没有写入，{kept}请关闭后重试，或另选文件名。"
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG):
        return f"“{target.name}”没有写入：磁盘空间不足，{kept}请清理磁盘或换一个位置。"
    if error.errno == errno.ENOENT:
        return f"“{target.name}”没有写入：文件夹“{target.parent}”不存在。请另选位置。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"“{target.name}”没有写入：没有写这个文件夹的权限，{kept}请另选位置。"
    return f"“{target.name}”没有写入：{error.strerror or error}，{kept}请换一个位置重试。"
