"""工作移交清单, as a sheet to print and sign: what is handed over, how it stands, and what comes next by when."""

from __future__ import annotations

from typing import Any

from db.change import Refused
from db.rows import row, rows
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet


def handover_sheet(connection: Any, handover: int, office: str) -> Sheet:
    """The list of one hand-over, in its order. `office`: whose work it is."""
    held = row(connection, "handover", (handover,))
    if held is None:
        raise Refused("这次工作移交已经不在了。请刷新。")
    columns = (
        Column("", "序号", Measure.COUNT, width=3), Column("", "事项类别", Measure.TEXT, width=8), Column("", "移交事项", Measure.LONG, width=36),
        Column("", "办理情况", Measure.LONG, width=12), Column("", "下一步时限", Measure.TEXT, width=8), Column("", "接收", Measure.TEXT, width=4),
    )  # fmt: skip
    lines = tuple(
        Row(
            str(at), Scope.OTHER,
            (
                Cell(at), Cell(one["kind"]), Cell(one["matter"]), Cell(one["state"] or ""), Cell(str(one["due"]) if one["due"] else ""),
                Cell("√" if one["taken"] else ""),
            ),
        )
        for at, one in enumerate(rows(connection, "handover_item", handover=handover), 1)
    )  # fmt: skip
    signing = "".join(f"{who}（{held[name]}）：　　　　　　　" for who, name in (("移交人", "giver"), ("接收人", "receiver"), ("监交人", "witness")) if held[name])
    return Sheet(
        "工作移交清单", "工作移交清单", (), (f"单位：{office}", "", f"移交日期：{held['on']}"), columns, lines,
        signatories=f"{signing}日期：　　年　月　日", row_height=19.0,
    )  # fmt: skip
