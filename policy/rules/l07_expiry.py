"""劳动合同即将到期，或者到期后仍在用工

看什么：在岗人员最近一份劳动合同是否在 60 天（可设置）内到期，或者已经到期仍在用工。

怎么算：按截至日期逐次计算，不依赖哪天打开程序。到期当天至以前 60 天为提示；到期次日起仍在岗、没有新合同的，为核实性（优先）：可能被认定为按原条件继续履行，或者应当续订。

怎么办：到期前决定续订或者终止；终止的办理离职并核定经济补偿，续订的登记新合同。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import HIGH, HINT, RISK, SOFT, UNCLEAR, Finding, Rule
from policy.found import found
from policy.labour_facts import LabourContract
from policy.under_contract import employed, labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, limits, contracts = facts.period.as_of, facts.parameters.limits, labour_of(facts)
    for e in employed(facts):
        own = contracts.get(e.id, [])
        if not own or any(c.last_day is None for c in own):
            continue
        end = max(c.last_day for c in own if c.last_day)
        left = (end - day).days
        if left > limits.expiry_days:
            continue
        source = "法释〔2025〕12号，条号需确认" if day >= limits.employer_change_since else "劳动争议司法解释（一）第三十四条"
        said = f"{end} 到期，还有 {left} 天" if left >= 0 else f"{end} 到期，已过 {-left} 天仍在用工（{source}）"
        must = f"{end} 前续订或终止"
        yield found(
            rule, facts, UNCLEAR, said, measured=f"{left} 天" if left >= 0 else f"过期 {-left} 天", required=must, engagement=e,
            severity=HINT if left >= 0 else SOFT,
        )  # fmt: skip


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def ends(day: date, *more: LabourContract) -> Facts:
        return with_labour(labour(end=day), *more)

    yield "60 天后到期", ends(date(2027, 3, 1)), 1
    yield "61 天后到期", ends(date(2027, 3, 2)), 0
    yield "当天到期", ends(date(2026, 12, 31)), 1
    yield "昨天到期，仍在岗", ends(date(2026, 12, 30)), 1
    yield "昨天到期，已续订", ends(date(2026, 12, 30), labour(2, seq=2, start=date(2026, 12, 31), end=date(2028, 12, 31))), 0
    yield "昨天到期并离职", with_labour(labour(end=date(2026, 12, 30)), worker=example.engagement(end=date(2026, 12, 30))), 0


L07 = Rule("L07", "劳动合同到期", SOFT, RISK, "劳动合同法第四十四条、法释〔2025〕12号", __doc__, _find, _cases, HIGH)
