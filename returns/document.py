"""Documents for WPS and Word (.docx): headings, paragraphs and tables in official style, written with the standard library alone.

A document is plain data; `write` makes the same bytes of the same data on any day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from resources import files

_FIXED: Final = (1980, 1, 1, 0, 0, 0)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
"""As official documents are set; programs without these fonts take their own 宋体, 黑体 and 仿宋."""


@dataclass(frozen=True, slots=True)
class Heading:
    """一、… (level 1) or （一）… (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, two signs indented. `align`: both | center | right."""

    text: str
    align: str = "both"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; the first row is its heading, repeated on every page. `widths` in shares of the line."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A titled document on A4, with page numbers at the foot."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""


def write(document: Document, target: Path) -> Path:
    """Write a document; the old file stays where that fails. ValueError with a sentence for the disk's or a program's reasons."""
    try:
        files.write(target, content(document))
    except OSError as error:
        raise ValueError(files.sentence(target, error)) from error
    return target


def content(document: Document) -> bytes:
    """The bytes of the .docx file."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": _document(document),
        "word/styles.xml": _STYLES,
        "word/footer1.xml": _FOOTER,
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = ZipInfo(name, _FIXED)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return stream.getvalue()


def _document(document: Document) -> str:
    body = [_paragraph(document.title, "Title")]
    if document.subtitle:
        body.append(_paragraph(document.subtitle, "Subtitle"))
    for block in document.blocks:
        body += _block(block)
    section = (
        f'<w:sectPr><w:footerReference {_R} w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body>{''.join(body)}{section}</w:body></w:document>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield _paragraph(block.text, f"Heading{min(block.level, 2)}")
    elif isinstance(block, Table):
        yield _table(block)
        yield _paragraph("", "Small")
    elif isinstance(block, PageBreak):
        yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    else:
        for line in block.text.split("\n"):
            yield _paragraph(line, "Body" if block.indent else "Flat", block.align)


def _paragraph(text: str, style: str, align: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' + (f'<w:jc w:val="{align}"/>' if align and align != "both" else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(text)}</w:p>"


def _run(text: str) -> str:
    plain = escape(_CONTROL.sub("", text), quote=False)
    return f'<w:r><w:t xml:space="preserve">{plain}</w:t></w:r>' if plain else ""


def _table(table: Table) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    shares = table.widths or (1,) * columns
    if len(shares) != columns or any(len(row) != columns for row in table.rows):
        raise ValueError("文档里的表格各行列数不同，没有生成。请联系程序的维护人员。")
    widths = [8844 * share // sum(shares) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths, at == 0) for at, row in enumerate(table.rows))
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="8844" w:type="dxa"/><w:jc w:val="center"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _row(row: Sequence[str], widths: Sequence[int], head: bool) -> str:
    style = "TableHead" if head else "TableCell"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{_paragraph(text, style)}</w:tc>'
        for text, width in zip(row, widths, strict=True)
    )
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _style(name: str, font: str, size: int, paragraph: str, run: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{fonts}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


_LINE: Final = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
_STYLES: Final = (
    f"<w:styles {_W}>"
    + _style("Title", TITLE_FONT, 44, '<w:spacing w:before="0" w:after="240" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>')
    + _style("Subtitle", "楷体_GB2312", 32, f'{_LINE}<w:jc w:val="center"/>')
    + _style("Heading1", HEADING_FONT, 32, f'<w:keepNext/>{_LINE}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>')
    + _style("Heading2", "楷体_GB2312", 32, f'<w:keepNext/>{_LINE}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="1"/>', "<w:b/>")
    + _style("Body", BODY_FONT, 32, f'{_LINE}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>')
    + _style("Flat", BODY_FONT, 32, f'{_LINE}<w:jc w:val="both"/>')
    + _style("Small", BODY_FONT, 16, '<w:spacing w:before="0" w:after="0"/>')
    + _style("TableHead", HEADING_FONT, 21, '<w:jc w:val="center"/>')
    + _style("TableCell", "宋体", 21, '<w:jc w:val="center"/>')
    + _style("PageNumber", "宋体", 28, '<w:jc w:val="center"/>')
    + '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:tblPr><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)
_FOOTER: Final = (
    f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("footer1", "footer"))
    )
    + "</Types>"
)


def _relations(*targets: tuple[str, str]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(f'<Relationship Id="rId{at}" Type="{base}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


_RELS: Final = _relations(("officeDocument", "word/document.xml"))
_DOCUMENT_RELS: Final = _relations(("styles", "styles.xml"), ("footer", "footer1.xml"))
