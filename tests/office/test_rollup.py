"""市级汇总 of generated counties, each a book of its own: receiving, the status board, what the city makes of it, papers. Its figures: test_rollup_reckoned."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from db.attachments import place
from db.book import Book
from db.change import Damaged, Refused
from db.rows import row, rows
from office.__main__ import main
from office.arrivals import look_at
from office.city_book import add_county, is_city
from office.city_papers import papers, reminders, write_papers
from office.open import open_book
from office.rollup import accept, city_of, decide, gather, points_of, standings, take, type_entry
from policy.clock import Clock
from returns.sheet import Sheet, Value
from tests.office import counties as made_up
from tests.office.counties import TASK

DAY = date(2026, 12, 31)


@pytest.fixture(scope="module")
def county_books(tmp_path_factory: pytest.TempPathFactory, clock: Clock, request: pytest.FixtureRequest) -> list[Path]:
    """The books of the counties, closed."""
    folder = tmp_path_factory.mktemp("counties")
    return [made_up.county_book(folder, clock, number) for number in range(1, request.config.getoption("--counties") + 1)]


@pytest.fixture(scope="module")
def packages(county_books: list[Path], tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    """A folder with the package of every county."""
    out = tmp_path_factory.mktemp("U盘")
    for where in county_books:
        with open_book(where, clock, "县局") as book:
            made_up.quick(book, out)
    return out


@pytest.fixture
def city(tmp_path: Path, clock: Clock, county_books: list[Path]) -> Iterator[Book]:
    """The city's book, nothing received yet."""
    with open_book(made_up.city_book(tmp_path, clock, len(county_books)), clock, "市局") as book:
        yield book


def received(city: Book, packages: Path) -> list[int]:
    return take(city, look_at(city, [packages]))


def at(sheets: Any, form: str, line: str, *marks: str) -> list[Value]:
    sheet: Sheet = next(one for one in sheets if one.key == form)
    found = next(one for one in sheet.rows if one.name == line)
    return [sheet.cell(found, mark).value for mark in marks]


def test_towns_stand_under_their_county_and_are_in_no_sum(city: Book, packages: Path) -> None:
    received(city, packages)
    rolled = city.read(city_of, 1)
    plain, deep = rolled.forms(), rolled.forms(towns=True)
    assert at(plain, "汇表2", "合计", "3", "5", "17") == at(deep, "汇表2", "合计", "3", "5", "17")
    names = [one.name for one in deep[2].rows]
    first = names.index("试01县")
    assert names[first + 1 : first + 5] == ["　试01县民政局", "　试01县第1镇", "　试01县第2镇", "　试01县第3镇"]


def test_every_sort_of_package_gets_its_own_answer(city: Book, county_books: list[Path], packages: Path, tmp_path: Path, clock: Clock) -> None:
    received(city, packages)
    before = city.read(rows, "city_package")
    odd = tmp_path / "来件"
    with open_book(county_books[0], clock, "县局") as book:
        good = made_up.quick(book, odd)
        made = {
            "repeated": good,
            "newer": made_up.quick(book, odd, 2),
            "trial": made_up.quick(book, odd, 3, trial=True),
            "foreign": made_up.quick(book, odd, 1, unit_code="445202", unit="榕城区民政局"),
            "period": made_up.quick(book, odd, 1, period="2025"),
        }
    spoilt = bytearray(good.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    made["tampered"] = odd / "tampered.zip"
    made["tampered"].write_bytes(bytes(spoilt))
    answers = {name: next(one for one in look_at(city, [path])) for name, path in made.items()}
    assert {name: one.answer for name, one in answers.items()} == {
        "repeated": "重复", "newer": "新版本", "trial": "试报", "foreign": "不属本市", "period": "报告期不符", "tampered": "不能采用",
    }  # fmt: skip
    assert len({one.said for one in answers.values()}) == len(answers) and all("。" in one.said for one in answers.values())
    assert "445202" in answers["foreign"].said and "2025" in answers["period"].said and "第 1 版" in answers["newer"].said
    assert city.read(rows, "city_package") == before, "looking writes nothing"
    assert take(city, list(answers.values()), replacing=False) == []
    (number,) = take(city, list(answers.values()))
    held = {one["version"]: one["state"] for one in city.read(rows, "city_package", county=1)}
    assert held == {1: "已替换", 2: "已报"}
    assert look_at(city, [good])[0].answer == "重复"
    city.undo()
    assert {one["version"]: one["state"] for one in city.read(rows, "city_package", county=1)} == {1: "已报"} and number


def test_of_two_versions_in_one_folder_the_newer_is_taken(city: Book, county_books: list[Path], tmp_path: Path, clock: Clock) -> None:
    odd = tmp_path / "来件"
    with open_book(county_books[0], clock, "县局") as book:
        made_up.quick(book, odd, 1)
        made_up.quick(book, odd, 2)
    assert sorted(one.answer for one in look_at(city, [odd])) == ["可以接收", "较早版本"]
    take(city, look_at(city, [odd]))
    assert [one["version"] for one in city.read(rows, "city_package")] == [2]


def test_the_same_version_with_other_figures_is_not_taken(city: Book, county_books: list[Path], packages: Path, tmp_path: Path, clock: Clock) -> None:
    received(city, packages)
    with open_book(county_books[0], clock, "县局") as book:
        act = book.read(rows, "assignment")[0]
        from db.change import Change

        book.act("改", [Change("assignment", (act["id"],), {"work_class": "事务性"}, {"work_class": "服务性"})])
        other = made_up.quick(book, tmp_path / "来件")
        book.undo()
    (one,) = look_at(city, [other])
    assert one.answer == "同版不同数" and "新版本" in one.said


def test_a_book_of_a_county_takes_no_packages(demo_book: Book, packages: Path, city: Book) -> None:
    assert city.read(is_city) and not demo_book.read(is_city)
    with pytest.raises(Refused, match="不是市级台账"):
        look_at(demo_book, [packages])
    with pytest.raises(Refused, match="里没有上报数据包"):
        look_at(city, [city.folder])
    with pytest.raises(Refused, match="找不到"):
        look_at(city, [packages / "没有.zip"])


def test_stopping_half_way_takes_nothing(city: Book, packages: Path) -> None:
    arrivals = look_at(city, [packages])

    def stop(done: int, _total: int, _said: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(city, arrivals, stop)
    assert city.read(rows, "city_package") == []


def test_the_status_board(tmp_path: Path, county_books: list[Path], packages: Path, clock: Clock) -> None:
    where = made_up.city_book(tmp_path, clock, len(county_books))
    late = Clock(lambda: datetime(2027, 1, 4, 9, 0, 0))
    with open_book(where, late, "市局") as city:
        take(city, look_at(city, [sorted(packages.iterdir())[0]]))
        board = city.read(standings, 1, late.today())
        assert [one.late for one in board] == [4] * len(board)
        assert sorted({one.state for one in board[1:]}) == ["未报"] and board[0].state in ("已报", "审核有误")
        sheet = city.read(reminders, 1, late.today(), city.read(city_of, 1))
        assert [one.name for one in sheet.rows] == [one.county["name"] for one in board if one.state == "未报"]
        assert city.read(city_of, 1).missing == tuple(one.county["name"] for one in board[1:])


def test_what_the_city_makes_of_points(city: Book, county_books: list[Path], packages: Path, clock: Clock) -> None:
    first = received(city, packages)[0]
    points = city.read(points_of, first)
    assert {one["layer"] for one in points} == {"市级"} and any(one["point"] == "2-S1" for one in points)
    soft = [one["id"] for one in points if one["level"] == "soft"]
    with pytest.raises(Refused, match="市级意见说明"):
        decide(city, soft[:1], "退回", "无")
    decide(city, soft[:1], "退回", "户数与民政统计月报不一致")
    assert city.read(standings, 1, DAY)[0].state == "审核有误"
    with pytest.raises(Refused, match="意见为退回"):
        accept(city, first)
    decide(city, soft, "采信")
    hard = [one["id"] for one in points if one["level"] == "hard"]
    if hard:
        decide(city, hard, "采信", "县级参数另有批复，同意")
    accept(city, first)
    assert city.read(standings, 1, DAY)[0].state == "已接收"
    with pytest.raises(Refused, match="不能再改意见"):
        decide(city, soft, "采信")


def test_the_citys_own_line_is_added_and_money_handed_on_is_a_memo(city: Book, packages: Path) -> None:
    received(city, packages)
    before = city.read(city_of, 1).forms()
    (heads,) = at(before, "汇表2", "合计", "5")
    type_entry(city, 1, "表2", "8", "3")
    for mark in ("3", "5", "17", "19"):
        with pytest.raises(Refused, match="不能填写市本级"):
            type_entry(city, 1, "表2", mark, "1")
    after = city.read(city_of, 1).forms()
    assert isinstance(heads, int)
    assert at(after, "汇表2", "市本级", "3", "5", "17") == [0, 3, 0] and at(after, "汇表2", "合计", "5") == [heads + 3]
    assert at(after, "汇表2", "合计", "3", "17", "18") == at(before, "汇表2", "合计", "3", "17", "18")
    (given,) = at(before, "汇表4", "合计", "23")
    assert isinstance(given, int)
    type_entry(city, 1, "表4", "23", f"{given / 1_000_000:.6f}", "市级下达")
    rolled = city.read(city_of, 1)
    assert rolled.nodes() == () and at(rolled.forms(), "汇表4", "合计", "12", "23") == at(before, "汇表4", "合计", "12", "23")
    type_entry(city, 1, "表4", "23", "1", "市级下达")
    (node,) = city.read(city_of, 1).nodes()
    assert node.mark == "23" and "相差" in node.said
    city.undo()
    type_entry(city, 1, "表2", "8", "")
    assert city.read(city_of, 1).forms()[2] == before[2]


def test_one_countys_blank_leaves_the_sum_blank(city: Book, county_books: list[Path], packages: Path, tmp_path: Path, clock: Clock) -> None:
    with open_book(county_books[0], clock, "县局") as book:
        from db.change import Change

        spends = book.read(rows, "dibao_spend")
        book.act("清", [Change("dibao_spend", (one["id"],), one, None) for one in spends])
        path = made_up.quick(book, tmp_path / "来件")
        book.undo()
    take(city, look_at(city, [path]))
    take(city, look_at(city, [packages]))
    sheets = city.read(city_of, 1).forms()
    assert at(sheets, "汇表4", "合计", "11", "16") == [None, None] and at(sheets, "汇表4", "合计", "12")[0]
    sheet = next(one for one in sheets if one.key == "汇表4")
    assert any("试01县" in note and "不按0处理" in note for note in sheet.notes)


def test_papers_ranking_and_lists(city: Book, county_books: list[Path], packages: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    with pytest.raises(Refused, match="还没有收到"):
        papers(city.read(city_of, 1))
    received(city, packages)
    rolled = city.read(city_of, 1)
    sheets = {one.key: one for one in papers(rolled)}
    order = [one.cells[2].value for one in sheets["排名通报表"].rows]
    assert order == sorted(order, key=lambda one: -Fraction(str(one)))
    short = sum(value == "否" for part in rolled.parts for sheet in part.sheets if sheet.key == "表2" for value in [sheet.cell(r, "19").value for r in sheet.rows])
    assert len(sheets["未达标单位清单"].rows) == short
    book = load_workbook(write_papers(city, 1, tmp_path / "出"))
    assert book.sheetnames == ["封面", "目录", "汇表0", "汇表1", "汇表2", "汇表3", "汇表4", "排名通报表", "未达标单位清单"]


def test_a_plain_workbook_is_taken_and_asked_about(city: Book, county_books: list[Path], tmp_path: Path, clock: Clock) -> None:
    from returns.annual import lay_all
    from returns.workbook import write

    with open_book(county_books[1], clock, "县局") as book:
        from office.check import facts_in
        from policy.period import parse_period

        sheets = lay_all(book.read(facts_in, parse_period("2026")), TASK, hard=0, soft=0)
    path = write(sheets, tmp_path / "试02县.xlsx", DAY, bound=True)
    (one,) = look_at(city, [path])
    assert (one.answer, one.version, one.plain) == ("可以接收", 1, True)
    (number,) = take(city, [one])
    assert "工作簿" in {point["point"] for point in city.read(points_of, number)}
    rolled = city.read(city_of, 1).forms()
    for form, marks in (("表2", ("1", "3", "5", "17", "18")), ("表3", ("1", "4", "6", "7", "8", "9", "17"))):
        assert at(rolled, f"汇{form}", "试02县", *marks) == at(sheets, form, "合计", *marks)
    assert look_at(city, [path])[0].answer == "重复"
    strange = tmp_path / "别的.xlsx"
    strange.write_bytes(b"PK nothing")
    assert look_at(city, [strange])[0].answer == "不能采用"


def test_the_list_of_counties(city: Book) -> None:
    with pytest.raises(Refused, match="已有代码"):
        add_county(city, made_up.named(1)[0], "又一个", "粤东西北")
    with pytest.raises(Refused, match="6 位"):
        add_county(city, "12", "试验区", "粤东西北")
    number = add_county(city, "449999", "试验区", "粤东西北")
    assert (city.read(row, "city_county", (number,)) or {})["name"] == "试验区"


def said(*arguments: object, clock: Clock) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main([str(one) for one in arguments], clock=clock, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def ranked_by(workbook: Path) -> str:
    from openpyxl import load_workbook

    said = "".join(str(cell.value) for line in load_workbook(workbook)["排名通报表"].iter_rows() for cell in line)
    return said.partition("按")[2].partition("从高到低")[0]


def test_a_package_is_read_once_in_a_session(city: Book, packages: Path) -> None:
    numbers, known = received(city, packages), {}  # type: ignore[var-annotated]
    first = gather(city, 1, known=known)
    assert len(known) == len(numbers) and first.parts == city.read(city_of, 1).parts
    for file in (one["sha256"] for one in city.read(rows, "attachment")):
        place(city.folder, file).unlink()
    assert gather(city, 1, known=known).parts == first.parts, "the file is not opened again"
    with pytest.raises(Damaged, match="缺失或已被改动"):
        gather(city, 1)


def test_reading_packages_can_be_broken_off_and_goes_on_where_it_was(city: Book, packages: Path) -> None:
    numbers, known, told = received(city, packages), {}, []  # type: ignore[var-annotated]

    def stop(done: int, _total: int, _words: str) -> None:
        if done == 1 and not told:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        gather(city, 1, stop, known)
    assert len(known) == 1
    gather(city, 1, lambda done, total, words: told.append((done, total)), known)
    assert told[0] == (0, len(numbers) - 1) and told[-1] == (len(numbers) - 1, len(numbers) - 1)


def test_on_the_command_line(tmp_path: Path, county_books: list[Path], packages: Path, clock: Clock) -> None:
    where = made_up.city_book(tmp_path, clock, len(county_books))
    code, out, err = said("rollup", where, packages, "--json", clock=clock)
    told = json.loads(out)
    assert code == 0, err
    assert [one["answer"] for one in told["received"]] == ["可以接收"] * len(county_books) and told["nodes"] == told["missing"] == []
    assert told["forms"]["汇表2"][0]["line"] == "合计" and "市" not in told["forms"]["汇表2"][0]["5"]
    code, out, err = said("rollup", where, packages, "--out", tmp_path / "出", clock=clock)
    assert code == 1 and out.count("重复") == len(county_books) and Path(out.split()[-1]).is_file()
    code, _, err = said("rollup", where, "--by", "到岗率", clock=clock)
    assert code == 2 and "标准达标率" in err
    code, out, err = said("rollup", where, "--by", "到位率", "--out", tmp_path / "按到位率", clock=clock)
    assert code == 0 and ranked_by(Path(out.split()[-1])) == "到位率", err
    code, out, err = said("new", tmp_path / "江门市.经办台账", "--county", "4407", clock=clock)
    assert code == 0 and "市级" in err
    assert said("rollup", tmp_path / "江门市.经办台账", clock=clock)[0] == 2
    code, _, err = said("new", tmp_path / "东莞.经办台账", "--county", "4419", clock=clock)
    assert code == 2 and "只报一个数据包" in err and "441900" in err
