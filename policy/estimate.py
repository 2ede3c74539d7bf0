"""资金需求测算: what a year's staffing costs by unit and by cost item, what pays for it, and what is missing (二（二）). Pure.

A scenario is a set of inputs, each with its source in words; the result follows from it and from what the book says on one day.
Money in 分, shares in 0.01 %. Every cell (unit × item) is rounded half up once; all sums are sums of those cells, so units,
items and total agree to the 分.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Final

from policy.contract_facts import CENTRAL_RELIEF, SOURCES, WORK_FUND
from policy.estimate_facts import AS_NOW, BY_APPROVED, HEADS_BY, Scenario
from policy.facts import BUREAU, FULL, TOWN_TYPES, Facts, Unit
from policy.figures import half_up, percent, yuan
from policy.funds import base, by_source, monthly_base, rates_on
from policy.parameters import HIGH, LOW
from policy.pay import annual_standard, floor_on, standard_on
from policy.staffing import Staffing, need, staffing

PURCHASED: Final = ("政府购买服务", "劳务派遣")
"""用工形式 that purchase money pays."""
WAGES, CHARGES, FEE, FEE_TAX, TRAINING, RECRUITING = "工资", "单位缴费", "管理费", "税费", "培训", "招录"
ITEMS: Final = (WAGES, CHARGES, FEE, FEE_TAX, TRAINING, RECRUITING)
"""Cost items a unit bears; 经济补偿 and 预备费 are the county's."""
SEVERANCE, RESERVE = "经济补偿", "预备费"
A_STEP: Final = 100_000
"""The sensitivity's 1,000 元 of pay floor, in 分."""


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One unit's line: households as grown, posts, who other money pays, who is bought, how many of them are new, and its costs."""

    unit: Unit
    households: Fraction | None
    posts: int | None
    fixed: int
    bought: int | None
    new: int | None
    items: Mapping[str, int]

    @property
    def total(self) -> int:
        """Σ items, 分."""
        return sum(self.items.values())


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a scenario comes to. `missing`: units without households, whose posts and costs are left out and said so."""

    scenario: Scenario
    wage: int
    wage_source: str
    floor: int
    person: Fraction
    """Cost of one bought head for a whole year, exact 分."""
    rates_entered: bool
    lines: tuple[UnitCost, ...]
    severance: int
    reserve: int
    supply: Mapping[str, int]
    fund_known: bool
    """Whether source A could be worked out (or was typed)."""
    fund_year: int
    households: Fraction | None
    missing: tuple[Unit, ...]
    boundary_mode: str = HIGH
    """By which reading of the bands the posts were taken."""
    fund_rate: int = 0
    """The rate source A was taken by, 0.01 %."""

    @property
    def items(self) -> dict[str, int]:
        """Cost item → 分 over all units, with the county's own."""
        summed = {item: sum(line.items[item] for line in self.lines) for item in ITEMS}
        return summed | {SEVERANCE: self.severance, RESERVE: self.reserve}

    @property
    def posts(self) -> int:
        """Σ posts of the units whose households are known."""
        return sum(line.posts or 0 for line in self.lines)

    @property
    def bought(self) -> int:
        """Σ heads to be bought."""
        return sum(line.bought or 0 for line in self.lines)

    @property
    def total(self) -> int:
        """What the year needs, 分."""
        return sum(self.items.values())

    @property
    def given(self) -> int:
        """What all sources give, 分."""
        return sum(self.supply.values())

    @property
    def gap(self) -> int:
        """资金缺口, 分 (negative: more than enough)."""
        return self.total - self.given

    @property
    def coverage(self) -> Fraction | None:
        """保障率: given / needed."""
        return Fraction(self.given, self.total) if self.total else None

    @property
    def fund_coverage(self) -> Fraction | None:
        """How much of the need the 3 % alone covers."""
        return Fraction(self.supply.get(WORK_FUND, 0), self.total) if self.total and self.fund_known else None

    @property
    def per_household(self) -> Fraction | None:
        """户均成本, 分 per household and year; None where the county's households are not known."""
        return self.total / self.households if self.households else None


def estimate(facts: Facts, scenario: Scenario) -> Estimate:
    """Work a scenario out on what the book says on the facts' day. ValueError with a sentence for an input that cannot be."""
    check_inputs(scenario)
    day = date(scenario.year, 1, 1)
    floor = floor_on(facts.parameters, facts.county.region, max(day, facts.period.as_of))
    wage, source = _wage(facts, scenario, floor)
    month = Fraction(wage * (FULL + scenario.increment), 12 * FULL)
    charge = _charge(facts, scenario, month, day)
    fee = Fraction(scenario.fee)
    tax = fee * scenario.fee_tax / FULL
    monthly = {WAGES: month, CHARGES: charge, FEE: fee, FEE_TAX: tax}
    lines = tuple(_line(facts, scenario, line, monthly) for line in _grown(facts, scenario))
    severance = half_up(sum((d.heads * d.years * d.monthly for d in scenario.departures), Fraction(0)))
    direct = sum(line.total for line in lines) + severance
    supply, known = _supply(facts, scenario)
    bureau = next((line.households for line in lines if line.unit.type == BUREAU), None)
    return Estimate(
        scenario=scenario,
        wage=wage,
        wage_source=source,
        floor=floor,
        person=12 * sum(monthly.values(), Fraction(0)) + scenario.training,
        rates_entered=scenario.rate is not None or bool(rates_on(facts, day)),
        lines=lines,
        severance=severance,
        reserve=half_up(Fraction(direct * scenario.reserve, FULL)),
        supply=supply,
        fund_known=known,
        fund_year=scenario.year - 1,
        households=bureau,
        missing=tuple(line.unit for line in lines if line.posts is None),
        boundary_mode=scenario.boundary_mode or facts.parameters.boundary_mode,
        fund_rate=facts.parameters.fund_rate,
    )


def check_inputs(scenario: Scenario) -> None:
    """ValueError with a sentence for inputs that cannot be."""
    if scenario.heads_by not in HEADS_BY:
        raise ValueError(f"岗位数的口径只能是{'、'.join(HEADS_BY)}。")
    if scenario.boundary_mode not in ("", HIGH, LOW):
        raise ValueError(f"分档临界口径只能是{HIGH}或{LOW}。")
    if not (0 <= scenario.months <= 12 and 1 <= scenario.fill_month <= 13):
        raise ValueError("计算月数应在 0 至 12 之间，补齐月份应在 1 至 13 之间（13 表示当年不补）。")
    labels = {"wage": "工资标准", "rate": "综合费率", "fee": "管理费", "fee_tax": "管理费税率", "training": "培训费", "recruiting": "招录费", "reserve": "预备费比例"}
    for one in fields(scenario):
        value = getattr(scenario, one.name)
        if one.name in labels and value is not None and value < 0:
            raise ValueError(f"“{labels[one.name]}”不能是负数。")
    if scenario.growth < -FULL or any(share < -FULL for share in scenario.growth_of.values()):
        raise ValueError("户数减少不能超过 100%。")


def _wage(facts: Facts, scenario: Scenario, floor: int) -> tuple[int, str]:
    """W: as entered, else the higher of the average standard of those bought now and the floor."""
    if scenario.wage is not None:
        return scenario.wage, scenario.sources.get("wage", "填报单位录入")
    known = [
        amount
        for line in staffing(facts)
        for one in (*line.counted, *line.others)
        if one.term is not None and one.term.type in PURCHASED
        if (amount := annual_standard(standard_on(one.engagement, facts.period.as_of))) is not None
    ]
    average = half_up(Fraction(sum(known), len(known))) if known else 0
    if average > floor:
        return average, f"现有购买服务和派遣人员年工资标准平均数（{len(known)} 人）"
    return floor, f"最低标准 {yuan(floor)} 元/人·年"


def _charge(facts: Facts, scenario: Scenario, month: Fraction, day: date) -> Fraction:
    if scenario.rate is not None:
        return month * scenario.rate / FULL
    return sum((one.rate * monthly_base(month, one.base_low, one.base_high) / FULL for one in rates_on(facts, day)), Fraction(0))


def _grown(facts: Facts, scenario: Scenario) -> Iterator[tuple[Staffing, Fraction | None]]:
    """Every line of 表2 with its households as they are expected; the bureau's are the sum, with its own direct ones."""
    lines = [line for line in staffing(facts) if line.unit.type == BUREAU or line.unit.type in TOWN_TYPES]

    def grown(unit: int, households: Fraction) -> Fraction:
        return households * (FULL + scenario.growth_of.get(unit, scenario.growth)) / FULL

    towns = {line.unit.id: line.households for line in lines if line.unit.type != BUREAU}
    there = [households for households in towns.values() if households is not None]
    for line in lines:
        if line.households is None:
            yield line, None
        elif line.unit.type == BUREAU:
            direct = line.households - sum(there, Fraction(0))
            yield line, sum((grown(u, h) for u, h in towns.items() if h is not None), Fraction(0)) + grown(line.unit.id, direct)
        else:
            yield line, grown(line.unit.id, line.households)


def _line(facts: Facts, scenario: Scenario, grown: tuple[Staffing, Fraction | None], monthly: Mapping[str, Fraction]) -> UnitCost:
    line, households = grown
    bought_now = sum(one.term is not None and one.term.type in PURCHASED for one in line.counted)
    fixed = scenario.fixed_of.get(line.unit.id, len(line.counted) - bought_now)
    posts = _posts(facts, scenario, line, households, fixed + bought_now)
    bought = None if posts is None else max(0, posts - fixed)
    new = None if bought is None else max(0, bought - bought_now)
    kept, filled = (bought or 0) - (new or 0), 13 - scenario.fill_month
    items = {item: half_up(amount * (kept * scenario.months + (new or 0) * min(filled, scenario.months))) for item, amount in monthly.items()}
    items |= {TRAINING: (bought or 0) * scenario.training, RECRUITING: (new or 0) * scenario.recruiting}
    return UnitCost(line.unit, households, posts, fixed, bought, new, items)


def _posts(facts: Facts, scenario: Scenario, line: Staffing, households: Fraction | None, now: int) -> int | None:
    if line.unit.exempt:
        return now if scenario.heads_by == AS_NOW else 0
    if scenario.heads_by == AS_NOW:
        return now
    if scenario.heads_by == BY_APPROVED and line.approved is not None:
        return line.approved
    bands = facts.parameters.county_bands if line.unit.type == BUREAU else facts.parameters.town_bands
    return None if households is None else need(households, bands, scenario.boundary_mode or facts.parameters.boundary_mode)


def _supply(facts: Facts, scenario: Scenario) -> tuple[dict[str, int], bool]:
    """What every source gives, and whether source A is known: typed, or the rate of the year before's 低保 spending."""
    supply = {source: scenario.supply.get(source, 0) for source in SOURCES}
    if WORK_FUND in scenario.supply:
        return supply, True
    spent = base(facts, scenario.year - 1).amount
    supply[WORK_FUND] = 0 if spent is None else half_up(Fraction(spent * facts.parameters.fund_rate, FULL))
    return supply, spent is not None


def expected_fund(facts: Facts, year: int) -> tuple[int, int] | None:
    """The newest year before the measuring one whose 低保 spending is registered, and what its rate gives, 分: what a clerk may
    expect while `year` − 1 is not over. None where none is registered."""
    for before in range(year - 2, year - 5, -1):
        if (spent := base(facts, before).amount) is not None:
            return before, half_up(Fraction(spent * facts.parameters.fund_rate, FULL))
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """One sensitivity: what is changed, and what that adds to the need (分)."""

    words: str
    total: int
    more: int


def sensitivities(facts: Facts, scenario: Scenario) -> tuple[Change, ...]:
    """What one more head, a floor 1,000 元 higher, the other reading of the bands and ±10 % households would change."""
    now = estimate(facts, scenario)
    higher = max(now.wage, now.floor + A_STEP)
    mode = scenario.boundary_mode or facts.parameters.boundary_mode
    other = LOW if mode == HIGH else HIGH
    changed = (
        (f"最低标准提高 {yuan(A_STEP)} 元{'（现工资标准不低于提高后的）' if higher == now.wage else ''}", replace(scenario, wage=higher)),
        (f"分档临界按{other}口径", replace(scenario, boundary_mode=other)),
        ("户数增加 10%", _more_households(scenario, 1000)),
        ("户数减少 10%", _more_households(scenario, -1000)),
    )
    head = half_up(now.person * (FULL + scenario.reserve) / FULL)
    made = [Change("每增加 1 人（全年）", now.total + head, head)]
    for words, one in changed:
        total = estimate(facts, one).total
        made.append(Change(words, total, total - now.total))
    return tuple(made)


def _more_households(scenario: Scenario, share: int) -> Scenario:
    """All households `share` (0.01 %) more than the scenario expects."""

    def more(growth: int) -> int:
        return half_up(Fraction((FULL + growth) * (FULL + share), FULL)) - FULL

    return replace(scenario, growth=more(scenario.growth), growth_of={unit: more(growth) for unit, growth in scenario.growth_of.items()})


def cautions(facts: Facts, result: Estimate) -> tuple[str, ...]:
    """What the clerk should look at before the estimate goes to 财政, in sentences."""
    said = []
    if result.wage < result.floor:
        said.append(f"工资标准 {yuan(result.wage)} 元低于最低标准 {yuan(result.floor)} 元/人·年，请核对。")
    for line in result.lines:
        if line.posts is not None and line.fixed > line.posts:
            said.append(f"{line.unit.name}其他渠道开支人员 {line.fixed} 人，多于岗位数 {line.posts} 人。")
    if result.missing:
        said.append(f"{'、'.join(unit.name for unit in result.missing)}户数未报，没有计入。请先填报户数。")
    if any(amount for source, amount in result.supply.items() if source.startswith("困难群众救助补助资金")):
        central = "，中央补助资金不得用于工作经费" if result.supply.get(CENTRAL_RELIEF) else ""
        said.append(f"使用了困难群众救助补助资金：社会救助资金专款专用{central}，须附依据。")
    if not result.rates_entered:
        said.append("没有录入单位缴费比例，结果不含单位缴费。请在“参数表”里录入费率，或填写综合费率。")
    if not result.fund_known:
        said.append(f"没有登记 {result.fund_year} 年低保资金支出，工作经费按 0 计。请登记，或直接填写预计数。")
    elif WORK_FUND not in result.scenario.supply:
        rate = percent(facts.parameters.fund_rate)
        said.append(f"工作经费按 {result.fund_year} 年低保资金支出的 {rate} 预计，以决算数为准。")
    due = sum(line.due for line in by_source(facts))
    if due and abs(result.total - due) * 10 > 3 * due:
        share = half_up(Fraction(100 * (result.total - due), due))
        said.append(f"测算结果与本年合同应付 {yuan(due)} 元相差 {share}%，超过 30%，请说明原因。")
    return tuple(said)


def proposals(facts: Facts, year: int) -> tuple[Scenario, ...]:
    """The four scenarios offered side by side: 最低达标, 现状延续, 户数增加 10%, 工资提高 10%."""
    floor = floor_on(facts.parameters, facts.county.region, max(date(year, 1, 1), facts.period.as_of))
    lowest = Scenario("最低达标", year, wage=floor, boundary_mode=HIGH, sources={"wage": f"最低标准 {yuan(floor)} 元/人·年"})
    now = Scenario("现状延续", year, heads_by=AS_NOW)
    return lowest, now, Scenario("户数增加 10%", year, growth=1000), Scenario("工资提高 10%", year, increment=1000)
