"""Find a person, a requisition or a page, or something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import record_scopes, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.request.redirects import safe_path
from recruiter.web.search import commands
from recruiter.web.search.area import blueprint

SHOWN = 20
FEW = 5


@dataclass(frozen=True)
class SearchPage:
    """What was found, and who comes close to what was typed."""

    title: str
    q: str
    people: list[Candidate]
    near: list[Candidate]
    more: bool
    requisitions: list[Requisition]
    here: list[commands.Doing]
    came_from: str
    acts: list[commands.Doing]
    pages: list[commands.Doing]


@blueprint.page("/search", Permission.SIGNED_IN)
def index() -> Any:
    """People and requisitions that match, within sight; typos are forgiven where few match."""
    q, actor, session = request.args.get("q", "").strip()[:200], guard.actor(), db.session()
    title, came_from = "Find or do", safe_path(request.args.get("here")) or ""
    doable: JsonObject = {
        "here": commands.on_page(actor, q, came_from),
        "came_from": came_from,
        "acts": commands.acts(actor, q),
        "pages": commands.pages(actor, q),
    }
    if not q:
        page = SearchPage(title, q, [], [], more=False, requisitions=[], **doable)
        return render_template("search/index.html", page=page)
    within, reach = scopes.candidates(actor), actor.role in record_scopes.STAFF
    people = candidates.page(
        session, within=within, limit=SHOWN, cursor=None, q=q, contacts_too=reach, notes=record_scopes.notes(actor),
        fuzzy=False,
    )  # fmt: skip
    near: list[Candidate] = []
    if len(people.items) < FEW:
        but = [person.id for person in people.items]
        near = candidates.close_matches(session, within=within, q=q, contacts_too=reach, limit=SHOWN, excluding=but)
    matching = requisitions.page(session, within=scopes.searches(actor), limit=10, cursor=None, q=q).items
    page = SearchPage(title, q, people.items, near, people.next is not None, matching, **doable)
    return render_template("search/index.html", page=page)
