"""The recycle bin: a record entered by mistake leaves the book with all that hangs on it, as one act, and can be put back.

Who left is not removed (离职（退回）), nor is a unit that ceased (撤销单位): their past belongs to earlier returns.
"""

from __future__ import annotations

from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists import Key
from db.rows import row, rows
from office.attachments import number

HANGING: Final = {
    "return_": (("return_cell", "return_"), ("return_note", "return_")),
    "person": (("engagement", "person"), ("appraisal", "person"), ("training_person", "person"), ("reward", "person"), ("grade_change", "person")),
    "engagement": tuple(
        (table, "engagement")
        for table in ("engagement_term", "assignment", "absence", "attendance", "pay_standard", "pay_month", "provider_pay", "labour_contract", "employer_change")
    ),
    "unit": (
        ("unit_version", "unit"), ("approved_headcount", "unit"), ("caseload", "unit"), ("survey_window", "unit"), ("workload", "unit"),
    ),
    "recruit_batch": (("recruit_line", "batch"),),
    "recruit_line": (("recruit_count", "line"),),
    "training": (("training_person", "training"),),
    "plan_doc": (("plan_head", "document"),),
    "survey_window": (("problem", "survey"),),
    "inspection": (("problem", "inspection"),),
    "pay_scale": (("pay_grade", "scale"), ("performance_rule", "scale")),
    "pay_grade": (("pay_grade_item", "grade"),),
    "handover": (("handover_item", "handover"),),
    "purchase_contract": tuple(
        (table, "contract")
        for table in ("contract_unit", "contract_scope", "contract_source", "contract_tick", "contract_amendment", "contract_payment")
    ),
    "fund_doc": (("fund_line", "document"),),
    "hiring_plan": (("hiring_line", "plan"),),
    "report_task": (("city_entry", "task"),),
    "city_package": (("package_point", "package"),),
}
"""Table → (table, column) of the rows that are nothing without it and go with it."""

NAMED: Final = ("person", "unit_version", "supplier", "purchase_contract", "own_form")
"""Tables whose rows bear the name by which a removal is called."""

HOLDING: Final = {
    "supplier": (("purchase_contract", "supplier", "还有 {} 份采购合同由它承接。请先改正这些合同的承接主体。"),),
    "purchase_contract": (
        ("engagement_term", "purchase_contract", "还有 {} 条用工条件挂在这份合同下。请先用“涉及人员”把人员移出。"),
        ("purchase_contract", "predecessor", "有 {} 份合同续签自它。请先移走续签的合同，或清空那份合同的“续签自”。"),
        ("settlement", "contract", "这份合同已有 {} 个月的结算。请先移走这些月度结算。"),
        ("evaluation", "contract", "这份合同已有 {} 次绩效评价。请先移走这些评价。"),
        ("supervision", "contract", "这份合同已有 {} 条监督记录。请先移走这些记录。"),
        ("disclosure", "contract", "这份合同已有 {} 条采购公开记录。请先移走这些记录。"),
    ),
    "recruit_batch": (("hiring_plan", "batch", "有 {} 份招录计划转成了这个批次。请先移走招录计划。"),),
    "recruit_line": (("engagement", "recruit_line", "有 {} 人登记为这个招录单位招录的。请先改正他们的用工关系。"),),
    "pay_grade": (("grade_change", "grade", "还有 {} 条层级变动用到这个层级。请先改正这些变动；方案不再执行的，另建新方案。"),),
    "settlement": (("contract_payment", "settlement", "这个月的结算已登记 {} 笔付款。请先处理这些付款，再移走结算。"),),
    "report_task": (
        ("return_", "task", "这个任务下已有 {} 份报表。没有封存过的，请先删除报表；封存过的任务要保留。"),
        ("city_package", "task", "这个任务下已收到 {} 个数据包，要保留，不能移走。"),
    ),
    "city_county": (("city_package", "county", "已收到这个单位的 {} 个数据包。要保留，不能移走。"),),
    "return_": (
        ("seal", "return_", "这份报表已封存 {} 次，要保留，不能删除。需要修改的，请用“解封”。"),
        ("submission", "return_", "这份报表有 {} 条上报记录，要保留，不能删除。"),
    ),
    "unit": (
        ("assignment", "unit", "还有 {} 条派驻记录在这个单位。请先改正这些派驻记录；单位已撤销的，请用“撤销单位”登记最后一天。"),
        ("unit_version", "parent", "还有 {} 条单位记录的所属单位是它。请先改正它们的所属单位。"),
        ("unit_version", "successor", "有 {} 个单位并入了它。请先改正并入单位。"),
        ("purchase_contract", "buyer", "还有 {} 份采购合同以它为购买主体。请先改正这些合同。"),
        ("contract_unit", "unit", "有 {} 份采购合同列它为用工单位。请先改正这些合同。"),
        ("fund_line", "unit", "还有 {} 条经费明细属于这个单位。请先改正这些明细。"),
        ("hiring_line", "unit", "有 {} 份招录计划安排了这个单位。请先改正招录计划。"),
        ("recruit_line", "unit", "还有 {} 个招录批次给这个单位招人。请先改正这些招录批次。"),
        ("plan_head", "unit", "有 {} 份方案给这个单位定了人数。请先改正这些方案。"),
        ("problem", "unit", "还有 {} 条整改事项属于这个单位。请先改正这些事项。"),
        ("reward", "unit", "还有 {} 条表彰奖励属于这个单位。请先改正这些记录。"),
    )
}
"""Table → rows of others that need it, and the sentence that then refuses."""


def hanging(connection: Any, table: str, key: Key) -> list[tuple[str, dict[str, Any]]]:
    """The rows that go when a record goes, itself first (table, whole row). Refused where it is not there any more."""
    whole = row(connection, table, key)
    if whole is None:
        raise Refused(f"这条“{label(table)}”记录已经不在了。请刷新。")
    found = [(table, whole)]
    for below, column in HANGING.get(table, ()):
        for one in rows(connection, below, **{column: key[0]}):
            found += hanging(connection, below, _key(one))
    return found + [("attachment", one) for one in rows(connection, "attachment", owner=table, record=number(key))]


def what_goes(connection: Any, table: str, key: Key) -> str:
    """What goes with a record, in words: 用工关系 1 条、派驻 2 条、工资 24 条 ("" where nothing hangs on it)."""
    counts: dict[str, int] = {}
    for one, _ in hanging(connection, table, key)[1:]:
        counts[one] = counts.get(one, 0) + 1
    return "、".join(f"{label(one)} {count} 条" for one, count in counts.items())


def discard(book: Book, table: str, key: Key, reason: str) -> int:
    """Move a record and what hangs on it into the recycle bin; returns the act, by which `restore` puts it back.

    Refused where others need it (people posted to a unit), or where a confirmed month holds its pay.
    """
    gone = book.read(hanging, table, key)
    for going, whole in gone:
        for other, column, sentence in HOLDING.get(going, ()):
            needing = [one for one in book.read(rows, other, **{column: whole["id"]}) if (other, one) not in gone]
            if needing:
                raise Refused(sentence.format(len(needing)))
    name = _name(gone)
    return book.act(f"移入回收站 {name}", [Change(one, _key(whole), whole, None) for one, whole in reversed(gone)], reason=reason)


def restore(book: Book, act: int) -> int:
    """Put back what an act removed, exactly as it was; returns the number of this act.

    Refused with a sentence where the book has moved on (the identity number was registered anew, the unit is gone).
    """
    return book.take_back(act)


def _name(gone: list[tuple[str, dict[str, Any]]]) -> str:
    named = [str(one["name"]) for table, one in gone if table in NAMED]
    return named[-1] if named else label(gone[0][0])


def _key(whole: dict[str, Any]) -> Key:
    return (whole["id"],) if "id" in whole else (whole["year"], whole["engagement"], whole["month"])
