"""Budget cases from the command line: as a file, and is a file the frozen one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli.app_context import application
from recruiter.foundation import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.budget.models import BudgetCase

NUMBER = re.compile(r"BC-\d{4}-\d{3,}")


def _case_of(session: Session, number: str) -> BudgetCase:
    from recruiter.budget import queries
    from recruiter.budget.models import BudgetCase

    case_id = text.number(number)
    budget_case = session.get(BudgetCase, case_id) if case_id is not None else queries.case_by_number(session, number)
    if budget_case is None:
        raise click.ClickException(f"There is no case {number}. Give its number, like BC-2026-001.")
    return budget_case


@click.group()
def case() -> None:
    """Budget cases: export and verify."""


@case.command()
@click.argument("number", metavar="CASE")
@click.option("--format", "form", required=True, type=click.Choice(["pdf", "docx", "xlsx", "html", "json"]))
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The paper to print on."
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def export(number: str, form: str, paper: str, output: Path) -> None:
    """Write CASE to a file: frozen with number and checksum once submitted, a watermarked draft before."""
    from recruiter.budget.evidence.types import Options
    from recruiter.budget.frozen import assembly
    from recruiter.budget.frozen import export as exporting
    from recruiter.request_context import settings

    with application() as (session, moment):
        budget_case = _case_of(session, number)
        options = Options.of(settings())
        content = assembly.displayed_content(session, budget_case, moment=moment, options=options)
        output.write_bytes(exporting.render(budget_case, content, form=form, paper=paper, zone=moment.zone).data)
        click.echo(
            f"{output}: {budget_case.number}, {budget_case.status.value}, SHA-256 {budget_case.sha256 or 'none yet (draft)'}."
        )


@case.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", "number", help="The number of the case, where neither the file nor its name tells it.")
def verify(file: Path, number: str | None) -> None:
    """Is FILE the frozen case? Exit 0 when it is, 1 when it is not."""
    from recruiter.budget import queries
    from recruiter.budget.frozen import export as exporting
    from recruiter.budget.frozen import verification

    form = file.suffix.removeprefix(".").lower()
    if form not in exporting.FORMATS:
        raise click.ClickException(f"A case is exported as {', '.join(exporting.FORMATS)}; this is none of them.")
    data = file.read_bytes()
    case_number = number or next(iter(NUMBER.findall(file.name)), None)
    with application() as (session, moment):
        checksum = verification.stated_checksum(data)
        budget_case = (
            _case_of(session, case_number)
            if case_number
            else queries.case_by_checksum(session, checksum)
            if checksum
            else None
        )
        if budget_case is None:
            raise click.ClickException(
                "Neither the file nor its name tells a case of ours. Say which: --case BC-2026-001."
            )
        click.echo(verification.verify(budget_case, data, form=form, zone=moment.zone))
