"""保管期限提示: the least terms of the law, counted to the day; longer ones by setting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy import example
from policy.retention import ASSESSMENT, LABOUR, OVER, PAY, PROCUREMENT, WITHIN, Paper, article_of, kept, until

LIMITS = example.parameters().limits


@pytest.mark.parametrize(
    ("sort", "years", "article"),
    [
        (PAY, 2, "工资支付暂行规定第六条"), (LABOUR, 2, "劳动合同法第五十条"), (PROCUREMENT, 15, "政府采购法第四十二条"),
        (ASSESSMENT, 3, "个人信息保护法第五十六条"),
    ],
)  # fmt: skip
def test_the_terms_of_the_law_with_their_articles(sort: str, years: int, article: str) -> None:
    (one,) = kept([Paper(sort, "甲", date(2020, 6, 30))], LIMITS)
    assert (one.years, one.article, one.until) == (years, article, date(2020 + years, 6, 30))
    assert article_of(sort) == article
    assert (one.state(one.until), one.state(one.until + timedelta(days=1))) == (WITHIN, OVER)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert (until(date(2024, 2, 29), 2), until(date(2024, 2, 29), 4)) == (date(2026, 2, 28), date(2028, 2, 29))


def test_a_longer_term_is_a_setting() -> None:
    limits = example.parameters(settings={"limits.keep_pay_years": 10}).limits
    assert kept([Paper(PAY, "甲", date(2020, 12, 31))], limits)[0].until == date(2030, 12, 31)


def test_what_ends_first_stands_first() -> None:
    found = kept([Paper(PROCUREMENT, "合同", date(2012, 1, 1)), Paper(PAY, "工资", date(2024, 12, 31)), Paper(LABOUR, "甲", date(2024, 12, 31))], LIMITS)
    assert [one.paper.sort for one in found] == [PAY, LABOUR, PROCUREMENT]
    assert "可销毁" not in OVER + WITHIN
