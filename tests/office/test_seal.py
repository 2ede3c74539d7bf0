"""From 编制 to 封存 and back: what stops it, what a seal keeps, and that a thousand later changes cannot reach it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from db import book as books
from db import diary
from db.book import Book
from db.change import Barrier, Change, Refused
from db.return_tables import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK, UNSEALED
from db.rows import row, rows
from office import returns_desk as desk
from office import seal, tasks
from office.verify import anchor_of
from policy.clock import Clock
from policy.facts import Facts
from returns.fill import Source, line_keys
from returns.sheet import Sheet
from tests.office.returning import NOTE, noted, opened, sealed


@pytest.fixture(scope="module")
def _sealed_folder(_demo: Path, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    folder = Path(shutil.copytree(_demo, tmp_path_factory.mktemp("sealed") / _demo.name))
    with books.open_book(folder, clock, "李晓敏") as book:
        assert sealed(book) == 1
    return folder


@pytest.fixture
def sealed_book(_sealed_folder: Path, tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """The demo county with its return of 2026, number 1, sealed."""
    with books.open_book(Path(shutil.copytree(_sealed_folder, tmp_path / "sealed" / _sealed_folder.name)), clock, "李晓敏") as opened_book:
        yield opened_book


def state(book: Book, number: int) -> str:
    return str((book.read(row, "return_", (number,)) or {})["state"])


def sheet_of(draft: desk.Draft, key: str) -> Sheet:
    return next(sheet for sheet in draft.sheets if sheet.key == key)


def key_of(draft: desk.Draft, form: str, name: str) -> str:
    sheet = sheet_of(draft, form)
    return next(key for key, line in zip(line_keys(sheet), sheet.rows, strict=True) if line.name == name)


def value(draft: desk.Draft, form: str, name: str, mark: str) -> object:
    sheet = sheet_of(draft, form)
    return sheet.cell(next(line for line in sheet.rows if line.name == name), mark).value


# Filling in


def test_an_override_needs_a_reason_keeps_the_books_figure_and_carries_into_the_total(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    line = key_of(draft, "表2", "石桥镇")
    for reason in ("", "无", "正常", "111111", "哈哈哈哈哈哈", "情况属实无误"):
        with pytest.raises(Refused, match="调整理由"):
            desk.fill_cell(demo_book, draft, "表2", line, "11", "3", reason)
    assert desk.fill_cell(demo_book, draft, "表2", line, "11", "3", "一人十二月三十一日下午报到") is not None
    now = demo_book.read(desk.draft_in, number)
    was = value(draft, "表2", "石桥镇", "11")
    assert (was, value(now, "表2", "石桥镇", "11")) == (2, 3)
    for mark in ("11", "9", "5"):
        assert value(now, "表2", "合计", mark) == value(draft, "表2", "合计", mark) + 1  # type: ignore[operator]
    assert value(now, "表2", "石桥镇", "17") == value(draft, "表2", "石桥镇", "17") - 1  # type: ignore[operator]
    assert now.filled.computed["表2", line, "11"] == 2
    assert now.filled.source(sheet_of(now, "表2"), line, "11") is Source.OVERRIDDEN
    assert {one.id for one in now.audited.points if one.level == "hard"} == {"2-H4", "2-H7", "2-H8"}  # 是否达标 and the lists behind say otherwise
    demo_book.undo()
    assert value(demo_book.read(desk.draft_in, number), "表2", "石桥镇", "11") == 2


def test_typing_the_books_figure_again_takes_the_override_away(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    line = key_of(draft, "表2", "石桥镇")
    desk.fill_cell(demo_book, draft, "表2", line, "11", "3", "一人十二月三十一日下午报到")
    desk.fill_cell(demo_book, demo_book.read(desk.draft_in, number), "表2", line, "11", "2")
    assert demo_book.read(rows, "return_cell") == []


def test_a_column_the_book_knows_nothing_of_is_typed_without_a_reason(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    line = key_of(draft, "表2", "石桥镇")
    desk.fill_cell(demo_book, draft, "表2", line, "24", "2027年3月")
    desk.fill_cell(demo_book, draft, "表2", line, "22", "7")
    now = demo_book.read(desk.draft_in, number)
    assert (value(now, "表2", "石桥镇", "24"), value(now, "表2", "石桥镇", "22")) == ("2027年3月", 7)
    with pytest.raises(ValueError, match="不是数量"):
        desk.fill_cell(demo_book, now, "表2", line, "22", "七八个")


@pytest.mark.parametrize(
    ("form", "name", "mark", "said"),
    [
        ("表2", "石桥镇", "5", "由公式 5=6"),
        ("表2", "合计", "3", "由各行相加"),
        ("表2", "石桥镇", "甲", "台账里改正"),
        ("表3", "合计", "5", "重新计算"),
    ],
)
def test_what_follows_from_others_cannot_be_typed(demo_book: Book, form: str, name: str, mark: str, said: str) -> None:
    draft = demo_book.read(desk.draft_in, opened(demo_book))
    with pytest.raises(Refused, match=said):
        desk.fill_cell(demo_book, draft, form, key_of(draft, form, name), mark, "1", "一人十二月三十一日下午报到")


def test_an_override_says_when_the_book_moved_under_it(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    line = key_of(draft, "表2", "石桥镇")
    desk.fill_cell(demo_book, draft, "表2", line, "4", "4", "核定文件正在印发之中")
    demo_book.act("核定", [Change("approved_headcount", (1,), None, {"id": 1, "unit": 5, "since": date(2026, 1, 1), "heads": 3, "document": "东编〔2026〕1号"})])
    moved = [one for one in demo_book.read(desk.draft_in, number).audited.points if one.id == "库-S1"]
    assert [("空白" in one.said[0], "现在为 3" in one.said[0]) for one in moved] == [(True, True)]


# Audit and notes


def test_one_note_serves_a_rule_and_its_twin_formula(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    twins = [one for one in draft.audited.points if one.id == "2-S1"]
    assert {one.subject for one in twins} == {"u1", "u5", "u9", "u12", "u13"}
    assert all(len(one.said) == 2 for one in twins)
    assert not [one for one in draft.audited.points if one.id in ("R32", "R33", "F1", "F2")]


def test_notes_that_say_nothing_are_refused_and_hard_points_are_never_lifted(demo_book: Book) -> None:
    number = opened(demo_book)
    draft = demo_book.read(desk.draft_in, number)
    for text in ("", "无", "正常", "1111", "11111111", "----------", "无无无无无无", "情况正常无问题", "abcdefgh"):
        with pytest.raises(Refused):
            desk.write_note(demo_book, draft, [("2-S1", "u5")], text)
    assert demo_book.read(rows, "return_note") == []
    noted(demo_book, number)
    assert not demo_book.read(desk.draft_in, number).audited.stops()
    demo_book.act("改", [Change("county", (1,), {"phone": "0999-1234567"}, {"phone": None})])
    stopped = demo_book.read(desk.draft_in, number)
    assert "强制性问题 1 条" in stopped.audited.stops()
    desk.write_note(demo_book, stopped, [("C-H3", "联系电话")], NOTE)
    with pytest.raises(Refused, match="强制性问题 1 条"):
        seal.approve(demo_book, number)


def test_a_missing_note_stops_the_approval(demo_book: Book) -> None:
    number = opened(demo_book)
    soft = demo_book.read(desk.draft_in, number).audited.count("soft")
    assert soft > 1
    with pytest.raises(Refused, match=f"核实性问题 {soft} 条须写审核说明"):
        seal.approve(demo_book, number)


def test_last_periods_notes_are_offered_and_must_be_confirmed(demo_book: Book) -> None:
    sealed(demo_book, "2025", name="年报")
    number = opened(demo_book, "2026", name="年报")
    draft = demo_book.read(desk.draft_in, number)
    assert draft.last.sealed and "2025年度第1版" in draft.last.said
    offered = [one for one in draft.audited.points if one.note]
    assert offered and all(one.note == NOTE and not one.confirmed and one.open for one in offered)
    desk.confirm_notes(demo_book, draft, [(one.id, one.subject) for one in offered])
    assert not [one for one in demo_book.read(desk.draft_in, number).audited.points if one.note and one.open]


# Seal


def test_the_way_of_a_return_through_its_states(sealed_book: Book) -> None:
    number = 1
    assert state(sealed_book, number) == SEALED
    draft = sealed_book.read(desk.draft_in, number)
    seal.sent(sealed_book, draft, "包.zip", "ab" * 32, "岭东市民政局")
    assert state(sealed_book, number) == SENT
    seal.receive(sealed_book, number, "岭东市民政局")
    assert state(sealed_book, number) == RECEIVED
    with pytest.raises(Refused, match="先由上级退回"):
        seal.unseal(sealed_book, number, "户数填错，需要重新核对")
    seal.send_back(sealed_book, number, "岭东市民政局", "表1户数与月报不一致")
    assert state(sealed_book, number) == SENT_BACK
    new = seal.unseal(sealed_book, number, "按市局意见核对户数")
    assert (state(sealed_book, number), state(sealed_book, new)) == (UNSEALED, DRAFT)
    fresh = sealed_book.read(desk.draft_in, new)
    assert fresh.version == 2
    assert not fresh.audited.stops()
    assert [one["what"] for one in sealed_book.read(rows, "submission")] == [SENT, RECEIVED, SENT_BACK]
    assert desk.open_return(sealed_book, fresh.held["task"]) == new


@pytest.mark.parametrize("step", ["approve", "seal", "receive"])
def test_no_step_is_skipped(sealed_book: Book, step: str) -> None:
    number = 1
    with pytest.raises(Refused, match="现在是“已封存”"):
        getattr(seal, step)(sealed_book, number, *(["市局"] if step == "receive" else []))


def test_approved_and_sealed_returns_are_not_filled_in(demo_book: Book) -> None:
    number = opened(demo_book)
    noted(demo_book, number)
    seal.approve(demo_book, number)
    draft = demo_book.read(desk.draft_in, number)
    assert draft.state == APPROVED
    with pytest.raises(Refused, match="退回修改"):
        desk.fill_cell(demo_book, draft, "表2", key_of(draft, "表2", "石桥镇"), "22", "7")
    with pytest.raises(Refused, match="任务不能再改"):
        tasks.change_task(demo_book, draft.held["task"], document="甲")
    with pytest.raises(Barrier, match="退回修改"):
        demo_book.undo()
    seal.withdraw(demo_book, number, "石桥镇户数有误要改")
    assert demo_book.read(desk.draft_in, number).state == DRAFT


def test_a_book_that_moved_after_the_approval_is_not_sealed(demo_book: Book) -> None:
    number = opened(demo_book)
    noted(demo_book, number)
    seal.approve(demo_book, number)
    demo_book.act("改户数", [Change("caseload", (demo_book.read(rows, "caseload", unit=5, category="边缘")[-1]["id"],), {"households": 25}, {"households": 26})])
    with pytest.raises(Refused, match="审核以后台账数据有变化"):
        seal.seal(demo_book, number)
    assert demo_book.read(rows, "seal") == []


def test_a_seal_prints_where_the_diary_stood_and_the_chain_still_holds(demo_book: Book) -> None:
    number = opened(demo_book)
    noted(demo_book, number)
    seal.approve(demo_book, number)
    end = demo_book.read(diary.anchor)
    seal.seal(demo_book, number)
    kept = demo_book.read(desk.kept_in, number)
    assert (kept.head, kept.lines) == (end.head, end.lines)
    cover = next(sheet for sheet in kept.sheets if sheet.key == "封面")
    printed = {line.name: line.cells[1].value for line in cover.rows}
    assert printed["台账日志"] == f"日志 {end.lines} 行，校验 {end.head[:16]}"
    assert demo_book.read(diary.holds, anchor_of(str(printed["台账日志"])))
    assert printed["审核结果"] == f"强制性问题 0 条，核实性问题 {kept.record.audited.count('soft')} 条"
    assert sha256(kept.workbook).hexdigest() == kept.sha256
    assert demo_book.verify() == []
    with pytest.raises(Barrier, match="解封"):
        demo_book.undo()


def test_the_diary_keeps_only_the_digest_of_a_sealed_file(sealed_book: Book) -> None:
    number = 1
    key = (sealed_book.read(rows, "seal", return_=number)[0]["id"],)
    line = sealed_book.read(diary.history, "seal", key)[0]
    kept = sealed_book.read(desk.kept_in, number)
    assert line.after is not None
    assert line.after["workbook"] == kept.sha256
    assert len(str(line.after)) < 2000


def test_a_year_and_a_thousand_changes_later_the_same_bytes_and_the_same_people(sealed_book: Book, clock: Clock) -> None:
    number = 1
    before = sealed_book.read(desk.kept_in, number)
    draft = sealed_book.read(desk.draft_in, number)
    behind = sheet_of(draft, "表2").cell(sheet_of(draft, "表2").rows[0], "5").people
    assert len(behind) == 53
    folder = sealed_book.folder
    sealed_book.close()
    with books.open_book(folder, Clock(lambda: datetime(2027, 12, 31, 9)), "王小明") as book:
        for turn in range(100):
            cases = book.read(rows, "caseload", unit=2 + turn % 13, category="低保农")
            people = book.read(rows, "person")
            book.act(
                "改",
                [
                    Change("caseload", (cases[-1]["id"],), {"households": cases[-1]["households"]}, {"households": cases[-1]["households"] + 1}),
                    *(Change("person", (one["id"],), {"major": one["major"]}, {"major": f"专业{turn}"}) for one in people[:9]),
                ],
            )
        book.act("离职", [Change("engagement", (behind[0],), {"end": None}, {"end": date(2026, 5, 31)})])
        after = book.read(desk.kept_in, number)
        assert (after.workbook, after.sheets, after.facts, after.record) == (before.workbook, before.sheets, before.facts, before.record)
        again = book.read(desk.draft_in, number)
        assert sheet_of(again, "表2").cell(sheet_of(again, "表2").rows[0], "5").people == behind
        assert names(again.facts, behind) == names(before.facts, behind)
        moved = book.read(seal.moved_since, number)
        assert ("表2", "合计", "5", 53, 52) in [(one.form, one.line, one.mark, one.before, one.after) for one in moved]
        assert {one.form for one in moved} == {"表1", "表2"}
        assert book.verify() == []


def names(facts: Facts, people: tuple[int, ...]) -> list[str]:
    known = {one.id: one.person.name for one in facts.engagements}
    return [known[one] for one in people]


def test_nothing_moved_right_after_the_seal_and_the_replay_gives_the_same(sealed_book: Book) -> None:
    number = 1
    assert sealed_book.read(seal.moved_since, number) == ()
    assert [one.moved for one in sealed_book.read(seal.replay_all)] == [()]


def test_a_replay_names_every_figure_that_another_program_makes_otherwise(sealed_book: Book) -> None:
    kept = sealed_book.read(desk.kept_in, 1)
    fewer = tuple(one for one in kept.facts.engagements if one.id != 1)
    said = seal.replay(replace(kept, facts=replace(kept.facts, engagements=fewer)), "年报").sentences()
    assert any("表2“合计”第 5 栏" in one and "封存时为 53，现在算出 52" in one for one in said)


def test_a_sealed_return_is_not_thrown_away(sealed_book: Book) -> None:
    from office.recycle import discard

    number = 1
    with pytest.raises(Refused, match="已封存"):
        discard(sealed_book, "return_", (number,), "误建")
    with pytest.raises(Refused, match="份报表"):
        discard(sealed_book, "report_task", (sealed_book.read(rows, "report_task")[0]["id"],), "误建")
    draft = opened(sealed_book, "2025")
    discard(sealed_book, "return_", (draft,), "误建")
    assert [one["id"] for one in sealed_book.read(rows, "return_")] == [number]


def test_who_filled_it_in_does_not_approve_it_once_two_use_the_book(demo_book: Book) -> None:
    from db.model import TABLES

    if "account" not in TABLES:
        pytest.skip("no accounts in this book yet")
    from db.rows import defaults

    needed = {column.name: 0 if column.type.python_type is int else "甲" for column in TABLES["account"].columns if not column.nullable}
    people = [Change("account", (n,), None, needed | defaults("account") | {"id": n, "name": name, "role": "管理员"} | _made(needed, n)) for n, name in enumerate(("李晓敏", "张佩珊"), 1)]
    number = opened(demo_book)
    noted(demo_book, number)
    demo_book.act("加账户", people)
    with pytest.raises(Refused, match="不能是同一人"):
        seal.approve(demo_book, number)
    demo_book.who = "张佩珊"
    seal.approve(demo_book, number)
    assert state(demo_book, number) == APPROVED


def _made(needed: dict[str, object], number: int) -> dict[str, object]:
    return {name: value for name, value in needed.items() if name not in ("id", "name", "role")}


def test_whoever_fills_in_last_is_the_filler(demo_book: Book) -> None:
    number = opened(demo_book)
    demo_book.who = "王小明"
    draft = demo_book.read(desk.draft_in, number)
    desk.fill_cell(demo_book, draft, "表2", key_of(draft, "表2", "石桥镇"), "22", "7")
    assert (demo_book.read(row, "return_", (number,)) or {})["filled_by"] == "王小明"
    demo_book.undo()
    assert (demo_book.read(row, "return_", (number,)) or {})["filled_by"] == "李晓敏"
