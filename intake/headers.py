"""Headings: which row of a sender's sheet holds them, and which field of the book each names.

An exact label or synonym is taken; anything less is a guess the clerk must confirm, and words that make another thing of a
heading (应/实, 用人/用工, 市/县, 开始/结束, 个人/单位 …) are never guessed across.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final

from intake.cells import Cell, Row, covered
from policy.kinds import Field

SEARCHED: Final = 30
"""Rows with a value that may hold the headings."""

_UNIT: Final = re.compile(
    r"[万亿千百]?元[/人户月年·.每]*|[户人个名份天月年岁次项]|平方米|㎡|m2|%|百分比|小时|周岁|个月"
)
_REMARK: Final = re.compile(r"必填|选填|可不填|文本格式?|日期格式?|[yY]{4}.*|[0-9]{4}[-./年][0-9]{1,2}.*|如[:：].*|例如.*|下拉.*|单选|[0-9]{1,2}位")
_BRACKETS: Final = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_BROKEN: Final = re.compile(r"\s*[\r\n]+\s*")
"""A line break within a heading: 身份证⏎号码."""
_SHEET_UNIT: Final = re.compile(r"单位[:：]([万亿千百]?元)")

_GUARDS: Final = (
    "应", "实", "用人", "用工", "省", "市", "县", "镇", "乡", "村", "开始", "结束", "起", "止", "始", "终", "个人", "单位", "入", "离",
    "进", "出", "新", "原", "上", "下", "本", "户", "人", "城", "农", "年", "月", "日", "甲", "乙", "不", "非", "未", "男", "女",
    "父", "母", "前", "后", "内", "外", "总", "均", "最高", "最低", "预算", "决算", "计划", "实际", "编号", "名称", "正", "副",
)  # fmt: skip
"""Words that tell two fields apart which else look alike: a guess needs the same ones on both sides."""
_OPPOSITES: Final = (
    ("应", "实"), ("用人", "用工"), ("市", "县"), ("开始", "结束"), ("起", "止"), ("个人", "单位"), ("户", "人"), ("城", "农"),
)  # fmt: skip
_TURNS: Final = ("个人", "单位", "上", "原", "前", "后", "补", "扣", "拟", "次", "预算", "计划", "调整", "标准", "小计", "合计")
"""Words of an upper heading that make another thing of the one beneath: 补发/基本工资, 上年/低保户数."""
_ALIKE: Final = 0.75
_LONG: Final = 40
"""A longer text is a title or a note, never guessed to be a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading. `column` from 0; `text` as written, in one line; `group`: the heading above it where there are two rows; `unit`,
    such as 万元, from the brackets of either."""

    column: int
    text: str
    group: str = ""
    unit: str = ""
    required: bool = False

    @property
    def whole(self) -> str:
        """Both rows: 应发工资/基本工资."""
        return f"{self.group}/{self.text}" if self.group else self.text


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows `first`–`last` (row numbers as in Excel), the headings from left to right, and the money unit that a line
    above states for the whole sheet ("单位：万元")."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which column holds which field. Columns from 0.

    `sure`: field id → column, by exact label or synonym of the whole heading, or of the lower of two heading rows where the upper
    one only gathers ("应发项目/基本工资"). `guesses`: field id → column, to be confirmed: a lower heading under one that may make
    another thing of it ("补发/基本工资"), or a likeness. `duplicates`: field id → columns that name it equally well, none taken. `unmapped`: headings without a field. `missing`: required fields without a
    sure column.
    """

    sure: Mapping[str, int]
    guesses: Mapping[str, int]
    duplicates: Mapping[str, tuple[int, ...]]
    unmapped: tuple[Heading, ...]
    missing: tuple[str, ...]


def normal(text: str) -> str:
    """A heading without blanks, invisible signs, punctuation, unit brackets and marks of required columns."""
    return re.sub(r"[\W_]", "", _parts(text)[0])


def heading(column: int, text: str, group: str = "") -> Heading:
    """A heading with its unit and whether it is marked as required."""
    _, unit, required = _parts(text)
    return Heading(column, text, group, unit or _parts(group)[1], required)


def _parts(text: str) -> tuple[str, str, bool]:
    folded = unicodedata.normalize("NFKC", text)
    folded = "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    units: list[str] = []

    def strip(found: re.Match[str]) -> str:
        inside = re.sub("^单位[:：]", "", found[1])
        if _UNIT.fullmatch(inside):
            units.append(inside)
            return ""
        return "" if _REMARK.fullmatch(inside) else found[0]

    required = bool(re.search(r"[*★]", folded)) or "必填" in folded
    return _BRACKETS.sub(strip, folded), units[-1] if units else "", required


def find_header(
    rows: Mapping[int, Row], fields: Mapping[str, Field], merged: Sequence[str] = (), row: int | None = None
) -> Header | None:
    """The row (or two rows under group headings, "应发工资/基本工资") with the most headings known; None where no row has two of
    them (one, where only one field is asked for). `row`: the number of the (lower) heading row, where the clerk has said it:
    then only a row without any text is no heading row."""
    names = (_by_label(fields), _by_synonym(fields))
    numbers = list(rows)[:SEARCHED] if row is None else [number for number in (row, row - 1) if number in rows]
    best = (min(2, len(fields)) - 1, len(fields), 0) if row is None else (-1, -1, -2)
    header: Header | None = None
    for number in numbers:
        for last, headings in _candidates(number, rows, merged):
            if row is not None and (last != row or not headings):
                continue
            sure, _ = _exact(headings, names)
            lower = _lower(headings, names, fields, sure)
            score = (len(sure) + len(lower), len(sure), number - last)
            if score > best:
                best = score
                header = Header(number, last, headings)
    if header is None:
        return None
    return Header(header.first, header.last, header.headings, _sheet_unit(rows, header))


def _sheet_unit(rows: Mapping[int, Row], header: Header) -> str:
    """万元 of a line "单位：万元" above the headings; in the upper of two heading rows not where brackets tie it to one column."""
    unit = ""
    for number in takewhile(lambda number: number < header.last, rows):
        for text in _texts(rows[number]).values():
            plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
            found = _SHEET_UNIT.search(plain if number < header.first else _BRACKETS.sub("", plain))
            unit = found[1] if found else unit
    return unit


def _texts(row: Row) -> dict[int, str]:
    return {column: _BROKEN.sub("", cell.strip()) for column, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}


def _candidates(number: int, rows: Mapping[int, Row], merged: Sequence[str]) -> Iterator[tuple[int, tuple[Heading, ...]]]:
    """The row read as headings by itself, and with the next row as their lower half. Each with its last row number."""
    upper = _texts(rows[number])
    below = rows.get(number + 1, ())
    lower = {} if any(_is_value(cell) for cell in below) else _texts(below)
    group_of = _groups(number, upper, lower, merged)
    groups = Counter(group_of.values())
    beneath = _beneath_a_group(number, upper, rows, merged)
    yield number, tuple(heading(column, text) for column, text in sorted(upper.items()) if groups[column] < 2 and column not in beneath)
    if lower:
        both = [heading(column, text) for column, text in upper.items() if column not in lower]
        both += [heading(column, text, upper[group_of[column]] if column in group_of else "") for column, text in lower.items()]
        yield number + 1, tuple(sorted(both, key=lambda one: one.column))


def _beneath_a_group(number: int, lower: Mapping[int, str], rows: Mapping[int, Row], merged: Sequence[str]) -> set[int]:
    """Columns of a row that have their meaning from a group in the row above, so that the row cannot be read by itself. A title
    stands over all columns and a line such as 单位：元 has a colon; beside a group stand other groups or headings of one row."""
    upper = _texts(rows.get(number - 1, ()))
    group_of = {column: over for column, over in _groups(number - 1, upper, lower, merged).items() if not re.search("[:：]", upper[over])}
    wide = {over for over, columns in Counter(group_of.values()).items() if 2 <= columns < len(lower)}
    if len(wide) < 2 and all(column in lower for column in upper):
        return set()
    return {column for column, over in group_of.items() if over in wide}


def _groups(number: int, upper: Mapping[int, str], lower: Mapping[int, str], merged: Sequence[str]) -> dict[int, int]:
    """Column of a lower heading → column of the upper heading that stands over it: its own, or one merged across it. Where the file
    tells no merged ranges, a blank above a heading belongs to the upper heading on its left."""
    groups = {column: column for column in lower if column in upper}
    if merged:
        for text in merged:
            area = covered(text)
            if area and area[0] == area[1] == number and area[2] in upper:
                groups |= {column: area[2] for column in lower if area[2] <= column <= area[3]}
        return groups
    for column in lower:
        left = [other for other in upper if other <= column]
        if left and all(between in lower for between in range(max(left), column)):
            groups[column] = max(left)
    return groups


def _is_value(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, str)


def match(headings: Iterable[Heading], fields: Mapping[str, Field]) -> Match:
    """Fields to columns: exact label, then synonym, then cautious guess."""
    headings = tuple(headings)
    names = (_by_label(fields), _by_synonym(fields))
    sure, duplicates = _exact(headings, names)
    named = {*sure.values(), *(column for columns in duplicates.values() for column in columns)}
    open_headings = [one for one in headings if one.column not in named]
    lower = {field_id: column for field_id, column in _lower(open_headings, names, fields, sure).items() if field_id not in duplicates}
    groups = {one.column: normal(one.group) for one in headings}
    sure |= {field_id: column for field_id, column in lower.items() if not _turns(groups[column], fields[field_id])}
    guesses = {field_id: column for field_id, column in lower.items() if field_id not in sure}
    named |= set(lower.values())
    open_fields = {field_id: field for field_id, field in fields.items() if field_id not in {*sure, *duplicates, *guesses}}
    guesses |= _alike([one for one in open_headings if one.column not in named], open_fields)
    taken = {*sure.values(), *guesses.values()}
    return Match(
        sure,
        guesses,
        duplicates,
        tuple(one for one in headings if one.column not in taken),
        tuple(field_id for field_id, field in fields.items() if field.required and field_id not in sure),
    )


_Names = tuple[Mapping[str, str], Mapping[str, str]]


def _exact(headings: Sequence[Heading], names: _Names) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Fields named by a whole heading: the label goes before a synonym; two columns that do so equally are duplicates."""
    sure: dict[str, int] = {}
    duplicates: dict[str, tuple[int, ...]] = {}
    for known in names:
        found: dict[str, list[int]] = {}
        for one in headings:
            field_id = known.get(normal(one.whole))
            if field_id and field_id not in sure and field_id not in duplicates:
                found.setdefault(field_id, []).append(one.column)
        sure |= {field_id: columns[0] for field_id, columns in found.items() if len(columns) == 1}
        duplicates |= {field_id: tuple(columns) for field_id, columns in found.items() if len(columns) > 1}
    return sure, duplicates


def _lower(headings: Sequence[Heading], names: _Names, fields: Mapping[str, Field], sure: Mapping[str, int]) -> dict[str, int]:
    """Fields named by the lower of two heading rows alone, once, and not against the sense of the upper one."""
    found: dict[str, list[int]] = {}
    for one in headings:
        key = normal(one.text)
        field_id = names[0].get(key) or names[1].get(key)
        if not one.group or not field_id or field_id in sure or one.column in sure.values():
            continue
        if not _opposed(one.whole, fields[field_id].label):
            found.setdefault(field_id, []).append(one.column)
    return {field_id: columns[0] for field_id, columns in found.items() if len(columns) == 1}


def _turns(group: str, field: Field) -> bool:
    """Whether an upper heading says more than which headings belong together: the field's own names don't say it."""
    named = "".join(normal(name) for name in (field.label, *field.synonyms))
    return any(word in group and word not in named for word in _TURNS)


def _by_label(fields: Mapping[str, Field]) -> dict[str, str]:
    return _unambiguous((normal(field.label), field_id) for field_id, field in fields.items())


def _by_synonym(fields: Mapping[str, Field]) -> dict[str, str]:
    labels = {normal(field.label) for field in fields.values()}
    named = {(normal(name), field_id) for field_id, field in fields.items() for name in field.synonyms}
    return _unambiguous((name, field_id) for name, field_id in named if name not in labels)


def _unambiguous(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that lead to one field; a name two fields claim leads to none."""
    pairs = [(name, field_id) for name, field_id in named if name]
    count = Counter(name for name, _ in pairs)
    return {name: field_id for name, field_id in pairs if count[name] == 1}


def _alike(headings: Sequence[Heading], fields: Mapping[str, Field]) -> dict[str, int]:
    """Pairs that are each other's only best likeness."""
    likeness: dict[tuple[str, int], float] = {}
    for one in headings:
        for field_id, field in fields.items():
            best = max(_likeness(normal(one.whole), normal(name)) for name in (field.label, *field.synonyms))
            if best >= _ALIKE and _guards(normal(one.whole)) == _guards(normal(field.label)):
                likeness[field_id, one.column] = best
    guesses = {}
    for (field_id, column), value in likeness.items():
        rivals = [other for pair, other in likeness.items() if (pair[0] == field_id) != (pair[1] == column)]
        if all(other < value for other in rivals):
            guesses[field_id] = column
    return guesses


def _likeness(heading_text: str, name: str) -> float:
    short, long = sorted((heading_text, name), key=len)
    if len(short) < 2 or len(long) > _LONG:
        return 0.0
    return max(SequenceMatcher(None, heading_text, name).ratio(), 0.8 if len(short) > 2 and short in long else 0.0)


def _guards(text: str) -> frozenset[str]:
    return frozenset(word for word in _GUARDS if word in text)


def _opposed(heading_text: str, label: str) -> bool:
    """Whether the heading, taken whole, says the contrary of the label: 单位缴费/公积金 is not 个人公积金."""
    text = normal(heading_text)
    return any(
        (one in text and other not in text and other in label and one not in label)
        or (other in text and one not in text and one in label and other not in label)
        for one, other in _OPPOSITES
    )
