"""按上级表样填报: drop the form, see what is filled into which column, try it, look at what differs, save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QWidget

from desktop.desk import Desk
from desktop.output import purpose_of
from desktop.page import Action, Page, qaction
from desktop.screens.own_form_answers import OwnFormAnswers
from desktop.screens.own_form_grid import FILLED, WRONG
from desktop.screens.written import usual_folder
from desktop.worker import Report, Work
from office import own_forms
from office.own_form_proposal import Proposal, best_page, propose
from office.own_forms import Form
from office.recycle import discard
from policy.period import parse_period
from returns.own_form import Place, cell_name, shape
from returns.own_form_fill import FilledForm
from returns.own_form_lines import DIFFERS, STOP
from returns.own_form_map import FormMap
from returns.sheet import Sheet

FILES: Final = "表样 (*.xlsx *.xls *.et)"


def own_form_screen(desk: Desk) -> Page:
    """The screen, to be hung in the window."""
    return OwnFormPage(desk)


class OwnFormPage(OwnFormAnswers):
    """One form at a time; nothing is written before 保存对应 or 保存填好的表."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._choose = qaction(Action("选择表样…", self.ask_file, "import", tip="选择上级下发的 .xlsx 表样"), self)
        self._try = qaction(Action("试填", self.try_fill, "check", tip="按对应填一遍，看结果和不一致的地方，不写文件"), self)
        self._keep = qaction(Action("保存对应", self.keep, tip="把表样和对应存进台账，下次直接用"), self)
        self._save = qaction(Action("保存填好的表…", self.ask_folder, "export", tip="写成新文件，逐格读回核对，不覆盖任何文件"), self)
        self._remove = qaction(Action("移走表样", self.remove, tip="把登记的表样移入回收站"), self)
        self.toolbar.addActions([self._choose, self._try, self._keep, self._save, self._remove])
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.held.activated.connect(self._open_held)
        self.source.activated.connect(lambda _at: self._read_again())
        self.whole.clicked.connect(self._whole_numbers)
        self.answered.connect(self._enable)
        self.points.itemClicked.connect(self._go)

    # Which form

    def refresh(self) -> None:
        """The forms of the book and what they may be filled from."""
        held, source = self.held.currentData(), self.source.currentData()
        self.held.clear()
        self.held.addItem("（未登记）", 0)
        for one in self.desk.read(own_forms.held_forms):
            self.held.addItem(one.name, one.id)
        self.held.setCurrentIndex(max(0, self.held.findData(held)))
        self.source.clear()
        self.source.addItem(f"台账 {parse_period(str(self.desk.as_of.year)).title}", 0)
        for words, number in self.desk.read(own_forms.sources):
            self.source.addItem(words, number)
        self.source.setCurrentIndex(max(0, self.source.findData(source)))
        self._enable()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    def ask_file(self) -> None:
        """Ask for the form."""
        name, _ = QFileDialog.getOpenFileName(self, "选择上级下发的表样", "", FILES)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a form in the background and propose what belongs where."""
        self.held.setCurrentIndex(0)
        figures = self._figures(False)
        self._run(f"正在读取 {path.name}……", lambda: (own_forms.read_form(path), figures(), None, path.stem), self._show)

    def _open_held(self, _at: int) -> None:
        number = self.held.currentData()
        if number:
            whole = next(one for one in self.desk.read(own_forms.held_forms) if one.id == number).map.whole_numbers
            figures, book = self._figures(whole), self.desk.book
            self._run("正在打开表样……", lambda: _opened(book, number, figures), self._show)

    def _figures(self, whole: bool) -> Callable[[], dict[str, Sheet]]:
        book, number, day = self.desk.book, self.source.currentData() or 0, self.desk.as_of
        if number:
            return lambda: book.read(own_forms.figures_of, number, whole)
        return lambda: book.read(own_forms.figures_in, parse_period(str(day.year), day), whole)

    def _show(self, found: tuple[Form, dict[str, Sheet], FormMap | None, str]) -> None:
        self.form, self.sheets, how, stem = found
        page = best_page(self.form.blank.pages, self.sheets)
        if how is None:
            self.told = propose(page, self.sheets, stem)
        else:
            page = next((one for one in self.form.blank.pages if one.name == how.sheet), page)
            self.told = Proposal(how, shape(page, how.header, how.detail, how.total), frozenset(how.columns))
        self.page_names.clear()
        self.page_names.addItems([one.name for one in self.form.blank.pages if not one.hidden])
        self.lines.clear()
        self.lines.addItems([key for key, sheet in self.sheets.items() if not sheet.upright and key != "封面"])
        self.caution.setText("".join(self.form.blank.losses))
        self.caution.setVisible(bool(self.form.blank.losses))
        self.written.hide()
        self._draw()

    def _read_again(self) -> None:
        if self.told is not None:
            figures = self._figures(self.told.map.whole_numbers)
            self._run("正在重新取数……", figures, self._take)

    def _whole_numbers(self, on: bool) -> None:
        self._change(whole_numbers=on)
        self._read_again()

    def _take(self, sheets: dict[str, Sheet]) -> None:
        self.sheets = sheets
        self._draw()

    # Filling

    def try_fill(self) -> None:
        """Fill a copy and show it, with what there is to look at."""
        if self.form and self.told:
            form, how, book, figures = self.form, self.told.map, self.desk.book, self._figures(self.told.map.whole_numbers)
            self._run("正在试填……", lambda: own_forms.fill_form(book, form, how, figures()), self._show_filled)

    def _show_filled(self, filled: FilledForm) -> None:
        assert self.told
        self.filled = filled
        wrong = {one.where for one in filled.of(DIFFERS, STOP)}

        def paint(at: Place) -> str:
            return WRONG if cell_name(at) in wrong else FILLED if at in filled.ours else ""

        results: dict[Place, Any] = {at: value for (sheet, at), value in filled.results.items() if sheet == filled.page.name}
        self.grid.show_page(filled.page, paint, results)
        self.points.clear()
        for one in sorted(filled.told, key=lambda one: (one.level not in (STOP, DIFFERS), one.level)):
            item = QListWidgetItem(f"{one.level}　{one.where}　{one.said}")
            item.setData(Qt.ItemDataRole.UserRole, one.where)
            self.points.addItem(item)
        self.points.setVisible(bool(filled.told))
        if filled.of(STOP):
            self._say("还不能填：请先处理下面“不能填”的地方。", wrong=True)
        elif found := filled.of(DIFFERS):
            self._say(f"填了 {filled.lines} 行，有 {len(found)} 处表样公式与台账不一致（红色）。请核对；保存即表示已核对。", wrong=True)
        else:
            self._say(f"填了 {filled.lines} 行，与台账一致。下一步：点“保存填好的表…”。")
        self._enable()

    def _go(self, item: QListWidgetItem) -> None:
        where, model = item.data(Qt.ItemDataRole.UserRole), self.grid.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if cell_name((row + 1, column + 1)) == where:
                    self.grid.setCurrentIndex(model.index(row, column))
                    self.grid.scrollTo(model.index(row, column))

    def keep(self) -> None:
        """Keep form and map in the book."""
        if self.form is None or self.told is None:
            return
        try:
            number = self.desk.act(own_forms.register, self.form, self.told.map)
        except ValueError as refusal:
            self._say(str(refusal), wrong=True)
            return
        self.refresh()
        self.held.setCurrentIndex(self.held.findData(number))
        self._say(f"表样“{self.told.map.name}”和对应已存进台账，下次从“登记的表样”里选。")
        self._enable()

    def remove(self) -> None:
        """Move the form into the recycle bin; undo brings it back."""
        number = self.held.currentData()
        if number:
            self.desk.act(discard, own_forms.TABLE, (number,), "移走表样")
            self.held.setCurrentIndex(0)
            self.refresh()
            self._say("表样已移入回收站，可以撤销。")

    def ask_folder(self) -> None:
        """Ask where the filled form goes, and of one that names people what for, with the password typed again."""
        purpose: str | None = ""
        if self.filled is not None and self.filled.personal:
            purpose = purpose_of("保存填好的表", "这张表按人员逐行填写，含个人信息。用途记入操作日志。", "填好的表", self.desk, self)
        if purpose is None:
            return
        folder = QFileDialog.getExistingDirectory(self, "填好的表放在哪里", str(usual_folder(self.desk.book.folder)))
        if folder:
            self.save(Path(folder), purpose)

    def save(self, folder: Path, purpose: str = "") -> None:
        """Write the filled form into a folder; one that names people goes into the log with its `purpose`."""
        if self.filled is None or self.told is None or self.form is None:
            return
        number = self.source.currentData()
        title = self.desk.read(own_forms.title_of, number) if number else parse_period(str(self.desk.as_of.year)).title
        book, form, filled, how, figures = self.desk.book, self.form, self.filled, self.told.map, self._figures(self.told.map.whole_numbers)

        def write() -> Path:
            if own_forms.fill_form(book, form, how, figures()).values != filled.values:
                raise ValueError("试填以后台账又有改动，没有写出。请重新试填、核对后再保存。")
            return own_forms.save_form(book, filled, how, title, folder, agreed=True, purpose=purpose)

        self._run("正在写出并核对……", write, self._saved)

    def _saved(self, path: Path) -> None:
        self.written.say("已写出并逐格读回核对", path)
        self.desk.moved()

    # Telling

    def _enable(self) -> None:
        held = bool(self.held.currentData())
        ready = bool(self.form and self.form.content and self.told and self.told.map.columns) and not self.busy
        self._try.setEnabled(ready)
        self._keep.setEnabled(ready)
        self._save.setEnabled(ready and self.filled is not None and not self.filled.of(STOP))
        self._remove.setEnabled(held and not self.busy)
        for widget in (self.as_head, self.as_cell, self.as_lines, self.as_total, self.no_total, self.lines, self.which, self.most, self.whole, self.name, self.page_names):
            widget.setEnabled(self.told is not None and not self.busy)

    def _run(self, words: str, task: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def work(_report: Report) -> Any:
            return task()

        def end(_found: object = None) -> None:
            self.busy = False
            self._enable()

        self.busy = True
        self._enable()
        self._work = Work(work, self)
        for ended in (self._work.done, self._work.failed):
            ended.connect(end)
        self._work.done.connect(done)
        self._work.failed.connect(self._failed)
        self._work.cancelled.connect(end)
        self.strip.run(words, self._work)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ValueError | OSError):
            raise error
        self._say(str(error), wrong=True)


def _opened(book: Any, number: int, figures: Callable[[], dict[str, Sheet]]) -> tuple[Form, dict[str, Sheet], FormMap, str]:
    form, how = own_forms.open_form(book, number)
    return form, figures(), how, how.name
