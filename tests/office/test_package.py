"""上报: a package of a sealed return with its documents, personal forms under a password, and the command line from task to package."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from db import book as books
from db.book import Book
from db.change import Change, Damaged, Refused
from db.rows import row, rows
from office import package as packages
from office import returns_desk as desk
from office import seal
from office.__main__ import DONE, FOUND, main
from office.attachments import attach
from office.check import check, check_period, facts_in
from policy.clock import Clock
from policy.finding import RISK
from returns.package import TRIAL
from returns.points import clause
from tests.office.returning import opened, sealed

PASSWORD = "岭东2026!abc"


def said(*arguments: object, clock: Clock) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main([str(one) for one in arguments], clock=clock, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_a_return_must_be_sealed_before_it_goes(demo_book: Book, tmp_path: Path) -> None:
    number = opened(demo_book)
    with pytest.raises(Refused, match="只有封存了的"):
        packages.package(demo_book, number, tmp_path)
    trial = packages.trial_package(demo_book, number, tmp_path)
    assert trial.name.startswith(TRIAL)
    found = packages.open_package(trial)
    assert found.manifest.trial and found.manifest.soft > 0
    assert all(TRIAL in sheet.title for sheet in found.sheets)
    assert demo_book.read(rows, "submission") == []


def test_the_package_of_a_sealed_return(demo_book: Book, tmp_path: Path) -> None:
    scan = tmp_path / "批复.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    newest = max(demo_book.read(rows, "fund_doc"), key=lambda one: one["year"])["id"]
    attach(demo_book, "fund_doc", newest, [scan])
    number = sealed(demo_book)
    path = packages.package(demo_book, number, tmp_path / "out", to="岭东市民政局")
    found = packages.open_package(path)
    kept = demo_book.read(desk.kept_in, number)
    assert path.name == "449901东岭县民政局_救助经办能力年报_2026年度_V1_20261231.zip"
    assert found.workbook == kept.workbook
    assert found.attachments["批复.pdf"] == b"%PDF-1.4 scan"
    assert (found.manifest.log_head, found.manifest.log_lines) == (kept.head, kept.lines)
    assert (found.manifest.hard, found.personal) == (0, None)
    sent = demo_book.read(rows, "submission")[0]
    assert (sent["what"], sent["other"], sent["file_name"]) == ("已上报", "岭东市民政局", path.name)
    assert (demo_book.read(row, "return_", (number,)) or {})["state"] == "已上报"
    again = packages.package(demo_book, number, tmp_path / "again")
    assert again.read_bytes() == path.read_bytes()
    assert len(demo_book.read(rows, "submission")) == 1


def test_no_finding_of_risk_is_in_a_package(demo_book: Book, tmp_path: Path) -> None:
    number = sealed(demo_book)
    text = packages.package(demo_book, number, tmp_path).read_bytes().decode("utf-8", "replace")
    risks = [one for one in check(demo_book, check_period(demo_book.clock.today()).as_of).findings if one.kind == RISK]
    assert risks
    for one in risks:
        assert one.arithmetic not in text and one.title not in text


def test_personal_forms_go_only_when_asked_and_under_a_password(demo_book: Book, tmp_path: Path) -> None:
    number = sealed(demo_book, forms=("封面", "表2", "附表1"), personal=True)
    with pytest.raises(Refused, match="须设密码"):
        packages.package(demo_book, number, tmp_path)
    with pytest.raises(Refused, match="密码至少"):
        packages.package(demo_book, number, tmp_path, password="1")
    found = packages.open_package(packages.package(demo_book, number, tmp_path, password=PASSWORD))
    assert "附表1" not in [sheet.key for sheet in found.sheets]
    with pytest.raises(Refused, match="密码不对"):
        packages.open_personal(found, "别的密码1234")
    named = packages.open_personal(found, PASSWORD)
    assert [sheet.key for sheet in named] == ["附表1"]
    facts = demo_book.read(facts_in, check_period(demo_book.clock.today()))
    assert len(named[0].rows) == sum(one.end is None or one.end >= facts.period.as_of for one in facts.engagements)


@pytest.mark.parametrize("trial", [False, True])
def test_nobody_is_named_outside_the_part_under_a_password(demo_book: Book, tmp_path: Path, trial: bool) -> None:
    forms = ("封面", "表2", "表3", "附表1", "附表2")
    if trial:
        path = packages.trial_package(demo_book, opened(demo_book, forms=forms, personal=True), tmp_path)
    else:
        path = packages.package(demo_book, sealed(demo_book, forms=forms, personal=True), tmp_path, password=PASSWORD)
    found = packages.open_package(path)
    cells = {str(cell) for page in openpyxl.load_workbook(io.BytesIO(found.workbook)) for row in page.iter_rows(values_only=True) for cell in row if cell}
    with ZipFile(path) as parts:
        written = parts.read("data.json").decode() + parts.read("manifest.json").decode() + " ".join(sorted(cells))
    signing = " ".join(str(value) for value in demo_book.read(rows, "county")[0].values())
    people = [one for one in demo_book.read(rows, "person") if one["name"] not in signing]
    assert len(people) > 40
    assert not [one["name"] for one in people if one["name"] in written or (one["id_no"] and one["id_no"][-8:] in written)]
    pages = openpyxl.load_workbook(io.BytesIO(found.workbook)).sheetnames
    assert any("表2" in page for page in pages) and not any("附表" in page for page in pages)


def test_one_flipped_byte_is_refused_with_the_files_name(demo_book: Book, tmp_path: Path, clock: Clock) -> None:
    path = packages.package(demo_book, sealed(demo_book), tmp_path)
    spoilt = bytearray(path.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    path.write_bytes(bytes(spoilt))
    with pytest.raises(Damaged, match=path.stem[:8]):
        packages.open_package(path)
    assert said("compare", path, path, clock=clock)[0] == 3


def test_from_the_task_to_the_package_on_the_command_line(demo_folder: Path, tmp_path: Path, clock: Clock) -> None:
    code, out, _ = said("task", "new", demo_folder, "--period", "2026", clock=clock)
    assert (code, out.strip()) == (DONE, "1")
    file = tmp_path / "任务.json"
    assert said("task", "export", demo_folder, file, "--task", "救助经办能力年报", clock=clock)[0] == DONE
    content = json.loads(file.read_text(encoding="utf-8"))
    content["task"]["forms"], content["task"]["name"] = ["封面", "表1", "表2", "表3"], "专项"
    file.write_text(json.dumps(content), encoding="utf-8")
    code, out, err = said("returns", demo_folder, "--task", file, "--seal", "--package", tmp_path / "包", clock=clock)
    assert code == FOUND and "核实性问题" in err and not (tmp_path / "包").exists()
    code, out, _ = said("audit", demo_folder, "--task", "专项", "--json", clock=clock)
    report = json.loads(out)
    assert code == FOUND and not report["passed"] and {"2-S1", "3-S1"} <= {one["id"] for one in report["points"]}
    with books.open_book(demo_folder, clock, "李晓敏") as book:
        draft = book.read(desk.draft_in, 1)
        desk.write_note(book, draft, [(one.id, one.subject) for one in draft.audited.points], "大塘镇计划明年三月前招录补齐")
    code, out, err = said("returns", demo_folder, "--task", "专项", "--seal", "--package", tmp_path / "包", "--out", tmp_path / "表", clock=clock)
    assert code == DONE, err
    zipped, workbook = out.split()
    assert packages.open_package(Path(zipped)).workbook == Path(workbook).read_bytes()
    code, out, err = said("verify", demo_folder, clock=clock)
    assert code == DONE, out + err
    code, out, _ = said("compare", zipped, zipped, "--json", clock=clock)
    assert (code, json.loads(out)["differences"]) == (DONE, [])


def test_the_list_of_formulas(demo_folder: Path, clock: Clock) -> None:
    code, out, _ = said("formulas", "--json", clock=clock)
    listed: list[dict[str, Any]] = json.loads(out)
    assert code == DONE
    assert {"id", "form", "text", "level"} <= set(listed[0])
    ids = [one["id"] for one in listed]
    clauses = {clause(one) for one in ids}
    assert clauses >= {
        "C-H1", "C-H2", "C-H3", "C-H4", "1-H1", "1-H2", "1-H3", "1-H4", "1-H5", "1-S1", "1-S2", "1-S3", "1-S4", "1-I1", "2-H1", "2-H2", "2-H3", "2-H4",
        "2-H5", "2-H6", "2-H7", "2-H8", "2-S1", "2-S2", "2-S3", "2-S4", "2-I1", "3-H1", "3-H2", "3-H3", "3-H4", "3-H5", "3-H6", "3-S1", "3-S2", "3-S3",
        "3-S4", "3-S5", "3-S6", "3-I1", "4-H1", "4-H2", "4-H3", "4-H4", "4-H5", "4-S1", "4-S2", "4-S3", "4-S4", "4-I1",
    }  # fmt: skip
    assert said("formulas", demo_folder, clock=clock)[1].count("\n") == len(ids)


def test_a_moved_figure_asks_for_a_reason(demo_book: Book) -> None:
    from office.compare import give_reason, with_last_period

    number = opened(demo_book)
    done = demo_book.read(with_last_period, number)
    assert "未封存" in done.before
    asks = [one for one in done.without_reason() if one.form == "表1"]
    assert ("合计", "1", 3000, 5849) in [(one.line, one.mark, one.before, one.after) for one in asks]
    with pytest.raises(Refused):
        give_reason(demo_book, demo_book.read(desk.draft_in, number), asks, "无")
    give_reason(demo_book, demo_book.read(desk.draft_in, number), asks, "本年扩大低保覆盖面所致")
    assert not [one for one in demo_book.read(with_last_period, number).without_reason() if one.form == "表1"]


def test_own_formulas_are_tried_before_they_are_kept_and_then_audit(demo_book: Book) -> None:
    from office.formulas import add_formula, end_formula

    number = opened(demo_book)
    day = demo_book.clock.today()

    def sheets() -> Any:
        return demo_book.read(desk.draft_in, number).filled.sheets

    for text, sentence in (("5=", "读不懂"), ("99=1", "没有第 99 栏"), ("5+6", "没有比较符号"), ("5=T77[u,1]", "表77")):
        with pytest.raises(Refused, match=sentence):
            add_formula(demo_book, sheets(), "表2", "各行", text, "核实性", since=day)
    with pytest.raises(Refused, match="没有“表99”"):
        add_formula(demo_book, sheets(), "表99", "各行", "5=5", "核实性", since=day)
    made = add_formula(demo_book, sheets(), "表2", "乡镇", "5≥3人", "强制性", owner="市", since=day)
    points = [one for one in demo_book.read(desk.draft_in, number).audited.points if one.id.startswith("自-")]
    assert {one.subject for one in points} == {"u2", "u3", "u4"} and {one.level for one in points} == {"hard"}
    with pytest.raises(Refused, match="重复"):
        add_formula(demo_book, sheets(), "表2", "乡镇", "5≥3人", "强制性", since=day)
    demo_book.act("改", [Change("own_formula", (made,), {"since": day}, {"since": date(2026, 1, 1)})])
    with pytest.raises(Refused, match="早于施行日期"):
        end_formula(demo_book, made, date(2025, 12, 31))
    end_formula(demo_book, made, date(2026, 12, 30))
    assert not [one for one in demo_book.read(desk.draft_in, number).audited.points if one.id.startswith("自-")]


def test_sending_is_noted_once(demo_book: Book, tmp_path: Path) -> None:
    number = sealed(demo_book)
    packages.package(demo_book, number, tmp_path)
    seal.send_back(demo_book, number, "岭东市民政局", "表1户数与月报不一致")
    with pytest.raises(Refused, match="只有封存了的"):
        packages.package(demo_book, number, tmp_path)
