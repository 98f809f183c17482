"""Keeping times: a person is there on the last day but one, and gone at the run after it; who is on hold stays."""

import dataclasses
import datetime as dt
import os
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from recruiter.accounts.models import KeptForm, Role
from recruiter.candidates.models import Candidate, Note
from recruiter.candidates.records import consent_services
from recruiter.foundation.calendar import after_months
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.keepwarm.lifecycle import services as lifecycle
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.holds import hold_services
from recruiter.privacy.models import RequestKind, RequestOutcome, RetentionPeriod, RetentionPurpose
from recruiter.privacy.places import Places
from recruiter.privacy.requests import request_services
from recruiter.privacy.retention import daily_run, period_services, retention_queries, retention_services
from recruiter.privacy.retention.retention_rules import (
    Due,
    PastApplication,
    PersonFacts,
    Schedule,
    due_of,
)
from tests import factories
from tests.acts import act_by, moment

P = RetentionPurpose
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def places(app):
    chosen = app.extensions["recruiter_settings"]
    for left in (
        *chosen.outbox.glob("*"),
        *chosen.instance.glob("replaced-*"),
    ):  # of tests before, which share the folder
        left.unlink()
    return Places(files=chosen.files, outbox=chosen.outbox, instance=chosen.instance, key=chosen.secret_key)


@pytest.fixture
def rejected(session, people, now):
    """Somebody who was rejected now."""
    requisition = factories.requisition(session, people, now, location="Berlin")
    application = factories.application(session, people, now, requisition, "Wilhelmine Grosskopf")
    lifecycle.reject(session, application=application, reason="skills", act=act_by(people.ruth, now=now))
    session.commit()
    return application


def due_now(session, places, at):
    return retention_queries.due_items(session, times=retention_queries.schedule(session), places=places, moment=at)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 120))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    later = after_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("person", "due"),
    [
        (PersonFacts(1, DAY), Due(P.WITHOUT_APPLICATION, "", dt.date(2026, 9, 30))),
        (PersonFacts(1, DAY, (PastApplication("Berlin", goes_on=True, ended_on=DAY),)), None),
        (
            PersonFacts(1, DAY, (PastApplication("Berlin", goes_on=False, ended_on=DAY),)),
            Due(P.UNSUCCESSFUL, "Berlin", dt.date(2026, 9, 30)),
        ),
        (
            PersonFacts(
                1, DAY, (PastApplication("Paris", goes_on=False, ended_on=DAY, closed_on=dt.date(2026, 5, 1)),)
            ),
            Due(P.UNSUCCESSFUL, "Paris", dt.date(2026, 8, 1)),
        ),
        (
            PersonFacts(
                1,
                DAY,
                (PastApplication("Berlin", goes_on=False, ended_on=DAY),),
                consent_until=dt.date(2030, 1, 1),
                last_talk_on=DAY,
            ),
            Due(P.TALENT_POOL, "Berlin", dt.date(2028, 3, 31)),
        ),
        (
            PersonFacts(
                1, DAY, (PastApplication("Berlin", goes_on=False, ended_on=DAY),), consent_until=dt.date(2026, 12, 1)
            ),
            Due(P.TALENT_POOL, "Berlin", dt.date(2026, 12, 1)),
        ),
    ],
)
def test_when_a_keeping_time_ends(person, due):
    assert due_of(person, Schedule({("paris", P.UNSUCCESSFUL): 3})) == due


def test_a_place_has_its_own_time_else_that_of_everywhere_else():
    periods = {("california", P.UNSUCCESSFUL): 48, ("", P.UNSUCCESSFUL): 4}
    times = Schedule(periods)
    assert times.length(P.UNSUCCESSFUL, "California") == 48
    assert times.length(P.UNSUCCESSFUL, "Berlin") == 4
    assert Schedule({}).length(P.UNSUCCESSFUL) == 6
    assert Schedule({}, only_set=True).end(P.UNSUCCESSFUL, DAY, "Berlin") == dt.date.max
    assert Schedule(periods, only_set=True).end(P.UNSUCCESSFUL, DAY, "Berlin") == dt.date(2026, 7, 31)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "Pacific/Honolulu"])
def test_somebody_is_there_until_the_day_and_gone_at_the_run_after_it(session, rejected, places, now, zone):
    local = ZoneInfo(zone)
    end = after_months(now.astimezone(local).date(), 6)

    def run(day, at):
        instant = dt.datetime.combine(day, at, tzinfo=local)
        then = dataclasses.replace(moment(instant.astimezone(dt.UTC)), zone=local)
        return [item.number for item in retention_services.run(session, places=places, act=then)]

    assert run(end - dt.timedelta(days=1), dt.time(23, 59)) == []
    assert run(end + dt.timedelta(days=1), dt.time(2)) == [rejected.candidate_id]
    assert session.get(Candidate, rejected.candidate_id).name == f"Erased person {rejected.candidate_id}"
    assert run(end + dt.timedelta(days=2), dt.time(2)) == []


def test_who_is_on_hold_is_neither_erased_nor_deleted(session, people, rejected, places, now):
    later = moment(now + dt.timedelta(days=400))
    anja = act_by(people.anja, now=now)
    with pytest.raises(RuleBroken):
        hold_services.set_hold(session, subject=rejected.candidate, reason=" \u200b", until=now.date(), act=anja)
    with pytest.raises(RuleBroken):
        hold_services.set_hold(
            session, subject=rejected.candidate, reason="Claim", until=now.date() - dt.timedelta(days=1), act=anja
        )
    for subject in (rejected.candidate, rejected.requisition):
        hold = hold_services.set_hold(
            session, subject=subject, reason="Claim 17 C 5/26", until=dt.date(2029, 1, 1), act=anja
        )
        session.flush()
        with pytest.raises(Conflict, match="On legal hold until 1 Jan 2029"):
            erasure_services.erase(session, candidate=rejected.candidate, places=places, act=later)
        items = retention_services.run(session, places=places, act=later)
        assert [(item.number, item.on_hold) for item in items] == [(rejected.candidate_id, True)]
        assert session.get(Candidate, rejected.candidate_id).erased_at is None
        hold_services.lift(session, hold=hold, reason="Settled", act=anja)
        with pytest.raises(Conflict):
            hold_services.lift(session, hold=hold, reason="Settled", act=anja)
    assert [item.on_hold for item in retention_services.run(session, places=places, act=later)] == [False]


def test_a_note_does_not_prolong_a_consent(session, people, rejected, places, now):
    ends_on = now.date() + dt.timedelta(days=300)
    consent_services.record(
        session,
        subject=rejected,
        ends_on=ends_on,
        channel=next(iter(consent_services.CHANNELS)),
        act=act_by(people.ruth, now=now),
    )

    def due():
        later = moment(now + dt.timedelta(days=2000))
        return [item.due.on for item in due_now(session, places, later)]

    before = due()
    session.add(
        Note(
            candidate_id=rejected.candidate_id,
            text="Still great",
            text_key="still great",
            author_id=people.ruth.id,
            created_at=now + dt.timedelta(days=100),
        )
    )
    session.flush()
    assert due() == before == [ends_on]
    consent_services.withdraw(session, candidate=rejected.candidate, act=act_by(people.ruth, now=now))
    assert due() == [after_months(now.date(), 6)]


def test_a_time_that_deletes_needs_two_people_and_a_longer_one_only_where_there_are_two(session, people, now):
    factories.requisition(session, people, now, location="Berlin")
    anja = act_by(people.anja, now=now)

    def propose(place, length):
        return period_services.propose(session, purpose=P.UNSUCCESSFUL, place=place, length=length, act=anja)

    def months_set():
        return retention_queries.schedule(session).length(P.UNSUCCESSFUL, "Berlin")

    first = propose("Berlin", 9)
    assert first.is_open  # longer than usual, but from now on it would end by itself
    with pytest.raises(Conflict):
        period_services.confirm(session, period=first, act=anja)
    people.rolf.role = Role.ADMIN
    session.flush()
    rolf = act_by(people.rolf, now=now)
    period_services.confirm(session, period=first, act=rolf)
    assert months_set() == 9
    assert propose("Berlin", 12).is_open
    period_services.refuse(session, period=(shorter := propose(" berlin ", 3)), act=rolf)
    for decide in (period_services.confirm, period_services.refuse):
        with pytest.raises(Conflict):
            decide(session, period=shorter, act=rolf)
    people.rolf.role = Role.RECRUITER
    session.flush()
    assert propose("Berlin", 8).is_open
    assert months_set() == 9
    assert not propose("Berlin", 10).is_open  # the one administrator there is, and nothing goes sooner
    assert months_set() == 10
    for place, length in (("", 0), ("", -1), ("", 121), ("Berlin", 10)):
        with pytest.raises(RuleBroken):
            propose(place, length)
    with pytest.raises(RuleBroken, match="one time everywhere"):
        period_services.propose(session, purpose=P.DRAFT, place="Berlin", length=3, act=anja)


def _set(session, people, now, purpose, length):
    session.add(
        RetentionPeriod(
            purpose=purpose,
            length=length,
            proposed_by_id=people.anja.id,
            proposed_at=now,
            confirmed_by_id=people.rolf.id,
            confirmed_at=now,
        )
    )
    session.flush()


def test_the_night_ends_what_has_a_time_that_was_set_once_and_tells_it(session, people, rejected, places, now):
    later = moment(now + dt.timedelta(days=400))
    assert daily_run.apply(session, places=places, moment=later) == {"ended": {}, "on_hold": {}}
    assert daily_run.last_run(session) is None
    _set(session, people, now, P.WITHOUT_APPLICATION, 1)
    assert daily_run.apply(session, places=places, moment=later)["ended"] == {}
    assert session.get(Candidate, rejected.candidate_id).erased_at is None
    _set(session, people, now, P.UNSUCCESSFUL, 12)
    assert daily_run.apply(session, places=places, moment=later)["ended"] == {"unsuccessful": 1}
    assert daily_run.last_run(session).detail == {"ended": {"unsuccessful": 1}, "on_hold": {}}
    assert session.get(Candidate, rejected.candidate_id, populate_existing=True).erased_at is not None
    assert daily_run.apply(session, places=places, moment=later)["ended"] == {}
    (job,) = session.scalars(select(Job).where(Job.kind == daily_run.KIND))
    assert job.due_at == dt.datetime.combine(later.today + dt.timedelta(days=1), dt.time(3), dt.UTC)


def test_leftovers_end_and_those_of_people_on_hold_stay(session, people, rejected, places, now):
    old = (now - dt.timedelta(days=40)).timestamp()
    places.outbox.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, reader in (("theirs", "Wilhelmine Grosskopf"), ("other", "Somebody")):
        paths[name] = places.outbox / f"{name}.eml"
        paths[name].write_text(f"Subject: Hello\n\nDear {reader}")
    paths["replaced"] = places.instance / "replaced-20260101-000000.zip"
    paths["replaced"].write_bytes(b"PK")
    for path in paths.values():
        os.utime(path, (old, old))
    address = f"/applications/{rejected.id}/notes"
    for each in (address, "/applications/999999/notes"):
        at = now - dt.timedelta(days=40)
        session.add(KeptForm(user_id=people.ruth.id, address=each, fields=[["text", "typed"]], files=[], at=at))
    hold = hold_services.set_hold(
        session,
        subject=rejected.candidate,
        reason="Claim",
        until=dt.date(2029, 1, 1),
        act=act_by(people.anja, now=now),
    )
    session.commit()
    retention_services.run(session, places=places, act=moment(now))
    session.commit()
    assert {name for name, path in paths.items() if path.exists()} == {"theirs", "replaced"}
    assert [form.address for form in session.scalars(select(KeptForm))] == [address]
    hold_services.lift(session, hold=hold, reason="Settled", act=act_by(people.anja, now=now))
    retention_services.run(session, places=places, act=moment(now))
    session.commit()
    assert not any(path.exists() for path in paths.values())
    assert session.scalars(select(KeptForm)).all() == []


def test_a_request_has_its_dates_and_its_end(session, people, rejected, places, now):
    ruth = act_by(people.ruth, now=now)
    with pytest.raises(RuleBroken):
        request_services.record(
            session, candidate=rejected.candidate, kind=RequestKind.ACCESS, received_on=now.date() + dt.timedelta(days=1), details="", act=ruth
        )  # fmt: skip
    request = request_services.record(
        session,
        candidate=rejected.candidate,
        kind=RequestKind.ACCESS,
        received_on=dt.date(2026, 10, 31),
        details="By mail",
        act=ruth,
    )
    assert request.due_on == dt.date(2026, 11, 30)
    with pytest.raises(RuleBroken):
        request_services.end(session, request=request, outcome=RequestOutcome.REFUSED, answer=" ", act=ruth)
    erasure_services.erase(session, candidate=rejected.candidate, places=places, act=ruth)
    (ended,) = request_services.requests_of(session, session.get(Candidate, rejected.candidate_id))
    assert (ended.outcome, ended.ended_by_id, ended.details) == (RequestOutcome.OVERTAKEN, people.ruth.id, "[erased]")
    with pytest.raises(Conflict):
        request_services.end(session, request=ended, outcome=RequestOutcome.DONE, answer="", act=ruth)


def test_what_is_due_is_found(session, people, rejected, places, now):
    later = moment(now + dt.timedelta(days=400))
    for _ in range(3):
        factories.candidate(session, people, now)
    session.commit()
    due_now(session, places, later)
    assert len(session.scalars(select(Candidate)).all()) == 4
    assert {item.table for item in due_now(session, places, later)} == {"candidate"}


def test_an_erasure_is_not_called_done_while_the_data_is_there(session, people, now, rejected):
    ruth = act_by(people.ruth, now=now)
    erasure = request_services.record(
        session, candidate=rejected.candidate, kind=RequestKind.ERASURE, received_on=now.date(), details="", act=ruth
    )
    with pytest.raises(Conflict, match="Erase it first"):
        request_services.end(session, request=erasure, outcome=RequestOutcome.DONE, answer="Sent", act=ruth)
    request_services.end(session, request=erasure, outcome=RequestOutcome.REFUSED, answer="A claim runs.", act=ruth)
    assert erasure.outcome == RequestOutcome.REFUSED


def test_a_confirmation_tells_what_this_change_alone_adds(session, people, rejected, places, now):
    factories.candidate(session, people, now)  # without an application: another group, with no time that was set
    anja, later = act_by(people.anja, now=now), moment(now + dt.timedelta(days=150))
    session.commit()

    def added(**change):
        return retention_queries.added_by(session, places=places, moment=later, **change)

    shorter = period_services.propose(session, purpose=P.UNSUCCESSFUL, place="berlin", length=4, act=anja)
    everywhere = period_services.propose(session, purpose=P.UNSUCCESSFUL, place="", length=3, act=anja)
    assert added(period=shorter) == {"Candidates who were not hired, Berlin": 1}
    until = later.today + dt.timedelta(days=9)
    hold = hold_services.set_hold(session, subject=rejected.requisition, reason="Claim", until=until, act=anja)
    assert (added(period=shorter), added(lifted=hold)) == ({}, {})
    period_services.confirm(session, period=shorter, act=act_by(people.ruth, now=now))
    assert added(lifted=hold) == {"Candidates who were not hired, Berlin": 1}
    hold_services.lift(session, hold=hold, reason="Settled", act=anja)
    assert added(period=everywhere) == {}  # Berlin goes anyway, by its own time


@pytest.mark.parametrize("place", ["Atlantis", "Berlin, Germany", "Berlim"])
def test_a_place_that_no_requisition_has_is_refused(session, people, rejected, now, place):
    anja = act_by(people.anja, now=now)
    with pytest.raises(RuleBroken, match="Places of requisitions: Berlin") as refused:
        period_services.propose(session, purpose=P.UNSUCCESSFUL, place=place, length=4, act=anja)
    assert "place" in refused.value.errors
