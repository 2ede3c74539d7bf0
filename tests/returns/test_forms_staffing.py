"""表1 and 表2: the worked county, missing caseloads, exempt units, band edges, who stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from policy.example import engagement, facts, parameters, unit, worked_county
from policy.facts import BUREAU, VILLAGE, Approved, Caseload, Count, Facts
from returns.forms import t1, t2
from returns.sheet import NOT_APPLICABLE, Scope, Sheet
from returns.task import Task
from tests.returns.laid import at, text

TASK = Task("年报")


def staffed(**settings: object) -> Sheet:
    return t2.lay(worked_county(parameters=parameters(settings=settings) if settings else None), TASK)


def test_the_worked_county() -> None:
    sheet = staffed()
    assert sheet.rows[0].name == "合计"
    assert at(sheet, "合计", "1", "3", "5", "17", "18") == [5849, 58, 53, 6, 1]
    assert at(sheet, "东岭县民政局", "1", "3", "5", "7", "8", "11", "17", "19") == [5849, 6, 5, 2, 1, 2, 1, "否"]
    assert at(sheet, "龙岗镇", "3", "5", "17", "18", "19") == [4, 5, 0, 1, "是"]
    assert "达标单位 9/14" in sheet.footer[0]
    assert "配备率 89.66%" in sheet.footer[0]
    assert sheet.footer[1] == "缺口按单位分别计算，不得相互抵补；合计缺口=各单位缺口之和。边界口径：就高。"


def test_the_lower_reading_of_the_edges() -> None:
    sheet = staffed(**{"staffing.boundary_mode": "就低"})
    assert at(sheet, "合计", "3") == [54]
    assert at(sheet, "石桥镇", "3", "2") == [2, "300户以下"]
    assert "边界口径：就低" in sheet.footer[1]
    assert text(sheet, "石桥镇", "25") == "临界：恰为300户，按就低口径"


def test_an_edge_is_said_in_the_line_and_in_the_notes_with_the_answer_if_there_is_one() -> None:
    sheet = staffed(**{"staffing.edge_reply": "岭民复〔2026〕3号"})
    assert text(sheet, "石桥镇", "25") == "临界：恰为300户，按就高口径"
    assert text(sheet, "梅坑镇", "25") == ""
    assert any("原文未明确临界口径，本表按就高口径测算（答复文号：岭民复〔2026〕3号）" in note for note in sheet.notes)


def test_no_edge_no_note() -> None:
    made = t2.lay(facts(households={2: 299}), TASK)
    assert not any("原文未明确" in note for note in made.notes)


def test_a_figure_is_its_selection() -> None:
    sheet = staffed()
    for row in sheet.rows:
        for index, column in enumerate(sheet.columns):
            if column.mark in ("5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "20", "21"):
                assert row.cells[index].value == len(row.cells[index].people) == len(set(row.cells[index].people))
    total = sheet.rows[0]
    assert set(sheet.cell(total, "5").people) == set(range(1, 54))
    assert set(sheet.cell(total, "20").people) == {54, 55, 57, 58}
    assert sheet.cell(total, "21").people == (55,)


def missing() -> Facts:
    """Three towns: one reported, one never did, one is exempt; the bureau therefore has no total either."""
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"), unit(4, "丙管理区", exempt_reason="无社会救助业务"))
    people = [engagement(1, unit=2), engagement(2, unit=3), engagement(3, unit=4), engagement(4, unit=1)]
    return facts(units, people, {2: 300})


def test_a_missing_caseload_is_never_two_people() -> None:
    sheet = t2.lay(missing(), TASK)
    assert at(sheet, "乙镇", "1", "3", "5", "17", "18", "19") == [None, None, 1, None, None, None]
    assert "数据不足" in text(sheet, "乙镇", "25")
    assert at(sheet, "东岭县民政局", "1", "3", "17") == [None, None, None]
    assert at(sheet, "合计", "1", "3", "5", "17", "18") == [None, None, 4, None, None]
    assert "数据不足 2 个单位" in sheet.footer[0]
    assert "配备率 —" in sheet.footer[0]


def test_an_exempt_unit_prints_dashes_and_stays_out_of_the_sums() -> None:
    sheet = t2.lay(missing(), TASK)
    assert [text(sheet, "丙管理区", mark) for mark in ("1", "2", "3", "5", "17", "18", "19")] == ["—", "—", "—", "1", "—", "—", "—"]
    assert text(sheet, "丙管理区", "25") == "不适用：无社会救助业务"
    whole = replace(missing(), caseload={n: Caseload(n, date(2026, 12, 31), {"低保农": Count(300, 600)}) for n in (2, 3)})
    sheet = t2.lay(whole, TASK)
    assert at(sheet, "合计", "1", "3", "5", "17", "18") == [600, 10, 4, 7, 0]
    assert "达标单位 0/3" in sheet.footer[0]


def test_shortfalls_are_not_netted() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    people = [engagement(n, unit=2) for n in range(1, 6)] + [engagement(9, unit=1), engagement(10, unit=1)]
    sheet = t2.lay(facts(units, people, {2: 10, 3: 10}), TASK)
    assert at(sheet, "合计", "3", "5", "17", "18") == [6, 7, 2, 3]


def test_a_village_stands_in_its_town_and_counts_only_where_pooled_and_allowed() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "东门村", VILLAGE, parent=2))
    people = [engagement(1, unit=3, pooled=True), engagement(2, unit=3), engagement(3, unit=2, work_class="服务性")]
    base = facts(units, people, {2: 10})
    assert at(t2.lay(base, TASK), "甲镇", "5", "20", "21") == [0, 3, 2]
    allowed = facts(units, people, {2: 10}, settings={"staffing.village_counts": True})
    sheet = t2.lay(allowed, TASK)
    assert at(sheet, "甲镇", "5", "20", "21") == [1, 2, 1]
    assert text(sheet, "甲镇", "25") == "含乡镇统筹使用的村（社区）人员1人"


def test_by_equivalents_the_shortfall_has_decimals_and_its_formula_says_so() -> None:
    people = [engagement(1, unit=2, share=6000), engagement(2, unit=1), engagement(3, unit=1)]
    sheet = t2.lay(facts(None, people, {2: 10}, settings={"staffing.count_method": "折算"}), TASK)
    assert at(sheet, "乡镇2", "5", "16", "17", "19") == [1, Fraction(3, 5), Fraction(7, 5), "否"]
    assert text(sheet, "合计", "17") == "1.40"
    assert sheet.columns[sheet.column("17")].formula == "max(0.,3−16)"


def test_types_fall_into_their_columns() -> None:
    kinds = {"行政编制": "7", "事业编制": "8", "政府购买服务": "10", "劳务派遣": "11", "直接聘用": "13", "双百社工": "14"}
    people = [engagement(n, kind, 2) for n, kind in enumerate(kinds, 1)]
    sheet = t2.lay(facts(None, people, {2: 10}), TASK)
    assert [at(sheet, "乡镇2", mark)[0] for mark in kinds.values()] == [1] * 6
    assert at(sheet, "乡镇2", "5", "6", "9", "12", "15") == [6, 2, 2, 2, 0]


def test_approved_heads_carry_their_document() -> None:
    base = facts(households={2: 10})
    sheet = t2.lay(replace(base, approved={2: Approved(2, date(2026, 1, 1), 3, "东府办〔2026〕1号")}), TASK)
    assert at(sheet, "乡镇2", "4", "23") == [3, "东府办〔2026〕1号"]
    assert at(sheet, "合计", "4") == [None]


def test_what_the_clerk_filled_in_by_hand_stands_in_its_cell() -> None:
    sheet = t2.lay(facts(households={2: 10}), replace(TASK, typed={("表2", "乡镇2", "24"): "2027年6月"}))
    assert at(sheet, "乡镇2", "24", "22") == ["2027年6月", None]
    assert at(sheet, "东岭县民政局", "24") == [None]


def test_total_last_and_a4_only_as_the_task_says() -> None:
    sheet = t2.lay(worked_county(), replace(TASK, total_first=False, a4_only=True))
    assert (sheet.rows[-1].scope, sheet.paper) == (Scope.TOTAL, "A4")
    assert at(sheet, "合计", "17") == [6]


def test_head_fields_print_only_where_set() -> None:
    task = replace(TASK, form_numbers={"表2": "岭民统2表"}, valid_until="2027年6月")
    assert t2.lay(worked_county(), task).corner == ("表2", "表号：岭民统2表", "有效期：2027年6月")
    assert t2.lay(worked_county(), TASK).corner == ("表2",)


# 表1


def reported(*counts: dict[str, Count]) -> Facts:
    units = (unit(1, type=BUREAU), *(unit(n + 2, f"{n + 1}镇") for n in range(len(counts))))
    caseload = {n + 2: Caseload(n + 2, date(2026, 12, 31), given, "民政统计月报") for n, given in enumerate(counts)}
    return replace(facts(units), caseload=caseload)


def test_categories_fall_into_their_columns_and_add_up() -> None:
    given = {
        "低保城": Count(10, 21), "低保农": Count(30, 70), "特困城": Count(2, 2), "特困农": Count(5, 6), "特困集中": Count(None, 3),
        "边缘": Count(8, 20), "支出型": Count(4, 9), "临时救助": Count(17, 40), "其他": Count(1, 1),
    }  # fmt: skip
    sheet = t1.lay(reported(given, {"低保农": Count(100, 210)}), TASK)
    columns = [str(n) for n in range(1, 16)]
    assert at(sheet, "1镇", *columns) == [48, 40, 10, 30, 91, 21, 70, 8, 2, 6, 3, 8, 4, 17, 1]
    assert at(sheet, "合计", "1", "2", "5", "8") == [148, 140, 301, 8]
    assert at(sheet, t1.OWN, "1", "2") == [0, 0]


def test_an_absent_category_is_nought_an_absent_unit_and_an_absent_figure_are_not() -> None:
    base = reported({"低保城": Count(10, None)}, {})
    base = replace(base, caseload={2: base.caseload[2]})
    sheet = t1.lay(base, TASK)
    assert at(sheet, "1镇", "3", "4", "5", "6", "7") == [10, 0, None, None, 0]
    assert at(sheet, "2镇", "1", "2", "15") == [None, None, None]
    assert "数据不足" in text(sheet, "2镇", "17")
    assert at(sheet, "合计", "1", "3", "4", "6") == [None, None, None, None]


def test_a_bare_total_leaves_the_categories_blank() -> None:
    sheet = t1.lay(reported({"未分类": Count(120, None)}), TASK)
    assert at(sheet, "1镇", "1", "2", "3") == [120, None, None]
    assert "未分类" in text(sheet, "1镇", "17")


def test_the_countys_own_cases_belong_to_no_town_but_to_the_bureau() -> None:
    base = reported({"低保农": Count(100, 200)})
    base = replace(
        base, caseload={**base.caseload, 1: Caseload(1, date(2026, 12, 31), {"特困城": Count(40, 40), "特困集中": Count(0, 40)})}
    )
    assert at(t1.lay(base, TASK), t1.OWN, "1", "9", "11") == [40, 40, 40]
    assert at(t2.lay(base, TASK), "东岭县民政局", "1") == at(t1.lay(base, TASK), "合计", "1") == [140]


def test_an_older_date_is_named_and_an_exempt_town_is_a_dash() -> None:
    base = missing()
    older = Caseload(2, date(2026, 9, 30), {"低保农": Count(300, 600)})
    sheet = t1.lay(replace(base, caseload={2: older, 3: replace(older, unit=3)}), TASK)
    assert text(sheet, "甲镇", "17") == "户数日期2026-09-30"
    assert [text(sheet, "丙管理区", mark) for mark in ("1", "2", "15", "17")] == ["—", "—", "—", "不适用：无社会救助业务"]
    assert at(sheet, "丙管理区", "1") == [NOT_APPLICABLE]
    assert at(sheet, "合计", "1", "2") == [600, 600]


@pytest.mark.parametrize(
    ("weights", "written"),
    [({}, "3+4+9+10"), ({"边缘": [1, 2]}, "3+4+9+10+1./2.×12"), ({"低保农": [0, 1]}, "3+9+10")],
)
def test_the_weights_in_force_are_printed(weights: dict[str, list[int]], written: str) -> None:
    made = parameters(settings={f"caseload.weights.{name}": weight for name, weight in weights.items()})
    assert t1.weighted(made) == written
