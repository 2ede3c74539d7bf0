"""Several words in one cell: 青石镇、白沙镇; with shares 低保 60%、特困 40%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, quoted
from policy.kinds.number import COUNT, SHARE
from policy.names import fold

WHOLE: Final = 10000
_APART: Final = "、，,；;\n\r"
_WITH_COUNT: Final = re.compile(r"(.*?)[\s:：(（]*([0-9０-９]+)\s*人?[)）]?", re.DOTALL)
_WITH_SHARE: Final = re.compile(r"(.*?)[\s:：(（]*([0-9０-９]+(?:[.．][0-9０-９]+)?\s*[%％])[)）]?", re.DOTALL)


def several(kind: Kind, apart: str = _APART) -> Kind:
    """A kind whose stored value is a tuple of words, each once, in the order written. `apart`: what stands between them."""

    def parse(raw: object, today: date | None) -> tuple[Any, ...] | None:
        content = given(raw)
        if content is None:
            return None
        read = [kind.parse(word, today) for word in _split(str(content), apart)]
        _once(read, content)
        return tuple(read) or None

    return Kind(kind.name, parse, lambda words: apart[0].join(kind.show(word) for word in words or ()), each=kind, apart=apart)


def shares(kind: Kind) -> Kind:
    """A kind whose stored value is a tuple of (word, share in 0.01 %); the shares make 100 %, and one word alone is the whole."""

    def parse(raw: object, today: date | None) -> tuple[tuple[Any, int], ...] | None:
        content = given(raw)
        if content is None:
            return None
        said = [_share_said(part) for part in _split(str(content), _APART)]
        read = [(kind.parse(word, today), SHARE.parse(share, today) if share else None) for word, share in said]
        _once([word for word, _ in read], content)
        if len(read) == 1 and read[0][1] is None:
            return ((read[0][0], WHOLE),)
        total = sum(share or 0 for _, share in read)
        if any(share is None for _, share in read) or total != WHOLE:
            way = f"合计是 {SHARE.show(total)}，应为 100%" if all(share is not None for _, share in read) else "没有写明各占多少"
            raise Unreadable(f"{quoted(content)}{way}。请写成“甲 60%、乙 40%”这样，各项合计 100%。")
        return tuple((word, share or 0) for word, share in read)

    def show(words: Iterable[tuple[Any, int]] | None) -> str:
        return "、".join(f"{kind.show(word)} {SHARE.show(share)}" for word, share in words or ())

    return Kind(f"{kind.name}及占比", parse, show, each=kind, apart=_APART)


def counts(kind: Kind) -> Kind:
    """A kind whose stored value is a tuple of (word, 人 from 1): 青石镇 2、白沙镇 3人."""

    def parse(raw: object, today: date | None) -> tuple[tuple[Any, int], ...] | None:
        content = given(raw)
        if content is None:
            return None
        read = []
        for part in _split(str(content), _APART):
            found = _WITH_COUNT.fullmatch(part)
            heads = COUNT.parse(found[2], today) if found and found[1].strip() else None
            if not found or not heads:
                raise Unreadable(f"{quoted(part)}没有写明多少人。请写成“甲 2、乙 3”这样，人数大于 0。")
            read.append((kind.parse(found[1].strip(), today), heads))
        _once([kind.show(word) for word, _ in read], content)
        return tuple(read) or None

    def show(words: Iterable[tuple[Any, int]] | None) -> str:
        return "、".join(f"{kind.show(word)} {heads}" for word, heads in words or ())

    return Kind(f"{kind.name}及人数", parse, show, each=kind, apart=_APART)


def words(kind: Kind, text: str) -> list[str]:
    """The words a cell of this kind holds, without their shares; the cell itself where it holds one."""
    return [_share_said(part)[0] for part in _split(text, kind.apart)] if kind.each else [text]


def answered(kind: Kind, text: str, answers: Mapping[str, str]) -> str:
    """A cell with the words that have an answer (folded word → word meant) put in their place."""
    if not kind.each:
        return answers.get(fold(text), text)
    said = [_share_said(part) for part in _split(text, kind.apart)]
    return kind.apart[0].join(f"{answers.get(fold(word), word)} {share}".rstrip() for word, share in said)


def _split(text: str, apart: str) -> list[str]:
    return [word for part in re.split(f"[{re.escape(apart)}]", text) if (word := part.strip())]


def _share_said(part: str) -> tuple[str, str]:
    found = _WITH_SHARE.fullmatch(part)
    return (found[1].strip(), found[2]) if found and found[1].strip() else (part, "")


def _once(read: list[Any], content: object) -> None:
    for at, word in enumerate(read):
        if word in read[:at]:
            raise Unreadable(f"{quoted(content)}里“{word}”写了两次。请每样只写一次。")
