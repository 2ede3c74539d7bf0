"""审核、封存、解封: a return approved is what is sealed; a seal keeps bytes, sheets, facts and parameters, and is never made again.

    编制中 → 已审核 → 已封存 → 已上报 → 已接收;  退回 or a mistake → 解封: the next version, 编制中
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from db import diary
from db.book import Book
from db.change import Change, Refused
from db.return_tables import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK, UNSEALED
from db.rows import next_ids, row, rows
from office import __version__
from office.accounts import alone
from office.city_book import is_city
from office.keeping import Kept, Record, packed
from office.returns_desk import Draft, Last, draft_in, entries_in, kept_in, made_now, return_name, worked_out
from office.tasks import task_of, whole
from office.verify import shown
from returns.compare import Difference, differences
from returns.forms.summary import as_last
from returns.plain_workbook import AS_OF, VERSION
from returns.points import note_refusal


def approve(book: Book, number: int, approver: str = "") -> int:
    """审核: the return as it stands now is right. `approver`: who looked at it on paper, where only one person uses the book; the log says
    who typed the name. Refused while hard points or missing notes stand in the way, and where the approver filled it in though two
    people use the book."""
    draft = book.read(draft_in, number)
    _must_be(draft, DRAFT)
    if said := draft.audited.stops():
        raise Refused(said)
    if draft.filled.lost:
        entry = draft.filled.lost[0]
        raise Refused(f"{entry.form}第 {entry.mark} 栏有 {len(draft.filled.lost)} 个填报数所在的行已不在表里。请先“恢复台账数”再审核。")
    approver = approver.strip()
    if approver and not alone(book):
        raise Refused("这本台账有几个人的账号，审核人就是登录的人，不能代填。请由审核人登录后审核。")
    if approver and approver in (book.who, draft.held["filled_by"]):
        raise Refused(f"“{approver}”是填报人，不能审核自己填的报表。请填写实际审核这份报表的另一位同志。")
    after = {"approved_by": approver or book.who, "approved_on": book.clock.today(), "digest": draft.digest}
    return _step(book, draft, "审核报表", APPROVED, after, f"审核人“{approver}”由{book.who}代录（只有一人使用台账）" if approver else "")


def withdraw(book: Book, number: int, reason: str) -> int:
    """退回修改: an approved return goes back to be mended."""
    draft = book.read(draft_in, number)
    _must_be(draft, APPROVED)
    blank = {"approved_by": None, "approved_on": None, "digest": None, "reason": _reason(reason)}
    return _step(book, draft, "退回修改", DRAFT, blank, reason)


def seal(book: Book, number: int) -> int:
    """封存: keep what was approved, byte for byte. Refused where the book has moved since the approval. Returns the seal's number."""
    draft = book.read(draft_in, number)
    _must_be(draft, APPROVED)
    if draft.digest != draft.held["digest"]:
        raise Refused("审核以后台账数据有变化，报表已不是审核过的数。请“退回修改”，核对变化后重新审核。")
    if said := draft.audited.stops():
        raise Refused(said)
    end = book.read(diary.anchor)
    sheets = draft.sheets_with(shown(end))
    name, content = workbook(draft, book, sheets)
    kept = Record(draft.task, tuple(draft.filled.entries.values()), draft.audited, draft.last.said, book.read(_attachments, draft))
    seal_number = book.read(next_ids)["seal"]
    values: dict[str, Any] = {
        "id": seal_number, "return_": number, "sealed_on": book.clock.today(), "file_name": name, "sha256": sha256(content).hexdigest(),
        "erased": 0, "original": None, "program": __version__, "head": end.head, "lines": end.lines, "workbook": content, **packed(sheets, draft.facts, kept),
    }  # fmt: skip
    changes = [Change("seal", (seal_number,), None, values), Change("return_", (number,), {"state": APPROVED}, {"state": SEALED})]
    book.act(f"封存报表 {return_name(draft)}", changes, barrier=True)
    return seal_number


def unseal(book: Book, number: int, reason: str) -> int:
    """解封: the next version, 编制中, with the figures and notes of this one; the seal of this one stays. Returns the new version's number."""
    draft = book.read(draft_in, number)
    if draft.state not in (SEALED, SENT, SENT_BACK):
        raise Refused(f"报表{draft.state}，不需要解封。" + ("已被上级接收的，请先由上级退回。" if draft.state == RECEIVED else "请刷新。"))
    said = _reason(reason)
    ids, held = book.read(next_ids), book.read(row, "return_", (number,))
    assert held is not None
    new = ids["return_"]
    fresh = {"id": new, "version": held["version"] + 1, "state": DRAFT, "approved_by": None, "approved_on": None, "digest": None}
    changes = [
        Change("return_", (number,), {"state": held["state"]}, {"state": UNSEALED}),
        Change("return_", (new,), None, held | fresh | {"reason": said}),
    ]
    for table in ("return_cell", "return_note"):
        for at, one in enumerate(book.read(rows, table, return_=number), ids[table]):
            changes.append(Change(table, (at,), None, one | {"id": at, "return_": new}))
    book.act(f"解封报表 {return_name(draft)}", changes, reason=said, barrier=True)
    return new


def receive(book: Book, number: int, other: str, remark: str = "") -> int:
    """接收: the office above has taken the return."""
    draft = book.read(draft_in, number)
    _must_be(draft, SENT)
    return _step(book, draft, "接收报表", RECEIVED, {}, also=_logged(book, number, RECEIVED, other=other.strip() or None, remark=remark.strip() or None))


def send_back(book: Book, number: int, other: str, reason: str) -> int:
    """退回: the office above wants it mended, with its reason; 解封 makes the next version."""
    draft = book.read(draft_in, number)
    if draft.state not in (SENT, RECEIVED):
        raise Refused(f"报表{draft.state}，还没有上报，不能登记退回。")
    said = _reason(reason)
    log = _logged(book, number, SENT_BACK, other=other.strip() or None, remark=said)
    return _step(book, draft, "退回报表", SENT_BACK, {"reason": said}, said, log)


def sent(book: Book, draft: Draft, file_name: str, digest: str, other: str = "") -> int:
    """上报: the package went; what it was stands in the log."""
    _must_be(draft, SEALED)
    log = _logged(book, draft.number, SENT, other=other.strip() or None, file_name=file_name, sha256=digest)
    return _step(book, draft, "上报报表", SENT, {}, also=log)


def moved_since(connection: Any, number: int) -> tuple[Difference, ...]:
    """How far the book has moved since a return was sealed, cell by cell (`before` the seal's figure, `after` the book's of today with
    the same entries)."""
    kept = kept_in(connection, number)
    held = row(connection, "return_", (number,))
    assert held is not None
    task = task_of(whole(row(connection, "report_task", (held["task"],))))
    now = made_now(connection, held, task, entries_in(connection, number), {})
    return tuple(differences(kept.sheets, now.filled.sheets))


@dataclass(frozen=True)
class Replayed:
    """A sealed return worked out again by this program: where it was sealed, and the figures that came out otherwise."""

    name: str
    program: str
    moved: tuple[Difference, ...]

    def sentences(self) -> list[str]:
        """Every figure that moved, in words."""
        return [
            f"{self.name}（{self.program} 版封存）：{one.form}“{one.line}”第 {one.mark} 栏“{one.label}”封存时为 {one.was or '空白'}，现在算出 {one.now or '空白'}。"
            for one in self.moved
        ]


def replay(kept: Kept, name: str) -> Replayed:
    """Sealed facts through the present program: a figure that moves needs a line in the changelog."""
    filled, _ = worked_out(kept.facts, kept.record.task, kept.record.entries, Last(as_last(kept.sheets)), ())
    return Replayed(name, kept.program, tuple(differences(kept.sheets, filled.sheets)))


def replay_all(connection: Any) -> tuple[Replayed, ...]:
    """Every seal of the book, replayed (for `office verify`); a seal whose bytes are not what they were is refused. A city's seals
    are sums of packages, not worked out from facts: of them only the bytes are looked at."""
    found, city = [], is_city(connection)
    for held in rows(connection, "seal"):
        kept = kept_in(connection, held["return_"])
        if sha256(kept.workbook).hexdigest() != kept.sha256:
            raise Refused(f"封存的工作簿“{kept.file_name}”与封存时的指纹不符，可能已损坏。请从备份恢复这本台账。")
        if city:
            continue
        version = (row(connection, "return_", (held["return_"],)) or {})["version"]
        found.append(replay(kept, f"{kept.record.task.name}（{kept.record.task.period}，第{version}版）"))
    return tuple(found)


def workbook(draft: Draft, book: Book, sheets: tuple[Any, ...], *, with_formulas: bool = False, charts: bool = False) -> tuple[str, bytes]:
    """The workbook of a return as (file name, bytes), bound with its 目录 and read back before it counts; on request 带公式, 带图表."""
    from returns.workbook import file_name, write  # brings openpyxl, which takes longer to load than the window

    county, day = draft.facts.county, book.clock.today()
    name = file_name(county.code, f"{county.name}民政局", draft.task.short, draft.facts.period.title, version=draft.version, day=day)
    meta = {
        "程序": __version__, "任务名称": draft.task.name, "行政区划代码": county.code, "填报单位": f"{county.name}民政局", "报告期": draft.facts.period.label,
        AS_OF: str(draft.facts.period.as_of), VERSION: str(draft.version), "报表状态": draft.state,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        return name, write(sheets, target, day, with_formulas=with_formulas, bound=True, charts=charts or draft.task.charts, meta=meta).read_bytes()


def _step(
    book: Book, draft: Draft, name: str, state: str, after: Mapping[str, Any], reason: str = "", also: Change | None = None
) -> int:
    held = draft.held
    values = {"state": state, **after}
    change = Change("return_", (draft.number,), {column: held[column] for column in values}, values)
    changes = [change] if also is None else [change, also]
    return book.act(f"{name} {return_name(draft)}", changes, reason=reason.strip(), barrier=True)


def _logged(book: Book, number: int, what: str, **values: Any) -> Change:
    at = book.read(next_ids)["submission"]
    blank = {"other": None, "file_name": None, "sha256": None, "remark": None}
    return Change("submission", (at,), None, {"id": at, "return_": number, "what": what, "day": book.clock.today(), **blank, **values})


def _must_be(draft: Draft, state: str) -> None:
    if draft.state != state:
        raise Refused(f"报表现在是“{draft.state}”，要先到“{state}”才能这样做。请刷新。")


def _reason(text: str) -> str:
    if wrong := note_refusal(text):
        raise Refused(wrong.replace("审核说明", "理由"))
    return text.strip()


def _attachments(connection: Any, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Files on the fund documents and contracts of the return: what 三（三） wants sent along."""
    wanted = {("fund_doc", one.id) for one in draft.facts.fund_docs if one.year == draft.facts.period.first.year}
    wanted |= {("purchase_contract", number) for sheet in draft.filled.sheets for line in sheet.rows for cell in line.cells for number in cell.contracts}
    found = [one for one in rows(connection, "attachment") if (one["owner"], one["record"]) in wanted]
    return tuple((one["name"], one["sha256"]) for one in found)

