"""F1: the help page of the screen in front beside the contents, what can be done there with its keys, and the printed 使用手册."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QKeySequence, QPageLayout, QPageSize, QTextCursor, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.frame import Frame
from desktop.page import Action, Menu, Page
from desktop.theme import FONTS, POINTS
from office.help_pages import KEYS, RULES_TITLE, START, help_page, shipped, titles
from policy.parameters import Parameters

_LOOKS: Final = """
h1 { font-size: 17pt; color: #21364f; margin-bottom: 8px; }
h2 { font-size: 13pt; color: #21364f; margin-top: 16px; margin-bottom: 4px; }
h3, h4 { font-size: 11pt; color: #21364f; margin-top: 12px; margin-bottom: 2px; }
p, li { line-height: 140%; margin-top: 3px; margin-bottom: 3px; }
blockquote { color: #4a5663; margin-left: 18px; margin-right: 18px; }
td, th { padding: 3px 8px; border: 1px solid #c9d1da; }
th { background: #edf1f6; }
table { border-collapse: collapse; margin-top: 4px; }
"""


class HelpWindow(QDialog):
    """Help beside the work: not modal, one window for as long as the program's window lives."""

    def __init__(self, parameters: Callable[[], Parameters | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.setMinimumSize(640, 420)
        self.resize(880, 600)
        self._parameters = parameters
        self._actions: dict[str, str] = {}
        self.contents = QListWidget()
        self.contents.setAccessibleName("目录")
        self.contents.addItems([*titles(), RULES_TITLE])
        self.search = QLineEdit(placeholderText="在全部帮助里查找")
        self.search.setAccessibleName("在全部帮助里查找")
        self.search.setClearButtonEnabled(True)
        self.page = QTextBrowser()
        self.page.setAccessibleName("帮助内容")
        self.page.setOpenLinks(False)
        self.buttons = QDialogButtonBox()
        self.printing = self.buttons.addButton("打印使用手册…", QDialogButtonBox.ButtonRole.ActionRole)
        close = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        self.printing.setAutoDefault(False)
        close.setAutoDefault(False)
        self._lay_out()
        self.contents.currentTextChanged.connect(self._turn)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.page.setFocus)
        self.printing.clicked.connect(self.print_manual)
        self.buttons.rejected.connect(self.close)

    def _lay_out(self) -> None:
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.search)
        side.addWidget(self.contents, 1)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self.page)
        both.setStretchFactor(1, 1)
        both.setSizes([190, 690])
        last = QHBoxLayout()
        last.addWidget(self.buttons)
        box = QVBoxLayout(self)
        box.addWidget(both, 1)
        box.addLayout(last)

    def show_page(self, words: str, page: Page | None = None) -> None:
        """Open at a screen's page; `page`: the screen itself, whose actions are listed with their keys."""
        self.search.clear()
        if page is not None:
            self._actions[words] = actions_text(page)
        found = self.contents.findItems(words, Qt.MatchFlag.MatchExactly)
        at = self.contents.row(found[0]) if found else 0
        if at == self.contents.currentRow():
            self._turn(self.contents.currentItem().text())
        self.contents.setCurrentRow(at)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def print_manual(self) -> None:
        """The whole manual, with the parameters in force, on A4."""
        from office.manual import manual

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(18, 18, 18, 18)))
        document = dressed(manual(self._held()), POINTS)
        dialog = QPrintPreviewDialog(printer, self)
        dialog.setWindowTitle("使用手册")
        dialog.paintRequested.connect(document.print_)
        dialog.exec()
        dialog.setParent(None)

    def _held(self) -> Parameters:
        return self._parameters() or shipped()

    def _turn(self, words: str) -> None:
        if words:
            document = dressed(help_page(words, self._held()) + self._actions.get(words, ""), POINTS)
            document.setParent(self.page)
            self.page.setDocument(document)
            self._mark(self.search.text().strip())

    def _narrow(self, text: str) -> None:
        """Only the pages in which the words stand; the first one comes to the front, the words marked."""
        asked, parameters = text.strip(), self._held()
        for at in range(self.contents.count()):
            item = self.contents.item(at)
            item.setHidden(bool(asked) and asked not in help_page(item.text(), parameters))
        shown = [at for at in range(self.contents.count()) if not self.contents.item(at).isHidden()]
        if shown and self.contents.currentRow() not in shown:
            self.contents.setCurrentRow(shown[0])
        self._mark(asked)

    def _mark(self, text: str) -> None:
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if text:
            self.page.find(text)


def dressed(markdown: str, points: float) -> QTextDocument:
    """A text of ours as a document with our looks, for the screen and for paper."""
    plain = QTextDocument()
    plain.setMarkdown(markdown)
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamilies(FONTS)
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_LOOKS)
    document.setHtml(_bare(plain.toHtml()))
    return document


def _bare(html: str) -> str:
    """Without the looks Qt writes into every element, so that the style sheet's hold; quotes said as quotes."""
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r'<p style="[^"]*margin-left:(?!0px)[^"]*"', "<p class='quote' style='margin-left:20px; margin-right:20px; color:#4a5663'", html)
    html = re.sub(r'(<(?:p|h\d|ul|ol|li|span|body|td|th))\s+style="[^"]*"', r"\1", html)
    return re.sub(r"<table[^>]*>", '<table cellspacing="0" cellpadding="4" border="1" style="border-color:#c9d1da">', html)


def actions_text(page: Page) -> str:
    """What can be done on a screen, with its keys, as it is offered there."""
    rows = [f"| {words} | {keys or '　'} | {tip or '　'} |" for words, keys, tip in _offered(page)]
    return "\n".join(("", "## 本页的操作", "", "| 操作 | 按键 | 说明 |", "|---|---|---|", *rows, "")) if rows else ""


def _offered(page: Page) -> Iterator[tuple[str, str, str]]:
    said = set()
    menus = [one for action in page.toolbar.actions() if (menu := action.menu()) is not None for one in menu.actions()]  # type: ignore[attr-defined]
    for action in (*page.toolbar.actions(), *menus, *page.actions()):
        words = action.text().replace("&", "").rstrip("…")
        if action.isSeparator() or not words or words in said:
            continue
        said.add(words)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = action.toolTip().removesuffix(f"（{keys}）") if keys else action.toolTip()
        yield words, keys, "" if tip.rstrip("…") == words else tip


def _about(desk: Desk, frame: Frame) -> None:
    from desktop.about import About  # reads licences and settings, for which the window does not wait at start

    About(desk, frame).exec()


def help_menu(desk: Desk, frame: Callable[[], Frame]) -> Menu:
    """The menu 帮助: the page of the screen in front (F1), rules, keys, the printed manual, and 关于."""
    windows: list[HelpWindow] = []

    def parameters() -> Parameters | None:
        return desk.check.facts.parameters if desk.check else None

    def opened() -> HelpWindow:
        if not windows:
            windows.append(HelpWindow(parameters, frame()))
        return windows[0]

    return Menu("帮助(&H)", (
        Action("本页帮助", lambda: opened().show_page(frame().words(), frame().page()), "help", "F1"),
        Action(START, lambda: opened().show_page(START)),
        Action(RULES_TITLE, lambda: opened().show_page(RULES_TITLE), tip="每一条规则看什么、怎么算、怎么办"),
        Action(KEYS, lambda: opened().show_page(KEYS)),
        Action("打印使用手册…", lambda: opened().print_manual(), "print"),
        None,
        Action("关于经办台账", lambda: _about(desk, frame())),
    ))  # fmt: skip
