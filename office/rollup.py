"""市级汇总: taking packages in, the status board, what the city makes of every point, and the roll-up of what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from db import attachments
from db.book import Book
from db.change import Change, Refused
from db.city_tables import BELIEVED, CITY_LAYER, COUNTY_LAYER, OWN_LINE, REPLACED, REPORTED, RETURNED, TAKEN
from db.rows import defaults, next_ids, row, rows
from office.arrivals import TAKES, Arrival, Tick, quiet
from office.backup import before
from office.check import facts_in, parameters_in
from office.city_book import reporting
from office.formulas import own_formulas
from office.tasks import task_of, whole
from policy.facts import Facts
from policy.finding import HARD, SOFT
from policy.pay import floor_on
from policy.period import parse_period
from returns.city_audit import city_points
from returns.fill import read_value
from returns.forms import audits
from returns.nodes import Node, nodes
from returns.package import Package, read
from returns.points import Point, note_refusal
from returns.rollup import MONEY, Entries, Part, may_type, roll, roll_all, sheet_of
from returns.sheet import Row, Scope, Sheet
from returns.stored import value_of, value_text
from returns.task import Task

UNREPORTED, FAULTY = "未报", "审核有误"


# Taking in


def take(book: Book, arrivals: Sequence[Arrival], tick: Tick = quiet, *, replacing: bool = True) -> list[int]:
    """Take the arrivals that can be taken (newer versions only where `replacing`), audited once more by the city, as one act; returns
    the numbers of the packages. Nothing is taken where there is none or where `tick` raises."""
    taken = [one for one in arrivals if one.answer in TAKES and (replacing or one.replaces is None)]
    ids, changes = book.read(next_ids), list[Change]()
    point_number, numbers = ids["package_point"], []
    for at, one in enumerate(taken):
        tick(at, len(taken), f"正在审核 {one.path.name}")
        number = ids["city_package"] + at
        points = [(COUNTY_LAYER, point) for point in one.points] + [(CITY_LAYER, point) for point in book.read(_audited, one)]
        changes += _received(book, one, number, ids["attachment"] + at, [point for layer, point in points if layer == CITY_LAYER])
        changes += [_point(point_number + more, number, layer, point) for more, (layer, point) in enumerate(points)]
        point_number += len(points)
        numbers.append(number)
    if not taken:
        return []
    before(book, "汇总前")
    tick(len(taken), len(taken), "正在写入台账")
    for one in taken:
        attachments.put(book.folder, one.package, book.data_key)
    named = taken[0].county["name"] if len(taken) == 1 and taken[0].county else f"{len(taken)} 个"
    book.act(f"接收数据包 {named}", changes)
    return numbers


def _received(book: Book, one: Arrival, number: int, attachment: int, found: Sequence[Point]) -> list[Change]:
    assert one.county and one.task
    day = book.clock.today()
    values = {
        "id": number, "county": one.county["id"], "task": one.task["id"], "version": one.version, "state": REPORTED, "received_on": day,
        "sealed_on": one.sealed_on, "as_of": one.as_of, "file_name": one.path.name, "sha256": one.sha256, "data_sha256": one.data, "workbook": one.plain,
        "hard": sum(point.level == HARD for point in found), "soft": sum(point.level == SOFT for point in found), "reason": None,
    }  # fmt: skip
    file = {"id": attachment, "owner": "city_package", "record": number, "name": one.path.name, "sha256": sha256(one.package).hexdigest(), "size": len(one.package),
            "pages": None, "added_on": day, "note": None}  # fmt: skip
    replaced = [Change("city_package", (one.replaces["id"],), {"state": one.replaces["state"]}, {"state": REPLACED})] if one.replaces else []
    return [*replaced, Change("city_package", (number,), None, values), Change("attachment", (attachment,), None, file)]


def _audited(connection: Any, one: Arrival) -> tuple[Point, ...]:
    """What the city's own formulas and parameters find in a return."""
    assert one.county and one.task
    task = task_of(dict(one.task))
    period = parse_period(task.period, task.as_of)
    parameters = parameters_in(connection, period.as_of)
    formulas = (*audits(parameters, period), *own_formulas(connection, period.as_of))
    known = {(point.id, point.subject) for point in one.points}
    part = Part(one.county["id"], one.county["name"], one.sheets)
    floor = floor_on(parameters, one.county["region"], period.as_of)
    return city_points(part, formulas, known, floor, [form for form in task.forms if form not in ("审核表", "附表1", "附表2")], plain=one.about)


def _point(number: int, package: int, layer: str, point: Point) -> Change:
    values = {
        "id": number, "package": package, "layer": layer, "point": point.id, "subject": point.subject, "form": point.form, "line": point.line,
        "mark": point.mark, "level": point.level, "said": "\n".join(point.said), "note": point.note or None, "verdict": None, "reason": None,
    }  # fmt: skip
    return Change("package_point", (number,), None, values)


# Status board


@dataclass(frozen=True)
class Standing:
    """How far a county has come with a task. `late`: days after the due date it came, or is overdue by today."""

    county: Mapping[str, Any]
    state: str
    late: int
    package: Mapping[str, Any] | None
    open_hard: int
    unjudged: int
    """Points of the county and the city that are neither 采信 nor 退回."""


def standings(connection: Any, task: int, today: date) -> list[Standing]:
    """Every county of the list with the package that stands for it."""
    asked = whole(row(connection, "report_task", (task,)))
    due = asked["due"]
    current = {one["county"]: one for one in rows(connection, "city_package", task=task) if one["state"] != REPLACED}
    found = []
    for county in reporting(connection, parse_period(asked["period"], asked["as_of"]).as_of):
        held = current.get(county["id"])
        points = rows(connection, "package_point", package=held["id"]) if held else []
        hard = sum(one["level"] == HARD and one["layer"] == CITY_LAYER and one["verdict"] != BELIEVED for one in points)
        wanted = any(one["verdict"] == RETURNED for one in points)
        state = UNREPORTED if held is None else held["state"]
        if state == REPORTED and (hard or wanted):
            state = FAULTY
        came = held["received_on"] if held and held["state"] != RETURNED else today
        unjudged = sum(one["verdict"] is None and one["level"] in (HARD, SOFT) for one in points)
        found.append(Standing(county, state, max(0, (came - due).days) if due else 0, held, hard, unjudged))
    return found


def points_of(connection: Any, package: int) -> list[dict[str, Any]]:
    """The points of a package, the city's own after the county's."""
    return rows(connection, "package_point", package=package)


def decide(book: Book, points: Collection[int], verdict: str, reason: str = "") -> int | None:
    """采信 or 退回 of points of packages that are still open; returns the act, None where nothing changes. 退回 and 采信 of a 强制性
    point need a reason."""
    held = [book.read(row, "package_point", (number,)) for number in points]
    found = [one for one in held if one is not None]
    if verdict not in (BELIEVED, RETURNED):
        raise Refused("市级意见应为采信或退回。")
    if (verdict == RETURNED or any(one["level"] == HARD for one in found)) and (wrong := note_refusal(reason)):
        raise Refused(wrong.replace("审核说明", "市级意见说明"))
    for number in {one["package"] for one in found}:
        _open(book, number)
    after = {"verdict": verdict, "reason": reason.strip() or None}
    changes = [Change("package_point", (one["id"],), {name: one[name] for name in after}, after) for one in found if any(one[name] != after[name] for name in after)]
    return book.act(f"{verdict}审核问题 {len(changes)} 条", changes, reason=reason.strip()) if changes else None


def accept(book: Book, package: int) -> int:
    """接收: the county's return is taken as it is. Refused while hard points of the city are not 采信 or points are to go back."""
    held = _open(book, package)
    points = book.read(points_of, package)
    hard = sum(one["level"] == HARD and one["layer"] == CITY_LAYER and one["verdict"] != BELIEVED for one in points)
    back = sum(one["verdict"] == RETURNED for one in points)
    said = "，".join(filter(None, (f"市级复审强制性问题 {hard} 条未采信" if hard else "", f"{back} 条意见为退回" if back else "")))
    if said:
        raise Refused(f"不能接收：{said}。请逐条写明意见，或用“退回”生成退回单。")
    return book.act(f"接收报表 {book.read(_name_of, held)}", [Change("city_package", (package,), {"state": held["state"]}, {"state": TAKEN})])


def _open(book: Book, package: int) -> dict[str, Any]:
    held = book.read(row, "city_package", (package,))
    if held is None:
        raise Refused("这个数据包已经不在了。请刷新。")
    if held["state"] != REPORTED:
        raise Refused(f"这个数据包{held['state']}，不能再改意见。" + ("请等新版本报来。" if held["state"] == RETURNED else "请刷新。"))
    return held


def _name_of(connection: Any, package: Mapping[str, Any]) -> str:
    county = row(connection, "city_county", (package["county"],)) or {}
    return f"{county.get('name', '')}（第{package['version']}版）"


# Roll-up


@dataclass(frozen=True)
class City:
    """What is to be rolled up: the city's own facts and task, the counties' returns, the city's figures, and who is missing."""

    facts: Facts
    task: Task
    parts: tuple[Part, ...]
    entries: Entries
    missing: tuple[str, ...]
    waiting: tuple[str, ...]
    """Counties whose return is here and not taken yet."""
    notes: Mapping[tuple[int, int | None], str]
    """(county, unit of its book) → what the county said of its 2-S1."""

    def forms(self, towns: bool = False) -> tuple[Sheet, ...]:
        """The rolled-up forms."""
        return roll_all(self.parts, self.entries, self.facts, self.task, self.missing, towns)

    def nodes(self) -> tuple[Node, ...]:
        """节点检查: the cells that do not add up."""
        return nodes(self.parts, self.entries, f"{self.facts.county.name}合计")


def package_in(connection: Any, package: int) -> Package:
    """A received package (by its number), its file verified. Damaged with a sentence where that is missing or altered."""
    (file,) = rows(connection, "attachment", owner="city_package", record=package)
    return read(attachments.held(connection, file["sha256"]))


def sheets_in(connection: Any, package: int) -> tuple[Sheet, ...]:
    """The forms of a received package, verified likewise."""
    return package_in(connection, package).sheets


Known = dict[str, tuple[Sheet, ...]]
"""Forms of received packages by the fingerprint of their file, which never changes."""


def gather(book: Book, task: int, tick: Tick = quiet, known: Known | None = None) -> City:
    """`city_of`, the packages that are not `known` yet read before, county by county, beside the book's own thread: thirty take longer
    than a screen may wait for it. `tick` may raise to stop; what was read stays known. Damaged as `package_in`."""
    known = {} if known is None else known
    unread = [(name, digest) for name, digest in book.read(_standing, task) if digest not in known]
    for at, (name, digest) in enumerate(unread):
        tick(at, len(unread), f"正在读取 {name}")
        known[digest] = read(attachments.get(book.folder, digest, book.data_key)).sheets
    tick(len(unread), len(unread), "正在汇总")
    return book.read(city_of, task, known)


def _standing(connection: Any, task: int) -> list[tuple[str, str]]:
    """Name of the county and fingerprint of the file of every package that is in the roll-up."""
    names = {one["id"]: one["name"] for one in rows(connection, "city_county")}
    held = {one["id"]: names[one["county"]] for one in rows(connection, "city_package", task=task) if one["state"] in (REPORTED, TAKEN)}
    return [(held[one["record"]], one["sha256"]) for one in rows(connection, "attachment", owner="city_package") if one["record"] in held]


def city_of(connection: Any, task: int, known: Mapping[str, tuple[Sheet, ...]] = MappingProxyType({})) -> City:
    """Everything received for a task but what was sent back. `known`: forms that were read before."""
    asked = task_of(whole(row(connection, "report_task", (task,))))
    facts = facts_in(connection, parse_period(asked.period, asked.as_of))
    current = {one["county"]: one for one in rows(connection, "city_package", task=task) if one["state"] in (REPORTED, TAKEN)}
    listed = reporting(connection, facts.period.as_of)
    parts, notes = list[Part](), dict[tuple[int, int | None], str]()
    for county in listed:
        if (held := current.get(county["id"])) is None:
            continue
        (file,) = rows(connection, "attachment", owner="city_package", record=held["id"])
        parts.append(Part(county["id"], county["name"], known.get(file["sha256"]) or sheets_in(connection, held["id"])))
        for point in rows(connection, "package_point", package=held["id"], point="2-S1"):
            if point["note"] and point["subject"][1:].isdecimal():
                notes[county["id"], int(point["subject"][1:])] = point["note"]
    missing = tuple(one["name"] for one in listed if one["id"] not in current)
    waiting = tuple(one["name"] for one in listed if current.get(one["id"], {}).get("state") == REPORTED)
    return City(facts, asked, tuple(parts), entries_in(connection, task), missing, waiting, notes)


def entries_in(connection: Any, task: int) -> dict[tuple[str, str, str], Any]:
    """What the city typed of its own."""
    return {(one["form"], one["line"], one["mark"]): value_of(one["value"]) for one in rows(connection, "city_entry", task=task)}


def type_entry(book: Book, task: int, form: str, mark: str, text: str, line: str = OWN_LINE) -> int | None:
    """Set a figure of 市本级 (or 市级下达 of 表4); an empty text takes it away. Returns the act, None where nothing changes. Refused
    where nothing may be typed, Unreadable for what cannot be read."""
    city = book.read(city_of, task)
    rolled = roll(form, city.parts, city.entries)
    if rolled is None:
        raise Refused(f"还没有收到{form}，不能填写{line}。请先接收县（市、区）的数据包。")
    sheet = sheet_of(rolled, city.facts, city.task)
    column = next((one for one in sheet.columns if one.mark == mark), None)
    if column is None or not may_type(form, column, line):
        where = "第 23、24 栏" if line != OWN_LINE and form == MONEY else "人数、户数和金额等可以相加的栏"
        raise Refused(f"{form}第 {mark} 栏不能填写{line}。可以填的是{where}，其余随之算出。")
    blank = Row(line, Scope.OTHER, sheet.rows[0].cells)
    value = read_value(text, sheet, blank, mark)
    held = next(iter(book.read(rows, "city_entry", task=task, form=form, line=line, mark=mark)), None)
    name = f"填报{line} {form}第 {mark} 栏"
    if value is None:
        return book.act(f"清空{line} {form}第 {mark} 栏", [Change("city_entry", (held["id"],), held, None)]) if held else None
    stored = value_text(value)
    if held is None:
        number = book.read(next_ids)["city_entry"]
        made = defaults("city_entry") | {"id": number, "task": task, "form": form, "line": line, "mark": mark, "value": stored}
        return book.act(name, [Change("city_entry", (number,), None, made)])
    return book.act(name, [Change("city_entry", (held["id"],), {"value": held["value"]}, {"value": stored})]) if held["value"] != stored else None
