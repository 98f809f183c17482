"""Reminding somebody of a card by hand: it goes out for real, in working hours, not too often, and to whom it is for alone."""

import datetime as dt

import pytest

from recruiter.foundation.errors import Conflict
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.notices.emails import Installation
from recruiter.jobs import handlers
from recruiter.pipeline import reasons
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.scorecards.models import CardRequest
from recruiter.scorecards.reminders import manual_reminders
from tests.acts import act_by, moment
from tests.scorecards import arranging

HOUSE = Installation("Calder Freight", "http://here", dt.UTC, "from@example.com")


@pytest.fixture
def talk(session, people, now):
    return arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", "igor")


def _ask(session, people, talk, now):
    return manual_reminders.ask(
        session, interview=talk, author=people.ines, act=act_by(people.hana, now=now), house=HOUSE
    )


def _mails(app, session, now):
    """What goes out when the worker has done all that is due."""
    for _ in range(3):
        waiting = session.query(Job).filter(Job.status == JobStatus.QUEUED, Job.due_at <= now).all()
        for job in [job for job in waiting if job.payload.get("asked_by_id") or job.kind == "mail"]:
            with app.app_context():
                handlers.HANDLERS[job.kind](session, job, moment(now))
            job.status = JobStatus.DONE
            session.flush()
    return [
        message for message in app.extensions["recruiter_mailer"].sent if "asks for your scorecard" in message.subject
    ]


@pytest.mark.hours
def test_the_one_who_owes_it_gets_a_mail_that_says_who_asks_and_what_waits(app, session, people, now, talk):
    assert _ask(session, people, talk, now) == now
    (mail,) = _mails(app, session, now)
    assert (mail.to, mail.subject) == ("ines@example.com", "Hana asks for your scorecard on Ada Ferreira")
    assert f"/scorecards/{talk.id}" in mail.body
    assert "It is due Thu 19 Nov" in mail.body
    assert "The decision is expected on" in mail.body
    assert session.query(CardRequest).one().by_id == people.hana.id


def test_outside_working_hours_it_waits_and_a_card_that_came_in_stops_it(app, session, people, now, talk):
    interviewer_profiles.save_profile(
        session,
        title="",
        zone="UTC",
        day_starts=14 * 60,
        day_ends=16 * 60,
        weekly_limit=8,
        act=act_by(people.ines, now=now),
    )
    leaves = _ask(session, people, talk, now)
    assert leaves == now.replace(hour=14, minute=0)
    assert _mails(app, session, now) == []
    arranging.send(session, people, now, talk, "ines", 4)
    assert _mails(app, session, leaves) == []


@pytest.mark.hours
def test_not_before_the_end_not_twice_in_four_hours_and_not_for_a_card_that_is_in(session, people, now, talk):
    with pytest.raises(Conflict, match="has not ended"):
        _ask(session, people, talk, talk.ends_at - dt.timedelta(minutes=1))
    _ask(session, people, talk, now)
    with pytest.raises(Conflict, match="Ines was reminded at 09:30"):
        _ask(session, people, talk, now + dt.timedelta(hours=3, minutes=59))
    assert _ask(session, people, talk, now + manual_reminders.SHORTEST_INTERVAL)
    arranging.send(session, people, now, talk, "ines", 4)
    with pytest.raises(Conflict, match="Nothing is wanted of Ines"):
        _ask(session, people, talk, now + dt.timedelta(days=1))


def test_nobody_is_asked_about_somebody_who_is_out(session, people, now, talk):
    pipeline.end(
        session,
        application=talk.application,
        status=ApplicationStatus.WITHDRAWN,
        reason=reasons.resolve("withdrawal", "x"),
        act=act_by(people.ruth, now=now),
    )
    with pytest.raises(Conflict, match="Nothing is wanted"):
        _ask(session, people, talk, now)


@pytest.mark.hours
def test_the_debrief_the_cards_and_today_remind_and_come_back(browse, session, people, now, talk):
    late = arranging.talk(session, people, now, talk.application, "igor", hours=30, name="Late talk")
    hana, key = browse("hana"), talk.application.requisition.key
    page = hana.get(f"/requisitions/{key}/debrief").get_data(as_text=True)
    assert "Remind Ines" in page
    path, back = f"/interviews/{talk.id}/scorecards/{people.ines.id}/reminder", f"/requisitions/{key}/debrief"
    assert hana.post(path, data={"back": back}).location == back
    assert "Ines reminded." in hana.get(back).get_data(as_text=True)
    assert hana.post(path, data={"back": "https://elsewhere.example"}).location.startswith("/applications/")
    assert "Once in four hours is enough" in hana.get(back).get_data(as_text=True)
    today = hana.get("/").get_data(as_text=True)
    assert f'action="/interviews/{late.id}/scorecards/{people.igor.id}/reminder"' in today
    assert "Remind Ines" in hana.get(f"/applications/{talk.application_id}/scorecards").get_data(as_text=True)
    session.expire_all()
    assert session.query(CardRequest).count() == 1
    assert session.query(Job).filter(Job.asked_by_id == people.hana.id).count() == 1
    session.commit()


@pytest.mark.parametrize(("name", "status"), [("ines", 403), ("henk", 404), ("arne", 404)])
def test_only_who_runs_the_search_reminds(browse, session, people, talk, name, status):
    path = f"/interviews/{talk.id}/scorecards/{people.igor.id}/reminder"
    assert browse(name).post(path).status_code == status
    assert browse("ruth").post(f"/interviews/{talk.id}/scorecards/{people.henk.id}/reminder").status_code == 404
    assert session.query(CardRequest).count() == 0
    session.commit()
