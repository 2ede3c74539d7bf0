"""上级表样: forms sent down by the province or the city; the workbook itself is an 附件 of the row, untouched."""

from __future__ import annotations

from datetime import date

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.text import CODE, NAME


class OwnForm(Base):
    """上级表样: a form and, as text, which figure belongs where in it (`returns.own_form_map`)."""

    __tablename__ = "own_form"
    id: int = column(primary_key=True)
    name: str = of(Field("表样名称", NAME, required=True), unique=True)
    map: str = of(Field("表样对应", CODE, required=True))
    changed_on: date = of(Field("更新日期", DATE, required=True))
