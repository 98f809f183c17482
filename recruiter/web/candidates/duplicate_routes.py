"""People who were entered twice: found, compared, merged with undo, or set apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.candidates import queries
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.pipeline import candidate_merge
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.policy import permits, record_scopes, scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.note_routes import undo_href
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act, handle_form
from recruiter.web.request.redirects import redirect_with_flash

SHOWN = 50
CHOICES = 10


@dataclass(frozen=True)
class Side:
    """One of two people who are compared."""

    person: Candidate
    applications: list[Application]


@dataclass(frozen=True)
class PairsPage:
    """Pairs who may be one person."""

    title: str
    breadcrumbs: breadcrumbs.Crumbs
    pairs: list[duplicates.DuplicatePair]
    more: int


@blueprint.page("/candidates/duplicates", Permission.CANDIDATE_DUPLICATES)
def pairs() -> ResponseReturnValue:
    """Everybody who may have been entered twice, the surest first."""
    matches = duplicates.duplicate_pairs(db.session(), within=scopes.candidates(guard.actor()), limit=SHOWN)
    way: breadcrumbs.Crumbs = [("Candidates", url_for("candidates.index")), ("Duplicates", None)]
    page = PairsPage("People entered twice", way, matches.pairs, matches.count - len(matches.pairs))
    return render_template("candidates/duplicates.html", page=page)


def _other(number: str | None) -> Candidate | None:
    """The second person, within sight; NotFound for what is not there."""
    if not number:
        return None
    candidate: Candidate = permits.find(db.session(), name="candidate_id", value=text.number(number) or 0)
    guard.require(Permission.CANDIDATE_EDIT, candidate)
    return candidate


def _side(person: Candidate) -> Side:
    within = scopes.applications(guard.actor())
    return Side(person, pipeline.page(db.session(), within=within, limit=SHOWN, candidate_id=person.id).items)


def _alike(candidate: Candidate, q: str) -> list[Candidate]:
    """Whom to compare with: who matches a search, else who looks the same."""
    session, scope = db.session(), replace(record_scopes.search_scope(guard.actor()), notes=None)
    if not q:
        similar = queries.possible_duplicates(session, candidate, within=scope.people)
    else:
        similar = queries.page(session, scope, limit=CHOICES + 1, q=q).items
        ids = {candidate.id, *(person.id for person in similar)}
        if len(ids) == 1:  # the record itself is found by its own name; whom else was meant comes close
            similar = queries.close_matches(session, scope, q=q, limit=CHOICES, excluding=ids)
    return [person for person in similar if person.id != candidate.id][:CHOICES]


def _page(candidate: Candidate, other: Candidate | None, form: FlaskForm) -> ResponseReturnValue:
    q = text.clean(request.args.get("q", ""))[:200]
    if other is not None and other.id == candidate.id:
        other = None
    page = FormPage(f"Merge {candidate.name}", breadcrumbs.of_candidate(candidate, "Merge"), form)
    return page.rendered(
        "candidates/merge.html",
        survivor=_side(candidate),
        duplicate=_side(other) if other else None,
        reasons=duplicates.duplicate_reasons(candidate, other) if other else [],
        q=q,
        choices=[] if other else _alike(candidate, q),
    )


@blueprint.form("/candidates/<int:candidate_id>/merge", Permission.CANDIDATE_EDIT)
def merge(candidate: Candidate) -> ResponseReturnValue:
    """Compare two records of a person, and make them one: this one is kept."""
    form, other = FlaskForm(), _other(request.values.get("other"))

    def save() -> str:
        if other is None:
            raise RuleBroken("Choose whom to merge with.")
        within, act = scopes.requisitions(guard.actor()), guard.act()
        seen = [request.form.get("version"), request.form.get("other_version")]
        people = {"survivor": candidate, "duplicate": other}
        return candidate_merge.merge(db.session(), **people, versions_seen=seen, within=within, act=act)

    return handle_form(
        form,
        save=save,
        again=lambda: _page(candidate, other, form),
        home=url_for("candidates.show", candidate_id=candidate.id),
        flash=f"{other.name if other else ''} merged into this record.",
        undo=undo_href,
    )


@blueprint.act("/candidates/<int:candidate_id>/apart", Permission.CANDIDATE_EDIT)
def apart(candidate: Candidate) -> ResponseReturnValue:
    """Say that two people who look the same are not, with undo."""
    other = _other(request.form.get("other"))
    if other is None or other.id == candidate.id:
        return redirect_with_flash(url_for("candidates.pairs"), "Choose two people.", tone="late")
    return handle_act(
        lambda: duplicates.set_apart(db.session(), first=candidate, second=other, act=guard.act()),
        home=url_for("candidates.pairs"),
        flash=f"{candidate.name} and {other.name} are two people.",
        undo=undo_href,
    )
