"""市级汇总: the counties of a city's book, the packages received from them, what was made of every point, and the city's own figures."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, of
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, ORDINAL, YESNO
from policy.kinds.text import CODE, NAME, TEXT
from policy.parameters import REGIONS

REPORTED: Final = "已报"
TAKEN: Final = "已接收"
RETURNED: Final = "退回"
REPLACED: Final = "已替换"
"""A newer version took its place; what was received stays to be looked at."""
PACKAGE_STATES: Final = (REPORTED, TAKEN, RETURNED, REPLACED)
BELIEVED: Final = "采信"
COUNTY_LAYER, CITY_LAYER = "县级", "市级"
OWN_LINE, TRANSFER_LINE = "市本级", "市级下达"
"""The city bureau's own figures, and what it hands on to its counties: a memo, in no sum."""


class CityCounty(Base):
    """汇总单位: a county that reports to this city. A book with such rows is a city's book."""

    __tablename__ = "city_county"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = of(Field("行政区划代码", CODE, required=True), unique=True)
    name: Mapped[str] = of(Field("县（市、区）名称", NAME, required=True))
    region: Mapped[str] = of(Field("地区类别", choice("地区类别", REGIONS, {}), required=True))
    sort_no: Mapped[int] = of(Field("排序号", ORDINAL))
    contact: Mapped[str | None] = of(Field("联络员", NAME))
    phone: Mapped[str | None] = of(Field("联系电话", TEXT))


class CityPackage(Base):
    """收到的数据包: one version of a county's return. The file itself is the one attachment of this row (of a plain
    workbook a package made of it on arrival); `sha256` is that of what came."""

    __tablename__ = "city_package"
    __table_args__ = (UniqueConstraint("county", "task", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    county: Mapped[int] = mapped_column(ForeignKey("city_county.id"))
    task: Mapped[int] = mapped_column(ForeignKey("report_task.id"))
    version: Mapped[int] = of(Field("版本", ORDINAL))
    state: Mapped[str] = of(Field("接收状态", choice("接收状态", PACKAGE_STATES, {})), default=REPORTED)
    received_on: Mapped[date] = of(Field("收到日期", DATE))
    sealed_on: Mapped[date | None] = of(Field("封存日期", DATE))
    as_of: Mapped[date] = of(Field("截至日期", DATE))
    file_name: Mapped[str] = of(Field("文件名", TEXT))
    sha256: Mapped[str] = of(Field("文件指纹", CODE))
    data_sha256: Mapped[str] = of(Field("数据指纹", CODE))
    workbook: Mapped[bool] = of(Field("由工作簿读入", YESNO), default=False)
    hard: Mapped[int] = of(Field("市级复审强制性问题", COUNT), default=0)
    soft: Mapped[int] = of(Field("市级复审核实性问题", COUNT), default=0)
    reason: Mapped[str | None] = of(Field("退回理由", TEXT))


class PackagePoint(Base):
    """数据包审核问题: what the county's audit found (with its note) or the city's own, kept apart, and what the city made of it."""

    __tablename__ = "package_point"
    __table_args__ = (Index(None, "package"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    package: Mapped[int] = mapped_column(ForeignKey("city_package.id"))
    layer: Mapped[str] = of(Field("审核层级", choice("审核层级", (COUNTY_LAYER, CITY_LAYER), {})))
    point: Mapped[str] = of(Field("审核编号", CODE))
    subject: Mapped[str] = of(Field("审核对象", CODE))
    form: Mapped[str] = of(Field("表", CODE))
    line: Mapped[str] = of(Field("行", TEXT))
    mark: Mapped[str] = of(Field("栏次", CODE))
    level: Mapped[str] = of(Field("公式级别", CODE))
    said: Mapped[str] = of(Field("审核问题", TEXT))
    note: Mapped[str | None] = of(Field("审核说明", TEXT))
    verdict: Mapped[str | None] = of(Field("市级意见", choice("市级意见", (BELIEVED, RETURNED), {})))
    reason: Mapped[str | None] = of(Field("市级意见说明", TEXT))


class CityEntry(Base):
    """市本级填报数: a figure the city types of its own (市本级), or of what it hands on to its counties (市级下达, 表4 only)."""

    __tablename__ = "city_entry"
    __table_args__ = (UniqueConstraint("task", "form", "line", "mark"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[int] = mapped_column(ForeignKey("report_task.id"))
    form: Mapped[str] = of(Field("表", CODE))
    line: Mapped[str] = of(Field("行", choice("市级填报行", (OWN_LINE, TRANSFER_LINE), {})))
    mark: Mapped[str] = of(Field("栏次", CODE))
    value: Mapped[str] = of(Field("填报数", CODE))
