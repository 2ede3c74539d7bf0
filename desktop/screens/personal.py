"""个人信息查询单 and 依法删除 of the person in front: asked why, the password typed again, logged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db.lists import Row
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.opening import confirmed
from desktop.record import RowAction
from desktop.screens.written import usual_folder
from office.erase import erase, what_goes
from office.inquiry import inquiry
from office.password import ON_DISK
from policy.kinds import Field
from policy.kinds.text import TEXT

OWN: Final = "本人查询"
TITLE: Final = "依法删除个人信息"
BY_LAW: Final = "本人申请（个人信息保护法第四十七条）"


def inquiry_action(desk: Desk, parent: Callable[[], QWidget]) -> RowAction:
    """The action for the screen of people; `parent` gives the screen once it is there."""

    def run(row: Row) -> None:
        person, name = int(row.keys["person"][0]), str(row.values[0])

        def act(said: dict[str, Any]) -> None:
            if not confirmed(desk.book, "查询单", parent()):
                return
            folder = QFileDialog.getExistingDirectory(parent(), "查询单放在哪个文件夹", str(usual_folder(desk.book.folder)))
            if folder:
                path = desk.act(inquiry, person, Path(folder), said["reason"] or OWN)
                QMessageBox.information(parent(), "个人信息查询单", f"查询单已写出：{path}\n内容含完整号码，请当面交给本人。")

        explanation = f"{name}：列出台账里登记的本人全部信息（个人信息保护法第四十五条）。出具查询单会记入日志。"
        Ask("个人信息查询单", explanation, {"reason": Field("查询事由", TEXT, required=True)}, act, desk.today, parent(), {"reason": OWN}).exec()

    return RowAction("个人信息查询单", run, "print", tip="列出台账里登记的本人全部信息，交给本人核对；记入日志", more=True)


def erase_action(desk: Desk, parent: Callable[[], QWidget]) -> RowAction:
    """依法删除 of somebody who left: what goes is said first, and what is left afterwards. Nothing undoes it."""

    def run(row: Row) -> None:
        person = int(row.keys["person"][0])

        def act(said: dict[str, Any]) -> None:
            if confirmed(desk.book, "要删除的内容", parent()):
                done = desk.act(erase, person, said["reason"])
                QMessageBox.information(parent(), TITLE, "\n".join(done.sentences()))

        try:
            goes = what_goes(desk.book, person)
        except ValueError as refusal:
            QMessageBox.information(parent(), TITLE, str(refusal))
            return
        explanation = "\n".join([*goes, f"删除不能撤销，也不能从回收站找回。{ON_DISK}"])
        Ask(TITLE, explanation, {"reason": Field("依据或理由", TEXT, required=True)}, act, desk.today, parent(), {"reason": BY_LAW}, "依法删除").exec()

    return RowAction(f"{TITLE}…", run, "trash", tip="离职人员要求删除个人信息时用：清空姓名、证件号等，数字和日期保留；不能撤销", more=True)
