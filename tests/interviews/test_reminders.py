"""Reminders of missing cards: never before the end, in working hours, each once, and no more when it is too late for them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation.jobs import Job, JobStatus
from recruiter.interviews import decision_dates, interviewer_profiles, services
from recruiter.interviews.notices.emails import Installation
from recruiter.jobs import worker
from recruiter.pipeline.models import ApplicationStatus
from recruiter.scorecards import rules
from recruiter.scorecards.models import CardReminder, ReminderStep
from recruiter.scorecards.reminders import reminder_schedule
from tests.acts import act_by
from tests.scorecards import arranging

HOUR = dt.timedelta(hours=1)
HOUSE = Installation("Calder", "http://x", ZoneInfo("UTC"), "r@example.com")


@pytest.fixture
def talk(session, people, now):
    """An interview today from 10:00 to 11:00, a Wednesday."""
    application = arranging.seat(session, people, now)
    made = services.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=now + HOUR / 2,
        ends_at=now + 3 * HOUR / 2, panel=[services.Seat(people.igor)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return made


def _until(app, clock, end):
    """Let the worker run, looking every half hour until then; what was sent, with the time it went out."""
    out = []
    mailer = app.extensions["recruiter_mailer"]
    while clock.at <= end:
        while worker.step(app):
            pass
        out += [(clock.at, message) for message in mailer.sent if "scorecard" in message.subject]
        mailer.sent.clear()
        clock.at += HOUR / 2
    return out


@pytest.mark.hours
def test_the_ladder_from_a_fresh_memory_to_whoever_decides(app, session, people, now, clock, talk):
    decision_dates.set_date(
        session, requisition=talk.application.requisition, decide_on=dt.date(2026, 11, 20), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    sent = _until(app, clock, now + dt.timedelta(days=5))
    end = talk.ends_at
    assert [(at, message.to) for at, message in sent] == [
        (end + HOUR, "igor@example.com"),
        (dt.datetime(2026, 11, 19, 9, 0, tzinfo=dt.UTC), "igor@example.com"),  # 07:00 is not Igor's working time
        (dt.datetime(2026, 11, 19, 13, 0, tzinfo=dt.UTC), "igor@example.com"),  # four hours after the last one
        (dt.datetime(2026, 11, 19, 17, 0, tzinfo=dt.UTC), "hana@example.com"),
    ]
    subjects = [message.subject for _, message in sent]
    assert subjects[0] == "Your scorecard on Ada Ferreira: two minutes while it is fresh"
    assert subjects[1] == "Your scorecard on Ada Ferreira is due Thu 19 Nov 2026, 11:00 (UTC)"
    assert subjects[2] == "Your scorecard on Ada Ferreira is late and holds up the decision of Fri 20 Nov 2026"
    assert subjects[3] == "Igor\u2019s scorecard on Ada Ferreira holds up the decision of Fri 20 Nov 2026"
    assert [reminder.step for reminder in session.query(CardReminder).order_by(CardReminder.id)] == list(ReminderStep)
    assert session.query(Job).filter(Job.status != JobStatus.DONE).count() == 0


def test_nothing_goes_out_before_the_end(app, session, people, now, clock, talk):
    assert _until(app, clock, talk.ends_at + HOUR / 2) == []
    for moment in (talk.starts_at, talk.ends_at - HOUR / 60):
        assert not reminder_schedule.take_step(
            session, interview_id=talk.id, user_id=people.igor.id, house=HOUSE, now=moment
        )


@pytest.mark.hours
def test_it_stops_when_the_card_is_in(app, session, people, now, clock, talk):
    assert len(_until(app, clock, talk.ends_at + 2 * HOUR)) == 1
    arranging.send(session, people, clock.at, talk, "igor", 4)
    assert _until(app, clock, now + dt.timedelta(days=5)) == []


@pytest.mark.parametrize("how", ["out", "cancelled", "left", "off the panel"])
def test_it_stops_when_nobody_waits_any_more(app, session, people, now, clock, talk, how):
    from recruiter.interviews.models import InterviewStatus

    if how == "out":
        talk.application.status = ApplicationStatus.WITHDRAWN
    elif how == "cancelled":
        talk.status = InterviewStatus.CANCELLED
    elif how == "left":
        session.merge(people.igor).active = False
    else:
        services.change(session, interview=talk, act=act_by(people.ruth, now=now), panel=[services.Seat(people.ines)])
    session.commit()
    sent = _until(app, clock, now + dt.timedelta(days=5))
    assert "igor@example.com" not in {message.to for _, message in sent}


@pytest.mark.hours
def test_a_moved_interview_is_reminded_of_after_its_new_end_and_once(app, session, people, now, clock, talk):
    services.change(
        session, interview=talk, act=act_by(people.ruth, now=now), starts_at=now + 24 * HOUR, ends_at=now + 25 * HOUR
    )
    session.commit()
    sent = _until(app, clock, now + dt.timedelta(days=6))
    assert sent[0][0] >= talk.ends_at + HOUR
    assert len(sent) == len({message.subject for _, message in sent}) == 4


def test_the_same_step_twice_sends_once(app, session, people, now, clock, talk):
    clock.at = talk.ends_at + HOUR
    about = {"interview_id": talk.id, "user_id": people.igor.id, "house": HOUSE, "now": clock.at}
    assert reminder_schedule.take_step(session, **about) is True
    assert reminder_schedule.take_step(session, **about) is False
    session.commit()
    assert session.query(CardReminder).count() == 1


@pytest.mark.hours
def test_they_come_in_the_working_hours_of_the_interviewer(app, session, people, now, clock, talk):
    interviewer_profiles.save_profile(
        session, title="", zone="America/New_York", day_starts=9 * 60, day_ends=17 * 60,
        weekly_limit=5, act=act_by(people.igor, now=now),
    )  # fmt: skip
    session.commit()
    sent = [at for at, message in _until(app, clock, now + dt.timedelta(days=5)) if message.to == "igor@example.com"]
    assert sent[0] == dt.datetime(2026, 11, 18, 14, 0, tzinfo=dt.UTC)  # 09:00 in New York
    local = [at.astimezone(ZoneInfo("America/New_York")) for at in sent]
    assert all(moment.weekday() < 5 and 9 <= moment.hour < 17 for moment in local)


@pytest.mark.hours
def test_a_late_card_of_the_manager_is_told_to_a_recruiter(app, session, people, now, clock):
    application = arranging.seat(session, people, now)
    services.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=now + HOUR / 2,
        ends_at=now + 3 * HOUR / 2, panel=[services.Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    sent = _until(app, clock, now + dt.timedelta(days=5))
    assert [mail.to for _, mail in sent] == ["hana@example.com"] * 3 + ["ruth@example.com"]


def test_a_worker_that_slept_sends_the_latest_alone_and_the_decider_later():
    end = dt.datetime(2026, 11, 18, 11, tzinfo=dt.UTC)
    assert rules.due_step(ends_at=end, now=end, sent=set()) is None
    assert rules.due_step(ends_at=end, now=end + 72 * HOUR, sent=set()) == ReminderStep.OVERDUE
    assert rules.due_step(ends_at=end, now=end + 72 * HOUR, sent={ReminderStep.OVERDUE}) == ReminderStep.MANAGER
    assert rules.due_step(ends_at=end, now=end + 72 * HOUR, sent={ReminderStep.MANAGER}) is None
    assert rules.due_step(ends_at=end, now=end + 2 * HOUR, sent={ReminderStep.FRESH}) is None
