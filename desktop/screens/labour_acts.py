"""The acts on labour contracts with their questions: signed, renewed, amended, ended, and many people's provider changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QMessageBox, QWidget

from db.lists import Key, Row
from db.lists import labour as lists
from db.lists.columns import field_of
from db.lists.contracts import contract_kind
from desktop.ask import Ask
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.screens.guided import Guided, Told
from desktop.screens.removing import ask_to_discard
from office import ending as endings
from office import labour as acts
from office import provider_change as moves
from policy.ending import EXPIRED
from policy.figures import yuan
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.number import YESNO
from policy.labour import END_REASONS
from policy.labour_facts import OPEN, YEARS_KEPT, YEARS_PAID

TERMS: Final = ("kind", "signed", "start", "end", "wage", "probation_end", "probation_wage")
STATED: Final = ("names_unit", "names_term", "names_post")
NOT_RENEWED: Final = next(words for words, one in END_REASONS.items() if one.article == EXPIRED and one.due)
REASON: Final = choice("解除（终止）理由", tuple(END_REASONS))


def contract_fields(*names: str) -> dict[str, Field]:
    """Fields of a labour contract, as its own list words them."""
    return {name: replace(field_of("labour_contract", name), label=lists.LABELS.get(name, field_of("labour_contract", name).label)) for name in names}


class Acts:
    """What can be done with a labour contract, from whatever screen; `parent` is the screen the questions stand over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.desk = desk
        self.parent = parent

    # Concluding

    def create(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new contract of the blank form."""
        own = {name.removeprefix("labour_contract."): value for name, value in values.items()}
        return {"labour_contract": (self.desk.act(acts.sign, **own),)}

    def sign(self, engagement: int, name: str) -> None:
        """签订 with one worker."""
        self._guided(
            "签订劳动合同", f"“{name}”与用人单位签订的劳动合同。起止日期首尾都算；无固定期限的，终止日期留空。", contract_fields(*TERMS, *STATED),
            lambda said: Told(cautions=self._warnings(said, lambda: self.desk.read(acts.signing, engagement, said))),
            lambda said: self.desk.act(acts.sign, engagement, **said), None, "签订",
        )  # fmt: skip

    def renew(self, contract: int, name: str) -> None:
        """续签: the usual dates are filled in; what the law says about them stands below before it is done."""
        usual = self._usual(contract)
        if usual is None:
            return
        why = (_OPEN,) if usual["kind"] == OPEN else ()
        fields = contract_fields(*TERMS)
        fields["signed"] = replace(fields["signed"], required=True)
        self._guided(
            "续签劳动合同", f"“{name}”的劳动合同续签：新合同与原合同相连，载明事项和约定发薪日照原合同。请按实际签订的内容核对。", fields,
            lambda said: Told(why, self._warnings(said, lambda: self.desk.read(acts.renewing, contract, said))),
            lambda said: self.desk.act(acts.renew, contract, **said), {**usual, "signed": self.desk.today()}, "续签",
        )  # fmt: skip

    def _usual(self, contract: int) -> dict[str, Any] | None:
        try:
            return self.desk.read(acts.suggestion, contract)
        except ValueError as refusal:
            QMessageBox(QMessageBox.Icon.Information, "不能续签", str(refusal), parent=self.parent).exec()
            return None

    def _warnings(self, said: Mapping[str, Any], plan: Callable[[], acts.Planned]) -> Sequence[str]:
        """Nothing before the dates are there: half a contract is warned of by nobody."""
        return plan().warnings if said["kind"] and said["start"] and (said["end"] or said["kind"] != "固定期限") else ()

    def amend(self, contract: int, name: str) -> None:
        """变更."""
        fields = {"on": Field("变更协议日期", field_of("labour_contract", "amended_on").kind, required=True)}
        fields |= {key: replace(field, required=False) for key, field in contract_fields("kind", "end", "wage", "pay_day", *STATED).items()}
        self._ask(
            "变更劳动合同", f"“{name}”与用人单位书面变更了什么？只填有变化的；只是调整派驻单位、岗位的，填变更协议日期就可以。", fields,
            lambda said: self.desk.act(acts.amend, contract, **said),
        )  # fmt: skip

    # Ending

    def end(self, contract: int, name: str, *, reason: str = "", last_day: date | None = None) -> None:
        """期满不续、解除、终止: ground, last day, 经济补偿 with its arithmetic, certificate; the worker leaves with it."""
        fields = {
            "reason": Field("理由", REASON, required=True),
            "last_day": Field("最后一天", field_of("labour_contract", "ended_on").kind, required=True),
            "severance": Field("核定经济补偿（元）", field_of("engagement", "severance").kind, hint="按下面的算法填好，可以改；还没有核定的清空"),
            "decided_on": Field("决定不续日期", field_of("labour_contract", "not_renewed_on").kind, hint="只在期满不续时填；不填的记为到期日"),
            "retrained_on": field_of("labour_contract", "retrained_on"),
            "certificate_on": field_of("labour_contract", "certificate_on"),
        }
        start = {"reason": reason or None, "last_day": last_day, "decided_on": self.desk.today() if reason else None}
        self._guided(
            "终止或解除劳动合同", f"“{name}”的劳动合同因什么、在哪一天终止？用工关系和派驻同日结束（离职、退回），可以一次撤销。", fields,
            lambda said: self._foreseen(contract, said), lambda said: self.desk.act(endings.end_contract, contract, **said), start, "终止合同",
        )  # fmt: skip

    def _foreseen(self, contract: int, said: Mapping[str, Any]) -> Told:
        if not said["reason"] or not said["last_day"]:
            return Told(("选好理由、填好最后一天，这里列出经济补偿的算法和依据。",))
        found = self.desk.read(endings.ending, contract, said["last_day"], said["reason"])
        return Told((found.settlement.words,), found.warnings, {"severance": found.settlement.amount})

    def decide(self, contract: int, name: str) -> None:
        """登记不续决定, before the worker leaves."""
        self._ask(
            "登记不续决定", f"“{name}”的劳动合同到期不再续签，是哪一天决定的？到期时再用“终止或解除”办理离职和经济补偿。",
            {"on": Field("决定日期", field_of("labour_contract", "not_renewed_on").kind, required=True)},
            lambda said: self.desk.act(acts.decide_not_to_renew, "labour_contract", [contract], said["on"]), {"on": self.desk.today()},
        )  # fmt: skip

    # Many people at once

    def change_provider(self) -> None:
        """更换承接主体: who, then from when and to whom."""
        lines: dict[str, list[tuple[int, str]]] = {}
        for one in self.desk.read(lists.employed, self.desk.as_of):
            lines.setdefault(one.employer or "用人单位未登记", []).append((one.engagement, one.words))
        Choose(
            "更换承接主体", "哪些人换到新的承接主体（用人单位）？派驻、工资、工龄都接着算，只换用人单位、采购合同和劳动合同。", lines, (), self._whither, self.parent
        ).exec()

    def _whither(self, ticked: Sequence[int]) -> None:
        if not ticked:
            raise ValueError("请至少选择一个人。")
        contracts = self.desk.read(contract_kind)
        fields = {
            "day": Field("更换日期", field_of("employer_change", "since").kind, required=True, hint="从这一天起由新的承接主体用工"),
            "purchase_contract": Field("新的采购合同", contracts, hint="没有登记采购合同的，直接填写承接主体"),
            "employer": Field("新的承接主体", field_of("employer_change", "after").kind, hint="不填的，取采购合同的承接主体"),
            "kind": replace(field_of("engagement_term", "type"), required=False, hint="不变的留空"),
            "service": field_of("employer_change", "service"),
            "labour_kind": Field("新劳动合同类型", field_of("labour_contract", "kind").kind, hint="还没有签订的留空，到期提醒会继续提示"),
            "end": Field("新劳动合同终止日期", field_of("labour_contract", "end").kind),
            "signed": Field("新劳动合同签订日期", field_of("labour_contract", "signed").kind),
            "states": Field("载明用工单位、派遣期限、岗位", YESNO),
            "certificate_on": Field("原单位离职证明日期", field_of("labour_contract", "certificate_on").kind),
        }
        done: list[bool] = []

        def act(said: dict[str, Any]) -> None:
            self._move(ticked, said)
            done.append(True)

        Guided(
            f"更换承接主体（{len(ticked)} 人）", "从哪一天起、换到哪个承接主体？原劳动合同在前一天终止。", fields, lambda said: self._moving(ticked, said), act,
            self.desk.today, self.parent, {"service": YEARS_KEPT}, "更换",
        ).exec()  # fmt: skip
        if not done:
            raise ValueError("没有更换。可以重新勾选，或取消。")

    def _moving(self, ticked: Sequence[int], said: Mapping[str, Any]) -> Told:
        if said["day"] is None:
            return Told(("填好更换日期，这里列出每个人的工龄和经济补偿。",))
        found = self.desk.read(moves.moving, ticked, said["day"])
        if said["service"] != YEARS_PAID:
            return Told((f"{len(found)} 人的工作年限合并计算，以后由新单位承担（劳动合同法实施条例第十条）。最早的工龄从 {min(one.since for one in found)} 起。",))
        lines = [f"{one.name}　{'' if one.severance is None else yuan(one.severance) + ' 元'}" for one in found[:_SHOWN]]
        more = [f"等 {len(found)} 人"] if len(found) > _SHOWN else []
        total = sum(one.severance or 0 for one in found)
        lacking = [one.name for one in found if one.severance is None]
        warned = [f"{'、'.join(lacking)}没有应发工资记录，经济补偿算不出来。请先补录工资，或者分开办理。"] if lacking else []
        return Told((f"原单位应支付 {yuan(total)} 元：" + "；".join((*lines, *more)) + "。更换后可在劳动合同的“更换承接主体”里改成实际支付数。",), warned)

    def _move(self, ticked: Sequence[int], said: Mapping[str, Any]) -> None:
        made = None
        if said["labour_kind"]:
            made = moves.NewContract(said["labour_kind"], said["end"], said["signed"], said["states"])
        elif said["end"] or said["signed"]:
            raise ValueError("填了新劳动合同的日期，还要选“新劳动合同类型”。")
        paid = {}
        if said["service"] == YEARS_PAID:
            found = self.desk.read(moves.moving, ticked, said["day"])
            paid = {one.engagement: one.severance for one in found if one.severance is not None}
        self.desk.act(
            moves.change_provider, ticked, said["day"], employer=said["employer"], purchase_contract=said["purchase_contract"], kind=said["kind"],
            service=said["service"], severance=paid, contract=made, certificate_on=said["certificate_on"],
        )  # fmt: skip

    # 年度考核

    def appraise(self, person: int, name: str) -> None:
        """登记年度考核."""
        fields = {key: field_of("appraisal", key) for key in ("year", "grade", "score", "reason")}
        self._ask(
            "年度考核", f"“{name}”哪个年度的考核，什么等次？不称职的，续签劳动合同时会提示。", fields, lambda said: self.desk.act(acts.appraise, person, **said),
            {"year": self.desk.as_of.year - 1},
        )  # fmt: skip

    def discard(self, row: Row) -> None:
        """移入回收站."""
        ask_to_discard(
            self.desk, Row({"labour_contract": row.keys["labour_contract"]}, row.values), f"“{row.values[0]}”的这份劳动合同",
            "已经到期、解除的合同要保留；到期或者解除的，请用“终止或解除”登记，不要移走。", self.parent,
        )  # fmt: skip

    def _ask(
        self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object], start: Mapping[str, Any] | None = None
    ) -> None:  # fmt: skip
        Ask(title, explanation, fields, act, self.desk.today, self.parent, start).exec()

    def _guided(
        self, title: str, explanation: str, fields: Mapping[str, Field], foresee: Callable[[dict[str, Any]], Told],
        act: Callable[[dict[str, Any]], object], start: Mapping[str, Any] | None, confirm: str,
    ) -> None:  # fmt: skip
        Guided(title, explanation, fields, foresee, act, self.desk.today, self.parent, start, confirm).exec()


_OPEN: Final = "按劳动合同法第十四条，这次应当订立无固定期限劳动合同，已先填好；本人书面要求固定期限的，改回来并留存材料。"
_SHOWN: Final = 8
"""People named one by one in a question about many."""
