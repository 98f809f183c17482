"""What can be done from a line of words: pages by name, new things, acts on a person (“move Ada to Interview”)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruiter.accounts.models import User
from recruiter.candidates import queries as candidates
from recruiter.candidates.queries import SearchScope
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.pipeline.models import CLOSED, Application, ApplicationStatus
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import StageKind
from recruiter.web.layout import shell, tabs
from recruiter.web.search import page_commands

MOST, MOST_PEOPLE = 8, 5

# what it is called, where it leads, which permission it asks for
NEW: tuple[tuple[str, str, Permission], ...] = (
    ("New requisition", "requisitions.new", Permission.REQUISITION_CREATE),
    ("Add a candidate", "candidates.new", Permission.CANDIDATE_CREATE),
    ("Stage templates", "requisitions.stage_templates", Permission.REQUISITION_CREATE),
    ("Your account and keys", "accounts.account", Permission.SIGNED_IN),
)
# the word that begins it: what it is called, where it leads, whom it can be done with
ACTS: dict[str, tuple[str, str, bool]] = {
    "close": ("Close the application of", "pipeline.reject", True),
    "reject": ("Close the application of", "pipeline.reject", True),
    "withdraw": ("Record the withdrawal of", "pipeline.withdraw", True),
    "contact": ("Record a contact with", "keepwarm.of_application", True),
    "call": ("Record a contact with", "keepwarm.of_application", True),
    "interview": ("Plan an interview with", "interviews.plan", True),
    "scorecards": ("Scorecards of", "scorecards.of_application", True),
    "reopen": ("Reopen the application of", "pipeline.reopen", False),
}


@dataclass(frozen=True)
class Command:
    """One thing that can be done: what it is called, and the page where it is done."""

    label: str
    href: str


def _matches(key: str, label: str) -> bool:
    beginnings = text.folded(label).split()
    return all(any(word.startswith(part) for word in beginnings) for part in key.split())


def pages(user: User, q: str) -> list[Command]:
    """The pages that somebody has, by the beginnings of their words; all of them where nothing was typed."""
    items = [*shell.main_items(user), *shell.organisation_items(user)]
    return [Command(item.label, item.href) for item in items if _matches(text.folded(q), item.label)]


def on_page(user: User, q: str, path: str | None) -> list[Command]:
    """What can be done on the page that somebody came from, by the beginnings of its words."""
    key = text.folded(q)
    return [Command(label, href) for label, href in page_commands.acts(user, path) if _matches(key, label)]


def _new(user: User, key: str) -> list[Command]:
    return [
        Command(label, url_for(endpoint))
        for label, endpoint, permission in NEW
        if _matches(key, label) and permits.permits(db.session(), actor=user, permission=permission)
    ]


def _people(user: User, name: str, *, active: bool) -> list[Application]:
    """Applications that somebody runs, of people whom a search by this name finds."""
    session, scope = db.session(), SearchScope(scopes.candidates(user))
    ids = [person.id for person in candidates.page(session, scope, limit=MOST_PEOPLE, q=name).items]
    query = select(Application).where(
        Application.candidate_id.in_(ids),
        scopes.searches(user).contains(Application.requisition_id),
        Application.status == ApplicationStatus.ACTIVE if active else Application.status.in_(CLOSED),
    )
    related = joinedload(Application.candidate), joinedload(Application.requisition)
    return list(session.scalars(query.order_by(Application.id.desc()).limit(MOST).options(*related)))


def _moves(user: User, rest: str) -> list[Command]:
    name, _, stage = f"{rest} ".partition(" to ")
    name, key, moves = name.strip(), text.folded(stage), []
    for application in _people(user, name, active=True) if name else []:
        subject, requisition = application.candidate.name, application.requisition
        for to in requisition.stages:
            fits = text.folded(to.name).startswith(key) if key else to.position == application.stage.position + 1
            if fits and to.id != application.stage_id and to.kind != StageKind.HIRED:
                href = url_for("pipeline.move", application_id=application.id, to=to.id)
                moves.append(Command(f"Move {subject} to {to.name}, {requisition.key}", href))
    return moves[:MOST]


def _of_requisition(user: User, first: str, rest: str) -> list[Command]:
    """“finalists eng-101”: a tab of a requisition."""
    fitting = [tab for tab in tabs.OF_REQUISITION if text.folded(tab[1]).split()[-1].startswith(first)]
    if not fitting or len(first) < 3:  # noqa: PLR2004  # two letters begin too many words
        return []
    matching = requisitions.page(db.session(), within=scopes.searches(user), limit=MOST_PEOPLE, q=rest).items
    return [
        Command(f"{label} of {requisition.key} {requisition.title}", url_for(endpoint, requisition_ref=requisition.key))
        for _, label, endpoint, pay in fitting
        for requisition in matching
        if user.pay_view or not pay
    ][:MOST]


def acts(user: User, q: str) -> list[Command]:
    """What a line of words asks to do, as far as it is this person's to do."""
    key = text.folded(q)
    first, _, rest = key.partition(" ")
    results = _new(user, key)
    if not user.is_staff or not rest:
        return results
    if first == "move":
        return [*_moves(user, rest), *results]
    if first in ACTS:
        label, endpoint, active = ACTS[first]
        people = _people(user, rest, active=active)
        results = [
            Command(
                f"{label} {application.candidate.name}, {application.requisition.key}",
                url_for(endpoint, application_id=application.id),
            )
            for application in people
        ] + results
    return [*results, *_of_requisition(user, first, rest)]
