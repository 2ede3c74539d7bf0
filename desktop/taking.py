"""Files dropped on the window of an open book, or double-clicked while it is open: each goes where it belongs, or is refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QMessageBox

from desktop.arriving import BACKUP, BUNDLE, FOLDER, PACKAGE, SLIP, TABLE, sort_of
from office.city_book import is_city

if TYPE_CHECKING:
    from desktop.screens.bring_in import BringInPage
    from desktop.screens.rollup import RollupPage
    from desktop.window import Window

ROLLUP, BRING_IN = "市级汇总", "导入"


def take(window: Window, paths: Sequence[Path]) -> None:
    """Take files in; what they are is told by the first one (several only as packages for a city)."""
    path, sort, city = paths[0], sort_of(paths[0]), window.desk.read(is_city)
    if sort == BACKUP:
        window.keeper.restore(path)
    elif sort in (BUNDLE, SLIP):
        _from_above(window, path, sort)
    elif city and sort in (PACKAGE, TABLE, FOLDER):
        cast("RollupPage", window.go(ROLLUP)).look(list(paths))
    elif sort == PACKAGE:
        _say(window, path, "像是上报数据包：由市级汇总台账接收。这一本是县级台账；要上报，请在“报表”里生成数据包。压缩文件里是表格的，请先解压再拖入。")
    elif sort == FOLDER:
        cast("BringInPage", window.go(BRING_IN)).read_folder(path)
    elif sort == TABLE and len(paths) == 1:
        cast("BringInPage", window.go(BRING_IN)).read(path)
    elif sort == TABLE:
        _say(window, path, f"等 {len(paths)} 个文件不能一次导入。请一个一个拖入；收回的采集表放进一个文件夹再拖入。")
    else:
        _say(window, path, "不是能打开的文件。可以拖入台账（.jingban）、备份、任务包、退回单和 Excel、WPS 表格；扫描件请拖到那条记录的“附件”里。")


def _from_above(window: Window, path: Path, sort: str) -> None:
    """What a city sends to a county's book."""
    from desktop.screens.rollup_receive import bring_bundle, bring_slip

    (bring_bundle if sort == BUNDLE else bring_slip)(window.desk, window.frame, path)


def _say(window: Window, path: Path, words: str) -> None:
    QMessageBox.information(window.frame, "没有打开", f"“{path.name}”{words}")
