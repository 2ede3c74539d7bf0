"""Identity numbers in every form senders send them, dates and pay that cannot be read, through real files to the plan and the book."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.book import Book
from db.rows import rows
from office.error_rows import write_error_rows
from office.import_file import commit, preview
from office.imports import kind
from office.imports.plan import NEW, WRONG
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county
from tests.office.sheets import ROSTER, planned, workbook

MANY = 1000
FIRST = date(1962, 1, 1)


def truth() -> list[str]:
    """1,000 true numbers of workers born 1962 to 2006, some of which end in 000 were they cut."""
    chance = random.Random(453)
    return [id_no(FIRST + timedelta(days=chance.randrange(16_400)), chance.randrange(1, 999)) for _ in range(MANY)]


TRUE = truth()
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def number(text: str) -> Any:
    """As a numeric cell keeps it: 15 digits, then zeros; a number with X can only be text."""
    return text if text.endswith("X") else int(text[:15] + "000")


FORMS: dict[str, tuple[Callable[[str], Any], bool]] = {
    # form: (as sent, whether nothing of it is lost)
    "text": (str, True),
    "lower case x": (str.lower, True),
    "full-width": (lambda text: text.translate(WIDE), True),
    "blanks": (lambda text: f" {text[:6]} {text[6:14]}　{text[14:]}\u200b", True),
    "apostrophe": (lambda text: f"'{text}", True),
    "number": (number, False),
    "number, not cut": (lambda text: text if text.endswith("X") else int(text), False),
    "E+17": (lambda text: text if text.endswith("X") else f"{text[0]}.{text[1:6]}E+17", False),
    "cut to 15 and zeros, as text": (lambda text: text if text.endswith("X") else text[:15] + "000", False),
    "first 15, as text": (lambda text: text if text.endswith("X") else text[:15], False),
}


@pytest.fixture
def towns(book: Book) -> Book:
    book.act("新建", county())
    return book


def sent(path: Path, numbers: list[Any]) -> Path:
    lines = [[f"人{chr(0x4E00 + at)}", value, "劳务派遣", "青石镇", "2024-01-01"] for at, value in enumerate(numbers)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([ROSTER, *lines])
        return path
    return workbook(path, ROSTER, *lines)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("form", FORMS)
def test_a_thousand_numbers(towns: Book, tmp_path: Path, form: str, suffix: str, record_property: Callable[[str, object], None]) -> None:
    as_sent, whole = FORMS[form]
    if suffix == ".csv" and form == "number, not cut":
        whole = True  # written out in full it is the true text
    numbers = list(dict.fromkeys(TRUE))
    found = preview(towns, sent(tmp_path / f"人{suffix}", [as_sent(text) for text in numbers]), kind("roster"))
    accepted = {row.row_number: next(change.after["id_no"] for change in row.changes if change.table == "person") for row in found.rows if row.changes}
    lost = {at for at, text in enumerate(numbers, 2) if not whole and not text.endswith("X")}
    false = sum(numbers[at - 2] != value for at, value in accepted.items())
    record_property("numbers", f"{len(numbers)} {len(accepted)} {false} {len(lost)} {len(lost & accepted.keys())}")
    assert false == 0, "whatever is accepted is the truth"
    assert not lost & accepted.keys(), "nothing that was cut is accepted"
    if whole:
        assert len(accepted) + sum(text.endswith("000") for text in numbers) == len(numbers)


def test_text_survives_import_book_error_file_and_import_again(towns: Book, tmp_path: Path, clock: Clock) -> None:
    numbers = list(dict.fromkeys(TRUE))[:200]
    lines = [[f"人{chr(0x4E00 + at)}", text, "劳务派遣", "黑沙镇", "2024-01-01"] for at, text in enumerate(numbers)]
    found = preview(towns, workbook(tmp_path / "人.xlsx", ROSTER, *lines), kind("roster"))
    back = tmp_path / "错误行.xlsx"
    write_error_rows(found, back, clock.today())
    book = openpyxl.load_workbook(back)
    for at in range(2, len(numbers) + 2):
        book.worksheets[0].cell(at, 4).value = "青石镇"
    book.save(back)
    commit(towns, preview(towns, back, kind("roster")))
    kept = [one["id_no"] for one in towns.read(rows, "person")]
    assert kept == [text for text in numbers if not text.endswith("000")]


# What cannot be read is never a value


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=12), st.dates(), st.datetimes(),
    st.sampled_from(["今天", "today", "上周", "5月3日", "去年", "长期", "-", "—", "#REF!", "2024", "2024-13-01", "1.5.2024", "四千", "面议", "同上", "〃", "　"]),
)  # fmt: skip
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(cell=anything)
def test_an_unread_date_never_becomes_today_or_any_day(towns: Book, clock: Clock, cell: Any) -> None:
    found = planned(towns, "roster", ROSTER, ("陈家明", TRUE[0], "劳务派遣", "青石镇", cell))
    starts = [change.after["start"] for row in found.rows for change in row.changes if change.table == "engagement"]
    for start in starts:
        assert cell is not None and not (isinstance(cell, str) and not any(sign.isdigit() for sign in cell))
        if isinstance(cell, str):
            assert str(start.year) in "".join(str(int(sign)) if sign.isdecimal() else sign for sign in cell)
        if start == clock.today():
            assert isinstance(cell, date | int | float) or any(sign.isdecimal() for sign in cell)
    assert bool(starts) == (found.rows != () and found.rows[0].state == NEW)


@SLOW
@given(cell=anything, beside=st.sampled_from([None, 500]))
def test_an_unread_pay_never_becomes_0(towns: Book, cell: Any, beside: int | None) -> None:
    if not towns.read(rows, "person"):
        commit(towns, planned(towns, "roster", ROSTER, ("陈家明", TRUE[0], "劳务派遣", "青石镇", "2024-01-01")))
    found = planned(towns, "pay", ("姓名", "身份证号", "基本工资", "津补贴"), ("陈家明", TRUE[0], cell, beside), month=202605)
    for row in found.rows:
        for change in row.changes:
            assert change.after is not None
            base = change.after["base"]
            if base == 0:
                assert (isinstance(cell, int | float) and abs(cell) < 0.005) or (isinstance(cell, str) and any(sign.isdecimal() for sign in cell))
            if isinstance(cell, str) and not any(sign.isdecimal() for sign in cell):
                assert base is None
        if beside is None and cell is None:
            assert row.state == WRONG
