"""帮助: a page for every screen, written in resources/help/*.md, its numbers, articles and rules put in from the parameters and the rules.

In a page's text `{key}` is a parameter of the settings page as it is in force. A line `@article 二（三）` becomes the quoted article,
`@bands` the bands of 应配备, `@types` what each 用工形式 does, `@rules R32 R33` what these findings mean and how to mend them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

import resources
from office.parameters import OFF, PARAMETERS
from policy.finding import Rule, level_words
from policy.parameters import SHIPPED, Bands, Parameters, TypeRule, load
from policy.rules import RULES
from policy.staffing import band_words, need

START, KEYS, RULES_TITLE = "开始使用", "键盘操作", "核查规则"

PAGES: Final = (
    "start", "workbench", "units", "people", "pay", "contracts", "suppliers", "labour", "expiry", "settlement", "funds", "fund_spend", "fund_docs",
    "fund_rates", "estimate", "hiring_plan", "stages", "plans", "meetings", "recruits", "trainings", "inspections", "mending", "survey", "workload", "evaluations",
    "supervisions", "disclosures", "appraisals", "promotions", "pay_scales", "performance", "rewards", "incoming", "contacts", "handovers", "checks",
    "returns", "own_form", "rollup", "bring_in", "recycle", "backups", "log", "accounts", "settings", "keys",
)  # fmt: skip
"""Files of resources/help, in the order of the navigation; the first line of each is the screen's words."""

SWITCHES: Final[tuple[tuple[str, Callable[[TypeRule], bool]], ...]] = (
    ("计入实际配备", lambda rule: rule.counts),
    ("仅社会救助岗计入", lambda rule: rule.duty_only),
    ("列入表3", lambda rule: rule.in_pay_form),
    ("适用最低标准", lambda rule: rule.has_floor),
)


@cache
def titles() -> dict[str, str]:
    """The screen's words → its page, in the order of the navigation."""
    return {resources.text(f"help/{page}.md").partition("\n")[0].removeprefix("# "): page for page in PAGES}


def shipped() -> Parameters:
    """The parameters as the notice and the program have them, without a county's own."""
    text = resources.text(SHIPPED)
    since: date = tomllib.loads(text)["notice"]["since"]
    return load(text, (), since)


def help_page(words: str, parameters: Parameters) -> str:
    """The page of a screen as Markdown with the numbers in force; of a screen without a page the first one; `RULES_TITLE`: every rule."""
    if words == RULES_TITLE:
        paragraphs = [paragraph for rule in RULES for paragraph in rule_text(rule, parameters).split("\n\n")]
        return "\n\n".join((f"# {RULES_TITLE}", *_once(paragraphs))) + "\n"
    return filled(titles().get(words, PAGES[0]), parameters, rules_text)


def filled(page: str, parameters: Parameters, rules: Callable[[Sequence[Rule], Parameters], str]) -> str:
    """A page of resources/help with everything put in; `rules` writes what `@rules` asks for. ValueError where it names what is not there."""
    values = {one.key: one.kind.show(one.value(parameters)) for one in PARAMETERS}
    lines = []
    for line in resources.text(f"help/{page}.md").splitlines():
        if line.startswith("@"):
            lines.append(_asked(page, line[1:].split(), parameters, rules))
        else:
            lines.append(re.sub(r"\{([^{}]+)\}", lambda found: values[found[1]], line))
    return "\n\n".join(_once("\n".join(lines).split("\n\n"))).rstrip("\n") + "\n"


def _once(paragraphs: Sequence[str]) -> Iterator[str]:
    """An article that several rules of a page rest on is quoted once."""
    said = set()
    for paragraph in paragraphs:
        if paragraph not in said:
            yield paragraph
        if paragraph.startswith("> "):
            said.add(paragraph)


def _asked(page: str, words: list[str], parameters: Parameters, rules: Callable[[Sequence[Rule], Parameters], str]) -> str:
    match words:
        case ["article", reference]:
            return quoted(reference, parameters)
        case ["bands"]:
            return bands_text(parameters)
        case ["types"]:
            return types_text(parameters)
        case ["rules", *ids]:
            known = {rule.id: rule for rule in RULES}
            return rules([known[one] for one in ids], parameters)
    raise ValueError(f"resources/help/{page}.md: @{' '.join(words)}")


def quoted(reference: str, parameters: Parameters) -> str:
    """An article of the notice, word for word."""
    return f"> {reference}：{parameters.articles[reference]}"


def bands_text(parameters: Parameters) -> str:
    """The bands of 应配备 as a table."""
    rows = [
        f"| {level} | {band_words(households, bands, parameters.boundary_mode)} | {need(households, bands, parameters.boundary_mode)} 人 |"
        for level, bands in (("县级民政局", parameters.county_bands), ("乡镇（街道）", parameters.town_bands))
        for households in _one_of_each(bands)
    ]
    return "\n".join(("| 单位 | 救助对象户数 | 至少配备 |", "|---|---|---|", *rows))


def _one_of_each(bands: Bands) -> tuple[int, ...]:
    """A number of households within every band, off its edges."""
    return (0, *(bound + 1 for bound in bands.bounds))


def types_text(parameters: Parameters) -> str:
    """What every 用工形式 does, as a table."""
    head = f"| 用工形式 | {' | '.join(words for words, _ in SWITCHES)} |"
    rows = [f"| {name} | {' | '.join('是' if on(rule) else '否' for _, on in SWITCHES)} |" for name, rule in parameters.types.items()]
    return "\n".join((head, "|---" * (len(SWITCHES) + 1) + "|", *rows))


def rules_text(rules: Sequence[Rule], parameters: Parameters) -> str:
    """The findings a screen may lead to: what each means and how to mend it."""
    return "\n\n".join(("## 会提出的问题", *(rule_text(rule, parameters) for rule in rules)))


def rule_text(rule: Rule, parameters: Parameters) -> str:
    """One rule: its level in force, article with the text, what it looks at, how it counts and what to do."""
    _subject, *paragraphs = ("".join(part.splitlines()) for part in rule.help.strip().split("\n\n"))
    quote = [quoted(rule.article, parameters)] if rule.article in parameters.articles else []
    return "\n\n".join((f"### {rule.id} {rule.title}", f"级别：{level(rule, parameters)}。依据：{rule.article}。", *quote, *paragraphs))


def level(rule: Rule, parameters: Parameters) -> str:
    """强制性, 核实性（优先）, 核实性, 提示 or 停用, as it is in force."""
    return OFF if rule.id in parameters.switched_off else level_words(parameters.severities.get(rule.id, rule.severity), rule.priority)
