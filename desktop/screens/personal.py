"""个人信息查询单 of the person in front: asked why, written to a folder, logged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db.lists import Row
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record import RowAction
from desktop.screens.written import usual_folder
from office.inquiry import inquiry
from policy.kinds import Field
from policy.kinds.text import TEXT

OWN: Final = "本人查询"


def inquiry_action(desk: Desk, parent: Callable[[], QWidget]) -> RowAction:
    """The action for the screen of people; `parent` gives the screen once it is there."""

    def run(row: Row) -> None:
        person, name = int(row.keys["person"][0]), str(row.values[0])

        def act(said: dict[str, Any]) -> None:
            folder = QFileDialog.getExistingDirectory(parent(), "查询单放在哪个文件夹", str(usual_folder(desk.book.folder)))
            if folder:
                path = desk.act(inquiry, person, Path(folder), said["reason"] or OWN)
                QMessageBox.information(parent(), "个人信息查询单", f"查询单已写出：{path}\n内容含完整号码，请当面交给本人。")

        explanation = f"{name}：列出台账里登记的本人全部信息（个人信息保护法第四十五条）。出具查询单会记入日志。"
        Ask("个人信息查询单", explanation, {"reason": Field("查询事由", TEXT, required=True)}, act, desk.today, parent(), {"reason": OWN}).exec()

    return RowAction("个人信息查询单", run, "print", tip="列出台账里登记的本人全部信息，交给本人核对；记入日志", more=True)
