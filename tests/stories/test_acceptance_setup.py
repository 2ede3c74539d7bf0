"""Acceptance: setting up a county, the rules listed, what a check says, and how commands end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from db.rows import rows
from office.open import open_book
from office.people import hire, leave
from office.settings import set_parameter, set_region
from office.units import add_unit, close_unit, merge_unit, rename_unit
from tests.stories.acceptance import CLOCK, done, every_cell, forms, id_no, office, returns, sheet_file

pytestmark = pytest.mark.story

ROOT = Path(__file__).parents[2]
DOUBTFUL = ("441323", "441322", "441324", "441223", "441224", "441225", "441226", "440785")
"""惠东 博罗 龙门 广宁 怀集 封开 德庆 恩平."""
KEYS = {"rule", "severity", "priority", "unit", "person", "measured", "required", "arithmetic", "article", "kind"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """南澳县 (three towns)."""
    return Path(done("new", tmp_path / "南澳县.经办台账", "--county", "440523"))


def findings(book: Path, day: str = "2026-12-31") -> list[dict[str, str]]:
    return list(json.loads(office("check", book, "--as-of", day, "--json").out))


@pytest.mark.parametrize("code", DOUBTFUL)
def test_a_doubtful_county_is_asked_for(tmp_path: Path, code: str) -> None:
    book = tmp_path / "县.经办台账"
    ran = office("new", book, "--county", code)
    assert ran.code == 2 and "--region" in ran.err and "--basis" in ran.err and not ran.out
    assert not book.exists(), "a refusal leaves nothing behind"
    assert office("new", book, "--county", code, "--region", "粤东西北").code == 2 and not book.exists()
    assert office("new", book, "--county", code, "--region", "珠江三角洲", "--basis", "粤财〔2020〕1号").code == 2 and not book.exists()
    done("new", book, "--county", code, "--region", "粤东西北", "--basis", "粤财〔2020〕1号")


def test_a_confirmed_region_stands_on_the_cover_and_decides_the_floor(tmp_path: Path) -> None:
    book = Path(done("new", tmp_path / "县", "--county", DOUBTFUL[0], "--region", "粤东西北", "--basis", "粤财〔2020〕1号"))
    written = forms(returns(book, tmp_path / "out"))
    assert written["封面"].says("粤东西北") and written["封面"].says("粤财〔2020〕1号")
    assert written["表3"].lines[0]["4"] == 50000


def test_other_counties_follow_their_city(tmp_path: Path) -> None:
    pearl = Path(done("new", tmp_path / "a", "--county", "440783"))  # 开平市, 江门
    written = forms(returns(pearl, tmp_path / "out"))
    assert written["表3"].lines[0]["4"] == 80000 and written["封面"].says("珠三角") and written["封面"].says("江门市")
    poor = Path(done("new", tmp_path / "b", "--county", "441823"))
    assert forms(returns(poor, tmp_path / "out2"))["表3"].lines[0]["4"] == 50000


def test_townships_are_filled_in(tmp_path: Path) -> None:
    book = Path(done("new", tmp_path / "恩平市.经办台账", "--county", "440785", "--region", "珠三角", "--basis", "江府〔2020〕1号"))
    assert [path.name for path in book.glob("*.jingban")] == ["恩平市.jingban"] and (book / "book.db").is_file()
    path = returns(book, tmp_path / "out")
    assert path.name == "440785恩平市民政局_救助经办能力报表_2026年度_V1_20261231.xlsx"
    lines = forms(path)["表2"].lines
    assert lines[1]["甲"] == "恩平市民政局" and len(lines) == 2 + 11
    kinds = [line["乙"] for line in lines[2:]]
    assert kinds == sorted(kinds, key=["乡镇", "街道", "功能区"].index)


@pytest.mark.parametrize(("code", "name", "towns"), [("441900", "东莞市", 32), ("442000", "中山市", 23)])
def test_cities_without_counties_stand_as_one_county(tmp_path: Path, code: str, name: str, towns: int) -> None:
    book = Path(done("new", tmp_path / "市.经办台账", "--county", code))
    lines = forms(returns(book, tmp_path / "out"))["表2"].lines
    assert (lines[1]["甲"], lines[1]["乙"]) == (f"{name}民政局", "县级民政局") and len(lines) == 2 + towns
    town = lines[2]["甲"]
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[line["甲"], 8000 if line["甲"] == town else 0, "2026-12-31"] for line in lines[2:]])
    done("import", book, file, "--kind", "units")
    staffing = forms(returns(book, tmp_path / "out2"))["表2"]
    assert staffing.lines[1]["3"] == 10, "the county's bands hold for the city's bureau"
    assert staffing.line(town)["3"] == 6


def test_units_come_and_go_with_their_dates(small: Path, tmp_path: Path) -> None:
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-05-31"] for name in ("后宅镇", "云澳镇", "深澳镇")])
    done("import", small, file, "--kind", "units")
    may = every_cell(returns(small, tmp_path / "1", "2026-05"))
    with open_book(small, CLOCK) as book:
        units = {one["name"]: one["unit"] for one in book.read(rows, "unit_version")}
        zone = add_unit(book, "大湾经济开发区管委会", "功能区", opened=date(2026, 6, 1))
        rename_unit(book, units["云澳镇"], "云澳街道", date(2026, 7, 1), kind="街道")
        hire(book, {"name": "赵一", "id_no": id_no(date(1990, 1, 1), 1)}, start=date(2024, 1, 1), unit=units["深澳镇"], kind="事业编制")
        merge_unit(book, units["深澳镇"], units["后宅镇"], date(2026, 9, 1))
        close_unit(book, zone, date(2026, 10, 31))
    later = returns(small, tmp_path / "2", "2026-05")
    assert [line["甲"] for line in forms(later)["表2"].lines] == ["合计", "南澳县民政局", "后宅镇", "云澳镇", "深澳镇"]
    assert {key: value for key, value in may.items() if key[0] == "表1"} == {
        key: value for key, value in every_cell(later).items() if key[0] == "表1"
    }
    names = {period: [line["甲"] for line in forms(returns(small, tmp_path / "4", period))["表2"].lines[2:]] for period in ("2026-06", "2026-07", "2026-09", "2026-11")}
    assert names["2026-06"] == ["后宅镇", "云澳镇", "深澳镇", "大湾经济开发区管委会"]
    assert names["2026-07"] == ["后宅镇", "深澳镇", "云澳街道", "大湾经济开发区管委会"]
    assert names["2026-09"] == ["后宅镇", "云澳街道", "大湾经济开发区管委会"] and names["2026-11"] == ["后宅镇", "云澳街道"]
    roster = forms(returns(small, tmp_path / "5", "2026-09"))
    assert roster["表2"].line("后宅镇")["5"] == 1
    assert forms(returns(small, tmp_path / "5", "2026-08"))["表2"].line("深澳镇")["5"] == 1


def test_region_confirmed_later(small: Path, tmp_path: Path) -> None:
    with open_book(small, CLOCK) as book:
        assert set_region(book, "珠三角", "粤财〔2026〕1号") is not None
    written = forms(returns(small, tmp_path / "out"))
    assert written["封面"].says("粤财〔2026〕1号") and written["表3"].lines[0]["4"] == 80000


def test_a_unit_sheet_with_a_free_name(small: Path, tmp_path: Path) -> None:
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "单位类型", "户数", "统计日期"], ["大湾经济开发区", "功能区", 600, "2026-12-31"], ["怪名字", None, 1, "2026-12-31"])
    ran = office("import", small, file, "--kind", "units", "--json")
    assert ran.code == 1 and {state: count for state, count in json.loads(ran.out)["counts"].items() if count} == {"新增": 1, "错误": 1}
    assert forms(returns(small, tmp_path / "out"))["表2"].line("大湾经济开发区")["3"] == 6


def test_rules_json() -> None:
    listed = json.loads(done("rules", "--json"))
    said = {"id", "title", "severity", "priority", "kind", "article"}
    assert all(set(one) == said | {"clauses"} and all(one[name] for name in said) for one in listed)
    levels = {one["id"]: one["severity"] for one in listed}
    for rule in ("R32", "R33", "F1", "F2", "F3", "R34", "R35"):
        assert levels[rule] == "soft", rule
    assert all(levels[rule] == "hard" for rule in ("L10", "L11", "L12")) and levels["N1"] == "hint"
    first = {one["id"] for one in listed if one["priority"] == "high"}
    assert first == {"C02", "C03", "C04", "C05", "C08", "C11", "L01", "L02", "L03", "L04", "L07", "Q4", "Q9", "R24"}
    kinds = {one["id"]: one["kind"] for one in listed}
    assert {kinds[rule] for rule in ("R32", "R33", "R34", "R35", "N1", "F1", "F2", "F3")} == {"audit"}
    assert {kinds[rule] for rule in ("L10", "L11", "L12")} == {"risk"}
    assert {one["id"]: one["article"] for one in listed} | {"R32": "二（三）", "R33": "二（三）", "F1": "二（四）", "F2": "二（四）"} == {
        one["id"]: one["article"] for one in listed
    }


def test_the_demo_countys_findings(demo_folder: Path) -> None:
    found = findings(demo_folder)
    assert all(set(one) >= KEYS and one["severity"] in ("hard", "soft", "hint") and one["kind"] in ("audit", "risk") for one in found)
    short = {one["unit"]: one["arithmetic"] for one in found if one["rule"] in ("R32", "R33")}
    assert set(short) == {"东岭县民政局", "石桥镇", "大塘镇", "东安镇", "河口镇"}
    assert short["东安镇"] == "600 户 → 应配 6，实配 4，缺 2"
    assert [one["unit"] for one in found if one["rule"] == "R32"] == ["东岭县民政局"]
    assert {one["unit"] for one in found if one["rule"] == "N1"} == {"梅坑镇", "石桥镇", "长岭镇", "东安镇"}
    (low,) = [one for one in found if one["rule"] == "F1"]
    assert "4,166.00" in low["arithmetic"] and "× 12" in low["arithmetic"] and "8.00" in low["arithmetic"]
    assert "低于最低标准" in (low["verdict"], low["arithmetic"]) or "低于最低标准" in low["arithmetic"]
    assert all(one["article"] for one in found)
    assert "人·年" in low["required"] or "50,000.00" in low["required"]
    quotes = {one["rule"]: one["quote"] for one in found}
    assert "至少配备 2 人" in quotes["R33"] and "每人每年不低于 5 万元" in quotes["F1"]


def test_a_check_looks_to_the_last_full_month_end(small: Path, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "年工资标准"]
    number = id_no(date(1990, 1, 1), 1)
    done("import", small, sheet_file(tmp_path / "人.xlsx", head, ["赵一", number, "劳务派遣", "后宅镇", "2026-01-01", 60000]), "--kind", "roster")
    pay = [["赵一", number, f"2026-{month:02d}", 5000] for month in range(1, 6)]
    done("import", small, sheet_file(tmp_path / "薪.xlsx", ["姓名", "身份证号", "月份", "应发工资"], *pay), "--kind", "pay")
    for day, missing in (("2026-05-31", False), ("2026-06-15", False), ("2026-06-29", False), ("2026-06-30", True)):
        assert any(one["rule"] == "F3" for one in findings(small, day)) is missing, day
    (gap,) = [one for one in findings(small, "2026-07-31") if one["rule"] == "F3"]
    assert "2 个月" in gap["arithmetic"] and gap["verdict"] == "数据不足"
    assert not any(one["rule"] == "F2" for one in findings(small, "2026-07-31"))


def test_caseload_older_than_92_days(small: Path, tmp_path: Path) -> None:
    towns = ("后宅镇", "云澳镇", "深澳镇")
    done("import", small, sheet_file(tmp_path / "1.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-09-29"] for name in towns]), "--kind", "units")
    assert [one["unit"] for one in findings(small) if one["rule"] == "R35"] == list(towns)
    done("import", small, sheet_file(tmp_path / "2.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-09-30"] for name in towns]), "--kind", "units")
    assert not any(one["rule"] == "R35" for one in findings(small))


def test_no_findings_end_with_0(small: Path, tmp_path: Path) -> None:
    towns = ("后宅镇", "云澳镇", "深澳镇")
    done("import", small, sheet_file(tmp_path / "1.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-12-31"] for name in towns]), "--kind", "units")
    people = [[f"人{place}{one}", id_no(date(1990, 1, 1), place * 2 + one), "事业编制", unit, "2024-01-01"] for place, unit in enumerate(("南澳县民政局", *towns)) for one in (1, 2)]
    done("import", small, sheet_file(tmp_path / "2.xlsx", ["姓名", "身份证号", "用工形式", "使用单位", "入职日期"], *people), "--kind", "roster")
    ran = office("check", small, "--as-of", "2026-12-31", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])
    assert "达标单位 4/4" in "".join(forms(returns(small, tmp_path / "out"))["表2"].texts)
    with open_book(small, CLOCK) as book:
        leave(book, 8, date(2026, 12, 30), "个人辞职")
    assert [one["rule"] for one in findings(small)] == ["R33"]
    assert findings(small, "2026-12-30") == [one for one in findings(small, "2026-12-30") if one["rule"] == "R34"]


def test_a_countys_own_stricter_floor_and_heads(small: Path, tmp_path: Path) -> None:
    with open_book(small, CLOCK) as book:
        set_parameter(book, "pay.floor.粤东西北", 6_000_000, date(2026, 7, 1))
        with pytest.raises(ValueError, match="不能低于"):
            set_parameter(book, "pay.floor.粤东西北", 4_999_999, date(2026, 7, 1))
    assert forms(returns(small, tmp_path / "a", "2026-06"))["表3"].lines[0]["4"] == 50000
    assert forms(returns(small, tmp_path / "b", "2026-07"))["表3"].lines[0]["4"] == 60000


def test_wrong_use_ends_with_2(tmp_path: Path, demo_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ("new", tmp_path / "x", "--county", "999999"), ("check", tmp_path / "没有", "--as-of", "2026-12-31"), ("check", demo_folder, "--as-of", "2026-13-01"),
        ("check", demo_folder), ("returns", demo_folder, "--period", "2026-13", "--out", tmp_path / "o"), ("frobnicate",), (),
        ("returns", demo_folder, "--period", "2026", "--as-of", "2025-01-01", "--out", tmp_path / "o"), ("check", demo_folder, "--as-of", "2019-01-01"),
        ("import", demo_folder, tmp_path / "没有.xlsx", "--kind", "pay"), ("import", demo_folder, tmp_path / "没有.xlsx", "--kind", "wages"),
        ("new", demo_folder, "--county", "440523"),
    ):  # fmt: skip
        ran = office(*arguments)
        said = ran.err + capsys.readouterr().err
        assert ran.code == 2 and not ran.out, (arguments, ran)
        assert re.search(r"[一-鿿]", said) and "Traceback" not in said, (arguments, said)
    assert not (tmp_path / "x").exists()


def test_help_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("new", "import", "check", "rules", "returns", "demo", "self-test"):
        assert office(command, "--help").code == 0
        assert "用法：" in capsys.readouterr().out


def test_a_book_in_use_newer_or_damaged_is_refused_with_3(demo_folder: Path, tmp_path: Path) -> None:
    with open_book(demo_folder, CLOCK, "李晓敏", "窗口"):
        ran = office("check", demo_folder, "--as-of", "2026-12-31")
        assert ran.code == 3 and "李晓敏" in ran.err and not ran.out
    face = next(demo_folder.glob("*.jingban"))
    content = json.loads(face.read_text(encoding="utf-8"))
    face.write_text(json.dumps(content | {"schema": 9999, "smallest_program": "9.0.0"}, ensure_ascii=False), encoding="utf-8")
    before = (demo_folder / "book.db").read_bytes()
    ran = office("returns", demo_folder, "--period", "2026", "--out", tmp_path / "o")
    assert ran.code == 3 and "9.0.0" in ran.err and (demo_folder / "book.db").read_bytes() == before
    assert not list((tmp_path / "o").glob("*")) if (tmp_path / "o").exists() else True
    face.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (demo_folder / "book.db").write_bytes(b"rubbish" * 1000)
    ran = office("check", demo_folder, "--as-of", "2026-12-31")
    assert ran.code == 3 and "损坏" in ran.err


def test_a_workbook_that_cannot_be_written_is_refused_with_3(demo_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    for out in (tmp_path / "文件", tmp_path / "文件" / "下"):
        ran = office("returns", demo_folder, "--period", "2026", "--out", out)
        assert ran.code == 3 and not ran.out and ran.err.strip().endswith("。"), ran
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_lone_database_and_the_face_file(demo_folder: Path) -> None:
    ran = office("check", demo_folder / "book.db", "--as-of", "2026-12-31")
    assert ran.code in (2, 3) and "文件夹" in ran.err
    assert office("check", next(demo_folder.glob("*.jingban")), "--as-of", "2026-12-31").code == 1


def test_the_book_is_let_go_after_every_command(demo_folder: Path) -> None:
    files = sorted(path.name for path in demo_folder.iterdir())
    for _ in range(2):
        assert office("check", demo_folder, "--as-of", "2026-12-31").code == 1
    assert sorted(path.name for path in demo_folder.iterdir()) == files


def test_demo_by_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "office", "demo", "--out", str(tmp_path / "out")]
    for _ in range(2):
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        path = Path(ran.stdout.strip())
        assert path.parent == tmp_path / "out" and path.is_file()
    assert forms(path)["表2"].says("达标单位 9/14")


def test_self_test() -> None:
    done_by_itself = office("self-test")
    assert done_by_itself.code == 0 and "自检通过" in done_by_itself.out + done_by_itself.err
