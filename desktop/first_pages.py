"""The pages of the first-run wizard: whose book, where it lies, its password, the people (the townships: desktop/first_units.py)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from office import first_book as acts
from office.password import MEANS, fit
from policy import divisions
from policy.parameters import REGIONS

SUFFIX: Final = ".经办台账"
LATER, IMPORT, TEMPLATE = "以后再说", "现在导入花名册", "先下载花名册模板"
AFTERWARDS: Final = (IMPORT, TEMPLATE, LATER)
"""What comes after the book is made."""
_CHOOSE: Final = "请选择"


class WizardPage(QWidget):
    """One page: its title, what it is for, and whether it may be left."""

    title = ""
    explains = ""

    def check(self) -> None:
        """Whether the clerk may go on; ValueError with a sentence, the focus where it is to be mended."""

    def begin(self) -> None:
        """The page comes to the front: the focus where work begins."""


def _fields(rows: Sequence[tuple[str, QWidget]], into: QFormLayout) -> None:
    into.setContentsMargins(0, 0, 0, 0)
    into.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for words, field in rows:
        field.setAccessibleName(words)
        into.addRow(words, field)


def explained() -> QLabel:
    """A line of explanation."""
    said = QLabel(wordWrap=True)
    said.setObjectName("purpose")
    return said


class WhosePage(WizardPage):
    """A county's book or a city's; which one, its pay region and the basis."""

    title = "单位"
    explains = "先选本单位。名称和乡镇（街道）名单按 2023 年区划自动填好，地区类别决定年工资最低标准，都可以改。"

    def __init__(self) -> None:
        super().__init__()
        self.of_county, self.of_city = QRadioButton("县级台账（本县人员、工资、合同、经费和报表）"), QRadioButton("市级汇总台账（接收各县数据包，汇总上报）")
        self.of_county.setChecked(True)
        self.city, self.county, self.region = QComboBox(), QComboBox(), QComboBox()
        self.basis = QLineEdit(placeholderText="文件名称或文号")
        self.note = explained()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.of_county)
        box.addWidget(self.of_city)
        self.form = QFormLayout()
        _fields((("地级市", self.city), ("县（市、区）", self.county), ("地区类别", self.region), ("地区类别依据", self.basis)), self.form)
        box.addLayout(self.form)
        box.addWidget(self.note)
        box.addStretch(1)
        self.city.addItem(_CHOOSE, "")
        for city in divisions.cities():
            self.city.addItem(city.name, city.code)
        self.city.currentIndexChanged.connect(self._offer_counties)
        self.county.currentIndexChanged.connect(self._offer_region)
        self.region.currentIndexChanged.connect(self._explain)
        self.of_city.toggled.connect(self._turn)
        self._offer_counties()

    def begin(self) -> None:
        self.city.setFocus()

    def _turn(self, city: bool) -> None:
        for field in (self.county, self.region, self.basis):
            self.form.setRowVisible(field, not city)
        self._explain()

    def _offer_counties(self) -> None:
        self.county.clear()
        self.county.addItem(_CHOOSE, "")
        code = self.city.currentData()
        for county in divisions.counties(code) if code else ():
            self.county.addItem(county.name, county.code)
        if self.county.count() == 2:
            self.county.setCurrentIndex(1)

    def _offer_region(self) -> None:
        county = self.chosen()
        self.region.clear()
        self.region.setEnabled(county is not None)
        if county is not None:
            self.region.addItems([*([_CHOOSE] if county.doubtful else []), *REGIONS])
            self.region.setCurrentText(_CHOOSE if county.doubtful else county.region)
        self._explain()

    def _explain(self) -> None:
        county = self.chosen()
        self.basis.setEnabled(county is not None)
        if self.of_city.isChecked():
            code = self.city.currentData()
            said = f"将列出{self.city.currentText()}的 {len(divisions.counties(code))} 个县（市、区）。" if code else "市级台账只接收各县（市、区）的上报数据包并汇总，不登记人员。"
        elif county is None:
            said = "选好县（市、区）后，地区类别和乡镇（街道）名单自动填好，都可以再改。"
        elif county.doubtful:
            why = county.note.removesuffix("。") or f"{county.name}属于珠三角还是粤东西北有不同口径"
            said = f"{why}。请按本县执行的文件选择地区类别，并写明依据。"
        elif self.region.currentText() != county.region:
            said = f"按所属地级市应为{county.region}。改为{self.region.currentText()}要写明依据。"
        else:
            towns = len(divisions.towns(county.code))
            said = f"按所属地级市为{county.region}。将建立{divisions.bureau_name(county)}和 {towns} 个乡镇（街道），后面可以增减。"
        self.note.setText(said)

    def chosen(self) -> divisions.Division | None:
        """The county chosen."""
        code = self.county.currentData()
        return divisions.county(code) if code else None

    def name(self) -> str:
        """What the book will be called."""
        county = self.chosen()
        return self.city.currentText() if self.of_city.isChecked() else county.name if county else ""

    def own_region(self) -> tuple[str, str]:
        """Region and basis as the clerk set them ("" where the city's holds)."""
        county, basis, region = self.chosen(), self.basis.text().strip(), self.region.currentText()
        own = county is not None and (county.doubtful or region != county.region)
        return region if own or basis else "", basis

    def check(self) -> None:
        county, region = self.chosen(), self.region.currentText()
        if self.of_city.isChecked():
            if not self.city.currentData():
                self.city.setFocus()
                raise ValueError("请先选择地级市。")
            return
        if county is None:
            (self.county if self.city.currentData() else self.city).setFocus()
            raise ValueError("请先选择地级市和县（市、区）。")
        if region not in REGIONS:
            self.region.setFocus()
            raise ValueError(f"请为{county.name}选择地区类别：它决定年工资最低标准，不能自动确定。")
        if (county.doubtful or region != county.region) and not self.basis.text().strip():
            self.basis.setFocus()
            raise ValueError("请写明地区类别的依据（文件名称或文号）。")


class PlacePage(WizardPage):
    """Where the book lies, and where its first backup goes."""

    title = "存放位置"
    explains = "台账是一个文件夹，请放在本机硬盘上；不要放在网盘同步文件夹、共享文件夹里，也不要直接在 U 盘上使用。"

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.name = ""
        self.folder, self.backup = QLineEdit(str(home)), QLineEdit(placeholderText="可以不填，以后再备份")
        self.note = explained()
        form = QFormLayout(self)
        for words, line, title in (("存放位置", self.folder, "台账放在哪个文件夹"), ("备份位置", self.backup, "备份放在哪个文件夹")):
            _fields(((words, _Choosing(line, words, title)),), form)
        form.addRow(self.note)
        form.setVerticalSpacing(12)
        self.folder.textChanged.connect(self._explain)
        self.backup.textChanged.connect(self._explain)

    def begin(self) -> None:
        self._explain()
        self.folder.setFocus()

    def book(self) -> Path:
        """The folder that will be the book."""
        return Path(self.folder.text().strip()).expanduser() / f"{self.name}{SUFFIX}"

    def backups(self) -> Path | None:
        """Where the first backup goes."""
        said = self.backup.text().strip()
        return Path(said).expanduser() if said else None

    def _explain(self) -> None:
        lines = [f"将建立文件夹：{self.book()}"] if self.folder.text().strip() else []
        lines += [words for words in acts.place_said(self.book()) if words] if self.folder.text().strip() else []
        lines.append("打开台账后、导入和恢复之前都会自动备份在台账里；硬盘坏了这些备份也会丢，所以另选一个备份位置（U 盘或另一块硬盘）更稳妥，建好后先备份一次。")
        self.note.setText("\n\n".join(lines))

    def check(self) -> None:
        if not self.folder.text().strip():
            self.folder.setFocus()
            raise ValueError("请选择台账的存放位置。")
        if refusal := acts.place_said(self.book())[0]:
            self.folder.setFocus()
            raise ValueError(refusal)
        if self.book().exists():
            self.folder.setFocus()
            raise ValueError(f"“{self.book()}”已经存在。要继续用它，请回到起始页打开；要另建一本，请换一个位置。")
        backups = self.backups()
        if backups is not None and (not backups.is_dir() or backups == self.book()):
            self.backup.setFocus()
            raise ValueError(f"备份位置“{backups}”不是已有的文件夹。请按“选择…”另选，或清空不填。")


class _Choosing(QWidget):
    """A folder's line with 选择…."""

    def __init__(self, line: QLineEdit, words: str, title: str) -> None:
        super().__init__()
        line.setAccessibleName(words)
        button = QPushButton("选择…")
        button.setAccessibleName(f"选择{words}")
        button.clicked.connect(lambda: self._choose(line, title))
        self.setFocusProxy(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        row.addWidget(button)

    def _choose(self, line: QLineEdit, title: str) -> None:
        if folder := QFileDialog.getExistingDirectory(self, title, line.text()):
            line.setText(folder)


class PasswordPage(WizardPage):
    """With a password or without; what each means stands beside it."""

    title = "密码"
    explains = MEANS

    def __init__(self) -> None:
        super().__init__()
        self.locked, self.open = QRadioButton("设密码（建议）"), QRadioButton("不设密码，以后可在“文件”菜单里设置")
        self.locked.setChecked(True)
        self.new, self.again = QLineEdit(), QLineEdit()
        self.look = QCheckBox("显示输入的密码")
        note = explained()
        note.setText("下一步建好台账后显示恢复码：请抄写或打印两份，密封放进保险柜。忘记密码只能靠它。")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.locked)
        form = QFormLayout()
        _fields((("新密码", self.new), ("再输一次", self.again)), form)
        form.addRow("", self.look)
        box.addLayout(form)
        box.addWidget(self.open)
        box.addWidget(note)
        box.addStretch(1)
        self.look.toggled.connect(self._look)
        self.locked.toggled.connect(self._turn)
        self._look(False)

    def begin(self) -> None:
        (self.new if self.locked.isChecked() else self.open).setFocus()

    def _look(self, on: bool) -> None:
        for line in (self.new, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _turn(self, on: bool) -> None:
        for field in (self.new, self.again, self.look):
            field.setEnabled(on)

    def password(self) -> str:
        """The password; "" = none."""
        return self.new.text() if self.locked.isChecked() else ""

    def check(self) -> None:
        if not self.locked.isChecked():
            return
        self.new.setFocus()
        if not self.new.text():
            raise ValueError("请输入新密码；不想设的，选“不设密码”。")
        fit(self.new.text())
        if self.new.text() != self.again.text():
            self.again.setFocus()
            self.again.selectAll()
            raise ValueError("两次输入的新密码不一致。请重新输入。")


class PeoplePage(WizardPage):
    """The people now or later."""

    title = "人员"
    explains = "最后一步。人员资料可以现在从 Excel 花名册导入，也可以以后再说；建好后工作台上有一份“下一步清单”，按次序做就行。"
    _EXPLAINED: Final = (
        "建好后直接到“导入”：列的名称和顺序不同也能认，先看预览再确认，整批可以撤回。",
        "建好后下载带填表说明的空表，填好再导入。",
        "先进工作台看看；随时可以在“导入”里导入，或在“人员”里按 Ctrl+N 逐个新增。",
    )

    def __init__(self) -> None:
        super().__init__()
        self.choices = {words: QRadioButton(words) for words in AFTERWARDS}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for words, words_under in zip(AFTERWARDS, self._EXPLAINED, strict=True):
            note = explained()
            note.setText(words_under)
            note.setIndent(22)
            box.addWidget(self.choices[words])
            box.addWidget(note)
            box.addSpacing(8)
        box.addStretch(1)
        self.choices[LATER].setChecked(True)

    def begin(self) -> None:
        self.choices[self.chosen()].setFocus(Qt.FocusReason.TabFocusReason)

    def chosen(self) -> str:
        """What comes after."""
        return next(words for words, button in self.choices.items() if button.isChecked())
