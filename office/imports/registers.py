"""Bringing in the plain registers: 补充合同, 单位缴费比例 and those of the management year. Each is one table and nothing more, so
they stand together, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from office.imports.plan import ImportKind
from office.imports.table import Spec, kind_of, stored_fields
from office.imports.words import CONTRACT, UNIT
from policy.kinds import Field
from policy.kinds.text import CODE, NAME

_CONTRACT = {"contract": Field("合同编号", CODE, ("合同号", "协议编号"), hint="填台账里采购合同的编号")}
_UNIT = {"unit": Field("单位名称", NAME, ("单位", "乡镇（街道）", "乡镇", "镇街"), hint="填台账里的单位名称")}


def _by(*names: str) -> Any:
    return lambda values: " ".join(str(values[name]) for name in names if values.get(name) is not None)


def _register(kind: str, title: str, table: str, columns: tuple[str, ...], key: tuple[str, ...], needs: tuple[str, ...], **more: Any) -> Spec:
    before: Mapping[str, Field] = more.pop("before", {})
    return Spec(kind, title, table, dict(before) | stored_fields(table, *columns), key=key, needs=needs, named=_by(*key), **more)


SPECS: tuple[Spec, ...] = (
    _register("amendments", "补充合同", "contract_amendment", ("signed", "amount", "end", "subject"), ("contract", "signed"), ("contract", "signed"),
              before=_CONTRACT, words={"contract": CONTRACT}),
    _register("rates", "单位缴费比例", "employer_rate", ("since", "item", "rate", "base_low", "base_high", "document"), ("since", "item"), ("since", "item", "rate")),
    _register("plans", "方案与公开", "plan_doc", (
        "kind", "title", "year", "stage", "doc_no", "dated", "party_organ", "party_on", "party_no", "government_organ", "government_on", "government_no",
        "must_publish", "published", "channel", "must_report", "reported", "due"), ("kind", "doc_no"), ("kind", "doc_no")),
    _register("meetings", "会议", "meeting", ("name", "kind", "level", "held", "chair", "departments", "topics", "minutes_no", "reported"),
              ("name", "held"), ("name", "kind", "held")),
    _register("trainings", "培训", "training", ("name", "kind", "organiser", "held", "hours", "place", "called", "came"), ("name", "held"), ("name", "kind", "held")),
    _register("incoming", "来文登记", "incoming_doc", ("doc_no", "organ", "title", "received", "asks", "handler", "due", "done", "reply_no"),
              ("title", "received"), ("title", "received")),
    _register("inspections", "检查通报", "inspection", ("organ", "kind", "held", "score", "rank", "finding"), ("organ", "held"), ("organ", "kind", "held")),
    _register("survey", "窗口摸查", "survey_window", ("as_of", "has_window", "name", "windows", "staff", "computers", "printers", "area", "rules_posted"),
              ("unit", "as_of"), ("unit", "as_of"), before=_UNIT, words={"unit": UNIT}),
    _register("workload", "工作量", "workload", ("year", "accepted", "visited"), ("unit", "year"), ("unit", "year"), before=_UNIT, words={"unit": UNIT}),
    _register("contacts", "通讯录", "contact", ("name", "role", "organ", "duty", "phone", "remark"), ("name", "role"), ("name", "role")),
)  # fmt: skip
KINDS: Mapping[str, ImportKind] = {spec.id: kind_of(spec) for spec in SPECS}
