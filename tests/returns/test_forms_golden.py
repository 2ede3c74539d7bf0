"""The worked county's whole set against the text files kept in tests/golden: any changed word or figure shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy.example import worked_county
from returns.annual import lay_all
from returns.forms import FORMS
from returns.formula import columns_in
from returns.sheet import Sheet
from tests.returns.laid import GOLDEN, TASK, printed, sheets


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.key)
def test_a_form_is_word_for_word_what_was_agreed(sheet: Sheet) -> None:
    assert printed(sheet) == (GOLDEN / f"东岭县2026年度_{sheet.key}.txt").read_text(encoding="utf-8")


def test_laying_twice_gives_the_same() -> None:
    assert lay_all(worked_county(), TASK, hard=0, soft=7) == sheets()


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.key)
def test_columns_are_numbered_in_order_and_formulas_name_columns_that_exist(sheet: Sheet) -> None:
    marks = [column.mark for column in sheet.columns if column.mark.isdecimal()]
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    for column in sheet.columns:
        assert not column.formula or set(columns_in(column.formula)) <= set(marks)


def test_words_that_are_printed_nowhere() -> None:
    whole = "".join(printed(sheet) for sheet in sheets())
    politics = "习近平 党的十九大 脱贫攻坚 李希 2019年"
    words = "超配 待岗 年化 套表 计量单位 表0 表号 制定机关 批准文号 有效期"
    for word in (*politics.split(), *words.split()):
        assert word not in whole


def test_the_list_of_forms_is_the_folder() -> None:
    folder = {path.stem for path in GOLDEN.parents[1].joinpath("returns", "forms").glob("*.py")} - {"__init__"}
    assert {form.lay.__module__.rpartition(".")[2] for form in FORMS} == folder
    assert len({form.key for form in FORMS}) == len(FORMS)


def test_a_task_for_another_period_or_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="2025"):
        lay_all(worked_county(), replace(TASK, period="2025"))
    with pytest.raises(ValueError, match="表99"):
        lay_all(worked_county(), replace(TASK, forms=("表2", "表99")))
    assert [sheet.key for sheet in lay_all(worked_county(), replace(TASK, forms=("表3", "表1")))] == ["表1", "表3"]
