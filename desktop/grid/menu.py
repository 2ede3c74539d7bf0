"""The grid's menus of the right mouse button: on a cell, on a heading, and the saved views."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.grid.views import views_menu

if TYPE_CHECKING:
    from desktop.grid.view import GridView

_ON_CELLS: Final = (
    ("复制\tCtrl+C", "copy"),
    ("带表头复制\tCtrl+Shift+C", "copy with headings"),
    ("粘贴\tCtrl+V", "paste"),
    ("", ""),
    ("向下填充\tCtrl+D", "fill down"),
    ("批量填充…", "fill many"),
    ("清除内容\tDelete", "clear"),
    ("", ""),
    ("按此值筛选", "filter by cell"),
    ("排除此值", "filter out cell"),
    ("勾选筛选…\tAlt+↓", "values"),
    ("清除全部筛选", "no filters"),
    ("", ""),
)


def cell_menu(view: GridView) -> QMenu:
    """The grid's own entries, then the actions the screen added to the view (打开, 变更记录 …)."""
    menu = QMenu(view)
    for words, name in _ON_CELLS:
        if words:
            menu.addAction(words, partial(view.do, name))
        else:
            menu.addSeparator()
    _columns(menu, view, view.currentIndex().column())
    if view.preferences:
        right = menu.addAction("回车后向右移动", lambda: None)
        right.setCheckable(True)
        right.setChecked(view.preferences.enter_goes_right())
        right.toggled.connect(view.preferences.set_enter_goes_right)
        menu.addMenu(views_menu(view, menu))
    if view.actions():
        menu.addSeparator()
        menu.addActions(view.actions())
    return menu


def heading_menu(view: GridView, column: int) -> QMenu:
    """What may be done with a column."""
    menu = QMenu(view)
    menu.addAction("升序", partial(view.sortByColumn, column, Qt.SortOrder.AscendingOrder))
    menu.addAction("降序", partial(view.sortByColumn, column, Qt.SortOrder.DescendingOrder))
    menu.addAction("恢复原有顺序", partial(view.sortByColumn, -1, Qt.SortOrder.AscendingOrder))
    menu.addAction("勾选筛选…", partial(view.ask_values, column))
    menu.addSeparator()
    _columns(menu, view, column)
    hide = menu.addAction("隐藏此列", partial(view.setColumnHidden, column, True))
    hide.setEnabled(len(view.shown_columns()) > 1)
    menu.addAction("列宽适合内容", partial(view.resizeColumnToContents, column))
    menu.addAction("列恢复默认", view.lay_as_it_comes)
    return menu


def _columns(menu: QMenu, view: GridView, column: int) -> None:
    if column >= 0 and column != view.still_to:
        menu.addAction("冻结到此列", partial(view.freeze, column))
    if view.still_to >= 0:
        menu.addAction("取消冻结", partial(view.freeze, -1))
    menu.addAction("列设置…", partial(view.do, "columns"))
    menu.addAction("查找列…\tCtrl+Shift+F", partial(view.do, "find column"))
