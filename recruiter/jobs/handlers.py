"""What each kind of job does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from recruiter.foundation.mail import Email, FileMailer, Mailer, SmtpMailer

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask
    from sqlalchemy.orm import Session

    from recruiter.foundation.jobs import Job


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


def send_message(app: Flask, session: Session, job: Job, now: dt.datetime) -> dict[str, Any]:
    """Deliver one message to a candidate, and record it as a contact; its text is taken out of the job once it is gone."""
    from recruiter.accounts.models import User
    from recruiter.keepwarm import messages

    about, actor = dict(job.payload), session.get(User, job.asked_by_id) if job.asked_by_id else None
    application_id = about.pop("application_id")
    mailer(app).send(Email(**about), key=f"job-{job.id}")
    if actor is not None:
        messages.left(session, application_id=application_id, body=about["body"], actor=actor, now=now)
    job.payload = {}
    return {"sent": True}


HANDLERS: dict[str, Handler] = {"message": send_message, "mail": send_mail, "model.fit": fit_model}
