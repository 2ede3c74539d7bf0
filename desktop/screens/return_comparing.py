"""比较 of the return in front: with the last period, another return or the package of one; reasons for large changes, and the list as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.screens.differences import FILE, LAST
from desktop.screens.written import usual_folder
from returns.compare import Difference
from returns.package import Package

if TYPE_CHECKING:
    from desktop.screens.return_desk import ReturnDesk

PACKAGES = "上报数据包 (*.zip)"


class ReturnComparing(QObject):
    """Listens to the list of differences of a desk. `against`: what the return is compared with."""

    def __init__(self, at: ReturnDesk) -> None:
        super().__init__(at)
        self.at = at
        self.against: int | Package = LAST
        at.compare.against.connect(self.compare_with)
        at.compare.explained.connect(self._explain)
        at.compare.export.connect(self._ask_table)

    def compare_with(self, which: int | Package) -> None:
        """Compare with another return (`LAST`: the last period), with a package, or with one to be chosen (`FILE`)."""
        if which == FILE:
            self.at.compare.show_against(self.against)
            name, _ = QFileDialog.getOpenFileName(self.at, "与哪个上报数据包比较", str(usual_folder(self.at.desk.book.folder)), PACKAGES)
            if name:
                self.open_package(Path(name))
            return
        self.against = which
        self.at.calculate()

    def open_package(self, path: Path) -> None:
        """Verify a package and compare with it; a sentence where it cannot be taken, or is another county's."""
        from office.compare import own_package

        code = self.at.seen.draft.facts.county.code if self.at.seen else ""

        def taken(found: Package) -> None:
            self.at.compare.show_against(found)
            self.at.compare.say("")
            self.compare_with(found)

        self.at.run(f"正在核对 {path.name}……", lambda _report: own_package(path, code), taken)

    def _explain(self, found: list[Difference], text: str) -> None:
        from office.compare import give_reason

        self.at.try_act(give_reason, found, text, say=self.at.compare.say)

    def _ask_table(self) -> None:
        seen = self.at.seen
        if seen is None or seen.compared is None:
            return
        facts = seen.draft.facts
        start = usual_folder(self.at.desk.book.folder) / f"{facts.county.name}_变动情况说明表_{facts.period.title}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self.at, "变动情况说明表存到哪里", str(start), "Excel 工作簿 (*.xlsx)")
        if chosen:
            self.write_table(Path(chosen).with_suffix(".xlsx"))

    def write_table(self, target: Path) -> None:
        """Write the list as it is seen."""
        from office.compare import write_compared

        if self.at.seen and (compared := self.at.seen.compared):
            listed, day = self.at.compare.listed(), self.at.desk.today()
            said = "变动情况说明表已写出并逐格读回核对"
            self.at.run("正在写出……", lambda _report: write_compared(compared, listed, target, day), lambda path: self.at.written.say(said, path))
