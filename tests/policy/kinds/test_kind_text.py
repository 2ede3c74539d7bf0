from __future__ import annotations

from datetime import date, datetime

import pytest

from policy.kinds import Unreadable
from policy.kinds.text import CODE, NAME, PHONE, TEXT

EDGE_NAMES = (
    "欧阳建华", "司徒嘉欣", "禤家豪", "佘㙍明", "赵一", "古丽·阿依夏木", "冼　静", "邝𬱖", "买买提·吾守尔·阿不都热合曼", "塘㙍镇",
    "双百社工（二）",
)  # fmt: skip


@pytest.mark.parametrize("name", EDGE_NAMES)
def test_names_stay_as_written(name: str) -> None:
    assert NAME.parse(name, None) == name
    assert NAME.parse(f" {name}　\n", None) == name
    assert NAME.parse(f"\ufeff{name[0]}\u200b{name[1:]}\u202c", None) == name


def test_a_name_keeps_its_inner_blank() -> None:
    assert NAME.parse("黎嘉铭 ", None) == "黎嘉铭"
    assert NAME.parse("冼　静", None) == "冼　静"


@pytest.mark.parametrize("raw", [12, 12.0, 3.5, "12", "2026.5", date(2026, 5, 1), "…", "（）"])
def test_what_has_no_letter_is_no_name(raw: object) -> None:
    with pytest.raises(Unreadable, match="列错位"):
        NAME.parse(raw, None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  三级 二档 ", "三级 二档"), ("第一行\n第二行\t末", "第一行 第二行 末"), ("一\r\n二", "一 二"), ("a\x00b\x07c", "abc"),
        (12, "12"), (12.0, "12"),
        (-3.0, "-3"), (3.5, "3.5"), (0, "0"), (date(2026, 5, 1), "2026-05-01"), (datetime(2026, 5, 1, 9), "2026-05-01"), ("无", "无"),
        ("=1+1", "=1+1"), ("'引号", "'引号"), ("全角１２", "全角１２"),
    ],
)  # fmt: skip
def test_text(raw: object, value: str) -> None:
    assert TEXT.parse(raw, None) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("441999", "441999"), ("００４４", "0044"), (441999, "441999"), (441999.0, "441999"),
        ("粤民函〔2019〕453号", "粤民函〔2019〕453号"),
        ("HT（2026）ａ－01", "HT（2026）a－01"), ("'0012", "0012"), ("622202000000000000012", "622202000000000000012"),
        (999_999_999_999_999, "999999999999999"),
        ("2026-05", "2026-05"), ("合同①", "合同①"), ("E05", "E05"),
    ],
)  # fmt: skip
def test_codes_stay_text(raw: object, value: str) -> None:
    assert CODE.parse(raw, None) == value


@pytest.mark.parametrize("kind", [CODE, PHONE, TEXT])
@pytest.mark.parametrize("raw", [10**15, 6222020000000000128, 6.22202e18, -(10**15)])
def test_numeric_cells_of_more_than_fifteen_digits_have_lost_digits(kind: object, raw: object) -> None:
    assert kind in (CODE, PHONE, TEXT)
    with pytest.raises(Unreadable, match="存成数字"):
        kind.parse(raw, None)  # type: ignore[attr-defined]


@pytest.mark.parametrize("raw", ["6.22202E+18", "4.4e+17", "４.4Ｅ+17", "'4.4E+17", 12.5, date(2024, 3, 1)])
def test_codes_that_the_spreadsheet_changed(raw: object) -> None:
    with pytest.raises(Unreadable, match="Excel"):
        CODE.parse(raw, None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("13800000000", "13800000000"), (13800000000, "13800000000"), (13800000000.0, "13800000000"), ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"), ("+86 13800000000", "13800000000"), ("+86-138-0000-0000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"), ("'13800000000", "13800000000"), ("0758-2123456", "0758-2123456"),
        ("07582123456", "0758-2123456"),
        ("(0758)2123456", "0758-2123456"), ("（020）83123456", "020-83123456"), ("020—83123456", "020-83123456"),
        ("02083123456", "020-83123456"),
        ("0758-2123456转801", "0758-2123456-801"), ("2123456", "2123456"), (2123456, "2123456"), ("4001234567", "4001234567"),
        ("400-123-4567", "4001234567"),
        ("4001234-567", "4001234-567"),
    ],
)  # fmt: skip
def test_phones(raw: object, value: str) -> None:
    assert PHONE.parse(raw, None) == value


@pytest.mark.parametrize(
    "raw",
    [
        "1380000000",
        "138000000000",
        "12800000000",
        "13800000000/13900000000",
        7582123456,
        "110",
        "0758",
        "无",
        "13800000000张三",
        "0758-02123456",
        138.5,
    ],
)
def test_no_phones(raw: object) -> None:
    with pytest.raises(Unreadable):
        PHONE.parse(raw, None)


def test_phone_mask() -> None:
    assert PHONE.mask is not None
    assert PHONE.mask("13800000000") == "138****0000"
    assert PHONE.mask("0758-2123456") == "075****3456"
