"""What a county may set: dated, with one undo, never below the notice; and its pay region, never without a basis."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows
from office.check import parameters_in
from office.parameters import OFF, PARAMETERS, WEIGHT, Parameter
from office.settings import DEFAULT, Setting, set_parameter, set_region, settings_in
from policy.kinds import Unreadable
from policy.parameters import SHIPPED, Parameters, load
from resources import text
from tests.db.records import county

DAY = date(2026, 12, 31)
NEW_YEAR = date(2026, 1, 1)
JULY = date(2026, 7, 1)


def on(book: Book, day: date = DAY) -> Parameters:
    return book.read(parameters_in, day)


def setting(book: Book, key: str, day: date = DAY) -> Setting:
    return next(one for one in book.read(settings_in, day) if one.parameter.key == key)


def test_a_mode_holds_from_its_day_and_not_a_day_earlier(book: Book) -> None:
    set_parameter(book, "staffing.boundary_mode", "就低", NEW_YEAR)
    assert on(book, NEW_YEAR).boundary_mode == "就低"
    assert on(book, date(2025, 12, 31)).boundary_mode == "就高"
    assert on(book).name == "粤民函〔2019〕453号、本县设置（2026-01-01起）"


def test_it_is_one_act_with_its_reason_and_one_undo(book: Book) -> None:
    number = set_parameter(book, "staffing.boundary_mode", "就低", NEW_YEAR)
    act = book.acts()[-1]
    assert (act.number, act.name, act.reason) == (number, "修改政策参数 临界口径", "就高 → 就低，自 2026-01-01 起施行")
    book.undo()
    assert on(book).boundary_mode == "就高"
    assert book.read(rows, "rule_set") == []


def test_settings_of_one_day_share_a_rule_set_and_another_day_has_its_own(book: Book) -> None:
    set_parameter(book, "staffing.boundary_mode", "就低", NEW_YEAR)
    set_parameter(book, "pay.caliber", "实发", NEW_YEAR)
    set_parameter(book, "pay.caliber", "用工成本", JULY)
    assert [one["name"] for one in book.read(rows, "rule_set")] == ["本县设置（2026-01-01起）", "本县设置（2026-07-01起）"]
    assert (on(book, date(2026, 6, 30)).pay_caliber, on(book, JULY).pay_caliber) == ("实发", "用工成本")
    assert on(book).boundary_mode == "就低"


def test_changing_a_setting_of_the_same_day_again_keeps_one_value(book: Book) -> None:
    set_parameter(book, "pay.tolerance", 100, NEW_YEAR)
    set_parameter(book, "pay.tolerance", 200, NEW_YEAR)
    values = book.read(rows, "rule_value")
    assert [(one["key"], json.loads(one["value"])) for one in values] == [("pay.tolerance", 200)]
    assert on(book).tolerance == 200


def test_back_to_zero_is_a_value_too(book: Book) -> None:
    set_parameter(book, "pay.tolerance", 100, NEW_YEAR)
    set_parameter(book, "pay.tolerance", 0, JULY)
    assert (on(book, date(2026, 6, 30)).tolerance, on(book).tolerance) == (100, 0)
    assert book.acts()[-1].reason == "1.00 → 0.00，自 2026-07-01 起施行"


def test_a_value_that_holds_already_makes_no_act(book: Book) -> None:
    assert set_parameter(book, "staffing.boundary_mode", "就高", NEW_YEAR) is None
    assert book.acts() == []


def test_an_earlier_setting_does_not_undo_a_later_one(book: Book) -> None:
    set_parameter(book, "pay.caliber", "用工成本", JULY)
    set_parameter(book, "pay.caliber", "实发", NEW_YEAR)
    assert (on(book, date(2026, 6, 30)).pay_caliber, on(book).pay_caliber) == ("实发", "用工成本")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("pay.floor.粤东西北", 4_999_999, "“年工资最低标准（粤东西北）”不能低于上级规定的 50,000.00，只能定得更高。"),
        ("staffing.town.needs", (2, 4, 5), "“乡镇（街道）各档应配备人数”不能低于上级规定的 2、4、6"),
        ("staffing.county.needs", (2, 4, 6), "应配人数要有 4 个，现有 3 个"),
        ("fund.rate", 299, "“社会救助工作经费比例”不能低于上级规定的 3%"),
        ("staffing.boundary_mode", "居中", "临界口径 填的是 居中：只能填 就高、就低"),
        ("pay.tolerance", -1, "不能是负数"),
        ("pay.caliber", None, "请填写“工资口径”的取值"),
        ("notice.name", "另一个文件", "没有参数“notice.name”"),
        ("pay.floor.粤东西北.reason", "有理由", "没有参数"),
    ],
)
def test_what_may_not_be_is_refused_in_words_and_nothing_is_written(book: Book, key: str, value: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        set_parameter(book, key, value, NEW_YEAR)
    assert book.acts() == []


def test_a_county_may_set_the_floor_and_the_needs_higher(book: Book) -> None:
    set_parameter(book, "pay.floor.粤东西北", 5_500_000, JULY)
    set_parameter(book, "staffing.town.needs", (3, 4, 6), NEW_YEAR)
    assert [floor.amount for floor in on(book).floors if floor.region == "粤东西北"] == [5_000_000, 5_500_000]
    assert setting(book, "pay.floor.粤东西北", date(2026, 6, 30)).value == 5_000_000
    assert setting(book, "pay.floor.粤东西北").value == 5_500_000
    assert on(book).town_bands.needs == (3, 4, 6)


def test_before_the_notice_there_is_nothing_to_set(book: Book) -> None:
    with pytest.raises(Refused, match="请改施行日期"):
        set_parameter(book, "pay.caliber", "实发", date(2019, 3, 10))
    with pytest.raises(ValueError, match="还没有可用的政策参数"):
        book.read(settings_in, date(2019, 3, 10))


def test_a_rule_gets_another_level_and_is_switched_off_and_on(book: Book) -> None:
    set_parameter(book, "rules.severity.F1", "强制性", NEW_YEAR)
    set_parameter(book, "rules.severity.R35", OFF, NEW_YEAR)
    assert on(book).severities == {"F1": "hard"}
    assert on(book).switched_off == {"R35"}
    assert (setting(book, "rules.severity.F1").value, setting(book, "rules.severity.R35").value) == ("强制性", OFF)
    assert setting(book, "rules.severity.R35").source == "县 本县设置（2026-01-01起）"
    set_parameter(book, "rules.severity.R35", "提示", JULY)
    assert on(book, date(2026, 6, 30)).switched_off == {"R35"}
    assert on(book).switched_off == frozenset()
    assert on(book).severities == {"F1": "hard", "R35": "hint"}


def test_a_rule_cannot_be_switched_off_behind_a_later_switch(book: Book) -> None:
    set_parameter(book, "rules.severity.R35", OFF, JULY)
    with pytest.raises(Refused, match="2026-07-01"):
        set_parameter(book, "rules.severity.F1", OFF, NEW_YEAR)
    set_parameter(book, "rules.severity.F1", OFF, JULY)
    assert on(book).switched_off == {"F1", "R35"}


def test_a_reply_may_be_blank_again(book: Book) -> None:
    set_parameter(book, "staffing.edge_reply", "粤民函〔2026〕9号", NEW_YEAR)
    assert on(book).edge_reply == "粤民函〔2026〕9号"
    set_parameter(book, "staffing.edge_reply", None, JULY)
    assert on(book).edge_reply == ""


def test_the_list_says_what_is_shipped_what_is_in_force_and_who_says_so(book: Book) -> None:
    found = book.read(settings_in, DAY)
    assert [one.parameter for one in found] == list(PARAMETERS)
    assert all(one.value == one.shipped for one in found)
    assert setting(book, "staffing.boundary_mode").source == DEFAULT
    assert setting(book, "pay.floor.珠三角").source == "省 粤民函〔2019〕453号"
    set_parameter(book, "staffing.boundary_mode", "就低", NEW_YEAR)
    changed = setting(book, "staffing.boundary_mode")
    assert (changed.shipped, changed.value, changed.source) == ("就高", "就低", "县 本县设置（2026-01-01起）")


def test_each_setting_says_who_changed_it_and_when(book: Book) -> None:
    assert {one.changed for one in book.read(settings_in, DAY)} == {""}
    set_parameter(book, "fund.rate", 350, NEW_YEAR)
    set_parameter(book, "rules.severity.R46", OFF, NEW_YEAR)
    said = {one.parameter.key: one.changed for one in book.read(settings_in, DAY) if one.changed}
    assert said == {"fund.rate": "2026-12-31 09:00　李晓敏", "rules.severity.R46": "2026-12-31 09:00　李晓敏"}
    book.undo()
    assert [one.parameter.key for one in book.read(settings_in, DAY) if one.changed] == ["fund.rate"]


def test_every_setting_of_the_page_is_there() -> None:
    """Each line of the list of settings that is a dated policy parameter; what belongs to one return stands with its 报送任务."""
    keys = {one.key for one in PARAMETERS}
    assert keys >= {
        "staffing.boundary_mode", "staffing.county.needs", "staffing.county.bounds", "staffing.town.needs", "staffing.town.bounds", "caseload.weights.低保城",
        "caseload.date_mode", "staffing.count_method", "staffing.duty_threshold", "staffing.types.双百社工.counts", "staffing.village_counts", "pay.floor.珠三角",
        "pay.floor.粤东西北", "pay.caliber", "pay.part_year", "pay.tolerance", "fund.rate", "fund.base_mode", "fund.caliber", "rules.severity.R33", "rules.severity.F1",
        "rules.severity.R22", "limits.dispatch_share_checked", "limits.dispatch_share", "limits.compare_share", "limits.expiry_near_days", "limits.expiry_days",
        "limits.keep_pay_years",
    }  # fmt: skip
    assert all(one.effect and one.label and one.group for one in PARAMETERS)


def test_a_band_edge_may_come_down_and_never_go_up(book: Book) -> None:
    set_parameter(book, "staffing.town.bounds", (250, 600), NEW_YEAR)
    assert on(book).town_bands.bounds == (250, 600)
    with pytest.raises(Refused, match="乡镇（街道）分档的户数界限 低于上一级的规定"):
        set_parameter(book, "staffing.town.bounds", (400, 600), NEW_YEAR)
    with pytest.raises(Refused, match="从小到大"):
        set_parameter(book, "staffing.town.bounds", (600, 250), NEW_YEAR)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.key)
def test_every_parameter_is_shown_and_read_back_and_has_its_key_in_the_file(parameter: Parameter) -> None:
    shipped = load(text(SHIPPED), (), DAY)
    value = parameter.value(shipped)
    read = parameter.kind.parse(parameter.kind.show(value), None)
    assert read == (None if value == "" else value)
    assert parameter.effect
    assert len({one.key for one in PARAMETERS}) == len(PARAMETERS)


@given(st.integers(0, 999), st.integers(1, 999))
def test_a_weight_is_shown_and_read_back_exactly(first: int, second: int) -> None:
    weight = Fraction(min(first, second), max(first, second)).as_integer_ratio()
    assert WEIGHT.parse(WEIGHT.show(weight), None) == weight


@pytest.mark.parametrize(("written", "weight"), [("1", (1, 1)), ("0.5", (1, 2)), ("１／３", (1, 3)), ("0", (0, 1)), ("", None)])
def test_weights_as_clerks_write_them(written: str, weight: tuple[int, int] | None) -> None:
    assert WEIGHT.parse(written, None) == weight


@pytest.mark.parametrize("written", ["1.01", "-1", "2/1", "1/0", "一半"])
def test_a_weight_outside_nought_to_one_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="0 到 1 之间"):
        WEIGHT.parse(written, None)


def test_the_region_changes_with_its_basis_only(book: Book) -> None:
    book.act("新建", county())
    with pytest.raises(Refused, match="依据"):
        set_region(book, "珠三角", "  ")
    with pytest.raises(Refused, match="认不出"):
        set_region(book, "粤北", "某文件")
    set_region(book, "珠三角", " 惠府办〔2026〕1号 ")
    held = book.read(row, "county", (1,))
    assert held is not None
    assert (held["region"], held["region_basis"], held["confirmed"]) == ("珠三角", "惠府办〔2026〕1号", True)
    assert set_region(book, "珠三角", "惠府办〔2026〕1号") is None


def test_a_county_stays_at_or_above_its_city(book: Book) -> None:
    city = {"id": 1, "name": "市里的文件", "level": "市", "document": "惠府〔2025〕3号", "since": date(2025, 1, 1), "until": None}
    value = {"id": 1, "rule_set": 1, "key": "pay.floor.粤东西北", "value": "6000000"}
    book.act("市级参数", [Change("rule_set", (1,), None, city), Change("rule_value", (1,), None, value)])
    assert setting(book, "pay.floor.粤东西北").source == "市 市里的文件"
    with pytest.raises(Refused, match=r"60,000\.00"):
        set_parameter(book, "pay.floor.粤东西北", 5_500_000, NEW_YEAR)
    set_parameter(book, "pay.floor.粤东西北", 6_000_001, NEW_YEAR)
    assert setting(book, "pay.floor.粤东西北").source == "县 本县设置（2026-01-01起）"
