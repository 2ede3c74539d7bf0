"""Audit formulas of 表1–表3: they hold on what the program lays, and every one of them can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy.example import engagement, facts, parameters, unit
from policy.facts import BUREAU
from returns.annual import lay_all
from returns.audit import Audit, Outcome, Result, audit
from returns.forms import audits
from returns.formula import FormulaError, parse
from returns.sheet import Cell, Row, Scope, Sheet
from returns.task import Task
from tests.returns.laid import sheets

FORMULAS = audits(parameters())


def outcomes(results: tuple[Result, ...], outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.audit.id, one.line) for one in results if one.outcome is outcome]


def test_the_worked_county_breaks_nothing_hard() -> None:
    results = audit(sheets(), FORMULAS)
    failed = outcomes(results, Outcome.FAILS)
    towns = ("东岭县民政局", "石桥镇", "大塘镇", "东安镇", "河口镇")
    assert failed == [*(("2-S1", town) for town in towns), ("2-I1", "合计"), ("3-S1", "东岭县民政局"), ("3-S2", "东岭县民政局")]
    assert {id for id, _ in outcomes(results, Outcome.NO_DATA)} == {"1-S1c", "2-H5.4", "2-S2"}
    unchecked = {id for id, _ in outcomes(results, Outcome.NOT_CHECKED)}
    assert unchecked == {one.id for one in FORMULAS if one.form in ("表1", "表2", "表3") and ("上期" in one.text or "T5" in one.text)}


def test_ids_are_unique_and_every_text_is_in_the_notation() -> None:
    assert len({one.id for one in FORMULAS}) == len(FORMULAS)
    for one in FORMULAS:
        parse(one.text)


def mutated(sheet: Sheet, row: Row, index: int, value: int) -> Sheet:
    cells = (*row.cells[:index], Cell(value), *row.cells[index + 1 :])
    return replace(sheet, rows=tuple(replace(one, cells=cells) if one is row else one for one in sheet.rows))


@pytest.mark.parametrize(
    ("form", "line", "mark", "id"),
    [
        ("表1", "石桥镇", "4", "1-H1a"),
        ("表1", "合计", "12", "1-H4.12"),
        ("表2", "石桥镇", "1", "2-H1a"),
        ("表2", "东岭县民政局", "1", "2-H1b"),
        ("表2", "龙岗镇", "17", "2-H4a"),
        ("表2", "合计", "17", "2-H5.17"),
        ("表2", "合计", "17", "2-H6"),
        ("表3", "合计", "9", "3-H6.9"),
        ("表3", "龙岗镇", "14", "3-H1a"),
    ],
)
def test_a_changed_figure_is_found_where_it_was_changed(form: str, line: str, mark: str, id: str) -> None:
    laid = sheets()
    sheet = next(sheet for sheet in laid if sheet.key == form)
    row = next(row for row in sheet.rows if row.name == line)
    changed = mutated(sheet, row, sheet.column(mark), 999)
    results = audit([changed if one is sheet else one for one in laid], FORMULAS)
    assert (id, line) in outcomes(results, Outcome.FAILS)


def test_netting_shortfalls_is_found() -> None:
    laid = sheets()
    sheet = next(sheet for sheet in laid if sheet.key == "表2")
    netted = mutated(sheet, sheet.rows[0], sheet.column("17"), 5)
    assert {"2-H5.17", "2-H6"} <= {id for id, _ in outcomes(audit([netted], FORMULAS), Outcome.FAILS)}


def test_exempt_and_missing_are_never_a_pass() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇", exempt_reason="无业务"))
    laid = lay_all(facts(units, [engagement(1, unit=3)], {}), Task("年报"))
    results = audit(laid, FORMULAS)
    assert ("2-H4a", "甲镇") in outcomes(results, Outcome.NO_DATA)
    assert ("2-H4a", "乙镇") in outcomes(results, Outcome.NO_DATA)
    assert not [one for one in results if one.outcome is Outcome.FAILS and one.audit.level == "hard"]


def test_people_at_an_exempt_unit_do_not_break_the_identity_of_the_total() -> None:
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇", exempt_reason="无业务"))
    laid = lay_all(facts(units, [engagement(1, unit=3), engagement(2, unit=2)], {2: 10}), Task("年报"))
    results = audit(laid, FORMULAS)
    assert ("2-H6", "合计") in outcomes(results, Outcome.HOLDS)
    assert ("2-H5.3", "合计") in outcomes(results, Outcome.HOLDS)


def test_a_form_that_was_not_sent_is_not_checked() -> None:
    short = [sheet for sheet in sheets() if sheet.key == "表2"]
    unchecked = outcomes(audit(short, FORMULAS), Outcome.NOT_CHECKED)
    assert {id for id, _ in unchecked} == {"2-H1a", "2-H1b", "2-H7", "2-H8", "2-S4"}


def test_a_column_nobody_has_is_refused_with_a_sentence() -> None:
    with pytest.raises(FormulaError, match="没有第 99 栏"):
        audit(sheets(), [Audit("x", "表2", (Scope.TOTAL,), "99=1", "hard")])


def test_by_equivalents_the_formulas_name_column_sixteen() -> None:
    texts = {one.id: one.text for one in audits(parameters(settings={"staffing.count_method": "折算"}))}
    assert texts["2-H4a"] == "17=max(0.,3−16)"


def test_a_line_can_be_named_and_destitute_by_household_has_no_relation_in_persons() -> None:
    named = Audit("x", "表2", (Scope.TOTAL,), "T2[龙岗镇,5]=5.", "hard")
    assert [one.outcome for one in audit(sheets(), [named])] == [Outcome.HOLDS]
    assert "1-H3" not in {one.id for one in audits(parameters(settings={"caseload.destitute_by": "户"}))}
