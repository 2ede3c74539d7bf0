"""First run: townships with their households as they are pasted, and the book made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.rows import rows
from office.city_book import is_city
from office.first_book import FirstBook, FirstUnit, first_book, pasted, townships
from office.open import open_book
from policy.clock import Clock

DAY = date(2026, 11, 30)
TWO = (FirstUnit("城关街道", "街道", "1"), FirstUnit("太平镇", "乡镇", "2"))


def households(units: tuple[FirstUnit, ...]) -> dict[str, int | None]:
    return {one.name: one.households for one in units}


def test_names_decide_where_a_number_goes_whatever_the_order() -> None:
    units, said = pasted(TWO, [["单位", "户数"], ["1", "太平镇人民政府", "1,204"], ["2", "城关街道办事处", "0"], ["", "合计", "1204"]])
    assert households(units) == {"城关街道": 0, "太平镇": 1204}
    assert "已填 2 个单位" in said and "没有采用的 2 行" in said


def test_a_unit_that_is_not_listed_is_added_and_named() -> None:
    units, said = pasted(TWO, [["鱼湾镇", "88"]])
    assert units[2:] == (FirstUnit("鱼湾镇", "乡镇", "", 88),)
    assert "已加在末尾的：鱼湾镇" in said
    assert households(units)["太平镇"] is None, "not known is never 0"


def test_two_numbers_beside_a_name_are_not_guessed_between() -> None:
    units, said = pasted(TWO, [["太平镇", "320", "500"]])
    assert households(units)["太平镇"] is None
    assert "太平镇 320 500" in said and "一个户数" in said


def test_the_book_holds_units_and_households_in_one_act(tmp_path: Path, clock: Clock) -> None:
    units = (*townships("441422")[:2], FirstUnit("新设镇", "乡镇"))
    units = (FirstUnit(units[0].name, units[0].kind, units[0].code, 305), units[1], units[2])
    folder = first_book(FirstBook(tmp_path / "大埔县.经办台账", "441422", units=units, counted_on=DAY), clock)
    with open_book(folder, clock) as book:
        assert [one["name"] for one in book.read(rows, "unit_version")] == ["大埔县民政局", units[0].name, units[1].name, "新设镇"]
        (counted,) = book.read(rows, "caseload")
        assert (counted["unit"], counted["as_of"], counted["category"], counted["households"]) == (2, DAY, "未分类", 305)
        assert [act.name for act in book.acts()] == ["新建台账"]


@pytest.mark.parametrize(
    ("units", "words"), [((FirstUnit(" ", "乡镇"),), "第 1 行没有单位名称"), ((FirstUnit("太平镇", "乡镇"), FirstUnit("太平 镇", "乡镇")), "出现了两次")]
)
def test_units_without_a_name_or_twice_are_refused_and_nothing_is_made(
    units: tuple[FirstUnit, ...], words: str, tmp_path: Path, clock: Clock
) -> None:
    folder = tmp_path / "大埔县.经办台账"
    with pytest.raises(ValueError, match=words):
        first_book(FirstBook(folder, "441422", units=units), clock)
    assert not folder.exists()


def test_a_doubtful_county_needs_its_basis(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(ValueError, match="不能自动确定"):
        first_book(FirstBook(tmp_path / "惠东县.经办台账", "441323"), clock)


def test_a_citys_book(tmp_path: Path, clock: Clock) -> None:
    with open_book(first_book(FirstBook(tmp_path / "梅州市.经办台账", "4414"), clock), clock) as book:
        assert book.read(is_city)
