"""个人信息保护影响评估 (个人信息保护法第五十五、五十六条), a template: what the book does is written in, the opinion is the office's."""

from __future__ import annotations

from policy.retention import ASSESSMENT, article_of, years_of
from returns.document import Document, Heading, Paragraph, Table
from returns.documents.figures import Figures

FORMS = ()
_OPINION = "□符合　□需改进："
_LAWFUL = (
    ("处理目的", "人员配备测算、工资核对、合同履行核对、上报报表"),
    ("处理依据", "履行法定职责、按合同实施人力资源管理（第十三条）；已发放告知书　　份"),
    ("处理的种类", "身份、联系方式、用工、派驻、工资、考核；证件号为敏感个人信息"),
    ("是否必要", "不收集民族、家庭成员、照片；救助对象只登记户数，不登记个人"),
    ("委托处理", "承接主体：合同有无个人信息条款，目的、期限、方式是否约定（第二十一条）"),
    ("对外提供、公开", "上报数据包中的个人表加密；公开版去掉身份信息（第二十五条）"),
)
_RISKS = (
    ("信息泄露", "电脑、U 盘、纸质报表遗失或被他人翻看", "低□ 中□ 高□"),
    ("超范围使用", "名册用于与本工作无关的事项", "低□ 中□ 高□"),
    ("信息不准确", "证件号、工资登记有误，影响待遇和考核", "低□ 中□ 高□"),
    ("超期保存", "离职人员资料长期不处理", "低□ 中□ 高□"),
)
_MEASURES = (
    ("权限和口令", "台账可设口令，分录入、审核、只读"), ("加密", "数据库和备份加密，不联网"), ("去标识化", "号码平时只显示前后几位，查看完整号码有记录"),
    ("操作留痕", "每次改动都有日志，可以核对日志是否完整"), ("备份和应急", "自动备份；泄露时按第五十七条补救、通知"), ("培训", "本年培训日期：　　　　"),
)  # fmt: skip


def compose(figures: Figures) -> Document:
    """The template with what is the same in every county filled in; 评估意见 and 结论 are left open."""
    facts = figures.facts
    day = facts.period.as_of
    people = len({e.person.id for e in facts.engagements if e.start <= day and (e.end is None or e.end >= day)})
    years = years_of(ASSESSMENT, facts.parameters.limits)
    blocks = (
        Paragraph(f"评估对象：{facts.county.name}民政局经办台账中的工作人员个人信息。截至{day.year}年{day.month}月{day.day}日，在职人员 {people} 人。"),
        Paragraph("评估情形（第五十五条）：□处理敏感个人信息　□委托处理　□向其他处理者提供　□公开　□其他"),
        Heading("一、处理目的、处理方式是否合法、正当、必要"),
        Table((("事项", "现状", "评估意见"), *((*line, _OPINION) for line in _LAWFUL)), (3, 8, 4)),
        Heading("二、对个人权益的影响和安全风险"),
        Table((("风险", "可能的情形", "程度"), *_RISKS), (3, 8, 4)),
        Heading("三、保护措施是否合法、有效，与风险程度是否相适应"),
        Table((("措施", "现状", "评估意见"), *((*line, _OPINION) for line in _MEASURES)), (3, 8, 4)),
        Heading("四、结论和改进措施"),
        Paragraph("（请填写）"),
        Paragraph(f"本报告和处理情况记录至少保存 {years} 年（{article_of(ASSESSMENT)}）。"),
        Paragraph("评估人：　　　　审核人：　　　　　年　月　日", "right"),
    )
    return Document("个人信息保护影响评估报告", blocks, f"（{facts.county.name}民政局）")
