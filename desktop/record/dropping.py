"""A tab that files are dropped on: its list, with buttons over it and room that says what may be dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.lists import Row
from desktop.grid import Grid
from desktop.record import Dropping
from desktop.theme import mark


class DropBox(QWidget):
    """The list of a tab with `dropping`; `record` gives the record the clerk stands on."""

    def __init__(self, grid: Grid, dropping: Dropping, record: Callable[[], Row | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._dropping, self._record, self.grid = dropping, record, grid
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        self.buttons = {words: self._button(words, act) for words, act in dropping.acts.items()}
        for button in self.buttons.values():
            bar.addWidget(button)
        said = QLabel(dropping.words)
        said.setObjectName("purpose")
        bar.addWidget(said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(bar)
        box.addWidget(grid, 1)
        grid.view.doubleClicked.connect(lambda _index: self._open())
        grid.view.setAcceptDrops(False)

    def _button(self, words: str, act: Callable[[Row, Sequence[Row]], object]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda: self._run(act))
        return button

    def _run(self, act: Callable[[Row, Sequence[Row]], object]) -> None:
        record = self._record()
        if record is not None:
            act(record, self._chosen())

    def _chosen(self) -> list[Row]:
        places = dict.fromkeys(place for place, _ in self.grid.view.chosen_cells())
        return [self.grid.model.row_at(place) for place in places]

    def _open(self) -> None:
        record, row = self._record(), self.grid.view.current_row()
        if record is not None and row is not None:
            self._dropping.open(record, row)

    # Qt's side

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    def _consider(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        wanted = self._record() is not None and event.mimeData().hasUrls() and all(url.isLocalFile() for url in event.mimeData().urls())
        mark(self, "over", wanted)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(wanted)

    def dragLeaveEvent(self, event: object) -> None:
        mark(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        mark(self, "over", False)
        record = self._record()
        if record is not None:
            event.acceptProposedAction()
            self._dropping.take(record, [Path(url.toLocalFile()) for url in event.mimeData().urls()])
