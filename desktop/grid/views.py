"""Saved views (保存视图): columns, filters and order under a name, to be switched to again, also after a restart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from db.lists import Column
from desktop.preferences import SavedView
from policy.kinds.text import NAME

if TYPE_CHECKING:
    from desktop.grid.view import GridView


def view_now(view: GridView, name: str) -> SavedView:
    """What the clerk sees now, under a name. Filters by names and masked numbers are left out: they are the book's, not the user's."""
    columns = view.grid.columns
    kept = [at for at, column in enumerate(columns) if not _personal(column)]
    sorted_by = view.filters.sortIndicatorSection()
    return SavedView(
        name,
        view.layout_now(),
        {columns[at].id: text for at in kept if (text := view.filters.box(at).text())},
        {columns[at].id: tuple(sorted(ticked)) for at in kept if (ticked := view.grid.ticked(at)) is not None},
        columns[sorted_by].id if 0 <= sorted_by < len(columns) else "",
        view.filters.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
    )


def show_view(view: GridView, saved: SavedView) -> None:
    """Switch to a saved view; what it says of columns that are gone is passed over."""
    at = {column.id: place for place, column in enumerate(view.grid.columns)}
    view.filters.clear()
    view.lay_out(saved.layout)
    if (saved.typed or saved.ticked) and not view.filters.boxes_shown():
        view.toggle_filters()
    for name, text in saved.typed.items():
        if name in at:
            view.filters.box(at[name]).setText(text)
    for name, texts in saved.ticked.items():
        if name in at:
            view.grid.tick(at[name], texts)
    order = Qt.SortOrder.DescendingOrder if saved.descending else Qt.SortOrder.AscendingOrder
    view.sortByColumn(at.get(saved.sorted_by, -1), order)


def views_menu(view: GridView, parent: QWidget) -> QMenu:
    """视图: switch to a saved one, save what is seen now, delete one."""
    menu = QMenu("视图", parent)
    fill_views(menu, view)
    return menu


def fill_views(menu: QMenu, view: GridView) -> None:
    """The entries of 视图, read anew."""
    menu.clear()
    assert view.preferences is not None
    saved = view.preferences.views(view.list_name)
    menu.addAction("全部（恢复默认）", partial(show_view, view, SavedView("", view.natural_layout())))
    for one in saved:
        menu.addAction(one.name, partial(show_view, view, one))
    menu.addSeparator()
    menu.addAction("保存视图…", partial(ask_name, view))
    gone = menu.addMenu("删除视图")
    gone.setEnabled(bool(saved))
    for one in saved:
        gone.addAction(one.name, partial(view.preferences.drop_view, view.list_name, one.name))


def views_button(view: GridView) -> QToolButton:
    """视图▾ for a screen's toolbar."""
    button = QToolButton()
    button.setText("视图")
    button.setToolTip("切换、保存列表的筛选、排序和列")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.aboutToShow.connect(lambda: fill_views(menu, view))
    button.setMenu(menu)
    return button


def ask_name(view: GridView) -> None:
    """Ask what the view seen now is to be called, and save it; the same name replaces the old one."""
    dialog = QInputDialog(view)
    dialog.setWindowTitle("保存视图")
    dialog.setLabelText("视图名称（与已有的同名则替换）：\n保存列、排序和筛选；按姓名、证件号等筛选的条件不保存。")
    dialog.setOkButtonText("保存")
    dialog.setCancelButtonText("取消")
    dialog.textValueSelected.connect(partial(_save, view))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _save(view: GridView, name: str) -> None:
    if name.strip() and view.preferences:
        view.preferences.keep_view(view.list_name, view_now(view, name.strip()))


def _personal(column: Column) -> bool:
    return column.field.kind.mask is not None or column.field.kind is NAME
