"""Find a person, a requisition or a page, or something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation.db import db
from recruiter.policy import record_scopes, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.web import guard
from recruiter.web.search import doing

blueprint = Blueprint("search", __name__)
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
    acts: list[doing.Doing]
    pages: list[doing.Doing]


@blueprint.get("/search")
@guard.needs(Permission.SIGNED_IN)
def index() -> Any:
    """People and requisitions that match, within sight; typos are forgiven where few match."""
    q, actor, session = request.args.get("q", "").strip()[:200], guard.actor(), db.session()
    title = "Find or do"
    if not q:
        acts, pages = doing.acts(actor, q), doing.pages(actor, q)
        return render_template(
            "search/index.html", page=SearchPage(title, q, [], [], more=False, requisitions=[], acts=acts, pages=pages)
        )
    within, reach = scopes.candidates(actor), actor.role in record_scopes.STAFF
    page = candidates.listed(
        session, within=within, limit=SHOWN, cursor=None, q=q, reach=reach, notes=record_scopes.notes(actor),
        forgiving=False,
    )  # fmt: skip
    near: list[Candidate] = []
    if len(page.items) < FEW:
        but = [one.id for one in page.items]
        near = candidates.near(session, within=within, q=q, reach=reach, limit=SHOWN, but=but)
    found = requisitions.listed(session, within=scopes.searches(actor), limit=10, cursor=None, q=q).items
    shown = SearchPage(
        title, q, page.items, near, page.next is not None, found, doing.acts(actor, q), doing.pages(actor, q)
    )
    return render_template("search/index.html", page=shown)
