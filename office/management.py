"""Acts of the management year that touch more than one row: a batch with its units, a training with its people, grades, evaluation,
disclosure, hand-over, a new year. Single rows are added and changed by `office.edit`, discarded by `office.recycle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists.columns import field_of
from db.lists.management import open_matters
from db.rows import defaults, next_ids, row, rows
from policy.grade_facts import CERTIFICATES, FIRST_PLACING
from policy.labour_facts import GRADES
from policy.promotion import Candidate

_NOTICE_OF: Final[Mapping[str, str]] = {"中标（成交）公告": "award_noticed", "合同公告": "contract_noticed", "验收结果": "accepted"}
"""What of a disclosure the contract's own register also says."""


def _required(table: str, values: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if values.get(name) in (None, ""):
            raise Refused(f"请填写“{field_of(table, name).label}”。")


def _with_rows(book: Book, name: str, table: str, values: Mapping[str, Any], below: str, owner: str, each: Iterable[Mapping[str, Any]]) -> int:
    ids = book.read(next_ids)
    number = ids[table]
    changes = [Change(table, (number,), None, defaults(table) | {"id": number} | dict(values))]
    for at, one in enumerate(each, ids[below]):
        changes.append(Change(below, (at,), None, defaults(below) | {"id": at, owner: number} | dict(one)))
    book.act(name, changes)
    return number


def add_batch(book: Book, values: Mapping[str, Any], planned: Mapping[int, int]) -> int:
    """新增招录批次 with the heads planned for each unit; returns its number. Refused without a name, a unit or a head."""
    _required("recruit_batch", values, "name")
    if not planned or any(heads <= 0 for heads in planned.values()):
        raise Refused("请至少选一个招录单位，并填写各单位的计划招录人数（大于 0）。")
    lines = [{"unit": unit, "planned": heads} for unit, heads in planned.items()]
    return _with_rows(book, f"新增招录批次 {values['name']}", "recruit_batch", values, "recruit_line", "batch", lines)


def add_training(book: Book, values: Mapping[str, Any], people: Mapping[int, bool]) -> int:
    """新增培训 with the people called and whether each came; returns its number. A future training has nobody who came."""
    _required("training", values, "name", "kind", "held")
    each = [{"person": person, "attended": came} for person, came in people.items()]
    return _with_rows(book, f"新增培训 {values['name']}", "training", values, "training_person", "training", each)


def add_plan(book: Book, values: Mapping[str, Any], heads: Mapping[int, int]) -> int:
    """新增方案与材料 with its 人员配比 by unit (none for other documents); returns its number."""
    _required("plan_doc", values, "kind")
    each = [{"unit": unit, "heads": number} for unit, number in heads.items()]
    return _with_rows(book, f"新增{values['kind']}", "plan_doc", values, "plan_head", "document", each)


def evaluate(book: Book, values: Mapping[str, Any]) -> int:
    """登记绩效评价 of a contract for a year; returns its number. Refused for a second one of the year, or weights that are all 0."""
    _required("evaluation", values, "contract", "year")
    if book.read(rows, "evaluation", contract=values["contract"], year=values["year"]):
        raise Refused(f"这份合同 {values['year']} 年度的绩效评价已经登记。要改正它，请在列表里直接修改。")
    whole = defaults("evaluation") | dict(values)
    for words, names in (
        ("三方评分", ("buyer_weight", "client_weight", "third_weight")),
        ("三项内容", ("result_weight", "project_weight", "impact_weight")),
    ):
        if not sum(whole[name] or 0 for name in names):
            raise Refused(f"{words}的权重不能都是 0。请按 1:1:1 或者评价方案填写。")
    number = book.read(next_ids)["evaluation"]
    book.act(f"登记{values['year']}年度绩效评价", [Change("evaluation", (number,), None, whole | {"id": number})])
    return number


def disclose(book: Book, contract: int, kind: str, published: date, channel: str | None = None, url: str | None = None) -> int:
    """登记信息公开 of a purchase; where the contract's register has no date for it yet, that is filled in the same act."""
    held = book.read(row, "purchase_contract", (contract,))
    if held is None:
        raise Refused("这份合同已经不在了。请刷新后重选。")
    number = book.read(next_ids)["disclosure"]
    values = {"id": number, "contract": contract, "kind": kind, "published": published, "channel": channel, "url": url}
    changes = [Change("disclosure", (number,), None, defaults("disclosure") | values)]
    column = _NOTICE_OF.get(kind)
    if column and held[column] is None:
        changes.append(Change("purchase_contract", (contract,), {column: None}, {column: published}))
    book.act(f"登记{kind}", changes)
    return number


def add_scale(book: Book, name: str, since: date, document: str | None, lowest: int, step: int) -> int:
    """新建工资层级方案 with four grades by certificate as a proposal to edit: 基本工资 `lowest` 分 a month on the first, `step` 分 more on
    each next one; three years on the grade below, 称职 or better in the last year. Returns its number."""
    if book.read(rows, "pay_scale", since=since):
        raise Refused(f"已有从 {since} 起施行的工资层级方案。请改施行日期，或直接修改那份方案。")
    if lowest <= 0 or step < 0:
        raise Refused("起点工资要大于 0，级差不能是负数。")
    ids = book.read(next_ids)
    number = ids["pay_scale"]
    changes = [Change("pay_scale", (number,), None, defaults("pay_scale") | {"id": number, "name": name, "since": since, "document": document})]
    for at, certificate in enumerate(CERTIFICATES):
        of, item = ids["pay_grade"] + at, ids["pay_grade_item"] + at
        grade = {"id": of, "scale": number, "level": at + 1, "name": f"{'一二三四'[at]}级"}
        if at:
            grade |= {"years": 3, "certificate": certificate, "appraisal": GRADES[1]}
        changes.append(Change("pay_grade", (of,), None, defaults("pay_grade") | grade))
        changes.append(Change("pay_grade_item", (item,), None, {"id": item, "grade": of, "item": "基本工资", "monthly": lowest + at * step}))
    book.act(f"新建工资层级方案 {name}", changes)
    return number


def put_on_grade(book: Book, person: int, grade: int, since: date, reason: str, document: str | None = None, *, raise_pay: bool = False) -> int:
    """定级、晋升: from `since` on the person stands on a grade; with `raise_pay` the grade's pay standard begins the same day for the
    engagement that holds then, in the same act. Returns the change's number. Refused for a second change of one day, and for a raise
    without items or without an engagement."""
    if book.read(rows, "grade_change", person=person, since=since):
        raise Refused(f"已有从 {since} 起的层级变动。要改正它，请在“层级变动”里直接修改。")
    if reason == FIRST_PLACING and book.read(rows, "grade_change", person=person):
        raise Refused("这个人已经定过级。请把变动类型改为晋升、取得证书或者考核降级。")
    ids = book.read(next_ids)
    number = ids["grade_change"]
    values = {"id": number, "person": person, "grade": grade, "since": since, "reason": reason, "document": document}
    changes = [Change("grade_change", (number,), None, defaults("grade_change") | values)]
    if raise_pay:
        changes.append(_standard(book, person, grade, since, ids["pay_standard"]))
    book.act(reason if reason.endswith("级") else f"层级变动：{reason}", changes)
    return number


def _standard(book: Book, person: int, grade: int, since: date, number: int) -> Change:
    of, items = book.read(row, "pay_grade", (grade,)), book.read(rows, "pay_grade_item", grade=grade)
    if of is None or not items:
        raise Refused("这个层级还没有工资项目，不能同时调整工资标准。请先在工资层级方案里填写各项月标准。")
    here = [e for e in book.read(rows, "engagement", person=person) if e["start"] <= since and (e["end"] is None or since <= e["end"])]
    if not here:
        raise Refused(f"这个人在 {since} 没有用工关系，不能调整工资标准。请核对变动日期。")
    if book.read(rows, "pay_standard", engagement=here[-1]["id"], since=since):
        raise Refused(f"已有从 {since} 起的工资标准。请先核对，再单独修改工资标准。")
    performance = sum(one["monthly"] for one in items if one["item"] == "绩效工资")
    fixed = sum(one["monthly"] for one in items) - performance
    values = {"id": number, "engagement": here[-1]["id"], "since": since, "monthly_fixed": fixed, "performance": performance, "year_end": of["year_end"]}
    return Change("pay_standard", (number,), None, defaults("pay_standard") | values)


def promote(book: Book, chosen: Iterable[Candidate], since: date, document: str | None = None) -> int:
    """晋升 everybody chosen of a proposal list (`policy.promotion.candidates`) in one act, grade and pay standard; returns the act.
    Refused where somebody does not meet a condition: by name, with what is missing."""
    people = list(chosen)
    for one in people:
        missing = [condition.words for condition in one.conditions if not condition.met]
        if book.read(rows, "grade_change", person=one.engagement.person.id, since=since):
            raise Refused(f"{one.engagement.person.name}已有从 {since} 起的层级变动。请先核对，再另选日期。")
        if missing:
            raise Refused(f"{one.engagement.person.name}还不符合晋升{one.next.name}的条件：{'；'.join(missing)}。请取消选择，或先补登资料。")
    if not people:
        raise Refused("请先选择要晋升的人员。")
    ids, changes = book.read(next_ids), []
    for at, one in enumerate(people):
        number = ids["grade_change"] + at
        values = {"id": number, "person": one.engagement.person.id, "grade": one.next.id, "since": since, "reason": "晋升", "document": document}
        changes.append(Change("grade_change", (number,), None, defaults("grade_change") | values))
        changes.append(_standard(book, one.engagement.person.id, one.next.id, since, ids["pay_standard"] + at))
    return book.act(f"晋升层级 {len(people)} 人", changes)


def mend(book: Book, problem: int, on: date, proof: str | None = None) -> int:
    """销号: a problem is mended, with its proof; returns the act."""
    held = book.read(row, "problem", (problem,))
    if held is None:
        raise Refused("这条整改事项已经不在了。请刷新。")
    if on < held["found_on"]:
        raise Refused(f"销号日期 {on} 早于发现日期 {held['found_on']}。请核对日期。")
    before = {"mended": held["mended"], "proof": held["proof"]}
    return book.act("整改销号", [Change("problem", (problem,), before, {"mended": on, "proof": proof or held["proof"]})])


def finish(book: Book, document: int, on: date, reply_no: str | None = None) -> int:
    """办结来文, with the number of the reply; returns the act."""
    held = book.read(row, "incoming_doc", (document,))
    if held is None:
        raise Refused("这份来文已经不在了。请刷新。")
    if on < held["received"]:
        raise Refused(f"办结日期 {on} 早于收文日期 {held['received']}。请核对日期。")
    before = {"done": held["done"], "reply_no": held["reply_no"]}
    return book.act("办结来文", [Change("incoming_doc", (document,), before, {"done": on, "reply_no": reply_no or held["reply_no"]})])


def hand_over(book: Book, on: date, giver: str, receiver: str, witness: str | None = None) -> int:
    """登记工作移交 with a list of what is open that day, to be gone through and ticked; returns its number."""
    if giver.strip() == receiver.strip():
        raise Refused("移交人和接收人是同一个人。请核对。")
    each = [
        {"kind": one.values[0], "matter": one.values[1], "state": one.values[4], "due": one.values[3]} for one in book.read(open_matters, on).rows
    ]
    values = {"on": on, "giver": giver, "receiver": receiver, "witness": witness}
    return _with_rows(book, f"登记工作移交 {giver} → {receiver}", "handover", values, "handover_item", "handover", each)


REPEATING: Final = ("title", "stage", "must_publish", "must_report")
"""What of last year's document the new year's begins with; numbers, dates and consents are the new year's own."""


def open_year(book: Book, year: int) -> int:
    """开启新年度: the documents of the year before as empty ones of `year` (kind, title with the year changed, what must be published and
    reported), and a 工作量 row for every unit that had one. Returns the act. What is still open stays as it is (`open_matters`).
    Refused where the year was opened already or there is nothing to copy."""
    documents, loads = book.read(rows, "plan_doc"), book.read(rows, "workload")
    if any(one["year"] == year for one in (*documents, *loads)):
        raise Refused(f"{year} 年度已经有{label('plan_doc')}或{label('workload')}记录，不用再开启。")
    old = [one for one in documents if one["year"] == year - 1]
    worked = [one for one in loads if one["year"] == year - 1]
    if not old and not worked:
        raise Refused(f"{year - 1} 年度没有可以沿用的记录。请直接新增。")
    ids = book.read(next_ids)
    changes = []
    for at, one in enumerate(old, ids["plan_doc"]):
        values = {"id": at, "kind": one["kind"], "year": year} | {name: one[name] for name in REPEATING}
        values["title"] = one["title"].replace(str(year - 1), str(year)) if one["title"] else None
        changes.append(Change("plan_doc", (at,), None, defaults("plan_doc") | values))
    for at, one in enumerate(worked, ids["workload"]):
        changes.append(Change("workload", (at,), None, defaults("workload") | {"id": at, "unit": one["unit"], "year": year}))
    return book.act(f"开启{year}年度", changes)
