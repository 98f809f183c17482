"""What reminds: approvers of what waits for them, whoever asked of what was not answered, whoever sent an offer of its end.

A mail names nobody's pay: it carries what is asked, by when, and a link.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation import email_templates, mail
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.lifecycle import offer_expiry
from recruiter.keepwarm.notifications import alerts
from recruiter.offers import expiry
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.models import Offer, OfferStatus
from recruiter.request_context import moment

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from recruiter.foundation.jobs import Job
    from recruiter.foundation.mail import Email

OVER = 100


def _send(session: Session, template: str, *, to: User, now: dt.datetime, **facts: object) -> None:
    mail.enqueue(session, email_templates.compose(f"offers/{template}", to=to, **facts), now=now)


def _thing(session: Session, job: Job) -> Offer | BudgetCase | None:
    number = job.payload["id"]
    return session.get(Offer, number) if job.payload["of"] == "offer" else session.get(BudgetCase, number)


def _named(app: Flask, request: Offer | BudgetCase) -> tuple[str, str]:
    """What a request is called without naming anybody, and where it is decided."""
    base = app.extensions["recruiter_settings"].base_url
    if isinstance(request, Offer):
        return f"an offer for {request.application.requisition.title}", f"{base}/offers/{request.id}/approval"
    return f"budget case {request.number}", f"{base}/cases/{request.id}"


def _waits(request: Offer | BudgetCase, submitted_at: str) -> bool:
    pending = request.status == (OfferStatus.PENDING_APPROVAL if isinstance(request, Offer) else CaseStatus.SUBMITTED)
    return pending and request.submitted_at is not None and request.submitted_at.isoformat() == submitted_at


def call_approvers(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell those whose turn it is, or remind them; once the time is over, tell who asked that nothing was approved."""
    request, share = _thing(session, job), int(job.payload["share"])
    if request is None or not _waits(request, job.payload["asked"]):
        return {"told": 0}
    zone = app.extensions["recruiter_settings"].zone
    name, link = _named(app, request)
    if share == OVER:
        asker = session.get(User, request.submitted_by_id if isinstance(request, Offer) else request.requested_by_id)
        if asker is None or not asker.active:
            return {"told": 0}
        _send(session, "no_answer_yet", to=asker, now=now, name=name, link=link)
        return {"told": 1}
    if isinstance(request, BudgetCase) and share and approval_rounds.open_questions(request):
        _send(session, "question_waits", to=request.requested_by, now=now, name=name, link=link, percent_over=share)
        return {"told": 1}
    today = moment(now).today
    waiting = chain_queries.awaited_approvers(session, request, on=today)
    until = request.answer_by - dt.timedelta(minutes=1) if request.answer_by else None
    facts = {"name": name, "link": link, "percent_over": share, "until": until and until.astimezone(zone)}
    for approver in waiting:
        _send(session, "answer_asked_for", to=approver, now=now, **facts)
    return {"told": len(waiting)}


def pass_question(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell whoever asked for an approval that an approver has a question; the words stay in the record."""
    request = _thing(session, job)
    approver = session.get(User, job.payload["by"])
    if request is None or approver is None:
        return {"told": 0}
    asker = session.get(User, request.submitted_by_id if isinstance(request, Offer) else request.requested_by_id)
    if asker is None or not asker.active:
        return {"told": 0}
    name, link = _named(app, request)
    link = link.removesuffix("/approval")
    _send(session, "question_asked", to=asker, now=now, approver=approver, name=name, link=link)
    return {"told": 1}


def pass_answer(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell an approver that the question was answered and the thing waits for a decision; the words stay in the record."""
    request = _thing(session, job) if "of" in job.payload else session.get(BudgetCase, job.payload["id"])
    approver, answerer = session.get(User, job.payload["to"]), session.get(User, job.payload["by"])
    waiting_states = {CaseStatus.SUBMITTED, OfferStatus.PENDING_APPROVAL}
    if (
        request is None
        or approver is None
        or answerer is None
        or not approver.active
        or request.status not in waiting_states
    ):
        return {"told": 0}
    name, link = _named(app, request)
    _send(session, "question_answered", to=approver, now=now, answerer=answerer, name=name, link=link)
    return {"told": 1}


def watch_expiry(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Remind whoever sent an offer that its time runs out; once it is over, ask for the lapse that follows without an answer."""
    offer = session.get(Offer, job.payload["id"])
    day = job.payload["expires_on"]
    same = (
        offer is not None
        and offer.status == OfferStatus.EXTENDED
        and offer.expires_on is not None
        and (offer.expires_on.isoformat(), offer.terms_version) == (day, job.payload["terms_version"])
    )
    happening = moment(now)
    zone, calendar = happening.zone, happening.calendar
    share = int(job.payload["share"])
    if offer is not None and same and share == OVER:
        offer_expiry.schedule(session, offer, now=now, zone=zone, calendar=calendar)
    sender = session.get(User, offer.submitted_by_id or offer.created_by_id) if offer is not None and same else None
    if offer is None or sender is None or not sender.active:
        return {"told": 0}
    name, link = _named(app, offer)
    link = link.removesuffix("/approval")
    expires_on = dt.date.fromisoformat(day)
    facts = {
        "name": name,
        "link": link,
        "expires_on": expires_on,
        "percent_over": share,
        "is_last_day": share == expiry.LAST_DAY,
        "lapses_after": offer_expiry.last_day(expires_on, calendar),
    }
    _send(session, "offer_expired" if share == OVER else "time_runs_out", to=sender, now=now, **facts)
    return {"told": 1}


def let_lapse(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Let an offer lapse that nobody has answered a working day after its end."""
    return {"lapsed": offer_expiry.lapse(session, job, moment=moment(now))}


def tell_of_loss(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell whoever runs a search at once that the first choice is lost."""
    base = app.extensions["recruiter_settings"].base_url
    return _enqueue_all(session, alerts.tell_of_loss(session, job, moment=moment(now), base_url=base), now=now)


def tell_of_date_elsewhere(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell whoever runs a search that a finalist must answer elsewhere within a day."""
    base = app.extensions["recruiter_settings"].base_url
    emails = alerts.tell_of_date_elsewhere(session, job, moment=moment(now), base_url=base)
    return _enqueue_all(session, emails, now=now)


def _enqueue_all(session: Session, emails: list[Email], *, now: dt.datetime) -> JsonObject:
    for email in emails:
        mail.enqueue(session, email, now=now)
    return {"told": len(emails)}
