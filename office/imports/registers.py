"""Bringing in the plain registers: 补充合同, the rates and tables of the law, scales of pay and those of the management year. Each is
one table and nothing more, so they stand together, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from office.imports.plan import ImportKind
from office.imports.table import Spec, kind_of, stored_fields, the_person
from office.imports.words import BATCH, CONTRACT, GRADE, PLAN, SCALE, TRAINING, UNIT
from policy.kinds import Field
from policy.kinds.text import CODE, NAME, TEXT

_CONTRACT = {"contract": Field("合同编号", CODE, ("合同号", "协议编号"), hint="填台账里采购合同的编号")}
_UNIT = {"unit": Field("单位名称", NAME, ("单位", "乡镇（街道）", "乡镇", "镇街"), hint="填台账里的单位名称")}

_BATCH = {"batch": Field("招录批次", TEXT, ("批次", "批次名称"), hint="填台账里的招录批次")}
_SCALE = {"scale": Field("方案名称", TEXT, ("工资层级方案", "层级方案"), hint="填台账里的工资层级方案")}
_GRADE = {"grade": Field("层级名称", TEXT, ("工资层级", "层级"), hint="填台账里的层级；几个方案都有的，写成“方案名称 层级名称”")}
_PLAN = {"document": Field("方案文号", TEXT, ("文号", "方案名称"), hint="填台账里方案的文号或名称")}
_TRAINING = {"training": Field("培训名称", TEXT, ("培训",), hint="填台账里的培训；同名的写成“培训名称（日期）”")}
_HIRING = {"plan": Field("招录计划", TEXT, ("计划名称",), hint="填台账里的招录计划")}


def _by(*names: str) -> Any:
    return lambda values: " ".join(str(values[name]) for name in names if values.get(name) is not None)


def _register(kind: str, title: str, table: str, columns: tuple[str, ...], key: tuple[str, ...], needs: tuple[str, ...], **more: Any) -> Spec:
    before: Mapping[str, Field] = more.pop("before", {})
    return Spec(kind, title, table, dict(before) | stored_fields(table, *columns), key=key, needs=needs, named=_by(*key), **more)


def _of_a_person(kind: str, title: str, table: str, columns: tuple[str, ...], key: tuple[str, ...], needs: tuple[str, ...], **more: Any) -> Spec:
    made = _register(kind, title, table, columns, ("person", *key), needs, **more)
    return replace(made, named=lambda values: values.get("name") or "", whose=the_person)


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
    _register("control", "月报总数", "control_total", ("as_of", "category", "households", "persons"), ("as_of", "category"), ("as_of", "category")),
    _register("wages", "最低工资", "minimum_wage", ("since", "area", "monthly"), ("since", "area"), ("since", "area", "monthly")),
    _register("retirement", "退休年龄", "retirement_age", ("born_from", "category", "years", "months"), ("born_from", "category"),
              ("born_from", "category", "years")),
    _register("holidays", "节假日", "holiday", ("day", "kind", "name"), ("day",), ("day", "kind")),
    _register("supervisions", "监督记录", "supervision", ("phase", "held", "by", "finding", "fix", "mended"), ("contract", "held", "phase"),
              ("contract", "phase", "held"), before=_CONTRACT, words={"contract": CONTRACT}),
    _register("disclosures", "采购公开", "disclosure", ("kind", "published", "channel", "url"), ("contract", "kind", "published"),
              ("contract", "kind", "published"), before=_CONTRACT, words={"contract": CONTRACT}),
    _register("evaluations", "绩效评价", "evaluation", (
        "year", "evaluated", "buyer_score", "client_score", "third_score", "buyer_weight", "client_weight", "third_weight", "result_score", "project_score",
        "impact_score", "result_weight", "project_weight", "impact_weight", "third_party", "sample", "grade", "published", "channel", "rectification",
        "rectified", "use"), ("contract", "year"), ("contract", "year"), before=_CONTRACT, words={"contract": CONTRACT}),
    _register("problems", "整改事项", "problem", ("found_on", "what", "measure", "responsible", "due", "mended", "proof"), ("found_on", "what", "unit"),
              ("found_on", "what"), before=_UNIT, words={"unit": UNIT}),
    _register("unit_rewards", "单位表彰", "reward", ("given", "kind", "title", "organ", "doc_no"), ("unit", "given", "title"),
              ("unit", "given", "kind", "title"), before=_UNIT, words={"unit": UNIT}),
    _of_a_person("rewards", "个人表彰", "reward", ("given", "kind", "title", "organ", "doc_no"), ("given", "title"), ("given", "kind", "title")),
    _of_a_person("attendees", "参训名单", "training_person", ("attended",), ("training",), ("training", "attended"),
                 before=_TRAINING, words={"training": TRAINING}),
    _register("heads", "方案人员配比", "plan_head", ("heads",), ("document", "unit"), ("document", "unit", "heads"), before=_PLAN | _UNIT,
              words={"document": PLAN, "unit": UNIT}),
    _register("scales", "工资层级方案", "pay_scale", ("name", "since", "document", "performance_share", "performance_rule"), ("since",), ("name", "since")),
    _register("grades", "工资层级", "pay_grade", ("level", "name", "year_end", "years", "certificate", "appraisal", "appraisals"), ("scale", "level"),
              ("scale", "level", "name"), before=_SCALE, words={"scale": SCALE}),
    _register("grade_items", "层级月标准", "pay_grade_item", ("item", "monthly"), ("grade", "item"), ("grade", "item", "monthly"), before=_GRADE,
              words={"grade": GRADE}),
    _register("factors", "绩效系数", "performance_rule", ("grade", "low", "factor"), ("scale", "grade", "low"), ("scale", "grade", "factor"),
              before=_SCALE, words={"scale": SCALE}),
    _of_a_person("grade_changes", "层级变动", "grade_change", ("since", "reason", "document"), ("since",), ("grade", "since", "reason"),
                 before=_GRADE, words={"grade": GRADE}),
    _register("batches", "招录批次", "recruit_batch", (
        "name", "recruiter", "plan_no", "party_organ", "party_on", "party_no", "government_organ", "government_on", "government_no", "announced", "channel",
        "method", "conditions", "due"), ("name",), ("name",)),
    _register("recruits", "招录单位", "recruit_line", ("planned", "due"), ("batch", "unit"), ("batch", "unit", "planned"), before=_BATCH | _UNIT,
              words={"batch": BATCH, "unit": UNIT}),
    _register("hiring", "招录计划", "hiring_plan", ("name", "year", "note"), ("name",), ("name", "year")),
    _register("contacts", "通讯录", "contact", ("name", "role", "organ", "duty", "phone", "remark"), ("name", "role"), ("name", "role")),
)  # fmt: skip
KINDS: Mapping[str, ImportKind] = {spec.id: kind_of(spec) for spec in SPECS}
