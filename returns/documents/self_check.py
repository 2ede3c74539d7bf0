"""自查报告 (三（四）): the four matters that are inspected, 人员配备, 配套经费, 资金使用, 工资待遇, each with what is short and why."""

from __future__ import annotations

from collections.abc import Iterator

from returns.document import Block, Document, Heading, Paragraph, Table
from returns.documents.figures import Figures

FORMS = ("表1", "表2", "表3", "表4", "表5", "表6")


def compose(figures: Figures) -> Document:
    """The report as the figures stand."""
    facts = figures.facts
    day = facts.period.as_of
    blocks: tuple[Block, ...] = (
        Paragraph(f"按照年度工作安排，我局对基层社会救助经办服务能力落实情况进行了自查，数据截至{day.year}年{day.month}月{day.day}日。现将情况报告如下。"),
        Heading("一、人员配备"), *_staffing(figures),
        Heading("二、配套经费"), *_fund(figures),
        Heading("三、资金使用"), *_spent(figures),
        Heading("四、工资待遇"), *_pay(figures),
        Paragraph(f"{facts.county.name}民政局", "right"), Paragraph(f"{day.year}年{day.month}月{day.day}日", "right"),
    )  # fmt: skip
    return Document(f"{facts.county.name}基层社会救助经办服务能力落实情况自查报告", blocks, f"（{facts.period.title}）")


def _staffing(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Paragraph(f"应配备 {said('表2', '3')} 人，实际配备 {said('表2', '5')} 人；缺口合计 {said('表2', '17')} 人，高于最低配备人数合计 {said('表2', '18')} 人。")
    marks = ("甲", "1", "3", "5", "17", "19")
    rows = [tuple(figures.text("表2", row, mark) or "（数据不足）" for mark in marks) for row in figures.lines("表2")]
    yield Table((("单位", "户数", "应配备", "实际配备", "缺口", "是否达标"), *rows), (5, 3, 2, 3, 2, 3))


def _fund(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Paragraph(
        f"上年低保资金支出 {said('表4', '1')} 万元，应安排工作经费 {said('表4', '11')} 万元，本年预算安排 {said('表4', '12')} 万元，安排率 {said('表4', '16')}；"
        f"实际到位 {said('表4', '15')} 万元，到位资金占应安排数的 {said('表4', '17')}。经费文件 {said('表4', '22')} 份。"
    )


def _spent(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Paragraph(
        f"工作经费实际支出 {said('表4', '19')} 万元，其中用于购买服务 {said('表4', '20')} 万元，年末结余 {said('表4', '21')} 万元。"
        f"购买服务资金各来源合计到位 {said('表5', '5')} 万元，本年合同应付 {said('表5', '6')} 万元，已付 {said('表5', '7')} 万元，"
        f"其中工资 {said('表5', '8')} 万元、单位缴费 {said('表5', '9')} 万元、管理费及税 {said('表5', '10')} 万元。"
    )


def _pay(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Paragraph(
        f"购买服务和派遣人员 {said('表3', '1')} 人，最低标准 {said('表3', '4')} 元/人·年，标准低于最低标准 {said('表3', '8')} 人，标准达标率 {said('表3', '19')}；"
        f"应发工资低于折算标准 {said('表3', '11')} 人。"
    )
    low = [row for row in figures.lines("表3") if figures.positive("表3", row, "8")]
    if low:
        yield Paragraph("标准低于最低标准的人员所在单位：" + "、".join(f"{figures.text('表3', row, '甲')} {figures.text('表3', row, '8')} 人" for row in low) + "。（请写明原因和调整时间。）")
