"""2019年没有自查报告

看什么：省民政厅将检查人员配备、配套经费、资金使用、工资待遇四项，2019年有没有登记自查报告。

怎么算：只查2019年的报告期，文件没有写时限，到年末（12月31日）仍没有登记自查报告的提示。以后年度按来文要求办，不查。

怎么办：在“四个阶段”里用“生成文档”写出自查报告初稿，对照综合表核对这四项的数字，补充情况后登记成文日期和附件。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import document, managed
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import SELF_CHECK
from policy.stages import stages


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    year = stages().year
    if facts.period.first.year != year or facts.period.as_of < date(year, 12, 31):
        return
    if not any(d.kind == SELF_CHECK and d.dated and d.year in (None, year) for d in facts.management.documents):
        said = f"{year} 年没有登记自查报告"
        yield found(rule, facts, NO_DATA, said, measured="0 份", required="1 份", unit=bureau(facts), place="方案与公开")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    report = document(SELF_CHECK, year=2019, dated=date(2019, 11, 1))
    yield "年末没有自查报告", managed(period="2019"), 1
    yield "有自查报告", managed(period="2019", documents=[report]), 0
    yield "还没有到年末", managed(period="2019", as_of=date(2019, 12, 30)), 0
    yield "2026 年不查", managed(), 0


S5 = Rule("S5", "没有自查报告", HINT, RISK, "三（四）", __doc__, _find, _cases)
