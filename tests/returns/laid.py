"""Reading a laid sheet by line and 栏次, and printing it whole for the golden files."""

from __future__ import annotations

from pathlib import Path

from policy.example import worked_county
from returns.annual import lay_all
from returns.sheet import Sheet, Value, heads, shown
from returns.task import Task

GOLDEN = Path(__file__).parents[1] / "golden"
TASK = Task(
    "基层社会救助经办服务能力情况报表",
    document="岭民函〔2026〕12号",
    forms=("封面", "表1", "表2", "表3", "附表1", "附表2"),
    long_pay_list=True,
    pay_list_ground=True,
)


def at(sheet: Sheet, line: str, *marks: str) -> list[Value]:
    """The exact values of a line at some 栏次."""
    row = next(row for row in sheet.rows if row.name == line)
    return [sheet.cell(row, mark).value for mark in marks]


def text(sheet: Sheet, line: str, mark: str) -> str:
    """The printed text of one cell."""
    row = next(row for row in sheet.rows if row.name == line)
    return shown(sheet.cell(row, mark), sheet.columns[sheet.column(mark)].measure)


def printed(sheet: Sheet) -> str:
    """The whole form as text, one line of the form a line, cells parted by │."""
    head = (f"表头 {h.row},{h.column} {h.rows}×{h.columns} {h.text}" for h in heads(sheet.columns))
    body = ("│".join(shown(cell, column.measure) for cell, column in zip(row.cells, sheet.columns, strict=True)) for row in sheet.rows)
    page = f"{sheet.paper} {'横' if sheet.landscape else '竖'}"
    marks = "│".join(column.mark for column in sheet.columns)
    top = (" ".join(sheet.corner), sheet.title, " ".join(sheet.heading), page)
    return "\n".join((*top, *head, marks, *body, *sheet.footer, sheet.signatories, *sheet.notes)) + "\n"


def sheets() -> tuple[Sheet, ...]:
    """The whole set of the worked county."""
    return lay_all(worked_county(), TASK, hard=0, soft=7)


if __name__ == "__main__":  # python -m tests.returns.laid writes the golden files anew, to be looked at before they are kept
    from tests.returns import linking, managing, money, moving

    for laid in (*sheets(), *(one for one in money.sheets() if one.key in money.MONEY_FORMS), *managing.sheets(), *moving.sheets()):
        (GOLDEN / f"东岭县2026年度_{laid.key}.txt").write_text(printed(laid), encoding="utf-8")
    for name, laid in linking.sheets().items():
        (GOLDEN / name).write_text(printed(laid), encoding="utf-8")
