"""Acceptance: the notice's numbers and the decisions' semantics, brought in by spreadsheets and read off checks and returns."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from office.open import open_book
from office.people import absent
from office.settings import set_parameter
from office.units import add_unit
from tests.stories.acceptance import CLOCK, done, forms, id_no, office, returns, sheet_file

pytestmark = pytest.mark.story

COUNTY_VECTORS = {0: (2, 2), 2999: (2, 2), 3000: (4, 2), 3001: (4, 4), 4999: (4, 4), 5000: (6, 4), 5001: (6, 6), 7999: (6, 6), 8000: (10, 6), 8001: (10, 10)}
TOWN_VECTORS = {0: (2, 2), 299: (2, 2), 300: (4, 2), 301: (4, 4), 599: (4, 4), 600: (6, 4), 601: (6, 6)}
"""户 → 应配备人数 就高, 就低."""
HEAD = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "离职日期", "月固定工资"]


@pytest.fixture(scope="module")
def _fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """南澳县 (粤东西北) and 开平市 (珠三角) without records."""
    folder = tmp_path_factory.mktemp("fresh")
    return {code: Path(done("new", folder / code, "--county", code)) for code in ("440523", "440783")}


@pytest.fixture
def county(_fresh: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(_fresh["440523"], tmp_path / "南澳县.经办台账"))


def findings(book: Path, rule: str, day: date | str = "2026-12-31") -> list[dict[str, str]]:
    found = json.loads(office("check", book, "--as-of", day, "--json").out)
    return [one for one in found if one["rule"] == rule]


def need(found: list[dict[str, str]]) -> int:
    return int(re.search(r"应配 ?(\d+)", found[0]["arithmetic"])[1])  # type: ignore[index]


def people(book: Path, file: Path, *rows: list[object]) -> None:
    done("import", book, sheet_file(file, HEAD, *rows), "--kind", "roster")


def pay(book: Path, file: Path, name: str, number: str, months: list[str], amount: object, last: object = None) -> None:
    rows = [[name, number, month, amount] for month in months]
    if last is not None:
        rows[-1][-1] = last
    done("import", book, sheet_file(file, ["姓名", "身份证号", "工资所属月份", "应发工资"], *rows), "--kind", "pay")


@pytest.mark.parametrize(("mode", "at"), [("就高", 0), ("就低", 1)])
def test_the_bands(county: Path, tmp_path: Path, mode: str, at: int) -> None:
    """One caseload date a vector; nobody is employed, so that every need shows as a shortfall."""
    cases = [("R32", homes, needs) for homes, needs in COUNTY_VECTORS.items()] + [("R33", homes, needs) for homes, needs in TOWN_VECTORS.items()]
    days = [date(2026, 1, 10) + timedelta(days=10 * number) for number in range(len(cases))]
    rows = [[town, homes if town == "后宅镇" else 0, day] for (_, homes, _), day in zip(cases, days, strict=True) for town in ("后宅镇", "云澳镇", "深澳镇")]
    done("import", county, sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *rows), "--kind", "units")
    if mode == "就低":
        with open_book(county, CLOCK) as book:
            set_parameter(book, "staffing.boundary_mode", mode, date(2026, 1, 1))
    for (rule, homes, needs), day in zip(cases, days, strict=True):
        found = [one for one in findings(county, rule, day) if one["unit"] in ("南澳县民政局", "后宅镇")]
        assert need(found) == needs[at], (rule, homes, mode)


@pytest.mark.parametrize(
    ("code", "monthly", "short"),
    [("440783", "6666", "8.00"), ("440783", "6666.67", None), ("440523", "4166", "8.00"), ("440523", "4166.67", None), ("440523", "4166.66", "0.08")],
)
def test_standard_against_the_floor(_fresh: dict[str, Path], tmp_path: Path, code: str, monthly: str, short: str | None) -> None:
    book = Path(shutil.copytree(_fresh[code], tmp_path / "book"))
    bureau = "开平市民政局" if code == "440783" else "南澳县民政局"
    people(book, tmp_path / "人.xlsx", ["赵一", id_no(date(1990, 1, 1), 1), "劳务派遣", bureau, "2024-01-01", None, monthly])
    found = findings(book, "F1")
    assert [f"差 {short} 元" in one["arithmetic"] for one in found] == ([True] if short else [])


@pytest.mark.parametrize(
    ("start", "end", "method", "due"),
    [
        ("2019-06-16", None, "月折算", "27,083.33"), ("2019-06-16", None, "日折算", "27,260.27"), ("2019-03-15", "2019-09-30", "月折算", "27,284.95"),
        ("2019-06-16", None, "整月（入职当月计）", "29,166.67"), ("2019-06-16", None, "整月（入职当月不计）", "25,000.00"),
    ],
)  # fmt: skip
def test_part_of_a_year(county: Path, tmp_path: Path, start: str, end: str | None, method: str, due: str) -> None:
    number = id_no(date(1990, 1, 1), 1)
    people(county, tmp_path / "人.xlsx", ["赵一", number, "劳务派遣", "后宅镇", start, end, "5000"])
    if method != "月折算":
        with open_book(county, CLOCK) as book:
            set_parameter(book, "pay.part_year", method, date(2019, 3, 11))
    months = [f"2019-{month:02d}" for month in range(int(start[5:7]), 10 if end else 13)]
    pay(county, tmp_path / "1.xlsx", "赵一", number, months, 100)
    (short,) = findings(county, "F2", "2019-12-31")
    assert short["required"].startswith(due)
    exact = round(float(due.replace(",", "")) * 100)
    for at, hit in ((exact - 1, True), (exact, False)):
        pay(county, tmp_path / f"{at}.xlsx", "赵一", number, months, 0, f"{at / 100:.2f}")
        assert bool(findings(county, "F2", "2019-12-31")) is hit, at


def test_unpaid_days_and_a_floor_that_changes_inside_the_year(county: Path, tmp_path: Path) -> None:
    number = id_no(date(1990, 1, 1), 1)
    people(county, tmp_path / "人.xlsx", ["赵一", number, "劳务派遣", "后宅镇", "2024-01-01", None, "5000"])
    pay(county, tmp_path / "1.xlsx", "赵一", number, [f"2026-{month:02d}" for month in range(1, 13)], 100)
    assert findings(county, "F2")[0]["required"].startswith("50,000.00")
    with open_book(county, CLOCK) as book:
        set_parameter(book, "pay.floor.粤东西北", 6_000_000, date(2026, 7, 1))
    assert findings(county, "F2")[0]["required"].startswith("55,000.00")
    with open_book(county, CLOCK) as book:
        absent(book, 1, "事假", date(2026, 1, 1), date(2026, 1, 31), paid=False)
        absent(book, 1, "病假", date(2026, 3, 1), date(2026, 3, 31), paid=True)
    assert findings(county, "F2")[0]["required"].startswith("50,833.33")  # 55,000 − 50,000 / 12


def test_leave_of_six_months(county: Path, tmp_path: Path) -> None:
    done("import", county, sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-12-31"] for name in ("后宅镇", "云澳镇", "深澳镇")]), "--kind", "units")
    rows: list[list[object]] = [[f"人{n}", id_no(date(1990, 1, 1), n), "事业编制", "后宅镇", "2024-01-01", None, None] for n in (1, 2)]
    people(county, tmp_path / "人.xlsx", *rows)
    with open_book(county, CLOCK) as book:
        absent(book, 1, "产假", date(2026, 6, 30), None, paid=True)
        absent(book, 2, "病假", date(2026, 6, 29), None, paid=True)
    line = forms(returns(county, tmp_path / "out"))["表2"].line("后宅镇")
    assert (line["5"], line["20"]) == (1, 1)


def test_a_pooled_village_post_counts_only_where_the_setting_allows(county: Path, tmp_path: Path) -> None:
    with open_book(county, CLOCK) as book:
        add_unit(book, "前江村", "村（社区）", parent=2)
    head = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "乡镇统筹使用"]
    rows = [[f"人{n}", id_no(date(1990, 1, 1), n), "劳务派遣", "前江村", "2024-01-01", tick] for n, tick in ((1, "是"), (2, "否"))]
    done("import", county, sheet_file(tmp_path / "人.xlsx", head, *rows), "--kind", "roster")

    def line() -> tuple[int, int, int]:
        found = forms(returns(county, tmp_path / "out"))["表2"].lines[2]
        return found["5"], found["20"], found["21"]

    assert line() == (0, 2, 2)
    with open_book(county, CLOCK) as book:
        set_parameter(book, "staffing.village_counts", True, date(2026, 1, 1))
    assert line() == (1, 1, 1)


def test_duty_share_never_lowers_the_floor_and_part_time_is_left_out(county: Path, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "社会救助工作占比", "是否全日制", "年工资标准"]
    rows = [["全职", id_no(date(1990, 1, 1), 1), "劳务派遣", "后宅镇", "2024-01-01", "40%", "是", 49999],
            ["钟点", id_no(date(1990, 1, 1), 2), "劳务派遣", "后宅镇", "2024-01-01", "40%", "否", 20000],
            ["在编", id_no(date(1990, 1, 1), 3), "事业编制", "后宅镇", "2024-01-01", "100%", "是", 20000],
            ["未填", id_no(date(1990, 1, 1), 4), "劳务派遣", "后宅镇", "2024-01-01", "100%", "是", None]]  # fmt: skip
    done("import", county, sheet_file(tmp_path / "人.xlsx", head, *rows), "--kind", "roster")
    said = {one["person"]: one["verdict"] for one in findings(county, "F1")}
    assert said == {"全职": "低于最低标准", "未填": "数据不足"}
    pay_form = forms(returns(county, tmp_path / "out"))["表3"].line("后宅镇")
    assert (pay_form["1"], pay_form["8"]) == (3, 1), "no standard is outside column 8"


def test_two_engagements_at_once_and_double_posting_are_hard_and_risks(county: Path, tmp_path: Path) -> None:
    number = id_no(date(1990, 1, 1), 1)
    people(county, tmp_path / "1.xlsx", ["赵一", number, "劳务派遣", "后宅镇", "2024-01-01", "2026-06-30", "5000"])
    head = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期"]
    overlap = sheet_file(tmp_path / "2.xlsx", head, ["赵一", number, "劳务派遣", "云澳镇", "2026-06-30"])
    assert office("import", county, overlap, "--kind", "roster").code == 1
    after = sheet_file(tmp_path / "3.xlsx", head, ["赵一", number, "劳务派遣", "云澳镇", "2026-07-01"])
    assert office("import", county, after, "--kind", "roster").code == 0
    assert findings(county, "L10") == []
    staffing = forms(returns(county, tmp_path / "out"))
    assert [line["1"] for line in staffing["表3"].lines if line["甲"] in ("后宅镇", "云澳镇")] == [0, 1]


def test_folded_count_method(county: Path, tmp_path: Path) -> None:
    """折算: Σ share × duty_share, half up to two decimals; the shortfall is measured by it, heads stay in column 5."""
    done("import", county, sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-12-31"] for name in ("后宅镇", "云澳镇", "深澳镇")]), "--kind", "units")
    head = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "社会救助工作占比"]
    rows = [[f"人{n}", id_no(date(1990, 1, 1), n), "事业编制", "后宅镇", "2024-01-01", share] for n, share in ((1, "66.67%"), (2, "50%"))]
    done("import", county, sheet_file(tmp_path / "人.xlsx", head, *rows), "--kind", "roster")
    line = forms(returns(county, tmp_path / "1"))["表2"].line("后宅镇")
    assert (line["5"], line["16"], line["17"], line["19"]) == (2, 1.17, 0, "是")
    with open_book(county, CLOCK) as book:
        set_parameter(book, "staffing.count_method", "折算", date(2026, 1, 1))
    line = forms(returns(county, tmp_path / "2"))["表2"].line("后宅镇")
    assert (line["5"], line["16"], line["17"], line["19"]) == (2, 1.17, 0.83, "否")


def test_near_bound_hints(county: Path, tmp_path: Path) -> None:
    """|户 − bound| ≤ 2 % of the bound."""
    done("import", county, sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], ["后宅镇", 294, "2026-12-31"], ["云澳镇", 293, "2026-12-31"], ["深澳镇", 612, "2026-12-31"]), "--kind", "units")
    assert {one["unit"] for one in findings(county, "N1")} == {"后宅镇", "深澳镇"}
