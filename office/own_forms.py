"""按上级表样填报: a form the province sends down is taken in with a map of what belongs where, and filled whenever it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db import attachments
from db.book import Book
from db.change import Change, Refused
from db.rows import next_ids, row, rows
from intake.cells import VISIBLE, Workbook, covered
from intake.reader import read as read_cells
from intake.refusal import Refusal
from office.attachments import attached
from office.check import facts_in
from office.returns_desk import Draft, draft_in, last_in
from policy.facts import Facts
from policy.period import Period, parse_period
from resources import files
from returns.annual import lay_all
from returns.forms import FORMS
from returns.own_form import Blank, Page, Place
from returns.own_form_fill import FilledForm, differences, fill
from returns.own_form_lines import DIFFERS, STOP
from returns.own_form_map import FormMap, from_toml, to_toml
from returns.sheet import Sheet
from returns.task import Task

TABLE: Final = "own_form"
FILLED_WITH: Final = tuple(form.key for form in FORMS if form.key != "审核表")
RESAVE: Final = "这个表样不是 .xlsx，只能看对应，不能填写。请在 WPS 或 Excel 中打开，另存为 .xlsx 后再选。"
_PEOPLE: Final = ("附表1", "附表2")
_BAD_IN_FILE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Form:
    """A form as it came: its file name, bytes ("" where it can only be looked at) and what is on its pages."""

    file_name: str
    content: bytes
    blank: Blank


@dataclass(frozen=True)
class Held:
    """A form the book holds."""

    id: int
    name: str
    map: FormMap
    changed_on: Any


def read_form(path: Path) -> Form:
    """A form from a file. An .xls or .et is read for its headings and says that it must be saved as .xlsx. ValueError with a sentence
    for what cannot be read."""
    try:
        cells = read_cells(path)  # in a process of its own: whatever the file does, the program stays
        content = path.read_bytes()
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    except OSError as error:
        raise Refused(f"读不出“{path.name}”：{error.strerror or error}。请确认文件还在、没有被别的程序占用。") from error
    if cells.reader == "xlsx":
        return Form(path.name, content, _blank(content))
    pages = tuple(_page(sheet.name, sheet) for sheet in cells.sheets if sheet.state == VISIBLE)
    return Form(path.name, b"", Blank(pages, (RESAVE,)))


def _blank(content: bytes) -> Blank:
    from returns.own_form import read

    return read(content)


def _page(name: str, sheet: Any) -> Page:
    areas = [area for text in sheet.merged if (area := covered(text))]
    values = {(number, column + 1): cell for number, cells in sheet.rows.items() for column, cell in enumerate(cells) if cell is not None}
    return Page(name, values, tuple((top, left + 1, bottom, right + 1) for top, bottom, left, right in areas))


# Figures


def figures_in(connection: Any, period: Period, whole_numbers: bool = False) -> dict[str, Sheet]:
    """Every form of ours by key, laid from the book for a period."""
    facts = facts_in(connection, period)
    asked = Task("社会救助经办服务能力报表", period=period.label, forms=FILLED_WITH, masked=not whole_numbers)
    last = last_in(connection, asked, period)
    return {sheet.key: sheet for sheet in lay_all(facts, asked, last=last.sheets, said=last.said)}


def figures_of(connection: Any, number: int, whole_numbers: bool = False) -> dict[str, Sheet]:
    """Every form of ours by key, those of a return as they stand in it: with what was set by hand, sealed ones as sealed."""
    draft: Draft = draft_in(connection, number)
    facts: Facts = draft.facts
    asked = replace(draft.task, forms=FILLED_WITH, masked=not whole_numbers, public=False)
    laid = {sheet.key: sheet for sheet in lay_all(facts, asked, last=draft.last.sheets, said=draft.last.said)}
    own = {sheet.key: sheet for sheet in draft.sheets if sheet.key in laid and not (sheet.key in _PEOPLE and draft.task.masked is whole_numbers)}
    return laid | own


# Kept in the book


def held_forms(connection: Any) -> list[Held]:
    """The forms of the book (for `book.read`)."""
    return [Held(one["id"], one["name"], from_toml(one["map"], one["name"]), one["changed_on"]) for one in rows(connection, TABLE)]


def register(book: Book, form: Form, how: FormMap) -> int:
    """Keep a form with its map, as one act; returns its number. The map of a form of the same name and content is replaced."""
    if not form.content:
        raise Refused(RESAVE)
    name = how.name.strip()
    if not name:
        raise Refused("请给表样起个名称。")
    digest = sha256(form.content).hexdigest()
    there = next((one for one in book.read(rows, TABLE) if one["name"] == name), None)
    if there is not None:
        if any(one.sha256 == digest for one in book.read(attached, TABLE, there["id"])):
            change_map(book, there["id"], how)
            return int(there["id"])
        raise Refused(f"已经有名为“{name}”的表样，内容不同。请换一个名称（例如加上年度），或先移走旧的。")
    try:
        attachments.put(book.folder, form.content, book.data_key)
    except OSError as error:
        raise Refused(f"表样没有存进台账文件夹：{error.strerror or error}。请检查磁盘空间和权限后再试。") from error
    ids, today = book.read(next_ids), book.clock.today()
    number = ids[TABLE]
    kept = {"id": number, "name": name, "map": to_toml(replace(how, name=name)), "changed_on": today}
    file = {
        "id": ids["attachment"], "owner": TABLE, "record": number, "name": form.file_name, "sha256": digest, "size": len(form.content),
        "pages": None, "added_on": today, "note": None,
    }  # fmt: skip
    book.act(f"登记上级表样 {name}", [Change(TABLE, (number,), None, kept), Change("attachment", (file["id"],), None, file)])
    return number


def change_map(book: Book, number: int, how: FormMap) -> int | None:
    """Keep another map of a form; None where nothing changes."""
    held = _row(book, number)
    after = {"map": to_toml(replace(how, name=held["name"])), "changed_on": book.clock.today()}
    if held["map"] == after["map"]:
        return None
    return book.act(f"修改表样对应 {held['name']}", [Change(TABLE, (number,), {key: held[key] for key in after}, after)])


def open_form(book: Book, number: int) -> tuple[Form, FormMap]:
    """A form of the book as it came, and its map. Damaged with a sentence where the file is gone."""
    held = _row(book, number)
    found = book.read(attached, TABLE, number)
    if not found:
        raise Refused(f"表样“{held['name']}”的文件已被移走。请把这个表样移走，重新登记。")
    content = attachments.get(book.folder, found[0].sha256, book.data_key)
    return Form(found[0].name, content, _blank(content)), from_toml(held["map"], held["name"])


def _row(book: Book, number: int) -> dict[str, Any]:
    held = book.read(row, TABLE, (number,))
    if held is None:
        raise Refused("这个表样已经不在了。请刷新。")
    return held


# Filling


def fill_form(book: Book, form: Form, how: FormMap, sheets: Mapping[str, Sheet]) -> FilledForm:
    """A filled copy, not yet saved, with all there is to tell of it."""
    if not form.content:
        raise Refused(RESAVE)
    return fill(form.content, how, sheets, book.clock.today())


def stops(filled: FilledForm, agreed: bool = False) -> str:
    """Why a copy is not to be saved, "" where it may: something cannot be filled, or formulas disagree and nobody has agreed to that."""
    if found := filled.of(STOP):
        return "没有写出：" + "".join(f"{one.where}：{one.said}" for one in found)
    if not agreed and (found := filled.of(DIFFERS)):
        return f"没有写出：有 {len(found)} 处与台账不一致（{'、'.join(one.where for one in found[:6])}）。请核对，或确认后再保存。"
    return ""


def save_form(book: Book, filled: FilledForm, how: FormMap, title: str, out: Path, agreed: bool = False, purpose: str = "") -> Path:
    """Write a filled copy into folder `out` under a name nothing has yet, read it with another reader, and keep in the diary that it
    was written. `title`: of the period; `purpose`: what one that names people goes out for. Refused or OSError with a sentence."""
    if said := stops(filled, agreed):
        raise Refused(said)
    if filled.personal and not purpose.strip():
        raise Refused("没有写出：这张表含个人信息，请填写导出用途。")
    out.mkdir(parents=True, exist_ok=True)
    target = _free(out / _BAD_IN_FILE.sub("", f"{book.face.name}_{how.name[:40]}_{title}_{book.clock.today():%Y%m%d}.xlsx"))
    try:
        with files.beside(target) as temporary:
            temporary.write_bytes(filled.content)
            files.sync(temporary)
            if wrong := differences(filled, _found(_read_again(temporary))):
                raise Refused(f"写出后核对不符，没有保存：{''.join(wrong[:3])}请把表样发给维护人员。")
            files.put_in_place(temporary, target)
    except OSError as error:
        raise Refused(files.sentence(target, error)) from error
    named = f"，{filled.lines} 行，{'完整号码' if how.whole_numbers else '号码已遮掩'}，用途：{purpose.strip()}" if filled.personal else ""
    book.act(f"按上级表样填报 {how.name}", [], reason=f"{target.name}{named}　SHA-256 {sha256(filled.content).hexdigest()}")
    return target


def _read_again(path: Path) -> Workbook:
    try:
        return read_cells(path)
    except Refusal as refusal:
        raise Refused(f"写出后读不回来，没有保存：{refusal}") from refusal


def _found(cells: Workbook) -> dict[str, dict[Place, object]]:
    return {
        sheet.name: {(number, at + 1): cell for number, held in sheet.rows.items() for at, cell in enumerate(held)}
        for sheet in cells.sheets
        if sheet.state == VISIBLE
    }


def _free(target: Path) -> Path:
    found, number = target, 2
    while found.exists():
        found = target.with_name(f"{target.stem}({number}){target.suffix}")
        number += 1
    return found


def sources(connection: Any) -> list[tuple[str, int]]:
    """(words, number) of the newest version of every return of the book: what a form may be filled from beside the book itself."""
    tasks = {one["id"]: one for one in rows(connection, "report_task")}
    newest: dict[int, dict[str, Any]] = {}
    for one in rows(connection, "return_"):
        if one["task"] not in newest or newest[one["task"]]["version"] < one["version"]:
            newest[one["task"]] = one
    return [(f"{tasks[task]['name']}（{tasks[task]['period']}，第{one['version']}版，{one['state']}）", one["id"]) for task, one in newest.items()]


def title_of(connection: Any, number: int) -> str:
    """The period of a return, as a file's name says it: 2026年度."""
    held = row(connection, "return_", (number,))
    task = row(connection, "report_task", (held["task"],)) if held else None
    if task is None:
        raise Refused("这份报表已经不在了。请刷新。")
    return parse_period(task["period"], task["as_of"]).title
