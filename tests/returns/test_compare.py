"""比较: which cells differ, which changes ask for a reason, and the table that gives them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from returns.compare import KEY, differences, explained
from returns.fill import Entry, fill, line_keys
from returns.grid import lay_out
from returns.sheet import Sheet
from tests.returns import money
from tests.returns.laid import TASK, sheets

SHARE = Fraction(20, 100)
MONEY = next(one for one in money.sheets() if one.key == "表4")


def spent(amount: int, year: str = "本年") -> Sheet:
    """表4 with another 实际支出 (139,900.00 and 100,000.00 as laid)."""
    key = next(key for key, row in zip(line_keys(MONEY), MONEY.rows, strict=True) if row.name == "实际支出")
    return fill([MONEY], [Entry("表4", key, year, amount, 1, "因为")], TASK).sheets[0]


def test_the_same_return_differs_nowhere() -> None:
    laid = sheets()
    assert list(differences(laid, laid, SHARE)) == []


def test_a_change_of_more_than_the_share_asks_and_exactly_the_share_does_not() -> None:
    for amount, asks in ((139_900_00 * 120 // 100, False), (139_900_00 * 120 // 100 + 1, True), (139_900_00 * 80 // 100, False), (139_900_00 * 80 // 100 - 1, True)):
        found = {(one.line, one.mark): one for one in differences([MONEY], [spent(amount)], SHARE)}
        assert found["实际支出", "本年"].asks is asks, amount


def test_of_an_upright_form_only_this_years_figure_asks() -> None:
    found = list(differences([MONEY], [spent(900_000_00, "上年")], SHARE))
    assert {(one.line, one.mark) for one in found} == {("实际支出", "上年"), ("实际支出", "增减"), ("年末结余", "上年"), ("年末结余", "增减")}
    assert not [one for one in found if one.asks]


def test_a_figure_where_there_was_none_asks_and_words_never_do() -> None:
    laid = next(one for one in sheets() if one.key == "表2")
    town = next(row for row in laid.rows if row.name == "石桥镇")
    at = laid.column("5")
    blank = replace(town, cells=(*town.cells[:at], replace(town.cells[at], value=None), *town.cells[at + 1 :]))
    before = replace(laid, rows=tuple(blank if row is town else row for row in laid.rows))
    (one,) = differences([before], [laid], SHARE)
    assert one.asks and one.change is None and one.was == ""
    word = laid.column("乙")
    said = replace(town, cells=(*town.cells[:word], replace(town.cells[word], value="别的"), *town.cells[word + 1 :]))
    (one,) = differences([replace(laid, rows=tuple(said if row is town else row for row in laid.rows))], [laid], SHARE)
    assert not one.asks


def test_the_table_gives_reasons_and_says_where_one_is_lacking() -> None:
    found = list(differences([MONEY], [spent(400_000_00)], SHARE))
    asking = [one for one in found if one.asks]
    assert [(one.line, one.mark) for one in asking] == [("实际支出", "本年"), ("年末结余", "本年")]
    table = explained("2025年度第1版", "2026年度第1版", found, {asking[0].subject: "年底集中支付购买服务费"}, "审核人：")
    assert table.key == KEY and table.heading == ("前：2025年度第1版", "", "后：2026年度第1版")
    reasons = {(str(row.cells[2].value), str(row.cells[3].value)): row.cells[8].value for row in table.rows}
    assert reasons == {("实际支出", "本年"): "年底集中支付购买服务费", ("年末结余", "本年"): "（未说明）", ("实际支出", "增减"): None, ("年末结余", "增减"): None}
    printed = [span.text for span in lay_out(table).spans]
    assert "139,900.00" not in printed and "13.99" in printed and "40.00" in printed and "+185.92%" in printed
