"""恢复: the book now and a backup side by side, then the backup in its place; the book as it was is kept as a backup."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.ask_secret import AskSecret
from policy.clock import Clock


def restored(folder: Path, file: Path, clock: Clock, who: str, parent: QWidget | None = None) -> bool:
    """Restore a backup over a closed book, if the clerk agrees when seeing both; False: not done. ValueError with a sentence."""
    from office.password import has_password

    if not has_password(folder):
        return _put_back(folder, file, clock, who, None, parent)
    done: list[bool] = []
    ask = AskSecret(
        "恢复备份", "这本台账设有密码。备份是用以前的密码做的，请输入做备份时的密码。", {"now": "现在的密码", "then": "做备份时的密码"},
        lambda said: done.append(_put_back(folder, file, clock, who, (said["now"], said["then"]), parent)), parent,
    )  # fmt: skip
    return ask.exec() == QDialog.DialogCode.Accepted and done == [True]


def _put_back(folder: Path, file: Path, clock: Clock, who: str, passwords: tuple[str, str] | None, parent: QWidget | None) -> bool:
    from office.backup import compared, put_back

    now, then = passwords or (None, None)
    lines = compared(folder, file, clock, password=now, backup_password=then)
    if SideBySide(lines, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    done = put_back(folder, file, clock, who, password=now, backup_password=then)
    kept = f"恢复前的台账已另存为备份“{done.before.name}”。" if done.before else ""
    same = "" if done.same_password else "从现在起用做这个备份时的密码打开。"
    QMessageBox(QMessageBox.Icon.Information, "恢复备份", f"已恢复。{kept}{same}", parent=parent).exec()
    return True


class SideBySide(QDialog):
    """What the book holds now and what the backup holds."""

    def __init__(self, lines: list[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复备份")
        self.resize(760, 320)
        table = QTableWidget(len(lines), 3)
        table.setAccessibleName("现在的台账和备份的对照")
        table.setHorizontalHeaderLabels(["内容", "现在的台账", "备份"])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for at, line in enumerate(lines):
            for column, words in enumerate(line):
                table.setItem(at, column, QTableWidgetItem(words))
        table.resizeColumnsToContents()
        table.horizontalHeader().setStretchLastSection(True)
        said = QLabel("恢复以后，现在的台账换成备份的内容；现在的台账会先另存为备份，随时可以再换回来。")
        said.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton("恢复成备份的内容", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(said)
        box.addWidget(table, 1)
        box.addWidget(buttons)
