"""What can be done on the page that somebody looks at, for the palette and the page of the search."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.requisitions.models import Requisition
from recruiter.web.request.redirects import safe_path

# argument of the address: what is offered on its page, and where it leads; {} is the person or the search it is about
GOING = ("pipeline.move", "interviews.plan", "pipeline.withdraw", "pipeline.reject")
ACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "application_id": (
        ("Write down what was said with {}", "pipeline.application"),
        ("Move {} to another stage", "pipeline.move"),
        ("Book an interview with {}", "interviews.plan"),
        ("Scorecards of {}", "scorecards.of_application"),
        ("Keep {} warm: contacts, promises, concerns", "keepwarm.of_application"),
        ("Offers to {}", "offers.of_application"),
        ("Files of {}", "candidates.files_of_application"),
        ("Record the withdrawal of {}", "pipeline.withdraw"),
        ("Close the application of {}", "pipeline.reject"),
        ("Reopen the application of {}", "pipeline.reopen"),
    ),
    "requisition_ref": (
        ("Add a candidate to {}", "candidates.new"),
        ("Finalists of {}", "finalists.show"),
        ("Set the order of finalists of {}", "finalists.order"),
        ("Promote the next finalist of {}", "keepwarm.promote"),
        ("Open the debrief of {}", "debriefs.show"),
        ("Offers of {}", "offers.of_requisition"),
        ("Budget case of {}", "budget.of_requisition"),
        ("Interviews of {}", "interviews.of_requisition"),
        ("Change the stages of {}", "requisitions.stages"),
        ("Set up {}", "requisitions.setup"),
    ),
    "candidate_id": (
        ("Change what is known of {}", "candidates.change"),
        ("Files of {}", "candidates.files_of_candidate"),
        ("Ask {} whether we may keep in touch", "candidates.consent"),
        ("Merge {} with another record", "candidates.merge"),
    ),
    "offer_id": (("Decide on this offer", "approvals.decide"),),
    "case_id": (("The document of this case, for print", "budget.document"),),
}
FRAGMENTS = {"pipeline.application": "note-text"}


def _subject_of(path: str) -> tuple[str, Any] | None:
    """What a path of this site is about: the argument of its address, and the thing; None where it is about nothing."""
    try:
        _, arguments = current_app.url_map.bind(request.host).match(path, method="GET")
    except HTTPException:
        return None
    for name in ("interview_id", *ACTS):
        if name in arguments:
            try:
                subject = permits.find(db.session(), name=name, value=arguments[name])
            except DomainError:
                return None
            return ("application_id", subject.application) if isinstance(subject, Interview) else (name, subject)
    return None


def _offered(endpoint: str, subject: Any, user: User) -> bool:
    if isinstance(subject, Application):
        if endpoint in GOING and not subject.is_active:
            return False
        if endpoint == "pipeline.reopen" and not subject.is_closed:
            return False
    view: Any = current_app.view_functions[endpoint]
    on = None if endpoint == "candidates.new" else subject
    return permits.permits(db.session(), actor=user, permission=view.permission, on=on)


def _label_of(subject: Any) -> str:
    if isinstance(subject, Application):
        return subject.candidate.name
    return subject.key if isinstance(subject, Requisition) else str(getattr(subject, "name", ""))


def acts(user: User, path: str | None) -> list[tuple[str, str]]:
    """What this person may do on the page of a path: labels with addresses. Nothing for what is not theirs to see."""
    about = _subject_of(path) if safe_path(path) and path else None
    if about is None or not permits.sees(db.session(), user, about[1]):
        return []
    name, subject = about
    reference = subject.key if isinstance(subject, Requisition) else subject.id
    commands = []
    for label, endpoint in ACTS[name]:
        if _offered(endpoint, subject, user):
            arguments: JsonObject = {"requisition": reference} if endpoint == "candidates.new" else {name: reference}
            href = url_for(endpoint, _anchor=FRAGMENTS.get(endpoint), **arguments)
            commands.append((label.format(_label_of(subject)), href))
    if isinstance(subject, Offer):
        href = url_for("pipeline.application", application_id=subject.application_id)
        commands.append((f"Go to {subject.application.candidate.name}", href))
    return commands
