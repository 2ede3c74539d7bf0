"""调研报告 (三（一）): 基本情况, 存在问题, 对策措施, 购买服务方案要点, with the figures of 表1–表6 and 表11 and the problems found."""

from __future__ import annotations

from collections.abc import Iterator

from returns.document import Block, Document, Heading, Paragraph, Table
from returns.documents.figures import Figures

FORMS = ("表1", "表2", "表3", "表4", "表6", "表11")


def compose(figures: Figures) -> Document:
    """The report as the figures stand; what the office has to add is marked by brackets."""
    county = figures.facts.county.name
    blocks: tuple[Block, ...] = (
        Heading("一、基本情况"), *_staffing(figures), *_pay(figures), *_fund(figures),
        Heading("二、存在问题"), *_problems(figures),
        Heading("三、对策措施"), *_measures(figures),
        Heading("四、购买服务方案要点"), *_scheme(figures),
        Paragraph(f"{county}民政局", "right"), Paragraph(_day(figures), "right"),
    )  # fmt: skip
    return Document(f"{county}基层社会救助经办服务能力调研报告", blocks, f"（{figures.facts.period.title}）")


def _day(figures: Figures) -> str:
    day = figures.facts.period.as_of
    return f"{day.year}年{day.month}月{day.day}日"


def _staffing(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Heading("（一）人员配备", 2)
    yield Paragraph(
        f"截至{_day(figures)}，全县纳入测算的救助对象 {said('表1', '1')} 户，其中低保 {said('表1', '2')} 户 {said('表1', '5')} 人，特困人员 {said('表1', '8')} 人。"
        f"县、乡两级应配备社会救助经办服务人员 {said('表2', '3')} 人，实际配备 {said('表2', '5')} 人，其中在编 {said('表2', '6')} 人、购买服务和派遣 {said('表2', '9')} 人、"
        f"其他 {said('表2', '12')} 人；各单位缺口合计 {said('表2', '17')} 人（缺口按单位分别计算，不相互抵补）。"
    )
    short = [row for row in figures.lines("表2") if figures.positive("表2", row, "17")]
    if short:
        head = ("单位", "救助对象户数", "应配备人数", "实际配备人数", "缺口")
        rows = [tuple(figures.text("表2", row, mark) for mark in ("甲", "1", "3", "5", "17")) for row in short]
        yield Paragraph("配备不足的单位如下表：")
        yield Table((head, *rows), (4, 3, 3, 3, 2))


def _pay(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Heading("（二）工资待遇", 2)
    yield Paragraph(
        f"购买服务和派遣人员期末在岗 {said('表3', '1')} 人，最低标准 {said('表3', '4')} 元/人·年，年工资标准平均 {said('表3', '5')} 元，最低 {said('表3', '6')} 元，"
        f"最高 {said('表3', '7')} 元；标准低于最低标准 {said('表3', '8')} 人，标准达标率 {said('表3', '19')}。本期应发工资总额 {said('表3', '9')} 元，"
        f"单位缴纳社保公积金 {said('表3', '15')} 元，用工成本总额 {said('表3', '17')} 元。"
    )


def _fund(figures: Figures) -> Iterator[Block]:
    said = figures.said
    yield Heading("（三）工作经费", 2)
    yield Paragraph(
        f"上年低保资金支出 {said('表4', '1')} 万元，按 {said('表4', '9')} 测算应安排社会救助工作经费 {said('表4', '11')} 万元；本年预算安排 {said('表4', '12')} 万元，"
        f"实际到位 {said('表4', '15')} 万元，实际支出 {said('表4', '19')} 万元，其中用于购买服务 {said('表4', '20')} 万元。履行中的服务采购及用工合同见附表，"
        f"合同金额合计 {said('表6', '14')} 万元，本年应付 {said('表6', '15')} 万元，累计已付 {said('表6', '16')} 万元。"
    )


def _problems(figures: Figures) -> Iterator[Block]:
    found = [problem for problem in figures.facts.management.problems if problem.mended is None]
    short = [figures.text("表2", row, "甲") for row in figures.lines("表2") if figures.positive("表2", row, "17")]
    low = [figures.text("表3", row, "甲") for row in figures.lines("表3") if figures.positive("表3", row, "8")]
    said = []
    if short:
        said.append(f"{'、'.join(short)}配备人数不足，全县缺口合计 {figures.said('表2', '17')} 人。")
    if low:
        said.append(f"{'、'.join(low)}有人员工资标准低于最低标准，合计 {figures.said('表3', '8')} 人。")
    value = figures.value("表4", "18")
    if isinstance(value, int) and value < 0:
        said.append(f"工作经费预算安排比应安排数少，差额 {figures.said('表4', '18')} 万元。")
    names = {unit.id: unit.name for unit in figures.facts.units}
    said += [f"{names.get(problem.unit or 0, '')}{'：' if problem.unit in names else ''}{problem.what.rstrip('。')}。" for problem in found]
    yield from _numbered(said, "未发现与文件要求不符的突出问题。（请补充摸查中反映的其他情况。）")


def _measures(figures: Figures) -> Iterator[Block]:
    found = [problem for problem in figures.facts.management.problems if problem.mended is None and problem.measure]
    said = [
        f"{problem.measure.rstrip('。')}。"
        + (f"责任人：{problem.responsible}。" if problem.responsible else "")
        + (f"完成时限：{problem.due.year}年{problem.due.month}月{problem.due.day}日。" if problem.due else "")
        for problem in found
    ]
    yield from _numbered(said, "（请填写针对上述问题的措施、责任人和完成时限。）")


def _scheme(figures: Figures) -> Iterator[Block]:
    plans = [doc for doc in figures.facts.management.documents if doc.kind == "具体操作方案"]
    plan = plans[-1] if plans else None
    yield Paragraph(f"一是人员配比。按救助对象户数分单位测算，应配备 {figures.said('表2', '3')} 人，需要补充 {figures.said('表2', '17')} 人。")
    yield Paragraph(f"二是经费配置。应安排工作经费 {figures.said('表4', '11')} 万元，已安排 {figures.said('表4', '12')} 万元。")
    yield Paragraph(f"三是招录条件。{plan.conditions if plan and plan.conditions else '（请填写学历、专业、户籍等条件。）'}")
    yield Paragraph(f"四是招录方式。{plan.method if plan and plan.method else '（请填写由谁招录、如何公开、如何考核。）'}")


def _numbered(said: list[str], nothing: str) -> Iterator[Block]:
    if not said:
        yield Paragraph(nothing)
    for number, text in enumerate(said, 1):
        yield Paragraph(f"{number}．{text}")
