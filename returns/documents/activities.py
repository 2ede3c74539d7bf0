"""个人信息处理活动记录: what the office does with personal data, one line an activity, so that it can be shown to whoever asks."""

from __future__ import annotations

from policy.retention import LABOUR, PAY, PROCUREMENT, years_of
from returns.document import Document, Paragraph, Table
from returns.documents.figures import Figures

FORMS = ()


def compose(figures: Figures) -> Document:
    """The activities of this program; others are written in by hand."""
    facts = figures.facts
    limits, day = facts.parameters.limits, facts.period.as_of
    pay, labour, bought = (f"至少 {years_of(sort, limits)} 年" for sort in (PAY, LABOUR, PROCUREMENT))
    rows = (
        ("处理活动", "目的", "个人信息种类", "保存期限", "提供给谁"),
        ("人员登记、派驻管理", "人员配备测算", "身份、联系方式、用工、派驻", "在职期间及劳动合同终止后" + labour, "不提供"),
        ("工资核对", "核对最低标准、合同付款", "姓名、证件号、工资各项、单位缴费", pay, "与承接主体核对"),
        ("考勤、培训、考核", "续聘、绩效", "出勤缺勤、参训、考核等次", "在职期间及劳动合同终止后" + labour, "不提供"),
        ("合同和月度结算", "核对履约和付款", "合同所列人员名单", bought, "财政、审计等依法调取"),
        ("上报报表", "按文件、来文报送", "合计数；来文要求时的人员名册", "按档案管理规定", "上级民政部门（个人表加密）"),
        ("信息公开", "公开方案、评价结果", "只有合计数，或去掉身份信息", "按公开要求", "社会公众"),
        ("（补充）", "", "", "", ""),
    )
    blocks = (
        Paragraph(f"处理者：{facts.county.name}民政局。负责人：　　　　　　联系电话：{facts.county.phone or '　　　　　　'}。记录日期：{day.year}年{day.month}月{day.day}日。"),
        Table(rows, (4, 4, 5, 4, 4)),
        Paragraph("安全措施：不联网；数据库和备份可加密；号码平时只显示前后几位，查看完整号码、打印查询单有日志；改动都有日志，可以核对。"),
        Paragraph("处理依据：个人信息保护法第十三条第一款第二项（按合同实施人力资源管理）、第三项（履行法定职责）。"),
    )
    return Document("个人信息处理活动记录", blocks)
