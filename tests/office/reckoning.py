"""市级汇总 reckoned a second time, straight from the counties' books with SQL and plain arithmetic: nothing here comes from the program's own rooms.

Of every county the figures that add up (form → 栏次 → number) and the lines every county has; of the city their sums, and every rate from the sums.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, text

Number = int | Fraction
Figures = dict[str, Number]
DAY, FIRST, EVE = "2026-12-31", "2026-01-01", "2025-12-31"
BOUGHT = ("政府购买服务", "劳务派遣")
BY_LABOUR_CONTRACT = (*BOUGHT, "直接聘用", "双百社工", "公益性岗位")
INSURED = ("pension", "medical", "unemployment", "insurance_other")
A = "社会救助工作经费"
LETTERS = {
    A: "A", "困难群众救助补助资金（中央）": "B1", "困难群众救助补助资金（省级）": "B2", "困难群众救助补助资金（本级）": "B3", "其他社会救助专项资金": "C",
    "本级预算其他安排": "D", "乡镇（街道）自筹": "E", "其他资金": "F", "未注明来源": "",
}  # fmt: skip
SERVICES = {
    "低保": "救助事务", "特困": "救助事务", "临时救助": "救助事务", "养老": "养老服务", "留守儿童": "留守儿童", "城乡社区": "城乡社区", "其他": "其他服务", "未注明来源": "其他服务",
}  # fmt: skip


@dataclass
class Reckoned:
    """One county: what adds up, by form and 栏次; lines by (form, name); and what rates are taken of."""

    sums: dict[str, Figures] = field(default_factory=dict)
    lines: dict[tuple[str, str], Figures] = field(default_factory=dict)
    standards: list[int] = field(default_factory=list)
    floor: int = 0
    performance: int = 0
    met_units: int = 0
    units: int = 0
    towns: int = 0
    windows: int = 0
    contracts: int = 0


def half_up(number: Fraction) -> int:
    return int((number + Fraction(1, 2)).__floor__())


def day_of(words: str) -> date:
    return date.fromisoformat(words)


class Book:
    """A county's book as rows of its tables; dates are ISO words, money is 分."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.engagements = self.rows("engagement")
        self.terms = self.hanging("engagement_term", "since")
        self.posts = self.hanging("assignment", "start")
        self.absences = self.hanging("absence", "start")
        self.people = {one["id"]: one for one in self.rows("person")}
        self.parent = {one["unit"]: one["parent"] for one in self.rows("unit_version") if one["type"] == "村（社区）"}
        self.attached = Counter((one["owner"], one["record"]) for one in self.rows("attachment"))

    def rows(self, table: str, where: str = "1") -> list[dict[str, Any]]:
        return [dict(one._mapping) for one in self.connection.execute(text(f"SELECT * FROM {table} WHERE {where} ORDER BY 1"))]

    def hanging(self, table: str, by: str) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {one["id"]: [] for one in self.engagements}
        for one in sorted(self.rows(table), key=lambda each: each[by]):
            found[one["engagement"]].append(one)
        return found

    def term(self, who: Mapping[str, Any], day: str) -> dict[str, Any]:
        last = min(day, who["end"] or day)
        return [one for one in self.terms[who["id"]] if one["since"] <= last][-1]

    def type(self, who: Mapping[str, Any], day: str) -> str:
        return str(self.term(who, day)["type"])

    def there(self, who: Mapping[str, Any], day: str) -> bool:
        return bool(who["start"] <= day <= (who["end"] or day))

    def post(self, who: Mapping[str, Any], day: str) -> dict[str, Any] | None:
        held = [one for one in self.posts[who["id"]] if one["start"] <= day <= (one["end"] or day)]
        return max(held, key=lambda one: one["share"], default=None)

    def row(self, unit: int) -> int:
        return int(self.parent.get(unit, unit))

    def bought(self, day: str) -> list[dict[str, Any]]:
        """表3's people on a day."""
        return [one for one in self.engagements if self.there(one, day) and self.type(one, day) in BOUGHT]


def reckon(connection: Connection, region: str) -> Reckoned:
    book, made = Book(connection), Reckoned(floor=8_000_000 if region == "珠三角" else 5_000_000)
    made.sums["表1"] = _caseload(book)
    counted = _staffing(book, made)
    _pay(book, made)
    _money(book, made)
    listed = _contracts(book, made)
    _recruiting(book, made)
    _training(book, made)
    _meetings(book, made)
    _papers(book, made, listed)
    _windows(book, made, counted)
    _evaluations(book, made)
    _moves(book, made)
    return made


def _caseload(book: Book) -> Figures:
    def of(category: str, what: str) -> int:
        return sum(one[what] for one in book.rows("caseload", f"category = '{category}'"))

    homes = {"3": "低保城", "4": "低保农", "12": "边缘", "13": "支出型", "14": "临时救助", "15": "其他"}
    found: Figures = {mark: of(category, "households") for mark, category in homes.items()}
    found |= {mark: of(category, "persons") for mark, category in {"6": "低保城", "7": "低保农", "9": "特困城", "10": "特困农", "11": "特困集中"}.items()}
    found |= {"2": found["3"] + found["4"], "5": found["6"] + found["7"], "8": found["9"] + found["10"]}
    return found | {"1": found["2"] + found["8"]}


def _staffing(book: Book, made: Reckoned) -> list[dict[str, Any]]:
    """二（三） by hand; returns who counts."""
    weighed: Counter[int] = Counter()
    for one in book.rows("caseload"):
        weighed[one["unit"]] += one["households"] if one["category"].startswith("低保") else one["persons"] if one["category"] in ("特困城", "特困农") else 0
    towns = sorted(one["id"] for one in book.rows("unit") if one["id"] not in book.parent and one["id"] != 1)
    whole = sum(weighed.values())
    needs = {town: 2 + 2 * sum(weighed[town] >= edge for edge in (300, 600)) for town in towns}
    needs[1] = (2, 4, 6, 10)[sum(whole >= edge for edge in (3000, 5000, 8000))]
    heads, shares, types = Counter[int](), Counter[int](), Counter[str]()
    counted, others, villagers = [], 0, 0
    for who in book.engagements:
        if not book.there(who, DAY):
            continue
        term, post = book.term(who, DAY), book.post(who, DAY)
        assert post is not None
        kind = term["type"] in ("行政编制", "事业编制", *BOUGHT, "直接聘用") or (term["type"] == "双百社工" and term["duty"] == "社会救助经办")
        kind &= not any(one["start"] < "2026-06-30" and one["end"] is None for one in book.absences[who["id"]])
        for one in book.posts[who["id"]]:
            if kind and book.there(one, DAY) and one["work_class"] == "事务性" and one["unit"] not in book.parent:
                shares[one["unit"]] += one["share"] * term["duty_share"]
        if kind and term["duty_share"] >= 5000 and post["work_class"] == "事务性" and post["unit"] not in book.parent:
            heads[post["unit"]] += 1
            types[term["type"]] += 1
            counted.append(who)
        else:
            others += 1
            villagers += post["unit"] in book.parent
    gaps = {unit: need - heads[unit] for unit, need in needs.items()}
    marks = {"行政编制": "7", "事业编制": "8", "政府购买服务": "10", "劳务派遣": "11", "直接聘用": "13", "双百社工": "14"}
    found: Figures = {mark: types[kind] for kind, mark in marks.items()}
    found |= {"15": 0, "6": found["7"] + found["8"], "9": found["10"] + found["11"], "12": found["13"] + found["14"]}
    found |= {
        "1": whole, "3": sum(needs.values()), "4": sum(one["heads"] for one in book.rows("approved_headcount")), "5": sum(heads.values()),
        "16": sum((Fraction(half_up(Fraction(share, 10**6)), 100) for share in shares.values()), Fraction(0)), "17": sum(gap for gap in gaps.values() if gap > 0),
        "18": -sum(gap for gap in gaps.values() if gap < 0), "20": others, "21": villagers,
    }  # fmt: skip
    made.sums["表2"] = found
    made.units, made.towns, made.met_units = len(needs), len(towns), sum(gap <= 0 for gap in gaps.values())
    return counted


def _served(book: Book, who: Mapping[str, Any]) -> dict[int, Fraction]:
    """Month of the year → share of it in service as one of 表3."""
    found: dict[int, Fraction] = {}
    for month in range(1, 13):
        length = monthrange(2026, month)[1]
        days = [date(2026, month, at).isoformat() for at in range(1, length + 1)]
        off = [one for one in book.absences[who["id"]] if not one["paid"]]
        served = sum(
            book.there(who, day) and book.type(who, day) in BOUGHT and not any(one["start"] <= day <= (one["end"] or day) for one in off) for day in days
        )
        if served:
            found[month] = Fraction(served, length)
    return found


def _pay(book: Book, made: Reckoned) -> None:
    standards = {one["engagement"]: 12 * (one["monthly_fixed"] + one["performance"]) for one in book.rows("pay_standard")}
    here = book.bought(DAY)
    known = [standards[one["id"]] for one in here if one["id"] in standards]
    items: Counter[str] = Counter()
    years, paid, under, insured = Fraction(0), 0, 0, 0
    for who in book.engagements:
        served = _served(book, who)
        rows = [one for one in book.rows("pay_month", f"engagement = {who['id']} AND year = 2026") if one["month"] in served]
        years += sum(served.values(), Fraction(0)) / 12
        at: dict[int, int] = {}  # in the line of the unit of the month's end: who moved stands in both lines
        for one in rows:
            line = _line(book, who, min(f"2026-{one['month']:02}-{monthrange(2026, one['month'])[1]}", who["end"] or DAY))
            assert line is not None
            at[line] = at.get(line, 0) + sum(one[name] or 0 for name in (*INSURED, "employer_insurance"))
        paid += len(at)
        insured += sum(money > 0 for money in at.values())
        gross = sum(one["gross"] for one in rows)
        missing = set(served) - {one["month"] for one in rows}
        under += bool(served) and not missing and gross < half_up(made.floor * sum(served.values(), Fraction(0)) / 12)
        for mark, names in (
            ("9", ("gross",)), ("12", (*INSURED, "fund")), ("13", ("tax", "other")), ("15", ("employer_insurance", "employer_fund")), ("16", ("fee", "vat")), ("20", ("performance",)),
        ):  # fmt: skip
            items[mark] += sum(one[name] or 0 for one in rows for name in names)
    made.standards, made.performance = known, items.pop("20")
    found: Figures = {"1": len(here), "2": paid, "3": years, "8": sum(one < made.floor for one in known), "11": under, "21": len(here) - len(known), "22": insured, **items}
    made.sums["表3"] = found | {"14": found["9"] - found["12"] - found["13"], "17": found["9"] + found["15"] + found["16"]}


def _money(book: Book, made: Reckoned) -> None:
    spent = book.rows("dibao_spend", "year = 2025 AND caliber = '决算'")
    lines = book.rows("fund_line JOIN (SELECT id AS doc, year, level FROM fund_doc) ON doc = document", f"year = 2026 AND source = '{A}'")

    def total(what: str, levels: str = "中央省市县乡", purpose: str = "") -> int:
        return sum(one[what] or 0 for one in lines if one["level"] in levels and purpose in ("", one["purpose"]))

    def out(name: str, word: str) -> int:
        return sum(one["amount"] for one in spent if one[name] == word)

    documents = book.rows("fund_doc", "year = 2026")
    found: Figures = {"2": out("area", "城"), "3": out("area", "农"), "8": out("kind", "价格临时补贴"), "1": sum(one["amount"] for one in spent)}
    found |= {mark: out("level", level) for mark, level in zip("4567", ("中央", "省", "市", "县"), strict=True)}
    found |= {
        "10": found["1"], "11": half_up(Fraction(found["1"] * 3, 100)), "12": total("budget"), "13": total("budget", "县乡"), "14": total("budget", "中央省市"),
        "15": total("received"), "19": total("spent"), "20": total("spent", purpose="购买服务"), "22": len(documents), "23": total("budget", "市"),
        "24": total("budget", "中央省"), "25": total("budget", purpose="工作"), "26": total("budget", purpose="购买服务"), "27": total("received", purpose="工作"),
        "28": total("received", purpose="购买服务"), "29": total("carried"),
        "31": sum(bool(one["doc_no"] and one["dated"] and book.attached["fund_doc", one["id"]]) for one in documents),
    }  # fmt: skip
    made.sums["表4"] = found | {"18": found["12"] - found["11"], "21": found["15"] + found["29"] - found["19"]}


def _shared(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """An amount by shares to the 分, the largest remainders first; what is left open is unstated."""
    given = dict(shares)
    if sum(given.values()) < 10000:
        given["未注明来源"] = 10000 - sum(given.values())
    parts = {name: amount * share // 10000 for name, share in given.items()}
    by_rest = sorted(given, key=lambda name: -(amount * given[name] % 10000))
    for name in by_rest[: amount - sum(parts.values())]:
        parts[name] += 1
    return parts


def _contracts(book: Book, made: Reckoned) -> list[dict[str, Any]]:
    """表5 and 表6; returns the contracts that stand in 表6."""
    made.sums["表5"] = {}
    source, service, listed = Counter[tuple[str, str]](), Counter[tuple[str, str]](), []
    whole: Counter[str] = Counter(dict.fromkeys(("14", "15", "16", "17", "18", "27", "28"), 0))
    under = Counter(book.term(one, DAY)["purchase_contract"] for one in book.bought(DAY))
    for one in book.rows("purchase_contract"):
        amended = book.rows("contract_amendment", f"contract = {one['id']} ORDER BY signed --")
        paid = book.rows("contract_payment", f"contract = {one['id']}")
        this_year = [each for each in paid if each["paid_on"] >= FIRST]
        start, end = day_of(one["start"]), day_of(next((each["end"] for each in reversed(amended) if each["end"]), one["end"]))
        amount, length = one["amount"] + sum(each["amount"] for each in amended), (end - start).days + 1

        def owed(by: str, start: date = start, end: date = end, amount: int = amount, length: int = length) -> int:
            return half_up(Fraction(amount * max(0, (min(end, day_of(by)) - start).days + 1), length))

        due = owed(DAY) - owed(EVE)
        shares, scopes = (
            {each[name]: each["share"] for each in book.rows(table, f"contract = {one['id']}")} for table, name in (("contract_source", "source"), ("contract_scope", "scope"))
        )
        for name, part in _shared(due, shares).items():
            source[name, "6"] += part
        for each in this_year:
            for mark, what in (("7", "amount"), ("8", "wages"), ("9", "employer"), ("10", "fee"), ("11", "other")):
                source[each["source"], mark] += each[what]
        for mark, money in (("6", due), ("7", sum(each["amount"] for each in this_year))):
            for name, part in _shared(money, scopes).items():
                service[SERVICES[name], mark] += part
        if due or this_year or (one["start"] <= DAY and end.isoformat() >= FIRST):
            listed.append(one | {"last": end.isoformat()})
            for mark, number in (
                ("14", one["amount"]), ("15", due), ("16", sum(each["amount"] for each in paid)), ("17", one["headcount"]), ("18", under[one["id"]]),
                ("27", sum(each["amount"] for each in amended)), ("28", sum(each["amount"] for each in this_year)),
            ):  # fmt: skip
                whole[mark] += number
    made.sums["表6"], made.contracts = dict(whole), len(listed)
    for one in book.rows("fund_line JOIN (SELECT id AS doc, year, level FROM fund_doc) ON doc = document", "year = 2026 AND purpose = '购买服务'"):
        source[one["source"], {"市": "2", "县": "3", "中央": "16", "省": "17", "乡": "18"}[one["level"]]] += one["budget"]
        source[one["source"], "5"] += one["received"]
    marks = ("2", "3", "5", "6", "7", "8", "9", "10", "11", "16", "17", "18")
    for name, letter in LETTERS.items():
        if letter or any(of == name and amount for (of, _), amount in source.items()):
            made.lines["表5", f"{letter} {name}".strip()] = _arranged({mark: source[name, mark] for mark in marks})
    for name in dict.fromkeys(SERVICES.values()):
        made.lines["表5", name] = {mark: service[name, mark] for mark in ("6", "7")}
    made.sums["表5"] = _arranged({mark: sum(source[name, mark] for name in LETTERS) for mark in marks})
    return listed


def _arranged(found: Figures) -> Figures:
    found["4"] = found["16"] + found["17"] + found["18"]
    return found | {"1": found["2"] + found["3"] + found["4"], "12": found["5"] - found["7"]}


def _recruiting(book: Book, made: Reckoned) -> None:
    lines = book.rows("recruit_line JOIN (SELECT id AS number, announced FROM recruit_batch) ON number = batch", f"announced >= '{FIRST}'")
    for one in lines:
        one.update(book.rows("recruit_count", f"line = {one['id']} AND as_of <= '{DAY}' ORDER BY as_of --")[-1] | {"id": one["id"]})
    names = {"6": "planned", "7": "applied", "8": "qualified", "9": "interviewed", "10": "publicised", "11": "hired", "12": "on_post"}
    found: Figures = {mark: sum(one[name] for one in lines) for mark, name in names.items()}
    left = sum(max(0, one["planned"] - one["on_post"]) for one in lines)
    made.sums["表7"] = found | {"14": left, "18": left, "19": sum(one["recruit_line"] in {each["id"] for each in lines} for one in book.engagements)}


def _new(book: Book) -> list[dict[str, Any]]:
    return [one for one in book.engagements if FIRST <= one["start"] <= DAY and book.type(one, one["start"]) in BY_LABOUR_CONTRACT]


def _training(book: Book, made: Reckoned) -> None:
    held, lists = book.rows("training", f"held >= '{FIRST}'"), book.rows("training_person")
    came = {(one["training"], one["person"]) for one in lists if one["attended"]}
    new = {one["person"] for one in _new(book)}

    def heads(one: Mapping[str, Any], typed: str, attended: bool) -> int:
        on_list = [each for each in lists if each["training"] == one["id"]]
        return sum(not attended or each["attended"] for each in on_list) if on_list else int(one[typed])

    made.sums["表8"] = {
        "5": sum(one["hours"] for one in held), "6": sum(heads(one, "called", False) for one in held), "7": sum(heads(one, "came", True) for one in held),
        "9": len(new & {person for training, person in came if training in {one["id"] for one in held}}), "10": len(held),
    }  # fmt: skip
    inductions = {one["id"] for one in held if one["kind"] == "入职培训"}
    made.lines["表8", "新入职"] = {"6": len(new), "7": len(new & {person for training, person in came if training in inductions})}


def _meetings(book: Book, made: Reckoned) -> None:
    held = book.rows("meeting", f"kind = '联席会议' AND held >= '{FIRST}'")
    made.sums["表9"] = {"11": len(held), "12": sum(bool(one["minutes_no"]) for one in held), "13": sum(bool(book.attached["meeting", one["id"]]) for one in held)}


def _papers(book: Book, made: Reckoned, listed: Iterable[Mapping[str, Any]]) -> None:
    """Kind → its papers as (scanned, dated, must be published, published, must be reported)."""
    kinds: dict[str, list[tuple[bool, bool, bool | None, bool, bool]]] = {}

    def paper(kind: str, table: str, one: Mapping[str, Any], dated: object, public: bool | None = None, published: object = None, reporting: object = False) -> None:
        kinds.setdefault(kind, []).append((bool(book.attached[table, one["id"]]), bool(dated), public, bool(published), bool(reporting)))

    for one in book.rows("meeting", f"kind = '联席会议' AND held >= '{FIRST}' AND minutes_no IS NOT NULL"):
        paper("联席会议纪要", "meeting", one, one["held"])
    for one in book.rows("fund_doc", "year = 2026"):
        paper("工作经费文件", "fund_doc", one, one["dated"])
    for one in listed:
        paper("政府购买服务合同", "purchase_contract", one, one["signed"], published=one["contract_noticed"])
    for one in book.rows("recruit_batch", f"announced >= '{FIRST}'"):
        paper("招录公告", "recruit_batch", one, one["announced"], published=one["announced"])
    for one in book.rows("evaluation", "year = 2026"):
        paper("绩效评价结果", "evaluation", one, one["evaluated"], True, one["published"])
    for one in book.rows("plan_doc", "year = 2026"):
        public = True if one["kind"] == "具体操作方案" else None if one["must_publish"] is None else bool(one["must_publish"])
        paper(one["kind"], "plan_doc", one, one["dated"], public, one["published"], one["must_report"])
    public = {kind: papers for kind, papers in kinds.items() if any(one[2] for one in papers)}
    asked = {kind: papers for kind, papers in kinds.items() if any(one[4] for one in papers)}
    made.sums["表10"] = {
        "12": sum(one[0] for papers in kinds.values() for one in papers), "14": sum(len(papers) for papers in kinds.values()), "15": len(public),
        "16": sum(any(one[1] for one in papers) and all(one[3] for one in papers if one[2] is not False) for papers in public.values()),
        "18": len(asked), "19": sum(any(one[1] for one in papers) for papers in asked.values()),
    }  # fmt: skip


def _windows(book: Book, made: Reckoned, counted: Sequence[Mapping[str, Any]]) -> None:
    surveys, work = book.rows("survey_window"), book.rows("workload", "year = 2026")
    people = [book.people[one["person"]] for one in counted]
    names = {"2": "windows", "3": "staff", "4": "computers", "5": "printers", "6": "area"}
    found: Figures = {mark: sum(one[name] for one in surveys) for mark, name in names.items()}
    made.windows = sum(bool(one["has_window"]) for one in surveys)
    staffing = made.sums["表2"]
    made.sums["表11"] = found | {
        "8": made.sums["表4"]["12"], "10": staffing["3"], "11": staffing["5"], "12": staffing["17"],
        "13": sum(int(one["id_no"][6:10]) + 36 > 2026 or (int(one["id_no"][6:10]) + 36 == 2026 and one["id_no"][10:14] > "1231") for one in people),
        "14": sum(one["education"] in ("大专", "本科", "硕士", "博士") for one in people), "15": sum("社会工作师" in (one["certificate"] or "") for one in people),
        "17": sum(one["accepted"] for one in work), "18": sum(one["visited"] for one in work), "21": staffing["1"],
    }  # fmt: skip


def _evaluations(book: Book, made: Reckoned) -> None:
    found: Counter[str] = Counter(dict.fromkeys(("13", "19", "20", "21", "26", "27", "28"), 0))
    evaluated = {one["contract"]: one for one in book.rows("evaluation", "year = 2026")}
    for one in book.rows("purchase_contract"):
        amended = [each["end"] for each in book.rows("contract_amendment", f"contract = {one['id']} AND \"end\" IS NOT NULL")]
        last = min(amended[-1] if amended else one["end"], DAY)
        due = last >= FIRST and max(one["start"], FIRST) <= "2026-07-01" and last >= DAY  # of the generated ones none ends within the year before its last day
        mark = evaluated.get(one["id"])
        if not due and mark is None:
            continue
        found["13"] += mark["sample"] if mark else 0
        for at, phase in (("19", "事前"), ("20", "事中"), ("21", "事后")):
            found[at] += len(book.rows("supervision", f"contract = {one['id']} AND phase = '{phase}'"))
        found["26"] += due
        graded = mark is not None and all(mark[name] is not None for name in ("buyer_score", "client_score", "third_score"))
        found["27"] += due and graded
        found["28"] += due and graded and bool(mark and mark["published"])
    made.sums["表12"] = dict(found) | {"18": found["19"] + found["20"] + found["21"]}


def _line(book: Book, who: Mapping[str, Any], day: str) -> int | None:
    if not book.there(who, day) or book.type(who, day) not in BOUGHT:
        return None
    post = book.post(who, day)
    return book.row(post["unit"]) if post else None


def _moves(book: Book, made: Reckoned) -> None:
    found: Counter[str] = Counter({str(mark): 0 for mark in (*range(1, 10), *range(11, 24))})
    days = [(day_of(FIRST) + timedelta(days=at)).isoformat() for at in range(365)]
    for who in book.engagements:
        before = _line(book, who, EVE)
        found["1"] += before is not None
        for day in days:
            now = _line(book, who, day)
            found["2"] += before is None and now is not None
            found["3"] += before is not None and now is not None and before != now
            if before is not None and now is None:
                found["5"] += 1
                reason = who["end_reason"] or ""
                found["6" if "辞职" in reason else "7" if "期满不续" in reason else "8" if "解除" in reason else "其他"] += 1
            before = now
        found["9"] += before is not None
    found["4"] = found["3"]
    grades = {one["person"]: one["grade"] for one in book.rows("appraisal", "year = 2026")}
    for who in book.engagements:
        if _line(book, who, DAY) is not None and who["start"] <= "2026-07-01":
            found["11"] += 1
            found[{"优秀": "12", "称职": "13", "基本称职": "14", "不称职": "15"}.get(grades.get(who["person"], ""), "16")] += 1
    _terms(book, found)
    levels = {one["id"]: one["level"] for one in book.rows("pay_grade")}
    changes = book.rows("grade_change")
    found["22"] = sum(one["since"] >= FIRST and any(levels[each["grade"]] < levels[one["grade"]] for each in changes if each["since"] < one["since"]) for one in changes)
    found.pop("其他", None)
    made.sums["表13"] = dict(found)


def _terms(book: Book, found: Counter[str]) -> None:
    bad = {one["person"] for one in book.rows("appraisal", "year = 2025 AND grade = '不称职'")}
    for who in book.engagements:
        contracts = book.rows("labour_contract", f"engagement = {who['id']} ORDER BY seq --")
        for at, one in enumerate(contracts):
            after = contracts[at + 1] if at + 1 < len(contracts) else None
            if one["end"] is None:
                continue
            found["21"] += DAY < one["end"] <= "2027-03-31" and after is None
            if FIRST <= one["end"] <= DAY:
                found["17"] += 1
                found["18"] += after is not None
                found["19"] += after is not None and after["end"] is None
                found["20"] += after is None and who["person"] in bad
                found["23"] += after is not None and who["person"] in bad


# The city


def added(counties: Sequence[Mapping[str, Number]]) -> Figures:
    return {mark: sum((one[mark] for one in counties), 0) for mark in counties[0]}


def share(part: Number, whole: Number) -> Fraction:
    return Fraction(part) / Fraction(whole)


def sums_and_rates(counties: Sequence[Reckoned]) -> dict[str, Figures]:
    """Form → 栏次 → what the city's 合计 must be (of one county: its own line)."""
    of = {form: added([one.sums[form] for one in counties]) for form in counties[0].sums}
    pay, money, bought = of["表3"], of["表4"], of["表5"]
    standards, floors = [one for each in counties for one in each.standards], {one.floor for one in counties}
    judged = pay["1"] - pay["21"]
    pay |= {
        "5": Fraction(sum(standards), len(standards)), "6": min(standards), "7": max(standards), "10": share(pay["9"], pay["3"]), "18": share(pay["17"], pay["3"]),
        "19": share(judged - pay["8"], judged), "20": share(sum(one.performance for one in counties), pay["9"]), "23": share(pay["9"], pay["3"]), "24": share(pay["17"], pay["3"]),
    }  # fmt: skip
    pay |= {"4": floors.pop()} if len(floors) == 1 else {}
    money |= {"9": Fraction(3, 100), "16": share(money["12"], money["11"]), "17": share(money["15"], money["11"]), "30": share(money["15"], money["12"])}
    bought["13"] = share(bought["7"], bought["6"])
    of["表7"]["13"], of["表8"]["8"] = share(of["表7"]["12"], of["表7"]["6"]), share(of["表8"]["7"], of["表8"]["6"])
    of["表10"] |= {"17": share(of["表10"]["16"], of["表10"]["15"]), "20": share(of["表10"]["19"], of["表10"]["18"])}
    windows = of["表11"]
    windows |= {"1": Fraction(sum(one.windows for one in counties), sum(one.towns for one in counties))}
    windows |= {"9": share(windows["8"], windows["11"]), "16": share(windows["21"], windows["11"])}
    of["表13"]["10"] = share(of["表13"]["5"], (Fraction(of["表13"]["1"] + of["表13"]["9"])) / 2)
    return of


def lines_together(counties: Sequence[Reckoned]) -> dict[tuple[str, str], Figures]:
    """(form, name) → the line every county has, added, with its rates."""
    found: dict[tuple[str, str], Figures] = {}
    for one in counties:
        for name, line in one.lines.items():
            held = found.get(name, {})
            found[name] = {mark: held.get(mark, 0) + number for mark, number in line.items()}
    for (form, _), line in found.items():
        rate, part, whole = ("13", "7", "6") if form == "表5" else ("8", "7", "6")
        if line[whole]:
            line[rate] = share(line[part], line[whole])
    return found


def indicators(counties: Sequence[Reckoned]) -> dict[str, Number]:
    """What 综合表 of the city must say, line by line."""
    of, new = sums_and_rates(counties), lines_together(counties)["表8", "新入职"]
    two, three, four, moves = of["表2"], of["表3"], of["表4"], of["表13"]
    met, units = sum(one.met_units for one in counties), sum(one.units for one in counties)
    return {
        "救助对象户数": of["表1"]["1"], "乡镇（街道）数": sum(one.towns for one in counties), "应配备人数": two["3"], "实际配备人数": two["5"], "缺口": two["17"],
        "高于最低配备人数": two["18"], "达标单位数": met, "达标单位率": Fraction(met, units), "配备率": share(two["3"] - two["17"], two["3"]),
        "购买服务及派遣人员期末在岗人数": three["1"], "年工资标准均值": three["5"], "工资标准低于最低标准人数": three["8"], "工资标准达标率": three["19"],
        "人均年用工成本": three["18"], "应安排社会救助工作经费": four["11"], "预算安排工作经费": four["12"], "实际到位工作经费": four["15"], "安排率": four["16"],
        "政府购买服务资金到位": of["表5"]["5"], "本年合同应付": of["表5"]["6"], "支付率": of["表5"]["13"], "政府购买服务（派遣）合同数": sum(one.contracts for one in counties),
        "合同金额": of["表6"]["14"], "招录完成率": of["表7"]["13"], "入职培训覆盖率": share(new["7"], new["6"]), "联席会议召开次数": of["表9"]["11"],
        "其中：有会议纪要的次数": of["表9"]["12"], "方案公开率": of["表10"]["17"], "材料齐备率": of["表10"]["20"], "统一受理窗口覆盖率": of["表11"]["1"],
        "绩效评价完成率": share(of["表12"]["27"], of["表12"]["26"]), "评价结果公布率": share(of["表12"]["28"], of["表12"]["27"]),
        "年度考核完成率": share(moves["11"] - moves["16"], moves["11"]), "流失率": moves["10"],
    }  # fmt: skip
