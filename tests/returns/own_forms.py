"""Forms as a province might send them down, made here: three shapes, each with what Excel hangs on rows."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side("thin")
BOX = Border(THIN, THIN, THIN, THIN)


def ruled(page: Worksheet, first: int, last: int, columns: int) -> None:
    for row in range(first, last + 1):
        for column in range(1, columns + 1):
            page.cell(row, column).border = BOX


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def two_row_header() -> bytes:
    """Merged headings in two rows, one line to fill, the total under it; 缺口 is the form's own formula, another sheet refers to the total."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "配备表"
    page["A1"], page["A2"], page["F2"] = "基层社会救助人员配备情况表", "填报单位（盖章）：", "计量：人"
    page.merge_cells("A1:F1")
    for area, words in (("A3:A4", "序号"), ("B3:B4", "乡镇（街道）"), ("C3:D3", "人员配备"), ("E3:E4", "相差"), ("F3:F4", "是否达标")):
        page[area.split(":")[0]] = words
        page.merge_cells(area)
    page["C4"], page["D4"], page["E5"], page["A6"] = "应配人数", "实配人数", "=D5-C5", "合计"
    for letter in "CDE":
        page[f"{letter}6"] = f"=SUM({letter}5:{letter}5)"
    page["A8"], page["D8"] = "填表人：", "见上"
    page.merge_cells("D8:F8")
    ruled(page, 3, 6, 6)
    page["B5"].font, page["B5"].fill = Font(name="仿宋", size=11), PatternFill("solid", "FFFFEE")
    page["D5"].number_format = "0"
    page.row_dimensions[5].height, page.row_dimensions[6].height, page.row_dimensions[8].height = 24, 30, 18
    yes_no = DataValidation("list", formula1='"是,否"', sqref="F5:F5")
    page.add_data_validation(yes_no)
    page.conditional_formatting.add("E5:E5", CellIsRule("lessThan", ["$C$6"], fill=PatternFill("solid", bgColor="FFCCCC")))
    page.print_title_rows, page.print_area = "3:4", "A1:F8"
    book.defined_names["明细"] = DefinedName("明细", attr_text="配备表!$A$5:$F$5")
    book.defined_names["合计人数"] = DefinedName("合计人数", attr_text="配备表!$D$6")
    other = book.create_sheet("附页")
    other["A1"], other["B1"] = "实配合计", "=配备表!D6"
    return saved(book)


def total_above() -> bytes:
    """A row of 栏次, the total over three lines, money in 万元 as the sheet says; the lines have a merged remark each."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "工资"
    page["A1"], page["E2"] = "工资待遇表", "单位：人、万元"
    page.merge_cells("A1:F1")
    for column, words in enumerate(("使用单位", "期末在岗人数", "应发工资总额", "标准达标率（%）", "情况说明"), 1):
        page.cell(3, column, words)
    page.merge_cells("E3:F3")
    for column, words in enumerate(("甲", 1, 2, 3, 4), 1):
        page.cell(4, column, words)
    page["A5"] = "全县合计"
    for row in (6, 7, 8):
        page.merge_cells(f"E{row}:F{row}")
    page["A9"] = "注：应发工资按所属月份填列。"
    page["C6"].number_format = "0.0000"
    ruled(page, 3, 8, 6)
    return saved(book)


def total_below() -> bytes:
    """Twenty ruled lines, more than there are towns; two formula columns of the form's own, the total sums them."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Sheet1"
    page["A1"] = "购买服务人员情况"
    page.merge_cells("A1:E1")
    for column, words in enumerate(("单位名称", "实际配备人数", "购买服务与派遣", "其他人员", "占比"), 1):
        page.cell(2, column, words)
    for row in range(3, 23):
        page[f"D{row}"] = f"=B{row}-C{row}"
        page[f"E{row}"] = f'=IF(B{row}="","",ROUND(C{row}/B{row},4))'
    page["A3"], page["B3"] = "示例镇", 99
    page["A23"] = "合 计"
    for letter in "BCD":
        page[f"{letter}23"] = f"=SUM({letter}3:{letter}22)"
    ruled(page, 2, 23, 5)
    return saved(book)


def with_text_box(content: bytes, words: str) -> bytes:
    """The same workbook with a text box on its first sheet."""
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp textlink=""><xdr:txBody>'
        f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    stream = BytesIO(content)
    with ZipFile(stream, "a", ZIP_DEFLATED) as parts:
        parts.writestr("xl/drawings/drawing1.xml", drawing)
    return stream.getvalue()
