"""审核公式: every formula, check and rule that audits a return, and those a city or county adds of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.return_tables import FORMULA_LEVEL, FORMULA_OWNER, FORMULA_SCOPE
from db.rows import defaults, next_ids, row, rows
from policy.finding import LEVEL_WORDS
from policy.parameters import Parameters
from policy.rules import RULES
from returns.audit import EACH, LINES, Audit, check_text
from returns.forms import audits
from returns.points import Listed, listed
from returns.sheet import Scope, Sheet

SCOPES: Final = {"各行": EACH, "明细行": LINES, "合计": (Scope.TOTAL,), "县局": (Scope.BUREAU,), "乡镇": (Scope.TOWN,)}
_LEVEL: Final = {word: level for level, word in LEVEL_WORDS.items()}


def own_formulas(connection: Any, on: date) -> tuple[Audit, ...]:
    """The county's and city's own formulas in force on a day."""
    return tuple(
        Audit(f"自-{one['owner']}{one['id']}", one["form"], SCOPES[one["scope"]], one["text"], _LEVEL[one["level"]])
        for one in rows(connection, "own_formula")
        if one["since"] <= on and (one["until"] is None or on <= one["until"])
    )


def all_formulas(parameters: Parameters, own: Sequence[Audit] = ()) -> tuple[Listed, ...]:
    """Everything that audits a return, with ids, texts and levels."""
    titles = {rule.id: (rule.title, parameters.severities.get(rule.id, rule.severity)) for rule in RULES}
    return listed((*audits(parameters), *own), titles)


def add_formula(book: Book, sheets: Sequence[Sheet], form: str, scope: str, text: str, level: str, *, owner: str = "县", words: str = "", since: date) -> int:
    """Keep an own formula; returns its number. `sheets`: the forms as laid now, which its text is tried on. Refused with a sentence."""
    for given, kind in ((scope, FORMULA_SCOPE), (level, FORMULA_LEVEL), (owner, FORMULA_OWNER)):
        kind.parse(given, None)
    text = text.strip()
    if wrong := check_text(text, form, SCOPES[scope], sheets):
        raise Refused(wrong)
    if any((one["form"], one["text"]) == (form, text) and one["until"] is None for one in book.read(rows, "own_formula")):
        raise Refused(f"{form}已有公式“{text}”。请不要重复添加。")
    number = book.read(next_ids)["own_formula"]
    values = {"id": number, "owner": owner, "form": form, "scope": scope, "text": text, "level": level, "words": words.strip() or None, "since": since}
    book.act(f"新增审核公式 {form}：{text}", [Change("own_formula", (number,), None, defaults("own_formula") | values)])
    return number


def end_formula(book: Book, number: int, last: date) -> int:
    """An own formula holds up to a day and no longer; returns of that time keep it."""
    held = book.read(row, "own_formula", (number,))
    if held is None:
        raise Refused("这条公式已经不在了。请刷新。")
    if last < held["since"]:
        raise Refused(f"停用日期 {last} 早于施行日期 {held['since']}。请改正日期。")
    return book.act(f"停用审核公式 {held['form']}：{held['text']}", [Change("own_formula", (number,), {"until": held["until"]}, {"until": last})])
