"""帮助 and 使用手册: every number, article and rule in them is the program's own, none typed by hand."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import resources
from db.book import Book
from office.__main__ import main
from office.assumed import ASSUMED, assumed, assumed_by
from office.help_pages import PAGES, RULES_TITLE, help_page, shipped, titles
from office.manual import BEGINNING, PICTURES, manual
from office.new_book import new_book
from office.open import open_book
from office.parameters import PARAMETERS
from office.settings import set_parameter, settings_in
from policy.clock import Clock
from policy.finding import level_words
from policy.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = DOCS / "使用手册.md"

NO_NUMBER_OF_LAW = re.compile(
    r"〔\d{4}〕\d+号|附?表\d+|(?:Ctrl|Shift|Alt)\+[\w\-+]+|\bF\d{1,2}\b|^\d\. |× 12|^@rules .*$|\{[^{}]+\}", re.MULTILINE
)
"""Digits a help page may have of its own: document numbers, names of forms, keys, steps, months of a year; what is put in."""


def test_the_manual_in_the_repository_is_what_the_program_says() -> None:
    out = io.StringIO()
    assert main(["manual", "--pictures", str(DOCS / PICTURES)], out=out, err=io.StringIO()) == 0
    assert MANUAL.read_text(encoding="utf-8") == out.getvalue(), "run: python -m office manual --pictures docs/pictures > docs/使用手册.md"


_PICTURE = r"!\[.*?\]\(.*?\)\n\n"


def test_the_first_chapter_shows_the_program_without_a_book() -> None:
    shown = manual(pictures=("first_run", "start"))
    first = shown[: shown.index("## 二、")]
    assert re.findall(r"!\[(.*?)\]\(pictures/(.*?)\.png\)", first) == [("起始页", "start"), ("新建台账", "first_run")]
    assert re.sub(_PICTURE, "", shown) == manual()


def test_a_manual_without_pictures_is_the_same_text() -> None:
    with_them = manual(pictures=PAGES)
    assert with_them.count("![") == len(PAGES) - 1, "every screen and the start page, but not the keys"
    assert re.sub(_PICTURE, "", with_them) == manual()


@pytest.mark.parametrize("page", PAGES)
def test_no_number_of_the_notice_is_typed_by_hand(page: str) -> None:
    rest = NO_NUMBER_OF_LAW.sub("", resources.text(f"help/{page}.md"))
    assert not re.findall(r"[^\n]*\d[^\n]*", rest)


def test_every_file_is_a_page_with_a_title_of_its_own() -> None:
    assert {file.stem for file in resources.path("help").glob("*.md")} == set(PAGES)
    assert len(titles()) == len(PAGES) == len(set(PAGES))
    for words, page in titles().items():
        assert words in help_page(words, shipped()).splitlines()[0], page
        assert "{" not in help_page(words, shipped()) and "\n@" not in help_page(words, shipped())


def test_every_rule_stands_in_the_manual_with_level_article_and_every_word_of_its_help() -> None:
    text, held = manual(), shipped()
    for rule in RULES:
        section = text.partition(f"\n### {rule.id} {rule.title}\n")[2].partition("\n### ")[0]
        assert f"级别：{level_words(held.severities.get(rule.id, rule.severity), rule.priority)}。依据：{rule.article}。" in section
        for paragraph in rule.help.strip().split("\n\n")[1:]:
            assert "".join(paragraph.splitlines()) in section, rule.id
        if rule.article in held.articles:
            assert held.articles[rule.article] in text


def test_every_rule_of_the_field_is_named_by_some_screen() -> None:
    """A clerk who meets a finding finds it on the page of the screen where it is mended."""
    named = set(re.findall(r"[A-Z]\d+", " ".join(line for page in PAGES for line in resources.text(f"help/{page}.md").splitlines() if line[:6] == "@rules")))
    assert named == {rule.id for rule in RULES}


def test_every_setting_stands_in_the_manual_with_its_default() -> None:
    text, held = manual(), shipped()
    for one in PARAMETERS:
        if one.group not in ("用工形式", RULES_TITLE):
            assert f"| {one.label} | {one.kind.show(one.value(held)) or '（空）'} | {one.effect} |" in text


def test_the_bands_are_those_of_the_parameters() -> None:
    held = shipped()
    for bands, level in ((held.county_bands, "县级民政局"), (held.town_bands, "乡镇（街道）")):
        rows = re.findall(rf"^\| {level} \| ([^|]+) \| (\d+) 人 \|$", help_page("机构与应配", held), re.MULTILINE)
        assert [int(need) for _, need in rows] == list(bands.needs)
        assert [int(number) for words, _ in rows for number in re.findall(r"\d+", words)] == sorted(2 * bands.bounds)


def test_the_help_says_what_is_in_force_not_what_is_shipped() -> None:
    held = replace(shipped(), boundary_mode="就低", fund_rate=350, switched_off=frozenset({"R32"}))
    assert "按“就低”" in help_page("机构与应配", held)
    assert "级别：停用" in help_page("机构与应配", held)
    assert "× 3.5%" in help_page("经费", held) and "× 3%" not in help_page("经费", held)


def test_an_article_is_quoted_once_on_a_page() -> None:
    assert help_page("机构与应配", shipped()).count("> 二（三）：") == 1


def test_a_screen_without_a_page_has_the_first_one() -> None:
    assert help_page("没有这个页面", shipped()).startswith("# 开始使用")


def test_what_is_assumed_follows_the_settings_of_the_book_with_who_set_them(tmp_path: Path, clock: Clock) -> None:
    def said(book: Book, on: date) -> dict[str, tuple[str, str]]:
        return dict(zip(ASSUMED, assumed(book.read(settings_in, on)), strict=True))

    with open_book(new_book(tmp_path / "新兴县.经办台账", "445321", clock), clock) as book:
        before = said(book, date(2026, 6, 30))
        assert [sentence for sentence, _ in before.values()] == list(assumed_by(shipped()))
        assert before["staffing.boundary_mode"][1] == "程序默认"
        set_parameter(book, "staffing.boundary_mode", "就低", date(2026, 7, 1))
        assert said(book, date(2026, 6, 30)) == before
        sentence, source = said(book, date(2026, 7, 1))["staffing.boundary_mode"]
        assert "就低" in sentence and source.startswith("县")


def test_every_picture_is_shown_in_the_manual() -> None:
    shown = set(re.findall(rf"\({PICTURES}/([\w]+)\.png\)", MANUAL.read_text(encoding="utf-8")))
    assert shown and shown == {file.stem for file in (DOCS / PICTURES).glob("*.png")} & {*PAGES, *BEGINNING}
