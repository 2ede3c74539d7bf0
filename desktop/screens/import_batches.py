"""已导入的批次: every file brought in, with its fingerprint and whether it was taken back."""

from __future__ import annotations

from typing import Final

from db.lists import Column, Row
from db.lists.columns import field_of
from office.batches import Batch
from policy.kinds import Field
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

TAKEN_BACK: Final = "已撤回"
COLUMNS: Final = (
    Column("at", Field("时间", TEXT), width=10),
    Column("kind", field_of("import_batch", "kind"), width=9),
    Column("file_name", field_of("import_batch", "file_name"), width=16),
    Column("added", field_of("import_batch", "added"), width=3),
    Column("changed", field_of("import_batch", "changed"), width=3),
    Column("same", field_of("import_batch", "same"), width=3),
    Column("wrong", Field("未导入", COUNT), width=4),
    Column("who", Field("操作人", TEXT), width=6),
    Column("state", Field("状态", TEXT), width=5),
    Column("sha256", field_of("import_batch", "sha256"), width=12),
)


def batch_row(batch: Batch) -> Row:
    """A batch as a row of the list."""
    said = (
        batch.at.replace("T", " ")[:16], batch.kind, batch.file_name, batch.added, batch.changed, batch.same, batch.wrong, batch.who,
        TAKEN_BACK if batch.taken_back else "", batch.sha256,
    )  # fmt: skip
    return Row({"import_batch": (batch.id,)}, said)


def said_of(row: Row, name: str) -> str:
    """A column of a batch's row, by the column's id."""
    return str(row.values[next(at for at, column in enumerate(COLUMNS) if column.id == name)])
