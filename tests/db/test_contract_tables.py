"""Contracts and money in the book: every field read back into facts, as of a date; sums computed and held by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db import facts as db_facts
from db.book import Book
from db.change import Change, Refused
from db.labels import LABELS, label
from db.model import TABLES
from db.rows import row
from policy import example
from policy.contract_facts import DISPATCH, PERSONAL_DATA, WORK_FUND
from policy.facts import Facts
from policy.period import parse_period
from tests.db.records import county, new, pay, worker

END = date(2026, 12, 31)
MADE: dict[str, Any] = {"no": "DL-001", "name": "派遣协议", "kind": DISPATCH, "procured_as": "其他", "start": date(2026, 1, 1), "end": END}


def read(book: Book, day: date = END) -> Facts:
    return book.read(db_facts.read, example.parameters(day), parse_period(str(day.year), day))


@pytest.fixture
def signed(book: Book) -> Book:
    book.act("新建", [
        *county(), *worker(1), *worker(2, start=date(2020, 1, 1), end=date(2025, 6, 30)),
        new("supplier", 1, name="岭东人力资源有限公司", body="企业", licence_no="粤派001", licence_to=END),
        new("purchase_contract", 1, **MADE, buyer=1, supplier=1, signed=date(2025, 12, 19), amount=12_000_000, headcount=2, wage=5_000_000),
        new("contract_unit", 1, contract=1, unit=2), new("contract_unit", 2, contract=1, unit=3),
        new("contract_scope", 1, contract=1, scope="低保", share=7000), new("contract_scope", 2, contract=1, scope="特困", share=3000),
        new("contract_source", 1, contract=1, source=WORK_FUND, share=10000), new("contract_tick", 1, contract=1, tick=PERSONAL_DATA),
        new("contract_amendment", 1, contract=1, signed=date(2026, 6, 1), amount=500_000, end=date(2027, 1, 31), subject="增加服务"),
        new("contract_payment", 1, contract=1, paid_on=date(2026, 3, 31), wages=100, employer=20, fee=3, source=WORK_FUND, first_month=202601, last_month=202603),
        new("contract_payment", 2, contract=1, paid_on=date(2026, 4, 1), other=7, source=WORK_FUND),
        Change("engagement_term", (1,), {"purchase_contract": None}, {"purchase_contract": 1}),
        Change("engagement_term", (1,), {"employer": None}, {"employer": "岭东人力资源有限公司"}),
    ])  # fmt: skip
    return book


def test_every_new_table_has_its_name_in_a_clerks_words_and_every_field_a_label() -> None:
    assert set(TABLES) - {"diary"} == set(LABELS)
    for table in ("supplier", "purchase_contract", "contract_payment", "labour_contract", "fund_line", "employer_rate"):
        assert label(table)
        for column in TABLES[table].columns:
            assert column.primary_key or column.foreign_keys or column.info["field"].label, (table, column.name)


def test_a_contract_with_all_that_hangs_on_it(signed: Book) -> None:
    (contract,) = read(signed).contracts
    assert (contract.no, contract.kind, contract.buyer, contract.units) == ("DL-001", DISPATCH, 1, (2, 3))
    assert contract.supplier and (contract.supplier.name, contract.supplier.licence_to) == ("岭东人力资源有限公司", END)
    assert (contract.scopes, contract.sources, contract.ticks) == ({"低保": 7000, "特困": 3000}, {WORK_FUND: 10000}, {PERSONAL_DATA})
    assert (contract.total, contract.last_day, contract.paid) == (12_500_000, date(2027, 1, 31), 130)
    assert (contract.payments[0].amount, contract.payments[0].first_month) == (123, 202601)
    (one,) = read(signed).engagements
    assert one.terms[0].purchase_contract == 1


@pytest.mark.parametrize(
    ("day", "contracts", "total", "paid"),
    [(date(2025, 12, 18), 0, 0, 0), (date(2025, 12, 19), 1, 12_000_000, 0), (date(2026, 3, 31), 1, 12_000_000, 123), (date(2026, 6, 1), 1, 12_500_000, 130)],
)
def test_facts_know_nothing_signed_or_paid_after_the_day(signed: Book, day: date, contracts: int, total: int, paid: int) -> None:
    found = read(signed, day).contracts
    assert (len(found), sum(c.total or 0 for c in found), sum(c.paid for c in found)) == (contracts, total, paid)


def test_the_amount_of_a_payment_is_the_sum_of_its_parts(signed: Book) -> None:
    def amount(connection: Any) -> int:
        return int(connection.exec_driver_sql("SELECT amount FROM contract_payment WHERE id = 1").scalar())

    assert signed.read(amount) == 123
    signed.act("改", [Change("contract_payment", (1,), {"fee": 3}, {"fee": None})])
    assert signed.read(amount) == 120
    assert "amount" not in (signed.read(row, "contract_payment", (1,)) or {})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (new("purchase_contract", 2, **MADE), "合同编号"),
        (new("purchase_contract", 2, **MADE | {"no": "DL-002", "end": date(2025, 12, 31)}), "结束日期不能早于"),
        (new("contract_source", 2, contract=1, source="其他资金", share=10001), "占比"),
        (new("contract_source", 2, contract=1, source=WORK_FUND, share=1), "资金来源"),
        (new("contract_unit", 3, contract=9, unit=2), "相连"),
        (new("supplier", 2, name="岭东人力资源有限公司"), "承接主体名称"),
        (new("purchase_contract", 2, **MADE | {"no": None}), "合同编号"),
    ],
)
def test_what_the_book_refuses_in_words(signed: Book, change: Change, says: str) -> None:
    with pytest.raises(Refused, match=says):
        signed.act("新增", [change])


def test_labour_contracts_of_earlier_engagements_come_along_with_employer_and_unit(signed: Book) -> None:
    signed.act("新增", [
        new("engagement", 3, person=1, start=date(2020, 1, 1), end=date(2023, 12, 31)),
        new("engagement_term", 3, engagement=3, since=date(2020, 1, 1), type=DISPATCH, employer="前一家公司"),
        new("assignment", 3, engagement=3, unit=3, start=date(2020, 1, 1), end=date(2023, 12, 31)),
        new("labour_contract", 1, engagement=3, seq=1, kind="固定期限", start=date(2020, 1, 1), end=date(2023, 12, 31)),
        new("labour_contract", 2, engagement=1, seq=1, kind="固定期限", start=date(2024, 1, 1), end=date(2026, 12, 31), wage=450_000, names_unit=True),
        new("labour_contract", 3, engagement=1, seq=2, kind="无固定期限", start=date(2027, 1, 1)),
        new("labour_contract", 4, engagement=2, seq=1, kind="固定期限", start=date(2020, 1, 1), end=date(2025, 6, 30)),
    ])  # fmt: skip
    found = [(c.id, c.engagement, c.person, c.employer, c.unit) for c in read(signed).labour_contracts]
    assert found == [(1, 3, 1, "前一家公司", 3), (2, 1, 1, "岭东人力资源有限公司", 2)], "nobody who is not in the facts, nothing begun later"
    assert [c.id for c in read(signed, date(2027, 1, 1)).labour_contracts] == [1, 2, 3]


def test_pay_days_come_only_where_a_labour_contract_names_one(signed: Book) -> None:
    signed.act("工资", [pay(1, 2026, 1, base=1, paid_on=date(2026, 2, 10)), pay(1, 2026, 2, base=1), pay(1, 2026, 3)])
    assert read(signed).engagements[0].paid_on == ()
    signed.act("合同", [new("labour_contract", 1, engagement=1, kind="固定期限", start=date(2024, 1, 1), pay_day=10)])
    assert read(signed).engagements[0].paid_on == ((1, date(2026, 2, 10)), (2, None))
    assert read(signed, date(2026, 1, 31)).engagements[0].paid_on == ((1, date(2026, 2, 10)),)


def test_money_of_the_years_a_return_needs(signed: Book) -> None:
    signed.act("经费", [
        *(new("dibao_spend", i, year=year, level="县", area="农", amount=i) for i, year in enumerate((2023, 2024, 2025, 2026), 1)),
        new("fund_doc", 1, year=2026, level="县", doc_no="东财预〔2026〕1号", dated=date(2026, 2, 1)),
        new("fund_doc", 2, year=2026, level="省", dated=date(2027, 1, 1)), new("fund_doc", 3, year=2024, level="省"),
        new("fund_line", 1, document=1, source=WORK_FUND, purpose="工作", budget=300, received=200, received_on=date(2026, 5, 1), spent=100),
        new("fund_line", 2, document=2, source=WORK_FUND, purpose="工作", budget=9),
        new("appraisal", 1, person=1, year=2025, grade="称职"), new("minimum_wage", 1, since=date(2025, 3, 1), area="", monthly=185_000),
        new("retirement_age", 1, born_from=196501, category="男", years=60, months=1),
        new("employer_rate", 1, since=date(2026, 1, 1), item="养老", rate=1600), new("employer_rate", 2, since=date(2027, 1, 1), item="养老", rate=1700),
    ])  # fmt: skip
    made = read(signed)
    assert [row.year for row in made.dibao_spend] == [2024, 2025, 2026]
    assert [doc.id for doc in made.fund_docs] == [1]
    (line,) = made.fund_lines
    assert (line.document.doc_no, line.budget, line.received, line.spent) == ("东财预〔2026〕1号", 300, 200, 100)
    assert read(signed, date(2026, 4, 30)).fund_lines[0].received == 0, "arrives on 1 May"
    assert (made.retirement_ages[0].months, made.minimum_wages[0].monthly, made.appraisals[0].grade) == (721, 185_000, "称职")
    assert [rate.rate for rate in made.employer_rates] == [1600]
    assert signed.verify() == []


def test_service_carried_over_and_severance_decided(signed: Book) -> None:
    change = {"service_since": date(2018, 5, 1), "severance": 0}
    signed.act("改", [Change("engagement", (1,), {"service_since": None, "severance": None}, change)])
    one = read(signed).engagements[0]
    assert (one.service_since, one.severance) == (date(2018, 5, 1), 0)
