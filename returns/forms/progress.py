"""表15 工作进度表 (季报): what the notice wants done, how far it is, what is next and by when, for the county and by unit (0-decisions A9).

A form of this office's own, for no 来文 sets one. Its figures are links to the other forms, those of the task as they are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policy.facts import BUREAU, Facts
from policy.finding import HARD, SOFT
from policy.parameters import Parameters
from returns.audit import Audit, several
from returns.form import Figure, Laid, finish, heading, numbered, relations, rows
from returns.formula import plain
from returns.forms import t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13
from returns.links import forms_in, linked
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, across, total
from returns.task import Task

KEY: Final = "表15"
_WAN: Final = 1_000_000
_LAYS: Final[Mapping[str, Callable[[Facts, Task], Sheet]]] = {
    "表2": t2.lay, "表3": t3.lay, "表4": t4.lay, "表5": t5.lay, "表6": t6.lay, "表7": t7.lay, "表8": t8.lay, "表9": t9.lay, "表10": t10.lay,
    "表11": t11.lay, "表12": t12.lay, "表13": t13.lay,
}  # fmt: skip
