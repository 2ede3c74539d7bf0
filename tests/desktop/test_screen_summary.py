"""综合表 on screen: a double click on a figure stands on the cell it was taken from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from tests.desktop.returning import figure, opened, sheet


@pytest.mark.parametrize(("line", "form", "name"), [("5", "表2", "合计"), ("18", "表4", "安排率"), ("23", "表6", "合计")])
def test_a_double_click_leads_to_the_source(desk: Desk, qtbot: QtBot, line: str, form: str, name: str) -> None:
    page = opened(desk, qtbot, forms=("综合表", "表2", "表4", "表6"))
    index, span = figure(sheet(page, "综合表"), line, 4)
    view = page.at.sheet
    view.scrollTo(index)
    spot = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.at.tabs.tabText(page.at.tabs.currentIndex()) == form
    found = view.figure(view.currentIndex())
    assert found and found.text == span.text
    shown = page.at.shown()
    assert shown and shown[0].rows[found.row - shown[1].head_last - 1].name == name


def test_a_figure_of_a_form_that_is_not_asked_leads_nowhere(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot, forms=("综合表", "表2"))
    index, span = figure(sheet(page, "综合表"), "23", 4)
    assert span.text == "—"
    page.at.sheet.doubleClicked.emit(index)
    assert page.at.tabs.tabText(page.at.tabs.currentIndex()) == "综合表"
