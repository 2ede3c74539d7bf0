"""Labour contracts (劳动合同, employer with worker) as frozen records, and the dated tables the labour checks look things up in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

FIXED: Final = "固定期限"
OPEN: Final = "无固定期限"
TASK: Final = "以完成一定工作任务为期限"
LABOUR_KINDS: Final = (FIXED, OPEN, TASK)
LABOUR_TYPES: Final = ("政府购买服务", "劳务派遣", "直接聘用", "双百社工", "公益性岗位")
"""用工形式 whose workers have a labour contract (not 编制, not village cadres)."""
GRADES: Final = ("优秀", "称职", "基本称职", "不称职")
"""考核等次, the best first."""
BEST: Final = GRADES[0]
UNGRADED: Final = "未考核"
"""Stands with the reason why somebody has no result for a year."""
INCOMPETENT: Final = "不称职"
MOVED: Final = "更换用人单位（非本人原因）"
"""Why a labour contract ended that the worker did not end: the provider was changed over their head."""
YEARS_KEPT: Final = "工作年限合并计算"
YEARS_PAID: Final = "原用人单位已支付经济补偿"
SERVICE: Final = (YEARS_KEPT, YEARS_PAID)
"""What becomes of the years with the employer before (劳动合同法实施条例第十条)."""


@dataclass(frozen=True, slots=True)
class LabourContract:
    """One 劳动合同, the `seq`-th of its engagement. `end` is None for an open one; money 分 per month.

    `employer` is the employer of the engagement on the contract's first day, `unit` the unit worked at then: what tells whether a
    new employer goes on at the same place.
    """

    id: int
    engagement: int
    person: int
    seq: int
    kind: str
    start: date
    end: date | None = None
    signed: date | None = None
    employer: str = ""
    unit: int | None = None
    probation_end: date | None = None
    probation_wage: int | None = None
    wage: int | None = None
    names_unit: bool | None = None
    names_term: bool | None = None
    names_post: bool | None = None
    amended_on: date | None = None
    """The newest written change of unit or post."""
    pay_day: int | None = None
    """约定发放日: day of the following month."""
    insured_on: date | None = None
    certificate_on: date | None = None
    """解除、终止劳动合同证明 issued on."""
    ended_on: date | None = None
    """Last day where it was ended (解除、终止), also before its term; None = not ended."""
    not_renewed_on: date | None = None
    """The day it was decided not to renew it."""

    @property
    def last_day(self) -> date | None:
        """The last day it holds: of its ending, else of its term; None = open."""
        return self.ended_on or self.end


@dataclass(frozen=True, slots=True)
class Appraisal:
    """年度考核 of one person for one year."""

    person: int
    year: int
    grade: str
    score: int | None = None
    """In hundredths."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """最低工资 per month of an area from `since` on, 分; area "" = the whole county."""

    since: date
    area: str
    monthly: int


DAY_OFF: Final = "放假"
DAY_KINDS: Final = (DAY_OFF, "调休上班")
"""What 国务院办公厅 makes of a day: off though it is a weekday, or worked though it is a weekend."""


MAN: Final = "男"
WOMEN: Final = ("女干部", "女工人")
"""As what a woman retires: from a post of management or technique (管理、技术岗位), or from any other. Her record says it; nothing else tells."""
RETIRING_AS: Final = (MAN, *WOMEN)


@dataclass(frozen=True, slots=True)
class RetirementAge:
    """法定退休年龄 for those of a category (one of `RETIRING_AS`) born in `born_from` (yyyymm) or later: whole months of age."""

    born_from: int
    category: str
    months: int
