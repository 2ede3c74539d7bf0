"""Laying rows: derived columns wait for what they need, mistakes in a form's own formulas are said."""

from __future__ import annotations

import pytest

from returns.form import Figure, Laid, rows
from returns.formula import FormulaError
from returns.sheet import Cell, Column, Scope
from returns.task import Task

TASK = Task("年报")
ONE: Figure[int] = Figure(Column("1", "甲", total="Σ"), lambda line: Cell(line, (line,), (line,)))


def laid(*figures: Figure[int], lines: tuple[int, ...] = (3, 4)) -> list[list[object]]:
    body = [Laid(f"{line}", Scope.TOWN, line) for line in lines]
    made = rows(figures, [Laid("合计", Scope.TOTAL, 0), *body, Laid("其中", Scope.MEMO, 100)], "表9", TASK)
    return [[cell.value for cell in row.cells] for row in made]


def test_derived_columns_may_stand_before_what_they_need() -> None:
    double: Figure[int] = Figure(Column("2", "倍", formula="3+1"))
    same: Figure[int] = Figure(Column("3", "同", formula="1"))
    assert laid(double, ONE, same) == [[14, 7, 7], [6, 3, 3], [8, 4, 4], [200, 100, 100]]


def test_a_derived_cell_is_made_of_the_people_of_its_columns() -> None:
    made = rows([ONE, Figure(Column("2", "倍", formula="1+1"))], [Laid("甲", Scope.TOWN, 3), Laid("合计", Scope.TOTAL, 0)], "表9", TASK)
    assert made[0].name == "合计"
    assert (made[0].cells[0].people, made[0].cells[0].units, made[0].cells[1].people) == ((3,), (3,), (3,))


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ([Figure(Column("2", "甲", formula="3")), Figure(Column("3", "乙", formula="2"))], "绕回"),
        ([Figure(Column("2", "甲"))], "没有取数办法"),
        ([Figure(Column("2", "甲", formula="T1[u,1]"))], "只能引用本行"),
    ],
)
def test_a_form_with_a_wrong_formula_is_refused(figures: list[Figure[int]], why: str) -> None:
    with pytest.raises(FormulaError, match=why):
        laid(*figures)
