"""设置: the county's own record, the policy parameters with their sources, the log of everything done, and the audit formulas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from db.lists import Column, Row, county, log
from db.lists.columns import field_of
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.grid.model import GridModel
from desktop.page import Action, Page, qaction
from desktop.record.form import RecordForm
from desktop.screens.comfort import ComfortPane
from desktop.screens.own_formulas import FormulasPane
from office.parameters import Parameter
from office.settings import Setting, set_parameter, set_region, settings_in
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.text import TEXT

PARAMETER_COLUMNS: Final = tuple(
    Column(name, Field(label, TEXT), width=width)
    for name, label, width in (
        ("group", "类别", 5),
        ("label", "参数", 13),
        ("shipped", "文件规定或默认", 9),
        ("value", "现行取值", 9),
        ("source", "来源", 15),
        ("changed", "最后修改", 13),
        ("effect", "说明", 34),
    )
)


class SettingsPage(Page):
    """Tabs; what is changed in them is written at once, dated where it is a parameter, and can be undone."""

    def __init__(self, desk: Desk, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.county_model = GridModel(county.COLUMNS, desk.commit(county.COLUMNS), desk.today, self)
        self.county = RecordForm(self.county_model, range(len(county.COLUMNS)))
        self.refused = QLabel(wordWrap=True)
        self.refused.setObjectName("wrong")
        self.changed = QLabel(wordWrap=True)
        self.changed.setObjectName("purpose")
        self.parameters = Grid(PARAMETER_COLUMNS, lambda edits, name: None, desk.today)
        self.said = QLabel(wordWrap=True)
        self.log = Grid(log.COLUMNS, lambda edits, name: None, desk.today)
        self.log.view.nothing = "还没有操作。"
        self.formulas = FormulasPane(desk)
        self._settings: tuple[Setting, ...] = ()
        self._change = qaction(Action("修改取值…", self.ask_parameter, "settings", "F2", "从某一天起改变选中的参数"), self)
        self._region = qaction(Action("变更地区类别…", self.ask_region, "building", tip="珠三角或粤东西北，决定工资最低标准"), self)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.addActions([self._region, self._change, *self.formulas.actions_()])
        self.tabs = QTabWidget()
        self.tabs.addTab(self._county_tab(), "单位信息")
        self.tabs.addTab(self._parameters_tab(), "政策参数")
        self.tabs.addTab(self.log, "操作日志")
        self.tabs.addTab(self.formulas, "审核公式")
        if settings is not None:
            self.tabs.addTab(ComfortPane(settings, desk.hand), "使用习惯")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        self.county_model.refused.connect(self.refused.setText)
        self.parameters.view.doubleClicked.connect(lambda _: self.ask_parameter())
        self.parameters.view.row_changed.connect(lambda _: self._offer())
        self.tabs.currentChanged.connect(self._turn)
        self._offer()

    # Building

    def _county_tab(self) -> QWidget:
        tab = QWidget()
        explained = QLabel(
            "负责人、填报人等印在报表落款处；填好离开输入框即保存，可撤销。灰色的不能直接修改，地区类别用上方的“变更地区类别…”。"
        )
        explained.setObjectName("purpose")
        explained.setWordWrap(True)
        last = QHBoxLayout()
        last.setContentsMargins(12, 0, 12, 8)
        last.addWidget(self.refused)
        box = QVBoxLayout(tab)
        box.setContentsMargins(0, 8, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(explained)
        box.addLayout(head)
        box.addWidget(self.county, 1)
        signed = QHBoxLayout()
        signed.setContentsMargins(12, 0, 12, 6)
        signed.addWidget(self.changed)
        box.addLayout(signed)
        box.addLayout(last)
        return tab

    def _parameters_tab(self) -> QWidget:
        tab = QWidget()
        self.said.setObjectName("purpose")
        last = QHBoxLayout()
        last.setContentsMargins(8, 4, 8, 6)
        last.addWidget(self.said)
        box = QVBoxLayout(tab)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.parameters, 1)
        box.addLayout(last)
        return tab

    # Showing

    def refresh(self) -> None:
        self.county_model.set_rows(self.desk.read(county.county).rows)
        self.county.show_row(self.county_model.row_at(0))
        self.changed.setText(_hands(self.desk.read(log.values_changed_last, "county", (1,))))
        self._turn(self.tabs.currentIndex())

    def set_out(self) -> None:
        self.tabs.setFocus()

    def _turn(self, at: int) -> None:
        """Read the tab in front."""
        if at == 1:
            self._read_parameters()
        elif at == 2:
            self.log.set_rows(self.desk.read(log.log).rows)
        elif at == 3:
            self.formulas.read()
        self._offer()
        said = ("", f"{len(self._settings)} 项参数，按 {self.desk.as_of} 显示", f"{self.log.model.total()} 次操作", f"{self.formulas.grid.model.total()} 条公式、检查和规则", "")
        self.status.emit(said[at])

    def _read_parameters(self) -> None:
        try:
            self._settings = self.desk.read(settings_in, self.desk.as_of)
        except ValueError as error:
            self._settings = ()
            self.said.setText(str(error))
        else:
            self.said.setText(f"按截至日期 {self.desk.as_of} 显示。双击一项修改；改动从填写的施行日期起生效，以前日期的报表不受影响。")
        self.parameters.set_rows([_parameter(one) for one in self._settings])

    def _offer(self) -> None:
        at = self.tabs.currentIndex()
        self._region.setVisible(at == 0)
        self._change.setVisible(at == 1)
        for action in self.formulas.actions_():
            action.setVisible(at == 3)
        self._change.setEnabled(at == 1 and self._chosen() is not None)

    def _chosen(self) -> Setting | None:
        row = self.parameters.view.current_row()
        return next((one for one in self._settings if row is not None and one.parameter.key == row.keys["parameter"][0]), None)

    # Changing

    def ask_region(self) -> None:
        """Change or confirm the pay region; the basis is asked for with it."""
        (held,) = self.desk.read(county.county).rows
        values = {column.id: value for column, value in zip(county.COLUMNS, held.values, strict=True)}
        fields = {
            "region": field_of("county", "region"),
            "basis": Field("依据（文件名称或文号）", TEXT, required=True),
        }
        Ask(
            "变更地区类别",
            "地区类别决定年工资最低标准。变更或确认时要写明依据；变更对所有日期生效，可撤销。",
            fields,
            lambda said: self.desk.act(set_region, said["region"], said["basis"]),
            self.desk.today,
            self,
            {"region": values["county.region"], "basis": values["county.region_basis"]},
            "保存",
        ).exec()

    def ask_parameter(self) -> None:
        """Another value for the chosen parameter, from a day on."""
        setting = self._chosen()
        if setting is None:
            return
        parameter = setting.parameter
        kind = parameter.kind
        Ask(
            f"修改“{parameter.label}”",
            f"{parameter.effect}。\n文件规定或默认：{kind.show(setting.shipped) or '（空）'}；现行：{kind.show(setting.value) or '（空）'}。",
            {"value": Field("取值", kind, required=not parameter.may_be_blank), "since": Field("施行日期", DATE, required=True)},
            lambda said: self._set(parameter, said["value"], said["since"]),
            self.desk.today,
            self,
            {"value": setting.value, "since": date(self.desk.as_of.year, 1, 1)},
            "保存",
        ).exec()

    def _set(self, parameter: Parameter, value: object, since: date) -> None:
        done = self.desk.act(set_parameter, parameter.key, value, since)
        self._read_parameters()
        now = next((one for one in self._settings if one.parameter is parameter), None)
        if done is None:
            self.said.setText(f"“{parameter.label}”自 {since} 起本来就是这个取值，没有改动。")
        elif now is not None and now.value != value:
            self.said.setText(
                f"已保存，自 {since} 起施行；按截至日期 {self.desk.as_of}，“{parameter.label}”现行取值仍是"
                f"“{parameter.kind.show(now.value)}”（{now.source}）。"
            )
        else:
            self.said.setText(f"已保存“{parameter.label}”，自 {since} 起施行。可用撤销（Ctrl+Z）退回。")


def _hands(last: Mapping[str, tuple[str, str, bool]]) -> str:
    """Who changed which field of the county last, the newest first; what nobody changed stands together."""
    told: dict[tuple[bool, str, str], list[str]] = {}
    for column in county.COLUMNS:
        if found := last.get(column.id.rpartition(".")[2]):
            who, at, first = found
            told.setdefault((not first, at, who), []).append(column.field.label)
    lines = [
        f"{'、'.join(labels)}：{who}　{at}" if changed else f"{'其余' if len(told) > 1 else '各项'}为建账时填写：{who}　{at}"
        for (changed, at, who), labels in sorted(told.items(), reverse=True)
    ]
    return "最后修改　" + "；".join(lines) if lines else ""


def _parameter(setting: Setting) -> Row:
    parameter = setting.parameter
    show = parameter.kind.show
    return Row(
        {"parameter": (parameter.key,)},
        (parameter.group, parameter.label, show(setting.shipped), show(setting.value), setting.source, setting.changed, parameter.effect),
    )
