"""Files that hang, abort or mislead a reader: each ends in a sentence, and none of its cells become values."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import ole
from intake.child import open_source
from intake.limits import LIMITS
from intake.precheck import open_archive, walk
from intake.refusal import Refusal
from intake.sniff import sniff

SMALL = replace(LIMITS, part=200_000, unpacked=300_000, rows=50, columns=20, styles=100, strings=200, merges=100, text=100, sheets=3)


def refusal(data: bytes, limits=LIMITS, name: str = "来件.xlsx") -> str:
    with pytest.raises(Refusal) as caught:
        list(open_source(data, name, None, limits).sheets)
    return str(caught.value)


def cell(ref: str, value: str = "1") -> str:
    row = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{ref}"><v>{value}</v></c></row>'


def test_many_cells_of_a_small_file(craft):
    assert "压缩比" in refusal(craft("<row><c><v>1</v></c></row>" * 120_000))


def test_declared_size_beyond_the_caps(craft):
    assert "太大" in refusal(craft("<row/>" * 40_000), SMALL)


def test_all_parts_together_beyond_the_cap(parts, pack):
    made = parts(cell("A1")) | {f"xl/media/{n}.bin": bytes(range(256)) * 600 for n in range(3)}
    assert "合计" in refusal(pack(made), SMALL)


def test_declared_size_lies(craft):
    data = bytearray(craft("<row><c><v>1</v></c></row>" * 100))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    central = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, central + 24, part.file_size // 2)
    assert "损坏" in refusal(bytes(data))


def test_wrong_checksum(craft):
    data = bytearray(craft(cell("A1")))
    central = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[central + 16] ^= 0xFF
    assert "损坏" in refusal(bytes(data))


def test_cut_file(craft):
    data = craft(cell("A1"))
    assert "损坏" in refusal(data[: len(data) // 2])


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml"])
def test_duplicate_and_case_clashing_names(craft, name):
    out = io.BytesIO(craft(cell("A1")))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, "<worksheet/>")
    assert "重名" in refusal(out.getvalue())


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "C:evil.xml", "xl/../../evil.xml", "..\\evil.xml"])
def test_names_that_leave_the_file(parts, pack, name):
    assert "越出" in refusal(pack(parts(cell("A1")) | {name: "x"}))


def test_too_many_entries(parts, pack):
    assert "部件" in refusal(pack(parts(cell("A1")) | {f"x/{n}": "" for n in range(2001)}))


def test_overlapping_entries(craft):
    data = bytearray(craft(cell("A1")))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert "重叠" in refusal(bytes(data))


def test_encrypted_entries(craft):
    data = bytearray(craft(cell("A1")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "打开密码" in refusal(bytes(data))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"])
def test_doctypes(parts, pack, doctype, part):
    made = parts(cell("A1"))
    made[part] = doctype + made[part]
    assert "DOCTYPE" in refusal(pack(made))


def test_deep_nesting(craft):
    assert "嵌套" in refusal(craft("<a>" * 65 + "</a>" * 65))


def test_a_lying_dimension_is_ignored(parts, pack):
    made = parts(cell("A1"))
    sheet_xml = made["xl/worksheets/sheet1.xml"]
    made["xl/worksheets/sheet1.xml"] = sheet_xml.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    (sheet,) = open_source(pack(made), "a.xlsx", None).sheets
    assert sheet.rows == {1: (1,)}


def test_cell_far_to_the_right_is_named(craft):
    assert "XFD1048576" in refusal(craft(cell("A1") + cell("XFD1048576")))


def test_cell_far_below_costs_nothing(craft):
    (sheet,) = open_source(craft(cell("A1") + cell("B1048576")), "a.xlsx", None).sheets
    assert sheet.rows == {1: (1,), 1048576: (None, 1)}


@pytest.mark.parametrize("number", ["99999999", "1048577", "0", "-1", "1e3", "９"])
def test_row_numbers_beyond_excel(craft, number):
    assert "行号" in refusal(craft(f'<row r="{number}"><c><v>1</v></c></row>'))


@pytest.mark.parametrize(
    "rows",
    [
        cell("A2") + cell("A1"),
        cell("A1") + cell("A1"),
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A7"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
    ],
)
def test_order_in_which_a_reader_would_drop_cells(craft, rows):
    assert "错乱" in refusal(craft(rows)) or "认不出" in refusal(craft(rows))


def test_a_column_merged_to_the_bottom_is_instant(craft):
    data = craft(cell("A1"), after='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')
    (sheet,) = open_source(data, "a.xlsx", None).sheets
    assert sheet.rows == {1: (1,)}


def test_too_many_merges(craft):
    merges = '<mergeCell ref="A1:A1048576"/>'
    assert "合并单元格过多" in refusal(craft(cell("A1"), after=f"<mergeCells>{merges * 101}</mergeCells>"), SMALL)
    assert "合并单元格过多" in refusal(craft(cell("A1048576"), after=f"<mergeCells>{merges * 3}</mergeCells>"))


def test_styled_empty_rows_do_not_count(craft):
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(2, 2000))
    (sheet,) = open_source(craft(cell("A1") + rows), "a.xlsx", None, replace(SMALL, part=10**7, unpacked=10**7)).sheets
    assert sheet.rows == {1: (1,)}


def test_too_many_rows_with_values(craft):
    assert "超过 50 行" in refusal(craft("<row><c><v>1</v></c></row>" * 51), SMALL)
    (sheet,) = open_source(craft("<row><c><v>1</v></c></row>" * 50), "a.xlsx", None, SMALL).sheets
    assert len(sheet.rows) == 50


def test_too_many_strings_styles_sheets(parts, pack, craft):
    assert "文字超过" in refusal(craft(strings="<si><t>a</t></si>" * 201), SMALL)
    made = parts(cell("A1"))
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("<cellXfs count=\"5\">", "<cellXfs>" + "<xf/>" * 100)
    assert "样式过多" in refusal(pack(made), SMALL)
    made = parts(cell("A1"))
    more = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 5))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("</sheets>", more + "</sheets>")
    assert "4 张工作表" in refusal(pack(made), SMALL)


@pytest.mark.parametrize("form", ['<c t="inlineStr"><is><t>{}</t></is></c>', '<c t="str"><v>{}</v></c>'])
def test_text_longer_than_a_cell_can_hold(craft, form):
    assert "超过 100 个字" in refusal(craft(f"<row>{form.format('长' * 101)}</row>"), SMALL)
    assert "超过 100 个字" in refusal(craft(f"<row>{form.format('长' * 1001)}</row>"), SMALL)
    (sheet,) = open_source(craft(f"<row>{form.format('长' * 100)}</row>"), "a.xlsx", None, SMALL).sheets
    assert sheet.rows == {1: ("长" * 100,)}


@pytest.mark.parametrize("number", ["NaN", "1e999", "INF", "-1E400", "0x10", "１２", "²", "1 2", "--1", "9" * 65])
def test_numbers_that_are_none(craft, number):
    assert "A3" in refusal(craft(cell("A3", number)))


def test_broken_string_index(craft):
    assert "损坏" in refusal(craft('<row><c t="s"><v>5</v></c></row>', strings="<si><t>a</t></si>"))


def test_no_worksheets(parts, pack):
    made = parts()
    made["xl/workbook.xml"] = '<workbook><sheets/></workbook>'
    assert "没有工作表" in refusal(pack(made))


# Other containers


def container(names: list[str], *, loop: bool = False, book: bytes = b"") -> bytes:
    """A minimal OLE file: sector 0 the table, 1 the directory, from 2 on one stream of whole sectors."""
    book = book.ljust(4096, b"\0")
    sectors = len(book) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 2 if loop else 0xFFFFFFFE]
    header = bytearray(512)
    header[:8] = ole.MAGIC
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<108I", header, 80, *[0xFFFFFFFF] * 108)
    directory = b""
    for name, kind in [("Root Entry", 5), *((name, 2) for name in names)]:
        coded = name.encode("utf-16-le") + b"\0\0"
        entry = bytearray(128)
        entry[: len(coded)] = coded
        struct.pack_into("<HB", entry, 64, len(coded), kind)
        struct.pack_into("<II", entry, 116, 2, len(book) if kind == 2 else 0)
        directory += bytes(entry)
    return bytes(header) + struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table))) + directory.ljust(512, b"\0") + book


GLOBALS = struct.pack("<HHI", 0x0809, 4, 0)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (container(["EncryptedPackage", "EncryptionInfo"]), "打开密码"),
        (container(["Workbook"], book=GLOBALS + struct.pack("<HHH", 0x002F, 2, 0)), "打开密码"),
        (container(["Workbook"], book=GLOBALS + struct.pack("<HH", 0x000A, 0)), "没有工作表"),
        (container(["Workbook"], loop=True), "损坏"),
        (container(["WordDocument"]), "Word"),
        (container(["其他"]), "没有工作簿"),
        (ole.MAGIC, "损坏"),
        (ole.MAGIC + b"\xff" * 2000, "损坏"),
        (b"", "空的"),
        (b"\0" * 500, "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n...", "图片"),
        (b"Rar!\x1a\x07...", "压缩包"),
        (b"\x09\x04\x06\x00\x07\x00", "很旧的"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "网页"),
        ("\ufeff  <!DOCTYPE html><html>".encode(), "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 电子表格"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", ".mht"),
        (b"PK\x03\x04 broken", "损坏"),
    ],
)
def test_what_else_is_sent_as_xls(data, says):
    assert says in refusal(data, name="来件.xls")


@pytest.mark.parametrize(
    ("inside", "says"),
    [("word/document.xml", "Word"), ("ppt/slides/slide1.xml", "演示文稿"), ("xl/workbook.bin", "xlsb"), ("花名册.csv", "压缩包")],
)
def test_what_else_is_zipped(pack, inside, says):
    assert says in refusal(pack({inside: "x"}))


def ods(content: str) -> dict[str, str]:
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="表">{content}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>张三</text:p></table:table-cell>'


def test_ods_reads_and_its_repeats_are_counted_before_they_unfold(pack):
    source = open_source(pack(ods(f"<table:table-row/><table:table-row>{ODS_CELL.format('')}</table:table-row>")), "a.ods", None)
    assert [sheet.rows for sheet in source.sheets] == [{2: ("张三",)}]
    assert "空白" in source.warnings[0]
    rows = f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL.format("")}</table:table-row>'
    assert "200,000 行" in refusal(pack(ods(rows)))
    many = ODS_CELL.format(' table:number-columns-repeated="16384"')
    wide = f"<table:table-row>{many}</table:table-row>"
    assert "256 列" in refusal(pack(ods(wide)))
    odd = f'<table:table-row table:number-rows-repeated="x">{ODS_CELL.format("")}</table:table-row>'
    assert "损坏" in refusal(pack(ods(odd)))


@pytest.mark.parametrize("part", ["content.xml", "META-INF/manifest.xml"])
def test_ods_doctype(pack, part):
    made = ods("")
    made[part] = "<!DOCTYPE x>" + made[part]
    assert "DOCTYPE" in refusal(pack(made))


def saved_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", 5, 1.5, True])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SOUND = {
    "xlsx": saved_workbook(),
    "ole": container(["Workbook"], book=GLOBALS + struct.pack("<HH", 0x000A, 0)),
}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_bytes_end_in_a_sentence_or_a_sheet(kind, changes):
    data = bytearray(SOUND[kind])
    for at, byte in changes:
        data[at % len(data)] = byte
    try:
        if kind == "xlsx":
            list(open_source(bytes(data), "a.xlsx", None).sheets)
        else:
            sniff(bytes(data))
    except Refusal as said:
        assert str(said).endswith("。")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_sentence_or_a_sheet(data):
    try:
        list(open_source(data, "a.csv", None).sheets)
    except Refusal as said:
        assert str(said).endswith("。")


def test_the_stream_is_capped_whatever_was_declared(craft):
    with open_archive(craft(cell("A1"))) as archive, pytest.raises(Refusal, match="超过声明"):
        walk(archive, "xl/worksheets/sheet1.xml", replace(LIMITS, part=10))


def test_a_part_that_is_not_there(parts, pack):
    made = parts(cell("A1"))
    del made["_rels/.rels"]
    assert "缺少部件" in refusal(pack(made))


def test_a_part_without_its_local_header(craft):
    data = bytearray(craft(cell("A1")))
    data[data.index(b"PK\x03\x04", 4)] = 0
    assert "损坏" in refusal(bytes(data))
