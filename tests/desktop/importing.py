"""The 导入 page over the demo county, and files for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from policy.example import id_no

ROSTER = ["姓名", "身份证号", "使用单位", "用工形式", "入职日期", "月固定工资", "学历"]


def newcomer(number: int, **more: Any) -> list[Any]:
    """A line of a roster: somebody the demo county does not know."""
    said = {
        "姓名": f"甄{chr(0x4E00 + number)}", "身份证号": id_no(date(1990, 3, 5), number), "使用单位": "青石镇", "用工形式": "劳务派遣",
        "入职日期": "2026-07-01", "月固定工资": 4500, "学历": "本科",
    }  # fmt: skip
    return list((said | more).values())


def workbook(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    """A workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets:
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
    book.save(path)
    return path


def shown(desk: Desk, qtbot: QtBot) -> BringInPage:
    """The page, following the book."""
    made = BringInPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    desk.changed.connect(made.refresh)
    made.refresh()
    return made


def rested(page: BringInPage, qtbot: QtBot) -> None:
    """Wait for the work in the background."""
    qtbot.waitUntil(page.strip.isHidden, timeout=60000)


def bring(page: BringInPage, qtbot: QtBot, path: Path, kind: str) -> None:
    """Read a file as one kind."""
    page.start.choose_kind(kind)
    page.read(path)
    rested(page, qtbot)


def states(page: BringInPage) -> list[tuple[int, str]]:
    """Row number and state of what is shown."""
    return [(line.number, line.state) for line in page.preview.list.shown()]


def cell(page: BringInPage, place: int, heading: str) -> Any:
    """The index of a cell of the preview."""
    model = page.preview.list.model()
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return model.index(place, headings.index(heading))
