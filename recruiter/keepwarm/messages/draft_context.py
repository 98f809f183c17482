"""What a draft of a message to a finalist stands on: the last words, the open promise, their date elsewhere and our own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.models.records import Direction, PromiseState, TouchKind
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.offers import queries as offers
from recruiter.pipeline.models import Application, ApplicationStatus

SUBJECTS = {
    Purpose.UPDATE: "Where we are with {title}",
    Purpose.EARLIER: "Your answer on {title}",
    Purpose.THANKS: "Thank you for your time",
    Purpose.FEEDBACK: "Our feedback on {title}",
}
KINDS = {
    Purpose.UPDATE: TouchKind.UPDATE,
    Purpose.EARLIER: TouchKind.OFFER_TALK,
    Purpose.THANKS: TouchKind.THANK_YOU,
    Purpose.FEEDBACK: TouchKind.FEEDBACK,
}

QUOTED = re.compile(r"[\u201c\u201e\"]([^\u201c\u201d\u201e\"\n]{2,})[\u201d\u201c\"]")


@dataclass(frozen=True)
class Draft:
    """A message to start from, for a person to finish and send; empty where nothing was said yet that it could refer to."""

    purpose: Purpose
    kind: TouchKind
    subject: str
    body: str


def usual_purpose(application: Application) -> Purpose:
    """An update; feedback for who was let go."""
    return Purpose.UPDATE if application.status == ApplicationStatus.ACTIVE else Purpose.FEEDBACK


def _quoted(note: str) -> str:
    """Their own words in a note of ours: what stands in quotation marks; empty where the note only tells of them."""
    quotation = QUOTED.search(note)
    return quotation[1].strip() if quotation else ""


def build_draft(
    session: Session, *, application: Application, purpose: Purpose, act: Act, ask_by: dt.date | None = None
) -> Draft:
    """Draft a message from the record of one finalist, in the name of whoever acts; nothing is sent."""
    title = application.requisition.title
    touchpoints = queries.touchpoints_of(session, application)
    their_words = next(
        (_quoted(touchpoint.text) for touchpoint in touchpoints if touchpoint.direction == Direction.FROM), ""
    )
    open_promises = [
        promise for promise in queries.promises_of(session, application) if promise.state == PromiseState.OPEN
    ]
    their_dates = [
        process.decision_on for process in offers.competing_of(session, application) if process.decision_on is not None
    ]
    our_decision = agreement_queries.decides_on(session, application.requisition_id)
    clocks = agreement_queries.cadences(session, [application.requisition_id]).get(application.requisition_id, USUAL)
    record = drafts.Record(
        name=application.candidate.name,
        title=title,
        sender=act.actor.name,
        last=drafts.LastContact(act.day_of(touchpoints[0].at), touchpoints[0].channel, their_words)
        if touchpoints
        else None,
        promise=(open_promises[-1].what, open_promises[-1].due_on) if open_promises else None,
        decides_on=min((day for day in their_dates if day >= act.today), default=None),
        ask_by=ask_by,
        we_decide_on=our_decision,
        hear_by=act.calendar.add(our_decision, clocks.days(Situation.BUFFER)) if our_decision else None,
    )
    body = drafts.draft(purpose, record, today=act.today)
    return Draft(purpose, KINDS[purpose], SUBJECTS[purpose].format(title=title) if body else "", body)
