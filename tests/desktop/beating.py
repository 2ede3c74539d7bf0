"""A heart in the window's thread: how long the window stood still; and a county with a big pay workbook to stand still over."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from db.book import Book
from db.change import Change
from policy.example import id_no
from tests.db.records import county, worker

BEAT = 20
"""Milliseconds between two beats of a window that is never kept waiting."""
HEAD = ("姓名", "身份证号", "工资所属月份", "基本工资", "绩效工资", "津补贴", "应发工资")
_BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Heart(QObject):
    """Beats in the thread that made it."""

    def __init__(self) -> None:
        super().__init__()
        self.beats = [time.perf_counter()]
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(lambda: self.beats.append(time.perf_counter()))
        self._timer.start()

    def stops(self) -> list[float]:
        """Seconds from beat to beat since it was last asked, longest first."""
        self.beats.append(time.perf_counter())
        gaps = [after - before for before, after in zip(self.beats, self.beats[1:], strict=False)]
        self.beats = [self.beats[-1]]
        return sorted(gaps, reverse=True)


def staff(book: Book, people: int) -> None:
    """A county with so many people, each with an identity number, employed since 2020."""
    changes = [*county(), *(change for number in range(1, people + 1) for change in worker(number, date(2020, 1, 1)))]
    book.act("新增", [_numbered(change) for change in changes])


def _numbered(change: Change) -> Change:
    if change.table != "person":
        return change
    return Change(change.table, change.key, None, dict(change.after or {}) | {"id_no": number(change.key[0])})


def number(person: int) -> str:
    """A person's identity number; none ends in 000, which would be asked about."""
    return id_no(date(1960 + person // 90, 1, 1), person % 90 * 10 + 1)


def pay_workbook(path: Path, people: int, months: int) -> Path:
    """A workbook of `people` × `months` rows of pay, from January 2020 on, written as plain parts (a library would take minutes)."""
    head = "".join(f'<c t="inlineStr"><is><t>{words}</t></is></c>' for words in HEAD)
    lines = [f"<row>{head}</row>"]
    for person in range(1, people + 1):
        who = f'<row><c t="inlineStr"><is><t>人员{person}</t></is></c><c t="inlineStr"><is><t>{number(person)}</t></is></c>'
        for at in range(months):
            month = f"{2020 + at // 12}-{at % 12 + 1:02}"
            lines.append(f'{who}<c t="inlineStr"><is><t>{month}</t></is></c><c><v>3400</v></c><c><v>500</v></c><c><v>400.5</v></c><c><v>4300.5</v></c></row>')
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_BOOK}" xmlns:r="{_OFFICE}"><sheets><sheet name="工资表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_BOOK}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
