"""A message to start from, made of what was said and promised: never sent by itself, never the same for two people.

Its words stand in `templates/emails/drafts`. Those in brackets are for the sender to fill in; a message that has some is not sent.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from recruiter.foundation import email_templates
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.interviews import queries as interviews
from recruiter.interviews.notices import emails
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Channel, Direction, PromiseState, TouchKind
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.offers import queries as offers
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus

HOW = {
    Channel.PHONE: "by phone",
    Channel.EMAIL: "by e-mail",
    Channel.VIDEO: "by video call",
    Channel.IN_PERSON: "in person",
    Channel.MESSAGE: "by message",
    Channel.LETTER: "by letter",
    Channel.OTHER: "in another way",
}
QUOTED = re.compile(r"[\u201c\u201e\"]([^\u201c\u201d\u201e\"\n]{2,})[\u201d\u201c\"]")


class Purpose(StrEnum):
    """What a message is for."""

    UPDATE = "update"
    EARLIER = "earlier"
    THANKS = "thanks"
    FEEDBACK = "feedback"
    WELCOME = "welcome"
    ACKNOWLEDGEMENT = "acknowledgement"


KINDS = {
    Purpose.UPDATE: TouchKind.UPDATE,
    Purpose.EARLIER: TouchKind.OFFER_TALK,
    Purpose.THANKS: TouchKind.THANK_YOU,
    Purpose.FEEDBACK: TouchKind.FEEDBACK,
    Purpose.WELCOME: TouchKind.UPDATE,
    Purpose.ACKNOWLEDGEMENT: TouchKind.UPDATE,
}
USUAL = {  # what is written to somebody, the first of each row unless somebody chooses
    ApplicationStatus.ACTIVE: (Purpose.UPDATE, Purpose.EARLIER, Purpose.THANKS, Purpose.FEEDBACK),
    ApplicationStatus.HIRED: (Purpose.WELCOME, Purpose.THANKS),
    ApplicationStatus.REJECTED: (Purpose.FEEDBACK, Purpose.UPDATE, Purpose.THANKS),
    ApplicationStatus.WITHDRAWN: (Purpose.ACKNOWLEDGEMENT, Purpose.UPDATE, Purpose.THANKS),
}


@dataclass(frozen=True)
class Draft:
    """A message for a person to finish and send, and as what kind of contact it is kept."""

    purpose: Purpose
    kind: TouchKind
    subject: str
    body: str


def purposes_for(session: Session, application: Application) -> tuple[Purpose, ...]:
    """What may be written to somebody, the usual first: whoever has accepted or started is welcomed, and never turned down."""
    offer = offers.live_of(session, application)
    accepted = offer is not None and offer.status == OfferStatus.ACCEPTED
    return USUAL[ApplicationStatus.HIRED if accepted and application.is_active else application.status]


def build_draft(
    session: Session,
    *,
    application: Application,
    act: Act,
    purpose: Purpose | None = None,
    ask_by: dt.date | None = None,
) -> Draft:
    """Draft a message from the record of one finalist, in the name of whoever acts; nothing is sent.

    Without `purpose` it is what is usual for where they stand. Raises RuleBroken at `purpose` for what is not said to them.

    It refers to the last contact, the open promise and the days that lie ahead: theirs elsewhere, `ask_by` when we need an answer,
    that of our decision, and the one by which they hear. Where nothing was said yet it says who writes.
    """
    purposes = purposes_for(session, application)
    purpose = purpose or purposes[0]
    if purpose not in purposes:
        choices = ", ".join(purposes)
        raise RuleBroken.at(
            "purpose", f"This is not what to write to {application.candidate.name} now. Choose {choices}."
        )
    touchpoints = queries.touchpoints_of(session, application)
    last = touchpoints[0] if touchpoints else None
    their_notes = (touchpoint.text for touchpoint in touchpoints if touchpoint.direction == Direction.FROM)
    quotation = QUOTED.search(next(their_notes, ""))  # a note that only tells of their words has none
    open_promises = [each for each in queries.promises_of(session, application) if each.state == PromiseState.OPEN]
    promise = open_promises[-1] if open_promises else None
    their_dates = [process.decision_on for process in offers.competing_of(session, application)]
    we_decide_on = agreement_queries.decides_on(session, application.requisition_id)
    clocks = agreement_queries.cadences(session, [application.requisition_id])[application.requisition_id]
    hear_by = promise.due_on if promise else None
    if promise is None and we_decide_on is not None:
        hear_by = act.calendar.add(we_decide_on, clocks.days(Situation.BUFFER))
    offer, cancelled = (
        offers.live_of(session, application),
        interviews.cancelled_ahead(session, application, now=act.now),
    )
    subject, body = email_templates.render(
        f"drafts/{purpose.value}",
        name=application.candidate.name,
        today=act.today,
        title=application.requisition.title,
        sender=act.actor.name,
        last_on=act.day_of(last.at) if last else None,
        how=HOW[last.channel] if last else "",
        their_words=quotation[1].strip() if quotation else "",
        promise=promise,
        is_promise_late=promise is not None and promise.due_on < act.today,
        decides_on=min((day for day in their_dates if day and day >= act.today), default=None),
        ask_by=ask_by,
        we_decide_on=we_decide_on if we_decide_on and we_decide_on >= act.today else None,
        start_on=offer.start_on if offer and offer.start_on and offer.start_on >= act.today else None,
        cancelled_times=[emails.time_text(interview, act.zone, today=act.today) for interview in cancelled],
        hear_by=hear_by if hear_by and hear_by >= act.today else None,
    )
    return Draft(purpose, KINDS[purpose], subject, body)
