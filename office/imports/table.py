"""Bringing in one table of the book, described as data: the columns a file may give, what tells two records apart, which words
stand for other records, whom a row hangs on. `kind_of` makes an import kind of such a description; what is peculiar to a table is
said in its own few functions (`checks`, `find`).

A row is compared with the record it is about; blanks never empty a value, and what a new record must have is never made up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from db.change import Change
from db.model import TABLES, stored
from db.rows import defaults, next_ids, rows
from office.imports import people
from office.imports.people import APART, WHO, People, Row
from office.imports.plan import CHANGED, NEW, SAME, Cell, Context, ImportKind, Planned, Source, again, differing, waiting, wrong
from office.imports.words import Known, Words, known
from policy.kinds import Field, Kind, Unreadable
from policy.names import fold


@dataclass(frozen=True)
class Several:
    """Rows of a table that hang on the record, one for each word of a cell; `columns`: where a word (and its share) is stored."""

    table: str
    owner: str
    columns: tuple[str, ...]


@dataclass
class Draft:
    """A row of the file while it is being planned. An entry of `errors` ends it; `cells` and `changes` come before the record's own."""

    source: Source
    name: str
    values: dict[str, Any]
    errors: dict[str, str]
    ids: dict[str, int]
    """Table → number of its next new row."""
    notes: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    made: dict[Any, Any] = field(default_factory=dict)
    """Records of other tables (or sums) that this row makes and later rows may mean."""

    def add(self, table: str, values: Row) -> int:
        """Make a row of a table; returns its number."""
        number = self.ids[table]
        self.ids[table] += 1
        self.changes.append(Change(table, (number,), None, {**defaults(table), **values, "id": number}))
        return number


@dataclass
class Planning:
    """The book, and what the rows so far have made of it."""

    ids: dict[str, int]
    words: Mapping[str, Known]
    people: People | None
    held: Mapping[Any, Sequence[Row]]
    """First key column's value → the book's records."""
    hanging: Mapping[str, Mapping[int, Sequence[Row]]]
    """Field of several words → record → its rows."""
    other: dict[Any, Any]
    """Records of another table by what tells them apart (`Spec.other`)."""
    planned: dict[Any, dict[int, Row]] = field(default_factory=dict)
    """First key column's value → number → the record as it stands after the rows so far."""

    def beside(self, first: Any) -> list[Row]:
        """The records with this first key value, as they stand after the rows so far."""
        first = _folded(first)
        now = self.planned.get(first, {})
        return [*(one for one in self.held.get(first, ()) if one["id"] not in now), *now.values()]


Check = Callable[[Draft, Planning], None]
Whose = Callable[[Draft, int, People], bool]
"""Puts the person's number, or that of the engagement meant, into the values; whether it was one of several."""


@dataclass(frozen=True)
class Spec:
    """A table as a sheet brings it in."""

    id: str
    title: str
    table: str
    fields: Mapping[str, Field]
    """Id → field, in the order of the template; an id that is a column of the table is stored there."""
    key: tuple[str, ...]
    """Columns that together say which record a row is about."""
    needs: tuple[str, ...]
    """Fields that every row has; the month may stand in the sheet's title instead."""
    named: Callable[[Mapping[str, Any]], str]
    """What the preview calls a row (by its values as sent)."""
    musts: Collection[str] = ()
    """What a new record must have beside the columns that are never empty."""
    words: Mapping[str, Words] = field(default_factory=dict)
    several: Mapping[str, Several] = field(default_factory=dict)
    whose: Whose | None = None
    """For rows that say who they are about by name and number."""
    checks: Sequence[Check] = ()
    find: Callable[[Draft, Sequence[Row]], Row | None] | None = None
    """The book's record a row is about where the key alone does not tell."""
    told: Check = lambda _draft, _book: None
    """Adds what the clerk should know of a new record (notes)."""
    tells: tuple[str, ...] = ()
    """Columns that tell two rows of one file apart beside the key."""
    other: Callable[[Any], dict[Any, Any]] = lambda _: {}
    amounts: Mapping[str, str] = field(default_factory=dict)
    same: str = "同一条记录"
    """What two rows are about that must not contradict each other."""

    @property
    def all_fields(self) -> Mapping[str, Field]:
        """The columns of the file."""
        return {**WHO, **self.fields, **APART} if self.whose else self.fields


def kind_of(spec: Spec) -> ImportKind:
    """The import kind of a table."""
    fields, first = spec.all_fields, ("name",) if spec.whose else ()
    must = {*first, *(("id_no",) if spec.whose else ()), *spec.needs, *_musts(spec)}
    return ImportKind(
        spec.id, spec.title, {name: replace(one, required=False) for name, one in fields.items()}, partial(existing, spec), partial(plan, spec),
        needs=(*first, *(name for name in spec.needs if name != "month")), musts=[name for name in fields if name in must], offered=[*fields][: -len(APART)] if spec.whose else None,
        names=_names, amounts=spec.amounts,
    )  # fmt: skip


def stored_fields(table: str, *names: str) -> dict[str, Field]:
    """Fields of a table's columns, for a Spec."""
    return {name: TABLES[table].columns[name].info["field"] for name in names}


def _musts(spec: Spec) -> list[str]:
    never_empty = {column.name for column in stored(TABLES[spec.table]) if not column.nullable and column.default is None}
    return [name for name in spec.fields if name in spec.musts or name in never_empty]


def _names(book: Planning) -> Mapping[str, Collection[str]]:
    return {name: one.shown for name, one in book.words.items()}


def existing(spec: Spec, connection: Any) -> Planning:
    """Read what the plan compares with."""
    held: dict[Any, list[Row]] = {}
    for one in rows(connection, spec.table):
        held.setdefault(_folded(one[spec.key[0]]), []).append(one)
    hanging: dict[str, dict[int, list[Row]]] = {name: {} for name in spec.several}
    for name, several in spec.several.items():
        for one in rows(connection, several.table):
            hanging[name].setdefault(one[several.owner], []).append(one)
    return Planning(
        next_ids(connection), {name: known(of, connection) for name, of in spec.words.items()}, people.people(connection) if spec.whose else None,
        held, hanging, spec.other(connection),
    )  # fmt: skip


def plan(spec: Spec, sources: Iterable[Source], book: Planning, context: Context) -> list[Planned]:
    """One Planned row a source row."""
    now = replace(book, ids=dict(book.ids), other=dict(book.other), planned={})
    shown = {name: _with_names(one, book.words[name]) if name in book.words else one for name, one in spec.all_fields.items()}
    seen: dict[Any, Source] = {}
    return [_row(spec, shown, source, now, context, seen) for source in sources]


def _row(spec: Spec, shown: Mapping[str, Field], source: Source, book: Planning, context: Context, seen: dict[Any, Source]) -> Planned:
    draft = Draft(source, "", dict(source.values), dict(source.errors), dict(book.ids))
    draft.name = spec.named(source.values)
    if "month" in spec.needs and "month" not in draft.errors:
        draft.values["month"] = draft.values.get("month") or context.month
    for name in spec.needs:
        if draft.values.get(name) is None:
            draft.errors.setdefault(name, f"“{shown[name].label}”必须填写。请补填。")
    _look_up(draft, book)
    ask = _whose(spec, draft, book, context)
    for check in spec.checks:
        if not draft.errors:
            check(draft, book)
    old = None if draft.errors else (spec.find or partial(_find, spec))(draft, book.held.get(_folded(draft.values.get(spec.key[0])), ()))
    if old is None and not draft.errors:
        _must(spec, shown, draft)
    if draft.errors:
        return wrong(source, draft.name, shown, draft.errors)
    about = old["id"] if old else tuple(_folded(draft.values.get(name)) for name in (*spec.key, *spec.tells))
    first = seen.setdefault(about, source)
    if first is not source:
        return again(source, draft.name, first, spec.same)
    if ask:
        return waiting(source, draft.name, ask)
    if old is None:
        spec.told(draft, book)
    state = _write(spec, shown, draft, old, book)
    if not draft.changes:
        return Planned(source.row_number, SAME, draft.name, notes=tuple(draft.notes))
    book.ids.update(draft.ids)
    book.other.update(draft.made)
    return Planned(source.row_number, state, draft.name, tuple(draft.cells), notes=tuple(draft.notes), changes=tuple(draft.changes))


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _look_up(draft: Draft, book: Planning) -> None:
    """Put the records' numbers in place of their words."""
    for name, of in book.words.items():
        said = draft.values.get(name)
        if said is None:
            continue
        try:
            draft.values[name] = tuple(map(of.number, said)) if isinstance(said, tuple) else of.number(said)
        except Unreadable as unknown:
            draft.errors[name] = str(unknown)


def _whose(spec: Spec, draft: Draft, book: Planning, context: Context) -> str:
    """Find whom a row hangs on; returns what the clerk is to confirm."""
    if not spec.whose or draft.errors.keys() & WHO.keys():
        return ""
    assert book.people is not None
    if not draft.values.get("name"):
        draft.errors["name"] = f"“{WHO['name'].label}”必须填写。请补填。"
        return ""
    person = people.person_of(draft.values, book.people, draft.errors)
    if person is None:
        return ""
    unread = {name: draft.errors.pop(name) for name in APART if name in draft.errors}
    if not draft.errors and spec.whose(draft, person, book.people):
        draft.errors |= unread
    return people.asked(draft.values, person, book.people, context)


def the_person(draft: Draft, person: int, _known: People) -> bool:
    """A row that hangs on the person."""
    draft.values["person"] = person
    return False


def engaged_on(first: str, last: str = "") -> Whose:
    """A row that hangs on the engagement of the field `first`'s day (or, beginning before it, of the days to `last`)."""

    def find(draft: Draft, person: int, known_people: People) -> bool:
        day, until = draft.values[first], draft.values.get(last)
        found = people.holding(known_people, person, day, day) or (people.holding(known_people, person, day, until) if last else [])
        named = people.told_apart(found, draft.values, known_people, day) if len(found) > 1 else found
        if len(named) == 1:
            draft.values["engagement"] = named[0]["id"]
        elif found:
            draft.errors[first] = f"{day} 有几段用工关系（{people.periods(found)}），分不清是哪一段。请加一列“入职日期”或“用人单位”写明。"
        else:
            held = people.periods(known_people.engagements.get(person, ()))
            draft.errors[first] = f"{day} 不在这个人的用工期间内（{held or '没有用工关系'}）。请核对日期，或先登记入职日期。"
        return len(found) > 1

    return find


def engaged_in(month: str) -> Whose:
    """A row that hangs on the engagement of a month (yyyymm)."""

    def find(draft: Draft, person: int, known_people: People) -> bool:
        year, number = divmod(draft.values[month], 100)
        found = people.of_month(known_people, person, year, number, draft.values)
        draft.notes += [found.note] if found.note else []
        if found.engagement is None or found.after:
            draft.errors[month] = found.error or f"{year}年{number}月不在这个人的用工期间内。请核对月份。"
        else:
            draft.values["engagement"] = found.engagement["id"]
        return found.chosen

    return find


def _find(spec: Spec, draft: Draft, held: Sequence[Row]) -> Row | None:
    """The record with the same key."""
    return only(draft, [one for one in held if all(_folded(one[name]) == _folded(draft.values.get(name)) for name in spec.key)])


def only(draft: Draft, found: Sequence[Row]) -> Row | None:
    """The one record found; several are an error."""
    if len(found) > 1:
        draft.errors[""] = f"台账里有 {len(found)} 条记录都与这一行对得上，分不清是哪一条。请在台账里改正。"
    return found[0] if found else None


def _must(spec: Spec, shown: Mapping[str, Field], draft: Draft) -> None:
    for name in _musts(spec):
        if draft.values.get(name) is None:
            draft.errors[name] = f"台账里没有这一条，新增时“{shown[name].label}”必须填写。请补填。"


def _write(spec: Spec, shown: Mapping[str, Field], draft: Draft, old: Row | None, book: Planning) -> str:
    """Add the record's own change and its rows of several words; returns the row's state."""
    columns = TABLES[spec.table].columns
    given = {name: draft.values[name] for name in draft.values if name in columns and columns[name].computed is None and draft.values[name] is not None}
    if old is None:
        number, state = draft.add(spec.table, given), NEW
        draft.cells += [
            Cell(one.label, "", (one.kind.mask or one.kind.show)(draft.values[name])) for name, one in shown.items()
            if draft.values.get(name) is not None and name not in WHO and name not in spec.several
        ]  # fmt: skip
    else:
        number, state = old["id"], CHANGED
        cells, change = differing(spec.table, old, {name: value for name, value in given.items() if name in shown and name not in spec.key}, shown)
        draft.cells += cells
        draft.changes += [change] if change else []
    for name, several in spec.several.items():
        _hang(shown[name], several, number, draft.values.get(name), book.hanging[name].get(number, ()), draft)
    book.planned.setdefault(_folded(draft.values.get(spec.key[0])), {})[number] = {**(old or defaults(spec.table)), **given, "id": number}
    return state


def _hang(one: Field, several: Several, number: int, said: Sequence[Any] | None, held: Sequence[Row], draft: Draft) -> None:
    """Make the rows that hang on a record what its cell says, the whole list; a blank cell leaves them."""
    if said is None:
        return
    wanted = [dict(zip(several.columns, word if isinstance(word, tuple) else (word,), strict=True)) for word in said]
    before = [{name: row[name] for name in several.columns} for row in held]
    if sorted(map(repr, wanted)) == sorted(map(repr, before)):
        return

    def text(words: Sequence[Row]) -> str:
        return one.kind.show([tuple(word.values()) if len(several.columns) > 1 else next(iter(word.values())) for word in words])

    draft.cells.append(Cell(one.label, text(before), text(wanted)))
    draft.changes += [Change(several.table, (row["id"],), row, None) for row, word in zip(held, before, strict=True) if word not in wanted]
    for word in wanted:
        if word not in before:
            draft.add(several.table, {several.owner: number} | word)


def _with_names(one: Field, of: Known) -> Field:
    """A field of words, showing the words of the numbers they stand for."""
    several = one.kind.each is not None

    def show(value: Any) -> str:
        return "、".join(map(of.name, value)) if several else of.name(value)

    return replace(one, kind=Kind(one.kind.name, one.kind.parse, show))
