"""附表1 and the cover: masking, the public edition, who is listed where, and what a cover says and leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy.example import engagement, facts, person, unit, worked_county
from policy.facts import BUREAU, VILLAGE
from policy.labour_facts import LabourContract
from returns.annual import lay_all
from returns.forms import cover, roster
from returns.sheet import NOT_APPLICABLE, Sheet, shown
from returns.task import Task
from tests.returns.laid import TASK, at, text

ID = "449901199005200016"


def one(**asked: object) -> Sheet:
    """附表1 of one worker with a known number and telephone."""
    who = replace(person(1, "陈家明", number=ID), phone="13800138000")
    task = Task("年报", **asked)  # type: ignore[arg-type]
    return roster.lay(facts(None, [engagement(1, who=who)]), task)


def test_numbers_are_masked_unless_asked_whole() -> None:
    assert at(one(), "1", "2", "18") == ["449901********0016", "138****8000"]
    assert ID not in str(one())
    assert at(one(masked=False), "1", "2", "18") == [ID, "13800138000"]


def test_a_person_without_a_number_stays_blank() -> None:
    bare = facts(None, [engagement(1, who=person(1, number=""))])
    assert at(roster.lay(bare, Task("年报")), "1", "2", "18") == [None, None]


@pytest.mark.parametrize("masked", [True, False])
def test_a_public_edition_drops_the_columns_that_say_who(masked: bool) -> None:
    sheet = one(public=True, masked=masked)
    labels = {column.label for column in sheet.columns}
    assert not labels & {"身份证号", "出生年月", "联系电话"}
    assert at(sheet, "1", "乙") == ["陈*"]
    for word in (ID, "449901", "13800138000", "138****8000", "陈家明", "1990"):
        assert word not in str([row.cells for row in sheet.rows])
    assert all(len(row.cells) == len(sheet.columns) for row in sheet.rows)


def test_everybody_is_listed_by_unit_with_the_reason_for_not_counting() -> None:
    sheet = roster.lay(worked_county(), TASK)
    assert len(sheet.rows) == 58
    assert sheet.footer == ("共58人，其中计入实际配备人数53人。",)
    because = {sheet.cell(row, "19").value for row in sheet.rows if sheet.cell(row, "17").value == "否"}
    assert because == {"服务性岗位", "派驻村（社区）", "派驻民政服务机构", "社会救助工作占比 40%，不足 50%", "未安排派驻"}
    units = [sheet.cell(row, "9").value for row in sheet.rows]
    assert units[:5] == ["东岭县民政局"] * 5
    assert units[-2:] == ["城关街道东门社区", "东岭县社会福利院"]
    assert all(sheet.cell(row, "甲").people for row in sheet.rows)


def test_somebody_without_a_unit_comes_last() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "东门村", VILLAGE, parent=2))
    sheet = roster.lay(facts(units, [engagement(1, unit=None), engagement(2, unit=3), engagement(3, unit=2)]), TASK)
    assert [sheet.cell(row, "9").value for row in sheet.rows] == ["甲镇", "东门村", None]
    assert text(sheet, "3", "10") == "未安排派驻"


def test_the_labour_contract_is_the_newest_begun_by_the_day_and_officials_have_none() -> None:
    people = [engagement(1), engagement(2), engagement(3, "事业编制"), engagement(4)]
    signed = (
        LabourContract(1, 1, 1, 1, "固定期限", date(2022, 1, 1), date(2024, 12, 31)),
        LabourContract(2, 1, 1, 2, "固定期限", date(2025, 1, 1), date(2027, 12, 31)),
        LabourContract(3, 1, 1, 3, "固定期限", date(2027, 1, 1), date(2029, 12, 31)),
        LabourContract(4, 2, 2, 3, "无固定期限", date(2023, 7, 1)),
        LabourContract(5, 4, 4, 1, "固定期限", date(2024, 1, 1), date(2027, 12, 31), ended_on=date(2026, 12, 31)),
    )
    sheet = roster.lay(replace(facts(None, people), labour_contracts=signed), TASK)
    assert [text(sheet, line, "15") for line in ("1", "2", "4")] == ["2025-01-01至2027-12-31", "2023-07-01起，无固定期限", "2024-01-01至2026-12-31"]
    assert [text(sheet, line, "16") for line in ("1", "2", "4")] == ["2", "3", "1"]
    assert at(sheet, "3", "15", "16") == [NOT_APPLICABLE, NOT_APPLICABLE]
    assert at(roster.lay(facts(None, people), TASK), "1", "15", "16") == [None, None]
    assert sheet.rows[0].cells[sheet.column("15")].records == (("labour_contract", 2),)


# 封面


def said(sheet: Sheet) -> dict[str, str]:
    return {row.name: shown(row.cells[1], sheet.columns[1].measure) for row in sheet.rows}


def test_the_cover_names_who_when_what_and_on_which_parameters() -> None:
    sheets = lay_all(worked_county(), TASK, hard=0, soft=7)
    lines = said(sheets[0])
    assert sheets[0].title == TASK.name
    assert lines["填报单位"] == "东岭县民政局"
    assert lines["行政区划代码"] == "449901"
    assert lines["报告期"] == "2026年度（截至2026年12月31日）"
    assert lines["审核结果"] == "强制性问题 0 条，核实性问题 7 条"
    assert "临界口径：就高" in lines["测算口径"] and "工作经费基数：全口径" in lines["测算口径"]
    assert lines["政策参数版本"] == worked_county().parameters.name
    assert lines["填报人"] == "李晓敏"
    assert lines["校验码"] == cover.check_code(sheets[1:])
    assert not sheets[0].landscape


def test_what_is_not_set_has_no_line() -> None:
    base = worked_county()
    lines = said(cover.lay(replace(base, county=replace(base.county, mode="")), Task("年报")))
    assert not lines.keys() & {"来文文号", "审核结果", "校验码", "配备模式", "包含报表"}
    assert said(cover.lay(replace(base, county=replace(base.county, confirmed=False)), Task("年报")))["区域依据"] == "口径待明确"


def test_an_unnamed_signatory_has_room_to_sign() -> None:
    base = worked_county()
    lines = said(cover.lay(replace(base, county=replace(base.county, leader="")), Task("年报", signatories=("单位负责人", "填报日期"))))
    assert lines["单位负责人"].strip() == ""
    assert lines["填报日期"].split() == ["年", "月", "日"]
    assert "审核人" not in lines


def test_the_check_code_moves_with_a_figure_and_not_with_the_audit() -> None:
    first = lay_all(worked_county(), TASK, hard=0, soft=7)
    assert said(lay_all(worked_county(), TASK, hard=1, soft=0)[0])["校验码"] == said(first[0])["校验码"]
    base = worked_county()
    other = lay_all(replace(base, engagements=base.engagements[1:]), TASK)
    assert said(other[0])["校验码"] != said(first[0])["校验码"]
