"""The registers of 管理 as their screens show them, what hangs on a record of them (heads of a plan, people of a batch or a training, a hand-over's
list), and who may be chosen for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from db.as_of import in_force
from db.lists import Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.management import CLOSED, named_people, recruits, register, state
from db.lists.people import posted_on
from db.lists.units import names
from db.management_facts import recruit_lines
from db.model import TABLES
from db.rows import rows
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.several import counts
from policy.kinds.text import TEXT
from policy.labour_facts import LABOUR_TYPES
from policy.management_facts import CONTACT_ROLES, INDUCTION, OPERATING_PLAN

T = TABLES

OTHERS: Final = "其他单位"
"""Heading of people whose unit has no line of its own, where a batch has one line for the rest."""
NEW: Final = "新入职、还没有参加入职培训"
HERE: Final = "其他在岗人员"
GONE: Final = "在名单上、已离职"
DONE: Final = "全部到岗"
PUBLISHED: Final = "已公开"
NOT_PUBLISHED: Final = "未公开"
COUNTS: Final = ("applied", "qualified", "interviewed", "publicised", "hired", "on_post")
"""What is counted of a batch's unit, from 报名 to 到岗."""
_YEAR: Final = timedelta(days=365)


def _more(listing: Listing, columns: tuple[Any, ...], values: Iterable[tuple[Any, ...]]) -> Listing:
    return Listing(
        (*listing.columns, *columns), tuple(Row(row.keys, (*row.values, *more)) for row, more in zip(listing.rows, values, strict=True))
    )


def consents(record: Mapping[str, Any], as_of: date, *, asked: bool) -> str:
    """Which of the two organs agreed to a plan by a day, in words; "" where neither did and none is asked for."""
    missing = [word for word, name in (("党委", "party_on"), ("政府", "government_on")) if record[name] is None or record[name] > as_of]
    if not missing:
        return "党委、政府均同意"
    return f"缺{'、'.join(missing)}同意" if asked or len(missing) == 1 else ""


def documents(connection: Connection, as_of: date) -> Listing:
    """方案与材料 with 人员配比 by unit, consents, and how far publication and reporting are."""
    found = {one["id"]: one for one in rows(connection, "plan_doc")}
    heads = _by_unit(connection, "plan_head", "document", "heads")
    columns = (
        computed("heads", "人员配比", counts(unit_kind(names(connection, as_of))), 14, "方案给各单位定的人数，写成“甲镇 2、乙镇 3”"),
        computed("agreed", "党委政府同意", TEXT, 9),
        computed("publication", "公开情况", TEXT, 7),
        computed("reporting", "报送情况", TEXT, 8),
    )
    listing = register(connection, "plan_doc", as_of)
    newest = sorted(listing.rows, key=lambda row: (found[row.keys["plan_doc"][0]]["dated"] or date.max, row.keys["plan_doc"]), reverse=True)

    def states(row: Row) -> tuple[Any, ...]:
        one = found[row.keys["plan_doc"][0]]
        return heads.get(one["id"]), consents(one, as_of, asked=one["kind"] == OPERATING_PLAN), _publication(one, as_of), _reporting(one, as_of)

    return _more(Listing(listing.columns, tuple(newest)), columns, map(states, newest))


def _publication(one: Mapping[str, Any], as_of: date) -> str:
    if one["published"] is not None and one["published"] <= as_of:
        return PUBLISHED
    return {True: NOT_PUBLISHED, False: "不需公开", None: ""}[one["must_publish"]]


def _reporting(one: Mapping[str, Any], as_of: date) -> str:
    if one["reported"] is not None and one["reported"] <= as_of:
        late = (one["reported"] - one["due"]).days if one["due"] else 0
        return f"已报送（迟 {late} 天）" if late > 0 else "已报送"
    if not one["must_report"]:
        return "不需报送" if one["must_report"] is False else ""
    return state(one["due"], None, as_of) if one["due"] else "未报送"


def _by_unit(connection: Connection, table: str, owner: str, heads: str) -> dict[int, tuple[tuple[int, int], ...]]:
    found: dict[int, tuple[tuple[int, int], ...]] = defaultdict(tuple)
    for one in rows(connection, table):
        if one["unit"] is not None:
            found[one[owner]] += ((one["unit"], one[heads]),)
    return found


def plan_heads(connection: Connection, document: int, as_of: date) -> Listing:
    """人员配比 of one plan."""
    return register(connection, "plan_head", as_of, document=document)


def batches(connection: Connection, as_of: date) -> Listing:
    """招录批次 with its units, consents and state beside what `recruits` sums."""
    found = {one["id"]: one for one in rows(connection, "recruit_batch")}
    units = _by_unit(connection, "recruit_line", "batch", "planned")
    listing = recruits(connection, as_of)
    columns = (
        computed("units", "招录单位及人数", counts(unit_kind(names(connection, as_of))), 16, "写成“甲镇 2、乙镇 3”"),
        computed("agreed", "党委政府同意", TEXT, 9),
        computed("state", "完成情况", TEXT, 9),
    )

    def states(row: Row) -> tuple[Any, ...]:
        one, left = found[row.keys["recruit_batch"][0]], row.values[-1]
        done = DONE if row.values[-3] and not left else state(one["due"], None, as_of)
        return units.get(one["id"]), consents(one, as_of, asked=True), done

    newest = sorted(listing.rows, key=lambda row: (found[row.keys["recruit_batch"][0]]["announced"] or date.max, row.keys["recruit_batch"]), reverse=True)
    return _more(Listing(listing.columns, tuple(newest)), columns, map(states, newest))


def batch_lines(connection: Connection, batch: int, as_of: date) -> Listing:
    """招录进度 of a batch by unit as of a date: the newest count with its day, what is left, and how many people of the book came by it."""
    engagement, count = T["engagement"], T["recruit_count"]
    linked: dict[int, int] = dict(
        connection.execute(
            select(engagement.c.recruit_line, func.count())
            .where(engagement.c.recruit_line.is_not(None), engagement.c.start <= as_of)
            .group_by(engagement.c.recruit_line)
        ).all()
    )
    counts = {row.line: row.id for row in connection.execute(in_force(count, "line", as_of, "as_of"))}
    listing = register(connection, "recruit_line", as_of, batch=batch)
    known = {line.id: line for line in recruit_lines(connection, as_of).get(batch, ())}
    columns = (
        written("recruit_count", "as_of", 9), *(written("recruit_count", name, 6) for name in COUNTS),
        computed("left", "未完成", COUNT, 5, "计划招录减到岗"),
        computed("linked", "已登记人员", COUNT, 7, "截至日期前入职、用“登记到岗”与人员档案连上的人数"),
    )

    def of(row: Row) -> Row:
        line = known[row.keys["recruit_line"][0]]
        keys = {**row.keys, **({"recruit_count": (counts[line.id],)} if line.id in counts else {})}
        progress = (line.counted, *(getattr(line, name) for name in COUNTS))
        return Row(keys, (*row.values, *progress, max(0, line.planned - (line.on_post or 0)), linked.get(line.id, 0)))

    return Listing((*listing.columns, *columns), tuple(of(row) for row in listing.rows))


def _hired(connection: Connection) -> list[Any]:
    """Every engagement with its person, its first conditions' type and the unit it was first posted to, by day of entry and number."""
    engagement, person, term, assignment = T["engagement"], T["person"], T["engagement_term"], T["assignment"]
    types: dict[int, str] = {}
    units: dict[int, int] = {}
    for row in connection.execute(select(term.c.engagement, term.c.type).order_by(term.c.since)):
        types.setdefault(row.engagement, row.type)
    for row in connection.execute(select(assignment.c.engagement, assignment.c.unit).order_by(assignment.c.start, assignment.c.share.desc(), assignment.c.id)):
        units.setdefault(row.engagement, row.unit)
    query = select(engagement, person.c.name).join(person, person.c.id == engagement.c.person).order_by(engagement.c.start, engagement.c.id)
    return [{**row, "type": types.get(row["id"]), "unit": units.get(row["id"])} for row in connection.execute(query).mappings()]


def arrived(connection: Connection, batch: int, as_of: date) -> Listing:
    """到岗人员 of a batch: who of the book came by it, for which unit, and where they are now."""
    units = names(connection, as_of)
    lines = {one["id"]: one["unit"] for one in rows(connection, "recruit_line", batch=batch)}
    posted = _posted(connection, as_of)
    kind = unit_kind(units)
    columns = (
        computed("name", "姓名", TEXT, 8), computed("line", "招录单位", kind, 12), shown("engagement", "start", 9), computed("type", "用工形式", TEXT, 9),
        computed("unit", "现派驻单位", kind, 12), shown("engagement", "end", 9),
    )  # fmt: skip
    return Listing(
        columns,
        tuple(
            Row({"engagement": (one["id"],)}, (one["name"], lines[one["recruit_line"]], one["start"], one["type"], posted.get(one["id"]), one["end"]))
            for one in _hired(connection)
            if one["recruit_line"] in lines
        ),
    )


def arriving(connection: Connection, batch: int, as_of: date) -> tuple[dict[str, list[tuple[tuple[int, int], str]]], list[tuple[int, int]]]:
    """Who may have come by a batch, by the unit they were first posted to, as ((line, engagement), words), and those registered already:
    workers with a labour contract who entered on the day of the announcement or later and are of no other batch."""
    units = names(connection, as_of)
    lines = rows(connection, "recruit_line", batch=batch)
    (announced,) = [one["announced"] for one in rows(connection, "recruit_batch", id=batch)] or [None]
    of_unit = {one["unit"]: one["id"] for one in lines}
    own = {one["id"]: one for one in lines}
    found: dict[str, list[tuple[tuple[int, int], str]]] = {_heading(one, units): [] for one in lines}
    held = []
    for one in _hired(connection):
        number = one["recruit_line"]
        if number in own:
            held.append((number, one["id"]))
        elif number is not None or one["type"] not in LABOUR_TYPES or (announced and one["start"] < announced):
            continue
        else:
            number = of_unit.get(one["unit"], of_unit.get(None))
        if number is not None:
            words = "　".join(part for part in (one["name"], units.get(one["unit"], "未安排派驻"), one["type"], f"{one['start']} 入职") if part)
            found[_heading(own[number], units)].append(((number, one["id"]), words))
    return found, held


def _heading(line: Mapping[str, Any], units: Mapping[int, str]) -> str:
    return f"{units.get(line['unit'], OTHERS) if line['unit'] is not None else OTHERS}（计划 {line['planned']} 人）"


def _posted(connection: Connection, day: date) -> dict[int, int]:
    of = posted_on(day)
    return {row.engagement: row.unit for row in connection.execute(select(of.c.engagement, of.c.unit).where(of.c.place == 1, of.c.held))}


def called(connection: Connection, training: int, as_of: date) -> Listing:
    """参训名单 of a training: who was called, where they stood on its day, and whether they came."""
    (held,) = [one["held"] for one in rows(connection, "training", id=training)] or [as_of]
    on_day = _standing(connection, held)
    columns = (
        computed("name", "姓名", TEXT, 8), computed("unit", "派驻单位", unit_kind(names(connection, as_of)), 12), computed("type", "用工形式", TEXT, 9),
        computed("start", "入职日期", DATE, 9), written("training_person", "attended", 8),
    )  # fmt: skip
    people = named_people(connection)
    lines = []
    for one in rows(connection, "training_person", training=training):
        standing = on_day.get(one["person"], {})
        values = (people[one["person"]], standing.get("posted"), standing.get("type"), standing.get("start"), one["attended"])
        lines.append(Row({"training_person": (one["id"],)}, values))
    return Listing(columns, tuple(lines))


def listed(connection: Connection, training: int) -> dict[int, bool]:
    """Who is called to a training (person) and whether they came."""
    return {one["person"]: one["attended"] for one in rows(connection, "training_person", training=training)}


def to_be_called(connection: Connection, training: int) -> dict[str, list[tuple[int, str]]]:
    """Who may be called to a training, as (person, words): who is new and was not inducted yet, everybody else in post on its day or
    entering later, and who is on the list but had left."""
    (event,) = rows(connection, "training", id=training)
    held, units, people = event["held"], names(connection, event["held"]), named_people(connection)
    on_list = listed(connection, training)
    inducted: dict[int, list[date]] = defaultdict(list)
    inductions = {one["id"]: one["held"] for one in rows(connection, "training", kind=INDUCTION) if one["id"] != training}
    for one in rows(connection, "training_person", training=list(inductions), attended=True):
        inducted[one["person"]].append(inductions[one["training"]])
    found: dict[str, list[tuple[int, str]]] = {NEW: [], HERE: [], GONE: []}
    order = {unit: at for at, unit in enumerate(units)}
    standing = _standing(connection, held)
    for person, one in sorted(standing.items(), key=lambda item: (order.get(item[1]["posted"], len(order)), item[0])):
        left = one["end"] is not None and one["end"] < held
        if left and person not in on_list:
            continue
        new = one["type"] in LABOUR_TYPES and one["start"] > held - _YEAR and not any(day >= one["start"] - _YEAR for day in inducted[person])
        words = "　".join(
            part for part in (people[person], units.get(one["posted"], "未安排派驻"), one["type"], f"{one['start']} 入职" if new else "") if part
        )
        found[GONE if left else NEW if new else HERE].append((person, words))
    return found


def _standing(connection: Connection, day: date) -> dict[int, dict[str, Any]]:
    """Person → the engagement that holds on a day (else the next one to come, else the last one), with where they are posted then."""
    posted = _posted(connection, day)
    found: dict[int, dict[str, Any]] = {}
    for one in _hired(connection):
        before = found.get(one["person"])
        if before is None or (before["end"] is not None and before["end"] < day):
            found[one["person"]] = {**one, "posted": posted.get(one["id"], one["unit"])}
    return found


def meetings(connection: Connection, as_of: date) -> Listing:
    """会议, the newest first."""
    return register(connection, "meeting", as_of)


def handovers(connection: Connection, as_of: date) -> Listing:
    """工作移交 with how many matters are on the list and how many the receiver has taken."""
    matters: dict[int, list[bool]] = defaultdict(list)
    for one in rows(connection, "handover_item"):
        matters[one["handover"]].append(one["taken"])
    columns = (
        computed("items", "移交事项", COUNT, 7), computed("taken", "已接收", COUNT, 6), computed("state", "移交情况", TEXT, 8),
    )  # fmt: skip

    def states(row: Row) -> tuple[Any, ...]:
        own = matters[row.keys["handover"][0]]
        left = len(own) - sum(own)
        return len(own), sum(own), f"还有 {left} 项没有接收" if left else CLOSED if own else "没有事项"

    listing = register(connection, "handover", as_of)
    return _more(listing, columns, map(states, listing.rows))


def contacts(connection: Connection, as_of: date) -> Listing:
    """通讯录 by sort of contact."""
    listing = register(connection, "contact", as_of)
    role = next(at for at, column in enumerate(listing.columns) if column.column == "role")
    order = {word: at for at, word in enumerate(CONTACT_ROLES)}
    return Listing(listing.columns, tuple(sorted(listing.rows, key=lambda row: order[row.values[role]])))
