"""接收: what is said of every file that came, before anything is taken; and files a county takes in (退回单, 任务包)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QMessageBox, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.city import CAME
from desktop.desk import Desk
from desktop.grid import Grid
from office.arrivals import TAKES, Arrival
from office.sending_back import read_slip, take_slip
from office.task_bundle import import_bundle


class Came(QDialog):
    """The files with their answers; 接收 takes those that can be taken."""

    def __init__(self, arrivals: Sequence[Arrival], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("接收数据包")
        taken = [one for one in arrivals if one.answer in TAKES]
        newer = sum(one.replaces is not None for one in taken)
        words = f"共 {len(arrivals)} 个文件，可以接收 {len(taken)} 个" + (f"，其中 {newer} 个替换已收到的版本（原来的保留备查）" if newer else "") + "。"
        self.words = QLabel(words, wordWrap=True)
        self.grid = Grid(CAME, lambda _edits, _name: None, desk.today)
        self.grid.view.filters.show_boxes(False)
        self.grid.set_rows([
            Row({"file": (at,)}, (one.answer, one.path.name, one.county["name"] if one.county else None, one.said), {} if one.answer in TAKES else {"answer": one.said})
            for at, one in enumerate(arrivals)
        ])  # fmt: skip
        self.buttons = QDialogButtonBox()
        self.taking = self.buttons.addButton(f"接收 {len(taken)} 个", QDialogButtonBox.ButtonRole.AcceptRole)
        self.taking.setEnabled(bool(taken))
        self.buttons.addButton("取消" if taken else "关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.words)
        box.addWidget(self.grid, 1)
        box.addWidget(self.buttons)
        self.resize(1020, 440)


def ask_for_slip(desk: Desk, parent: QWidget) -> int | None:
    """县级: choose a 退回单 and take it in; returns the number of the return that is open again, None where nothing was done."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "导入退回单", str(Path.home()), "退回单 (*.退回单)")
    return bring_slip(desk, parent, Path(chosen)) if chosen else None


def bring_slip(desk: Desk, parent: QWidget, path: Path) -> int | None:
    """Take a 退回单 in; returns the number of the return that is open again, None where it was refused."""
    try:
        slip = read_slip(path)
        number = desk.act(take_slip, path)
    except ValueError as refusal:
        QMessageBox.warning(parent, "导入退回单", str(refusal))
        return None
    QMessageBox.information(parent, "导入退回单", f"{slip.city}退回了第 {slip.version} 版报表，已解封为新的一版。\n\n{slip.text()}")
    return number


def ask_for_bundle(desk: Desk, parent: QWidget) -> bool:
    """县级: choose a 任务包 and take it in; whether it was."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "导入任务包", str(Path.home()), "任务包 (*.任务包)")
    return bool(chosen) and bring_bundle(desk, parent, Path(chosen))


def bring_bundle(desk: Desk, parent: QWidget, path: Path) -> bool:
    """Take a 任务包 in; whether it was."""
    try:
        said = desk.act(import_bundle, path)
    except ValueError as refusal:
        QMessageBox.warning(parent, "导入任务包", str(refusal))
        return False
    QMessageBox.information(parent, "导入任务包", "\n".join(said))
    return True
