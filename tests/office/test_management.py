"""Acts of the management year: one act, one undo; wrong input refused with a sentence that says what to do."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.change import Change, Refused
from db.lists.management import evaluations, incoming, named_kind, open_matters, problems, recruits, register, trainings
from db.rows import row, rows
from office import management as acts
from office import recycle
from office.check import facts_in
from policy import example
from policy.kinds import Unreadable
from policy.period import parse_period
from policy.promotion import candidates
from tests.db.records import county, everything, new, worker

DAY = date(2026, 12, 31)
CONTRACT = {"no": "DL-001", "name": "派遣协议", "kind": "劳务派遣", "procured_as": "其他", "start": date(2026, 1, 1), "end": DAY}


@pytest.fixture
def office(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2, at=3), new("purchase_contract", 1, **CONTRACT)])
    return book


def undone(book: Book) -> bool:
    """Whether taking back the last act leaves what was there before it (`before` is read by the caller)."""
    return book.undo() is not None


def test_a_batch_with_its_units_is_one_act(office: Book) -> None:
    before = office.read(everything)
    number = acts.add_batch(office, {"name": "第一批", "due": date(2026, 6, 15)}, {2: 2, 3: 1})
    assert [(one["unit"], one["planned"]) for one in office.read(rows, "recruit_line", batch=number)] == [(2, 2), (3, 1)]
    (line,) = office.read(recruits, DAY).rows
    assert line.values[-3:] == (3, 0, 3)
    assert undone(office) and office.read(everything) == before


@pytest.mark.parametrize(("values", "planned", "said"), [({}, {2: 1}, "招录批次"), ({"name": "甲"}, {}, "至少选一个"), ({"name": "甲"}, {2: 0}, "大于 0")])
def test_a_batch_without_name_unit_or_heads_is_refused(office: Book, values: dict[str, object], planned: dict[int, int], said: str) -> None:
    with pytest.raises(Refused, match=said):
        acts.add_batch(office, values, planned)
    assert office.read(rows, "recruit_batch") == []


def test_a_training_with_its_people(office: Book) -> None:
    acts.add_training(office, {"name": "岗前", "kind": "入职培训", "held": date(2026, 6, 20)}, {1: True, 2: False})
    (line,) = office.read(trainings, DAY).rows
    assert line.values[-2:] == (2, 1)
    with pytest.raises(Refused, match="培训日期"):
        acts.add_training(office, {"name": "岗前", "kind": "入职培训"}, {})


def test_an_evaluation_once_a_year_with_weights(office: Book) -> None:
    acts.evaluate(office, {"contract": 1, "year": 2026, "buyer_score": 9000, "client_score": 8000, "third_score": 7000, "buyer_weight": 2})
    (line,) = office.read(evaluations, DAY, example.parameters().limits).rows
    assert line.values[-2:] == (8250, "良")
    with pytest.raises(Refused, match="2026 年度的绩效评价已经登记"):
        acts.evaluate(office, {"contract": 1, "year": 2026})
    with pytest.raises(Refused, match="三方评分的权重不能都是 0"):
        acts.evaluate(office, {"contract": 1, "year": 2025, "buyer_weight": 0, "client_weight": 0, "third_weight": 0})


def test_a_disclosure_fills_the_contracts_own_date_once(office: Book) -> None:
    acts.disclose(office, 1, "合同公告", date(2026, 1, 5))
    acts.disclose(office, 1, "合同公告", date(2026, 1, 9))
    held = office.read(row, "purchase_contract", (1,))
    assert held and held["contract_noticed"] == date(2026, 1, 5)
    assert undone(office) and undone(office)
    held = office.read(row, "purchase_contract", (1,))
    assert held and held["contract_noticed"] is None and office.read(rows, "disclosure") == []
    acts.disclose(office, 1, "采购意向", date(2025, 9, 1))
    with pytest.raises(Refused, match="合同已经不在了"):
        acts.disclose(office, 9, "采购意向", date(2025, 9, 1))


def test_the_proposed_scale_has_four_grades_by_certificate(office: Book) -> None:
    acts.add_scale(office, "方案", date(2023, 1, 1), "东民〔2023〕1号", 400_000, 50_000)
    scale = office.read(facts_in, parse_period("2026")).management.scale()
    assert scale and [(g.level, g.monthly, g.years, g.certificate) for g in scale.grades] == [
        (1, 400_000, None, ""), (2, 450_000, 3, "助理社会工作师"), (3, 500_000, 3, "社会工作师"), (4, 550_000, 3, "高级社会工作师"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="已有从 2023-01-01 起施行"):
        acts.add_scale(office, "又一份", date(2023, 1, 1), None, 400_000, 0)
    with pytest.raises(Refused, match="大于 0"):
        acts.add_scale(office, "又一份", date(2024, 1, 1), None, 0, 0)


def test_placing_and_promoting_with_the_pay_standard(office: Book) -> None:
    acts.add_scale(office, "方案", date(2023, 1, 1), None, 400_000, 50_000)
    acts.put_on_grade(office, 1, 1, date(2024, 1, 1), "首次定级")
    with pytest.raises(Refused, match="已经定过级"):
        acts.put_on_grade(office, 1, 2, date(2025, 1, 1), "首次定级")
    with pytest.raises(Refused, match="已有从 2024-01-01 起的层级变动"):
        acts.put_on_grade(office, 1, 2, date(2024, 1, 1), "晋升")
    (early,) = office.read(lambda c: candidates(facts_in(c, parse_period("2026"))))
    with pytest.raises(Refused, match="人员1还不符合晋升二级的条件：在现层级满 3 年"):
        acts.promote(office, [early], date(2026, 7, 1))
    office.act("补", [new("appraisal", 1, person=1, year=2026, grade="称职")])
    office.act("证", [Change("person", (1,), {"certificate": None}, {"certificate": "助理社会工作师"})])
    before = office.read(everything)
    (ready,) = office.read(lambda c: candidates(facts_in(c, parse_period("2027", date(2027, 1, 1)))))
    assert ready.may
    acts.promote(office, [ready], date(2027, 1, 1), "东民〔2027〕1号")
    assert [(s["since"], s["monthly_fixed"], s["performance"]) for s in office.read(rows, "pay_standard", engagement=1)] == [(date(2027, 1, 1), 450_000, 0)]
    assert [(c["grade"], c["reason"]) for c in office.read(rows, "grade_change", person=1)] == [(1, "首次定级"), (2, "晋升")]
    assert undone(office) and office.read(everything) == before
    with pytest.raises(Refused, match="请先选择"):
        acts.promote(office, [], date(2027, 1, 1))


def test_a_raise_needs_items_an_engagement_and_a_free_day(office: Book) -> None:
    acts.add_scale(office, "方案", date(2020, 1, 1), None, 400_000, 50_000)
    with pytest.raises(Refused, match="2023-01-01 没有用工关系"):
        acts.put_on_grade(office, 1, 1, date(2023, 1, 1), "首次定级", raise_pay=True)
    acts.put_on_grade(office, 1, 1, date(2024, 2, 1), "首次定级", raise_pay=True)
    office.act("删", [])
    for one in office.read(rows, "pay_grade_item", grade=2):
        recycle.discard(office, "pay_grade_item", (one["id"],), "录错")
    with pytest.raises(Refused, match="还没有工资项目"):
        acts.put_on_grade(office, 1, 2, date(2025, 2, 1), "晋升", raise_pay=True)


def test_problems_and_incoming_documents_are_closed_with_a_day(office: Book) -> None:
    office.act("登记", [
        new("problem", 1, found_on=date(2026, 3, 1), what="没有窗口", due=date(2026, 12, 30)), new("problem", 2, found_on=date(2026, 3, 1), what="缺记录", due=DAY),
        new("incoming_doc", 1, title="通知", received=date(2026, 12, 1), due=date(2027, 1, 1)),
    ])  # fmt: skip
    assert [line.values[-1] for line in office.read(problems, DAY).rows] == ["逾期 1 天", "今天到期"]
    assert [line.values[-1] for line in office.read(incoming, DAY).rows] == ["1 天后到期"]
    with pytest.raises(Refused, match="早于发现日期"):
        acts.mend(office, 1, date(2026, 2, 28))
    with pytest.raises(Refused, match="早于收文日期"):
        acts.finish(office, 1, date(2026, 11, 30))
    acts.mend(office, 1, date(2026, 12, 31), "照片")
    acts.finish(office, 1, date(2026, 12, 31), "东民〔2026〕9号")
    assert [line.values[-1] for line in office.read(problems, DAY).rows] == ["已办结", "今天到期"]
    assert [(line.values[0], line.values[1]) for line in office.read(open_matters, DAY).rows] == [("整改事项", "缺记录")]


def test_the_hand_over_list_is_what_is_open(office: Book) -> None:
    office.act("登记", [new("incoming_doc", 1, title="通知", doc_no="岭民函1号", received=date(2026, 12, 1), due=date(2027, 1, 1))])
    number = acts.hand_over(office, DAY, "李晓敏", "张佩珊", "林志强")
    assert [(one["kind"], one["matter"], one["due"], one["taken"]) for one in office.read(rows, "handover_item", handover=number)] == [
        ("来文", "岭民函1号 通知", date(2027, 1, 1), False)
    ]
    with pytest.raises(Refused, match="同一个人"):
        acts.hand_over(office, DAY, "李晓敏", " 李晓敏")


def test_a_new_year_begins_with_what_repeats_and_only_once(office: Book) -> None:
    with pytest.raises(Refused, match="没有可以沿用的记录"):
        acts.open_year(office, 2027)
    office.act("登记", [
        new("plan_doc", 1, kind="自查报告", title="2026年自查报告", year=2026, must_report=True, dated=DAY, doc_no="东民1号", reported=DAY, due=DAY),
        new("workload", 1, unit=2, year=2026, accepted=10),
    ])  # fmt: skip
    acts.open_year(office, 2027)
    made = office.read(rows, "plan_doc")[-1]
    assert (made["title"], made["year"], made["must_report"], made["dated"], made["doc_no"], made["reported"], made["due"]) == ("2027年自查报告", 2027, True, None, None, None, None)
    assert office.read(rows, "workload", year=2027)[0]["accepted"] is None
    with pytest.raises(Refused, match="不用再开启"):
        acts.open_year(office, 2027)


def test_a_plan_with_its_heads_goes_as_one(office: Book) -> None:
    number = acts.add_plan(office, {"kind": "具体操作方案"}, {2: 3})
    assert office.read(recycle.what_goes, "plan_doc", (number,)) == "方案人员配比 1 条"
    recycle.discard(office, "plan_doc", (number,), "重复")
    assert office.read(rows, "plan_head") == []


def test_a_grade_somebody_stands_on_stays_also_when_its_scale_is_discarded(office: Book) -> None:
    acts.add_scale(office, "方案", date(2023, 1, 1), None, 400_000, 50_000)
    acts.put_on_grade(office, 1, 1, date(2024, 1, 1), "首次定级")
    for table, number in (("pay_grade", 1), ("pay_scale", 1)):
        with pytest.raises(Refused, match="1 条层级变动用到这个层级"):
            recycle.discard(office, table, (number,), "录错")


def test_registers_choose_units_people_and_contracts_by_name(office: Book) -> None:
    office.act("登记", [new("reward", 1, person=2, unit=3, given=DAY, kind="表彰", title="先进"), new("person", 3, name="人员2", id_no=example.id_no(date(1990, 1, 1), 3))])
    listing = office.read(register, "reward", DAY)
    kinds = {column.column: column.field.kind for column in listing.columns}
    assert (kinds["person"].parse("人员1", None), kinds["unit"].parse("白沙镇", None)) == (1, 3)
    assert kinds["person"].show(3).startswith("人员2（尾号 ") and kinds["person"].show(99) == "（已不存在的记录 99）"
    with pytest.raises(Unreadable, match="姓名里没有“谁”"):
        kinds["person"].parse("谁", None)
    under = office.read(register, "evaluation", DAY, contract=1)
    assert "contract" not in {column.column for column in under.columns}
    assert named_kind("合同编号", {1: "DL-001"}, "合同").parse("ｄｌ-001", None) == 1
