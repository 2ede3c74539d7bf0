"""A county's workbook in the place of its package: the hidden sheet says which return it is and whether anybody changed it since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.book import Book
from db.rows import rows
from office import returns_desk as desk
from office.arrivals import look_at
from office.editions import Edition, write_edition
from office.open import open_book
from office.rollup import city_of, points_of, take
from office.tasks import add_task
from policy.clock import Clock
from tests.office import counties as made_up


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> tuple[Path, Path]:
    """The workbook and the package of a county's sealed return."""
    folder = tmp_path_factory.mktemp("county")
    with open_book(made_up.county_book(folder, clock, 1, 2), clock, "县局") as county:
        package = made_up.report(county, folder / "出")
        draft = county.read(desk.draft_in, 1)
        return write_edition(county, draft, Edition(), folder / "表"), package


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    with open_book(made_up.city_book(tmp_path, clock, 2), clock, "市局") as book:
        yield book


def said_of(city: Book, package: int) -> str:
    (point,) = [one for one in city.read(points_of, package) if one["point"] == "工作簿"]
    assert point["level"] == "soft"
    return str(point["said"])


def test_as_it_was_sealed(city: Book, sent: tuple[Path, Path]) -> None:
    workbook, package = sent
    (one,) = look_at(city, [workbook])
    assert (one.answer, one.version, one.plain) == ("可以接收", 1, True) and "与生成时一致" in one.said
    (number,) = take(city, [one])
    assert "第 1 版，已审核" in said_of(city, number)
    assert [sheet.key for sheet in city.read(city_of, 1).forms()] == ["汇表0", "汇表1", "汇表2", "汇表3", "汇表4"]
    (after,) = look_at(city, [package])
    assert after.answer == "新版本" and "由工作簿读入的一版" in after.said
    take(city, [after])
    assert [(one["workbook"], one["state"]) for one in city.read(rows, "city_package")] == [(True, "已替换"), (False, "已报")]


def test_with_the_package_there_already_it_is_not_needed(city: Book, sent: tuple[Path, Path]) -> None:
    take(city, look_at(city, [sent[1]]))
    (one,) = look_at(city, [sent[0]])
    assert one.answer == "重复" and "不需要再收工作簿" in one.said


@pytest.mark.parametrize("how", ["a figure", "a word", "a line"])
def test_changed_by_hand_it_is_taken_and_said_so(city: Book, sent: tuple[Path, Path], tmp_path: Path, how: str) -> None:
    book = load_workbook(sent[0])
    page = book["表2"]
    total = next(row for row in page.iter_rows() if row[0].value == "合计")
    if how == "a figure":
        total[4].value += 1
    elif how == "a word":
        total[-1].value = "改"
    else:
        page.cell(page.max_row + 1, 1).value = "添一行"
    book.save(tmp_path / "改过.xlsx")
    (one,) = look_at(city, [tmp_path / "改过.xlsx"])
    assert one.answer == "可以接收" and one.version == 1
    (number,) = take(city, [one])
    assert "被改过" in said_of(city, number)


def test_opened_and_saved_again_it_is_still_the_same(city: Book, sent: tuple[Path, Path], tmp_path: Path) -> None:
    load_workbook(sent[0]).save(tmp_path / "另存.xlsx")
    assert "与生成时一致" in look_at(city, [tmp_path / "另存.xlsx"])[0].said


def test_of_another_day_it_is_refused(city: Book, sent: tuple[Path, Path], tmp_path: Path) -> None:
    book = load_workbook(sent[0])
    meta = {row[0].value: row[1] for row in book["_meta"].iter_rows()}
    assert book["_meta"].sheet_state == "hidden" and meta["行政区划代码"].value == made_up.named(1)[0]
    meta["截至日期"].value = "2026-11-30"
    book.save(tmp_path / "别日.xlsx")
    (one,) = look_at(city, [tmp_path / "别日.xlsx"])
    assert one.answer == "报告期不符" and "2026-11-30" in one.said


def test_without_its_hidden_sheet_it_counts_on(city: Book, sent: tuple[Path, Path], tmp_path: Path) -> None:
    book = load_workbook(sent[0])
    book.remove(book["_meta"])
    book.save(tmp_path / "无.xlsx")
    (one,) = look_at(city, [tmp_path / "无.xlsx"])
    assert one.version == 1 and "无法核对" in one.said
    take(city, [one])
    page = book["表2"]
    next(row for row in page.iter_rows() if row[0].value == "合计")[4].value += 1
    book.save(tmp_path / "再.xlsx")
    (two,) = look_at(city, [tmp_path / "再.xlsx"])
    assert (two.answer, two.version) == ("新版本", 2)


def test_a_return_still_being_made_says_so(city: Book, tmp_path: Path, clock: Clock) -> None:
    with open_book(made_up.county_book(tmp_path, clock, 2, 1), clock, "县局") as county:
        number = desk.open_return(county, add_task(county, made_up.TASK))
        path = write_edition(county, county.read(desk.draft_in, number), Edition(), tmp_path / "表")
    (number,) = take(city, look_at(city, [path]))
    assert "编制中" in said_of(city, number) and len(city.read(rows, "city_package")) == 1
