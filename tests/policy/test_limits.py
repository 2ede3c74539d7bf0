"""The shipped limits: each with words, unit and source; what was not read word for word says that it needs confirming."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from policy import example
from policy.limits import Limits, shipped_limits

KINDS = {"月", "天", "年", "个", "比例", "日期", "是否", "元", "分", "户"}


def test_the_file_and_the_record_name_the_same_limits() -> None:
    assert [one.name for one in shipped_limits().limits] == [one.name for one in fields(Limits)]


def test_every_limit_has_its_words_its_unit_and_its_source() -> None:
    for one in shipped_limits().limits:
        assert one.label and one.source and one.kind in KINDS, one.name
        assert isinstance(one.value, {"日期": str, "是否": bool}.get(one.kind, int)), one.name


def test_what_was_only_remembered_asks_to_be_confirmed() -> None:
    asks = {one.name for one in shipped_limits().limits if one.confirm}
    assert {"no_dispatch_since", "service_months", "service_months_secured", "employer_change_since", "working_age"} <= asks
    assert {"retire_age_men", "retire_age_women", "dispatch_share", "notice_days"} <= asks
    assert not asks & {"supplement_share", "sign_days", "filing_days", "written_months", "dispatch_term_months", "probation_wage_share"}


def test_values_in_force() -> None:
    limits = example.parameters().limits
    assert (limits.no_dispatch_since, limits.employer_change_since) == (date(2020, 3, 1), date(2025, 9, 1))
    assert (limits.sign_days, limits.filing_days, limits.supplement_share, limits.dispatch_term_months) == (30, 7, 1000, 24)
    later = example.parameters(settings={"limits.no_dispatch_since": "2021-01-01", "limits.expiry_days": 90}).limits
    assert (later.no_dispatch_since, later.expiry_days, later.sign_days) == (date(2021, 1, 1), 90, 30)


def test_articles_of_labour_law_stand_beside_those_of_the_notice() -> None:
    articles = example.parameters().articles
    assert set(shipped_limits().articles) <= set(articles) and "二（三）" in articles
