"""封面: who reports, for when, on which parameters, with what audit result, and the 校验码 of the set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policy.facts import CITY, Facts
from policy.figures import percent
from policy.parameters import Parameters
from returns.form import finish, reporter, span
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet, digest
from returns.task import Task, signatures


def lay(facts: Facts, task: Task, others: Sequence[Sheet] = (), hard: int | None = None, soft: int | None = None, log: str = "") -> Sheet:
    """The cover of the set `others`; `hard` and `soft` are the numbers of audit findings, left out where not audited yet; `log` says
    where the book's diary stood when the return was sealed."""
    county = facts.county
    lines = [
        ("填报单位", reporter(facts)),
        ("行政区划代码", county.code),
        ("所属地级市", county.city),
        ("所属区域", county.region),
        ("区域依据", county.region_basis if county.confirmed else "口径待明确"),
        ("汇总单位", str(task.typed.get(("封面", "汇总单位", "内容")) or "")),
        ("单位类型", "市级民政局" if any(unit.type == CITY for unit in facts.units) else "县级民政局"),
        ("配备模式", county.mode),
        ("报告期", span(facts)),
        ("任务名称", task.name),
        ("来文文号", task.document),
        ("包含报表", "、".join(sheet.key for sheet in others)),
        ("政策参数版本", facts.parameters.name),
        ("测算口径", _modes(facts.parameters)),
        ("审核结果", "" if hard is None or soft is None else f"强制性问题 {hard} 条，核实性问题 {soft} 条"),
        ("校验码", check_code(others) if others else ""),
        ("台账日志", log),
        *((title, name or blank) for title, name, blank in signatures(task, county)),
    ]
    rows = tuple(Row(name, Scope.OTHER, (Cell(name), Cell(content))) for name, content in lines if content)
    sheet = Sheet(
        "封面",
        task.name,
        (),
        (f"填报单位（盖章）：{reporter(facts)}", "", ""),
        (Column("", "项目", Measure.TEXT, width=10), Column("", "内容", Measure.LONG, width=28)),
        rows,
        landscape=False,
        row_height=29.0,
    )
    laid = finish(sheet, facts, task)
    return replace(laid, signatories="", corner=("", *laid.corner[1:]) if laid.corner[1:] else ())


def check_code(sheets: Sequence[Sheet]) -> str:
    """校验码: the first 8 signs of the SHA-256 over the cells' data of the forms behind the cover, in two groups."""
    code = digest(sheets)[:8].upper()
    return f"{code[:4]}-{code[4:]}"


def _modes(parameters: Parameters) -> str:
    return (
        f"临界口径：{parameters.boundary_mode}；配备计数：{parameters.count_method}；工资口径：{parameters.pay_caliber}；"
        f"不足年折算：{parameters.part_year}；特困人员按{parameters.destitute_by}计户；"
        f"工作经费基数：{parameters.fund_base_mode}；工作经费比例：{percent(parameters.fund_rate)}"
    )
