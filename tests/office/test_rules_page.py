"""docs/rules.md is what the rules say."""

from __future__ import annotations

import io
from pathlib import Path

from office.__main__ import main
from office.rules_page import rules_page
from policy.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run: python -m office rules --markdown > docs/rules.md"


def test_every_rule_has_a_section_with_its_help_and_its_examples() -> None:
    page = rules_page()
    for rule in RULES:
        assert f"\n## {rule.id} {rule.title}\n" in page
        section = page.partition(f"\n## {rule.id} ")[2].partition("\n## ")[0]
        for word in ("看什么：", "怎么算：", "怎么办：", "例：", "→ 提出", "→ 不提出"):
            assert word in section, (rule.id, word)
        assert len([line for line in section.splitlines() if line.startswith("- ")]) == len(list(rule.cases()))


def test_the_command_prints_the_page() -> None:
    out = io.StringIO()
    assert main(["rules", "--markdown"], out=out, err=io.StringIO()) == 0
    assert out.getvalue() == rules_page()
