"""个人明细 of a county's package, on the city's screen: asked for the county's password, shown, printed or written out with a purpose; all logged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QMessageBox, QPushButton, QTabBar, QVBoxLayout, QWidget

from desktop.ask_secret import AskSecret
from desktop.desk import Desk
from desktop.opening import confirmed
from desktop.output import preview, purpose_of
from desktop.screens.rollup_return import silent
from desktop.screens.sheet_view import SheetView
from desktop.screens.written import Written, usual_folder
from office.city_personal import open_forms, write_forms
from returns.grid import lay_out
from returns.sheet import Sheet

TITLE: Final = "个人明细"


def ask_for_personal(desk: Desk, package: int, county: str, parent: QWidget) -> PersonalForms | None:
    """Ask for the password the county told, and give the forms behind it, not yet shown; None where the clerk thought better of it."""
    opened: list[tuple[Sheet, ...]] = []

    def act(said: dict[str, str]) -> None:
        opened.append(open_forms(desk.book, package, said["password"]))

    words = f"{county}随报的个人明细（附表1、附表2）加了密。请输入县级另行告知的密码；查看会记入操作日志。"
    return PersonalForms(desk, county, opened[0], parent) if AskSecret(TITLE, words, {"password": "个人明细密码"}, act, parent, confirm="查看").exec() else None


class PersonalForms(QDialog):
    """The forms, one in front. Nothing of them is kept when it closes."""

    def __init__(self, desk: Desk, county: str, sheets: Sequence[Sheet], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.county, self.sheets = desk, county, tuple(silent(sheet) for sheet in sheets)
        self.setWindowTitle(f"{TITLE}（{county}）")
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self.tabs.setAccessibleName("附表")
        self.view, self.written = SheetView(), Written()
        for sheet in sheets:
            self.tabs.addTab(sheet.key)
            self.tabs.setTabToolTip(self.tabs.count() - 1, sheet.title)
        self.tabs.currentChanged.connect(lambda _at: self._show())
        self.buttons = QDialogButtonBox()
        self.printing, self.exporting = self._button("打印…", self.print_shown), self._button("导出工作簿…", self.ask_export)
        self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.tabs)
        box.addWidget(self.view, 1)
        box.addWidget(self.written)
        box.addWidget(self.buttons)
        self.resize(1180, 620)
        self._show()

    def _button(self, words: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: run())
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def shown(self) -> Sheet:
        """The form in front."""
        return self.sheets[self.tabs.currentIndex()]

    def _show(self) -> None:
        self.view.show_sheet(self.shown(), lay_out(self.shown()))

    def print_shown(self) -> None:
        """Print the form in front, the password of the city's book typed again where it has one."""
        if confirmed(self.desk.book, f"“{self.shown().key}”", self):
            preview(self.shown(), self)

    def ask_export(self) -> None:
        """Ask what for and where to, and write all of them as a workbook."""
        purpose = purpose_of("导出个人明细", "写出一个 Excel 工作簿，含个人信息。用途记入操作日志。", f"“{TITLE}”", self.desk, self)
        if purpose is None:
            return
        start = usual_folder(self.desk.book.folder) / f"{self.county}_{TITLE}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "个人明细存到哪里", str(start), "Excel 工作簿 (*.xlsx)")
        if chosen:
            self.write(Path(chosen).with_suffix(".xlsx"), purpose)

    def write(self, target: Path, purpose: str) -> None:
        """Write the workbook; what stands in the way is said."""
        try:
            self.written.say("个人明细已写出并逐格读回核对", write_forms(self.desk.book, self.sheets, target, purpose))
        except (ValueError, OSError) as failed:
            QMessageBox.warning(self, TITLE, str(failed))
