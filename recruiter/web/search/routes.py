"""Find a person or a requisition."""

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


@blueprint.get("/search")
@guard.needs(Permission.SIGNED_IN)
def index() -> Any:
    """People and requisitions that match, within sight; typos are forgiven where few match."""
    q, actor, session = request.args.get("q", "").strip()[:200], guard.actor(), db.session()
    if not q:
        return render_template("search/index.html", page=SearchPage("Find", q, [], [], more=False, requisitions=[]))
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
    shown = SearchPage("Find", q, page.items, near, more=page.next is not None, requisitions=found)
    return render_template("search/index.html", page=shown)
