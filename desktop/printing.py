"""Printing a Sheet as the workbook would print it: one page wide, headings on every page, 本页小计, 第 x 页 共 y 页."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPen, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from desktop.theme import FONTS
from returns.grid import Grid, Role, Span, lay_out, on_one_page
from returns.sheet import PER_UNIT, Cell, Measure, Row, Scope, Sheet, shown

MARGIN: Final = 12.0
"""Millimetres."""
_FOOT: Final = 24.0
"""Points for the page number."""
_RULED: Final = (Role.HEAD, Role.MARK, Role.TOTAL, Role.BODY)
_BOLD: Final = (Role.TITLE, Role.HEAD, Role.TOTAL)
_CHARACTER: Final = 5.6
"""Points of a half-width character at 10.5 points."""
_SUBTOTAL: Final = 21.0
_LEFT: Final = (Role.KEY, Role.LEFT, Role.FOOTER, Role.SIGN, Role.NOTE)
_RIGHT: Final = (Role.RIGHT, Role.HEAD_FIELD)


@dataclass(frozen=True)
class PrintPage:
    """One page: the rows of the grid on it (from 1), and the body lines whose 本页小计 stands below them."""

    rows: tuple[int, ...]
    subtotal: tuple[Row, ...]


def pages(sheet: Sheet, grid: Grid, room: float) -> tuple[PrintPage, ...]:
    """Cut the grid's rows into pages `room` points high. Headings are repeated; 本页小计 appears where a list with sums of money
    takes more than one page."""
    heads = tuple(range(grid.head_first, grid.head_last + 1))
    high = grid.heights
    summed = any(column.measure in PER_UNIT for column in sheet.columns) and not any(column.mark for column in sheet.columns)
    whole = sum(high) <= room
    made: list[PrintPage] = []
    rows = list(range(1, grid.head_last + 1))
    used = sum(high[row - 1] for row in rows)
    for row in range(grid.head_last + 1, len(high) + 1):
        need = high[row - 1] + (_SUBTOTAL if summed and not whole else 0)
        if used + need > room and len(rows) > len(heads):
            made.append(_page(sheet, grid, rows, summed))
            rows = list(heads)
            used = sum(high[at - 1] for at in heads)
        rows.append(row)
        used += high[row - 1]
    made.append(_page(sheet, grid, rows, summed and bool(made)))
    return tuple(made)


def _page(sheet: Sheet, grid: Grid, rows: Sequence[int], summed: bool) -> PrintPage:
    lines = [sheet.rows[row - grid.head_last - 1] for row in rows if grid.head_last < row <= grid.head_last + len(sheet.rows)]
    return PrintPage(tuple(rows), tuple(line for line in lines if line.scope is not Scope.TOTAL) if summed else ())


def subtotal(sheet: Sheet, lines: Sequence[Row]) -> tuple[str, ...]:
    """本页小计 of the columns of money, exact; other columns stay blank."""
    texts = ["本页小计"]
    for at, column in enumerate(sheet.columns[1:], 1):
        values = [line.cells[at].value for line in lines]
        sums = [value for value in values if isinstance(value, int | Fraction)]
        texts.append(shown(Cell(sum(sums)), column.measure) if column.measure in PER_UNIT and sums else "")
    return tuple(texts)


@dataclass(frozen=True)
class Picture:
    """Something painted under a sheet: the height it wants at a width (points), and what paints it into a box in the painter's font."""

    height: Callable[[QFontMetricsF, float], float]
    paint: Callable[[QPainter, QRectF], None]


class Print:
    """One sheet on one printer (kept here: Qt's preview does not own it, and crashes without)."""

    def __init__(self, sheet: Sheet, pdf: str = "", picture: Picture | None = None) -> None:
        self.sheet, self.picture = sheet, picture
        self.grid = lay_out(sheet)
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if pdf or not self.printer.isValid():
            self.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            self.printer.setOutputFileName(pdf)
        turned = QPageLayout.Orientation.Landscape if sheet.landscape else QPageLayout.Orientation.Portrait
        size = QPageSize(QPageSize.PageSizeId.A3 if sheet.paper == "A3" else QPageSize.PageSizeId.A4)
        self.printer.setPageLayout(QPageLayout(size, turned, QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter))
        self.printer.setDocName(sheet.title)

    def preview(self, parent: QWidget | None) -> QPrintPreviewDialog:
        """The preview window, to be shown by the caller."""
        dialog = QPrintPreviewDialog(self.printer, parent)
        dialog.setWindowTitle(f"打印预览 — {self.sheet.title}")
        dialog.resize(1000, 680)
        dialog.paintRequested.connect(self.paint)
        return dialog

    def paint(self, printer: QPrinter) -> int:
        """Paint every page on the printer as it is set now; returns how many."""
        painter = QPainter(printer)
        count = self.paint_with(painter, printer)
        painter.end()
        return count

    def paint_with(self, painter: QPainter, printer: QPrinter) -> int:
        """The same where several sheets follow each other on one printer."""
        paper = printer.pageLayout().paintRect(QPageLayout.Unit.Point)
        wide = sum(self.grid.widths) * _CHARACTER
        scale, high = min(1.0, paper.width() / wide), paper.height() - _FOOT
        if on_one_page(self.grid, high):
            scale = min(scale, high / sum(self.grid.heights))
        cut = pages(self.sheet, self.grid, high / scale + 0.01)
        dots = printer.resolution() / 72
        for number, page in enumerate(cut, 1):
            if number > 1:
                printer.newPage()
            painter.save()
            painter.scale(dots, dots)
            self._foot(painter, QRectF(0, paper.height() - _FOOT, paper.width(), _FOOT), f"第 {number} 页　共 {len(cut)} 页")
            painter.translate(max(0.0, (paper.width() - wide * scale) / 2), 0)
            painter.scale(scale, scale)
            self._page(painter, page)
            painter.restore()
        if self.picture:
            painter.save()
            used = sum(self.grid.heights[row - 1] for row in cut[-1].rows) * scale
            painter.scale(dots, dots)
            self._picture(painter, self.picture, QRectF(0, used + 10, paper.width(), paper.height() - _FOOT - used - 10))
            painter.restore()
        return len(cut)

    def _picture(self, painter: QPainter, picture: Picture, room: QRectF) -> None:
        """Under the last page's rows, smaller where there is less room (not below half): a sheet on one page stays on one page."""
        font = QFont()
        font.setFamilies(FONTS)
        font.setPixelSize(9)
        painter.setFont(font)
        fits = min(1.0, room.height() / picture.height(QFontMetricsF(font), room.width()))
        if fits >= 0.5:
            painter.translate(room.topLeft())
            painter.scale(fits, fits)
            picture.paint(painter, QRectF(0, 0, room.width() / fits, room.height() / fits))

    def _page(self, painter: QPainter, page: PrintPage) -> None:
        lefts = [0.0]
        for width in self.grid.widths:
            lefts.append(lefts[-1] + width * _CHARACTER)
        top, tops, below = 0.0, {}, 0.0
        lines = [row for row in page.rows if row > self.grid.head_last][: len(page.subtotal)]
        for row in page.rows:
            tops[row] = top
            top += self.grid.heights[row - 1]
            if page.subtotal and row == lines[-1]:
                below = top
                top += _SUBTOTAL
        for span in self.grid.spans:
            if span.row in tops:
                height = sum(self.grid.heights[span.row - 1 : span.row - 1 + span.rows])
                box = QRectF(lefts[span.column - 1], tops[span.row], lefts[span.column - 1 + span.columns] - lefts[span.column - 1], height)
                self._span(painter, span, box)
        if page.subtotal:
            texts = subtotal(self.sheet, page.subtotal)
            self._span(painter, Span(1, 1, 1, 2, Role.TOTAL, Cell(texts[0]), Measure.TEXT), QRectF(0, below, lefts[2], _SUBTOTAL))
            for at, text in enumerate(texts[2:], 2):
                box = QRectF(lefts[at], below, lefts[at + 1] - lefts[at], _SUBTOTAL)
                self._span(painter, Span(1, at + 1, 1, 1, Role.TOTAL, Cell(text), self.sheet.columns[at].measure), box)

    def _span(self, painter: QPainter, span: Span, box: QRectF) -> None:
        font = QFont()
        font.setFamilies(FONTS)
        font.setPixelSize(18 if span.role is Role.TITLE else 10)
        font.setBold(span.role in _BOLD)
        painter.setFont(font)
        painter.setPen(QPen(Qt.GlobalColor.black, 0.6))
        if span.role in _RULED:
            painter.drawRect(box)
        inside = box.adjusted(2, 1, -2, -1)
        painter.drawText(inside, int(_stands(span)) | int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere), _printed(span))

    def _foot(self, painter: QPainter, box: QRectF, text: str) -> None:
        font = QFont()
        font.setFamilies(FONTS)
        font.setPixelSize(9)
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _printed(span: Span) -> str:
    return span.cell.value if isinstance(span.cell.value, str) else span.text


def _stands(span: Span) -> Qt.AlignmentFlag:
    middle = Qt.AlignmentFlag.AlignVCenter
    if span.role in _LEFT or (span.role is Role.BODY and span.measure is Measure.LONG):
        return Qt.AlignmentFlag.AlignLeft | middle
    if span.role in _RIGHT or (span.role in (Role.BODY, Role.TOTAL) and span.measure in (*PER_UNIT, Measure.DECIMAL, Measure.TENTH)):
        return Qt.AlignmentFlag.AlignRight | middle
    return Qt.AlignmentFlag.AlignHCenter | middle


def preview_text(title: str, words: str, parent: QWidget | None = None) -> None:
    """Show a page of plain words before it is printed (恢复码单). Nothing of it is written to a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    document = QTextDocument(words)
    font = QFont()
    font.setFamilies(list(FONTS))
    font.setPointSize(14)
    document.setDefaultFont(font)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(f"打印预览 — {title}")
    dialog.resize(900, 640)
    dialog.paintRequested.connect(document.print_)
    dialog.exec()
    dialog.setParent(None)
    del dialog
