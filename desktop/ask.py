"""A few questions before an act (调整派驻单位, 离职 …): one small form made from fields, that stays open until the act is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.record.editors import editor
from desktop.theme import mark
from policy.kinds import Field, Unreadable


class Ask(QDialog):
    """Fields by name; `act(values)` is called when the clerk confirms, and its sentence shown if it refuses (ValueError)."""

    def __init__(
        self,
        title: str,
        explanation: str,
        fields: Mapping[str, Field],
        act: Callable[[dict[str, Any]], object],
        today: Callable[[], date],
        parent: QWidget | None = None,
        start: Mapping[str, Any] | None = None,
        confirm: str = "确定",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self.explanation = explanation
        self._fields, self._act, self._today = fields, act, today
        self.editors = {name: editor(field.kind, self) for name, field in fields.items()}
        form = QFormLayout()
        for name, field in fields.items():
            self.editors[name].setAccessibleName(field.label)
            self.editors[name].setToolTip(field.hint)
            if start and start.get(name) is not None:
                self.editors[name].setText(field.kind.show(start[name]))
            form.addRow(field.label + (" *" if field.required else ""), self.editors[name])
        said = QLabel(explanation)
        said.setWordWrap(True)
        self.wrong = QLabel()
        self.wrong.setObjectName("wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.buttons = QDialogButtonBox()
        keep = self.buttons.addButton(confirm, QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        self.buttons.addButton("返回" if "取消" in confirm else "取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(12)
        if explanation:
            box.addWidget(said)
        box.addLayout(form)
        box.addWidget(self.wrong)
        box.addWidget(self.buttons)

    def _confirm(self) -> None:
        values: dict[str, Any] = {}
        for shown in self.editors.values():
            mark(shown, "wrong", False)
        for name, field in self._fields.items():
            try:
                values[name] = field.kind.parse(self.editors[name].text(), self._today())
                if values[name] is None and field.required:
                    raise Unreadable(f"请填写“{field.label}”。")
            except Unreadable as error:
                mark(self.editors[name], "wrong", True)
                self.editors[name].setFocus()
                self._say(str(error))
                return
        try:
            self._act(values)
        except ValueError as refusal:
            self._say(str(refusal))
        else:
            self.accept()

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.show()
        if (box := self.layout()) is not None:  # a dialog does not grow by itself, and the explanation would be cut
            self.resize(self.width(), max(self.height(), box.totalHeightForWidth(self.width())))
