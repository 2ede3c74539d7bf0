"""工资层级 as frozen records: the scale with its grades, items and rules of promotion, and who was put on which grade when (二（四）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

CERTIFICATES: Final = ("无", "助理社会工作师", "社会工作师", "高级社会工作师")
"""社工证, the lowest first: who has a higher one has the lower ones' rights."""
PAY_ITEMS: Final = ("基本工资", "岗位工资", "绩效工资", "津补贴")
"""工资项目 of a grade, by the month."""
PERFORMANCE: Final = "绩效工资"
FIRST_PLACING: Final = "首次定级"
CHANGE_REASONS: Final = (FIRST_PLACING, "晋升", "取得证书", "考核降级", "其他")


@dataclass(frozen=True, slots=True)
class Grade:
    """One 层级 of a scale. Who stands on the level below may come here after `years` full years there with the certificate and, in each
    of the last `appraisals` years, an appraisal of `appraisal` or better ("" = none asked). `items` in 分 a month, `year_end` in 分."""

    id: int
    level: int
    name: str
    items: tuple[tuple[str, int], ...] = ()
    year_end: int | None = None
    years: int | None = None
    certificate: str = ""
    appraisal: str = ""
    appraisals: int = 1

    @property
    def monthly(self) -> int | None:
        """Fixed and performance pay a month in 分; None where no item is entered."""
        return sum(amount for _, amount in self.items) if self.items else None

    @property
    def performance(self) -> int:
        """绩效工资 a month in 分."""
        return sum(amount for item, amount in self.items if item == PERFORMANCE)


@dataclass(frozen=True, slots=True)
class PerformanceRule:
    """What an appraisal pays: from `grade` (and a score of `low`, hundredths, or more) the performance pay times `factor`, 0.01 %."""

    grade: str
    low: int | None
    factor: int


@dataclass(frozen=True, slots=True)
class PayScale:
    """工资层级方案: in force from `since`, with its document. `performance_share`: what part of pay is 绩效, 0.01 %."""

    id: int
    name: str
    since: date
    document: str = ""
    performance_share: int | None = None
    performance_rule: str = ""
    grades: tuple[Grade, ...] = ()
    """Ascending by level."""
    rules: tuple[PerformanceRule, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeChange:
    """From `since` on the person stands on the grade, whoever the employer."""

    id: int
    person: int
    since: date
    grade: int
    reason: str = ""
    document: str = ""
