"""市级汇总: the counties of a city's book, the packages received from them, what was made of every point, and the city's own figures."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
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
    id: int = column(primary_key=True)
    code: str = of(Field("行政区划代码", CODE, required=True), unique=True)
    name: str = of(Field("县（市、区）名称", NAME, required=True))
    region: str = of(Field("地区类别", choice("地区类别", REGIONS, {}), required=True))
    sort_no: int = of(Field("排序号", ORDINAL))
    closed: date | None = of(Field("停报日期", DATE, hint="撤并后不再单独报送的，填最后一天；以后的任务不再催报"))
    contact: str | None = of(Field("联络员", NAME))
    phone: str | None = of(Field("联系电话", TEXT))


class CityPackage(Base):
    """收到的数据包: one version of a county's return. The file itself is the one attachment of this row (of a plain
    workbook a package made of it on arrival); `sha256` is that of what came. A package may follow the workbook of the same version."""

    __tablename__ = "city_package"
    __table_args__ = (UniqueConstraint("county", "task", "version", "workbook"),)
    id: int = column(primary_key=True)
    county: int = column(ForeignKey("city_county.id"))
    task: int = column(ForeignKey("report_task.id"))
    version: int = of(Field("版本", ORDINAL))
    state: str = of(Field("接收状态", choice("接收状态", PACKAGE_STATES, {})), default=REPORTED)
    received_on: date = of(Field("收到日期", DATE))
    sealed_on: date | None = of(Field("封存日期", DATE))
    as_of: date = of(Field("截至日期", DATE))
    file_name: str = of(Field("文件名", TEXT))
    sha256: str = of(Field("文件指纹", CODE))
    data_sha256: str = of(Field("数据指纹", CODE))
    workbook: bool = of(Field("由工作簿读入", YESNO), default=False)
    hard: int = of(Field("市级复审强制性问题", COUNT), default=0)
    soft: int = of(Field("市级复审核实性问题", COUNT), default=0)
    reason: str | None = of(Field("退回理由", TEXT))


class PackagePoint(Base):
    """数据包审核问题: what the county's audit found (with its note) or the city's own, kept apart, and what the city made of it."""

    __tablename__ = "package_point"
    __table_args__ = (Index(None, "package"),)
    id: int = column(primary_key=True)
    package: int = column(ForeignKey("city_package.id"))
    layer: str = of(Field("审核层级", choice("审核层级", (COUNTY_LAYER, CITY_LAYER), {})))
    point: str = of(Field("审核编号", CODE))
    subject: str = of(Field("审核对象", CODE))
    form: str = of(Field("表", CODE))
    line: str = of(Field("行", TEXT))
    mark: str = of(Field("栏次", CODE))
    level: str = of(Field("公式级别", CODE))
    said: str = of(Field("审核问题", TEXT))
    note: str | None = of(Field("审核说明", TEXT))
    verdict: str | None = of(Field("市级意见", choice("市级意见", (BELIEVED, RETURNED), {})))
    reason: str | None = of(Field("市级意见说明", TEXT))


class CityEntry(Base):
    """市本级填报数: a figure the city types of its own (市本级), or of what it hands on to its counties (市级下达, 表4 only)."""

    __tablename__ = "city_entry"
    __table_args__ = (UniqueConstraint("task", "form", "line", "mark"),)
    id: int = column(primary_key=True)
    task: int = column(ForeignKey("report_task.id"))
    form: str = of(Field("表", CODE))
    line: str = of(Field("行", choice("市级填报行", (OWN_LINE, TRANSFER_LINE), {})))
    mark: str = of(Field("栏次", CODE))
    value: str = of(Field("填报数", CODE))
