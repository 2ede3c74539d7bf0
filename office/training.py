"""参训名单 of a training: who is called, and who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows


def call(book: Book, training: int, people: Collection[int]) -> int | None:
    """应参训名单: exactly these people are called; who is new on the list has not come yet, who stays keeps what was registered. Returns the
    act, None where nothing changes. Refused where somebody who came would go."""
    held = _training(book, training)
    listed = {one["person"]: one for one in book.read(rows, "training_person", training=training)}
    going = [one for person, one in listed.items() if person not in people]
    if any(one["attended"] for one in going):
        names = "、".join((book.read(row, "person", (one["person"],)) or {})["name"] for one in going if one["attended"])
        raise Refused(f"{names}已经登记参训，不能从名单上取消。登记错了的，请先用“登记参训”取消。")
    changes = [Change("training_person", (one["id"],), one, None) for one in going]
    return _done(book, f"应参训名单 {held['name']}", changes + _added(book, training, {person: False for person in people if person not in listed}))


def attend(book: Book, training: int, people: Collection[int]) -> int | None:
    """登记参训: exactly these people came; who was not on the list is put on it, who is on it and not among them did not come. Returns the act,
    None where nothing changes."""
    held = _training(book, training)
    listed = {one["person"]: one for one in book.read(rows, "training_person", training=training)}
    changes = [
        Change("training_person", (one["id"],), {"attended": one["attended"]}, {"attended": person in people})
        for person, one in listed.items()
        if one["attended"] != (person in people)
    ]
    return _done(book, f"登记参训 {held['name']}", changes + _added(book, training, {person: True for person in people if person not in listed}))


def _training(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "training", (number,))
    if found is None:
        raise Refused("这次培训已经不在了。请刷新。")
    return found


def _added(book: Book, training: int, people: Mapping[int, bool]) -> list[Change]:
    first = book.read(next_ids)["training_person"]
    return [
        Change("training_person", (number,), None, defaults("training_person") | {"id": number, "training": training, "person": person, "attended": came})
        for number, (person, came) in enumerate(people.items(), first)
    ]


def _done(book: Book, name: str, changes: list[Change]) -> int | None:
    return book.act(name, changes) if changes else None
