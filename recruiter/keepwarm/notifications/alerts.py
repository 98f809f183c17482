"""What cannot wait for the morning: a first choice is lost, or another employer's date is less than a day away. Told at once, once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import email_templates, jobs
from recruiter.foundation.act import Moment
from recruiter.foundation.jobs import Job
from recruiter.foundation.mail import Email
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import Member, MemberKind, Requisition
from recruiter.scorecards import queries as scorecards

LOST_IN = {
    Phase.BEFORE_OFFER: "has withdrawn before an offer was out",
    Phase.OFFER: "has declined the offer",
    Phase.ACCEPTED: "has gone after accepting the offer",
}
LOST, ELSEWHERE = "keepwarm.lost", "keepwarm.elsewhere"
NOON, BEFORE = dt.time(12), dt.timedelta(hours=24)
STALE = dt.timedelta(days=2)  # what nobody was told of by then stands in the morning mail


def first_choice_lost(session: Session, loss: FallThrough, *, act: Moment) -> Job:
    """Tell whoever runs the search of a loss, in the transaction that records it."""
    return jobs.enqueue(session, LOST, payload={"loss": loss.id}, now=act.now, asked_by_id=act.actor_id)


def offer_lapsed(session: Session, offer: Offer, *, act: Moment) -> Job:
    """Tell whoever runs the search that the first choice let the offer lapse, in the transaction that records it."""
    return jobs.enqueue(session, LOST, payload={"offer": offer.id}, now=act.now, asked_by_id=act.actor_id)


def answers_elsewhere(session: Session, process: CompetingProcess, *, moment: Moment) -> Job | None:
    """Tell whoever runs the search 24 hours before a candidate must answer elsewhere; at once where that is nearer.

    A date without an hour counts until noon of its day, where the company is. None where no date is known, or it has passed.
    """
    day = process.decision_on
    if day is None or day < moment.today:
        return None
    due_at = max(dt.datetime.combine(day, NOON, moment.zone).astimezone(dt.UTC) - BEFORE, moment.now)
    return jobs.enqueue(session, ELSEWHERE, payload={"process": process.id}, now=moment.now, due_at=due_at)


def runners(session: Session, requisition: Requisition) -> list[User]:
    """Who runs a search and may know its order: its recruiters and its manager, active, and owing no scorecard on it."""
    recruiters = select(Member.user_id).where(
        Member.requisition_id == requisition.id, Member.kind == MemberKind.RECRUITER
    )
    statement = select(User).where(
        User.active.is_(True), User.id.in_(recruiters) | (User.id == requisition.hiring_manager_id)
    )
    people = session.scalars(statement.order_by(User.id))
    return [
        user
        for user in people
        if user.is_staff and not scorecards.owes_on_slate(session, viewer=user, requisition=requisition)
    ]


def tell_of_loss(session: Session, job: Job, *, moment: Moment, base_url: str) -> list[Email]:
    """The mails of a loss; none where it was taken back meanwhile, or lies days back."""
    if moment.now - job.created_at > STALE:
        return []
    loss = session.get(FallThrough, job.payload["loss"]) if "loss" in job.payload else None
    offer = session.get(Offer, job.payload["offer"]) if "offer" in job.payload else None
    if loss is not None:
        application = loss.application
        is_lost = loss.taken_back_at is None and application.status in queries.ENDED
        open_losses = queries.open_losses(session, [loss.requisition_id]).values()
        promoted = loss.id not in {open_loss.id for open_loss in open_losses}
        why = LOST_IN[loss.phase]
    elif offer is not None:
        application, why = offer.application, "let the offer lapse without an answer"
        is_lost = offer.status == OfferStatus.LAPSED and application.status == ApplicationStatus.ACTIVE
        promoted = False
    else:
        return []
    if not is_lost:
        return []
    bench = pipeline.bench_of(session, application.requisition)
    facts = {
        "application": application,
        "why": why,
        "waiting": sum(finalist.application_id != application.id for finalist in bench),
        "promoted": promoted,
        "base_url": base_url,
    }
    runs_search = runners(session, application.requisition)
    others = [user for user in runs_search if user.id != job.asked_by_id]  # who recorded it knows
    return [
        email_templates.compose("keepwarm/first_choice_lost", to=recipient, **facts)
        for recipient in others or runs_search
    ]


def _newer_word(session: Session, process: CompetingProcess) -> bool:
    """Whether the candidate has told of the same process again since, or another one has the same date and was told of before."""
    statement = select(CompetingProcess).where(
        CompetingProcess.application_id == process.application_id, CompetingProcess.id != process.id
    )
    return any(
        (other.id > process.id and process.employer and other.employer == process.employer)
        or (other.id < process.id and other.decision_on == process.decision_on)
        for other in session.scalars(statement)
    )


def tell_of_date_elsewhere(session: Session, job: Job, *, moment: Moment, base_url: str) -> list[Email]:
    """The mails of a date elsewhere; none for who is on no slate any more, or where something newer is known."""
    process = session.get(CompetingProcess, job.payload["process"])
    if process is None or process.decision_on is None or process.decision_on < moment.today:
        return []
    application = process.application
    if application.finalist is None or application.status != ApplicationStatus.ACTIVE or _newer_word(session, process):
        return []
    facts = {"application": application, "on": process.decision_on, "base_url": base_url}
    return [
        email_templates.compose("keepwarm/date_elsewhere", to=recipient, **facts)
        for recipient in runners(session, application.requisition)
    ]
