"""使用手册: every help page, every rule, every setting and what is assumed, as one printable Markdown text (docs/使用手册.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from office import __version__
from office.assumed import assumed_by
from office.help_pages import KEYS, RULES_TITLE, START, filled, level, quoted, rule_text, shipped, titles
from office.parameters import PARAMETERS
from policy.finding import AUDIT, Rule
from policy.parameters import Parameters
from policy.rules import RULES

PICTURES: Final = "pictures"
"""Folder of the pictures beside the manual, each named as its help page (`python3 dev.py pictures`)."""

BEGINNING: Final = {"start": "起始页", "first_run": "新建台账"}
"""Pictures of the first chapter, in their order → their words: what is on screen while no book is open."""
_ELSEWHERE: Final = ("用工形式", RULES_TITLE)
"""Groups of settings that the manual shows in tables of their own."""


def manual(parameters: Parameters | None = None, *, pictures: Sequence[str] = ()) -> str:
    """The whole manual; by default with the numbers of the notice. `pictures`: the pages of which there is a picture."""
    held = parameters or shipped()
    screens = [(words, page) for words, page in titles().items() if words not in (START, KEYS)]
    parts = (
        _first(held),
        _pictured(_below(filled(titles()[START], held, _names), 1, "一、"), [one for one in BEGINNING if one in pictures]),
        "## 二、各个页面\n\n每个页面按 F1 可以看到同样的说明，数字是本台账现行的参数。",
        *(_screen(words, page, held, page in pictures) for words, page in screens),
        _rules(held),
        _settings(held),
        "## 五、本程序的口径\n\n文件没有明确的地方，本程序这样计算；都可以在“设置”里从某一天起改变。",
        "\n".join(f"- {sentence}" for sentence in assumed_by(held)),
        _below(filled(titles()[KEYS], held, _names), 1, "六、"),
    )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _first(parameters: Parameters) -> str:
    return (
        f"# 经办台账使用手册\n\n程序版本 {__version__}，政策参数：{parameters.name}。\n\n"
        "本手册由程序生成（`python -m office manual --pictures docs/pictures`），其中的数字、条文和规则与程序一致，不要手工修改。"
    )


def _screen(words: str, page: str, parameters: Parameters, picture: bool) -> str:
    return _pictured(_below(filled(page, parameters, _names), 2), [page] if picture else [], words)


def _pictured(text: str, pages: Sequence[str], words: str = "") -> str:
    """A part with its pictures under its heading."""
    head, _, rest = text.partition("\n")
    shown = "".join(f"\n\n![{BEGINNING.get(page, words)}]({PICTURES}/{page}.png)" for page in pages)
    return f"{head}{shown}\n{rest}"


def _below(text: str, steps: int, number: str = "") -> str:
    """A page with its headings lowered, the first one numbered."""
    lowered = re.sub(r"^(#+ )", "#" * steps + r"\1", text, flags=re.MULTILINE)
    return lowered.replace("# ", f"# {number}", 1)


def _names(rules: Sequence[Rule], parameters: Parameters) -> str:
    """In the manual a rule stands once, in its own part; a screen names those it may lead to."""
    named = "、".join(f"{rule.id} {rule.title}" for rule in rules)
    return f"会提出的问题（详见“{RULES_TITLE}”）：{named}。"


def _rules(parameters: Parameters) -> str:
    rows = [
        f"| {rule.id} | {rule.title} | {level(rule, parameters)} | {'报表审核' if rule.kind == AUDIT else '用工与采购风险提示'} | {rule.article} |"
        for rule in RULES
    ]
    articles = dict.fromkeys(rule.article for rule in RULES if rule.article in parameters.articles)
    return "\n\n".join((
        f"## 三、{RULES_TITLE}",
        "\n".join(("| 编号 | 名称 | 级别 | 种类 | 依据 |", "|---|---|---|---|---|", *rows)),
        "所依据的条文：",
        *(quoted(reference, parameters) for reference in articles),
        *(_without_quote(rule_text(rule, parameters)) for rule in RULES),
    ))  # fmt: skip


def _without_quote(text: str) -> str:
    return "\n\n".join(part for part in text.split("\n\n") if not part.startswith("> "))


def _settings(parameters: Parameters) -> str:
    groups = dict.fromkeys(one.group for one in PARAMETERS if one.group not in _ELSEWHERE)
    tables = []
    for group in groups:
        rows = [
            f"| {one.label} | {one.kind.show(one.value(parameters)) or '（空）'} | {one.effect} |" for one in PARAMETERS if one.group == group
        ]
        tables.append("\n".join((f"### {group}", "", "| 参数 | 默认值 | 作用 |", "|---|---|---|", *rows)))
    return "\n\n".join((
        "## 四、设置一览",
        "用工形式的各项开关见“人员”一节，规则的级别见“核查规则”；都在“设置”的“政策参数”里修改，写明从哪一天起施行。",
        *tables,
    ))  # fmt: skip
