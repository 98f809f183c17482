"""A person's data: taken out, and erased."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.candidates.models import Candidate


@click.group()
def person() -> None:
    """Everything about one candidate."""


def _found(session: Session, email: str) -> Candidate | None:
    from recruiter.privacy.person import person_queries

    records = person_queries.records_with(session, email)
    return next((record for record in records if record.merged_into_id is None), records[0] if records else None)


@person.command()
@click.argument("email")
@click.option("--output", type=terminal.FILE, help="A zip with person.json and the files; else JSON is printed.")
@click.option("--provided", is_flag=True, help="Only what they gave us, to take along: as JSON, in the zip as CSV too.")
def export(email: str, output: Path | None, provided: bool) -> None:
    """Everything that is held about whoever has EMAIL, for them: their data, what was written, what rankings used of it.

    Colleagues and other candidates are not named in it.
    """
    from recruiter.privacy.access import person_file_services, portable_data_services
    from recruiter.privacy.access.person_file_queries import Scope
    from recruiter.privacy.person import person_queries
    from recruiter.request_context import settings

    with application(write=True) as (session, moment):
        records = person_queries.records_with(session, email)
        if not records:
            raise click.ClickException(f"No candidate here has the address {email}.")
        if provided:
            content = portable_data_services.take_out(session, records=records, act=moment)
        else:
            scope = Scope(with_self_identification=True)
            content = person_file_services.take_out(session, records=records, act=moment, scope=scope)
        if output is None:
            click.echo(person_file_services.as_json(content))
            return
        services = portable_data_services if provided else person_file_services
        packed = services.as_zip(session, records=records, content=content, store=settings().files)
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(packed)
    if provided:
        click.echo(f"What they gave us is in {output.name}.")
        return
    rows = sum(len(part["rows"]) for part in content["records"].values())
    click.echo(f"{rows} rows of {len(content['records'])} tables are in {output.name}.")


@person.command()
@click.argument("email")
def erase(email: str) -> None:
    """Erase everything that names whoever has EMAIL: words, files, mails, what waits. Figures and past decisions stay.

    An active application ends as withdrawn. Backups are not rewritten: a restore erases the person again.
    """
    from recruiter.foundation.database import compaction
    from recruiter.foundation.database.db import db
    from recruiter.privacy.erasure import erasure_services
    from recruiter.request_context import places

    with application(write=True) as (session, moment):
        candidate = _found(session, email)
        if candidate is None:
            erased = erasure_services.erased_with(session, address=email, places=places())
            if erased is None or erased.erased_at is None:
                raise click.ClickException(f"No candidate here has the address {email}. Nothing was changed.")
            click.echo(f"Already erased on {moment.day_of(erased.erased_at)}. Nothing was changed.")
            return
        done = erasure_services.erase(session, candidate=candidate, places=places(), act=moment)
        session.commit()
        is_gone = compaction.compact(db.engine)
    click.echo(
        f"Erased: {sum(done.deleted.values())} rows deleted, {sum(done.changed.values())} emptied of words, {done.files} files, "
        f"{done.mentions} mentions elsewhere, {done.waiting} things that waited. "
        "Stages, dates, ratings, offers and decisions stay, without the person."
    )
    if not is_gone:
        click.echo(compaction.STILL_READ)
