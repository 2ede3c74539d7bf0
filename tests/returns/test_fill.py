"""编制: what may be set by hand, how a figure is read, and what follows from it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.example import engagement, facts, unit
from policy.facts import BUREAU, Count
from policy.kinds import Unreadable
from returns.annual import lay_all
from returns.audit import Outcome, audit
from returns.checks import CHECKS
from returns.fill import Entry, Source, fill, line_keys, read_value, refusal
from returns.forms import audits
from returns.points import clause, note_refusal, run
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.task import Task
from tests.returns import money
from tests.returns.laid import TASK, sheets


def sheet(key: str) -> Sheet:
    return next(one for one in sheets() if one.key == key)


def key(form: Sheet, name: str) -> str:
    return next(one for one, row in zip(line_keys(form), form.rows, strict=True) if row.name == name)


def value(form: Sheet, name: str, mark: str) -> Value:
    return form.cell(next(row for row in form.rows if row.name == name), mark).value


def test_without_entries_nothing_is_touched() -> None:
    laid = sheets()
    assert fill(laid, (), TASK).sheets == laid


@pytest.mark.parametrize("form", ["表1", "表2", "表3", "表4"])
def test_setting_a_figure_to_what_it_is_changes_no_cell(form: str) -> None:
    laid = MONEY if form == "表4" else sheet(form)
    same = [
        Entry(form, line, column.mark, row.cells[index].value)
        for line, row in zip(line_keys(laid), laid.rows, strict=True)
        for index, column in enumerate(laid.columns)
        if not refusal(laid, row, column.mark)
    ]
    assert len(same) > 20
    filled = fill([laid], same, TASK).sheets[0]
    for before, after in zip(laid.rows, filled.rows, strict=True):
        assert [cell.value for cell in before.cells] == [cell.value for cell in after.cells]


def test_lines_are_called_by_unit_and_person_not_by_their_place() -> None:
    for form in sheets():
        assert len(set(line_keys(form))) == len(form.rows)
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    renamed = (unit(1, type=BUREAU), unit(3, "乙镇"), unit(2, "丙街道"))
    first, second = (lay_all(facts(of, [engagement(1, unit=2)], {2: 1, 3: 2}), Task("年报"))[2] for of in (units, renamed))
    assert dict(zip(line_keys(first), first.rows, strict=True))["乡镇2"].name == "甲镇"
    assert dict(zip(line_keys(second), second.rows, strict=True))["乡镇2"].name == "丙街道"
    people = sheet("附表1")
    assert line_keys(people)[0] == "人1@1"


def test_what_follows_is_worked_out_anew_and_the_total_stays_the_sum() -> None:
    laid = sheet("表2")
    filled = fill([laid], [Entry("表2", key(laid, "石桥镇"), "11", 5, 2, "因为")], TASK)
    now = filled.sheets[0]
    for mark in ("11", "9", "5"):
        assert value(now, "石桥镇", mark) == value(laid, "石桥镇", mark) + 3  # type: ignore[operator]
        assert value(now, "合计", mark) == value(laid, "合计", mark) + 3  # type: ignore[operator]
    assert (value(laid, "石桥镇", "17"), value(now, "石桥镇", "17"), value(now, "石桥镇", "18")) == (1, 0, 2)
    assert filled.computed == {("表2", key(laid, "石桥镇"), "11"): 2}
    formulas = [one for one in audits(example.parameters()) if one.id in ("2-H3a", "2-H3c", "2-H4a", "2-H5.5", "2-H5.17", "2-H6")]
    assert {one.outcome for one in audit([now], formulas)} == {Outcome.HOLDS}


def upright(name: str, mark: str = "本年") -> Value:
    return value(MONEY, name, mark)


MONEY = next(one for one in money.sheets() if one.key == "表4")


def test_what_follows_on_an_upright_form_is_worked_out_anew_in_its_year_and_across() -> None:
    towns = key(MONEY, "其中：城市")
    now = fill([MONEY], [Entry("表4", towns, "本年", 1_200_000_00, 1_000_000_00, "因为")], TASK).sheets[0]
    assert upright("上年低保资金支出合计") == 5_000_000_33
    more = 200_000_00
    assert value(now, "上年低保资金支出合计", "本年") == value(now, "测算基数", "本年") == 5_000_000_33 + more
    assert value(now, "应安排工作经费", "本年") == 156_000_01  # 3 % of 5,200,000.33, half up to 分
    assert value(now, "安排率", "本年") == Fraction(155_000_00, 156_000_01)
    assert value(now, "差额（预算安排−应安排）", "本年") == 155_000_00 - 156_000_01
    assert value(now, "应安排工作经费", "增减") == Fraction(156_000_01 - 120_000_00, 120_000_00)
    for name in ("上年低保资金支出合计", "应安排工作经费", "安排率"):
        assert value(now, name, "上年") == upright(name, "上年")  # the other year is untouched
    assert value(now, "安排率", "增减") is NOT_APPLICABLE
    formulas = [one for one in audits(example.parameters()) if one.id in ("4-H1a", "4-H2a", "4-H2b", "4-H3b", "4-H3c", "4-H3d")]
    assert {one.outcome for one in audit([now], formulas)} == {Outcome.HOLDS}


def test_a_year_before_set_by_hand_moves_its_own_column_and_the_change() -> None:
    entry = Entry("表4", key(MONEY, "实际支出"), "上年", 50_000_00, 100_000_00, "因为")
    now = fill([MONEY], [entry], TASK).sheets[0]
    assert value(now, "年末结余", "上年") == 71_000_00 and value(now, "年末结余", "本年") == upright("年末结余")
    assert value(now, "实际支出", "增减") == Fraction(139_900_00 - 50_000_00, 50_000_00)


def test_a_blank_on_an_upright_form_leaves_what_follows_unknown() -> None:
    now = fill([MONEY], [Entry("表4", key(MONEY, "上级下达"), "上年", None, 0, "因为"), Entry("表4", key(MONEY, "农村"), "本年", None, 1, "因为")], TASK).sheets[0]
    assert [value(now, "应安排工作经费", mark) for mark in ("本年", "上年", "增减")] == [None, upright("应安排工作经费", "上年"), None]
    assert value(now, "本年预算安排工作经费", "上年") == upright("本年预算安排工作经费", "上年")  # 14 follows from 23 and 24: what is set there has no say


@pytest.mark.parametrize(("name", "mark", "said"), [("安排率", "本年", "16=12/11"), ("应安排工作经费", "上年", "11=整分"), ("实际支出", "增减", "增减=(本年−上年)/上年")])
def test_what_follows_on_an_upright_form_is_not_typed(name: str, mark: str, said: str) -> None:
    row = next(row for row in MONEY.rows if row.name == name)
    assert said in refusal(MONEY, row, mark)
    assert not refusal(MONEY, next(row for row in MONEY.rows if row.name == "实际支出"), "本年")


def test_a_blank_entered_for_a_figure_leaves_the_sum_unknown() -> None:
    laid = sheet("表2")
    now = fill([laid], [Entry("表2", key(laid, "石桥镇"), "11", None, 2, "因为")], TASK).sheets[0]
    assert (value(now, "石桥镇", "5"), value(now, "合计", "5")) == (None, None)


def test_entries_of_lines_that_are_gone_are_named_and_not_lost_in_silence() -> None:
    laid = sheet("表2")
    gone = Entry("表2", "乡镇99", "22", 7)
    filled = fill([laid], [gone, Entry("表2", key(laid, "石桥镇"), "22", 7)], TASK)
    assert filled.lost == (gone,)
    assert value(filled.sheets[0], "石桥镇", "22") == 7
    assert filled.source(laid, key(laid, "石桥镇"), "22") is Source.TYPED
    assert filled.source(laid, key(laid, "石桥镇"), "3") is Source.COMPUTED


def typed(text: str, measure: Measure) -> Value:
    column = Column("1", "甲", measure)
    one = Sheet("表9", "", (), ("", "", ""), (column,), (Row("甲", Scope.TOWN, (Cell(),)),))
    return read_value(text, one, one.rows[0], "1")


@pytest.mark.parametrize(
    ("text", "measure", "wanted"),
    [
        ("12", Measure.COUNT, 12), ("", Measure.COUNT, None), ("—", Measure.COUNT, NOT_APPLICABLE), ("1,234.56", Measure.YUAN, 123456),
        ("5.5", Measure.WAN, 5_500_000), ("0.000001", Measure.WAN, 1), ("-3", Measure.YUAN, -300), ("98.33%", Measure.RATE, Fraction(9833, 10000)),
        ("1.25", Measure.DECIMAL, Fraction(5, 4)), ("2027年3月", Measure.TEXT, "2027年3月"),
    ],
)  # fmt: skip
def test_a_figure_is_read_in_the_unit_its_column_shows(text: str, measure: Measure, wanted: Value) -> None:
    assert typed(text, measure) == wanted


@pytest.mark.parametrize(("text", "measure"), [("七", Measure.COUNT), ("1.5", Measure.COUNT), ("十元", Measure.YUAN), ("0.001", Measure.YUAN), ("1e5", Measure.WAN), ("120%", Measure.RATE)])
def test_what_cannot_be_read_is_refused_in_words(text: str, measure: Measure) -> None:
    with pytest.raises(Unreadable, match=r"[\u4e00-\u9fff]"):
        typed(text, measure)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    for measure in Measure:
        try:
            typed(text, measure)
        except Unreadable:
            continue


@pytest.mark.parametrize("text", ["", "无", "正常", "1111", "111111", "。。。。。。", "哈哈哈哈哈", "无无无无无", "正常正常正常", "情况属实", "没有问题没有问题", "aaaaaaa", "abcdefg", "同上同上同上"])
def test_notes_that_say_nothing(text: str) -> None:
    assert note_refusal(text)


@pytest.mark.parametrize("text", ["计划三月招录", "石桥镇2人请假", "年中新设，按实际月份", "6月16日入职，工资按半月发"])
def test_notes_that_say_something(text: str) -> None:
    assert note_refusal(text) == ""


def test_clauses_of_the_page() -> None:
    assert [clause(one) for one in ("2-H3b", "2-H5.17", "2-H2xa", "2-S1", "自-县3", "C-H1", "R34")] == ["2-H3", "2-H5", "2-H2", "2-S1", "自-县3", "C-H1", "R34"]


def found(**of: object) -> set[str]:
    task = of.pop("task", Task("年报", forms=("封面", "表1", "表2", "表3")))
    base = facts(**of)  # type: ignore[arg-type]
    body = Task(task.name, forms=tuple(one for one in task.forms if one != "封面"), special=task.special)  # type: ignore[attr-defined]
    filled = fill(lay_all(base, body), (), task)  # type: ignore[arg-type]
    ids = {point.id for point in run(base, task, filled, (), ()).points}  # type: ignore[arg-type]
    return ids & {clause(one.id) for one in CHECKS}


def test_the_checks_that_are_no_arithmetic() -> None:
    assert found(households={2: 10}) == set()
    assert "C-H2" in found(households={2: 10}, confirmed=False)
    assert "C-H4" in found(households={2: 10}, as_of=date(2026, 12, 30))
    assert "C-H4" not in found(households={2: 10}, as_of=date(2026, 12, 30), task=Task("年报", forms=("封面", "表1", "表2", "表3"), special=True))
    wrong = {"低保城": Count(0, 0), "低保农": Count(11, 20)}
    assert "1-S2" in found(households={2: 10}, control_totals=wrong)
    assert "1-S2" not in found(households={2: 10}, control_totals=wrong | {"低保农": Count(10, 20)})
