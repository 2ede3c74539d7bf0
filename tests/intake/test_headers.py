"""Heading rows and which field each heading names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.headers import find_header, heading, match, normal
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

ROSTER = {
    "name": Field("姓名", TEXT, ("职工姓名",), required=True),
    "unit": Field("派驻单位", TEXT, ("使用单位", "服务单位")),
    "start": Field("合同开始日期", DATE, ("合同起始日期",)),
    "end": Field("合同结束日期", DATE, ("合同终止日期",)),
}
PAY = {
    "name": Field("姓名", TEXT, required=True),
    "base": Field("基本工资", MONEY),
    "performance": Field("绩效工资", MONEY, ("绩效",)),
    "gross": Field("应发工资", MONEY, ("应发合计",)),
    "net": Field("实发工资", MONEY),
    "fund": Field("个人公积金", MONEY, ("公积金",)),
    "employer_fund": Field("单位公积金", MONEY),
}
STAFF = {"need": Field("应配备人数", COUNT), "have": Field("实际配备人数", COUNT, ("实配备人数",))}


def headings(*texts: str):
    return tuple(heading(column, text) for column, text in enumerate(texts))


@pytest.mark.parametrize(
    ("text", "plain", "unit", "required"),
    [
        ("应发工资（元）", "应发工资", "元", False),
        (" 应 发\n工资(万元) ", "应发工资", "万元", False),
        ("＊姓　名", "姓名", "", True),
        ("姓名\u200b（必填）", "姓名", "", True),
        ("户数（户）", "户数", "户", False),
        ("养老保险（个人）", "养老保险个人", "", False),
        ("出生日期（YYYY-MM-DD）", "出生日期", "", False),
        ("月工资（元/人·月）", "月工资", "元/人·月", False),
        ("占比【％】", "占比", "%", False),
        ("金额（单位：万元）", "金额", "万元", False),
    ],
)
def test_what_a_heading_says(text, plain, unit, required):
    one = heading(0, text)
    assert (normal(text), one.unit, one.required) == (plain, unit, required)


def test_below_three_title_rows_and_blank_ones():
    rows = {
        1: ("东岭县社会救助经办服务人员花名册",),
        2: ("填报单位：东岭县民政局", None, "2026年5月"),
        4: ("（内部资料）",),
        6: ("序号", "姓  名", "使用单位", "合同起始日期", "合同终止日期", "备注"),
        7: (1, "张三", "大坪镇"),
    }
    header = find_header(rows, ROSTER)
    assert header and (header.first, header.last) == (6, 6)
    found = match(header.headings, ROSTER)
    assert found.sure == {"name": 1, "unit": 2, "start": 3, "end": 4}
    assert [one.text for one in found.unmapped] == ["序号", "备注"]
    assert (found.guesses, found.duplicates, found.missing) == ({}, {}, ())


@given(st.permutations(["姓名", "派驻单位", "合同开始日期", "合同结束日期", "备注", "序号"]))
def test_order_of_columns_does_not_matter(order):
    header = find_header({1: ("标题",), 2: tuple(order)}, ROSTER)
    assert header
    sure = match(header.headings, ROSTER).sure
    assert {field_id: order[column] for field_id, column in sure.items()} == {field_id: field.label for field_id, field in ROSTER.items()}


def test_a_sheet_without_known_headings_has_no_header():
    assert find_header({1: ("甲", "乙"), 2: (1, 2)}, ROSTER) is None
    assert find_header({}, ROSTER) is None


def test_two_rows_under_a_group():
    upper = ("序号", "姓名", "应发工资", None, None, "实发工资")
    rows = {1: ("工资表（单位：元）",), 2: upper, 3: (None, None, "基本工资", "绩效", "小计"), 4: (1, "张三", 2000, 800, 2800, 2500)}
    for merged in ((), ("A1:F1", "C2:E2", "A2:A3", "B2:B3", "F2:F3")):
        header = find_header(rows, PAY, merged)
        assert header and (header.first, header.last) == (2, 3)
        assert [one.whole for one in header.headings] == ["序号", "姓名", "应发工资/基本工资", "应发工资/绩效", "应发工资/小计", "实发工资"]
        found = match(header.headings, PAY)
        assert found.sure == {"name": 1, "net": 5, "base": 2, "performance": 3}
        assert found.guesses == {"gross": 4}


def test_a_group_is_never_taken_for_its_first_column():
    rows = {1: ("姓名", "实发工资", "应发工资", None), 2: (None, None, "甲项", "乙项"), 3: ("张三", 5, 1, 2)}
    header = find_header(rows, PAY, ("C1:D1",))
    assert header
    assert "gross" not in match(header.headings, PAY).sure


def test_the_lower_row_alone_never_against_the_upper():
    rows = {
        1: ("姓名", "单位缴费", None, "工资", None),
        2: (None, "养老", "公积金", "基本工资", "住房"),
        3: ("张三", 1, 2, 3, 4),
    }
    header = find_header(rows, PAY, ("B1:C1", "D1:E1", "A1:A2"))
    assert header and (header.first, header.last) == (1, 2)
    found = match(header.headings, PAY)
    assert "fund" not in found.guesses and "fund" not in found.sure


@pytest.mark.parametrize(
    ("group", "sure"),
    [
        ("工资项目", True), ("应发工资", True), ("其中", True), ("2026年", True), ("补发", False), ("上月", False), ("调整前", False),
        ("单位部分", False), ("扣款", False), ("预算数", False), ("计划", False), ("工资标准", False), ("个人部分", False),
    ],
)  # fmt: skip
def test_a_lower_heading_is_sure_where_the_upper_one_only_gathers(group, sure):
    rows = {1: ("姓名", group, None), 2: (None, "基本工资", "甲项"), 3: ("张三", 1, 2)}
    header = find_header(rows, PAY, ("A1:A2", "B1:C1"))
    assert header
    found = match(header.headings, PAY)
    assert (found.sure.get("base"), found.guesses.get("base")) == ((1, None) if sure else (None, 1))


def test_a_lower_heading_keeps_the_word_its_field_has_too():
    fields = {"name": PAY["name"], "rate": Field("年工资标准", MONEY)}
    rows = {1: ("姓名", "工资标准", None), 2: (None, "年工资标准", "甲项"), 3: ("张三", 1, 2)}
    header = find_header(rows, fields, ("B1:C1",))
    assert header and match(header.headings, fields).sure == {"name": 0, "rate": 1}


def test_two_lower_headings_of_one_field_are_never_sure():
    rows = {1: ("姓名", "甲公司", None, "乙公司", None, "实发工资"), 2: (None, "基本工资", "甲项", "基本工资", "乙项"), 3: ("张三", 1, 2, 3, 4, 5)}
    header = find_header(rows, PAY, ("B1:C1", "D1:E1"))
    assert header and "base" not in match(header.headings, PAY).sure


def test_the_row_said_by_the_clerk_is_the_heading_row():
    rows = {1: ("姓名", "基本工资"), 2: ("甲", "乙"), 3: ("张三", 1)}
    header = find_header(rows, PAY, (), 2)
    assert header and (header.first, header.last) == (2, 2)
    assert find_header(rows, PAY, (), 7) is None
    assert find_header({1: (1, 2)}, PAY, (), 1) is None


def test_a_slash_in_one_heading_is_no_second_row():
    assert match(headings("负责人/姓名"), PAY).sure == {}


def test_label_before_synonym_and_duplicates_are_not_taken():
    assert match(headings("公积金", "个人公积金"), PAY).sure == {"fund": 1}
    found = match(headings("姓名", "工资", "姓 名"), PAY)
    assert found.duplicates == {"name": (0, 2)}
    assert found.sure == {} and found.guesses == {}
    assert found.missing == ("name",)
    assert [one.column for one in found.unmapped] == [0, 1, 2]


def test_a_synonym_two_fields_claim_names_neither():
    fields = {"a": Field("甲金额", MONEY, ("金额",)), "b": Field("乙金额", MONEY, ("金额",))}
    assert match(headings("金额"), fields).sure == {}


def test_a_likeness_is_a_guess():
    found = match(headings("职工的姓名", "派驻的单位"), ROSTER)
    assert found.sure == {}
    assert found.guesses == {"name": 0, "unit": 1}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("应配备人员数", {"have": STAFF["have"]}),
        ("实配备人员数", {"need": STAFF["need"]}),
        ("实发的工资", {"gross": PAY["gross"]}),
        ("应发的工资", {"net": PAY["net"]}),
        ("工资", {"gross": PAY["gross"], "net": PAY["net"]}),
        ("合同的结束日期", {"start": ROSTER["start"]}),
        ("用人单位名称", {"a": Field("用工单位名称", TEXT)}),
        ("市级补助资金", {"a": Field("县级补助资金", MONEY)}),
        ("单位的公积金", {"fund": PAY["fund"]}),
        ("服务期限起", {"a": Field("服务期限止", DATE)}),
        ("低保城市户数", {"a": Field("低保城市人数", COUNT)}),
    ],
)
def test_never_across_words_that_mean_another_thing(text, fields):
    found = match(headings(text), fields)
    assert found.sure == {} and found.guesses == {}


@given(st.lists(st.sampled_from(list("应实发工资配备人数合计的小本月")), min_size=1, max_size=8).map("".join))
def test_should_and_is_are_never_confused(text):
    for fields in (PAY, STAFF):
        found = match(headings(text), fields)
        for field_id in (*found.sure, *found.guesses):
            label = fields[field_id].label
            assert ("应" in text) == ("应" in label) and ("实" in text) == ("实" in label)


@given(st.dictionaries(st.integers(1, 40), st.lists(st.text(max_size=6) | st.none() | st.integers(), max_size=6).map(tuple), max_size=8))
def test_any_sheet_can_be_searched(rows):
    find_header(dict(sorted(rows.items())), PAY)


def test_unit_of_the_whole_sheet():
    rows = {1: ("经费表",), 2: (None, None, "单位： 万元"), 3: ("姓名", "应发工资"), 4: ("张三", 1)}
    header = find_header(rows, PAY)
    assert header and header.unit == "万元"


def test_unit_beside_a_title_merged_in_two_pieces():
    rows = {1: ("经费表", None, None, "单位：万元", None), 2: ("序号", "姓名", "基本工资", "应发工资", "实发工资"), 3: (1, "张三", 1, 2, 3)}
    for merged in ((), ("A1:C1", "D1:E1")):
        header = find_header(rows, PAY, merged)
        assert header and (header.first, header.last, header.unit) == (2, 2, "万元")


def test_two_groups_over_everything_are_read_together():
    rows = {
        1: ("单位缴费", None, "个人缴费", None),
        2: ("姓名", "公积金", "基本工资", "住房"),
        3: ("张三", 1, 2, 3),
    }
    header = find_header(rows, PAY, ("A1:B1", "C1:D1"))
    assert header and (header.first, header.last) == (1, 2)
    found = match(header.headings, PAY)
    assert found.sure == {} and "fund" not in found.guesses
