"""Bringing in the lines of lists that are kept in the book: 招录进度 by unit and day, 招录计划明细, and the 移交清单 of a handover."""

from __future__ import annotations

from typing import Any

from db.rows import rows
from office.imports.table import Draft, Planning, Spec, kind_of, stored_fields
from office.imports.words import BATCH, HIRING, UNIT
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import ORDINAL
from policy.kinds.text import NAME, TEXT

_UNIT = Field("单位名称", NAME, ("单位", "乡镇（街道）", "乡镇", "镇街"), hint="填台账里的单位名称")


def _recruiting(connection: Any) -> dict[Any, Any]:
    """(batch, unit) → its line, with the day the batch was announced and the days on which people came by it."""
    announced = {one["id"]: one["announced"] for one in rows(connection, "recruit_batch")}
    came: dict[int, list[Any]] = {}
    for one in rows(connection, "engagement"):
        came.setdefault(one["recruit_line"], []).append(one["start"])
    return {
        (one["batch"], one["unit"]): one | {"announced": announced[one["batch"]], "came": came.get(one["id"], [])}
        for one in rows(connection, "recruit_line")
    }


def _of_a_line(draft: Draft, book: Planning) -> None:
    values = draft.values
    line = book.other.get((values["batch"], values["unit"]))
    if line is None:
        draft.errors["unit"] = "这个招录批次里没有这个单位。请核对，或先登记（导入）招录单位。"
        return
    values["line"] = line["id"]
    if line["announced"] is not None and values["as_of"] < line["announced"]:
        draft.errors["as_of"] = f"{values['as_of']} 早于招录公告日期 {line['announced']}。请核对日期。"
    came = sum(start <= values["as_of"] for start in line["came"])
    if values.get("on_post") is not None and values["on_post"] < came:
        draft.errors["on_post"] = f"这个单位已有 {came} 人登记为由本批次到岗，到岗人数不能少于 {came}。请核对。"


PROGRESS = Spec(
    "progress", "招录进度", "recruit_count",
    {
        "batch": Field("招录批次", TEXT, ("批次", "批次名称"), hint="填台账里的招录批次"), "unit": _UNIT,
        **stored_fields("recruit_count", "as_of", "applied", "qualified", "interviewed", "publicised", "hired", "on_post"),
    },
    key=("line", "as_of"), needs=("batch", "unit", "as_of"), named=lambda values: f"{values.get('batch') or ''} {values.get('unit') or ''}".strip(),
    words={"batch": BATCH, "unit": UNIT}, checks=(_of_a_line,), other=_recruiting, same="同一批次、同一单位、同一天",
)  # fmt: skip


def _month_in_post(draft: Draft, _: Planning) -> None:
    draft.values["month"] = draft.values["from_month"]
    if not 1 <= draft.values["month"] <= 12:
        draft.errors["from_month"] = "到岗月份应在 1 到 12 之间。请改正。"
    if draft.values.get("heads") == 0:
        draft.errors["heads"] = "计划人数要大于 0。不招录的单位请删去这一行。"


HIRED = Spec(
    "hiring_lines", "招录计划明细", "hiring_line",
    {
        "plan": Field("招录计划", TEXT, ("计划名称",), hint="填台账里的招录计划"), "unit": _UNIT, **stored_fields("hiring_line", "heads"),
        "from_month": Field("到岗月份", ORDINAL, ("到岗月",), hint="填 1 到 12"),
    },
    key=("plan", "unit", "month"), needs=("plan", "unit", "heads", "from_month"),
    named=lambda values: f"{values.get('plan') or ''} {values.get('unit') or ''}".strip(),
    words={"plan": HIRING, "unit": UNIT}, checks=(_month_in_post,), same="同一计划、同一单位、同一月份",
)  # fmt: skip


def _handovers(connection: Any) -> dict[Any, Any]:
    """Day → the handovers of that day, by their number."""
    found: dict[Any, Any] = {}
    for one in rows(connection, "handover"):
        found.setdefault(one["on"], {})[one["id"]] = one["giver"]
    return found


def _of_a_handover(draft: Draft, book: Planning) -> None:
    day, giver = draft.values["on"], draft.values.get("giver")
    of_day = [number for number, name in book.other.get(day, {}).items() if giver in (None, name)]
    if len(of_day) == 1:
        draft.values["handover"] = of_day[0]
    elif of_day:
        draft.errors["on"] = f"{day} 有 {len(of_day)} 次工作移交，分不清是哪一次。请填写“移交人”。"
    else:
        draft.errors["on"] = f"台账里没有{giver or ''} {day} 的工作移交。请核对，或先在“工作交接”里登记这次移交。"


ITEMS = Spec(
    "handover_items", "移交清单", "handover_item",
    {
        "on": Field("移交日期", DATE, ("交接日期",)), "giver": Field("移交人", NAME, ("交接人",), hint="同一天有几次移交的才填"),
        **stored_fields("handover_item", "kind", "matter", "state", "due"),
    },
    key=("handover", "matter"), needs=("on", "kind", "matter"), named=lambda values: values.get("matter") or "",
    checks=(_of_a_handover,), other=_handovers, same="同一次移交、同一事项",
)  # fmt: skip
SPECS = (PROGRESS, HIRED, ITEMS)
KINDS = {spec.id: kind_of(spec) for spec in SPECS}
