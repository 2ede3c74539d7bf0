"""审核表: every 核实性 finding with its note, on screen, in the workbook, in the seal and after later changes."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from db.book import Book
from db.rows import rows
from office import returns_desk as desk
from office import seal
from policy.example import facts
from returns.fill import line_keys, refusal
from returns.forms import notes
from returns.points import Point
from returns.sheet import Sheet
from returns.task import Task
from tests.office.returning import NOTE, noted, opened, sealed
from tests.returns.laid import printed

FORMS = ("封面", "表1", "表2", "表3", "审核表")


def form(draft: desk.Draft) -> Sheet:
    return next(sheet for sheet in draft.sheets if sheet.key == "审核表")


def test_every_soft_point_has_a_line_with_what_was_found_and_its_note(demo_book: Book) -> None:
    number = opened(demo_book, forms=FORMS)
    draft = demo_book.read(desk.draft_in, number)
    soft = [point for point in draft.audited.points if point.level == "soft"]
    assert soft and len(form(draft).rows) == len(soft)
    assert all(row.cells[5].value is None for row in form(draft).rows)
    missing = next(row for row in form(draft).rows if row.cells[3].value == "2-S1" and row.cells[2].value == "大塘镇")
    said = str(missing.cells[4].value)
    assert missing.cells[1].value == "表2" and "17=0." in said and "左边 1，右边 0" in said
    noted(demo_book, number)
    now = demo_book.read(desk.draft_in, number)
    assert {row.cells[5].value for row in form(now).rows} == {NOTE}
    assert now.digest == draft.digest  # a note is no figure
    assert "审核表" in str(next(row for row in now.sheets[0].rows if row.name == "包含报表").cells[1].value)


def test_the_seal_keeps_it_and_later_changes_do_not_move_it(demo_book: Book) -> None:
    number = sealed(demo_book, forms=FORMS)
    kept = demo_book.read(desk.draft_in, number)
    assert {row.cells[5].value for row in form(kept).rows} == {NOTE}
    content = demo_book.read(rows, "seal")[0]["workbook"]
    texts = {str(cell.value) for line in load_workbook(io.BytesIO(content))["审核表"].iter_rows() for cell in line}
    assert NOTE in texts and "审核情况说明表" in texts
    assert demo_book.read(seal.moved_since, number) == ()
    assert all(not one.moved for one in demo_book.read(seal.replay_all))


def test_its_cells_cannot_be_typed_over(demo_book: Book) -> None:
    sheet = form(demo_book.read(desk.draft_in, opened(demo_book, forms=FORMS)))
    assert all(refusal(sheet, row, column.mark) for row in sheet.rows for column in sheet.columns)
    assert len(set(line_keys(sheet))) == len(sheet.rows)


def test_not_audited_nothing_found_and_an_offered_note_are_said() -> None:
    task = Task("年报", forms=("表2", "审核表"))
    assert notes.lay(facts(), task).footer == ("本表在报表审核后生成。",)
    assert notes.lay(facts(), task, ()).footer == ("没有核实性问题。",)
    point = Point("R35", "u2", "", "", "", "soft", ("乡镇2：户数是 100 天以前的。",), 2, "等月报", False)
    hard = Point("2-H3", "u2", "表2", "乡镇2", "5", "hard", ("不符。",), 2)
    of_form = Point("2-S1", "u2", "表2", "乡镇2", "17", "soft", ("缺 1 人。",), 2, "三月前招录", True)
    sheet = notes.lay(facts(), task, (point, hard, of_form))
    assert [[cell.value for cell in row.cells] for row in sheet.rows] == [
        [1, "表2", "乡镇2", "2-S1", "缺 1 人。", "三月前招录"],
        [2, "台账", "乡镇2", "R35", "乡镇2：户数是 100 天以前的。", "等月报（上期说明，尚未确认）"],
    ]
    assert "竖" in printed(sheet) and not sheet.landscape
    assert "100 天" not in printed(notes.lay(facts(), Task("公开", forms=("审核表",), public=True), (point,)))
