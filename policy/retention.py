"""保管期限提示: how long the law has papers kept at the least, and which have been kept so long. Whether they are kept on is the office's decision:
nothing is destroyed by the program, and nothing is ever called ready for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.limits import Limits, shipped_limits

PAY: Final = "工资支付记录"
LABOUR: Final = "已终止的劳动合同"
PROCUREMENT: Final = "采购文件"
ASSESSMENT: Final = "个人信息保护影响评估报告"
_LIMITS: Final = {PAY: "keep_pay_years", LABOUR: "keep_labour_years", PROCUREMENT: "keep_procurement_years", ASSESSMENT: "keep_assessment_years"}
OVER: Final = "已满最低保管期限"
WITHIN: Final = "保管期限内"
SORTS: Final = tuple(_LIMITS)


@dataclass(frozen=True, slots=True)
class Paper:
    """Papers of one sort: what they are, and the day from which the term runs (wages paid, contract ended, purchase over, report made)."""

    sort: str
    name: str
    since: date
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Papers with their term: `until` is the last day of the least term, `years` its length, `article` where it stands."""

    paper: Paper
    years: int
    article: str
    until: date

    def state(self, day: date) -> str:
        """保管期限内 up to and with the last day, 已满最低保管期限 after it."""
        return OVER if day > self.until else WITHIN


def years_of(sort: str, limits: Limits) -> int:
    """The least term of a sort of papers, in years."""
    years: int = getattr(limits, _LIMITS[sort])
    return years


def article_of(sort: str) -> str:
    """The article that sets it."""
    return next(one.source for one in shipped_limits().limits if one.name == _LIMITS[sort])


def until(since: date, years: int) -> date:
    """The same day so many years later; 28 February for 29 February where that year has none."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return date(since.year + years, 2, 28)


def kept(papers: Iterable[Paper], limits: Limits) -> tuple[Kept, ...]:
    """The papers with their terms, by the day the term ends."""
    articles = {sort: article_of(sort) for sort in SORTS}
    found = [Kept(one, years_of(one.sort, limits), articles[one.sort], until(one.since, years_of(one.sort, limits))) for one in papers]
    return tuple(sorted(found, key=lambda one: (one.until, SORTS.index(one.paper.sort), one.paper.name)))
