"""The database: bring it up to date, look after it."""

from __future__ import annotations

import datetime as dt
import os
import sys

import click

from recruiter.cli import schema, terminal
from recruiter.cli.app_context import application

FAILED_DAYS, FAILED_MOST = 30, 20
SHORTEST_KEY = 32


@click.group("db")
def db_group() -> None:
    """The database's schema."""


@db_group.command()
def upgrade() -> None:
    """Bring the schema up to date; safe to run again."""
    with application():
        schema.upgrade()
    click.echo("The database is up to date.")


@click.command()
def doctor() -> None:
    """Check schema, engine, settings, audit chain and storage; tells what to do where something is not right."""
    from recruiter.audit import queries as audit
    from recruiter.foundation import jobs
    from recruiter.foundation.database import condition
    from recruiter.foundation.files import private_files
    from recruiter.request_context import settings
    from recruiter.settings import ADDRESS

    problems, verdict, failed = [], None, []
    with application() as (session, moment):
        database = session.get_bind()
        state = condition.of(session.connection())
        problems += state.problems
        newest, revision = schema.newest(), schema.revision_of(session.connection())
        if revision != newest:
            problems.append(
                schema.older_database(revision) or f"The schema is not at {newest}. Run `recruiter db upgrade`."
            )
        else:
            verdict = audit.verify(session)
            if not verdict.whole:
                problems.append(f"The audit chain is broken at entry {verdict.first_bad}.")
            failed = jobs.failed_since(session, moment.now - dt.timedelta(days=FAILED_DAYS), limit=FAILED_MOST)
        has_long_key = len(settings().secret_key) >= SHORTEST_KEY
        if not has_long_key:
            problems.append(f"RECRUITER_SECRET_KEY is shorter than {SHORTEST_KEY} characters. Set a longer one.")
        exposed = private_files.open_to_others(settings().instance)
        if exposed:
            problems.append(
                f"Others on this machine can read {exposed[0]}. Run the server as the owner of the instance folder."
            )
        terminal.print_template(
            "doctor",
            condition=state.lines,
            revision=revision,
            verdict=verdict,
            failed=failed,
            days=FAILED_DAYS,
            settings=settings(),
            database=database.engine.url.render_as_string(hide_password=True),
            has_long_key=has_long_key,
            has_address=bool(os.environ.get(ADDRESS)),
        )
    for sentence in problems:
        click.echo(sentence, err=True)
    sys.exit(1 if problems else 0)
