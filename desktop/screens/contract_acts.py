"""The acts on a purchase contract with their questions: what is ticked, shared out, paid, amended, renewed, ended and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import contract_parts as parts
from db.lists import contracts as lists
from db.lists.columns import field_of
from db.lists.units import names
from desktop.ask import Ask
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.output import preview
from desktop.record.screen import RecordScreen
from desktop.screens.removing import ask_to_discard
from office import contracts as acts
from office.contract_sheets import contract_sheet, payment_sheet
from policy.contract_facts import SCOPES, SOURCES, TICK_SUBJECTS
from policy.figures import yuan
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import SHARE, YESNO
from policy.kinds.text import TEXT

PAYMENTS: Final = "付款"


class Acts:
    """What can be done with the contract in front; `screen` is set once it is made."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.screen: RecordScreen | None = None

    def add(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new contract of the blank form."""
        own = {name.removeprefix("purchase_contract."): value for name, value in values.items() if name.startswith("purchase_contract.")}
        return self.desk.act(
            acts.add_contract, own, units=values["units"] or (), scopes=dict(values["scopes"] or ()), sources=dict(values["sources"] or ())
        )

    def units(self, row: Row) -> None:
        """勾选用工单位."""
        known = self.desk.read(names, self.desk.as_of)
        held = value(row, "units") or ()
        lines = {"": [(number, name) for number, name in known.items()]}
        self._choose(
            "用工单位", f"“{value(row, 'purchase_contract.name')}”写明哪些用工单位（使用单位）？人员只能派到勾选的单位。", lines, held,
            lambda ticked: self.desk.act(acts.set_units, number_of(row), ticked),
        )  # fmt: skip

    def clauses(self, row: Row) -> None:
        """勾选条款与做法."""
        held = {one.values[1] for one in self.desk.read(parts.clauses, number_of(row)).rows}
        lines = {subject: [(tick, tick) for tick in ticks] for subject, ticks in TICK_SUBJECTS.items()}
        self._choose(
            "条款与做法", "对照合同文本和实际做法勾选。勾选的内容只留在台账里，用来提示用工与采购风险，不进入报表。", lines, held,
            lambda ticked: self.desk.act(acts.set_ticks, number_of(row), ticked),
        )  # fmt: skip

    def people(self, row: Row) -> None:
        """勾选涉及人员."""
        lines = self.desk.read(parts.eligible, number_of(row), self.desk.as_of)
        held = [number for number, _ in lines["挂在这份合同下"]]
        self._choose(
            "涉及人员", "哪些人在这份合同下工作？新勾选的，从合同起始日（晚到岗的从入职日）起挂在这份合同下；取消勾选的，视为登记错了，从这份合同下移出。"
            "中途换到别的合同的，请在“人员”里变更用工条件。", lines, held,
            lambda ticked: self.desk.act(acts.link_people, number_of(row), ticked),
        )  # fmt: skip

    def scopes(self, row: Row) -> None:
        """填写服务内容."""
        self._share_out(row, "服务内容", "contract_scope", SCOPES, dict(value(row, "scopes") or ()))

    def sources(self, row: Row) -> None:
        """填写资金来源."""
        self._share_out(row, "资金来源", "contract_source", tuple(SOURCES), dict(value(row, "sources") or ()))

    def _share_out(self, row: Row, title: str, table: str, words: tuple[str, ...], held: Mapping[str, int]) -> None:
        total = value(row, "total")
        amount = "" if total is None else f"（{yuan(total)} 元）"
        self._ask(
            title, f"各项{title}占合同金额{amount}多少？写成 60% 这样，合计 100%；没有的留空。", {word: Field(word, SHARE) for word in words},
            lambda said: self.desk.act(acts.set_shares, number_of(row), table, said), held,
        )  # fmt: skip

    def pay(self, row: Row) -> None:
        """登记付款."""
        fields = {name: field_of("contract_payment", name) for name in ("paid_on", "source", *acts.PARTS)}
        fields["amount"] = Field("付款金额", MONEY, hint="可以不填；填了的，与上面各分项的合计核对")
        fields |= {name: field_of("contract_payment", name) for name in ("first_month", "last_month", "voucher")}
        fields["reason"] = Field("材料不齐仍付款的原因", TEXT, hint="材料齐全的不用填；缺什么，确定时会说明，不齐的不少于 5 个字，记入日志")
        sources: Sequence[Any] = value(row, "sources") or ()
        total, paid = value(row, "total"), value(row, "paid")
        left = "" if total is None else f"合同金额 {yuan(total)} 元，已付 {yuan(paid)} 元，未付 {yuan(total - paid)} 元。"
        self._ask(
            "登记付款", f"“{value(row, 'purchase_contract.name')}”付给承接主体的一笔款。{left}请按分项填写（单位：元）；没有分项的，全额填在“其他费用”。"
            "填写所属月份的，挂到那个月的月度结算；那个月的材料不齐，或者没写月份的，须写明原因。", fields,
            lambda said: self.desk.act(acts.pay, number_of(row), **said), {"source": sources[0][0]} if len(sources) == 1 else None,
        )  # fmt: skip

    def amend(self, row: Row) -> None:
        """登记补充合同."""
        fields = {name: field_of("contract_amendment", name) for name in ("signed", "amount", "end", "subject")}
        fields["amount"] = replace(fields["amount"], hint="增加的填正数，减少的填负数（元）；金额不变的留空")
        fields["end"] = replace(fields["end"], hint="期限不变的留空")
        self._ask(
            "补充合同", f"“{value(row, 'purchase_contract.name')}”的补充合同：增减多少金额（减少的填负数），或者截止日期变更到哪一天？不变的留空。", fields,
            lambda said: self.desk.act(acts.amend, number_of(row), **said),
        )  # fmt: skip

    def renew(self, row: Row) -> None:
        """续签."""
        start, last = value(row, "purchase_contract.start"), value(row, "last")
        first, end = acts.following_term(start, last)
        fields = {name: field_of("purchase_contract", name) for name in ("no", "name", "signed", "start", "end", "amount", "headcount", "wage", "fee")}
        fields["no"] = replace(fields["no"], label="新合同编号")
        fields["people"] = Field("人员转到新合同", YESNO, required=True, hint="填是的，到期时还在这份合同下的人员，从新合同起始日起挂到新合同")
        begin = {name: value(row, f"purchase_contract.{name}") for name in ("name", "headcount", "wage", "fee")}
        begin |= {"amount": value(row, "total"), "start": first, "end": end, "people": True}
        self._ask(
            "续签", f"照“{value(row, 'purchase_contract.no')}”续签一份新合同。用工单位、服务内容、资金来源和条款一并带过来，补充合同和付款不带；"
            "采购和签订的日期按新合同另填。承接主体不变；换承接主体的，请另登记新合同。", fields,
            lambda said: self._renewed(row, said), begin,
        )  # fmt: skip

    def _renewed(self, row: Row, said: Mapping[str, Any]) -> None:
        keys = self.desk.act(acts.renew, number_of(row), **said)
        if self.screen is not None:
            self.screen.show_record(keys)

    def end(self, row: Row) -> None:
        """提前终止."""
        fields = {
            "last_day": Field("最后一天", DATE, required=True),
            "signed": Field("终止协议签订日期", DATE, required=True),
            "reason": Field("终止原因", TEXT, required=True),
            "amount": Field("核减金额", MONEY, hint="因提前终止少付的合同金额，填正数；没有的留空"),
        }
        heads = value(row, "linked")
        people = f"还有 {heads} 人挂在这份合同下，终止以后请随即登记离职（退回）或者更换承接主体。" if heads else ""
        self._ask(
            "提前终止", f"“{value(row, 'purchase_contract.name')}”到 {value(row, 'last')} 截止，提前到哪一天终止？{people}", fields,
            lambda said: self.desk.act(acts.end_early, number_of(row), **said),
        )  # fmt: skip

    def discard(self, row: Row) -> None:
        """移入回收站."""
        ask_to_discard(
            self.desk, Row({"purchase_contract": row.keys["purchase_contract"]}, row.values), f"“{value(row, 'purchase_contract.name')}”",
            "已经到期或终止的合同要保留；提前终止的，请用“提前终止”登记，不要移走。", self.screen,
        )  # fmt: skip

    def print_contract(self, row: Row) -> None:
        """合同登记表."""
        preview(self.desk.read(contract_sheet, number_of(row), self.desk.as_of, self._reporter()), self.screen)

    def print_payment(self, row: Row) -> None:
        """付款审批单 of the payment the clerk stands on, else of the one chosen."""
        listed = self.desk.read(parts.payments, number_of(row))
        chosen = self._payment_in_front()
        if chosen is None and len(listed.rows) == 1:
            chosen = listed.rows[0].keys["contract_payment"][0]
        if chosen is not None:
            self._print_payment(chosen)
        elif listed.rows:
            self._choose_payment(listed)

    def _payment_in_front(self) -> int | None:
        if self.screen is None:
            return None
        for tab, grid in zip(self.screen.spec.tabs, self.screen.tab_grids, strict=True):
            if tab.title == PAYMENTS and grid.isVisible() and (row := grid.view.current_row()):
                return int(row.keys["contract_payment"][0])
        return None

    def _choose_payment(self, listed: Listing) -> None:
        words = {
            row.keys["contract_payment"][0]: f"{row.values[0]}　{yuan(row.values[1])} 元　{row.values[-1] or '无凭证号'}（第 {at} 笔）"
            for at, row in enumerate(listed.rows, 1)
        }
        kind = lists.reference("付款", words, "请从下拉列表里选一笔。")
        newest = listed.rows[-1].keys["contract_payment"][0]
        self._ask(
            "打印付款审批单", "打印哪一笔付款的审批单？", {"payment": Field("付款", kind, required=True)},
            lambda said: self._print_payment(said["payment"]), {"payment": newest},
        )  # fmt: skip

    def _print_payment(self, payment: int) -> None:
        preview(self.desk.read(payment_sheet, payment, self._reporter()), self.screen)

    def _reporter(self) -> str:
        return f"{self.desk.book.face.name}民政局"

    def _ask(
        self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object], start: Mapping[str, Any] | None = None
    ) -> None:  # fmt: skip
        Ask(title, explanation, fields, act, self.desk.today, self.screen, start).exec()

    def _choose(self, title: str, explanation: str, lines: Mapping[str, Any], held: Any, act: Callable[[list[Any]], object]) -> None:
        Choose(title, explanation, lines, held, act, self.screen).exec()


def number_of(row: Row) -> int:
    """The contract a row shows."""
    return int(row.keys["purchase_contract"][0])


def value(row: Row, name: str) -> Any:
    """What a row says in a column of the list of contracts."""
    return row.values[lists.COLUMN_IDS.index(name)]
