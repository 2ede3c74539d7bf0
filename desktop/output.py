"""打印预览 and 导出当前表: what the page in front shows (its columns, order and filter), on paper or as a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db.lists import Row
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.opening import confirmed
from desktop.page import Page
from desktop.printing import Picture, Print
from office.edit import exported
from office.list_sheet import list_sheet, write_list
from policy.kinds import Field
from policy.kinds.text import TEXT
from returns.sheet import Sheet

PURPOSE = Field("导出用途", TEXT, hint="例如 送市民政局审核、交财政局核对；记入导出日志")
SIGNATORIES = "单位负责人：            审核人：            填报人：            填报日期：    年  月  日"
NOTHING = "这一页没有可以打印或导出的表。请先打开人员、工资等列表或报表。"


def sheet_of(page: Page, title: str, desk: Desk) -> Sheet | None:
    """The page's own form, else its list as it is seen; None where there is neither."""
    if form := page.printed():
        return form
    grid = page.listed()
    if grid is None:
        return None
    return grid_sheet(grid, title, (f"{desk.book.face.name}民政局", page.span(), f"截至 {desk.as_of}　单位：元"))


def grid_sheet(grid: Grid, title: str, heading: tuple[str, str, str]) -> Sheet:
    """A grid's rows and columns as they stand on screen, masked as they are masked there."""
    shown = grid.view.shown_columns()
    rows = [
        Row(row.keys, tuple(row.values[at] for at in shown)) for row in (grid.model.row_at(place) for place in range(grid.model.rowCount()))
    ]
    columns = [grid.model.columns[at] for at in shown]
    return list_sheet(title, heading, columns, rows, revealed=grid.model.revealed, signatories=SIGNATORIES)


def print_preview(page: Page, title: str, desk: Desk, parent: QWidget) -> None:
    """Ctrl+P."""
    sheet = sheet_of(page, title, desk)
    if sheet is None:
        QMessageBox.information(parent, "打印预览", NOTHING)
        return
    preview(sheet, parent, page.picture())


def preview(sheet: Sheet, parent: QWidget | None, picture: Picture | None = None) -> None:
    """Show a form before it is printed (登记表, 审批单), with a picture under it where there is one."""
    job = Print(sheet, picture=picture)  # held until the window is gone: Qt paints on its printer, and the signal alone keeps nothing alive
    dialog = job.preview(parent)
    dialog.exec()
    dialog.setParent(None)
    del dialog


def purpose_of(title: str, words: str, what: str, desk: Desk, parent: QWidget) -> str | None:
    """What a file that names people is written for, and the password typed again where there is one; None where the clerk thought better
    of it. `words` say what is in it, `what` is how the password's question names it."""
    said: list[str] = []
    fields = {"purpose": replace(PURPOSE, required=True)}
    asked = Ask(title, words, fields, lambda one: said.append(one["purpose"]), desk.today, parent, confirm="下一步")
    return said[-1] if asked.exec() and confirmed(desk.book, what, parent) else None


def export(page: Page, title: str, desk: Desk, parent: QWidget) -> Path | None:
    """Ctrl+E: ask where, write, and say where it went; None where the clerk thought better of it. A list with identity or telephone
    numbers needs the password again, where there is one, and is written down in the log."""
    if page.export():
        return None
    sheet = sheet_of(page, title, desk)
    if sheet is None:
        QMessageBox.information(parent, "导出当前表", NOTHING)
        return None
    grid = page.listed()
    personal = grid is not None and any(column.field.kind.mask for column in grid.model.columns)
    if personal and not confirmed(desk.book, f"“{title}”", parent):
        return None
    name = f"{desk.book.face.name}_{title}_{desk.as_of:%Y%m%d}.xlsx"
    chosen, _ = QFileDialog.getSaveFileName(parent, "导出当前表", str(Path.home() / name), "Excel 工作簿 (*.xlsx)")
    if not chosen:
        return None
    try:
        written = write_list(sheet, Path(chosen).with_suffix(".xlsx"), desk.today())
        if personal and not desk.book.read_only:
            desk.act(exported, title, written.name, len(sheet.rows))
        return written
    except (ValueError, OSError) as failed:
        QMessageBox.warning(parent, "导出当前表", str(failed))
        return None
