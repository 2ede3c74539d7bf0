"""Double click: a book, a backup, a task bundle or a slip opens in this program, for this user only, without administrator's rights.

What Windows asks for stands in the user's own part of the registry; every entry is the program's own and is taken away again by
`dissociate`. On other systems nothing is to be done here: their desktops know a program by a file the package manager brings.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMessageBox, QWidget

CLASSES: Final = r"HKEY_CURRENT_USER\Software\Classes"
KINDS: Final = {".jingban": "经办台账", ".经办备份": "经办台账备份", ".任务包": "报送任务包", ".退回单": "报表退回单"}
"""Ends of file names that are this program's own, and what Windows calls such a file."""
PACKAGE: Final = (".zip", "上报数据包")
"""A package is a zip: it keeps opening as one; this program only stands under 打开方式."""


def possible() -> bool:
    """Whether there is something to switch: the packed program on Windows."""
    return sys.platform == "win32" and bool(getattr(sys, "frozen", False))


def registry() -> QSettings:
    """The user's own part of the registry in which Windows looks for kinds of files."""
    return QSettings(CLASSES, QSettings.Format.NativeFormat)


def associated(classes: QSettings, program: Path) -> bool:
    """Whether a double click on a book opens this very program (not one in a folder that was moved since)."""
    return bool(classes.value(".jingban/.") == _name(".jingban") and classes.value(f"{_name('.jingban')}/shell/open/command/.") == _command(program))


def associate(classes: QSettings, program: Path) -> None:
    """Have `program` open its own kinds of files at a double click, and stand under 打开方式 of a zip."""
    for end, words in (*KINDS.items(), PACKAGE):
        name = _name(end)
        classes.setValue(f"{name}/.", words)
        classes.setValue(f"{name}/DefaultIcon/.", f'"{program}",0')
        classes.setValue(f"{name}/shell/open/command/.", _command(program))
        if end in KINDS:
            classes.setValue(f"{end}/.", name)
        else:
            classes.setValue(f"{end}/OpenWithProgids/{name}", "")
    classes.sync()
    _tell_windows()


def dissociate(classes: QSettings) -> None:
    """Take away every entry that `associate` made, and no other: an end that belongs to another program by now stays with it."""
    for end in (*KINDS, PACKAGE[0]):
        name = _name(end)
        classes.remove(name)
        classes.remove(f"{end}/OpenWithProgids/{name}")
        classes.beginGroup(end)
        empty = not classes.allKeys()
        classes.endGroup()
        if empty or (end in KINDS and classes.value(f"{end}/.") == name):
            classes.remove(end)
    classes.sync()
    _tell_windows()


def ask(program: Path, parent: QWidget) -> None:
    """双击打开: say how it stands, and switch it where the user wants so."""
    classes = registry()
    now = associated(classes, program)
    stands = "现在双击 .jingban、.经办备份、.任务包、.退回单 文件，由本程序打开。" if now else "现在双击 .jingban 等文件不会打开本程序。"
    means = "要取消吗？" if now else f"要改为由本程序打开吗？只对当前 Windows 用户生效，不需要管理员权限，随时可以取消。\n程序位置：{program}（以后移动了文件夹，重新设置一次）"
    if QMessageBox.question(parent, "双击打开台账", f"{stands}\n{means}") == QMessageBox.StandardButton.Yes:
        if now:
            dissociate(classes)
        else:
            associate(classes, program)


def _name(end: str) -> str:
    return f"jingban{end}"


def _command(program: Path) -> str:
    return f'"{program}" "%1"'


def _tell_windows() -> None:
    """Explorer draws icons and looks up programs anew."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(0x08000000, 0, None, None)
