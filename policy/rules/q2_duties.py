"""人员职责不在合同服务内容之内

看什么：购买服务、派遣合同的人员，登记的职责类别在不在所属合同的服务内容里。

怎么算：社会救助经办对应低保、特困、临时救助，养老服务对应养老，儿童福利与留守儿童对应留守儿童，城乡社区建设对应城乡社区，其余对应其他。
合同登记了服务内容、而人员职责一项也对不上的提示。只有职责为社会救助经办的，才计入实际配备。

怎么办：核对合同和实际工作；服务内容扩大的，签订补充合同并登记；职责登记错的改正。
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from policy import example
from policy.example_contracts import contract, with_contract
from policy.facts import FULL, Facts
from policy.finding import HINT, RISK, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import term_on
from policy.under_contract import live_contracts, people_under

SCOPES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "社会救助经办": ("低保", "特困", "临时救助"), "养老服务": ("养老",), "儿童福利与留守儿童": ("留守儿童",), "城乡社区建设": ("城乡社区",),
}  # fmt: skip


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        for e in people_under(facts, c) if c.scopes else ():
            term = term_on(e, facts.period.as_of)
            if term and not any(scope in c.scopes for scope in SCOPES_OF.get(term.duty, ("其他",))):
                said = f"{e.person.name}的职责是{term.duty}，合同服务内容是{'、'.join(c.scopes)}"
                yield found(
                    rule, facts, WRONG_DATA, said, measured=term.duty, required="合同服务内容之内", engagement=e, contract=c
                )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def duty(word: str, **scopes: int) -> Facts:
        return with_contract(contract(scopes=scopes), example.engagement(duty=word, purchase_contract=1))

    yield "职责是养老服务，合同只有低保", duty("养老服务", 低保=FULL), 1
    yield "合同含养老", duty("养老服务", 低保=5000, 养老=5000), 0
    yield "社会救助经办对应特困", duty("社会救助经办", 特困=FULL), 0
    yield "其他民政工作对应其他", duty("其他民政工作", 低保=FULL), 1
    yield "合同没有登记服务内容", duty("养老服务"), 0


Q2 = Rule("Q2", "人员职责不在合同服务内容内", HINT, RISK, "四（二）", __doc__, _find, _cases)
