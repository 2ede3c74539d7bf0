"""The with-formulas edition calculated anew by LibreOffice: every formula gives the figure of the edition with values (`python3 dev.py formulas`)."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.book import Book
from office.check import facts_in
from policy.period import parse_period
from returns.annual import lay_all
from returns.forms import FORMS
from returns.task import Task
from returns.workbook import write
from tests.returns.test_workbook_bound import DAY

TASK = Task("年报", forms=tuple(form.key for form in FORMS), long_pay_list=True, pay_list_ground=True)


COARSE = replace(TASK, wan_decimals=1, yuan_decimals=0)
PLACES = {"0.00%": 0.0001, "#,##0.00": 0.01, "#,##0.0": 0.1, "#,##0": 0.01}
"""Number format → the last decimal printed; whole numbers are counts, which come out exact."""


@pytest.mark.parametrize("task", [TASK, COARSE], ids=["usual", "fewer decimals"])
def test_libreoffice_calculates_what_the_forms_say(task: Task, demo_book: Book, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--libreoffice"):
        pytest.skip("未运行：用 python3 dev.py formulas 运行（需要 LibreOffice）")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "没有找到 LibreOffice"
    now, before = (demo_book.read(facts_in, parse_period(year)) for year in ("2026", "2025"))
    sheets = lay_all(now, task, last=lay_all(before, replace(task, period="")))
    values, formulas = (write(sheets, tmp_path / f"{name}.xlsx", DAY, with_formulas=name == "f") for name in ("v", "f"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "again", formulas]
    subprocess.run(asked, check=True, capture_output=True, timeout=180)
    again, printed, written = load_workbook(tmp_path / "again" / "f.xlsx", data_only=True), load_workbook(values), load_workbook(formulas)
    wrong, found = [], Counter[str]()
    for sheet in written.worksheets:
        for cell in (one for row in sheet.iter_rows() for one in row if one.data_type == "f"):
            found[sheet.title] += 1
            shown = printed[sheet.title][cell.coordinate]
            wanted, got = shown.value, again[sheet.title][cell.coordinate].value
            place = 1.0 if task is COARSE and shown.number_format == "#,##0" else PLACES.get(shown.number_format, 0.01)
            if not isinstance(got, int | float) or abs(got - wanted) > place * 0.501:
                wrong.append((sheet.title, cell.coordinate, cell.value, wanted, got))
    assert found.total() > 500 and found["表4"] >= 40 and not wrong
    related = {sheet.key for sheet in sheets if any(column.formula for column in sheet.columns) or any(row.formula for row in sheet.rows)}
    assert related <= set(found), f"没有公式的表：{related - set(found)}"
