"""Jobs are claimed once, and history stays as written."""

import datetime as dt

import pytest

from recruiter.audit import queries as audit
from recruiter.foundation import jobs
from recruiter.foundation.database import append_only
from recruiter.foundation.jobs import JobStatus


def test_a_job_is_claimed_once(session, now):
    job = jobs.enqueue(session, "mail", payload={}, now=now)
    session.commit()
    assert jobs.claim(session, now=now).id == job.id
    session.commit()
    assert jobs.claim(session, now=now) is None


def test_a_job_of_a_dead_worker_is_taken_over(session, now):
    job = jobs.enqueue(session, "mail", payload={}, now=now)
    jobs.claim(session, now=now)
    session.commit()
    later = now + jobs.STALE_AFTER + dt.timedelta(seconds=1)
    again = jobs.claim(session, now=later)
    assert (again.id, again.status, again.tries) == (job.id, JobStatus.RUNNING, 2)


def test_a_job_waits_until_it_is_due(session, now):
    jobs.enqueue(session, "mail", payload={}, now=now, due_at=now + dt.timedelta(hours=1))
    assert jobs.claim(session, now=now) is None


def test_the_audit_chain_names_its_first_bad_entry(session, people):
    verdict = audit.verify(session)
    assert verdict.whole
    assert verdict.entries == 9
    from sqlalchemy import text

    session.execute(text("UPDATE audit_entry SET action = 'user.nothing' WHERE id = 3"))
    session.commit()
    session.expire_all()
    verdict = audit.verify(session)
    assert (verdict.whole, verdict.first_bad) == (False, 3)


def test_history_cannot_be_rewritten(session, people):
    from sqlalchemy import select

    from recruiter.audit.models import AuditEntry

    entry = session.scalars(select(AuditEntry)).first()
    entry.action = "user.other"
    with pytest.raises(append_only.HistoryIsFixedError):
        session.flush()
    session.rollback()
    session.delete(session.scalars(select(AuditEntry)).first())
    with pytest.raises(append_only.HistoryIsFixedError):
        session.flush()
