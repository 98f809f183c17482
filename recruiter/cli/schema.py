"""The revision of the schema: where a database or a backup is, and whether this version can go on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

OLDER = "{what} is at revision {revision}, and this version of Recruiter goes on from revision {first}. {remedy}"
OLDER_DATABASE = "Upgrade it with the version of that day first, which brings it to {first}, then with this one."
OLDER_BACKUP = "Restore it with the version of that day first, which brings it to {first}, and make a new backup there."


def config() -> Config:
    """Where Alembic finds the migrations. It is loaded by what migrates alone: a server never does."""
    from alembic.config import Config

    from recruiter.foundation.templates import PACKAGE

    alembic = Config(PACKAGE / "migrations" / "alembic.ini")
    alembic.set_main_option("script_location", str(PACKAGE / "migrations").replace("%", "%%"))
    return alembic


def _migrations() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config())


def newest() -> str:
    """The revision that the tables of this version have."""
    return str(_migrations().get_current_head())


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None before the first upgrade."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _older(what: str, revision: str | None, remedy: str) -> str | None:
    first = str(_migrations().get_base())
    if revision is None or not revision.isdigit() or int(revision) >= int(first):
        return None
    return OLDER.format(what=what, revision=revision, first=first, remedy=remedy.format(first=first))


def older_database(revision: str | None) -> str | None:
    """What to tell about a database from before the first migration; None if this version can go on from its revision."""
    return _older("This database", revision, OLDER_DATABASE)


def check_backup(revision: str) -> None:
    """Refuse a backup whose revision no migration of this version knows. Raises ClickException."""
    if older := _older("This backup", revision, OLDER_BACKUP):
        raise click.ClickException(older)
    if revision not in {known.revision for known in _migrations().walk_revisions()}:
        raise click.ClickException("This backup was made by a newer version of Recruiter. Update, then restore.")


def upgrade(target: str = "head") -> None:
    """Bring the database of the application to a revision. Raises ClickException for one from before the first migration."""
    from alembic import command

    from recruiter.foundation.database import planner
    from recruiter.foundation.database.db import db

    with db.engine.connect() as connection:
        older = older_database(revision_of(connection))
    if older:
        raise click.ClickException(older)
    command.upgrade(config(), target)
    planner.settle_page_cost(db.engine)
    planner.count_anew(db.engine)


def upgrade_within(connection: Connection, target: str = "head") -> None:
    """Bring what a connection sees to a revision, inside the transaction that it has."""
    from alembic import command

    within = config()
    within.attributes["connection"] = connection
    command.upgrade(within, target)
