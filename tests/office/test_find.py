"""Anybody is found by name, by 拼音 of any reading, by the end of a number; units by name and former name."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from office.find import Found, find
from office.units import rename_unit
from policy.example import id_no
from tests.db.records import county, new, worker
from tests.policy.test_spelling import SURNAMES

DAY = date(2026, 12, 31)
NUMBER = id_no(date(1990, 5, 20), 2)


@pytest.fixture
def staffed(book: Book) -> Book:
    people = [
        worker(number, end=date(2025, 6, 30) if number == 2 else None) for number in range(1, len(SURNAMES) + 1)
    ]  # fmt: skip
    book.act(
        "新建",
        [*county(), *(change for one in people for change in one), new("person", 99, name="黎嘉铭", id_no=NUMBER, phone="13800001234")],
    )
    from db.change import Change

    book.act(
        "改名", [Change("person", (number,), {"name": f"人员{number}"}, {"name": name}) for number, (name, *_) in enumerate(SURNAMES, 1)]
    )
    return book


def names(book: Book, text: str) -> list[str]:
    return [one.name for one in book.read(find, text, DAY)]


@pytest.mark.habit(20)
def test_all_names_with_ambiguous_surnames_by_every_reading(staffed: Book) -> None:
    assert [name for name, *all_letters in SURNAMES for letters in all_letters if name not in names(staffed, letters)] == []


def test_by_name_and_by_part_of_it_the_likeliest_first(staffed: Book) -> None:
    assert names(staffed, "曾小敏") == ["曾小敏"]
    assert names(staffed, "建华") == ["尉建华"]
    assert names(staffed, "美芳") == ["翟美芳", "覃美芳"]


@pytest.mark.habit(21)
@pytest.mark.parametrize("text", [NUMBER[-4:], NUMBER[-6:], NUMBER, "1234", "13800001234", "１２３４"])
def test_by_the_end_of_a_number(staffed: Book, text: str) -> None:
    assert names(staffed, text) == ["黎嘉铭"]


@pytest.mark.parametrize("text", ["", "  ", "234", NUMBER[:4], "4321", "qqq", "·"])
def test_what_finds_nobody(staffed: Book, text: str) -> None:
    assert names(staffed, text) == []


def test_numbers_are_masked_and_who_left_is_told(staffed: Book) -> None:
    (found,) = staffed.read(find, "1234", DAY)
    assert "138****1234" in found.detail
    assert NUMBER not in found.detail
    (left,) = staffed.read(find, "单文杰", DAY)
    assert "已离职" in left.detail


def test_units_by_name_former_name_and_letters(staffed: Book) -> None:
    rename_unit(staffed, 2, "青岗镇", date(2026, 1, 1))
    assert staffed.read(find, "青石", DAY) == [Found("unit", 2, "青岗镇", "乡镇　又名 青石镇")]
    assert staffed.read(find, "qgz", DAY) == [Found("unit", 2, "青岗镇", "乡镇")]
    assert names(staffed, "bsz") == ["白沙镇"]


def test_not_more_than_fit_a_list(staffed: Book) -> None:
    assert len(staffed.read(find, "z", DAY, limit=3)) == 3


REGISTERED = [
    new("plan_doc", 1, kind="具体操作方案", title="2026年购买服务具体操作方案", doc_no="东民〔2026〕12号"),
    new("meeting", 1, name="困难群众基本生活保障工作联席会议", kind="联席会议", held=date(2026, 3, 18), minutes_no="东府办纪〔2026〕7号", topics="研究年度工作要点"),
    new("recruit_batch", 1, name="2026年第一批", recruiter="岭东人力资源有限公司", plan_no="东民〔2026〕12号"),
    new("training", 1, name="岗前培训", kind="入职培训", held=date(2026, 6, 22)),
    new("incoming_doc", 1, title="关于开展督查的通知", doc_no="岭民函〔2026〕31号", received=date(2026, 9, 1)),
    new("contact", 1, name="冼国强", role="财政", organ="东岭县财政局", phone="0660-3300123"),
    new("handover", 1, on=date(2026, 7, 1), giver="张佩珊", receiver="王小明"),
    new("pay_scale", 1, name="工资层级方案", since=date(2026, 1, 1), document="东民〔2026〕1号"),
    new("reward", 1, person=99, given=date(2026, 10, 1), kind="表彰", title="先进个人"),
    new("supplier", 1, name="岭东人力资源有限公司"),
    new("purchase_contract", 1, no="DL2026-001", name="派遣协议", kind="劳务派遣", procured_as="其他", supplier=1, start=date(2026, 1, 1), end=date(2026, 12, 31)),
    new("evaluation", 1, contract=1, year=2026, third_party="广东众评咨询公司"),
    new("supervision", 1, contract=1, phase="事中", held=date(2026, 6, 1), finding="考勤记录不全"),
    new("disclosure", 1, contract=1, kind="合同公告", published=date(2026, 1, 5)),
    new("inspection", 1, organ="岭东市民政局", kind="市级检查", held=date(2026, 5, 1), finding="台账登记滞后"),
    new("problem", 1, found_on=date(2026, 3, 1), unit=2, what="没有统一受理窗口", responsible="李四"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "table", "told"),
    [
        ("东民〔2026〕12号", "plan_doc", "具体操作方案　东民〔2026〕12号"),
        ("联席会议", "meeting", "会议　2026-03-18　东府办纪〔2026〕7号"),
        ("lxhy", "meeting", "会议　2026-03-18"),
        ("年度工作要点", "meeting", "会议"),
        ("第一批", "recruit_batch", "招录批次　岭东人力资源有限公司"),
        ("岗前", "training", "培训　入职培训　2026-06-22"),
        ("岭民函", "incoming_doc", "来文　岭民函〔2026〕31号"),
        ("冼国强", "contact", "东岭县财政局"),
        ("张佩珊", "handover", "王小明"),
        ("工资层级", "pay_scale", "东民〔2026〕1号"),
        ("黎嘉铭", "reward", "黎嘉铭"),
        ("众评", "evaluation", "2026"),
        ("考勤记录", "supervision", "事中　2026-06-01"),
        ("合同公告", "disclosure", "合同公告　2026-01-05"),
        ("台账登记滞后", "inspection", "岭东市民政局　2026-05-01"),
        ("受理窗口", "problem", "青石镇　李四"),
        ("岭东人力", "supplier", "承接主体"),
        ("DL2026-001", "evaluation", "2026"),
    ],
)  # fmt: skip
def test_registers_are_found_by_title_number_or_whom_they_concern(staffed: Book, text: str, table: str, told: str) -> None:
    staffed.act("登记", REGISTERED)
    found = [one for one in staffed.read(find, text, DAY) if one.table == table]
    assert len(found) == 1 and told in found[0].detail, found


def test_a_person_stands_before_what_concerns_the_person(staffed: Book) -> None:
    staffed.act("登记", REGISTERED)
    assert [one.table for one in staffed.read(find, "黎嘉铭", DAY)] == ["person", "reward"]
