"""A bad morning ends no other, a failure is found again, a job that takes long stays with its worker, a dead worker's is taken over once."""

import datetime as dt
import logging
import threading

import pytest
from sqlalchemy import select

from recruiter.accounts.models import Role
from recruiter.foundation import jobs
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.jobs import worker
from recruiter.jobs.handlers import HANDLERS
from recruiter.keepwarm.notifications import daily_digest
from recruiter.web.settings.failed_jobs import LABELS

SECRET = "Zoë Ångström earns 92,000"


class Ticks:
    """An event that stops a worker once it has rested so often."""

    def __init__(self, rests):
        self.rests = rests

    def is_set(self):
        return self.rests <= 0

    def wait(self, _seconds):
        self.rests -= 1


@pytest.fixture
def mail_job(session, people, now):
    """A job that was asked for, with somebody's text in it."""
    job = jobs.enqueue(session, "mail", payload={"body": SECRET}, now=now)
    session.commit()
    return job


@pytest.fixture
def broken(monkeypatch):
    """Every mail fails with somebody's text in its error."""

    def fail(session, job, moment):
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error

    monkeypatch.setitem(HANDLERS, "mail", fail)


def _mornings(session):
    session.expire_all()
    return session.scalars(select(Job).where(Job.kind == daily_digest.KIND).order_by(Job.id)).all()


def test_a_bad_morning_ends_no_other(app, session, people, clock, monkeypatch):
    def fail(*given, **more):
        raise ValueError

    worker.run(app, Ticks(1))
    monkeypatch.setattr(daily_digest, "send", fail)
    clock.at = _mornings(session)[0].due_at
    session.commit()
    worker.run(app, Ticks(2))
    bad, following = _mornings(session)
    assert (bad.status, bad.tries) == (JobStatus.FAILED, jobs.TRIES)
    assert (following.status, following.due_at) == (JobStatus.QUEUED, dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC))


def test_a_failure_is_found_in_the_log_and_tells_nobody_s_text(app, session, mail_job, broken, caplog):
    with caplog.at_level(logging.ERROR, logger="recruiter.jobs.worker"):
        while worker.step(app):
            pass
    session.refresh(mail_job)
    assert (mail_job.status, mail_job.problem) == (JobStatus.FAILED, "ValueError")
    assert mail_job.error_id in caplog.records[-1].getMessage()
    assert len({record.getMessage() for record in caplog.records}) == jobs.TRIES
    for record in caplog.records:
        message = record.getMessage()
        assert "test_job_failures.py" in message  # where it happened
        assert "builtins.KeyError" in message
        assert "builtins.ValueError" in message
        assert SECRET not in message
        assert record.exc_info is None


def test_a_refusal_is_final_and_says_why(app, session, mail_job, monkeypatch):
    def refuse(session, job, moment):
        raise RuleBroken("There is nobody to write to.")

    monkeypatch.setitem(HANDLERS, "mail", refuse)
    assert worker.step(app)
    assert not worker.step(app)
    session.refresh(mail_job)
    assert (mail_job.status, mail_job.problem, mail_job.tries) == (JobStatus.FAILED, "There is nobody to write to.", 1)


def test_an_administrator_sees_what_failed_of_late(app, session, people, mail_job, broken, browse, clock):
    while worker.step(app):
        pass
    session.refresh(mail_job)
    people.xenia.role = Role.ADMIN
    session.merge(people.xenia)
    session.commit()
    page = browse("xenia").get("/settings").get_data(as_text=True)
    assert "Work that failed" in page
    assert mail_job.error_id in page
    assert SECRET not in page
    assert "Work that failed" not in browse("ruth").get("/settings").get_data(as_text=True)
    clock.at += dt.timedelta(days=31)
    assert "Work that failed" not in browse("xenia").get("/settings").get_data(as_text=True)


def test_every_kind_of_work_has_a_label_for_people():
    assert set(LABELS) == set(HANDLERS)


def test_a_renewed_claim_is_not_taken_over(session, mail_job, now):
    job = jobs.claim(session, now=now)
    later = now + jobs.STALE_AFTER - dt.timedelta(minutes=1)
    assert jobs.renew(session, job.id, tries=1, now=later)
    assert jobs.claim(session, now=later + dt.timedelta(minutes=5)) is None
    assert jobs.claim(session, now=later + jobs.STALE_AFTER + dt.timedelta(seconds=1)).tries == 2


def test_a_dead_worker_s_job_is_taken_over_once_and_its_result_does_not_count(session, mail_job, now):
    jobs.claim(session, now=now)
    later = now + jobs.STALE_AFTER + dt.timedelta(seconds=1)
    assert jobs.claim(session, now=later).tries == 2
    assert jobs.claim(session, now=later) is None
    assert not jobs.renew(session, mail_job.id, tries=1, now=later)
    assert not jobs.finish(session, mail_job.id, tries=1, result={"from": "the dead"}, now=later)
    assert jobs.finish(session, mail_job.id, tries=2, result={"from": "the living"}, now=later)
    session.refresh(mail_job)
    assert (mail_job.status, mail_job.result) == (JobStatus.DONE, {"from": "the living"})


def test_a_job_that_ends_every_worker_is_given_up(session, mail_job, now):
    for tries in range(1, jobs.TRIES + 1):
        assert jobs.claim(session, now=now).tries == tries
        now += jobs.STALE_AFTER + dt.timedelta(seconds=1)
    assert jobs.claim(session, now=now) is None
    session.refresh(mail_job)
    assert (mail_job.status, mail_job.problem) == (JobStatus.FAILED, jobs.ABANDONED)


def test_a_worker_renews_its_claim_while_it_works(app, session, mail_job, now, clock):
    jobs.claim(session, now=now)
    session.commit()
    clock.at = now + dt.timedelta(minutes=10)
    done = threading.Event()
    beat = threading.Thread(target=worker.renew_until, args=(app, mail_job.id, 1, done), kwargs={"every": 0.01})
    beat.start()
    for _ in range(500):
        session.refresh(mail_job)
        session.commit()
        if mail_job.renewed_at == clock.at:
            break
        beat.join(0.01)
    done.set()
    beat.join()
    session.refresh(mail_job)
    assert (mail_job.renewed_at, mail_job.started_at) == (clock.at, now)
