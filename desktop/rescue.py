"""The rescue screen: a book that cannot be read ends in words and ways on, never in a trace. Nothing here touches the original."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QMessageBox, QPushButton, QVBoxLayout, QWidget

from desktop.ask_secret import AskSecret
from policy.clock import Clock

if TYPE_CHECKING:
    from office.open import Book


class Rescue(QDialog):
    """What happened, the good backups newest first, and three ways: restore one, save what can be read into a new book, look into the folder."""

    def __init__(self, path: Path, said: str, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("台账打不开")
        self.resize(720, 420)
        self.folder = path if path.is_dir() else path.parent
        self.clock = clock
        self.book: Book | None = None
        words = QLabel(f"{said}\n\n原来的文件没有改动。可以恢复一个备份，也可以把还读得出的数据抢救到一本新台账里。")
        words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("可用的备份")
        self._fill()
        self.restore = QPushButton("恢复选中的备份")
        self.restore.setProperty("main", True)
        self.restore.setEnabled(self.list.count() > 0)
        self.salvage = QPushButton("抢救数据到新台账")
        look, leave = QPushButton("打开台账所在文件夹"), QPushButton("关闭")
        self.restore.clicked.connect(self._restore)
        self.salvage.clicked.connect(self._salvage)
        look.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder))))
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.restore, self.salvage, look):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(leave)
        box = QVBoxLayout(self)
        box.addWidget(words)
        box.addWidget(QLabel("这本台账的备份（新的在前）：" if self.list.count() else "台账文件夹里没有备份。U 盘或其他地方有备份的，请先复制到台账的 backups 文件夹。"))
        box.addWidget(self.list, 1)
        box.addLayout(row)

    def opened(self) -> Book | None:
        """Show it; the book that was opened in the end, or None."""
        self.exec()
        return self.book

    def _fill(self) -> None:
        from office.backup import backups

        for kept in backups(self.folder):
            manifest = kept.manifest
            counted = manifest.counted
            item = QListWidgetItem(
                f"{manifest.at.replace('T', ' ')[:16]}　{manifest.cause}　人员 {counted.people} 人，合同 {counted.contracts} 份，工资 {counted.pay_months} 人月"
            )
            item.setData(Qt.ItemDataRole.UserRole, str(kept.path))
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)

    def _with_password(self, title: str, work: object) -> bool:
        """Do something that may need the book's password; False where the clerk gave up."""
        from office.password import has_password

        assert callable(work)
        try:
            locked = has_password(self.folder)
        except ValueError:
            locked = True  # the face itself is damaged: the backup may have a password
        if not locked:
            return _tried(title, lambda: work(None), self)
        ask = AskSecret(title, "请输入这本台账的密码（没有设密码的，随便输入一个字符）。", {"password": "台账密码"}, lambda said: work(said["password"]), self)
        return ask.exec() == QDialog.DialogCode.Accepted

    def _restore(self) -> None:
        from office.backup import put_back
        from office.open import open_book

        item = self.list.currentItem()
        if item is None:
            return
        file = Path(item.data(Qt.ItemDataRole.UserRole))

        def work(password: str | None) -> None:
            put_back(self.folder, file, self.clock, password=password)
            self.book = open_book(self.folder, self.clock, program="经办台账窗口", password=password)

        if self._with_password("恢复备份", work):
            self.accept()

    def _salvage(self) -> None:
        from office.open import open_book
        from office.salvage import salvage

        into = _free(self.folder)

        def work(password: str | None) -> None:
            done = salvage(self.folder, into, self.clock, password=password)
            self.book = open_book(into, self.clock, program="经办台账窗口", password=password)
            QMessageBox(QMessageBox.Icon.Information, "抢救数据", f"{chr(10).join(done.sentences()[:12])}\n新台账在“{into}”，原来的台账没有改动。", parent=self).exec()

        if self._with_password("抢救数据", work):
            self.accept()


def _free(folder: Path) -> Path:
    name, number = folder.name.removesuffix(".经办台账"), 1
    while (found := folder.with_name(f"{name}（抢救{number if number > 1 else ''}）.经办台账")).exists():
        number += 1
    return found


def _tried(title: str, work: object, parent: QWidget) -> bool:
    assert callable(work)
    try:
        work()
    except ValueError as refusal:
        QMessageBox(QMessageBox.Icon.Warning, title, str(refusal), parent=parent).exec()
        return False
    return True
