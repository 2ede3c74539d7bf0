"""Returns on the command line: returns (of a task), audit, formulas, compare, task."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from policy.clock import Clock

if TYPE_CHECKING:
    from db.book import Book
    from office.compare import Compared

DONE, FOUND = 0, 1
SEALABLE = ("编制中", "已审核")


def add(commands: Any) -> None:
    """What these commands take."""
    audit = commands.add_parser("audit", help="审核一份报表：表内、表间、与上期、与台账")
    audit.add_argument("book", type=Path, metavar="台账")
    audit.add_argument("--task", required=True, metavar="任务", help="任务的名称、编号，或任务文件")
    audit.add_argument("--json", action="store_true", help="结果输出为 JSON")

    formulas = commands.add_parser("formulas", help="列出全部审核公式、检查和规则")
    formulas.add_argument("book", type=Path, nargs="?", metavar="台账", help="写了台账的，连同本县自定的公式，按台账的政策参数列出")
    formulas.add_argument("--json", action="store_true", help="结果输出为 JSON")

    compare = commands.add_parser("compare", help="逐格比较两期报表")
    compare.add_argument("before", metavar="前", help="上报数据包；写了 --book 的，为报表编号")
    compare.add_argument("after", metavar="后", help="上报数据包；写了 --book 的，为报表编号")
    compare.add_argument("--book", type=Path, metavar="台账")
    compare.add_argument("--json", action="store_true", help="结果输出为 JSON")

    task = commands.add_parser("task", help="报送任务：列出、新建、导出、导入")
    task.add_argument("what", choices=("list", "new", "export", "import"), metavar="做什么", help="list 列出；new 新建；export 导出为任务文件；import 导入任务文件")
    task.add_argument("book", type=Path, metavar="台账")
    task.add_argument("file", type=Path, nargs="?", metavar="任务文件")
    task.add_argument("--task", metavar="任务", help="导出哪个任务（名称或编号）")
    task.add_argument("--template", default="年度报送", metavar="模板", help="按哪个模板新建（默认 年度报送）")
    task.add_argument("--period", metavar="报告期", help="新建任务的报告期，例如 2026")


def task_returns(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """A task's return: audited, on request approved and sealed, its workbook and package written."""
    from office import returns_desk as desk
    from office import seal
    from office.open import open_book
    from office.package import package, trial_package

    with open_book(asked.book, clock) as book:
        number = desk.open_return(book, task_number(book, asked.task))
        draft = book.read(desk.draft_in, number)
        stops = draft.audited.stops() if draft.state in SEALABLE else ""
        if asked.seal and stops:
            _tell_points(draft, err)
            print(stops, file=err)
            return FOUND
        if asked.seal and draft.state in SEALABLE:
            if draft.state == SEALABLE[0]:
                seal.approve(book, number, asked.approver)
            seal.seal(book, number)
            print("报表已审核、封存。", file=err)
        if asked.package is not None:
            sealed = asked.seal or draft.state not in SEALABLE
            secret = os.environ.get("JINGBAN_PACKAGE_PASSWORD", "")
            path = package(book, number, asked.package, password=secret) if sealed else trial_package(book, number, asked.package)
            print("上报数据包已写出并逐项核对。" if sealed else "报表还没有封存，写出的是试报数据包（未通过审核）。", file=err)
            print(path, file=out)
        if asked.out is not None:
            print(_workbook(book, number, asked.out, asked.with_formulas, asked.purpose), file=out)
            print("工作簿已写出并逐格读回核对。", file=err)
    return FOUND if stops else DONE


def _workbook(book: Book, number: int, out: Path, with_formulas: bool, purpose: str) -> Path:
    from office import returns_desk as desk
    from office.edit import exported_forms
    from office.seal import workbook
    from resources import files

    draft = book.read(desk.draft_in, number)
    if draft.state in SEALABLE or with_formulas:
        name, content = workbook(draft, book, draft.sheets, with_formulas=with_formulas)
        name = name.replace(".xlsx", "（带公式）.xlsx") if with_formulas else name
    else:
        kept = book.read(desk.kept_in, number)
        name, content = kept.file_name, kept.workbook
    out.mkdir(parents=True, exist_ok=True)
    files.write(out / name, content)
    exported_forms(book, draft.sheets, out / name, purpose, masked=draft.task.masked)
    return out / name


def task_number(book: Book, named: str) -> int:
    """The task meant: one of the book by name or number, or a task file, taken into the book where it is not there yet."""
    from db.rows import rows
    from office.tasks import add_task, find_task, read_task

    if not Path(named).is_file():
        return book.read(find_task, named)
    task = read_task(Path(named))
    held = book.read(rows, "report_task", name=task.name, period=task.period)
    return int(held[0]["id"]) if held else add_task(book, task, f"任务文件 {Path(named).name}")


def audit(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Every point of the audit, with both sides and its note."""
    from office import returns_desk as desk
    from office.open import open_book
    from office.package import audit_report

    with open_book(asked.book, clock) as book:
        draft = book.read(desk.draft_in, desk.open_return(book, task_number(book, asked.task)))
    if asked.json:
        json.dump(audit_report(draft), out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        _tell_points(draft, out)
    print(draft.audited.stops() or "审核通过。", file=err)
    return FOUND if draft.audited.stops() else DONE


def _tell_points(draft: Any, to: TextIO) -> None:
    from policy.finding import LEVEL_WORDS

    for point in draft.audited.points:
        note = f"　说明：{point.note}" + ("" if point.confirmed else "（上期说明，未确认）") if point.note else ""
        print(f"{LEVEL_WORDS[point.level]}\t{point.id}\t{point.form}\t{point.line}\t{'；'.join(point.told)}{note}", file=to)


def formulas(asked: argparse.Namespace, clock: Clock, out: TextIO, _err: TextIO) -> int:
    """Id, form, text and level of everything that audits a return."""
    from office.check import parameters_in
    from office.formulas import all_formulas, own_formulas
    from office.open import open_book

    if asked.book is None:
        import resources
        from policy.parameters import SHIPPED, load

        listed = all_formulas(load(resources.text(SHIPPED), (), clock.today()))
    else:
        with open_book(asked.book, clock) as book:
            listed = all_formulas(book.read(parameters_in, clock.today()), book.read(own_formulas, clock.today()))
    if asked.json:
        told = [{"id": one.id, "form": one.form, "lines": one.scope, "text": one.text, "level": one.level, "kind": one.kind} for one in listed]
        json.dump(told, out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        for one in listed:
            print(f"{one.level}\t{one.id}\t{one.form}\t{one.scope}\t{one.text}", file=out)
    return DONE


def compare(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Cells that differ; large changes without a reason end with 1."""
    from office.compare import packages, with_return
    from office.open import open_book

    if asked.book is None:
        done = packages(Path(asked.before), Path(asked.after))
    else:
        earlier, later = _number(asked.before), _number(asked.after)
        with open_book(asked.book, clock) as book:
            done = book.read(with_return, earlier, later)
    return _tell_compared(done, asked.json, out, err)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"“{text}”不是报表编号。请写报表的编号（数字），或去掉 --book 比较两个数据包。")
    return int(text)


def _tell_compared(done: Compared, as_json: bool, out: TextIO, err: TextIO) -> int:
    asks = done.without_reason()
    if as_json:
        told = [
            {"form": one.form, "line": one.line, "mark": one.mark, "label": one.label, "before": one.was, "after": one.now,
             "change": one.share or None, "asks": one.asks, "reason": done.reasons.get(one.subject, "")}
            for one in done.differences
        ]  # fmt: skip
        json.dump({"before": done.before, "after": done.after, "differences": told}, out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        for one in done.differences:
            print(f"{one.form}\t{one.line}\t{one.mark}\t{one.label}\t{one.was or '空白'}\t{one.now or '空白'}\t{one.share}\t{'请说明原因' if one in asks else ''}", file=out)
    print(f"{done.before} → {done.after}：{len(done.differences)} 格不同，其中 {len(asks)} 格变动较大，需要说明原因。", file=err)
    return FOUND if asks else DONE


def task(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """List tasks, make one, write one to a file, take one from a file."""
    from db.rows import rows
    from office.open import open_book
    from office.tasks import export_task, find_task, import_task, make_task

    if asked.what in ("export", "import") and asked.file is None:
        raise ValueError("请写任务文件的路径。")
    if asked.what == "export" and not asked.task:
        raise ValueError("请用 --task 写明导出哪个任务。")
    if asked.what == "new" and not asked.period:
        raise ValueError("请用 --period 写明报告期，例如 2026。")
    with open_book(asked.book, clock) as book:
        if asked.what == "export":
            print(export_task(book, book.read(find_task, asked.task), asked.file), file=out)
        elif asked.what == "import":
            print(import_task(book, asked.file), file=out)
        elif asked.what == "new":
            print(make_task(book, asked.template, asked.period), file=out)
        else:
            for one in book.read(rows, "report_task"):
                print(f"{one['id']}\t{one['name']}\t{one['period']}\t{one['due'] or ''}\t{one['forms']}", file=out)
    return DONE


COMMANDS = {"audit": audit, "formulas": formulas, "compare": compare, "task": task}
