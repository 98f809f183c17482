"""The run log: rankings that somebody relied on, and each of them made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.models import Prediction, PredictionUse, RankingUse
from recruiter.ranking.suggestion import run_log, slate_orders
from recruiter.web.model.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act

ACTS = {
    RankingUse.ORDER: "Order of offers set",
    RankingUse.CASE: "Budget case submitted",
    RankingUse.RANK: "Asked for on the command line",
    RankingUse.CORRECTION: "Ranked again after a correction",
}


@dataclass(frozen=True)
class LogPage:
    """Who relied on which ranking."""

    title: str
    breadcrumbs: list[tuple[str, str | None]]
    uses: Sequence[PredictionUse]
    acts: dict[RankingUse, str]
    followed: slate_orders.FollowCount


@dataclass(frozen=True)
class ReplayPage:
    """A logged ranking, made again."""

    title: str
    breadcrumbs: list[tuple[str, str | None]]
    prediction: Prediction
    same: bool
    sentence: str
    people: int
    cards: int


@blueprint.page("/model/log", Permission.MODEL_READ)
def log() -> ResponseReturnValue:
    """The latest acts that relied on a ranking, of the searches that the viewer may see."""
    session = db.session()
    page = LogPage(
        title="Run log",
        breadcrumbs=[("Model", url_for("model.show")), ("Run log", None)],
        uses=queries.uses(session, within=scopes.requisitions(guard.actor())),
        acts=ACTS,
        followed=slate_orders.follow_count(session),
    )
    return render_template("model/log.html", page=page)


@blueprint.act("/model/log/<int:prediction_id>/again", Permission.RANKING_AGAIN)
def rank_again(prediction: Prediction) -> ResponseReturnValue:
    """Make a ranking anew from the scorecards as they are now, and go on to the finalists."""
    return handle_act(
        lambda: run_log.rank_again(db.session(), prediction=prediction, act=guard.act()),
        home=url_for("finalists.show", requisition_ref=prediction.requisition.key),
        flash=lambda made: f"Ranked again. {_difference(prediction, made)} The earlier ranking stays in the run log.",
    )


def _difference(before: Prediction, made: Prediction) -> str:
    """How the places changed, in words."""
    old = {row["application_id"]: row["rank"] for row in before.output["ranking"]}
    moves = [
        f"{_name(row['application_id'])} was {old[row['application_id']]}, is {row['rank']} now."
        for row in made.output["ranking"]
        if row["application_id"] in old and old[row["application_id"]] != row["rank"]
    ]
    return " ".join(moves) or "Nobody’s place changed."  # noqa: RUF001  # as pages write it


def _name(application_id: int) -> str:
    return db.session().get_one(Application, application_id).candidate.name


@blueprint.page("/model/log/<int:prediction_id>/replay", Permission.RANKING_REPLAY)
def replay(prediction: Prediction) -> ResponseReturnValue:
    """Make a logged ranking again and say whether it comes out the same."""
    same, sentence = run_log.replay(prediction)
    page = ReplayPage(
        title=f"Ranking {prediction.id}, made again",
        breadcrumbs=[("Model", url_for("model.show")), ("Run log", url_for("model.log")), (f"{prediction.id}", None)],
        prediction=prediction,
        same=same,
        sentence=sentence,
        people=len(prediction.inputs["items"]),
        cards=len({(row[0], row[1]) for row in prediction.inputs["cards"]}),
    )
    return render_template("model/replay.html", page=page)
