"""The four stages of 2019 (三、实施步骤) as data: dates, documents and topics stand in a shipped file. No later year has any."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import resources

SHIPPED: Final = "policy/stages-2019.toml"
STAGES: Final = ("摸查调研", "制定方案", "稳步推进", "全面落实")
"""所属阶段 a document may carry, in any year."""
TOPICS: Final = ("传达学习上级会议和文件精神", "研究年度工作要点", "研究购买服务具体实施方案", "研究经费安排", "通报工作进展")
"""Topics offered for a meeting; the task of 2019 brings its own."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its id among the rules, name, article, first and last day, and the documents that must be there by the last day."""

    id: str
    name: str
    article: str
    first: date
    last: date
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One matter of a stage: in which register it is found and as what (`kind`, `of`), who does it and who gets it, and by when
    (None: the document says no day)."""

    stage: str
    kind: str
    label: str
    who: str
    of: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one year with the topics its joint meeting has to take up; a city's also the last one."""

    year: int
    document: str
    topics: tuple[str, ...]
    city_topic: str
    stages: tuple[Stage, ...]
    matters: tuple[Asked, ...] = ()

    def stage(self, id: str) -> Stage:
        """The stage of a rule."""
        return next(one for one in self.stages if one.id == id)


@cache
def stages() -> Stages:
    """The shipped file."""
    tree = tomllib.loads(resources.text(SHIPPED))
    made = (Stage(one["id"], one["name"], one["article"], one["first"], one["last"], tuple(one["documents"])) for one in tree["stage"])
    matters = (Asked(one["stage"], one["kind"], one["label"], one["who"], one.get("of", ""), one.get("due")) for one in tree["matter"])
    return Stages(tree["year"], tree["document"], tuple(tree["topics"]), tree["city_topic"], tuple(made), tuple(matters))
