"""The date by which somebody hears from us again, as it is said at the end of a call."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import next_contact
from recruiter.pipeline.models import Application

USUAL = "You will hear from us"


def set_hear_by(
    session: Session,
    *,
    application: Application,
    by: dt.date,
    act: Act,
) -> None:
    """Keep the date by which they hear again: it renews an open promise for an earlier date, else it is a new one.

    Raises RuleBroken at `due_on` for a date that is over, Conflict where the application has ended.
    """
    next_contact.check_due(by, today=act.today)
    open_promises = [
        promise for promise in queries.promises_of(session, application) if promise.state == PromiseState.OPEN
    ]
    earlier_promises = [promise for promise in open_promises if act.today <= promise.due_on < by]
    if earlier_promises:
        renewed = PromiseState.RENEWED
        contact_services.settle_promise(
            session,
            promise=earlier_promises[-1],
            to=renewed,
            due_on=by,
            act=act,
        )
        return
    contact_services.make_promise(
        session,
        application=application,
        what=USUAL,
        due_on=by,
        act=act,
    )
