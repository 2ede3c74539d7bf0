"""报表: the forms of a period as they will be printed, the people behind every figure, and the workbook that goes up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.page import Action, Page, qaction
from desktop.record.editors import DateEditor
from desktop.screens.behind import Behind
from desktop.screens.sheet_view import SheetView, column_name
from desktop.theme import mark
from desktop.worker import Cancelled, ProgressStrip, Report, Work
from policy.finding import AUDIT, LEVEL_WORDS
from policy.kinds import Unreadable
from policy.kinds.date import DATE
from policy.period import Period, parse_period
from returns.grid import Grid, Span, lay_out
from returns.sheet import Sheet

if TYPE_CHECKING:
    from office.make_returns import Laid

PARTS: Final = {
    "年度": {"": "全年"},
    "半年": {"H1": "上半年", "H2": "下半年"},
    "季度": {f"Q{number}": f"第{word}季度" for number, word in enumerate("一二三四", 1)},
    "月份": {f"-{month:02}": f"{month}月" for month in range(1, 13)},
}
"""Sort of period → end of its label → words."""


@dataclass(frozen=True)
class Shown:
    """A return on screen: what was laid, and where everything of its sheets stands."""

    laid: Laid
    grids: tuple[Grid, ...]


class ReturnsPage(Page):
    """Lays the forms whenever the period changes or the book moved; the workbook is written from exactly what is shown."""

    see_findings = Signal(str)
    """The findings of a level (hard, soft, hint) are to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown: Shown | None = None
        self._busy = False
        self._again = False
        self._written: Path | None = None
        self.kind, self.year, self.part = QComboBox(), QComboBox(), QComboBox()
        self.as_of = DateEditor(DATE)
        self.counts = {level: QPushButton(flat=True) for level in LEVEL_WORDS}
        self.said = QLabel(wordWrap=True)
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self.sheet = SheetView()
        self.behind = Behind()
        self.result = QFrame()
        self.result_words = QLabel(wordWrap=True)
        self.strip = ProgressStrip()
        self._calculate = qaction(Action("重新计算", self.calculate, "refresh", "F9", "按台账现在的数据重新计算各表"), self)
        self._make = qaction(Action("生成工作簿…", self.ask_where, "export", tip="把各表写成一个 Excel 工作簿"), self)
        self._make.setEnabled(False)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.addActions([self._calculate, self._make])
        self._lay_out()
        self._fill()
        self.setFocusProxy(self.sheet)

    # Building

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        self.as_of.setFixedWidth(self.fontMetrics().horizontalAdvance("报告期最后一天") + 44)
        self.as_of.setPlaceholderText("报告期最后一天")
        for words, chooser in (("报告期", self.kind), ("报告年度", self.year), ("期间", self.part), ("截至日期", self.as_of)):
            chooser.setAccessibleName(words)
        self.as_of.setToolTip("存量数按哪一天统计；不填为报告期最后一天")
        asked.addWidget(QLabel("报告期"))
        for chosen in (self.kind, self.year, self.part):
            asked.addWidget(chosen)
        asked.addWidget(QLabel("截至"))
        asked.addWidget(self.as_of)
        asked.addStretch(1)
        for level, button in self.counts.items():
            button.setToolTip(f"查看{LEVEL_WORDS[level]}的核查结果")
            button.clicked.connect(lambda _checked=False, level=level: self.see_findings.emit(level))
            button.hide()
            asked.addWidget(button)
        self.said.setObjectName("wrong")
        self.said.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.sheet)
        split.addWidget(self.behind)
        split.setStretchFactor(0, 1)
        split.setSizes([700, 290])
        row = QHBoxLayout(self.result)
        row.setContentsMargins(10, 3, 6, 3)
        self.result.setObjectName("strip")
        row.addWidget(self.result_words, 1)
        for words, run in (("打开", self._open), ("打开所在文件夹", self._open_folder), ("关闭", self.result.hide)):
            button = QPushButton(words)
            button.clicked.connect(run)
            row.addWidget(button)
        self.result.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(asked)
        box.addWidget(self.said)
        box.addWidget(self.result)
        box.addWidget(self.tabs)
        box.addWidget(split, 1)
        box.addWidget(self.strip)

    def _fill(self) -> None:
        self.kind.addItems(list(PARTS))
        years = range(self.desk.as_of.year + 1, self.desk.as_of.year - 6, -1)
        self.year.addItems([f"{year}年" for year in years])
        self.year.setCurrentText(f"{self.desk.as_of.year}年")
        self._offer_parts()
        self.kind.activated.connect(self._offer_parts)
        for box in (self.kind, self.year, self.part):
            box.activated.connect(self._new_period)
        self.as_of.left.connect(self._new_date)
        self._dated = ""
        self.tabs.currentChanged.connect(self._show_sheet)
        self.sheet.asked.connect(self._show_behind)
        self.behind.open_record.connect(self.open_record)
        self.behind.hide()

    def _offer_parts(self) -> None:
        parts = PARTS[self.kind.currentText()]
        self.part.clear()
        for end, words in parts.items():
            self.part.addItem(words, end)
        self.part.setVisible(len(parts) > 1)

    # Laying

    def refresh(self) -> None:
        self.calculate()

    def period(self) -> Period:
        """The period asked for; ValueError with a sentence where the date is none, or before the period."""
        label = self.year.currentText().removesuffix("年") + self.part.currentData()
        return parse_period(label, DATE.parse(self.as_of.text(), self.desk.today()))

    def _new_period(self) -> None:
        self.as_of.clear()
        self._dated = ""
        self.calculate()

    def _new_date(self) -> None:
        try:
            text = DATE.show(DATE.parse(self.as_of.text(), self.desk.today()))
        except Unreadable as error:
            mark(self.as_of, "wrong", True)
            self._say(str(error))
            return
        self.as_of.setText(text)
        if text != self._dated:
            self._dated = text
            self.calculate()

    def calculate(self) -> None:
        """Read the facts of the period and lay every form, in the background."""
        mark(self.as_of, "wrong", False)
        try:
            period = self.period()
        except ValueError as error:
            mark(self.as_of, "wrong", isinstance(error, Unreadable))
            self._give_up(error)
            return
        if self._busy:
            self._again = True
            return
        self._begin()
        desk = self.desk
        work = Work(lambda report: _lay(desk, period, report))
        self.strip.run(f"正在计算 {period.title} 的报表……", work)
        work.done.connect(self._take)
        work.failed.connect(self._not_laid)
        work.cancelled.connect(self._stopped)

    def _begin(self) -> None:
        self._busy = True
        self._make.setEnabled(False)

    def _end(self) -> bool:
        """The work has ended; True where the page is to be laid again at once."""
        self._busy = False
        self._make.setEnabled(self.shown is not None)
        again, self._again = self._again, False
        if again:
            self.calculate()
        return again

    def _stopped(self) -> None:
        if not self._end():
            self._say("已停下。按 F9 重新计算。")

    def _not_laid(self, error: Exception) -> None:
        if not self._end():
            self._give_up(error)

    def _take(self, shown: Shown) -> None:
        if self._end():
            return
        self.shown = shown
        self._make.setEnabled(True)
        self._say("")
        keys = [sheet.key for sheet in shown.laid.sheets]
        if [self.tabs.tabText(at) for at in range(self.tabs.count())] != keys:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for at, sheet in enumerate(shown.laid.sheets):
                self.tabs.addTab(sheet.key)
                self.tabs.setTabToolTip(at, sheet.title)
            self.tabs.blockSignals(False)
        self._count()
        self._show_sheet()
        facts = shown.laid.checked.facts
        self.status.emit(f"{facts.period.title}，截至 {facts.period.as_of}，{len(keys)} 张表")

    def _count(self) -> None:
        assert self.shown
        levels = Counter(finding.severity for finding in self.shown.laid.checked.findings if finding.kind == AUDIT)
        for level, button in self.counts.items():
            button.setText(f"{LEVEL_WORDS[level]} {levels[level]} 条")
            button.setEnabled(levels[level] > 0)
            button.show()

    def _give_up(self, error: Exception) -> None:
        if not isinstance(error, ValueError):
            raise error
        self.shown = None
        self._make.setEnabled(False)
        self.behind.hide()
        for button in self.counts.values():
            button.hide()
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.sheet.setModel(None)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    # Reading

    def _show_sheet(self) -> None:
        at = self.tabs.currentIndex()
        if self.shown and 0 <= at < len(self.shown.grids):
            self.behind.hide()
            self.sheet.show_sheet(self.shown.laid.sheets[at], self.shown.grids[at])

    def printed(self) -> Sheet | None:
        at = self.tabs.currentIndex()
        return self.shown.laid.sheets[at] if self.shown and 0 <= at < len(self.shown.grids) else None

    def export(self) -> bool:
        self.ask_where()
        return True

    def _show_behind(self, span: Span) -> None:
        assert self.shown
        sheet = self.shown.laid.sheets[self.tabs.currentIndex()]
        self.behind.fill(_about(sheet, span, self.shown.grids[self.tabs.currentIndex()]), self.shown.laid.checked.facts, span.cell)
        self.behind.show()

    # Writing

    def ask_where(self) -> None:
        """Ask for the folder and write the workbook there."""
        if self.shown is None:
            return
        folder = QFileDialog.getExistingDirectory(self, "工作簿放在哪个文件夹", str(_usual_folder(self.desk.book.folder)))
        if folder:
            self.make(Path(folder))

    def make(self, folder: Path) -> None:
        """Write what is shown into a folder, in the background."""
        if self.shown is None or self._busy:
            return
        laid, today = self.shown.laid, self.desk.today()
        self.result.hide()
        self._begin()
        work = Work(lambda report: _write(laid, folder, today, report))
        self.strip.run("正在写出工作簿并逐格核对……", work)
        work.done.connect(self._made)
        work.failed.connect(self._not_made)
        work.cancelled.connect(self._end)

    def _made(self, path: Path) -> None:
        self._written = path
        self.result_words.setText(f"工作簿已写出并逐格读回核对：{path}")
        self.result.show()
        self._say("")
        self._end()

    def _not_made(self, error: Exception) -> None:
        from returns.workbook import WriteError

        self._end()
        if isinstance(error, OSError):
            self._say(f"工作簿没有写出：{error.strerror or error}。请检查磁盘空间和文件夹权限，或换一个位置重试。")
        elif isinstance(error, ValueError | WriteError):
            self._say(str(error))
        else:
            raise error

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def _about(sheet: Sheet, span: Span, grid: Grid) -> str:
    """Which figure: 表2　城关镇　第5栏 实际配备人数：6."""
    line = sheet.rows[span.row - grid.head_last - 1].name
    return f"{sheet.key}　{line}　{column_name(sheet.columns[span.column - 1])}：{span.text}"


def _lay(desk: Desk, period: Period, report: Report) -> Shown:
    """Facts in the book's thread, the forms in this one."""
    from office.check import facts_in
    from office.make_returns import lay
    from office.open import Interrupted

    try:
        facts = desk.book.read_later(facts_in, period).result()
    except Interrupted as closed:
        raise Cancelled from closed
    report(1, 3, f"正在计算 {period.title} 的报表……")
    laid = lay(facts)
    report(2, 3, "正在排版……")
    return Shown(laid, tuple(lay_out(sheet) for sheet in laid.sheets))


def _write(laid: Laid, folder: Path, day: date, report: Report) -> Path:
    from office.make_returns import write_laid

    report(0, 0, "正在写出工作簿并逐格核对……")
    return write_laid(laid, folder, day)


def _usual_folder(book: Path) -> Path:
    """报表 in the book's folder, or the clerk's documents where that cannot be made."""
    folder = book / "报表"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder
