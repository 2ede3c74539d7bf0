"""起始页: open a book, set up a county's book, or look at the demo first. Nothing else is on screen without a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.page import Page
from desktop.worker import ProgressStrip, Work
from office import demo
from office.new_book import new_book
from policy import divisions
from policy.clock import Clock
from policy.parameters import REGIONS

_SUFFIX: Final = ".经办台账"


class WelcomePage(Page):
    """What a clerk sees while no book is open. `recent`: books opened lately, newest first; `demo_folder`: where the demo county's book is."""

    opened = Signal(Path)
    """The book that is to be opened."""

    def __init__(self, recent: Sequence[Path], clock: Clock, demo_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock, self.demo_folder = clock, demo_folder
        self.recent = QListWidget()
        self.recent.setAccessibleName("最近打开的台账")
        self.new = NewBook(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)))
        self.demo = QPushButton("先看演示")
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.strip = ProgressStrip()
        self.recent.setMinimumHeight(90)
        self._list(recent)
        self._lay_out()
        self.recent.itemActivated.connect(self._open_recent)
        self.new.make.clicked.connect(self.make_new)
        self.demo.clicked.connect(self.make_demo)

    # Building

    def _list(self, recent: Sequence[Path]) -> None:
        for path in recent:
            there = path.exists()
            item = QListWidgetItem(f"{path.name.removesuffix(_SUFFIX)}\n{path}" + ("" if there else "（找不到，可能已移动）"))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            if not there:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.recent.addItem(item)

    def _lay_out(self) -> None:
        title = QLabel("经办台账")
        title.setObjectName("emptyTitle")
        purpose = QLabel("管理基层社会救助经办服务人员的配备、派驻和工资，对照粤民函〔2019〕453号核查，生成上报的报表。数据只保存在本机。")
        purpose.setObjectName("purpose")
        purpose.setWordWrap(True)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(_card("打开已有台账", self._open_side()), 1)
        both.addWidget(_card("新建台账", self.new), 1)
        content = QWidget()
        content.setMaximumWidth(1000)
        box = QVBoxLayout(content)
        box.setContentsMargins(28, 18, 28, 12)
        box.setSpacing(10)
        box.addWidget(title)
        box.addWidget(purpose)
        box.addWidget(self.wrong)
        box.addLayout(both)
        box.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.strip)

    def _open_side(self) -> QWidget:
        side = QWidget()
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        if self.recent.count():
            box.addWidget(QLabel("最近打开的台账（双击打开）"))
            box.addWidget(self.recent, 1)
        other = QPushButton("打开其他台账…" if self.recent.count() else "打开台账…")
        other.clicked.connect(self.ask_book)
        about = QLabel(f"演示用的是虚构的{demo.COUNTY}，有 13 个乡镇和两年的工资，可以随意改动。")
        about.setObjectName("purpose")
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(other)
        row.addWidget(self.demo)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(about)
        box.addStretch(0 if self.recent.count() else 1)
        return side

    def set_out(self) -> None:
        if self.recent.count():
            self.recent.setFocus()
            self.recent.setCurrentRow(0)
        else:
            self.new.city.setFocus()

    # Opening and making

    def _open_recent(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))

    def ask_book(self) -> None:
        """Ask for a book by its face file."""
        name, _ = QFileDialog.getOpenFileName(self, "打开台账", self.new.folder.text(), "经办台账 (*.jingban)")
        if name:
            self.opened.emit(Path(name).parent)

    def make_new(self) -> None:
        """Set up the book of the chosen county."""
        try:
            county, region, basis, folder = self.new.asked()
        except ValueError as wrong:
            self.say(str(wrong))
            return
        clock = self.clock
        self._make(f"正在新建{county.name}的台账……", lambda: new_book(folder, county.code, clock, region=region, basis=basis))

    def make_demo(self) -> None:
        """Make the demo county's book, or open the one made before."""
        folder, clock = self.demo_folder, self.clock
        self._make("正在准备演示数据……", lambda: demo.keep_or_make(folder, clock))

    def _make(self, words: str, make: Callable[[], Path]) -> None:
        if not self.strip.isHidden():
            return
        self.say("")
        work = Work(lambda report: make())
        self.strip.run(words, work)
        work.done.connect(self.opened)
        work.failed.connect(self._refuse)
        self.strip.stop.setEnabled(False)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.say(f"台账没有建成：{error.strerror or error}。请检查磁盘空间和文件夹权限，或换一个位置。")
        elif isinstance(error, ValueError):
            self.say(str(error))
        else:
            raise error

    def say(self, sentence: str) -> None:
        """Why it did not go on."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


class NewBook(QWidget):
    """Which county, which pay region with its basis, and where the book is put."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.city, self.county, self.region = QComboBox(), QComboBox(), QComboBox()
        self.basis = QLineEdit(placeholderText="文件名称或文号")
        self.folder = QLineEdit(str(home))
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("purpose")
        self.make = QPushButton("新建台账")
        self.make.setProperty("main", True)
        choose = QPushButton("选择…")
        choose.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (("地级市", self.city), ("县（市、区）", self.county), ("地区类别", self.region), ("地区类别依据", self.basis)):
            field.setAccessibleName(words)
            form.addRow(words, field)
        self.folder.setAccessibleName("存放位置")
        form.addRow("存放位置", place)
        form.addRow(self.note)
        form.addRow(self.make)
        self.city.addItem("请选择", "")
        for city in divisions.cities():
            self.city.addItem(city.name, city.code)
        self.city.currentIndexChanged.connect(self._offer_counties)
        self.county.currentIndexChanged.connect(self._offer_region)
        self.region.currentIndexChanged.connect(self._explain)
        self._offer_counties()

    def _offer_counties(self) -> None:
        self.county.clear()
        self.county.addItem("请选择", "")
        code = self.city.currentData()
        for county in divisions.counties(code) if code else ():
            self.county.addItem(county.name, county.code)
        if self.county.count() == 2:
            self.county.setCurrentIndex(1)

    def _offer_region(self) -> None:
        county = self._county()
        self.region.clear()
        if county is None:
            self.region.setEnabled(False)
        else:
            self.region.setEnabled(True)
            self.region.addItems([*(["请选择"] if county.doubtful else []), *REGIONS])
            self.region.setCurrentText("请选择" if county.doubtful else county.region)
        self._explain()

    def _explain(self) -> None:
        county = self._county()
        needed = county is not None and (county.doubtful or self.region.currentText() != county.region)
        self.basis.setEnabled(county is not None)
        if county is None:
            self.note.setText("选好县（市、区）后，地区类别和乡镇（街道）名单自动填好，都可以再改。")
        elif county.doubtful:
            why = county.note.removesuffix("。") or f"{county.name}属于珠三角还是粤东西北有不同口径"
            self.note.setText(f"{why}。请按本县执行的文件选择地区类别，并写明依据。")
        elif needed:
            self.note.setText(f"按所属地级市应为{county.region}。改为{self.region.currentText()}要写明依据。")
        else:
            towns = len(divisions.towns(county.code))
            self.note.setText(f"按所属地级市为{county.region}。将建立{divisions.bureau_name(county)}和 {towns} 个乡镇（街道）。")

    def _county(self) -> divisions.Division | None:
        code = self.county.currentData()
        return divisions.county(code) if code else None

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "台账放在哪个文件夹", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def asked(self) -> tuple[divisions.Division, str, str, Path]:
        """County, region and basis ("" where the city's holds), and the book's folder; ValueError with a sentence for what is missing."""
        county, basis, region = self._county(), self.basis.text().strip(), self.region.currentText()
        if county is None:
            raise ValueError("请先选择地级市和县（市、区）。")
        if region not in REGIONS:
            self.region.setFocus()
            raise ValueError(f"请为{county.name}选择地区类别：它决定年工资最低标准，不能自动确定。")
        own = county.doubtful or region != county.region
        if own and not basis:
            self.basis.setFocus()
            raise ValueError("请写明地区类别的依据（文件名称或文号）。")
        if not self.folder.text().strip():
            raise ValueError("请选择台账的存放位置。")
        folder = Path(self.folder.text().strip()).expanduser() / f"{county.name}{_SUFFIX}"
        return county, region if own or basis else "", basis, folder


def _card(title: str, content: QWidget) -> QWidget:
    card = QFrame()
    card.setObjectName("form")
    card.setFrameShape(QFrame.Shape.StyledPanel)
    heading = QLabel(title)
    heading.setObjectName("heading")
    box = QVBoxLayout(card)
    box.setContentsMargins(16, 12, 16, 12)
    box.addWidget(heading)
    box.addWidget(content, 1)
    return card
