"""Formulas in the form's own notation: one text computes a column, is printed in 说明 and audits the figures.

    5=6+9+12        17=max(0.,3−5)        1=T1[合计,1]        合计[6]≤合计[7]        Σ(3−5)=17−18        19=是⇔17=0.

A bare integer is a column of the line; a constant carries a unit or a point (0. 12月 20% 300户 5万元). T1[u,4] is column 4
of 表1 in the line of the same unit, 合计 and 县局 name those lines, 上期[4] is the last period's
column 4 of the same line, Σ runs over the lines of the body (no 合计, no 其中), 计数(附表1[u],17=是) counts the rows of a list
that stand with the same unit and say so, 计数(T6[各行]) all its lines. A line is also named by the letter before its name (A[7], T5[B1,1]); an upright
form (表4) is read year by year: its 行次 are the columns, T4[本年,20] is 行次 20 of this year. 15≠空 says that something is filled in,
11=“优” that it says this word (是 and 否 need no marks). 整分(10×9) is money half up to whole 分. 最小(6) and 最大(7) are
the smallest and the largest of column 6 and 7 among the lines of the body. Across an upright form its years are the columns: (本年−上年)/上年.
Arithmetic is exact. A blank (the figure is not known) and — spread; a comparison with either is 数据不足, never a pass;
division by zero is —. In Σ a line that is — adds nothing, while one blank leaves the whole sum unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from typing import Final

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from policy.figures import half_up
from returns.sheet import NOT_APPLICABLE, Mark, Value

LONGEST: Final = 300
DEEPEST: Final = 24

_GRAMMAR: Final = r"""
?start: claim | sum
?claim: said
      | said "⇒" said -> implies
      | said "⇔" said -> iff
?said: comparison
     | sum _FILLED -> filled
comparison: sum (OPERATOR sum)+
?sum: product
    | sum "+" product -> add
    | sum _MINUS product -> subtract
?product: signed
    | product _TIMES signed -> multiply
    | product _OVER signed -> divide
?signed: atom
    | _MINUS signed -> negate
?atom: COLUMN -> column
     | CONSTANT -> constant
     | WORD -> word
     | SHEET "[" (ROW | WORD) "," COLUMN "]" -> elsewhere
     | ROW "[" COLUMN "]" -> here
     | ROW -> column
     | _COUNT "(" SHEET "[" ROW "]" ("," condition)* ")" -> count
     | "Σ" atom -> total
     | _LOWEST "(" COLUMN ")" -> lowest
     | _HIGHEST "(" COLUMN ")" -> highest
     | _WHOLE "(" sum ")" -> whole
     | "max" "(" sum ("," sum)* ")" -> largest
     | "min" "(" sum ("," sum)* ")" -> smallest
     | "|" sum "|" -> size
     | "(" sum ")"
condition: COLUMN "=" (WORD | ROW)
_COUNT.4: "计数"
_WHOLE.4: "整分"
_LOWEST.4: "最小"
_HIGHEST.4: "最大"
CONSTANT.3: /[0-9]+\.[0-9]*(?:%|万元|元|人年|[户人年月天份次分])?|[0-9]+(?:%|万元|元|人年|[户人年月天份次分])/
SHEET.3: /T[0-9]+|附表[0-9]+/
WORD.2: /[是否](?![\u3400-\u9fff])|“[^“”]+”/
ROW.1: /u|[A-F][0-9]?|[\u3400-\u9fff（）·]+/
COLUMN.1: /[0-9]+/
_FILLED.2: "≠空"
OPERATOR: "=" | "≠" | "≤" | "≥" | "<" | ">"
_MINUS: "−" | "-"
_TIMES: "×" | "*"
_OVER: "/" | "÷"
%ignore /[ \t]+/
"""
_UNIT_FACTORS: Final = (("万元", 1_000_000), ("元", 100), ("%", Fraction(1, 100)))


class FormulaError(ValueError):
    """A formula that cannot be read or computed; str() is a Chinese sentence: what is wrong and what to do."""


class AbsentFormError(LookupError):
    """The formula names a form that is not among those at hand: 未核."""


@dataclass(frozen=True, slots=True)
class View:
    """What a formula sees from the line it stands in."""

    column: Callable[[str], Value]
    """栏次 of the same line → value."""
    refer: Callable[[str, str, str], Value]
    """(form key or "" for this form, line, 栏次) → value."""
    lines: Callable[[], Iterable[View]]
    """The lines of the body, for Σ."""
    count: Callable[[str, str, Mapping[str, str]], Value] = lambda form, line, said: None
    """(form key, line, 栏次 → word) → number of that form's rows in the line that say these words."""


@dataclass(frozen=True, slots=True)
class Check:
    """A comparison worked out: True, False or None (数据不足), with both sides of the pair that decided it."""

    holds: bool | None
    left: Value
    operator: str
    right: Value


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr")


@cache
def parse(text: str) -> Tree[Token]:
    """The formula as a tree; FormulaError for text that is too long, too deep or not in the notation."""
    if len(text) > LONGEST:
        raise FormulaError(f"公式有 {len(text)} 个字，超过 {LONGEST} 个。请拆成几条写。")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise FormulaError(
            f"公式“{text}”从第 {max(1, error.column)} 个字起读不懂。"
            "栏次直接写数字，常数要带单位或小数点（如 0. 20% 300户），表间引用写成 T1[合计,1]。"
        ) from None
    if _depth(tree) > DEEPEST:
        raise FormulaError(f"公式“{text}”的层次超过 {DEEPEST} 层。请拆成几条写。")
    return tree


def _depth(tree: Tree[Token]) -> int:
    level, depth = [tree], 0
    while level:
        level, depth = [child for node in level for child in node.children if isinstance(child, Tree)], depth + 1
    return depth


def _walk(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    yield tree
    for child in tree.children:
        if isinstance(child, Tree):
            yield from _walk(child)


def columns_in(text: str) -> tuple[str, ...]:
    """The columns of its own line that a formula names, in order, each once."""
    return tuple(dict.fromkeys(str(node.children[0]) for node in _walk(parse(text)) if node.data == "column"))


def value(text: str, view: View) -> Value:
    """The value of an expression such as "6+9+12" in a line; FormulaError for a comparison or for words in arithmetic."""
    return _value(parse(text), view)


def check(text: str, view: View) -> Check:
    """Whether a claim such as "5=6+9+12" holds in a line; FormulaError where the text compares nothing."""
    return _check(parse(text), view)


def _check(node: Tree[Token], view: View) -> Check:
    if node.data == "comparison":
        return _compare(node, view)
    if node.data == "filled":
        found = _value(_only(node), view)
        return Check(found is not None and found != "", found, "≠", "空")
    if node.data not in ("implies", "iff"):
        raise FormulaError("审核公式里没有比较符号。请用 = ≠ ≤ ≥ < > 连接两边。")
    first, second = (_check(child, view) for child in node.children if isinstance(child, Tree))
    if node.data == "implies":
        holds = True if first.holds is False else None if first.holds is None else second.holds
    else:
        holds = None if first.holds is None or second.holds is None else first.holds == second.holds
    return Check(holds, second.left, second.operator, second.right)


def _compare(node: Tree[Token], view: View) -> Check:
    sides = [_value(child, view) for child in node.children if isinstance(child, Tree)]
    signs = [str(child) for child in node.children if isinstance(child, Token)]
    checks = [Check(_holds(left, sign, right), left, sign, right) for left, sign, right in zip(sides, signs, sides[1:], strict=False)]
    return next((one for outcome in (False, None) for one in checks if one.holds is outcome), checks[0])


def _holds(left: Value, sign: str, right: Value) -> bool | None:
    if left is None or right is None or isinstance(left, Mark) or isinstance(right, Mark):
        return None
    if sign in ("=", "≠"):
        return (left == right) is (sign == "=")
    if isinstance(left, str) or isinstance(right, str):
        raise FormulaError(f"“{left}”{sign}“{right}”：文字不能比大小。请改公式。")
    return left <= right if sign == "≤" else left >= right if sign == "≥" else left < right if sign == "<" else left > right


def _value(node: Tree[Token], view: View) -> Value:
    words = [str(child) for child in node.children if isinstance(child, Token)]
    match node.data:
        case "column":
            return view.column(words[0])
        case "constant":
            return _constant(words[0])
        case "word":
            return words[0].strip("“”")
        case "elsewhere":
            return view.refer(words[0].replace("T", "表"), words[1], words[2])
        case "here":
            return view.refer("", words[0], words[1])
        case "count":
            said = {str(one.children[0]): str(one.children[1]).strip("“”") for one in node.children if isinstance(one, Tree)}
            return view.count(words[0].replace("T", "表"), words[1], said)
        case "total":
            return total(_value(_only(node), line) for line in view.lines())
        case "lowest" | "highest":
            return outermost(str(node.data), (line.column(words[0]) for line in view.lines()))
        case "comparison" | "implies" | "iff" | "filled":
            raise FormulaError("这里要一个数，公式却是一个比较。请去掉比较符号。")
    return _arithmetic(str(node.data), [_value(child, view) for child in node.children if isinstance(child, Tree)])


def _only(node: Tree[Token]) -> Tree[Token]:
    child = node.children[0]
    assert isinstance(child, Tree)
    return child


def _constant(text: str) -> Fraction:
    unit, factor = next(((unit, factor) for unit, factor in _UNIT_FACTORS if text.endswith(unit)), ("", 1))
    digits = text.removesuffix(unit) if unit else text.rstrip("户人年月天份次分")
    return Fraction(digits.rstrip(".") or "0") * factor


_OPERATIONS: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "largest": max,
    "smallest": min,
}


def _arithmetic(operation: str, values: list[Value]) -> Value:
    """None and — spread (the unknown before the inapplicable); else exact."""
    if any(one is None for one in values):
        return None
    if NOT_APPLICABLE in values:
        return NOT_APPLICABLE
    numbers = [Fraction(one) for one in values if isinstance(one, int | Fraction)]
    if len(numbers) < len(values):
        raise FormulaError("公式把文字当数算了。请核对栏次。")
    if operation == "negate":
        return plain(-numbers[0])
    if operation == "size":
        return plain(abs(numbers[0]))
    if operation == "whole":
        return half_up(numbers[0])
    if operation == "divide":
        return plain(numbers[0] / numbers[1]) if numbers[1] else NOT_APPLICABLE
    return plain(reduce(_OPERATIONS[operation], numbers))


def outermost(which: str, values: Iterable[Value]) -> Value:
    """The "lowest" or "highest" of several lines: as in Σ a line that is — adds nothing, one blank leaves it unknown; nothing but — is —."""
    numbers: list[Value] = [one for one in values if one is not NOT_APPLICABLE]
    return _arithmetic("smallest" if which == "lowest" else "largest", numbers) if numbers else NOT_APPLICABLE


def plain(number: Fraction) -> int | Fraction:
    """A whole fraction as int, so that counts stay counts."""
    return number.numerator if number.denominator == 1 else number


def total(values: Iterable[Value]) -> Value:
    """Σ: a line that is — adds nothing; one blank leaves the sum unknown; nothing but — is —; no line at all is 0."""
    listed = list(values)
    numbers = [one for one in listed if one is not NOT_APPLICABLE]
    if listed and not numbers:
        return NOT_APPLICABLE
    return _arithmetic("add", [0, *numbers])
