"""The page docs/rules.md: every rule's help, level, article and examples, made from the rules themselves."""

from __future__ import annotations

from policy.finding import AUDIT, Rule
from policy.rules import RULES


def rules_page() -> str:
    """The whole page as Markdown."""
    table = [
        f"| [{rule.id}](#{rule.id.lower()}) | {rule.title} | {rule.level} | {_kind(rule)} | {rule.article} |"
        for rule in RULES
    ]
    head = (
        "# 核查规则\n\n本页由程序生成（`python -m office rules --markdown`），不要手工修改；规则的说明写在 `policy/rules/` 各文件的开头。\n"
        "级别为默认级别，可在参数版本中调整；注明优先的排在核实性的最前面。报表审核的结果随报表上报；用工与采购风险提示只留在台账内。\n"
    )
    index = "\n".join(["| 编号 | 名称 | 级别 | 种类 | 依据 |", "|---|---|---|---|---|", *table, ""])
    return "\n".join([head, index, *(_section(rule) for rule in RULES)])


def _kind(rule: Rule) -> str:
    return "报表审核" if rule.kind == AUDIT else "用工与采购风险提示"


def _section(rule: Rule) -> str:
    subject, *paragraphs = ("".join(part.splitlines()) for part in rule.help.strip().split("\n\n"))
    cases = [f"- {said} → {f'提出 {number} 条' if number else '不提出'}" for said, _facts, number in rule.cases()]
    return (
        "\n\n".join([f'<a id="{rule.id.lower()}"></a>\n\n## {rule.id} {rule.title}', f"{subject}。", *paragraphs, "例：", "\n".join(cases)])
        + "\n"
    )
