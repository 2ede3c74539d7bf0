"""附表3: the worked county bought whole at 63,700 元 a head, what pays for it, what stays blank, and where the figures come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from policy import example
from policy.contract_facts import WORK_FUND
from policy.estimate_facts import AS_NOW, Departure, Scenario
from policy.facts import Facts
from policy.fund_facts import DibaoSpend
from policy.parameters import LOW
from returns.audit import Outcome, audit
from returns.forms import estimate as form
from returns.sheet import NOT_APPLICABLE, Scope, Sheet
from returns.task import Task
from returns.workbook import write
from tests.returns.laid import at, printed, text

OWN = "本级预算其他安排"
BOUGHT = Scenario(
    "2027年预算测算A", 2027, wage=5_000_000, rate=2500, fee=10_000, supply={WORK_FUND: 132_700_000, OWN: 36_760_000}, sources={"wage": "县府办〔2026〕9号"}
)  # fmt: skip


@pytest.fixture
def county() -> Facts:
    """Nobody there yet: every post is bought."""
    return replace(example.worked_county(), engagements=())


def lay(facts: Facts, scenario: Scenario | None = BOUGHT, task: Task | None = None) -> Sheet:
    return form.lay(replace(facts, scenario=scenario), task or Task("年报"))


def failing(sheet: Sheet, facts: Facts) -> list[str]:
    return [one.audit.id for one in audit([sheet], form.audits(facts.parameters)) if one.outcome is Outcome.FAILS]


def test_58_posts_for_369_46_wan_and_200_missing(county: Facts) -> None:
    sheet = lay(county)
    assert at(sheet, "合计", "1", "2", "3", "4", "5", "13") == [5849, 58, 0, 58, 58, 369_460_000]
    assert [text(sheet, "合计", mark) for mark in ("6", "7", "8", "9", "13")] == ["290.00", "72.50", "6.96", "0.00", "369.46"]
    assert at(sheet, sheet.rows[1].name, "1", "2", "13") == [5849, 6, 6 * 6_370_000]
    assert text(sheet, "资金来源合计", "13") == "169.46" and text(sheet, f"　{WORK_FUND}", "13") == "132.70"
    assert text(sheet, "资金缺口", "13") == "200.00"
    assert text(sheet, "保障率", "13") == "45.87%" and text(sheet, f"　{WORK_FUND}保障率", "13") == "35.92%"
    assert at(sheet, "户均成本（元/户·年）", "13") == [Fraction(369_460_000, 5849)]
    assert failing(sheet, county) == []
    assert {one.outcome for one in audit([sheet], form.audits(county.parameters))} == {Outcome.HOLDS}


def test_units_add_up_and_a_changed_figure_is_found(county: Facts) -> None:
    sheet = lay(county, replace(BOUGHT, departures=(Departure(1, Fraction(7, 2), 416_667),), reserve=300))
    lines = [row for row in sheet.rows if row.scope in (Scope.BUREAU, Scope.TOWN, Scope.OTHER)]
    assert [row.name for row in lines][-1] == "县级统一列支"
    assert sum(int(sheet.cell(row, "13").value) for row in lines) == at(sheet, "合计", "13")[0]  # type: ignore[arg-type]
    assert "经济补偿 1.46 万元" in "".join(sheet.footer)
    assert failing(sheet, county) == []
    place = sheet.rows.index(next(row for row in sheet.rows if row.name == "资金缺口"))
    gap = sheet.rows[place]
    wrong = replace(gap, cells=(*gap.cells[:-1], replace(gap.cells[-1], value=1)))
    assert failing(replace(sheet, rows=(*sheet.rows[:place], wrong, *sheet.rows[place + 1 :])), county) == ["附3-H4"]


def test_what_is_not_known_stays_blank(county: Facts) -> None:
    unfunded = lay(county, replace(BOUGHT, supply={}))
    assert at(unfunded, "合计", "13") == [369_460_000]
    assert [at(unfunded, line, "13") for line in ("资金来源合计", "资金缺口", "保障率")] == [[None]] * 3
    assert "没有登记2026年低保资金支出" in "".join(unfunded.notes)
    town = next(unit for unit in county.units if unit.type == "乡镇")
    partly = lay(replace(county, caseload={unit: one for unit, one in county.caseload.items() if unit != town.id}))
    assert at(partly, town.name, "1", "2", "4", "13") == [None] * 4
    assert at(partly, "合计", "1", "2", "13") == [None] * 3 and at(partly, "资金缺口", "13") == [None]
    assert f"{town.name}" in "".join(partly.notes) and "数据不足" in "".join(partly.notes)
    assert failing(partly, county) == failing(unfunded, county) == []
    assert [any("变动影响" in line for line in form.footer) for form in (unfunded, partly)] == [True, False], "no change of a need nobody knows"


def test_it_says_what_it_rests_on(county: Facts) -> None:
    said = printed(lay(county))
    for words in ("测算方案：2027年预算测算A", "县府办〔2026〕9号", "就高口径", "每人全年成本 63,700.00 元", "每增加 1 人（全年），增加 6.37 万元", "2027年（按"):
        assert words in said
    assert "没有录入单位缴费比例" not in said and "没有指定" not in said
    low = printed(lay(county, replace(BOUGHT, boundary_mode=LOW, rate=None)))
    assert "就低口径" in low and "没有录入单位缴费比例" in low and "\n合计│5,849│54│" in low
    assert "口径）" not in printed(lay(county, replace(BOUGHT, heads_by=AS_NOW))).split("测算方案")[1].split("；")[0]


def test_no_scenario_chosen_is_said_and_the_least_is_taken(county: Facts) -> None:
    sheet = lay(county, None)
    assert "台账没有指定填报本表的测算方案" in sheet.notes[0] and "最低达标" in sheet.notes[0]
    assert at(sheet, "合计", "2", "6") == [58, 290_000_000]


def test_source_a_by_3_per_cent_is_marked(county: Facts) -> None:
    rich = replace(county, dibao_spend=(DibaoSpend(2026, "县", "农", "低保金", "执行", 4_421_800_000),))
    sheet = lay(rich, replace(BOUGHT, supply={}))
    assert text(sheet, f"　{WORK_FUND}（预计）", "13") == "132.65"
    assert "按2026年低保资金支出的3%预计" in "".join(sheet.notes)


def test_nobody_needed_is_no_share_of_nothing(county: Facts) -> None:
    idle = lay(county, replace(BOUGHT, heads_by=AS_NOW))
    assert at(idle, "合计", "2", "13") == [0, 0] and at(idle, "保障率", "13") == [NOT_APPLICABLE]


def test_it_goes_into_a_workbook(county: Facts, tmp_path: Path) -> None:
    assert write([lay(county)], tmp_path / "附表3.xlsx", date(2026, 12, 31)).exists()
