"""上报数据包: a plain zip of a return: what it is, every figure with its audit, the workbook and the attachments; and reading one back.

    manifest.json  data.json  报表.xlsx  附件/…  个人明细.sealed (asked-for personal forms, under a password)

SHA-256 of every part proves that nothing was changed on the way, not who made it. The same return makes the same bytes.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Final

from policy.frozen import plain, record
from returns.audit import Outcome
from returns.fill import Entry
from returns.points import Audited, Point
from returns.sheet import Sheet
from returns.stored import sheets_of, sheets_text

FORMAT: Final = "经办台账上报数据包"
VERSION: Final = 1
MANIFEST, DATA, WORKBOOK = "manifest.json", "data.json", "报表.xlsx"
ATTACHMENTS: Final = "附件/"
PERSONAL: Final = "个人明细.sealed"
TRIAL: Final = "试报（未通过审核）"
PERSONAL_FORMS: Final = ("附表1", "附表2")
LARGEST: Final = 500 * 2**20
"""Bytes of all parts together: more is no package of a county."""
MOST_PARTS: Final = 2000
_BAD_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class PackageError(ValueError):
    """A package that cannot be taken; str() is a Chinese sentence: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself. `log` is the diary's head and number of lines from before the seal; `parts` name → SHA-256."""

    program: str
    task: str
    """Name of the task."""
    unit_code: str
    unit: str
    period: str
    as_of: date
    version: int
    sealed_on: date | None
    trial: bool
    hard: int
    soft: int
    hints: int
    forms: tuple[str, ...]
    counts: Mapping[str, int]
    """Form → number of its lines."""
    log_head: str
    log_lines: int
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """A package opened and verified."""

    manifest: Manifest
    sheets: tuple[Sheet, ...]
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]
    outcomes: Mapping[str, int]
    workbook: bytes
    attachments: Mapping[str, bytes]
    personal: bytes | None


def data_text(sheets: Sequence[Sheet], entries: Iterable[Entry], audited: Audited) -> str:
    """data.json: every cell with the notes and the audit results. Only what audits the figures; findings of risk are not in `audited`."""
    content = {
        "sheets": json.loads(sheets_text(bare(sheets))),
        "entries": [plain(entry) for entry in entries],
        "points": [plain(replace(point, people=())) for point in audited.points],
        "outcomes": {outcome.value: number for outcome, number in audited.outcomes().items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def bare(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The forms without those that name people."""
    return tuple(sheet for sheet in sheets if sheet.key not in PERSONAL_FORMS)


def pack(
    said: Mapping[str, Any], data: str, workbook: bytes, attachments: Sequence[tuple[str, bytes]], personal: bytes | None, day: date
) -> bytes:
    """The package's bytes. `said`: the manifest's fields without its parts. ValueError for two attachments that cannot be told apart."""
    parts: dict[str, bytes] = {DATA: data.encode(), WORKBOOK: workbook}
    for name, content in attachments:
        parts[ATTACHMENTS + _free(name, parts)] = content
    if personal is not None:
        parts[PERSONAL] = personal
    manifest = Manifest(**said, parts={name: sha256(content).hexdigest() for name, content in parts.items()})
    head = {"format": FORMAT, "version": VERSION, **({"note": TRIAL} if manifest.trial else {}), "return": plain(manifest)}
    whole = {MANIFEST: json.dumps(head, ensure_ascii=False, indent=1).encode(), **parts}
    return _zipped(whole, (max(1980, day.year), day.month, day.day, 0, 0, 0))


def _zipped(parts: Mapping[str, bytes], moment: tuple[int, int, int, int, int, int]) -> bytes:
    """Parts as a zip, stored and not deflated (most are compressed already), so that every program makes the same bytes of them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr, entry.create_system = 0o600 << 16, 3
            archive.writestr(entry, content)
    return stream.getvalue()


def _free(name: str, taken: Mapping[str, bytes]) -> str:
    """A file name that may stand in the package and is not taken there yet: 合同.pdf, 合同（2）.pdf."""
    clean = _BAD_NAME.sub("", name).strip(" .") or "附件"
    stem, dot, end = clean.rpartition(".")
    stem, end = (stem, dot + end) if stem else (clean, "")
    number, candidate = 1, clean
    while ATTACHMENTS + candidate in taken:
        number += 1
        candidate = f"{stem}（{number}）{end}"
    return candidate


def read(content: bytes) -> Package:
    """Open a package and hold every part against its manifest. PackageError with a sentence for each way it can be wrong."""
    parts = _parts(content)
    if MANIFEST not in parts:
        raise PackageError("这个文件不是上报数据包（缺少 manifest.json）。请选择由“上报”生成的 .zip 文件。")
    manifest = _manifest(parts.pop(MANIFEST))
    if missing := sorted(manifest.parts.keys() - parts.keys()):
        raise PackageError(f"数据包不完整，缺少{'、'.join(missing)}。请让报送单位重新发送。")
    if added := sorted(parts.keys() - manifest.parts.keys()):
        raise PackageError(f"数据包里多出了{'、'.join(added)}，可能被改动过。请让报送单位重新发送。")
    for name, digest in manifest.parts.items():
        if sha256(parts[name]).hexdigest() != digest:
            raise PackageError(f"数据包里的“{name}”与清单的指纹不符，可能在传送中损坏或被改动过。请让报送单位重新发送。")
    try:
        data = json.loads(parts[DATA])
        sheets = sheets_of(json.dumps(data["sheets"]))
        entries = tuple(record(one, Entry) for one in data["entries"])
        points = tuple(record(one, Point) for one in data["points"])
        outcomes = {Outcome(word).value: int(number) for word, number in data["outcomes"].items()}
        workbook = parts[WORKBOOK]
    except (ValueError, KeyError, TypeError) as error:
        raise PackageError(f"数据包里的数据读不出来：{error}。请让报送单位用本程序重新生成。") from error
    attachments = {name.removeprefix(ATTACHMENTS): held for name, held in parts.items() if name.startswith(ATTACHMENTS)}
    return Package(manifest, sheets, entries, points, outcomes, workbook, attachments, parts.get(PERSONAL))


def _parts(content: bytes) -> dict[str, bytes]:
    """Every part of the zip, read to its end; its own checks (CRC, sizes) hold too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len({entry.filename for entry in entries}) < len(entries):
                raise PackageError("数据包里有重名的文件，可能被改动过。请让报送单位重新发送。")
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
                raise PackageError("数据包太大，不像一个县的报表。请核对文件来源。")
            odd = [entry.filename for entry in entries if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename]
            if odd:
                raise PackageError(f"数据包里有不该有的文件名“{odd[0]}”。请核对文件来源。")
            parts = {entry.filename: archive.read(entry) for entry in entries}
            if not entries or _zipped(parts, entries[0].date_time) != content:
                raise PackageError("数据包与生成时不一致，可能用压缩软件重新打过包，或在传送中损坏。请让报送单位原样重新发送。")
            return parts
    except PackageError:
        raise
    except Exception as error:  # zipfile and zlib raise many kinds over a damaged file
        raise PackageError("数据包已损坏，打不开（不是完整的 zip 文件）。请让报送单位重新发送。") from error


def _manifest(content: bytes) -> Manifest:
    try:
        head = json.loads(content)
        if head["format"] != FORMAT:
            raise KeyError("format")
        if head["version"] > VERSION:
            raise PackageError("这个数据包是更高版本的程序生成的。请升级程序后再接收。")
        if (head.get("note") == TRIAL) is not head["return"]["trial"]:
            raise KeyError("note")
        found: Manifest = record(head["return"], Manifest)
    except PackageError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise PackageError("数据包的清单（manifest.json）读不出来或已损坏。请让报送单位重新发送。") from error
    return found
