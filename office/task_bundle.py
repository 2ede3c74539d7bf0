"""任务包: one file with which a city hands its counties a task, its rule sets, its audit formulas and the list of codes; a county's book takes it in whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from office.city_book import counties
from office.tasks import checked, columns_of, task_of, whole
from policy.frozen import plain, record
from resources import files
from returns.task import Task

SUFFIX: Final = ".任务包"
_FORMAT: Final = "经办台账任务包"
_VERSION: Final = 1
CITY_LEVEL: Final = "市"


def export_bundle(book: Book, task: int, target: Path) -> Path:
    """Write a task with the city's rule sets, formulas and codes of its counties to `target`; returns it. No figure is in it."""
    content = book.read(_content, task)
    target = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    said = {"format": _FORMAT, "version": _VERSION, **{name: plain(value) for name, value in content.items()}}
    files.write(target, json.dumps(said, ensure_ascii=False, indent=1).encode())
    return target


def _content(connection: Any, task: int) -> dict[str, Any]:
    city = row(connection, "county", (1,)) or {}
    sets = [one for one in rows(connection, "rule_set") if one["level"] == CITY_LEVEL]
    rules = [
        {name: one[name] for name in ("name", "document", "since", "until")}
        | {"values": [[value["key"], value["value"]] for value in rows(connection, "rule_value", rule_set=one["id"])]}
        for one in sets
    ]
    formulas = [{name: value for name, value in one.items() if name not in ("id", "owner")} for one in rows(connection, "own_formula", owner=CITY_LEVEL)]
    return {
        "city": city.get("name", ""),
        "task": replace(task_of(whole(row(connection, "report_task", (task,)))), typed={}),
        "rules": rules,
        "formulas": formulas,
        "codes": [[one["code"], one["name"]] for one in counties(connection)],
    }


def import_bundle(book: Book, source: Path) -> list[str]:
    """Take a 任务包 in as one act; returns in sentences what came. A task, rule set or formula the book has already is left as it is.

    Refused with a sentence for any other file, a newer one, or one for other counties.
    """
    content = _read(source)
    county = book.read(row, "county", (1,)) or {}
    codes = [code for code, _ in content["codes"]]
    if codes and county.get("code") not in codes:
        raise Refused(f"任务包是{content['city']}发给所属县（市、区）的，单位名单里没有本单位（{county.get('code')}）。请核对文件。")
    ids, changes, said = book.read(next_ids), list[Change](), list[str]()
    task: Task = checked(content["task"])
    if book.read(rows, "report_task", name=task.name, period=task.period):
        said.append(f"任务“{task.name}”（{task.period}）台账里已有，没有改动。")
    else:
        number = ids["report_task"]
        values = defaults("report_task") | columns_of(task) | {"id": number, "origin": f"{content['city']}任务包"}
        changes.append(Change("report_task", (number,), None, values))
        said.append(f"新增报送任务“{task.name}”（{task.period}）。")
    new_rules = book.read(_rules, content["rules"], ids)
    new_formulas = book.read(_formulas, content["formulas"], ids["own_formula"])
    changes += new_rules + new_formulas
    if new_rules:
        said.append(f"新增市级政策参数 {sum(one.table == 'rule_set' for one in new_rules)} 个版本。")
    if new_formulas:
        said.append(f"新增市级审核公式 {len(new_formulas)} 条。")
    if changes:
        book.act(f"导入任务包 {source.name}", changes)
    return said


def _rules(connection: Any, given: Any, ids: Mapping[str, int]) -> list[Change]:
    held = {(one["name"], one["since"]) for one in rows(connection, "rule_set", level=CITY_LEVEL)}
    changes, number, value_number = list[Change](), ids["rule_set"], ids["rule_value"]
    for one in given:
        if (one["name"], one["since"]) in held:
            continue
        head = {name: one[name] for name in ("name", "document", "since", "until")}
        changes.append(Change("rule_set", (number,), None, defaults("rule_set") | head | {"id": number, "level": CITY_LEVEL}))
        for key, value in one["values"]:
            changes.append(Change("rule_value", (value_number,), None, {"id": value_number, "rule_set": number, "key": key, "value": value}))
            value_number += 1
        number += 1
    return changes


def _formulas(connection: Any, given: Any, number: int) -> list[Change]:
    held = {(one["form"], one["scope"], one["text"], one["since"]) for one in rows(connection, "own_formula", owner=CITY_LEVEL)}
    wanted = [one for one in given if (one["form"], one["scope"], one["text"], one["since"]) not in held]
    return [
        Change("own_formula", (at,), None, defaults("own_formula") | dict(one) | {"id": at, "owner": CITY_LEVEL}) for at, one in enumerate(wanted, number)
    ]


def _read(source: Path) -> dict[str, Any]:
    try:
        content = json.loads(source.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise KeyError("format")
        if content["version"] > _VERSION:
            raise Refused(f"“{source.name}”是更高版本的程序写的任务包。请升级程序后再导入。")
        found = {name: record(content[name], Task) for name in ("city", "task", "rules", "formulas", "codes")}
        if not isinstance(found["task"], Task) or any(not isinstance(one["since"], date) for one in (*found["rules"], *found["formulas"])):
            raise TypeError("task")
        return found
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"“{source.name}”不是任务包，或已损坏。请向下发任务的单位重新索取。") from error
