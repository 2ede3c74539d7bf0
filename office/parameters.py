"""What a county may set: every parameter of the settings page with its words, its kind and what it does (data, no acts)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from policy.facts import CATEGORIES, EMPLOYMENT_TYPES
from policy.finding import LEVEL_WORDS
from policy.kinds import Kind, Unreadable
from policy.kinds.cell import plain
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT, SHARE, YESNO
from policy.kinds.text import TEXT
from policy.limits import Limit, shipped_limits
from policy.parameters import CHOICES, REGIONS, Parameters, TypeRule
from policy.rules import RULES

OFF: Final = "停用"
"""The level of a rule that is switched off."""


def _weight(raw: object, _: object) -> tuple[int, int] | None:
    text = plain(str(raw or "")).replace(" ", "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,4}|/[1-9][0-9]{0,3})?", text) or not 0 <= Fraction(text) <= 1:
        raise Unreadable(f"权重“{raw}”认不出。请填 0 到 1 之间的数，如 1、0.5 或 1/3；0 表示不折算为户数。")
    return Fraction(text).as_integer_ratio()


def _show_weight(value: tuple[int, int]) -> str:
    return str(Fraction(*value))


def _needs(raw: object, _: object) -> tuple[int, ...] | None:
    parts = [part for part in re.split(r"[、，,;；\s]+", plain(str(raw or ""))) if part]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        raise Unreadable(f"“{raw}”认不出。请从小档到大档依次填写应配备人数，用顿号隔开。")
    return tuple(int(part) for part in parts) or None


def _bounds(raw: object, _: object) -> tuple[int, ...] | None:
    parts = [part for part in re.split(r"[、，,;；\s]+", plain(str(raw or ""))) if part]
    if not all(re.fullmatch(r"[1-9][0-9]{0,6}", part) for part in parts):
        raise Unreadable(f"“{raw}”认不出。请从小到大依次填写分档的户数，用顿号隔开，如 300、600。")
    return tuple(int(part) for part in parts) or None


WEIGHT: Final = Kind("权重", _weight, _show_weight)
"""A category's weight as (numerator, denominator): 1, 0.5, 1/3."""

NEEDS: Final = Kind("各档人数", _needs, lambda needs: "、".join(str(need) for need in needs))
"""应配备人数 of every band, smallest first."""


BOUNDS: Final = Kind("分档界限", _bounds, NEEDS.show)
"""Households that part the bands, smallest first."""


def _iso(raw: object, today: date | None) -> str | None:
    day = DATE.parse(raw, today)
    return day.isoformat() if day else None


ISO_DATE: Final = Kind("日期", _iso)
"""A date as the parameter files keep it: 2020-03-01."""

LIMIT_KINDS: Final[Mapping[str, Kind]] = {"日期": ISO_DATE, "比例": SHARE, "是否": YESNO, "元": MONEY}
"""Kinds of limits by the word in the file; the others are whole numbers."""

RULE_LEVEL: Final = choice("规则级别", (*LEVEL_WORDS.values(), OFF))


@dataclass(frozen=True)
class Parameter:
    """One parameter a county may set: its key in the shipped file, its words, its kind, and where it stands in `Parameters`.

    `at_least`: a county may only set it higher than the levels above do; `of_notice`: the notice says it, though it is no such number.
    """

    key: str
    group: str
    label: str
    kind: Kind
    value: Callable[[Parameters], Any]
    effect: str
    at_least: bool = False
    may_be_blank: bool = False
    of_notice: bool = False


def _mode(key: str, group: str, label: str, value: Callable[[Parameters], Any], effect: str) -> Parameter:
    return Parameter(key, group, label, choice(label, CHOICES[key]), value, effect)


def _switch(kind: str, name: str, label: str, value: Callable[[TypeRule], bool], effect: str) -> Parameter:
    return Parameter(f"staffing.types.{kind}.{name}", "用工形式", f"{kind}：{label}", YESNO, lambda p: value(p.types[kind]), effect)


def _rule_level(number: str, own: str) -> Callable[[Parameters], str]:
    return lambda p: OFF if number in p.switched_off else LEVEL_WORDS[p.severities.get(number, own)]


def _floor(region: str) -> Callable[[Parameters], int]:
    return lambda p: [floor.amount for floor in p.floors if floor.region == region][-1]


def _weight_of(category: str) -> Callable[[Parameters], tuple[int, int]]:
    return lambda p: p.weights.get(category, (0, 1))


def _limit(one: Limit) -> Parameter:
    unit = f"（{one.kind}）" if one.kind not in LIMIT_KINDS else ""
    confirm = "。未经核对原文，使用前需确认" if one.confirm else ""

    def value(p: Parameters) -> Any:
        held = getattr(p.limits, one.name)
        return held.isoformat() if isinstance(held, date) else held

    return Parameter(
        f"limits.{one.name}", one.group, f"{one.label}{unit}", LIMIT_KINDS.get(one.kind, COUNT), value, f"依据：{one.source}{confirm}"
    )


PARAMETERS: Final[tuple[Parameter, ...]] = (
    _mode(
        "staffing.boundary_mode",
        "人员配备",
        "临界口径",
        lambda p: p.boundary_mode,
        "户数恰好等于分档界限时，按高一档（就高）还是低一档（就低）测算应配备人数",
    ),
    _mode(
        "staffing.count_method",
        "人员配备",
        "计数方法",
        lambda p: p.count_method,
        "实际配备按人头计（每人计1），还是按工作时间和社会救助工作占比折算",
    ),
    Parameter(
        "staffing.county.needs",
        "人员配备",
        "县级民政局各档应配备人数",
        NEEDS,
        lambda p: p.county_bands.needs,
        "从户数少的档到户数多的档；只能高于上级规定",
        at_least=True,
    ),
    Parameter(
        "staffing.town.needs",
        "人员配备",
        "乡镇（街道）各档应配备人数",
        NEEDS,
        lambda p: p.town_bands.needs,
        "从户数少的档到户数多的档；只能高于上级规定",
        at_least=True,
    ),
    *(
        Parameter(
            f"staffing.{scope}.bounds",
            "人员配备",
            f"{words}分档的户数界限",
            BOUNDS,
            bands,
            "从小到大；界限可以下调，使同样户数配更多的人，不能使应配备人数低于上级规定",
            of_notice=True,
        )
        for scope, words, bands in (
            ("county", "县级民政局", lambda p: p.county_bands.bounds),
            ("town", "乡镇（街道）", lambda p: p.town_bands.bounds),
        )
    ),
    Parameter(
        "staffing.near_bound",
        "人员配备",
        "临近界限比例",
        SHARE,
        lambda p: p.near_bound,
        "户数与分档界限相差不超过这个比例时，核查给出提示（N1）",
    ),
    Parameter(
        "staffing.edge_reply",
        "人员配备",
        "临界口径答复文号",
        TEXT,
        lambda p: p.edge_reply,
        "上级对临界口径有书面答复的，文号印在表2说明中",
        may_be_blank=True,
    ),
    Parameter(
        "staffing.duty_threshold",
        "人员配备",
        "社会救助工作占比下限",
        SHARE,
        lambda p: p.duty_threshold,
        "按人头计数时，社会救助工作占比达到这个比例的才计入实际配备",
    ),
    Parameter(
        "staffing.long_leave_months",
        "人员配备",
        "长假不计入的月数",
        COUNT,
        lambda p: p.long_leave_months,
        "截至日期前连续请假超过这些月的人员，不计入实际配备",
    ),
    Parameter(
        "staffing.village_counts",
        "人员配备",
        "村（社区）人员计入乡镇",
        YESNO,
        lambda p: p.village_counts,
        "派驻村（社区）且勾选“乡镇统筹使用”的人员，是否计入所在乡镇（街道）的实际配备",
    ),
    *(
        one
        for kind in EMPLOYMENT_TYPES
        for one in (
            _switch(kind, "counts", "计入实际配备", lambda rule: rule.counts, "这种用工形式的人员是否计入表2实际配备人数"),
            _switch(kind, "duty_only", "仅社会救助岗计入", lambda rule: rule.duty_only, "是否只有职责为社会救助经办的才计入实际配备"),
            _switch(kind, "in_pay_form", "列入表3", lambda rule: rule.in_pay_form, "是否列入购买服务及派遣人员工资待遇情况表"),
            _switch(kind, "has_floor", "适用最低标准", lambda rule: rule.has_floor, "是否按年工资最低标准核查"),
        )
    ),
    _mode("caseload.destitute_by", "救助对象", "特困人员计户", lambda p: p.destitute_by, "特困人员按人（1人计1户）还是按户计入户数"),
    _mode(
        "caseload.date_mode",
        "救助对象",
        "户数取哪一天",
        lambda p: p.caseload_date,
        "测算应配备人数用的户数：报告期末（截至日期前最近一次）、上年末，还是本年各次填报的平均（四舍五入到户）；不是报告期末的印在表2说明中",
    ),
    Parameter(
        "caseload.max_age_days",
        "救助对象",
        "户数有效天数",
        COUNT,
        lambda p: p.caseload_max_age,
        "户数的统计日期早于报告期末超过这些天时，核查给出提示（R35）",
    ),
    *(
        Parameter(
            f"caseload.weights.{category}",
            "救助对象",
            f"{category}：折合户数权重",
            WEIGHT,
            _weight_of(category),
            "这类对象一户（人）折合几户；0 表示不计入",
        )
        for category in CATEGORIES
    ),
    *(
        Parameter(
            f"pay.floor.{region}",
            "工资待遇",
            f"年工资最低标准（{region}）",
            MONEY,
            _floor(region),
            "每人每年，元；只能高于上级规定",
            at_least=True,
        )
        for region in REGIONS
    ),
    _mode("pay.caliber", "工资待遇", "工资口径", lambda p: p.pay_caliber, "与最低标准比较的工资：应发、应发不含加班、用工成本或实发"),
    _mode("pay.part_year", "工资待遇", "不足年折算方法", lambda p: p.part_year, "全年在岗不满12个月的，最低标准按月、按日还是按整月折算"),
    Parameter("pay.tolerance", "工资待遇", "容差", MONEY, lambda p: p.tolerance, "低于最低标准不超过这个金额（元）的，不作为问题"),
    Parameter(
        "pay.unpaid_absence_off",
        "工资待遇",
        "未付薪缺勤扣除",
        YESNO,
        lambda p: p.unpaid_absence_off,
        "折算最低标准时，是否扣除不带薪的缺勤天数",
    ),
    Parameter(
        "fund.rate",
        "工作经费",
        "社会救助工作经费比例",
        SHARE,
        lambda p: p.fund_rate,
        "按上年低保资金支出测算工作经费的比例；只能高于上级规定",
        at_least=True,
    ),
    _mode(
        "fund.base_mode",
        "工作经费",
        "低保资金支出口径",
        lambda p: p.fund_base_mode,
        "按各级财政全部低保资金、只按本级，还是不含价格临时补贴的支出测算工作经费",
    ),
    _mode(
        "fund.caliber",
        "工作经费",
        "低保资金支出数据",
        lambda p: p.fund_caliber,
        "同一年既有决算数又有执行数（快报）时用哪一种；没有的用另一种，都没有的用预算数",
    ),
    *(_limit(one) for one in shipped_limits().limits),
    *(
        Parameter(
            f"rules.severity.{rule.id}",
            "核查规则",
            f"{rule.id} {rule.title}",
            RULE_LEVEL,
            _rule_level(rule.id, rule.severity),
            f"依据：{rule.article}",
        )
        for rule in RULES
    ),
)
"""Every parameter of the settings page, in its order."""
