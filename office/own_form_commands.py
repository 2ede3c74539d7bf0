"""按上级表样填报 on the command line: returns --form FILE [--map MAP] [--out FOLDER]."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from db.book import Book
from office import own_forms
from office.own_form_proposal import best_page, propose
from office.return_commands import task_number
from policy.clock import Clock
from policy.period import Period, parse_period
from returns.own_form_map import FormMap, from_toml, to_toml

DONE, FOUND = 0, 1


def own_form(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Fill a form (a file, or one of the book by name). Without a map the proposed one goes to stdout, to be looked at and kept as *.map.toml."""
    from office.open import open_book

    if asked.seal or asked.package or asked.with_formulas:
        raise ValueError("按上级表样填报（--form）时不能用 --seal、--package、--with-formulas。")
    with open_book(asked.book, clock) as book:
        form, how = _form(book, asked.form)
        for sentence in form.blank.losses:
            print(sentence, file=err)
        if asked.map is not None:
            how = _map(asked.map)
        number, period = _asked_for(book, asked)
        whole = how.whole_numbers if how else False
        sheets = book.read(own_forms.figures_of, number, whole) if number is not None else book.read(own_forms.figures_in, period, whole)
        if how is None:
            proposed = propose(best_page(form.blank.pages, sheets), sheets, asked.form.stem)
            print(to_toml(proposed.map), end="", file=out)
            print(f"认出 {len(proposed.map.columns)} 列，其中 {len(proposed.map.columns.keys() - proposed.sure)} 列是猜的。请核对后存成 .map.toml，用 --map 指定。", file=err)
            return DONE
        if asked.out is None:
            raise ValueError("请用 --out 写明填好的文件放在哪个文件夹。")
        filled = own_forms.fill_form(book, form, how, sheets)
        for one in filled.told:
            print(f"{one.level}\t{one.where}\t{one.said}", file=err)
        if said := own_forms.stops(filled, asked.agree):
            print(said, file=err)
            return FOUND
        path = own_forms.save_form(book, filled, how, period.title, asked.out, asked.agree, asked.purpose)
        print(f"填了 {filled.lines} 行，已写出并逐格读回核对。", file=err)
        print(path, file=out)
    return DONE


def _form(book: Book, named: Path) -> tuple[own_forms.Form, FormMap | None]:
    if named.is_file():
        return own_forms.read_form(named), None
    held = next((one for one in book.read(own_forms.held_forms) if one.name == str(named)), None)
    if held is None:
        raise ValueError(f"没有“{named}”这个文件，台账里也没有登记这个名称的表样。请检查路径或名称。")
    return own_forms.open_form(book, held.id)


def _map(path: Path) -> FormMap:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"对应文件“{path.name}”读不出来，应为 UTF-8 编码的 .map.toml。请检查文件。") from error
    return from_toml(text, path.name)


def _asked_for(book: Book, asked: argparse.Namespace) -> tuple[int | None, Period]:
    if asked.task is None:
        return None, parse_period(asked.period, asked.as_of)
    from office.returns_desk import draft_in, open_return

    number = open_return(book, task_number(book, asked.task))
    task = book.read(draft_in, number).task
    return number, parse_period(task.period, task.as_of)
