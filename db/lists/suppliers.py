"""承接主体 with what was bought from each as of a date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, select

from db.lists import Listing, Row
from db.lists.columns import computed, written
from db.lists.contracts import contracts
from db.model import TABLES
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT

FIELDS = ("name", "credit_code", "body", "contact", "phone", "licence_no", "licence_from", "licence_to", "user_founded")
OF_SUPPLIER = (
    "purchase_contract.no", "purchase_contract.name", "status", "purchase_contract.kind", "purchase_contract.start", "last", "total", "paid",
    "purchase_contract.headcount",
)  # fmt: skip


def suppliers(connection: Connection, as_of: date) -> Listing:
    """Every 承接主体 by name, with the contracts that run on the day, and what all its contracts are worth and were paid, 分."""
    of = TABLES["supplier"]
    columns = (
        *(written("supplier", name, width) for name, width in zip(FIELDS[:4], (16, 13, 8, 7), strict=True)),
        computed("running", "履行中的合同", COUNT, 7, "截至日期正在履行的合同份数"),
        computed("total", "总额（含补充）", MONEY, 11, "各年合同金额加减补充合同的合计（元）"),
        computed("paid", "已付", MONEY, 11, "截至日期前的付款合计（元）"),
        *(written("supplier", name, 9) for name in FIELDS[4:8]),
        written("supplier", "user_founded", 8, hidden=True),
    )
    bought: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    listed = contracts(connection, as_of, everything=True)
    place = {column.id: at for at, column in enumerate(listed.columns)}
    for row in listed.rows:
        by = row.values[place["purchase_contract.supplier"]]
        if by is not None:
            sums = bought[by]
            sums[0] += row.values[place["status"]] == "履行中"
            sums[1] += row.values[place["total"]] or 0
            sums[2] += row.values[place["paid"]]
    return Listing(
        columns,
        tuple(
            Row({"supplier": (row["id"],)}, (*(row[name] for name in FIELDS[:4]), *bought[row["id"]], *(row[name] for name in FIELDS[4:])))
            for row in connection.execute(select(of).order_by(of.c.name, of.c.id)).mappings()
        ),
    )


def contracts_of(connection: Connection, supplier: int, as_of: date) -> Listing:
    """All contracts of a supplier, by start."""
    listed = contracts(connection, as_of, everything=True, supplier=supplier)
    places = [next(at for at, column in enumerate(listed.columns) if column.id == name) for name in OF_SUPPLIER]
    columns = tuple(
        computed(column.id, column.field.label, column.field.kind, column.width) for column in (listed.columns[at] for at in places)
    )
    return Listing(columns, tuple(Row(row.keys, tuple(row.values[at] for at in places)) for row in listed.rows))
