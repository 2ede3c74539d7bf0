"""The demo county's management year: a plan with its consents, recruitment, training, meetings, windows, grades, evaluation.

On purpose a few things are open and no more: one evaluation is not published (Q8), one township has no window (W1), nobody's pay moved in three
years but those promoted (R45), one problem is late. Everything else is in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.change import Change
from db.rows import defaults
from policy.evaluation_facts import BEFORE, DISCLOSURES, DURING
from policy.grade_facts import CERTIFICATES, FIRST_PLACING
from policy.management_facts import CITY_MEASURES, CONTENTS, INDUCTION, JOINT_MEETING, OPERATING_PLAN, PARTNERS

WITHOUT_WINDOW: Final = 9
"""The township whose 受理窗口 is still missing (大塘镇)."""
TOWNS: Final = range(2, 15)
SCALE_SINCE: Final = 2
"""Years before the return year from which the pay scale holds."""


@dataclass(frozen=True)
class Staff:
    """What the management year needs to know of a made-up worker on a provider's pay roll."""

    person: int
    start: date
    certificate: str


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def management(staff: Iterable[Staff], year: int) -> Iterator[Change]:
    """Every register of the management year, for a county whose bureau is unit 1 and whose towns are units 2–14, with contract 1."""
    people = list(staff)
    yield from _meetings(year)
    yield from _documents(year)
    yield from _recruitment(people, year)
    yield from _trainings(people, year)
    yield from _windows(year)
    yield from _inspections(year)
    yield from _grades(people, year)
    yield from _evaluation(year)
    yield from _office(year)


def _meetings(year: int) -> Iterator[Change]:
    departments = "、".join(("民政", *PARTNERS, "乡镇（街道）"))
    yield _row(
        "meeting", 1, name=f"东岭县{year}年困难群众基本生活保障工作第一次联席会议", kind=JOINT_MEETING, held=date(year, 3, 18), chair="副县长", departments=departments,
        topics="传达学习上级会议和文件精神、研究年度工作要点、研究购买服务具体实施方案", minutes_no=f"东联席纪〔{year}〕1号", reported=date(year, 3, 25),
    )  # fmt: skip
    yield _row(
        "meeting", 2, name=f"东岭县人民政府第{year % 100}次常务会议", kind="政府常务会议", held=date(year, 4, 22), chair="县长", departments="民政、编办、财政、人社、政府办",
        topics="研究购买服务具体实施方案、研究经费安排", minutes_no=f"东府常纪〔{year}〕6号",
    )  # fmt: skip
    yield _row(
        "meeting", 3, name=f"东岭县{year}年困难群众基本生活保障工作第二次联席会议", kind=JOINT_MEETING, held=date(year, 9, 16), chair="副县长", departments=departments,
        topics="通报工作进展、研究经费安排", minutes_no=f"东联席纪〔{year}〕2号", reported=date(year, 9, 22),
    )  # fmt: skip


def _documents(year: int) -> Iterator[Change]:
    yield _row(
        "plan_doc", 1, kind=CITY_MEASURES, title="岭东市推行政府购买服务加强基层社会救助经办服务能力的具体办法", year=2019, doc_no="岭民〔2019〕31号",
        dated=date(2019, 5, 20),
    )  # fmt: skip
    yield _row(
        "plan_doc", 2, kind=OPERATING_PLAN, title=f"东岭县{year}年购买基层社会救助经办服务具体操作方案", year=year, stage="稳步推进", doc_no=f"东民〔{year}〕12号",
        dated=date(year, 4, 28), party_organ="中共东岭县委", party_on=date(year, 4, 24), party_no=f"东委办复〔{year}〕7号", government_organ="东岭县人民政府",
        government_on=date(year, 4, 23), government_no=f"东府复〔{year}〕15号", contents="、".join(CONTENTS), must_publish=True, published=date(year, 4, 30),
        channel="政府网站", fund_rate=300, conditions="大专以上学历，持社会工作者职业资格证书的优先", method="承接主体招录",
    )  # fmt: skip
    yield _row(
        "plan_doc", 3, kind="自查报告", title=f"东岭县{year}年基层社会救助经办服务工作自查报告", year=year, doc_no=f"东民〔{year}〕41号", dated=date(year, 11, 20),
        must_report=True, due=date(year, 11, 30), reported=date(year, 11, 25),
    )  # fmt: skip
    for number, (unit, heads) in enumerate(((1, 5), (2, 2), (3, 2), (4, 2)), 1):
        yield _row("plan_head", number, document=2, unit=unit, heads=heads)


def _recruitment(people: list[Staff], year: int) -> Iterator[Change]:
    yield _row(
        "recruit_batch", 1, name=f"{year}年第一批", recruiter="岭东人力资源有限公司", plan_no=f"东民〔{year}〕12号", party_organ="中共东岭县委", party_on=date(year, 4, 24),
        government_organ="东岭县人民政府", government_on=date(year, 4, 23), announced=date(year, 5, 8), channel="政府网站", method="承接主体招录",
        conditions="大专以上学历，持社会工作者职业资格证书的优先", due=date(year, 6, 30),
    )  # fmt: skip
    yield _row("recruit_line", 1, batch=1, unit=1, planned=1)
    for number, (day, counts) in enumerate((
        (date(year, 5, 22), {"applied": 6, "qualified": 5}),
        (date(year, 6, 8), {"applied": 6, "qualified": 5, "interviewed": 2, "publicised": 1}),
        (date(year, 6, 30), {"applied": 6, "qualified": 5, "interviewed": 2, "publicised": 1, "hired": 1, "on_post": 1}),
    ), 1):  # fmt: skip
        yield _row("recruit_count", number, line=1, as_of=day, **counts)


def _trainings(people: list[Staff], year: int) -> Iterator[Change]:
    new = [one for one in people if one.start.year == year]
    yield _row("training", 1, name="新入职人员岗前培训", kind=INDUCTION, organiser="县", held=date(year, 6, 22), hours=16, place="县民政局三楼会议室")
    yield _row("training", 2, name="最低生活保障审核确认业务培训", kind="业务培训", organiser="市", held=date(year, 7, 15), hours=8, place="市民政局")
    number = 0
    for training, called, absent in ((1, new, ()), (2, people, {one.person for one in people[7::11]})):
        for one in called:
            number += 1
            yield _row("training_person", number, training=training, person=one.person, attended=one.person not in absent)


def _windows(year: int) -> Iterator[Change]:
    for number, unit in enumerate((1, *TOWNS), 1):
        has = unit != WITHOUT_WINDOW
        yield _row(
            "survey_window", number, unit=unit, as_of=date(year, 3, 12), has_window=has, name="社会救助综合服务窗口" if has else None, windows=1 + unit % 2 if has else 0,
            staff=1 + unit % 2 if has else 0, computers=2, printers=1, area=20 + 3 * unit if has else None, rules_posted=has,
        )  # fmt: skip
        yield _row("workload", number, unit=unit, year=year, accepted=60 + 17 * unit, visited=150 + 41 * unit)
        yield _row("workload", 100 + number, unit=unit, year=year - 1, accepted=54 + 16 * unit, visited=138 + 39 * unit)
    yield _row(
        "problem", 1, survey=WITHOUT_WINDOW, unit=WITHOUT_WINDOW, found_on=date(year, 3, 12), what="没有设立统一受理窗口，群众申请分散在三个办公室受理",
        measure="在便民服务中心设立社会救助综合服务窗口", responsible="张佩珊", due=date(year, 10, 31),
    )  # fmt: skip


def _inspections(year: int) -> Iterator[Change]:
    yield _row(
        "inspection", 1, organ="岭东市民政局", kind="市级检查", held=date(year, 5, 26), score=9150, rank="第3名", finding="人员配备总体到位，个别乡镇窗口建设滞后，入户核查记录不够完整。",
    )  # fmt: skip
    yield _row(
        "problem", 2, inspection=1, found_on=date(year, 5, 26), what="入户核查记录不够完整", measure="统一入户核查表样，每月抽查", responsible="李晓敏", due=date(year, 6, 30),
        mended=date(year, 6, 24), proof=f"东民〔{year}〕20号",
    )  # fmt: skip
    yield _row("reward", 1, unit=14, given=date(year, 10, 17), kind="通报表扬", title="全市社会救助经办服务先进集体", organ="岭东市民政局", doc_no=f"岭民函〔{year}〕88号")


def _grades(people: list[Staff], year: int) -> Iterator[Change]:
    since = date(year - SCALE_SINCE, 1, 1)
    yield _row(
        "pay_scale", 1, name="东岭县购买服务人员工资层级方案", since=since, document=f"东民〔{year - SCALE_SINCE}〕3号", performance_share=1500,
        performance_rule="按年度考核等次和得分计发：优秀上浮一成，基本称职下浮一成，不称职下浮三成。",
    )  # fmt: skip
    item = 0
    for level, certificate in enumerate(CERTIFICATES, 1):
        asked = {"years": 3, "certificate": certificate, "appraisal": "称职"} if level > 1 else {}
        yield _row("pay_grade", level, scale=1, level=level, name=f"{'一二三四'[level - 1]}级", **asked)
        for word, monthly in (("基本工资", 340_000 + 30_000 * level), ("绩效工资", 60_000)):
            item += 1
            yield _row("pay_grade_item", item, grade=level, item=word, monthly=monthly)
    for number, (result, factor) in enumerate((("优秀", 110), ("称职", 100), ("基本称职", 90), ("不称职", 70)), 1):
        yield _row("performance_rule", number, scale=1, grade=result, factor=factor)
    number = 0
    for one in people:
        level = CERTIFICATES.index(one.certificate) + 1 if one.certificate in CERTIFICATES else 1
        first = max(since, one.start)
        promoted = level > 1 and one.person % 8 == 7 and first == since
        number += 1
        yield _row("grade_change", number, person=one.person, grade=level - 1 if promoted else level, since=first, reason=FIRST_PLACING)
        if promoted:
            number += 1
            document = f"东民〔{year}〕25号"
            yield _row("grade_change", number, person=one.person, grade=level, since=date(year, 7, 1), reason="取得证书", document=document)


def _evaluation(year: int) -> Iterator[Change]:
    for contract, scores, published in ((1, (9000, 8650, 8800, 8900, 8700, 8800), None), (2, (9300, 9150, 9050, 9200, 9100, 9200), date(year, 12, 28))):
        names = ("buyer_score", "client_score", "third_score", "result_score", "project_score", "impact_score")
        yield _row(
            "evaluation", contract, contract=contract, year=year, evaluated=date(year, 12, 18), **dict(zip(names, scores, strict=True)),
            third_party="岭东市公共服务评估中心", sample=120 // contract, published=published, channel="政府网站" if published else None, use="续签",
        )  # fmt: skip
        for place, (phase, day, finding, mended) in enumerate(
            (
                (BEFORE, date(year - 1, 11, 12), None, None),
                (DURING, date(year, 5, 20), "个别人员考勤记录不全" if contract == 1 else None, date(year, 6, 5) if contract == 1 else None),
                (DURING, date(year, 10, 21), None, None),
            ),
            3 * contract - 2,
        ):
            yield _row("supervision", place, contract=contract, phase=phase, held=day, by="林志强", finding=finding, mended=mended)
        dates = (date(year - 1, 9, 26), date(year - 1, 11, 3), date(year - 1, 12, 2 * contract), date(year - 1, 12, 21 + contract))
        for place, (kind, day) in enumerate(zip(DISCLOSURES, dates, strict=False), 4 * contract - 3):
            yield _row("disclosure", place, contract=contract, kind=kind, published=day, channel="广东政府采购网")


def _office(year: int) -> Iterator[Change]:
    yield _row(
        "incoming_doc", 1, doc_no=f"岭民函〔{year}〕102号", organ="岭东市民政局", title=f"关于报送{year}年基层社会救助经办服务能力建设情况的通知", received=date(year, 11, 3),
        asks="报送自查报告", handler="李晓敏", due=date(year, 11, 30), done=date(year, 11, 25), reply_no=f"东民〔{year}〕41号",
    )  # fmt: skip
    yield _row(
        "incoming_doc", 2, doc_no=f"岭民函〔{year}〕117号", organ="岭东市民政局", title=f"关于报送{year}年度人员招录和培训情况的通知", received=date(year, 12, 15),
        asks="报送人员招录进度表、培训情况表", handler="李晓敏", due=date(year + 1, 1, 20), forms="表7、表8",
    )  # fmt: skip
    yield _row("handover", 1, on=date(year, 2, 2), giver="张佩珊", receiver="李晓敏", witness="林志强")
    for number, (kind, matter, state) in enumerate((
        ("合同", f"DL{year}-001 社会救助经办服务人员派遣协议", "履行中，按月结算"), ("来文", f"岭民函〔{year - 1}〕131号 关于做好{year}年度购买服务工作的通知", "已办结"),
        ("资料", "人员花名册、劳动合同复印件、工资核对表", "纸质1盒，电子版在台账附件中"),
    ), 1):  # fmt: skip
        yield _row("handover_item", number, handover=1, kind=kind, matter=matter, state=state, taken=True)
    told = (("李晓敏", "联络员", "东岭县民政局", "经办人"), ("何志明", "财政", "东岭县财政局", "股长"), ("吴丽华", "人社", "东岭县人力资源和社会保障局", "副股长"),
            ("郑建华", "编办", "东岭县委编办", "股长"), ("何佩珊", "承接主体", "岭东人力资源有限公司", "项目主管"))  # fmt: skip
    for number, (name, role, organ, duty) in enumerate(told, 1):
        yield _row("contact", number, name=name, role=role, organ=organ, duty=duty, phone=f"0999-123450{number}")
