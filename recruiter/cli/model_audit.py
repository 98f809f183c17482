"""The fairness audit from the command line, and the answers of self-identification that it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application
from recruiter.cli.terminal import FILE, PRESENT_FILE, option

if TYPE_CHECKING:
    from recruiter.foundation.json_types import JsonObject
    from recruiter.ranking.bias_audit.models import AuditRun


@click.command()
@terminal.as_json
@click.option("--csv", "table_file", type=FILE, help="Write every table to this CSV file.")
@click.option("--rows", "rows_file", type=FILE, help="Write the auditor's rows, which name nobody, to this CSV file.")
@click.option("--answers", "answers_file", type=PRESENT_FILE, help="Bring in this file of answers first (see `model answers`).")  # fmt: skip
@click.option("--consent-version", default="", help="Under which text of consent the answers were given.")
@option("--seed", default=0, help="The same seed gives the same ranges.")
def audit(
    as_json: bool, table_file: Path | None, rows_file: Path | None, answers_file: Path | None, consent_version: str, seed: int
) -> None:  # click's way  # fmt: skip
    """Do groups of people come through alike, in past decisions and under the model? Evidence, not a certificate."""
    from recruiter.budget.register import register_queries
    from recruiter.foundation.files import csvs
    from recruiter.learning.fairness import auditor_rows, report, suppression
    from recruiter.ranking.bias_audit import answer_services, services

    for path in (table_file, rows_file):
        if path is not None and path.exists():
            raise click.ClickException(f"{path.name} exists already. Name a new file.")
    with application(write=True) as (session, moment):
        if answers_file:
            answer_services.load(session, path=answers_file, consent_version=consent_version, act=moment)
        audit_run = services.run(
            session, act=moment, seed=seed, further=register_queries.approvals_for_audit(session), progress=terminal.say
        )
        seen = suppression.suppressed_audit(audit_run.result)
        if table_file:
            csvs.write(table_file, report.HEADER, report.as_lines(seen))
        if rows_file:
            csvs.write(rows_file, *auditor_rows.as_rows(audit_run.result["cells"]))
        if as_json:
            _print_json(audit_run, seen)
        else:
            click.echo(report.as_text(seen))


def _print_json(audit: AuditRun, seen: JsonObject) -> None:
    columns = ("made_at", "model_version", "in_use_since", "decided_from", "decided_until", "input_digest")
    terminal.print_json({"audit": audit.id, **{column: getattr(audit, column) for column in columns}, **seen})


@click.command()
@click.argument("file", type=PRESENT_FILE)
@click.option("--consent-version", default="", help="Under which text of consent the answers were given, like 2026-03.")
@click.option("--dry-run", is_flag=True, help="Check the file, keep nothing.")
def answers(file: Path, consent_version: str, dry_run: bool) -> None:  # click's way
    """Bring in voluntary answers of candidates from a CSV FILE: candidate_id or email, then sex, race_ethnicity, disability, veteran, age_band, other.

    An empty cell changes nothing, `declined` is an answer, `withdrawn` takes one back. Nobody can look at single answers
    afterwards: only the fairness audit reads them.
    """
    from recruiter.ranking.bias_audit import answer_services

    with application(write=True) as (session, moment):
        load = answer_services.load(session, path=file, consent_version=consent_version, act=moment)
        if dry_run:
            session.rollback()
        click.echo(
            f"{load.answers} answers {'would be kept' if dry_run else 'are kept'} under consent {load.consent_version}."
        )
