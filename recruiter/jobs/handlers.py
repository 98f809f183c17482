"""What each kind of job does."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import daily_count, jobs
from recruiter.foundation.act import Moment
from recruiter.foundation.database import compaction, planner
from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.jobs import Job
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.mail import Email, FileMailer, Mailer, SmtpMailer
from recruiter.interviews.notices.emails import Installation
from recruiter.jobs import reminders
from recruiter.request_context import act_of, clock, settings

Handler = Callable[[Session, Job, Moment], JsonObject]  # does a job, and answers what is kept as its result


def mailer() -> Mailer:
    """Who delivers mail here: a server where one is set, else the outbox folder."""
    if "recruiter_mailer" in current_app.extensions:
        chosen_mailer: Mailer = current_app.extensions["recruiter_mailer"]
        return chosen_mailer
    chosen = settings()
    if chosen.smtp_url:
        return SmtpMailer(chosen.smtp_url, sender=chosen.mail_sender, without_tls=chosen.smtp_without_tls)
    return FileMailer(chosen.outbox, sender=chosen.mail_sender)


def writing(session: Session, job_id: int) -> Job:
    """Begin to write again after a part that held no transaction, so that others could write meanwhile."""
    begin_writing(session)
    job = session.get(Job, job_id)
    if job is None:
        raise RuntimeError("the job was taken away")
    return job


def deliver(session: Session, email: Email, *, job_id: int) -> Job:
    """Hand a message over and answer the job, to be written on. A slow mail server keeps nobody else from writing."""
    session.commit()
    mailer().send(email, key=f"job-{job_id}")
    return writing(session, job_id)


def _asked_by(session: Session, job: Job) -> User | None:
    return session.get(User, job.asked_by_id) if job.asked_by_id else None


def send_mail(session: Session, job: Job, _: Moment) -> JsonObject:
    """Deliver one message; its text is taken out of the job once it is gone."""
    deliver(session, Email(**job.payload), job_id=job.id).payload = {}
    return {"sent": True}


def send_message(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Deliver one message to a candidate, and record it as a contact; its text is taken out of the job once it is gone."""
    from recruiter.keepwarm.messages import message_services

    about, actor = dict(job.payload), _asked_by(session, job)
    application_id, key = about.pop("application_id"), about.pop("key", "")
    job = deliver(session, Email(**about), job_id=job.id)
    if actor is not None:
        act, subject, body = moment.by(actor), about["subject"], about["body"]
        message_services.record_delivery(
            session, application_id=application_id, subject=subject, body=body, key=key, act=act
        )
    job.payload = {}
    return {"sent": True}


def fit_model(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Fit the model on every past decision of this database.

    The long part holds no transaction, so that others write meanwhile; each step is committed for the page to show.
    """
    from recruiter.ranking import services as ranking
    from recruiter.ranking.training import fit

    job_id = job.id

    def progress(percent: int, phase: str) -> None:
        jobs.advance(writing(session, job_id), percent=percent, phase=phase)
        session.commit()

    jobs.advance(job, percent=5, phase="collecting decisions")
    training = ranking.prepare(session, moment=moment)
    session.commit()
    learnt = fit.learn(training, seed=0, progress=progress)
    actor = _asked_by(session, writing(session, job_id))
    run = ranking.save_run(session, training=training, result=learnt, act=act_of(actor, clock().now()))
    return {"model_version": run.name, "n_decisions": run.n_decisions, "active": run.active}


def audit_fairness(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Audit past decisions and the model for fairness. The long part holds no transaction."""
    from recruiter.budget.register import register_queries
    from recruiter.ranking.bias_audit import services as bias_audit

    job_id = job.id
    prepared = bias_audit.prepare(session, moment=moment, further=register_queries.approvals_for_audit(session))
    session.commit()
    seen = bias_audit.judge(prepared)
    actor = _asked_by(session, writing(session, job_id))
    audit = bias_audit.save(session, prepared=prepared, result=seen, act=act_of(actor, moment.now))
    return {"audit": audit.id, "slates": audit.result["slates"]}


def sweep_files(session: Session, _: Job, moment: Moment) -> JsonObject:
    """Delete the bytes of files that were removed, and what broken uploads left."""
    from recruiter.jobs import upkeep

    return upkeep.sweep_files(session, moment)


def apply_keeping_times(session: Session, _: Job, moment: Moment) -> JsonObject:
    """End what has reached the end of its keeping time."""
    from recruiter.jobs import upkeep

    return upkeep.apply_keeping_times(session, moment)


def compact_database(session: Session, job: Job, _: Moment) -> JsonObject:
    """Take what an erasure deleted out of the files of the database."""
    job_id = job.id
    session.commit()
    is_gone = compaction.compact(db.engine)
    writing(session, job_id)
    return {"log_emptied": is_gone}


def count_rows_anew(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Let the database count its rows anew, so that its queries are planned by how it is now; the next day again."""
    job_id = job.id
    session.commit()
    planner.count_anew(db.engine)
    writing(session, job_id)
    daily_count.schedule(session, moment=moment)
    return {}


def installation() -> Installation:
    """What mails say about this installation."""
    return Installation.of(settings())


def _seat(job: Job) -> dict[str, int]:
    return {name: job.payload[name] for name in ("interview_id", "user_id")}


def remind_of_card(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Remind somebody of a missing card: once for each step, and whenever somebody who runs the search asks for it."""
    from recruiter.scorecards.reminders import manual_reminders, reminder_schedule

    about, by = _seat(job), job.payload.get("asked_by_id")
    if by is not None:
        return {
            "sent": manual_reminders.deliver(session, **about, asked_by_id=by, house=installation(), now=moment.now)
        }
    return {"sent": reminder_schedule.take_step(session, **about, house=installation(), now=moment.now)}


def tell_panelist(session: Session, job: Job, moment: Moment) -> JsonObject:
    """Tell somebody of an interview, as it stands when the message goes out."""
    from recruiter.interviews.notices import notifications
    from recruiter.interviews.notices.emails import NoticeKind

    kind = NoticeKind(job.payload["told"])
    email = notifications.compose(session, **_seat(job), kind=kind, house=installation(), now=moment.now)
    if email is not None:
        deliver(session, email, job_id=job.id)
    return {"sent": email is not None}


HANDLERS: dict[str, Handler] = {
    "mail": send_mail,
    "message": send_message,
    "model.fit": fit_model,
    "model.audit": audit_fairness,
    "files.sweep": sweep_files,
    "retention.run": apply_keeping_times,
    "database.compact": compact_database,
    daily_count.KIND: count_rows_anew,
    "interview.notice": tell_panelist,
    "scorecard.reminder": remind_of_card,
    "approval.call": reminders.call_approvers,
    "approval.question": reminders.pass_question,
    "approval.answer": reminders.pass_answer,
    "offer.expiry": reminders.watch_expiry,
    "offer.lapse": reminders.let_lapse,
    "keepwarm.lost": reminders.tell_of_loss,
    "keepwarm.elsewhere": reminders.tell_of_date_elsewhere,
    "keepwarm.morning": reminders.send_morning_mails,
}
