"""A word that is none of a field's choices never gets into the book, whichever act writes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults
from office import contracts, funds
from office.edit import add
from tests.db.records import county, everything, worker

CONTRACT = {
    "no": "DL-1", "name": "经办服务", "kind": "劳务派遣", "procured_as": "其他", "start": date(2026, 1, 1), "end": date(2026, 12, 31), "amount": 100,
}  # fmt: skip


@pytest.fixture
def staffed(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1)])
    contracts.add_contract(book, CONTRACT)
    funds.add_document(book, {"year": 2026, "level": "县", "doc_no": "1号", "title": "指标文", "dated": date(2026, 1, 5)})
    return book


WRONG: list[tuple[str, str, Callable[[Book], object]]] = [
    ("资金来源", "小金库", lambda b: contracts.pay(b, 1, paid_on=date(2026, 7, 1), source="小金库", other=5, reason="年底集中支付，材料补齐")),
    ("合同类型", "派遣", lambda b: contracts.add_contract(b, CONTRACT | {"no": "DL-2", "kind": "派遣"})),
    ("资金级次", "镇", lambda b: funds.set_spend(b, 2025, "决算", {("镇", "农", "低保金"): 5})),
    ("数据口径", "估算", lambda b: funds.set_spend(b, 2025, "估算", {("县", "农", "低保金"): 5})),
    ("资金来源", "福彩", lambda b: funds.add_line(b, 1, {"source": "福彩", "purpose": "购买服务", "budget": 5})),
    ("经费用途", "招待", lambda b: funds.add_line(b, 1, {"source": "社会救助工作经费", "purpose": "招待", "budget": 5})),
    ("服务内容", "招商", lambda b: contracts.set_shares(b, 1, "contract_scope", {"招商": 10000})),
    ("承接主体性质", "公司", lambda b: contracts.add_supplier(b, {"name": "某公司", "body": "公司"})),
    ("", "临聘", lambda b: add(b, "engagement_term", {"engagement": 1, "since": date(2026, 2, 1), "type": "临聘"})),
]


@pytest.mark.parametrize(("field", "word", "do"), WRONG, ids=[f"{field}{word}" for field, word, _ in WRONG])
def test_refused_with_the_field_the_word_and_the_choices(staffed: Book, field: str, word: str, do: Callable[[Book], object]) -> None:
    before = staffed.read(everything)
    with pytest.raises(Refused) as said:
        do(staffed)
    assert f"里没有“{word}”。请填以下之一：" in str(said.value) and f"“{field}" in str(said.value)
    assert staffed.read(everything) == before


def test_what_is_one_of_them_or_blank_or_true_is_kept(staffed: Book) -> None:
    line = defaults("fund_line") | {"id": 1, "document": 1, "source": "社会救助工作经费", "purpose": "购买服务", "budget": 5}
    staffed.act("录入", [Change("fund_line", (1,), None, line)])
    staffed.act("改", [Change("engagement", (1,), {"full_time": True}, {"full_time": False})])
