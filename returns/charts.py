"""图表: a page of bar charts that read the figures of the forms beside it, for those who ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series

from returns.grid import Grid
from returns.sheet import Scope, Sheet

CHARTS: Final = "图表"
_WANTED: Final = (
    ("表2", ("3", "5"), "应配备与实际配备人数（人）"),
    ("表2", ("17",), "缺口（人）"),
    ("表3", ("4", "5"), "最低标准与工资标准均值（元/人·年）"),
)
"""Form, 栏次 to be drawn, title."""
_HIGH: Final = 18
"""Lines of the page a chart takes."""


def draw(book: Workbook, sheets: Sequence[Sheet], grids: Mapping[str, Grid]) -> bool:
    """Add the page 图表 after the forms; False where none of the forms drawn is among them."""
    by_key = {sheet.key: sheet for sheet in sheets}
    wanted = [(by_key[key], marks, title) for key, marks, title in _WANTED if key in by_key and _lines(by_key[key])]
    if not wanted:
        return False
    page = book.create_sheet(CHARTS)
    page.page_setup.paperSize, page.page_setup.orientation = 9, "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1
    properties: Any = page.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    page.sheet_view.showGridLines = False
    for number, (sheet, marks, title) in enumerate(wanted):
        page.add_chart(_chart(book[sheet.key], sheet, grids[sheet.key].head_last + 1, marks, title), f"A{1 + number * _HIGH}")
    return True


def _lines(sheet: Sheet) -> list[int]:
    return [at for at, row in enumerate(sheet.rows) if row.scope is not Scope.TOTAL]


def _chart(page: Any, sheet: Sheet, first: int, marks: Sequence[str], title: str) -> BarChart:
    lines = _lines(sheet)
    top, bottom = first + lines[0], first + lines[-1]
    chart = BarChart()
    chart.title = title
    chart.height, chart.width = 8.4, 26
    for mark in marks:
        column = sheet.column(mark)
        chart.series.append(Series(Reference(page, column + 1, top, column + 1, bottom), title="".join((*sheet.columns[column].groups, sheet.columns[column].label))))
    chart.set_categories(Reference(page, 1, top, 1, bottom))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0  # bars that do not begin at nothing mislead
    if len(marks) == 1:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position = "b"
    return chart
