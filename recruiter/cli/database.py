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


NO_STORE = "The store of uploaded files can't be used: {error}. Look at RECRUITER_FILES_URL and the store's access key."
FOR_SEVERAL = {  # what a server of one machine keeps to itself, by the setting that lets several share it
    "RECRUITER_SECRET_KEY": "each server signs with a key of its own, and refuses the sessions and links of the others",
    "RECRUITER_FILES_URL": "uploaded files and the ledger of endings lie in the instance folder",
    "RECRUITER_SMTP_URL": "mail is written to the instance folder",
    "RECRUITER_BASE_URL": "links lead to whichever server wrote them",
}


def _for_several_servers(engine: str) -> dict[str, str]:
    """What has to be set before a second server can share this database, and why; nothing on SQLite, which has one machine."""
    if engine != "postgresql":
        return {}
    return {name: why for name, why in FOR_SEVERAL.items() if not os.environ.get(name)}


def _store_problem() -> str | None:
    """What is wrong with the store of uploaded files; None where it answers."""
    from recruiter.request_context import settings

    try:
        settings().files.has("0" * 32)
    except OSError as error:
        return NO_STORE.format(error=error)
    return None


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
        if store_problem := _store_problem():
            problems.append(store_problem)
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
            for_several=_for_several_servers(database.dialect.name),
            is_server=database.dialect.name == "postgresql",
            has_address=bool(os.environ.get(ADDRESS)),
        )
    for sentence in problems:
        click.echo(sentence, err=True)
    sys.exit(1 if problems else 0)
