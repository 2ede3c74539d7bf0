"""The one record screen: a list above, the record's form and its own lists below. Each entity is a `RecordSpec`, data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.lists import Column, Key, Row
from desktop.grid.model import Commit
from desktop.page import Action


@dataclass(frozen=True)
class RowAction:
    """Something done with the record the clerk stands on; greyed while there is none."""

    words: str
    run: Callable[[Row], None]
    icon: str = ""
    keys: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Tab:
    """A list of the record's own (合同, 派驻记录), read when it comes to the front."""

    title: str
    columns: Sequence[Column]
    rows: Callable[[Row], Sequence[Row]]
    commit: Commit
    nothing: str = "还没有记录。"
    """Said instead of an empty list."""


@dataclass(frozen=True)
class Creation:
    """How a record is added: the form's columns asked for (ids), and the act that makes it and returns its keys (table → key).

    `create` raises ValueError with a sentence where the book refuses.
    """

    words: str
    asked: Sequence[str]
    create: Callable[[Mapping[str, Any]], Mapping[str, Key]]


@dataclass(frozen=True)
class RecordSpec:
    """One entity's screen."""

    title: str
    counted: str
    """What the records are counted in: 人, 个单位, 份."""
    purpose: str
    """Shown while there are no records: what this screen is for and what to do first."""
    columns: Sequence[Column]
    rows: Callable[[], Sequence[Row]]
    commit: Commit
    today: Callable[[], date]
    form: Sequence[str]
    """Column ids of the list, hidden ones too, in the order of the form."""
    form_title: str = "基本信息"
    tabs: Sequence[Tab] = ()
    actions: Sequence[Action | RowAction | None] = ()
    first_actions: Sequence[Action] = ()
    """Offered beside adding by hand while there are no records (导入, 下载模板)."""
    creation: Creation | None = None
    looked: Callable[[], None] | None = None
    """Writes down that somebody had masked numbers shown whole; None: they stay masked."""
