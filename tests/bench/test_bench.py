"""The suite itself: that the table is made and says what it should, and that a miss is not passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from office.check import check
from office.open import open_book
from tests.bench import __main__ as bench
from tests.bench import books
from tests.bench.checks import bare
from tests.bench.table import HOLDS, MISSES, NOT_MEASURED, Line, said, side_by_side, table

QUICK = Line("B4", "all rules over a county", 0.030, "s", 40, 0.001, "raw SQL")
SLOW = Line("B7", "annual set", 0.9, "s", 2, 0.3, "openpyxl")
GAP = Line("B12", "longest gap", 49.0, "ms", 50)
UNBUILT = Line("B3", "frozen start", None, "s", 1.1, against="", note="there is no folder build")


def run(lines: list[Line], *arguments: str) -> int:
    return bench.main(arguments, lambda name: [line for line in lines if line.number == name])


def test_a_line_holds_up_to_its_aim_and_not_beyond() -> None:
    assert [line.verdict for line in (QUICK, SLOW, GAP, UNBUILT)] == [HOLDS, MISSES, HOLDS, NOT_MEASURED]
    assert Line("B7", "annual set", 0.6, "s", 2, 0.3).verdict == HOLDS
    assert Line("B7", "annual set", 0.6001, "s", 2, 0.3).verdict == MISSES
    assert Line("B12", "longest gap", 50.1, "ms", 50).verdict == MISSES


def test_the_table_tells_number_work_ours_yardstick_ratio_aim_and_verdict() -> None:
    printed = [" ".join(line.split()) for line in table([QUICK, SLOW, GAP, UNBUILT]).splitlines()]
    assert printed == [
        "what ours yardstick ratio aim",
        "B4 all rules over a county 30.0 ms 1.0 ms raw SQL 30.00× ≤ 40× holds",
        "B7 annual set 900 ms 300 ms openpyxl 3.00× ≤ 2× misses",
        "B12 longest gap 49 ms ≤ 50 ms holds",
        "B3 frozen start – ≤ 1.1× not measured",
        "B3: there is no folder build",
        "2 holds, 1 misses, 1 not measured",
    ]


def test_a_miss_ends_with_1_and_all_kept_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([QUICK, GAP]) == 0
    assert run([QUICK, SLOW]) == 1
    assert run([QUICK, SLOW], "B4") == 0
    assert run([QUICK, UNBUILT]) == 0, "what cannot be measured here is said, and is no miss"
    assert "not measured" in capsys.readouterr().out


def test_the_lines_as_json(tmp_path: Path) -> None:
    assert run([QUICK, UNBUILT], "--json", str(tmp_path / "bench.json")) == 0
    first, second = sorted(json.loads((tmp_path / "bench.json").read_text(encoding="utf-8")), key=lambda line: str(line["number"]))
    assert (first["number"], first["verdict"], first["ratio"]) == ("B3", NOT_MEASURED, None)
    assert (second["number"], second["verdict"], round(second["ratio"]), second["aim"]) == ("B4", HOLDS, 30, 40)


def test_an_unknown_budget_is_refused() -> None:
    with pytest.raises(SystemExit) as ended:
        run([], "B99")
    assert ended.value.code == 2


def test_a_budget_that_fails_is_said_and_ends_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench.subprocess, "run", lambda *_, **__: bench.subprocess.CompletedProcess([], 1, "", "KeyError: 'x'\n"))
    assert bench.main(["B4"]) == 1
    assert "B4: KeyError: 'x'" in capsys.readouterr().out


def test_every_budget_of_the_list_has_its_measure() -> None:
    assert [name for name in bench.MEASURES if name.startswith("B")] == [f"B{at}" for at in range(1, 14)]
    for place in bench.MEASURES.values():
        module, _, function = place.partition(":")
        assert f"def {function}() -> list[Line]:" in (Path(bench.__file__).parent / f"{module}.py").read_text(encoding="utf-8")


def test_figures_are_said_in_their_units() -> None:
    assert [said(2.0, "s"), said(0.25, "s"), said(0.0123, "s"), said(61.6, "MB"), said(1.04, "")] == ["2.00 s", "250 ms", "12.3 ms", "62 MB", "1.04"]


def test_both_sides_get_the_same_turns() -> None:
    seen: list[str] = []
    side_by_side(lambda: seen.append("ours"), lambda: seen.append("theirs"), 2)
    assert seen == ["ours", "theirs"] * 3


def test_a_made_up_book_is_sound_and_both_sides_see_the_same_people(tmp_path: Path) -> None:
    small = books.Scale("small", 12, 4)
    with open_book(books.make(tmp_path / "小.经办台账", small), books.CLOCK, "测速", "测速") as book:
        assert book.verify() == []
        checked = check(book, books.AS_OF)
        assert len(checked.facts.engagements) == small.staff
        assert sum(one.months.bit_count() for each in checked.facts.engagements for one in each.pay) == small.staff * 12
        under = {finding.engagement_id for finding in checked.findings if finding.rule == "F2"}
        assert book.read(bare) >= small.units + len(under)
