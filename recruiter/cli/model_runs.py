"""The card of a fit, and logged rankings and past fits made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application
from recruiter.foundation import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.requisitions.models import Requisition


@click.command()
@click.option("--run", "name", metavar="NAME", help="A fit by its name; the active one otherwise, else the latest.")
@terminal.as_json
def card(name: str | None, as_json: bool) -> None:
    """The card of a model: what it is for, what it learnt from, how well it does, what it cannot tell."""
    from recruiter.learning.governance import model_card as cards
    from recruiter.ranking import queries
    from recruiter.ranking.training import gates

    with application() as (session, _now):
        run = queries.run_by_name(session, name) if name else queries.displayed_run(session)
        if run is None:
            raise click.ClickException(
                f"There is no fit {name}." if name else "There is no model yet. `recruiter model fit` makes one."
            )
        try:
            card = cards.card_of(run.artefact, {**run.figures, "verdict": run.verdict})
        except ValueError as error:  # altered, or it looks at what is not on the allow list
            raise click.ClickException(str(error)) from None
        gate_results = gates.gates_of(run)
        if as_json:
            gates_passed = [vars(gate) for gate in gate_results]
            fit = {"model_version": run.name, "gates": gates_passed, "input_digest": run.input_digest}
            terminal.print_json({**card.as_dict(), **fit, "active": run.active})
        else:
            terminal.print_template("model_card", name=run.name, card=card, gates=gate_results)


@click.command()
@click.argument("run")
@terminal.as_json
def replay(run: str, as_json: bool) -> None:
    """Make RUN again and compare bit for bit: a logged ranking by its number, or a fit by its name."""
    with application() as (session, _now):
        replayed(session, run, as_json=as_json)


def replayed(session: Session, run: str, *, as_json: bool, requisition: Requisition | None = None) -> None:
    """Print how a replay came out; raises ClickException where there is no such run or it came out otherwise."""
    from recruiter.ranking import queries, services
    from recruiter.ranking.suggestion import run_log

    number = text.number(run)
    prediction = queries.prediction(session, number) if number is not None else None
    if prediction is not None and requisition is not None and prediction.requisition_id != requisition.id:
        prediction = None
    fit = queries.run_by_name(session, run) if prediction is None and requisition is None else None
    if prediction is not None:
        (same, sentence), kind = run_log.replay(prediction), "ranking"
    elif fit is not None:
        (same, sentence), kind = services.fit_again(session, fit), "fit"
    else:
        where = f" of {requisition.key}" if requisition is not None else ""
        raise click.ClickException(f"There is no logged ranking{where} or fit {run}.")
    if as_json:
        terminal.print_json({"run": run, "kind": kind, "same": same, "sentence": sentence})
    elif same:
        click.echo(f"{kind.capitalize()} {run}: {sentence}")
    if not same:
        raise click.ClickException(f"{kind.capitalize()} {run}: {sentence}")
