"""The city's own return: 编制、审核、封存、上报 over what the counties reported, version after version, as a county's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.book import Book
from db.change import Refused
from db.rows import row, rows
from office import compare, seal
from office import returns_desk as desk
from office.__main__ import main
from office.arrivals import look_at
from office.city_papers import papers, report_of, write_report
from office.editions import Edition, sheets_of, write_edition
from office.open import open_book
from office.package import package, trial_package
from office.rollup import accept, city_of, decide, points_of, take, type_entry
from policy.clock import Clock
from returns.document import Heading, Paragraph, Table
from returns.package import read
from returns.sheet import Measure, shown
from tests.office import counties as made_up

NOTE = "该县遭灾停电，待恢复后补报"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    """A folder with the packages of two counties."""
    folder, out = tmp_path_factory.mktemp("counties"), tmp_path_factory.mktemp("U盘")
    for number in (1, 2):
        with open_book(made_up.county_book(folder, clock, number), clock, "县局") as book:
            made_up.quick(book, out)
    return out


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """A city of three counties."""
    with open_book(made_up.city_book(tmp_path, clock, 3), clock, "市局") as book:
        yield book


def take_all(city: Book, stick: Path) -> None:
    take(city, look_at(city, [stick]))
    for held in city.read(rows, "city_package"):
        decide(city, [one["id"] for one in city.read(points_of, held["id"])], "采信", "已与县局核实，情况属实")
        accept(city, held["id"])


def sealed(city: Book, number: int) -> desk.Draft:
    draft = city.read(desk.draft_in, number)
    desk.write_note(city, draft, [(one.id, one.subject) for one in draft.audited.points if one.level == "soft"], NOTE)
    seal.approve(city, number)
    seal.seal(city, number)
    return city.read(desk.draft_in, number)


def test_it_is_audited_sealed_and_handed_over(city: Book, stick: Path, tmp_path: Path) -> None:
    number = desk.open_return(city, 1)
    with pytest.raises(Refused, match="还没有收到"):
        city.read(desk.draft_in, number)
    take(city, look_at(city, [stick]))
    with pytest.raises(Refused, match="强制性问题 2 条"):
        seal.approve(city, number)  # neither is taken yet
    take_all(city, stick)
    with pytest.raises(Refused, match="核实性问题 1 条"):
        seal.approve(city, number)  # one county is missing, and nobody says why
    trial = read(trial_package(city, number, tmp_path / "试").read_bytes())
    assert trial.manifest.trial and trial.manifest.unit == "岭东市民政局"
    draft = sealed(city, number)
    assert (draft.version, draft.state) == (1, "已封存")
    assert [sheet.key for sheet in draft.sheets] == ["封面", "汇表0", "汇表1", "汇表2", "汇表3", "汇表4", "排名通报表", "未达标单位清单"]
    page = {one.name: one.cells[1].value for one in draft.sheets[0].rows}
    assert page["单位类型"] == "市级民政局" and page["汇总单位"] == "已汇总 2 个，应报 3 个，未报：试03县" and page["审核结果"] == "强制性问题 0 条，核实性问题 1 条"
    path = package(city, number, tmp_path / "出", to="省民政厅")
    found = read(path.read_bytes())
    assert (found.manifest.unit_code, found.manifest.version, found.manifest.trial) == (made_up.CITY_CODE, 1, False) and "汇总" in path.name
    assert [one.note for one in found.points] == [NOTE] and found.sheets == draft.sheets
    assert (city.read(row, "return_", (number,)) or {})["state"] == "已上报" and len(city.read(rows, "submission")) == 1


def test_a_second_sealing_is_the_next_version_and_the_first_stays(city: Book, stick: Path, tmp_path: Path) -> None:
    take_all(city, stick)
    number = desk.open_return(city, 1)
    first = sealed(city, number)
    type_entry(city, 1, "表2", "8", "3")
    assert {(one.form, one.line, one.mark) for one in city.read(seal.moved_since, number)} >= {("汇表2", "合计", "5")}
    assert city.read(desk.draft_in, number).sheets == first.sheets, "what is sealed does not move"
    second = seal.unseal(city, number, "市本级人数漏填，补填后重报")
    again = sealed(city, second)
    assert again.version == 2 and read(package(city, second, tmp_path).read_bytes()).manifest.version == 2
    moved = {(one.form, one.mark) for one in city.read(compare.with_return, number, second).differences}
    assert ("汇表2", "5") in moved and ("汇表1", "1") not in moved
    assert [one["state"] for one in city.read(rows, "return_")] == ["已解封", "已上报"]
    assert city.read(seal.replay_all) == ()


def test_what_was_approved_is_what_is_sealed(city: Book, stick: Path) -> None:
    take_all(city, stick)
    number = desk.open_return(city, 1)
    draft = city.read(desk.draft_in, number)
    desk.write_note(city, draft, [(one.id, one.subject) for one in draft.audited.points], NOTE)
    seal.approve(city, number)
    type_entry(city, 1, "表2", "8", "3")
    with pytest.raises(Refused, match="不是审核过的数"):
        seal.seal(city, number)


def test_its_figures_are_not_typed_over(city: Book, stick: Path) -> None:
    take_all(city, stick)
    draft = city.read(desk.draft_in, desk.open_return(city, 1))
    for mark in ("5", "17", "22"):
        with pytest.raises(Refused, match="市级汇总"):
            desk.fill_cell(city, draft, "汇表2", "合计", mark, "1", "试着改一改看看")
    small = sheets_of(draft, Edition(a4_only=True))
    assert {one.paper for one in small} == {"A4"} and [one.rows for one in small] == [one.rows for one in draft.sheets]


def test_without_a_window(city: Book, stick: Path, tmp_path: Path, clock: Clock) -> None:
    take_all(city, stick)
    where = city.folder
    city.close()

    def said(*arguments: object) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        return main([str(one) for one in arguments], clock=clock, out=out, err=err), out.getvalue(), err.getvalue()

    code, out, _ = said("rollup", where, "--package", tmp_path / "试")
    assert code == 0 and "试报" in out
    code, _, err = said("returns", where, "--task", "1", "--seal")
    assert code == 1 and "试03县没有报来" in err
    with open_book(where, clock, "市局") as book:
        draft = book.read(desk.draft_in, 1)
        desk.write_note(book, draft, [(one.id, one.subject) for one in draft.audited.points], NOTE)
    code, out, err = said("returns", where, "--task", "1", "--seal", "--package", tmp_path / "出")
    assert code == 0 and read(Path(out.strip()).read_bytes()).manifest.version == 1, err
    code, out, _ = said("rollup", where, "--package", tmp_path / "再出")
    assert code == 0 and "试报" not in out


def test_the_report_of_the_city_says_what_the_roll_up_says(city: Book, stick: Path, tmp_path: Path) -> None:
    from zipfile import ZipFile

    with pytest.raises(Refused, match="还没有收到"):
        report_of(city.read(city_of, 1))
    take(city, look_at(city, [stick]))
    rolled = city.read(city_of, 1)
    document = report_of(rolled)
    said = "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))
    sheets = {sheet.key: sheet for sheet in papers(rolled)}
    two = sheets["汇表2"]
    need, gap = (shown(two.cell(two.rows[0], mark), Measure.COUNT) for mark in ("3", "17"))
    assert f"应配备社会救助经办服务人员 {need} 人" in said and f"缺口合计 {gap} 人" in said and "试03县没有按时报送" in said
    printed = {shown(cell, cell.measure or column.measure) for sheet in sheets.values() for row in sheet.rows for column, cell in zip(sheet.columns, row.cells, strict=True)}
    for number in re.findall(r"\d[\d,]*\.\d{2}%?", said):
        assert number in printed or f"-{number}" in printed, number
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [line[1] for line in table.rows[1:]] == [row.name for row in sheets["排名通报表"].rows]
    path = write_report(city, 1, tmp_path)
    assert path.suffix == ".docx" and gap.encode() in ZipFile(path).read("word/document.xml")


def test_with_formulas_no_shortfall_is_netted(city: Book, stick: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    take_all(city, stick)
    draft = city.read(desk.draft_in, desk.open_return(city, 1))
    book = load_workbook(write_edition(city, draft, Edition(with_formulas=True), tmp_path))
    page = book["汇表2"]
    marks = next([cell.value for cell in row] for row in page.iter_rows() if row[0].value == "甲")
    sheet = next(one for one in draft.sheets if one.key == "汇表2")
    for line in sheet.rows:
        cells = next(row for row in page.iter_rows() if row[0].value == line.name)
        gap = cells[marks.index("17")].value
        assert gap == sheet.cell(line, "17").value if line.unit else str(gap).startswith("=SUM("), line.name
    assert not any("max" in note for note in sheet.notes)
