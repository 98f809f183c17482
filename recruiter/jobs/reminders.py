"""What reminds: approvers of what waits for them, whoever asked of what was not answered, whoever sent an offer of its end.

A mail names nobody's pay: it carries what is asked, by when, and a link.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation import jobs
from recruiter.foundation.calendar import dated
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


def _mail(session: Session, to: User, subject: str, body: str, now: dt.datetime) -> None:
    payload = {"to": to.email, "name": to.name, "subject": subject, "body": body}
    jobs.enqueue(session, "mail", payload=payload, now=now)


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
        body = f"The time to answer on {name} is over. Silence is no approval: it still waits.\n\n{link}\n"
        _mail(session, asker, f"No answer yet on {name}", body, now)
        return {"told": 1}
    if isinstance(request, BudgetCase) and share and approval_rounds.open_questions(request):
        asker = request.requested_by
        body = f"A question on {name} waits for your answer, and {share}% of the time to decide is over.\n\n{link}\n"
        _mail(session, asker, f"Reminder: answer the question on {name}", body, now)
        return {"told": 1}
    today = moment(now).today
    waiting = chain_queries.awaited_approvers(session, request, on=today)
    until = request.answer_by - dt.timedelta(minutes=1) if request.answer_by else None
    by = f" by the end of {until.astimezone(zone):%A, %-d %B %Y}" if until else ""
    time_used = f" {share}% of the time to answer is over." if share else ""
    for person in waiting:
        subject = f"Reminder: your answer on {name}" if share else f"Your answer is asked for: {name}"
        _mail(session, person, subject, f"Your answer on {name} is needed{by}.{time_used}\n\n{link}\n", now)
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
    _mail(session, asker, f"A question on {name}", f"{approver.name} asks a question on {name}:\n\n{link}\n", now)
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
    body = f"{answerer.name} has answered your question on {name}. It waits for your decision:\n\n{link}\n"
    _mail(session, approver, f"Your question on {name} is answered", body, now)
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
    ends = f"{name[:1].upper()}{name[1:]} expires on {dated(dt.date.fromisoformat(day))}"
    subject = f"No answer: {name} has expired" if share == OVER else ends
    if share == OVER:
        until = offer_expiry.last_day(dt.date.fromisoformat(day), calendar)
        sentence = (
            f"Its time is over. Record what the candidate answered by the end of {until:%A, %-d %B %Y}; "
            "without an answer it lapses by itself then."
        )
    elif share == expiry.LAST_DAY:
        sentence = "The candidate has a day left. Ask how they stand."
    else:
        sentence = f"{share}% of the time to answer is over. Ask the candidate how they stand."
    _mail(session, sender, subject, f"{sentence}\n\n{link}\n", now)
    return {"told": 1}


def let_lapse(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Let an offer lapse that nobody has answered a working day after its end."""
    return {"lapsed": offer_expiry.lapse(session, job, moment=moment(now))}


def tell_of_loss(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell whoever runs a search at once that the first choice is lost."""
    base = app.extensions["recruiter_settings"].base_url
    return _send(session, alerts.tell_of_loss(session, job, moment=moment(now), base_url=base), now)


def tell_of_date_elsewhere(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell whoever runs a search that a finalist must answer elsewhere within a day."""
    chosen = app.extensions["recruiter_settings"]
    mails = alerts.tell_of_date_elsewhere(session, job, moment=moment(now), base_url=chosen.base_url)
    return _send(session, mails, now)


def _send(session: Session, mails: list[Email], now: dt.datetime) -> JsonObject:
    for mail in mails:
        jobs.enqueue(session, "mail", payload=dataclasses.asdict(mail), now=now)
    return {"told": len(mails)}
