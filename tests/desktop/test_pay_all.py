"""历年工资: a list that is read a page at a time says the same as one that is read whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.lists import all_pay
from db.rows import rows
from desktop.desk import Desk
from desktop.screens.pay import PayPage
from desktop.screens.pay_all import AllPayPanel


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_pay, "PAGE", 50)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot, short_pages: None) -> Iterator[AllPayPanel]:
    made = AllPayPanel(desk)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    with qtbot.waitSignal(made.said), qtbot.waitExposed(made):
        made.show()
    yield made
    made.hide()


def newest_first(desk: Desk) -> list[tuple[str, str]]:
    keys = [(row["year"], row["engagement"], row["month"]) for row in desk.read(rows, "pay_month")]
    return [(str(year), str(month)) for year, _, month in sorted(keys, reverse=True)]


def test_every_month_of_everybody_stands_in_it_once_newest_first(panel: AllPayPanel, desk: Desk) -> None:
    wanted = newest_first(desk)
    assert len(wanted) > 3 * all_pay.PAGE
    assert panel.model.rowCount() == len(wanted)
    assert [(panel.model.text(place, 0), panel.model.text(place, 1)) for place in range(len(wanted))] == wanted


def test_jumping_to_the_end_and_back_reads_the_same(panel: AllPayPanel) -> None:
    last = panel.model.rowCount() - 1
    first_seen, last_seen = panel.model.text(0, 2), panel.model.text(last, 2)
    panel.table.scrollToBottom()
    assert panel.model.text(last, 2) == last_seen and panel.model.text(0, 2) == first_seen


def test_a_name_leaves_that_persons_months(panel: AllPayPanel, desk: Desk, qtbot: QtBot) -> None:
    name = panel.model.text(0, 2)
    people = {row["id"]: row["name"] for row in desk.read(rows, "person")}
    bearer = {row["id"]: people[row["person"]] for row in desk.read(rows, "engagement")}
    wanted = sum(name in bearer[row["engagement"]] for row in desk.read(rows, "pay_month"))
    with qtbot.waitSignal(panel.said):
        panel.name.setText(name)
    assert panel.model.rowCount() == wanted > 0
    assert {panel.model.text(place, 2) for place in range(wanted)} == {name}
    with qtbot.waitSignal(panel.said):
        panel.name.setText("查无此人%")
    assert panel.model.rowCount() == 0


def test_it_is_looked_at_and_neither_printed_nor_exported(desk: Desk, qtbot: QtBot) -> None:
    page = PayPage(desk)
    qtbot.addWidget(page)
    qtbot.addWidget(page.toolbar)
    assert page.listed() is page.grid
    page.tabs.setCurrentWidget(page.all)
    assert page.listed() is None
    assert page.all.table.editTriggers() == page.all.table.EditTrigger.NoEditTriggers
