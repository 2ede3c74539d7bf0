"""绩效评价, 监督 and 信息公开 of purchase contracts (四（四）)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
from db.management_tables import CHANNEL
from policy.evaluation_facts import DISCLOSURES, EVALUATION_GRADES, PHASES, USES
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, ORDINAL, YEAR
from policy.kinds.score import SCORE
from policy.kinds.text import NAME, TEXT

EVALUATION_GRADE = choice("评价等次", EVALUATION_GRADES, {"优秀": "优", "良好": "良", "及格": "合格", "不及格": "不合格"})
USE = choice("结果运用", USES, {"续约": "续签", "不再续签": "不续"})
PHASE = choice("监督阶段", PHASES, {"事先": "事前", "事后监督": "事后", "事中监督": "事中", "事前监督": "事前"})
DISCLOSURE = choice("公开事项", DISCLOSURES, {"中标公告": "中标（成交）公告", "成交公告": "中标（成交）公告", "履约验收": "验收结果"})


class Evaluation(Base):
    """绩效评价 of a contract for a year: three parties, three dimensions, weights as whole numbers; the total is computed, never stored."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("contract", "year"),
        CheckConstraint("buyer_weight + client_weight + third_weight > 0", name="party_weights"),
        CheckConstraint("result_weight + project_weight + impact_weight > 0", name="dimension_weights"),
    )
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    year: int = of(Field("评价年度", YEAR, ("年度",), required=True))
    evaluated: date | None = of(Field("评价日期", DATE, ("日期",)))
    buyer_score: int | None = of(Field("购买主体评分", SCORE, ("购买主体",)))
    client_score: int | None = of(Field("服务对象评分", SCORE, ("服务对象",)))
    third_score: int | None = of(Field("第三方评分", SCORE, ("第三方",)))
    buyer_weight: int = of(Field("购买主体权重", ORDINAL), default=1)
    client_weight: int = of(Field("服务对象权重", ORDINAL), default=1)
    third_weight: int = of(Field("第三方权重", ORDINAL), default=1)
    result_score: int | None = of(Field("服务成效", SCORE, ("服务成效得分",)))
    project_score: int | None = of(Field("项目管理", SCORE, ("项目管理得分",)))
    impact_score: int | None = of(Field("社会影响", SCORE, ("社会影响得分",)))
    result_weight: int = of(Field("服务成效权重", ORDINAL), default=1)
    project_weight: int = of(Field("项目管理权重", ORDINAL), default=1)
    impact_weight: int = of(Field("社会影响权重", ORDINAL), default=1)
    third_party: str | None = of(Field("第三方机构", NAME, ("评价机构",)))
    sample: int | None = of(Field("服务对象样本数", COUNT, ("样本数", "抽样户数")))
    grade: str | None = of(Field("评价等次", EVALUATION_GRADE, ("等次",), hint="留空的按综合得分自动划分"))
    published: date | None = of(Field("公布日期", DATE, ("公开日期",)))
    channel: str | None = of(Field("公布渠道", CHANNEL, ("公开渠道",)))
    rectification: str | None = of(Field("整改要求", TEXT, ("整改意见",)))
    rectified: date | None = of(Field("整改完成日期", DATE, ("整改完成",)))
    use: str | None = of(Field("结果运用", USE))


class Supervision(Base):
    """监督记录 of a contract: 事前, 事中 or 事后."""

    __tablename__ = "supervision"
    __table_args__ = (Index(None, "contract"),)
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    phase: str = of(Field("监督阶段", PHASE, ("阶段",), required=True))
    held: date = of(Field("监督日期", DATE, ("日期", "检查日期"), required=True))
    by: str | None = of(Field("监督人", NAME, ("检查人",)))
    finding: str | None = of(Field("发现问题", TEXT, ("监督情况", "问题")))
    fix: str | None = of(Field("整改措施和结果", TEXT, ("整改情况", "整改措施")))
    mended: date | None = of(Field("整改完成日期", DATE, ("整改日期",)))


class Disclosure(Base):
    """信息公开 of a purchase: 采购意向, 公告, 中标公告, 合同公告, 验收结果."""

    __tablename__ = "disclosure"
    __table_args__ = (Index(None, "contract"),)
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    kind: str = of(Field("公开事项", DISCLOSURE, ("事项",), required=True))
    published: date = of(Field("公开日期", DATE, ("公告日期", "日期"), required=True))
    channel: str | None = of(Field("公开渠道", CHANNEL))
    url: str | None = of(Field("公开网址", TEXT, ("网址",)))
