"""Everything that is stored, out into one file and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import schema
from recruiter.cli.opened import application

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask

    from recruiter.foundation.dump import Manifest


def _told(held: Manifest) -> str:
    return f"{held.rows:,} rows in {len(held.tables)} tables, {len(held.files)} files"


def _write(app: Flask, target: Path, *, now: dt.datetime) -> Manifest:
    from recruiter.foundation import dump, tables
    from recruiter.foundation.db import Base, db

    tables.load()
    instance = app.extensions["recruiter_settings"].instance
    with db.engine.connect() as connection:
        revision = schema.revision_of(connection)
    if revision is None or revision != schema.newest():
        raise click.ClickException(
            schema.older_database(revision)
            or "The schema is not up to date. Run `recruiter db upgrade`, then make the backup."
        )
    try:
        return dump.write(
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
    with application() as (app, _, now):
        held = _write(app, file, now=now)
    click.echo(f"{_told(held)}, {file.stat().st_size:,} bytes in {file.name}.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what this installation holds.")
def restore(file: Path, *, replace: bool) -> None:
    """Put a backup back, of either engine, after every part of it was checked. Stop the server first.

    Goes into an empty installation; with --replace over this one, which is written into a backup of its own before.
    """
    from recruiter.audit import queries as audit
    from recruiter.foundation import undump
    from recruiter.foundation.db import db
    from recruiter.foundation.errors import DomainError

    try:
        with application() as (app, session, now), undump.opened(file) as (archive, held):
            instance = app.extensions["recruiter_settings"].instance
            schema.check_backup(held.revision)
            session.rollback()
            if not undump.empty(db.engine):
                if not replace:
                    raise click.ClickException(
                        "This installation holds data. Restore into an empty one, or add --replace to put the backup in its place."
                    )
                kept = instance / f"replaced-{now:%Y%m%d-%H%M%S}.zip"
                _write(app, kept, now=now)
                click.echo(f"What was here is kept in {kept.name} of the instance folder.")
            undump.clear(db.engine)
            schema.upgrade(held.revision)
            undump.fill(db.engine, archive, held)
            undump.put_files(archive, held, instance / "files")
            schema.upgrade()
            verdict = audit.verify(session)
            session.rollback()
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    if not verdict.whole:
        raise click.ClickException(f"Everything is back, but the audit chain is broken at entry {verdict.first_bad}.")
    click.echo(f"{_told(held)} are back, as of {held.made_at}. The audit chain is whole: {verdict.entries} entries.")
