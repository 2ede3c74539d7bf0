"""告知书, 查询单, 影响评估, 处理活动记录, 保管期限提示: what they say, what is written down about them, and the command that makes them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows
from office.__main__ import main
from office.arguments import parser
from office.document import write_document
from office.document_commands import KINDS
from office.inquiry import inquiry
from office.retention import COLUMNS, retention, retention_document
from policy.clock import Clock
from policy.period import parse_period
from returns.documents import DOCUMENTS, PRIVACY
from tests.returns.test_document import texts

YEAR = parse_period("2026")
DAY = date(2026, 12, 31)


def words(path: Path) -> str:
    return "\n".join(texts(path.read_bytes()))


def provider_worker(book: Book) -> dict[str, Any]:
    """Somebody with pay and a labour contract."""
    contract = book.read(rows, "labour_contract")[0]
    engagement = book.read(row, "engagement", (contract["engagement"],))
    assert engagement is not None
    return book.read(row, "person", (engagement["person"],)) or {}


def test_the_notice_says_what_the_law_wants_said_and_names_nobody(demo_book: Book, tmp_path: Path) -> None:
    said = words(write_document(demo_book, "notice", YEAR, tmp_path))
    for wanted in ("东岭县民政局", "处理目的", "敏感个人信息", "保存期限", "查阅、复制", "更正、补充", "劳动合同法第五十条", "至少 15 年", "签名"):
        assert wanted in said, wanted
    assert not [one["name"] for one in demo_book.read(rows, "person") if one["name"] in said]


def test_the_inquiry_holds_all_of_one_person_and_nobody_elses_and_is_logged(demo_book: Book, tmp_path: Path) -> None:
    person = provider_worker(demo_book)
    before = demo_book.stacks()
    said = words(inquiry(demo_book, person["id"], tmp_path, "本人书面申请"))
    assert person["name"] in said and person["id_no"] in said and person["phone"] in said
    engagements = demo_book.read(rows, "engagement", person=person["id"])
    months = sum(len(demo_book.read(rows, "pay_month", engagement=one["id"])) for one in engagements)
    assert f"工资（{months} 条）" in said and "劳动合同（" in said and "派驻（" in said
    others = [one for one in demo_book.read(rows, "person") if one["id"] != person["id"]]
    assert not [one["id_no"] for one in others if one["id_no"] and one["id_no"] in said]
    act = demo_book.acts()[-1]
    assert (act.name, act.who) == (f"打印个人信息查询单 {person['name']}", "李晓敏")
    assert demo_book.stacks() == before, "a look is written down, not undone"


def test_nobodys_inquiry_is_refused_and_not_logged(demo_book: Book, tmp_path: Path) -> None:
    before = len(demo_book.acts())
    with pytest.raises(Refused, match="不在了"):
        inquiry(demo_book, 99999, tmp_path)
    assert len(demo_book.acts()) == before and not list(tmp_path.glob("*.docx"))


def test_every_column_of_a_record_that_holds_something_is_on_the_inquiry(demo_book: Book, tmp_path: Path) -> None:
    person = provider_worker(demo_book)
    demo_book.act("补专业", [Change("person", (person["id"],), {"major": person["major"]}, {"major": "社会工作<专业>"})])
    assert "社会工作<专业>" in words(inquiry(demo_book, person["id"], tmp_path))


def test_the_retention_list_puts_first_what_was_kept_long_enough(demo_book: Book, tmp_path: Path) -> None:
    listing = demo_book.read(retention, DAY)
    at = {column.id: place for place, column in enumerate(COLUMNS)}
    assert {one.values[at["name"]] for one in listing.rows if one.values[at["sort"]] == "工资支付记录"} >= {"2025年工资"}
    for one in listing.rows:
        assert one.values[at["since"]] <= DAY
        assert (one.values[at["state"]] == "已满最低保管期限") == (one.values[at["until"]] < DAY)
    states = [one.values[at["state"]] for one in listing.rows]
    assert states == sorted(states, key=lambda state: state != "已满最低保管期限")
    ahead = {one.values[at["name"]] for one in demo_book.read(retention, date(2024, 1, 1)).rows}
    assert ahead < {one.values[at["name"]] for one in listing.rows}, "an ending in the future has no term yet"
    said = words(retention_document(demo_book, DAY, tmp_path))
    assert "程序不删除任何资料" in said and "可销毁" not in said and "销毁" not in said


def test_the_command_line_knows_every_document_and_makes_each(demo_folder: Path, tmp_path: Path, clock: Clock) -> None:
    assert set(KINDS.values()) == {one.title for one in (*DOCUMENTS, *PRIVACY)} | {"个人信息查询单", "保管期限提示"}
    for kind, title in KINDS.items():
        out, err = io.StringIO(), io.StringIO()
        if kind in ("inquiry", "report", "selfcheck"):
            continue
        code = main(["document", str(demo_folder), "--kind", kind, "--as-of", "2026-12-31", "--out", str(tmp_path)], clock=clock, out=out, err=err)
        assert code == 0, err.getvalue()
        assert title in Path(out.getvalue().strip()).name and Path(out.getvalue().strip()).is_file()


@pytest.mark.parametrize(("more", "said"), [([], "--person"), (["--person", "11010519491231002X"], "没有这个证件号")])
def test_an_inquiry_wants_somebody_the_book_knows(demo_folder: Path, tmp_path: Path, clock: Clock, more: list[str], said: str) -> None:
    err = io.StringIO()
    code = main(["document", str(demo_folder), "--kind", "inquiry", "--out", str(tmp_path), *more], clock=clock, out=io.StringIO(), err=err)
    assert code == 2 and said in err.getvalue()
    assert "document" in parser().format_help()
