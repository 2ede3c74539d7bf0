"""Limits of labour and procurement law are parameters of the settings page: shown with their source, set from a day on, undone."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.change import Refused
from office.check import parameters_in
from office.parameters import PARAMETERS
from office.settings import set_parameter, settings_in
from policy.limits import shipped_limits

DAY = date(2026, 12, 31)


def test_every_limit_is_on_the_page_and_says_whether_it_needs_confirming() -> None:
    shown = {one.key: one for one in PARAMETERS}
    for limit in shipped_limits().limits:
        assert limit.source in shown[f"limits.{limit.name}"].effect
        assert ("需确认" in shown[f"limits.{limit.name}"].effect) >= limit.confirm
    assert "fund.base_mode" in shown


def test_a_date_is_set_from_a_day_on_and_taken_back(book: Book) -> None:
    set_parameter(book, "limits.no_dispatch_since", "2020-07-01", date(2026, 7, 1))
    assert book.read(parameters_in, date(2026, 6, 30)).limits.no_dispatch_since == date(2020, 3, 1)
    assert book.read(parameters_in, DAY).limits.no_dispatch_since == date(2020, 7, 1)
    (one,) = [one for one in book.read(settings_in, DAY) if one.parameter.key == "limits.no_dispatch_since"]
    assert (one.shipped, one.value) == ("2020-03-01", "2020-07-01")
    book.undo()
    assert book.read(parameters_in, DAY).limits.no_dispatch_since == date(2020, 3, 1)


@pytest.mark.parametrize(("key", "value"), [("limits.no_dispatch_since", "去年"), ("limits.sign_days", -1), ("fund.base_mode", "随便")])
def test_a_wrong_value_is_refused_by_its_label(book: Book, key: str, value: object) -> None:
    label = next(one.label for one in PARAMETERS if one.key == key)
    with pytest.raises(Refused, match=label.partition("（")[0]):
        set_parameter(book, key, value, DAY)
