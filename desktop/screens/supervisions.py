"""监督记录 and 采购信息公开 (四（四）) of purchase contracts: 事前, 事中, 事后 with what was found and mended; what was published, when and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Column, Edit, Key, Listing, Row
from db.lists import reviews as lists
from db.lists.columns import field_of
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, found_tab, given, log_tab, unchanged, value
from office.edit import add, change_cells
from office.management import disclose
from policy.finding import Finding

SUPERVISION, DISCLOSURE = "supervision", "disclosure"
WATCHED: Final = {
    "supervision.held": 8, "supervision.contract": 10, "contract": 14, "supplier": 12, "supervision.phase": 7, "supervision.by": 7, "supervision.finding": 18,
    "supervision.fix": 14, "supervision.mended": 8, "state": 7,
}  # fmt: skip
DISCLOSED: Final = {
    "disclosure.published": 8, "disclosure.contract": 10, "contract": 14, "supplier": 12, "disclosure.kind": 10, "disclosure.channel": 10, "disclosure.url": 16,
}  # fmt: skip
ASKED: Final = {
    SUPERVISION: tuple(f"supervision.{name}" for name in ("contract", "phase", "held", "by", "finding", "fix", "mended")),
    DISCLOSURE: tuple(f"disclosure.{name}" for name in ("contract", "kind", "published", "channel", "url")),
}


def supervisions_screen(desk: Desk) -> Page:
    """监督记录 over the desk's book."""
    columns = _watched(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {SUPERVISION: desk.act(add, SUPERVISION, given(values, SUPERVISION))}

    def mended(row: Row) -> None:
        column = next(one for one in columns if one.id == "supervision.mended")
        ask(
            desk, screen, "整改完成", f"“{value(columns, row, 'supervision.finding')}”哪一天整改完成？", {"on": replace(field_of(SUPERVISION, "mended"), required=True)},
            lambda said: desk.act(change_cells, columns, [Edit(row, column, said["on"])], "监督问题整改完成"), {"on": desk.today()},
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="监督记录",
            counted="条监督记录",
            purpose=(
                "这里登记对采购合同的全过程监督：事前、事中、事后各在什么时候、由谁监督，发现什么问题，什么时候整改完成（四（四））。\n"
                "先登记采购合同，再按 Ctrl+N 登记第一条监督记录，检查照片、整改报告放在“附件”里。"
            ),
            columns=columns,
            listing=partial(_watched, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED[SUPERVISION],
            form_title="监督内容",
            tabs=(
                _others(desk, columns, SUPERVISION, "本合同各次监督"),
                found_tab(desk, ("Q5",), "核查没有发现监督方面的问题。", partial(_concerns, columns, SUPERVISION)),
                attachments_tab(desk, SUPERVISION),
                log_tab(desk, SUPERVISION),
            ),
            actions=(RowAction("整改完成", mended, "check", tip="登记发现的问题整改完成的日期", fits=lambda row: bool(value(columns, row, "supervision.finding"))),),
            creation=Creation("新增监督记录", ASKED[SUPERVISION], create, copied=tuple(f"supervision.{name}" for name in ("contract", "phase", "by"))),
            discard=discarding(desk, SUPERVISION, lambda row: f"{value(columns, row, 'supervision.held')} 的监督记录"),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def disclosures_screen(desk: Desk) -> Page:
    """采购信息公开 over the desk's book."""
    columns = _disclosed(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        said = given(values, DISCLOSURE)
        return {DISCLOSURE: (desk.act(disclose, said["contract"], said["kind"], said["published"], said.get("channel"), said.get("url")),)}

    screen = RecordScreen(
        RecordSpec(
            title="采购公开",
            counted="条公开记录",
            purpose=(
                "这里登记采购活动的信息公开：采购意向、采购公告、中标（成交）公告、合同公告、验收结果各在什么时候、在哪里公开。\n"
                "先登记采购合同，再按 Ctrl+N 登记。合同里没有填公告、验收日期的，会一并填上。"
            ),
            columns=columns,
            listing=partial(_disclosed, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED[DISCLOSURE],
            form_title="公开内容",
            tabs=(
                _others(desk, columns, DISCLOSURE, "本合同各项公开"),
                found_tab(desk, ("C19",), "核查没有发现采购公开方面的问题。", partial(_concerns, columns, DISCLOSURE)),
                attachments_tab(desk, DISCLOSURE),
                log_tab(desk, DISCLOSURE),
            ),
            creation=Creation("登记采购公开", ASKED[DISCLOSURE], create, copied=tuple(f"disclosure.{name}" for name in ("contract", "channel"))),
            discard=discarding(desk, DISCLOSURE, lambda row: f"{value(columns, row, 'disclosure.published')} 的公开记录"),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _watched(desk: Desk) -> Listing:
    return arranged(desk.read(lists.watched, desk.as_of), WATCHED)


def _disclosed(desk: Desk) -> Listing:
    return arranged(desk.read(lists.disclosed, desk.as_of), DISCLOSED)


def _concerns(columns: tuple[Column, ...], table: str, row: Row, finding: Finding) -> bool:
    return bool(finding.contract_id == value(columns, row, f"{table}.contract"))


def _others(desk: Desk, columns: tuple[Column, ...], table: str, title: str) -> Tab:
    """Every record of the same contract."""
    own = tuple(replace(column, table="") for column in desk.read(lists.of_contract, table, 0, desk.as_of).columns)

    def listed(row: Row) -> Listing:
        return replace(desk.read(lists.of_contract, table, value(columns, row, f"{table}.contract"), desk.as_of), columns=own)

    return Tab(title, own, listed, unchanged, "没有别的记录。")
