"""B4–B6: every rule over a county, a city and a province, against the least SQL that answers the two questions (who is short, who is
under the pay floor), and against the workbook a clerk would keep for them, calculated anew by LibreOffice."""

from __future__ import annotations

import math
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from office.check import check
from office.open import open_book
from tests.bench.books import AS_OF, CITY, CLOCK, COUNTY, PROVINCE, SCALES, YEAR, YEARS, Scale, book_of
from tests.bench.table import Line, side_by_side, took

FLOOR = 5_000_000
"""分 a year; what the yardstick compares with does not matter to its time."""
STAFFING = text(
    "SELECT u.id, (SELECT sum(households) FROM caseload c WHERE c.unit = u.id AND c.as_of = :day AND c.category NOT IN ('特困集中', '临时救助')),"
    " count(a.id) FROM unit u LEFT JOIN (SELECT a.id, a.unit FROM assignment a JOIN engagement e ON e.id = a.engagement"
    " WHERE a.start <= :day AND (a.end IS NULL OR a.end >= :day) AND e.start <= :day AND (e.end IS NULL OR e.end >= :day)) a ON a.unit = u.id GROUP BY u.id"
)
PAID = text("SELECT engagement, sum(gross) FROM pay_month WHERE year = :year GROUP BY engagement HAVING sum(gross) < :floor")


def bare(connection: Connection) -> int:
    """Households and heads of every unit, and who was paid less than the floor."""
    units = connection.execute(STAFFING, {"day": AS_OF}).all()
    return len(units) + len(connection.execute(PAID, {"year": YEAR, "floor": FLOOR}).all())


def both(scale: Scale, rounds: int) -> tuple[float, float]:
    """Seconds of the check and of the yardstick, warm."""
    with open_book(book_of(scale), CLOCK, "测速", "测速") as book:
        return side_by_side(lambda: check(book, AS_OF), lambda: book.read(bare), rounds)


def b4() -> list[Line]:
    """A county."""
    ours, least = both(COUNTY, 15)
    lines = [Line("B4", "all rules over a county", ours, "s", 40, least, "raw SQL, two questions")]
    if shutil.which("soffice"):
        return [*lines, Line("B4", "the same", ours, "s", 1 / 20, recalculated(COUNTY), "LibreOffice, 5 years")]
    return [*lines, Line("B4", "the same against LibreOffice", None, "s", 1 / 20, note="soffice is not installed")]


def b5() -> list[Line]:
    """A province, with the memory of the whole process."""
    ours, least = both(PROVINCE, 2)
    return [
        Line("B5", "all rules over a province", ours, "s", 15, least, "raw SQL, two questions"),
        Line("B5", "the same, memory of the process at its most", peak(), "MB", 400),
    ]


def b6() -> list[Line]:
    """How the time of a check grows with the rows."""
    times = [both(scale, {COUNTY: 9, CITY: 3, PROVINCE: 1}[scale])[0] for scale in SCALES]
    steps = zip((COUNTY, CITY), (CITY, PROVINCE), times[:-1], times[1:], strict=True)
    return [
        Line("B6", f"growth of a check, {less.name} to {more.name} (exponent)", math.log(slow / quick) / math.log(more.months / less.months), "", 1.05)
        for less, more, quick, slow in steps
    ]


def peak() -> float:
    """MB this process held at its most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def recalculated(scale: Scale) -> float:
    """Seconds LibreOffice takes for the same answers as COUNTIFS and SUMIFS, its start taken off."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty.xlsx", Path(folder) / "full.xlsx"
        _workbook(empty, Scale("", 0, 0))
        _workbook(full, scale)
        _convert(empty)  # the first start makes its profile
        start = min(took(lambda: _convert(empty)) for _ in range(2))
        return min(took(lambda: _convert(full)) for _ in range(2)) - start


def _convert(file: Path) -> None:
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    done = subprocess.run(["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", file.parent, file], capture_output=True, check=True)
    assert b"ods" in done.stdout, done.stderr


def _workbook(path: Path, scale: Scale) -> None:
    """人员, 工资 and 核查: heads of every unit by COUNTIFS, pay of everybody and every year by SUMIFS."""
    staff = [(f"s:人员{who}", f"n:{1 + who % scale.units}", f"n:{_serial(date(2020, 1, 1))}") for who in range(1, scale.staff + 1)]
    months = [(f"s:人员{who}", f"n:{year}", f"n:{month}", "n:4350") for year in YEARS for who in range(1, scale.staff + 1) for month in range(1, 13)]
    last, end = len(staff) + 1, len(months) + 1
    answers = [(f"f:COUNTIFS(人员!$B$1:$B${last},{unit},人员!$C$1:$C${last},&quot;&lt;={_serial(AS_OF)}&quot;)",) for unit in range(1, scale.units + 1)]
    answers += [
        tuple(f"f:SUMIFS(工资!$D$1:$D${end},工资!$A$1:$A${end},人员!$A${who},工资!$B$1:$B${end},{year})" for year in YEARS) for who in range(1, scale.staff + 1)
    ]
    write_plain(path, {"人员": staff, "工资": months, "核查": answers})


def write_plain(path: Path, sheets: dict[str, list[tuple[str, ...]]]) -> None:
    """A workbook as plain parts; a cell says first what it is: s: text, n: number, f: formula without a value."""
    spell = {"s": '<c t="inlineStr"><is><t>{}</t></is></c>', "n": "<c><v>{}</v></c>", "f": "<c><f>{}</f></c>"}
    book = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office, package = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    named, listed = list(enumerate(sheets, 1)), range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        parts = "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}worksheet+xml"/>' for at in listed)
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>{parts}</Types>',
        )
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        tabs = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in named)
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{book}" xmlns:r="{office}"><sheets>{tabs}</sheets></workbook>')
        links = "".join(f'<Relationship Id="r{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in listed)
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>')
        for at, name in named:
            rows = "".join("<row>" + "".join(spell[cell[0]].format(cell[2:]) for cell in row) + "</row>" for row in sheets[name])
            archive.writestr(f"xl/worksheets/sheet{at}.xml", f'<worksheet xmlns="{book}"><sheetData>{rows}</sheetData></worksheet>')


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)) // timedelta(days=1)
