"""What is done with a whole return: 审核, 封存, 上报, 接收, 退回, 解封, and its workbook, PDF and packages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QLineEdit

from db.lists.report_tasks import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK
from desktop.ask import Ask
from desktop.opening import confirmed
from desktop.output import PURPOSE, purpose_of
from desktop.screens.return_print import write_pdf
from desktop.screens.written import usual_folder
from desktop.worker import Report
from office import seal
from office.accounts import alone
from office.edit import exported_forms
from office.editions import Edition, names_people, sheets_of, write_edition
from office.package import package, trial_package
from office.returns_desk import Draft
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.number import YESNO
from policy.kinds.text import NAME, TEXT

if TYPE_CHECKING:
    from desktop.screens.return_desk import ReturnDesk

VALUES, FORMULAS = "数值（推荐）", "带公式"
_CONTENT = choice("单元格内容", (VALUES, FORMULAS), {})


class ReturnActs(QObject):
    """The acts on the return a desk shows. Each asks what it needs; a refusal stands in the question or on the desk."""

    def __init__(self, at: ReturnDesk) -> None:
        super().__init__(at)
        self.at = at

    def _draft(self) -> Draft | None:
        if self.at.busy:
            self.at.say("正在运算，请稍候再试。")
            return None
        return self.at.seen.draft if self.at.seen else None

    def next(self) -> None:
        """The one next step."""
        draft = self._draft()
        if draft is None:
            return
        steps: dict[str, Callable[[], object]] = {
            DRAFT: self.approve, APPROVED: self.seal, SEALED: self.send, SENT: self.receive, SENT_BACK: self.unseal,
        }  # fmt: skip
        if draft.state in steps:
            steps[draft.state]()

    # Steps

    def _step(self, words: str, act: Callable[..., Any], then: Callable[[Any], object] | None = None) -> None:
        """Do a step in the background; then everything is read again."""
        desk, number = self.at.desk, self.at.number

        def done(found: Any) -> None:
            desk.moved()
            if then:
                then(found)

        self.at.run(words, lambda _report: act(desk.book, number), done)

    def approve(self) -> None:
        """审核: where something stands in the way, it is said and shown."""
        draft = self._draft()
        if draft is None:
            return
        if stops := draft.audited.stops():
            self.at.say(stops)
            self.at.show_below(self.at.audit)
            self.at.audit.todo.setChecked(True)
            self.at.audit.tree.setFocus()
            return
        if not alone(self.at.desk.book):
            self._step("正在审核……", seal.approve)
            return
        field = Field("审核人", NAME, required=True, hint="实际看过这份报表的另一位同志")
        explanation = "只有一人使用这本台账，请填写审核人姓名；日志会写明由您代录。两个人都用的，请在“账号与角色”页各建账号，由审核人登录审核。"
        start = {"approver": draft.facts.county.reviewer} if draft.facts.county.reviewer != self.at.desk.book.who else {}

        def act(said: dict[str, Any]) -> None:
            self._step("正在审核……", lambda book, number: seal.approve(book, number, said["approver"]))

        Ask("审核", explanation, {"approver": field}, act, self.at.desk.today, self.at, start, confirm="审核通过").exec()

    def seal(self) -> None:
        """封存 what was approved."""
        if self._draft():
            self._step("正在封存，写出工作簿并逐格核对……", seal.seal)

    def _ask_reason(self, title: str, explanation: str, act: Callable[[str], object], confirm: str) -> None:
        field = Field("理由", TEXT, required=True, hint="不少于 5 个字，记入日志")
        Ask(title, explanation, {"reason": field}, lambda said: act(said["reason"]), self.at.desk.today, self.at, confirm=confirm).exec()

    def withdraw(self) -> None:
        """退回修改 of an approved return."""
        self._ask_reason(
            "退回修改", "报表回到“编制中”，改好后重新审核。", lambda reason: self.at.desk.act(seal.withdraw, self.at.number, reason), "退回修改"
        )

    def unseal(self) -> None:
        """解封: the next version."""

        def act(reason: str) -> None:
            self.at.number = self.at.desk.act(seal.unseal, self.at.number, reason)
            self.at.calculate()

        self._ask_reason(
            "解封", "生成下一版报表，编制中；填报数和说明带到新的一版。这一版的封存保留，随时可以查看。", act, "解封"
        )

    def receive(self) -> None:
        """登记接收."""
        fields = {"other": Field("接收单位", NAME, required=True), "remark": Field("备注", TEXT)}
        Ask(
            "登记接收", "上级已经接收这份报表。接收后不能解封；需要修改的，先登记上级退回。", fields,
            lambda said: self.at.desk.act(seal.receive, self.at.number, said["other"], said["remark"] or ""), self.at.desk.today, self.at, confirm="登记接收",
        ).exec()  # fmt: skip

    def send_back(self) -> None:
        """登记退回, by the office above."""
        fields = {"other": Field("退回单位", NAME, required=True), "reason": Field("退回意见", TEXT, required=True, hint="照退回单填写")}
        Ask(
            "登记退回", "上级退回了这份报表。登记后用“解封”生成下一版再修改。", fields,
            lambda said: self.at.desk.act(seal.send_back, self.at.number, said["other"], said["reason"]), self.at.desk.today, self.at, confirm="登记退回",
        ).exec()  # fmt: skip

    # Files

    def _folder(self, title: str) -> Path | None:
        folder = QFileDialog.getExistingDirectory(self.at, title, str(usual_folder(self.at.desk.book.folder)))
        return Path(folder) if folder else None

    def _write(self, words: str, task: Callable[[Report], Path], said: str, *, stops: bool = False, moves: bool = False) -> None:
        def done(path: Path) -> None:
            self.at.written.say(said, path)
            self.at.say("")
            if moves:
                self.at.desk.moved()

        self.at.written.hide()
        self.at.run(words, task, done, stops=stops)

    def send(self) -> None:
        """上报: ask to whom (and for the password of personal forms), then where the package is to lie."""
        draft = self._draft()
        if draft is None:
            return
        fields = {"to": Field("报送单位", NAME, required=True)}
        explanation = "生成上报数据包（工作簿、数据、附件和校验），并登记上报。数据包由各部分的校验保护，改动一个字节就不能接收。"
        if draft.task.personal:
            fields |= {"password": Field("个人明细密码", TEXT, required=True), "again": Field("再输一次", TEXT, required=True)}
            explanation += "\n任务要求随报个人明细：请设密码，另行告知接收单位，不要与数据包一起发送。"
        answers: dict[str, Any] = {}

        def take(said: dict[str, Any]) -> None:
            if said.get("password") != said.get("again"):
                raise ValueError("两次输入的密码不一样。请重新输入。")
            answers.update(said)

        question = Ask("上报" if draft.state == SEALED else "重新生成数据包", explanation, fields, take, self.at.desk.today, self.at, confirm="下一步")
        for name in ("password", "again"):
            if isinstance(line := question.editors.get(name), QLineEdit):
                line.setEchoMode(QLineEdit.EchoMode.Password)
        if question.exec() and self._may_go_out(draft) and (folder := self._folder("数据包放在哪个文件夹")):
            self.send_to(folder, answers["to"], answers.get("password") or "")

    def send_to(self, folder: Path, to: str, password: str = "") -> None:
        """Make the package in a folder and note that it went."""
        book, number = self.at.desk.book, self.at.number
        self._write(
            "正在生成数据包并逐项核对……", lambda _report: package(book, number, folder, password=password, to=to), "数据包已写出并逐项核对", moves=True
        )

    def try_out(self) -> None:
        """试报: a package of the return as it stands, marked as not approved."""
        draft = self._draft()
        if draft and self._may_go_out(draft) and (folder := self._folder("试报数据包放在哪个文件夹")):
            book, number = self.at.desk.book, self.at.number
            self._write("正在生成试报数据包……", lambda _report: trial_package(book, number, folder), "试报数据包（未通过审核）已写出")

    def workbook(self) -> None:
        """Ask for the edition and the folder of the workbook."""
        draft = self._draft()
        if draft is None:
            return
        fields = {
            "content": Field("单元格内容", _CONTENT, required=True, hint="收报软件读不出没有算过的公式，上报用数值"),
            "public": Field("公开版", YESNO, hint="不含个人信息"),
            "a4_only": Field("全部用A4纸", YESNO),
            "charts": Field("带图表页", YESNO),
        }
        if named := names_people(draft, Edition()):
            fields["purpose"] = PURPOSE
        start = {"content": VALUES, "public": draft.task.public, "a4_only": draft.task.a4_only, "charts": False}
        chosen: list[Edition] = []
        purpose: list[str] = []

        def take(said: dict[str, Any]) -> None:
            public, a4 = bool(said["public"]) and not draft.task.public, bool(said["a4_only"]) and not draft.task.a4_only
            if named and not said["public"] and not said["purpose"]:
                raise ValueError("附表1、附表2含个人信息，请填写导出用途；只要数字的，请选公开版。")
            chosen.append(Edition(said["content"] == FORMULAS, public, a4, bool(said["charts"])))
            purpose.append(said.get("purpose") or "")

        explanation = "写出一个 Excel 工作簿：封面、目录和各表，写出后逐格读回核对。"
        asked = Ask("工作簿", explanation, fields, take, self.at.desk.today, self.at, start, "下一步")
        if asked.exec() and self._may_go_out(draft, chosen[-1]) and (folder := self._folder("工作簿放在哪个文件夹")):
            self.write_workbook(folder, chosen[-1], purpose[-1])

    def _may_go_out(self, draft: Draft, edition: Edition | None = None) -> bool:
        """Whether a return may be written out: one that names people only with the password typed again."""
        return not names_people(draft, edition or Edition()) or confirmed(self.at.desk.book, "“附表”", self.at)

    def write_workbook(self, folder: Path, edition: Edition | None = None, purpose: str = "") -> None:
        """Write the workbook into a folder."""
        draft, book, chosen = self._draft(), self.at.desk.book, edition or Edition()
        if draft is not None:
            self._write("正在写出工作簿并逐格核对……", lambda _report: write_edition(book, draft, chosen, folder, purpose), "工作簿已写出并逐格读回核对")

    def pdf(self) -> None:
        """Every form and the cover as a PDF."""
        draft = self._draft()
        if draft is None:
            return
        name = f"{draft.facts.county.name}_{draft.task.short}_{draft.facts.period.title}_V{draft.version}.pdf"
        start = str(usual_folder(self.at.desk.book.folder) / name)
        purpose = ""
        if names_people(draft, Edition()):
            said = purpose_of("存为 PDF", "附表1、附表2含个人信息，导出记入日志。", "“附表”", self.at.desk, self.at)
            if said is None:
                return
            purpose = said
        chosen, _ = QFileDialog.getSaveFileName(self.at, "全部报表存为 PDF", start, "PDF 文件 (*.pdf)")
        if chosen:
            self.write_pdf(Path(chosen).with_suffix(".pdf"), purpose)

    def write_pdf(self, target: Path, purpose: str = "") -> None:
        """Write the whole set as a PDF."""
        draft = self._draft()
        if draft is None:
            return

        def task(report: Report) -> Path:
            sheets = sheets_of(draft, Edition())
            path = write_pdf(sheets, target, report)
            if not draft.task.public:
                exported_forms(self.at.desk.book, sheets, path, purpose, masked=draft.task.masked)
            return path

        self._write("正在排印……", task, "PDF 已写出", stops=True)

    def offered(self) -> set[str]:
        """Names of the acts that can be done in the state in front."""
        state = self.at.seen.draft.state if self.at.seen else ""
        if not state:
            return set()
        by_state = {DRAFT: {"try_out"}, APPROVED: {"withdraw", "try_out"}, SEALED: {"unseal"}, SENT: {"send_back", "unseal", "send"}, RECEIVED: {"send_back"}}
        return {"workbook", "pdf", *by_state.get(state, set())}
