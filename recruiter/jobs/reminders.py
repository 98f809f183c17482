"""What reminds: approvers of what waits for them, whoever asked of what was not answered, whoever sent an offer of its end.

A mail names nobody's pay: it carries what is asked, by when, and a link.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from recruiter.accounts.models import User
from recruiter.budget.decisions import decision_services, question_services
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation import jobs
from recruiter.foundation.calendar import WorkingDays, dated
from recruiter.keepwarm.lifecycle import offer_expiry
from recruiter.keepwarm.notifications import alerts
from recruiter.offers import expiry
from recruiter.offers.approval import approval_chain, approval_services, chain_queries
from recruiter.offers.models import Offer, OfferStatus

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


def _named(app: Flask, one: Offer | BudgetCase) -> tuple[str, str]:
    """What a request is called without naming anybody, and where it is decided."""
    base = app.extensions["recruiter_settings"].base_url
    if isinstance(one, Offer):
        return f"an offer for {one.application.requisition.title}", f"{base}/offers/{one.id}/approval"
    return f"budget case {one.number}", f"{base}/cases/{one.id}"


def _waits(one: Offer | BudgetCase, asked: str) -> bool:
    pending = one.status == (OfferStatus.PENDING_APPROVAL if isinstance(one, Offer) else CaseStatus.SUBMITTED)
    return pending and one.submitted_at is not None and one.submitted_at.isoformat() == asked


def call_approvers(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell those whose turn it is, or remind them; once the time is over, tell who asked that nothing was approved."""
    one, share = _thing(session, job), int(job.payload["share"])
    if one is None or not _waits(one, job.payload["asked"]):
        return {"told": 0}
    zone = app.extensions["recruiter_settings"].zone
    name, link = _named(app, one)
    if share == OVER:
        asker = session.get(User, one.submitted_by_id if isinstance(one, Offer) else one.requested_by_id)
        if asker is None or not asker.active:
            return {"told": 0}
        body = f"The time to answer on {name} is over. Silence is no approval: it still waits.\n\n{link}\n"
        _mail(session, asker, f"No answer yet on {name}", body, now)
        return {"told": 1}
    if isinstance(one, BudgetCase) and share and question_services.open_questions(one):
        asker = one.requested_by
        body = f"A question on {name} waits for your answer, and {share}% of the time to decide is over.\n\n{link}\n"
        _mail(session, asker, f"Reminder: answer the question on {name}", body, now)
        return {"told": 1}
    if isinstance(one, Offer):
        words, barred = chain_queries.words_of(one), approval_services.barred_from(one)
    else:
        words, barred = decision_services.words_of(one), decision_services.barred_from(one)
    today = now.astimezone(zone).date()
    waiting = chain_queries.asked_now(session, approval_chain.plan_of(one.plan), words, barred=barred, on=today)
    until = one.answer_by - dt.timedelta(minutes=1) if one.answer_by else None
    by = f" by the end of {until.astimezone(zone):%A, %-d %B %Y}" if until else ""
    left = f" {share}% of the time to answer is over." if share else ""
    for person in waiting:
        subject = f"Reminder: your answer on {name}" if share else f"Your answer is asked for: {name}"
        _mail(session, person, subject, f"Your answer on {name} is needed{by}.{left}\n\n{link}\n", now)
    return {"told": len(waiting)}


def pass_question(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell whoever asked for an approval that an approver has a question; the words stay in the record."""
    one = _thing(session, job)
    approver = session.get(User, job.payload["by"])
    if one is None or approver is None:
        return {"told": 0}
    asker = session.get(User, one.submitted_by_id if isinstance(one, Offer) else one.requested_by_id)
    if asker is None or not asker.active:
        return {"told": 0}
    name, link = _named(app, one)
    link = link.removesuffix("/approval")
    _mail(session, asker, f"A question on {name}", f"{approver.name} asks a question on {name}:\n\n{link}\n", now)
    return {"told": 1}


def pass_answer(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell an approver that the question was answered and the thing waits for a decision; the words stay in the record."""
    one = _thing(session, job) if "of" in job.payload else session.get(BudgetCase, job.payload["id"])
    asked, by = session.get(User, job.payload["to"]), session.get(User, job.payload["by"])
    waits = {CaseStatus.SUBMITTED, OfferStatus.PENDING_APPROVAL}
    if one is None or asked is None or by is None or not asked.active or one.status not in waits:
        return {"told": 0}
    name, link = _named(app, one)
    body = f"{by.name} has answered your question on {name}. It waits for your decision:\n\n{link}\n"
    _mail(session, asked, f"Your question on {name} is answered", body, now)
    return {"told": 1}


def watch_expiry(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Remind whoever sent an offer that its time runs out; once it is over, ask for the lapse that follows without an answer."""
    one = session.get(Offer, job.payload["id"])
    day = job.payload["expires_on"]
    same = (
        one is not None
        and one.status == OfferStatus.EXTENDED
        and one.expires_on is not None
        and (one.expires_on.isoformat(), one.terms_version) == (day, job.payload["terms_version"])
    )
    zone, calendar = (
        app.extensions["recruiter_settings"].zone,
        WorkingDays(app.extensions["recruiter_settings"].holidays),
    )
    share = int(job.payload["share"])
    if one is not None and same and share == OVER:
        offer_expiry.schedule(session, one, now=now, zone=zone, calendar=calendar)
    sender = session.get(User, one.submitted_by_id or one.created_by_id) if one is not None and same else None
    if one is None or sender is None or not sender.active:
        return {"told": 0}
    name, link = _named(app, one)
    link = link.removesuffix("/approval")
    ends = f"{name[:1].upper()}{name[1:]} expires on {dated(dt.date.fromisoformat(day))}"
    subject = f"No answer: {name} has expired" if share == OVER else ends
    if share == OVER:
        until = offer_expiry.last_day(dt.date.fromisoformat(day), calendar)
        told = (
            f"Its time is over. Record what the candidate answered by the end of {until:%A, %-d %B %Y}; "
            "without an answer it lapses by itself then."
        )
    elif share == expiry.LAST_DAY:
        told = "The candidate has a day left. Ask how they stand."
    else:
        told = f"{share}% of the time to answer is over. Ask the candidate how they stand."
    _mail(session, sender, subject, f"{told}\n\n{link}\n", now)
    return {"told": 1}


def let_lapse(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001
    """Let an offer lapse that nobody has answered a working day after its end."""
    return {"lapsed": offer_expiry.lapse(session, job, now=now)}


def tell_of_loss(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell whoever runs a search at once that the first choice is lost."""
    base = app.extensions["recruiter_settings"].base_url
    return _send(session, alerts.tell_of_loss(session, job, now=now, base_url=base), now)


def tell_of_date_elsewhere(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell whoever runs a search that a finalist must answer elsewhere within a day."""
    chosen = app.extensions["recruiter_settings"]
    found = alerts.tell_of_date_elsewhere(session, job, now=now, zone=chosen.zone, base_url=chosen.base_url)
    return _send(session, found, now)


def _send(session: Session, mails: list[Email], now: dt.datetime) -> dict[str, Any]:
    for one in mails:
        jobs.enqueue(session, "mail", payload=dataclasses.asdict(one), now=now)
    return {"told": len(mails)}
