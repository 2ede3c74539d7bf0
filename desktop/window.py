"""The main window over an open book: screens hung on the frame, menus, undo, and where one screen leads to another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.desk import Desk
from desktop.frame import Entry, Frame
from desktop.output import export, print_preview
from desktop.page import Action, Menu, Page
from desktop.record.screen import RecordScreen
from desktop.screens.bring_in import BringInPage
from desktop.screens.checks import ChecksPage
from desktop.screens.pay import PayPage
from desktop.screens.people import people_screen
from desktop.screens.returns import ReturnsPage
from desktop.screens.settings import SettingsPage
from desktop.screens.units import units_screen
from desktop.screens.workbench import WorkbenchPage
from office import __version__
from office.people import find

WORKBENCH, UNITS, PEOPLE, PAY, CHECKS, RETURNS, BRING_IN, SETTINGS = "工作台", "机构与应配", "人员", "工资", "核查", "报表", "导入", "设置"


class Window:
    """One open book in one frame. `reopen` is called when the clerk wants another book."""

    def __init__(self, desk: Desk, reopen: Callable[[], None], demo: bool) -> None:
        self.desk = desk
        self.reopen = reopen
        makers: tuple[tuple[str, str, Callable[[], Page], bool], ...] = (
            (WORKBENCH, "home", self._workbench, False),
            (UNITS, "building", partial(units_screen, desk), False),
            (PEOPLE, "people", partial(people_screen, desk), False),
            (PAY, "money", self._pay, False),
            (CHECKS, "check", self._checks, False),
            (RETURNS, "report", self._returns, False),
            (BRING_IN, "import", partial(BringInPage, desk), True),
            (SETTINGS, "settings", partial(SettingsPage, desk), True),
        )
        self.places = {words: at for at, (words, *_) in enumerate(makers)}
        self.frame = Frame(
            [Entry(words, picture, make, apart) for words, picture, make, apart in makers], self._menus(), desk.as_of, desk.today
        )
        self.frame.set_book(desk.book.face.name, desk.book.folder.name, desk.book.who)
        if demo:
            self.frame.set_banner("演示数据：东岭县为虚构，可以随意试用；正式使用请在“文件”菜单新建本县台账。")
        self.frame.as_of_changed.connect(desk.see)
        self.frame.search.returnPressed.connect(self._find)
        desk.changed.connect(self._moved)
        self.frame.go(0)
        desk.moved()

    # Screens that lead to others

    def _workbench(self) -> Page:
        page = WorkbenchPage(self.desk)
        page.visit.connect(self.go)
        page.open_person.connect(self.open_person)
        page.open_unit.connect(self.open_unit)
        page.show_month.connect(self._show_month)
        return page

    def _pay(self) -> Page:
        page = PayPage(self.desk)
        page.bring_in.connect(lambda: self.go(BRING_IN))
        return page

    def _checks(self) -> Page:
        page = ChecksPage(self.desk)
        page.open_person.connect(self.open_person)
        page.open_unit.connect(self.open_unit)
        return page

    def _returns(self) -> Page:
        page = ReturnsPage(self.desk)
        page.open_person.connect(self.open_person)
        return page

    def go(self, words: str) -> Page:
        """Bring a screen to the front by its words."""
        return self.frame.go(self.places[words])

    def open_person(self, person: int) -> None:
        """Show a person's record."""
        self._stand_on(PEOPLE, "person", person)

    def open_unit(self, unit: int) -> None:
        """Show a unit's record."""
        self._stand_on(UNITS, "unit", unit)

    def _stand_on(self, words: str, table: str, number: int) -> None:
        page = self.go(words)
        assert isinstance(page, RecordScreen)
        if not page.grid.view.stand_on({table: (number,)}):
            self.frame.statusBar().showMessage("这条记录不在当前列表里（可能被筛选掉，或截至日期不在用工期间）。", 8000)

    def _show_month(self, month: int) -> None:
        page = self.go(PAY)
        assert isinstance(page, PayPage)
        page.show_month(month)

    def _find(self) -> None:
        found = find(self.desk.book, self.frame.search.text())
        if found:
            self.open_person(found[0][0])
        words = (
            f"找到 {len(found)} 人，已到第一个。"
            if len(found) > 1
            else ""
            if found
            else "没有找到这个人。可输入姓名、证件号或手机号的后几位。"
        )
        self.frame.statusBar().showMessage(words, 8000)

    # The book moved

    def _moved(self) -> None:
        self.frame.set_saved(f"已保存 {self.desk.clock.now():%H:%M}")
        self.frame.refresh()

    # Menus

    def _menus(self) -> list[Menu]:
        goes = [
            Action(words, partial(self.go, words), picture)
            for words, picture in ((BRING_IN, "import"), (CHECKS, "check"), (RETURNS, "report"))
        ]
        return [
            Menu("文件(&F)", (
                Action("新建或打开台账…", self.reopen, "building", "Ctrl+O"),
                Action("打开台账所在文件夹", self._open_folder),
                None,
                Action("导出当前表…", partial(self._put_out, export), "export", "Ctrl+E"),
                Action("打印预览…", partial(self._put_out, print_preview), "print", "Ctrl+P"),
                None,
                Action("退出", self._quit),
            )),
            Menu("编辑(&E)", (Action("撤销", self._undo, "undo", "Ctrl+Z"), Action("恢复", self._redo, "redo", "Ctrl+Y"))),
            Menu("数据(&D)", (goes[0], goes[1], Action("刷新", self.desk.moved, "refresh", "F5"))),
            Menu("报表(&R)", (goes[2],)),
            Menu("帮助(&H)", (Action("关于经办台账", self._about),)),
        ]  # fmt: skip

    def _undo(self) -> None:
        self._step(self.desk.undo, "已撤销", "没有可以撤销的操作。")

    def _redo(self) -> None:
        self._step(self.desk.redo, "已恢复", "没有可以恢复的操作。")

    def _step(self, step: Callable[[], str], done: str, nothing: str) -> None:
        try:
            name = step()
        except ValueError as refusal:
            QMessageBox.information(self.frame, "不能撤销", str(refusal))
            return
        self.frame.statusBar().showMessage(f"{done}：{name}" if name else nothing, 8000)

    def _put_out(self, how: Callable[[Page, str, Desk, QWidget], object]) -> None:
        page = self.frame.page()
        if page is not None:
            how(page, self.frame.words(), self.desk, self.frame)

    def _quit(self) -> None:
        self.frame.close()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.book.folder)))

    def _about(self) -> None:
        check = self.desk.check
        policy = f"\n政策参数：{check.facts.parameters.name}" if check else ""
        QMessageBox.about(
            self.frame, "关于经办台账", f"经办台账 {__version__}\n社会救助经办服务人员、工资与报表的县级台账，离线使用，不联网。{policy}"
        )
