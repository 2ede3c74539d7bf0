"""The twelve safety tests: small counts in the normal run, the full ones with `python3 dev.py test --safety`; one line of figures each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Say = Callable[[int, str, bool], None]


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the full counts are wanted."""
    return bool(request.config.getoption("--safety"))


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Say:
    """Say a test's number, its figures and whether they hold; they are printed at the end, and what does not hold fails."""

    def said(number: int, figures: str, holds: bool) -> None:
        record_property("safety", (number, f"SAFETY {number}: {figures}: {'holds' if holds else 'DOES NOT HOLD'}"))
        assert holds, figures

    return said


@pytest.fixture
def not_run(record_property: Callable[[str, object], None]) -> Callable[[int, str], None]:
    """Say what could not be tried on this machine."""
    return lambda number, why: record_property("safety", (number, f"SAFETY {number}: not run: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures, in the order of the numbers."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = sorted(tuple(value) for report in reports for name, value in report.user_properties if name == "safety" and report.when == "call")
    if lines:
        terminalreporter.section("safety")
        for _, line in lines:
            terminalreporter.line(line)
