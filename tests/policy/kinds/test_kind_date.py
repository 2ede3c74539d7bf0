from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.kinds import Unreadable
from policy.kinds.date import DATE, END_DATE

TODAY = date(2026, 5, 20)
MARCH = date(2019, 3, 11)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "raw",
    [
        "2019年3月11日", "2019-3-11", "2019-03-11", "2019/3/11", "2019.3.11", "2019.03.11", "20190311",
        20190311, 20190311.0, 43535, 43535.0, MARCH,
        datetime(2019, 3, 11, 8, 30), "２０１９年３月１１日", "2019．3．11", "2019－3－11",
        " 2019 年 3 月 11 日 ", "2019年3月11号", "2019、3、11", "2019–3–11",
        "2019-03-11 00:00:00", "2019/3/11 0:00", "2019-03-11T08:30:00.000", "'2019-3-11", "2019年3⽉11⽇",
        "2019-3\u200b-11",
    ],
)  # fmt: skip
def test_ways_to_write_a_date(raw: object) -> None:
    value = DATE.parse(raw, None)
    assert value == MARCH
    assert type(value) is date
    assert DATE.parse(raw, TODAY) == MARCH


@pytest.mark.parametrize(
    ("serial", "day"), [(10000, date(1927, 5, 18)), (36526, date(2000, 1, 1)), (73415, date(2100, 12, 31)), (46162, date(2026, 5, 20))]
)
def test_serial_numbers(serial: int, day: date) -> None:
    assert DATE.parse(serial, None) == day
    assert DATE.parse(float(serial), None) == day


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2019.3", "只有年月，缺日"), ("2019年3月", "只有年月，缺日"), ("2019-03", "只有年月，缺日"), ("201903", "只有年月，缺日"),
        (201903, "只有年月，缺日"),
        (2019.3, "只有年月"), (2019, "只有年"), (1900, "只有年"), (2100, "只有年"), ("2019", "只有年"), ("2019年", "只有年"),
        ("2019-02-30", "2019 年 2 月没有 30 日"), ("20190230", "2 月没有 30 日"), (20190230, "2 月没有 30 日"),
        ("2019-2-29", "2 月没有 29 日"), ("1900-2-29", "2 月没有 29 日"),
        ("2019-13-01", "没有 13 月"), ("2019-0-1", "没有 0 月"), ("2019-4-31", "4 月没有 31 日"), ("2019-4-0", "没有 0 日"),
        ("19.3.11", "四位数"), ("19-3-11", "四位数"), ("19年3月11日", "四位数"), ("3/11/2019", "四位数"), ("11/3/2019", "四位数"),
        ("11.3", "没有年份"), ("11月3日", "没有年份"), ("1103", "没有年份"),
        ("1899-12-31", "1900 年至 2100 年"), ("2101-1-1", "1900 年至 2100 年"), (date(1899, 12, 25), "1900 年至 2100 年"),
        (99990101, "1900 年至 2100 年"),
        (60, "不是日期"), (0, "不是日期"), (1, "不是日期"), (61, "不是日期"), (1103, "不是日期"), (9999, "不是日期"), (-5, "不是日期"),
        (73416, "不是日期"), (99999999999, "不是日期"), (43535.5, "不是日期"), (11.3, "不是日期"),
        ("43535", "不是日期"), ("今天", "不是日期"), ("t", "不是日期"), ("+3", "不是日期"), ("-3", "不是日期"), ("至今", "不是日期"),
        ("长期", "不是日期"),
        ("2019.3.11-2020.3.10", "不是日期"), ("3月", "不是日期"), ("无", "不是日期"), ("2019-3-11 下午", "不是日期"),
        ("二〇一九年三月十一日", "不是日期"),
        ("190311", "只有年月"), ("2019 3 11", "不是日期"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(raw: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        DATE.parse(raw, None)
    assert "请" in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("今天", TODAY), ("今", TODAY), ("t", TODAY), ("T", TODAY), ("11.3", date(2026, 11, 3)), ("11-3", date(2026, 11, 3)),
        ("11/3", date(2026, 11, 3)),
        ("11月3日", date(2026, 11, 3)), ("1103", date(2026, 11, 3)), ("0103", date(2026, 1, 3)), ("１１．３", date(2026, 11, 3)),
        ("+12", date(2026, 6, 1)),
        ("-20", date(2026, 4, 30)), ("+0", TODAY), ("+3天", date(2026, 5, 23)), ("－20", date(2026, 4, 30)),
    ],
)  # fmt: skip
def test_short_forms_only_for_who_types(raw: str, day: date) -> None:
    assert DATE.parse(raw, TODAY) == day
    assert END_DATE.parse(raw, TODAY) == day
    with pytest.raises(Unreadable):
        DATE.parse(raw, None)


@pytest.mark.parametrize(
    "raw", ["113", "1", "2026.3", "2.29", "13.1", "26-3-1", "0.1", "+99999", "-99999", "2019", 11.3, 1103, "+", "明天"]
)
def test_short_forms_that_are_not_clear(raw: object) -> None:
    with pytest.raises(Unreadable):
        DATE.parse(raw, TODAY)


@pytest.mark.parametrize("raw", ["至今", "长期", "无固定期限", "长期有效", " 至 今 "])
def test_open_ends(raw: str) -> None:
    assert END_DATE.parse(raw, None) is None
    with pytest.raises(Unreadable):
        DATE.parse(raw, None)


@given(DAYS)
def test_every_day_survives_every_way_of_writing_it(day: date) -> None:
    ways: list[object] = [
        DATE.show(day),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day.year}{day.month:02}{day.day:02}",
        day.year * 10000 + day.month * 100 + day.day,
        datetime(day.year, day.month, day.day),
    ]
    serial = (day - date(1899, 12, 30)).days
    if serial >= 10000:
        ways += [serial, float(serial)]
    for raw in ways:
        assert DATE.parse(raw, None) == day
        assert END_DATE.parse(raw, TODAY) == day


@given(DAYS, st.integers(-9999, 9999))
def test_days_from_today(today: date, days: int) -> None:
    expected = today + timedelta(days=days)
    if 1900 <= expected.year <= 2100:
        assert DATE.parse(f"{days:+}", today) == expected
    else:
        with pytest.raises(Unreadable):
            DATE.parse(f"{days:+}", today)


@given(DAYS, DAYS)
def test_month_and_day_mean_this_year_or_nothing(today: date, day: date) -> None:
    try:
        expected = day.replace(year=today.year)
    except ValueError:
        with pytest.raises(Unreadable, match="没有 29 日"):
            DATE.parse(f"{day.month}.{day.day}", today)
    else:
        assert DATE.parse(f"{day.month}.{day.day}", today) == expected
        assert DATE.parse(f"{day:%m%d}", today) == expected
