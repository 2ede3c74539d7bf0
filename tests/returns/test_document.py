"""Documents: well-formed parts, every text as it was given, the same bytes twice."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns.document import Document, Heading, PageBreak, Paragraph, Table, content, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE = Document(
    "东岭县基层社会救助经办服务能力调研报告",
    (
        Heading("一、基本情况"), Paragraph("全县共有救助对象 5,849 户，应配备 58 人，实际配备 53 人。\n缺口按单位分别计算。"), Heading("（一）人员配备", 2),
        Table((("单位", "应配", "实配"), ("石桥镇", "4", "3"), ("<&>“镇”", "2", "2")), (3, 1, 1)), PageBreak(), Paragraph("东岭县民政局", "right"),
    ),
    "（2026年度）",
)  # fmt: skip


def texts(data: bytes) -> list[str]:
    """Every paragraph's text, tables and all."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return ["".join(run.text or "" for run in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p")]


def test_all_texts_in_order() -> None:
    assert [text for text in texts(content(SAMPLE)) if text] == [
        "东岭县基层社会救助经办服务能力调研报告", "（2026年度）", "一、基本情况", "全县共有救助对象 5,849 户，应配备 58 人，实际配备 53 人。", "缺口按单位分别计算。",
        "（一）人员配备", "单位", "应配", "实配", "石桥镇", "4", "3", "<&>“镇”", "2", "2", "东岭县民政局",
    ]  # fmt: skip


def test_the_same_bytes_again_and_every_relation_has_its_part() -> None:
    data = content(SAMPLE)
    assert data == content(SAMPLE)
    with ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        for rels, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
            for one in ElementTree.fromstring(archive.read(rels)):
                assert folder + one.attrib["Target"] in names


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "调研报告.docx"
    assert write(SAMPLE, target).read_bytes() == content(SAMPLE)
    with pytest.raises(ValueError, match="请"):
        write(SAMPLE, tmp_path / "没有这个文件夹" / "a.docx")
    with pytest.raises(ValueError, match="列数不同"):
        content(Document("a", (Table((("一", "二"), ("三",))),)))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_kept_but_for_signs_no_document_holds(text: str) -> None:
    found = texts(content(Document("题", (Paragraph(text.replace("\n", "")),))))[1]
    allowed = [sign for sign in text.replace("\n", "") if sign == "\t" or (ord(sign) >= 32 and sign not in "\ufffe\uffff")]
    assert found == "".join(allowed)
