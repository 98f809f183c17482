"""What each kind of job does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from recruiter.foundation.jobs import Job
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.mail import Email, FileMailer, Mailer, SmtpMailer
from recruiter.jobs.reminders import (
    call_approvers,
    let_lapse,
    pass_answer,
    pass_question,
    tell_of_date_elsewhere,
    tell_of_loss,
    watch_expiry,
)
from recruiter.request_context import act_of, moment

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask
    from sqlalchemy.orm import Session

    from recruiter.interviews.notices.emails import Installation


class Handler(Protocol):
    """A kind of job: answers what is kept as its result."""

    def __call__(self, app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
        """Do the job."""
        ...


def mailer(app: Flask) -> Mailer:
    """Who delivers mail here: a server where one is set, else the outbox folder."""
    if "recruiter_mailer" in app.extensions:
        chosen_mailer: Mailer = app.extensions["recruiter_mailer"]
        return chosen_mailer
    chosen = app.extensions["recruiter_settings"]
    if chosen.smtp_url:
        return SmtpMailer(chosen.smtp_url, sender=chosen.mail_sender)
    return FileMailer(chosen.instance / "outbox", sender=chosen.mail_sender)


def writing(session: Session, job_id: int) -> Job:
    """Begin to write again after a part that held no transaction, so that others could write meanwhile."""
    session.connection(execution_options={"write": True})
    job = session.get(Job, job_id)
    if job is None:
        raise RuntimeError("the job was taken away")
    return job


def deliver(app: Flask, session: Session, email: Email, *, job_id: int) -> Job:
    """Hand a message over and answer the job, to be written on. A slow mail server keeps nobody else from writing."""
    session.commit()
    mailer(app).send(email, key=f"job-{job_id}")
    return writing(session, job_id)


def send_mail(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Deliver one message; its text is taken out of the job once it is gone."""
    deliver(app, session, Email(**job.payload), job_id=job.id).payload = {}
    return {"sent": True}


def fit_model(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Fit the model on every past decision of this database.

    The long part holds no transaction, so that others write meanwhile; each step is committed for the page to show.
    """
    from recruiter.accounts.models import User
    from recruiter.foundation import jobs
    from recruiter.ranking import services as ranking
    from recruiter.ranking.training import fit

    job_id, asked_by_id = job.id, job.asked_by_id

    def progress(percent: int, phase: str) -> None:
        jobs.advance(writing(session, job_id), percent=percent, phase=phase)
        session.commit()

    jobs.advance(job, percent=5, phase="collecting decisions")
    given = ranking.prepare(session, moment=moment(now))
    session.commit()
    learnt = fit.learn(given, seed=0, progress=progress)
    writing(session, job_id)
    actor = session.get(User, asked_by_id) if asked_by_id else None
    run = ranking.save_run(
        session, training=given, result=learnt, act=act_of(actor, app.extensions["recruiter_clock"].now())
    )
    return {"model_version": run.name, "n_decisions": run.n_decisions, "active": run.active}


def audit_fairness(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Audit past decisions and the model for fairness. The long part holds no transaction."""
    from recruiter.accounts.models import User
    from recruiter.budget.register import register_queries
    from recruiter.ranking.bias_audit import services as bias_audit

    job_id, asked_by_id = job.id, job.asked_by_id
    given = bias_audit.prepare(session, moment=moment(now), further=register_queries.approvals_for_audit(session))
    session.commit()
    seen = bias_audit.judge(given)
    writing(session, job_id)
    actor = session.get(User, asked_by_id) if asked_by_id else None
    made = bias_audit.save(session, prepared=given, result=seen, act=act_of(actor, now))
    return {"audit": made.id, "slates": made.result["slates"]}


def sweep_files(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Delete the bytes of files that were removed, and what broken uploads left."""
    from recruiter.candidates.records import file_services
    from recruiter.foundation.files.file_store import LocalFileStore

    store = LocalFileStore(app.extensions["recruiter_settings"].instance / "files")
    return {"swept": file_services.sweep(session, store=store, now=now)}


def send_message(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Deliver one message to a candidate, and record it as a contact; its text is taken out of the job once it is gone."""
    from recruiter.accounts.models import User
    from recruiter.keepwarm.messages import message_services

    about, actor = dict(job.payload), session.get(User, job.asked_by_id) if job.asked_by_id else None
    application_id, key = about.pop("application_id"), about.pop("key", "")
    job = deliver(app, session, Email(**about), job_id=job.id)
    if actor is not None:
        message_services.record_delivery(
            session,
            application_id=application_id,
            subject=about["subject"],
            body=about["body"],
            key=key,
            act=moment(now).by(actor),
        )
    job.payload = {}
    return {"sent": True}


def house(app: Flask) -> Installation:
    """What mails say about this installation."""
    from recruiter.interviews.notices.emails import Installation

    return Installation.of(app.extensions["recruiter_settings"])


def remind_of_card(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Remind somebody of a missing card: once for each step, and whenever somebody who runs the search asks for it."""
    from recruiter.scorecards.reminders import manual_reminders, reminder_schedule

    about = {"interview_id": job.payload["interview_id"], "user_id": job.payload["user_id"]}
    by = job.payload.get("asked_by_id")
    if by is not None:
        return {"sent": manual_reminders.deliver(session, **about, asked_by_id=by, house=house(app), now=now)}
    return {"sent": reminder_schedule.take_step(session, **about, house=house(app), now=now)}


def tell_panelist(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:
    """Tell somebody of an interview, as it stands when the message goes out."""
    from recruiter.interviews.notices import notice_content
    from recruiter.interviews.notices.emails import NoticeKind

    email = notice_content.compose(
        session,
        interview_id=job.payload["interview_id"],
        user_id=job.payload["user_id"],
        kind=NoticeKind(job.payload["told"]),
        house=house(app),
        now=now,
    )
    if email is not None:
        deliver(app, session, email, job_id=job.id)
    return {"sent": email is not None}


def remind(app: Flask, session: Session, job: Job, now: dt.datetime) -> JsonObject:  # noqa: ARG001
    """Send the reminders of this morning, and ask for the next one; where this one fails, the worker asks for it."""
    from recruiter.keepwarm.notifications import daily_digest

    daily_digest.schedule(session, moment=moment(now))
    count = daily_digest.send(session, moment=moment(now), base_url=app.extensions["recruiter_settings"].base_url)
    return {"mails": count}


HANDLERS: dict[str, Handler] = {
    "mail": send_mail,
    "message": send_message,
    "model.fit": fit_model,
    "model.audit": audit_fairness,
    "files.sweep": sweep_files,
    "interview.notice": tell_panelist,
    "scorecard.reminder": remind_of_card,
    "approval.call": call_approvers,
    "approval.question": pass_question,
    "approval.answer": pass_answer,
    "offer.expiry": watch_expiry,
    "offer.lapse": let_lapse,
    "keepwarm.lost": tell_of_loss,
    "keepwarm.elsewhere": tell_of_date_elsewhere,
    "keepwarm.morning": remind,
}
