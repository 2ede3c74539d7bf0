"""What a sender's headings and words mean, said once by the clerk: kept in the book by the look of the headings, or as a file.

A mapping file (`--map`) is JSON, every part optional:

    {"columns": {"monthly_fixed": "每月工资"},            field → heading as the sender writes it; "" = not imported
     "answers": {"unit": {"石牌社工站": "石牌镇"}},       field → word as sent → word of the book
     "units":   {"annual": "万元"},                       field → money unit of its column (元 = the figures are right as they are)
     "merged":  {"unit": "填入"}}                         field → whether its merged cells hold for all their rows (填入 | 空白)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from db.change import Change, Refused
from db.rows import next_ids, rows
from intake.cells import Row
from intake.headers import Header, Heading, find_header, normal
from intake.table import answer_key
from office.imports.plan import FILL, LEAVE, ImportKind
from policy.kinds import Field

MONEY_UNITS: Final = ("元", "万元")
ADDED: Final = ("行号", "错误原因")
"""Headings of the columns that rows sent back have beside the sender's own; no import reads them."""


@dataclass(frozen=True)
class HeadingMap:
    """Field id → heading text ("" = not imported); field id → word as sent → word meant; field id → money unit; field id → FILL or
    LEAVE for its merged cells."""

    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns or self.answers or self.units or self.merged)

    def __or__(self, later: HeadingMap) -> HeadingMap:
        """Both, where they differ as `later` says."""
        answers = {key: {**self.answers.get(key, {}), **later.answers.get(key, {})} for key in {**self.answers, **later.answers}}
        return HeadingMap({**self.columns, **later.columns}, answers, {**self.units, **later.units}, {**self.merged, **later.merged})


NOTHING: Final = HeadingMap()


def read_map(path: Path, kind: ImportKind) -> HeadingMap:
    """A mapping file; Refused with a sentence where it is none or names fields the kind has not."""
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Refused(f"对应文件“{path.name}”读不出来，应为 UTF-8 编码的 JSON。请检查文件。") from error
    return _from(said, kind, path.name)


def spelled(said: HeadingMap) -> str:
    """A mapping as JSON text."""
    return json.dumps(vars(said), ensure_ascii=False, sort_keys=True)


def _from(said: Any, kind: ImportKind, where: str) -> HeadingMap:
    def bad(what: str) -> Refused:
        return Refused(f"对应文件“{where}”{what}。请按“字段 → 表里的列名”填写，可用的字段：{'、'.join(kind.fields)}。")

    if not isinstance(said, dict) or not set(said) <= {"columns", "answers", "units", "merged"}:
        raise bad("的内容应为 columns、answers、units、merged 四部分")
    for part in said.values():
        if not isinstance(part, dict):
            raise bad("的各部分应为“字段: 内容”")
        if unknown := [key for key in part if key not in kind.fields]:
            raise bad(f"里的“{unknown[0]}”不是{kind.title}的字段")
    columns, answers, units, merged = (said.get(name, {}) for name in ("columns", "answers", "units", "merged"))
    words = [*columns.values(), *units.values(), *merged.values(), *(word for one in answers.values() if isinstance(one, dict) for word in one.values())]
    if not all(isinstance(one, dict) for one in answers.values()) or not all(isinstance(word, str) for word in words):
        raise bad("里的列名和词语应为文字")
    if any(unit not in MONEY_UNITS for unit in units.values()):
        raise bad("里的金额单位应为 元 或 万元")
    if any(word not in (FILL, LEAVE) for word in merged.values()):
        raise bad(f"里的合并格应为 {FILL} 或 {LEAVE}")
    return HeadingMap(columns, {key: {answer_key(sent): word for sent, word in one.items()} for key, one in answers.items()}, units, merged)


def fingerprint(headings: Iterable[Heading]) -> str:
    """What the sender's headings look like, whatever their order: the same sheet of next month has the same."""
    texts = sorted(text for one in headings if (text := normal(one.whole)) not in ADDED)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def fields_with(kind: ImportKind, said: HeadingMap) -> Mapping[str, Field]:
    """The kind's fields with the mapped headings as further names, for finding the heading row."""
    return {
        key: replace(one, synonyms=(*one.synonyms, said.columns[key])) if said.columns.get(key) else one for key, one in kind.fields.items()
    }


def mapped(said: HeadingMap, headings: Sequence[Heading]) -> dict[str, int]:
    """Field id → column of the one heading the mapping names."""
    found = {}
    for key, text in said.columns.items():
        columns = [one.column for one in headings if text and normal(text) in (normal(one.whole), normal(one.text))]
        if len(columns) == 1:
            found[key] = columns[0]
    return found


def saved(connection: Any, kind: ImportKind) -> list[dict[str, Any]]:
    """The book's mappings of a kind, newest first, as rows with `said` read."""
    return [{**row, "said": _from(json.loads(row["mapping"]), kind, row["file_name"])} for row in reversed(rows(connection, "import_mapping", kind=kind.id))]


def recognised(
    found: Sequence[Mapping[str, Any]], kind: ImportKind, sheet: Mapping[int, Row], merged: Sequence[str], row: int | None
) -> tuple[HeadingMap, Header | None]:
    """The mapping saved for a sheet with these headings, and the header; (nothing, the header found without) where there is none."""
    plain = find_header(sheet, kind.fields, merged, row)
    look = fingerprint(plain.headings) if plain else ""
    for one in found:
        if one["fingerprint"] == look:
            return one["said"], plain
    for one in found:
        header = find_header(sheet, fields_with(kind, one["said"]), merged, row)
        if header is not None and fingerprint(header.headings) == one["fingerprint"]:
            return one["said"], header
    return NOTHING, plain


def remembering(connection: Any, kind: ImportKind, said: HeadingMap, headings: Sequence[Heading], file_name: str) -> list[Change]:
    """The change that keeps a mapping for the next file with these headings; none where nothing is new."""
    look, text = fingerprint(headings), spelled(said)
    held = next(iter(rows(connection, "import_mapping", kind=kind.id, fingerprint=look)), None)
    if held is None:
        number = next_ids(connection)["import_mapping"]
        row = {"id": number, "kind": kind.id, "fingerprint": look, "mapping": text, "file_name": file_name}
        return [Change("import_mapping", (number,), None, row)] if said else []
    if held["mapping"] == text:
        return []
    after = {"mapping": text, "file_name": file_name}
    return [Change("import_mapping", (held["id"],), {name: held[name] for name in after}, after)]
