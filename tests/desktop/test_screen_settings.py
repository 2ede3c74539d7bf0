"""设置 over the demo county: who signs, the policy parameters, and the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.facts import county
from db.lists.county import COLUMNS as COUNTY
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.screens.settings import SettingsPage
from office.check import parameters_in
from office.settings import set_parameter, set_region

AS_OF = date(2026, 12, 31)
PLACE = {column.id.rpartition(".")[2]: at for at, column in enumerate(COUNTY)}


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    desk.changed.connect(made.refresh)
    made.refresh()
    return made


def answer(run: Callable[[], None], **texts: str) -> str:
    """Open a question, type the answers and confirm; returns what it complained of ("" = it was done)."""
    said: list[str] = []

    def fill() -> None:
        asked: Any = QApplication.activeModalWidget()
        assert isinstance(asked, Ask)
        for name, text in texts.items():
            asked.editors[name].setText(text)
        asked.buttons.accepted.emit()
        said.append(asked.wrong.text() if asked.isVisible() else "")
        asked.reject()

    QTimer.singleShot(0, fill)
    run()
    return said[0]


def stand_on(page: SettingsPage, label: str) -> None:
    page.tabs.setCurrentIndex(1)
    model = page.parameters.model
    place = next(at for at in range(model.rowCount()) if model.row_at(at).values[1] == label)
    page.parameters.view.setCurrentIndex(model.index(place, 1))


def shown(page: SettingsPage, label: str) -> tuple[str, ...]:
    model = page.parameters.model
    return next(model.row_at(at).values for at in range(model.rowCount()) if model.row_at(at).values[1] == label)


def test_who_changed_the_county_last_is_said_field_by_field(page: SettingsPage, desk: Desk) -> None:
    assert page.changed.text().startswith("最后修改　各项为建账时填写：") and "地区类别" not in page.changed.text()
    desk.book.who = "陈志强"
    field = page.county.editors[PLACE["leader"]]
    field.setText("黄国樑")
    field.left.emit()
    assert page.changed.text().startswith("最后修改　单位负责人：陈志强　2026-12-31 09:00；其余为建账时填写：")
    desk.book.who = "王主任"
    desk.act(set_region, "珠三角", "粤府〔2026〕8号")
    said = page.changed.text()
    assert "地区类别、地区类别依据：王主任　2026-12-31 09:00" in said and "单位负责人：陈志强" in said
    desk.undo()
    assert "地区类别依据：王主任" in page.changed.text(), "taking back is a change too"


def test_who_signs_is_written_when_the_field_is_left_and_can_be_undone(page: SettingsPage, desk: Desk) -> None:
    field = page.county.editors[PLACE["leader"]]
    assert field.text() == "黄国栋"
    field.setText("黄国樑")
    field.left.emit()
    assert desk.read(county).leader == "黄国樑"
    assert desk.book.acts()[-1].name == "修改单位负责人"
    desk.undo()
    assert field.text() == "黄国栋"


def test_what_the_county_is_cannot_be_typed_over(page: SettingsPage) -> None:
    model = page.county_model
    assert [model.columns[PLACE[name]].editable for name in ("code", "name", "city", "region", "region_basis")] == [False] * 5


def test_the_region_asks_for_its_basis(page: SettingsPage, desk: Desk) -> None:
    assert "依据" in answer(page.ask_region, region="珠三角", basis="")
    assert desk.read(county).region == "粤东西北"
    assert answer(page.ask_region, region="珠三角", basis="岭府〔2026〕1号") == ""
    assert (desk.read(county).region, desk.read(county).region_basis) == ("珠三角", "岭府〔2026〕1号")
    assert page.county.editors[PLACE["region"]].text() == "珠三角"


def test_a_parameter_is_changed_from_a_day_on(page: SettingsPage, desk: Desk) -> None:
    stand_on(page, "临界口径")
    assert shown(page, "临界口径")[2:5] == ("就高", "就高", "默认口径（文件未明确）")
    assert answer(page.ask_parameter, value="就低") == ""
    assert shown(page, "临界口径")[2:5] == ("就高", "就低", "县 本县设置（2026-01-01起）")
    assert desk.read(parameters_in, AS_OF).boundary_mode == "就低"
    assert "自 2026-01-01 起施行" in page.said.text()
    desk.undo()
    assert shown(page, "临界口径")[3] == "就高"


def test_a_later_day_is_said_to_be_later(page: SettingsPage, desk: Desk) -> None:
    stand_on(page, "工资口径")
    assert answer(page.ask_parameter, value="实发", since="2027-01-01") == ""
    assert shown(page, "工资口径")[3] == "应发"
    assert "现行取值仍是“应发”" in page.said.text()
    assert desk.read(parameters_in, date(2027, 1, 1)).pay_caliber == "实发"


def test_below_the_notice_is_refused_in_the_question(page: SettingsPage, desk: Desk) -> None:
    stand_on(page, "年工资最低标准（粤东西北）")
    assert "不能低于上级规定的 50,000.00" in answer(page.ask_parameter, value="49999.99")
    assert "不是金额" in answer(page.ask_parameter, value="五万")
    assert len(desk.book.acts()) == 1
    assert answer(page.ask_parameter, value="5.5万元") == ""
    assert shown(page, "年工资最低标准（粤东西北）")[3] == "55,000.00"


def test_the_same_value_changes_nothing_and_says_so(page: SettingsPage, desk: Desk) -> None:
    stand_on(page, "容差")
    assert answer(page.ask_parameter, value="0") == ""
    assert "没有改动" in page.said.text()
    assert len(desk.book.acts()) == 1


def test_a_double_click_opens_the_question(page: SettingsPage) -> None:
    stand_on(page, "计数方法")
    view = page.parameters.view
    assert answer(lambda: view.doubleClicked.emit(view.currentIndex()), value="折算") == ""
    assert shown(page, "计数方法")[3] == "折算"


def test_without_a_chosen_parameter_nothing_is_asked(page: SettingsPage) -> None:
    page.tabs.setCurrentIndex(1)
    page.ask_parameter()
    assert QApplication.activeModalWidget() is None


def test_the_log_lists_every_act_newest_first_and_cannot_be_changed(page: SettingsPage, desk: Desk) -> None:
    desk.act(set_parameter, "pay.caliber", "实发", date(2026, 1, 1))
    page.tabs.setCurrentIndex(2)
    rows = [page.log.model.row_at(at).values for at in range(page.log.model.rowCount())]
    assert [(row[0], row[1], row[2], row[3]) for row in rows] == [
        (2, "2026-12-31 09:00", "李晓敏", "修改政策参数 工资口径"),
        (1, "2026-12-31 09:00", "演示", "新建台账"),
    ]
    assert rows[0][4:] == (2, "应发 → 实发，自 2026-01-01 起施行")
    assert not any(column.editable for column in page.log.model.columns)


def test_before_the_notice_the_page_says_why_it_is_empty(page: SettingsPage, desk: Desk) -> None:
    desk.as_of = date(2018, 12, 31)
    page.tabs.setCurrentIndex(1)
    assert "还没有可用的政策参数" in page.said.text()
    assert page.parameters.model.rowCount() == 0


def test_the_page_is_laid_out_in_the_smallest_window(page: SettingsPage) -> None:
    for at in range(3):
        page.tabs.setCurrentIndex(at)
        assert page.minimumSizeHint().width() <= 843
        assert page.minimumSizeHint().height() <= 360
