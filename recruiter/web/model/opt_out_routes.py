"""Acts that need a word of why: suggestions switched off and on, a candidate who asks not to be ranked."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.suggestion import opt_out_services
from recruiter.requisitions.models import Requisition
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.model.area import blueprint
from recruiter.web.model.reason_page import ReasonPage, handle_reason_form, past_acts
from recruiter.web.request import guard


@blueprint.form("/model/switch", Permission.MODEL_MANAGE)
def switch() -> ResponseReturnValue:
    """Switch suggestions off, or on again, in the whole company."""
    last = queries.switch_of(db.session())
    off = last is not None and not last.on
    target = "on" if off else "off"
    page = ReasonPage(
        title=f"Switch suggestions {target}",
        sentences=(
            ("Suggestions are off in the whole company.", "Switched on, each search shows one again, but for those that are off by themselves.")
            if off
            else ("Suggestions are on.", "Switched off, no search shows one, no case uses one and no command prints one. Orders are set by people alone; nothing is lost.")
        ),
        button=f"Switch {target}",
        back=("Back to the model", url_for("model.show")),
        breadcrumbs=[("Model", url_for("model.show")), ("Off switch", None)],
        past=past_acts([last], on="Switched on", off="Switched off"),
        optional=off,
    )  # fmt: skip
    return handle_reason_form(
        page,
        save=lambda reason: opt_out_services.switch_everywhere(db.session(), on=off, reason=reason, act=guard.act()),
        flash=f"Suggestions are {target} in the whole company.",
    )


@blueprint.form("/requisitions/<requisition_ref>/suggestion", Permission.REQUISITION_EDIT)
def suggestion(requisition: Requisition) -> ResponseReturnValue:
    """Switch the suggestion of one search off, or on again."""
    off, key = not requisition.suggestion_on, requisition.key
    state, target = ("off", "on") if off else ("on", "off")
    home = url_for("finalists.show", requisition_ref=key)
    sentences = [
        f"The suggestion for {key} is {state}.",
        "Switched on, the finalists page shows it beside the order that people set."
        if off
        else "Switched off, the order is set by people alone; the scorecards and the debrief stay as they are.",
    ]
    if queries.off_everywhere(db.session()):
        sentences.append("Suggestions are off in the whole company, so this shows only once they are on again.")
    page = ReasonPage(
        title=f"Switch the suggestion {target}",
        sentences=tuple(sentences),
        button=f"Switch {target}",
        back=("Back to the finalists", home),
        breadcrumbs=crumbs.of_requisition(requisition, ("Finalists", home), "Suggestion"),
        past=past_acts([queries.switch_of(db.session(), requisition.id)], on="Switched on", off="Switched off"),
        optional=off,
    )
    return handle_reason_form(
        page,
        save=lambda reason: opt_out_services.switch(
            db.session(), requisition=requisition, on=off, reason=reason, act=guard.act()
        ),
        flash=f"The suggestion for {key} is {target}.",
    )


@blueprint.form("/applications/<int:application_id>/ranking", Permission.RANKING_WISH)
def wish(application: Application) -> ResponseReturnValue:
    """Record that a candidate asked not to be ranked, or took that back."""
    last = queries.wish_of(db.session(), application.id)
    ranked, name = last is None or last.ranked, application.candidate.name
    title = "Do not rank" if ranked else "Rank again"
    home = url_for("pipeline.application", application_id=application.id)
    board = url_for("requisitions.board", requisition_ref=application.requisition.key)
    page = ReasonPage(
        title=title,
        sentences=(
            (
                f"{name} is ranked wherever there is a suggestion.",
                "Without ranking, nothing is worked out: no score, no place, no comparison. The model does not learn from their scorecards.",
                "On the finalists page the candidate stands beside the ranking with the same rights, and can be put anywhere in the order.",
            )
            if ranked
            else (f"{name} asked not to be ranked.", "Ranked again, the suggestion takes the scorecards in as it does those of others.")
        ),
        button=title,
        back=("Back to the application", home),
        breadcrumbs=[(application.requisition.title, board), (name, home), ("Ranking", None)],
        past=past_acts([last], on="Ranked again", off="Not ranked"),
    )  # fmt: skip
    return handle_reason_form(
        page,
        save=lambda reason: opt_out_services.record_wish(
            db.session(), application=application, ranked=not ranked, reason=reason, act=guard.act()
        ),
        flash=f"{name} is {'not ranked any more' if ranked else 'ranked again'}.",
    )
