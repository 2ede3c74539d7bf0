"""起始页: opening, setting up a county's book, and the demo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.facts import county
from desktop.screens.welcome import WelcomePage
from office.open import open_book
from policy.clock import Clock


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, clock: Clock) -> WelcomePage:
    here = tmp_path / "惠城区.经办台账"
    here.mkdir()
    made = WelcomePage([here, tmp_path / "博罗县.经办台账"], clock, tmp_path / "演示" / "东岭县.经办台账")
    qtbot.addWidget(made)
    made.resize(911, 460)
    made.new.folder.setText(str(tmp_path))
    made.show()
    return made


def choose(page: WelcomePage, city: str, county_name: str) -> None:
    page.new.city.setCurrentText(city)
    page.new.county.setCurrentText(county_name)


def test_a_recent_book_is_opened_and_a_lost_one_is_greyed(page: WelcomePage, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = page.recent.item(0), page.recent.item(1)
    assert first.text().startswith("惠城区\n")
    assert "找不到" in second.text()
    assert not second.flags() & Qt.ItemFlag.ItemIsEnabled
    page.set_out()
    with qtbot.waitSignal(page.opened) as opened:
        page.recent.itemActivated.emit(first)
    assert opened.args == [tmp_path / "惠城区.经办台账"]


def test_a_county_is_chosen_by_its_city_and_its_region_is_filled(page: WelcomePage) -> None:
    choose(page, "惠州市", "惠城区")
    assert page.new.region.currentText() == "珠三角"
    assert "惠城区民政局" in page.new.note.text()
    choose(page, "梅州市", "大埔县")
    assert page.new.region.currentText() == "粤东西北"


def test_a_city_without_counties_stands_for_itself(page: WelcomePage) -> None:
    page.new.city.setCurrentText("东莞市")
    assert page.new.county.currentData() == "441900"


def test_a_new_book_is_made_and_handed_over(page: WelcomePage, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    choose(page, "梅州市", "大埔县")
    with qtbot.waitSignal(page.opened, timeout=20000) as opened:
        page.new.make.click()
    (folder,) = opened.args
    assert folder == tmp_path / "大埔县.经办台账"
    with open_book(folder, clock) as book:
        held = book.read(county)
    assert (held.name, held.city, held.region, held.region_basis) == ("大埔县", "梅州市", "粤东西北", "按所属地级市")


def test_a_doubtful_county_asks_for_region_and_basis(page: WelcomePage, qtbot: QtBot, clock: Clock) -> None:
    choose(page, "惠州市", "惠东县")
    assert page.new.region.currentText() == "请选择"
    assert "写明依据" in page.new.note.text()
    page.new.make.click()
    assert "选择地区类别" in page.wrong.text()
    page.new.region.setCurrentText("粤东西北")
    page.new.make.click()
    assert "依据" in page.wrong.text()
    page.new.basis.setText("粤财预〔2013〕309号")
    with qtbot.waitSignal(page.opened, timeout=20000) as opened:
        page.new.make.click()
    assert page.wrong.text() == ""
    with open_book(opened.args[0], clock) as book:
        held = book.read(county)
    assert (held.region, held.region_basis, held.confirmed) == ("粤东西北", "粤财预〔2013〕309号", True)


def test_another_region_than_the_citys_asks_for_its_basis(page: WelcomePage) -> None:
    choose(page, "梅州市", "大埔县")
    page.new.region.setCurrentText("珠三角")
    assert "要写明依据" in page.new.note.text()
    page.new.make.click()
    assert "依据" in page.wrong.text()


def test_nothing_chosen_is_said(page: WelcomePage) -> None:
    page.new.make.click()
    assert page.wrong.text() == "请先选择地级市和县（市、区）。"
    choose(page, "梅州市", "大埔县")
    page.new.folder.setText("  ")
    page.new.make.click()
    assert "存放位置" in page.wrong.text()


def test_a_folder_in_use_is_left_alone_and_said(page: WelcomePage, qtbot: QtBot, tmp_path: Path) -> None:
    taken = tmp_path / "大埔县.经办台账"
    taken.mkdir()
    (taken / "别的文件.txt").write_text("在", encoding="utf-8")
    choose(page, "梅州市", "大埔县")
    page.new.make.click()
    qtbot.waitUntil(lambda: "已经存在" in page.wrong.text(), timeout=20000)
    assert [one.name for one in taken.iterdir()] == ["别的文件.txt"]


def test_the_demo_is_made_once_and_then_opened(page: WelcomePage, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.opened, timeout=30000) as opened:
        page.demo.click()
    assert opened.args == [tmp_path / "演示" / "东岭县.经办台账"]
    with qtbot.waitSignal(page.opened, timeout=1000) as again:
        page.demo.click()
    assert again.args == opened.args


def test_without_recent_books_the_city_comes_first(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = WelcomePage([], clock, tmp_path / "东岭县.经办台账")
    qtbot.addWidget(page)
    page.show()
    page.set_out()
    assert page.recent.count() == 0
    assert page.focusWidget() is page.new.city
