"""Acts behind the sheets of the management year: appraisals and performance pay of many, first placings, lines of units, the picture of 工作台."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import rows
from office.appraisals import not_renewing, set_results
from office.check import check
from office.demo import AS_OF
from office.demo_labour import INCOMPETENT
from office.evaluations import lacking, open_evaluations
from office.overview import overview
from office.pay_scales import place
from office.performance import adjust
from office.unit_sheets import add_problem, fill
from tests.db.records import everything


def test_a_years_results_are_one_act_and_a_wrong_one_leaves_all(demo_book: Book) -> None:
    before = demo_book.read(everything)
    with pytest.raises(Refused, match="有得分或说明，没有考核等次"):
        set_results(demo_book, 2026, {4: {"grade": "优秀"}, 7: {"score": 9000}})
    assert demo_book.read(everything) == before
    assert set_results(demo_book, 2026, {4: {"grade": "优秀", "score": 0}, 7: {"grade": "称职"}}) is not None
    assert [(one["person"], one["score"]) for one in demo_book.read(rows, "appraisal", year=2026)] == [(4, 0), (7, None)]
    assert set_results(demo_book, 2026, {4: {"grade": "优秀"}}) is None
    demo_book.undo()
    assert demo_book.read(rows, "appraisal", year=2026) == []


def test_not_renewing_somebody_is_costed_from_the_contract_and_the_wages_known(demo_book: Book) -> None:
    found = demo_book.read(not_renewing, INCOMPETENT, AS_OF)
    assert found.end == date(2027, 2, 15) and found.settlement is not None and found.settlement.amount == 2_925_000
    assert "到期时再核定" in found.words
    later = demo_book.read(not_renewing, INCOMPETENT, date(2027, 2, 15))
    assert "到期时再核定" not in later.words
    assert demo_book.read(not_renewing, 1, AS_OF).contract is None  # 编制内: no labour contract


def test_performance_pay_of_many_is_changed_together_or_not_at_all(demo_book: Book) -> None:
    held = demo_book.read(rows, "pay_standard")
    *parted, only_annual = sorted({one["engagement"] for one in held})[:3]
    whole = [one for one in held if one["engagement"] == only_annual]
    blank = {"monthly_fixed": None, "performance": None, "year_end": None, "annual": 5_500_000}
    demo_book.act("只有年标准", [Change("pay_standard", (one["id"],), {name: one[name] for name in blank}, blank) for one in whole])
    before = demo_book.read(everything)
    with pytest.raises(Refused, match="没有分出月固定工资"):
        adjust(demo_book, {parted[0]: 70_000, only_annual: 70_000}, date(2027, 1, 1))
    with pytest.raises(Refused, match="没有用工关系"):
        adjust(demo_book, {parted[0]: 70_000}, date(1999, 1, 1))
    assert demo_book.read(everything) == before
    adjust(demo_book, dict.fromkeys(parted, 70_000), date(2027, 1, 1))
    made = demo_book.read(rows, "pay_standard", since=date(2027, 1, 1))
    assert {(one["engagement"], one["performance"]) for one in made} == {(one, 70_000) for one in parted}
    with pytest.raises(Refused, match="已有从 2027-01-01 起的工资标准"):
        adjust(demo_book, {parted[0]: 80_000}, date(2027, 1, 1))
    with pytest.raises(Refused, match="没有要调整的"):
        adjust(demo_book, {parted[0]: 70_000}, date(2027, 2, 1))


def test_a_first_placing_happens_once(demo_book: Book) -> None:
    placed = {one["person"] for one in demo_book.read(rows, "grade_change")}
    new = next(one["person"] for one in demo_book.read(rows, "engagement") if one["person"] not in placed and one["start"] < date(2026, 1, 1))
    with pytest.raises(Refused, match="已经定过级"):
        place(demo_book, [new, next(iter(placed))], 1, date(2026, 1, 1))
    with pytest.raises(Refused, match="没有用工关系"):
        place(demo_book, [new], 1, date(1999, 1, 1))
    place(demo_book, [new], 1, date(2026, 1, 1))
    assert demo_book.read(rows, "grade_change", person=new)[0]["reason"] == "首次定级"


def test_a_units_line_that_problems_hang_on_is_emptied_but_stays(demo_book: Book) -> None:
    on = {"as_of": date(2026, 3, 12)}
    blank = dict.fromkeys(("has_window", "name", "windows", "staff", "computers", "printers", "area", "rules_posted"))
    fill(demo_book, "survey_window", on, {2: blank, 9: blank})
    left = {one["unit"]: one for one in demo_book.read(rows, "survey_window", **on)}
    assert 2 not in left and left[9]["computers"] is None and len(demo_book.read(rows, "problem", survey=9)) == 1
    assert fill(demo_book, "survey_window", on, {2: blank}) is None
    with pytest.raises(Refused, match="摸查还没有填"):
        add_problem(demo_book, 2, date(2026, 3, 12), {"what": "没有填"})


def test_blank_evaluations_are_opened_for_every_contract_that_lacks_one(demo_book: Book) -> None:
    demo_book.act("清空", [Change("evaluation", (one["id"],), one, None) for one in demo_book.read(rows, "evaluation")])
    wanted = demo_book.read(lacking, 2026, AS_OF)
    assert len(wanted) >= 2 and open_evaluations(demo_book, 2026, AS_OF) == len(wanted)
    assert {one["contract"] for one in demo_book.read(rows, "evaluation", year=2026)} == {number for number, _ in wanted}
    with pytest.raises(Refused, match="都已有评价"):
        open_evaluations(demo_book, 2026, AS_OF)


def test_the_picture_adds_up_with_the_lists_behind_it(demo_book: Book) -> None:
    done = check(demo_book, AS_OF)
    seen = demo_book.read(overview, done)
    assert sum(seen.units.values()) == len(seen.lines) == 14 and seen.units["达标"] == seen.total.met_units
    assert seen.standards["低于最低标准"] == sum(one.rule == "F1" for one in done.findings)
    assert [(one.table, one.late(AS_OF)) for one in seen.soon(AS_OF, 30)] == [("problem", True), ("incoming_doc", False)]
    assert seen.soon(AS_OF, 19) == seen.soon(AS_OF, 0) and len(seen.soon(AS_OF, 19)) == 1  # the 来文 is due on the twentieth day
    assert seen.fund.due == 210_000_000 and not seen.confirmed and seen.missing == 0
