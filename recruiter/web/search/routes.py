"""Find a person, a requisition or a page, or something to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from recruiter.candidates import queries as candidates
from recruiter.candidates.models import Candidate
from recruiter.foundation.db import db
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.web import guard
from recruiter.web.search import doing

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True)
class SearchPage:
    """What was found."""

    title: str
    q: str
    people: list[Candidate]
    requisitions: list[Requisition]
    acts: list[doing.Doing]
    pages: list[doing.Doing]


@blueprint.get("/search")
@guard.needs(Permission.SIGNED_IN)
def index() -> Any:
    """People and requisitions that match, within sight."""
    q, actor, session = request.args.get("q", "").strip()[:200], guard.actor(), db.session()
    people = candidates.listed(session, within=scopes.candidates(actor), limit=30, cursor=None, q=q).items if q else []
    found = requisitions.listed(session, within=scopes.searches(actor), limit=10, cursor=None, q=q).items if q else []
    return render_template(
        "search/index.html",
        page=SearchPage("Find or do", q, people, found, doing.acts(actor, q), doing.pages(actor, q)),
    )
