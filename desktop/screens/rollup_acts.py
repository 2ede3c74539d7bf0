"""What is done in 市级汇总: packages received, a county's return judged, taken or sent back, the city's own figures typed, papers put out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.ask import Ask
from desktop.page import Action
from desktop.screens.rollup_personal import ask_for_personal
from desktop.screens.rollup_receive import Came
from desktop.screens.written import usual_folder
from office import city_papers, rollup
from office.arrivals import TAKES, Arrival, look_at
from office.sending_back import return_package
from office.task_bundle import SUFFIX, export_bundle
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.text import TEXT

if TYPE_CHECKING:
    from desktop.screens.rollup import RollupPage


class RollupActs(QObject):
    """The acts on the task the page shows; a refusal stands in the question or on the page."""

    def __init__(self, at: RollupPage) -> None:
        super().__init__(at)
        self.at = at

    def offered(self) -> tuple[Action, ...]:
        """The buttons of the toolbar."""
        return (
            Action("接收数据包…", self.ask_for_files, "import", "Ctrl+I", "选择县（市、区）报来的一个或几个数据包"),
            Action("接收文件夹…", self.ask_for_folder, "import", tip="一次接收一个文件夹（U盘）里的全部数据包"),
            Action("催报清单", self.remind, "export", tip="没有报来和退回后还没有重报的县（市、区）、逾期天数和联系电话，写成工作簿"),
            Action("汇总工作簿", self.write, "export", tip="封面、汇总表、排名通报表和未达标单位清单，一个工作簿"),
            Action("调研报告", self.report, "export", tip="全市调研报告，数字取自汇总表；WPS、Word 可打开"),
            Action("审核上报", lambda: self.at.open_record.emit("report_task", self.at.task), "report", tip="到“报表”里打开这个任务：审核、封存，生成报省厅的数据包"),
        )

    def _try(self, act: Callable[..., Any], *given: Any) -> Any:
        try:
            return self.at.desk.act(act, *given)
        except ValueError as refusal:
            self.at.say(str(refusal))
            return None

    # Receiving

    def ask_for_files(self) -> None:
        """Choose packages and look at them."""
        chosen, _ = QFileDialog.getOpenFileNames(self.at, "接收数据包", str(Path.home()), "上报数据包和报表工作簿 (*.zip *.xlsx)")
        if chosen:
            self.look([Path(one) for one in chosen])

    def ask_for_folder(self) -> None:
        """Choose a folder and look at everything in it."""
        if chosen := QFileDialog.getExistingDirectory(self.at, "接收文件夹里的数据包", str(Path.home())):
            self.look([Path(chosen)])

    def look(self, paths: list[Path]) -> None:
        """Look at files in the background, then show what is to be said of each."""
        self.at.run("正在核对数据包……", lambda report: look_at(self.at.desk.book, paths, report), self._came)

    def _came(self, arrivals: list[Arrival]) -> None:
        if Came(arrivals, self.at.desk, self.at).exec():
            named = [int(one.task["id"]) for one in arrivals if one.answer in TAKES and one.task]

            def done(_numbers: Any) -> None:
                if named and self.at.task not in named:
                    self.at.show_task(named[0])
                self.at.desk.moved()

            self.at.run("正在接收……", lambda report: rollup.take(self.at.desk.book, arrivals, report), done)

    # A county's return

    def judge(self, points: list[int], verdict: str) -> None:
        """采信 or 退回 of points; what needs a reason is asked for one."""
        if not points:
            self.at.say("请先在下面选一条或几条审核问题。")
            return
        self.at.say("")
        asked = "县级的说明可以接受。强制性问题须写明理由。" if verdict == "采信" else "写明要县级改正或补充什么，随退回单发给县级。"
        Ask(
            verdict, f"选中的 {len(points)} 条审核问题：{asked}", {"reason": Field("市级意见说明", TEXT, required=verdict == "退回")},
            lambda said: self.at.desk.act(rollup.decide, points, verdict, said["reason"] or ""), self.at.desk.today, self.at, confirm=verdict,
        ).exec()  # fmt: skip

    def accept(self) -> None:
        """接收 the return in front."""
        one = self.at.standing(self.at.county)
        if one and one.package:
            self._try(rollup.accept, one.package["id"])

    def ask_to_return(self) -> None:
        """退回 the return in front with a 退回单."""
        one = self.at.standing(self.at.county)
        if one is None or one.package is None:
            return
        number, out, made = one.package["id"], usual_folder(self.at.desk.book.folder), list[Path]()
        asked = Ask(
            "退回报表", f"退回{one.county['name']}第 {one.package['version']} 版报表，并生成退回单：退回理由和意见为“退回”的审核问题都写在里面，县级导入后解封修改。",
            {"reason": Field("退回理由", TEXT, required=True)},
            lambda said: made.append(self.at.desk.act(return_package, number, said["reason"], out)), self.at.desk.today, self.at, confirm="退回",
        )  # fmt: skip
        if asked.exec() and made:
            self.at.written.say("退回单已生成，请发给县级", made[0])

    def ask_for_personal(self) -> None:
        """个人明细 of the return in front."""
        one = self.at.standing(self.at.county)
        if one and one.package and (shown := ask_for_personal(self.at.desk, one.package["id"], one.county["name"], self.at)):
            shown.exec()
            shown.deleteLater()

    # The city's own

    def ask_entry(self) -> None:
        """Type a figure of 市本级."""
        sheets = self.at.seen.sheets if self.at.seen else ()
        forms = [sheet.key.removeprefix("汇") for sheet in sheets if sheet.key.startswith("汇表") and sheet.key != "汇表0"]
        if not forms:
            self.at.say("还没有收到县（市、区）的数据包，不能填写市本级。请先接收数据包。")
            return
        Ask(
            "市本级填报", "市本级只填没有下达县（市、区）的数；已下达的填在表4“市级下达”第 23、24 栏，只作备忘核对，不计入合计。金额按表的单位填，留空为清除。",
            {
                "form": Field("表", choice("表", tuple(forms), {}), required=True), "line": Field("行", choice("行", ("市本级", "市级下达"), {}), required=True),
                "mark": Field("栏次", TEXT, required=True, hint="栏次（表4为行次），如 8"), "value": Field("填报数", TEXT),
            },
            lambda said: self.at.desk.act(rollup.type_entry, self.at.task, said["form"], said["mark"], said["value"] or "", said["line"]),
            self.at.desk.today, self.at, {"form": forms[0], "line": "市本级"},
        ).exec()  # fmt: skip

    def write(self) -> None:
        """汇总工作簿."""
        book, task, out = self.at.desk.book, self.at.task, usual_folder(self.at.desk.book.folder)
        towns, by = self.at.forms.towns.isChecked(), self.at.forms.by.currentText()
        said = "汇总工作簿已写出并逐格核对"
        self.at.run("正在写出……", lambda _report: city_papers.write_papers(book, task, out, towns=towns, by=by), lambda path: self.at.written.say(said, path))

    def remind(self) -> None:
        """催报清单: shown, and written out."""
        if (seen := self.at.seen) is None:
            return
        self.at.show_list("催报清单")
        book, task, day, out = self.at.desk.book, self.at.task, self.at.desk.today(), usual_folder(self.at.desk.book.folder)
        try:
            self.at.written.say("催报清单已写出", book.read(city_papers.write_reminders, task, day, seen.city, out))
        except (ValueError, OSError) as failed:
            self.at.say(str(failed))

    def report(self) -> None:
        """全市调研报告."""
        book, task, out = self.at.desk.book, self.at.task, usual_folder(self.at.desk.book.folder)
        self.at.run("正在写出……", lambda _report: city_papers.write_report(book, task, out), lambda path: self.at.written.say("全市调研报告已写出", path))

    def ask_bundle(self) -> None:
        """下发任务包."""
        name = f"{self.at.chooser.currentText()}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self.at, "下发任务包", str(usual_folder(self.at.desk.book.folder) / name), f"任务包 (*{SUFFIX})")
        if chosen and (path := self._try(export_bundle, self.at.task, Path(chosen))):
            self.at.written.say("任务包已生成，请发给各县（市、区）导入", path)
