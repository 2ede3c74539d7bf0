"""Setting up a real county: bureau and townships from the divisions, the pay region with its basis, nothing left behind on refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import book as books
from db import facts as db_facts
from db.change import Barrier, Refused
from office.check import check
from office.new_book import county_changes, new_book
from policy import divisions, example
from policy.clock import Clock
from policy.period import parse_period


def test_a_county_of_the_list(tmp_path: Path, clock: Clock) -> None:
    """惠来县 of 揭阳市, 粤东西北."""
    folder = new_book(tmp_path / "惠来", "445224", clock)
    with books.open_book(folder, clock) as book:
        county = book.read(db_facts.county)
        assert (county.name, county.city, county.region, county.region_basis, county.confirmed) == ("惠来县", "揭阳市", "粤东西北", "按所属地级市", True)
        units = book.read(db_facts.units, date(2020, 1, 1), date(2020, 1, 1))
        assert units[0].name == "惠来县民政局"
        assert {one.name for one in units[1:]} == {town.name for town in divisions.towns("445224")}
        assert {one.parent for one in units[1:]} == {units[0].id}
        assert not book.read(db_facts.county_demo)
        assert book.verify() == []
        assert book.acts()[0].name == "新建台账"
        with pytest.raises(Barrier):
            book.undo()


def test_every_county_of_the_province_can_be_set_up(tmp_path: Path) -> None:
    counties = [county for city in divisions.cities() for county in divisions.counties(city.code)]
    assert len(counties) == 124
    for county in counties:
        region, basis = ("粤东西北", "粤府函〔2020〕1号") if county.doubtful else ("", "")
        changes = county_changes(county, region, basis)
        assert [change.table for change in changes].count("unit") == 1 + len(divisions.towns(county.code))


def test_a_doubtful_county_must_be_confirmed_with_its_basis(tmp_path: Path, clock: Clock) -> None:
    doubtful = next(county for city in divisions.cities() for county in divisions.counties(city.code) if county.doubtful)
    for region, basis in (("", ""), ("粤东西北", ""), ("粤西", "文号")):
        with pytest.raises(Refused):
            new_book(tmp_path / "县", doubtful.code, clock, region=region, basis=basis)
        assert not (tmp_path / "县").exists()
    with books.open_book(new_book(tmp_path / "县", doubtful.code, clock, region="粤东西北", basis="粤财社〔2020〕1号"), clock) as book:
        assert (book.read(db_facts.county).region, book.read(db_facts.county).region_basis) == ("粤东西北", "粤财社〔2020〕1号")


def test_unknown_county_and_folder_in_use_leave_nothing_behind(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match="999999"):
        new_book(tmp_path / "县", "999999", clock)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "别的.txt").write_text("在用", encoding="utf-8")
    with pytest.raises(Refused, match="已经存在"):
        new_book(tmp_path / "县", "445224", clock)
    assert [path.name for path in (tmp_path / "县").iterdir()] == ["别的.txt"]


def test_a_fresh_book_can_be_read_for_any_year_of_the_notice_and_checked(tmp_path: Path, clock: Clock) -> None:
    with books.open_book(new_book(tmp_path / "惠来", "445224", clock), clock) as book:
        facts = book.read(db_facts.read, example.parameters(date(2019, 12, 31)), parse_period("2019"))
        assert len(facts.units) == 1 + len(divisions.towns("445224"))
        missing = [finding for finding in check(book, date(2026, 12, 31)).findings if finding.rule == "R34"]
        assert missing, "no caseload yet: never an all-clear"
