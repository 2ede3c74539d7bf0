"""Sniff: what a file is by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from intake import ole
from intake.refusal import DAMAGED, RESAVE, Refusal

XLSX: Final = "xlsx"
ODS: Final = "ods"
XLS: Final = "xls"
TEXT: Final = "text"

LOCKED: Final = "文件设有打开密码，程序读不到内容。请在 Excel 或 WPS 中打开，取消打开密码后另存一份再导入。"

_SIGNATURES: Final = (
    (b"%PDF", "这是 PDF 文件，不是电子表格。请向发送方索取 Excel 文件。"),
    (b"\x89PNG", "这是图片，不是电子表格。请向发送方索取 Excel 文件。"),
    (b"\xff\xd8\xff", "这是图片，不是电子表格。请向发送方索取 Excel 文件。"),
    (b"Rar!", "这是压缩包，请先解压，再导入里面的表格文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压，再导入里面的表格文件。"),
    (b"\x1f\x8b", "这是压缩包，请先解压，再导入里面的表格文件。"),
    (b"{\\rtf", "这是文字文档，不是电子表格。请把表格复制到 Excel 中保存后再导入。"),
    (b"\x09\x00\x04\x00", "这是很旧的 Excel 格式（4.0 以前）。" + RESAVE),
    (b"\x09\x02\x06\x00", "这是很旧的 Excel 格式（4.0 以前）。" + RESAVE),
    (b"\x09\x04\x06\x00", "这是很旧的 Excel 格式（4.0 以前）。" + RESAVE),
)


def sniff(data: bytes) -> str:
    """xlsx | ods | xls (also .et) | text, or a Refusal that names what the file is and the next step."""
    if not data.strip(b"\0 \t\r\n"):
        raise Refusal("文件是空的。请确认发送方传来的文件有内容。")
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise Refusal(sentence)
    if data.startswith(ole.MAGIC):
        return _ole(data)
    if data.startswith(b"PK"):
        return _zip(data)
    return _text(data)


def _ole(data: bytes) -> str:
    found = ole.streams(data)
    if "EncryptedPackage" in found:
        raise Refusal(LOCKED)
    book = found.get("Workbook") or found.get("Book")
    if book:
        if ole.locked(data, book):
            raise Refusal(LOCKED)
        return XLS
    if "WordDocument" in found:
        raise Refusal("这是 Word 文档，不是电子表格。请把表格复制到 Excel 中保存后再导入。")
    raise Refusal("文件里没有工作簿。" + RESAVE)


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as broken:
        raise Refusal(DAMAGED) from broken
    if "content.xml" in names and "mimetype" in names:
        return ODS
    if any(name.endswith("workbook.bin") for name in names):
        raise Refusal("这是 Excel 二进制工作簿（.xlsb），程序不读这种格式。" + RESAVE)
    if any(name.startswith("word/") for name in names):
        raise Refusal("这是 Word 文档，不是电子表格。请把表格复制到 Excel 中保存后再导入。")
    if any(name.startswith("ppt/") for name in names):
        raise Refusal("这是演示文稿，不是电子表格。请向发送方索取 Excel 文件。")
    if "[Content_Types].xml" in names:
        return XLSX
    raise Refusal("这是压缩包，不是电子表格。请先解压，再导入里面的表格文件。")


def _text(data: bytes) -> str:
    head = data[:4096]
    for encoding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        start = head.decode(encoding, "ignore").lstrip().lower()
    if start.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refusal("这是“XML 电子表格 2003”格式。" + RESAVE)
    if start.startswith(("<!doctype", "<html", "<table", "<meta", "<head", "<body", "<style", "<div", "<?xml", "<script")):
        raise Refusal("文件内容是网页（有些系统导出的 .xls 其实是网页）。" + RESAVE)
    if start.startswith(("mime-version:", "from: <saved by")):
        raise Refusal("文件内容是单个文件网页（.mht）。" + RESAVE)
    return TEXT
