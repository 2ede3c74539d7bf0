"""What a city puts out: its return (汇表0–13, ranking and lists) with what its own audit says, the bound workbook of it, 催报清单."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from db import diary
from db.book import Book
from db.change import Refused
from office.document import put
from office.rollup import UNREPORTED, City, Standing, gather, standings
from office.verify import shown
from policy.finding import HARD, SOFT
from resources import files
from returns.document import Document
from returns.documents import city_report
from returns.documents.figures import Figures
from returns.form import finish, heading, numbered
from returns.forms import cover
from returns.points import Audited, Point
from returns.ranking import STAFFED, ranking, unmet_list
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet
from returns.task import Task

NODE, MISSING, WAITING = "节点", "未报", "未接收"
"""Ids of what the city's own audit says: a sum that is not its lines, a county that did not report, one whose return is not taken yet."""
_ABOUT: Final = ("封面", "汇总单位", "内容")


def papers(city: City, towns: bool = False, by: str = STAFFED) -> tuple[Sheet, ...]:
    """The city's set behind its 封面: 汇表0–13, 排名通报表, 未达标单位清单. Refused where nothing has been received."""
    if not city.parts:
        raise Refused("还没有收到县（市、区）的数据包，不能汇总。请先到“市级汇总”接收数据包。")
    lists = ranking(city.parts, city.facts, city.task, by), unmet_list(city.parts, city.notes, city.facts, city.task)
    return (*city.forms(towns), *lists)


def task_of_city(city: City) -> Task:
    """The task as the city reports it: files are named 汇总, and the cover says whose returns are in it."""
    late = f"，未报：{'、'.join(city.missing)}" if city.missing else ""
    words = f"已汇总 {len(city.parts)} 个，应报 {len(city.parts) + len(city.missing)} 个{late}"
    return replace(city.task, short=f"{city.task.short}汇总", typed={**city.task.typed, _ABOUT: words})


def audited(city: City) -> Audited:
    """What the city's own audit says of its sums: every cell that does not add up, whose return is not judged yet, and who is missing."""
    found = [Point(NODE, f"{one.where}/{one.form}/{one.mark}", f"汇{one.form}", one.where, one.mark, HARD, (one.said,)) for one in city.nodes()]
    found += [Point(WAITING, name, "", name, "", HARD, (f"{name}的报表还没有审核接收。请在“市级汇总”里接收或退回。",)) for name in city.waiting]
    found += [Point(MISSING, name, "", name, "", SOFT, (f"{name}没有报来，汇总数不含该单位。",)) for name in city.missing]
    return Audited((), tuple(found))


def write_papers(book: Book, task: int, out: Path, *, towns: bool = False, by: str = STAFFED) -> Path:
    """The city's workbook as it stands now, bound with its cover, into folder `out`; returns its path."""
    from returns.workbook import file_name, write  # brings openpyxl, which takes longer to load than the window

    city = gather(book, task)
    county, day, asked, said, body = city.facts.county, book.clock.today(), task_of_city(city), audited(city), papers(city, towns, by)
    page = cover.lay(city.facts, asked, body, said.count(HARD), said.count(SOFT), shown(book.read(diary.anchor)))
    name = file_name(county.code, f"{county.name}民政局", asked.short, city.facts.period.title, version=1, day=day)
    with tempfile.TemporaryDirectory() as folder:
        content = write((page, *body), Path(folder) / name, day, bound=True).read_bytes()
    out.mkdir(parents=True, exist_ok=True)
    files.write(out / name, content)
    return out / name


def report_of(city: City) -> Document:
    """全市调研报告, composed from the roll-up. Refused where nothing has been received."""
    sheets = {sheet.key.removeprefix("汇"): sheet for sheet in papers(city)}
    return city_report.compose(Figures(city.facts, sheets), city.missing)


def write_report(book: Book, task: int, out: Path) -> Path:
    """全市调研报告 of a task into folder `out`; returns its path."""
    city = gather(book, task)
    return put(book, report_of(city), "全市调研报告", city.facts.period.title, out)


def reminders(connection: Any, task: int, day: Any, city: City) -> Sheet:
    """催报清单 on a day: who has not reported, or was sent back and has not reported again, with the days overdue and whom to call."""
    due = city.task.due
    waiting = [one for one in standings(connection, task, day) if one.state in (UNREPORTED, "退回")]
    columns = (
        Column("", "序号", width=3), Column("", "县（市、区）", Measure.LONG, width=9), Column("", "状态", Measure.TEXT, width=5),
        Column("", "逾期天数", width=4), Column("", "联络员", Measure.TEXT, width=6), Column("", "联系电话", Measure.CODE, width=8),
        Column("", "退回理由", Measure.LONG, width=20),
    )  # fmt: skip
    rows = tuple(_reminder(at, one) for at, one in enumerate(waiting, 1))
    footer = (f"应报 {len(city.parts) + len(city.missing)} 个，待报 {len(rows)} 个。" if rows else "全部报齐。",)
    notes = numbered(f"任务：{city.task.name}（{city.facts.period.title}）" + (f"，报送截止日期 {due}。" if due else "，没有规定报送截止日期。"), f"截至 {day}。")
    return finish(Sheet("催报清单", "报表催报清单", (), heading(city.facts, "天"), columns, rows, footer=footer, notes=notes), city.facts, city.task)


def write_reminders(connection: Any, task: int, day: Any, city: City, out: Path) -> Path:
    """催报清单 on a day as a workbook in folder `out`; returns its path (for `book.read`)."""
    from returns.workbook import file_name, write

    county = city.facts.county
    out.mkdir(parents=True, exist_ok=True)
    name = file_name(county.code, f"{county.name}民政局", f"{city.task.short}催报清单", city.facts.period.title, version=1, day=day)
    return write([reminders(connection, task, day, city)], out / name, day)


def _reminder(at: int, one: Standing) -> Row:
    reason = one.package["reason"] if one.package else None
    said = (one.county["name"], one.state, one.late, one.county["contact"], one.county["phone"], reason)
    return Row(one.county["name"], Scope.OTHER, (Cell(at), *(Cell(value) for value in said)), one.county["id"])
