"""The parts of a pay sheet, said once: 应发工资 is the items less 缺勤扣款, 实发工资 that less what is withheld, 用工成本 应发 and the employer's part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SPLIT: Final = ("base", "post", "performance", "allowance", "bonus", "overtime")
ITEMS: Final = (*SPLIT, "unsplit")
"""应发项目; `unsplit` (未分项工资) stands where a sheet gives only the total."""
INSURANCE: Final = ("pension", "medical", "unemployment", "insurance_other")
"""个人社保; `insurance_other` stands where a sheet gives only its sum."""
WITHHELD: Final = (*INSURANCE, "fund", "tax", "other")
EMPLOYER: Final = ("employer_insurance", "employer_fund", "fee", "vat")
WRITTEN: Final = (*ITEMS, "deduction", *WITHHELD, *EMPLOYER)
TOTALS: Final = ("gross", "net", "cost")


def totals(sheet: Mapping[str, int | None]) -> dict[str, int | None]:
    """应发, 实发 and 用工成本 of written items in 分, as the book computes them; None where no item of pay is known (blank is not 0)."""

    def total(names: tuple[str, ...]) -> int:
        return sum(sheet.get(name) or 0 for name in names)

    if all(sheet.get(name) is None for name in ITEMS):
        return dict.fromkeys(TOTALS)
    gross = total(ITEMS) - (sheet.get("deduction") or 0)
    return {"gross": gross, "net": gross - total(WITHHELD), "cost": gross + total(EMPLOYER)}
