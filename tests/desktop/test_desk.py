"""The desk: what one open book is to the screens."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from db.book import Book
from desktop.desk import Desk
from policy.clock import Clock


def test_a_book_closed_before_its_next_check_is_let_go_without_a_word(empty_book: Book, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(empty_book, clock, clock.today())
    with qtbot.waitSignal(desk.checked):
        desk.moved()
    desk.moved()
    empty_book.close()
    with qtbot.captureExceptions() as raised:
        qtbot.wait(200)
    assert raised == [] and desk.check is not None
