"""Files that come to the program from outside (dropped on a window, double-clicked, named at start): what each is, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

BOOK, BACKUP, PACKAGE, BUNDLE, SLIP, TABLE, FOLDER, OTHER = "台账", "备份", "上报数据包", "任务包", "退回单", "表格", "文件夹", "其他"
_SORTS: Final = {
    ".jingban": BOOK, ".经办备份": BACKUP, ".zip": PACKAGE, ".任务包": BUNDLE, ".退回单": SLIP,
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"), TABLE),
}  # fmt: skip


def sort_of(path: Path) -> str:
    """What a file or folder is, by its name and place (its content is looked at by whoever takes it)."""
    if path.is_dir():
        return BOOK if any(path.glob("*.jingban")) else FOLDER
    return _SORTS.get(path.suffix.lower(), OTHER)


def local_files(event: QDropEvent) -> list[Path]:
    """The local files and folders being dragged; none where anything else is among them."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


class DropTarget(QObject):
    """Lets files be dropped anywhere on a window that no part of it takes itself; `take` gets them once the drop is over."""

    def __init__(self, window: QWidget, take: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        drop = cast(QDropEvent, event)
        paths = local_files(drop)
        drop.setDropAction(Qt.DropAction.CopyAction)
        drop.setAccepted(bool(paths))
        if paths and event.type() == QEvent.Type.Drop:
            self._take(paths)
        return True
