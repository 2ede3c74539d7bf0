"""What a city puts out: the bound workbook of its roll-up with cover, ranking and lists, its package for the province, 催报清单."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from db import diary
from db.book import Book
from db.change import Refused
from office import __version__
from office.rollup import UNREPORTED, City, Standing, city_of, standings
from office.verify import shown
from policy.finding import HARD, SOFT
from resources import files
from returns.form import finish, heading, numbered
from returns.forms import cover
from returns.package import data_text, pack, read
from returns.points import Audited, Point
from returns.ranking import STAFFED, ranking, unmet_list
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet

BUREAU_WORDS: Final = "市级民政局"


def papers(city: City, towns: bool = False, by: str = STAFFED, log: str = "") -> tuple[Sheet, ...]:
    """The city's whole set: 封面, 汇表0–13, 排名通报表, 未达标单位清单. Refused where nothing has been received."""
    if not city.parts:
        raise Refused("还没有收到县（市、区）的数据包，不能汇总。请先接收数据包。")
    body = (*city.forms(towns), ranking(city.parts, city.facts, city.task, by), unmet_list(city.parts, city.notes, city.facts, city.task))
    page = cover.lay(city.facts, city.task, body, *_counts(city), log)
    rows = tuple(replace(one, cells=(one.cells[0], Cell(BUREAU_WORDS))) if one.name == "单位类型" else one for one in page.rows)
    reported = Row("汇总单位", Scope.OTHER, (Cell("汇总单位"), Cell(_who(city))))
    return (replace(page, rows=(*rows[:1], reported, *rows[1:])), *body)


def _who(city: City) -> str:
    late = f"，未报：{'、'.join(city.missing)}" if city.missing else ""
    return f"已汇总 {len(city.parts)} 个，应报 {len(city.parts) + len(city.missing)} 个{late}"


def _counts(city: City) -> tuple[int, int]:
    points = _points(city)
    return sum(one.level == HARD for one in points), sum(one.level == SOFT for one in points)


def _points(city: City) -> tuple[Point, ...]:
    """What the city's own audit says of its sums: every cell that does not add up, and who is missing."""
    found = [Point("节点", f"{one.where}/{one.form}/{one.mark}", f"汇{one.form}", one.where, one.mark, HARD, (one.said,)) for one in city.nodes()]
    return (*found, *(Point("未报", name, "", name, "", SOFT, (f"{name}没有报来，汇总数不含该单位。",)) for name in city.missing))


def write_papers(book: Book, task: int, out: Path, *, towns: bool = False, by: str = STAFFED) -> Path:
    """The city's workbook, bound, into folder `out`; returns its path."""
    city = city_of(book, task)
    name, content = _workbook(book, city, papers(city, towns, by, shown(book.read(diary.anchor))))
    out.mkdir(parents=True, exist_ok=True)
    files.write(out / name, content)
    return out / name


def write_package(book: Book, task: int, out: Path) -> Path:
    """The city's package for the province, with its workbook in it, into folder `out`; returns its path. Refused while a county is missing, a cell
    does not add up, or a county's return is not taken yet."""
    city = city_of(book, task)
    points = _points(city)
    waiting = [one.county["name"] for one in book.read(standings, task, book.clock.today()) if one.state != "已接收"]
    if waiting or any(one.level == HARD for one in points):
        said = f"{'、'.join(waiting)}还没有接收" if waiting else "节点检查有不相符的数"
        raise Refused(f"不能生成上报数据包：{said}。请逐个审核、接收或退回后再试。")
    end = book.read(diary.anchor)
    sheets = papers(city, log=shown(end))
    name, content = _workbook(book, city, sheets)
    county, period = city.facts.county, city.facts.period
    manifest = {
        "program": __version__, "task": city.task.name, "unit_code": county.code, "unit": f"{county.name}民政局", "period": period.label, "as_of": period.as_of,
        "version": 1, "sealed_on": book.clock.today(), "trial": False, "hard": 0, "soft": sum(one.level == SOFT for one in points), "hints": 0,
        "forms": tuple(sheet.key for sheet in sheets), "counts": {sheet.key: len(sheet.rows) for sheet in sheets}, "log_head": end.head, "log_lines": end.lines,
    }  # fmt: skip
    packed = pack(manifest, data_text(sheets, (), Audited((), points)), content, (), None, book.clock.today())
    read(packed)  # what cannot be taken in is not handed out
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{name.removesuffix('.xlsx')}.zip"
    files.write(target, packed)
    return target


def _workbook(book: Book, city: City, sheets: Sequence[Sheet]) -> tuple[str, bytes]:
    from returns.workbook import file_name, write  # brings openpyxl, which takes longer to load than the window

    county, day = city.facts.county, book.clock.today()
    name = file_name(county.code, f"{county.name}民政局", f"{city.task.short}汇总", city.facts.period.title, version=1, day=day)
    with tempfile.TemporaryDirectory() as folder:
        return name, write(sheets, Path(folder) / name, day, bound=True).read_bytes()


def reminders(book: Book, task: int) -> Sheet:
    """催报清单: who has not reported, or was sent back and has not reported again, with the days overdue and whom to call."""
    return reminders_of(book, task, city_of(book, task))


def reminders_of(book: Book, task: int, city: City) -> Sheet:
    """The same, of what has been read already."""
    day = book.clock.today()
    due = city.task.due
    waiting = [one for one in book.read(standings, task, day) if one.state in (UNREPORTED, "退回")]
    columns = (
        Column("", "序号", width=3), Column("", "县（市、区）", Measure.LONG, width=9), Column("", "状态", Measure.TEXT, width=5),
        Column("", "逾期天数", width=4), Column("", "联络员", Measure.TEXT, width=6), Column("", "联系电话", Measure.CODE, width=8),
        Column("", "退回理由", Measure.LONG, width=20),
    )  # fmt: skip
    rows = tuple(_reminder(at, one) for at, one in enumerate(waiting, 1))
    footer = (f"应报 {len(city.parts) + len(city.missing)} 个，待报 {len(rows)} 个。" if rows else "全部报齐。",)
    notes = numbered(f"任务：{city.task.name}（{city.facts.period.title}）" + (f"，报送截止日期 {due}。" if due else "，没有规定报送截止日期。"), f"截至 {day}。")
    return finish(Sheet("催报清单", "报表催报清单", (), heading(city.facts, "天"), columns, rows, footer=footer, notes=notes), city.facts, city.task)


def _reminder(at: int, one: Standing) -> Row:
    reason = one.package["reason"] if one.package else None
    said = (one.county["name"], one.state, one.late, one.county["contact"], one.county["phone"], reason)
    return Row(one.county["name"], Scope.OTHER, (Cell(at), *(Cell(value) for value in said)), one.county["id"])
