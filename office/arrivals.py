"""接收: packages that came from the counties, one by one or a folder at a time; each is looked at and gets its own plain answer before anything is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Refused
from db.city_tables import REPLACED, RETURNED
from db.rows import rows
from office.check import facts_in
from office.city_book import counties, is_city
from office.import_file import read_file
from office.tasks import task_of
from policy.period import parse_period
from returns.annual import lay_all
from returns.package import Package, PackageError, data_text, pack, read
from returns.plain_workbook import AS_OF, META, VERSION, read_back, unaltered
from returns.points import Audited, Point
from returns.sheet import Sheet
from returns.stored import sheets_text

NEW, NEWER, REPEATED, OLDER, OTHERWISE = "可以接收", "新版本", "重复", "较早版本", "同版不同数"
SPOILT, TRIAL_ONE, FOREIGN, PERIOD, NO_TASK = "不能采用", "试报", "不属本市", "报告期不符", "没有这个任务"
TAKES: Final = (NEW, NEWER)
UNPROVED: Final = "由工作簿读入，没有上报数据包：数字是否被改过、是否封存过无法核对，金额按表上两位小数。请与报送单位核实。"
UNALTERED: Final = "由工作簿读入，没有上报数据包：工作簿与生成时一致（第 {} 版，{}），金额按表上两位小数，没有审核说明和附件。请与报送单位核实。"
ALTERED: Final = "由工作簿读入，工作簿生成以后内容被改过（指纹不符）。请与报送单位逐项核实，或请其发送上报数据包。"
_SUFFIXES: Final = (".zip", ".xlsx")
Tick = Callable[[int, int, str], None]
"""done, in all, what is being done; may raise to stop."""


def quiet(_done: int, _total: int, _said: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Arrival:
    """One file that came, and what is to be said of it. `county`, `task`: the rows it belongs to; `replaces`: the package it takes the place of."""

    path: Path
    answer: str
    said: str
    county: Mapping[str, Any] | None = None
    task: Mapping[str, Any] | None = None
    version: int = 0
    as_of: date | None = None
    sealed_on: date | None = None
    sheets: tuple[Sheet, ...] = ()
    points: tuple[Point, ...] = ()
    plain: bool = False
    about: str = ""
    """Of a plain workbook: whether it is still what was written, in words."""
    content: bytes = b""
    sha256: str = ""
    replaces: Mapping[str, Any] | None = None

    @property
    def package(self) -> bytes:
        """The package as it is kept; of a plain workbook one made of what was read."""
        if not self.plain:
            return self.content
        assert self.county and self.task and self.as_of
        said = {
            "program": "", "task": self.task["name"], "unit_code": self.county["code"], "unit": self.county["name"], "period": self.task["period"],
            "as_of": self.as_of, "version": self.version, "sealed_on": None, "trial": False, "hard": 0, "soft": 0, "hints": 0,
            "forms": tuple(sheet.key for sheet in self.sheets), "counts": {}, "log_head": "", "log_lines": 0,
        }  # fmt: skip
        return pack(said, data_text(self.sheets, (), Audited((), ())), self.content, (), None, self.as_of)

    @property
    def data(self) -> str:
        """SHA-256 of the figures, the same however they were packed."""
        return sha256(sheets_text(self.sheets).encode()).hexdigest()


def files_in(given: Iterable[Path]) -> list[Path]:
    """The packages and workbooks among files and folders (a folder's own files, not those of folders below), by name. Refused for a
    path that is not there or a folder without any."""
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES and not one.name.startswith(("~$", ".")))
            if not inside:
                raise Refused(f"文件夹“{path.name}”里没有上报数据包（.zip）或报表工作簿（.xlsx）。请选择存放数据包的文件夹。")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise Refused(f"找不到“{path}”。请检查U盘是否插好、路径是否正确。")
    return found


def look_at(book: Book, given: Sequence[Path], tick: Tick = quiet) -> list[Arrival]:
    """Every file with its answer; nothing is written. Of several versions of one county's return the newest is taken. Refused in a book
    that is not a city's."""
    if not book.read(is_city):
        raise Refused("这不是市级台账，不能接收县（市、区）的数据包。请打开或新建市级台账。")
    paths = files_in(given)
    found = []
    for at, path in enumerate(paths):
        tick(at, len(paths), f"正在核对 {path.name}")
        found.append(_looked_at(book, path))
    tick(len(paths), len(paths), "核对完毕")
    return list(_among_themselves(found))


def _among_themselves(found: Sequence[Arrival]) -> Iterator[Arrival]:
    best: dict[tuple[int, int], Arrival] = {}
    for one in found:
        if one.answer in TAKES and one.county and one.task:
            key = (one.county["id"], one.task["id"])
            best[key] = max(best.get(key, one), one, key=lambda each: each.version)
    for one in found:
        top = best.get((one.county["id"], one.task["id"])) if one.county and one.task else None
        if one.answer not in TAKES or top is None or top is one:
            yield one
        elif one.version < top.version:
            yield replace(one, answer=OLDER, said=f"同一批文件里还有第 {top.version} 版（{top.path.name}），只接收较新的一版。")
        elif one.data == top.data:
            yield replace(one, answer=REPEATED, said=f"与“{top.path.name}”相同，只接收一份。")
        else:
            yield replace(one, answer=OTHERWISE, said=f"与“{top.path.name}”都是第 {one.version} 版而数字不同。请向报送单位核实哪一份是封存的报表。")


def _looked_at(book: Book, path: Path) -> Arrival:
    try:
        content = path.read_bytes()
    except OSError as error:
        return Arrival(path, SPOILT, f"读不出：{error.strerror or error}。请检查文件后再试。")
    try:
        arrived = _workbook(book, path, content) if path.suffix.lower() == ".xlsx" else _package(book, path, content)
    except (PackageError, Refused, ValueError) as wrong:
        return Arrival(path, SPOILT, str(wrong))
    return arrived if arrived.answer != NEW else _against_book(book, arrived)


def _package(book: Book, path: Path, content: bytes) -> Arrival:
    package: Package = read(content)
    said = package.manifest
    arrival = Arrival(
        path, NEW, "", version=said.version, as_of=said.as_of, sealed_on=said.sealed_on, sheets=package.sheets, points=package.points, content=content,
        sha256=sha256(content).hexdigest(),
    )  # fmt: skip
    placed = _placed(book, arrival, said.unit_code, said.unit, said.task, said.period)
    if placed.answer == NEW and said.trial:
        return replace(placed, answer=TRIAL_ONE, said=f"{said.unit}发来的是试报数据包（未通过审核），不能接收。请其审核、封存后上报。")
    return placed


def _workbook(book: Book, path: Path, content: bytes) -> Arrival:
    """A workbook of ours in the place of a package: taken with a 核实性 point. Where its hidden sheet is gone the version is the next one of that
    county."""
    read_sheets = read_file(path).sheets
    cells = {sheet.name: sheet.rows for sheet in read_sheets if sheet.name != META}
    meta = _meta(path) if any(sheet.name == META for sheet in read_sheets) else {}
    cover = {str(row[0]): str(row[1]) for row in cells.get("封面", {}).values() if len(row) > 1}
    name, heading = cover.get("任务名称", ""), cover.get("报告期", "")
    named = book.read(rows, "report_task", name=name)
    task = next((one for one in named if heading.startswith(parse_period(one["period"]).title)), None)
    forms = task_of(task).forms if task else ()
    period = parse_period(task["period"], task["as_of"]) if task else None
    laid = book.read(lambda connection: lay_all(facts_in(connection, period), replace(task_of(task), forms=forms))) if task and period else ()
    if name and task is None:
        answer = PERIOD if named else NO_TASK
        return Arrival(path, answer, _wrong_period(cover.get("填报单位", ""), heading, named) if named else _unknown_task(name))
    found = read_back(cells, laid)
    as_of = _day(meta.get(AS_OF, "")) or (period.as_of if period else None)
    same = unaltered(cells, meta)
    about = UNPROVED if not meta else UNALTERED.format(meta.get(VERSION, ""), meta.get("报表状态", "")) if same else ALTERED
    arrival = Arrival(path, NEW, "", as_of=as_of, sheets=found.sheets, plain=True, about=about, content=content, sha256=sha256(content).hexdigest())
    placed = _placed(book, arrival, found.code, found.unit, found.task, task["period"] if task else "")
    if placed.answer != NEW or placed.county is None or task is None:
        return placed
    held = book.read(rows, "city_package", county=placed.county["id"], task=task["id"])
    said = meta.get(VERSION, "")
    if same and any(str(one["version"]) == said and not one["workbook"] for one in held):
        return replace(placed, answer=REPEATED, said=f"{placed.county['name']}第 {said} 版的数据包已经收到，不需要再收工作簿。")
    return replace(placed, version=int(said) if said.isdecimal() else max((one["version"] for one in held), default=0) + 1)


def _meta(path: Path) -> dict[str, str]:
    (sheet,) = read_file(path, sheets=(META,)).sheets[-1:]
    return {str(row[0]): str(row[1]) for row in sheet.rows.values() if len(row) > 1 and row[0] is not None and row[1] is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _placed(book: Book, arrival: Arrival, code: str, unit: str, task: str, period: str) -> Arrival:
    """The arrival with its county and task, or the answer that says why it has none."""
    county = next((one for one in book.read(counties) if one["code"] == code), None)
    if county is None:
        return replace(arrival, answer=FOREIGN, said=f"{unit}（{code}）不在本市的汇总单位里。请核对文件来源；确属本市的，先在“汇总单位”里新增。")
    named = book.read(rows, "report_task", name=task)
    if not named:
        return replace(arrival, county=county, answer=NO_TASK, said=_unknown_task(task))
    held = next((one for one in named if one["period"] == period), None)
    if held is None:
        return replace(arrival, county=county, answer=PERIOD, said=_wrong_period(unit, period, named))
    wanted = parse_period(held["period"], held["as_of"]).as_of
    if arrival.as_of != wanted:
        return replace(arrival, county=county, task=held, answer=PERIOD, said=f"{unit}的截至日期是 {arrival.as_of}，任务要求 {wanted}。请其改正后重新报送。")
    return replace(arrival, county=county, task=held)


def _unknown_task(name: str) -> str:
    return f"本市台账里没有报送任务“{name}”。请核对是否发错；确需汇总的，先在“报表”里建立这个任务。"


def _wrong_period(unit: str, period: str, named: Sequence[Mapping[str, Any]]) -> str:
    return f"{unit}报来的是 {period}，本市任务要的是 {'、'.join(one['period'] for one in named)}。请其按任务的报告期重新报送。"


def _against_book(book: Book, arrival: Arrival) -> Arrival:
    """Held against what was received before from this county for this task."""
    assert arrival.county and arrival.task
    name, version = arrival.county["name"], arrival.version
    held = book.read(rows, "city_package", county=arrival.county["id"], task=arrival.task["id"])
    if same := next((one for one in held if one["sha256"] == arrival.sha256 or (one["version"] == version and one["data_sha256"] == arrival.data)), None):
        return replace(arrival, answer=REPEATED, said=f"{name}第 {same['version']} 版已于 {same['received_on']} 收到，这是同一份，不再接收。")
    current = next((one for one in held if one["state"] != REPLACED), None)
    if current is None:
        return replace(arrival, said=f"{name}的工作簿，可以接收，列为核实性问题。{arrival.about}" if arrival.plain else f"{name}第 {version} 版，核对无误。")
    if version == current["version"] and current["workbook"] and not arrival.plain:
        return replace(arrival, answer=NEWER, replaces=current, said=f"{name}第 {version} 版的上报数据包，将替换先前由工作簿读入的一版；原来的保留备查。")
    if version == current["version"]:
        said = f"{name}已收到第 {version} 版，这一份版本相同而数字不同。请向报送单位核实；确需更正的，应由其解封后以新版本报送。"
        return replace(arrival, answer=OTHERWISE, said=said)
    if version < current["version"]:
        return replace(arrival, answer=OLDER, said=f"{name}已收到第 {current['version']} 版，这是较早的第 {version} 版，不再接收。")
    before = "已退回的" if current["state"] == RETURNED else ""
    source = "（工作簿，没有上报数据包）" if arrival.plain else ""
    return replace(arrival, answer=NEWER, replaces=current, said=f"{name}第 {version} 版{source}，将替换{before}第 {current['version']} 版；原来的一版保留备查。")
