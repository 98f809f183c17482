"""The model from the command line: how well it would have foreseen past decisions."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--split",
    default=0.6,
    show_default=True,
    type=click.FloatRange(0.05, 0.95),
    help="The share of slates to learn from.",
)
@click.option(
    "--train-sizes", default="0,5,10,20,50,100,all", show_default=True, help="How many past slates are known."
)
@click.option("--draws", default=5, show_default=True, type=click.IntRange(1, 100), help="Random draws for each size.")
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same figures.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--predictions", type=click.Path(dir_okay=False, path_type=Path), help="Write every prediction to this CSV file."
)
def backtest(
    folder: Path, split: float, train_sizes: str, draws: int, seed: int, as_json: bool, predictions: Path | None
) -> None:  # click's way
    """How well would the model have foreseen your past decisions? Reads a history folder, touches no database."""
    from recruiter.learning.backtest import run_backtest
    from recruiter.learning.backtest_report import as_text, write_predictions
    from recruiter.learning.history_folder import read_history

    try:
        sizes: list[int | str] = [
            part.strip() if part.strip() == "all" else int(part) for part in train_sizes.split(",")
        ]
    except ValueError:
        raise click.BadParameter("Give numbers and `all`, like 0,20,all.", param_hint="--train-sizes") from None
    history = read_history(folder)
    found = run_backtest(history, split=split, train_sizes=sizes, draws=draws, seed=seed)
    if predictions:
        write_predictions(predictions, found.predictions)
    click.echo(json.dumps(found.as_dict()) if as_json else as_text(found))
