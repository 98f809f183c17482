"""The model from the command line: how well it would have foreseen past decisions."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.terminal import FILE, option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST_SEED = 2**32 - 1  # what the random numbers of the forests take
LONGEST = 10  # digits of a train size


def _sizes(_: click.Context, __: click.Parameter, value: str) -> list[int | str]:
    """Numbers and `all`, parted by commas, or wrong usage."""
    parts = [part.strip().lower() for part in value.split(",")]
    if not all(part == "all" or (part.isascii() and part.isdigit() and len(part) < LONGEST) for part in parts):
        raise click.BadParameter("Give numbers from 0 and `all`, like 0,20,all.")
    return [part if part == "all" else int(part) for part in parts]


def _share(_: click.Context, __: click.Parameter, value: float) -> float:
    """A number from 0 to 1, or wrong usage; NaN is none."""
    if not 0.0 <= value <= 1.0:
        raise click.BadParameter(f"{value:g} is no share between 0 and 1.")
    return value


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@option("--split", default=0.6, callback=_share, help="The share of slates to learn from, 0 to 1.")
@option("--train-sizes", default="0,5,10,20,50,100,all", callback=_sizes, help="How many past slates are known.")
@option("--draws", default=5, type=click.IntRange(1, 100), help="Random draws for each size.")
@option("--seed", default=0, type=click.IntRange(0, LARGEST_SEED), help="The same seed gives the same figures.")
@terminal.as_json
@click.option("--predictions", type=FILE, help="Write every prediction to this CSV file.")
@option(
    "--method",
    default="suggestion",
    type=click.Choice(["suggestion", "stack"]),
    help="Whose predictions --predictions writes; the stack is the suggestion blended with trees.",
)
@click.option("--html", "page", type=FILE, help="Write a page with plots to this file.")
def backtest(
    folder: Path,
    split: float,
    train_sizes: list[int | str],
    draws: int,
    seed: int,
    as_json: bool,
    predictions: Path | None,
    method: str,
    page: Path | None,
) -> None:  # click's way
    """How well would the model have foreseen your past decisions? Reads a history folder, touches no database."""
    from recruiter.documents.backtest_page import write_page
    from recruiter.learning.backtest.backtest import run_backtest
    from recruiter.learning.backtest.text_report import as_text, write_predictions
    from recruiter.learning.history.history_folder import read_history

    history = read_history(folder)
    for path in (predictions, page):
        _writable(path)
    with _progress() as progress:
        report = run_backtest(
            history,
            split=split,
            train_sizes=train_sizes,
            draws=draws,
            seed=seed,
            reported_method=method,
            progress=progress,
        )
    if predictions:
        write_predictions(predictions, report.predictions)
    if page:
        write_page(page, report)
    click.echo(json.dumps(report.as_dict(), allow_nan=False) if as_json else as_text(report))


def _writable(path: Path | None) -> None:
    """Refuse before the long work what could not be kept after it."""
    if path is None:
        return
    if not path.absolute().parent.is_dir():
        raise click.ClickException(f"{path} cannot be written: there is no folder {path.parent}.")
    with path.open("a", encoding="utf-8"):
        pass


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """One line on the terminal that is written over and taken away at the end; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return

    def say(message: str) -> None:
        click.echo(f"\r\x1b[K{message}", err=True, nl=False)

    try:
        yield say
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
