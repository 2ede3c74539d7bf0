"""表3 and 附表2: averages from sums, the floor, part years, moves between units, villages, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from policy.example import engagement, facts, parameters, pay, person, standard, unit, worked_county
from policy.facts import BUREAU, INSTITUTION, VILLAGE, Assignment, Engagement, Facts
from policy.finding import BELOW, BELOW_PRORATED, MET, MET_PRORATED
from policy.grade_facts import Grade, GradeChange, PayScale
from policy.management_facts import Management
from returns.audit import Outcome, audit
from returns.excel import formulas
from returns.fill import Entry, fill, line_keys
from returns.forms import audits, paylist, t3
from returns.grid import lay_out
from returns.sheet import NOT_APPLICABLE, Scope, Sheet
from returns.task import Task
from tests.returns.laid import at, text

TASK = Task("年报", long_pay_list=True, pay_list_ground=True)
YEAR = date(2026, 1, 1)


def moved() -> Facts:
    """One worker, 60,000.00 a year: January to May in 甲镇, from 1 June in 乙镇."""
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    first = Assignment(1, 2, date(2024, 1, 1), date(2026, 5, 31))
    then = Assignment(2, 3, date(2026, 6, 1), None)
    worker = engagement(1, assignments=(first, then), standards=(standard(annual=60_000_00),))
    money = (pay(1, 25_000_00, range(1, 6), unit=2), pay(1, 35_000_00, range(6, 13), unit=3))
    return facts(units, [replace(worker, pay=money)], {2: 10, 3: 10})


def test_the_worked_county() -> None:
    sheet = t3.lay(worked_county(), TASK)
    assert at(sheet, "合计", "1", "2", "4", "6", "7", "8", "11") == [42, 42, 50_000_00, 49_992_00, 54_000_00, 1, 1]
    assert at(sheet, "合计", "3") == [41 + Fraction(13, 24)]
    gross = 40 * 54_000_00 + 49_992_00 + 29_250_00
    assert at(sheet, "合计", "9", "10") == [gross, Fraction(gross) / (41 + Fraction(13, 24))]
    assert text(sheet, "合计", "19") == "97.62%"
    assert text(sheet, "东岭县民政局", "19") == "50.00%"
    assert sheet.footer == ("工资口径：应发工资（含个人承担的社会保险费、住房公积金和个人所得税，不含单位缴费及管理费）。",)


def test_total_averages_come_from_sums_not_from_averages() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    low = [engagement(n, unit=2, standards=(standard(annual=50_000_00),), gross=50_000_00) for n in (1, 2, 3)]
    high = engagement(4, unit=3, standards=(standard(annual=90_000_00),), gross=90_000_00)
    sheet = t3.lay(facts(units, [*low, high]), TASK)
    assert at(sheet, "合计", "5", "6", "7", "10") == [60_000_00, 50_000_00, 90_000_00, 60_000_00]
    assert at(sheet, "甲镇", "5", "8") == [50_000_00, 0]
    assert text(sheet, "合计", "23") == "6.00"


def test_derived_columns_follow_their_formulas() -> None:
    sheet = t3.lay(worked_county(), TASK)
    for row in sheet.rows:
        figures = {n: sheet.cell(row, str(n)).value for n in (9, 12, 13, 14, 15, 16, 17)}
        assert figures[14] == figures[9] - figures[12] - figures[13]  # type: ignore[operator]
        assert figures[17] == figures[9] + figures[15] + figures[16]  # type: ignore[operator]


def test_a_unit_that_pays_nobody_shows_noughts_and_dashes() -> None:
    sheet = t3.lay(facts(), TASK)
    assert at(sheet, "乡镇2", "1", "2", "3", "9", "17") == [0, 0, 0, 0, 0]
    assert [text(sheet, "乡镇2", mark) for mark in ("5", "6", "10", "18", "19", "20", "23")] == ["—"] * 7


def test_a_pay_month_stands_with_the_unit_of_its_last_day_in_service() -> None:
    sheet = t3.lay(moved(), TASK)
    assert at(sheet, "甲镇", "1", "2", "3", "9", "11") == [0, 1, Fraction(5, 12), 25_000_00, 0]
    assert at(sheet, "乙镇", "1", "2", "3", "9") == [1, 1, Fraction(7, 12), 35_000_00]
    assert at(sheet, "合计", "1", "2", "3", "9", "10") == [1, 2, 1, 60_000_00, 60_000_00]
    assert "本期调整派驻单位1人" in text(sheet, "合计", "25")
    rows = paylist.lay(moved(), TASK).rows
    assert [(row.cells[2].value, row.cells[4].value) for row in rows[1:]] == [("甲镇", 5), ("乙镇", 7)]


def test_the_village_is_in_its_towns_line_with_a_line_of_its_own_under_it() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "东门村", VILLAGE, parent=2), unit(4, "福利院", INSTITUTION))
    people = [engagement(n, unit=n, gross=54_000_00, standards=(standard(4500_00),)) for n in (2, 3, 4)]
    sheet = t3.lay(facts(units, people), TASK)
    assert [(row.name, row.scope) for row in sheet.rows] == [
        ("合计", Scope.TOTAL),
        ("东岭县民政局", Scope.BUREAU),
        ("甲镇", Scope.TOWN),
        (t3.MEMO, Scope.MEMO),
        ("福利院", Scope.OTHER),
    ]
    assert at(sheet, "甲镇", "1", "9") == [2, 108_000_00]
    assert at(sheet, t3.MEMO, "1", "9") == [1, 54_000_00]
    assert at(sheet, "合计", "1", "9") == [3, 162_000_00]


def test_a_closed_unit_is_in_its_successors_line() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇", closed=date(2026, 5, 31), successor=3), unit(3, "乙镇"))
    sheet = t3.lay(replace(moved(), units=units), TASK)
    assert [row.name for row in sheet.rows] == ["合计", "东岭县民政局", "乙镇"]
    assert at(sheet, "乙镇", "2", "3", "9") == [1, 1, 60_000_00]
    assert at(sheet, "合计", "2") == [1]


def test_who_was_never_assigned_has_a_line_and_leavers_money_stays() -> None:
    left = engagement(1, unit=2, end=date(2026, 6, 30), gross=27_000_00, months=range(1, 7), standards=(standard(4500_00),))
    nowhere = replace(engagement(2, unit=None), pay=(pay(2, 1_000_00, [12], unit=None),))
    sheet = t3.lay(facts(None, [left, nowhere]), TASK)
    assert at(sheet, "乡镇2", "1", "2", "3", "9") == [0, 1, Fraction(1, 2), 27_000_00]
    assert at(sheet, t3.NOWHERE, "1", "2", "9") == [0, 1, 1_000_00]
    assert at(sheet, "合计", "9") == [28_000_00]


def test_no_standard_is_outside_the_pass_rate_and_said() -> None:
    known = engagement(1, standards=(standard(annual=49_999_99),), gross=50_000_00)
    unknown = engagement(2, gross=50_000_00)
    part_time = engagement(3, full_time=False, standards=(standard(annual=20_000_00),), gross=20_000_00)
    sheet = t3.lay(facts(None, [known, unknown, part_time]), TASK)
    assert at(sheet, "乡镇2", "1", "8", "21", "19") == [3, 1, 2, 0]
    assert "数据不足：未填工资标准1人" in text(sheet, "乡镇2", "25")


def test_missing_pay_months_are_no_pass_and_said() -> None:
    worker = engagement(1, standards=(standard(4500_00),), gross=10_000_00, months=range(1, 12))
    sheet = t3.lay(facts(None, [worker]), TASK)
    assert at(sheet, "乡镇2", "11") == [0]
    assert "有在岗月份未填工资1人" in text(sheet, "乡镇2", "25")


def test_pay_without_its_items_has_no_share_of_performance() -> None:
    sums = pay(1, 54_000_00)
    lump = replace(sums, base=0, performance=0, allowance=0, unsplit=54_000_00)
    sheet = t3.lay(facts(None, [replace(engagement(1), pay=(lump,))]), TASK)
    assert at(sheet, "乡镇2", "9", "20") == [54_000_00, NOT_APPLICABLE]
    assert text(t3.lay(facts(None, [replace(engagement(1), pay=(sums,))]), TASK), "乡镇2", "20") == "12.50%"


def test_who_stands_in_the_form_is_a_matter_of_parameters() -> None:
    people = [engagement(1, "直接聘用", gross=54_000_00), engagement(2, "事业编制", gross=54_000_00), engagement(3, gross=54_000_00)]
    assert at(t3.lay(facts(None, people), TASK), "合计", "1") == [1]
    wider = facts(None, people, settings={"staffing.types.直接聘用.in_pay_form": True})
    sheet = t3.lay(wider, TASK)
    assert sheet.cell(sheet.rows[0], "1").people == (1, 3)
    assert "直接聘用" in sheet.notes[1]


@pytest.mark.parametrize("caliber", ["应发", "应发不含加班", "用工成本", "实发"])
def test_the_caliber_is_printed(caliber: str) -> None:
    made = facts(settings={"pay.caliber": caliber})
    assert made.parameters.pay_caliber == caliber == parameters(settings={"pay.caliber": caliber}).pay_caliber
    assert t3.lay(made, TASK).footer == (f"工资口径：{t3.CALIBERS[caliber]}。",)


# 附表2


def paid_people() -> list[Engagement]:
    below = engagement(1, standards=(standard(4166_00),), gross=49_992_00)
    newcomer = engagement(2, start=date(2026, 6, 16), standards=(standard(4500_00),), gross=29_250_00, months=range(6, 13))
    return [below, newcomer]


def test_the_long_list_shows_both_checks_and_the_difference() -> None:
    sheet = paylist.lay(facts(None, paid_people()), TASK)
    assert at(sheet, "1", "3", "4", "5", "14", "24", "25", "26") == [
        49_992_00, 50_000_00, BELOW, 49_992_00, 50_000_00, BELOW_PRORATED, -8_00,
    ]  # fmt: skip
    assert at(sheet, "2", "2", "5") == [Fraction(13, 2), MET]
    assert text(sheet, "2", "24") == "27,083.33"
    assert at(sheet, "合计", "14", "2", "3") == [79_242_00, Fraction(37, 2), NOT_APPLICABLE]


def test_paid_to_the_last_fen_of_the_rounded_floor_is_no_difference() -> None:
    """From 16 June 50,000.00 元 become 27,083.333…: 27,083.33 are enough (f2-to-the-fen), and the list says 0.00, not a third of a 分 too little."""
    for gross, verdict, short in ((27_083_33, MET_PRORATED, 0), (27_083_32, BELOW_PRORATED, -1)):
        worker = engagement(1, start=date(2026, 6, 16), standards=(standard(annual=50_000_00),), gross=gross, months=range(6, 13))
        sheet = paylist.lay(facts(None, [worker]), TASK)
        assert at(sheet, "1", "24", "25", "26") == [27_083_33, verdict, short]
        results = audit([sheet], [one for one in audits(parameters()) if one.form == "附表2"])
        assert len(results) > 20 and not [one for one in results if one.outcome is Outcome.FAILS]


def test_the_grade_is_the_one_the_person_stands_on() -> None:
    scale = PayScale(1, "工资层级方案", YEAR, grades=(Grade(1, 1, "一级"), Grade(2, 2, "二级")))
    changes = (GradeChange(1, 1, date(2025, 1, 1), 1), GradeChange(2, 1, date(2026, 7, 1), 2))
    made = replace(facts(None, paid_people()), management=Management(scales=(scale,), grade_changes=changes))
    sheet = paylist.lay(made, TASK)
    assert at(sheet, "1", "1") == ["二级"] and at(sheet, "2", "1") == [None] and at(sheet, "合计", "1") == [NOT_APPLICABLE]


def test_lowest_and_highest_of_all_follow_a_line_set_by_hand() -> None:
    laid = t3.lay(worked_county(), TASK)
    line = next(key for key, row in zip(line_keys(laid), laid.rows, strict=True) if row.name == "东岭县民政局")
    now = fill([laid], [Entry("表3", line, "6", 50_000_00, 49_992_00, "补签后执行新标准")], TASK).sheets[0]
    assert (at(laid, "合计", "6", "7"), at(now, "合计", "6", "7")) == ([49_992_00, 54_000_00], [50_000_00, 54_000_00])
    grid, places = lay_out(laid), (laid.column("6") + 1, laid.column("7") + 1)
    assert [formulas(laid, grid)[grid.head_last + 1, place][:5] for place in places] == ["=MIN(", "=MAX("]
    clause = [one for one in audits(parameters()) if one.id in ("3-H3a", "3-H3b")]
    assert [one.outcome for one in audit([now], clause)] == [Outcome.HOLDS] * 2
    whole = next(row for row in laid.rows if row.scope is Scope.TOTAL)
    wrong = replace(whole, cells=tuple(replace(cell, value=40_000_00) if at == laid.column("6") else cell for at, cell in enumerate(whole.cells)))
    broken = replace(laid, rows=tuple(wrong if row is whole else row for row in laid.rows))
    assert [one.outcome for one in audit([broken], clause)] == [Outcome.FAILS, Outcome.HOLDS]


def test_the_mean_of_all_is_weighed_by_heads() -> None:
    clause = [one for one in audits(parameters()) if one.id == "3-H3c"]
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    people = [engagement(n, unit=at, standards=(standard(annual=money),), gross=money) for n, at, money in ((1, 2, 5_000_000), (2, 2, 6_000_000), (3, 3, 9_000_000))]
    laid = t3.lay(facts(units, people), TASK)
    assert at(laid, "合计", "5") == [Fraction(20_000_000, 3)]
    assert [one.outcome for one in audit([laid], clause)] == [Outcome.HOLDS]
    unknown = t3.lay(facts(units, [*people, engagement(4, unit=3, gross=5_000_000)]), TASK)
    assert [one.outcome for one in audit([unknown], clause)] == [Outcome.HOLDS], "not asked where a standard is not known"


def test_the_note_on_rounding_stands_only_where_something_does_not_add_up() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    whole = [engagement(n, unit=n, gross=54_000_00, standards=(standard(4500_00),)) for n in (2, 3)]
    third = [replace(one, end=date(2026, 4, 30)) for one in whole]  # twice a third of a year: 0.33 + 0.33, together 0.67
    said = [any("四舍五入" in note for note in t3.lay(facts(units, people), TASK).notes) for people in (whole, third)]
    assert said == [False, True]


def test_the_lists_sums_are_those_of_form_three() -> None:
    made = worked_county()
    listed, form = paylist.lay(made, TASK), t3.lay(made, TASK)
    assert at(listed, "合计", "14", "19", "23") == at(form, "合计", "9", "14", "17")
    short = paylist.lay(made, Task("年报"))
    assert at(short, "合计", "2", "3") == at(form, "合计", "9", "15")
    assert [column.label for column in short.columns] == ["序号", "姓名", "使用单位", "年工资标准", "应发工资", "单位缴费", "合计"]


def test_the_long_list_needs_its_ground() -> None:
    with pytest.raises(ValueError, match="个人信息处理条款"):
        paylist.lay(facts(), Task("年报", long_pay_list=True))


def test_the_list_for_the_public_shows_the_surname_only() -> None:
    who = person(1, "陈家明")
    sheet: Sheet = paylist.lay(facts(None, [engagement(1, who=who, gross=50_000_00)]), Task("年报", public=True))
    assert at(sheet, "1", "乙") == ["陈*"]
    assert "陈家明" not in str(sheet)
