"""经费文件: the documents that give money, each with its lines by source and purpose, what arrived and was spent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.lists import Key, Row
from db.lists.columns import field_of, unit_kind
from db.lists.funds import LINE_FIELDS, documents, lines
from db.lists.units import names
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.removing import ask_to_discard
from office.funds import add_document, add_line
from policy.kinds import Field

FIELDS = ("fund_doc.year", "fund_doc.level", "fund_doc.doc_no", "fund_doc.title", "fund_doc.dated")


def fund_docs_screen(desk: Desk) -> RecordScreen:
    """The screen over the desk's book."""
    columns = desk.read(documents).columns
    made = Acts(desk)
    detail = desk.read(lines, 0, desk.as_of).columns
    screen = RecordScreen(
        RecordSpec(
            title="经费文件",
            counted="份",
            purpose=(
                "这里登记安排、下达社会救助工作经费和购买服务经费的文件（预算批复、指标文、拨款单），\n"
                "每份文件下按资金来源和用途登记明细：预算安排、到位、支出。可以导入，也可以按 Ctrl+N 逐份新增。"
            ),
            columns=columns,
            listing=lambda: desk.read(documents),
            commit=desk.commit(columns),
            today=desk.today,
            form=(*FIELDS, "lines", "budget", "received", "spent"),
            tabs=(
                Tab(
                    "经费明细", detail, lambda row: desk.read(lines, row.keys["fund_doc"][0], desk.as_of), desk.commit(detail),
                    "还没有明细。用“新增明细”按资金来源登记金额。", discard=lambda row: ask_to_discard(desk, row, f"“{row.values[0]}”的经费明细"),
                ),
                attachments_tab(desk, "fund_doc"),
            ),
            actions=(RowAction("新增明细…", made.add_line, "plus", "Ctrl+Shift+N", "在这份文件下登记一笔：来源、用途、预算安排、到位、支出"),),
            creation=Creation("新增经费文件", FIELDS, made.add),
            discard=made.discard,
        )
    )  # fmt: skip
    made.parent = screen
    return screen


class Acts:
    """The acts on fund documents, with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parent: RecordScreen | None = None

    def add(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new document of the blank form."""
        return {"fund_doc": self.desk.act(add_document, {name.removeprefix("fund_doc."): value for name, value in values.items()})}

    def add_line(self, row: Row) -> None:
        """新增明细."""
        fields = {name: field_of("fund_line", name) for name in LINE_FIELDS}
        units = unit_kind(self.desk.read(names, self.desk.as_of))
        fields["unit"] = Field("使用单位", units, hint="归哪个单位使用；不填为县级民政局")
        title = " ".join(str(part) for part in row.values[2:4] if part)
        Ask(
            "新增经费明细", f"{row.values[0]} 年　{title}\n一笔一来源、一用途。不清楚的金额留空，不要填 0。", fields,
            lambda said: self.desk.act(add_line, row.keys["fund_doc"][0], said), self.desk.today, self.parent,
        ).exec()  # fmt: skip

    def discard(self, row: Row) -> None:
        """移入回收站."""
        ask_to_discard(self.desk, row, f"经费文件“{row.values[2] or row.values[3] or ''}”", parent=self.parent)
