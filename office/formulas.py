"""审核公式: every formula, check and rule that audits a return, and those a city or county adds of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.return_tables import FORMULA_LEVEL, FORMULA_OWNER, FORMULA_SCOPE
from db.rows import defaults, next_ids, row, rows
from office.check import facts_in
from policy.finding import LEVEL_WORDS
from policy.parameters import Parameters
from policy.period import Period
from policy.rules import RULES
from returns.annual import OVER_OTHERS, lay_all
from returns.audit import EACH, LINES, Audit, Outcome, audit, check_text
from returns.forms import FORMS, audits
from returns.points import Listed, listed
from returns.sheet import Scope, Sheet
from returns.task import Task

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


def forms_now(connection: Any, period: Period) -> tuple[Sheet, ...]:
    """Every form as the book has it now, for a formula to be tried on (for `book.read`)."""
    task = Task("试算", forms=tuple(form.key for form in FORMS if form.key not in OVER_OTHERS), long_pay_list=True, pay_list_ground=True)
    return lay_all(facts_in(connection, period), task)


def tried(text: str, form: str, scope: str, sheets: Sequence[Sheet]) -> tuple[str, str]:
    """(what is wrong with a formula's text, what comes of it on the forms as they are): one of them is ""."""
    if wrong := check_text(text, form, SCOPES[scope], sheets):
        return wrong, ""
    found = audit(sheets, [Audit("试算", form, SCOPES[scope], text, "hint")])
    failing = [one.line for one in found if one.outcome is Outcome.FAILS]
    lacking = sum(one.outcome is Outcome.NO_DATA for one in found)
    said = f"按现在的报表试算：共 {len(found)} 行，相符 {len(found) - len(failing) - lacking} 行"
    said += f"，不符 {len(failing)} 行（{'、'.join(failing[:5])}{'等' if len(failing) > 5 else ''}）" if failing else ""
    return "", said + (f"，数据不足 {lacking} 行" if lacking else "") + "。"


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
