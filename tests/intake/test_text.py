"""Text tables: encodings, delimiters, rows that do not fit."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import CellError
from intake.limits import LIMITS
from intake.refusal import Refusal
from intake.text import decode, read_text

NAMES = "姓名,单位\n䶮䶮,塘㙍镇\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (NAMES.encode("utf-8-sig"), "utf-8-sig"),
        (NAMES.encode(), "utf-8"),
        (NAMES.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + NAMES.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + NAMES.encode("utf-16-be"), "utf-16"),
    ],
)
def test_encodings(data, encoding):
    sheet, found, warnings = read_text(data, "花名册")
    assert found == encoding
    assert sheet.rows == {1: ("姓名", "单位"), 2: ("䶮䶮", "塘㙍镇")}
    assert bool(warnings) == (encoding == "gb18030")


@pytest.mark.parametrize(
    "data", [b"a,b\0c", "姓名,A".encode("utf-16-le"), b"\xff\xff\xff", codecs.BOM_UTF16_LE + b"\x00\x00a\x00", b"\xff\xfea"]
)
def test_what_is_no_text(data):
    with pytest.raises(Refusal, match="另存为"):
        decode(data)


@given(st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs")), min_size=1))
def test_utf8_text_is_never_taken_for_another_encoding(text):
    assert decode(text.encode("utf-8-sig"))[0] == text
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), "utf-8-sig") if text[0] == "\ufeff" else (text, "utf-8")


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_delimiters(sign):
    text = f'姓名{sign}备注{sign}工资\n张三{sign}"甲{sign}乙"{sign}"1,234.50"\n'
    assert read_text(text.encode(), "a")[0].rows == {1: ("姓名", "备注", "工资"), 2: ("张三", f"甲{sign}乙", "1,234.50")}


def test_blank_lines_count_as_rows_and_texts_stay_texts():
    sheet, _, warnings = read_text('\n名册\n姓名,证件号\n张三,="0440101"\n李四,#REF!\n'.encode(), "a")
    assert sheet.rows == {2: ("名册",), 3: ("姓名", "证件号"), 4: ("张三", "0440101"), 5: ("李四", CellError("#REF!"))}
    assert warnings == ()


def test_rows_of_another_width_are_named():
    _, _, warnings = read_text("姓名,单位,工资\n张三,大坪镇,1,234.50\n李四,石角镇,1000\n".encode(), "a")
    assert "第 2 行" in warnings[0] and "错列" in warnings[0]


@pytest.mark.parametrize("text", ['姓名,单位\n张三,"大坪镇\n李四,石角镇\n', '姓名,单位\n张三,"大坪镇\n李四,"石角镇"\n'])
def test_an_unclosed_quote_is_refused_with_its_line(text):
    with pytest.raises(Refusal, match="第 2 行起"):
        read_text(text.encode(), "a")


def test_caps():
    small = replace(LIMITS, rows=2, columns=3, text=5)
    for text, says in (("a\nb\nc\n", "超过 2 行"), ("a,b,c,d\n", "超过 3 列"), ("abcdef\n", "超过 5 个字")):
        with pytest.raises(Refusal, match=says):
            read_text(text.encode(), "a", small)
    assert read_text(b"a,b,c\nabcde\n", "a", small)[0].rows == {1: ("a", "b", "c"), 2: ("abcde",)}
    with pytest.raises(Refusal, match="过长"):
        read_text(b"a" * 200_000, "a")


field = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=6).filter(
    lambda t: not t.startswith(("#", '="', "Err:"))
)


@given(st.lists(st.lists(field, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_the_standard_writer_wrote_comes_back(rows):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(read_text(out.getvalue().encode("utf-8-sig"), "a")[0].rows.values()) == [tuple(row) for row in rows]
