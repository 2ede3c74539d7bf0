"""The form's notation: columns and constants told apart, exact values, — and blanks that spread, and limits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.formula import DEEPEST, LONGEST, AbsentFormError, Check, FormulaError, View, check, columns_in, parse, total, value
from returns.sheet import NOT_APPLICABLE, Value


def line(**figures: Value) -> View:
    """A line whose columns are c1=…, c2=…, without other forms or lines."""
    columns = {name.removeprefix("c"): figure for name, figure in figures.items()}

    def nowhere(form: str, row: str, mark: str) -> Value:
        raise AbsentFormError(form)

    return View(columns.__getitem__, nowhere, tuple)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("6+9+12", 15),
        ("max(0.,6−9)", 0),
        ("max(0.,9−6)", 1),
        ("min(6,9,12)", 2),
        ("6", 6),
        ("6.", 6),
        ("9×2.5", Fraction(35, 2)),
        ("9/6", Fraction(7, 6)),
        ("9÷6", Fraction(7, 6)),
        ("(6−9)×12", -2),
        ("6−9−12", -3),
        ("6/9/12", Fraction(3, 7)),
        ("6+9×12", 20),
        ("−6+9", 1),
        ("|6−9|", 1),
        ("||6|−|9||", 1),
        ("20%", Fraction(1, 5)),
        ("12月", 12),
        ("300户", 300),
        ("2.5人", Fraction(5, 2)),
        ("5万元", 5_000_000),
        ("整分(9×2.5)", 18),
        ("整分(9/12/9)", 1),
        ("整分(9/12/9−0.1)", 0),
        ("50000元", 5_000_000),
        ("0.01元", 1),
    ],
)
def test_a_bare_integer_is_a_column_and_constants_carry_a_unit_or_a_point(text: str, result: Value) -> None:
    assert value(text, line(c6=6, c9=7, c12=2)) == result


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("5=6+9", True),
        ("5≠6+9", False),
        ("6≤9≤5", True),
        ("9≤6≤5", False),
        ("6<9", True),
        ("6>9", False),
        ("9≥7.", True),
        ("19=是⇔6=6.", True),
        ("19=否⇔6=6.", False),
        ("19=否⇔6=7.", True),
        ("6>100.⇒9=0.", True),
        ("6>0.⇒9=0.", False),
        ("6>0.⇒9=7.", True),
        ("20=6", None),
        ("21=6", None),
        ("6≤20≤5", None),
        ("9≤20≤6", None),
        ("9≤6≤20", False),
        ("20=20", None),
        ("20>0.⇒6=6.", None),
        ("6=7.⇒20=1.", True),
        ("20=1.⇔6=6.", None),
    ],
)
def test_claims_are_true_false_or_without_data(text: str, holds: bool | None) -> None:
    assert check(text, line(c5=13, c6=6, c9=7, c19="是", c20=None, c21=NOT_APPLICABLE)).holds is holds


def test_a_check_shows_the_pair_that_decided() -> None:
    assert check("6≤5≤7", line(c5=9, c6=6, c7=8)) == Check(False, 9, "≤", 8)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("6+20", None),
        ("6+21", NOT_APPLICABLE),
        ("20+21", None),
        ("max(6,21)", NOT_APPLICABLE),
        ("max(6,20)", None),
        ("6/0.", NOT_APPLICABLE),
        ("0./0.", NOT_APPLICABLE),
        ("|21|", NOT_APPLICABLE),
        ("−20", None),
    ],
)
def test_blank_and_dash_spread_and_division_by_zero_is_a_dash(text: str, result: Value) -> None:
    assert value(text, line(c6=6, c20=None, c21=NOT_APPLICABLE)) is result


def test_a_sum_skips_dashes_and_is_spoilt_by_one_blank() -> None:
    assert total([1, NOT_APPLICABLE, 2]) == 3
    assert total([1, None, 2]) is None
    assert total([NOT_APPLICABLE, NOT_APPLICABLE]) is NOT_APPLICABLE
    assert total([]) == 0


def test_a_sum_runs_over_the_lines_of_the_body() -> None:
    body = [line(c3=4, c5=3), line(c3=NOT_APPLICABLE, c5=1), line(c3=2, c5=4)]
    whole = View({"17": 0}.__getitem__, lambda form, row, mark: None, lambda: body)
    assert value("Σ5", whole) == 8
    assert value("Σ(3−5)", whole) == -1
    assert (value("最小(5)", whole), value("最大(5)", whole)) == (1, 4)
    assert (value("最小(3)", whole), value("最大(3)", whole)) == (2, 4), "a line that is — adds nothing"
    unknown = View({}.__getitem__, lambda form, row, mark: None, lambda: [*body, line(c3=None, c5=NOT_APPLICABLE)])
    assert value("最小(3)", unknown) is None and value("最大(5)", unknown) == 4
    dashes = View({}.__getitem__, lambda form, row, mark: None, lambda: [line(c3=NOT_APPLICABLE)])
    assert value("最小(3)", dashes) is NOT_APPLICABLE
    assert value("Σmax(0.,3−5)", whole) == 1


def test_references_name_a_form_a_line_and_a_column() -> None:
    asked: list[tuple[str, str, str]] = []

    def refer(form: str, row: str, mark: str) -> Value:
        asked.append((form, row, mark))
        return 1

    view = View({}.__getitem__, refer, tuple)
    assert value("T1[合计,1]+T12[u,4]+合计[6]+附表2[合计,14]+T2[城关街道,3]", view) == 5
    assert asked == [("表1", "合计", "1"), ("表12", "u", "4"), ("", "合计", "6"), ("附表2", "合计", "14"), ("表2", "城关街道", "3")]


def test_the_columns_of_a_formula_are_its_own_lines_only() -> None:
    assert columns_in("max(0.,3−5)+T1[u,9]+3+20%") == ("3", "5")


@pytest.mark.parametrize(
    "text", ["", "5=", "5=6+(", "abc", "5 6", "=5", "max()", "T1[合计]", "T1[合计,一]", "5=6=", "20％", "__import__('os')", "5;6"]
)
def test_what_is_not_in_the_notation_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FormulaError, match="读不懂"):
        parse(text)


@pytest.mark.parametrize("text", ["5=6", "6⇒5"])
def test_a_comparison_is_no_number(text: str) -> None:
    with pytest.raises(FormulaError):
        value(text, line(c5=1, c6=1))


@pytest.mark.parametrize(("text", "why"), [("5+6", "没有比较符号"), ("19+5=6", "文字当数"), ("19≤5", "不能比大小")])
def test_claims_that_make_no_sense_are_refused(text: str, why: str) -> None:
    with pytest.raises(FormulaError, match=why):
        check(text, line(c5=1, c6=1, c19="是"))


def test_length_and_depth_are_capped() -> None:
    parse("1" * LONGEST)
    with pytest.raises(FormulaError, match="超过"):
        parse("1" * (LONGEST + 1))
    with pytest.raises(FormulaError, match="层"):
        parse("−" * DEEPEST + "1")
    with pytest.raises(FormulaError, match="层"):
        parse("Σ(" * DEEPEST + "1" + ")" * DEEPEST)


@given(st.text(alphabet="0123456789+−×/()=≤<>⇒⇔Σ|[],.%TuMaxmin是否合计表附元万", max_size=40))
def test_any_text_is_read_or_refused_never_anything_else(text: str) -> None:
    view = View(lambda mark: len(mark) % 7, lambda form, row, mark: 3, lambda: [line(c1=1)])
    for ask in (value, check):
        try:
            ask(text, view)
        except (FormulaError, KeyError):  # KeyError: the one line of the body has no such column
            continue


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_arithmetic_is_exact(a: int, b: int, c: int) -> None:
    assert value("(1+2)/3", line(c1=a, c2=b, c3=c)) == Fraction(a + b, c)
    assert check("1/3+2/3=(1+2)/3", line(c1=a, c2=b, c3=c)).holds
