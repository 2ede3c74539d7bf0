"""全市调研报告 (三（一）): the same four chapters for a city, every number a cell of the rolled-up forms or of the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from returns.document import Block, Document, Heading, Paragraph, Table
from returns.documents.figures import Figures
from returns.sheet import Row

RANKING = "排名通报表"
UNMET = "未达标单位清单"
_MANY = 12
"""Units named one by one; more are told by their number and the list."""


def compose(figures: Figures, missing: Sequence[str]) -> Document:
    """The report as the roll-up stands; `figures.sheets` are the rolled-up forms by their county key (表1 …), the ranking and the list of units
    below their minimum. `missing`: counties that did not report. What the office has to add is marked by brackets."""
    city, day = figures.facts.county.name, figures.facts.period.as_of
    blocks: tuple[Block, ...] = (
        Heading("一、基本情况"), *_reported(figures, missing), *_staffing(figures), *_pay(figures), *_fund(figures),
        Heading("二、存在问题"), *_problems(figures, missing),
        Heading("三、对策措施"), Paragraph("（请填写针对上述问题的措施、责任单位和完成时限。）"),
        Heading("四、购买服务方案要点"), *_scheme(figures),
        Paragraph(f"{city}民政局", "right"), Paragraph(f"{day.year}年{day.month}月{day.day}日", "right"),
    )  # fmt: skip
    return Document(f"{city}基层社会救助经办服务能力调研报告", blocks, f"（{figures.facts.period.title}）")


def _counties(figures: Figures, form: str) -> list[Row]:
    """The counties' own lines of a rolled-up form."""
    return [row for row in figures.sheets[form].rows if row.unit is not None] if figures.has(form) else []


def _names(figures: Figures, form: str, mark: str, below: bool = False) -> list[str]:
    """Counties whose figure is above nought (`below`: under it)."""
    wanted = figures.negative if below else figures.positive
    return [row.name for row in _counties(figures, form) if wanted(form, row, mark)]


def _reported(figures: Figures, missing: Sequence[str]) -> Iterator[Block]:
    counties = next((len(_counties(figures, form)) for form in ("表2", "表1", "表3", "表4") if figures.has(form)), 0)
    late = f"{'、'.join(missing)}尚未报送，以下各项不含这些县（市、区）。" if missing else "全部报齐。"
    yield Paragraph(f"全市应报 {counties + len(missing)} 个县（市、区），已汇总 {counties} 个，{late}")


def _staffing(figures: Figures) -> Iterator[Block]:
    said = figures.said
    if not figures.has("表2"):
        return
    yield Heading("（一）人员配备", 2)
    loads = f"全市纳入测算的救助对象 {said('表1', '1')} 户，其中低保 {said('表1', '2')} 户 {said('表1', '5')} 人，特困人员 {said('表1', '8')} 人。" if figures.has("表1") else ""
    yield Paragraph(
        f"{loads}县、乡两级应配备社会救助经办服务人员 {said('表2', '3')} 人，实际配备 {said('表2', '5')} 人，其中在编 {said('表2', '6')} 人、"
        f"购买服务和派遣 {said('表2', '9')} 人、其他 {said('表2', '12')} 人；各单位缺口合计 {said('表2', '17')} 人，"
        f"高于最低配备 {said('表2', '18')} 人（缺口按单位分别计算，不相互抵补）。"
    )
    ranking = figures.sheets[RANKING]
    head = ("名次", "县（市、区）", "应配备", "实际配备", "缺口", "配备率")
    lines = {row.name: row for row in _counties(figures, "表2")}
    rows = [
        (figures.at(RANKING, row, 0), row.name, *(figures.text("表2", lines[row.name], mark) for mark in ("3", "5", "17")), figures.at(RANKING, row, 2))
        for row in ranking.rows if row.name in lines
    ]  # fmt: skip
    yield Paragraph("各县（市、区）配备情况如下表：")
    yield Table((head, *rows), (2, 5, 3, 3, 2, 3))


def _pay(figures: Figures) -> Iterator[Block]:
    said = figures.said
    if not figures.has("表3"):
        return
    yield Heading("（二）工资待遇", 2)
    yield Paragraph(
        f"购买服务和派遣人员期末在岗 {said('表3', '1')} 人，年工资标准平均 {said('表3', '5')} 元，最低 {said('表3', '6')} 元，最高 {said('表3', '7')} 元；"
        f"标准低于所在地最低标准 {said('表3', '8')} 人，标准达标率 {said('表3', '19')}。本期应发工资总额 {said('表3', '9')} 元，人均年应发 {said('表3', '10')} 元，"
        f"用工成本总额 {said('表3', '17')} 元，人均年用工成本 {said('表3', '18')} 元。"
    )


def _fund(figures: Figures) -> Iterator[Block]:
    said = figures.said
    if not figures.has("表4"):
        return
    yield Heading("（三）工作经费", 2)
    contracts = f"服务采购及用工合同金额合计 {said('表6', '14')} 万元，本年应付 {said('表6', '15')} 万元，本年已付 {said('表6', '28')} 万元。" if figures.has("表6") else ""
    yield Paragraph(
        f"各县（市、区）上年低保资金支出合计 {said('表4', '1')} 万元，应安排社会救助工作经费 {said('表4', '11')} 万元；本年预算安排 {said('表4', '12')} 万元，"
        f"安排率 {said('表4', '16')}；实际到位 {said('表4', '15')} 万元，落实率 {said('表4', '17')}；实际支出 {said('表4', '19')} 万元。{contracts}"
    )


def _problems(figures: Figures, missing: Sequence[str]) -> Iterator[Block]:
    said, unmet = [], figures.sheets[UNMET].rows
    if gaps := _names(figures, "表2", "17"):
        named = "、".join(f"{row.cells[1].value}{row.name}" for row in unmet) if len(unmet) <= _MANY else "名单见未达标单位清单"
        said.append(f"{'、'.join(gaps)}配备人数不足，缺口合计 {figures.said('表2', '17')} 人，涉及 {len(unmet)} 个单位：{named}。")
    if low := _names(figures, "表3", "8"):
        said.append(f"{'、'.join(low)}有人员工资标准低于最低标准，合计 {figures.said('表3', '8')} 人。")
    if short := _names(figures, "表4", "18", below=True):
        each = [f"{row.name}差 {figures.text('表4', row, '18').removeprefix('-').removeprefix('−')} 万元" for row in _counties(figures, "表4") if row.name in short]
        said.append(f"{'，'.join(each)}，工作经费预算安排低于应安排数，各县（市、区）之间不能相互抵补。")
    if missing:
        said.append(f"{'、'.join(missing)}没有按时报送。")
    if not said:
        yield Paragraph("未发现与文件要求不符的突出问题。（请补充摸查中反映的其他情况。）")
    for number, text in enumerate(said, 1):
        yield Paragraph(f"{number}．{text}")


def _scheme(figures: Figures) -> Iterator[Block]:
    if figures.has("表2"):
        yield Paragraph(f"一是人员配比。按救助对象户数分单位测算，全市应配备 {figures.said('表2', '3')} 人，需要补充 {figures.said('表2', '17')} 人。")
    if figures.has("表4"):
        yield Paragraph(f"二是经费配置。应安排工作经费 {figures.said('表4', '11')} 万元，已安排 {figures.said('表4', '12')} 万元。")
    yield Paragraph("三是招录条件。（请填写学历、专业、户籍等条件。）")
    yield Paragraph("四是招录方式。（请填写由谁招录、如何公开、如何考核。）")
