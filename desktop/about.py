"""关于: which program and which policy, what is assumed where the notice is open, and whose every part is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from office import __version__
from office.assumed import assumed
from office.licences import QT, parts
from office.settings import settings_in

WHAT: Final = "社会救助经办服务人员、工资、合同、经费与报表的县级台账。单机使用，不联网，不上传也不下载任何东西。"


class About(QDialog):
    """Three tabs; what is assumed is read from the open book as of the date in front."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于经办台账")
        self.setMinimumSize(560, 380)
        self.resize(720, 480)
        self._parts = parts()
        self.tabs = QTabWidget()
        self.tabs.addTab(self._program(desk), "程序与政策")
        self.tabs.addTab(self._assumed(desk), "本程序的口径")
        self.tabs.addTab(self._licences(), "组成部分与许可")
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.tabs, 1)
        box.addWidget(buttons)

    def _program(self, desk: Desk) -> QWidget:
        policy = desk.check.facts.parameters if desk.check else None
        lines = [f"<h2>经办台账 {__version__}</h2>", f"<p>{WHAT}</p>"]
        if policy:
            lines += [f"<p>政策参数：{policy.name}<br>依据文件：{policy.document}<br>截至日期：{desk.as_of.isoformat()}</p>"]
        lines += [f"<p>台账：{desk.book.folder}</p>", "<p>核查和测算只作参考，不代替主管部门的决定；每条结果都列出算式和所依据的条款。</p>"]
        return _text("程序与政策", "".join(lines))

    def _assumed(self, desk: Desk) -> QWidget:
        said = assumed(desk.read(settings_in, desk.as_of))
        rows = "".join(f"<li style='margin-bottom:6px'>{words}<br><span style='color:#6b7785'>来源：{source}</span></li>" for words, source in said)
        return _text(
            "本程序的口径", f"<p>文件没有明确的地方，截至 {desk.as_of.isoformat()} 这样计算。要改，到“设置”的“政策参数”，写明从哪一天起。</p><ul>{rows}</ul>"
        )

    def _licences(self) -> QWidget:
        tab = QWidget()
        note = QLabel(QT, wordWrap=True)
        note.setObjectName("purpose")
        self.listed = QListWidget()
        self.listed.setAccessibleName("组成部分")
        self.listed.addItems([f"{part.name} {part.version}　{part.licence}" for part in self._parts])
        self.licence = QPlainTextEdit(readOnly=True)
        self.licence.setAccessibleName("许可全文")
        self.listed.currentRowChanged.connect(lambda at: self.licence.setPlainText(self._parts[at].text))
        self.listed.setCurrentRow(0)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.listed)
        both.addWidget(self.licence)
        both.setSizes([250, 450])
        box = QVBoxLayout(tab)
        box.addWidget(note)
        box.addWidget(both, 1)
        return tab


def _text(name: str, html: str) -> QTextBrowser:
    shown = QTextBrowser()
    shown.setAccessibleName(name)
    shown.setHtml(html)
    return shown
