"""Reminders of a morning: one mail a person with the groups of the page, once a day, on working days, at seven."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.jobs import worker
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.agreements import DateKind, MorningMail
from recruiter.keepwarm.notifications import daily_digest
from recruiter.keepwarm.schedule import agreement_services
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from tests import factories
from tests.acts import act_by, day_of, moment

BASE = "https://hire.example.com"
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"]


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(
        session, people, now, requisition, names=("Ada Ferreira", "Bela Novak", "Chidi Okoro", "Dora Lind", "Emil Roth")
    )
    session.commit()
    return finalists


def _arrange(session, people, now, slate):
    def promise(application, made, days):
        promise_services.make_promise(
            session, application=application, what="News", due_on=day_of(now) + factories.days(days), act=act_by(people.ruth, now=made) )  # fmt: skip

    promise(slate[0], now - factories.days(9), -1)
    promise(slate[1], now, 0)
    promise(slate[2], now, 1)
    competing_processes.record(
        session, application=slate[3], stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=day_of(now) + factories.days(6), disclosed_on=day_of(now), act=act_by(people.ruth, now=now) )  # fmt: skip
    agreement_services.agree_date(
        session, requisition=slate[0].requisition, kind=DateKind.DECISION, due_on=day_of(now) + factories.days(9), reason="",
        act=act_by(people.ruth, now=now) )  # fmt: skip
    services.reject(
        session, application=slate[4], reason="Not now", release_bench=True, act=act_by(people.ruth, now=now)
    )
    session.commit()


def _send(session, now, **more):
    return daily_digest.send(session, moment=moment(now, **more), base_url=BASE)


def test_everybody_who_runs_the_search_is_reminded_in_groups(session, people, now, slate):
    _arrange(session, people, now, slate)
    digest = daily_digest.due(session, moment=moment(now))
    assert [morning.user.name for morning in digest] == ["Ruth", "Hana"]
    assert [(line.group, line.name) for line in digest[0].lines] == [
        ("Overdue", "Ada Ferreira"),
        ("Due today", "Bela Novak"),
        ("Say whether a promise holds", "Chidi Okoro"),
        ("Dates clash", "Dora Lind"),
        ("Other offers about to expire", "Dora Lind"),
        ("Feedback owed", "Emil Roth"),
    ]


def test_one_mail_a_person_and_day(app, session, people, now, slate):
    _arrange(session, people, now, slate)
    assert _send(session, now) == 2
    session.commit()
    assert _send(session, now) == 0
    assert _send(session, now + factories.days(1)) == 2
    session.commit()
    assert len(session.scalars(select(MorningMail)).all()) == 4
    session.commit()
    while worker.step(app):
        pass
    sent = app.extensions["recruiter_mailer"].sent
    assert {mail.to for mail in sent} == {"ruth@example.com", "hana@example.com"}
    assert f"{BASE}/applications/{slate[0].id}/bench" in sent[0].body
    assert "Overdue\n- Ada Ferreira" in sent[0].body
    for mail in sent:  # a mail is read later, so every day in it has its year
        days = re.findall(r"\b\w{3} \d{1,2} \w{3}\b", mail.body)
        assert len(days) >= 7
        assert len(re.findall(r"\b\w{3} \d{1,2} \w{3} 2026\b", mail.body)) == len(days)


def test_nobody_is_written_to_without_need_or_on_a_day_off(session, people, now, slate):
    assert _send(session, now) == 0
    _arrange(session, people, now, slate)
    assert _send(session, now, calendar=WorkingDays(frozenset({day_of(now)}))) == 0
    assert _send(session, now + factories.days(3)) == 0  # Saturday
    people.hana.active = False
    session.merge(people.hana)
    session.commit()
    assert _send(session, now) == 1


@pytest.mark.hours
def test_the_job_sends_and_asks_for_the_next_morning(app, session, people, now, slate, clock):
    _arrange(session, people, now, slate)
    worker.plan(app)
    worker.plan(app)
    waits = session.scalars(select(Job).where(Job.kind == daily_digest.KIND)).all()
    assert [job.due_at for job in waits] == [dt.datetime(2026, 11, 19, 7, tzinfo=dt.UTC)]
    session.commit()
    clock.at = now + factories.days(1)
    while worker.step(app):
        pass
    session.expire_all()
    done, following = session.scalars(select(Job).where(Job.kind == daily_digest.KIND).order_by(Job.id)).all()
    assert (done.status, done.result) == (JobStatus.DONE, {"mails": 2})
    assert (following.status, following.due_at) == (JobStatus.QUEUED, dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC))
    assert len(app.extensions["recruiter_mailer"].sent) == 2


@pytest.mark.hours
def test_one_bad_morning_does_not_end_the_mornings(app, session, people, now, slate, clock, monkeypatch):
    _arrange(session, people, now, slate)
    worker.plan(app)
    session.commit()
    monkeypatch.setattr(daily_digest, "send", lambda *_, **__: 1 / 0)
    clock.at = now + factories.days(1)
    for _ in range(10):
        clock.at += dt.timedelta(hours=1)
        worker.step(app)
        worker.plan(app)
    session.expire_all()
    failed, following = session.scalars(select(Job).where(Job.kind == daily_digest.KIND).order_by(Job.id)).all()
    assert failed.status == JobStatus.FAILED
    assert (following.status, following.due_at) == (JobStatus.QUEUED, dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC))


@given(
    at=st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
    off=st.frozensets(st.dates(dt.date(2024, 1, 1), dt.date(2029, 1, 31)), max_size=30),
)
def test_the_next_morning_is_a_working_day_at_seven_and_ahead(at, zone, off):
    place, calendar = ZoneInfo(zone), WorkingDays(off)
    next_at = daily_digest.next_morning(moment(at, zone=place, calendar=calendar))
    local = next_at.astimezone(place)
    assert next_at > at
    assert (local.hour, local.minute) == (7, 0)
    assert calendar.is_working(local.date())
    assert (
        daily_digest.next_morning(moment(next_at, zone=place, calendar=calendar)).astimezone(place).date()
        > local.date()
    )


def test_it_takes_as_many_statements_for_many_as_for_few(session, people, now, slate, count_statements):
    _arrange(session, people, now, slate)
    with count_statements() as few:
        daily_digest.due(session, moment=moment(now))
    another = factories.requisition(session, people, now)
    factories.finalists(session, people, now - factories.days(9), another, names=[f"Person {n}" for n in range(30)])
    session.commit()
    session.connection()
    with count_statements() as many:
        assert len(daily_digest.due(session, moment=moment(now))[0].lines) > 30
    assert len(many) <= len(few) + 2


def test_who_owes_a_card_is_not_told_who_is_next(session, people, now, slate):
    services.withdraw(session, application=slate[0], reason="timing", act=act_by(people.ruth, now=now))
    interviews.plan(
        session, application=slate[2], stage=slate[2].requisition.stages[2], name="Panel", starts_at=now - dt.timedelta(hours=3),
        ends_at=now - dt.timedelta(hours=2), panel=[Seat(people.hana, cross_functional=False)], act=act_by(people.ruth, now=now - factories.days(1)),
        )  # fmt: skip
    session.commit()
    lost = {
        digest.user.name: [line.name for line in digest.lines if line.group == "First choice lost"]
        for digest in daily_digest.due(session, moment=moment(now))
    }
    assert lost.get("Ruth") == ["Bela Novak"]
    assert not lost.get("Hana")
