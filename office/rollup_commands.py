"""市级汇总 on the command line: receive packages into a city's book and roll them up; take a 退回单 or a 任务包 in; write a 任务包."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from policy.clock import Clock

if TYPE_CHECKING:
    from db.book import Book
    from office.arrivals import Arrival
    from office.rollup import City

DONE, FOUND = 0, 1


def add(commands: Any) -> None:
    """What these commands take."""
    rollup = commands.add_parser("rollup", help="市级汇总：接收县（市、区）的数据包，汇总")
    rollup.add_argument("book", type=Path, metavar="市级台账")
    rollup.add_argument("packages", type=Path, nargs="*", metavar="数据包或文件夹", help="上报数据包、报表工作簿，或放它们的文件夹；不写则汇总已收到的")
    rollup.add_argument("--task", metavar="任务", help="汇总哪个任务（名称或编号）；台账里只有一个任务的可以不写")
    rollup.add_argument("--keep", action="store_true", help="已收到过的县（市、区），不用新版本替换")
    rollup.add_argument("--towns", action="store_true", help="各县（市、区）下列出乡镇（街道）")
    rollup.add_argument("--by", metavar="项目", help="排名通报表按哪一项排：配备率（不写即是）、标准达标率、安排率、落实率、到位率、材料齐备率")
    rollup.add_argument("--out", type=Path, metavar="文件夹", help="把汇总工作簿写到这个文件夹")
    rollup.add_argument("--package", type=Path, metavar="文件夹", help="把本市的上报数据包写到这个文件夹；没有封存的，写成试报数据包（审核、封存用 returns --task --seal）")
    rollup.add_argument("--report", type=Path, metavar="文件夹", help="把全市调研报告写到这个文件夹")
    rollup.add_argument("--json", action="store_true", help="结果输出为 JSON")

    slip = commands.add_parser("returned", help="县级：导入市级的退回单，报表解封成新的一版")
    slip.add_argument("book", type=Path, metavar="台账")
    slip.add_argument("file", type=Path, metavar="退回单")

    bundle = commands.add_parser("bundle", help="任务包：市级导出（任务、政策参数、审核公式、代码表），县级导入")
    bundle.add_argument("what", choices=("export", "import"), metavar="做什么", help="export 导出；import 导入")
    bundle.add_argument("book", type=Path, metavar="台账")
    bundle.add_argument("file", type=Path, metavar="任务包")
    bundle.add_argument("--task", metavar="任务", help="导出哪个任务（名称或编号）")


def rollup(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Receive what is given, then roll up everything there is of the task."""
    from db.change import Refused
    from office.arrivals import TAKES, look_at
    from office.city_papers import write_papers, write_report
    from office.open import open_book
    from office.rollup import gather, standings, take
    from returns.ranking import RATES, STAFFED

    by = asked.by or STAFFED
    if by not in RATES:
        raise Refused(f"不能按“{by}”排名。--by 可以写：{'、'.join(RATES)}。")
    with open_book(asked.book, clock) as book:
        arrivals = look_at(book, asked.packages) if asked.packages else []
        take(book, arrivals, replacing=not asked.keep)
        task = _task(book, asked.task, arrivals)
        city, standing = gather(book, task), book.read(standings, task, clock.today())
        refused = [one for one in arrivals if one.answer not in TAKES]
        nodes = city.nodes()
        if asked.json:
            json.dump(_told(arrivals, standing, city, nodes, asked.towns), out, ensure_ascii=False, indent=1)
            print(file=out)
        else:
            for each in arrivals:
                print(f"{each.answer}\t{each.path.name}\t{each.said}", file=out)
            for one in standing:
                version = f"第{one.package['version']}版" if one.package else ""
                print(f"{one.county['name']}\t{one.state}\t{version}\t{f'迟报 {one.late} 天' if one.late else ''}", file=out)
        for node in nodes:
            print(node.said, file=err)
        if asked.out is not None:
            print(write_papers(book, task, asked.out, towns=asked.towns, by=by), file=err if asked.json else out)
        if asked.report is not None:
            print(write_report(book, task, asked.report), file=err if asked.json else out)
        if asked.package is not None:
            print(_package(book, task, asked.package), file=err if asked.json else out)
    print(f"收到 {len(arrivals)} 个文件，不能接收 {len(refused)} 个；已汇总 {len(city.parts)} 个县（市、区），未报 {len(city.missing)} 个。", file=err)
    return FOUND if refused or nodes else DONE


def _package(book: Book, task: int, out: Path) -> Path:
    """The package of the city's own return: of the sealed one, else marked as a trial."""
    from office.package import package, trial_package
    from office.returns_desk import KEPT_STATES, draft_in, open_return

    number = open_return(book, task)
    return package(book, number, out) if book.read(draft_in, number).state in KEPT_STATES else trial_package(book, number, out)


def _task(book: Book, named: str | None, arrivals: list[Arrival]) -> int:
    from db.change import Refused
    from db.rows import rows
    from office.tasks import find_task

    if named:
        return book.read(find_task, named)
    held = {int(one.task["id"]) for one in arrivals if one.task} or {int(one["id"]) for one in book.read(rows, "report_task")}
    if len(held) != 1:
        raise Refused("台账里没有报送任务。请先建立任务。" if not held else "有几个报送任务。请用 --task 写明汇总哪一个。")
    return held.pop()


def _told(arrivals: Any, standing: Any, city: City, nodes: Any, towns: bool) -> dict[str, Any]:
    from returns.sheet import shown

    forms = {
        sheet.key: [
            {"line": row.name, **{column.mark: shown(cell, column.measure) for column, cell in zip(sheet.columns, row.cells, strict=True)}} for row in sheet.rows
        ]
        for sheet in city.forms(towns)
    }
    return {
        "received": [
            {"file": one.path.name, "answer": one.answer, "said": one.said, "county": one.county["name"] if one.county else "", "version": one.version}
            for one in arrivals
        ],
        "status": [
            {"code": one.county["code"], "county": one.county["name"], "state": one.state, "version": one.package["version"] if one.package else None, "late": one.late}
            for one in standing
        ],
        "missing": list(city.missing),
        "nodes": [one.said for one in nodes],
        "forms": forms,
    }


def returned(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """A county takes a 退回单 in."""
    from office.open import open_book
    from office.sending_back import read_slip, take_slip

    with open_book(asked.book, clock) as book:
        number = take_slip(book, asked.file)
    print(read_slip(asked.file).text(), file=err)
    print("报表已解封，新的一版编制中。", file=err)
    print(number, file=out)
    return DONE


def bundle(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Write a 任务包, or take one in."""
    from office.open import open_book
    from office.task_bundle import export_bundle, import_bundle

    with open_book(asked.book, clock) as book:
        if asked.what == "export":
            print(export_bundle(book, _task(book, asked.task, []), asked.file), file=out)
        else:
            for said in import_bundle(book, asked.file):
                print(said, file=err)
    return DONE


COMMANDS = {"rollup": rollup, "returned": returned, "bundle": bundle}
