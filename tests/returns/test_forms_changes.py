"""表14: months of coming, moving, changing type and leaving worked out by hand; months join to a year; for any history the formulas hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from office.tasks import MONTHLY, QUARTERLY, TEMPLATES, YEARLY_FORMS
from policy import example
from policy.facts import Engagement, Facts
from policy.finding import HARD
from returns.audit import Outcome, audit
from returns.form import finish
from returns.forms import changes, t3, t13
from returns.sheet import Sheet
from tests.policy.test_turnover import UNITS, histories
from tests.returns.laid import at
from tests.returns.linking import TASK
from tests.returns.moving import moved

FLOWS = ("1", "2", "3", "4", "5", "10")


def month(number: int) -> Sheet:
    return changes.lay(moved(f"2026-{number:02}"), TASK)


def names(sheet: Sheet, line: str, mark: str) -> str:
    return str(at(sheet, line, mark)[0] or "")


@pytest.mark.parametrize(
    ("number", "line", "figures"),
    [
        (4, "甲镇", [4, 0, 1, 0, 1, 4]),
        (4, "乙镇", [4, 0, 0, 1, 0, 3]),
        (5, "乙镇", [3, 1, 0, 0, 0, 4]),
        (7, "甲镇", [4, 0, 0, 0, 1, 3]),
        (7, "乙镇", [4, 1, 0, 0, 1, 4]),
        (9, "甲镇", [3, 0, 0, 1, 0, 2]),
        (9, "合计", [8, 0, 1, 1, 0, 8]),
        (12, "东岭县民政局", [1, 0, 0, 0, 1, 0]),
    ],
)
def test_months_worked_out_by_hand(number: int, line: str, figures: list[int]) -> None:
    """2 to 甲镇 on 1 April and back on 1 September; 4 left on 31 March; 5 came on 1 May; 3 left and 6 changed type at the end of June, 15 came on
    2 July; 9 left the bureau on 30 November: out from the first day after."""
    assert at(month(number), line, *FLOWS) == figures


def test_who_it_was_when_and_why_stands_beside() -> None:
    april, july, september = month(4), month(7), month(9)
    people = {engagement.id: engagement.person.name for engagement in moved().engagements}
    assert names(april, "甲镇", "15") == f"{people[2]}（4月1日，自乙镇）" and names(april, "乙镇", "16") == f"{people[2]}（3月31日，至甲镇）"
    assert names(april, "甲镇", "17") == f"{people[4]}（3月31日，合同期满不续（用人单位不续））"
    assert names(july, "乙镇", "14") == f"{people[15]}（7月2日）" and names(july, "乙镇", "17") == f"{people[3]}（6月30日，个人辞职）"
    assert names(july, "甲镇", "17") == f"{people[6]}（6月30日，用工形式变动）"
    assert names(september, "乙镇", "15") == f"{people[2]}（9月1日，自甲镇）"
    assert not names(july, "合计", "17")
    assert [cell.people for row in july.rows for cell in (july.cell(row, "2"),) if row.name == "乙镇"] == [(15,)]


def test_reasons_are_counted_and_the_year_so_far_runs_from_january() -> None:
    assert at(month(4), "甲镇", "5", "6", "7", "8", "9") == [1, 0, 1, 0, 0]
    assert at(month(7), "合计", "5", "6", "7", "8", "9") == [2, 1, 0, 0, 1]
    assert at(month(7), "合计", "11", "12", "13") == [3, 4, -1]
    assert at(month(1), "甲镇", "1", "5", "12") == [5, 1, 1], "who ended on 31 December is out on 1 January"


def test_twelve_months_are_the_year() -> None:
    year, before = t13.lay(moved(), TASK), None
    sums = [0, 0]
    for number in range(1, 13):
        sheet = month(number)
        sums = [one + two for one, two in zip(sums, at(sheet, "合计", "2", "5"), strict=True)]  # type: ignore[operator]
        assert at(sheet, "合计", "11", "12") == sums
        assert before is None or at(sheet, "合计", "1") == before
        before = at(sheet, "合计", "10")
    assert [*sums, *(before or [])] == at(year, "合计", "2", "5", "9")


def failing(facts: Facts) -> list[tuple[str, str]]:
    forms = [changes.lay(facts, TASK), t3.lay(facts, TASK), t13.lay(facts, TASK)]
    formulas = [one for one in changes.audits(facts.parameters) if one.level == HARD]
    return [(one.audit.id, one.line) for one in audit(forms, formulas) if one.outcome is not Outcome.HOLDS]


@pytest.mark.parametrize("number", range(1, 13))
def test_every_hard_formula_holds_in_every_month(number: int) -> None:
    assert not failing(moved(f"2026-{number:02}"))


@settings(max_examples=25, deadline=None)
@given(histories())
def test_and_for_any_history(history: tuple[Engagement, ...]) -> None:
    eve, last = date(2025, 12, 31), date(2026, 6, 30)
    known = tuple(one for one in history if (one.end is None or one.end > eve) and one.start <= last)
    made = example.facts(UNITS, known, period="2026Q2", as_of=last)
    assert not failing(replace(made, gone=tuple(one for one in history if one.end == eve)))


def test_the_stock_goes_on_from_the_month_before() -> None:
    formulas = [one for one in changes.audits(moved().parameters) if one.id == "14-S1"]
    after = audit([month(7)], formulas, [month(6)])
    assert {one.outcome for one in after} == {Outcome.HOLDS}
    skipped = {one.line for one in audit([month(7)], formulas, [month(4)]) if one.outcome is Outcome.FAILS}
    assert "乙镇" in skipped


def test_a_public_edition_names_nobody() -> None:
    facts = moved("2026-07")
    public = replace(TASK, public=True)
    sheet = finish(changes.lay(facts, public), facts, public)
    said = " ".join(str(cell.value) for row in sheet.rows for cell in row.cells) + " ".join(sheet.notes)
    assert not any(engagement.person.name in said for engagement in facts.engagements)
    assert "个人信息" not in said and at(sheet, "乙镇", "1", "10") == [4, 4]


def test_they_are_switched_on_by_tasks_of_their_own() -> None:
    assert TEMPLATES[MONTHLY].forms == ("封面", "表14") and TEMPLATES[QUARTERLY].forms == ("封面", "表15")
    assert not {"表14", "表15"} & set(YEARLY_FORMS)
