"""Who may do what: one table of data, asked by `Book.act`, the only door. A book without accounts asks nobody."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

FILLER, REVIEWER, VIEWER, ADMIN = "填报人", "审核人", "只读", "管理员"
ROLES: Final = (FILLER, REVIEWER, VIEWER, ADMIN)

ON_RETURNS: Final = {
    "审核报表": (REVIEWER,), "退回修改": (REVIEWER,), "解封报表": (REVIEWER,), "封存报表": (FILLER, REVIEWER), "上报报表": (FILLER, REVIEWER),
    "接收报表": (FILLER, REVIEWER), "退回报表": (FILLER, REVIEWER),
}  # fmt: skip
"""First word of an act on a return → who does it besides the 管理员; other acts on returns are filling in."""
ONLY_ADMIN: Final = (("account", "账号"), ("erasure", "依法删除"))
OWN: Final = ("登录", "登录失败", "修改自己的密码")
"""First words of acts on the table of accounts that everybody does for themselves."""


def refusal(role: str, name: str, tables: Collection[str]) -> str:
    """Why a role may not do an act that changes these tables, "" where it may. Acts without rows (a look, an export) only go into
    the diary and are everybody's."""
    first = name.partition(" ")[0]
    if not tables or role == ADMIN or (set(tables) == {"account"} and first in OWN):
        return ""
    if not role:
        return f"这本台账分了账号，请先登录，再做“{name}”。"
    for table, words in ONLY_ADMIN:
        if table in tables:
            return f"{words}由管理员办理，您的角色是{role}。请联系管理员。"
    allowed = ON_RETURNS.get(first, (FILLER,)) if "return_" in tables else (FILLER,)
    if role in allowed:
        return ""
    return f"“{name}”由{'或'.join(allowed)}办理，您的角色是{role}，没有作任何改动。"
