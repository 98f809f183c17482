"""The card of a fit, and logged rankings and past fits made again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from recruiter.cli.app_context import application
from recruiter.foundation import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.learning.governance.model_card import ModelCard


@click.command()
@click.option("--run", "name", metavar="NAME", help="A fit by its name; the active one otherwise, else the latest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def card(name: str | None, as_json: bool) -> None:
    """The card of a model: what it is for, what it learnt from, how well it does, what it cannot tell."""
    from recruiter.learning.governance import model_card as cards
    from recruiter.ranking import queries
    from recruiter.ranking.training import gates

    with application() as (_, session, _now):
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
            values = card.as_dict()
            more = {
                "model_version": run.name,
                "gates": [vars(gate) for gate in gate_results],
                "input_digest": run.input_digest,
            }
            click.echo(json.dumps({**values, **more, "active": run.active}))
            return
        click.echo(as_text(card, run.name))
        click.echo("\nGates")
        for gate in gate_results:
            click.echo(f"  {'passed' if gate.passed else 'open':<7} {gate.sentence}")


def as_text(card: ModelCard, name: str) -> str:
    """A card in plain lines."""
    data = card.data
    lines = [f"Model {name}", f"SHA-256 {card.sha256}", "", "What it is for"]
    lines += (
        [f"  {purpose}" for purpose in card.purpose]
        + ["", "What it is not for"]
        + [f"  {purpose}" for purpose in card.out_of_scope]
    )
    lines += ["", "What it learnt from", f"  {card.n_decisions} decisions that held a choice: {card.label}."]
    if data:
        lines.append(
            f"  {data['slates']} slates from {data['first']} to {data['last']} ({data['imported']} imported), "
            f"{data['cards']} scorecards of {data['raters']} interviewers."
        )
        lines.append(
            f"  Left out: {data['without_choice']} searches without a choice, {data['withdrawn']} people who withdrew, "
            f"{data['not_ranked']} who asked not to be ranked."
        )
    lines += [f"  {card.label_meaning}", "", "What it looks at"]
    lines += [f"  {feature.name}: {feature.reason}" for feature in card.features] + [
        f"  Never: {', '.join(card.never)}.",
        "",
        "Weights",
    ]
    for weight in card.weights:
        lines.append(
            f"  {weight.name:<28} declared {weight.declared_share:5.1f}  learnt {weight.learnt_share:5.1f} of 100  ({weight.low:+.2f} to {weight.high:+.2f})"
        )
    lines += [f"  {card.moved_words}", "", "Interviewers"]
    lines.append(f"  {card.raters['groups']}; their severity spreads by {card.raters['spread']:.2f} points.")
    lines += ["", "How well it would have done", f"  {card.verdict}"]
    for method, row in card.backtest.items():
        low, high = row["skill_range"]
        lines.append(
            f"  {method:<18} skill {row['skill']:+.2f} ({low:+.2f} to {high:+.2f})  first choice {row['top1']:.2f}"
        )
    lines += [f"  {card.calibration}", "", "Drift"] + [f"  {signal}" for signal in card.drift or ("None found.",)]
    lines += ["", "What it cannot tell"] + [f"  {limit}" for limit in card.limits]
    return "\n".join([*lines, "", "How to read it", *(f"  {hint}" for hint in card.review)])


@click.command()
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay(run: str, as_json: bool) -> None:
    """Make RUN again and compare bit for bit: a logged ranking by its number, or a fit by its name."""
    with application() as (_, session, _now):
        replayed(session, run, as_json=as_json)


def replayed(session: Session, run: str, *, as_json: bool, requisition: Any = None) -> None:
    """Print how a replay came out; raises ClickException where there is no such run or it came out otherwise."""
    from recruiter.ranking import queries, services
    from recruiter.ranking.suggestion import run_log

    number = text.number(run)
    prediction = queries.prediction(session, number) if number is not None else None
    if prediction is not None and requisition is not None and prediction.requisition_id != requisition.id:
        prediction = None
    fit = queries.run_by_name(session, run) if prediction is None and requisition is None else None
    if prediction is not None:
        result = run_log.replay(prediction)
        same, sentence, kind = result.same, result.sentence, "ranking"
    elif fit is not None:
        (same, sentence), kind = services.fit_again(session, fit), "fit"
    else:
        where = f" of {requisition.key}" if requisition is not None else ""
        raise click.ClickException(f"There is no logged ranking{where} or fit {run}.")
    if as_json:
        click.echo(json.dumps({"run": run, "kind": kind, "same": same, "sentence": sentence}))
    elif same:
        click.echo(f"{kind.capitalize()} {run}: {sentence}")
    if not same:
        raise click.ClickException(f"{kind.capitalize()} {run}: {sentence}")
