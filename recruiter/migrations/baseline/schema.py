"""How the modules of the baseline write a table down. Nothing here comes from the models: they go on, the baseline stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table, text
from sqlalchemy.schema import SchemaItem

LINE = String(500)
WORD = String(40)  # one of a fixed list, which the models know
DIGEST = String(64)
CURRENCY = String(3)
MOMENT = DateTime(timezone=True)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> None:
    """Add a table; its first column is always the number of the row."""
    Table(name, metadata, Column("id", Integer, primary_key=True), *parts)


def column(name: str, kind: Any, *, nullable: bool = False, **options: Any) -> Column[Any]:
    """A column, which must hold a value unless it is `nullable`."""
    return Column(name, kind, nullable=nullable, **options)


def reference(
    name: str,
    target: str,
    *,
    nullable: bool = False,
    ondelete: str | None = None,
    use_alter: bool = False,
    **options: Any,
) -> Column[Any]:
    """A column that names a row of the table `target`; `use_alter` where two tables refer to each other."""
    key = ForeignKey(f"{target}.id", ondelete=ondelete, use_alter=use_alter)
    return Column(name, Integer, key, nullable=nullable, **options)


def only_where(condition: str) -> dict[str, Any]:
    """The options of an index that holds only the rows of a condition, on either engine."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
