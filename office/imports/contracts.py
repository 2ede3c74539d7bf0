"""Bringing in purchase contracts (采购合同) by their number, with supplier, using units, service scope, sources of money and clauses."""

from __future__ import annotations

from db.contract_tables import SCOPE, SOURCE, TICK
from office.imports.plan import YEARLY
from office.imports.table import Draft, Planning, Several, Spec, kind_of, stored_fields
from office.imports.words import CONTRACT, SUPPLIER, UNIT
from policy.kinds import Field
from policy.kinds.several import several, shares
from policy.kinds.text import CODE, NAME

_MANY = "几个之间用顿号隔开"
_SHARES = "一项的只写名称；几项的写明占比，如“甲 60%、乙 40%”，合计 100%"


def _term(draft: Draft, book: Planning) -> None:
    held = next(iter(book.beside(draft.values["no"])), {})
    first, last = (draft.values.get(name) or held.get(name) for name in ("start", "end"))
    if first and last and last < first:
        draft.errors["end"] = f"合同截止日期 {last} 早于起始日期 {first}。请核对。"


def _no_circle(draft: Draft, book: Planning) -> None:
    before = draft.values.get("predecessor")
    if before is not None and book.words["predecessor"].name(before) == draft.values["no"]:
        draft.errors["predecessor"] = "上一份合同就是这一份。请填写续签之前那份合同的编号，没有请留空。"


_STORED = stored_fields(
    "purchase_contract", "no", "name", "kind", "procured_as", "buyer_level", "buyer_class", "method", "project_no", "awarded", "award_noticed",
    "contract_noticed", "accepted", "signed", "start", "end", "amount", "headcount", "wage", "fee", "pay_clause", "work_class", "filed", "budget_doc",
)  # fmt: skip
SPEC = Spec(
    "contracts", "采购合同", "purchase_contract",
    {
        **{name: _STORED[name] for name in ("no", "name", "kind", "procured_as")},
        "supplier": Field("承接主体", NAME, ("承接主体名称", "供应商", "供应商名称", "派遣单位", "派遣公司", "中标供应商", "成交供应商"), hint="填台账里已登记的承接主体名称"),
        "buyer": Field("购买主体", NAME, ("购买单位", "采购人", "采购单位", "甲方"), hint="填台账里的单位名称"),
        **{name: one for name, one in _STORED.items() if name not in ("no", "name", "kind", "procured_as")},
        "predecessor": Field("上一份合同编号", CODE, ("原合同编号", "续签前合同编号"), hint="续签的填原合同的编号"),
        "units": Field("使用单位", several(NAME), ("用工单位", "使用（用工）单位", "服务单位"), hint=f"填台账里的单位名称，{_MANY}"),
        "scopes": Field("服务内容", shares(SCOPE), ("购买内容",), hint=f"从“{'、'.join(SCOPE.choices)}”里选；{_SHARES}"),
        "sources": Field("资金来源", shares(SOURCE), ("经费来源",), hint=f"从“{'、'.join(SOURCE.choices)}”里选；{_SHARES}"),
        "ticks": Field("合同条款与做法", several(TICK, "；;\n"), hint=f"从“{'”“'.join(TICK.choices)}”里选，几项之间用分号隔开"),
    },
    key=("no",), needs=("no",), named=lambda values: values.get("no") or values.get("name") or "",
    words={"supplier": SUPPLIER, "buyer": UNIT, "units": UNIT, "predecessor": CONTRACT},
    several={
        "units": Several("contract_unit", "contract", ("unit",)), "scopes": Several("contract_scope", "contract", ("scope", "share")),
        "sources": Several("contract_source", "contract", ("source", "share")), "ticks": Several("contract_tick", "contract", ("tick",)),
    },
    checks=(_term, _no_circle), amounts={"wage": YEARLY}, same="同一份合同",
)  # fmt: skip
KIND = kind_of(SPEC)
