"""Workbooks of Excel 2007 and later (.xlsx, .xlsm; Transitional and Strict), read with the standard library's streaming parser.

Neither spreadsheet library serves here: openpyxl drops rows outside a wrong <dimension>, finds no sheet in Strict files, refuses
honest files over styles, does not know the Chinese built-in date formats and needs longer than the time limit for a year of pay;
calamine blanks errors, cuts long numbers and aborts. Tests hold this reader against both.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from intake.cells import VISIBLE, Sheet
from intake.excel_dates import format_sort
from intake.limits import LIMITS, Limits
from intake.merged import clear_beneath
from intake.precheck import Attributes, open_archive, walk
from intake.refusal import DAMAGED, Refusal
from intake.sheet_xml import Shared, read_sheet, unescape


@dataclass(slots=True)
class _Outline:
    """What workbook.xml says: (name, state, part) of the worksheets in the order of the tabs, the date system, warnings."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    from_1904: bool = False
    warnings: list[str] = field(default_factory=list)


def read_xlsx(
    data: bytes,
    wanted: Callable[[str, str], bool],
    limits: Limits = LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[str, ...], Iterator[Sheet]]:
    """Warnings, and the sheets one by one. `wanted(name, state)` says whether a sheet's rows are read; `progress` hears bytes
    read and bytes in all. Raises Refusal, from the iterator too."""
    archive = open_archive(data, limits)
    names = set(archive.namelist())
    workbook = next((part for kind, part in _relations(archive, "", limits).values() if kind == "officeDocument"), "")
    if workbook not in names:
        raise Refusal(DAMAGED)
    related = _relations(archive, workbook, limits)
    outline = _outline(archive, workbook, related, limits)
    parts = {kind: part for kind, part in related.values() if kind in ("sharedStrings", "styles") and part in names}
    strings = _strings(archive, parts["sharedStrings"], limits) if "sharedStrings" in parts else []
    dates = _dates(archive, parts["styles"], limits) if "styles" in parts else {}
    shared = Shared(strings, dates, outline.from_1904)
    if outline.from_1904:
        outline.warnings.append("文件采用 1904 日期系统。设为日期格式的单元格已换算；写成普通数字的日期请核对，可能差 4 年零 1 天。")
    if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
        outline.warnings.append("文件含有宏。程序只读单元格的值，不运行宏。")
    if any("/externallinks/" in name.lower() for name in names):
        outline.warnings.append("文件引用了其他文件。引用其他文件的单元格按上次保存时的值读取。")
    return tuple(outline.warnings), _sheets(archive, outline, shared, wanted=wanted, limits=limits, progress=progress)


def _sheets(
    archive: zipfile.ZipFile,
    outline: _Outline,
    shared: Shared,
    *,
    wanted: Callable[[str, str], bool],
    limits: Limits,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Sheet]:
    total = sum(archive.getinfo(part).file_size for name, state, part in outline.sheets if wanted(name, state))
    before = 0

    def fed(read: int) -> None:
        if progress is not None:
            progress(before + read, total)

    for name, state, part in outline.sheets:
        if not wanted(name, state):
            yield Sheet(name, state)
            continue
        try:
            found = read_sheet(archive, part, shared, limits, fed)
            notes = clear_beneath(found.rows, found.merged, limits)
        except Refusal as refusal:
            raise Refusal(f"工作表“{name}”：{refusal}") from refusal
        before += archive.getinfo(part).file_size
        if found.hidden_rows:
            notes = (*notes, f"有 {found.hidden_rows} 行被隐藏或被筛选掉，也一并读入。")
        yield Sheet(name, state, found.rows, tuple(found.merged), notes)


def _outline(archive: zipfile.ZipFile, workbook: str, related: dict[str, tuple[str, str]], limits: Limits) -> _Outline:
    outline = _Outline()

    def opened(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            outline.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, part = related.get(link, ("", ""))
            name = attributes.get("name", "")
            if kind == "worksheet":
                outline.sheets.append((name, attributes.get("state", VISIBLE), part))
            else:
                outline.warnings.append(f"“{name}”不是工作表（图表页或宏表），未读取。")

    walk(archive, workbook, limits, opened=opened)
    names = [name for name, _, _ in outline.sheets]
    if not names:
        raise Refusal("文件里没有工作表。请确认发送方传来的是数据表，而不是只有图表的文件。")
    if len(names) > limits.sheets:
        raise Refusal(f"文件里有 {len(names)} 张工作表，超过 {limits.sheets} 张。请只保留需要导入的表，另存后再导入。")
    if len(set(names)) < len(names) or not {part for _, _, part in outline.sheets} <= set(archive.namelist()):
        raise Refusal(DAMAGED)
    return outline


def _relations(archive: zipfile.ZipFile, source: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """Relation id → (last word of its type, part name) of one part; the types' addresses differ between Transitional and Strict."""
    folder, name = posixpath.split(source)
    found: dict[str, tuple[str, str]] = {}

    def opened(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)

    walk(archive, posixpath.join(folder, "_rels", f"{name}.rels"), limits, opened=opened)
    return found


def _strings(archive: zipfile.ZipFile, part: str, limits: Limits) -> list[str]:
    """The shared texts; reading aids (rPh) are no content."""
    strings: list[str] = []
    gathered: list[str] = []
    inside = aside = False
    length = 0

    def opened(tag: str, _: Attributes) -> None:
        nonlocal inside, aside, length
        if tag == "si":
            gathered.clear()
            length = 0
            if len(strings) >= limits.strings:
                raise Refusal(f"文件里的文字超过 {limits.strings:,} 条，太大。请分成几个文件再导入。")
        elif tag == "rPh":
            aside = True
        elif tag == "t":
            inside = not aside

    def text(data: str) -> None:
        nonlocal length
        if inside:
            length += len(data)
            if length > limits.text * 7:  # each sign may be written as _x0041_
                raise Refusal(f"有一个单元格超过 {limits.text:,} 个字。请核对后另存为 .xlsx 再导入。")
            gathered.append(data)

    def closed(tag: str) -> None:
        nonlocal inside, aside
        if tag == "t":
            inside = False
        elif tag == "rPh":
            aside = False
        elif tag == "si":
            strings.append(unescape("".join(gathered)))

    walk(archive, part, limits, opened=opened, closed=closed, text=text)
    return strings


def _dates(archive: zipfile.ZipFile, part: str, limits: Limits) -> dict[int, str]:
    """Style index → date | duration. Nothing else of the styles is looked at, so odd ones do no harm."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    path: list[str] = []

    def opened(tag: str, attributes: Attributes) -> None:
        parent = path[-1] if path else ""
        path.append(tag)
        if tag == "numFmt" and parent == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and parent == "cellXfs":
            formats.append(attributes.get("numFmtId", "0"))
        if len(codes) + len(formats) > limits.styles:
            raise Refusal("单元格样式过多。请把数据只粘贴数值到新的工作簿，另存后再导入。")

    def closed(_: str) -> None:
        path.pop()

    walk(archive, part, limits, opened=opened, closed=closed)
    sorts = {number: format_sort(int(number) if number.isascii() and number.isdigit() else 0, codes.get(number)) for number in set(formats)}
    return {index: sorts[number] for index, number in enumerate(formats) if sorts[number]}
