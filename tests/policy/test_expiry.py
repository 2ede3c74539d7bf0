"""到期提醒: what stands on the board on a day is worked out from that day alone, and rows leave only for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.example_contracts import PROVIDER, contract, dispatch, labour, with_contract, with_labour
from policy.expiry import LABOUR, LICENCE, PURCHASE, band_of, bands, expiring
from policy.facts import Facts
from policy.labour_facts import OPEN

D = date
TODAY = D(2026, 12, 31)


def ends(day: date, as_of: date = TODAY, **more: Any) -> Facts:
    return with_labour(labour(end=day), as_of=as_of, period=str(as_of.year), **more)


@pytest.mark.parametrize(
    ("end", "band", "left"),
    [
        (D(2026, 12, 30), "已过期", -1),
        (D(2026, 12, 31), "0–30 天", 0),  # ends today: not overdue
        (D(2027, 1, 30), "0–30 天", 30),
        (D(2027, 1, 31), "31–60 天", 31),
        (D(2027, 3, 1), "31–60 天", 60),
        (D(2027, 3, 2), "61–90 天", 61),
        (D(2027, 3, 31), "61–90 天", 90),
    ],
)
def test_a_labour_contract_by_the_days_left(end: date, band: str, left: int) -> None:
    (one,) = expiring(ends(end))
    assert (one.sort, one.table, one.id, one.person, one.end, one.band, one.left) == (LABOUR, "labour_contract", 1, 1, end, band, left)


def test_what_is_far_is_not_there() -> None:
    assert expiring(ends(D(2027, 4, 1))) == ()
    assert expiring(with_labour(labour(kind=OPEN, end=None))) == ()
    assert expiring(example.facts(engagements=[example.engagement()])) == ()


def test_the_days_are_settings() -> None:
    limits = example.parameters(settings={"limits.expiry_near_days": 10, "limits.expiry_days": 20, "limits.expiry_far_days": 45}).limits
    assert bands(limits) == ("已过期", "0–10 天", "11–20 天", "21–45 天")
    assert [band_of(left, limits) for left in (-1, 0, 10, 11, 20, 21, 45, 46)] == [
        "已过期", "0–10 天", "0–10 天", "11–20 天", "11–20 天", "21–45 天", "21–45 天", "",
    ]  # fmt: skip


def test_forty_days_without_opening_the_program() -> None:
    end = D(2026, 12, 31)
    assert expiring(ends(end, D(2026, 9, 30))) == ()  # 92 days before
    assert [one.band for one in expiring(ends(end, D(2026, 11, 9)))] == ["31–60 天"]
    assert [(one.band, one.left) for one in expiring(ends(end, D(2026, 12, 19)))] == [("0–30 天", 12)]
    assert [(one.band, one.left) for one in expiring(ends(end, D(2027, 1, 28)))] == [("已过期", -28)]


@given(st.integers(0, 1500))
def test_time_alone_never_takes_a_row_away(days: int) -> None:
    (one,) = expiring(ends(D(2026, 12, 31), TODAY + timedelta(days=days)))
    assert one.left == -days and (one.band == "已过期") == (days > 0)


def test_renewal_takes_it_away() -> None:
    old = labour(end=TODAY)
    assert expiring(with_labour(old, labour(2, seq=2, start=D(2027, 1, 1), end=D(2028, 12, 31), signed=D(2026, 12, 20)))) == ()
    (one,) = expiring(with_labour(old, labour(2, seq=2, start=D(2027, 1, 1), end=D(2027, 2, 1), signed=D(2026, 12, 20))))
    assert (one.id, one.left) == (2, 32)


def test_a_decision_not_to_renew_takes_it_away() -> None:
    assert expiring(with_labour(labour(end=TODAY, not_renewed_on=D(2026, 12, 1)))) == ()


@pytest.mark.parametrize(
    ("left", "there"),
    [(D(2026, 12, 30), 0), (D(2026, 12, 31), 0), (D(2027, 1, 20), 0), (D(2027, 1, 21), 1), (None, 1)],
)
def test_departure_takes_it_away_unless_work_goes_on_past_the_contract(left: date | None, there: int) -> None:
    worker = example.engagement(end=left)
    assert len(expiring(with_labour(labour(end=D(2027, 1, 20)), worker=worker))) == there


def test_a_contract_ended_by_a_change_of_provider_stands_there_until_a_new_one_is_signed() -> None:
    ended = labour(end=D(2028, 12, 31), ended_on=D(2026, 6, 30))
    (one,) = expiring(with_labour(ended))
    assert (one.end, one.band) == (D(2026, 6, 30), "已过期") and "还没有新的劳动合同" in one.detail
    assert expiring(with_labour(ended, labour(2, seq=2, start=D(2026, 7, 1), end=D(2029, 6, 30)))) == ()


def test_a_purchase_contract_ends_with_its_amendments_and_leaves_by_successor_or_decision() -> None:
    from policy.contract_facts import Amendment

    (one,) = expiring(with_contract(contract(end=TODAY)))
    assert (one.sort, one.table, one.band, one.left) == (PURCHASE, "purchase_contract", "0–30 天", 0)
    longer = contract(end=TODAY, amendments=(Amendment(1, D(2026, 12, 1), 0, D(2027, 2, 10)),))
    (one,) = expiring(with_contract(longer))
    assert (one.end, one.band) == (D(2027, 2, 10), "31–60 天")
    assert expiring(with_contract(contract(end=TODAY, not_renewed_on=D(2026, 12, 1)))) == ()
    after = contract(2, start=D(2027, 1, 1), end=D(2027, 12, 31), predecessor=1)
    assert expiring(example.facts(contracts=[contract(end=TODAY), after])) == ()
    unlinked = contract(2, start=D(2027, 1, 1), end=D(2027, 12, 31))
    assert [one.id for one in expiring(example.facts(contracts=[contract(end=TODAY), unlinked]))] == [1]


def test_a_licence_counts_while_dispatch_runs_under_it() -> None:
    def licence(until: date | None, **more: Any) -> list[str]:
        supplier = replace(PROVIDER, licence_to=until)
        facts = example.facts(contracts=[dispatch(supplier=supplier, end=D(2027, 12, 31), **more), dispatch(2, supplier=supplier, end=D(2028, 12, 31))])
        return [one.band for one in expiring(facts) if one.sort == LICENCE]

    assert licence(TODAY) == ["0–30 天"] and licence(D(2026, 12, 30)) == ["已过期"] and licence(D(2027, 4, 1)) == []
    assert licence(None) == []
    over = dispatch(supplier=replace(PROVIDER, licence_to=TODAY), end=D(2026, 12, 30))
    assert [one.left for one in expiring(with_contract(over)) if one.sort == LICENCE] == [0], "the agreement lapsed, nothing was decided"
    forty = with_contract(over, as_of=D(2027, 2, 9), period="2027")
    assert [(one.sort, one.left) for one in expiring(forty)] == [(PURCHASE, -41), (LICENCE, -40)], "no row leaves because time passed"
    decided = replace(over, not_renewed_on=D(2026, 12, 1))
    assert [one for one in expiring(with_contract(decided)) if one.sort == LICENCE] == []
    elsewhere = dispatch(2, start=D(2026, 12, 31), end=D(2027, 12, 30), predecessor=1, supplier=replace(PROVIDER, id=2, licence_to=None))
    assert [one for one in expiring(example.facts(contracts=[over, elsewhere])) if one.sort == LICENCE] == []
    bought = contract(supplier=replace(PROVIDER, licence_to=TODAY), end=D(2027, 12, 31))
    assert [one for one in expiring(with_contract(bought)) if one.sort == LICENCE] == []


def test_the_board_is_in_the_order_of_the_days() -> None:
    facts = example.facts(
        engagements=[example.engagement()], labour_contracts=[labour(end=D(2027, 1, 5))], contracts=[contract(end=D(2027, 1, 2)), contract(2, end=D(2026, 12, 1))]
    )  # fmt: skip
    assert [one.end for one in expiring(facts)] == [D(2026, 12, 1), D(2027, 1, 2), D(2027, 1, 5)]
