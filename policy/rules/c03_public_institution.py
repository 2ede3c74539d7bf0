"""公益一类事业单位作购买主体或者承接主体

看什么：政府购买服务合同的购买主体、承接主体，是否为公益一类事业单位。

怎么算：按登记的购买主体性质、承接主体性质判断；任何一方是公益一类事业单位的提出。只查按政府购买服务采购的合同。

怎么办：核对单位分类批复；确属公益一类的，更换购买主体或者承接主体。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policy.contract_facts import PUBLIC_ONE, PURCHASE
from policy.example_contracts import PROVIDER, contract, with_contract
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.procured_as != PURCHASE:
            continue
        for words, body in (("购买主体", c.buyer_class), ("承接主体", c.supplier.body if c.supplier else "")):
            if body == PUBLIC_ONE:
                said = f"{words}是{PUBLIC_ONE}"
                yield found(rule, facts, WRONG_DATA, said, measured=PUBLIC_ONE, required=f"{words}不是公益一类", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def supplied(body: str) -> Facts:
        return with_contract(contract(supplier=replace(PROVIDER, body=body)))

    yield "承接主体是公益一类", supplied(PUBLIC_ONE), 1
    yield "承接主体是公益二类", supplied("公益二类事业单位"), 0
    yield "购买主体是公益一类", with_contract(contract(buyer_class=PUBLIC_ONE)), 1
    yield "不是政府购买服务", with_contract(contract(buyer_class=PUBLIC_ONE, procured_as="其他")), 0


C03 = Rule("C03", "公益一类事业单位购买或承接", SOFT, RISK, "财政部令第102号第八条", __doc__, _find, _cases, HIGH)
