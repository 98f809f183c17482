"""What commands have in common: options, progress, answers in JSON."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recruiter.foundation.json_types import JsonView

if TYPE_CHECKING:
    from recruiter.foundation.database.damage import DamagedRow

option = functools.partial(click.option, show_default=True)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

FILE = click.Path(dir_okay=False, path_type=Path)
PRESENT_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def print_json(answer: JsonView) -> None:
    """Answer in JSON, moments and days in ISO 8601."""
    click.echo(json.dumps(answer, default=lambda moment: moment.isoformat()))


def print_template(template: str, /, **facts: object) -> None:
    """Answer with a template of `templates/commands` and its facts."""
    from recruiter.foundation import templates  # loads Jinja, which few commands need

    click.echo(templates.environment("commands").get_template(f"{template}.txt").render(facts).rstrip())


def say(message: str) -> None:
    """Tell whoever waits how far it is; standard output stays for the answer."""
    click.echo(message, err=True)


def tell_left_out(rows: Sequence[DamagedRow]) -> None:
    """Say, last of all, which rows could not be read and are not in what was written."""
    from recruiter.foundation.database import damage

    if rows:
        say(damage.sentence(rows))
