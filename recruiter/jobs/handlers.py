"""What each kind of job does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from recruiter.foundation.mail import Email, FileMailer, Mailer, SmtpMailer

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask
    from sqlalchemy.orm import Session

    from recruiter.foundation.jobs import Job
    from recruiter.interviews.emails import House


class Handler(Protocol):
    """A kind of job: answers what is kept as its result."""

    def __call__(self, app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
        """Do the job."""
        ...


def mailer(app: Flask) -> Mailer:
    """Who delivers mail here: a server where one is set, else the outbox folder."""
    if "recruiter_mailer" in app.extensions:
        found: Mailer = app.extensions["recruiter_mailer"]
        return found
    chosen = app.extensions["recruiter_settings"]
    if chosen.smtp_url:
        return SmtpMailer(chosen.smtp_url, sender=chosen.mail_sender)
    return FileMailer(chosen.instance / "outbox", sender=chosen.mail_sender)


def send_mail(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001
    """Deliver one message; its text is taken out of the job once it is gone."""
    mailer(app).send(Email(**job.payload), key=f"job-{job.id}")
    job.payload = {}
    return {"sent": True}


def fit_model(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG001
    """Fit the model on every past decision of this database."""
    from recruiter.accounts.models import User
    from recruiter.ranking import services as ranking

    actor = session.get(User, job.asked_by_id) if job.asked_by_id else None
    run = ranking.fit(session, now=now, actor=actor)
    return {"model_version": run.name, "n_decisions": run.n_decisions, "active": run.active}


def house(app: Flask) -> House:
    """What mails say about this installation."""
    from recruiter.interviews.emails import House

    chosen = app.extensions["recruiter_settings"]
    return House(chosen.organisation, chosen.base_url, chosen.zone, chosen.mail_sender)


def remind_of_card(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Remind somebody of a missing card, once for each step."""
    from recruiter.scorecards import reminders

    about = {"interview_id": job.payload["interview_id"], "user_id": job.payload["user_id"]}
    return {"sent": reminders.take_step(session, **about, house=house(app), now=now)}


def tell_panelist(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Tell somebody of an interview, as it stands when the message goes out."""
    from recruiter.interviews import notices
    from recruiter.interviews.telling import Told

    found = notices.compose(
        session,
        interview_id=job.payload["interview_id"],
        user_id=job.payload["user_id"],
        told=Told(job.payload["told"]),
        house=house(app),
        now=now,
    )
    if found is not None:
        mailer(app).send(found, key=f"job-{job.id}")
    return {"sent": found is not None}


HANDLERS: dict[str, Handler] = {
    "mail": send_mail,
    "model.fit": fit_model,
    "interview.notice": tell_panelist,
    "scorecard.reminder": remind_of_card,
}
