"""What the clerk does next with a file: one sentence, and the tab where it is done."""

from __future__ import annotations

from office.import_file import Preview
from office.imports.plan import CHANGED, NEW, WAITING, WRONG, Planned

ROWS, COLUMNS, ANSWERS, SHEET = "逐行预览", "列的对应", "待回答", "原表"
"""Tabs of the preview."""


def by_name(row: object) -> bool:
    """Whether a row waits for the clerk's word that a name is the person in the book who bears it."""
    return isinstance(row, Planned) and row.by_name


def names_waiting(seen: Preview) -> list[str]:
    """The names that wait, each once."""
    return list(dict.fromkeys(row.name for row in seen.rows if by_name(row)))


def open_guesses(seen: Preview) -> dict[str, int]:
    """Field id → column that looks like it and is not used."""
    used = set(seen.columns.values())
    refused = {key for key, text in seen.mapping.columns.items() if text == ""}
    return {key: column for key, column in seen.found.guesses.items() if key not in seen.columns and column not in used and key not in refused}


def next_step(seen: Preview) -> tuple[str, str]:
    """The sentence and the tab."""
    counts = seen.counts()
    if seen.missing:
        labels = "、".join(f"“{label}”" for label in seen.missing)
        return f"缺少必需的列：{labels}。请在“{COLUMNS}”里指定是哪一列；标题行不对的，先改标题行。", COLUMNS
    if seen.questions:
        merged = sum(bool(one.merged) for one in seen.questions)
        odd = [f"{merged} 列有合并格"] * bool(merged) + [f"{len(seen.questions) - merged} 列的金额像是单位或年月不对"] * (merged < len(seen.questions))
        return f"有 {'，'.join(odd)}，请先回答，再看下面的各行。", ANSWERS
    if words := seen.unknown:
        return f"有 {len(words)} 个词语台账里没有，请说明各是什么；每个词语只问一次。", ANSWERS
    if guesses := open_guesses(seen):
        return f"有 {len(guesses)} 列只是看着像，没有确认就不导入。请在“{COLUMNS}”里确认或改正。", COLUMNS
    if names := names_waiting(seen):
        return f"有 {len(names)} 人没有可用的身份证号，只按姓名对上。是同一个人的，请在下面确认。", ROWS
    if counts[WAITING]:
        return f"有 {counts[WAITING]} 行待确认：请看“问题和说明”，双击格子按原件重新填写。", ROWS
    if counts[WRONG]:
        rest = "其余的可以先写入。" if counts[NEW] + counts[CHANGED] else ""
        return f"有 {counts[WRONG]} 行有错误：双击红色的格子改正，或导出错误行退回改正。{rest}", ROWS
    if counts[NEW] + counts[CHANGED]:
        told = sum(bool(row.notes) for row in seen.rows if row.changes)
        return (f"有 {told} 行有说明，请看“问题和说明”一列。" if told else "") + "核对无误后，按右下角的“写入台账”。", ROWS
    return "这个表的内容台账里都有了，没有要写入的。", ROWS
