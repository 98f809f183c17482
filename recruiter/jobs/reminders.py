"""What reminds: approvers of what waits for them, whoever asked of what was not answered, whoever sent an offer of its end.

A mail names nobody's pay: it carries what is asked, by when, and a link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation import jobs
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.keepwarm.lifecycle import offer_expiry
from recruiter.keepwarm.notifications import alerts, daily_digest
from recruiter.offers import expiry
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.models import Offer, OfferStatus
from recruiter.request_context import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.foundation.act import Moment
    from recruiter.foundation.jobs import Job

OVER = 100


def _send(session: Session, mails: Iterable[Email], moment: Moment) -> JsonObject:
    """Queue mails, and answer how many people are told."""
    return {"told": len([jobs.enqueue_mail(session, mail, now=moment.now) for mail in mails])}


def _mail(to: User, subject: str, text: str, link: str) -> Email:
    return Email(to.email, to.name, subject, f"{text}\n\n{link}\n")


def _request(session: Session, job: Job) -> Offer | BudgetCase | None:
    """The offer or the case whose approval a job is about."""
    number = job.payload["id"]
    return session.get(Offer, number) if job.payload.get("of") == "offer" else session.get(BudgetCase, number)


def _asker(session: Session, request: Offer | BudgetCase) -> User | None:
    """Whoever asked for an approval, while they work here."""
    asker = session.get(User, request.submitted_by_id if isinstance(request, Offer) else request.requested_by_id)
    return asker if asker is not None and asker.active else None


def _name(request: Offer | BudgetCase) -> str:
    """What a request is called without naming anybody."""
    if isinstance(request, Offer):
        return f"an offer for {request.application.requisition.title}"
    return f"budget case {request.number}"


def _page(request: Offer | BudgetCase, *, to_decide: bool = False) -> str:
    """Where a request is read; `to_decide` for where an approver answers it."""
    if isinstance(request, Offer):
        return f"{settings().base_url}/offers/{request.id}{'/approval' if to_decide else ''}"
    return f"{settings().base_url}/cases/{request.id}"


def _waits(request: Offer | BudgetCase) -> bool:
    return request.status in {OfferStatus.PENDING_APPROVAL, CaseStatus.SUBMITTED}


def call_approvers(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell those whose turn it is, or remind them; once the time is over, tell who asked that nothing was approved."""
    return _send(session, _calls(session, job, moment), moment)


def _calls(session: Session, job: Job, moment: Moment) -> list[Email]:
    request, share = _request(session, job), int(job.payload["share"])
    if request is None or request.submitted_at is None:
        return []
    if not _waits(request) or request.submitted_at.isoformat() != job.payload["asked"]:
        return []
    name, link = _name(request), _page(request, to_decide=True)
    if share == OVER:
        asker = _asker(session, request)
        text = f"The time to answer on {name} is over. Silence is no approval: it still waits."
        return [_mail(asker, f"No answer yet on {name}", text, link)] if asker else []
    if isinstance(request, BudgetCase) and share and approval_rounds.open_questions(request):
        text = f"A question on {name} waits for your answer, and {share}% of the time to decide is over."
        return [_mail(request.requested_by, f"Reminder: answer the question on {name}", text, link)]
    until = request.answer_by - dt.timedelta(minutes=1) if request.answer_by else None
    by = f" by the end of {until.astimezone(moment.zone):%A, %-d %B %Y}" if until else ""
    time_used = f" {share}% of the time to answer is over." if share else ""
    subject = f"Reminder: your answer on {name}" if share else f"Your answer is asked for: {name}"
    return [
        _mail(approver, subject, f"Your answer on {name} is needed{by}.{time_used}", link)
        for approver in chain_queries.awaited_approvers(session, request, on=moment.today)
    ]


def pass_question(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever asked for an approval that an approver has a question; the words stay in the record."""
    request, approver = _request(session, job), session.get(User, job.payload["by"])
    asker = _asker(session, request) if request and approver else None
    if request is None or approver is None or asker is None:
        return _send(session, [], moment)
    name, link = _name(request), _page(request)
    text = f"{approver.name} asks a question on {name}:"
    return _send(session, [_mail(asker, f"A question on {name}", text, link)], moment)


def pass_answer(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell an approver that the question was answered and the request waits for a decision; the words stay in the record."""
    request = _request(session, job)
    approver, answerer = session.get(User, job.payload["to"]), session.get(User, job.payload["by"])
    if request is None or approver is None or answerer is None or not approver.active or not _waits(request):
        return _send(session, [], moment)
    name, link = _name(request), _page(request, to_decide=True)
    text = f"{answerer.name} has answered your question on {name}. It waits for your decision:"
    return _send(session, [_mail(approver, f"Your question on {name} is answered", text, link)], moment)


def watch_expiry(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Remind whoever sent an offer that its time runs out; once it is over, ask for the lapse that follows without an answer."""
    offer, share = session.get(Offer, job.payload["id"]), int(job.payload["share"])
    if offer is None or offer.expires_on is None or not offer_expiry.is_still_out(offer, job):
        return _send(session, [], moment)
    if share == OVER:
        offer_expiry.schedule(session, offer, now=moment.now, zone=moment.zone, calendar=moment.calendar)
    sender = session.get(User, offer.submitted_by_id or offer.created_by_id)
    if sender is None or not sender.active:
        return _send(session, [], moment)
    name, link = _name(offer), _page(offer)
    subject = f"{name[:1].upper()}{name[1:]} expires on {dated(offer.expires_on)}"
    if share == OVER:
        subject = f"No answer: {name} has expired"
        until = offer_expiry.last_day(offer.expires_on, moment.calendar)
        text = (
            f"Its time is over. Record what the candidate answered by the end of {until:%A, %-d %B %Y}; "
            "without an answer it lapses by itself then."
        )
    elif share == expiry.LAST_DAY:
        text = "The candidate has a day left. Ask how they stand."
    else:
        text = f"{share}% of the time to answer is over. Ask the candidate how they stand."
    return _send(session, [_mail(sender, subject, text, link)], moment)


def let_lapse(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Let an offer lapse that nobody has answered a working day after its end."""
    return {"lapsed": offer_expiry.lapse(session, job, moment=moment)}


def tell_of_loss(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever runs a search at once that the first choice is lost."""
    return _send(session, alerts.tell_of_loss(session, job, moment=moment, base_url=settings().base_url), moment)


def tell_of_date_elsewhere(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever runs a search that a finalist must answer elsewhere within a day."""
    mails = alerts.tell_of_date_elsewhere(session, job, moment=moment, base_url=settings().base_url)
    return _send(session, mails, moment)


def send_morning_mails(session: Session, _: Job, moment: Moment) -> JsonObject:
    """Send the reminders of this morning, and ask for the next one; where this one fails, the worker asks for it."""
    daily_digest.schedule(session, moment=moment)
    return {"mails": daily_digest.send(session, moment=moment, base_url=settings().base_url)}
