"""The one record screen: a list above, the record's form and its own lists below. Each entity is a `RecordSpec`, data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from db.lists import Column, Key, Listing, Row
from desktop.grid.model import Commit
from desktop.page import Action

Follow = Callable[[str, date], tuple[str, Mapping[str, Any]]]
"""What follows from a field's text as it is typed, on a day: a sentence for the clerk ("" = none), and values of other fields by id."""


@dataclass(frozen=True)
class RowAction:
    """Something done with the record the clerk stands on; greyed while there is none."""

    words: str
    run: Callable[[Row], None]
    icon: str = ""
    keys: str = ""
    tip: str = ""
    more: bool = False
    """Rarely done: under 更多 and in the right-click menu only."""
    fits: Callable[[Row], bool] = lambda row: True
    """Whether it can be done with this record; greyed otherwise."""


@dataclass(frozen=True)
class Dropping:
    """Files may be dropped on a tab: words that say so, what takes them, what a double click on a row does, and buttons (words →
    what they do with the record and the rows selected in the tab)."""

    words: str
    take: Callable[[Row, Sequence[Path]], object]
    open: Callable[[Row, Row], object]
    acts: Mapping[str, Callable[[Row, Sequence[Row]], object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tab:
    """A list of the record's own (合同, 派驻记录). Its columns keep their order; what their kinds know (units by name) is read anew."""

    title: str
    columns: Sequence[Column]
    listing: Callable[[Row], Listing]
    commit: Commit
    nothing: str = "还没有记录。"
    """Said instead of an empty list."""
    discard: Callable[[Row], object] | None = None
    """Moves one row of it into the recycle bin, after asking; None: its rows are not removed here."""
    counted: bool = True
    """Whether its rows are counted before it is looked at."""
    dropping: Dropping | None = None


@dataclass(frozen=True)
class Wider:
    """A longer list the clerk may ask for: its words (含已离职) and the list itself, with the same columns."""

    words: str
    listing: Callable[[], Listing]


@dataclass(frozen=True)
class Creation:
    """How a record is added: the form's columns asked for (ids), and the act that makes it and returns its keys (table → key).

    `create` raises ValueError with a sentence where the book refuses.
    """

    words: str
    asked: Sequence[str]
    create: Callable[[Mapping[str, Any]], Mapping[str, Key]]
    told: Sequence[str] = ()
    """Columns shown beside them, which follow from what is typed (性别 from the identity number)."""
    copied: Sequence[str] = ()
    """Columns taken over by 复制为新增."""


@dataclass(frozen=True)
class RecordSpec:
    """One entity's screen."""

    title: str
    counted: str
    """What the records are counted in: 人, 个单位, 份."""
    purpose: str
    """Shown while there are no records: what this screen is for and what to do first."""
    columns: Sequence[Column]
    listing: Callable[[], Listing]
    """The list as the book has it now, with the same columns, whose kinds know the units as they are called now."""
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
    wider: Wider | None = None
    discard: Callable[[Row], object] | None = None
    """Moves the record into the recycle bin, after asking (移入回收站, Ctrl+-)."""
    follows: Mapping[str, Follow] = field(default_factory=dict)
    """Column id → what follows from its text while it is typed."""
    looked: Callable[[], None] | None = None
    """Writes down that somebody had masked numbers shown whole; None: they stay masked."""
