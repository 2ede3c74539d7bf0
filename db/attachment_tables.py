"""附件: scans and documents that hang on any record, kept by their SHA-256."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, ORDINAL
from policy.kinds.text import CODE, TEXT


class Attachment(Base):
    """附件: one file on one record (`owner` is the record's table). The file itself lies in the book's folder `attachments`,
    named by its SHA-256 and never changed; the same file on two records is kept once."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("owner", "record", "sha256"), CheckConstraint("size > 0", name="size"), Index(None, "sha256"))
    id: int = column(primary_key=True)
    owner: str = of(Field("所属记录类别", CODE, required=True))
    record: int = of(Field("所属记录编号", ORDINAL, required=True))
    name: str = of(Field("附件文件名", TEXT, ("文件名",), required=True))
    sha256: str = of(Field("文件指纹", CODE, required=True))
    size: int = of(Field("字节数", COUNT, required=True))
    pages: int | None = of(Field("页数", COUNT))
    added_on: date = of(Field("添加日期", DATE, required=True))
    note: str | None = of(Field("附件说明", TEXT))
