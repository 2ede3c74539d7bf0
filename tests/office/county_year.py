"""A generated county's whole year, over its people, pay and money: movers and leavers, contracts and payments, recruitment, training, meetings,
papers, windows, evaluations and appraisals, so that every form from 表5 to 表13 has figures in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from random import Random

from db.change import Change
from db.rows import defaults
from office.edit import person_values
from policy.contract_facts import WORK_FUND
from policy.example import id_no
from policy.facts import VILLAGE

YEAR = 2026
SERVICE, DISPATCH = "政府购买服务", "劳务派遣"
FIRST_DAY = date(1949, 10, 1)


class CountyYear:
    """Rows numbered after those that are there already."""

    def __init__(self, number: int, towns: int, there: Sequence[Change], scan: bytes) -> None:
        self.chance, self.number, self.towns, self.scan = Random(1000 + number), number, towns, scan
        self.next: dict[str, int] = {}
        for change in there:
            self.next[change.table] = max(self.next.get(change.table, 0), int(change.key[0]))
        self.changes: list[Change] = []
        self.workers = [int(one.key[0]) for one in there if one.table == "person"]
        self._places()
        self._money()
        self._contracts()
        self._people()
        self._recruiting()
        self._training()
        self._meetings_and_papers()
        self._windows()
        self._appraising()

    def add(self, table: str, **values: object) -> int:
        """One more row; its number."""
        number = self.next[table] = self.next.get(table, 0) + 1
        self.changes.append(Change(table, (number,), None, defaults(table) | {"id": number} | values))
        return number

    def scanned(self, owner: str, record: int) -> None:
        """A scan hangs on the record."""
        self.add("attachment", owner=owner, record=record, name=f"{owner}{record}.pdf", sha256=sha256(self.scan).hexdigest(), size=len(self.scan), added_on=date(YEAR, 2, 1))

    def some(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both inclusive."""
        return self.chance.randint(low, high)

    def _places(self) -> None:
        self.village = self.add("unit", code=None, sort_no=self.towns + 2)
        self.add("unit_version", unit=self.village, since=FIRST_DAY, name="第1镇中心村", type=VILLAGE, parent=2)
        for unit in range(1, self.towns + 2):
            self.add("approved_headcount", unit=unit, since=date(YEAR, 1, 1), heads=self.some(2, 8), document="编〔2026〕1号")
            if unit > 1:
                for category in ("特困城", "支出型", "其他"):
                    homes = self.some(0, 20)
                    self.add("caseload", unit=unit, as_of=date(YEAR, 12, 31), category=category, households=homes, persons=homes, source="民政统计月报")

    def _money(self) -> None:
        for level, area, kind in (("市", "城", "低保金"), ("县", "城", "价格临时补贴"), ("县", "农", "价格临时补贴")):
            self.add("dibao_spend", year=YEAR - 1, level=level, area=area, kind=kind, amount=self.some(10**6, 10**8))
        self.add("dibao_spend", year=YEAR - 1, level="县", area="城", caliber="执行", amount=10**12)
        for level in ("中央", "乡"):
            document = self.add("fund_doc", year=YEAR, level=level, doc_no=f"财〔2026〕{self.number}-{level}", title="经费通知", dated=date(YEAR, 3, 1) if level == "乡" else None)
            for source in (WORK_FUND, "困难群众救助补助资金（中央）", "乡镇（街道）自筹"):
                budget = self.some(10**6, 10**7)
                self.add(
                    "fund_line", document=document, source=source, purpose="购买服务", unit=self.some(1, self.towns + 1), budget=budget,
                    received=budget - self.some(0, 10**5), spent=self.some(10**4, 10**6), carried=self.some(0, 10**5),
                )  # fmt: skip

    def _contracts(self) -> None:
        supplier = self.add("supplier", name=f"第{self.number}社工服务中心", body="社会组织")
        self.contracts: list[int] = []
        terms = (
            (SERVICE, date(2025, 7, 1), date(2026, 12, 31)), (DISPATCH, date(2026, 4, 1), date(2027, 3, 31)),
            (SERVICE, date(2025, 1, 1), date(2025, 12, 31)), (DISPATCH, date(2024, 1, 1), date(2025, 6, 30)),
        )  # fmt: skip
        for at, (kind, start, end) in enumerate(terms, 1):
            signed = date(start.year - 1, 12, 20) if at != 2 else date(2026, 3, 20)
            contract = self.add(
                "purchase_contract", no=f"采{self.number}-{at}", name=f"第{at}份合同", kind=kind, procured_as=SERVICE if kind == SERVICE else "其他", buyer=1,
                supplier=supplier, signed=signed, start=start, end=end, amount=self.some(10**7, 9 * 10**7), headcount=self.some(2, 9), fee=15000,
                contract_noticed=signed,
            )  # fmt: skip
            self.contracts.append(contract)
        one, two, three, four = self.contracts
        for contract, sources in ((one, ((WORK_FUND, 7000), ("本级预算其他安排", 3000))), (two, ((WORK_FUND, 3333), ("困难群众救助补助资金（中央）", 3333)))):
            for source, share in sources:
                self.add("contract_source", contract=contract, source=source, share=share)
        for contract, scopes in ((one, (("低保", 6667), ("养老", 3333))), (two, (("特困", 5000), ("其他", 5000)))):
            for scope, share in scopes:
                self.add("contract_scope", contract=contract, scope=scope, share=share)
        self.add("contract_amendment", contract=two, signed=date(2026, 9, 1), amount=self.some(-(10**6), 10**6), end=date(2027, 6, 30), subject="调整人数")
        for contract, day, source in (
            (one, date(2026, 3, 31), WORK_FUND), (one, date(2026, 9, 30), "本级预算其他安排"), (two, date(2026, 12, 1), "困难群众救助补助资金（中央）"),
            (three, date(2026, 1, 15), WORK_FUND), (one, date(2025, 12, 31), WORK_FUND), (four, date(2025, 6, 1), WORK_FUND),
        ):  # fmt: skip
            parts = {part: self.some(10**4, 10**6) for part in ("wages", "employer", "fee", "other")}
            self.add("contract_payment", contract=contract, paid_on=day, source=source, **parts)
        self.scanned("purchase_contract", one)
        for contract, year in ((one, YEAR), (one, YEAR - 1), (two, YEAR)):
            scores = {name: self.some(6000, 9900) for name in ("buyer_score", "client_score", "third_score")}
            if contract == two and self.number % 2 == 0:
                scores.pop("third_score")  # no total yet: not evaluated
            number = self.add(
                "evaluation", contract=contract, year=year, evaluated=date(year, 12, 15), sample=self.some(20, 90),
                published=date(year, 12, 28) if contract == one else None, **scores,
            )  # fmt: skip
            if contract == two:
                self.scanned("evaluation", number)
        for contract, phase in ((one, "事前"), (one, "事中"), (two, "事中"), (one, "事后"), (three, "事中")):
            for _ in range(self.some(0, 3)):
                self.add("supervision", contract=contract, phase=phase, held=date(YEAR, self.some(1, 12), 5))

    def person(self, kind: str, start: date, *, end: date | None = None, months: Sequence[int] = (), monthly: int = 0, term: dict[str, object] | None = None, **more: object) -> tuple[int, int]:
        """Somebody with one engagement; (person, engagement). `months` are paid in the year."""
        who = self.next["person"] + 1
        schooling = self.chance.choice(("高中", "大专", "本科"))
        values = {"name": f"员{who}", "id_no": id_no(date(self.some(1980, 2003), self.some(1, 12), 10), who), "education": schooling}
        self.add("person", **person_values(values), certificate=self.chance.choice((None, "无", "助理社会工作师", "社会工作师")))
        engagement = self.add("engagement", person=who, start=start, end=end, **more)
        self.add("engagement_term", engagement=engagement, since=start, type=kind, **(term or {}))
        for month in months:
            gross = monthly - self.some(0, 50000)
            values = {
                "year": YEAR, "engagement": engagement, "month": month, "base": gross - 50000, "performance": 50000, "pension": gross // 12, "fund": gross // 20,
                "tax": self.some(0, 9000), "other": self.some(0, 900), "employer_insurance": gross // 5, "employer_fund": gross // 20, "fee": 15000, "vat": self.some(0, 999),
            }  # fmt: skip
            self.changes.append(Change("pay_month", (YEAR, engagement, month), None, defaults("pay_month") | values))
        if monthly:
            self.add("pay_standard", engagement=engagement, since=start, monthly_fixed=monthly - 50000, performance=50000)
        return who, engagement

    def put(self, engagement: int, unit: int, start: date, end: date | None = None, **more: object) -> None:
        """A posting."""
        self.add("assignment", engagement=engagement, unit=unit, start=start, end=end, post="协理", **({"work_class": "事务性"} | more))

    def labour(self, engagement: int, *terms: tuple[date, date | None]) -> None:
        """Labour contracts one after another."""
        for seq, (start, end) in enumerate(terms, 1):
            self.add("labour_contract", engagement=engagement, seq=seq, kind="固定期限" if end else "无固定期限", signed=start, start=start, end=end)

    def _people(self) -> None:
        whole, early, one, two = range(1, 13), date(2025, 3, 1), self.contracts[0], self.contracts[1]
        wage, under = 500000, {"purchase_contract": two}
        _, moved = self.person(DISPATCH, early, months=whole, monthly=wage, term=under)
        self.put(moved, 2, early, date(2026, 5, 31))
        self.put(moved, 3, date(2026, 6, 1))
        self.labour(moved, (early, date(2026, 2, 28)), (date(2026, 3, 1), date(2027, 2, 28)))
        self.moved = moved
        leavers = ((date(2026, 8, 31), "个人辞职", 8), (date(2026, 6, 15), "合同期满不续", 6), (date(2026, 9, 30), "单位解除", 9), (date(2026, 11, 30), "退休", 11))
        for at, (end, reason, months) in enumerate(leavers):
            who, gone = self.person(DISPATCH, early, end=end, months=range(1, months + 1), monthly=wage, end_reason=reason)
            self.put(gone, 2 + at % self.towns, early, end)
            if months == 6:
                self.labour(gone, (early, end))
                self.add("appraisal", person=who, year=2025, grade="不称职")
        _, changed = self.person("直接聘用", early, months=whole, monthly=wage + 100000)
        self.add("engagement_term", engagement=changed, since=date(2026, 7, 1), type=SERVICE, purchase_contract=one)
        self.put(changed, 1, early)
        for kind, duty in (("行政编制", "社会救助经办"), ("双百社工", "社会救助经办"), ("双百社工", "养老服务"), ("公益性岗位", "社会救助经办"), ("直接聘用", "社会救助经办")):
            _, number = self.person(kind, early, term={"duty": duty})
            self.put(number, self.some(1, self.towns + 1), early)
        _, serving = self.person(SERVICE, early, months=whole, monthly=wage, term={"purchase_contract": one})
        self.put(serving, 2, early, work_class="服务性")
        self.labour(serving, (early, date(2026, 6, 30)), (date(2026, 7, 1), None))
        _, villager = self.person(DISPATCH, early, months=whole, monthly=wage - 150000, term=under)
        self.put(villager, self.village, early)
        _, split = self.person(SERVICE, early, months=whole, monthly=wage, term={"duty_share": 6000, "purchase_contract": one})
        self.put(split, 2, early, share=7000)
        self.put(split, 3, early, share=3000)
        _, little = self.person(SERVICE, early, months=whole, monthly=wage, term={"duty_share": 4000})
        self.put(little, 3, early)
        _, away = self.person(DISPATCH, early, months=whole, monthly=wage)
        self.put(away, 3, early)
        self.add("absence", engagement=away, kind="产假", start=date(2026, 2, 1), end=None, paid=True)
        _, unpaid = self.person(DISPATCH, date(2026, 2, 10), months=range(2, 13), monthly=wage - 120000)
        self.put(unpaid, 2, date(2026, 2, 10))
        self.add("absence", engagement=unpaid, kind="事假", start=date(2026, 4, 11), end=date(2026, 4, 20), paid=False)
        _, unknown = self.person(SERVICE, early, months=range(1, 12))
        self.put(unknown, 2, early)
        bad, renewed = self.person(DISPATCH, early, months=whole, monthly=wage)
        self.put(renewed, 3, early)
        self.labour(renewed, (early, date(2026, 2, 28)), (date(2026, 3, 1), date(2028, 2, 29)))
        self.add("appraisal", person=bad, year=2025, grade="不称职")
        self.fresh = [self.person(DISPATCH, date(2026, 5, 20), months=range(5, 13), monthly=wage, term=under, recruit_line=line) for line in (1, 1, 2)]
        for at, (_, number) in enumerate(self.fresh):
            self.put(number, 2 + at % 2, date(2026, 5, 20))
        _, alone = self.person(DISPATCH, date(2026, 9, 1), months=range(9, 13), monthly=wage)
        self.put(alone, 1, date(2026, 9, 1))

    def _recruiting(self) -> None:
        for year in (YEAR, YEAR - 1):
            batch = self.add(
                "recruit_batch", name=f"{year}年第一批", announced=date(year, 3, 1), channel="政府网站", method="公开招聘", due=date(year, 6, 15),
                party_on=date(year, 2, 1), government_on=date(year, 2, 5),
            )  # fmt: skip
            for unit in range(2, self.towns + 2):
                planned = self.some(2, 5)
                on_post = planned if year < YEAR else self.some(2, planned)
                names = ("applied", "qualified", "interviewed", "publicised", "hired")
                counts = dict(zip(names, (on_post + extra for extra in (9, 6, 3, 2, 1)), strict=True))
                line = self.add("recruit_line", batch=batch, unit=unit, planned=planned)
                self.add("recruit_count", line=line, as_of=date(year, 4, 1), on_post=0, **dict.fromkeys(names, 5))
                self.add("recruit_count", line=line, as_of=date(year, 6, 10), on_post=on_post, **counts)
            self.scanned("recruit_batch", batch)

    def _training(self) -> None:
        people = [who for who, _ in self.fresh]
        for held, kind, listed in (
            (date(2026, 6, 20), "入职培训", [(people[0], True), (people[1], False)]), (date(2026, 7, 10), "业务培训", [(people[0], True), (people[2], True), (self.workers[0], True)]),
            (date(2026, 10, 1), "业务培训", []), (date(2025, 12, 31), "业务培训", []),
        ):  # fmt: skip
            training = self.add("training", name="培训", kind=kind, held=held, hours=self.some(4, 24), called=None if listed else 20, came=None if listed else self.some(1, 20))
            for who, came in listed:
                self.add("training_person", training=training, person=who, attended=came)

    def _meetings_and_papers(self) -> None:
        for at, (held, kind, minutes) in enumerate((
            (date(2026, 3, 10), "联席会议", True), (date(2026, 10, 15), "联席会议", self.number % 2 == 0), (date(2026, 11, 2), "政府常务会议", True),
            (date(2025, 12, 31), "联席会议", True),
        )):  # fmt: skip
            meeting = self.add("meeting", name="会议", kind=kind, held=held, departments="民政、财政", minutes_no=f"纪〔{at}〕1号" if minutes else None)
            if at % 2 == 0:
                self.scanned("meeting", meeting)
        for kind, values in (
            ("具体操作方案", {"dated": date(2026, 4, 1), "doc_no": "民〔2026〕8号", "published": date(2026, 4, 2), "must_report": True}),
            ("自查报告", {"dated": None, "must_report": True, "must_publish": False}),
            ("调研报告", {"dated": date(2026, 5, 6), "must_publish": self.number % 2 == 0, "must_report": True}),
            ("其他", {"dated": date(2025, 5, 6), "year": YEAR - 1, "must_report": True}),
        ):  # fmt: skip
            document = self.add("plan_doc", **{"kind": kind, "year": YEAR, **values})
            if kind == "具体操作方案":
                self.scanned("plan_doc", document)

    def _windows(self) -> None:
        for unit in range(2, self.towns + 2):
            counts = {name: self.some(1, 9) for name in ("windows", "staff", "computers", "printers", "area")}
            self.add("survey_window", unit=unit, as_of=date(2026, 6, 1), has_window=(unit + self.number) % 3 > 0, rules_posted=True, **counts)
            self.add("workload", unit=unit, year=YEAR, accepted=self.some(10, 900), visited=self.some(10, 900))

    def _appraising(self) -> None:
        for at, who in enumerate(self.workers):
            if grade := (None, "优秀", "称职", "基本称职", "不称职", "称职")[at % 6]:
                self.add("appraisal", person=who, year=YEAR, grade=grade)
        scale = self.add("pay_scale", name="协理员工资层级", since=date(2025, 1, 1))
        grades = [self.add("pay_grade", scale=scale, level=level, name=f"{level}级") for level in (1, 2)]
        moved = next(int(one.after["person"]) for one in self.changes if one.table == "engagement" and one.key[0] == self.moved and one.after)
        self.add("grade_change", person=moved, grade=grades[0], since=date(2025, 4, 1), reason="首次定级")
        self.add("grade_change", person=moved, grade=grades[1], since=date(2026, 8, 1), reason="晋升")
