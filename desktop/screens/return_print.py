"""The whole set of a return as one PDF: the cover and every form as the workbook looks, each on its own paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPainter

from desktop.printing import Print
from desktop.worker import Report
from resources import files
from returns.sheet import Sheet


def write_pdf(sheets: Sequence[Sheet], target: Path, report: Report) -> Path:
    """Write the forms to a PDF; the old file stays where it does not come to an end. OSError with a sentence."""
    try:
        with files.beside(target) as temporary:
            whole = Print(sheets[0], str(temporary)).printer
            whole.setDocName(target.stem)
            painter = QPainter()
            if not painter.begin(whole):
                raise OSError(f"写不出“{target.name}”。请检查文件夹权限，或换一个位置重试。")
            try:
                for at, sheet in enumerate(sheets):
                    report(at, len(sheets), f"正在排 {sheet.key}……")
                    one = Print(sheet, str(temporary))
                    if at:
                        whole.setPageLayout(one.printer.pageLayout())
                        whole.newPage()
                    one.paint_with(painter, whole)
            finally:
                painter.end()
            files.put_in_place(temporary, target)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(files.sentence(target, error)) from error
    return target
