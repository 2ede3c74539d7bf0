"""A file was written: where it lies, and the way to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton


class Written(QFrame):
    """Hidden until a file was written."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.path: Path | None = None
        self.words = QLabel(wordWrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 6, 3)
        row.addWidget(self.words, 1)
        for words, run in (("打开", self.open), ("打开所在文件夹", self.open_folder), ("关闭", self.hide)):
            button = QPushButton(words)
            button.clicked.connect(run)
            button.setAutoDefault(False)  # in a dialog, Enter opens no file
            row.addWidget(button)
        self.hide()

    def say(self, sentence: str, path: Path) -> None:
        """Say what was written, and where."""
        self.path = path
        self.words.setText(f"{sentence}：{path}")
        self.show()

    def open(self) -> None:
        """Show the file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def open_folder(self) -> None:
        """Show the folder it lies in."""
        if self.path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))


def usual_folder(book: Path) -> Path:
    """报表 in the book's folder, or the clerk's documents where that cannot be made."""
    folder = book / "报表"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder
