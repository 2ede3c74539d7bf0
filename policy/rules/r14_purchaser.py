"""购买主体不符合要求

看什么：采购合同的购买主体是不是县级以上人民政府（民政部门）或者乡镇（街道），登记的主体级别与购买单位是否一致。

怎么算：购买单位是村（社区）、民政服务机构的提出；购买单位是乡镇（街道）而级别不是“乡镇（街道）”的、是县级民政局而级别是“乡镇（街道）”的提出。
配备模式为“统一派遣”的县，有乡镇（街道）自行购买的，给出提示。

怎么办：核对合同首部的甲方和级别；两种模式并存的，把配备模式改为“混合”，并避免同一岗位重复购买。
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policy import example
from policy.example_contracts import contract, with_contract
from policy.facts import BUREAU, INSTITUTION, TOWN_TYPES, VILLAGE, Facts
from policy.finding import HINT, RISK, SOFT, UNCLEAR, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts

TOWNS = "乡镇（街道）"


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {u.id: u for u in facts.units}
    for c in live_contracts(facts):
        buyer = units.get(c.buyer) if c.buyer is not None else None
        if buyer and buyer.type in (VILLAGE, INSTITUTION):
            said, must = f"购买单位{buyer.name}是{buyer.type}", "县级以上人民政府或者乡镇（街道）"
            yield found(rule, facts, WRONG_DATA, said, measured=buyer.type, required=must, contract=c)
        elif buyer and (buyer.type in TOWN_TYPES) != (c.buyer_level == TOWNS) and buyer.type in (BUREAU, *TOWN_TYPES):
            said = f"购买单位{buyer.name}是{buyer.type}，登记的主体级别是“{c.buyer_level}”"
            yield found(rule, facts, WRONG_DATA, said, measured=c.buyer_level, required="级别与购买单位一致", contract=c)
        elif c.buyer_level == TOWNS and facts.county.mode == "统一派遣":
            said = "乡镇（街道）自行购买，与登记的“统一派遣”模式并存"
            yield found(rule, facts, UNCLEAR, said, measured=TOWNS, required="与配备模式一致", contract=c, severity=HINT)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def bought(**changes: Any) -> Facts:
        units = [example.unit(1, type=BUREAU), example.unit(2), example.unit(3, type=VILLAGE, parent=2), example.unit(4, type=INSTITUTION)]
        return with_contract(contract(**changes), units=units)

    yield "县级民政局购买", bought(), 0
    yield "县级民政局购买，级别填成乡镇", bought(buyer_level=TOWNS), 1
    yield "乡镇购买，级别填成县", bought(buyer=2), 1
    yield "统一派遣的县，乡镇自行购买：提示", bought(buyer=2, buyer_level=TOWNS), 1
    yield "民政服务机构购买", bought(buyer=4), 1
    yield "没有登记购买单位", bought(buyer=None), 0


R14 = Rule("R14", "购买主体不符合要求", SOFT, RISK, "二（一）", __doc__, _find, _cases)
