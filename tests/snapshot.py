"""What stands in a database, kept and put back: what took the real services long to make once is there at once in the next test."""

from __future__ import annotations

from sqlalchemy import select, text

from recruiter.foundation.database.db import db

CLEAR_SERVER = """DO $$ DECLARE one record; filled boolean; BEGIN
SET LOCAL session_replication_role = replica;
FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one.tablename) INTO filled;
  IF filled THEN EXECUTE format('DELETE FROM %I', one.tablename); END IF;
END LOOP;
FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
  PERFORM setval(format('%I', one.sequencename)::regclass, 1, false);
END LOOP; END $$"""


def take(engine):
    """Every row of every table that has any, in an order in which they can be put back."""
    with engine.connect() as connection:
        contents = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in db.metadata.sorted_tables
        }
    return {table: rows for table, rows in contents.items() if rows}


def put(engine, taken):
    """Put back what was taken, into an empty database; numbers go on where they stopped."""
    with engine.begin() as connection:
        server = connection.dialect.name == "postgresql"
        if server:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table, rows in taken.items():
            connection.execute(table.insert(), rows)
            if server and "id" in table.c:
                last = max(row["id"] for row in rows)
                connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last})"))


def clear(engine):
    """Empty every table; the next row of each has the number 1."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            if connection.scalar(text("SELECT usesuper FROM pg_user WHERE usename = current_user")):
                connection.execute(text(CLEAR_SERVER))
            else:
                names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return
    emptied = ";".join(f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables))
    connection = engine.raw_connection()
    try:
        connection.driver_connection.executescript(f"BEGIN;PRAGMA defer_foreign_keys=ON;{emptied};COMMIT")
    finally:
        connection.close()
