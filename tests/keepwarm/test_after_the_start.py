"""After the start: finalists are called and released; people who agreed are kept in touch with, and leave when they take it back."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.candidates.models import Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.after_start import bench_release, talent_pool
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import (
    BenchRelease,
    Channel,
    ConsentAnswer,
    Direction,
    PromiseState,
    TouchKind,
    Touchpoint,
)
from recruiter.pipeline.models import ApplicationStatus
from recruiter.policy import scopes
from recruiter.requisitions.models import StageKind
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    return requisition, factories.finalists(session, people, now, requisition)


def _start(session, people, requisition, application, now):
    arranging.offer(session, people, application, now, to="accepted")
    hired = next(stage for stage in requisition.stages if stage.kind == StageKind.HIRED)
    services.move(session, application=application, to=hired, act=act_by(people.ruth, now=now))


def _to_call(session, people, now, viewer="ruth"):
    within = scopes.searches(getattr(people, viewer))
    return bench_release.to_call(session, within=within, moment=moment(now))


def _release(session, people, application, now, *, answer="yes", feedback="Strong on design", ends_on=None):
    until = ends_on or (day_of(now) + 365 * DAY if answer == "yes" else None)
    call = bench_release.ReleaseCall(Channel.PHONE, feedback, ConsentAnswer(answer), until)
    return bench_release.release(
        session,
        application=application,
        call=call,
        act=act_by(people.ruth, now=now),
    )


def test_nobody_is_called_before_work_has_started(session, people, now, search):
    _, (ada, bela, _) = search
    arranging.offer(session, people, ada, now, to="accepted")
    assert _to_call(session, people, now) == []
    with pytest.raises(Conflict, match="until the hire has started"):
        _release(session, people, bela, now)


def test_after_the_start_each_finalist_waits_until_called(session, people, now, search):
    requisition, (ada, bela, chidi) = search
    _start(session, people, requisition, ada, now)
    waiting = _to_call(session, people, now)
    assert [call.application for call in waiting] == [bela, chidi]
    assert waiting[0].due_on == dt.date(2026, 11, 20)  # two working days after a Wednesday
    assert _to_call(session, people, now, viewer="henk") == []
    _release(session, people, bela, now)
    assert [waiting.application for waiting in _to_call(session, people, now)] == [chidi]


def test_the_call_does_everything_at_once(session, people, now, search):
    requisition, (ada, bela, _) = search
    promise = promise_services.make_promise(
        session, application=bela, what="You will hear", due_on=day_of(now) + DAY, act=act_by(people.ruth, now=now) )  # fmt: skip
    _start(session, people, requisition, ada, now)
    done = _release(session, people, bela, now)
    touch = session.get(Touchpoint, done.touchpoint_id)
    assert (touch.direction, touch.kind, touch.text) == (Direction.TO, TouchKind.FEEDBACK, "Strong on design")
    assert (bela.status, bela.reason_code) == (ApplicationStatus.REJECTED, "another_finalist")
    assert promise.state == PromiseState.KEPT
    consent_kept = session.get(Consent, done.consent_id)
    assert (consent_kept.application_id, consent_kept.given_on, consent_kept.text_version) == (
        bela.id,
        day_of(now),
        consent_services.TEXT_VERSION,
    )
    assert "18 November 2027" in consent_kept.text
    with pytest.raises(Conflict, match="does not wait"):
        _release(session, people, bela, now)


@pytest.mark.parametrize("answer", ["no", "later"])
def test_without_a_yes_nothing_is_kept(session, people, now, search, answer):
    requisition, (ada, bela, _) = search
    _start(session, people, requisition, ada, now)
    assert _release(session, people, bela, now, answer=answer).consent_id is None
    assert consent_services.current_consent(session, bela.candidate, today=day_of(now)) is None


def test_who_wanted_to_think_about_it_stays_to_be_asked_again(session, people, now, search):
    requisition, (ada, bela, chidi) = search
    _start(session, people, requisition, ada, now)
    _release(session, people, chidi, now, answer="no")
    _release(session, people, bela, now, answer="later")
    (waits,) = _to_call(session, people, now)
    assert (waits.application, waits.closed, waits.asked_at) == (bela, False, now)
    assert waits.due_on == dt.date(2026, 11, 25)  # five working days later
    later = now + 7 * DAY
    done = _release(session, people, bela, later, feedback="Yes, she said")
    assert session.get(Touchpoint, done.touchpoint_id).kind == TouchKind.CHECK_IN
    assert _to_call(session, people, later) == []
    with pytest.raises(Conflict, match="does not wait"):
        _release(session, people, bela, later)


def test_a_call_that_cannot_be_kept_changes_nothing(session, people, now, search):
    requisition, (ada, bela, _) = search
    _start(session, people, requisition, ada, now)
    session.commit()
    before = arranging.everything(session)
    for wrong in ({"feedback": "  "}, {"ends_on": day_of(now)}, {"ends_on": day_of(now) + 731 * DAY}):
        with pytest.raises(RuleBroken):
            _release(session, people, bela, now, **wrong)
        session.rollback()
    assert arranging.everything(session) == before


def test_who_was_closed_without_a_call_stays_on_the_list_for_a_month(session, people, now, search):
    requisition, (ada, bela, chidi) = search
    _start(session, people, requisition, ada, now)
    services.reject(session, application=bela, reason="another_finalist", act=act_by(people.ruth, now=now))
    assert [(waiting.application, waiting.closed) for waiting in _to_call(session, people, now)] == [
        (bela, True),
        (chidi, False),
    ]
    assert [waiting.application for waiting in _to_call(session, people, now + 31 * DAY)] == [chidi]
    _release(session, people, bela, now)
    assert [waiting.application for waiting in _to_call(session, people, now)] == [chidi]
    assert session.scalar(select(BenchRelease.application_id)) == bela.id


def test_who_withdrew_is_not_called(session, people, now, search):
    requisition, (ada, bela, chidi) = search
    _start(session, people, requisition, ada, now)
    services.withdraw(session, application=bela, reason="timing", act=act_by(people.ruth, now=now))
    assert [waiting.application for waiting in _to_call(session, people, now)] == [chidi]
    with pytest.raises(Conflict):
        _release(session, people, bela, now)


GIVEN = dt.date(2026, 1, 10)


@pytest.mark.parametrize(
    ("days_spoken", "days_due", "asks"),
    [
        (None, 30, False),
        (15, 30, False),  # too early to stand for the contact after 30 days
        (16, 90, False),
        (30, 90, False),
        (80, 180, False),
        (200, 305, True),  # 360 would come after the question whether it may go on
    ],
)
def test_contact_is_due_after_30_90_and_180_days_then_the_question(days_spoken, days_due, asks):
    last = None if days_spoken is None else GIVEN + days_spoken * DAY
    due = talent_pool.next_due(given_on=GIVEN, ends_on=GIVEN + 365 * DAY, last_contact=last)
    assert (due.on, due.asks) == (GIVEN + days_due * DAY, asks)


def test_a_short_consent_is_asked_again_before_any_contact_that_would_come_too_late():
    due = talent_pool.next_due(given_on=GIVEN, ends_on=GIVEN + 80 * DAY, last_contact=None)
    assert (due.on, due.asks) == (GIVEN + 20 * DAY, True)


def _agree(session, people, subject, now, days=365):
    return consent_services.record(
        session, subject=subject, ends_on=day_of(now) + days * DAY, channel="phone", act=act_by(people.ruth, now=now),
    )  # fmt: skip


def _listed(session, people, today, viewer="ruth"):
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC)
    actor = getattr(people, viewer)
    rows = talent_pool.people_in_touch(
        session, people=scopes.candidates(actor), within=scopes.searches(actor), moment=moment(noon)
    )
    return [row.consent.candidate for row in rows]


def test_only_who_agreed_is_listed_until_the_end_or_the_withdrawal(session, people, now, search):
    _, (ada, bela, chidi) = search
    _agree(session, people, ada.candidate, now, days=100)
    _agree(session, people, bela.candidate, now)
    today = day_of(now)
    assert _listed(session, people, today) == [ada.candidate, bela.candidate]
    assert _listed(session, people, today, viewer="henk") == []
    assert _listed(session, people, today + 101 * DAY) == [bela.candidate]
    consent_services.withdraw(
        session,
        candidate=bela.candidate,
        act=act_by(people.ruth, now=now + HOUR),
    )
    assert _listed(session, people, today) == [ada.candidate]
    with pytest.raises(Conflict):
        consent_services.withdraw(
            session,
            candidate=bela.candidate,
            act=act_by(people.ruth, now=now),
        )
    _agree(session, people, bela.candidate, now + 2 * HOUR)
    assert bela.candidate in _listed(session, people, today)
    assert chidi.candidate not in _listed(session, people, today)


def test_a_note_or_a_contact_does_not_move_the_end(session, people, now, search):
    _, (ada, *_) = search
    given = _agree(session, people, ada, now, days=100)
    contact = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, "Happy where I am")
    contact_services.record(session, application=ada, contact=contact, act=act_by(people.ruth, now=now + 50 * DAY))
    assert given.ends_on == day_of(now) + 100 * DAY
    assert _listed(session, people, day_of(now) + 101 * DAY) == []


def test_taken_back_on_one_of_two_records_counts_for_both_after_a_merge(session, people, now, search):
    from recruiter.pipeline import candidate_merge

    _, (ada, *_) = search
    other = factories.candidate(session, people, now)
    _agree(session, people, other, now)
    _agree(session, people, ada.candidate, now + HOUR)
    consent_services.withdraw(
        session,
        candidate=other,
        act=act_by(people.ruth, now=now + 2 * HOUR),
    )
    candidate_merge.merge(
        session, survivor=ada.candidate, duplicate=other, act=act_by(people.ruth, now=now + 3 * HOUR), within=scopes.searches(people.ruth),
    )  # fmt: skip
    session.flush()
    assert consent_services.current_consent(session, ada.candidate, today=day_of(now)) is None


def _rated(session, people, now, application, mark, *, by="igor"):
    talk = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR, panel=[Seat(getattr(people, by))], act=act_by(people.ruth, now=now) )  # fmt: skip
    marks = [Mark("System design", mark, "Split it"), Mark("Communication", 3, "Plain")]
    cards.submit(
        session, interview=talk, content=CardContent(marks, overall=3), act=act_by(getattr(people, by), now=now)
    )


def _known(session, people, requisition, now, viewer="ruth"):
    actor = getattr(people, viewer)
    return talent_pool.matches_for(
        session, requisition=requisition, viewer=actor, people=scopes.candidates(actor),
        within=scopes.searches(actor), moment=moment(now),
    )  # fmt: skip


def test_a_new_search_remembers_who_was_strong_on_what_it_asks_for(session, people, now, search):
    _, (ada, bela, chidi) = search
    for application, mark in ((ada, 5), (bela, 3), (chidi, 5)):
        _rated(session, people, now, application, mark)
    for application in (ada, bela):
        _agree(session, people, application.candidate, now)
    new = factories.requisition(session, people, now)
    loss = _known(session, people, new, now)
    assert [call.candidate for call in loss] == [ada.candidate]  # bela was not strong, chidi did not agree
    assert [(attribute.name, attribute.mean, attribute.cards) for attribute in loss[0].shared] == [
        ("Communication", 3, 1), ("System design", 5, 1),
    ]  # fmt: skip
    consent_services.withdraw(
        session,
        candidate=ada.candidate,
        act=act_by(people.ruth, now=now),
    )
    assert _known(session, people, new, now) == []


def test_ratings_stay_hidden_from_who_owes_a_card_there(session, people, now, search):
    requisition, (ada, *_) = search
    _rated(session, people, now, ada, 5)
    _agree(session, people, ada.candidate, now)
    new = factories.requisition(session, people, now)
    assert len(_known(session, people, new, now, viewer="hana")) == 1
    interviews.plan(
        session, application=ada, stage=requisition.stages[2], name="Late", starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR, panel=[Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    assert _known(session, people, new, now, viewer="hana") == []
    assert len(_known(session, people, new, now)) == 1


def test_statements_do_not_grow_with_people(session, people, now, search, count_statements):
    requisition, slate = search
    new = factories.requisition(session, people, now)
    _start(session, people, requisition, slate[0], now)
    counts = []
    for more in (slate[1:2], slate[2:]):
        for application in more:
            _rated(session, people, now, application, 5)
            _agree(session, people, application, now)
        session.commit()
        session.expunge_all()
        with count_statements() as seen:
            _listed(session, people, day_of(now))
            _to_call(session, people, now)
            _known(session, people, new, now)
        counts.append(len(seen))
    assert counts[0] == counts[1]
