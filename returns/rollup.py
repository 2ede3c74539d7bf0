"""市级汇总: the counties' forms laid under each other, with a 合计 that is never summed blindly.

Counts and money are added; rates are worked out anew from the sums by the column's own formula; least and most stay least and most; 缺口 is the sum of the
counties' (never netted, no band is applied to the city's households). What has no meaning for several counties together is —, and one
county's blank leaves the sum blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from policy.facts import Facts
from returns.form import finish, numbered, printed, relations, reporter, span
from returns.forms import summary, t4
from returns.formula import View, columns_in, plain, total, value
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, across, shown
from returns.task import Task

OWN: Final = "市本级"
HANDED_ON: Final = "备忘：市级下达县（市、区）"
ROLLED: Final = ("表1", "表2", "表3", "表4", "表5", "表6", "表7", "表8", "表9", "表10", "表11", "表12", "表13")
MONEY: Final = "表4"
WINDOWS: Final = "表11"
NAME: Final = "甲"
_REMARK: Final = 22
WORDS: Final = (Measure.TEXT, Measure.LONG, Measure.CODE)
_ADDED: Final[Mapping[str, frozenset[str]]] = {
    "表2": frozenset(("1", "7", "8", "10", "11", "13", "14", "15", "20", "21", "22")),
    MONEY: frozenset(column.mark for column in t4.COLUMNS if not column.formula and column.mark != "9"),
    "表8": frozenset(("9",)),
    "表11": frozenset(("21",)),
}
"""Form → 栏次 that add up from county to county though a county counts its own 合计 anew (people stand in one county only)."""
_NAMED: Final = ("表5",)
"""Forms whose lines are the same in every county (sources of money): added by name under the 合计."""


@dataclass(frozen=True, slots=True)
class Part:
    """One county's return: its number in the city's list, its name and its forms."""

    number: int
    name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, form: str) -> Sheet | None:
        """Its form of this name, 表4 turned so that its 行次 are columns; None where it did not send it."""
        found = next((one for one in self.sheets if one.key == form), None)
        return _turned(found) if found and found.upright and form == MONEY else found


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a rolled-up form before it is printed: cells by 栏次."""

    name: str
    scope: Scope
    cells: dict[str, Cell]
    number: int | None = None


Entries = Mapping[tuple[str, str, str], Value]
"""(form, 市本级 or 市级下达, 栏次) → what the city typed."""


def _turned(sheet: Sheet) -> Sheet:
    name = Column(NAME, "年度", Measure.LONG)
    years = [row for row in across(sheet).rows if row.scope in (Scope.NOW, Scope.BEFORE)]
    return replace(
        sheet, columns=(name, *t4.COLUMNS[: len(years[0].cells)]), rows=tuple(replace(row, cells=(Cell(row.name), *row.cells)) for row in years), upright=False
    )


def head(sheet: Sheet) -> Row | None:
    """The line of a county's form that stands for the county: its 合计, of 表4 the year."""
    return next((row for row in sheet.rows if row.scope in (Scope.TOTAL, Scope.NOW)), None)


def _line(sheet: Sheet, row: Row, name: str, scope: Scope, number: int | None = None) -> Line:
    cells = {column.mark: Cell(cell.value, cell.people, measure=cell.measure) for column, cell in zip(sheet.columns, row.cells, strict=True)}
    return Line(name, scope, cells, number)


# Adding up


def _same(lines: Sequence[Line], mark: str) -> Value:
    values = {line.cells[mark].value for line in lines if line.cells[mark].value is not NOT_APPLICABLE}
    return values.pop() if len(values) == 1 else NOT_APPLICABLE


def _extreme(choose: Callable[[list[int | Fraction]], int | Fraction]) -> Callable[[Sequence[Line], str], Value]:
    def take(lines: Sequence[Line], mark: str) -> Value:
        values = [line.cells[mark].value for line in lines]
        known = [one for one in values if isinstance(one, int | Fraction)]
        return None if None in values else choose(known) if known else NOT_APPLICABLE

    return take


def _weighted(weight: Callable[[Line], Value]) -> Callable[[Sequence[Line], str], Value]:
    """The average of averages by what each was taken over; a line without any weight says nothing, an unknown one leaves it unknown."""

    def take(lines: Sequence[Line], mark: str) -> Value:
        weighed = [(line.cells[mark].value, weight(line)) for line in lines]
        counted = [pair for pair in weighed if pair[1] not in (0, NOT_APPLICABLE)]
        if any(None in pair for pair in counted):
            return None
        if not counted or any(one is NOT_APPLICABLE for one, _ in counted):
            return NOT_APPLICABLE
        known = [(Fraction(one), Fraction(many)) for one, many in counted if isinstance(one, int | Fraction) and isinstance(many, int | Fraction)]
        return plain(sum((one * many for one, many in known), Fraction(0)) / sum(many for _, many in known))

    return take


def _with_standard(line: Line) -> Value:
    """People whose standard is known: those behind the average; without them everybody in post, where everybody is judged."""
    if behind := line.cells["5"].people:
        return len(behind)
    return line.cells["1"].value if line.cells["21"].value == 0 else 0 if line.cells["5"].value is NOT_APPLICABLE else None


_HOW: Final[Mapping[tuple[str, str], Callable[[Sequence[Line], str], Value]]] = {
    ("表3", "4"): _same,
    ("表3", "5"): _weighted(_with_standard),
    ("表3", "6"): _extreme(min),
    ("表3", "7"): _extreme(max),
    ("表3", "20"): _weighted(lambda line: line.cells["9"].value),
    (MONEY, "9"): _same,
}
"""(form, 栏次) → how it is got from the counties where it is neither added nor follows from others."""


def _is_added(form: str, column: Column) -> bool:
    return column.measure not in WORDS and (column.total == "Σ" or column.mark in _ADDED.get(form, ()))


def adding(form: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """The 栏次 in which 合计 is the sum of the counties: those that are added, and sums and differences of them."""
    found: list[str] = []
    linear = [column for column in columns if column.formula and _is_linear(column)]
    for column in columns:
        if _is_added(form, column):
            found.append(column.mark)
    for _ in linear:
        found += [one.mark for one in linear if one.mark not in found and (form, one.mark) not in _HOW and set(columns_in(one.formula)) <= set(found)]
    return tuple(column.mark for column in columns if column.mark in found)


def together(form: str, columns: Sequence[Column], lines: Sequence[Line], name: str = "合计", scope: Scope = Scope.TOTAL) -> Line:
    """Several lines as one."""
    of = {column.mark: column for column in columns}
    made: dict[str, Cell] = {}

    def worked(mark: str) -> Value:
        column = of[mark]
        if how := _HOW.get((form, mark)):
            return how(lines, mark)
        if column.measure in WORDS:
            return None if column.measure is Measure.LONG else NOT_APPLICABLE
        if _is_added(form, column):
            return total(line.cells[mark].value for line in lines)
        if column.formula:
            return value(column.formula, View(lambda named: cell(named).value, lambda *_: None, tuple))
        return NOT_APPLICABLE

    def cell(mark: str) -> Cell:
        if mark not in made:
            measure = next((line.cells[mark].measure for line in lines if line.cells[mark].measure), None)
            made[mark] = Cell(worked(mark), measure=measure)
        return made[mark]

    return Line(name, scope, {column.mark: cell(column.mark) for column in columns if column.mark != NAME} | {NAME: Cell(name)})


# The city's own line


def own_line(form: str, columns: Sequence[Column], entries: Entries, line: str = OWN) -> Line | None:
    """市本级 of a form (or 市级下达) from what the city typed; None where nothing was. What was not typed of what adds up is 0; no
    minimum is asked of the city itself: 应配备 and 缺口 are 0."""
    typed = {mark: one for (of, where, mark), one in entries.items() if (of, where) == (form, line)}
    if not typed:
        return None
    memo = line != OWN
    held: dict[str, Value] = {}
    for column in columns:
        blank: Value = None if column.measure is Measure.LONG else NOT_APPLICABLE
        held[column.mark] = typed.get(column.mark, 0 if not memo and _is_added(form, column) and not column.formula else blank)
    if form == "表2" and not memo:
        held |= {"3": 0, "17": 0, "18": NOT_APPLICABLE}
    formulas = {column.mark: column.formula for column in columns if column.formula and column.mark not in typed}
    if form == "表2":
        formulas = {mark: text for mark, text in formulas.items() if mark not in ("17", "18")}

    def seen(mark: str) -> Value:
        return value(formulas[mark], View(seen, lambda *_: None, tuple)) if mark in formulas else held[mark]

    shown_as = HANDED_ON if memo else OWN
    cells = {column.mark: Cell(held[column.mark] if memo else seen(column.mark), measure=column.measure) for column in columns if column.mark != NAME}
    return Line(shown_as, Scope.MEMO if memo else Scope.OTHER, cells | {NAME: Cell(shown_as)})


def may_type(form: str, column: Column, line: str = OWN) -> bool:
    """Whether the city may type a 市本级 figure there: what adds up and follows from nothing else, and the averages of 表3."""
    if line != OWN:
        return form == MONEY and column.mark in ("23", "24")
    if form == "表2" and column.mark in ("1", "3", "17", "18"):
        return False
    return not column.formula and (_is_added(form, column) or (form, column.mark) in _HOW)


# Forms


@dataclass(frozen=True, slots=True)
class Rolled:
    """One form rolled up: its columns (the first one names the line), the whole, the counties' lines, and what is below each."""

    form: str
    first: Sheet
    columns: tuple[Column, ...]
    whole: Line
    named: tuple[Line, ...]
    """Lines every county has (sources of money, 新入职), added by name."""
    lines: tuple[Line, ...]
    below: Mapping[int, tuple[Line, ...]]
    memos: tuple[Line, ...]


def roll(form: str, parts: Sequence[Part], entries: Entries) -> Rolled | None:
    """A form of several counties; None where none of them sent it."""
    sent = [(part, sheet, row) for part in parts if (sheet := part.sheet(form)) is not None and (row := head(sheet)) is not None]
    if not sent:
        return None
    first = sent[0][1]
    name = Column(NAME, "县（市、区）", Measure.LONG, width=8)
    columns = (name, *(_across(column) for at, column in enumerate(first.columns) if at and column.mark != NAME))
    lines = [_filled(columns, _line(sheet, row, part.name, Scope.OTHER, part.number)) for part, sheet, row in sent]
    own = own_line(form, columns, entries)
    memo = own_line(form, columns, entries, "市级下达")
    every = [*lines, *([own] if own else [])]
    below = {part.number: tuple(_below(columns, sheet, row)) for part, sheet, row in sent}
    whole = together(form, columns, every)
    if form == WINDOWS:
        whole.cells["1"] = replace(whole.cells["1"], value=_coverage(sent), measure=Measure.RATE)
    return Rolled(form, first, columns, whole, tuple(_by_name(form, columns, sent)), tuple(every), below, (memo,) if memo else ())


def _printed(form: str, column: Column) -> Column:
    """A column as it is printed and written: what holds for one unit only (缺口 is never netted) is no formula of a county's line."""
    return replace(column, formula="") if _is_added(form, column) and column.formula and not _is_linear(column) else column


def _is_linear(column: Column) -> bool:
    return not re.search(r"[/÷×*|Σ]|max|min", column.formula)


def _across(column: Column) -> Column:
    """A county's column as it stands in the city's form; remarks of a whole county need room."""
    return replace(column, label=column.label.strip("　"), width=max(column.width or 0, _REMARK) if column.label == "备注" else column.width)


def _coverage(sent: Sequence[tuple[Part, Sheet, Row]]) -> Value:
    """窗口覆盖率 over the townships of all counties; blank while one of them is not known."""
    towns = [sheet.cell(row, "1").value for _, sheet, _ in sent for row in sheet.rows if row.scope is Scope.TOWN]
    return None if None in towns else Fraction(towns.count("是"), len(towns)) if towns else NOT_APPLICABLE


def _filled(columns: Sequence[Column], line: Line) -> Line:
    """A line with every column of the form and its name in the first."""
    return replace(line, cells={column.mark: line.cells.get(column.mark, Cell()) for column in columns} | {NAME: Cell(line.name)})


def _below(columns: Sequence[Column], sheet: Sheet, top: Row) -> Iterator[Line]:
    for row in sheet.rows:
        if row is not top:
            name = shown(row.cells[0], sheet.columns[0].measure) or row.name
            yield _filled(columns, _line(sheet, row, f"　{row.name if sheet.columns[0].mark == NAME and not name.isdecimal() else name}", Scope.MEMO))


def _by_name(form: str, columns: Sequence[Column], sent: Sequence[tuple[Part, Sheet, Row]]) -> Iterator[Line]:
    found: dict[str, list[Line]] = {}
    for _, sheet, top in sent:
        for row in sheet.rows:
            if row is not top and (form in _NAMED or (row.unit is None and row.scope is Scope.MEMO)):
                found.setdefault(row.name, []).append(_filled(columns, _line(sheet, row, row.name, Scope.MEMO)))
    for name, lines in found.items():
        yield together(form, columns, lines, name, Scope.MEMO)


def joined(rolled: Rolled, parts: Sequence[Part]) -> Sheet:
    """A form with every line of every county in it and the city's 合计: what counts lines (达标单位数, 乡镇数) counts here."""
    top = replace(rolled.whole, scope=Scope.NOW) if rolled.form == MONEY else rolled.whole
    rows = [_row(rolled.columns, top, "本年" if rolled.form == MONEY else "合计"), *(_row(rolled.columns, line, line.name) for line in rolled.named)]
    for part in parts:
        sheet = part.sheet(rolled.form)
        for row in sheet.rows if sheet and rolled.form != MONEY else ():
            if sheet and row is not head(sheet) and row.scope is not Scope.MEMO:
                rows.append(_row(rolled.columns, _filled(rolled.columns, _line(sheet, row, f"{part.name}{row.name}", row.scope)), f"{part.name}{row.name}"))
    return replace(rolled.first, key=rolled.form, columns=rolled.columns, rows=tuple(rows), upright=False)


def _row(columns: Sequence[Column], line: Line, name: str) -> Row:
    return Row(name, line.scope, tuple(_nobodys(line.cells[column.mark]) for column in columns), line.number)


def _nobodys(cell: Cell) -> Cell:
    return replace(cell, people=()) if cell.people else cell


def sheet_of(rolled: Rolled, facts: Facts, task: Task, missing: Sequence[str] = (), towns: bool = False) -> Sheet:
    """The form as it is printed: 合计, counties, 市本级 and memo; with `towns` each county's own lines under it. `facts`: the city's book;
    `missing`: counties that have not reported."""
    columns = tuple(_printed(rolled.form, column) for column in rolled.columns)
    rows = [_row(columns, rolled.whole, "合计"), *(_row(columns, line, line.name) for line in rolled.named)]
    for line in rolled.lines:
        rows.append(_row(columns, line, line.name))
        if towns and line.number is not None:
            rows += [_row(columns, one, one.name) for one in rolled.below[line.number]]
    rows += [_row(columns, line, line.name) for line in rolled.memos]
    blank = [line.name for line in rolled.lines if _blanks(rolled, line)]
    counties = sum(line.number is not None for line in rolled.lines)
    footer = (
        f"已汇总 {counties} 个县（市、区）" + (f"，未报 {len(missing)} 个：{'、'.join(missing)}。" if missing else "，全部报齐。"),
        *_extra(rolled, task),
    )
    notes = numbered(
        "人数、户数和金额为各县（市、区）之和；比率、人均按合计数重新计算，最低、最高取各县（市、区）的最低、最高；缺口为各县（市、区）缺口之和，不得相互抵补。",
        f"审核关系：{relations(columns)}" if relations(columns) else "",
        "市本级不设最低配备，应配备人数为0；市本级只列未下达县（市、区）的数，没有填列的栏按0计。" if any(line.name == OWN for line in rolled.lines) else "",
        f"{'、'.join(blank)}有数据不足的栏，相应合计为空，不按0处理。" if blank else "",
        "“—”为不适用。",
    )
    sheet = Sheet(
        f"汇{rolled.form}", f"{rolled.first.title.partition('【')[0]}（市级汇总）", (), (f"汇总单位（盖章）：{reporter(facts)}", span(facts), rolled.first.heading[2]),
        columns, tuple(rows), footer=footer, notes=notes, paper="A3" if len(columns) > 12 else "A4",
    )  # fmt: skip
    return finish(sheet, facts, replace(task, public=False))


def _blanks(rolled: Rolled, line: Line) -> bool:
    typed = {column.mark for column in rolled.columns if column.by_hand}
    return any(line.cells[mark].value is None for mark in adding(rolled.form, rolled.columns) if mark not in typed)


def _extra(rolled: Rolled, task: Task) -> Iterator[str]:
    def word(mark: str) -> Value:
        return rolled.whole.cells[mark].value

    if rolled.form == "表2":
        units = [one.cells["19"].value for below in rolled.below.values() for one in below]
        met, judged = units.count("是"), units.count("是") + units.count("否")
        need, gap = word("3"), word("17")
        rate = Fraction(need - gap) / need if isinstance(need, int | Fraction) and isinstance(gap, int | Fraction) and need else NOT_APPLICABLE
        share = Fraction(met, judged) if judged else NOT_APPLICABLE
        yield f"达标单位 {met}/{judged}，达标单位率 {shown(Cell(share), Measure.RATE)}；配备率 {shown(Cell(rate), Measure.RATE)}。"
    if rolled.form == MONEY:
        short = [one for line in rolled.lines if isinstance(one := line.cells["18"].value, int | Fraction) and one < 0]
        if short:
            yield f"安排不足的 {len(short)} 个，差额合计 {shown(Cell(plain(Fraction(sum(short)))), printed(Measure.WAN, task))} 万元，不与其他县（市、区）相抵。"


def roll_all(parts: Sequence[Part], entries: Entries, facts: Facts, task: Task, missing: Sequence[str] = (), towns: bool = False) -> tuple[Sheet, ...]:
    """Every form the counties sent, rolled up, 汇表0 (the city's 综合表) first where they sent a 综合表."""
    found = [one for form in ROLLED if (one := roll(form, parts, entries)) is not None]
    sheets = tuple(sheet_of(one, facts, task, missing, towns) for one in found)
    if not any(sheet.key == summary.KEY for part in parts for sheet in part.sheets):
        return sheets
    laid = summary.lay(facts, task, [joined(one, parts) for one in found])
    page = replace(laid, key="汇表0", title=f"{laid.title}（市级汇总）", corner=("汇表0", *laid.corner[1:]), footer=sheets[0].footer[:1] if sheets else ())
    return (page, *sheets)
