"""What the program asks before it takes a cell for what it says: words the book does not know, and amounts of the wrong size.

Nothing is converted or replaced here: an answer is a mapping, and the sheet is read again with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from intake.table import Record, Said, Table, answer_key
from office.imports.plan import FILL, MONTHLY, WRONG, YEARLY, ImportKind, Planned
from policy.kinds import Field, Kind, Unreadable
from policy.kinds.money import MONEY
from policy.kinds.several import words
from policy.names import fold_unit

YEARS_WORTH: Final = 5_000_000
"""分. A month's wage from here on is rather a year's."""
MONTHS_WORTH: Final = 1_500_000
"""分. A year's wage below this is rather a month's."""
OLD: Final = 15
"""Digits of an identity number of the first generation."""
BARE: Final = 10_000
"""分. A wage below 100 元 that is not 0 is rather 万元 without its unit."""


@dataclass(frozen=True)
class Unknown:
    """A word of a column that the book does not know, as sent, with the rows it stands in and what it may mean."""

    field: str
    label: str
    text: str
    rows: tuple[int, ...]
    suggestions: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rows an answer settles."""
        return len(self.rows)


@dataclass(frozen=True)
class Question:
    """Amounts of a column that cannot be what the heading says. `reading` is what they look like: 全年, 每月 or 万元; the rows
    wait until the column is given its unit (`units` of a mapping; 元 = right as they are) or its right field, or are edited. Or cells
    merged with the one above (`reading` 合并格); the rows wait until it is said whether its value holds for them (`merged`)."""

    field: str
    label: str
    reading: str
    rows: tuple[int, ...]
    sentence: str
    columns: Mapping[str, str]
    units: Mapping[str, str]
    """The proposed answer, as parts of a mapping; both empty where only some rows are odd."""
    merged: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def note(self) -> str:
        """What stands beside a row that waits for the answer."""
        return f"“{self.label}”这一格与上一行合并，请先回答" if self.merged else f"“{self.label}”像{self.reading}的数，请先回答"


def unknown(kind: ImportKind, existing: Any, records: Sequence[Record], planned: Sequence[Planned], said: Said) -> tuple[Unknown, ...]:
    """The distinct words of columns that know their words which neither the book nor an answer makes out, most frequent first."""
    known = {key: [*names] for key, names in kind.names(existing).items()}
    folded = {key: {fold_unit(name) for name in names} for key, names in known.items()}
    each = {key: one.kind.each or one.kind for key, one in kind.fields.items()}
    choices = {key: one.choices for key, one in each.items() if one.choices}
    found: dict[tuple[str, str], list[int]] = {}
    texts: dict[tuple[str, str], str] = {}
    for record, row in zip(records, planned, strict=True):
        if row.state != WRONG:
            continue
        for key, sent in record.raw.items():
            if not isinstance(sent, str) or (record.row_number, key) in said.edits:
                continue
            for text in words(kind.fields[key].kind, sent):
                meant = said.answers.get(key, {}).get(answer_key(text), text)
                odd_choice = key in choices and key in record.errors and not _reads(each[key], meant)
                odd_name = key in folded and key not in record.errors and fold_unit(meant) not in folded[key]
                if odd_choice or odd_name:
                    word = key, answer_key(text)
                    texts.setdefault(word, text.strip())
                    found.setdefault(word, []).append(record.row_number)
    return tuple(
        Unknown(word[0], kind.fields[word[0]].label, texts[word], tuple(rows), _near(texts[word], choices.get(word[0]) or known[word[0]]))
        for word, rows in sorted(found.items(), key=lambda one: -len(one[1]))
    )


def _reads(kind: Kind, text: str) -> bool:
    try:
        kind.parse(text, None)
    except Unreadable:
        return False
    return True


def _near(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Known words that may be meant, the nearest first."""
    by_fold = {fold_unit(name): name for name in known}
    said = fold_unit(text)
    inside = sorted((name for name in by_fold if name in said or said in name), key=lambda name: abs(len(name) - len(said)))
    return tuple(by_fold[name] for name in dict.fromkeys([*inside, *get_close_matches(said, by_fold, 3, 0.5)]))[:5]


def cut_numbers(records: Sequence[Record], edits: Collection[tuple[int, str]]) -> dict[int, str]:
    """Row number → what to look at, for identity numbers that fit but look as a spreadsheet leaves them when it cuts one: 000 at
    the end, or the first 15 of 18 digits. Typed in place they are believed."""
    found = {}
    for record in records:
        number, sent = record.values.get("id_no"), record.raw.get("id_no")
        if not number or (record.row_number, "id_no") in edits:
            continue
        if number.endswith("000"):
            found[record.row_number] = "身份证号末三位是 000，可能曾被 Excel 存成数字而丢位。请按原件核对，在这一格重新填写"
        elif isinstance(sent, str) and sum(sign.isdigit() for sign in sent) == OLD and number[8:10] in ("19", "20"):
            found[record.row_number] = "15 位的身份证号像是 18 位号码的前 15 位。请按原件核对，在这一格重新填写"
    return found


def questions(
    kind: ImportKind, records: Sequence[Record], headings: Mapping[str, str], answered: Collection[str]
) -> tuple[Question, ...]:
    """Columns of wages with amounts of the wrong size. `headings`: field id → its heading; `answered`: fields whose unit is said."""
    found = []
    for key, sort in kind.amounts.items():
        if key not in headings or key in answered:
            continue
        amounts = [(record.row_number, record.values[key]) for record in records if record.values.get(key)]
        by_reading: dict[str, list[int]] = {}
        for number, amount in amounts:
            if reading := _reading(sort, amount):
                by_reading.setdefault(reading, []).append(number)
        for reading, rows in by_reading.items():
            whole = 2 * len(rows) >= len(amounts)
            found.append(_question(kind, key, reading, rows, headings[key], whole, dict(amounts)))
    return tuple(found)


def merged_cells(kind: ImportKind, table: Table, headings: Mapping[str, str], answered: Collection[str]) -> tuple[Question, ...]:
    """Columns with cells merged downwards, to be asked about: the rows beneath may have the value or none. An amount is never filled in
    (it would be counted more than once): `unfilled` says so."""
    found = []
    for key, rows in table.merged.items():
        if key in answered or kind.fields[key].kind is MONEY:
            continue
        sentence = f"“{headings[key]}”这一列有合并格，下面的 {len(rows)} 行（如第 {rows[0]} 行）没有自己的值。请确认是否填入合并格的值；确认前这些行不导入。"
        found.append(Question(key, kind.fields[key].label, "合并格", rows, sentence, {}, {}, {key: FILL}))
    return tuple(found)


def unfilled(kind: ImportKind, table: Table) -> list[str]:
    """What is said of merged amounts."""
    return [
        f"“{kind.fields[key].label}”有合并格：金额只记在合并格的第一行，下面的 {len(rows)} 行（如第 {rows[0]} 行）按空白读取。"
        for key, rows in table.merged.items()
        if kind.fields[key].kind is MONEY
    ]


def _reading(sort: str, amount: int) -> str:
    if 0 < amount < BARE:
        return "万元"
    if sort == MONTHLY and amount >= YEARS_WORTH:
        return "全年"
    return "每月" if sort == YEARLY and 0 < amount < MONTHS_WORTH else ""


def _question(kind: ImportKind, key: str, reading: str, rows: Sequence[int], heading: str, whole: bool, amounts: Mapping[int, int]) -> Question:
    one: Field = kind.fields[key]
    other = next((name for name, sort in kind.amounts.items() if reading in ("全年", "每月") and sort != kind.amounts[key]), "")
    columns = {other: heading, key: ""} if whole and other else {}
    units = {key: "万元"} if whole and reading == "万元" else {}
    shown = MONEY.show(amounts[rows[0]])
    what = "没有写单位的万元数" if reading == "万元" else f"{reading}的数"
    way = "请确认按这样读取，或确认原数就是元" if columns or units else "请核对后改正这些格，或确认原数无误"
    sentence = f"“{heading}”这一列有 {len(rows)} 行（如第 {rows[0]} 行 {shown} 元）不像{one.label}，像{what}。{way}；确认前这些行不导入。"
    return Question(key, one.label, reading, tuple(rows), sentence, columns, units)
