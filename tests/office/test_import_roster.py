"""Rosters: new people whole, known people corrected, dated things only with their date; nothing wrong is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.rows import rows
from office.imports import roster
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, WAITING, WRONG, Context, Planned
from policy.example import id_no
from policy.kinds import Unreadable
from policy.names import fold
from tests.db.records import county, new

BORN = date(1990, 5, 20)
NUMBER = id_no(BORN, 1)
CHEN: Mapping[str, Any] = {"name": "陈家明", "id_no": NUMBER, "unit": "青石镇", "type": "劳务派遣", "start": date(2024, 1, 1)}


@dataclass(frozen=True)
class Row:
    row_number: int
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def book_with_towns(book: Book) -> Book:
    book.act("新建", county())
    return book


@pytest.fixture
def chen(book_with_towns: Book) -> Book:
    """陈家明 at 青石镇, 服务性 at 60 %, 4,000 + 600 元 a month since 2024."""
    bring(
        book_with_towns,
        {**CHEN, "phone": "13800000000", "employer": "岭东公司", "post": "协理员", "work_class": "服务性", "share": 6000, "monthly_fixed": 400000, "performance": 60000},
    )
    return book_with_towns


def plan(book: Book, *sheet: Mapping[str, Any], errors: Mapping[str, str] | None = None, confirmed: str = "") -> list[Planned]:
    context = Context(frozenset(), confirmed_names=frozenset([fold(confirmed)] if confirmed else []))
    planned = roster.plan([Row(number, values, errors or {}) for number, values in enumerate(sheet, 3)], book.read(roster.existing), context)
    for one in planned:
        assert one.state != WRONG or (one.errors and not one.changes)
        assert one.state not in (SAME, DUPLICATE, WAITING) or not one.changes
        assert one.state not in (NEW, CHANGED) or one.changes
    return planned


def bring(book: Book, *sheet: Mapping[str, Any]) -> list[str]:
    planned = plan(book, *sheet)
    book.act("导入", [change for one in planned for change in one.changes])
    return [one.state for one in planned]


def only(planned: list[Planned]) -> Planned:
    (one,) = planned
    return one


def table(book: Book, name: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(one[column] for column in columns) for one in book.read(rows, name)]


def test_a_new_person_whole(chen: Book) -> None:
    assert table(chen, "person", "name", "id_no", "sex", "birth", "phone") == [("陈家明", NUMBER, "男", BORN, "13800000000")]
    assert table(chen, "engagement", "person", "start", "end", "full_time") == [(1, date(2024, 1, 1), None, True)]
    assert table(chen, "engagement_term", "since", "type", "duty", "duty_share", "employer") == [(date(2024, 1, 1), "劳务派遣", "社会救助经办", 10000, "岭东公司")]
    assert table(chen, "assignment", "unit", "start", "end", "share", "post", "work_class", "pooled") == [(2, date(2024, 1, 1), None, 6000, "协理员", "服务性", False)]
    assert table(chen, "pay_standard", "since", "monthly_fixed", "performance", "year_end", "annual") == [(date(2024, 1, 1), 400000, 60000, None, None)]


def test_without_a_standard_none_is_made_up(book_with_towns: Book) -> None:
    bring(book_with_towns, CHEN)
    assert table(book_with_towns, "pay_standard", "id") == []


def test_the_same_row_again_is_the_same(chen: Book) -> None:
    assert bring(chen, CHEN) == [SAME]
    assert bring(chen, {key: CHEN[key] for key in ("name", "id_no", "unit")}) == [SAME]


def test_blanks_never_empty_what_is_there(chen: Book) -> None:
    assert bring(chen, {**CHEN, "phone": None, "employer": None, "post": None, "share": None, "performance": None, "type": None, "start": None}) == [SAME]


def test_certificate_and_party_are_read_in_the_words_senders_use_and_masked(chen: Book) -> None:
    certificate, party = roster.FIELDS["certificate_no"], roster.FIELDS["party_member"]
    assert "社会工作者证书编号" in certificate.synonyms and "政治面貌" in party.synonyms
    assert [party.kind.parse(said, None) for said in ("中共党员", "群众", "是", None)] == ["是", "否", "是", None]
    one = only(plan(chen, {**CHEN, "certificate_no": certificate.kind.parse("20190004400000123", None), "party_member": "是"}))
    assert [(cell.label, cell.old, cell.new) for cell in one.cells] == [("社工证编号", "", "****0123"), ("党员", "", "＊")]
    assert bring(chen, {**CHEN, "certificate_no": "20190004400000123", "party_member": "是"}) == [CHANGED]
    assert table(chen, "person", "certificate_no", "party_member") == [("20190004400000123", "是")]


def test_what_somebody_retires_as_is_filled_in_without_a_date_and_changed_with_one(chen: Book) -> None:
    with pytest.raises(Unreadable, match="女干部、女工人"):
        roster.FIELDS["retirement"].kind.parse("女", None)
    assert bring(chen, {**CHEN, "retirement": "女工人"}) == [CHANGED]
    assert table(chen, "engagement_term", "since", "type", "employer", "retirement") == [(date(2024, 1, 1), "劳务派遣", "岭东公司", "女工人")]
    assert bring(chen, {**CHEN, "retirement": "女工人"}) == [SAME]
    assert "起始日期" in only(plan(chen, {**CHEN, "retirement": "女干部"})).errors["退休类别"]


def test_a_persons_own_fields_are_corrected_with_masked_cells(chen: Book) -> None:
    one = only(plan(chen, {**CHEN, "phone": "13900001234", "major": "社会工作"}))
    assert one.state == CHANGED
    assert [(cell.label, cell.old, cell.new) for cell in one.cells] == [("联系电话", "138****0000", "139****1234"), ("专业", "", "社会工作")]


def test_previews_of_new_people_mask_the_number(book_with_towns: Book) -> None:
    assert NUMBER not in str(only(plan(book_with_towns, CHEN)).cells)


def test_an_unknown_unit_is_wrong_with_the_way_out(book_with_towns: Book) -> None:
    one = only(plan(book_with_towns, {**CHEN, "unit": "黑沙镇"}))
    assert one.state == WRONG
    assert "没有单位“黑沙镇”" in one.errors["使用单位"]
    assert only(plan(book_with_towns, {**CHEN, "unit": "青石镇人民政府"})).state == NEW


@pytest.mark.parametrize("blank", ["unit", "name", "id_no", "start"])
def test_a_new_person_needs_name_number_unit_and_start(book_with_towns: Book, blank: str) -> None:
    assert only(plan(book_with_towns, {**CHEN, blank: None})).state == WRONG


def test_duplicate_identity_numbers_in_one_file(book_with_towns: Book) -> None:
    first, second, third = plan(book_with_towns, CHEN, {**CHEN, "name": "李晓敏"}, CHEN)
    assert (first.state, second.state, third.state) == (NEW, WRONG, DUPLICATE)
    assert "第 3 行" in "".join(second.errors.values())


def test_a_name_without_a_number_waits_for_the_clerks_word(chen: Book) -> None:
    bare = {**CHEN, "id_no": None, "major": "社会工作"}
    assert only(plan(chen, bare)).state == WAITING
    assert NUMBER not in str(only(plan(chen, bare)).notes)
    one = only(plan(chen, bare, confirmed="陈家明"))
    assert one.state == CHANGED
    assert [cell.label for cell in one.cells] == ["专业"], "the number that is there stays"
    assert only(plan(chen, {**CHEN, "id_no": id_no(date(1991, 1, 1), 2)}, confirmed="陈家明")).state == NEW, "two numbers are two people"


def test_one_wrong_row_does_not_stop_the_others_but_is_never_written(book_with_towns: Book) -> None:
    other = id_no(date(1991, 1, 1), 2)
    bad, good = plan(book_with_towns, {**CHEN, "unit": "黑沙镇"}, {**CHEN, "name": "李晓敏", "id_no": other})
    assert (bad.state, good.state) == (WRONG, NEW)
    book_with_towns.act("导入", [change for one in (bad, good) for change in one.changes])
    assert table(book_with_towns, "person", "name") == [("李晓敏",)]


def test_errors_of_intake_are_kept_under_their_labels(book_with_towns: Book) -> None:
    one = only(plan(book_with_towns, {**CHEN, "id_no": None}, errors={"id_no": "校验码不对。"}))
    assert (one.state, dict(one.errors)) == (WRONG, {"身份证号": "校验码不对。"})


def test_another_name_under_the_same_number_is_wrong(chen: Book) -> None:
    assert "陈家明" in only(plan(chen, {**CHEN, "name": "陈家民"})).errors["姓名"]
    assert only(plan(chen, {**CHEN, "name": "陈 家　明"})).state == SAME


def test_a_namesake_is_a_new_person_with_a_note(chen: Book) -> None:
    one = only(plan(chen, {**CHEN, "id_no": id_no(date(1991, 1, 1), 2)}))
    assert one.state == NEW
    assert "同名" in "".join(one.notes)


def test_another_unit_without_a_date_is_wrong_with_the_way_out(chen: Book) -> None:
    one = only(plan(chen, {**CHEN, "unit": "白沙镇"}))
    assert (one.state, one.changes) == (WRONG, ())
    assert all(word in one.errors["使用单位"] for word in ("青石镇", "白沙镇", "派驻日期"))


def test_another_unit_with_its_date_ends_the_old_posting_the_day_before(chen: Book) -> None:
    """Nothing else of the posting changes with the move: share, post and class go along unless the sheet says otherwise."""
    assert bring(chen, {**CHEN, "unit": "白沙镇", "posted": date(2026, 6, 16)}) == [CHANGED]
    assert table(chen, "assignment", "unit", "start", "end", "share", "post", "work_class") == [
        (2, date(2024, 1, 1), date(2026, 6, 15), 6000, "协理员", "服务性"), (3, date(2026, 6, 16), None, 6000, "协理员", "服务性"),
    ]  # fmt: skip
    assert bring(chen, {**CHEN, "unit": "白沙镇", "posted": date(2026, 6, 16)}) == [SAME]
    assert bring(chen, {**CHEN, "unit": "白沙镇"}) == [SAME]


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2023, 12, 31)])
def test_a_posting_that_would_begin_before_the_old_one_is_wrong(chen: Book, day: date) -> None:
    assert only(plan(chen, {**CHEN, "start": None, "unit": "白沙镇", "posted": day})).state == WRONG


def test_moved_and_left_in_one_row(chen: Book) -> None:
    assert bring(chen, {**CHEN, "unit": "白沙镇", "posted": date(2026, 6, 1), "end": date(2026, 8, 31)}) == [CHANGED]
    assert table(chen, "assignment", "unit", "start", "end") == [(2, date(2024, 1, 1), date(2026, 5, 31)), (3, date(2026, 6, 1), date(2026, 8, 31))]
    assert table(chen, "engagement", "end") == [(date(2026, 8, 31),)]


def test_a_posting_after_the_leaving_is_wrong(chen: Book) -> None:
    assert only(plan(chen, {**CHEN, "unit": "白沙镇", "posted": date(2026, 9, 1), "end": date(2026, 8, 31)})).state == WRONG


def test_of_two_postings_the_sheet_may_show_either(chen: Book) -> None:
    chen.act("兼", [new("assignment", 2, engagement=1, unit=3, start=date(2025, 1, 1), share=4000)])
    assert only(plan(chen, CHEN)).state == SAME
    assert only(plan(chen, {**CHEN, "unit": "白沙镇"})).state == SAME
    one = only(plan(chen, {**CHEN, "unit": "东岭县民政局", "posted": date(2026, 6, 1)}))
    assert one.state == WRONG, "which of the two ends is not for the program to guess"


def test_leaving_ends_engagement_and_posting(chen: Book) -> None:
    assert bring(chen, {**CHEN, "end": date(2026, 8, 31), "end_reason": "合同到期"}) == [CHANGED]
    assert table(chen, "engagement", "end", "end_reason") == [(date(2026, 8, 31), "合同到期")]
    assert table(chen, "assignment", "end") == [(date(2026, 8, 31),)]
    assert "2026-08-31" in only(plan(chen, {**CHEN, "end": date(2026, 9, 30)})).errors["离职日期"]


def test_leaving_before_coming_is_wrong(chen: Book) -> None:
    assert only(plan(chen, {**CHEN, "end": date(2023, 12, 31)})).state == WRONG
    assert only(plan(chen, {**CHEN, "start": None, "end": date(2023, 12, 31)})).state == WRONG


def test_coming_back_is_a_new_engagement(chen: Book) -> None:
    assert "尚未离职" in only(plan(chen, {**CHEN, "start": date(2026, 3, 1)})).errors["入职日期"]
    bring(chen, {**CHEN, "end": date(2025, 12, 31)})
    assert bring(chen, {**CHEN, "start": date(2026, 3, 1), "unit": "白沙镇"}) == [CHANGED]
    assert table(chen, "engagement", "person", "start", "end") == [(1, date(2024, 1, 1), date(2025, 12, 31)), (1, date(2026, 3, 1), None)]
    assert table(chen, "assignment", "engagement", "unit", "start") == [(1, 2, date(2024, 1, 1)), (2, 3, date(2026, 3, 1))]


def test_other_conditions_are_wrong_with_the_way_out(chen: Book) -> None:
    one = only(plan(chen, {**CHEN, "type": "政府购买服务"}))
    assert "劳务派遣" in one.errors["用工形式"]
    assert "起始日期" in one.errors["用工形式"]


def test_another_standard_needs_its_date_and_what_is_blank_goes_on(chen: Book) -> None:
    assert "工资标准起始日期" in only(plan(chen, {**CHEN, "monthly_fixed": 420000})).errors["月固定工资"]
    assert bring(chen, {**CHEN, "monthly_fixed": 420000, "raised": date(2026, 7, 1)}) == [CHANGED]
    assert table(chen, "pay_standard", "since", "monthly_fixed", "performance", "annual") == [
        (date(2024, 1, 1), 400000, 60000, None), (date(2026, 7, 1), 420000, 60000, None),
    ]  # fmt: skip


def test_a_new_annual_figure_stands_alone(chen: Book) -> None:
    assert bring(chen, {**CHEN, "annual": 6000000, "raised": date(2026, 7, 1)}) == [CHANGED]
    assert table(chen, "pay_standard", "monthly_fixed", "performance", "annual") == [(400000, 60000, None), (None, None, 6000000)]
    assert bring(chen, {**CHEN, "monthly_fixed": 510000, "raised": date(2026, 9, 1)}) == [CHANGED]
    assert table(chen, "pay_standard", "monthly_fixed", "performance", "annual")[-1] == (510000, None, None)


def test_an_annual_figure_equal_to_the_parts_is_no_change(chen: Book) -> None:
    assert bring(chen, {**CHEN, "annual": 12 * 460000}) == [SAME]


def test_annual_and_parts_that_differ_are_wrong(book_with_towns: Book) -> None:
    one = only(plan(book_with_towns, {**CHEN, "monthly_fixed": 400000, "annual": 5000000}))
    assert "48,000.00" in one.errors["年工资标准"]
    assert only(plan(book_with_towns, {**CHEN, "monthly_fixed": 400000, "annual": 4800000})).state == NEW


def test_posted_before_entering_is_wrong(book_with_towns: Book) -> None:
    assert "派驻日期" in only(plan(book_with_towns, {**CHEN, "posted": date(2023, 12, 31)})).errors


def test_a_plan_is_one_act_and_one_undo(book_with_towns: Book) -> None:
    people = [{**CHEN, "name": f"人{n}", "id_no": id_no(date(1990, 1, 1), n)} for n in range(1, 40)]
    assert bring(book_with_towns, *people) == [NEW] * 39
    assert bring(book_with_towns, *people) == [SAME] * 39
    book_with_towns.undo()
    book_with_towns.undo()
    assert [table(book_with_towns, name, "id") for name in ("person", "engagement", "engagement_term", "assignment")] == [[], [], [], []]


# The end of a posting


def test_a_posting_may_come_with_its_end(book_with_towns: Book) -> None:
    assert bring(book_with_towns, {**CHEN, "posted_to": date(2026, 6, 30)}) == [NEW]
    assert table(book_with_towns, "assignment", "start", "end") == [(date(2024, 1, 1), date(2026, 6, 30))]
    assert bring(book_with_towns, {**CHEN, "posted_to": date(2026, 6, 30)}) == [SAME]
    assert table(book_with_towns, "engagement", "end") == [(None,)], "the person stays employed"


def test_the_end_of_a_posting_is_added_and_never_moved(chen: Book) -> None:
    one = only(plan(chen, {**CHEN, "posted_to": date(2026, 6, 30)}))
    assert (one.state, [(cell.label, cell.old, cell.new) for cell in one.cells]) == (CHANGED, [("派驻结束日期", "", "2026-06-30")])
    chen.act("导入", one.changes)
    assert "台账里的派驻结束日期是 2026-06-30" in only(plan(chen, {**CHEN, "posted_to": date(2026, 7, 31)})).errors["派驻结束日期"]
    assert bring(chen, {**CHEN, "unit": "白沙镇", "posted": date(2026, 7, 1)}) == [CHANGED]
    assert table(chen, "assignment", "unit", "start", "end") == [(2, date(2024, 1, 1), date(2026, 6, 30)), (3, date(2026, 7, 1), None)]


@pytest.mark.parametrize("more", [{"posted_to": date(2023, 12, 31)}, {"posted_to": date(2026, 7, 1), "end": date(2026, 6, 30)}, {"posted": date(2026, 8, 1), "posted_to": date(2026, 7, 1)}])
def test_a_posting_ends_within_the_engagement(book_with_towns: Book, more: dict[str, Any]) -> None:
    assert "派驻结束日期" in only(plan(book_with_towns, {**CHEN, **more})).errors


def test_two_units_of_one_name_are_never_guessed_between(book_with_towns: Book) -> None:
    book_with_towns.act("村", [change for number, town in ((8, 2), (9, 3)) for change in (
        new("unit", number, sort_no=number), new("unit_version", number, unit=number, since=date(2000, 1, 1), name="新村", type="村（社区）", parent=town),
    )])  # fmt: skip
    assert "2 个单位都叫“新村”" in only(plan(book_with_towns, {**CHEN, "unit": "新村"})).errors["使用单位"]
