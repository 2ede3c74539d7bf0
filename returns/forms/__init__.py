"""The forms of a return, one file each; `FORMS` is the list of them, in the order they are bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policy.facts import Facts
from returns.forms import cover, paylist, roster, t1, t2, t3
from returns.sheet import Sheet
from returns.task import Task


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its key (sheet name) and the function that lays it."""

    key: str
    lay: Callable[[Facts, Task], Sheet]


FORMS = (
    Form("封面", cover.lay),
    Form("表1", t1.lay),
    Form("表2", t2.lay),
    Form("表3", t3.lay),
    Form("附表1", roster.lay),
    Form("附表2", paylist.lay),
)
