"""What tests of several rooms share: a clock that stands still, an empty book, and a copy of the demo county's book."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from db import book as books
from db import crypt
from db.book import Book
from office import demo
from policy.clock import Clock


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--safety", action="store_true", help="the twelve safety tests with their full counts (tests/safety)")
    parser.addoption("--libreoffice", action="store_true", help="workbooks calculated anew by LibreOffice (python3 dev.py formulas)")
    parser.addoption("--counties", type=int, default=5, help="how many generated counties a city rolls up (30: a large city)")


settings.register_profile("jingban", deadline=None)  # times are the benchmarks' business
settings.load_profile("jingban")


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a password is slow on purpose; here its parameters are small (each slot says its own)."""
    for name, value in (("TIME", 1), ("MEMORY", 64), ("LANES", 1)):
        monkeypatch.setattr(crypt, name, value)


@pytest.fixture(scope="session")
def clock() -> Clock:
    """31 December 2026, nine in the morning, for ever."""
    return Clock(lambda: datetime(2026, 12, 31, 9, 0, 0))


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """An open book without a single record."""
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(folder, clock, "李晓敏") as opened:
        yield opened


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    return demo.make(tmp_path_factory.mktemp("demo") / "东岭县.经办台账", clock)


@pytest.fixture
def demo_folder(_demo: Path, tmp_path: Path) -> Path:
    """A closed copy of the demo county's book."""
    return Path(shutil.copytree(_demo, tmp_path / _demo.name))


@pytest.fixture
def demo_book(demo_folder: Path, clock: Clock) -> Iterator[Book]:
    """An open copy of the demo county's book."""
    with books.open_book(demo_folder, clock, "李晓敏") as opened:
        yield opened
