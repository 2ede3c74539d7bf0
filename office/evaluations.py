"""绩效评价: a year's blank evaluations for every contract that must have one, what was published, and what the result was used for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from office.check import check_period, facts_in
from policy.evaluation import band, to_evaluate, weighted
from policy.kinds.score import SCORE
from policy.limits import Limits


def lacking(connection: Any, year: int, as_of: date) -> tuple[tuple[int, str], ...]:
    """应评价而没有评价: (contract, number and name) of contracts that ran long enough in the year and have no evaluation of it."""
    facts = facts_in(connection, check_period(as_of))
    there = {one["contract"] for one in rows(connection, "evaluation", year=year)}
    return tuple((one.id, f"{one.no} {one.name}".strip()) for one in to_evaluate(facts, year) if one.id not in there)


def open_evaluations(book: Book, year: int, as_of: date) -> int:
    """建立年度评价: a blank evaluation for every contract that lacks one of the year; returns how many. Refused where none lacks one."""
    wanted = book.read(lacking, year, as_of)
    if not wanted:
        raise Refused(f"{year} 年度应评价的合同都已有评价，或者没有履行期满足要求的合同。")
    number = book.read(next_ids)["evaluation"]
    made = [
        Change("evaluation", (at,), None, defaults("evaluation") | {"id": at, "contract": contract, "year": year})
        for at, (contract, _) in enumerate(wanted, number)
    ]
    book.act(f"建立{year}年度绩效评价 {len(made)} 份", made)
    return len(made)


def publish(book: Book, evaluation: int, on: date, channel: str | None = None) -> int:
    """公布结果; returns the act. Refused before the day of the evaluation."""
    held = _held(book, evaluation)
    if held["evaluated"] is not None and on < held["evaluated"]:
        raise Refused(f"公布日期 {on} 早于评价日期 {held['evaluated']}。请核对日期。")
    after = {"published": on, "channel": channel or held["channel"]}
    return book.act("公布绩效评价结果", [Change("evaluation", (evaluation,), {name: held[name] for name in after}, after)])


def use(book: Book, evaluation: int, used: str, rectification: str | None = None, rectified: date | None = None) -> int:
    """登记结果运用: what the result was used for, and what is to be mended; returns the act."""
    held = _held(book, evaluation)
    after = {"use": used, "rectification": rectification or held["rectification"], "rectified": rectified or held["rectified"]}
    return book.act("登记评价结果运用", [Change("evaluation", (evaluation,), {name: held[name] for name in after}, after)])


def foreseen(values: Mapping[str, Any], limits: Limits) -> str:
    """What the scores and weights typed so far come to, in a sentence: 综合得分 and 等次; what is still missing otherwise."""
    parties, dimensions = (
        weighted([values.get(f"{name}_score") for name in names], [_weight(values.get(f"{name}_weight")) for name in names])
        for names in (("buyer", "client", "third"), ("result", "project", "impact"))
    )
    if parties is None:
        return "三方评分填齐后，这里算出综合得分和等次。"
    score = (2 * parties.numerator + parties.denominator) // (2 * parties.denominator)
    said = f"三方评分按权重平均 {SCORE.show(score)} 分，等次：{band(score, limits)}。"
    if dimensions is not None:
        other = (2 * dimensions.numerator + dimensions.denominator) // (2 * dimensions.denominator)
        gap = abs(other - score)
        said += f"三项内容合计 {SCORE.show(other)} 分，相差 {SCORE.show(gap)} 分" + ("，请核对。" if gap > 100 * limits.dimension_gap else "。")
    return said


def _weight(value: int | None) -> int:
    return 1 if value is None else value


def _held(book: Book, evaluation: int) -> dict[str, Any]:
    found = book.read(row, "evaluation", (evaluation,))
    if found is None:
        raise Refused("这份绩效评价已经不在了。请刷新。")
    return found
