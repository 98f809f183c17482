"""An interview moved, staffed anew, cancelled, not held: with its history, and everybody told what it means to them."""

import datetime as dt
import email
import email.policy

import pytest

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.foundation.mail import FileMailer
from recruiter.interviews import cancellation_services, queries, services
from recruiter.interviews.models import ChangeKind, InterviewStatus
from recruiter.interviews.services import Seat
from recruiter.jobs import worker
from recruiter.scorecards import interview_changes
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.scorecards import arranging

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def coming(session, people, now):
    application = arranging.seat(session, people, now)
    return arranging.talk(session, people, now, application, "ines", "igor", hours=-25, focus=["System design"])


def _work(app):
    """What has left ten minutes later, when changes are not gathered any more."""
    clock = app.extensions["recruiter_clock"]
    at, clock.at = clock.at, clock.now() + dt.timedelta(minutes=10)
    while worker.step(app):
        pass
    clock.at = at
    sent = list(app.extensions["recruiter_mailer"].sent)
    app.extensions["recruiter_mailer"].sent.clear()
    return sent


def _change(session, people, now, talk, **more):
    services.change(session, interview=talk, act=act_by(people.ruth, now=now), **more)
    session.commit()


def _kinds(session, talk):
    return [change.kind for change in queries.history_of(session, talk)]


@pytest.mark.hours
def test_the_panel_gets_a_calendar_file_when_it_is_planned(app, session, people, coming):
    sent = _work(app)
    assert {message.to for message in sent} == {"ines@example.com", "igor@example.com"}
    ines = next(message for message in sent if message.to == "ines@example.com")
    assert ines.subject == "Interview planned: Ada Ferreira, Senior Backend Engineer"
    assert "Thu 19 Nov 2026, 09:30 to 10:30 (UTC)" in ines.body
    assert "With: Igor" in ines.body
    assert "You look at: System design" in ines.body
    assert ines.calendar_method == "REQUEST"
    assert "SEQUENCE:0" in ines.calendar
    assert _kinds(session, coming) == [ChangeKind.PLANNED]


@pytest.mark.hours
def test_a_move_keeps_the_uid_and_raises_the_sequence(app, session, people, now, coming):
    before = _work(app)[0].calendar
    _change(session, people, now, coming, starts_at=now + 48 * HOUR, ends_at=now + 49 * HOUR, reason="Igor is ill")
    sent = _work(app)
    assert [message.subject.split(":")[0] for message in sent] == ["Interview changed", "Interview changed"]
    after = sent[0].calendar

    def uid(text):
        return next(line for line in text.split("\r\n") if line.startswith("UID:"))

    assert uid(before) == uid(after)
    assert "SEQUENCE:1" in after
    assert "DTSTART:20261120T093000Z" in after
    last = queries.history_of(session, coming)[-1]
    assert (last.kind, last.reason, last.by_id) == (ChangeKind.MOVED, "Igor is ill", people.ruth.id)
    assert (last.starts_before, last.starts_after) == (now + 24 * HOUR, now + 48 * HOUR)


def test_who_joins_is_invited_and_who_leaves_is_told(app, session, people, now, coming):
    _work(app)
    _change(session, people, now, coming, panel=[Seat(people.ines), Seat(people.xenia, cross_functional=True)])
    notices = {message.to: (message.subject.split(":")[0], message.calendar_method) for message in _work(app)}
    assert notices == {
        "ines@example.com": ("Interview changed", "REQUEST"),
        "xenia@example.com": ("Interview planned", "REQUEST"),
        "igor@example.com": ("Interview no longer yours", "CANCEL"),
    }
    assert [seat.user.name for seat in coming.panel] == ["Ines", "Xenia"]
    assert _kinds(session, coming)[-1] == ChangeKind.PANEL


def test_a_cancelled_interview_is_taken_out_of_calendars_for_good(app, session, people, now, coming):
    _work(app)
    _change(session, people, now, coming, status=InterviewStatus.CANCELLED, reason="He withdrew")
    sent = _work(app)
    assert {(message.calendar_method, "METHOD:CANCEL" in message.calendar) for message in sent} == {("CANCEL", True)}
    assert len(sent) == 2
    with pytest.raises(Conflict):
        _change(session, people, now, coming, status=InterviewStatus.PLANNED)


def test_nobody_came_only_after_the_start_and_it_may_be_planned_again(app, session, people, now, clock, coming):
    with pytest.raises(Conflict, match="not begun"):
        _change(session, people, now, coming, status=InterviewStatus.NO_SHOW)
    session.rollback()
    _work(app)
    clock.at = later = coming.starts_at + HOUR / 2
    _change(session, people, later, coming, status=InterviewStatus.NO_SHOW)
    assert [message.subject.split(":")[0] for message in _work(app)] == ["Interview not held"] * 2
    _change(
        session, people, later, coming, status=InterviewStatus.PLANNED, starts_at=later + 24 * HOUR,
        ends_at=later + 25 * HOUR,
    )  # fmt: skip
    assert coming.status == InterviewStatus.PLANNED
    assert [message.calendar_method for message in _work(app)] == ["REQUEST", "REQUEST"]


def test_a_message_that_would_be_wrong_by_now_is_not_sent(app, session, people, now, coming):
    _change(session, people, now, coming, status=InterviewStatus.CANCELLED)
    assert _work(app) == []  # nobody hears of what they never had in their calendar


def test_an_interview_planned_again_at_once_is_never_cancelled_last(app, session, people, now, coming):
    """Cancelled and back before any mail has left: no cancellation may follow the invitation."""
    _work(app)
    _change(session, people, now, coming, status=InterviewStatus.CANCELLED)
    cancellation_services.reinstate(session, interview_ids=[coming.id], act=act_by(people.ruth, now=now))
    session.commit()
    assert {message.calendar_method for message in _work(app)} == {"REQUEST"}


def test_who_is_taken_off_before_they_heard_of_it_hears_nothing(app, session, people, now, coming):
    _change(session, people, now, coming, panel=[Seat(people.ines)])
    assert {message.to for message in _work(app)} == {"ines@example.com"}
    other = arranging.talk(session, people, now, coming.application, "ines", hours=-30)
    person = session.merge(people.ines)
    person.active = False
    session.commit()
    assert _work(app) == []
    assert other.sequence == 0


def test_what_is_recorded_afterwards_is_told_to_nobody(app, session, people, now):
    arranging.talk(session, people, now, arranging.seat(session, people, now), "ines", hours=3)
    assert session.query(Job).count() == 0


def test_changes_within_five_minutes_are_one_message_that_tells_how_it_stands(app, session, people, now, clock, coming):
    _work(app)
    for minutes, place in enumerate(["Room 1", "Room 2", "Room 3"]):
        _change(session, people, now + dt.timedelta(minutes=minutes), coming, place=place)
    sent = _work(app)
    assert sorted(message.to for message in sent) == ["igor@example.com", "ines@example.com"]
    assert all("Room 3" in message.body and "SEQUENCE:3" in message.calendar for message in sent)
    clock.at = coming.starts_at - dt.timedelta(minutes=9)
    _change(session, people, clock.at, coming, place="Room 4")
    clock.at += dt.timedelta(seconds=1)
    assert worker.step(app), "what changes just before the start is told at once"


def test_nothing_changes_where_nothing_is_new(app, session, people, now, coming):
    _work(app)
    _change(
        session, people, now, coming, name=coming.name, place="", focus=["System design"], starts_at=coming.starts_at
    )
    assert coming.sequence == 0
    assert _work(app) == []


def test_a_confidential_search_names_nobody_in_mail_subjects_and_calendars(app, session, people, now):
    hidden = factories.requisition(session, people, now, confidential=True, title="CANARY role")
    application = arranging.seat(session, people, now, "CANARY Person", hidden)
    arranging.talk(session, people, now, application, "ines", hours=-25, name="CANARY panel")
    mail = _work(app)[0]
    assert "CANARY" not in mail.subject + mail.body + mail.calendar
    assert "CLASS:PRIVATE" in mail.calendar
    assert mail.subject == "Interview planned"


def test_neither_mail_nor_calendar_holds_what_anybody_rated(app, session, people, now, clock, coming):
    clock.at = later = coming.starts_at + HOUR / 2
    arranging.send(session, people, later, coming, "ines", 5)
    _change(session, people, later, coming, place="Room 5")
    sent = _work(app)
    assert sent
    assert all("CANARY" not in message.body + message.subject + message.calendar for message in sent)


def test_what_was_scored_took_place(session, people, now, clock, coming):
    clock.at = later = coming.starts_at + HOUR / 2
    cards.save(
        session, interview=coming, content=CardContent([Mark("System design", 3)]), act=act_by(people.igor, now=later)
    )
    about = {"interview": coming, "act": act_by(people.ruth, now=later)}
    with pytest.raises(Conflict, match="Igor has begun"):
        interview_changes.change(session, panel=[Seat(people.ines)], **about)
    arranging.send(session, people, later, coming, "ines", 3)
    for status in (InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW):
        with pytest.raises(Conflict, match="took place"):
            interview_changes.change(session, status=status, **about)
    with pytest.raises(Conflict, match="Plan another one"):
        interview_changes.change(session, starts_at=later + 24 * HOUR, ends_at=later + 25 * HOUR, **about)
    interview_changes.change(session, place="Room 5", **about)
    assert coming.place == "Room 5"


def test_a_long_place_and_an_empty_panel_are_refused(session, people, now, coming):
    for wrong in (
        {"place": "x" * 301},
        {"panel": []},
        {"panel": [Seat(people.ines), Seat(people.ines)]},
        {"focus": ["No"]},
    ):
        with pytest.raises(RuleBroken):
            services.change(session, interview=coming, act=act_by(people.ruth, now=now), **wrong)
        session.rollback()


def test_the_file_of_a_message_is_a_calendar_that_mail_readers_know(tmp_path, app, session, people, coming):
    message_sent = _work(app)[0]
    FileMailer(tmp_path, sender="r@example.com").send(message_sent, key="job-1")
    message = email.message_from_bytes((tmp_path / "job-1.eml").read_bytes(), policy=email.policy.default)
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "interview.ics"
    assert part.get_content().replace("\n", "\r\n").replace("\r\r", "\r") == message_sent.calendar
