"""Bringing in the provider's own pay sheet (承接主体工资表), to be kept beside ours and checked against it, never mixed with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from db.change import Change
from db.rows import defaults, rows
from office.imports import pay
from office.imports.plan import CHANGED, NEW, SAME, Cell, Context, Planned, Source
from office.imports.plan import WRONG as REFUSED
from policy.pay_check import PROVIDER_PAID
from policy.pay_items import WRITTEN
from policy.period import month_end

CARRIED: Final = (*WRITTEN, "paid_on")


@dataclass(frozen=True)
class Existing:
    """What a pay sheet is planned against, as if no month had pay yet, and the provider's sheets there are."""

    pay: pay.Existing
    sent: Mapping[tuple[int, int, int], Mapping[str, Any]]
    terms: Mapping[int, Sequence[Mapping[str, Any]]]
    """Engagement → its conditions, ascending."""


def existing(connection: Any) -> Existing:
    """Read what the plan compares with."""
    sent = {(one["year"], one["engagement"], one["month"]): one for one in rows(connection, "provider_pay")}
    terms: dict[int, list[Mapping[str, Any]]] = {}
    for one in sorted(rows(connection, "engagement_term"), key=lambda one: one["since"]):
        terms.setdefault(one["engagement"], []).append(one)
    return Existing(replace(pay.existing(connection), pay={}), sent, terms)


def plan(sources: Iterable[Source], book: Existing, context: Context) -> list[Planned]:
    """One Planned row a source row, read as our own sheet is; a sheet sent anew takes the place of the earlier one, blanks too."""
    return [_beside(one, book, context) for one in pay.plan(sources, book.pay, context)]


def _beside(planned: Planned, book: Existing, context: Context) -> Planned:
    if not planned.changes:
        return planned
    (made,) = planned.changes
    year, engagement, month = made.key
    kind = next((one["type"] for one in reversed(book.terms.get(engagement, ())) if one["since"] <= month_end(year, month)), None)
    if kind not in PROVIDER_PAID:
        why = f"{year}年{month}月的用工形式是“{kind or '未填'}”，不由承接主体发放工资，不在核对之内。请从表里删去这一行，或核对用工条件。"
        return Planned(planned.row_number, REFUSED, planned.name, errors={pay.FIELDS["name"].label: why}, notes=planned.notes)
    said = {name: (made.after or {})[name] for name in CARRIED} | {"source": context.file, "kept": False}
    old = book.sent.get(made.key)
    if old is None:
        whole = defaults("provider_pay") | {"year": year, "engagement": engagement, "month": month} | said
        return replace(planned, state=NEW, changes=(Change("provider_pay", made.key, None, whole),))
    differing = [name for name in CARRIED if old[name] != said[name]]
    if not differing:
        return replace(planned, state=SAME, cells=(), changes=())
    changed = {name: value for name, value in said.items() if old[name] != value}
    cells = tuple(Cell(pay.FIELDS[name].label, _show(name, old[name]), _show(name, said[name])) for name in differing)
    return replace(
        planned, state=CHANGED, cells=cells,
        changes=(Change("provider_pay", made.key, {name: old[name] for name in changed}, changed),),
    )  # fmt: skip


def _show(name: str, value: Any) -> str:
    return "" if value is None else pay.FIELDS[name].kind.show(value)


KIND = replace(pay.KIND, id="provider", title="承接主体工资表", existing=existing, plan=plan)
