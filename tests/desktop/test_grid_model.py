from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.grid.model import COMPUTED, MARKED, GridModel
from policy.kinds import Unreadable
from tests.desktop.people import AT, COLUMNS, PEOPLE, TODAY, Book, person

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def model(qapp: object, book: Book) -> GridModel:
    made = GridModel(COLUMNS, book.commit, lambda: TODAY)
    made.set_rows(book.rows)
    book.shows = made
    return made


def column(model: GridModel, name: str) -> list[str]:
    return [model.shown(place, AT[name]) for place in range(model.rowCount())]


def test_amounts_sort_as_amounts_with_blanks_last_either_way(model: GridModel) -> None:
    model.sort(AT["fixed"], ASCENDING)
    assert column(model, "fixed") == ["2,600.00", "2,750.00", "2,900.00", "3,050.33", ""]
    model.sort(AT["fixed"], DESCENDING)
    assert column(model, "fixed") == ["3,050.33", "2,900.00", "2,750.00", "2,600.00", ""]
    model.sort(-1)
    assert column(model, "name") == [values[0] for values in PEOPLE]


def test_names_sort_by_pinyin_and_equal_units_keep_their_order(model: GridModel) -> None:
    model.sort(AT["name"], ASCENDING)
    assert column(model, "name")[:3] == ["陈志强", "黄国栋", "李丽华"]
    model.sort(AT["unit"], DESCENDING)
    assert column(model, "name") == ["覃美芳", "曾小敏", "黄国栋", "陈志强", "李丽华"]


def test_filters_of_several_columns_hold_together(model: GridModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.counted) as counted:
        model.set_filter(AT["unit"], "城关")
    assert counted.args == [2, 5]
    model.set_filter(AT["fixed"], ">=2700")
    assert column(model, "name") == ["李丽华"]
    model.set_filter(AT["unit"], "")
    assert column(model, "name") == ["李丽华", "曾小敏", "黄国栋"]


def test_an_unreadable_filter_is_said_and_filters_nothing(model: GridModel) -> None:
    model.set_filter(AT["fixed"], ">=2700")
    with pytest.raises(Unreadable):
        model.set_filter(AT["fixed"], ">=多")
    assert model.rowCount() == 5


def test_an_edit_is_parsed_and_handed_on_as_one_act(model: GridModel, book: Book) -> None:
    assert model.setData(model.index(0, AT["fixed"]), "６，000")
    assert [(name, edits[0].value) for name, edits in book.acts] == [("修改岗位工资（元）", 600000)]
    assert model.shown(0, AT["fixed"]) == "6,000.00"


def test_the_model_shows_what_the_book_says_not_what_was_typed(model: GridModel, book: Book) -> None:
    book.shows = None
    model.setData(model.index(0, AT["fixed"]), "6000")
    assert model.shown(0, AT["fixed"]) == "2,600.00"


def test_typing_what_stands_there_is_no_act(model: GridModel, book: Book) -> None:
    for name, text in (("fixed", "2600"), ("phone", "138****2231"), ("note", ""), ("entered", "2021.3.1")):
        assert model.setData(model.index(0, AT[name]), text)
    assert model.setData(model.index(3, AT["note"]), "")
    assert book.acts == []


@pytest.mark.parametrize(("name", "text"), [("fixed", "很多"), ("entered", "2021-2-30"), ("name", ""), ("gross", "1"), ("duty", "经理")])
def test_what_cannot_be_read_changes_nothing_and_is_said(model: GridModel, book: Book, qtbot: QtBot, name: str, text: str) -> None:
    with qtbot.waitSignal(model.refused) as refused:
        assert not model.setData(model.index(0, AT[name]), text)
    assert COLUMNS[AT[name]].field.label in refused.args[0]
    assert refused.args[0].startswith("第 1 行")
    assert book.acts == []


def test_a_book_that_refuses_is_heard(model: GridModel, book: Book, qtbot: QtBot) -> None:
    book.refusal = "11 月工资已确认，不能修改。请先取消确认。"
    with qtbot.waitSignal(model.refused) as refused:
        assert not model.setData(model.index(0, AT["fixed"]), "6000")
    assert refused.args == [book.refusal]


def test_masked_until_revealed(model: GridModel) -> None:
    assert model.shown(0, AT["phone"]) == "138****2231"
    model.reveal(True)
    assert model.shown(0, AT["phone"]) == "13800002231"


def test_a_masked_number_typed_over_in_part_is_not_taken(model: GridModel, book: Book) -> None:
    assert not model.setData(model.index(0, AT["phone"]), "138****2232")
    assert book.acts == []


def test_looks(model: GridModel) -> None:
    gross = model.index(0, AT["gross"])
    assert gross.data(Qt.ItemDataRole.BackgroundRole) == MARKED
    assert gross.data(Qt.ItemDataRole.ToolTipRole) == "40,800.00 < 50,000.00，低于最低标准"
    assert model.index(1, AT["gross"]).data(Qt.ItemDataRole.BackgroundRole) == COMPUTED
    assert model.index(1, AT["fixed"]).data(Qt.ItemDataRole.BackgroundRole) is None
    assert model.index(0, AT["fixed"]).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert not model.flags(gross) & Qt.ItemFlag.ItemIsEditable


def test_changed_values_repaint_only_their_rows_and_keep_their_place(model: GridModel, book: Book, qtbot: QtBot) -> None:
    model.set_filter(AT["fixed"], "<3000")
    model.sort(AT["fixed"], DESCENDING)
    values = list(PEOPLE[1])
    values[AT["fixed"]] = 900000
    changed = [*book.rows[:1], replace(book.rows[1], values=tuple(values)), *book.rows[2:]]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_rows(changed)
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)
    assert column(model, "fixed") == ["2,900.00", "9,000.00", "2,600.00"]


def test_a_new_record_is_laid_into_filter_and_order(model: GridModel, book: Book) -> None:
    model.set_filter(AT["unit"], "城关")
    model.sort(AT["name"], DESCENDING)
    model.set_rows([*book.rows, person(6, ("单文杰", "城关镇", *PEOPLE[0][2:]))])
    assert column(model, "name") == ["李丽华", "单文杰", "陈志强"]
