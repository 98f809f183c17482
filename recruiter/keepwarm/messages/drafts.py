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
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Channel, Direction, PromiseState, TouchKind
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.offers import queries as offers
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


KINDS = {
    Purpose.UPDATE: TouchKind.UPDATE,
    Purpose.EARLIER: TouchKind.OFFER_TALK,
    Purpose.THANKS: TouchKind.THANK_YOU,
    Purpose.FEEDBACK: TouchKind.FEEDBACK,
}


@dataclass(frozen=True)
class LastContact:
    """The last contact: when, how, and the last words that were theirs."""

    on: dt.date
    channel: Channel
    theirs: str = ""


@dataclass(frozen=True)
class Record:
    """What a draft may refer to: the last contact, the promise that is open with its date, and days that lie ahead.

    `decides_on` is their date elsewhere, `ask_by` when we need an answer, `we_decide_on` the day of our decision, `hear_by` the
    day by which they hear: the promised one, else that of our decision with its buffer.
    """

    name: str
    title: str
    sender: str
    last: LastContact | None = None
    promise: tuple[str, dt.date] | None = None
    decides_on: dt.date | None = None
    ask_by: dt.date | None = None
    we_decide_on: dt.date | None = None
    hear_by: dt.date | None = None


@dataclass(frozen=True)
class Draft:
    """A message for a person to finish and send, and as what kind of contact it is kept."""

    kind: TouchKind
    subject: str
    body: str


def usual_purpose(application: Application) -> Purpose:
    """An update; feedback for who was let go."""
    return Purpose.UPDATE if application.status == ApplicationStatus.ACTIVE else Purpose.FEEDBACK


def compose(purpose: Purpose, record: Record, *, today: dt.date) -> Draft:
    """A message from the record; where nothing was said yet, one that says who writes and leaves the reason to be filled in."""
    promised, due_on = record.promise or ("", today)
    subject, body = email_templates.render(
        f"drafts/{purpose.value}",
        record=record,
        how=HOW[record.last.channel] if record.last else "",
        promised=promised,
        due_on=due_on,
        is_promise_late=due_on < today,
    )
    return Draft(KINDS[purpose], subject, body)


def build_draft(
    session: Session, *, application: Application, purpose: Purpose, act: Act, ask_by: dt.date | None = None
) -> Draft:
    """Draft a message from the record of one finalist, in the name of whoever acts; nothing is sent."""
    touchpoints = queries.touchpoints_of(session, application)
    their_notes = (touchpoint.text for touchpoint in touchpoints if touchpoint.direction == Direction.FROM)
    quotation = QUOTED.search(next(their_notes, ""))  # a note that only tells of their words has none
    their_words = quotation[1].strip() if quotation else ""
    last = LastContact(act.day_of(touchpoints[0].at), touchpoints[0].channel, their_words) if touchpoints else None
    promises = queries.promises_of(session, application)
    open_promises = [promise for promise in promises if promise.state == PromiseState.OPEN]
    promise = (open_promises[-1].what, open_promises[-1].due_on) if open_promises else None
    their_dates = [process.decision_on for process in offers.competing_of(session, application)]
    we_decide_on = agreement_queries.decides_on(session, application.requisition_id)
    clocks = agreement_queries.cadences(session, [application.requisition_id])[application.requisition_id]
    hear_by = promise[1] if promise else None
    if promise is None and we_decide_on is not None:
        hear_by = act.calendar.add(we_decide_on, clocks.days(Situation.BUFFER))
    record = Record(
        name=application.candidate.name,
        title=application.requisition.title,
        sender=act.actor.name,
        last=last,
        promise=promise,
        decides_on=min((day for day in their_dates if day and day >= act.today), default=None),
        ask_by=ask_by,
        we_decide_on=we_decide_on if we_decide_on and we_decide_on >= act.today else None,
        hear_by=hear_by if hear_by and hear_by >= act.today else None,
    )
    return compose(purpose, record, today=act.today)
