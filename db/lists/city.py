"""市级汇总: the columns of the status board, of packages that came, and of their points."""

from __future__ import annotations

from typing import Final

from db.lists.columns import computed, shown, written
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT

COUNTIES: Final = (
    computed("place", "次序", ORDINAL, 3),
    shown("city_county", "code", 6),
    written("city_county", "name", 10),
    written("city_county", "region", 6),
    written("city_county", "contact", 6),
    written("city_county", "phone", 9),
    written("city_county", "closed", 7),
)
BOARD: Final = (
    shown("city_county", "name", 9),
    shown("city_county", "code", 6),
    computed("state", "状态", TEXT, 6, "未报、已报、审核有误、已接收、退回"),
    computed("late", "迟报（天）", ORDINAL, 5, "晚于报送截止日期的天数；没有报来的算到今天"),
    computed("version", "版本", ORDINAL, 4),
    shown("city_package", "received_on", 7),
    computed("hard", "市级强制性", ORDINAL, 6, "市级复审的强制性问题中还没有采信的"),
    computed("unjudged", "待提意见", ORDINAL, 5, "县级、市级审核问题中还没有采信或退回的"),
    computed("staffed", "配备率", TEXT, 6),
    computed("paid_up", "标准达标率", TEXT, 6),
    written("city_county", "contact", 6),
    written("city_county", "phone", 8),
    shown("city_package", "reason", 14),
)
POINTS: Final = (
    shown("package_point", "layer", 4),
    computed("level", "级别", TEXT, 4),
    shown("package_point", "point", 5),
    shown("package_point", "form", 4),
    shown("package_point", "line", 8),
    shown("package_point", "said", 30),
    shown("package_point", "note", 16),
    shown("package_point", "verdict", 5),
    shown("package_point", "reason", 12),
)
CAME: Final = (
    computed("answer", "结论", TEXT, 6),
    computed("file", "文件", TEXT, 18),
    computed("county", "县（市、区）", TEXT, 7),
    computed("said", "说明", TEXT, 40),
)
