"""Acts that settle a whole list at once: units of a batch, who came by it, who was called and came, a plan's heads, matters handed over."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.change import Refused
from db.lists import Column, Edit, Row
from db.lists.history import log_of
from db.lists.management_parts import arrived, arriving, batch_lines, documents, to_be_called
from db.rows import row, rows
from office import handover, plan_docs, recruiting, training
from office.recycle import HANGING
from tests.db.records import county, everything, new, worker

DAY = date(2026, 12, 31)


@pytest.fixture
def office(book: Book) -> Book:
    book.act("底", [
        *county(), *worker(1, date(2026, 5, 8)), *worker(2, date(2026, 5, 7)), *worker(3, date(2026, 6, 1), at=3),
        new("recruit_batch", 1, name="第一批", announced=date(2026, 5, 8)), new("recruit_line", 1, batch=1, unit=2, planned=2),
        new("recruit_batch", 2, name="第二批"), new("recruit_line", 2, batch=2, unit=None, planned=1),
        new("training", 1, name="岗前", kind="入职培训", held=date(2026, 6, 20)), new("plan_doc", 1, kind="具体操作方案", dated=date(2026, 4, 28)),
        new("meeting", 1, name="会", kind="联席会议", held=date(2026, 3, 18)),
    ])  # fmt: skip
    return book


def test_who_may_have_come_by_a_batch(office: Book) -> None:
    lines, held = office.read(arriving, 1, DAY)
    assert held == [] and [value for value, _ in lines["青石镇（计划 2 人）"]] == [(1, 1)], "the day of the announcement counts, the day before does not"
    lines, _ = office.read(arriving, 2, DAY)
    assert [value for value, _ in lines["其他单位（计划 1 人）"]] == [(2, 2), (2, 1), (2, 3)], "a line without a unit is for every unit without a line"


def test_arrivals_are_linked_counted_and_undone(office: Book) -> None:
    before = office.read(everything)
    assert recruiting.arrive(office, 1, {}) is None
    recruiting.arrive(office, 1, {1: [1]})
    assert counted(office, date(2026, 5, 7)) == (None, None, 0) and counted(office, date(2026, 5, 8)) == (1, 1, 1), "on post from the day of entry on"
    assert [line.values[:2] for line in office.read(arrived, 1, DAY).rows] == [("人员1", 2)]
    with pytest.raises(Refused, match="人员1已登记为另一批次到岗"):
        recruiting.arrive(office, 2, {2: [1]})
    with pytest.raises(Refused, match="人员2 2026-05-07 入职，早于招录公告日期 2026-05-08"):
        recruiting.arrive(office, 1, {1: [1, 2]})
    with pytest.raises(Refused, match="已经不在了"):
        recruiting.arrive(office, 1, {2: [3]})
    assert recruiting.arrive(office, 1, {1: [1]}) is None
    recruiting.arrive(office, 1, {})
    assert counted(office) == (None, None, 0)
    office.undo()
    office.undo()
    assert office.read(everything) == before


def test_units_of_a_batch(office: Book) -> None:
    recruiting.set_units(office, 1, {2: 9, 3: 4})
    assert {one["unit"]: one["planned"] for one in office.read(rows, "recruit_line", batch=1)} == {2: 2, 3: 4}, "who is there keeps its own"
    assert recruiting.set_units(office, 1, {2: 9, 3: 9}) is None
    with pytest.raises(Refused, match="大于 0"):
        recruiting.set_units(office, 2, {3: 0})
    recruiting.arrive(office, 1, {1: [1]})
    with pytest.raises(Refused, match="青石镇已经登记了招录进度"):
        recruiting.set_units(office, 1, {3: 4})
    recruiting.set_units(office, 1, {2: 2})
    assert [one["unit"] for one in office.read(rows, "recruit_line", batch=1)] == [2]
    with pytest.raises(Refused, match="招录批次已经不在了"):
        recruiting.set_units(office, 9, {})
    log = [line.values for line in office.read(log_of, "recruit_batch", 1, HANGING["recruit_batch"]).rows]
    assert [line[2:5] for line in log[:1]] == [("招录单位 第一批", "招录单位", "（移除）")]


def test_progress_is_counted_by_day(office: Book) -> None:
    before = office.read(everything)
    recruiting.count_on(office, 1, date(2026, 5, 20))
    columns, row_of = listed(office, date(2026, 5, 20))
    recruiting.set_counts(office, columns, edits(columns, row_of, applied=9, qualified=7), "", date(2026, 12, 31))
    recruiting.count_on(office, 1, date(2026, 6, 10))
    columns, row_of = listed(office, date(2026, 6, 10))
    recruiting.set_counts(office, columns, edits(columns, row_of, interviewed=3), "", date(2026, 12, 31))
    assert [tuple(one[name] for name in ("as_of", "applied", "interviewed")) for one in office.read(rows, "recruit_count")] == [
        (date(2026, 5, 20), 9, None), (date(2026, 6, 10), 9, 3)
    ], "a new day begins with what was counted before"  # fmt: skip
    with pytest.raises(Refused, match="已有截至 2026-06-10 的招录进度"):
        recruiting.count_on(office, 1, date(2026, 6, 10))
    with pytest.raises(Refused, match="早于招录公告日期 2026-05-08"):
        recruiting.count_on(office, 1, date(2026, 5, 7))
    recruiting.arrive(office, 1, {1: [1]})
    with pytest.raises(Refused, match="已有 1 人登记为由本批次到岗，到岗人数不能少于 1"):
        recruiting.set_counts(office, columns, edits(columns, row_of, on_post=0), "", date(2026, 12, 31))
    with pytest.raises(Refused, match="进度截至"):
        recruiting.set_counts(office, columns, edits(columns, row_of, as_of=None), "", date(2026, 12, 31))
    for _ in range(5):
        office.undo()
    assert office.read(everything) == before


def test_the_first_count_of_a_unit_is_of_the_day_looked_at(office: Book) -> None:
    columns, row_of = listed(office, date(2026, 5, 31))
    recruiting.set_counts(office, columns, edits(columns, row_of, applied=4, hired=1, planned=3), "填进度", date(2026, 5, 31))
    (one,) = office.read(rows, "recruit_count")
    assert (one["line"], one["as_of"], one["applied"], one["hired"]) == (1, date(2026, 5, 31), 4, 1)
    assert (office.read(row, "recruit_line", (1,)) or {})["planned"] == 3
    assert listed(office, date(2026, 5, 30))[1].values[:3] == (2, 3, None)
    office.undo()
    assert office.read(rows, "recruit_count") == [] and (office.read(row, "recruit_line", (1,)) or {})["planned"] == 2


def listed(book: Book, day: date) -> tuple[tuple[Column, ...], Row]:
    listing = book.read(batch_lines, 1, day)
    return listing.columns, listing.rows[0]


def edits(columns: tuple[Column, ...], row_of: Row, **values: object) -> list[Edit]:
    of = {column.column: column for column in columns if column.table}
    return [Edit(row_of, of[name], value) for name, value in values.items()]


def counted(book: Book, day: date = DAY) -> tuple[int | None, int | None, int]:
    """已签合同, 到岗 and how many of the book came, on a day."""
    columns, row_of = listed(book, day)
    said = dict(zip([column.id for column in columns], row_of.values, strict=True))
    return said["recruit_count.hired"], said["recruit_count.on_post"], said["linked"]


def test_a_batch_says_more_than_its_plan(office: Book) -> None:
    office.act("方案", [new("plan_doc", 2, kind="具体操作方案", doc_no="东民〔2026〕12号", party_on=date(2026, 4, 24), government_on=date(2026, 4, 23))])
    number = recruiting.open_batch(office, {"name": "第三批", "plan_no": "东民 〔2026〕 12号", "party_on": date(2026, 4, 25)}, {2: 1})
    held = office.read(row, "recruit_batch", (number,)) or {}
    assert (held["party_on"], held["government_on"]) == (date(2026, 4, 25), date(2026, 4, 23))


def test_called_and_came(office: Book) -> None:
    before = office.read(everything)
    assert training.call(office, 1, []) is None
    training.call(office, 1, [1, 3])
    training.attend(office, 1, [1, 2])
    assert {one["person"]: one["attended"] for one in office.read(rows, "training_person", training=1)} == {1: True, 3: False, 2: True}
    assert training.attend(office, 1, [1, 2]) is None
    with pytest.raises(Refused, match="人员1、人员2已经登记参训"):
        training.call(office, 1, [3])
    training.call(office, 1, [1, 2])
    assert sorted(one["person"] for one in office.read(rows, "training_person", training=1)) == [1, 2]
    for _ in range(3):
        office.undo()
    assert office.read(everything) == before
    with pytest.raises(Refused, match="培训已经不在了"):
        training.attend(office, 9, [])


def test_who_left_is_called_only_if_on_the_list(office: Book) -> None:
    training.attend(office, 1, [1])
    office.act("离职", [*worker(4, end=date(2026, 6, 19)), *worker(5, date(2025, 6, 19)), *worker(6, date(2025, 6, 21))])
    assert {group: [person for person, _ in lines] for group, lines in office.read(to_be_called, 1).items()} == {
        "新入职、还没有参加入职培训": [1, 2, 6, 3], "其他在岗人员": [5], "在名单上、已离职": [],
    }  # fmt: skip
    training.call(office, 1, [1, 4])
    assert [person for person, _ in office.read(to_be_called, 1)["在名单上、已离职"]] == [4]


def test_days_of_documents_are_in_order(office: Book) -> None:
    for act, words in ((plan_docs.publish, "公开"), (plan_docs.report, "报送")):
        with pytest.raises(Refused, match=f"{words}日期 2026-04-27 早于成文日期 2026-04-28"):
            act(office, 1, date(2026, 4, 27))
        act(office, 1, date(2026, 4, 28))
        with pytest.raises(Refused, match="已经不在了"):
            act(office, 9, DAY)
    with pytest.raises(Refused, match="早于会议日期"):
        plan_docs.report_minutes(office, 1, date(2026, 3, 17))
    plan_docs.report_minutes(office, 1, date(2026, 3, 18), "纪1号")
    assert (office.read(row, "meeting", (1,)) or {})["minutes_no"] == "纪1号"


def test_heads_of_a_plan(office: Book) -> None:
    plan_docs.set_heads(office, 1, {2: 6, 3: 2})
    assert plan_docs.set_heads(office, 1, {2: 1, 3: 1}) is None
    plan_docs.set_heads(office, 1, {3: 9})
    assert [(one["unit"], one["heads"]) for one in office.read(rows, "plan_head")] == [(3, 2)]


def test_states_of_documents_on_a_day(office: Book) -> None:
    told = {"must_publish": True, "must_report": True, "due": date(2026, 6, 30), "published": date(2026, 5, 1), "reported": date(2026, 7, 1)}
    office.act("材料", [new("plan_doc", 2, kind="自查报告", **told), new("plan_doc", 3, kind="其他", must_publish=False, must_report=False, party_on=DAY)])

    def said(number: int, day: date) -> tuple[str, ...]:
        (values,) = [line.values[-3:] for line in office.read(documents, day).rows if line.keys["plan_doc"] == (number,)]
        return values

    assert said(2, date(2026, 4, 30)) == ("", "未公开", "61 天后到期")
    assert said(2, date(2026, 5, 1)) == ("", "已公开", "60 天后到期")
    assert said(2, date(2026, 6, 30))[2] == "今天到期" and said(2, date(2026, 7, 1))[2] == "已报送（迟 1 天）"
    assert said(3, DAY) == ("缺政府同意", "不需公开", "不需报送") and said(1, DAY) == ("缺党委、政府同意", "", "")


def test_matters_are_taken(office: Book) -> None:
    office.act("移交", [new("handover", 1, on=DAY, giver="甲", receiver="乙"), *(new("handover_item", at, handover=1, kind="印章", matter="章") for at in (1, 2))])
    handover.take(office, 1, [2])
    assert [one["taken"] for one in office.read(rows, "handover_item")] == [False, True]
    assert handover.take(office, 1, [2]) is None
    with pytest.raises(Refused, match="工作移交已经不在了"):
        handover.take(office, 9, [])
