"""Acceptance, end to end: a county's spreadsheets in, the shortfalls seen, the workbook that goes up read back cell by cell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from office.open import open_book
from office.people import transfer
from office.settings import set_parameter
from office.units import rename_unit
from tests.stories.acceptance import (
    CLOCK,
    HEADS,
    HOUSEHOLDS,
    NEEDS_HIGH,
    Form,
    done,
    every_cell,
    forms,
    hands,
    id_no,
    office,
    returns,
    sheet_file,
)

pytestmark = pytest.mark.story

ROOT = Path(__file__).parents[2]
TOWNS = ("青莲镇", "江英镇", "杜步镇", "七拱镇", "太平镇", "杨梅镇", "大崀镇", "小江镇", "岭背镇", "黄坌镇", "黎埠镇", "阳城镇", "秤架瑶族乡")
"""The 13 townships of 阳山县 (441823, 粤东西北)."""
BUREAU = "阳山县民政局"


def units_sheet(path: Path) -> Path:
    """The monthly statistics as the county sends them: a title, the date in the title, 户 as text with blanks and separators."""
    rows: list[list[object]] = [["阳山县2026年12月社会救助对象情况表"], ["截至2026年12月31日", None, None, "单位：户"], ["序号", "镇（街）", "救助对象总户数", "数据来源"]]
    rows += [[number, f" {town}人民政府" if number == 3 else town, "２１０" if number == 2 else homes, "民政统计月报"]
             for number, (town, homes) in enumerate(zip(TOWNS, HOUSEHOLDS, strict=True), 1)]  # fmt: skip
    return sheet_file(path, *rows, ["", "合计", 5849, ""])


def roster_sheet(path: Path) -> Path:
    rows: list[list[object]] = [["序号", "姓名", "公民身份号码", "用工性质", "派驻单位", "到岗时间", "年薪标准", "岗位性质", "社会救助工作占比"]]
    for number, one in enumerate(hands(), 1):
        place = BUREAU if one.place == 0 else TOWNS[one.place - 1]
        start = f"{one.start.year}年{one.start.month}月{one.start.day}日"
        rows.append([number, one.name, one.number, one.kind, place, start, one.annual, one.work_class, one.share])
    return sheet_file(path, *rows)


def pay_sheet(path: Path) -> Path:
    rows: list[list[object]] = [["姓名", "证件号码", "所属期", "基础工资", "绩效", "应发合计", "社保（个人）", "社保（单位）"]]
    for one in hands():
        if one.annual is None:
            continue
        low = one.annual == "49,992.00"
        for month in range(one.start.month if one.start.year == 2026 else 1, 13):
            gross = 4166 if low else 4500
            if (one.start.year, one.start.month) == (2026, month):
                gross = 2250
            rows.append([one.name, one.number, f"2026年{month}月", gross - 500, "500.00", f"{gross:,}.00", 400, 1000])
    return sheet_file(path, *rows)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """阳山县, set up and filled from three spreadsheets and nothing else."""
    folder = tmp_path_factory.mktemp("county")
    book = folder / "阳山县.经办台账"
    done("new", book, "--county", "441823")
    done("import", book, units_sheet(folder / "户数.xlsx"), "--kind", "units")
    done("import", book, roster_sheet(folder / "花名册.xlsx"), "--kind", "roster")
    done("import", book, pay_sheet(folder / "工资.xlsx"), "--kind", "pay")
    return book


@pytest.fixture(scope="module")
def year(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Form]:
    """The county's return of 2026."""
    return forms(returns(county, tmp_path_factory.mktemp("year")))


@pytest.fixture
def county_copy(county: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(county, tmp_path / county.name))


def test_the_worked_county_from_spreadsheets_alone(year: Mapping[str, Form]) -> None:
    staffing = year["表2"]
    total, bureau, *towns = staffing.lines
    assert [line["甲"] for line in staffing.lines] == ["合计", BUREAU, *TOWNS]
    assert (total["1"], total["3"], total["5"], total["17"], total["18"]) == (5849, 58, 53, 6, 1)
    assert (bureau["1"], bureau["3"], bureau["5"], bureau["17"], bureau["18"], bureau["19"]) == (5849, 6, 5, 1, 0, "否")
    assert [bureau[mark] for mark in ("6", "7", "8", "9", "10", "11")] == [3, 2, 1, 2, 0, 2]
    assert tuple(line["1"] for line in towns) == HOUSEHOLDS
    assert tuple(line["3"] for line in towns) == NEEDS_HIGH
    assert tuple(line["5"] for line in towns) == HEADS
    assert [line["17"] for line in towns] == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 2, 1, 0]
    assert [line["18"] for line in towns] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert [line["20"] for line in towns] == [0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert total["3"] - total["5"] == total["17"] - total["18"]
    assert staffing.says("达标单位 9/14") and staffing.says("配备率 89.66%")


def test_it_is_the_demo_countys_table(year: Mapping[str, Form], demo_folder: Path, tmp_path: Path) -> None:
    mine, demo = year["表2"], forms(returns(demo_folder, tmp_path))["表2"]
    for mark in (str(number) for number in (1, 2, 3, *range(5, 20))):
        assert [line[mark] for line in mine.lines] == [line[mark] for line in demo.lines], mark


def test_the_lower_reading_of_the_edges_needs_54(county_copy: Path, tmp_path: Path) -> None:
    with open_book(county_copy, CLOCK) as book:
        assert set_parameter(book, "staffing.boundary_mode", "就低", date(2026, 1, 1)) is not None
    written = forms(returns(county_copy, tmp_path / "low"))
    staffing = written["表2"]
    assert staffing.line("合计")["3"] == 54
    assert [line["3"] for line in staffing.lines[2:]] == [2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 6, 6]
    assert staffing.says("边界口径：就低。") and staffing.says("本表按就低口径测算")
    assert written["封面"].says("临界口径：就低")
    # The setting is dated: the return of the year before knows nothing of it.
    assert forms(returns(county_copy, tmp_path / "before", "2025"))["封面"].says("临界口径：就高")


def test_one_standard_is_8_yuan_short_and_named_so(county: Path, year: Mapping[str, Form]) -> None:
    ran = office("check", county, "--as-of", "2026-12-31", "--json")
    assert ran.code == 1
    (low,) = [one for one in json.loads(ran.out) if one["rule"] == "F1"]
    assert low["person"] == "人员04" and low["unit"] == BUREAU
    assert "49,992.00" in low["measured"] and "50,000.00" in low["required"]
    assert "8.00" in low["arithmetic"] and "最低标准" in low["arithmetic"]
    assert low["article"] == "二（四）" and (low["severity"], low["kind"]) == ("soft", "audit")
    pay = year["表3"]
    assert pay.line("合计")["8"] == 1 and pay.line(BUREAU)["8"] == 1
    assert (pay.line(BUREAU)["4"], pay.line(BUREAU)["6"]) == (50000, 49992)


def test_table_3_adds_up(year: Mapping[str, Form]) -> None:
    pay, paylist = year["表3"], year["附表2"]
    total, lines = pay.lines[0], pay.lines[1:]
    assert total["甲"] == "合计" and lines[0]["甲"] == BUREAU
    for mark in ("1", "2", "3", "8", "9", "11", "12", "13", "14", "15", "16", "17"):
        assert total[mark] == pytest.approx(sum(line[mark] for line in lines), abs=0.011), mark
    people = [one for one in hands() if one.annual is not None]
    assert (total["1"], total["2"]) == (len(people), len(people))
    gross = 4166 * 12 + 2250 + 4500 * 6 + 4500 * 12 * (len(people) - 2)
    assert total["9"] == pytest.approx(gross)
    assert total["14"] == pytest.approx(total["9"] - total["12"] - total["13"])
    assert total["17"] == pytest.approx(total["9"] + total["15"] + total["16"])
    assert total["3"] == pytest.approx(len(people) - 1 + 6.5 / 12, abs=0.005)
    assert total["10"] == pytest.approx(total["9"] / (len(people) - 1 + 6.5 / 12), abs=0.01)
    assert pay.line(BUREAU)["11"] == 1  # 49,992 of 50,000; the 06-16 start had 29,250 of 27,083.33
    listed = [line for line in paylist.lines if line["乙"] != "合计"]
    assert len(listed) == len(people)
    assert paylist.lines[0]["2"] == pytest.approx(total["9"])


def test_the_year_from_june_16_owes_27083_33(county_copy: Path, tmp_path: Path) -> None:
    """人员05 began on 06-16: 6.5 / 12 of 50,000. One 分 under it is short, at it is 折算后达标."""
    who = next(one for one in hands() if one.start == date(2026, 6, 16))

    def pay(last: str) -> list[dict[str, str]]:
        rows = [[who.name, who.number, f"2026-{month:02d}", "4166.67" if month > 6 else last] for month in range(6, 13)]
        file = sheet_file(tmp_path / "改.xlsx", ["姓名", "身份证号", "工资所属月份", "基本工资"], *rows)
        assert office("import", county_copy, file, "--kind", "pay").code == 0
        found = json.loads(office("check", county_copy, "--as-of", "2026-12-31", "--json").out)
        return [one for one in found if one["rule"] == "F2" and one["person"] == who.name]

    # 绩效 500 of each month stays (a column the file lacks is not touched): 7 × 500 + 6 × 4,166.67 + last.
    (short,) = pay(f"{27083.32 - 6 * 4166.67 - 3500:.2f}")
    assert "27,083.33" in short["required"] and "27,083.32" in short["measured"] and "0.01" in short["arithmetic"]
    assert short["verdict"] == "折算后低于最低标准"
    assert pay(f"{27083.33 - 6 * 4166.67 - 3500:.2f}") == []


def test_a_transfer_in_june_leaves_may_as_it_was(county_copy: Path, tmp_path: Path) -> None:
    before_may = every_cell(returns(county_copy, tmp_path / "1", "2026-05"))
    before_june = every_cell(returns(county_copy, tmp_path / "1", "2026-06"))
    who = next(one for one in hands() if one.place == 6 and one.annual)
    columns = ["姓名", "身份证号", "使用单位", "派驻日期"]
    file = sheet_file(tmp_path / "调整.xlsx", columns, [who.name, who.number, TOWNS[3], "2026.6.10"])
    done("import", county_copy, file, "--kind", "roster")
    assert every_cell(returns(county_copy, tmp_path / "2", "2026-05")) == before_may
    june_path = returns(county_copy, tmp_path / "2", "2026-06")
    assert every_cell(june_path) != before_june
    june = forms(june_path)
    assert (june["表2"].line(TOWNS[5])["5"], june["表2"].line(TOWNS[3])["5"]) == (4, 4)
    # June's pay stands with the unit of the month's last day.
    assert june["表3"].line(TOWNS[3])["9"] == pytest.approx(4500 * 3)


def test_a_transfer_by_the_window_and_a_renamed_town_leave_may_as_it_was(demo_folder: Path, tmp_path: Path) -> None:
    may = every_cell(returns(demo_folder, tmp_path / "1", "2026-05"))
    with open_book(demo_folder, CLOCK) as book:
        transfer(book, 22, 5, date(2026, 6, 1))
        rename_unit(book, 5, "石桥街道", date(2026, 6, 1), kind="街道")
    assert every_cell(returns(demo_folder, tmp_path / "2", "2026-05")) == may
    june = forms(returns(demo_folder, tmp_path / "2", "2026-06"))
    names = [line["甲"] for line in june["表2"].lines]
    assert "石桥街道" in names and "石桥镇" not in names
    # 合计, bureau, townships, then subdistricts.
    assert names[-2:] == ["石桥街道", "城关街道"]


def test_pay_of_a_later_month_leaves_earlier_returns_alone(county_copy: Path, tmp_path: Path) -> None:
    may = every_cell(returns(county_copy, tmp_path / "1", "2026-05"))
    who = next(one for one in hands() if one.annual)
    file = sheet_file(tmp_path / "补.xlsx", ["姓名", "身份证号", "工资所属月份", "奖金"], [who.name, who.number, "2026-06", "1,000.00"])
    done("import", county_copy, file, "--kind", "pay")
    assert every_cell(returns(county_copy, tmp_path / "2", "2026-05")) == may


def test_the_whole_way_by_processes(tmp_path: Path) -> None:
    """`python -m office …` as a support person types it: new, import, check, returns; results on stdout, words on stderr."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "office", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)

    book = tmp_path / "南澳县.经办台账"
    assert run("new", book, "--county", "440523").returncode == 0
    towns = sheet_file(tmp_path / "户数.xlsx", ["单位名称", "户数", "统计日期"], ["后宅镇", 100, "2026-12-31"], ["云澳镇", 299, "2026-12-31"], ["深澳镇", 1, "2026-12-31"])
    assert run("import", book, towns, "--kind", "units").returncode == 0
    people = sheet_file(
        tmp_path / "花名册.xlsx",
        ["姓名", "身份证号", "使用单位", "入职日期", "用工形式"],
        *[
            [f"干部{place}{one}", id_no(date(1980, 1, 1), place * 2 + one), name, "20220301", "事业编制"]
            for place, name in enumerate(("南澳县民政局", "后宅镇", "云澳镇", "深澳镇"), 1)
            for one in (0, 1)
        ],
    )
    assert run("import", book, people, "--kind", "roster").returncode == 0
    checked = run("check", book, "--as-of", "2026-12-31", "--json")
    assert [one["rule"] for one in json.loads(checked.stdout)] == ["N1"]
    assert checked.returncode == 1
    made = run("returns", book, "--period", "2026", "--as-of", "2026-12-31", "--out", tmp_path / "out")
    assert made.returncode == 0
    path = Path(made.stdout.strip())
    assert path.is_file() and re.fullmatch(r"440523南澳县民政局_[^_]+_2026年度_V1_\d{8}\.xlsx", path.name)
    assert list(forms(path)) == ["封面", "综合表", "表1", "表2", "表3", "表4", "表6", "附表1", "附表2"]
