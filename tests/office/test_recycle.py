"""A removed record goes with all that hangs on it, in one act, and comes back whole."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.change import Refused
from db.labels import label
from db.lists.history import log_of_person, log_of_unit, removed
from db.model import TABLES
from db.rows import rows
from office import recycle
from office.people import hire, leave, transfer
from policy.example import id_no
from tests.db.records import county, everything, new, pay, worker

NUMBER = id_no(date(1990, 5, 20), 2)


def undone(book: Book) -> str:
    """Take back the last act; its name in plain words."""
    act = book.undo()
    return act.plain if act else ""


@pytest.fixture
def staffed(book: Book) -> Book:
    book.act("新建", [
        *county(), *worker(1), *worker(2, at=3), new("person", 3, name="黎嘉铭", id_no=NUMBER, phone="13800001234"),
        new("pay_standard", 1, engagement=1, since=date(2024, 1, 1), annual=5_000_000), pay(1, 2026, 1, base=400_000), pay(1, 2026, 2, base=400_000),
        new("caseload", 1, unit=3, as_of=date(2026, 1, 1), category="低保城", households=9),
    ])  # fmt: skip
    return book


def bin_rows(book: Book) -> list[tuple[str, ...]]:
    return [row.values for row in book.read(removed).rows]


def test_every_reference_between_tables_is_said_once() -> None:
    said = {(below, column, table) for table, refs in recycle.HANGING.items() for below, column in refs}
    said |= {(other, column, table) for table, refs in recycle.HOLDING.items() for other, column, _ in refs}
    known = {*recycle.HANGING, *recycle.HOLDING}
    assert known >= {"person", "engagement", "unit"}
    tables = {
        (table.name, key.parent.name, key.column.table.name) for table in TABLES.values() for key in table.foreign_keys if key.column.table.name in known
    }  # fmt: skip
    assert said == tables


@pytest.mark.habit(17)
def test_a_person_goes_with_everything_and_comes_back(staffed: Book) -> None:
    before = staffed.read(everything)
    assert staffed.read(recycle.what_goes, "person", (1,)) == "用工关系 1 条、用工条件 1 条、派驻 1 条、工资标准 1 条、工资 2 条"
    act = recycle.discard(staffed, "person", (1,), "重复登记")
    assert [one["id"] for one in staffed.read(rows, "person")] == [2, 3]
    assert staffed.read(rows, "pay_month") == []
    ((_, who, what, count, along, reason),) = bin_rows(staffed)
    assert (who, what, count, reason) == ("李晓敏", "人员 人员1", "7", "重复登记")
    assert "工资 2 条" in along
    recycle.restore(staffed, act)
    assert staffed.read(everything) == before
    assert bin_rows(staffed) == []
    assert staffed.verify() == []


def test_the_bin_outlasts_other_acts_and_restoring_can_be_undone(staffed: Book) -> None:
    act = recycle.discard(staffed, "person", (3,), "重复登记")
    transfer(staffed, 1, 3, date(2026, 3, 1))
    recycle.restore(staffed, act)
    assert [one["name"] for one in staffed.read(rows, "person")] == ["人员1", "人员2", "黎嘉铭"]
    assert undone(staffed).endswith("移入回收站 黎嘉铭")
    assert [row[2] for row in bin_rows(staffed)] == [f"人员 黎嘉铭（449901********{NUMBER[-4:]}）"]


def test_undo_empties_the_bin_and_redo_fills_it(staffed: Book) -> None:
    recycle.discard(staffed, "person", (1,), "录错")
    assert undone(staffed) == "移入回收站 人员1"
    assert bin_rows(staffed) == []
    staffed.redo()
    assert len(bin_rows(staffed)) == 1


def test_a_single_row_goes_alone(staffed: Book) -> None:
    recycle.discard(staffed, "pay_month", (2026, 1, 1), "录错")
    assert [one["month"] for one in staffed.read(rows, "pay_month")] == [2]
    assert bin_rows(staffed)[0][2].startswith("工资：年度 2026；月份 1；基本工资 4,000.00")
    assert staffed.read(recycle.what_goes, "pay_month", (2026, 1, 2)) == ""


def test_a_unit_with_people_stays(staffed: Book) -> None:
    before = staffed.read(everything)
    with pytest.raises(Refused, match="还有 1 条派驻记录"):
        recycle.discard(staffed, "unit", (3,), "录错")
    with pytest.raises(Refused, match="还有 2 条单位记录的所属单位是它"):
        recycle.discard(staffed, "unit", (1,), "录错")
    assert staffed.read(everything) == before
    transfer(staffed, 2, 2, date(2026, 3, 1))
    recycle.discard(staffed, "assignment", (2,), "录错")
    recycle.discard(staffed, "unit", (3,), "录错")
    assert bin_rows(staffed)[0][2] == "单位 白沙镇"


def test_what_is_gone_cannot_go_again(staffed: Book) -> None:
    recycle.discard(staffed, "person", (3,), "录错")
    with pytest.raises(Refused, match="“人员”记录已经不在了"):
        recycle.discard(staffed, "person", (3,), "录错")


def test_restoring_where_the_number_was_registered_anew_is_refused_in_words(staffed: Book) -> None:
    act = recycle.discard(staffed, "person", (3,), "录错")
    hire(staffed, {"name": "黎嘉铭", "id_no": NUMBER}, start=date(2026, 1, 1), unit=2, kind="劳务派遣")
    with pytest.raises(Refused, match="已有相同的身份证号"):
        recycle.restore(staffed, act)


def test_labels_exist_for_everything_that_can_go() -> None:
    for table in [*recycle.HANGING, *(below for refs in recycle.HANGING.values() for below, _ in refs)]:
        assert label(table)


@pytest.mark.habit(37)
def test_a_persons_log_tells_who_what_when_old_and_new_masked(staffed: Book) -> None:
    leave(staffed, 1, date(2026, 6, 30), "个人辞职")
    log = [row.values for row in staffed.read(log_of_person, 1).rows]
    told = [(act, record, field, before, after) for _, _, act, record, field, before, after, _ in log]
    assert told[:3] == [
        ("离职（退回）", "派驻", "派驻结束日期", "", "2026-06-30"),
        ("离职（退回）", "用工关系", "离职日期", "", "2026-06-30"),
        ("离职（退回）", "用工关系", "离职原因", "", "个人辞职"),
    ]
    assert {one[1] for one in told} == {"人员", "用工关系", "用工条件", "派驻", "工资标准", "工资"}
    assert next(row[:2] for row in log) == ("2026-12-31 09:00", "李晓敏")
    recycle.discard(staffed, "assignment", (1,), "录错")
    first = staffed.read(log_of_person, 1).rows[0].values
    assert (first[2:6], first[7]) == (
        (
            "移入回收站 派驻",
            "派驻",
            "（移除）",
            "单位 青石镇；派驻日期 2024-01-01；派驻结束日期 2026-06-30；工作时间占比 100%；岗位类别 事务性；乡镇统筹使用 否",
        ),
        "录错",
    )
    whole = str([row.values for row in staffed.read(log_of_person, 3).rows])
    assert "138****1234" in whole
    assert NUMBER not in whole


def test_a_log_holds_only_its_own(staffed: Book) -> None:
    assert "人员2" not in str([row.values for row in staffed.read(log_of_person, 1).rows])
    assert "白沙镇" not in str([row.values for row in staffed.read(log_of_unit, 2).rows])
    assert any(row.values[3] == "救助对象户数" for row in staffed.read(log_of_unit, 3).rows)
    assert staffed.read(log_of_person, 77).rows == ()


def test_steps_pass_over_what_changed_nothing(staffed: Book) -> None:
    from office.edit import looked

    transfer(staffed, 1, 3, date(2026, 3, 1))
    looked(staffed, "人员", 3)
    assert staffed.stacks().undo[-1].name == "调整派驻单位"
    assert undone(staffed) == "调整派驻单位"
    looked(staffed, "人员", 3)
    assert staffed.stacks().redo[-1].plain == "调整派驻单位"
    assert [(act.name, act.reason) for act in staffed.acts() if act.name == "查看完整号码"] == [("查看完整号码", "人员，3 条")] * 2
