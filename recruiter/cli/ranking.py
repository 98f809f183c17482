"""The model of this database from the command line, and the suggested ranking of a search."""

from __future__ import annotations

import json
from typing import Any

import click

from recruiter.cli import model_audit
from recruiter.cli.opened import application


@click.group(name="model")
def model() -> None:
    """Fit the model on this database's decisions, and show it."""


@model.command()
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same model.")
def fit(seed: int) -> None:
    """Learn from every past decision of this database."""
    from recruiter.ranking import services

    def say(words: str) -> None:
        click.echo(words, err=True)

    with application(write=True) as (_, session, now):
        run = services.fit(session, now=now, seed=seed, progress=say)
        session.commit()
        click.echo(f"{run.name}: learnt from {run.n_decisions} decisions.")
        click.echo(run.verdict)
        click.echo(
            "It carries suggestions from now on."
            if run.active
            else "It does not carry suggestions: the plain mean did better, so what was there before stays."
        )


@model.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Which model carries suggestions, and what its backtest said."""
    from recruiter.ranking import queries

    with application() as (_, session, _now):
        run, count = queries.active_run(session), queries.decision_count(session)
        if as_json:
            click.echo(json.dumps(_status(run, count)))
            return
        click.echo(f"{count} past decisions on record.")
        if run is None:
            click.echo("No model is active: the scorecard weights rank. `recruiter model fit` learns from decisions.")
            return
        click.echo(f"{run.name}, fitted {run.fitted_at:%Y-%m-%d %H:%M} UTC on {run.n_decisions} decisions.")
        click.echo(run.verdict)


def _status(run: Any, count: int) -> dict[str, Any]:
    if run is None:
        return {"active": None, "decisions_on_record": count}
    return {
        "active": {
            "model_version": run.name,
            "n_decisions": run.n_decisions,
            "verdict": run.verdict,
            "backtest": run.figures.get("backtest", {}),
            "sha256": run.artefact_hash,
            "fitted_at": run.fitted_at.isoformat(),
        },
        "decisions_on_record": count,
    }


model.add_command(model_audit.audit)
model.add_command(model_audit.answers)


@click.command()
@click.argument("requisition")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rank(requisition: str, as_json: bool) -> None:
    """The suggested ranking of the finalists of REQUISITION (its key), with ranges and reasons."""
    from recruiter.pipeline import queries as pipeline
    from recruiter.ranking import queries, suggestions
    from recruiter.requisitions import queries as requisitions

    with application() as (_, session, _now):
        found = requisitions.by_key(session, requisition)
        if found is None:
            raise click.ClickException(f"There is no requisition {requisition}. Give its key, like ENG-214.")
        slate = [
            one for one in pipeline.finalists_of(session, found) if found.imported or one.application.status == "active"
        ]
        if not slate:
            raise click.ClickException(f"{found.key} has no finalists in the running. Name them first.")
        names = {one.application_id: one.application.candidate.name for one in slate}
        told = suggestions.computed(session, found, list(names), run=queries.active_run(session))
        if as_json:
            told["fitted_at"] = told["fitted_at"].isoformat() if told.get("fitted_at") else None
            click.echo(json.dumps(told))
            return
        click.echo(as_text(told, names))


def as_text(told: dict[str, Any], names: dict[int, str]) -> str:
    """A suggestion as a table of words: place, score and range, standing to the bar, then who is ahead of whom and why."""
    lines = [f"Suggestion by {told['label']}, from {told['n_decisions']} decisions."]
    if told["state"] != "ready":
        return f"{lines[0]} Too early: more than half of the finalists have fewer than two scorecards."
    for row in told["ranking"]:
        low, high = row["score_range"]
        place = f"{row['rank']}{' tied' if row['tied'] else ''}"
        bar = row["bar"]["verdict"].replace("_", " ") if row["bar"] else "no bar"
        lines.append(
            f"{place:<8} {names[row['application_id']]:<28} {row['score']:.2f}  ({low:.2f} to {high:.2f})  {bar}"
        )
    for pair in told["pairs"]:
        word = "is ahead of" if pair["verdict"] == "ahead" else "is tied with"
        parts = ", ".join(f"{part['name']} {part['points']:+.2f}" for part in pair["contributions"][:3])
        lines.append(f"{names[pair['a']]} {word} {names[pair['b']]} ({100 * pair['probability']:.0f} of 100): {parts}.")
    return "\n".join(lines)
