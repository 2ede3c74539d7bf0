"""Figures set by hand on the form in front: typed where the book knows nothing, asked for a reason where it does, taken back, or refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ask import Ask
from office.returns_desk import clear_cell, fill_cell
from policy.kinds import Field
from policy.kinds.text import TEXT
from returns.fill import Source, line_keys, refusal
from returns.grid import Span
from returns.sheet import Sheet

if TYPE_CHECKING:
    from desktop.screens.return_desk import ReturnDesk


class ReturnFilling(QObject):
    """Listens to the form of a desk; every figure set is one act that can be undone."""

    def __init__(self, at: ReturnDesk) -> None:
        super().__init__(at)
        self.at = at
        at.sheet.typed.connect(self.type_over)
        at.sheet.cleared.connect(self.take_back)
        at.sheet.locked.connect(self.say_locked)

    def _where(self, span: Span) -> tuple[Sheet, int, str, str] | None:
        shown = self.at.shown()
        if shown is None:
            return None
        sheet, at = shown[0], span.row - shown[1].head_last - 1
        return sheet, at, line_keys(sheet)[at], sheet.columns[span.column - 1].mark

    def type_over(self, span: Span, text: str) -> None:
        """A figure was typed: kept at once where the book knows nothing of it, else asked for its reason."""
        where = self._where(span)
        if where is None or self.at.seen is None:
            return
        sheet, at, key, mark = where
        draft = self.at.seen.draft
        source, entry = draft.filled.source(sheet, key, mark), draft.filled.entries.get((sheet.key, key, mark))
        if source is Source.TYPED:
            self.at.say("")
            self.at.try_act(fill_cell, sheet.key, key, mark, text)
            return
        column = sheet.columns[sheet.column(mark)]
        question = Ask(
            "调整台账数",
            f"{sheet.key}“{sheet.rows[at].name}”第 {mark} 栏“{column.label}”是按台账算出来的：{span.text or '空白'}。\n"
            "台账登记有误的，请到台账里改正；确需在报表里调整的，写明理由。原来的数保留，随时可以恢复。",
            {"value": Field("调整为", TEXT), "reason": Field("调整理由", TEXT, required=True, hint="不少于 5 个字，写明实际情况")},
            lambda said: self.at.desk.act(fill_cell, draft, sheet.key, key, mark, said["value"] or "", said["reason"] or ""),
            self.at.desk.today, self.at, {"value": text, "reason": entry.reason if entry else None}, "调整",
        )  # fmt: skip
        question.editors["reason"].setFocus()
        question.exec()

    def take_back(self, span: Span) -> None:
        """A figure set by hand is the book's again."""
        if where := self._where(span):
            sheet, _, key, mark = where
            self.at.try_act(clear_cell, sheet.key, key, mark)

    def say_locked(self, span: Span) -> None:
        """Why a cell takes no figure."""
        where = self._where(span)
        if where is None or self.at.seen is None:
            return
        sheet, at, _, mark = where
        if self.at.seen.being_made:
            self.at.say(refusal(sheet, sheet.rows[at], mark) if mark else "这一格由台账登记的内容填列，请到台账里改正。")
        else:
            undo = "退回修改" if self.at.seen.draft.state == "已审核" else "解封"
            self.at.say(f"报表{self.at.seen.draft.state}，不能再改。需要修改的，请先“{undo}”（须填写原因）。")
