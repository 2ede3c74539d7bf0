"""Text tables (.csv, .txt, and text named .xls): encoding, delimiter, rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from intake.cells import Cell, Row, Sheet, cut, text_cell
from intake.limits import LIMITS, Limits
from intake.refusal import RESAVE, Refusal

GUESSED = "gb18030"


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: the byte order mark first, then strict UTF-8, then GB18030.

    Other Chinese encodings (Big5) decode as GB18030 into wrong signs without an error: a preview must show `GUESSED` text
    and ask.
    """
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = ""
    if encoding != "utf-16" and b"\0" in data:
        raise Refusal("文件里有二进制内容，不是文本表格，文件可能已损坏。" + RESAVE)
    for name in (encoding,) if encoding else ("utf-8", GUESSED):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, name
    raise Refusal("文本的编码认不出（不是 UTF-8，也不是 GB18030）。请用 Excel 或 WPS 打开，确认汉字正常后另存为 .xlsx 再导入。")


def read_text(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[Sheet, str, tuple[str, ...]]:
    """The one sheet of a text table, its encoding and warnings. Every value stays text, as written."""
    text, encoding = decode(data)
    warnings = []
    if encoding == GUESSED:
        warnings.append("文件没有标明编码，已按 GB18030（GBK）读取。请核对预览中的汉字是否正常，不正常请另存为 .xlsx 再导入。")
    delimiter = _delimiter(text)
    rows: dict[int, Row] = {}
    widths: dict[int, int] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        start = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as broken:
            raise Refusal(
                f"第 {start} 行起有引号没有成对或单元格过长，后面的行会被并成一格。"
                "请用 Excel 或 WPS 打开，核对这一行后另存为 .xlsx 再导入。"
            ) from broken
        number += 1
        row = cut([_value(value, number, limits) for value in record])
        if not row:
            continue
        if len(row) > limits.columns:
            raise Refusal(f"第 {number} 行有 {len(row)} 列，超过 {limits.columns} 列。请删去无关的列后再导入。")
        rows[number] = row
        widths[number] = len(record)
        if len(rows) > limits.rows:
            raise Refusal(f"有内容的行超过 {limits.rows:,} 行。请分成几个文件再导入。")
    odd = _odd_rows(widths)
    if odd:
        named = "、".join(str(n) for n in odd[:10]) + (" 等" if len(odd) > 10 else "")
        warnings.append(f"第 {named} 行的列数与其他行不同（共 {len(odd)} 行），内容里可能有多余的分隔符，请核对是否错列。")
    return Sheet(name, rows=rows), encoding, tuple(warnings)


def _value(value: str, row: int, limits: Limits) -> Cell:
    if len(value) > limits.text:
        raise Refusal(f"第 {row} 行有一个单元格超过 {limits.text:,} 个字。请用 Excel 或 WPS 打开核对后另存为 .xlsx 再导入。")
    kept = re.fullmatch(r'="([^"]*)"', value)  # how some systems keep leading zeros
    return text_cell(kept[1] if kept else value)


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: the one that parts the most of the first lines into the same number of columns."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:100_000].splitlines()[:50] if line.strip()]

    def score(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(((times, n) for n, times in counts.items()), default=(0, 0))

    return max((",", "\t", ";"), key=score)


def _odd_rows(widths: dict[int, int]) -> list[int]:
    """Rows wider or narrower than most; title and note rows of a single cell do not count."""
    many = {number: width for number, width in widths.items() if width > 1}
    if not many:
        return []
    usual = Counter(many.values()).most_common(1)[0][0]
    return [number for number, width in many.items() if width != usual]
