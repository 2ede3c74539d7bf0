"""The management year: training, meetings, documents, windows, inspections and problems, rewards, 来文, contacts, hand-over.

Recruitment is in `db.recruit_tables`, pay scales in `db.grade_tables`, evaluation of providers in `db.evaluation_tables`.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, SHARE, YEAR, YESNO
from policy.kinds.score import SCORE
from policy.kinds.text import CODE, NAME, PHONE, TEXT
from policy.kinds.ticked import ticked
from policy.management_facts import (
    CHANNELS,
    CONTACT_ROLES,
    CONTENTS,
    DEPARTMENTS,
    DOC_KINDS,
    INSPECTION_KINDS,
    MEETING_KINDS,
    MEETING_LEVELS,
    ORGANISERS,
    RECRUIT_METHODS,
    REWARD_KINDS,
    TRAINING_KINDS,
)
from policy.stages import STAGES, TOPICS

CHANNEL = choice("公开渠道", CHANNELS, {"网站": "政府网站", "公开栏": "政务公开栏", "政府采购网": "广东政府采购网", "公众号": "政务新媒体"})
RECRUIT_METHOD = choice("招录方式", RECRUIT_METHODS, {"公开招录": "公开招聘", "公开招考": "公开招聘", "承接主体招聘": "承接主体招录"})
TRAINING_KIND = choice("培训类型", TRAINING_KINDS, {"入职": "入职培训", "省厅视频": "省厅视频培训", "业务": "业务培训", "转岗": "转岗培训"})
ORGANISER = choice("组织单位级别", ORGANISERS, {"省级": "省", "市级": "市", "县级": "县", "乡镇": "乡镇（街道）", "街道": "乡镇（街道）"})
MEETING_KIND = choice("会议类别", MEETING_KINDS, {"困难群众基本生活保障工作联席会议": "联席会议", "常务会议": "政府常务会议"})
MEETING_LEVEL = choice("会议层级", MEETING_LEVELS, {"市级": "市", "县级": "县", "区级": "县"})
DEPARTMENT = ticked("参会部门", DEPARTMENTS, {"编委办": "编办", "财政局": "财政", "人社局": "人社", "人力资源社会保障局": "人社"}, free=True)
TOPIC = ticked("会议议题", TOPICS, free=True)
DOC_KIND = choice("材料类别", DOC_KINDS, {"操作方案": "具体操作方案", "会议纪要": "联席会议纪要", "经费文件": "工作经费文件"})
STAGE = choice("所属阶段", STAGES, {})
CONTENT = ticked("方案内容", CONTENTS, {"经费配置比例": "工作经费配置比例"})
INSPECTION_KIND = choice("检查类别", INSPECTION_KINDS, {"省级检查": "省厅检查", "综合评估": "年度民政综合评估"})
REWARD_KIND = choice("奖励类别", REWARD_KINDS, {"表扬": "通报表扬"})
CONTACT_ROLE = choice("联系人类别", CONTACT_ROLES, {"财政局": "财政", "人社局": "人社", "编委办": "编办"})
FORM_KEYS = ticked("启用报表", ("综合表", *(f"表{number}" for number in range(1, 16)), "附表1", "附表2", "附表3"), {"JB14": "表14", "JB15": "表15", "表0": "综合表"})


class Training(Base):
    """培训: one event, with the people called (or only their number)."""

    __tablename__ = "training"
    id: int = column(primary_key=True)
    name: str = of(Field("培训名称", TEXT, ("名称", "培训内容"), required=True))
    kind: str = of(Field("培训类型", TRAINING_KIND, ("类型",), required=True))
    organiser: str = of(Field("组织单位级别", ORGANISER, ("组织单位",)), default="县")
    held: date = of(Field("培训日期", DATE, ("日期", "培训时间"), required=True))
    hours: int | None = of(Field("学时", COUNT, ("课时",)))
    place: str | None = of(Field("培训地点", TEXT, ("地点",)))
    called: int | None = of(Field("应参训人数", COUNT, ("应参训", "应到人数"), hint="登记了参训名单的，按名单计算，不用填"))
    came: int | None = of(Field("实参训人数", COUNT, ("实参训", "实到人数"), hint="登记了参训名单的，按名单计算，不用填"))


class TrainingPerson(Base):
    """参训名单: who was called to a training and whether they came."""

    __tablename__ = "training_person"
    __table_args__ = (UniqueConstraint("training", "person"),)
    id: int = column(primary_key=True)
    training: int = column(ForeignKey("training.id"))
    person: int = column(ForeignKey("person.id"))
    attended: bool = of(Field("实际参训", YESNO, ("是否参训", "到会"), required=True), default=True)


class Meeting(Base):
    """会议: 联席会议, 政府常务会议 and others on the agenda of which this work stood."""

    __tablename__ = "meeting"
    id: int = column(primary_key=True)
    name: str = of(Field("会议名称", TEXT, ("名称",), required=True))
    kind: str = of(Field("会议类别", MEETING_KIND, ("类别",), required=True))
    level: str = of(Field("会议层级", MEETING_LEVEL, ("层级",)), default="县")
    held: date = of(Field("会议日期", DATE, ("召开日期", "召开时间"), required=True))
    chair: str | None = of(Field("主持人职务", TEXT, ("主持人",), hint="只填职务，如 副县长"))
    departments: str | None = of(Field("参会部门", DEPARTMENT, ("参加部门", "成员单位")))
    topics: str | None = of(Field("会议议题", TOPIC, ("议题", "研究事项")))
    minutes_no: str | None = of(Field("纪要文号", TEXT, ("会议纪要文号",)))
    reported: date | None = of(Field("纪要报送日期", DATE, ("报送日期",)))


class PlanDoc(Base):
    """方案与材料: plans, reports and notices with the consent of 党委 and 政府, publication and reporting; values a published plan sets."""

    __tablename__ = "plan_doc"
    __table_args__ = (CheckConstraint("fund_rate BETWEEN 0 AND 10000", name="fund_rate"),)
    id: int = column(primary_key=True)
    kind: str = of(Field("材料类别", DOC_KIND, ("类别", "材料"), required=True))
    title: str | None = of(Field("材料名称", TEXT, ("文件名称", "标题")))
    year: int | None = of(Field("所属年度", YEAR, ("年度",)))
    stage: str | None = of(Field("所属阶段", STAGE, ("阶段",)))
    doc_no: str | None = of(Field("文号", TEXT, ("文件文号",)))
    dated: date | None = of(Field("成文日期", DATE, ("日期", "印发日期", "完成日期")))
    party_organ: str | None = of(Field("党委机关", TEXT, ("同意党委",)))
    party_on: date | None = of(Field("党委同意日期", DATE))
    party_no: str | None = of(Field("党委同意文号", TEXT))
    government_organ: str | None = of(Field("政府机关", TEXT, ("同意政府",)))
    government_on: date | None = of(Field("政府同意日期", DATE))
    government_no: str | None = of(Field("政府同意文号", TEXT))
    contents: str | None = of(Field("方案内容", CONTENT, ("明确内容",), hint="具体操作方案应明确的四项，写明了的勾选"))
    must_publish: bool | None = of(Field("应公开", YESNO, ("是否应公开",)))
    published: date | None = of(Field("公开日期", DATE, ("公布日期",)))
    channel: str | None = of(Field("公开渠道", CHANNEL, ("公布渠道",)))
    url: str | None = of(Field("公开网址", TEXT, ("网址",)))
    must_report: bool | None = of(Field("应报送", YESNO, ("是否应报送",)))
    reported: date | None = of(Field("报送日期", DATE, ("上报日期",)))
    due: date | None = of(Field("报送截止日期", DATE, ("截止日期",)))
    fund_rate: int | None = of(Field("经费配置比例", SHARE, ("工作经费配置比例",), hint="工作经费占上年低保资金支出的比例"))
    conditions: str | None = of(Field("招录条件", TEXT, ("报名条件",)))
    method: str | None = of(Field("招录方式", RECRUIT_METHOD))


class PlanHead(Base):
    """人员配比 of a plan: how many people it gives a unit."""

    __tablename__ = "plan_head"
    __table_args__ = (UniqueConstraint("document", "unit"),)
    id: int = column(primary_key=True)
    document: int = column(ForeignKey("plan_doc.id"))
    unit: int = column(ForeignKey("unit.id"))
    heads: int = of(Field("方案配备人数", COUNT, ("计划配备人数", "配备人数"), required=True))


class SurveyWindow(Base):
    """摸查: a unit's 受理窗口 on a day."""

    __tablename__ = "survey_window"
    __table_args__ = (UniqueConstraint("unit", "as_of"),)
    id: int = column(primary_key=True)
    unit: int = column(ForeignKey("unit.id"))
    as_of: date = of(Field("摸查日期", DATE, ("调查日期",), required=True))
    has_window: bool | None = of(Field("设统一受理窗口", YESNO, ("是否设统一受理窗口", "是否设窗口")))
    name: str | None = of(Field("窗口名称", TEXT))
    windows: int | None = of(Field("窗口数", COUNT, ("窗口个数",)))
    staff: int | None = of(Field("窗口人员", COUNT, ("窗口人数",)))
    computers: int | None = of(Field("电脑", COUNT, ("电脑台数",)))
    printers: int | None = of(Field("打印（扫描）设备", COUNT, ("打印机", "打印扫描")))
    area: int | None = of(Field("面积（平方米）", COUNT, ("面积",)))
    rules_posted: bool | None = of(Field("制度上墙", YESNO))


class Workload(Base):
    """工作量: what a unit did in a year."""

    __tablename__ = "workload"
    __table_args__ = (UniqueConstraint("unit", "year"),)
    id: int = column(primary_key=True)
    unit: int = column(ForeignKey("unit.id"))
    year: int = of(Field("年度", YEAR, required=True))
    accepted: int | None = of(Field("年受理（件）", COUNT, ("受理件数", "年受理")))
    visited: int | None = of(Field("入户核查（户次）", COUNT, ("入户核查", "入户次数")))


class Inspection(Base):
    """检查、通报、督查、评估: what a body above looked at and how it came out."""

    __tablename__ = "inspection"
    id: int = column(primary_key=True)
    organ: str = of(Field("检查机关", TEXT, ("检查单位", "组织单位"), required=True))
    kind: str = of(Field("检查类别", INSPECTION_KIND, ("类别",), required=True))
    held: date = of(Field("检查日期", DATE, ("日期",), required=True))
    score: int | None = of(Field("得分", SCORE))
    rank: str | None = of(Field("名次（等次）", TEXT, ("名次", "等次")))
    finding: str | None = of(Field("检查意见", TEXT, ("意见",)))


class Problem(Base):
    """整改事项: 问题—措施—责任人—时限—销号, from a survey, an inspection, or found by the office itself."""

    __tablename__ = "problem"
    __table_args__ = (Index(None, "survey"), Index(None, "inspection"))
    id: int = column(primary_key=True)
    survey: int | None = column(ForeignKey("survey_window.id"))
    inspection: int | None = column(ForeignKey("inspection.id"))
    unit: int | None = column(ForeignKey("unit.id"))
    found_on: date = of(Field("发现日期", DATE, ("日期",), required=True))
    what: str = of(Field("存在问题", TEXT, ("问题",), required=True))
    measure: str | None = of(Field("整改措施", TEXT, ("措施", "破解措施")))
    responsible: str | None = of(Field("责任人", NAME))
    due: date | None = of(Field("整改时限", DATE, ("时限", "完成时限")))
    mended: date | None = of(Field("销号日期", DATE, ("完成日期", "整改完成日期")))
    proof: str | None = of(Field("佐证材料", TEXT))


class Reward(Base):
    """表彰奖励 of a person or a unit."""

    __tablename__ = "reward"
    id: int = column(primary_key=True)
    person: int | None = column(ForeignKey("person.id"))
    unit: int | None = column(ForeignKey("unit.id"))
    given: date = of(Field("奖励日期", DATE, ("日期",), required=True))
    kind: str = of(Field("奖励类别", REWARD_KIND, ("类别",), required=True))
    title: str = of(Field("奖励名称", TEXT, ("名称", "荣誉称号"), required=True))
    organ: str | None = of(Field("奖励机关", TEXT, ("授予单位",)))
    doc_no: str | None = of(Field("奖励文号", TEXT, ("文号",)))


class IncomingDoc(Base):
    """来文登记与督办: a document from above, what it asks by when, which forms it switches on, and when it was done."""

    __tablename__ = "incoming_doc"
    id: int = column(primary_key=True)
    doc_no: str | None = of(Field("来文文号", TEXT, ("文号",)))
    organ: str | None = of(Field("来文机关", TEXT, ("来文单位", "发文机关")))
    title: str = of(Field("来文标题", TEXT, ("标题", "文件名称"), required=True))
    received: date = of(Field("收文日期", DATE, ("收到日期", "日期"), required=True))
    asks: str | None = of(Field("办理要求", TEXT, ("要求", "交办事项")))
    handler: str | None = of(Field("经办人", NAME, ("承办人",)))
    due: date | None = of(Field("办结时限", DATE, ("时限", "截止日期")))
    done: date | None = of(Field("办结日期", DATE, ("完成日期",)))
    reply_no: str | None = of(Field("复文文号", CODE, ("报送文号",)))
    forms: str | None = of(Field("启用报表", FORM_KEYS, ("要求报表",), hint="来文要求报送的表，如 表7、表12；登记以后用“据此新建任务”建报送任务"))


class Contact(Base):
    """通讯录: 联络员 and whom one calls at other offices."""

    __tablename__ = "contact"
    id: int = column(primary_key=True)
    name: str = of(Field("姓名", NAME, ("联系人",), required=True))
    role: str = of(Field("联系人类别", CONTACT_ROLE, ("类别",), required=True))
    organ: str | None = of(Field("所在单位", TEXT, ("单位",)))
    duty: str | None = of(Field("职务", TEXT))
    phone: str | None = of(Field("联系电话", PHONE, ("电话", "手机")))
    remark: str | None = of(Field("备注", TEXT))


class Handover(Base):
    """工作移交: who hands this work to whom, on what day, in whose presence."""

    __tablename__ = "handover"
    id: int = column(primary_key=True)
    on: date = of(Field("移交日期", DATE, ("日期",), required=True))
    giver: str = of(Field("移交人", NAME, required=True))
    receiver: str = of(Field("接收人", NAME, required=True))
    witness: str | None = of(Field("监交人", NAME))


class HandoverItem(Base):
    """移交清单: one matter handed over, in the order of the list."""

    __tablename__ = "handover_item"
    __table_args__ = (Index(None, "handover"),)
    id: int = column(primary_key=True)
    handover: int = column(ForeignKey("handover.id"))
    kind: str = of(Field("事项类别", TEXT, required=True))
    matter: str = of(Field("移交事项", TEXT, ("事项",), required=True))
    state: str | None = of(Field("办理情况", TEXT, ("现状",)))
    due: date | None = of(Field("下一步时限", DATE, ("时限",)))
    taken: bool = of(Field("已接收", YESNO), default=False)
