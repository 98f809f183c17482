"""Everything that is stored, out into one file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import schema
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    import datetime as dt

    from recruiter.foundation.database.backup_writer import Manifest


DAMAGED = "Kept without what can\u2019t be read: {what}. What stood there is in manifest.json of the backup."
MISSING = "Not in it, because the file is gone from the instance folder: {what}."


def summary(manifest: Manifest) -> str:
    """What a backup holds, in numbers."""
    return f"{manifest.rows:,} rows in {len(manifest.tables)} tables, {len(manifest.files)} files"


def write(target: Path, *, now: dt.datetime) -> Manifest:
    """Write everything that this installation holds into a new file. Raises ClickException."""
    from recruiter.foundation.database import backup_writer, tables
    from recruiter.foundation.database.db import Base, db
    from recruiter.request_context import settings

    tables.load()
    installation = settings()
    with db.engine.connect() as connection:
        revision = schema.revision_of(connection)
    if revision is None or revision != schema.newest():
        raise click.ClickException(
            schema.older_database(revision)
            or "The schema is not up to date. Run `recruiter db upgrade`, then make the backup."
        )
    try:
        return backup_writer.write(
            target, engine=db.engine, metadata=Base.metadata, files=installation.files, ledger=installation.ledger,
            scratch=installation.instance, revision=revision, now=now,
        )  # fmt: skip
    except FileExistsError as error:
        raise click.ClickException(
            f"{target.name} is there already. Name a new file: no backup is overwritten."
        ) from error
    except (OSError, sqlite3.Error) as error:  # SQLite copies its file by itself
        raise click.ClickException(
            f"The backup could not be written: {getattr(error, 'strerror', error)}. Nothing was left behind."
        ) from error


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything, tables and uploaded files, into FILE, while the server goes on serving.

    Never copy the database file instead: what was written a moment ago may not be in it. The secret key of the
    installation is not in the backup; keep it apart. Neither are sessions, invitations, undo links and forms that wait for
    a new sign-in: they end with a restore.
    """
    from recruiter.audit import services as audit
    from recruiter.audit.actions import AuditAction
    from recruiter.audit.models import Installation
    from recruiter.candidates.records import record_queries
    from recruiter.foundation.database import damage
    from recruiter.foundation.database.damage import DamagedRow
    from recruiter.foundation.database.db import begin_writing
    from recruiter.request_context import settings

    with application() as (session, moment):
        manifest = write(file, now=moment.now)
        missing = record_queries.without_bytes(session, settings().files)
        session.rollback()
        begin_writing(session)
        counts = {"rows": manifest.rows, "files": len(manifest.files)}
        audit.record(session, action=AuditAction.BACKUP_MADE, subject=Installation(), act=moment, **counts)
        session.commit()
    click.echo(f"{summary(manifest)}, {file.stat().st_size:,} bytes in {file.name}.")
    if manifest.damaged:
        values = manifest.damaged
        click.echo(
            DAMAGED.format(
                what=damage.row_names([DamagedRow(each.table, each.number, (each.column,)) for each in values])
            )
        )
    if missing:
        click.echo(MISSING.format(what=damage.row_names([DamagedRow("attachment", number, ()) for number in missing])))
