"""The first-run wizard: five pages after the start page, then the book is made in one go and opened; what is left is a list on the workbench."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.first_pages import PasswordPage, PeoplePage, PlacePage, WhosePage, WizardPage
from desktop.first_units import UnitsPage
from desktop.opening import show_code
from desktop.parts import entered
from desktop.theme import mark
from desktop.worker import ProgressStrip, Work
from office.first_book import FirstBook, SetUp, set_up
from policy.clock import Clock


class FirstRun(QWidget):
    """What is on screen while a new book is set up. `home`: the folder first offered."""

    made = Signal(Path, str, str)
    """The new book's folder, its password ("" = none), and what comes next (of `first_pages.AFTERWARDS`; "" in a city's book)."""
    left = Signal()
    """The clerk went back to the start page; nothing was made."""

    def __init__(self, clock: Clock, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock = clock
        self.whose, self.place, self.secret = WhosePage(), PlacePage(home), PasswordPage()
        self.units, self.people = UnitsPage(clock.today), PeoplePage()
        self.pages: tuple[WizardPage, ...] = (self.whose, self.place, self.secret, self.units, self.people)
        self.stack = QStackedWidget()
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.strip = ProgressStrip()
        self.title, self.explains = QLabel(), QLabel(wordWrap=True)
        self.title.setObjectName("emptyTitle")
        self.explains.setObjectName("purpose")
        self.back, self.next, self.leave = QPushButton("上一步(&B)"), QPushButton("下一步(&N)"), QPushButton("返回起始页")
        self.next.setProperty("main", True)
        for page in self.pages:
            self.stack.addWidget(page if page is self.units else _scrolling(page))
        self._lay_out()
        self.back.clicked.connect(lambda: self._show(self._places()[self._at() - 1]))
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.left)
        self.whose.of_city.toggled.connect(lambda _on: self._mark_steps())
        self._show(0)

    def _lay_out(self) -> None:
        self.steps = [QLabel() for _ in self.pages]
        side = QFrame()
        side.setObjectName("steps")
        side.setFixedWidth(150)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 20, 8, 12)
        column.setSpacing(14)
        for label in self.steps:
            column.addWidget(label)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        content = QVBoxLayout()
        content.setContentsMargins(24, 16, 24, 14)
        content.setSpacing(10)
        for part in (self.title, self.explains):
            content.addWidget(part)
        content.addWidget(self.stack, 1)
        content.addWidget(self.wrong)
        content.addLayout(buttons)
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(side)
        both.addLayout(content, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(both, 1)
        whole.addWidget(self.strip)

    def begin(self) -> None:
        """On screen now: the focus where work begins."""
        self.pages[self.stack.currentIndex()].begin()

    # Going on and back

    def _places(self) -> list[int]:
        """The pages that are asked: a city's book has no townships and people of its own."""
        return [0, 1, 2] if self.whose.of_city.isChecked() else [0, 1, 2, 3, 4]

    def _at(self) -> int:
        return self._places().index(self.stack.currentIndex())

    def _show(self, at: int) -> None:
        page = self.pages[at]
        self.place.name = self.whose.name()
        county = self.whose.chosen()
        if page is self.units and county is not None:
            self.units.of_county(county.code)
        self.stack.setCurrentIndex(at)
        self.title.setText(page.title)
        self.explains.setText(page.explains)
        self.say("")
        self._mark_steps()
        page.begin()

    def _mark_steps(self) -> None:
        at, places = self.stack.currentIndex(), self._places()
        for number, (label, page) in enumerate(zip(self.steps, self.pages, strict=True)):
            label.setVisible(number in places)
            label.setText(f"{number + 1}. {page.title}")
            mark(label, "now", number == at)
        self.back.setEnabled(at > 0)
        self.next.setText("建立台账(&N)" if at == places[-1] else "下一步(&N)")

    def go_on(self) -> None:
        """The next page, or after the last one the book."""
        try:
            self.pages[self.stack.currentIndex()].check()
        except ValueError as wrong:
            self.say(str(wrong))
            return
        places, at = self._places(), self._at()
        if at + 1 < len(places):
            self._show(places[at + 1])
        else:
            self.make()

    def asked(self) -> FirstBook:
        """What the pages say."""
        if self.whose.of_city.isChecked():
            return FirstBook(self.place.book(), self.whose.city.currentData())
        region, basis = self.whose.own_region()
        return FirstBook(self.place.book(), self.whose.county.currentData(), region, basis, self.units.units, self.units.counted_on())

    # Making

    def make(self) -> None:
        """Make the book in the background, show the recovery code, and hand it over."""
        if not self.strip.isHidden():
            return
        said, clock, password, backup = self.asked(), self.clock, self.secret.password(), self.place.backups()
        self.say("")
        work = Work(lambda _report: set_up(said, clock, password, backup))
        self.strip.run(f"正在建立{self.whose.name()}的台账……", work)
        self.strip.stop.setEnabled(False)
        for button in (self.back, self.next, self.leave):
            button.setEnabled(False)
        work.done.connect(self._made)
        work.failed.connect(self._refused)

    def _made(self, done: SetUp) -> None:
        if done.code:
            show_code(done.folder, done.code, self)
        if done.said:
            QMessageBox.warning(self, "没有备份成", done.said)
        self.made.emit(done.folder, self.secret.password(), "" if self.whose.of_city.isChecked() else self.people.chosen())

    def _refused(self, error: Exception) -> None:
        self.leave.setEnabled(True)
        self.next.setEnabled(True)
        self._mark_steps()
        if isinstance(error, OSError):
            self.say(f"台账没有建成：{error.strerror or error}。请检查磁盘空间和文件夹权限，或换一个位置。")
        elif isinstance(error, ValueError):
            self.say(str(error))
        else:
            raise error

    def say(self, sentence: str) -> None:
        """Why it did not go on."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from a line or a choice; on a button it presses the button; Esc leaves nothing behind."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.focusWidget(), QLineEdit | QRadioButton):
            self.go_on()
        elif entered(event, self):
            return
        elif event.key() == Qt.Key.Key_Escape and self.strip.isHidden():
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _scrolling(page: QWidget) -> QScrollArea:
    scroll = QScrollArea(widgetResizable=True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    return scroll
