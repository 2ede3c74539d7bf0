"""本程序的口径: what the notice leaves open and how this book counts there, in plain words, each with who decided it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from office.parameters import PARAMETERS
from office.settings import DEFAULT, Setting
from policy.parameters import Parameters

ASSUMED: Final = {
    "staffing.boundary_mode": "户数恰好等于档次界限的，原文相邻两档都包含，没有明确归哪一档。现在按“{}”测算。",
    "staffing.count_method": "原文没有写一人兼几处怎样计。实际配备现在按“{}”计算。",
    "staffing.duty_threshold": "原文没有写兼做其他工作的人员算不算。社会救助工作占比达到 {} 的，现在计为一人。",
    "staffing.long_leave_months": "原文没有写长期请假的人员算不算。连续请假超过 {} 个月的，现在不计入实际配备。",
    "staffing.village_counts": "派驻村（社区）而由乡镇统筹使用的人员，原文没有明确是否计入乡镇。现在计入：{}。",
    "staffing.types.双百社工.counts": "双百社工是否算社会救助经办服务人员，原文没有提到。职责为社会救助经办的，现在计入：{}。",
    "staffing.types.直接聘用.has_floor": "年工资最低标准写的是被派遣人员。直接聘用人员现在适用：{}。",
    "staffing.types.公益性岗位.counts": "公益性岗位人员是否算配备人员，原文没有提到。现在计入：{}。",
    "caseload.destitute_by": "救助对象按户计，特困人员怎样计户原文没有写。现在每一{}计一户。",
    "caseload.date_mode": "救助对象户数取哪一天，原文没有写。现在取“{}”的户数。",
    "caseload.weights.边缘": "低保边缘家庭是否算救助对象，原文没有明确。现在一户折合 {} 户。",
    "pay.caliber": "最低标准指应发、实发还是用工成本，原文没有写。现在按“{}”比较。",
    "pay.part_year": "在岗不满一年的怎样比较，原文没有写。最低标准现在这样折算：{}。",
    "pay.tolerance": "低于最低标准多少算低于，原文没有写。容差现在是 {} 元，低于最低标准不超过容差的，不作为问题。",
    "fund.base_mode": "“上年财政安排的低保资金支出”包括哪几级财政，原文没有写。工作经费现在按“{}”测算。",
}
"""Parameter → what the notice leaves open, with the value in force for {}."""


def assumed(settings: Iterable[Setting]) -> tuple[tuple[str, str], ...]:
    """(sentence, who decided it) of a book as it stands on a day."""
    held = {one.parameter.key: one for one in settings}
    return tuple(
        (words.format(held[key].parameter.kind.show(held[key].value)), held[key].source.replace(DEFAULT, "程序默认"))
        for key, words in ASSUMED.items()
    )


def assumed_by(parameters: Parameters) -> tuple[str, ...]:
    """The same sentences for parameters alone, as the manual prints the defaults."""
    held = {one.key: one for one in PARAMETERS}
    return tuple(words.format(held[key].kind.show(held[key].value(parameters))) for key, words in ASSUMED.items())
