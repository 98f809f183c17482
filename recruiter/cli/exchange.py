"""The past in and out from the command line."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ["candidates", "applications", "scorecards", "decisions", "all"]


def _report(sentence: str) -> None:
    """Progress for whoever watches; nothing where nobody does."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """The history folder at a path, unpacked where it is a zip."""
    from recruiter.exchange import import_folder

    if path.is_dir():
        yield path
        return
    if not path.exists():
        raise click.ClickException(f"There is nothing at {path}.")
    if path.suffix.lower() != ".zip":
        raise click.ClickException(
            f"{path.name} is a single file. Give the folder that holds decisions.csv and ratings.csv, or a zip of them."
        )
    with tempfile.TemporaryDirectory() as place, path.open("rb") as archive:
        yield import_folder.unpack(archive, Path(place) / path.stem)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "form", default=None, help="The form of the files: history. Left out, it is recognised.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen, change nothing.")
@terminal.as_json
def import_files(path: Path, form: str | None, dry_run: bool, as_json: bool) -> None:  # click's way
    """Bring in past decisions from a history folder, in one transaction; the same files twice change nothing."""
    from recruiter.exchange import import_view, services

    with _folder(path) as folder, application(write=not dry_run) as (session, moment):
        _report("Reading the files.")
        planned = services.plan(session, folder=folder, format=form)
        if dry_run:
            session.rollback()
            payload = import_view.of_dry_run(planned)
        else:
            batch = services.apply(session, planned=planned, act=moment, progress=_report)
            payload = import_view.of_batch(batch, planned=planned)
    if as_json:
        terminal.print_json(payload)
    else:
        click.echo(import_view.as_text(payload))


@click.command("import-undo")
@click.argument("batch", type=click.IntRange(1, 2**31 - 1))
def import_undo(batch: int) -> None:
    """Take a whole import away again; refused with the list when some of it was changed since."""
    from recruiter.exchange import queries, services

    with application(write=True) as (session, moment):
        services.undo(session, batch=queries.batch(session, batch), act=moment)
    click.echo(f"Import {batch} is undone.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What to write; decisions make a history folder.")
def export(path: Path, kind: str) -> None:
    """Write what is here as CSV, without pay; nothing is written over."""
    from recruiter.exchange import export_services

    with application(write=True) as (session, moment):
        exported = export_services.export(session, path=path, kind=kind, moment=moment, progress=_report)
    click.echo("\n".join(exported.files))
    terminal.tell_left_out(exported.left_out)
