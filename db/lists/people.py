"""人员 as of a date, and what hangs on a person: engagements, terms, assignments, standards, absences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Select, Subquery, case, func, or_, select

from db.as_of import holds
from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.units import listing, names
from db.model import TABLES
from policy.facts import Standard
from policy.identity import Identity
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.pay import annual_standard

T = TABLES


def people(connection: Connection, as_of: date, *, everybody: bool = False) -> Listing:
    """Everybody engaged on a date (or ever, if asked) with their engagement, conditions, post and standard of that date.

    Who has no engagement on the date is shown with the newest one (left, or not yet come). Dated facts are shown, not edited,
    here: the detail tabs hold them.
    """
    columns = (
        written("person", "name", 8),
        written("person", "sex", 4),
        written("person", "id_no", 12),
        Column("unit", Field("派驻单位", unit_kind(names(connection, as_of)), required=True), width=10),
        shown("assignment", "post", 10),
        shown("engagement_term", "type", 8),
        written("engagement", "start", 8),
        computed("annual", "年工资标准", MONEY, 9, "12×月固定工资＋12×月绩效标准＋年终标准（元）"),
        computed("status", "状态", TEXT, 7),
        written("person", "education", 6),
        written("person", "phone", 9),
        shown("engagement_term", "employer", 14),
        written("person", "certificate", 9, hidden=True),
        written("person", "certificate_no", 9, hidden=True),
        written("person", "party_member", 4, hidden=True),
        written("person", "major", 9, hidden=True),
        written("person", "birth", 8, hidden=True),
        written("person", "notified_on", 8, hidden=True),
        written("engagement", "end", 8, hidden=True),
        written("engagement", "end_reason", 10, hidden=True),
        written("engagement", "full_time", 5, hidden=True),
        written("engagement", "probation_end", 8, hidden=True),
        replace(computed("age", "年龄", ORDINAL, 4, "截至日期当天的周岁"), hidden=True),
    )
    person, engagement, term, standard = T["person"], T["engagement"], T["engagement_term"], T["pay_standard"]
    current = case((holds(engagement, as_of), 0), (engagement.c.start > as_of, 1), else_=2)
    engaged = _first(
        select(engagement, current.label("state")), engagement.c.person, current, engagement.c.start.desc(), engagement.c.id.desc()
    ).subquery()
    in_force = _first(
        select(term),
        term.c.engagement,
        case((term.c.since <= as_of, 0), else_=1),
        func.abs(func.julianday(term.c.since) - func.julianday(as_of.isoformat())),
    ).subquery()
    posted = posted_on(as_of)
    paid = _first(
        select(standard),
        standard.c.engagement,
        case((standard.c.since <= as_of, 0), else_=1),
        func.abs(func.julianday(standard.c.since) - func.julianday(as_of.isoformat())),
    ).subquery()
    query = (
        select(
            person,
            engaged,
            in_force.c.type,
            in_force.c.employer,
            posted.c.unit,
            posted.c.post,
            posted.c.held,
            paid.c.id.label("standard"),
            paid.c.since,
            paid.c.monthly_fixed,
            paid.c.performance,
            paid.c.year_end,
            paid.c.annual,
        )
        .outerjoin(engaged, (engaged.c.person == person.c.id) & (engaged.c.place == 1))
        .outerjoin(in_force, (in_force.c.engagement == engaged.c.id) & (in_force.c.place == 1))
        .outerjoin(posted, (posted.c.engagement == engaged.c.id) & (posted.c.place == 1))
        .outerjoin(paid, (paid.c.engagement == engaged.c.id) & (paid.c.place == 1))
        .order_by(person.c.id)
    )
    if not everybody:
        query = query.where(or_(engaged.c.state == 0, engaged.c.state == 1, engaged.c.id.is_(None)))
    rows = []
    for row in connection.execute(query).mappings():
        number = row[engaged.c.id]
        annual = (
            None
            if row["standard"] is None
            else annual_standard(
                Standard(row["standard"], row["since"], row["monthly_fixed"], row["performance"], row["year_end"], row["annual"])
            )
        )
        state = row[engaged.c.state]
        status = (
            "未登记用工"
            if number is None
            else ("在岗" if row["held"] else "未安排派驻")
            if state == 0
            else "未到岗"
            if state == 1
            else "已离职"
        )
        rows.append(
            Row(
                {"person": (row[person.c.id],)} | ({} if number is None else {"engagement": (number,)}),
                (
                    row[person.c.name],
                    row[person.c.sex],
                    row[person.c.id_no],
                    row["unit"],
                    row["post"],
                    row["type"],
                    row[engaged.c.start],
                    annual,
                    status,
                    row[person.c.education],
                    row[person.c.phone],
                    row["employer"],
                    row[person.c.certificate],
                    row[person.c.certificate_no],
                    row[person.c.party_member],
                    row[person.c.major],
                    row[person.c.birth],
                    row[person.c.notified_on],
                    row[engaged.c.end],
                    row[engaged.c.end_reason],
                    row[engaged.c.full_time],
                    row[engaged.c.probation_end],
                    Identity(row[person.c.id_no] or "", "", row[person.c.birth], "").age_on(as_of),
                ),
            )
        )
    return Listing(columns, tuple(rows))


def _first(query: Select[tuple[object, ...]], by: object, *order: object) -> Select[tuple[object, ...]]:
    """The query with a column `place` that is 1 for the first row of each `by` in the order given."""
    return query.add_columns(func.row_number().over(partition_by=by, order_by=order).label("place"))  # type: ignore[arg-type]


def posted_on(day: date) -> Subquery:
    """Each engagement's postings with `held` and `place`; place 1 is the reporting one: of those that hold on the day the largest
    share (tie: earlier start), else the one that ended last, else the first to come."""
    of = T["assignment"]
    held = holds(of, day)
    state = case((held, 0), (of.c.start <= day, 1), else_=2)
    ended, coming = case((state == 1, of.c.end)), case((state == 2, of.c.start))
    return _first(
        select(of, held.label("held")), of.c.engagement, state, ended.desc(), coming, of.c.share.desc(), of.c.start, of.c.id
    ).subquery()


def engagements(connection: Connection, person: int) -> Listing:
    """A person's engagements."""
    of = T["engagement"]
    return listing(
        connection,
        "engagement",
        ("start", "end", "end_reason", "severance", "full_time", "probation_end", "service_since"),
        select(of).where(of.c.person == person).order_by(of.c.start),
    )


def terms(connection: Connection, person: int) -> Listing:
    """用工条件 of all of a person's engagements."""
    return listing(
        connection, "engagement_term", ("since", "type", "duty", "duty_share", "employer", "retirement"), _of_person("engagement_term", person, "since")
    )


def standards(connection: Connection, person: int) -> Listing:
    """工资标准 over time."""
    return listing(
        connection,
        "pay_standard",
        ("since", "monthly_fixed", "performance", "year_end", "annual"),
        _of_person("pay_standard", person, "since"),
    )


def absences(connection: Connection, person: int) -> Listing:
    """Leave and other absence."""
    return listing(connection, "absence", ("kind", "start", "end", "paid"), _of_person("absence", person, "start"))


def attendance(connection: Connection, person: int) -> Listing:
    """出勤 month by month, newest last."""
    return listing(connection, "attendance", ("month", "half_days", "source"), _of_person("attendance", person, "month"))


def assignments(connection: Connection, person: int, as_of: date) -> Listing:
    """派驻 over time, the unit chosen by name."""
    kind = unit_kind(names(connection, as_of))
    fields = ("start", "end", "share", "post", "work_class", "pooled")
    columns = (
        Column("assignment.unit", Field("派驻单位", kind, required=True), "assignment", "unit", 10),
        *(written("assignment", name) for name in fields),
    )
    rows = connection.execute(_of_person("assignment", person, "start")).mappings()
    return Listing(columns, tuple(Row({"assignment": (row["id"],)}, (row["unit"], *(row[name] for name in fields))) for row in rows))


def _of_person(table: str, person: int, by: str) -> Select[tuple[object, ...]]:
    of, engagement = T[table], T["engagement"]
    return select(of).join(engagement, engagement.c.id == of.c.engagement).where(engagement.c.person == person).order_by(of.c[by], of.c.id)
