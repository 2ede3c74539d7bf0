"""使用习惯: what this user likes on this computer (font, Enter, lock, hints). It is kept beside no book and changes at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.idle import HABIT, MINUTES
from desktop.idle import KEY as LOCK_KEY
from desktop.preferences import Preferences

ENTER: Final[Mapping[str, bool]] = {"向下（下一行）": False, "向右（下一格）": True}
LOCKS: Final[Mapping[str, int]] = {"5 分钟": 5, "15 分钟": 15, "30 分钟": 30, "60 分钟": 60, "不自动锁定": 0}
_FORGOTTEN: Final = ("hints", "steps")
_LAID: Final = ("columns", "views")


class ComfortPane(QWidget):
    """One line a habit, with its default, what it does and who changed it last: `hand` says who sits there, and when."""

    def __init__(self, settings: QSettings, hand: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, preferences, self._hand = settings, Preferences(settings), hand
        self.hands: dict[str, QLabel] = {}
        held = str(settings.value(LOCK_KEY, MINUTES))
        self.letters = self._choice("字号", theme.SIZES, preferences.points(), self._resize)
        self.enter = self._choice("回车方向", ENTER, preferences.enter_goes_right(), preferences.set_enter_goes_right)
        self.lock = self._choice(HABIT, LOCKS, int(held) if held.isdigit() else MINUTES, lambda minutes: settings.setValue(LOCK_KEY, minutes))
        self.hints = self._button("重新显示提示", "各页上方的提示和工作台的“开始使用”清单重新出现", lambda: self._forget(_FORGOTTEN))
        self.lists = self._button("列表恢复默认", "各列表的列宽、列序、隐藏列和保存的视图全部恢复成出厂的样子", lambda: self._forget(_LAID))
        self.said = QLabel()
        self.said.setObjectName("purpose")
        form = QFormLayout()
        form.setVerticalSpacing(12)
        for field, words in (
            (self.letters, "默认：标准。全部界面立即改变，不影响打印和导出"),
            (self.enter, "默认：向下。在表格里按回车到哪一格；Tab 总是到下一格"),
            (self.lock, f"默认：{MINUTES} 分钟。设有密码或账号的台账，这么久没有操作就锁定，输入密码继续；下一次操作起生效"),
        ):
            form.addRow(field.accessibleName(), _beside(field, words, self._signed(field.accessibleName())))
        for button in (self.hints, self.lists):
            form.addRow("", _beside(button, button.toolTip()))
        explained = QLabel("这些只是本机上您自己的习惯，不写进台账，也不影响别人。")
        explained.setObjectName("purpose")
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(12)
        box.addWidget(explained)
        box.addLayout(form)
        box.addWidget(self.said)
        box.addStretch(1)

    def _choice(self, words: str, among: Mapping[str, Any], held: Any, act: Callable[[Any], object]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(words)
        for word, value in among.items():
            made.addItem(word, value)
        made.setCurrentIndex(max(0, made.findData(held)))
        made.activated.connect(lambda at: self._set(words, act, made.itemData(at)))
        return made

    def _button(self, words: str, tip: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(words)
        made.setToolTip(tip)
        made.clicked.connect(act)
        return made

    def _set(self, words: str, act: Callable[[Any], object], value: Any) -> None:
        act(value)
        Preferences(self._settings).sign(words, self._hand())
        self._signed(words)

    def _signed(self, words: str) -> QLabel:
        """The line that says who changed a habit last."""
        line = self.hands.setdefault(words, QLabel())
        line.setObjectName("purpose")
        hand = Preferences(self._settings).hand(words)
        line.setText(f"最后修改：{hand}" if hand else "没有改过")
        return line

    def _resize(self, points: float) -> None:
        Preferences(self._settings).set_points(points)
        theme.resize(QApplication.instance(), points)  # type: ignore[arg-type]  # the one application, a QApplication

    def _forget(self, groups: tuple[str, ...]) -> None:
        for group in groups:
            self._settings.remove(group)
        self.said.setText("已恢复，下次打开台账时生效。")


def _beside(field: QWidget, words: str, last: QWidget | None = None) -> QWidget:
    """A field with what it does to the right of it, and who changed it last."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    field.setMinimumWidth(130)
    row.addWidget(field)
    said = QLabel(words, wordWrap=True)
    said.setObjectName("purpose")
    row.addWidget(said, 1)
    if last is not None:
        row.addWidget(last)
    return made
