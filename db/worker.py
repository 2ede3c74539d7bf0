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


class Interrupted(Exception):
    """A background read was stopped by something more urgent, or because the book is being closed."""


class Worker:
    """The thread and its queue. `checked` is called by SQLite now and then during a statement: True stops the statement."""

    def __init__(self) -> None:
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], Any] | None, Future[Any] | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._running = EDIT
        self._waiting = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="book", daemon=True)
        self._thread.start()

    def submit(self, rank: int, job: Callable[[], T]) -> Future[T]:
        """Queue a job; its result or exception arrives in the future."""
        future: Future[T] = Future()
        if rank < BACKGROUND:
            self._waiting.set()
        self._queue.put((rank, next(self._order), job, future))
        return future

    def run(self, rank: int, job: Callable[[], T]) -> T:
        """Queue a job and wait for it; a job that is already in the book's thread runs at once."""
        if threading.current_thread() is self._thread:
            return job()
        return self.submit(rank, job).result()

    def checked(self) -> bool:
        """Whether the running statement should stop: it is background work and something urgent waits."""
        return self._running >= BACKGROUND and self._waiting.is_set()

    def stop(self) -> None:
        """Finish what is queued before now, then end the thread."""
        self._waiting.set()
        self._queue.put((_STOP, next(self._order), None, None))
        self._thread.join()

    def _serve(self) -> None:
        while True:
            rank, order, job, future = self._queue.get()
            if job is None or future is None:
                return
            if rank < BACKGROUND and not any(item[0] < BACKGROUND for item in self._queue.queue):
                self._waiting.clear()
            if future.cancelled():
                continue
            self._running = rank
            try:
                result = job()
            except Interrupted:
                self._running = EDIT
                self._queue.put((rank, order, job, future))
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            finally:
                self._running = EDIT
