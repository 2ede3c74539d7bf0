"""The grid's view: the habits of Excel over the rows of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolTip, QWidget

from db.lists import Key, Row
from desktop.grid.block import Cell, Plan, Refusal, copied, filled, pasted, tiled, typed
from desktop.grid.chooser import ColumnChooser
from desktop.grid.clipboard import from_tsv
from desktop.grid.delegate import CellDelegate, CellEditor
from desktop.grid.fill import FillMany
from desktop.grid.keys import ENTER, MOVES, TAB, beside, gesture, steps
from desktop.grid.menu import cell_menu, heading_menu
from desktop.grid.model import GridModel
from desktop.grid.standing import parts, stand, standing
from desktop.grid.statistics import Statistics, statistics
from desktop.grid.table import Table
from desktop.grid.values import ValueList
from desktop.preferences import Preferences
from policy.kinds import Unreadable

_CLEAR_AND_SELECT: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


class GridView(Table):
    """One table on screen. It changes nothing itself: edits go to the model's `commit`, one act for one gesture."""

    statistics_changed = Signal(Statistics)
    row_changed = Signal(object)
    """The record the clerk stands on: a Row, or None."""
    locked = Signal()
    """The clerk typed over a cell that could take it, while the whole list is locked."""
    refused = Signal(list, int)
    """Cells left as they are (`Refusal`s), and how many others the same gesture changed."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.nothing = "没有记录。"
        """Said while the list itself is empty."""
        self.preferences: Preferences | None = None
        self.list_name = ""
        """What the preferences call this list."""
        self.takes: Callable[[list[list[str]]], bool] = lambda _block: False
        """Asked first what is pasted: True where the screen has taken the block in its own way."""
        delegate = CellDelegate(self)
        self.setItemDelegate(delegate)
        delegate.left.connect(self._advance)
        opens = QAbstractItemView.EditTrigger
        self.setEditTriggers(opens.DoubleClicked | opens.EditKeyPressed | opens.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # Qt sorts as soon as sorting is allowed: by nothing, until the clerk asks.
        self.filters.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.filters.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.filters.typed.connect(self._filter)
        self.filters.left.connect(self._enter_column)
        self.filters.asked.connect(self.ask_values)
        self.filters.cleared.connect(self._untick)
        self.filters.pressed_right.connect(self._heading_menu)
        model.counted.connect(self._point_out)
        self._tab_origin: int | None = None
        self._standing = standing(self, model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._tell)
        model.refused.connect(lambda sentence: self.refused.emit([Refusal(sentence)], 0))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._tell)
        self._told: object = self  # neither a row nor None: the first word is always said
        selection = self.selectionModel()
        selection.selectionChanged.connect(self._later.start)
        selection.currentChanged.connect(self._later.start)

    # Headings

    def ask_values(self, column: int) -> ValueList:
        """Open a column's list of values under its ▼ (Alt+↓)."""
        asked = ValueList(self.grid, column, self)
        asked.sorted_by.connect(self.sortByColumn)
        corner = self.filters.mapToGlobal(self.filters.arrow(column).bottomLeft())
        asked.show_at(corner)
        return asked

    def _heading_menu(self, column: int, place: QPoint) -> None:
        menu = heading_menu(self, column)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    # Where the clerk stands

    def go(self, place: int, column: int) -> None:
        """Stand on a cell, it alone selected (whatever keys are held down)."""
        self.selectionModel().setCurrentIndex(self.grid.index(place, column), _CLEAR_AND_SELECT)

    def stand_on(self, keys: Mapping[str, Key]) -> bool:
        """Go to the first row that shows these records (table → key); False if none is among the rows shown."""
        for place in range(self.grid.rowCount()):
            shown = self.grid.row_at(place).keys
            if all(shown.get(table) == key for table, key in keys.items()):
                current = self.currentIndex()
                self.go(place, current.column() if current.isValid() else self.shown_columns()[0])
                return True
        return False

    def chosen_cells(self) -> list[Cell]:
        """The selected cells to be seen, row by row from left to right."""
        columns = self.shown_columns()
        chosen: dict[int, set[int]] = {}
        for part in parts(self.selectionModel().selection()):
            for place in range(part.top(), part.bottom() + 1):
                chosen.setdefault(place, set()).update(range(part.left(), part.right() + 1))
        return [(place, column) for place in sorted(chosen) for column in columns if column in chosen[place]]

    def current_row(self) -> Row | None:
        """The record the clerk stands on."""
        current = self.currentIndex()
        return self.grid.row_at(current.row()) if current.isValid() else None

    def _tell(self) -> None:
        row = self.current_row()
        if row is not self._told:
            self._told = row
            self.row_changed.emit(row)
        self.statistics_changed.emit(statistics(self.grid, self.selectionModel().selection()))

    def _remember(self) -> None:
        self._standing = standing(self, self.grid)

    def _restore(self) -> None:
        stand(self, self.grid, self._standing)
        self._later.start()

    # Filters

    def _filter(self, column: int, text: str) -> None:
        try:
            self.grid.set_filter(column, text)
        except Unreadable as error:
            self.filters.complain(column, str(error))
        else:
            self.filters.complain(column, "")

    def _enter_column(self, column: int) -> None:
        if self.grid.rowCount():
            self.go(0, column)
        self.setFocus()

    def toggle_filters(self) -> None:
        """Show or hide the filter row (Ctrl+Shift+L)."""
        self.filters.show_boxes(not self.filters.boxes_shown())

    def filter_by_cell(self, keep: bool = True) -> None:
        """Keep the rows that say the same as the current cell; or those that don't."""
        at = self.currentIndex()
        if at.isValid() and self.filters.boxes_shown():
            text = self.grid.shown(at.row(), at.column())
            self.filters.box(at.column()).setText((f"={text}" if text else "空") if keep else (f"≠{text}" if text else "非空"))

    def _untick(self) -> None:
        for column in range(len(self.grid.columns)):
            self.grid.tick(column, None)

    def _point_out(self) -> None:
        self.filters.point_out({column for column in range(len(self.grid.columns)) if self.grid.filtered(column)})

    # Blocks

    def copy(self, headers: bool = False) -> None:
        """Copy the selected block, as Excel takes it."""
        cells = self.chosen_cells()
        if not cells:
            return
        places = sorted({place for place, _ in cells})
        wanted = {column for _, column in cells}
        columns = [column for column in self.shown_columns() if column in wanted]
        whole = len(cells) == len(places) * len(columns)
        QGuiApplication.clipboard().setMimeData(copied(self.grid, places, columns, None if whole else set(cells), headers))

    def paste(self) -> None:
        """Paste a block from Excel into the cells shown, from the selection's first cell on; one cell fills the selection."""
        block = from_tsv(QGuiApplication.clipboard().text())
        cells = self.chosen_cells()
        if self.takes(block) or not block or not cells:
            return
        if len(block) == 1 and len(block[0]) == 1:
            self._carry_out(typed(self.grid, cells, block[0][0]), "粘贴")
            return
        shown = self.shown_columns()
        first = min(place for place, _ in cells)
        left = min(shown.index(column) for _, column in cells)
        high, wide = max(place for place, _ in cells) - first + 1, max(shown.index(column) for _, column in cells) - left + 1
        if high * wide == len(cells) and all(len(line) == len(block[0]) for line in block):
            block = tiled(block, high, wide)
        self._carry_out(pasted(self.grid, range(first, self.grid.rowCount()), shown[left:], block), "粘贴")

    def clear(self) -> None:
        """Empty the selected cells; records stay."""
        self._carry_out(typed(self.grid, self.chosen_cells(), ""), "清除")

    def fill_down(self) -> None:
        """Copy the selection's first row into the rows below it; a single row takes from the row above."""
        cells = self.chosen_cells()
        places = sorted({place for place, _ in cells})
        if len(places) == 1 and places[0] > 0:
            places.insert(0, places[0] - 1)
        if len(places) > 1:
            wanted = {column for _, column in cells}
            self._carry_out(filled(self.grid, places, [column for column in self.shown_columns() if column in wanted]), "填充")

    def enter_today(self) -> None:
        """Put today's date into the selected cells (Ctrl+;)."""
        self._carry_out(typed(self.grid, self.chosen_cells(), self.grid.today().isoformat()), "填入今天，")

    def fill_many(self) -> FillMany:
        """Ask for one value for many cells, and show what would change before it does (批量填充)."""
        places = sorted({place for place, _ in self.chosen_cells()})
        dialog = FillMany(self.grid, self.shown_columns(), places, self.currentIndex().column(), self)
        dialog.agreed.connect(lambda plan: self._carry_out(plan, "批量填充"))
        dialog.open()
        return dialog

    def choose_columns(self, find: bool = False) -> ColumnChooser:
        """Show the list of columns (列设置); with `find` to look one up by name."""
        dialog = ColumnChooser(self, find)
        dialog.open()
        return dialog

    def go_to_column(self, column: int) -> None:
        """Stand on a column of the current row, showing it if it is hidden."""
        self.setColumnHidden(column, False)
        self.updateGeometries()
        place = max(self.currentIndex().row(), 0)
        if self.grid.rowCount():
            self.go(place, column)
            self.scrollTo(self.currentIndex())
        self.setFocus()

    def _carry_out(self, plan: Plan, verb: str) -> None:
        if not self.grid.apply(plan.edits, f"{verb} {len(plan.edits)} 个单元格"):
            return
        if plan.refused:
            self.refused.emit(plan.refused, len(plan.edits))

    # Keys and menu

    def event(self, event: QEvent) -> bool:
        # The window's menu names the same keys; in the grid they are the grid's.
        if event.type() == QEvent.Type.ShortcutOverride and gesture(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        # Of a text committed without composing (五笔, Chinese punctuation) Qt opens the editor but loses the text.
        editor = QGuiApplication.focusObject()
        if event.commitString() and isinstance(editor, CellEditor) and not editor.isModified():
            editor.selectAll()
            editor.insert(event.commitString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if name := gesture(event):
            self.do(name)
        elif steps(event):
            if not self._advance(event):
                event.ignore()
        else:
            if event.key() in MOVES:
                self._tab_origin = None
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing over a cell that takes no entry is answered; Qt would jump to a row that begins so."""
        index = self.currentIndex()
        if not index.isValid() or not search.strip():
            return
        column = self.grid.columns[index.column()]
        if column.editable:
            self.locked.emit()
        else:
            said = f"“{column.field.label}”不能在这里填写。"
            QToolTip.showText(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()), said, self)

    def do(self, name: str) -> None:
        """Carry out a gesture of `keys.GESTURES` or of the menu (the window's menu names the same)."""
        match name:
            case "copy":
                self.copy()
            case "copy with headings":
                self.copy(headers=True)
            case "cut":
                self.copy()
                self.clear()
            case "paste":
                self.paste()
            case "clear":
                self.clear()
            case "fill down":
                self.fill_down()
            case "today":
                self.enter_today()
            case "whole column":
                self._select_whole(QItemSelectionModel.SelectionFlag.Columns)
            case "whole row":
                self._select_whole(QItemSelectionModel.SelectionFlag.Rows)
            case "filters":
                self.toggle_filters()
            case "filter by cell":
                self.filter_by_cell()
            case "filter out cell":
                self.filter_by_cell(keep=False)
            case "no filters":
                self.filters.clear()
            case "values":
                if self.currentIndex().isValid():
                    self.ask_values(self.currentIndex().column())
            case "fill many":
                self.fill_many()
            case "columns":
                self.choose_columns()
            case "find column":
                self.choose_columns(find=True)

    def _select_whole(self, what: QItemSelectionModel.SelectionFlag) -> None:
        self.selectionModel().select(self.currentIndex(), _CLEAR_AND_SELECT | what)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tab_origin = None
        super().mousePressEvent(event)

    def _advance(self, pressed: QKeyEvent) -> bool:
        """Enter goes down (to the column a run of Tabs began in), Tab right over computed cells, as in Excel; False at the end and in a list to read."""
        current = self.currentIndex()
        if not current.isValid():
            return False
        back = bool(pressed.modifiers() & Qt.KeyboardModifier.ShiftModifier) or pressed.key() in (Qt.Key.Key_Backtab, Qt.Key.Key_Up)
        right = pressed.key() in TAB
        if right and not any(column.editable for column in self.grid.columns):
            return False  # nothing to fill in here: on to the next part of the window
        if right and self._tab_origin is None:
            self._tab_origin = current.column()
        if right or (pressed.key() in ENTER and self.preferences is not None and self.preferences.enter_goes_right()):
            columns = self.shown_columns()
            rows, column = beside(current.column(), columns, [at for at in columns if self.grid.columns[at].editable] or columns, back)
        else:
            rows, column = -1 if back else 1, current.column() if self._tab_origin is None else self._tab_origin
        if not 0 <= current.row() + rows < self.grid.rowCount():
            return not right
        self.go(current.row() + rows, column)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.grid.rowCount():
            words = "没有符合筛选条件的记录。右键可清除全部筛选。" if self.grid.total() else self.nothing
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            beside = self.still.width() if self.still.isVisible() else 0
            around = self.viewport().rect().adjusted(beside + 8, 24, -8, 0)
            painter.drawText(around, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, words)
            painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """The menu of the right mouse button: the grid's own entries, then the actions the screen added to the view."""
        return cell_menu(self)
