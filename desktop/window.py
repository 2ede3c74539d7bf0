"""The main window over an open book: screens hung on the frame, menus, undo, and where one screen leads to another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QMessageBox, QVBoxLayout, QWidget

from desktop.arriving import DropTarget
from desktop.association import ask as ask_double_click
from desktop.association import possible
from desktop.desk import Desk
from desktop.find import Finder
from desktop.frame import Entry, Frame
from desktop.grid.views import views_button
from desktop.help import help_menu
from desktop.hint import Hint
from desktop.opening import change_password, new_code, set_password, take_password_off
from desktop.page import Action, Menu, Page
from desktop.preferences import Preferences
from desktop.screens.attachments import offer
from desktop.worker import MUCH, Work
from office.city_book import is_city
from office.find import Found, find
from policy.clock import Clock

WORKBENCH, UNITS, PEOPLE, PAY, CHECKS, RETURNS = "工作台", "机构与应配", "人员", "工资核对", "核查", "报表"
CONTRACTS, SUPPLIERS, LABOUR, EXPIRY, SETTLEMENT = "服务采购合同", "承接主体", "劳动合同", "到期提醒", "月度结算"
FUNDS, SPEND, FUND_DOCS, RATES, ESTIMATE, HIRING = "经费", "低保资金支出", "经费文件", "参数表", "资金需求测算", "招录计划"
PLANS, MEETINGS, RECRUITS, TRAININGS = "方案与公开", "会议", "招录", "培训"
INCOMING, CONTACTS, HANDOVERS = "来文登记与督办", "通讯录", "工作交接"
APPRAISAL, REVIEW, REPORTING = "考核", "监督", "报表"
"""Groups of screens."""
KEEPING, BACKUPS, LOG, ACCOUNTS = "回收站与备份", "备份", "操作日志", "账号与角色"
BRING_IN, RECYCLE, SETTINGS = "导入", "回收站", "设置"
EDIT: Final = "编辑(&E)"

SHOWN_ON: Final = {
    "person": PEOPLE, "unit": UNITS, "supplier": SUPPLIERS, "purchase_contract": CONTRACTS, "labour_contract": LABOUR, "fund_doc": FUND_DOCS,
    "plan_doc": PLANS, "meeting": MEETINGS, "recruit_batch": RECRUITS, "training": TRAININGS, "incoming_doc": INCOMING, "contact": CONTACTS,
    "handover": HANDOVERS, "problem": "整改事项", "inspection": "检查通报", "evaluation": "绩效评价", "supervision": "监督记录", "disclosure": "采购公开",
    "pay_scale": "工资层级", "reward": "表彰奖励", "survey_window": "窗口摸查", "report_task": RETURNS,
}  # fmt: skip
"""Table → the screen that shows its records."""

HINTS: Final = {
    UNITS: "这里登记县级民政局、乡镇（街道）和其他使用单位。先用“填报户数”登记各单位的救助对象户数，程序据此测算应配备人数和缺口。",
    PEOPLE: "这里是社会救助经办服务人员的花名册：上面是列表，下面是选中那个人的资料。先导入现有花名册，或按 Ctrl+N 逐个新增；"
    "调岗、调薪、离职请用上方的按钮登记，以前的报表不受影响。",
    PAY: "这里逐月登记工资。先选工资所属月份，再导入工资表、从上月复制，或按在岗人员建立空行后填写。",
    CHECKS: "这里列出与文件要求不符的地方，每一条都写明算法和依据。先看“强制性”的问题，双击可以打开有关的人员或单位。",
    RETURNS: "这里编制上报的报表。先建报送任务再打开：看各表和审核结果，写好说明，然后审核、封存、上报。",
    BRING_IN: "这里把现有的 Excel 花名册、户数表、工资表读进台账：先选文件，看过预览再确认；整批可以撤回。",
    RECYCLE: "登记错了移走的记录放在这里。选中一行，按“还原”原样放回。",
    EXPIRY: "这里列出已过期和 90 天内到期的劳动合同、服务采购合同和劳务派遣许可证，按截至日期计算。续签、登记不续或办理离职以后，那一行才会消失。",
    SETTLEMENT: "这里逐份合同、逐月登记结算材料：考勤、承接主体工资表、社保凭证、验收、申请、发票、审批，齐了再付款。先选一份合同的一个月。",
    FUNDS: "这里回答三个问题：应安排多少工作经费、安排和到位了多少、合同和工资够不够付。先登记上年低保资金支出和本年经费文件。",
    SPEND: "这里登记各年低保资金支出，是测算工作经费的基数。按级次和城乡填写，空格表示没有登记，不等于 0。",
    RATES: "这里登记单位缴费比例、最低工资标准、退休年龄表、节假日和月报总数，都注明日期。程序不带这些数，请按当地文件录入。",
    "按上级表样填报": "这里把上级下发的 Excel 表样按台账数据填好：拖入表样，核对每一栏对应什么，试填看过差异再保存。表样原件不改动。",
    ESTIMATE: "这里测算下一年要多少钱、从哪里来、还差多少。先看自带的四个方案，再新增自己的方案，每个数写明依据。",
}
"""Said over a screen until the clerk has read it: what it is for, and what to do first."""


def late(place: str, *given: Any) -> Callable[[], Page]:
    """What makes a screen: `module:maker` below desktop.screens, and what its maker is given. The module is imported when the screen is
    first shown, so that the window does not wait for forty of them at start."""
    module, _, maker = place.partition(":")
    return lambda: cast(Page, getattr(import_module(f"desktop.screens.{module}"), maker)(*given))


@dataclass(frozen=True)
class Keeper:
    """What the program does with books as wholes, for the window's menus."""

    welcome: Callable[[], object]
    """Back to the start page: open or make another."""
    open: Callable[[Path], object] = lambda _: None
    recent: Callable[[], Sequence[Path]] = lambda: ()
    with_closed: Callable[[Callable[[Path, Clock, str, QWidget | None], object]], object] = lambda _: None
    """Close this book, do something with it, open it again."""
    restore: Callable[[Path], object] = lambda _: None
    drop_demo: Callable[[], object] = lambda: None
    """Take the demo county away and go back to the start page."""
    arrive: Callable[[Sequence[Path]], object] = lambda _: None
    """Files were dropped on the window."""


class Window:
    """One open book in one frame. `keeper` is asked for what concerns books as wholes; `settings` remember this user's hints,
    columns and views (None: nothing is shown or remembered)."""

    def __init__(self, desk: Desk, keeper: Keeper, demo: bool, settings: QSettings | None = None) -> None:
        self.desk = desk
        self.keeper = keeper
        self.settings = settings
        self.frame = Frame(
            [replace(entry, make=partial(self._hung, entry)) for entry in self._entries()], self._menus(), desk.as_of, desk.today
        )
        self.places = {entry.words: at for at, entry in enumerate(self.frame.entries)}
        self.undo_action, self.redo_action = self._undo_actions()
        self.frame.set_book(desk.book.face.name, desk.book.folder.name, desk.book.who)
        if desk.book.read_only:
            self.frame.set_banner("只读打开：这个文件夹或磁盘不能写入，可以查看和导出，不能修改。要修改请把台账文件夹复制到本机硬盘。")
        elif desk.book.warnings:
            self.frame.set_banner("　".join(desk.book.warnings))
        if demo:
            leave = Action("移除演示数据", self.keeper.drop_demo, tip="关闭并删除演示台账，回到起始页")
            self.frame.set_banner("演示数据：东岭县为虚构，可以随意试用；正式使用请在“文件”菜单新建本县台账。", leave)
        self.frame.as_of_changed.connect(desk.see)
        self.finder = Finder(self.frame.search, lambda text: desk.read(find, text, desk.as_of), self._open, self._leave_search)
        desk.changed.connect(self._moved)
        DropTarget(self.frame, self.keeper.arrive)
        self.frame.go(0)
        desk.moved()

    def _entries(self) -> tuple[Entry, ...]:
        """Every screen, in the order of the navigation."""
        desk = self.desk
        return (
            Entry(WORKBENCH, "home", self._workbench),
            Entry(UNITS, "building", late("units:units_screen", desk)),
            Entry(PEOPLE, "people", late("people:people_screen", desk, partial(self._bring_in, "roster"))),
            Entry(PAY, "money", self._pay),
            Entry(CONTRACTS, "contract", late("contracts:contracts_screen", desk, partial(self.go, SUPPLIERS), partial(self._bring_in, "contracts")), group="合同"),
            Entry(SUPPLIERS, "contract", late("suppliers:suppliers_screen", desk, partial(self._bring_in, "suppliers")), group="合同"),
            Entry(LABOUR, "contract", late("labour:labour_screen", desk, partial(self._bring_in, "labour")), group="合同"),
            Entry(EXPIRY, "contract", late("expiry:ExpiryPage", desk), group="合同"),
            Entry(SETTLEMENT, "contract", late("settlement:SettlementPage", desk), group="合同"),
            Entry(FUNDS, "wallet", late("funds:FundsPage", desk), group="经费"),
            Entry(SPEND, "wallet", late("fund_spend:SpendPage", desk), group="经费"),
            Entry(FUND_DOCS, "wallet", late("fund_docs:fund_docs_screen", desk), group="经费"),
            Entry(RATES, "wallet", late("fund_rates:RatesPage", desk), group="经费"),
            Entry(ESTIMATE, "calculator", late("estimate:EstimatePage", desk), group="经费"),
            Entry(HIRING, "people", late("hiring_plan:hiring_screen", desk), group="经费"),
            Entry(PLANS, "clipboard", late("plans:plans_screen", desk), group="管理"),
            Entry(MEETINGS, "clipboard", late("meetings:meetings_screen", desk), group="管理"),
            Entry(RECRUITS, "clipboard", late("recruits:recruits_screen", desk), group="管理"),
            Entry(TRAININGS, "clipboard", late("trainings:trainings_screen", desk), group="管理"),
            Entry("四个阶段", "clipboard", late("stages:stages_screen", desk), group="管理"),
            Entry(INCOMING, "clipboard", late("incoming:incoming_screen", desk), group="管理"),
            Entry(CONTACTS, "clipboard", late("contacts:contacts_screen", desk), group="管理"),
            Entry(HANDOVERS, "clipboard", late("handovers:handovers_screen", desk), group="管理"),
            Entry("年度考核", "star", late("appraisals:appraisals_screen", desk), group=APPRAISAL, follows=True),
            Entry("绩效工资", "star", late("performance:performance_screen", desk), group=APPRAISAL, follows=True),
            Entry("工资层级", "star", late("pay_scales:pay_scales_screen", desk), group=APPRAISAL, follows=True),
            Entry("晋升", "star", late("promotions:promotions_screen", desk), group=APPRAISAL, follows=True),
            Entry("表彰奖励", "star", late("rewards:rewards_screen", desk), group=APPRAISAL, follows=True),
            Entry("绩效评价", "search", late("evaluations:evaluations_screen", desk), group=REVIEW, follows=True),
            Entry("监督记录", "search", late("supervisions:supervisions_screen", desk), group=REVIEW, follows=True),
            Entry("采购公开", "search", late("supervisions:disclosures_screen", desk), group=REVIEW, follows=True),
            Entry("检查通报", "search", late("inspections:inspections_screen", desk), group=REVIEW, follows=True),
            Entry("整改事项", "search", late("inspections:problems_screen", desk), group=REVIEW, follows=True),
            Entry("窗口摸查", "search", late("unit_sheets:survey_screen", desk), group=REVIEW, follows=True),
            Entry("工作量", "search", late("unit_sheets:workload_screen", desk), group=REVIEW, follows=True),
            Entry(CHECKS, "check", late("checks:ChecksPage", desk)),
            Entry(RETURNS, "report", self._returns, group=REPORTING),
            Entry("按上级表样填报", "report", late("own_form:own_form_screen", desk), group=REPORTING),
            *((Entry("市级汇总", "report", late("rollup:RollupPage", desk), group=REPORTING),) if desk.read(is_city) else ()),
            Entry(BRING_IN, "import", late("bring_in:BringInPage", desk), apart=True),
            Entry(RECYCLE, "trash", late("recycle:RecyclePage", desk), apart=True, group=KEEPING),
            Entry(BACKUPS, "disk", self._backups, apart=True, group=KEEPING),
            Entry(LOG, "clock", late("log:LogPage", desk), apart=True, group=KEEPING),
            Entry(ACCOUNTS, "people", late("accounts:AccountsPage", desk), apart=True, group=KEEPING),
            Entry(SETTINGS, "settings", late("settings:SettingsPage", desk, self.settings), apart=True),
        )

    # Screens that lead to others

    def _workbench(self) -> Page:
        from desktop.screens.workbench import WorkbenchPage

        page = WorkbenchPage(self.desk)
        page.show_month.connect(self._show_month)
        page.bring_in.connect(self._bring_in)
        if (kept := self.settings) is not None:
            key = f"steps/{self.desk.book.folder.name}"
            page.steps.gone = bool(kept.value(key))
            page.steps.sent_away.connect(lambda: kept.setValue(key, "gone"))
        return page

    def _pay(self) -> Page:
        from desktop.screens.pay import PayPage

        page = PayPage(self.desk)
        page.bring_in.connect(self._bring_in)
        return page

    def _returns(self) -> Page:
        from desktop.screens.returns import ReturnsPage

        page = ReturnsPage(self.desk)
        page.see_findings.connect(self._see_findings)
        return page

    def _backups(self) -> Page:
        from desktop.screens.backups import BackupsPage

        page = BackupsPage(self.desk)
        page.restore.connect(self.keeper.restore)
        return page

    def go(self, words: str) -> Page:
        """Bring a screen to the front by its words."""
        return self.frame.go(self.places[words])

    def open_record(self, table: str, number: int) -> None:
        """Show a record on the screen of its table."""
        page = self.go(SHOWN_ON[table])
        if not page.show_record({table: (number,)}):
            self.frame.statusBar().showMessage("这条记录不在当前列表里（可能被筛选掉，或截至日期不在用工期间）。", 8000)

    def _bring_in(self, kind: str) -> None:
        from desktop.screens.bring_in import BringInPage

        page = self.go(BRING_IN)
        assert isinstance(page, BringInPage)
        page.start.choose_kind(kind)

    def bring_in_people(self, template: bool = False) -> None:
        """Show 导入 for the roster, with `template` asking where its blank sheet is to be saved."""
        from desktop.screens.bring_in import BringInPage

        self._bring_in("roster")
        page = self.frame.page()
        if template and isinstance(page, BringInPage):
            page.ask_template()

    def take(self, paths: Sequence[Path]) -> None:
        """Files that came from outside go where they belong."""
        from desktop.taking import take

        take(self, paths)

    def _see_findings(self, level: str) -> None:
        from desktop.screens.checks import ChecksPage

        page = self.go(CHECKS)
        assert isinstance(page, ChecksPage)
        page.choose(level)

    def _show_month(self, month: int) -> None:
        from desktop.screens.pay import PayPage

        page = self.go(PAY)
        assert isinstance(page, PayPage)
        page.show_month(month)

    def _open(self, found: Found) -> None:
        self.open_record(found.table, found.number)

    def _leave_search(self) -> None:
        if page := self.frame.page():
            page.set_out()

    def _hung(self, entry: Entry) -> Page:
        """A screen, its lists laid out as this user had them, with its hint over it while this user has not read it."""
        page, words = entry.make(), entry.words
        page.open_record.connect(self.open_record)
        page.visit.connect(self.go)
        offer(self.desk, page)
        if self.settings is None:
            return page
        settings, preferences = self.settings, Preferences(self.settings)
        if (grid := page.listed()) is not None:
            grid.remember(preferences, words)
            page.toolbar.addWidget(views_button(grid.view))
        for title, own in page.tab_lists():
            own.remember(preferences, f"{words}/{title}")
        key, box = f"hints/{words}", page.layout()
        hint = HINTS.get(words) or page.purpose().replace("\n", "")
        if hint and isinstance(box, QVBoxLayout) and not settings.value(key):
            box.insertWidget(0, Hint(hint, lambda: settings.setValue(key, "read")))
        return page

    # The book moved

    def _moved(self) -> None:
        self.frame.set_book(self.desk.book.face.name, self.desk.book.folder.name, self.desk.book.who)
        self.frame.set_saved(f"已保存 {self.desk.clock.now():%H:%M}")
        self._name_steps()
        self.frame.refresh()

    # Menus

    def _menus(self) -> list[Menu]:
        goes = [
            Action(words, partial(self.go, words), picture)
            for words, picture in ((BRING_IN, "import"), (CHECKS, "check"), (RETURNS, "report"))
        ]
        return [
            Menu("文件(&F)", (
                Action("新建或打开台账…", self.keeper.welcome, "building", "Ctrl+O"),
                Menu("最近打开", [Action(path.stem, partial(self.keeper.open, path)) for path in self.keeper.recent()]),
                Action("打开台账所在文件夹", self._open_folder),
                *((Action("双击打开台账…", self._ask_double_click),) if possible() else ()),
                self._password_menu(),
                None,
                Action("导出当前表…", self._export, "export", "Ctrl+E"),
                Action("打印预览…", self._print, "print", "Ctrl+P"),
                None,
                Action("退出", self._quit),
            )),
            Menu(EDIT, (Action("撤销", self._undo, "undo", "Ctrl+Z"), Action("恢复", self._redo, "redo", "Ctrl+Y"))),
            Menu("数据(&D)", (goes[0], goes[1], Action("刷新", self.desk.moved, "refresh", "F5"))),
            Menu("报表(&R)", (
                goes[2], None, Action("导入任务包…", self._take_bundle, "import"), Action("导入退回单…", self._take_slip, "import"),
            )),
            help_menu(self.desk, lambda: self.frame),
        ]  # fmt: skip

    def _password_menu(self) -> Menu:
        """The book's password: acts on the closed book."""

        def on_closed(act: Callable[[Path, Clock, str, QWidget | None], object]) -> Callable[[], object]:
            return lambda: self.keeper.with_closed(act)

        last = [None, Action("自动锁屏时间…", self._lock_minutes)] if self.settings is not None else []
        if self.desk.book.keys is None:
            return Menu("台账密码", [Action("设置密码…", on_closed(set_password), "lock"), *last])
        return Menu("台账密码", [
            Action("修改密码…", on_closed(change_password), "lock"), Action("更换恢复码…", on_closed(new_code)), Action("取消密码…", on_closed(take_password_off)), *last,
        ])  # fmt: skip

    def _lock_minutes(self) -> None:
        from desktop.idle import ask_minutes

        assert self.settings is not None
        ask_minutes(self.settings, self.desk.today, self.desk.hand(), self.frame)

    def _undo_actions(self) -> tuple[QAction, QAction]:
        bar = self.frame.menuBar().actions()
        edit = cast(QMenu, next(entry for entry in bar if entry.text() == EDIT).menu())
        return edit.actions()[0], edit.actions()[1]

    def _name_steps(self) -> None:
        """Undo and redo say in the menu what they would do."""
        now = self.desk.book.stacks()
        for action, word, stack in ((self.undo_action, "撤销", now.undo), (self.redo_action, "恢复", now.redo)):
            action.setText(f"{word} {stack[-1].plain}" if stack else word)
            action.setEnabled(bool(stack))

    def _undo(self) -> None:
        self._step(self.desk.undo, self.desk.book.undo, self.desk.book.stacks().undo, "已撤销", "没有可以撤销的操作。")

    def _redo(self) -> None:
        self._step(self.desk.redo, self.desk.book.redo, self.desk.book.stacks().redo, "已恢复", "没有可以恢复的操作。")

    def _step(self, step: Callable[[], str], beside: Callable[[], object], stack: Sequence[Any], done: str, nothing: str) -> None:
        """Undo or redo the last act of a stack, a big one (an imported file) beside the window."""
        if stack and stack[-1].lines > MUCH:
            self._step_beside(beside, f"{done}：{stack[-1].plain}")
            return
        try:
            name = step()
        except ValueError as refusal:
            self._refuse(refusal)
            return
        self.frame.statusBar().showMessage(f"{done}：{name}" if name else nothing, 8000)

    def _step_beside(self, step: Callable[[], object], done: str) -> None:
        work = Work(lambda report: step())
        self.frame.strip.run("正在撤销或恢复……完成之前台账不能查看和改动。", work, alone=True)
        self.frame.strip.stop.setEnabled(False)

        def stepped(_act: object) -> None:
            self.desk.moved()
            self.frame.statusBar().showMessage(done, 8000)

        work.done.connect(stepped)
        work.failed.connect(self._refuse)

    def _refuse(self, refusal: Exception) -> None:
        if not isinstance(refusal, ValueError):
            raise refusal
        QMessageBox.information(self.frame, "不能撤销", str(refusal))

    def _export(self) -> None:
        from desktop.output import export

        self._put_out(export)

    def _print(self) -> None:
        from desktop.output import print_preview

        self._put_out(print_preview)

    def _put_out(self, how: Callable[[Page, str, Desk, QWidget], object]) -> None:
        page = self.frame.page()
        if page is not None:
            how(page, self.frame.words(), self.desk, self.frame)

    def _ask_double_click(self) -> None:
        ask_double_click(Path(sys.executable), self.frame)

    def _take_bundle(self) -> None:
        from desktop.screens.rollup_receive import ask_for_bundle

        ask_for_bundle(self.desk, self.frame)

    def _take_slip(self) -> None:
        from desktop.screens.rollup_receive import ask_for_slip

        ask_for_slip(self.desk, self.frame)

    def _quit(self) -> None:
        self.frame.close()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.book.folder)))
