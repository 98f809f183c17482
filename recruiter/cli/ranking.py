"""The model of this database from the command line, and the suggested ranking of a search."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from recruiter.cli import model_audit, model_runs, terminal
from recruiter.cli.app_context import application
from recruiter.foundation.json_types import JsonObject

if TYPE_CHECKING:
    from recruiter.ranking.models import ModelRun
    from recruiter.ranking.rules import Gate


@click.group(name="model")
def model() -> None:
    """Fit the model on this database's decisions, and show it."""


@model.command()
@terminal.option("--seed", default=0, help="The same seed gives the same model.")
def fit(seed: int) -> None:
    """Learn from every past decision of this database."""
    from recruiter.ranking import services
    from recruiter.ranking.training import gates

    with application(write=True) as (session, moment):
        run = services.fit(session, act=moment, seed=seed, progress=terminal.say)
        click.echo(f"{run.name}: learnt from {run.n_decisions} decisions.")
        click.echo(run.verdict)
        for gate in gates.gates_of(run):
            word = "passed" if gate.passed else "stopped" if gate.blocks else "open"
            click.echo(f"  {gate.name.replace('_', ' ')}: {word}. {gate.sentence}")
        for warning in run.figures["drift"]["warnings"]:
            click.echo(f"  drift: {warning}")
        click.echo(
            "It carries suggestions from now on."
            if run.active
            else "It does not carry suggestions: what was there before stays."
        )


model.add_command(model_runs.card)
model.add_command(model_runs.replay)


@model.command()
@terminal.as_json
def status(as_json: bool) -> None:
    """Which model carries suggestions, and what its backtest said."""
    from recruiter.ranking import queries
    from recruiter.ranking.training import gates

    with application() as (session, _now):
        run, count, off = queries.active_run(session), queries.decision_count(session), queries.off_everywhere(session)
        gate_results = gates.gates_of(run) if run else []
        if as_json:
            active = _active(run, gate_results) if run else None
            terminal.print_json({"active": active, "decisions_on_record": count, "off_everywhere": off})
            return
        click.echo(f"{count} past decisions on record.")
        if off:
            click.echo("Suggestions are switched off for the whole company.")
        if run is None:
            click.echo("No model is active: the scorecard weights rank. `recruiter model fit` learns from decisions.")
            return
        click.echo(f"{run.name}, fitted {run.fitted_at:%Y-%m-%d %H:%M} UTC on {run.n_decisions} decisions.")
        click.echo(run.verdict)
        for gate in gate_results:
            click.echo(f"  {gate.name.replace('_', ' ')}: {gate.sentence}")
        for warning in run.figures.get("drift", {}).get("warnings", []):
            click.echo(f"  drift: {warning}")


def _active(run: ModelRun, gate_results: list[Gate]) -> JsonObject:
    return {
        "model_version": run.name,
        "n_decisions": run.n_decisions,
        "verdict": run.verdict,
        "backtest": run.figures.get("backtest", {}),
        "gates": [asdict(gate) for gate in gate_results],
        "drift": run.figures.get("drift", {}),
        "sha256": run.artefact_hash,
        "fitted_at": run.fitted_at,
    }


model.add_command(model_audit.audit)
model.add_command(model_audit.answers)


@click.command()
@click.argument("requisition")
@terminal.as_json
@click.option("--replay", metavar="NUMBER", help="Make a logged ranking of this search again and compare.")
def rank(requisition: str, as_json: bool, replay: str | None) -> None:
    """The suggested ranking of the finalists of REQUISITION (its key), with ranges and reasons; it goes into the run log."""
    from recruiter.pipeline import queries as pipeline
    from recruiter.ranking import queries
    from recruiter.ranking.models import RankingUse
    from recruiter.ranking.suggestion import run_log, suggested_ranking
    from recruiter.requisitions import queries as requisitions

    with application(write=True) as (session, moment):
        search = requisitions.by_key(session, requisition)
        if search is None:
            raise click.ClickException(f"There is no requisition {requisition}. Give its key, like ENG-214.")
        if replay is not None:
            model_runs.replayed(session, replay, as_json=as_json, requisition=search)
            return
        slate = [
            finalist
            for finalist in pipeline.finalists_of(session, search)
            if search.imported or finalist.application.status == "active"
        ]
        if not slate:
            raise click.ClickException(f"{search.key} has no finalists in the running. Name them first.")
        off = suggested_ranking.switched_off(session, search)
        if off:
            raise click.ClickException(
                f"Suggestions are switched off for {search.key if off == 'requisition' else 'the whole company'}."
            )
        names = {finalist.application_id: finalist.application.candidate.name for finalist in slate}
        suggestion = suggested_ranking.compute(session, search, list(names), run=queries.active_run(session))
        prediction = run_log.log_use(
            session, requisition=search, application_ids=list(names), ranking_use=RankingUse.RANK, act=moment
        )
        if as_json:
            fitted_at = suggestion.get("fitted_at")
            terminal.print_json({**suggestion, "fitted_at": fitted_at, "run": prediction.id if prediction else None})
            return
        terminal.print_template("ranking", suggestion=suggestion, names=names)
        if prediction:
            click.echo(f"Logged as ranking {prediction.id}.")
