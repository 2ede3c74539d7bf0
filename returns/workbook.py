"""The one writer of workbooks: sheets in, a checked .xlsx out, or the old file untouched and a sentence.

Values, not formulas: receiving programs read no cached results of formulas nobody has calculated. What starts with "=" stays
text, codes stay text, money is written at printed precision. The file is made beside its target, read back cell by cell,
and only then takes the target's name.
"""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from resources import files
from returns import excel
from returns.charts import CHARTS, draw
from returns.grid import Grid, Role, Span, lay_out, on_one_page
from returns.plain_workbook import FINGERPRINT, META, fingerprint
from returns.reread import reread
from returns.sheet import PER_UNIT, Cell, Column, Mark, Measure, Row, Scope, Sheet, decimals, rounded

CREATOR: Final = "经办台账"
LONGEST_TEXT: Final = 32_767
LONGEST_NAME: Final = 80
_BODY_FONT, _TITLE_FONT = "宋体", "方正小标宋简体"
_PAPERS: Final = {"A4": 9, "A3": 8}
_ROOMS: Final = {("A4", True): 490.0, ("A4", False): 740.0, ("A3", True): 740.0, ("A3", False): 1085.0}
"""Points between the upper and the lower margin of a page."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BAD_IN_FILE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_BAD_IN_SHEET: Final = re.compile(r"[\[\]:*?/\\]")

Stored = int | float | str | None


class WriteError(OSError):
    """The workbook could not be written; the file that was there is untouched. str() is a Chinese sentence with the next step."""


def file_name(county_code: str, unit_name: str, short: str, period_title: str, *, version: int, day: date) -> str:
    """{区划代码}{单位名称}_{任务短名}_{报告期}_V{n}_{yyyyMMdd}.xlsx, without signs a file name may not have, ≤ 80 characters.

    Too long: the unit's name gives way first, then the task's.
    """
    code, unit, short, period = (_BAD_IN_FILE.sub("", part).strip() for part in (county_code, unit_name, short, period_title))
    end = f"_V{version}_{day:%Y%m%d}.xlsx"
    room = LONGEST_NAME - len(f"{code}__{period}{end}")
    unit = unit[: max(4, room - len(short))]
    return f"{code}{unit}_{short[: max(0, room - len(unit))]}_{period}{end}"


def write(
    sheets: Sequence[Sheet], target: Path, day: date, wait: Callable[[float], None] = time.sleep, *, with_formulas: bool = False, bound: bool = False,
    charts: bool = False, meta: Mapping[str, str] | None = None,
) -> Path:
    """Write the sheets as a workbook at `target`, dated `day`, and return its path.

    `with_formulas`: derived columns and totals as Excel formulas beside unrounded numbers (values nobody has calculated yet read as
    blank elsewhere). `bound`: as a set that goes up, with a 目录 whose lines lead to the forms, every page protected without a
    password against slips. `charts`: a page of charts after the forms. `meta`: what the workbook
    says of itself on a hidden sheet, with the fingerprint of its cells. Raises ValueError with a sentence for content a workbook cannot hold, WriteError where the disk or another program is in
    the way; in both cases the old file stays as it was and no temporary file is left.
    """
    _check_names(sheets)
    if bound and len(sheets) > 1:
        at = 1 if sheets[0].key == "封面" else 0
        sheets = (*sheets[:at], contents(sheets), *sheets[at:])
    grids = {sheet.key: lay_out(sheet) for sheet in sheets}
    values = {key: {(span.row, span.column): _stored(span, key) for span in grid.spans} for key, grid in grids.items()}
    pages = {sheet.key: excel.Page(sheet, grids[sheet.key]) for sheet in sheets}
    if with_formulas:
        for sheet in sheets:
            exact = {(span.row, span.column): number for span in grids[sheet.key].spans if (number := _exact(span)) is not None}
            values[sheet.key] |= exact | {place: Formula(text) for place, text in excel.formulas(sheet, grids[sheet.key], pages).items()}
    book = _book(sheets, grids, values)
    _link(book, pages)
    if bound:
        _bind(book, sheets, grids)
    if charts and draw(book, sheets, grids):
        values[CHARTS] = {}
    if meta is not None and not with_formulas:
        cells = ((key, *place, value) for key, held in values.items() for place, value in held.items())
        values[META] = _describe(book, {**meta, FINGERPRINT: fingerprint(cells)})
    return save(book, values, target, day, wait)


def meta_in(workbook: bytes) -> dict[str, str] | None:
    """What a workbook made here says of itself, but for its fingerprint; None where it says nothing."""
    book = load_workbook(io.BytesIO(workbook), read_only=True)
    if META not in book.sheetnames:
        return None
    return {str(name): str(value) for name, value, *_ in book[META].iter_rows(values_only=True) if name != FINGERPRINT}


def _describe(book: Workbook, said: Mapping[str, str]) -> dict[tuple[int, int], Stored]:
    page = book.create_sheet(META)
    page.sheet_state = "hidden"
    places: dict[tuple[int, int], Stored] = {(row, column): text for row, pair in enumerate(said.items(), 1) for column, text in enumerate(pair, 1)}
    for (row, column), text in places.items():
        put(page.cell(row, column), str(text))
    return places


class Formula(str):
    """A cell's content that Excel is to calculate."""


CONTENTS: Final = "目录"


def contents(sheets: Sequence[Sheet]) -> Sheet:
    """目录: a line for every form of the set."""
    rows = tuple(Row(sheet.key, Scope.OTHER, (Cell(number), Cell(sheet.key), Cell(sheet.title))) for number, sheet in enumerate(sheets, 1))
    columns = (Column("", "序号", width=4), Column("", "表号", Measure.TEXT, width=8), Column("", "表名", Measure.LONG, width=28))
    return Sheet(CONTENTS, CONTENTS, (), ("", "", ""), columns, rows, landscape=False, row_height=26.0)


def _link(book: Workbook, pages: Mapping[str, excel.Page]) -> None:
    """Cells taken from other forms lead there."""
    for key, page in pages.items():
        for (row, column), where in excel.links(page, pages).items():
            cell: Any = book[key].cell(row, column)
            if cell.value is not None:  # a link would write its address into a blank
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=where)


def _bind(book: Workbook, sheets: Sequence[Sheet], grids: Mapping[str, Grid]) -> None:
    """Links from the 目录, and pages protected without a password."""
    page = book[CONTENTS] if CONTENTS in grids else None
    for at, row in enumerate(next((sheet.rows for sheet in sheets if sheet.key == CONTENTS), ()), grids[CONTENTS].head_last + 1 if page else 1):
        for column in (2, 3):
            cell: Any = page.cell(at, column) if page else None
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{row.name}'!A1")
            cell._style = copy(cell._style)  # a look is shared by every cell that has it
            cell.font = Font(name=cell.font.name, size=cell.font.size, color="0563C1", underline="single")
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False


def _exact(span: Span) -> int | float | None:
    """A number of the body, unrounded in its printed unit."""
    value = span.cell.value
    if isinstance(value, int | Fraction) and span.measure not in (Measure.TEXT, Measure.LONG, Measure.CODE):
        return excel.unrounded(value, span.measure)
    return None


def save(
    book: Workbook, values: Mapping[str, Mapping[tuple[int, int], Stored]], target: Path, day: date, wait: Callable[[float], None] = time.sleep
) -> Path:
    """Save a workbook beside its target, read it back, compare it with `values` (sheet → place → value) and only then give it the
    target's name. Errors as `write`."""
    properties = book.properties
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    try:
        with files.beside(target) as temporary:
            with temporary.open("w+b") as stream:
                with _Archive(stream, day) as archive:
                    ExcelWriter(book, archive).save()
                stream.flush()
                os.fsync(stream.fileno())
            _verify(temporary, values)
            files.put_in_place(temporary, target, wait)
    except WriteError:
        raise
    except OSError as error:
        raise WriteError(files.sentence(target, error)) from error
    return target


def _check_names(sheets: Sequence[Sheet]) -> None:
    keys = [sheet.key for sheet in sheets]
    if not keys:
        raise ValueError("没有可写出的报表。请在报送任务中至少选一张表。")
    for key in keys:
        if not key or len(key) > 31 or _BAD_IN_SHEET.search(key) or keys.count(key) > 1:
            raise ValueError(f"工作表名“{key}”不能用：不能重复，最多 31 个字，不能有 [ ] : * ? / \\。请改报表名称。")


def _stored(span: Span, key: str) -> Stored:
    """What a cell of the workbook holds: numbers at printed precision, everything else as text."""
    value = span.cell.value
    if value is None:
        return None
    if isinstance(value, Mark):
        return str(value)
    if isinstance(value, str):
        return storable(value, f"{key} {get_column_letter(span.column)}{span.row}")
    if span.measure in (Measure.TEXT, Measure.LONG, Measure.CODE):
        return span.text
    places = decimals(value, span.measure)
    number = rounded(value, span.measure)
    scale: int = 10**places
    return float(number / scale) if places else number


def storable(value: str, where: str) -> str | None:
    """A text as a cell can hold it; ValueError where it is too long. `where`: sheet and cell, for the sentence."""
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{where} 的文字有 {len(text):,} 个字，超过 Excel 一格的上限 {LONGEST_TEXT:,} 个。请缩短后重新生成。")
    return text or None


def put(cell: Any, value: str) -> None:
    """Put a text into a cell so that it stays text, whatever it begins with."""
    cell.value = value
    cell.data_type = "s"
    if value[0] in "=+-@":
        cell._style = copy(cell._style)
        cell.quotePrefix = True


def _book(
    sheets: Sequence[Sheet], grids: Mapping[str, Grid], values: Mapping[str, Mapping[tuple[int, int], Stored]]
) -> Workbook:
    book = Workbook()
    scratch = book.worksheets[0]
    looks = _Looks(scratch)
    for sheet in sheets:
        page = book.create_sheet(sheet.key)
        _fill(page, grids[sheet.key], values[sheet.key], looks)
        _set_up(page, sheet, grids[sheet.key])
    book.remove(scratch)
    return book


def _fill(page: Worksheet, grid: Grid, values: Mapping[tuple[int, int], Stored], looks: _Looks) -> None:
    for span in grid.spans:
        value = values[span.row, span.column]
        look = looks[span.role, _format(span), _stands(span)]
        for row in range(span.row, span.row + span.rows):
            for column in range(span.column, span.column + span.columns):
                blank: Any = page.cell(row, column)
                blank._style = look
        cell: Any = page.cell(span.row, span.column)
        if isinstance(value, str) and not isinstance(value, Formula):
            put(cell, value)
        else:
            cell.value = value
        if span.rows > 1 or span.columns > 1:
            end = f"{get_column_letter(span.column + span.columns - 1)}{span.row + span.rows - 1}"
            page.merged_cells.add(f"{get_column_letter(span.column)}{span.row}:{end}")
    for index, width in enumerate(grid.widths, 1):
        page.column_dimensions[get_column_letter(index)].width = width * 0.96 + 0.9
    for row, height in enumerate(grid.heights, 1):
        page.row_dimensions[row].height = height


def _set_up(page: Worksheet, sheet: Sheet, grid: Grid) -> None:
    set_up = page.page_setup
    set_up.paperSize = _PAPERS[sheet.paper]
    set_up.orientation = "landscape" if sheet.landscape else "portrait"
    set_up.fitToWidth, set_up.fitToHeight = 1, int(on_one_page(grid, _ROOMS[sheet.paper, sheet.landscape]))
    properties: Any = page.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.7, 0.3, 0.35
    footer: Any = page.oddFooter
    footer.center.text = "第 &P 页  共 &N 页"
    page.print_title_rows = f"{grid.head_first}:{grid.head_last}"
    page.freeze_panes = f"{get_column_letter(grid.fixed_columns + 1)}{grid.head_last + 1}"


_THIN: Final = Side(style="thin")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ALIGN: Final = {
    Role.TITLE: "center", Role.CENTRE: "center", Role.HEAD: "center", Role.MARK: "center", Role.HEAD_FIELD: "right", Role.RIGHT: "right",
}  # fmt: skip
_FORMATS: Final = {
    Measure.COUNT: "#,##0", Measure.DECIMAL: "#,##0.00", Measure.YUAN: "#,##0.00", Measure.WAN: "#,##0.00", Measure.RATE: "0.00%",
    Measure.YUAN_WHOLE: "#,##0", Measure.WAN_TENTH: "#,##0.0", Measure.TENTH: "#,##0.0",
}  # fmt: skip


class _Looks(dict[tuple[Role, str, str], Any]):
    """Every look once, made on a scratch page and shared by all cells that have it."""

    def __init__(self, scratch: Worksheet) -> None:
        super().__init__()
        self._scratch = scratch

    def __missing__(self, look: tuple[Role, str, str]) -> Any:
        role, number_format, stands = look
        cell: Any = self._scratch.cell(len(self) + 1, 1)
        title = role is Role.TITLE
        cell.font = Font(_TITLE_FONT if title else _BODY_FONT, 18 if title else 10, bold=role in (Role.HEAD, Role.TOTAL))
        cell.alignment = Alignment(stands, "center", wrap_text=True)
        if role in (Role.HEAD, Role.MARK, Role.TOTAL, Role.BODY):
            cell.border = _BOX
        cell.number_format = number_format
        self[look] = cell._style
        return cell._style


def _format(span: Span) -> str:
    value = span.cell.value
    if isinstance(value, str | Mark) or value is None or span.measure not in _FORMATS:
        return "@" if span.measure is Measure.CODE else "General"
    return "#,##0.00" if span.measure is Measure.COUNT and decimals(value, span.measure) else _FORMATS[span.measure]


def _stands(span: Span) -> str:
    if span.role not in (Role.BODY, Role.TOTAL):
        return _ALIGN.get(span.role, "left")
    if span.measure in PER_UNIT and not isinstance(span.cell.value, Mark):
        return "right"
    return "left" if span.measure is Measure.LONG else "center"


class _Archive(ZipFile):
    """A zip whose entries bear the given day, so that the same sheets make the same bytes."""

    def __init__(self, stream: Any, day: date) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED)
        self._day = (max(1980, day.year), day.month, day.day, 0, 0, 0)

    def writestr(self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None) -> None:
        """As ZipFile's, dated."""
        entry = ZipInfo(str(zinfo_or_arcname), self._day)
        entry.external_attr = 0o600 << 16
        super().writestr(entry, data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, compress_type: Any = None, compresslevel: Any = None) -> None:
        """As ZipFile's, dated."""
        self.writestr(arcname or filename, Path(filename).read_bytes())


def _verify(path: Path, values: Mapping[str, Mapping[tuple[int, int], Stored]]) -> None:
    """Read the file back and compare every cell: nothing missing, changed, added or turned into a formula."""
    book = reread(path)
    if list(book) != list(values):
        raise WriteError("写出后核对，工作表与应有的不一致，原文件未改动。请重试；仍不行请联系维护人员。")
    for key, expected in values.items():
        wanted = {place: f"(f){value}" if isinstance(value, Formula) else value for place, value in expected.items() if value is not None}
        found = book[key]
        if found != wanted:
            row, column = min(place for place in found.keys() | wanted.keys() if found.get(place) != wanted.get(place))
            raise WriteError(f"写出后核对，{key} 的 {get_column_letter(column)}{row} 与应有的不一致，原文件未改动。请重试；仍不行请联系维护人员。")
