"""汇报材料: one page for the head of the bureau: how many, how much, how much is missing, who is worst off."""

from __future__ import annotations

from returns.document import Block, Document, Paragraph, Table
from returns.documents.figures import Figures

FORMS = ("表1", "表2", "表3", "表4", "表6")


def compose(figures: Figures) -> Document:
    """One page, figures first."""
    facts, said = figures.facts, figures.said
    day = facts.period.as_of
    short = [row for row in figures.lines("表2") if figures.positive("表2", row, "17")]
    worst = "、".join(f"{figures.text('表2', row, '甲')}缺 {figures.text('表2', row, '17')} 人" for row in short)
    table = (
        ("事项", "标准或应有", "实际", "差"),
        ("人员配备（人）", said("表2", "3"), said("表2", "5"), said("表2", "17")),
        ("工资最低标准（元/人·年）", said("表3", "4"), said("表3", "6"), f"{said('表3', '8')} 人低于标准"),
        ("工作经费（万元）", said("表4", "11"), said("表4", "12"), said("表4", "18")),
        ("经费到位（万元）", said("表4", "11"), said("表4", "15"), said("表4", "17")),
        ("服务采购合同（万元）", said("表6", "14"), said("表6", "16"), "累计已付"),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"截至{day.year}年{day.month}月{day.day}日，全县救助对象 {said('表1', '1')} 户，应配备经办服务人员 {said('表2', '3')} 人，实际 {said('表2', '5')} 人，"
            f"缺口合计 {said('表2', '17')} 人。{'其中' + worst + '。' if worst else '各单位均已达标。'}"
        ),
        Table(table, (5, 4, 3, 4)),
        Paragraph("需要局领导研究的事项：（请填写）"),
        Paragraph(f"{facts.county.name}民政局", "right"),
    )
    return Document(f"{facts.county.name}社会救助经办服务能力情况汇报", blocks, f"（{facts.period.title}）")
