"""Asking for something that is not shown while it is typed: passwords, a recovery code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class AskSecret(QDialog):
    """Lines by name; `act` is called when the clerk confirms, and its sentence shown if it refuses (ValueError). `shown` lines are
    typed in the open; `otherwise` is another way in (words, dialog), `beside` something to do meanwhile; `may_leave` False: no way out but to confirm."""

    def __init__(
        self,
        title: str,
        explanation: str,
        lines: Mapping[str, str],
        act: Callable[[dict[str, str]], object],
        parent: QWidget | None = None,
        *,
        confirm: str = "确定",
        shown: Sequence[str] = (),
        otherwise: tuple[str, QDialog] | None = None,
        beside: tuple[str, Callable[[], object]] | None = None,
        may_leave: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._act, self._may_leave = act, may_leave
        said = QLabel(explanation)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        self.lines = {name: QLineEdit() for name in lines}
        hidden = [name for name in lines if name not in shown]
        for name, words in lines.items():
            self.lines[name].setAccessibleName(words)
            form.addRow(words, self.lines[name])
        self._hidden = [self.lines[name] for name in hidden]
        self._look(False)
        self.look = QCheckBox("显示输入的密码")
        self.look.toggled.connect(self._look)
        self.wrong = QLabel()
        self.wrong.setObjectName("wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.buttons = QDialogButtonBox()
        keep = self.buttons.addButton(confirm, QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        if otherwise:
            self._otherwise(*otherwise)
        if beside:
            self._button(beside[0], beside[1])
        if may_leave:
            self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(12)
        box.addWidget(said)
        box.addLayout(form)
        if hidden:
            box.addWidget(self.look)
        box.addWidget(self.wrong)
        box.addWidget(self.buttons)

    def _button(self, words: str, act: Callable[[], object]) -> None:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on=False: act())
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.HelpRole)

    def _otherwise(self, words: str, dialog: QDialog) -> None:
        def go() -> None:
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.accept()

        self._button(words, go)

    def _look(self, on: bool) -> None:
        for line in self._hidden:
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _confirm(self) -> None:
        missing = next((line for line in self.lines.values() if not line.text().strip()), None)
        if missing is not None:
            self._say(f"请输入“{missing.accessibleName()}”。")
            missing.setFocus()
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._act({name: line.text() for name, line in self.lines.items()})
        except ValueError as refusal:
            self._say(str(refusal))
        else:
            self.accept()
        finally:
            QApplication.restoreOverrideCursor()

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        if (box := self.layout()) is not None:
            self.resize(self.width(), max(self.height(), box.totalHeightForWidth(self.width())))

    # Qt's side

    def reject(self) -> None:
        if self._may_leave:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._may_leave:
            return
        super().keyPressEvent(event)
