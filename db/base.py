"""What every table of the book is made from: the metadata, the columns described once, and the dated check."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, mapped_column

from policy.kinds import Field


class Base(DeclarativeBase):
    """Names of constraints follow one convention, so that schema files and models can be compared."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def of(field: Field, *args: Any, **options: Any) -> Any:
    """A column with its description (screens, templates, imports, exports and the log read it from here)."""
    return mapped_column(*args, info={"field": field}, **options)


def dated(name: str) -> CheckConstraint:
    """An end is never before its start; NULL is an open end."""
    return CheckConstraint('"end" IS NULL OR "end" >= start', name=name)
