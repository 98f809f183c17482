"""Everyone within sight: searched by name, mail, phone, skill and the words of notes, filtered by links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from recruiter.candidates import queries
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.database.scope import Numbers, Scope
from recruiter.pipeline import history_queries
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import record_scopes, scopes
from recruiter.policy.permissions import Permission
from recruiter.request_context import cursor_asked, next_cursor
from recruiter.web.candidates.area import blueprint
from recruiter.web.request import guard
from recruiter.web.text import filters

SHOWN = 50
FEW = 5
CLOSE = 10
LONGEST = 200
STATES = {"": "Everyone", "active": "In a search", "hired": "Hired", "free": "In no search now"}


@dataclass(frozen=True)
class PersonRow:
    """One person in the list: where they stand now, and on how many requisitions besides."""

    person: Candidate
    standing: str
    more: int


@dataclass(frozen=True)
class ListPage:
    """People within sight; a filter is its label, its address, and whether it is the chosen one."""

    title: str
    q: str
    tag: str
    state: str
    rows: list[PersonRow]
    near: list[PersonRow]
    first: str | None
    next: str | None
    filters: list[tuple[str, str, bool]]
    without_tag: str
    adds: bool
    merges: bool
    sees_contacts: bool


def _within(state: str) -> Scope:
    """The people within sight who stand so."""
    actor = guard.actor()
    within = scopes.candidates(actor)
    wanted = ApplicationStatus.ACTIVE if state == "free" else ApplicationStatus(state) if state else None

    def stand_so(numbers: Numbers) -> ColumnElement[bool]:
        application = aliased(Application)
        seen = scopes.applications(actor).contains(application.id)
        standing = exists().where(application.candidate_id == numbers, application.status == wanted, seen)
        return ~standing if state == "free" else standing

    return within.where(stand_so) if state else within


def rows_of(people: list[Candidate]) -> list[PersonRow]:
    """People with where they stand, in one statement."""
    within, ids = scopes.applications(guard.actor()), [person.id for person in people]
    by_person = history_queries.applications_among(db.session(), ids, within=within)
    rows = []
    for person in people:
        applications = sorted(by_person.get(person.id, []), key=lambda application: not application.is_active)
        standing = ""
        if applications:
            first, requisition = applications[0], applications[0].requisition
            stage = first.stage.name if first.is_active else filters.application_status(first.status)
            standing = f"{stage}, {requisition.key} {requisition.title}"
        rows.append(PersonRow(person, standing, max(0, len(applications) - 1)))
    return rows


def _address(**parameters_given: str | None) -> str:
    parameters = {name: value for name, value in parameters_given.items() if value}
    return url_for("candidates.index") + (f"?{urlencode(parameters)}" if parameters else "")


@blueprint.page("/candidates", Permission.CANDIDATE_LIST)
def index() -> ResponseReturnValue:
    """Everyone within sight by name; a search matches every word, and shows who comes close where it finds few."""
    q, tag = (text.clean(request.args.get(name, ""))[:LONGEST] for name in ("q", "tag"))
    state = request.args.get("state", "")
    state, cursor = state if state in STATES else "", cursor_asked()
    session, scope = db.session(), replace(record_scopes.search_scope(guard.actor()), people=_within(state))
    result = queries.page(session, scope, limit=SHOWN, cursor=cursor, q=q, tag=tag, fuzzy=False)
    near: list[Candidate] = []
    if q and not cursor and not tag and len(result.items) < FEW:
        excluded = [person.id for person in result.items]
        near = queries.close_matches(session, scope, q=q, limit=CLOSE, excluding=excluded)
    rows = rows_of([*result.items, *near])
    count = len(result.items)
    page = ListPage(
        title="Candidates",
        q=q,
        tag=tag if scope.contacts_too else "",
        state=state,
        rows=rows[:count],
        near=rows[count:],
        first=_address(q=q, tag=tag, state=state) if cursor else None,
        next=_address(q=q, tag=tag, state=state, cursor=next_cursor(result)) if result.next else None,
        filters=[(label, _address(q=q, tag=tag, state=key), key == state) for key, label in STATES.items()],
        without_tag=_address(q=q, state=state),
        adds=guard.may(Permission.CANDIDATE_CREATE),
        merges=guard.may(Permission.CANDIDATE_DUPLICATES),
        sees_contacts=scope.contacts_too,
    )
    return render_template("candidates/index.html", page=page)
