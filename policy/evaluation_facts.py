"""绩效评价, 监督 and 信息公开 of purchase contracts as frozen records (四（四）). Scores are hundredths (9550 = 95.5 分)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

PARTIES: Final = ("购买主体", "服务对象", "第三方")
DIMENSIONS: Final = ("服务成效", "项目管理", "社会影响")
EXCELLENT: Final = "优"
GOOD: Final = "良"
PASS: Final = "合格"
FAIL: Final = "不合格"
EVALUATION_GRADES: Final = (EXCELLENT, GOOD, PASS, FAIL)
USES: Final = ("续签", "不续", "降价", "整改后续签", "其他")
"""结果运用."""
BEFORE: Final = "事前"
DURING: Final = "事中"
AFTER: Final = "事后"
PHASES: Final = (BEFORE, DURING, AFTER)
DISCLOSURES: Final = ("采购意向", "采购公告", "中标（成交）公告", "合同公告", "验收结果")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One contract's 绩效评价 of a year: scores of the three parties and the three dimensions (in the order of PARTIES and DIMENSIONS;
    None = not given) with their weights as whole numbers, and what became of the result. `grade` "" : by the bands."""

    id: int
    contract: int
    year: int
    evaluated: date | None = None
    parties: tuple[int | None, ...] = (None, None, None)
    party_weights: tuple[int, ...] = (1, 1, 1)
    dimensions: tuple[int | None, ...] = (None, None, None)
    dimension_weights: tuple[int, ...] = (1, 1, 1)
    third_party: str = ""
    sample: int | None = None
    grade: str = ""
    published: date | None = None
    channel: str = ""
    rectification: str = ""
    rectified: date | None = None
    use: str = ""


@dataclass(frozen=True, slots=True)
class Supervision:
    """One act of supervision of a contract: 事前, 事中 or 事后."""

    id: int
    contract: int
    phase: str
    held: date
    by: str = ""
    finding: str = ""
    mended: date | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What was published about a contract's purchase, when and where."""

    id: int
    contract: int
    kind: str
    published: date
    channel: str = ""
    url: str = ""
