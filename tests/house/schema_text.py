"""A schema as sorted lines of text: what an engine itself tells of every table, down to defaults, conditions and names."""

from sqlalchemy import inspect


def lines(engine):
    """One line for each column, constraint and index of a database, without the table of the migrations."""
    looker = inspect(engine)
    return sorted(
        line
        for table in looker.get_table_names()
        if table != "alembic_version"
        for line in _table(looker, engine, table)
    )


def _table(looker, engine, table):
    for column in looker.get_columns(table):
        kind = column["type"].compile(engine.dialect)
        needed = "" if column["nullable"] else " not null"
        default = f" default {column['default']}" if column["default"] is not None else ""
        yield f"{table}.{column['name']} {kind}{needed}{default}"
    key = looker.get_pk_constraint(table)
    yield f"{table} key {key['name']} {_columns(key['constrained_columns'])}"
    for key in looker.get_foreign_keys(table):
        options = "".join(f" {name} {value}" for name, value in sorted(key["options"].items()))
        target = f"{key['referred_table']} {_columns(key['referred_columns'])}"
        yield f"{table} reference {key['name']} {_columns(key['constrained_columns'])} to {target}{options}"
    for check in looker.get_check_constraints(table):
        yield f"{table} check {check['name']}: {' '.join(check['sqltext'].split())}"
    for unique in looker.get_unique_constraints(table):
        yield f"{table} unique {unique['name']} {_columns(unique['column_names'])}"
    for index in looker.get_indexes(table):
        if "duplicates_constraint" in index:
            continue  # how PostgreSQL keeps a unique constraint
        where = index.get("dialect_options", {}).get(f"{engine.dialect.name}_where")
        unique = " unique" if index["unique"] else ""
        yield f"{table} index {index['name']} {_columns(index['column_names'])}{unique}{f' where {where}' if where is not None else ''}"


def _columns(names):
    return f"({', '.join(names)})"
