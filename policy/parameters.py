"""Parameters: every number and mode of the field, dated, with its source, as one frozen record for an as-of date.

The shipped file `resources/policy/gd-2019-453.toml` is the province's layer; rule sets kept in the book (county and city
overlays, settings) lie over it. Modes come from the lowest level that sets one; needs, floors and rates are the maximum
over the levels (an overlay can be stricter, never laxer).
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from policy.limits import Limits, Probation, limits_of, shipped_limits

PEARL = "珠三角"
OTHER = "粤东西北"
REGIONS = (PEARL, OTHER)

HIGH = "就高"
LOW = "就低"

AT_END, LAST_YEAR_END, AVERAGE = "报告期末", "上年末", "年平均"
"""Which day's households decide the bands."""
FINAL_FIRST, EXECUTED_FIRST = "决算数优先", "执行数优先"

LEVELS: Final = ("省", "市", "县")

SHIPPED: Final = "policy/gd-2019-453.toml"
"""The province's layer among the shipped files."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "staffing.boundary_mode": (HIGH, LOW),
    "staffing.count_method": ("人头", "折算"),
    "caseload.destitute_by": ("人", "户"),
    "pay.caliber": ("应发", "应发不含加班", "用工成本", "实发"),
    "caseload.date_mode": (AT_END, LAST_YEAR_END, AVERAGE),
    "fund.caliber": (FINAL_FIRST, EXECUTED_FIRST),
    "fund.base_mode": ("全口径", "本级", "不含价格临时补贴"),
    "pay.part_year": ("月折算", "日折算", "整月（入职当月计）", "整月（入职当月不计）"),
}
"""What a mode may be; the settings page offers the same words."""


@dataclass(frozen=True, slots=True)
class Bands:
    """档次: households at `bounds` part the needs; len(needs) == len(bounds) + 1, bounds strictly increase, needs never fall."""

    bounds: tuple[int, ...]
    needs: tuple[int, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Floor:
    """最低标准 of a region from `since` on, 分 per person and year."""

    region: str
    since: date
    amount: int
    article: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """What one 用工形式 does: counts to 实际配备, stands in 表3, has the pay floor; `duty_only`: counts only with duty 社会救助经办."""

    counts: bool
    in_pay_form: bool
    has_floor: bool
    duty_only: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """One rule set of the book: level 市 or 县 (settings of the office are level 县), its document and dated values.

    `values` maps a dotted key of the toml (e.g. "staffing.boundary_mode", "pay.floor.粤东西北") to a value of the same shape.
    """

    name: str
    level: str
    document: str
    since: date
    until: date | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters in force on one date. Money 分, shares 0.01 %."""

    name: str
    """The rule sets in force, as printed on the cover, e.g. 粤民函〔2019〕453号."""
    document: str
    boundary_mode: str
    county_bands: Bands
    town_bands: Bands
    near_bound: int
    """N1: how near a bound is "near", 0.01 % of the bound."""
    edge_reply: str
    """Document number of an official answer on the band edges, if the county has one."""
    floors: tuple[Floor, ...]
    """Every floor of every region, ascending by date (F2 applies them month by month)."""
    pay_caliber: str
    """应发 | 应发不含加班 | 用工成本 | 实发"""
    part_year: str
    """月折算 | 日折算 | 整月（入职当月计） | 整月（入职当月不计）"""
    tolerance: int
    unpaid_absence_off: bool
    count_method: str
    """人头 | 折算"""
    duty_threshold: int
    long_leave_months: int
    village_counts: bool
    types: Mapping[str, TypeRule]
    weights: Mapping[str, tuple[int, int]]
    """Category → weight as (numerator, denominator); absent = 0."""
    destitute_by: str
    """特困 counted by 人 (1人=1户) or 户."""
    caseload_max_age: int
    """R35, days."""
    fund_rate: int
    """3 % work fund, 0.01 %."""
    fund_base_mode: str
    """全口径: all 低保 spending in the county | 本级: the county's own part | 不含价格临时补贴"""
    limits: Limits
    """Terms, shares and dates of labour and procurement law."""
    probation: Probation
    severities: Mapping[str, str] = field(default_factory=dict)
    """Rule id → hard | soft | hint, where a layer overrides the rule's own."""
    switched_off: frozenset[str] = frozenset()
    articles: Mapping[str, str] = field(default_factory=dict)
    """Article reference (e.g. 二（三）) → the quoted text."""
    caseload_date: str = AT_END
    """报告期末: the newest by the as-of date | 上年末 | 年平均: over all days reported in the year by then."""
    fund_caliber: str = FINAL_FIRST
    """决算数优先 | 执行数优先."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """The shipped file or one overlay, its values by full dotted key (lists are values)."""

    name: str
    source: str
    level: str
    since: date
    until: date | None
    values: Mapping[str, Any]

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def _leaves(key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {key: value}
    return {leaf: v for k, inner in value.items() for leaf, v in _leaves(f"{key}.{k}" if key else str(k), inner).items()}


def _bands(bounds: list[int], needs: list[int], article: str) -> Bands:
    if len(needs) != len(bounds) + 1:
        raise ValueError(f"分档界限有 {len(bounds)} 个，应配人数要有 {len(bounds) + 1} 个，现有 {len(needs)} 个")
    if any(a >= b for a, b in pairwise(bounds)):
        raise ValueError("分档界限要从小到大，不能相等")
    if any(a > b for a, b in pairwise(needs)):
        raise ValueError("户数多的档次，应配人数不能比户数少的档次少")
    return Bands(tuple(bounds), tuple(needs), article)


def _stricter(below: Bands, above: Bands) -> tuple[Bands, bool]:
    """The maximum of two band tables at every number of households, and whether `above` is anywhere laxer than `below`."""
    bounds = sorted({*below.bounds, *above.bounds})
    pairs = [(below.needs[bisect_left(below.bounds, b)], above.needs[bisect_left(above.bounds, b)]) for b in bounds]
    pairs.append((below.needs[-1], above.needs[-1]))
    needs = [max(pair) for pair in pairs]
    kept = [i for i in range(len(bounds)) if needs[i] != needs[i + 1]]
    merged = Bands(tuple(bounds[i] for i in kept), (*(needs[i] for i in kept), needs[-1]), above.article)
    return (below if merged.needs == below.needs and merged.bounds == below.bounds else merged), any(a < b for b, a in pairs)


def _check_shape(key: str, value: object, shipped: Mapping[str, Any]) -> None:
    """Raise ValueError where an overlay's value is not of the shipped value's shape."""
    if key.startswith("rules.severity."):
        if value not in ("hard", "soft", "hint"):
            raise ValueError("级别只能是 hard（强制性）、soft（核实性）或 hint（提示）")
    elif key.endswith(".reason"):
        if not isinstance(value, str) or not value.strip():
            raise ValueError("理由要用文字写明")
    elif key.startswith("limits.") and isinstance(shipped.get(key), str):
        try:
            date.fromisoformat(str(value))
        except (TypeError, ValueError):
            raise ValueError("要填 2020-03-01 这样的日期") from None
    elif key not in shipped or key.startswith(("notice.", "articles.")) or key.endswith((".article", ".since")):
        raise ValueError("没有这个参数，或者不能由县、市修改")
    elif key in CHOICES:
        if value not in CHOICES[key]:
            raise ValueError(f"只能填 {'、'.join(CHOICES[key])}")
    elif isinstance(shipped[key], list):
        item = str if key == "rules.off" else int
        if not isinstance(value, list | tuple) or any(type(v) is not item for v in value):
            raise ValueError("要填一串文字" if item is str else "要填一串整数")
        if key.startswith("caseload.weights.") and (len(value) != 2 or not 0 <= value[0] <= value[1] or value[1] == 0):
            raise ValueError("权重要写成 [分子, 分母]，在 0 到 1 之间")
    elif type(value) is not type(shipped[key]):
        words = {int: "整数", bool: "是或否", str: "文字"}[type(shipped[key])]
        raise ValueError(f"要填{words}")
    if type(value) is int and value < 0:
        raise ValueError("不能是负数")


def _layer(overlay: Overlay, shipped: Mapping[str, Any]) -> _Layer:
    if overlay.level not in LEVELS[1:]:
        raise ValueError(f"参数版本“{overlay.name}”的层级“{overlay.level}”认不出。请改为市或县。")
    values = {leaf: v for key, value in overlay.values.items() for leaf, v in _leaves(key, value).items()}
    for key, value in values.items():
        try:
            _check_shape(key, value, shipped)
        except ValueError as wrong:
            raise ValueError(f"参数版本“{overlay.name}”的 {key} 填的是 {value}：{wrong}。请改正后再保存。") from None
    return _Layer(overlay.name, overlay.document or overlay.name, overlay.level, overlay.since, overlay.until, values)


def _refuse_laxer(layer: _Layer, key: str) -> None:
    if f"{key}.reason" not in layer.values:
        raise ValueError(
            f"参数版本“{layer.name}”的 {key} 低于上一级的规定。市、县只能定得更高；"
            f"确需保留的，请在 {key}.reason 写明理由（核查仍按高的执行）。"
        )


def in_force_since(shipped: str) -> date:
    """The first day the shipped notice has parameters for."""
    since: date = tomllib.loads(shipped)["notice"]["since"]
    return since


def load(shipped: str, overlays: Iterable[Overlay], on: date) -> Parameters:
    """Parameters in force on `on`: the shipped toml text with the overlays that hold that day.

    Of several rule sets of one level the newest in force counts. Across levels modes come from the lowest, needs, floors and
    rates are the maximum. Raises ValueError with a sentence for a day before the notice, for an overlay value of a wrong shape
    or (needs, floors, rates) below the layer beneath without the key "<key>.reason"; with a reason it is kept on record and
    the higher value goes on applying.
    """
    tree = tomllib.loads(shipped)
    notice, staffing = tree["notice"], tree["staffing"]
    if on < notice["since"]:
        raise ValueError(f"{on} 还没有可用的政策参数：{notice['name']}自 {notice['since']} 起适用。请改截至日期。")
    labour = shipped_limits()
    base = _leaves("", tree) | {f"limits.{one.name}": one.value for one in labour.limits}
    upper = sorted((_layer(o, base) for o in overlays), key=lambda layer: (LEVELS.index(layer.level), layer.since))
    layers = [_Layer(notice["name"], "", LEVELS[0], notice["since"], None, base), *upper]

    def standing(key: str, day: date) -> list[_Layer]:
        """The newest rule set of each level that sets `key` on `day`, the province's first."""
        return list({layer.level: layer for layer in layers if key in layer.values and layer.holds(day)}.values())

    def lowest(key: str) -> Any:
        return standing(key, on)[-1].values[key]

    def highest(key: str, day: date) -> tuple[int, str]:
        first, *others = standing(key, day)
        amount, source = int(first.values[key]), first.source
        for layer in others:
            if layer.values[key] < amount:
                _refuse_laxer(layer, key)
            elif layer.values[key] > amount:
                amount, source = layer.values[key], layer.source
        return amount, source

    def bands(scope: str) -> Bands:
        bounds, needs = f"staffing.{scope}.bounds", f"staffing.{scope}.needs"
        result = _bands(base[bounds], base[needs], base[f"staffing.{scope}.article"])
        for level in LEVELS[1:]:
            setting = {key: layer for key in (bounds, needs) for layer in standing(key, on) if layer.level == level}
            if not setting:
                continue
            values = {key: layer.values[key] for key, layer in setting.items()}
            try:
                above = _bands(values.get(bounds, result.bounds), values.get(needs, result.needs), result.article)
            except ValueError as wrong:
                raise ValueError(f"参数版本“{next(iter(setting.values())).name}”的 staffing.{scope}：{wrong}。请改正后再保存。") from None
            result, laxer = _stricter(result, above)
            if laxer:
                for key, layer in setting.items():
                    _refuse_laxer(layer, key)
        return result

    def floors(region: str) -> Iterable[Floor]:
        key = f"pay.floor.{region}"
        setting = [layer for layer in layers if key in layer.values]
        days = {layer.since for layer in setting} | {layer.until + timedelta(days=1) for layer in setting if layer.until}
        last = 0
        for day in sorted(d for d in days if d >= notice["since"]):
            amount, source = highest(key, day)
            if amount != last:
                yield Floor(region, day, amount, source or base["pay.floor.article"])
            last = amount

    names = [layer.name for layer in layers if layer.holds(on)]
    weights = {category: lowest(f"caseload.weights.{category}") for category in tree["caseload"]["weights"]}
    severities = {key.removeprefix("rules.severity."): key for layer in layers for key in layer.values if key.startswith("rules.severity.")}
    return Parameters(
        name="、".join(names),
        document=notice["document"],
        boundary_mode=lowest("staffing.boundary_mode"),
        county_bands=bands("county"),
        town_bands=bands("town"),
        near_bound=lowest("staffing.near_bound"),
        edge_reply=lowest("staffing.edge_reply"),
        floors=tuple(sorted((floor for region in REGIONS for floor in floors(region)), key=lambda floor: floor.since)),
        pay_caliber=lowest("pay.caliber"),
        part_year=lowest("pay.part_year"),
        tolerance=lowest("pay.tolerance"),
        unpaid_absence_off=lowest("pay.unpaid_absence_off"),
        count_method=lowest("staffing.count_method"),
        duty_threshold=lowest("staffing.duty_threshold"),
        long_leave_months=lowest("staffing.long_leave_months"),
        village_counts=lowest("staffing.village_counts"),
        types={
            name: TypeRule(**{switch: lowest(f"staffing.types.{name}.{switch}") for switch in switches})
            for name, switches in staffing["types"].items()
        },
        weights={category: (n, d) for category, (n, d) in weights.items() if n},
        destitute_by=lowest("caseload.destitute_by"),
        caseload_max_age=lowest("caseload.max_age_days"),
        fund_rate=highest("fund.rate", on)[0],
        fund_base_mode=lowest("fund.base_mode"),
        limits=limits_of(lambda name: lowest(f"limits.{name}")),
        probation=labour.probation,
        severities={rule: lowest(key) for rule, key in severities.items() if standing(key, on)},
        switched_off=frozenset(lowest("rules.off")),
        articles={**tree["articles"], **labour.articles},
        caseload_date=lowest("caseload.date_mode"),
        fund_caliber=lowest("fund.caliber"),
    )
