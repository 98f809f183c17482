"""What commands have in common: options, progress, answers in JSON."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import click

from recruiter.foundation.json_types import JsonView

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
