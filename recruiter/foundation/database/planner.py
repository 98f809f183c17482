"""What the planner of queries goes by: how many rows and values there are, and what a look into an index costs."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

ROWS = 1_000  # of an index that SQLite looks at
COST = 1.1  # of a page read out of order, in pages read in order: right for solid-state disks
USUAL_COST = 4.0  # as PostgreSQL comes; with it a board of a hundred rows reads a whole table


def count_anew(engine: Engine) -> None:
    """Let the database count anew how many rows and different values its tables have: after a migration, an import, a day."""
    with engine.connect().execution_options(write=True) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA analysis_limit={ROWS}")
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def page_cost(connection: Connection) -> float | None:
    """What PostgreSQL takes a page read out of order to cost; None for SQLite, which asks no such thing."""
    if connection.dialect.name != "postgresql":
        return None
    return float(connection.scalar(text("SELECT current_setting('random_page_cost')")) or USUAL_COST)


def settle_page_cost(engine: Engine) -> None:
    """Set that cost for our role in this database, unless somebody has chosen another; connections made from now on have it.

    Not for each connection: behind a pooler it would stay with one, whoever uses it next.
    """
    with engine.connect() as connection:
        if page_cost(connection) != USUAL_COST:
            return
        name = connection.dialect.identifier_preparer.quote(str(connection.scalar(text("SELECT current_database()"))))
        connection.execute(text(f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET random_page_cost = {COST}"))
        connection.commit()
