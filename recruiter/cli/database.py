"""The database: bring it up to date, look after it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import sys

import click

from recruiter.cli import schema
from recruiter.cli.app_context import application

FAILED_DAYS, FAILED_MOST = 30, 20


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
    from recruiter.foundation.database import engine
    from recruiter.request_context import settings
    from recruiter.settings import ADDRESS

    problems = []
    with application() as (session, moment):
        chosen = settings()
        dialect = session.get_bind().dialect.name
        click.echo(
            f"engine            {dialect}"
            + (f" {sqlite3.sqlite_version}, journal {engine.journal_mode()}" if dialect == "sqlite" else "")
        )
        if dialect == "sqlite" and engine.journal_mode() != "WAL":
            click.echo(
                "                  (this SQLite is older than 3.51.3, whose WAL mode can lose data; the rollback journal is used)"
            )
        newest, revision = schema.newest(), schema.revision_of(session.connection())
        click.echo(f"schema            {revision or 'none'}")
        if revision != newest:
            problems.append(
                schema.older_database(revision) or f"The schema is not at {newest}. Run `recruiter db upgrade`."
            )
        else:
            verdict = audit.verify(session)
            click.echo(f"audit chain       {'whole' if verdict.whole else 'broken'}, {verdict.entries} entries")
            if not verdict.whole:
                problems.append(f"The audit chain is broken at entry {verdict.first_bad}.")
            failed = jobs.failed_since(session, moment.now - dt.timedelta(days=FAILED_DAYS), limit=FAILED_MOST)
            click.echo(f"failed jobs       {len(failed) or 'none'} in the last {FAILED_DAYS} days")
            for job in failed:
                where = f", error {job.error_id} in the log" if job.error_id else ""
                click.echo(f"                  {job.kind} {job.ended_at:%Y-%m-%d %H:%M} UTC: {job.problem}{where}")
        for name, variable, value in [
            ("instance", "RECRUITER_INSTANCE", str(chosen.instance)),
            ("database", "RECRUITER_DATABASE_URL", session.get_bind().engine.url.render_as_string(hide_password=True)),
            ("secret key", "RECRUITER_SECRET_KEY", "set" if len(chosen.secret_key) >= 32 else "too short"),  # noqa: PLR2004
            ("time zone", "RECRUITER_TIMEZONE", chosen.timezone),
            ("public holidays", "RECRUITER_HOLIDAYS", str(len(chosen.holidays))),
            ("of the country", "RECRUITER_HOLIDAYS_COUNTRY", chosen.holidays_country or "none"),
            ("of the region", "RECRUITER_HOLIDAYS_REGION", chosen.holidays_region or "none"),
            ("organisation", "RECRUITER_ORGANISATION", chosen.organisation),
            (
                "address",
                ADDRESS,
                chosen.base_url
                if os.environ.get(ADDRESS)
                else f"{chosen.base_url}, or where `recruiter serve` listens",
            ),
            ("hosts", "RECRUITER_TRUSTED_HOSTS", ", ".join(chosen.trusted_hosts) or "any"),
            ("mail", "RECRUITER_SMTP_URL", "a mail server" if chosen.smtp_url else "written to the outbox folder"),
            ("mail sender", "RECRUITER_MAIL_SENDER", chosen.mail_sender),
            ("competing offers in cases", "RECRUITER_MARKET_IN_CASES", chosen.market_in_cases),
            (
                "employer on-cost, %",
                "RECRUITER_EMPLOYER_ON_COST",
                "not set" if chosen.employer_on_cost is None else str(chosen.employer_on_cost),
            ),
            ("model in cases", "RECRUITER_MODEL_IN_CASES", "yes" if chosen.model_in_cases else "no"),
        ]:
            click.echo(f"{name:<17} {value}   ({variable})")
        if len(chosen.secret_key) < 32:  # noqa: PLR2004
            problems.append("RECRUITER_SECRET_KEY is shorter than 32 characters. Set a longer one.")
    for sentence in problems:
        click.echo(sentence, err=True)
    sys.exit(1 if problems else 0)
