"""Who may do what: one table of data, asked by `Book.act`, the only door. A book without accounts asks nobody."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

FILLER, REVIEWER, VIEWER, ADMIN = "填报人", "审核人", "只读", "管理员"
ROLES: Final = (FILLER, REVIEWER, VIEWER, ADMIN)

ON_RETURNS: Final = (
    ("审核", (REVIEWER,)),
    ("取消审核", (REVIEWER,)),
    ("退回", (REVIEWER,)),
    ("解封", (REVIEWER,)),
    ("封存", (FILLER, REVIEWER)),
    ("上报", (FILLER, REVIEWER)),
    ("接收", (FILLER, REVIEWER)),
)
"""How an act on a return begins → who does it besides the 管理员; other acts on returns are filling in."""
ONLY_ADMIN: Final = (("account", "账号"), ("erasure", "依法删除"))
OWN: Final = ("登录", "修改自己的密码")
"""Acts on the table of accounts that everybody does for themselves."""


def refusal(role: str, name: str, tables: Collection[str]) -> str:
    """Why a role may not do an act that changes these tables, "" where it may. Acts without rows (a look, an export) only go into
    the diary and are everybody's."""
    if not tables or role == ADMIN or (set(tables) == {"account"} and name.startswith(OWN)):
        return ""
    if not role:
        return f"这本台账分了账号，请先登录，再做“{name}”。"
    for table, words in ONLY_ADMIN:
        if table in tables:
            return f"{words}由管理员办理，您的角色是{role}。请联系管理员。"
    allowed: tuple[str, ...] = (FILLER,)
    if "return_" in tables:
        allowed = next((roles for start, roles in ON_RETURNS if name.startswith(start)), allowed)
    if role in allowed:
        return ""
    return f"“{name}”由{'或'.join(allowed)}办理，您的角色是{role}，没有作任何改动。"
