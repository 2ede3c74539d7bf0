"""没有登记市级的具体办法和措施

看什么：市级人民政府统筹制定的人员配备、购买服务具体办法和措施，台账里有没有登记文件。

怎么算：截至日期以前成文的“市级具体办法和措施”至少一份。市、县的参数版本低于省文件的，保存时就不允许（写明理由的也仍按高的执行），这里不重复查。
没有启用管理台账的不查。

怎么办：登记市级文件的名称和文号；标准高于省文件的，在设置中另建市级参数版本。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import document, managed, meeting
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import CITY_MEASURES


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if facts.management.kept and not any(d.kind == CITY_MEASURES and d.dated for d in facts.management.documents):
        said = f"至 {facts.period.as_of} 没有登记{facts.county.city}的具体办法和措施"
        yield found(rule, facts, NO_DATA, said, measured="0 份", required="至少 1 份", unit=bureau(facts), place="方案与公开")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "没有市级文件", managed(meetings=[meeting()]), 1
    yield "有市级文件", managed(meetings=[meeting()], documents=[document(CITY_MEASURES, dated=date(2019, 5, 1))]), 0
    yield "没有启用管理台账", managed(), 0


R12 = Rule("R12", "没有登记市级具体办法", HINT, RISK, "二（一）", __doc__, _find, _cases)
