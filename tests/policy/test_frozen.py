"""Frozen facts come back equal, whatever they hold, and a text that does not fit is refused in words."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy import example
from policy.facts import Facts
from policy.frozen import freeze, plain, record, thaw
from policy.rules import RULES


def same(one: Any, other: Any) -> bool:
    """Equal, and of the same sorts all the way down (1 is not True, a tuple is no list)."""
    if type(one) is not type(other):
        return False
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def test_the_worked_county_comes_back() -> None:
    facts = example.worked_county()
    assert same(thaw(freeze(facts)), facts)
    assert freeze(thaw(freeze(facts))) == freeze(facts)


def test_the_facts_of_every_rules_cases_come_back() -> None:
    for rule in RULES:
        for said, facts, _ in rule.cases():
            assert thaw(freeze(facts)) == facts, f"{rule.id} {said}"


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_record_of_the_facts_comes_back(data: st.DataObject) -> None:
    """Each field of the facts, filled by its type with anything that type may be."""
    field = data.draw(st.sampled_from([f.name for f in fields(Facts) if f.name not in ("parameters", "county", "period")]))
    hint = get_type_hints(Facts)[field]
    facts = replace(example.facts(), **{field: data.draw(st.from_type(hint))})
    assert thaw(freeze(facts)) == facts


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.fractions() | st.frozensets(st.text() | st.integers()),
        lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers() | st.tuples(st.text(), st.integers()), inner),
    )
)
def test_any_plain_value_comes_back(value: Any) -> None:
    assert same(record(json.loads(json.dumps(plain(value)))), value)


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(object())


def test_a_text_of_before_a_field_existed_takes_its_default() -> None:
    content = json.loads(freeze(example.worked_county()))
    del content["facts"]["contracts"]
    assert thaw(json.dumps(content)) == example.worked_county()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: content | {"version": 99}, "更高版本"),
        (lambda content: {"version": 1}, "损坏"),
        (lambda content: [], "损坏"),
        (lambda content: content | {"facts": {"$": "Facts"}}, "缺少"),
        (lambda content: content | {"facts": {"$": "Nobody"}}, "不认得的记录"),
        (lambda content: content | {"facts": content["facts"] | {"moon": 1}}, "不认得的内容（moon）"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(spoil: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        thaw(json.dumps(spoil(json.loads(freeze(example.facts())))))


def test_sorts_that_json_does_not_know() -> None:
    value = {("fund_doc", 3): (date(2026, 1, 2), Fraction(1, 3)), ("unit", 1): frozenset({"甲"})}
    assert same(record(json.loads(json.dumps(plain(value)))), value)
    assert get_args(get_type_hints(Facts)["units"])
