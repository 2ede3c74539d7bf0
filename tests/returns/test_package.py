"""The package: the same bytes for the same return, everything in it found again, and every way it can be wrong refused in words."""

from __future__ import annotations

import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policy.example import worked_county
from returns.annual import lay_all
from returns.fill import Entry, fill
from returns.forms import audits
from returns.package import ATTACHMENTS, DATA, FORMAT, MANIFEST, PERSONAL, TRIAL, WORKBOOK, PackageError, bare, data_text, pack, read
from returns.points import Audited, run
from tests.returns.laid import TASK

DAY = date(2027, 1, 12)


@pytest.fixture(scope="module")
def made() -> tuple[Any, Audited]:
    facts = worked_county()
    entry = Entry("表2", "乡镇5", "22", 7)
    filled = fill(lay_all(facts, TASK), [entry], TASK)
    return filled, run(facts, TASK, filled, (), audits(facts.parameters))


def said(**more: Any) -> dict[str, Any]:
    return {
        "program": "0.1.0", "task": "年报", "unit_code": "449901", "unit": "东岭县民政局", "period": "2026", "as_of": date(2026, 12, 31), "version": 1,
        "sealed_on": DAY, "trial": False, "hard": 0, "soft": 7, "hints": 4, "forms": ("表2",), "counts": {"表2": 15}, "log_head": "ab" * 32,
        "log_lines": 1234, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def content(made: tuple[Any, Audited]) -> bytes:
    filled, audited = made
    data = data_text(filled.sheets, filled.entries.values(), audited)
    return pack(said(), data, b"workbook", [("合同.pdf", b"one"), ("合同.pdf", b"two"), ("a/b:c.pdf", b"three")], b"sealed", DAY)


def test_everything_is_found_again(made: tuple[Any, Audited], content: bytes) -> None:
    filled, audited = made
    found = read(content)
    assert found.sheets == bare(filled.sheets)
    assert found.entries == tuple(filled.entries.values())
    assert found.points == tuple(replace(point, people=()) for point in audited.points), "people are named at the county's desk only"
    assert found.outcomes == {outcome.value: number for outcome, number in audited.outcomes().items()}
    assert (found.workbook, found.personal) == (b"workbook", b"sealed")
    assert found.attachments == {"合同.pdf": b"one", "合同（2）.pdf": b"two", "abc.pdf": b"three"}
    manifest = found.manifest
    assert (manifest.period, manifest.version, manifest.unit_code, manifest.log_lines, manifest.sealed_on) == ("2026", 1, "449901", 1234, DAY)


def test_the_same_return_makes_the_same_bytes(made: tuple[Any, Audited], content: bytes) -> None:
    filled, audited = made
    data = data_text(filled.sheets, filled.entries.values(), audited)
    again = pack(said(), data, b"workbook", [("合同.pdf", b"one"), ("合同.pdf", b"two"), ("a/b:c.pdf", b"three")], b"sealed", DAY)
    assert again == content


def test_nobody_is_named_outside_the_sealed_part(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read(DATA).decode()
    for one in worked_county().engagements:
        assert one.person.id_no not in data
    assert '"附表1"' not in data and '"附表2"' not in data


def test_one_flipped_byte_anywhere_is_refused(content: bytes) -> None:
    ends = [*range(60), *range(len(content) - 120, len(content))]
    for at in {*ends, *random.Random(7).sample(range(len(content)), 150)}:
        spoilt = bytearray(content)
        spoilt[at] ^= 1 << (at % 8)
        with pytest.raises(PackageError):
            read(bytes(spoilt))


def repacked(content: bytes, **changes: bytes | None) -> bytes:
    """The package made anew by another hand, with some parts replaced, added or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in (parts | changes).items():
            if part is not None:
                entry = zipfile.ZipInfo(name, (2027, 1, 12, 0, 0, 0))
                entry.external_attr, entry.create_system = 0o600 << 16, 3
                archive.writestr(entry, part)
    return stream.getvalue()


def test_repacking_unchanged_parts_makes_the_same_package(content: bytes) -> None:
    assert repacked(content) == content


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({MANIFEST: None}, "不是上报数据包"),
        ({DATA: None}, r"缺少data\.json"),
        ({"附件/新.pdf": b"x"}, "多出了附件/新.pdf"),
        ({WORKBOOK: b"other"}, "“报表.xlsx”与清单的指纹不符"),
        ({PERSONAL: b"other"}, "指纹不符"),
        ({f"{ATTACHMENTS}合同.pdf": b"other"}, "“附件/合同.pdf”与清单的指纹不符"),
        ({MANIFEST: b"{"}, "清单.*读不出来"),
        ({MANIFEST: json.dumps({"format": FORMAT, "version": 9}).encode()}, "更高版本"),
        ({MANIFEST: json.dumps({"format": "别的", "version": 1}).encode()}, "清单.*读不出来"),
        ({"../逃.txt": b"x"}, "不该有的文件名"),
    ],
)
def test_each_defect_has_its_own_sentence(content: bytes, changes: dict[str, bytes | None], sentence: str) -> None:
    with pytest.raises(PackageError, match=sentence):
        read(repacked(content, **changes))


@pytest.mark.parametrize("spoilt", [b"", b"PK", b"not a zip at all"])
def test_what_is_no_zip_is_refused(spoilt: bytes) -> None:
    with pytest.raises(PackageError, match="打不开"):
        read(spoilt)


def test_a_cut_package_and_one_with_a_tail_are_refused(content: bytes) -> None:
    for spoilt in (content[:-30], content[30:], content + b"tail", b"head" + content):
        with pytest.raises(PackageError):
            read(spoilt)


def test_a_trial_package_says_so(made: tuple[Any, Audited]) -> None:
    filled, audited = made
    trial = pack(said(trial=True, sealed_on=None), data_text(filled.sheets, (), audited), b"w", (), None, DAY)
    assert TRIAL.encode() in trial
    assert read(trial).manifest.trial


def test_findings_of_risk_are_not_in_it(content: bytes) -> None:
    assert {point.id for point in read(content).points} <= {"2-S1", "3-S1", "3-S2", "2-I1", "1-I1", "C-H3", *(f"{n}-{k}" for n in range(7) for k in ("S3", "S6"))}
