"""What every table of the book is made from: the metadata, the columns described once, and the dated check.

A table is a class so that it reads as one; what is made of it is a `Table` and nothing else (docs/decisions/tables-without-mapper.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, LargeBinary, MetaData, String, Table

from policy.kinds import Field

_TYPES: Final = {"int": Integer, "str": String, "bool": Boolean, "date": Date, "bytes": LargeBinary}


@dataclass(frozen=True)
class _Column:
    """A column as a class body says it; its type and whether it may be blank stand in the annotation."""

    args: tuple[Any, ...]
    options: dict[str, Any]
    sort_order: int


class Base:
    """A class below it is a table: `name: int = of(Field(…))` a column, `| None` one that may be blank. Columns of a class it shares with
    others come before its own, then by `sort_order`. Names of constraints follow one convention, so that schema files and models can be compared."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()

    def __init_subclass__(cls) -> None:
        said = [(name, of_type, vars(kind).get(name)) for kind in reversed(cls.__mro__[:-1]) if kind is not Base for name, of_type in _annotated(kind)]
        said.sort(key=lambda one: one[2].sort_order if one[2] else 0)
        columns = [_made(name, of_type, column or _Column((), {}, 0)) for name, of_type, column in said]
        options = cls.__table_args__[-1] if cls.__table_args__ and isinstance(cls.__table_args__[-1], dict) else {}
        Table(cls.__tablename__, Base.metadata, *columns, *(one for one in cls.__table_args__ if one is not options), **options)


def _annotated(kind: type) -> list[tuple[str, str]]:
    return [(name, said) for name, said in vars(kind).get("__annotations__", {}).items() if not name.startswith("__")]


def _made(name: str, of_type: str, column: _Column) -> Column[Any]:
    plain = of_type.removesuffix(" | None")
    fresh = [one._copy() for one in column.args]  # two tables may share a column, but not what hangs on it
    options: dict[str, Any] = {"nullable": plain != of_type, **column.options}
    return Column(name, _TYPES[plain], *fresh, **options)


def column(*args: Any, sort_order: int = 0, **options: Any) -> Any:
    """A column nobody is shown: a number of a row, a reference, a file's bytes."""
    return _Column(args, options, sort_order)


def of(field: Field, *args: Any, **options: Any) -> Any:
    """A column with its description (screens, templates, imports, exports and the log read it from here)."""
    return column(*args, info={"field": field}, **options)


def dated(name: str) -> CheckConstraint:
    """An end is never before its start; NULL is an open end."""
    return CheckConstraint('"end" IS NULL OR "end" >= start', name=name)
