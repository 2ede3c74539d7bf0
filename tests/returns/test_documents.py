"""调研报告, 自查报告, 汇报材料: every number is a cell of the forms, nothing of 2019's politics, nobody's name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.book import Book
from office.document import figures_in, kind, write_document
from policy import example
from policy.management_facts import Management, Problem
from policy.period import parse_period
from returns.annual import lay_all
from returns.document import Document, Heading, Paragraph, Table, content
from returns.documents import DOCUMENTS
from returns.documents.figures import Figures
from returns.task import Task
from tests.returns.test_document import texts

YEAR = parse_period("2026")


def words(document: Document) -> str:
    return "\n".join(texts(content(document)))


@pytest.mark.parametrize("name", [one.id for one in DOCUMENTS])
def test_the_demo_countys_documents_say_what_the_forms_say(demo_book: Book, name: str) -> None:
    figures = demo_book.read(figures_in, YEAR, kind(name))
    said = words(kind(name).compose(figures))
    assert re.search(r"应配备[^。]*58 人", said) and re.search(r"缺口合计 6 人", said)
    printed = {figures.said(form, mark) for form in figures.sheets for mark in marks(figures, form)}
    printed |= {figures.text(form, row, mark) for form in ("表2", "表3") for row in figures.sheets[form].rows for mark in marks(figures, form)}
    for number in re.findall(r"\d[\d,]*\.\d{2}%?", said):
        assert number in printed, number
    facts = figures.facts
    for forbidden in (facts.county.leader, facts.county.deputy, "省领导", "习近平", "总书记", "底线民生"):
        assert forbidden not in said


def marks(figures: Figures, form: str) -> list[str]:
    from returns.sheet import across

    return [column.mark for column in across(figures.sheets[form]).columns]


def test_the_survey_report_has_its_four_headings_and_the_open_problems() -> None:
    facts = replace(example.worked_county(), management=Management(problems=(
        Problem(1, date(2026, 3, 1), "窗口没有打印机", "购置打印机。", "何主任", date(2026, 6, 30), unit=2),
        Problem(2, date(2026, 3, 1), "制度没有上墙", mended=date(2026, 4, 1)),
    )))  # fmt: skip
    sheets = lay_all(facts, Task("t", forms=("表1", "表2", "表3", "表4", "表6")))
    document = kind("调研报告").compose(Figures(facts, {sheet.key: sheet for sheet in sheets}))
    assert [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1] == [
        "一、基本情况", "二、存在问题", "三、对策措施", "四、购买服务方案要点",
    ]  # fmt: skip
    said = words(document)
    town = next(unit.name for unit in facts.units if unit.id == 2)
    assert f"{town}：窗口没有打印机。" in said and "购置打印机。责任人：何主任。完成时限：2026年6月30日。" in said
    assert "制度没有上墙" not in said
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert sum(int(row[4]) for row in tables[0].rows[1:]) == 6


def test_what_is_not_known_is_said_and_never_a_nought() -> None:
    facts = replace(example.worked_county(), caseload={})
    sheets = lay_all(facts, Task("t", forms=("表1", "表2", "表3", "表4", "表5", "表6")))
    for one in DOCUMENTS:
        said = words(one.compose(Figures(facts, {sheet.key: sheet for sheet in sheets})))
        assert "（数据不足）" in said


def test_the_brief_is_one_page() -> None:
    facts = example.worked_county()
    sheets = lay_all(facts, Task("t", forms=("表1", "表2", "表3", "表4", "表6")))
    brief = kind("brief").compose(Figures(facts, {sheet.key: sheet for sheet in sheets}))
    lines = sum(-(-len(block.text) // 27) for block in brief.blocks if isinstance(block, Paragraph))
    assert lines + 8 < 22


def test_written_beside_the_workbook_and_an_unknown_kind_refused(demo_book: Book, tmp_path: Path) -> None:
    path = write_document(demo_book, "brief", YEAR, tmp_path)
    assert path.name == "449901东岭县民政局_汇报材料_2026年度_V1_20261231.docx"
    assert "缺口合计 6 人" in "\n".join(texts(path.read_bytes()))
    with pytest.raises(ValueError, match="survey（调研报告）"):
        kind("诗")
