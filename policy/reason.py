"""Whether a reason or a note a clerk wrote says anything: the one measure for 审核说明, for adjusting a figure and for paying early."""

from __future__ import annotations

import re
from typing import Final

LEAST: Final = 5
"""Signs (without blanks and punctuation) that say something at all."""
_EMPTY: Final = re.compile(
    r"(?:没有问题|情况|属实|无误|正常|没有|没|无|问题|异常|说明|已核实|核实|已|同意|如题|测试|其他|其它|同上|略|是|否|的|了|数据|正确|不详|暂)+"
)


def says_nothing(text: str | None) -> str:
    """Why a text does not count as a reason (不足 5 个字 …), "" where it counts."""
    signs = re.sub(r"[\W_]", "", text or "")
    if len(signs) < LEAST:
        return f"不足 {LEAST} 个字"
    if signs.isascii():
        return "只有数字或字母"
    if len(set(signs)) < 3:
        return "是重复的字"
    return "没有写明原因" if _EMPTY.fullmatch(signs) else ""
