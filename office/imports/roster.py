"""Bringing in the roster: person, engagement, conditions, posting and pay standard, one row a person.

A first import makes everything from the row. A later one corrects the person's own fields; what is dated (posting,
conditions, standard) only moves on with a date of its own: a roster that merely shows another unit or standard is an error
with the way out, never a silent rewriting of the past.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from db.change import Change
from db.lists.columns import field_of
from db.rows import defaults, next_ids, rows
from office.edit import person_values
from office.imports.plan import (
    CHANGED,
    MONTHLY,
    NEW,
    SAME,
    YEARLY,
    Cell,
    Context,
    ImportKind,
    Planned,
    Source,
    again,
    differing,
    same_person,
    waiting,
    wrong,
)  # fmt: skip
from office.imports.standards import annual, disagreeing
from office.imports.words import UNIT, Known, known
from policy.kinds import Field, Unreadable
from policy.kinds.text import NAME
from policy.names import fold

PERSON = ("name", "id_no", "sex", "birth", "phone", "education", "major", "certificate", "certificate_no", "party_member")
TERM = ("type", "duty", "duty_share", "employer", "retirement")
FILLED: Final = ("retirement",)
"""What of the conditions may be filled in afterwards without a date: it says more of the same, it changes nothing."""
POSTING = ("share", "post", "work_class", "pooled")
MOVING = ("share", "post", "work_class")
"""What goes along to another unit where the sheet says nothing else."""
STANDARD = ("monthly_fixed", "performance", "year_end", "annual")

FIELDS: Final[Mapping[str, Field]] = {
    **{name: field_of("person", name) for name in PERSON},
    "type": field_of("engagement_term", "type"),
    "employer": field_of("engagement_term", "employer"),
    "unit": Field(
        "使用单位",
        NAME,
        (
            "派驻单位", "用工单位", "工作单位", "所在单位", "使用（派驻）单位", "派驻乡镇", "派驻镇街", "所在乡镇", "所在镇街", "所在乡镇（街道）",
            "派驻乡镇（街道）", "服务单位", "工作地点",
        ),
        required=True,
    ),
    "post": field_of("assignment", "post"),
    "work_class": Field("岗位类别", field_of("assignment", "work_class").kind, field_of("assignment", "work_class").synonyms),
    "pooled": field_of("assignment", "pooled"),
    "share": field_of("assignment", "share"),
    "duty": Field("职责类别", field_of("engagement_term", "duty").kind, field_of("engagement_term", "duty").synonyms),
    "duty_share": field_of("engagement_term", "duty_share"),
    "retirement": field_of("engagement_term", "retirement"),
    "start": field_of("engagement", "start"),
    "end": field_of("engagement", "end"),
    "end_reason": field_of("engagement", "end_reason"),
    "full_time": field_of("engagement", "full_time"),
    "probation_end": field_of("engagement", "probation_end"),
    "posted": Field("派驻日期", field_of("assignment", "start").kind, field_of("assignment", "start").synonyms),
    "posted_to": field_of("assignment", "end"),
    "raised": Field("工资标准起始日期", field_of("pay_standard", "since").kind, field_of("pay_standard", "since").synonyms),
    **{name: field_of("pay_standard", name) for name in STANDARD},
}
"""使用单位 is the using unit (用工单位); 用人单位 is the employer: a heading is never guessed across the two."""


@dataclass(frozen=True)
class Existing:
    """The book's people by identity number, with everything that hangs on them, and units by folded name."""

    people: Mapping[str, Mapping[str, Any]]
    namesakes: Mapping[str, Sequence[Mapping[str, Any]]]
    """Folded name → the people who bear it."""
    engagements: Mapping[int, Sequence[Mapping[str, Any]]]
    hanging: Mapping[str, Mapping[int, Sequence[Mapping[str, Any]]]]
    """table → engagement → rows, ascending by date."""
    units: Known
    ids: Mapping[str, int]


def existing(connection: Any) -> Existing:
    """Read what the plan compares with."""
    people = rows(connection, "person")
    namesakes: dict[str, list[Mapping[str, Any]]] = {}
    for one in people:
        namesakes.setdefault(fold(one["name"]), []).append(one)
    engagements: dict[int, list[Mapping[str, Any]]] = {}
    for one in sorted(rows(connection, "engagement"), key=lambda one: one["start"]):
        engagements.setdefault(one["person"], []).append(one)
    hanging: dict[str, dict[int, list[Mapping[str, Any]]]] = {}
    for table, by in (("engagement_term", "since"), ("assignment", "start"), ("pay_standard", "since")):
        hanging[table] = {}
        for one in sorted(rows(connection, table), key=lambda one, by=by: one[by]):  # type: ignore[misc]
            hanging[table].setdefault(one["engagement"], []).append(one)
    return Existing(
        {one["id_no"]: one for one in people if one["id_no"]},
        namesakes,
        engagements,
        hanging,
        known(UNIT, connection),
        next_ids(connection),
    )


def plan(sources: Iterable[Source], book: Existing, context: Context) -> list[Planned]:
    """One Planned row a source row; people are matched by identity number, else, once the clerk has confirmed it, by a name that
    only one person bears. Two valid numbers are two people, whatever their names."""
    ids = dict(book.ids)
    seen: dict[str | int, Source] = {}
    return [_row(source, book, context, ids, seen) for source in sources]


def _by_name(values: Mapping[str, Any], errors: Mapping[str, str], book: Existing) -> Mapping[str, Any] | None:
    """The one person a name leads to, where there is no number on one of the two sides to tell otherwise; none for a number unread."""
    same = book.namesakes.get(fold(values.get("name") or ""), ())
    unread = "id_no" not in values and "id_no" in errors
    if len(same) != 1 or unread or (values.get("id_no") and same[0]["id_no"]):
        return None
    return same[0]


def _row(source: Source, book: Existing, context: Context, ids: dict[str, int], seen: dict[str | int, Source]) -> Planned:
    values, errors = dict(source.values), dict(source.errors)
    name = values.get("name") or ""
    unit = None
    try:
        unit = book.units.number(values["unit"]) if values.get("unit") else None
    except Unreadable as unknown:
        errors["unit"] = str(unknown)
    if "id_no" in context.waiting:
        errors["id_no"] = "有一列像是“身份证号”，还没有确认。请先在“列的对应”里确认或改正。"
    person = book.people.get(values.get("id_no") or "")
    named = _by_name(values, errors, book) if person is None else None
    if named is not None and not values.get("id_no"):
        errors.pop("id_no", None)
    for key in ("name", "unit") if named is not None else ("name", "id_no", "unit"):
        if not values.get(key):
            errors.setdefault(key, f"“{FIELDS[key].label}”必须填写。请补填。")
    person = person or named
    who: str | int = person["id"] if person else values.get("id_no") or ""
    first = seen.setdefault(who, source) if who else source
    if first is not source:
        return again(source, name, first, "同一个身份证号" if values.get("id_no") else "同一个人")
    if person is None and values.get("start") is None and "start" not in errors:
        errors["start"] = "新增人员必须有入职日期。请补填。"
    if values.get("start") and values.get("end") and values["end"] < values["start"]:
        errors["end"] = "离职日期早于入职日期。请核对。"
    if values.get("posted") and values.get("start") and values["posted"] < values["start"]:
        errors["posted"] = "派驻日期早于入职日期。请核对。"
    since = values.get("posted") or values.get("start")
    if values.get("posted_to") and ((since and values["posted_to"] < since) or (values.get("end") and values["posted_to"] > values["end"])):
        errors["posted_to"] = "派驻结束日期早于派驻日期，或晚于离职日期。请核对。"
    if sentence := disagreeing(values):
        errors["annual"] = sentence
    if errors:
        return wrong(source, name, FIELDS, errors)
    assert unit is not None
    if named is not None and fold(name) not in context.confirmed_names:
        return waiting(source, name, same_person(named["name"], named["id_no"]))
    if person is None:
        return _new(source, values, unit, book, ids)
    return _known(source, values, unit, person, book, ids)


def _take(ids: dict[str, int], table: str) -> int:
    number = ids[table]
    ids[table] += 1
    return number


def _given(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}


def _new(source: Source, values: Mapping[str, Any], unit: int, book: Existing, ids: dict[str, int]) -> Planned:
    person = _take(ids, "person")
    notes = []
    if book.namesakes.get(fold(values["name"])):
        notes.append(f"台账里另有同名的“{values['name']}”，身份证号不同，按两个人登记")
    changes = [Change("person", (person,), None, defaults("person") | {"id": person} | person_values(_given(values, PERSON)))]
    changes += _engagement(values, unit, person, ids)
    cells = tuple(
        Cell(FIELDS[key].label, "", (FIELDS[key].kind.mask or FIELDS[key].kind.show)(value))
        for key, value in values.items()
        if value is not None
    )
    return Planned(source.row_number, NEW, values["name"], cells, notes=tuple(notes), changes=tuple(changes))


def _engagement(values: Mapping[str, Any], unit: int, person: int, ids: dict[str, int]) -> list[Change]:
    number, start = _take(ids, "engagement"), values["start"]
    made = {"id": number, "person": person, "start": start} | _given(values, ("end", "end_reason", "full_time", "probation_end"))
    changes = [Change("engagement", (number,), None, defaults("engagement") | made)]
    term = _take(ids, "engagement_term")
    changes.append(
        Change(
            "engagement_term",
            (term,),
            None,
            defaults("engagement_term") | {"id": term, "engagement": number, "since": start} | _given(values, TERM),
        )
    )
    post = _take(ids, "assignment")
    posting = {"id": post, "engagement": number, "unit": unit, "start": values.get("posted") or start, "end": values.get("posted_to") or values.get("end")}
    changes.append(Change("assignment", (post,), None, defaults("assignment") | posting | _given(values, POSTING)))
    if standard := _given(values, STANDARD):
        pay = _take(ids, "pay_standard")
        row = {"id": pay, "engagement": number, "since": values.get("raised") or start} | standard
        changes.append(Change("pay_standard", (pay,), None, defaults("pay_standard") | row))
    return changes


def _known(source: Source, values: Mapping[str, Any], unit: int, person: Mapping[str, Any], book: Existing, ids: dict[str, int]) -> Planned:
    """Compare a row with a person who is there."""
    if fold(values["name"]) != fold(person["name"]):
        text = f"台账里这个身份证号是“{person['name']}”，表里是“{values['name']}”。请核对；确实改名的，请在“人员”里改。"
        return wrong(source, values["name"], FIELDS, {"name": text})
    given = {key: value for key, value in _given(values, PERSON).items() if key != "name"}
    cells, change = differing("person", person, given, FIELDS)
    changes = [change] if change else []
    errors: dict[str, str] = {}
    held = list(book.engagements.get(person["id"], ()))
    start = values.get("start")
    engagement = next((one for one in held if one["start"] == start), None) if start else (held[-1] if held else None)
    if engagement is None and start is not None and (not held or (held[-1]["end"] is not None and held[-1]["end"] < start)):
        changes += _engagement(values, unit, person["id"], ids)
        cells.append(Cell("用工关系", "", f"{start} 起"))
    elif engagement is None:
        shown = f"{held[-1]['start']}" if held else "没有用工关系"
        errors["start"] = f"台账里的入职日期是 {shown}，且尚未离职，表里是 {start}。请核对；确是新的一段用工的，请先登记前一段的离职日期。"
    else:
        _posting(values, unit, engagement, book, ids, cells, changes, errors)
        _ending(values, engagement, book, cells, changes, errors)
        _dated("engagement_term", TERM, None, values, engagement, book, ids, cells, changes, errors)
        _dated("pay_standard", STANDARD, "raised", values, engagement, book, ids, cells, changes, errors)
    if errors:
        return wrong(source, values["name"], FIELDS, errors)
    return Planned(source.row_number, CHANGED if changes else SAME, values["name"], tuple(cells), changes=tuple(changes))


def _posting(
    values: Mapping[str, Any], unit: int, engagement: Mapping[str, Any], book: Existing, ids: dict[str, int], cells: list[Cell], changes: list[Change],
    errors: dict[str, str],
) -> None:  # fmt: skip
    posts = book.hanging["assignment"].get(engagement["id"], ())
    posted, until = values.get("posted"), values.get("posted_to")
    end = until or values.get("end") or engagement["end"]
    last = max((one["end"] or date.max for one in posts), default=None)
    standing = [one for one in posts if (one["end"] or date.max) == last]
    same = next((one for one in standing if one["unit"] == unit and posted in (None, one["start"])), None)
    if same is not None:
        if until is not None and same["end"] not in (None, until):
            errors["posted_to"] = f"台账里的派驻结束日期是 {same['end']}，表里是 {until}。请核对后在“人员”里改正。"
        elif until is not None and until < same["start"]:
            errors["posted_to"] = f"派驻结束日期 {until} 早于台账里的派驻日期 {same['start']}。请核对。"
        given = _given(values, POSTING) | ({} if until is None else {"end": until})
        found, change = differing("assignment", same, given, {**FIELDS, "end": FIELDS["posted_to"]})
        cells += found
        changes += [change] if change else []
        return
    if any(one["unit"] == unit and one["start"] == posted for one in posts):
        return
    old = "、".join(book.units.name(one["unit"]) for one in standing)
    if posted is None:
        errors["unit"] = (
            f"台账里派驻在“{old}”，表里是“{values['unit']}”。要调整派驻单位，请加一列“派驻日期”写明从哪天起；台账有误的，请在“人员”里改正。"
        )
        return
    if len(standing) > 1:
        errors["unit"] = f"台账里同时派驻在“{old}”，看不出调整的是哪一处。请在“人员”里调整。"
        return
    newest = standing[0] if standing else None
    if newest is not None and (posted <= newest["start"] or (newest["end"] is not None and newest["end"] >= posted)):
        errors["posted"] = f"台账里派驻“{old}”从 {newest['start']} 起，表里的派驻日期 {posted} 与它重叠。请核对日期，或在“人员”里改正。"
        return
    if end is not None and posted > end:
        errors["posted"] = f"派驻日期 {posted} 晚于离职日期 {end}。请核对。"
        return
    if newest is not None and newest["end"] is None:
        changes.append(Change("assignment", (newest["id"],), {"end": None}, {"end": posted - timedelta(days=1)}))
    number = _take(ids, "assignment")
    row = {"id": number, "engagement": engagement["id"], "unit": unit, "start": posted, "end": end}
    moving = {} if newest is None else {name: newest[name] for name in MOVING}
    changes.append(Change("assignment", (number,), None, defaults("assignment") | row | moving | _given(values, POSTING)))
    cells.append(Cell("使用单位", old, f"{values['unit']}（{posted} 起）"))


def _ending(
    values: Mapping[str, Any], engagement: Mapping[str, Any], book: Existing, cells: list[Cell], changes: list[Change], errors: dict[str, str]
) -> None:
    end = values.get("end")
    if end is None or engagement["end"] == end:
        return
    if engagement["end"] is not None:
        errors["end"] = f"台账里的离职日期是 {engagement['end']}，表里是 {end}。请核对后在“人员”里改正。"
        return
    if end < engagement["start"]:
        errors["end"] = f"离职日期 {end} 早于台账里的入职日期 {engagement['start']}。请核对。"
        return
    after = {"end": end} | _given(values, ("end_reason",))
    changes.append(Change("engagement", (engagement["id"],), {name: engagement[name] for name in after}, after))
    cells.append(Cell("离职日期", "", str(end)))
    ended = {change.key for change in changes if change.table == "assignment" and "end" in (change.before or {})}
    for one in book.hanging["assignment"].get(engagement["id"], ()):
        if one["end"] is None and one["start"] <= end and (one["id"],) not in ended:
            changes.append(Change("assignment", (one["id"],), {"end": None}, {"end": end}))


def _dated(
    table: str,
    names: Sequence[str],
    by: str | None,
    values: Mapping[str, Any],
    engagement: Mapping[str, Any],
    book: Existing,
    ids: dict[str, int],
    cells: list[Cell],
    changes: list[Change],
    errors: dict[str, str],
) -> None:
    """What is in force from a date on: the same values are no change, other values need their date (`by`)."""
    given = _given(values, names)
    held = book.hanging[table].get(engagement["id"], ())
    newest: Mapping[str, Any] | None = held[-1] if held else None
    if not given:
        return
    if newest is not None:
        lacking = {name: given.pop(name) for name in FILLED if name in given and newest[name] is None}
        found, change = differing(table, newest, lacking, FIELDS)
        cells += found
        changes += [change] if change else []
        for name in names:
            if name in given and newest[name] is None and name == "annual" and annual(newest) == given[name]:
                del given[name]
    if newest is not None and all(newest[name] == value for name, value in given.items()):
        return
    since: date | None = values.get(by) if by else None
    if newest is None:
        since = since or engagement["start"]
    first = next(iter(name for name in given if newest is None or newest[name] != given[name]))
    if since is None:
        old = FIELDS[first].kind.show(newest[first]) if newest else ""
        way = f"请加一列“{FIELDS[by].label}”写明从哪天起" if by else "请在“人员”里登记这项变动和它的起始日期"
        errors[first] = f"台账里是“{old}”，表里是“{FIELDS[first].kind.show(given[first])}”。{way}；台账有误的，请在“人员”里改正。"
        return
    same_day = next((one for one in held if one["since"] == since), None)
    if same_day is not None:
        found, change = differing(table, same_day, given, FIELDS)
        cells += found
        changes += [change] if change else []
        return
    if newest is not None and since < newest["since"]:
        errors[by or first] = f"起始日期 {since} 早于台账里最近一次（{newest['since']}）。请在“人员”里核对。"
        return
    number = _take(ids, table)
    kept = {} if newest is None or "annual" in given else {name: newest[name] for name in names if name != "annual"}
    row = {"id": number, "engagement": engagement["id"], "since": since}
    changes.append(Change(table, (number,), None, defaults(table) | row | kept | given))
    cells.append(
        Cell(
            FIELDS[first].label,
            FIELDS[first].kind.show(newest[first]) if newest else "",
            f"{FIELDS[first].kind.show(given[first])}（{since} 起）",
        )
    )


def _units(book: Existing) -> Mapping[str, Collection[str]]:
    return {"unit": book.units.shown}


KIND = ImportKind(
    "roster", "人员花名册", FIELDS, existing, plan, ("name",), ("name", "id_no", "type", "unit", "start"), names=_units,
    amounts={"monthly_fixed": MONTHLY, "annual": YEARLY},
)  # fmt: skip
