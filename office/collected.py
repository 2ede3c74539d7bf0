"""Collection sheets come back: a folder of them read into one plan (households, absences, leavings, joiners), with the townships
that have not answered. What cannot be read is listed, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.lists.log import newest_act
from db.rows import next_ids
from intake.cells import Sheet, Workbook
from intake.headers import find_header, match, normal
from intake.table import Record, records
from office.backup import before
from office.collection import (
    ATTENDANCE,
    COUNTED,
    HEAD,
    HOUSEHOLDS,
    JOINERS,
    JOINING,
    MONTH,
    UNIT,
    Progress,
    Township,
    bounds,
    townships,
)
from office.import_file import batch_change, read_file
from office.imports import attendance, roster, units
from office.imports.plan import STATES, WAITING, WRONG, Context, Planned
from policy.kinds import Field, Unreadable
from policy.kinds.month import MONTH as MONTH_KIND
from policy.kinds.month import in_words
from policy.names import fold, fold_unit

FILES: Final = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
TITLE: Final = "乡镇采集表"
_OF_THE_SYSTEM: Final = ("desktop.ini", "Thumbs.db")


@dataclass(frozen=True)
class Answer:
    """A collection sheet that was read: whose, and the rows of its three sheets."""

    town: Township
    workbook: Workbook
    rows: Mapping[str, Sequence[Record]]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One planned row and where it stands."""

    file: str
    town: str
    sheet: str
    row: Planned


@dataclass(frozen=True)
class Collected:
    """What bringing in a folder would do. Nothing has been written."""

    month: int
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]
    unanswered: tuple[str, ...]
    """Townships without a sheet in the folder."""
    problems: tuple[str, ...]
    """Files that were not used, and parts left blank, each a sentence."""
    seen_at: int

    @property
    def changes(self) -> list[Change]:
        """Everything commit will do, in order."""
        return [change for line in self.lines for change in line.row.changes]

    @property
    def refused(self) -> int:
        """How many rows, files and townships are still open."""
        return sum(line.row.state in (WRONG, WAITING) for line in self.lines) + len(self.unanswered) + len(self.problems)

    def counts(self) -> dict[str, int]:
        """State → number of rows."""
        return {state: sum(line.row.state == state for line in self.lines) for state in STATES}

    def sentences(self) -> list[str]:
        """What the clerk should read before committing."""
        said = [f"{in_words(self.month)}：收到 {len(self.answers)} 份采集表。"]
        said += [f"没有交回采集表的：{'、'.join(self.unanswered)}。"] if self.unanswered else []
        said += [note for one in self.answers for note in one.notes]
        said += self.problems
        for line in self.lines:
            where = f"{line.file}“{line.sheet}”第 {line.row.row_number} 行 {line.row.name}"
            said += [f"{where}：{label and f'“{label}” '}{text}" for label, text in line.row.errors.items()]
            said += [f"{where}：{note}。" for note in line.row.notes]
        return said


def collected(book: Book, folder: Path, month: int | None = None, progress: Progress | None = None) -> Collected:
    """Read every collection sheet in `folder` and plan them together; `month` (yyyymm) as all of them say unless given. Refused
    where the folder has none, or sheets of several months and no month was given.

    `progress(files read, in all)` is called before each file and now and then while one is read; what it raises ends the work."""
    if not folder.is_dir():
        raise Refused(f"找不到文件夹“{folder}”。请检查路径。")
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith(("~$", ".")) and path.name not in _OF_THE_SYSTEM)
    paths = [path for path in inside if path.is_file() and path.suffix.lower() in FILES]
    read: list[tuple[Workbook, str, int]] = []
    problems = [_unread(path) for path in inside if path not in paths]
    for done, path in enumerate(paths):
        try:
            workbook = read_file(path, cancelled=partial(_going_on, progress, done, len(paths)))
            read.append((workbook, *_whose(workbook)))
        except ValueError as refusal:
            problems.append(str(refusal))
    months = {found for _, _, found in read}
    if month is None:
        if len(months) != 1:
            said = "、".join(MONTH_KIND.show(one) for one in sorted(months)) or "没有可用的采集表"
            raise Refused(f"文件夹“{folder.name}”里的采集表不是同一个月（{said}）。请分开存放，或指定月份。" + "".join(problems))
        (month,) = months
    towns, existing, newest = book.read(lambda connection: _book(connection, month))
    answers, more = _answers(read, towns, month)
    lines = _plan(answers, towns, existing, month)
    answered = {one.town.unit for one in answers}
    unanswered = tuple(one.name for one in towns if one.unit not in answered)
    return Collected(month, tuple(answers), tuple(lines), unanswered, (*problems, *more), newest)


def _unread(path: Path) -> str:
    """What is said of something in the folder that is no workbook."""
    if path.is_dir():
        return f"文件夹里还有文件夹“{path.name}”，里面的文件没有读取。请把采集表都放在同一个文件夹里。"
    return f"“{path.name}”不是 Excel 表，没有读取。压缩包请先解压；是图片、PDF 的，请乡镇重新发送填好的采集表。"


def _going_on(progress: Progress | None, done: int, total: int) -> bool:
    """Report; whoever wants the work ended raises from there."""
    if progress is not None:
        progress(done, total)
    return False


def _book(connection: Any, month: int) -> tuple[list[Township], tuple[Any, Any, Any], int]:
    existing = units.existing(connection), attendance.existing(connection), roster.existing(connection)
    return townships(connection, month), existing, newest_act(connection)


def _page(workbook: Workbook, name: str) -> Sheet | None:
    return next((one for one in workbook.sheets if one.name.strip() == name), None)


def _whose(workbook: Workbook) -> tuple[str, int]:
    """Township and month that a sheet says of itself; Unreadable where it says neither."""
    page = _page(workbook, HOUSEHOLDS)
    said = {normal(row[0]): row[1] for row in page.rows.values() if len(row) > 1 and isinstance(row[0], str)} if page else {}
    if not isinstance(said.get(UNIT), str) or said.get(MONTH) is None:
        raise Unreadable(f"“{workbook.name}”不是程序生成的采集表，或“{HOUSEHOLDS}”表的前三行被改动。请用原来的采集表填写。")
    try:
        month = MONTH_KIND.parse(said[MONTH], None)
    except Unreadable as wrong:
        raise Unreadable(f"“{workbook.name}”的月份：{wrong}") from wrong
    return str(said[UNIT]), int(month)


def _answers(read: Sequence[tuple[Workbook, str, int]], towns: Sequence[Township], month: int) -> tuple[list[Answer], list[str]]:
    by_name = {fold_unit(one.name): one for one in towns}
    files: dict[int, list[Workbook]] = {}
    problems = []
    for workbook, name, said in read:
        town = by_name.get(fold_unit(name))
        if said != month:
            problems.append(f"“{workbook.name}”是 {MONTH_KIND.show(said)} 的采集表，不是 {MONTH_KIND.show(month)}，没有导入。")
        elif town is None:
            problems.append(f"“{workbook.name}”的单位“{name}”不在台账里，没有导入。请核对单位名称。")
        else:
            files.setdefault(town.unit, []).append(workbook)
    answers = []
    for town in towns:
        found = files.get(town.unit, [])
        if len(found) > 1:
            names = "”“".join(one.name for one in found)
            problems.append(f"{town.name}有 {len(found)} 份采集表（“{names}”），分不清以哪份为准，都没有导入。请只留一份。")
        elif found:
            answers.append(_answer(town, found[0], month, problems))
    return answers, problems


def _answer(town: Township, workbook: Workbook, month: int, problems: list[str]) -> Answer:
    found: dict[str, Sequence[Record]] = {HOUSEHOLDS: _households(workbook, town, month)}
    if not found[HOUSEHOLDS]:
        problems.append(f"{town.name}没有填写户数。")
    for name, fields, more in (
        (ATTENDANCE, attendance.FIELDS, {"town": town.name}), (JOINERS, {key: roster.FIELDS[key] for key in JOINING}, {"unit": town.name}),
    ):  # fmt: skip
        page = _page(workbook, name)
        header = find_header(page.rows, fields, page.merged, HEAD[name]) if page else None
        columns = match(header.headings, fields).sure if header else {}
        if page is None or header is None or len(columns) < len(fields):
            problems.append(f"“{workbook.name}”里没有完整的“{name}”表，这部分没有导入。请用原来的采集表填写。")
            found[name] = ()
            continue
        table = records(page, header, columns, fields)
        found[name] = [Record(one.row_number, {**one.values, **more}, one.errors, one.raw) for one in table.records]
        problems += [f"“{workbook.name}”的“{name}”第 {one.row_number} 行没有导入：{one.reason}。" for one in table.skipped]
    named = {one.values.get("number") for one in found[ATTENDANCE]}
    joined = {fold(one.values.get("name") or "") for one in found[JOINERS]}
    missing = [name for number, name, _ in town.people if number not in named and fold(name) not in joined]
    if missing and named:
        names = "、".join(missing)
        problems.append(f"{town.name}的采集表里少了这些人：{names}。请补上后再交。")
    return Answer(town, workbook, found, workbook.warnings)


def _households(workbook: Workbook, town: Township, month: int) -> list[Record]:
    """The column of counts as one row of the caseload; none where nothing is filled in."""
    page = _page(workbook, HOUSEHOLDS)
    assert page is not None
    by_label: Mapping[str, tuple[str, Field]] = {normal(units.FIELDS[key].label): (key, units.FIELDS[key]) for key in COUNTED}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    first = 0
    for number, row in page.rows.items():
        cell = row[1] if len(row) > 1 else None
        if number <= HEAD[HOUSEHOLDS] or cell is None:
            continue
        key, one = by_label.get(normal(str(row[0])), ("", None))
        first = first or number
        if one is None:
            errors[""] = f"第 {number} 行的项目“{row[0]}”不是采集表原有的项目。请不要改动项目名称。"
            continue
        try:
            values[key] = one.kind.parse(cell if isinstance(cell, str | int | float) else str(cell), None)
        except Unreadable as wrong:
            errors[key] = str(wrong)
    if not errors and all(value is None for value in values.values()):
        return []
    return [Record(first, {"name": town.name, "as_of": bounds(month)[1], "source": TITLE, **values}, errors, {})]


def _plan(answers: Sequence[Answer], towns: Sequence[Township], existing: tuple[Any, Any, Any], month: int) -> list[Line]:
    """All answers in one go, so that numbers given to new rows do not clash and a person named by two townships is seen."""
    first, last = bounds(month)
    listed = {number: town.name for town in towns for number, _, _ in town.people}
    lines = []
    for at, name in enumerate((HOUSEHOLDS, ATTENDANCE, JOINERS)):
        of = [(answer, record) for answer in answers for record in answer.rows[name]]
        sources = [record for _, record in of]
        context = Context(frozenset(), month, last, file=TITLE)
        if name == ATTENDANCE:
            planned = attendance.plan(sources, existing[at], first, last, listed, TITLE)
        else:
            planned = (units if name == HOUSEHOLDS else roster).KIND.plan(sources, existing[at], context)
        lines += [Line(answer.workbook.name, answer.town.name, name, row) for (answer, _), row in zip(of, planned, strict=True)]
    return lines


def commit(book: Book, seen: Collected, progress: Progress | None = None) -> int | None:
    """Write the whole plan as one act with one undo; returns its number, None where there is nothing to write. What
    `progress(done, in all)` raises ends the act with nothing written."""
    if not seen.changes:
        return None

    def numbers(connection: Any) -> tuple[int, int]:
        return next_ids(connection)["import_batch"], newest_act(connection)

    before(book, "导入前")
    first, newest = book.read(numbers)
    if newest != seen.seen_at:
        raise Refused("预览之后台账又有改动，为免覆盖，没有写入。请重新预览后再导入。")
    batches = [
        batch_change(
            first + at, newest + 1, TITLE, one.workbook,
            {state: sum(line.row.state == state for line in seen.lines if line.file == one.workbook.name) for state in STATES},
        )
        for at, one in enumerate(seen.answers)
    ]  # fmt: skip
    return book.act(f"导入{in_words(seen.month)}采集表（{len(seen.answers)} 个乡镇）", [*seen.changes, *batches], tick=progress)
