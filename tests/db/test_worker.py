"""The book's thread: edits before screens before background; a background read gives way and starts over."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest
from sqlalchemy import Connection, text

from db.book import Book
from db.rows import rows
from db.worker import BACKGROUND, EDIT, SCREEN, Interrupted, Worker
from tests.db.records import new

WAIT = 30
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


class Slow:
    """A read that says when it begins and, the first time, never ends by itself; the second time it counts people."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.tries = 0

    def __call__(self, connection: Connection) -> int:
        self.tries += 1
        if self.tries == 1:
            self.begun.set()
            connection.execute(text(ENDLESS)).all()
        return int(connection.execute(text("SELECT count(*) FROM person")).scalar_one())


@pytest.fixture
def held() -> Worker:
    """A worker whose thread waits in its first job until `gate` is set."""
    worker = Worker()
    worker.gate = threading.Event()  # type: ignore[attr-defined]
    worker.submit(EDIT, lambda: worker.gate.wait(WAIT))  # type: ignore[attr-defined]
    return worker


def test_edits_before_screens_before_background_each_in_order(held: Worker) -> None:
    done: list[str] = []
    for rank, name in ((BACKGROUND, "核查1"), (SCREEN, "屏1"), (BACKGROUND, "核查2"), (EDIT, "改1"), (SCREEN, "屏2"), (EDIT, "改2")):
        last = held.submit(rank, lambda name=name: done.append(name))
        if name == "核查2":
            waited = last
    held.gate.set()  # type: ignore[attr-defined]
    waited.result(WAIT)
    held.stop()
    assert done == ["改1", "改2", "屏1", "屏2", "核查1", "核查2"]


def test_an_edit_interrupts_a_background_read_which_starts_over_and_sees_it(book: Book) -> None:
    slow = Slow()
    later = book.read_later(slow)
    assert slow.begun.wait(WAIT)
    book.act("新增", [new("person", 1, name="甲")])  # would wait for ever behind the endless read
    assert later.result(WAIT) == 1
    assert slow.tries == 2


def test_a_screen_interrupts_it_too(book: Book) -> None:
    slow = Slow()
    later = book.read_later(slow)
    assert slow.begun.wait(WAIT)
    assert book.read(rows, "person") == []
    assert later.result(WAIT) == 0


def test_it_starts_over_after_every_edit(book: Book) -> None:
    begun = threading.Semaphore(0)
    tries = []

    def read(connection: Connection) -> int:
        tries.append(1)
        if len(tries) <= 3:
            begun.release()
            connection.execute(text(ENDLESS)).all()
        return int(connection.execute(text("SELECT count(*) FROM person")).scalar_one())

    later = book.read_later(read)
    for number in (1, 2, 3):
        assert begun.acquire(timeout=WAIT)
        book.act("新增", [new("person", number, name="甲")])
    assert later.result(WAIT) == 3


def test_an_act_is_never_interrupted_by_what_waits(book: Book) -> None:
    """Screens that queue up behind an act leave it alone, and see it whole."""
    seen = []
    people = [new("person", number, name="甲") for number in range(1, 3001)]
    act = threading.Thread(target=lambda: book.act("新增", people))
    act.start()
    while act.is_alive():
        seen.append(len(book.read(rows, "person")))
    act.join()
    assert set(seen) <= {0, 3000}
    assert book.verify() == []


def test_errors_of_a_background_read_arrive(book: Book) -> None:
    with pytest.raises(Exception, match="no such table"):
        book.read_later(lambda connection: connection.execute(text("SELECT * FROM nowhere"))).result(WAIT)
    assert book.read(rows, "person") == []


def test_closing_gives_up_background_reads(book: Book) -> None:
    slow = Slow()
    later = book.read_later(slow)
    queued = book.read_later(rows, "person")
    assert slow.begun.wait(WAIT)
    book.close()
    for future in (later, queued):
        with pytest.raises(Interrupted):
            future.result(WAIT)


def test_a_cancelled_read_never_runs_and_the_thread_goes_on(held: Worker) -> None:
    ran: list[int] = []
    future = held.submit(BACKGROUND, lambda: ran.append(1))
    assert future.cancel()
    held.gate.set()  # type: ignore[attr-defined]
    assert held.run(SCREEN, lambda: 7) == 7
    held.stop()
    with pytest.raises(CancelledError):
        future.result()
    assert ran == []


def test_cancelling_a_running_read_is_too_late_and_harms_nobody(book: Book) -> None:
    slow = Slow()
    later = book.read_later(slow)
    assert slow.begun.wait(WAIT)
    assert not later.cancel()
    assert book.read(rows, "person") == []
    assert later.result(WAIT) == 0


def test_a_job_of_the_thread_itself_runs_at_once() -> None:
    worker = Worker()
    assert worker.run(SCREEN, lambda: worker.run(BACKGROUND, lambda: 3)) == 3
    worker.stop()


def test_stop_finishes_edits_first_and_then_takes_nothing(held: Worker) -> None:
    done: list[str] = []
    held.submit(SCREEN, lambda: done.append("屏"))
    held.submit(EDIT, lambda: done.append("改"))
    held.gate.set()  # type: ignore[attr-defined]
    held.stop(lambda: done.append("关"))
    held.stop(lambda: done.append("又关"))
    assert done == ["改", "屏", "关"]
    with pytest.raises(Interrupted, match="已经关闭"):
        held.submit(SCREEN, lambda: None)
