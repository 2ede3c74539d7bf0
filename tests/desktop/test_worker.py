from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.worker import ProgressStrip, Report, Work


def test_work_runs_beside_the_window_and_reports_in_its_thread(qtbot: QtBot) -> None:
    threads: list[int] = []
    steps: list[tuple[int, int, str]] = []

    def task(report: Report) -> int:
        threads.append(threading.get_ident())
        report(1, 2, "读取第 1 行")
        report(2, 2, "读取第 2 行")
        return 42

    work = Work(task)
    work.progress.connect(lambda *step: (steps.append(step), threads.append(threading.get_ident())))
    with qtbot.waitSignal(work.done) as done:
        work.start()
    assert done.args == [42]
    assert steps == [(1, 2, "读取第 1 行"), (2, 2, "读取第 2 行")]
    assert threads[0] != threads[1] == threads[2] == threading.get_ident()


def test_a_failure_is_handed_over(qtbot: QtBot) -> None:
    work = Work(lambda report: 1 // 0)
    with qtbot.waitSignal(work.failed) as failed, qtbot.assertNotEmitted(work.done):
        work.start()
    assert isinstance(failed.args[0], ZeroDivisionError)


@pytest.fixture
def strip(qtbot: QtBot) -> ProgressStrip:
    made = ProgressStrip()
    qtbot.addWidget(made)
    return made


def test_the_strip_shows_cancels_and_goes(strip: ProgressStrip, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def task(report: Report) -> None:
        report(3, 10, "正在核查 3/10")
        while True:
            go_on.wait(5)
            report(4, 10, "正在核查 4/10")

    work = Work(task)
    strip.run("正在核查……", work)
    assert strip.isVisible()
    qtbot.waitUntil(lambda: strip.bar.value() == 3)
    assert strip.words.text() == "正在核查 3/10"
    with qtbot.waitSignal(work.cancelled):
        qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)
        go_on.set()
    assert not strip.isVisible()


def test_the_strip_serves_again(strip: ProgressStrip, qtbot: QtBot) -> None:
    for answer in (1, 2):
        work = Work(lambda report, answer=answer: answer)
        with qtbot.waitSignal(work.done) as done:
            strip.run("正在导出……", work)
            assert strip.stop.isEnabled()
        assert done.args == [answer]
        assert not strip.isVisible()
