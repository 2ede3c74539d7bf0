"""承接主体 and 服务采购合同 as a clerk goes about them: by keys, with ticks, questions and previews, over the demo county and an empty book."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row, rows
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.output import grid_sheet
from desktop.printing import Print
from desktop.record.editors import ChoiceEditor
from desktop.record.screen import RecordScreen
from desktop.screens.contracts import contracts_screen
from desktop.screens.suppliers import supplier_history, suppliers_screen
from office import contracts as acts
from office import demo
from policy.clock import Clock
from policy.contract_facts import DIRECTION_SIGNS, DISPATCH_CLAUSES
from tests.desktop.opened import action, answer, field, stand
from tests.desktop.single import Shown, confirm, tab, ticking, type_in

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


def marks(screen: RecordScreen) -> dict[str, str]:
    assert screen.row is not None
    return dict(screen.row.marks)


def test_findings_stand_beside_the_contract_and_never_on_paper(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    assert "C02" in marks(screen)["purchase_contract.kind"] and "C02" in marks(screen)["status"] and "C11" in marks(screen)["status"]
    problems = tab(screen, "问题")
    contract_rules = {line[0]: line for line in problems if line[0].startswith("C")}
    assert list(contract_rules) == ["C02", "C11", "C21"]
    assert contract_rules["C02"][4].startswith("财政部令第102号") and "DL2026-001" not in contract_rules["C02"][3]
    sheet = grid_sheet(screen.grid, "服务采购合同", ("", "", ""))
    assert "C02" not in "".join(str(cell.value) for line in sheet.rows for cell in line.cells)
    stand(screen, qtbot, "purchase_contract", 2)
    assert [line[0] for line in tab(screen, "问题")] == sorted({one.split()[0] for text in marks(screen).values() for one in text.splitlines()})


def test_paid_beyond_the_amount_turns_red_to_the_fen(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 2)
    place = {column.id: at for at, column in enumerate(screen.grid.model.columns)}
    rest = screen.row.values[place["rest"]]  # type: ignore[union-attr]

    def pay(fen: int) -> None:
        typed = {"paid_on": "2026-12-31", "source": "其他资金", "other": f"{fen // 100}.{fen % 100:02d}", "reason": "年末结清余款，按合同条款"}
        with answer(typed) as said:
            action(screen, "登记付款").trigger()
        assert len(said) == 1, said
        QTest.qWait(0)
        qtbot.waitUntil(lambda: "C14" not in str(marks(screen)) or rest < fen, timeout=5000)

    pay(rest)
    assert screen.row is not None and screen.row.values[place["rest"]] == 0
    pay(1)
    qtbot.waitUntil(lambda: "多付 0.01 元" in marks(screen).get("paid", ""), timeout=20000)


def test_paying_on_the_contract_says_what_is_missing_and_hangs_on_the_month(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    before = demo_book.read(rows, "contract_payment")
    typed = {"paid_on": "2026-12-31", "source": "社会救助工作经费", "other": "0.01", "first_month": "2026-12"}
    with answer(typed) as said:
        action(screen, "登记付款").trigger()
    assert "付款材料还不齐" in said[1] and "社保缴费凭证：没有凭证日期" in said[1] and "不少于 5 个字" in said[1]
    assert demo_book.read(rows, "contract_payment") == before
    with answer(typed | {"reason": "年末集中支付，材料元月补齐"}) as said:
        action(screen, "登记付款").trigger()
    assert len(said) == 1, said
    (paid,) = [one for one in demo_book.read(rows, "contract_payment") if one not in before]
    (month,) = demo_book.read(rows, "settlement", contract=1, month=202612)
    assert paid["settlement"] == month["id"] and demo_book.acts()[-1].reason == "年末集中支付，材料元月补齐"


def test_a_new_supplier_and_a_new_contract_by_keys(empty_book: Book, shown: Shown, qtbot: QtBot) -> None:
    suppliers = shown(suppliers_screen, empty_book)
    assert any(button.isVisible() and "新增承接主体" in button.text() for button in suppliers.findChildren(QPushButton)), "an empty screen says what to do"
    QTest.keyClick(suppliers, Qt.Key.Key_N, CTRL)
    type_in(suppliers, "supplier.name", "岭东社工服务中心")
    type_in(suppliers, "supplier.licence_to", "20270630")
    QTest.keyClick(suppliers, Qt.Key.Key_S, CTRL)
    assert [one["name"] for one in empty_book.read(rows, "supplier")] == ["岭东社工服务中心"]
    QTest.keyClick(suppliers, Qt.Key.Key_N, CTRL)
    type_in(suppliers, "supplier.name", "岭东社工服务中心")
    QTest.keyClick(suppliers, Qt.Key.Key_S, CTRL)
    assert "已有承接主体" in suppliers.form.wrong.text()
    suppliers.window().hide()

    screen = shown(contracts_screen, empty_book)
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    type_in(screen, "purchase_contract.no", "GM-1")
    type_in(screen, "purchase_contract.name", "社会救助经办服务")
    type_in(screen, "purchase_contract.kind", "政府购买服务")
    type_in(screen, "purchase_contract.start", "20260101")
    type_in(screen, "purchase_contract.end", "20251231")
    type_in(screen, "purchase_contract.amount", "60000")
    type_in(screen, "scopes", "低保 60%、特困 40%")
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)
    assert "采购项目性质" in screen.form.wrong.text()
    type_in(screen, "purchase_contract.procured_as", "政府购买服务")
    type_in(screen, "sources", "社会救助工作经费 90%")
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)
    assert "90%" in screen.form.wrong.text() and "100%" in screen.form.wrong.text()
    field(screen, "sources").setText("社会救助工作经费")
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)
    assert "2025-12-31" in screen.form.wrong.text() and empty_book.read(rows, "purchase_contract") == []
    field(screen, "purchase_contract.end").setText("2026-12-31")
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)
    (made,) = empty_book.read(rows, "purchase_contract")
    assert (made["no"], made["amount"], made["supplier"]) == ("GM-1", 6_000_000, None)
    assert {one["scope"]: one["share"] for one in empty_book.read(rows, "contract_scope")} == {"低保": 6000, "特困": 4000}
    assert screen.row is not None and screen.row.keys == {"purchase_contract": (made["id"],)}
    assert field(screen, "todo").text() == "承接主体、签订日期、约定人数、用工单位"


def test_choosing_a_supplier_tells_its_history(demo_book: Book, shown: Shown, qtbot: QtBot, clock: Clock) -> None:
    screen = shown(contracts_screen, demo_book)
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    assert not screen.form.note.isVisible()
    supplier = field(screen, "purchase_contract.supplier")
    assert isinstance(supplier, ChoiceEditor)
    line = supplier.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, "ldrl")
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert supplier.text() == demo.PROVIDER
    desk = Desk(demo_book, clock, demo.AS_OF)
    note = screen.form.note.text()
    assert note == "".join(supplier_history(desk, 1)) and screen.form.note.isVisible()
    assert "已签过" in note and "DL2026-00" in note and "许可证有效期至 2026-12-31。" in note
    acts.add_supplier(demo_book, {"name": "新中心"})
    assert list(supplier_history(desk, 2)) == ["与它没有签过采购合同。"]


def test_using_units_are_ticked_several_at_once_by_keys(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    before = {one["unit"] for one in demo_book.read(rows, "contract_unit", contract=1)}

    def tick(dialog: Choose) -> None:
        assert dialog.focusWidget() is dialog.search
        assert set(dialog.ticked()) == before
        QTest.keyClicks(dialog.search, "shfl")
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        dialog.search.clear()
        QTest.keyClicks(dialog.search, "dmsq")
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        assert dialog.counted.text() == f"已勾选 {len(before) + 2} 项"
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    acts_before = len(demo_book.acts())
    with ticking(tick):
        action(screen, "用工单位").trigger()
    assert {one["unit"] for one in demo_book.read(rows, "contract_unit", contract=1)} == before | {15, 16}
    assert len(demo_book.acts()) == acts_before + 1
    assert len(tab(screen, "用工单位")) == len(before) + 2
    qtbot.waitUntil(lambda: "C11" not in str(marks(screen)), timeout=20000)


def test_clauses_are_ticked_by_subject(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)

    def tick(dialog: Choose) -> None:
        lines = [dialog.list.item(at) for at in range(dialog.list.count())]
        assert lines[0].flags() == Qt.ItemFlag.NoItemFlags and lines[0].text().startswith("派遣协议应当写明")
        dialog.list.setCurrentItem(next(line for line in lines if line.text() == DIRECTION_SIGNS[0]))
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        dialog.list.setCurrentItem(lines[1])
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        confirm(dialog)

    with ticking(tick):
        action(screen, "条款与做法").trigger()
    ticked = {one["tick"] for one in demo_book.read(rows, "contract_tick", contract=1)}
    assert DIRECTION_SIGNS[0] in ticked and DISPATCH_CLAUSES[0] not in ticked
    qtbot.waitUntil(lambda: "C09" in str(marks(screen)), timeout=20000)


def test_people_put_under_a_contract_and_taken_off_again(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    linked = len(tab(screen, "涉及人员"))

    def fewer(dialog: Choose) -> None:
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        QTest.keyClick(dialog.search, Qt.Key.Key_Down)
        QTest.keyClick(dialog.search, Qt.Key.Key_Space)
        confirm(dialog)

    with ticking(fewer):
        action(screen, "涉及人员").trigger()
    assert len(tab(screen, "涉及人员")) == linked - 2
    qtbot.waitUntil(lambda: "在岗" in marks(screen).get("linked", ""), timeout=20000)
    demo_book.undo()


def test_shares_that_do_not_add_up_keep_the_question_open(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    with answer({"低保": "50%"}) as said:
        action(screen, "服务内容").trigger()
    assert "合计是 90%" in said[1]
    with answer({"低保": "70%", "特困": "30", "临时救助": ""}) as said:
        action(screen, "服务内容").trigger()
    assert len(said) == 1
    assert [line[:2] for line in tab(screen, "服务内容")] == [("低保", 7000), ("特困", 3000)]


def test_a_renewal_is_shown_and_linked(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    with answer({"no": "DL2027-001"}) as said:
        action(screen, "续签").trigger()
    assert len(said) == 1, said
    qtbot.waitUntil(lambda: screen.row is not None and screen.row.values[0] == "DL2027-001")
    number = screen.row.keys["purchase_contract"][0]  # type: ignore[union-attr]
    made = demo_book.read(row, "purchase_contract", (number,))
    assert made is not None and (str(made["start"]), str(made["end"]), made["predecessor"]) == ("2027-01-01", "2027-12-31", 1)
    assert [line[0] for line in tab(screen, "续签链")] == ["原合同", "本合同"]
    assert field(screen, "purchase_contract.predecessor").text() == "DL2026-001"


def test_ending_early_and_amending_ask_for_what_is_needed(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 2)
    with answer({"last_day": "2026-12-31", "signed": "2026-11-01", "reason": "协商一致"}) as said:
        action(screen, "提前终止").trigger()
    assert "人挂在这份合同下" in said[0] or "截止" in said[0]
    assert "不早于合同截止日期" in said[1]
    with answer({"last_day": "2026-11-30", "signed": "2026-11-01", "reason": "协商一致"}) as said:
        action(screen, "提前终止").trigger()
    assert len(said) == 1, said
    assert screen.row is not None and screen.row.values[2] == "提前终止"
    assert [line[3] for line in tab(screen, "补充合同")] == ["提前终止：协商一致"]
    with answer({"signed": "2026-11-02"}) as said:
        action(screen, "补充合同").trigger()
    assert "至少一项" in said[1]


def test_prints_open_in_the_preview(demo_book: Book, shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []

    def paint(dialog: QPrintPreviewDialog) -> int:
        titles.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(QPrintPreviewDialog, "exec", paint)
    screen = shown(contracts_screen, demo_book)
    stand(screen, qtbot, "purchase_contract", 1)
    action(screen, "打印合同登记表").trigger()
    with answer({}) as said:
        action(screen, "打印付款审批单").trigger()
    assert said == ["打印哪一笔付款的审批单？"]
    tab(screen, "付款")
    grid = next(grid for one, grid in zip(screen.spec.tabs, screen.tab_grids, strict=True) if one.title == "付款")
    grid.view.go(1, 0)
    action(screen, "打印付款审批单").trigger()
    assert titles == ["打印预览 — 服务采购合同登记表", "打印预览 — 合同付款审批单", "打印预览 — 合同付款审批单"]


def test_the_register_fits_one_page(demo_book: Book, qtbot: QtBot, tmp_path: Any) -> None:
    from office.contract_sheets import contract_sheet, payment_sheet

    for at, sheet in enumerate((
        demo_book.read(contract_sheet, 1, demo.AS_OF, "东岭县民政局"),
        demo_book.read(payment_sheet, demo_book.read(rows, "contract_payment")[0]["id"], "东岭县民政局"),
    )):  # fmt: skip
        job = Print(sheet, str(tmp_path / f"{at}.pdf"))
        assert job.paint(job.printer) == 1


def test_long_names_are_cut_nowhere_in_the_questions(demo_book: Book, shown: Shown, qtbot: QtBot) -> None:
    name = "二〇二六年度社会救助经办服务人员政府购买服务项目（含低保、特困、临时救助事务性工作及入户调查）采购合同"
    acts.add_contract(demo_book, {"no": "L-1", "name": name, "kind": "其他", "procured_as": "其他", "start": demo.AS_OF, "end": demo.AS_OF})
    screen = shown(contracts_screen, demo_book)
    assert screen.show_record({"purchase_contract": (max(one["id"] for one in demo_book.read(rows, "purchase_contract")),)})

    def look(dialog: Choose) -> None:
        screen_size = QGuiApplication.primaryScreen().availableGeometry()
        assert dialog.height() <= min(screen_size.height(), 700) and dialog.width() <= 700

    with ticking(look):
        action(screen, "用工单位").trigger()
    assert not action(screen, "打印付款审批单").isEnabled(), "nothing was paid"
