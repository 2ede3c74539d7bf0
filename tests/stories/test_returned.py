"""A story with two books and one folder between them: a county reports, the city sends it back, the county mends and reports again, the city takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.change import Change, Refused
from db.rows import row, rows
from office import returns_desk as desk
from office.arrivals import look_at
from office.formulas import add_formula
from office.open import open_book
from office.rollup import accept, city_of, decide, points_of, standings, take
from office.sending_back import read_slip, return_package, take_slip
from office.task_bundle import export_bundle, import_bundle
from office.tasks import add_task
from policy.clock import Clock
from tests.office import counties as made_up

DAY = date(2026, 12, 31)
FORMS = ("封面", "表1", "表2", "表3")


def test_sent_back_unsealed_mended_and_taken(tmp_path: Path, clock: Clock) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    city_folder, county_folder = made_up.city_book(tmp_path, clock, 2), made_up.county_book(tmp_path, clock, 1, 2)
    task = replace(made_up.TASK, name="专项核查", short="专项", forms=FORMS)

    with open_book(city_folder, clock, "市局") as city:  # hands the task out
        number = add_task(city, task)
        export_bundle(city, number, stick / "专项核查.任务包")

    with open_book(county_folder, clock, "县局") as county:  # takes it in and reports
        assert "新增报送任务“专项核查”" in import_bundle(county, stick / "专项核查.任务包")[0]
        assert import_bundle(county, stick / "专项核查.任务包")[0].endswith("没有改动。")
        first = made_up.report(county, stick, task)
        assert county.read(rows, "report_task")[0]["origin"] == "岭东市任务包"

    with open_book(city_folder, clock, "市局") as city:  # finds fault
        (package,) = take(city, look_at(city, [first]))
        noted = [one for one in city.read(points_of, package) if one["layer"] == "县级" and one["point"] == "2-S1"]
        assert noted and noted[0]["note"] == made_up.NOTE, "the county's notes are there to be judged"
        decide(city, [noted[0]["id"]], "退回", "请补写招录批次和时间")
        with pytest.raises(Refused, match="退回理由"):
            return_package(city, package, "无", stick)
        slip = return_package(city, package, "表2说明不够具体，请补正后重报", stick)
        assert city.read(standings, number, DAY)[0].state == "退回"
        assert city.read(city_of, number).parts == (), "what was sent back is in no sum"
        with pytest.raises(Refused, match="不能再退回"):
            return_package(city, package, "表2说明不够具体，请补正后重报", stick)
        assert [one.answer for one in look_at(city, [first])] == ["重复"]

    with open_book(made_up.county_book(tmp_path, clock, 2, 1), clock, "邻县") as other, pytest.raises(Refused, match="不是本单位的"):
        take_slip(other, slip)

    with open_book(county_folder, clock, "县局") as county:  # takes the slip, mends, reports again
        assert read_slip(slip).cells[0][3] == "请补写招录批次和时间"
        second = take_slip(county, slip)
        held = county.read(row, "return_", (second,)) or {}
        assert (held["version"], held["state"]) == (2, "编制中") and "请补写招录批次和时间" in held["reason"]
        assert [one["state"] for one in county.read(rows, "return_")] == ["已解封", "编制中"]
        assert county.read(rows, "submission")[-1]["what"] == "退回"
        with pytest.raises(Refused, match="已经处理过"):
            take_slip(county, slip)
        load = next(one for one in county.read(rows, "caseload") if one["category"] == "低保农")
        county.act("改正户数", [Change("caseload", (load["id"],), {"households": load["households"]}, {"households": load["households"] + 7})])
        mended = made_up.again(county, second, stick)
        sheet = next(one for one in county.read(desk.kept_in, second).sheets if one.key == "表1")
        households = sheet.cell(sheet.rows[0], "1").value

    with open_book(city_folder, clock, "市局") as city:  # takes it
        answers = {one.path.name: one.answer for one in look_at(city, [stick])}
        assert answers == {first.name: "重复", mended.name: "新版本"}
        (package,) = take(city, look_at(city, [stick]))
        decide(city, [one["id"] for one in city.read(points_of, package)], "采信", "已核实，说明具体可行")
        accept(city, package)
        board = city.read(standings, number, DAY)
        assert [(one.state, one.package and one.package["version"]) for one in board] == [("已接收", 2), ("未报", None)]
        rolled = {one.key: one for one in city.read(city_of, number).forms()}["汇表1"]
        assert rolled.cell(rolled.rows[0], "1").value == households
        assert {one["version"]: one["state"] for one in city.read(rows, "city_package")} == {1: "已替换", 2: "已接收"}


def test_a_slip_that_was_changed_is_refused(tmp_path: Path, clock: Clock) -> None:
    where = made_up.county_book(tmp_path, clock, 1, 1)
    with open_book(made_up.city_book(tmp_path, clock, 1), clock, "市局") as city, open_book(where, clock, "县局") as county:
        (package,) = take(city, look_at(city, [made_up.quick(county, tmp_path)]))
        slip = return_package(city, package, "户数与民政统计月报不一致", tmp_path)
        with pytest.raises(Refused, match="没有“"):
            take_slip(county, slip)
        slip.write_text(slip.read_text(encoding="utf-8").replace("不一致", "一致"), encoding="utf-8")
        with pytest.raises(Refused, match="可能被改动过"):
            take_slip(county, slip)
        slip.write_text("{}", encoding="utf-8")
        with pytest.raises(Refused, match="不是退回单"):
            take_slip(county, slip)


def test_a_bundle_brings_rule_sets_and_formulas(tmp_path: Path, clock: Clock) -> None:
    where = made_up.county_book(tmp_path, clock, 1, 1)
    with open_book(made_up.city_book(tmp_path, clock, 1), clock, "市局") as city, open_book(where, clock, "县局") as county:
        laid = county.read(desk.draft_in, desk.open_return(county, add_task(county, made_up.TASK))).sheets
        add_formula(city, laid, "表2", "乡镇", "5≥3人", "强制性", owner="市", since=date(2026, 1, 1))
        values = {"id": 1, "name": "市级口径", "level": "市", "document": "岭民〔2026〕3号", "since": date(2026, 1, 1), "until": None}
        value = {"id": 1, "rule_set": 1, "key": "staffing.town.needs", "value": "[3, 5, 7]"}
        city.act("政策参数", [Change("rule_set", (1,), None, values), Change("rule_value", (1,), None, value)])
        path = export_bundle(city, 1, tmp_path / "市")
        assert path.name == "市.任务包"
        said = import_bundle(county, path)
        assert [one[:4] for one in said] == ["任务“基", "新增市级", "新增市级"]
        assert county.read(rows, "own_formula")[0]["owner"] == "市"
        needs = county.read(desk.draft_in, 1).facts.parameters.town_bands.needs
        assert needs == (3, 5, 7)
        assert len(import_bundle(county, path)) == 1, "a second time nothing is added"
        path.write_text("{}", encoding="utf-8")
        with pytest.raises(Refused, match="不是任务包"):
            import_bundle(county, path)
