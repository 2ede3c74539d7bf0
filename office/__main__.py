"""The command line: the office's acts without a window, for tests, scheduled jobs and support.

Messages go to stderr in Chinese, results to stdout. Exit 0 done, 1 findings or refused rows, 2 wrong use, 3 refused (the book is
locked by somebody, damaged, newer, has another password: said in words).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from office import document_commands, estimate_commands, keeping_commands, return_commands, rollup_commands
from office.arguments import parser
from policy.clock import Clock

DONE, FOUND, WRONG_USE, REFUSED = 0, 1, 2, 3
CITY_DIGITS = 4
"""Of a city's code; a county's has 6."""


def main(
    arguments: Sequence[str] | None = None, *, clock: Clock | None = None, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Run one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--read-child"]:
        from intake.child import main as read_child

        return int(read_child() or 0)
    out, err = out or _utf8(sys.stdout), err or _utf8(sys.stderr)
    clock = clock or Clock()
    try:
        asked = parser().parse_args(given)
    except SystemExit as end:
        return int(end.code or 0)
    from db.change import Damaged, Forbidden, Locked, Newer, PasswordNeeded, ReadOnly, WrongPassword

    try:
        return int(COMMANDS[asked.command](asked, clock, out, err))
    except (Locked, Newer, Damaged, PasswordNeeded, WrongPassword, ReadOnly, Forbidden) as refusal:
        print(refusal, file=err)
        return REFUSED
    except ValueError as wrong:
        print(wrong, file=err)
        return WRONG_USE
    except OSError as failed:
        where = f"（{failed.filename}）" if failed.filename else ""
        said = f"读写文件没有成功：{failed.strerror}{where}。请检查磁盘空间和权限后再试，原有文件没有改动。"
        print(said if failed.strerror else failed, file=err)
        return REFUSED


def _utf8(stream: TextIO) -> TextIO:
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def _new(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.city_book import new_city_book
    from office.new_book import new_book

    if len(asked.county) == CITY_DIGITS:
        folder = new_city_book(asked.book, asked.county, clock)
        print(f"已新建市级台账：{folder}", file=err)
        print(folder, file=out)
        return DONE
    folder = new_book(asked.book, asked.county, clock, region=asked.region, basis=asked.basis)
    print(f"已新建台账：{folder}", file=err)
    print(folder, file=out)
    return DONE


def _import(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.error_rows import write_error_rows
    from office.import_file import again, commit, plan, read_file
    from office.import_report import report
    from office.imports import kind
    from office.mapping import NOTHING, read_map
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        sort = kind(asked.kind)
        mapping = read_map(asked.map, sort) if asked.map else NOTHING
        seen = plan(
            book, read_file(asked.file), sort, sheet=asked.sheet, month=asked.month, day=asked.date, header_row=asked.header_row, mapping=mapping,
            mode=asked.mode,
        )  # fmt: skip
        if asked.guesses:
            seen = again(seen, confirmed=seen.found.guesses)
        if asked.names:
            seen = again(seen, confirmed_names=frozenset(row.name for row in seen.rows if row.by_name))
        if asked.errors_to and seen.refused and seen.rows:
            count = write_error_rows(seen, asked.errors_to, clock.today())
            print(f"没有导入的 {count} 行已写到 {asked.errors_to}，改正后可直接导入。", file=err)
        act = None if asked.dry_run else commit(book, seen)
    return _told(asked, seen, lambda: report(seen, act), act, out, err)


def _told(asked: argparse.Namespace, seen: Any, report: Callable[[], dict[str, Any]], act: int | None, out: TextIO, err: TextIO) -> int:
    """Say what an import (a file's or a folder's) did or would do."""
    if asked.json:
        json.dump(report(), out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        for line in seen.sentences():
            print(line, file=err)
        print("，".join(f"{state} {count}" for state, count in seen.counts().items()), file=out)
        print("只是预览，没有写入。" if asked.dry_run else "已写入，可在程序里一次撤销。" if act else "没有要写入的内容。", file=err)
    return FOUND if seen.refused else DONE


def _imports(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.batches import batches, take_back
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        if asked.take_back is not None:
            print(f"已撤回“{take_back(book, asked.take_back).file_name}”这一批。", file=err)
        listed = batches(book)
    if asked.json:
        json.dump([asdict(one) for one in listed], out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        for one in listed:
            counts = f"新增 {one.added}，更新 {one.changed}，相同 {one.same}，错误 {one.wrong}"
            state = "已撤回" if one.taken_back else ""
            print(f"{one.id}\t{one.at}\t{one.who}\t{one.kind}\t{one.file_name}\t{counts}\t{one.sha256}\t{state}", file=out)
    return DONE


def _template(asked: argparse.Namespace, clock: Clock, out: TextIO, _err: TextIO) -> int:
    from office.imports import kind
    from office.open import open_book
    from office.templates import write_template

    with open_book(asked.book, clock) as book:
        print(write_template(book, kind(asked.kind), asked.out, clock.today()), file=out)
    return DONE


def _collect(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.collection import collect
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        paths = collect(book, asked.month, asked.out, clock.today())
    print(f"已生成 {len(paths)} 个乡镇（街道）的采集表。", file=err)
    for path in paths:
        print(path, file=out)
    return DONE


def _collected(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.collected import collected, commit
    from office.import_report import report_of_folder
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        seen = collected(book, asked.folder, asked.month)
        act = None if asked.dry_run else commit(book, seen)
    return _told(asked, seen, lambda: report_of_folder(seen, act), act, out, err)


def _check(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office.check import check
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        findings = check(book, asked.as_of).findings
    if asked.json:
        fields = (
            "rule",
            "title",
            "severity",
            "priority",
            "kind",
            "unit",
            "person",
            "verdict",
            "measured",
            "required",
            "arithmetic",
            "article",
            "quote",
            "record",
            "place",
        )
        json.dump([{name: getattr(one, name) for name in fields} for one in findings], out, ensure_ascii=False, indent=1)
        print(file=out)
    else:
        for one in findings:
            who = "　".join(part for part in (one.unit, one.person) if part)
            print(f"{one.level}\t{one.rule}\t{who}\t{one.arithmetic}\t{one.article}", file=out)
    print(f"截至 {asked.as_of}：{len(findings)} 条核查结果。" if findings else f"截至 {asked.as_of}：全部通过。", file=err)
    return FOUND if findings else DONE


def _rules(asked: argparse.Namespace, _clock: Clock, out: TextIO, _err: TextIO) -> int:
    from policy.rules import RULES

    if asked.json:
        listed = [
            {name: getattr(rule, name) for name in ("id", "clauses", "title", "severity", "priority", "kind", "article")} for rule in RULES
        ]
        json.dump(listed, out, ensure_ascii=False, indent=1)
        print(file=out)
    elif asked.markdown:
        from office.rules_page import rules_page

        print(rules_page(), end="", file=out)
    else:
        for rule in RULES:
            print(f"{rule.id}\t{rule.level}\t{rule.title}\t{rule.article}", file=out)
    return DONE


def _manual(asked: argparse.Namespace, _clock: Clock, out: TextIO, _err: TextIO) -> int:
    from office.manual import manual
    from resources.files import write

    text = manual(pictures=[file.stem for file in asked.pictures.glob("*.png")] if asked.pictures else ())
    if asked.out is None:
        print(text, end="", file=out)
    else:
        write(asked.out, text.encode())
    return DONE


def _returns(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    if asked.form is not None:
        from office.own_form_commands import own_form

        return own_form(asked, clock, out, err)
    if asked.task is not None:
        return return_commands.task_returns(asked, clock, out, err)
    if asked.out is None or asked.seal or asked.package:
        raise ValueError("按报告期生成报表要写 --out；审核、封存、上报要按任务（--task）做。")
    from office.make_returns import make_returns
    from office.open import open_book
    from policy.period import parse_period

    period = parse_period(asked.period, asked.as_of)
    with open_book(asked.book, clock) as book:
        path = make_returns(book, period, asked.out, clock.today(), purpose=asked.purpose)
    print("工作簿已写出并逐格读回核对。", file=err)
    print(path, file=out)
    return DONE


def _demo(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    from office import demo
    from office.make_returns import make_returns
    from office.open import open_book
    from policy.period import parse_period

    folder = demo.keep_or_make(asked.out / f"{demo.COUNTY}.经办台账", clock)
    with open_book(folder, clock) as book:
        path = make_returns(book, parse_period(str(demo.YEAR)), asked.out, clock.today())
    print(f"演示县台账在 {folder}，报表工作簿已写出并逐格读回核对：", file=err)
    print(path, file=out)
    return DONE


def _self_test(_asked: argparse.Namespace, clock: Clock, out: TextIO, _err: TextIO) -> int:
    from office.self_test import self_test

    with tempfile.TemporaryDirectory() as folder:
        done = self_test(Path(folder), clock)
    json.dump(done, out, ensure_ascii=False, indent=1)
    print(file=out)
    print("自检通过" if done["passed"] else "自检没有通过", file=out)
    return DONE if done["passed"] else FOUND


COMMANDS = {
    "new": _new, "import": _import, "imports": _imports, "template": _template, "collect": _collect, "collected": _collected,
    "check": _check, "rules": _rules, "manual": _manual, "returns": _returns, "demo": _demo, "self-test": _self_test,
    **keeping_commands.COMMANDS, "estimate": estimate_commands.estimate, "document": document_commands.document, **return_commands.COMMANDS, **rollup_commands.COMMANDS,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
