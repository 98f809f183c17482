"""Everything that is stored, out into one file and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import schema
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    import datetime as dt

    from recruiter.foundation.database.backup_writer import Manifest


def _summary(manifest: Manifest) -> str:
    return f"{manifest.rows:,} rows in {len(manifest.tables)} tables, {len(manifest.files)} files"


def _write(target: Path, *, now: dt.datetime) -> Manifest:
    from recruiter.foundation.database import backup_writer, tables
    from recruiter.foundation.database.db import Base, db
    from recruiter.request_context import settings

    tables.load()
    instance = settings().instance
    with db.engine.connect() as connection:
        revision = schema.revision_of(connection)
    if revision is None or revision != schema.newest():
        raise click.ClickException(
            schema.older_database(revision)
            or "The schema is not up to date. Run `recruiter db upgrade`, then make the backup."
        )
    try:
        return backup_writer.write(
            target, engine=db.engine, metadata=Base.metadata, files=instance / "files", scratch=instance,
            revision=revision, now=now,
        )  # fmt: skip
    except FileExistsError as error:
        raise click.ClickException(
            f"{target.name} is there already. Name a new file: no backup is overwritten."
        ) from error
    except OSError as error:
        raise click.ClickException(
            f"The backup could not be written: {error.strerror}. Nothing was left behind."
        ) from error


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything, tables and uploaded files, into FILE, while the server goes on serving.

    Never copy the database file instead: what was written a moment ago may not be in it. The secret key of the
    installation is not in the backup; keep it apart, or sessions and open links end with a restore.
    """
    with application() as (_, moment):
        manifest = _write(file, now=moment.now)
    click.echo(f"{_summary(manifest)}, {file.stat().st_size:,} bytes in {file.name}.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what this installation holds.")
def restore(file: Path, *, replace: bool) -> None:
    """Put a backup back, of either engine, after every part of it was checked. Stop the server first.

    Goes into an empty installation; with --replace over this one, which is written into a backup of its own before.
    """
    from recruiter.audit import queries as audit
    from recruiter.foundation.database import backup_reader
    from recruiter.foundation.database.db import db
    from recruiter.request_context import settings

    with application() as (session, moment), backup_reader.opened(file) as (archive, manifest):
        instance = settings().instance
        schema.check_backup(manifest.revision)
        session.rollback()
        if not backup_reader.empty(db.engine):
            if not replace:
                raise click.ClickException(
                    "This installation holds data. Restore into an empty one, or add --replace to put the backup in its place."
                )
            replaced = instance / f"replaced-{moment.now:%Y%m%d-%H%M%S}.zip"
            _write(replaced, now=moment.now)
            click.echo(f"What was here is kept in {replaced.name} of the instance folder.")
        backup_reader.clear(db.engine)
        schema.upgrade(manifest.revision)
        backup_reader.fill(db.engine, archive, manifest)
        backup_reader.put_files(archive, manifest, instance / "files")
        schema.upgrade()
        verdict = audit.verify(session)
        session.rollback()
    if not verdict.whole:
        raise click.ClickException(f"Everything is back, but the audit chain is broken at entry {verdict.first_bad}.")
    click.echo(
        f"{_summary(manifest)} are back, as of {manifest.made_at}. The audit chain is whole: {verdict.entries} entries."
    )
