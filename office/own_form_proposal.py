"""What a form sent down seems to ask for: its headings matched with the columns of our forms, cautiously (应 is not 实, 单位 not 个人)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.headers import Heading, heading, match, normal
from office.own_form_words import WORDS
from policy.kinds import Field
from policy.kinds.text import TEXT
from returns.own_form import Page, Shape, decimals_of, heading_text, plain, shape
from returns.own_form_map import NUMBER, Filling, FormMap, Offer, cell_offers, column_offers, parts_of
from returns.sheet import PER_UNIT, Measure, Sheet

_GATHERS = ("合计", "小计", "其中")
_NUMBERS = ("序号", "编号", "号")
_UNIT = re.compile(r"单位[:：](?:[^，,;；]*[、，,])?(万?元)")
_LABEL = re.compile(r"([^:：（(]{2,12})(?:[（(][^）)]*[）)])?[:：][\s_＿]*")


@dataclass(frozen=True)
class Proposal:
    """A proposed map. `sure`: columns named in so many words, the others are guesses to look at."""

    map: FormMap
    shape: Shape
    sure: frozenset[int]


def best_page(pages: Sequence[Page], sheets: Mapping[str, Sheet]) -> Page:
    """The page most of whose headings are known."""
    return max((page for page in pages if not page.hidden), key=lambda page: len(propose(page, sheets).map.columns), default=pages[0])


def propose(page: Page, sheets: Mapping[str, Sheet], name: str = "", found: Shape | None = None, lines: str = "") -> Proposal:
    """The map a page seems to ask for. `found`: where its headings and lines stand, as the clerk has said; `lines`: the form of ours
    whose lines it lists, else the one with the most of its headings."""
    found = found or shape(page)
    headings = [heading(column - 1, words[-1], "/".join(words[:-1])) for column, words in found.headings.items()]
    numbers = {one.column for one in headings if normal(one.text) in _NUMBERS}
    open_headings = [one for one in headings if one.column not in numbers]
    offers = column_offers(list(sheets.values()))
    by_form: dict[str, list[Offer]] = {}
    for offer in offers:
        if offer.form:
            by_form.setdefault(offer.form, []).append(offer)
    matches = {form: match(open_headings, _fields(of)) for form, of in by_form.items()}
    base = lines or max(matches, key=lambda form: len(matches[form].sure) + len(matches[form].guesses) / 2, default="表2")
    taken: dict[int, str] = {}
    sure: set[int] = set()
    if base in matches:
        taken |= {column: field for field, column in matches[base].guesses.items()}
        taken |= {column: field for field, column in matches[base].sure.items()}
        sure |= set(matches[base].sure.values())
    for form, other in matches.items():
        if form != base and _meet(sheets[base], sheets[form]):
            for field, column in other.sure.items():
                if column not in taken:
                    taken[column] = field
                    sure.add(column)
    taken |= dict.fromkeys(numbers, NUMBER)
    texts = {one.column: one for one in headings}
    measures = {offer.field: offer.measure for offer in offers}
    columns = {column + 1: fitting(page, found, column + 1, field, measures[field], texts[column]) for column, field in sorted(taken.items())}
    made = FormMap(name or page.name, page.name, found.header, found.detail, found.total, base, columns=columns, cells=_cells(page, found, sheets))
    return Proposal(made, found, frozenset(column + 1 for column in (*sure, *numbers)))


def _fields(offers: Sequence[Offer]) -> dict[str, Field]:
    """The columns of one form as header matching knows fields."""
    found = {}
    for offer in offers:
        words = offer.words
        leaf = words[-1]
        names = [*WORDS.get(offer.field, ()), leaf]
        if leaf.startswith(_GATHERS) and len(words) > 1:
            names = [*WORDS.get(offer.field, ()), words[-2], f"{words[-2]}{leaf}"]
        found[offer.field] = Field("/".join(words), TEXT, tuple(name for name in names if name))
    return found


def _meet(one: Sheet, other: Sheet) -> bool:
    """Whether lines of two forms are about the same units."""
    units = {row.unit for row in one.rows if row.unit is not None and not row.cells[0].people}
    return bool(units & {row.unit for row in other.rows if row.unit is not None and not row.cells[0].people})


def fitting(page: Page, found: Shape, column: int, field: str, measure: Measure, named: Heading | None = None) -> Filling:
    """How a figure goes into a column: the unit its heading or the sheet states, the decimals its cells show."""
    words = found.headings.get(column, ())
    named = named or heading(column - 1, words[-1] if words else "", "/".join(words[:-1]))
    number_format = page.formats.get((found.detail[0], column), "")
    places = decimals_of(number_format)
    unit = ""
    if measure in PER_UNIT:
        stated = named.unit or _sheet_unit(page, found)
        unit = "万元" if stated.startswith("万元") else "元" if "元" in stated else ""
    elif measure is Measure.RATE:
        unit = "小数" if "%" in number_format else "%" if "%" in heading_text(words) else "小数"
        places = places + 2 if places is not None and "%" in number_format else places
    return Filling(field, unit, None if measure in (Measure.TEXT, Measure.LONG, Measure.CODE) or field == NUMBER else places, heading=heading_text(words))


def _sheet_unit(page: Page, found: Shape) -> str:
    texts = [plain(value) for (row, _), value in page.values.items() if row <= found.header[1]]
    return next((seen[1] for text in texts if (seen := _UNIT.search(text))), "")


def _cells(page: Page, found: Shape, sheets: Mapping[str, Sheet]) -> dict[tuple[int, int], Filling]:
    """Cells that are a label waiting for what the cover says: 填报单位（盖章）：."""
    cover = {row.name for row in sheets["封面"].rows} if "封面" in sheets else set()
    return {
        at: Filling(f"封面[{label[1]}]")
        for at, value in page.values.items()
        if not found.detail[0] <= at[0] <= found.detail[1]
        and isinstance(value, str)
        and (label := _LABEL.fullmatch(re.sub(r"\s", "", value)))
        and label[1] in cover
    }


def renamed(how: FormMap, column: int, filling: Filling | None) -> FormMap:
    """The map with a column filled otherwise; None: not at all."""
    columns = {at: one for at, one in how.columns.items() if at != column}
    if filling is not None:
        columns[column] = filling
    return replace(how, columns=dict(sorted(columns.items())))


def with_cell(how: FormMap, at: tuple[int, int], filling: Filling | None) -> FormMap:
    """The map with a single cell filled otherwise; None: not at all."""
    cells = {place: one for place, one in how.cells.items() if place != at}
    if filling is not None:
        cells[at] = filling
    return replace(how, cells=dict(sorted(cells.items())))


def offer_of(field: str, sheets: Mapping[str, Sheet]) -> Offer | None:
    """The figure of a single cell by its name; None where it is no longer there."""
    return next((one for one in cell_offers(list(sheets.values())) if one.field == field), None)


def fitting_cell(page: Page, found: Shape, at: tuple[int, int], offer: Offer) -> Filling:
    """How a figure goes into a single cell: the unit the sheet states, the decimals the cell shows."""
    number_format = page.formats.get(at, "")
    places, unit = decimals_of(number_format), ""
    if offer.measure in PER_UNIT:
        stated = _sheet_unit(page, found)
        unit = "万元" if stated.startswith("万元") else "元" if stated else ""
    elif offer.measure is Measure.RATE:
        unit = "小数" if "%" in number_format else "%"
        places = places + 2 if places is not None and "%" in number_format else places
    return Filling(offer.field, unit, None if offer.measure in (Measure.TEXT, Measure.LONG, Measure.CODE) else places)


def measure_of(field: str, sheets: Mapping[str, Sheet]) -> Measure:
    """How a figure of a column is measured."""
    named = parts_of(field)
    return Measure.COUNT if named is None else sheets[named[0]].columns[sheets[named[0]].column(named[2])].measure
