"""Excel formulas of a form sent down: their references moved when rows are put in, and what they come to, worked out exactly.

Only arithmetic is worked out (+ − × ÷, SUM, ROUND, MAX, MIN, ABS, AVERAGE, COUNT, IF, IFERROR with comparisons); anything else is
`Unknown`, and the clerk is told so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils import column_index_from_string, get_column_letter

Number = Fraction | str | bool | None
Look = Callable[[str, int, int], Number]
"""(sheet or "" for the formula's own, row, column) → what stands there."""

_REFERENCE: Final = re.compile(r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!:,()\s]+)!)?(?P<one>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<two>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?")
_ROWS: Final = re.compile(r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!:,()\s]+)!)?\$?(?P<one>[0-9]{1,7}):\$?(?P<two>[0-9]{1,7})")
_CELL: Final = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")

Rows = Callable[[int, int], tuple[int, int]]
"""First and last row of a range → where they are once rows were put in."""


class Unknown(Exception):  # noqa: N818 - an answer, not a failure
    """The formula holds what is not worked out here."""


def moved(formula: str, rows: Rows, sheet: str, own: bool) -> str:
    """A formula ("=…") after rows of `sheet` moved; `own`: whether it stands on that sheet, so that bare references mean it."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = moved_reference(token.value, rows, sheet, own)
    return "=" + "".join(token.value for token in tokens.items)


def moved_reference(text: str, rows: Rows, sheet: str, own: bool) -> str:
    """A reference, or several apart by commas (a name, a print area), after rows of `sheet` moved."""
    return _ROWS.sub(lambda found: _whole_rows(found, rows, sheet, own), _REFERENCE.sub(lambda found: _cells(found, rows, sheet, own), text))


def _means(found: re.Match[str], sheet: str, own: bool) -> bool:
    return own if found["sheet"] is None else found["sheet"].strip("'").replace("''", "'") == sheet


def _cells(found: re.Match[str], rows: Rows, sheet: str, own: bool) -> str:
    if not _means(found, sheet, own):
        return found[0]
    one, two = _CELL.fullmatch(found["one"]), _CELL.fullmatch(found["two"] or found["one"])
    assert one and two
    first, last = rows(int(one[4]), int(two[4])) if found["two"] else (rows(int(one[4]), 0)[0],) * 2
    prefix = f"{found['sheet']}!" if found["sheet"] else ""
    start = f"{prefix}{one[1]}{one[2]}{one[3]}{first}"
    return f"{start}:{two[1]}{two[2]}{two[3]}{last}" if found["two"] else start


def _whole_rows(found: re.Match[str], rows: Rows, sheet: str, own: bool) -> str:
    if not _means(found, sheet, own):
        return found[0]
    first, last = rows(int(found["one"]), int(found["two"]))
    prefix = f"{found['sheet']}!" if found["sheet"] else ""
    return f"{prefix}${first}:${last}"


def worked_out(formula: str, look: Look) -> Number:
    """What a formula comes to. Unknown where it holds what is not worked out here, or an error such as a division by nothing."""
    tokens = [token for token in Tokenizer(formula).items if token.type != Token.WSPACE]
    reader = _Reader(tokens, look)
    found = reader.compared()
    if reader.at != len(tokens):
        raise Unknown(formula)
    return _one(found)


class _Reader:
    """Reads tokens from left to right, one method a strength of binding."""

    def __init__(self, tokens: list[Token], look: Look) -> None:
        self.tokens, self.look, self.at = tokens, look, 0

    def _next(self, kind: str, *values: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].type == kind and (not values or self.tokens[self.at].value in values):
            self.at += 1
            return str(self.tokens[self.at - 1].value)
        return None

    def compared(self) -> Any:
        left = self._added()
        while sign := self._next(Token.OP_IN, "=", "<>", "<", ">", "<=", ">="):
            one, two = _one(left), _one(self._added())
            if isinstance(one, str) or isinstance(two, str):
                one, two = ("" if one is None else one), ("" if two is None else two)
                if sign not in ("=", "<>"):
                    raise Unknown(sign)
                left = (one == two) is (sign == "=")
                continue
            one, two = _number(one), _number(two)
            left = {"=": one == two, "<>": one != two, "<": one < two, ">": one > two, "<=": one <= two, ">=": one >= two}[sign]
        return left

    def _added(self) -> Any:
        left = self._multiplied()
        while sign := self._next(Token.OP_IN, "+", "-"):
            right = _number(self._multiplied())
            left = _number(left) + right if sign == "+" else _number(left) - right
        return left

    def _multiplied(self) -> Any:
        left = self._single()
        while sign := self._next(Token.OP_IN, "*", "/"):
            right = _number(self._single())
            if sign == "/" and not right:
                raise Unknown("#DIV/0!")
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def _single(self) -> Any:
        if sign := self._next(Token.OP_PRE):
            found = _number(self._single())
            return -found if sign == "-" else found
        found = self._plain()
        while self._next(Token.OP_POST):
            found = _number(found) / 100
        return found

    def _plain(self) -> Any:
        if self.at >= len(self.tokens):
            raise Unknown("")
        token = self.tokens[self.at]
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            self.at += 1
            found = self.compared()
            if self._next(Token.PAREN) is None:
                raise Unknown(")")
            return found
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return self._called(str(token.value).upper())
        if token.type == Token.OPERAND:
            self.at += 1
            if token.subtype == Token.NUMBER:
                return Fraction(token.value)
            if token.subtype == Token.TEXT:
                return str(token.value)[1:-1].replace('""', '"')
            if token.subtype == Token.LOGICAL:
                return token.value == "TRUE"
            if token.subtype == Token.RANGE:
                return self._looked(str(token.value))
        raise Unknown(token.value)

    def _looked(self, text: str) -> Any:
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise Unknown(text)
        sheet = (found["sheet"] or "").strip("'").replace("''", "'")
        one, two = _CELL.fullmatch(found["one"]), _CELL.fullmatch(found["two"] or found["one"])
        assert one and two
        columns = range(column_index_from_string(one[2]), column_index_from_string(two[2]) + 1)
        values = [self.look(sheet, row, column) for row in range(int(one[4]), int(two[4]) + 1) for column in columns]
        return values if found["two"] else values[0]

    def _called(self, name: str) -> Any:
        self.at += 1
        given: list[Any] = []
        failed: dict[int, Unknown] = {}
        while self._next(Token.FUNC, ")") is None:
            began = self.at
            try:
                given.append(self.compared())
            except Unknown as unknown:
                if name not in ("IFERROR(", "IF("):
                    raise
                failed[len(given)] = unknown
                given.append(None)
                self._skip(began)
            self._next(Token.SEP)
            if self.at >= len(self.tokens):
                raise Unknown(name)
        return _call(name, given, failed)

    def _skip(self, began: int) -> None:
        """To the end of an argument that could not be worked out."""
        self.at, depth = began, 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if depth == 0 and (token.type == Token.SEP or token.subtype == Token.CLOSE):
                return
            depth += {Token.OPEN: 1, Token.CLOSE: -1}.get(token.subtype, 0)
            self.at += 1


def _call(name: str, given: list[Any], failed: Mapping[int, Unknown]) -> Any:
    if name == "IF(" and 2 <= len(given) <= 3 and 0 not in failed:
        chosen = 1 if _number(given[0]) else 2
        if chosen in failed:
            raise failed[chosen]
        return given[chosen] if chosen < len(given) else False
    if name == "IFERROR(" and len(given) == 2 and 1 not in failed:
        return given[1] if 0 in failed else given[0]
    if failed:
        raise next(iter(failed.values()))
    flat = [value for one in given for value in (one if isinstance(one, list) else [one])]
    numbers = [value for value in flat if isinstance(value, Fraction)]
    match name:
        case "SUM(":
            return sum(numbers, Fraction(0))
        case "MAX(" | "MIN(":
            return (max if name == "MAX(" else min)(numbers, default=Fraction(0))
        case "COUNT(":
            return Fraction(len(numbers))
        case "COUNTA(":
            return Fraction(sum(value is not None for value in flat))
        case "AVERAGE(" if numbers:
            return sum(numbers, Fraction(0)) / len(numbers)
        case "ABS(" if len(given) == 1:
            return abs(_number(given[0]))
        case "ROUND(" if len(given) == 2:
            return half_up(_number(given[0]), int(_number(given[1])))
    raise Unknown(name)


def half_up(number: Fraction, places: int) -> Fraction:
    """Rounded as on paper, away from zero at the half."""
    scaled = abs(number) * Fraction(10) ** places
    whole = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)) / Fraction(10) ** places
    return whole if number >= 0 else -whole


def _one(value: Any) -> Number:
    if isinstance(value, list):
        raise Unknown("")
    found: Number = value
    return found


def _number(value: Any) -> Fraction:
    value = _one(value)
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if not isinstance(value, Fraction):
        raise Unknown(str(value))
    return value


def address(column: int, row: int) -> str:
    """B5 from column 2, row 5."""
    return f"{get_column_letter(column)}{row}"
