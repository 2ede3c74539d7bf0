"""Editions of a return's workbook: the sealed file itself, with formulas, for publication, on A4, with charts; and what is behind its cells."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from db.book import Book
from office import returns_desk as desk
from office.behind import counted, records, story
from office.editions import Edition, sheets_of, write_edition
from returns.points import place
from tests.office.returning import opened, sealed


def test_without_a_wish_a_sealed_return_is_the_very_file_that_was_sealed(demo_book: Book, tmp_path: Path) -> None:
    number = sealed(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    path = write_edition(demo_book, draft, Edition(), tmp_path)
    kept = demo_book.read(desk.kept_in, number)
    assert (path.name, path.read_bytes()) == (kept.file_name, kept.workbook)
    other = write_edition(demo_book, draft, Edition(with_formulas=True), tmp_path)
    assert other.name == kept.file_name.replace(".xlsx", "（带公式）.xlsx")
    assert str(load_workbook(other)["表2"]["G8"].value).startswith("=")


def test_the_public_edition_names_nobody_and_has_the_same_figures(demo_book: Book) -> None:
    draft = demo_book.read(desk.draft_in, opened(demo_book, forms=("封面", "表2", "附表1")))
    public = {sheet.key: sheet for sheet in sheets_of(draft, Edition(public=True))}
    plain = {sheet.key: sheet for sheet in draft.sheets}
    assert [[cell.value for cell in row.cells] for row in public["表2"].rows] == [[cell.value for cell in row.cells] for row in plain["表2"].rows]
    assert len(public["附表1"].columns) < len(plain["附表1"].columns)
    names = {one.person.name for one in draft.facts.engagements}
    said = {cell.value for row in public["附表1"].rows for cell in row.cells}
    assert not names & said


def test_a4_only_puts_every_form_on_a4(demo_book: Book) -> None:
    draft = demo_book.read(desk.draft_in, opened(demo_book))
    assert {sheet.paper for sheet in draft.sheets} == {"A4", "A3"}
    assert {sheet.paper for sheet in sheets_of(draft, Edition(a4_only=True))} == {"A4"}


def test_charts_stand_on_a_page_of_their_own_and_read_the_form(demo_book: Book, tmp_path: Path) -> None:
    draft = demo_book.read(desk.draft_in, opened(demo_book))
    book = load_workbook(write_edition(demo_book, draft, Edition(charts=True), tmp_path))
    assert [page.title for page in book.worksheets if page.sheet_state == "visible"][-1] == "图表"
    charts = book["图表"]._charts
    assert len(charts) == 3
    series = charts[0].series[0]
    first, last = series.val.numRef.f.split("!")[1].replace("$", "").split(":")
    lines = [row for row in next(sheet for sheet in draft.sheets if sheet.key == "表2").rows if row.name != "合计"]
    assert int(last[1:]) - int(first[1:]) + 1 == len(lines)
    assert [book["表2"][f"{first[0]}{row}"].value for row in range(int(first[1:]), int(last[1:]) + 1)] == [line.cells[4].value for line in lines]


def test_every_record_behind_every_form_has_a_name(demo_book: Book) -> None:
    forms = ("综合表", "表1", "表2", "表3", "表4", "表5", "表6", "表7", "表8", "表9", "表10", "表11", "表12", "表13", "附表1", "附表2")
    draft = demo_book.read(desk.draft_in, opened(demo_book, forms=forms, document="岭民函〔2026〕31号"))
    seen = set()
    for sheet in draft.sheets:
        for at, row in enumerate(sheet.rows):
            for index, cell in enumerate(row.cells):
                found = records(draft.facts, cell)
                assert all(one.name.strip() for one in found)
                assert bool(counted(cell)) == bool(found)
                seen |= {one.table for one in found}
                if at == 0:
                    story(draft, sheet, at, index)
    assert {"person", "unit", "purchase_contract", "meeting", "training"} <= seen
    assert not {"recruit_line", "survey_window", "grade_change"} & seen  # shown as what they belong to: these have no screen of their own


def test_points_of_an_upright_form_stand_on_the_year_they_are_about(demo_book: Book) -> None:
    draft = demo_book.read(desk.draft_in, opened(demo_book, forms=("表4",)))
    (sheet,) = draft.sheets
    found = [(one, place(one, sheet)) for one in draft.audited.points if one.form == "表4" and one.mark]
    for point, where in found:
        assert where
        assert (str(sheet.rows[where[0]].cells[0].value), sheet.columns[where[1]].mark) == (point.mark, point.line)
