"""People who use the book: 填报人, 审核人, 只读, 管理员."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint

from db.base import Base, column, of
from db.rights import ROLES
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.number import ORDINAL, YESNO
from policy.kinds.text import CODE, NAME

ROLE = choice("角色", ROLES, {"填报": "填报人", "经办人": "填报人", "审核": "审核人", "查看": "只读", "系统管理员": "管理员"})


class Account(Base):
    """操作账号: a person with a role and a password of their own (kept as Argon2 digest). Never removed: the diary names them."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("failures >= 0", name="failures"))
    id: int = column(primary_key=True)
    name: str = of(Field("姓名", NAME, required=True))
    role: str = of(Field("角色", ROLE, required=True))
    password: str
    failures: int = of(Field("连续输错次数", ORDINAL), default=0)
    waiting_until: str | None = of(Field("暂停登录至", CODE))
    closed: bool = of(Field("已停用", YESNO), default=False)
