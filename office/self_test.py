"""The program's own test, without a window: demo county, an import, a check, every form written and read back, password and backup."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from office import __version__, demo, password
from office.backup import on_demand
from office.check import check
from office.import_file import commit, preview
from office.imports import kind
from office.licences import parts
from office.make_returns import YEARLY, lay_in, write_laid
from office.open import open_book
from policy.clock import Clock
from policy.example import id_no
from policy.period import parse_period
from policy.rules import RULES
from policy.staffing import staffing, totals
from returns.forms import FORMS

EVERYTHING: Final = replace(YEARLY, forms=tuple(form.key for form in FORMS))

def self_test(folder: Path, clock: Clock) -> dict[str, Any]:
    """Do a day's work on a demo county in `folder`; says with which versions what was done and how much of it, and `passed`."""
    done: dict[str, Any] = {
        "passed": False,
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "parts": {part.name: part.version for part in parts()},
        "counts": {},
        "steps": [],
    }
    done["rules"] = [rule.id for rule in RULES]
    done["forms"] = list(EVERYTHING.forms)
    try:
        _work(folder, clock, done["steps"].append, done["counts"])
        _locked(folder, clock, done["steps"].append)
    except Exception:
        done["error"] = traceback.format_exc()
    else:
        done["passed"] = bool(done["rules"]) and bool(done["forms"])
    return done


def _work(folder: Path, clock: Clock, say: Callable[[str], None], counts: dict[str, int]) -> None:
    with open_book(demo.make(_book(folder), clock), clock, program="自检") as book:
        say("demo book made")
        roster = folder / "花名册.csv"
        person = id_no(demo.AS_OF.replace(year=1990), 901)
        roster.write_text(
            f"人员花名册\n姓名,身份证号,用工形式,使用单位,入职日期\n试一人,{person},劳务派遣,青石镇,2026年1月5日\n", encoding="gb18030"
        )
        seen = preview(book, roster, kind("roster"))
        _expect(seen.counts()["新增"], 1, seen.sentences())
        act = commit(book, seen)
        _expect(totals(staffing(check(book, demo.AS_OF).facts)).heads, 54, "heads after the import")
        book.take_back(act or 0)
        say("import committed and taken back")
        total = totals(staffing(check(book, demo.AS_OF).facts))
        _expect((total.need, total.heads, total.shortfall), (58, 53, 6), "staffing")
        seen_now = check(book, demo.AS_OF)
        say(f"{len(seen_now.findings)} findings")
        laid = book.read(lay_in, parse_period(str(demo.YEAR)), EVERYTHING)
        path = write_laid(laid, folder, clock.today(), EVERYTHING)
        say(f"{len(laid.sheets)} forms written and read back, {path.stat().st_size} bytes")
        _expect(book.verify(), [], "diary")
        say("diary verified")
        say(f"backup made, {on_demand(book).path.stat().st_size} bytes")
        counts |= {
            "rules": len(RULES), "findings": len(seen_now.findings), "forms": len(laid.sheets),
            "cells": sum(len(row.cells) for sheet in laid.sheets for row in sheet.rows),
            "units": len(seen_now.facts.units), "engagements": len(seen_now.facts.engagements),
        }  # fmt: skip


def _locked(folder: Path, clock: Clock, say: Callable[[str], None]) -> None:
    """A password set, the book opened with it and with the recovery code, and the password taken off again."""
    first, second = "自检 一号密码 2026", "自检 二号密码 2026"
    code = password.set_password(_book(folder), first, clock)
    with open_book(_book(folder), clock, program="自检", password=first) as book:
        _expect(book.verify(), [], "diary of the encrypted book")
    password.recover(_book(folder), code, second, clock)
    password.take_off(_book(folder), second, clock)
    say("encrypted, opened, recovered, decrypted")


def _book(folder: Path) -> Path:
    return folder / f"{demo.COUNTY}.经办台账"


def _expect(found: object, wanted: object, what: object) -> None:
    if found != wanted:
        raise AssertionError(f"{what}: {found} instead of {wanted}")
