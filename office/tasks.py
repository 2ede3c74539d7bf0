"""报送任务: made from a template or a file, kept in the book, handed out as a file that another county's book takes in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from policy.frozen import plain, record
from policy.kinds.ticked import ticks
from policy.management_facts import DOC_KINDS, PROVINCIAL_VIDEO
from policy.names import fold
from policy.period import MONTH, QUARTER, YEAR, parse_period
from policy.stages import stages
from resources import files
from returns.forms import FORMS
from returns.papers import CONTRACTS, FUND_PAPERS, MINUTES
from returns.task import Task

YEARLY_FORMS: Final = ("封面", "综合表", "表1", "表2", "表3", "表4", "表6")
"""What 三（三） of the notice names; every other form is switched on by a task that asks for it."""
YEARLY: Final = "年度报送"
MONTHLY: Final = "人员变动月报"
QUARTERLY: Final = "工作进度季报"
STAGES_2019: Final = "2019年贯彻落实（历史）"
EMPTY: Final = "空白任务"
BY_DOCUMENT: Final = "来文"
"""Origin of a task made from a 来文."""
INNER_FORMS: Final = ("表5", *(f"表{number}" for number in range(7, 16)))
"""内部台账: forms the notice does not name. A 来文 switches them on."""
_OF_2019: Final = stages()
_PAPERS_2019: Final = (MINUTES, FUND_PAPERS, CONTRACTS, *(one.of for one in _OF_2019.matters))
TEMPLATES: Final = {
    YEARLY: Task("基层社会救助经办服务能力落实情况报表", "救助经办能力年报", forms=YEARLY_FORMS),
    MONTHLY: Task("人员增减变动月报", "人员变动月报", forms=("封面", "表14")),
    QUARTERLY: Task("工作进度季报", "工作进度季报", forms=("封面", "表15")),
    STAGES_2019: Task(
        "2019年购买服务加强基层社会救助经办服务能力落实情况报表", "2019年落实情况", _OF_2019.document, str(_OF_2019.year),
        forms=(*YEARLY_FORMS, "表7", "表8", "表9", "表10", "表11"), topics=(*_OF_2019.topics, _OF_2019.city_topic),
        documents=tuple(kind for kind in DOC_KINDS if kind in _PAPERS_2019), trainings=(PROVINCIAL_VIDEO,),
    ),
    EMPTY: Task("专项报送", "专项报表", forms=("封面",), special=True),
}
"""What a task is made from. Only that of 2019 has topics, documents and trainings of its own: no later year has any."""
SORT_OF: Final = {YEARLY: YEAR, MONTHLY: MONTH, QUARTERLY: QUARTER}
"""Template → the sort of period it goes up for; the others go up for whatever their 来文 says."""
_FORMAT: Final = "经办台账报送任务"
_VERSION: Final = 1
_LISTS: Final = ("forms", "signatories", "topics", "documents", "trainings")
_HERE_ONLY: Final = ("typed",)


def known_forms() -> tuple[str, ...]:
    """The forms this program can make, in binding order."""
    return tuple(form.key for form in FORMS)


def make_task(book: Book, template: str, period: str, **fields_set: Any) -> int:
    """A new task from a template for a period; `fields_set` are fields of `returns.task.Task`. Returns its number.

    Refused with a sentence for an unknown template, period or form, or where the book has this task for this period already.
    """
    if template not in TEMPLATES:
        raise Refused(f"没有任务模板“{template}”。可用的有：{'、'.join(TEMPLATES)}。")
    known = known_forms()
    made = replace(TEMPLATES[template], **fields_set)
    made = replace(made, period=period, forms=tuple(form for form in made.forms if form in known or form not in YEARLY_FORMS))
    _switched_on(made, TEMPLATES[template].forms)
    return add_task(book, made, template)


def _switched_on(task: Task, held: Sequence[str]) -> None:
    """Refused where a task without a 来文 asks for forms neither the notice names nor `held` had."""
    inner = [form for form in task.forms if form in INNER_FORMS and form not in held]
    if inner and not task.document.strip():
        raise Refused(
            f"{'、'.join(inner)}是内部台账，文件没有要求报送，由来文启用。请填写“来文文号”；或者先在“来文登记与督办”里登记来文，再用“据此新建任务”。"
        )


def task_by_document(connection: Any, number: int, year: int) -> Task:
    """The task a 来文 asks for, to be looked over before it is made: document, due day and forms are taken over, the period is proposed.
    Refused where the 来文 is gone or switches no form on."""
    held = _incoming(connection, number)
    forms = ticks(held["forms"])
    if not forms:
        raise Refused("这份来文没有要求报送的表。请先在“启用报表”里勾选。")
    made = replace(TEMPLATES[EMPTY], name=held["title"], short="来文报表", special=False, document=_cited(held), due=held["due"])
    return replace(made, period=str(year), forms=("封面", *(form for form in known_forms() if form in forms)))


def make_task_by_document(book: Book, number: int, **fields_set: Any) -> int:
    """据此新建任务: the task of a 来文 as it was looked over; returns its number. Refused where the 来文 is gone, a form it switches on is left
    out, or the book has a task of this name for this period."""
    held = book.read(_incoming, number)
    made = replace(book.read(task_by_document, number, book.clock.today().year), **fields_set)
    if left := [form for form in ticks(held["forms"]) if form not in made.forms]:
        raise Refused(f"来文要求报送{'、'.join(left)}，任务里没有。请补上；来文实际没有要求的，先在来文的“启用报表”里改正。")
    _switched_on(made, ())
    return add_task(book, made, f"{BY_DOCUMENT} {_cited(held)}")


def tasks_by_document(connection: Any, number: int) -> list[int]:
    """The tasks that cite a 来文, the newest last."""
    held = row(connection, "incoming_doc", (number,))
    return [one["id"] for one in rows(connection, "report_task") if held and one["document"] and fold(one["document"]) == fold(_cited(held))]


def _incoming(connection: Any, number: int) -> dict[str, Any]:
    held = row(connection, "incoming_doc", (number,))
    if held is None:
        raise Refused("这份来文已经不在了。请刷新后重选。")
    return held


def _cited(held: Mapping[str, Any]) -> str:
    """How a task names its 来文: by its number, else by its title."""
    return held["doc_no"] or f"“{held['title']}”"


def add_task(book: Book, task: Task, origin: str = "") -> int:
    """Keep a task in the book; returns its number. Refused as `make_task`."""
    task = checked(task)
    number = book.read(next_ids)["report_task"]
    if any(one["period"] == task.period for one in book.read(rows, "report_task", name=task.name)):
        raise Refused(f"台账里已有 {task.period} 的任务“{task.name}”。请直接打开它，或换一个任务名称。")
    values = defaults("report_task") | columns_of(task) | {"id": number, "origin": origin or None}
    book.act(f"新增报送任务 {task.name}（{task.period}）", [Change("report_task", (number,), None, values)])
    return number


def change_task(book: Book, number: int, **fields_set: Any) -> int | None:
    """Change fields of a task; None where nothing changes. Refused where a return of it is approved or sealed already."""
    held = whole(book.read(row, "report_task", (number,)))
    if any(one["state"] != "编制中" for one in book.read(rows, "return_", task=number)):
        raise Refused("这个任务下的报表已经审核或封存，任务不能再改。请先把报表退回修改（解封），或另建一个任务。")
    made = checked(replace(task_of(held), **fields_set))
    _switched_on(made, task_of(held).forms)
    after = columns_of(made)
    changed = {name: value for name, value in after.items() if held[name] != value}
    if not changed:
        return None
    before = {name: held[name] for name in changed}
    return book.act(f"修改报送任务 {held['name']}", [Change("report_task", (number,), before, changed)])


def checked(task: Task) -> Task:
    """The task, if this program can do it; Refused with a sentence otherwise."""
    if not task.name.strip() or not task.short.strip():
        raise Refused("请填写任务名称和任务短名。")
    try:
        period = parse_period(task.period, task.as_of)
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    if not [form for form in task.forms if form != "封面"] and not task.special:
        raise Refused("报送任务里没有报表。请至少选一张表。")
    if task.wan_decimals not in (1, 2) or task.yuan_decimals not in (0, 2):
        raise Refused(f"任务“{task.name}”的小数位数不行：万元应为 2 或 1，元应为 2 或 0。请改正任务。")
    if unknown := [form for form in task.forms if form not in known_forms()]:
        raise Refused(f"任务“{task.name}”要的“{'、'.join(unknown)}”不在本程序的报表中。请从任务中去掉，或升级程序。")
    return replace(task, period=period.label)


def whole(held: dict[str, Any] | None) -> dict[str, Any]:
    """A task's row; Refused where it is gone."""
    if held is None:
        raise Refused("这个报送任务已经不在了。请刷新。")
    return held


def task_of(held: dict[str, Any]) -> Task:
    """A task as its row says."""
    values = {name: value for name, value in held.items() if name not in ("id", "origin", "form_numbers", *_LISTS) and value is not None}
    pairs = (part.partition("=") for part in (held["form_numbers"] or "").split("；") if part)
    numbers = {form: number for form, _, number in pairs}
    lists: dict[str, Any] = {name: tuple(one for one in (held[name] or "").split("、") if one) for name in _LISTS}
    return Task(**values, form_numbers=numbers, **lists)


def task_in(connection: Any, number: int) -> Task:
    """A task of the book (for `book.read`). Refused where it is gone."""
    return task_of(whole(row(connection, "report_task", (number,))))


def columns_of(task: Task) -> dict[str, Any]:
    """A task as its row keeps it."""
    values = {one.name: getattr(task, one.name) for one in fields(Task) if one.name not in _HERE_ONLY}
    values |= {name: "、".join(getattr(task, name)) for name in _LISTS}
    values["form_numbers"] = "；".join(f"{form}={number}" for form, number in task.form_numbers.items())
    return {name: None if value == "" and name in _MAY_BE_EMPTY else value for name, value in values.items()}


_MAY_BE_EMPTY: Final = ("document", "authority", "approval", "valid_until", "form_numbers", "topics", "documents", "trainings")


def export_task(book: Book, number: int, target: Path) -> Path:
    """Write a task as a file that other books take in (no figure of this book is in it)."""
    task = task_of(whole(book.read(row, "report_task", (number,))))
    content = {"format": _FORMAT, "version": _VERSION, "task": plain(replace(task, typed={}))}
    files.write(target, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))
    return target


def read_task(source: Path) -> Task:
    """The task in a file. Refused with a sentence for any other file, or one of a newer program."""
    try:
        content = json.loads(source.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise KeyError("format")
        if content["version"] > _VERSION:
            raise Refused(f"“{source.name}”是更高版本的程序写的任务文件。请升级程序后再导入。")
        task: Task = record(content["task"], Task)
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"“{source.name}”不是报送任务文件，或已损坏。请向下发任务的单位重新索取。") from error
    return checked(task)


def import_task(book: Book, source: Path) -> int:
    """Take a task file into the book; returns the task's number."""
    return add_task(book, read_task(source), f"任务文件 {source.name}")


def find_task(connection: Any, name: str) -> int:
    """The number of the task with this number or name (the newest period where several have it). Refused where there is none."""
    listed = rows(connection, "report_task")
    found = [one for one in listed if name in (str(one["id"]), one["name"], one["short"])]
    if not found:
        said = "；".join(f"{one['name']}（{one['period']}）" for one in listed) or "还没有任务"
        raise Refused(f"台账里没有报送任务“{name}”。现有：{said}。")
    return int(max(found, key=lambda one: (parse_period(one["period"]).last, one["id"]))["id"])
