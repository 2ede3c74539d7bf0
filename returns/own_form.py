"""按上级表样填报: a form sent down as a workbook, read for what it is: its headings, its lines, its total, and what would be lost of it.

The form itself is never changed; a map (`returns.own_form_map`) says what belongs where, a copy is filled (`returns.own_form_fill`).
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

Place = tuple[int, int]
"""(row, column), from 1 as Excel counts."""
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

SEARCHED: Final = 40
"""Rows in which headings are looked for."""
LONGEST_HEADING: Final = 40
_TOTAL: Final = re.compile(r".{0,8}(?:合计|总计|共计|总数)[:：]?")
_MARK: Final = re.compile(r"[(（]?[0-9]{1,3}[)）]?|[甲乙丙丁戊—-]|栏次|行次|[(（]?[0-9]{1,3}[)）]?[=＝][0-9=＝+＋\-－×*÷/()（）]+")
_NOTE: Final = re.compile(r".*[:：].*|注[0-9].*|(?:填表|填报)?说明.*|备注[0-9].*|签[章字].*")


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a form as plain data. `values`: what stands in the cells, a merged block's in its first; `formulas` without what
    they come to; `ruled`: rows with a border; `formats`: number formats other than General."""

    name: str
    values: Mapping[Place, object]
    merged: tuple[Area, ...] = ()
    formulas: Mapping[Place, str] = field(default_factory=dict)
    ruled: frozenset[int] = frozenset()
    formats: Mapping[Place, str] = field(default_factory=dict)
    hidden: bool = False

    @property
    def last_row(self) -> int:
        """Of what is written, ruled or merged."""
        return max((*(row for row, _ in (*self.values, *self.formulas)), *self.ruled, *(area[2] for area in self.merged)), default=0)

    @property
    def last_column(self) -> int:
        """Of what is written or merged."""
        return max((*(column for _, column in (*self.values, *self.formulas)), *(area[3] for area in self.merged)), default=0)

    def label(self, at: Place) -> str:
        """The words that say what a cell is for: its own, else the nearest before it in its row, else above it."""
        row, column = at
        near = [at, *((row, one) for one in range(column - 1, 0, -1)), *((one, column) for one in range(row - 1, 0, -1))]
        return next((words.strip() for place in near if isinstance(words := self.values.get(place), str) and words.strip()), "")


@dataclass(frozen=True, slots=True)
class Blank:
    """A form as it came. `losses`: sentences about what a filled copy will lack, told before the form is taken in."""

    pages: tuple[Page, ...]
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand on a page, rows from 1: the heading rows, the lines to fill, the total (0 = none), and the headings by
    column, outermost first."""

    header: tuple[int, int]
    detail: tuple[int, int]
    total: int
    headings: Mapping[int, tuple[str, ...]]

    @property
    def total_above(self) -> bool:
        """Whether the total stands over the lines."""
        return 0 < self.total < self.detail[0]


def opened(content: bytes) -> Workbook:
    """A workbook with everything openpyxl can keep of it. ValueError with a sentence where it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it leaves out is told by `losses`
            book = load_workbook(BytesIO(content), rich_text=True)
    except Exception as wrong:  # openpyxl raises whatever its parts raise
        raise ValueError("表样打不开：不是 .xlsx 工作簿，或有打开密码，或已损坏。请在 Excel、WPS 中打开，另存为 .xlsx 后再选。") from wrong
    if not book.worksheets:
        raise ValueError("表样里没有工作表（可能存成了“Strict Open XML”）。请在 WPS 中另存为普通的 .xlsx 后再选。")
    return book


def read(content: bytes) -> Blank:
    """A form from its bytes. ValueError with a sentence where it cannot be read."""
    return Blank(tuple(page(sheet) for sheet in opened(content).worksheets), losses(content))


def page(sheet: Worksheet) -> Page:
    """One sheet as plain data."""
    values: dict[Place, object] = {}
    formulas: dict[Place, str] = {}
    formats: dict[Place, str] = {}
    ruled: set[int] = set()
    for line in sheet.iter_rows():
        for cell in line:
            at = (int(cell.row or 0), int(cell.column or 0))
            held: Any = cell.value
            if isinstance(held, ArrayFormula):
                formulas[at] = str(held.text)
            elif cell.data_type == "f":
                formulas[at] = str(held)
            elif held is not None and str(held).strip():
                values[at] = str(held) if isinstance(held, list) else held
            border: Any = cell.border
            if cell.has_style and border and (border.bottom.style or border.top.style):
                ruled.add(at[0])
            if cell.number_format != "General":
                formats[at] = cell.number_format
    merged = tuple(sorted((one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges))
    return Page(sheet.title, values, merged, formulas, frozenset(ruled), formats, sheet.sheet_state != "visible")


_LOST: Final = (
    (r"xl/ctrlProps/|xl/activeX/", b"", "表样里有复选框、按钮等控件，填出的文件里没有它们。"),
    (r"xl/embeddings/", b"", "表样里嵌有其他文档，填出的文件里没有它们。"),
    (r"xl/vbaProject\.bin", b"", "表样带宏，填出的文件不带宏。"),
    (r"xl/media/", b"", "表样里有图片，填出的文件里没有它们。"),
    (r"xl/threadedComments/", b"", "表样里有对话批注，填出的文件里只留下普通批注。"),
    (r"xl/worksheets/[^/]*\.xml", b":dataValidations ", "表样里有引用其他工作表的下拉选项（扩展格式），填出的文件里没有这些下拉。"),
    (r"xl/worksheets/[^/]*\.xml", b":conditionalFormattings", "表样里有扩展的条件格式（数据条、图标等），填出的文件里没有它们。"),
    (r"xl/worksheets/[^/]*\.xml", b":sparklineGroups", "表样里有迷你图，填出的文件里没有它们。"),
    (r"xl/slicers/", b"", "表样里有切片器，填出的文件里没有它们。"),
    (r"_xmlsignatures/", b"", "表样带数字签名，填写后签名失效。"),
)  # fmt: skip
_SHAPE: Final = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]")
_SHAPE_TEXT: Final = re.compile(r"<(?:\w+:)?t(?: [^>]*)?>([^<]+)</")


def losses(content: bytes) -> tuple[str, ...]:
    """What a filled copy will lack, in sentences; a text box with the words in it."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            said = [sentence for pattern, word, sentence in _LOST if any(re.match(pattern, name) and (not word or word in parts.read(name)) for name in names)]
            drawn = [parts.read(name) for name in names if re.match(r"xl/drawings/[^/]*\.xml", name)]
    except (BadZipFile, OSError, RuntimeError, NotImplementedError) as wrong:
        raise ValueError("表样打不开：不是 .xlsx 工作簿，或已损坏。请在 WPS 中另存为 .xlsx 后再选。") from wrong
    for drawing in drawn:
        if _SHAPE.search(drawing):
            words = "".join(_SHAPE_TEXT.findall(drawing.decode("utf-8", "replace")))
            shown = f"（“{words[:40]}{'…' if len(words) > 40 else ''}”）" if words else ""
            said.insert(0, f"表样里有文本框或图形{shown}，填出的文件里没有它们。需要的，请把文字移到单元格里，或填报后在 WPS 中补上。")
    return tuple(dict.fromkeys(said))


def plain(value: object) -> str:
    """A cell's words without blanks and invisible signs, in one width."""
    folded = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return "".join(sign for sign in folded if unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp"))


def owner(page: Page) -> Mapping[Place, Place]:
    """Every cell a merged block covers → the block's first cell."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in page.merged
        for row in range(top, min(bottom, page.last_row) + 1)
        for column in range(left, right + 1)
    }


def shape(page: Page, header: tuple[int, int] | None = None, detail: tuple[int, int] | None = None, total: int | None = None) -> Shape:
    """Where headings, lines and total stand; what the clerk has said (`header`, `detail`, `total`) is taken as said. A page without
    headings has header (0, 0) and no lines."""
    over = owner(page)
    found = header or _header(page, over)
    if not found[1]:
        return Shape((0, 0), detail or (0, 0), total or 0, {})
    first = found[1] + 1
    while _is_marks(page, first):
        first += 1
    above = first if _is_total(page, first) else 0
    start = detail[0] if detail else first + (1 if above else 0)
    end = detail[1] if detail else _last_line(page, start, over)
    below = next((row for row in range(end + 1, min(end + 3, page.last_row) + 1) if _is_total(page, row)), 0)
    return Shape(found, (start, end), (above or below) if total is None else total, _headings(page, found, over))


def _texts(page: Page, row: int, over: Mapping[Place, Place]) -> dict[int, Place]:
    """Column → the cell whose words stand there; blocks over (nearly) the whole width are titles, words with a colon are no headings."""
    width = page.last_column
    found = {}
    for column in range(1, width + 1):
        at = over.get((row, column), (row, column))
        words = page.values.get(at)
        if isinstance(words, str) and len(plain(words)) <= LONGEST_HEADING and not re.search("[:：]", words):
            found[column] = at
    spans = {at: sum(other == at for other in found.values()) for at in found.values()}
    return {column: at for column, at in found.items() if spans[at] <= max(1, width * 0.7)}


def _header(page: Page, over: Mapping[Place, Place]) -> tuple[int, int]:
    best, last = 1, 0
    for row in range(1, min(SEARCHED, page.last_row) + 1):
        if _is_marks(page, row) or _is_total(page, row) or any(not isinstance(page.values.get((row, column), ""), str) for column in range(1, page.last_column + 1)):
            continue
        count = len(set(_texts(page, row, over).values()))
        if count > best:
            best, last = count, row
    if not last:
        return 0, 0
    first = last
    while first > 1:
        texts = _texts(page, first - 1, over)
        joined = any(over.get((first - 1, column)) == over.get((first, column)) is not None for column in texts)
        grouped = any(top == first - 1 and bottom == first - 1 and right > left and left in texts for top, left, bottom, right in page.merged)
        if not (joined or grouped):
            break
        first -= 1
    return first, last


def _headings(page: Page, header: tuple[int, int], over: Mapping[Place, Place]) -> dict[int, tuple[str, ...]]:
    found = {}
    for column in range(1, page.last_column + 1):
        places = dict.fromkeys(over.get((row, column), (row, column)) for row in range(header[0], header[1] + 1))
        words = tuple(re.sub(r"\s+", "", str(page.values[at])) for at in places if page.values.get(at) is not None)
        if words:
            found[column] = words
    return found


def _words(page: Page, row: int) -> list[object]:
    return [page.values[row, column] for column in range(1, page.last_column + 1) if (row, column) in page.values]


def _is_marks(page: Page, row: int) -> bool:
    """A row of 栏次: 甲 乙 1 2 3."""
    words = [plain(one) for one in _words(page, row)]
    return len(words) > 1 and all(_MARK.fullmatch(one) for one in words)


def _is_total(page: Page, row: int) -> bool:
    """合计 stands in one of the row's first cells of words."""
    return any(_TOTAL.fullmatch(plain(one)) for one in _words(page, row)[:2] if isinstance(one, str))


def _last_line(page: Page, start: int, over: Mapping[Place, Place]) -> int:
    end = start
    for row in range(start, page.last_row + 1):
        words = [one for one in _words(page, row) if isinstance(one, str)]
        wide = any(top <= row <= bottom and right - left + 1 > page.last_column * 0.7 for top, left, bottom, right in page.merged)
        written = bool(words) or any((row, column) in page.formulas for column in range(1, page.last_column + 1))
        if _is_total(page, row) or wide or any(_NOTE.fullmatch(plain(one)) for one in words[:1]) or not (row in page.ruled or written):
            break
        end = row
    return end


def cell_name(at: Place) -> str:
    """B5."""
    return f"{get_column_letter(at[1])}{at[0]}"


def decimals_of(number_format: str) -> int | None:
    """Decimals a number format shows; None where it says nothing (General, text, dates)."""
    first = number_format.split(";", maxsplit=1)[0]
    if "0" not in first or "@" in first:
        return None
    return len(found[1]) if (found := re.search(r"\.(0+)", first)) else 0


def heading_text(words: Iterable[str]) -> str:
    """A column's heading in one line: 实际配备人数/在编."""
    return "/".join(words)
