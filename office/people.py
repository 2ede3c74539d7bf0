"""People come, move, earn more, are away and leave: each a dated act, the old row ends the day before the new one starts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.lists import Key
from db.rows import defaults, next_ids, row, rows
from office.edit import person_values
from policy.facts import FULL
from policy.kinds.money import MONEY


def hire(book: Book, person: Mapping[str, Any], *, start: date, unit: int, kind: str, **more: Any) -> Mapping[str, Key]:
    """Register a new worker with engagement, conditions and posting from `start` on; returns the new keys.

    `more`: employer, post, work_class, annual (年工资标准, 分). An identity number that is there already is refused.
    """
    for other in book.read(rows, "person"):
        if person.get("id_no") and other["id_no"] == person["id_no"]:
            raise Refused(f"这个身份证号已登记为“{other['name']}”。重新聘用的，请找到那个人，用“重新聘用”登记新的用工关系。")
    _open(book, unit, start)
    ids = book.read(next_ids)
    number = {table: ids[table] for table in ("person", "engagement", "engagement_term", "assignment", "pay_standard")}

    def made(table: str, **values: Any) -> Change:
        return Change(table, (number[table],), None, defaults(table) | {"id": number[table]} | values)

    given = {name: value for name, value in more.items() if value is not None}
    posting = {name: given[name] for name in ("post", "work_class") if name in given}
    terms = {name: given[name] for name in ("employer",) if name in given}
    changes = [
        made("person", **person_values(person)),
        made("engagement", person=number["person"], start=start),
        made("engagement_term", engagement=number["engagement"], since=start, type=kind, **terms),
        made("assignment", engagement=number["engagement"], unit=unit, start=start, **posting),
    ]
    if "annual" in given:
        changes.append(made("pay_standard", engagement=number["engagement"], since=start, annual=given["annual"]))
    book.act(f"新增人员 {person['name']}", changes)
    return {"person": (number["person"],), "engagement": (number["engagement"],)}


def transfer(book: Book, engagement: int, unit: int, since: date, *, post: str | None = None) -> None:
    """调整派驻单位: from `since` on the person works at `unit` for the whole working time; postings that hold that day end the day
    before. Post and class are those of the largest posting before, unless a post is given."""
    held = _engagement(book, engagement)
    _within(held, since, "派驻日期")
    _open(book, unit, since)
    posts = book.read(rows, "assignment", engagement=engagement)
    coming = [one["start"] for one in posts if one["start"] >= since]
    if coming:
        raise Refused(f"已有从 {min(coming)} 起的派驻记录。请先在“派驻记录”里核对，再选更晚的日期。")
    holding = sorted((one for one in posts if one["end"] is None or one["end"] >= since), key=lambda one: -one["share"])
    if [one["unit"] for one in holding] == [unit]:
        raise Refused("这一天已经派驻在这个单位。请另选单位或日期。")
    changes = [Change("assignment", (one["id"],), {"end": one["end"]}, {"end": since - timedelta(days=1)}) for one in holding]
    number = book.read(next_ids)["assignment"]
    like = holding[0] if holding else defaults("assignment")
    values = {"id": number, "engagement": engagement, "unit": unit, "start": since, "end": held["end"], "share": FULL}
    changes.append(Change("assignment", (number,), None, {**like, **values, "pooled": False, "post": post or like["post"]}))
    book.act("调整派驻单位", changes)


def leave(book: Book, engagement: int, last_day: date, reason: str) -> None:
    """离职（退回）: the last day of the engagement, of its postings and of an absence that still runs, with the reason in words."""
    book.act("离职（退回）", leaving(book, engagement, last_day, reason))


def leaving(book: Book, engagement: int, last_day: date, reason: str) -> list[Change]:
    """What 离职（退回） changes, for acts that do more in the same step; the engagement's own change comes first."""
    held = _engagement(book, engagement)
    if held["end"] is not None:
        raise Refused(f"已登记在 {held['end']} 离职。日期有误的，请在“用工关系”里改正。")
    if last_day < held["start"]:
        raise Refused(f"离职日期 {last_day} 早于入职日期 {held['start']}。请核对。")
    before, after = {"end": None, "end_reason": held["end_reason"]}, {"end": last_day, "end_reason": reason}
    changes = [Change("engagement", (engagement,), before, after)]
    for table, words in (("assignment", "派驻记录"), ("absence", "缺勤")):
        for one in book.read(rows, table, engagement=engagement):
            if one["start"] > last_day:
                raise Refused(f"已有从 {one['start']} 起的{words}，晚于离职日期。请先在“{words}”里改正。")
            if one["end"] is None or one["end"] > last_day:
                changes.append(Change(table, (one["id"],), {"end": one["end"]}, {"end": last_day}))
    return changes


def set_standard(book: Book, engagement: int, since: date, **parts: int | None) -> None:
    """调薪: a new pay standard from `since` on (monthly_fixed, performance, year_end or annual, 分), whole: nothing is carried over."""
    held = _engagement(book, engagement)
    _within(held, since, "起始日期")
    given = {name: value for name, value in parts.items() if value is not None}
    if not given:
        raise Refused("请至少填写一项工资标准。")
    sums = 12 * (given.get("monthly_fixed", 0) + given.get("performance", 0)) + given.get("year_end", 0)
    if "annual" in given and len(given) > 1 and sums != given["annual"]:
        raise Refused(
            f"各分项合计 12×（月固定＋月绩效）＋年终＝{MONEY.show(sums)} 元，与年工资标准 {MONEY.show(given['annual'])} 元不一致。"
            "请改正；填了分项的，年工资标准可以留空，由程序计算。"
        )
    _free(book, "pay_standard", engagement, since, "工资标准")
    number = book.read(next_ids)["pay_standard"]
    values = defaults("pay_standard") | {"id": number, "engagement": engagement, "since": since} | given
    book.act("调薪", [Change("pay_standard", (number,), None, values)])


def set_term(book: Book, engagement: int, since: date, **values: Any) -> None:
    """变更用工条件 from `since` on: what is not given stays as it was."""
    held = _engagement(book, engagement)
    _within(held, since, "起始日期")
    _free(book, "engagement_term", engagement, since, "用工条件")
    before = [one for one in book.read(rows, "engagement_term", engagement=engagement) if one["since"] < since]
    like = max(before, key=lambda one: one["since"]) if before else defaults("engagement_term")
    given = {name: value for name, value in values.items() if value is not None}
    if all(like[name] == value for name, value in given.items()):
        raise Refused("与这一天以前的用工条件相同，没有可以变更的内容。请改填有变化的项目。")
    number = book.read(next_ids)["engagement_term"]
    whole = {**like, "id": number, "engagement": engagement, "since": since} | given
    book.act("变更用工条件", [Change("engagement_term", (number,), None, whole)])


def absent(book: Book, engagement: int, kind: str, start: date, end: date | None, paid: bool) -> None:
    """登记缺勤 from `start` to `end` inclusive (None = still away). Absences of one engagement do not overlap."""
    held = _engagement(book, engagement)
    _within(held, start, "起始日期")
    if end is not None:
        _within(held, end, "结束日期")
        if end < start:
            raise Refused(f"结束日期 {end} 早于起始日期 {start}。请核对。")
    for one in book.read(rows, "absence", engagement=engagement):
        if (one["end"] is None or start <= one["end"]) and (end is None or one["start"] <= end):
            stretch = f"{one['start']} 至 {one['end'] or '今'}"
            raise Refused(f"已登记 {stretch} 的{one['kind']}，与这一段重叠。请在“缺勤”里先改正那一条，或核对日期。")
    number = book.read(next_ids)["absence"]
    values = {"id": number, "engagement": engagement, "kind": kind, "start": start, "end": end, "paid": paid}
    book.act("登记缺勤", [Change("absence", (number,), None, values)])


def again(
    book: Book,
    person: int,
    *,
    start: date,
    unit: int,
    kind: str,
    employer: str | None = None,
    post: str | None = None,
    annual: int | None = None,
) -> Mapping[str, Key]:
    """重新聘用: another engagement of somebody who left, with conditions and posting (and 年工资标准, 分) from `start` on."""
    held = book.read(rows, "engagement", person=person)
    if any(one["end"] is None for one in held):
        raise Refused("这个人还有没有结束的用工关系。请先登记离职日期。")
    if held and start <= max(one["end"] for one in held):
        raise Refused(f"入职日期 {start} 不晚于上一次的离职日期 {max(one['end'] for one in held)}。请核对日期。")
    _open(book, unit, start)
    ids = book.read(next_ids)
    number = {table: ids[table] for table in ("engagement", "engagement_term", "assignment", "pay_standard")}
    rows_made: dict[str, dict[str, Any]] = {
        "engagement": {"person": person, "start": start},
        "engagement_term": {"engagement": number["engagement"], "since": start, "type": kind, "employer": employer},
        "assignment": {"engagement": number["engagement"], "unit": unit, "start": start, "post": post},
    }
    if annual is not None:
        rows_made["pay_standard"] = {"engagement": number["engagement"], "since": start, "annual": annual}
    book.act(
        "重新聘用",
        [Change(table, (number[table],), None, defaults(table) | {"id": number[table]} | values) for table, values in rows_made.items()],
    )
    return {"person": (person,), "engagement": (number["engagement"],)}


def _engagement(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "engagement", (number,))
    if found is None:
        raise Refused("这个人还没有用工关系。请先登记。")
    return found


def _within(held: Mapping[str, Any], day: date, what: str) -> None:
    if day < held["start"] or (held["end"] is not None and day > held["end"]):
        until = f"至 {held['end']}" if held["end"] else "起"
        raise Refused(f"{what} {day} 不在用工期间内（{held['start']} {until}）。请核对日期。")


def _open(book: Book, unit: int, day: date) -> None:
    """Refuse a posting to a unit that is not there on the day."""
    found = book.read(row, "unit", (unit,))
    if found is None:
        raise Refused("这个单位已经不在了。请刷新后另选单位。")
    if found["closed"] is not None and found["closed"] < day:
        raise Refused(f"这个单位已在 {found['closed']} 撤销，不能从 {day} 起派驻。请另选单位或核对日期。")
    if found["opened"] is not None and day < found["opened"]:
        raise Refused(f"这个单位 {found['opened']} 才设立，不能从 {day} 起派驻。请另选单位或核对日期。")


def _free(book: Book, table: str, engagement: int, since: date, tab: str) -> None:
    if book.read(rows, table, engagement=engagement, since=since):
        raise Refused(f"已有从 {since} 起的{tab}。要改正它，请在“{tab}”页签里直接修改；不是同一天的，请核对日期。")
