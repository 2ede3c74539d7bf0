"""Finding: one thing a rule found, with the arithmetic and the article, ready for screen, file and return."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy.facts import Facts

HARD = "hard"
SOFT = "soft"
HINT = "hint"
LEVEL_WORDS = {HARD: "强制性", SOFT: "核实性", HINT: "提示"}

NORMAL = "normal"
HIGH = "high"
"""Of what has to be looked into (核实性), what comes first: the law puts a consequence on it."""

AUDIT = "audit"
RISK = "risk"

MET = "达标"
BELOW = "低于最低标准"
MET_PRORATED = "折算后达标"
BELOW_PRORATED = "折算后低于最低标准"
NO_DATA = "数据不足"
WRONG_DATA = "数据有误"
UNCLEAR = "口径待明确"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a rule. `measured`/`required` are texts with units as shown; `arithmetic` is the whole sum in one line,
    e.g. "742 户 → 应配 6，实配 4，缺 2"; `verdict` one of the words above; ids lead the window to the records."""

    rule: str
    title: str
    severity: str
    kind: str
    article: str
    quote: str
    verdict: str
    measured: str
    required: str
    arithmetic: str
    unit: str = ""
    person: str = ""
    unit_id: int | None = None
    person_id: int | None = None
    engagement_id: int | None = None
    contract_id: int | None = None
    priority: str = NORMAL
    about: tuple[str, int] | None = None
    """(table, number) of the one record it was seen in, where that is none of the above: a meeting, a batch, an evaluation."""
    place: str = ""
    """Words of the screen where it is mended, for what concerns the whole county and stands in no one record."""

    @property
    def level(self) -> str:
        """The level as it is shown: 强制性, 核实性（优先）, 核实性 or 提示."""
        return level_words(self.severity, self.priority)

    @property
    def record(self) -> tuple[str, int] | None:
        """(table, number) of the record to open: the one it was seen in, else the person, the purchase contract, the unit; None where
        `place` says which screen to go to."""
        if self.about or self.place:
            return self.about
        for table, number in (("person", self.person_id), ("purchase_contract", self.contract_id), ("unit", self.unit_id)):
            if number is not None:
                return table, number
        return None


@dataclass(frozen=True)
class Rule:
    """A rule: law, check, help and proof in one file. `cases` builds (tripping facts, neighbour one day or one 分 away)."""

    id: str
    title: str
    severity: str
    kind: str
    article: str
    help: str
    find: Callable[[Rule, Facts], Iterable[Finding]]
    cases: Callable[[], Iterable[tuple[str, Facts, int]]]
    """(what the case shows, facts, number of findings expected) — at least one tripping case and its quiet neighbour."""
    priority: str = NORMAL
    """`HIGH`: its findings (or the gravest of them) stand first among 核实性."""
    clauses: tuple[str, ...] = ()
    """Clauses of the notice that have a number of their own in our list of clauses and are checked by this rule."""

    @property
    def level(self) -> str:
        """The shipped level as it is shown."""
        return level_words(self.severity, self.priority)


def level_words(severity: str, priority: str) -> str:
    """A level in words. Priority says something only about 核实性: 强制性 comes first anyway, a 提示 never does."""
    return f"{LEVEL_WORDS[severity]}（优先）" if severity == SOFT and priority == HIGH else LEVEL_WORDS[severity]
