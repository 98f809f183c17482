"""Everyone within sight: searched by name, mail, phone, skill and the words of notes, filtered by links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy import Select, select

from recruiter.candidates import queries
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.pipeline import timeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits, record_scopes, scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import candidate_page
from recruiter.web.candidates.area import blueprint
from recruiter.web.request import guard
from recruiter.web.text import filters

SHOWN = 50
FEW = 5
CLOSE = 10
LONGEST = 200
STATES = {
    "": "Everyone",
    "active": "In a search",
    "hired": "Hired",
    "free": "In no search now",
}


@dataclass(frozen=True)
class Row:
    """One person in the list: where they stand now, and on how many requisitions besides."""

    person: Candidate
    standing: str
    more: int


@dataclass(frozen=True)
class Link:
    """A filter as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    """People within sight."""

    title: str
    q: str
    tag: str
    state: str
    rows: list[Row]
    near: list[Row]
    first: str | None
    next: str | None
    filters: list[Link]
    without_tag: str
    adds: bool
    merges: bool
    reach: bool

    def tagged(self, tag: str) -> str:
        """The address of everybody with a tag."""
        return url_for("candidates.index", tag=tag)


def _within(state: str) -> Select[int]:
    """The people within sight who stand so."""
    actor = guard.actor()
    within = scopes.candidates(actor)
    seen = select(Application.candidate_id).where(Application.id.in_(scopes.applications(actor)))
    if state in {"active", "hired"}:
        return within.where(Candidate.id.in_(seen.where(Application.status == ApplicationStatus(state))))
    if state == "free":
        return within.where(~Candidate.id.in_(seen.where(Application.status == ApplicationStatus.ACTIVE)))
    return within


def rows_of(people: list[Candidate]) -> list[Row]:
    """People with where they stand, in one statement."""
    within = scopes.applications(guard.actor())
    standing = timeline.standing_among(db.session(), [one.id for one in people], within=within)
    found = []
    for one in people:
        applications = sorted(standing.get(one.id, []), key=lambda a: a.status != ApplicationStatus.ACTIVE)
        words = ""
        if applications:
            first = applications[0]
            stands = first.stage.name if first.status == ApplicationStatus.ACTIVE else filters.stands(first.status)
            words = f"{stands}, {first.requisition.key} {first.requisition.title}"
        found.append(Row(one, words, max(0, len(applications) - 1)))
    return found


def _address(**given: str | None) -> str:
    kept = {name: value for name, value in given.items() if value}
    return url_for("candidates.index") + (f"?{urlencode(kept)}" if kept else "")


@blueprint.get("/candidates")
@guard.needs(Permission.CANDIDATE_LIST)
def index() -> Any:
    """Everyone within sight by name; a search matches every word, and shows who comes close where it finds few."""
    q, tag = (request.args.get(name, "").strip()[:LONGEST] for name in ("q", "tag"))
    state = request.args.get("state", "")
    state, cursor = state if state in STATES else "", request.args.get("cursor")
    session, actor = db.session(), guard.actor()
    within, reach = _within(state), actor.role in candidate_page.STAFF
    found = queries.listed(
        session,
        within=within,
        limit=SHOWN,
        cursor=cursor,
        q=q,
        tag=tag,
        reach=reach,
        notes=record_scopes.notes(actor),
        forgiving=False,
    )
    near: list[Candidate] = []
    if q and not cursor and not tag and len(found.items) < FEW:
        but = [one.id for one in found.items]
        near = queries.near(session, within=within, q=q, reach=reach, limit=CLOSE, but=but)
    rows = rows_of([*found.items, *near])
    count = len(found.items)
    page = ListPage(
        title="Candidates",
        q=q,
        tag=tag if reach else "",
        state=state,
        rows=rows[:count],
        near=rows[count:],
        first=_address(q=q, tag=tag, state=state) if cursor else None,
        next=_address(q=q, tag=tag, state=state, cursor=found.next) if found.next else None,
        filters=[Link(label, _address(q=q, tag=tag, state=key), key == state) for key, label in STATES.items()],
        without_tag=_address(q=q, state=state),
        adds=permits.permits(session, actor=actor, permission=Permission.CANDIDATE_CREATE),
        merges=permits.permits(session, actor=actor, permission=Permission.CANDIDATE_DUPLICATES),
        reach=reach,
    )
    return render_template("candidates/index.html", page=page)
