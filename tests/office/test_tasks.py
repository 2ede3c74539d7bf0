"""报送任务: templates, what is refused, and a task file that another county's book takes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db import book as books
from db.book import Book
from db.change import Refused
from db.lists.columns import field_of
from db.rows import row, rows
from office.tasks import (
    EMPTY,
    INNER_FORMS,
    YEARLY,
    YEARLY_FORMS,
    change_task,
    export_task,
    find_task,
    import_task,
    known_forms,
    make_task,
    make_task_by_document,
    read_task,
    task_by_document,
    task_of,
    tasks_by_document,
)
from policy.clock import Clock
from returns.task import SIGNATORIES
from tests.db.records import new


def test_the_yearly_task_asks_for_exactly_the_forms_of_the_notice(demo_book: Book) -> None:
    assert YEARLY_FORMS == ("封面", "综合表", "表1", "表2", "表3", "表4", "表6")
    number = make_task(demo_book, YEARLY, "2026")
    held = demo_book.read(row, "report_task", (number,))
    assert held is not None
    task = task_of(held)
    assert task.forms == tuple(form for form in YEARLY_FORMS if form in known_forms())
    assert (task.period, task.as_of, task.signatories, task.masked, task.public) == ("2026", None, SIGNATORIES, True, False)
    assert held["origin"] == YEARLY
    assert (task.authority, task.approval, task.valid_until, task.form_numbers) == ("", "", "", {})


def test_every_field_of_a_task_is_kept(demo_book: Book) -> None:
    number = make_task(
        demo_book, EMPTY, "2026H1", name="专项摸底", short="摸底", forms=("封面", "表2"), document="岭民函〔2026〕9号", as_of=date(2026, 5, 31),
        due=date(2026, 6, 15), authority="岭东市民政局", approval="岭统〔2026〕1号", valid_until="2027-12-31",
        form_numbers={"表2": "岭民2表"}, public=True, total_first=False, a4_only=True, signatories=("填报人", "填报日期"), wan_decimals=1,
        yuan_decimals=0,
    )  # fmt: skip
    task = task_of(demo_book.read(row, "report_task", (number,)) or {})
    assert (task.name, task.short, task.document, task.period) == ("专项摸底", "摸底", "岭民函〔2026〕9号", "2026H1")
    assert (task.as_of, task.due, task.special) == (date(2026, 5, 31), date(2026, 6, 15), True)
    assert (task.authority, task.approval, task.valid_until, task.form_numbers) == ("岭东市民政局", "岭统〔2026〕1号", "2027-12-31", {"表2": "岭民2表"})
    assert (task.public, task.total_first, task.a4_only, task.signatories) == (True, False, True, ("填报人", "填报日期"))
    assert (task.wan_decimals, task.yuan_decimals) == (1, 0)


@pytest.mark.parametrize(
    ("template", "period", "more", "said"),
    [
        ("没有这个", "2026", {}, "没有任务模板"),
        (YEARLY, "2026年", {}, "报告期"),
        (YEARLY, "2026", {"as_of": date(2025, 1, 1)}, "早于报告期"),
        (YEARLY, "2026", {"forms": ("封面", "表99")}, "表99"),
        (YEARLY, "2026", {"forms": ("封面",)}, "没有报表"),
        (YEARLY, "2026", {"name": " "}, "任务名称"),
        (YEARLY, "2026", {"wan_decimals": 0}, "万元应为 2 或 1"),
        (YEARLY, "2026", {"yuan_decimals": 1}, "元应为 2 或 0"),
    ],
)
def test_a_task_nobody_could_do_is_refused_in_words(demo_book: Book, template: str, period: str, more: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        make_task(demo_book, template, period, **more)
    assert demo_book.read(rows, "report_task") == []


def test_one_task_a_period(demo_book: Book) -> None:
    make_task(demo_book, YEARLY, "2026")
    make_task(demo_book, YEARLY, "2025")
    with pytest.raises(Refused, match="已有 2026 的任务"):
        make_task(demo_book, YEARLY, "2026")
    assert task_of(demo_book.read(row, "report_task", (demo_book.read(find_task, "救助经办能力年报"),)) or {}).period == "2026"


def test_a_task_changes_and_is_undone(demo_book: Book) -> None:
    number = make_task(demo_book, YEARLY, "2026")
    assert change_task(demo_book, number, document="岭民函〔2026〕12号") is not None
    assert change_task(demo_book, number, document="岭民函〔2026〕12号") is None
    demo_book.undo()
    assert (demo_book.read(row, "report_task", (number,)) or {})["document"] is None


def test_a_task_file_goes_to_another_book(demo_book: Book, tmp_path: Path, clock: Clock) -> None:
    number = make_task(demo_book, YEARLY, "2026", document="岭民函〔2026〕12号", form_numbers={"表2": "岭民2表"}, due=date(2027, 1, 15))
    file = export_task(demo_book, number, tmp_path / "任务.json")
    other = books.create(tmp_path / "别县", "石桥县", "0.1.0")
    with books.open_book(other, clock, "王小明") as book:
        taken = import_task(book, file)
        mine, theirs = (task_of(one.read(row, "report_task", (key,)) or {}) for one, key in ((demo_book, number), (book, taken)))
        assert mine == theirs
        assert (book.read(row, "report_task", (taken,)) or {})["origin"] == "任务文件 任务.json"
        with pytest.raises(Refused, match="已有"):
            import_task(book, file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("不是", "不是报送任务文件"),
        ("{}", "不是报送任务文件"),
        ('{"format": "经办台账报送任务", "version": 99}', "更高版本"),
        ('{"format": "经办台账报送任务", "version": 1, "task": {"$": "Task", "name": "甲", "forms": ["表99"], "period": "2026"}}', "表99"),
        ('{"format": "经办台账报送任务", "version": 1, "task": {"$": "Person", "name": "甲"}}', "不是报送任务文件"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "甲.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        read_task(tmp_path / "甲.json")


def test_a_task_of_nobody_says_what_there_is(demo_book: Book) -> None:
    with pytest.raises(Refused, match="还没有任务"):
        demo_book.read(find_task, "年报")


def document(book: Book, **values: object) -> None:
    said = {"title": "关于报送2026年救助经办情况的通知", "doc_no": "岭民函〔2026〕31号", "received": date(2026, 12, 1), "due": date(2027, 1, 20), "forms": "表2、表7、表12"}
    book.act("来文", [new("incoming_doc", 70, **{**said, **values})])


def test_a_document_switches_its_forms_on(demo_book: Book) -> None:
    document(demo_book)
    proposed = demo_book.read(task_by_document, 70, 2026)
    assert (proposed.document, proposed.due, proposed.forms, proposed.period) == ("岭民函〔2026〕31号", date(2027, 1, 20), ("封面", "表2", "表7", "表12"), "2026")
    number = make_task_by_document(demo_book, 70, period="2026", as_of=date(2026, 12, 31))
    held = demo_book.read(row, "report_task", (number,)) or {}
    assert held["origin"] == "来文 岭民函〔2026〕31号" and task_of(held).forms == ("封面", "表2", "表7", "表12") and task_of(held).as_of == date(2026, 12, 31)
    assert demo_book.read(tasks_by_document, 70) == [number]
    demo_book.undo()
    assert demo_book.read(tasks_by_document, 70) == []


def test_a_document_without_a_number_is_cited_by_its_title(demo_book: Book) -> None:
    document(demo_book, doc_no=None, forms="表14")
    number = make_task_by_document(demo_book, 70, period="2026-11")
    assert task_of(demo_book.read(row, "report_task", (number,)) or {}).document == "“关于报送2026年救助经办情况的通知”"
    assert demo_book.read(tasks_by_document, 70) == [number]


def test_a_document_that_asks_for_nothing_makes_no_task(demo_book: Book) -> None:
    document(demo_book, forms=None)
    with pytest.raises(Refused, match="没有要求报送的表"):
        demo_book.read(task_by_document, 70, 2026)
    with pytest.raises(Refused, match="已经不在了"):
        make_task_by_document(demo_book, 71)


def test_what_the_document_asks_for_is_not_left_out(demo_book: Book) -> None:
    document(demo_book)
    with pytest.raises(Refused, match="来文要求报送表12，任务里没有"):
        make_task_by_document(demo_book, 70, period="2026", forms=("封面", "表2", "表7"))


@pytest.mark.parametrize("form", INNER_FORMS)
def test_an_inner_form_stays_off_until_a_document_asks_for_it(demo_book: Book, form: str) -> None:
    assert form not in YEARLY_FORMS
    with pytest.raises(Refused, match=f"{form}是内部台账.*由来文启用"):
        make_task(demo_book, YEARLY, "2026", forms=("封面", "表2", form))
    number = make_task(demo_book, YEARLY, "2026")
    with pytest.raises(Refused, match=f"{form}是内部台账"):
        change_task(demo_book, number, forms=(*YEARLY_FORMS, form))
    assert change_task(demo_book, number, forms=(*YEARLY_FORMS, form), document="岭民函〔2026〕31号") is not None


def test_every_form_is_one_of_the_notice_an_inner_one_or_an_annex() -> None:
    assert set(known_forms()) == {*YEARLY_FORMS, *INNER_FORMS, "附表1", "附表2", "附表3", "审核表"}
    offered = field_of("incoming_doc", "forms").kind.offers
    assert set(offered) == set(known_forms()) - {"封面", "审核表"}
    assert field_of("incoming_doc", "forms").kind.parse("JB15，表0", None) == "综合表、表15"
