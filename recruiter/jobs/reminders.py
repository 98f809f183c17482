"""What reminds: approvers of what waits for them, whoever asked of what was not answered, whoever sent an offer of its end.

A mail names nobody's pay: it carries what is asked, by when, and a link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation import email_templates, mail
from recruiter.foundation.act import Moment
from recruiter.foundation.jobs import Job
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.mail import Email
from recruiter.keepwarm.lifecycle import offer_expiry
from recruiter.keepwarm.notifications import alerts, daily_digest
from recruiter.offers import expiry
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.models import Offer, OfferStatus
from recruiter.policy import permits
from recruiter.request_context import settings

OVER = 100


def _send(session: Session, emails: Sequence[Email], moment: Moment) -> JsonObject:
    """Queue mails, and answer how many people are told."""
    for email in emails:
        mail.enqueue(session, email, now=moment.now)
    return {"told": len(emails)}


def _request(session: Session, job: Job) -> Offer | BudgetCase | None:
    """The offer or the case whose approval a job is about."""
    number = job.payload["id"]
    return session.get(Offer, number) if job.payload.get("of") == "offer" else session.get(BudgetCase, number)


def _asker(session: Session, request: Offer | BudgetCase) -> User | None:
    """Whoever asked for an approval, while they work here and see it."""
    asker_id = request.submitted_by_id if isinstance(request, Offer) else request.requested_by_id
    return _reader(session, asker_id, request)


def _reader(session: Session, user_id: int | None, request: Offer | BudgetCase) -> User | None:
    """Somebody who may read a request; nobody is told of what they cannot open."""
    user = session.get(User, user_id) if user_id is not None else None
    return user if user is not None and permits.sees(session, user, request) else None


def _waits(request: Offer | BudgetCase) -> bool:
    return request.status in {OfferStatus.PENDING_APPROVAL, CaseStatus.SUBMITTED}


def _mail(template: str, request: Offer | BudgetCase, *, to: User, page: str = "", **facts: object) -> Email:
    """A mail about a request, which names nobody, with a link to it; `page` is that of an offer on which it is answered."""
    base = settings().base_url
    if isinstance(request, Offer):
        title = "" if request.requisition.confidential else f" for {request.requisition.title}"
        name, link = f"an offer{title}", f"{base}/offers/{request.id}{page}"
    else:
        name, link = f"budget case {request.number}", f"{base}/cases/{request.id}"
    return email_templates.compose(f"offers/{template}", to=to, name=name, link=link, **facts)


def call_approvers(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell those whose turn it is, or remind them; once the time is over, tell who asked that nothing was approved."""
    return _send(session, _calls(session, job, moment), moment)


def _calls(session: Session, job: Job, moment: Moment) -> list[Email]:
    request, share = _request(session, job), int(job.payload["share"])
    if request is None or request.submitted_at is None or not _waits(request):
        return []
    if request.submitted_at.isoformat() != job.payload["asked"]:
        return []
    if share == OVER:
        asker = _asker(session, request)
        return [_mail("no_answer_yet", request, to=asker, page="/approval")] if asker else []
    if isinstance(request, BudgetCase) and share and approval_rounds.open_questions(request):
        asker = _asker(session, request)
        return [_mail("question_waits", request, to=asker, percent_over=share)] if asker else []
    until = (request.answer_by - dt.timedelta(minutes=1)).astimezone(moment.zone) if request.answer_by else None
    return [
        _mail("answer_asked_for", request, to=approver, page="/approval", percent_over=share, until=until)
        for approver in chain_queries.awaited_approvers(session, request, on=moment.today)
        if job.payload.get("only") in {None, approver.id}
    ]


def pass_question(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever asked for an approval that an approver has a question; the words stay in the record."""
    request = _request(session, job)
    approver = session.get(User, job.payload["by"])
    asker = _asker(session, request) if request and approver else None
    emails = [_mail("question_asked", request, to=asker, approver=approver)] if request and asker else []
    return _send(session, emails, moment)


def pass_answer(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell an approver that the question was answered and the request waits for a decision; the words stay in the record."""
    request = _request(session, job)
    approver = _reader(session, job.payload["to"], request) if request else None
    answerer = session.get(User, job.payload["by"])
    if request is None or approver is None or answerer is None or not _waits(request):
        return _send(session, [], moment)
    answered = _mail("question_answered", request, to=approver, page="/approval", answerer=answerer)
    return _send(session, [answered], moment)


def watch_expiry(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Remind whoever sent an offer that its time runs out; once it is over, ask for the lapse that follows without an answer."""
    offer, share = session.get(Offer, job.payload["id"]), int(job.payload["share"])
    if offer is None or offer.expires_on is None or not offer_expiry.is_still_out(offer, job):
        return _send(session, [], moment)
    if share == OVER:
        offer_expiry.schedule(session, offer, moment=moment)
    sender = _reader(session, offer.submitted_by_id or offer.created_by_id, offer)
    if sender is None:
        return _send(session, [], moment)
    if share == OVER:
        lapses_after = offer_expiry.last_day(offer.expires_on, moment.calendar)
        return _send(session, [_mail("offer_expired", offer, to=sender, lapses_after=lapses_after)], moment)
    is_last_day = share == expiry.LAST_DAY
    reminder = _mail(
        "time_runs_out", offer, to=sender, expires_on=offer.expires_on, percent_over=share, is_last_day=is_last_day
    )
    return _send(session, [reminder], moment)


def let_lapse(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Let an offer lapse that nobody has answered a working day after its end."""
    return {"lapsed": offer_expiry.lapse(session, job, moment=moment)}


def tell_of_loss(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever runs a search at once that the first choice is lost."""
    return _send(session, alerts.tell_of_loss(session, job, moment=moment, base_url=settings().base_url), moment)


def tell_of_date_elsewhere(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell whoever runs a search that a finalist must answer elsewhere within a day."""
    emails = alerts.tell_of_date_elsewhere(session, job, moment=moment, base_url=settings().base_url)
    return _send(session, emails, moment)


def send_morning_mails(session: Session, _: Job, moment: Moment) -> JsonObject:
    """Send the reminders of this morning, and ask for the next one; where this one fails, the worker asks for it."""
    daily_digest.schedule(session, moment=moment)
    return {"mails": daily_digest.send(session, moment=moment, base_url=settings().base_url)}
