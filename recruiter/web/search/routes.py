"""Find a person, a requisition or a page, or something to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import db
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
    here: list[commands.Command]
    came_from: str
    acts: list[commands.Command]
    pages: list[commands.Command]
    people: Sequence[Candidate] = ()
    near: Sequence[Candidate] = ()
    more: bool = False
    requisitions: Sequence[Requisition] = ()


@blueprint.page("/search", Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """People and requisitions that match, within sight; typos are forgiven where few match."""
    q, actor, session = text.clean(request.args.get("q", ""))[:200], guard.actor(), db.session()
    came_from = safe_path(request.args.get("here")) or ""
    here, acts, pages = commands.on_page(actor, q, came_from), commands.acts(actor, q), commands.pages(actor, q)
    page = SearchPage("Find or do", q, here, came_from, acts, pages)
    if q:
        scope = record_scopes.search_scope(actor)
        people = candidates.page(session, scope, limit=SHOWN, q=q, fuzzy=False)
        near: list[Candidate] = []
        if len(people.items) < FEW:
            excluded = [person.id for person in people.items]
            near = candidates.close_matches(session, scope, q=q, limit=SHOWN, excluding=excluded)
        matches = requisitions.page(session, within=scopes.searches(actor), limit=10, q=q).items
        more = people.next is not None
        page = replace(page, people=people.items, near=near, more=more, requisitions=matches)
    return render_template("search/index.html", page=page)
