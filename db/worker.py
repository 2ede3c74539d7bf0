"""One thread owns the book's one connection and serves a queue: edits before screens before background work.

A background job only reads; when something more urgent waits it is interrupted inside SQLite and starts over afterwards.
An act is never interrupted.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

EDIT = 0
SCREEN = 1
BACKGROUND = 2
_STOP = 9


class Interrupted(Exception):  # noqa: N818 - not an error: the work starts over, or the book is being closed
    """A background read was stopped by something more urgent, or something was asked of a book that is closed or being closed."""


class Worker:
    """The thread and its queue. `checked` is called by SQLite now and then during a statement: True stops the statement."""

    def __init__(self) -> None:
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], Any], Future[Any]]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._running = EDIT
        self._lock = threading.Lock()
        self._urgent = 0
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, name="book", daemon=True)
        self._thread.start()

    def submit(self, rank: int, job: Callable[[], T]) -> Future[T]:
        """Queue a job; its result or exception arrives in the future. Raises Interrupted after `stop`."""
        future: Future[T] = Future()
        with self._lock:
            if self._stopped:
                raise Interrupted("台账已经关闭。请重新打开。")
            self._urgent += rank < BACKGROUND
            self._queue.put((rank, next(self._order), job, future))
        return future

    def run(self, rank: int, job: Callable[[], T]) -> T:
        """Queue a job and wait for it; a job that is already in the book's thread runs at once."""
        if threading.current_thread() is self._thread:
            return job()
        return self.submit(rank, job).result()

    def checked(self) -> bool:
        """Whether the running statement should stop: it is background work and something urgent waits."""
        return self._running >= BACKGROUND and (self._urgent > 0 or self._stopped)

    def stop(self, last: Callable[[], None] = lambda: None) -> None:
        """Finish the edits and screens queued before now, give up background work (Interrupted), run `last`, end the thread."""
        future: Future[None] = Future()
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            self._queue.put((_STOP, next(self._order), last, future))
        self._thread.join()
        future.result()

    def _serve(self) -> None:
        rank = EDIT
        while rank != _STOP:
            rank, order, job, future = self._queue.get()
            with self._lock:
                self._urgent -= rank < BACKGROUND
            if not future.running() and not future.set_running_or_notify_cancel():
                continue
            if rank == BACKGROUND and self._stopped:
                future.set_exception(Interrupted("台账正在关闭。"))
                continue
            self._running = rank if rank == BACKGROUND else EDIT
            try:
                result = job()
            except Interrupted:
                self._queue.put((rank, order, job, future))
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            finally:
                self._running = EDIT
