"""Purchase contracts as frozen records: who buys from whom, for what, how it was procured, what was paid.

A purchase contract (采购合同, for 劳务派遣 the 派遣协议) stands between buyer and supplier; the labour contract between employer
and worker is another record (`policy.labour_facts`). Money is whole 分, shares 0.01 %, dates inclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

PURCHASE: Final = "政府购买服务"
DISPATCH: Final = "劳务派遣"
CONTRACT_KINDS: Final = (PURCHASE, DISPATCH, "劳务外包", "其他")
"""What the contract really is."""
PROCURED_AS: Final = (PURCHASE, "其他")
"""How it was booked and procured; 劳务派遣 may not be 政府购买服务 (财政部令第102号第十条)."""
BUYER_LEVELS: Final = ("省", "市", "县", "乡镇（街道）")
PUBLIC_ONE: Final = "公益一类事业单位"
BUYER_CLASSES: Final = ("国家机关", PUBLIC_ONE, "公益二类事业单位", "其他")
SUPPLIER_CLASSES: Final = (
    "社会组织", "企业", PUBLIC_ONE, "公益二类事业单位", "生产经营类事业单位", "村（居）组织", "个人", "其他",
)  # fmt: skip
STATUTORY_METHODS: Final = ("公开招标", "邀请招标", "竞争性谈判", "竞争性磋商", "单一来源", "询价", "框架协议")
"""采购方式 of 政府采购法; the others are the office's own (自行采购)."""
METHODS: Final = (*STATUTORY_METHODS, "自行采购", "其他")
SCOPES: Final = ("低保", "特困", "临时救助", "养老", "留守儿童", "城乡社区", "其他")
"""服务内容 (四（二）)."""
SOURCES: Final[Mapping[str, str]] = {
    "社会救助工作经费": "A", "困难群众救助补助资金（中央）": "B1", "困难群众救助补助资金（省级）": "B2", "困难群众救助补助资金（本级）": "B3",
    "其他社会救助专项资金": "C", "本级预算其他安排": "D", "乡镇（街道）自筹": "E", "其他资金": "F",
}  # fmt: skip
"""资金来源 and its letter in 表5."""
WORK_FUND: Final = "社会救助工作经费"
CENTRAL_RELIEF: Final = "困难群众救助补助资金（中央）"
TOWN_OWN: Final = "乡镇（街道）自筹"

DISPATCH_CLAUSES: Final = ("岗位和人员数量", "派遣期限", "劳动报酬和社会保险费的数额与支付方式", "违约责任")
"""What a 劳务派遣协议 must state (劳动合同法第五十九条)."""
BUDGET_SECURED: Final = "预算保障"
POST_NATURE: Final = "岗位属临时性、辅助性或者替代性"
PERSONAL_DATA: Final = "个人信息处理"
DIRECTION_SIGNS: Final = ("使用单位直接安排工作和考勤", "使用单位决定录用和退回", "使用单位确定或者发放工资", "按人头而不按成果结算")
"""Signs that people of a service contract are managed one by one like dispatched ones (C17)."""
DECIDING: Final = "含审核、确认等应由政府履行的事项"
TICKS: Final = (*DISPATCH_CLAUSES, BUDGET_SECURED, POST_NATURE, PERSONAL_DATA, *DIRECTION_SIGNS, DECIDING)
"""What may be ticked about a contract's text and practice."""
TICK_SUBJECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "派遣协议应当写明（劳动合同法第五十九条）": DISPATCH_CLAUSES,
    "合同还写明": (BUDGET_SECURED, POST_NATURE, PERSONAL_DATA),
    "履行中的做法（有的就勾）": DIRECTION_SIGNS,
    "服务事项（有的就勾）": (DECIDING,),
}
"""The ticks by subject, as they are asked."""


@dataclass(frozen=True, slots=True)
class Supplier:
    """承接主体: provider of a service contract or 劳务派遣单位."""

    id: int
    name: str
    credit_code: str = ""
    body: str = ""
    licence_no: str = ""
    licence_from: date | None = None
    licence_to: date | None = None
    user_founded: bool = False
    """Set up by the using unit or a body under it (劳动合同法第六十七条)."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """补充合同: a change of the amount (in 分, may be negative) and perhaps a new last day."""

    id: int
    signed: date
    amount: int = 0
    end: date | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment under a contract; the amount is the sum of its parts, so no part can be forgotten. Months are yyyymm."""

    id: int
    paid_on: date
    wages: int = 0
    employer: int = 0
    fee: int = 0
    other: int = 0
    source: str = ""
    first_month: int | None = None
    last_month: int | None = None
    voucher: str = ""

    @property
    def amount(self) -> int:
        """The whole payment in 分."""
        return self.wages + self.employer + self.fee + self.other


@dataclass(frozen=True, slots=True)
class PurchaseContract:
    """One 采购合同 as the book knows it on the as-of date: amendments and payments dated after it are not here.

    `amount` is the original sum; `scopes` and `sources` are shares that make 10000 together; `wage` 元/人·年 and `fee` 元/人·月 in 分.
    """

    id: int
    no: str
    name: str
    kind: str
    start: date
    end: date
    procured_as: str = PURCHASE
    buyer: int | None = None
    buyer_level: str = "县"
    buyer_class: str = "国家机关"
    supplier: Supplier | None = None
    method: str = ""
    project_no: str = ""
    awarded: date | None = None
    award_noticed: date | None = None
    contract_noticed: date | None = None
    accepted: date | None = None
    signed: date | None = None
    amount: int | None = None
    headcount: int | None = None
    wage: int | None = None
    fee: int | None = None
    pay_clause: str = ""
    work_class: str = "事务性"
    filed: date | None = None
    budget_doc: str = ""
    predecessor: int | None = None
    not_renewed_on: date | None = None
    """The day it was decided not to renew it."""
    scopes: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    units: tuple[int, ...] = ()
    """用工单位 (使用单位) the contract names."""
    ticks: frozenset[str] = frozenset()
    amendments: tuple[Amendment, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def last_day(self) -> date:
        """Last day with what amendments say about it."""
        return next((a.end for a in reversed(self.amendments) if a.end), self.end)

    @property
    def total(self) -> int | None:
        """Amount with amendments, 分; None where no amount is known."""
        return None if self.amount is None else self.amount + sum(a.amount for a in self.amendments)

    @property
    def paid(self) -> int:
        """What has been paid up to the as-of date, 分."""
        return sum(p.amount for p in self.payments)

    def holds_on(self, day: date) -> bool:
        """Whether the contract runs on `day` (both ends inclusive)."""
        return self.start <= day <= self.last_day
