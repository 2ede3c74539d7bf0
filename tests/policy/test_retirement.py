"""法定退休年龄 by sex and 退休类别, and the protection shortly before it (劳动合同法第四十二条第五项)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy import example
from policy.ending import near_retirement, reason_of
from policy.facts import Facts
from policy.finding import HINT, SOFT
from policy.labour_facts import RetirementAge
from policy.retirement import retires, retiring_as
from policy.rules.l13_age import L13

D = date
LIMITS = example.parameters().limits
TABLE = (
    RetirementAge(196501, "男", 721), RetirementAge(197001, "女干部", 661), RetirementAge(197501, "女工人", 601), RetirementAge(197505, "女工人", 603),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sex", "registered", "may"),
    [
        ("男", "", ("男",)),
        ("男", "女工人", ("男",)),
        ("女", "女干部", ("女干部",)),
        ("女", "女工人", ("女工人",)),
        ("女", "", ("女干部", "女工人")),
        ("女", "男", ("女干部", "女工人")),
        ("", "女工人", ("女工人",)),
        ("", "", ()),
    ],
)
def test_as_what_somebody_may_retire(sex: str, registered: str, may: tuple[str, ...]) -> None:
    assert retiring_as(sex, registered) == may


@pytest.mark.parametrize(
    ("birth", "category", "on"),
    [
        (D(1964, 12, 31), "男", D(2024, 12, 31)),  # before the table: the plain sixty
        (D(1965, 1, 1), "男", D(2025, 2, 1)),
        (D(1969, 12, 31), "女干部", D(2024, 12, 31)),
        (D(1970, 1, 31), "女干部", D(2025, 2, 28)),
        (D(1974, 12, 31), "女工人", D(2024, 12, 31)),
        (D(1975, 4, 30), "女工人", D(2025, 5, 30)),
        (D(1975, 5, 1), "女工人", D(2025, 8, 1)),  # the newest line that holds
    ],
)
def test_the_table_stands_before_the_plain_ages(birth: date, category: str, on: date) -> None:
    assert retires(birth, category, TABLE, LIMITS) == on


def woman(birth: date, registered: str) -> Facts:
    one = example.engagement(who=example.person(birth=birth, sex="女"))
    return example.facts(engagements=[replace(one, terms=(replace(one.terms[0], retirement=registered),))], retirement_ages=TABLE)


@pytest.mark.parametrize(
    ("birth", "registered", "levels"),
    [
        (D(1976, 9, 30), "女工人", [SOFT]),  # 50 + 3 months is 2026-12-30
        (D(1976, 10, 1), "女工人", []),
        (D(1976, 9, 30), "女干部", []),
        (D(1976, 9, 30), "", [HINT]),
        (D(1976, 10, 1), "", []),
        (D(1971, 11, 30), "", [SOFT]),  # past both: nothing left to fill in
        (D(1971, 12, 1), "", [HINT]),
        (D(1971, 11, 30), "女干部", [SOFT]),
    ],
)
def test_a_blank_category_is_asked_for_and_never_guessed(birth: date, registered: str, levels: list[str]) -> None:
    found = list(L13.find(L13, woman(birth, registered)))
    assert [one.severity for one in found] == levels
    assert all(("请在用工条件里补登" in one.arithmetic) is (one.severity == HINT) for one in found)


UNFIT, EXPIRED, LAST = "不能胜任工作", "合同期满不续（用人单位不续）", D(2026, 6, 30)


@pytest.mark.parametrize(
    ("reason", "since", "retiring", "said"),
    [
        (UNFIT, D(2011, 7, 1), {"男": D(2031, 6, 29)}, "距法定退休年龄不足 5 年"),
        ("用人单位裁减人员", D(2011, 7, 1), {"男": D(2031, 6, 29)}, "第四十二条第五项"),
        (EXPIRED, D(2011, 7, 1), {"男": D(2031, 6, 29)}, "应当续延"),
        (UNFIT, D(2011, 7, 2), {"男": D(2031, 6, 29)}, ""),  # a day short of fifteen years
        (UNFIT, D(2011, 7, 1), {"男": D(2031, 6, 30)}, ""),  # five years to the day are not less than five
        (UNFIT, D(2001, 1, 1), {"男": LAST}, ""),  # reached: 退休 is another ground
        ("严重违纪", D(2001, 1, 1), {"男": D(2027, 1, 1)}, ""),
        ("个人辞职", D(2001, 1, 1), {"男": D(2027, 1, 1)}, ""),
        (UNFIT, D(2001, 1, 1), {}, "没有登记出生日期或者性别"),
        (UNFIT, D(2001, 1, 1), {"女干部": D(2036, 1, 1), "女工人": D(2031, 1, 1)}, "没有登记退休类别"),
        (UNFIT, D(2001, 1, 1), {"女干部": D(2031, 1, 1), "女工人": D(2026, 1, 1)}, "没有登记退休类别"),
        (UNFIT, D(2001, 1, 1), {"女干部": D(2041, 1, 1), "女工人": D(2036, 1, 1)}, ""),
    ],
)
def test_who_is_close_to_retirement_is_not_dismissed(reason: str, since: date, retiring: dict[str, date], said: str) -> None:
    found = near_retirement(reason_of(reason), since, LAST, retiring, LIMITS)
    assert (said in found[0] and len(found) == 1) if said else found == ()
