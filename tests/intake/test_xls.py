"""Reading .xls and .et by calamine, in this process (the reading process itself is tested in test_reader)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
import xlwt

from intake.calamine import read_calamine
from intake.cells import Sheet
from intake.child import open_source
from intake.limits import LIMITS
from intake.refusal import Refusal


def xls(fill: Callable[[Any], None], sheets: int = 1) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for number in range(sheets):
        fill(book.add_sheet(f"表{number + 1}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, **limits: int) -> list[Sheet]:
    return list(open_source(data, "a.xls", None, replace(LIMITS, **limits)).sheets)


def styled(sheet: Any, column: int, value: float, code: str) -> None:
    sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))


def test_values_keep_their_columns_rows_and_sorts():
    def fill(sheet: Any) -> None:
        styled(sheet, 2, 43535, "yyyy-mm-dd")
        styled(sheet, 3, 43535.5, "yyyy-mm-dd hh:mm")
        styled(sheet, 4, 0.25, "hh:mm")
        styled(sheet, 5, 1.5, "[h]:mm:ss")
        sheet.write(2, 2, "姓名")
        sheet.write(2, 3, 4166.67)
        sheet.write(2, 4, 12)
        sheet.write(2, 5, True)

    (sheet,) = read(xls(fill))
    assert sheet.rows == {
        1: (None, None, date(2019, 3, 11), datetime(2019, 3, 11, 12), time(6), "36:00:00"),
        3: (None, None, "姓名", 4166.67, 12, True),
    }


@pytest.mark.parametrize(
    ("limits", "says"),
    [({"rows": 2}, "超过 2 行"), ({"columns": 2}, "第 2 列"), ({"text": 3}, "超过 3 个字"), ({"sheets": 1}, "2 张工作表")],
)
def test_caps(limits, says):
    def fill(sheet: Any) -> None:
        for row in range(3):
            sheet.write(row, row, "东岭县民政局")

    data = xls(fill, sheets=2)
    assert len(read(data)) == 2
    with pytest.raises(Refusal, match=says):
        read(data, **limits)


def test_what_calamine_refuses_is_damage():
    with pytest.raises(Refusal, match="损坏"):
        read_calamine(b"no workbook", "xls", lambda name, state: True)
