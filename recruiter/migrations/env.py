"""Runs migrations on whatever engine the application uses."""

from alembic import context
from sqlalchemy import Connection

from recruiter.foundation.database import tables
from recruiter.foundation.database.db import Base, db

tables.load()
given = context.config.attributes.get("connection")


def migrate(connection: Connection) -> None:
    """Run the migrations on a connection, whose transaction stays open if it had one."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="recruiter.foundation.database.db.",
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Migrate in one transaction; SQLite's foreign keys rest meanwhile, since batch changes rebuild tables."""
    with db.engine.connect() as connection:
        sqlite = db.engine.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrate(connection)
        connection.commit()
        if sqlite:
            connection.exec_driver_sql("COMMIT") if connection.in_transaction() else None
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if given is None:
    run()
else:
    migrate(given)
