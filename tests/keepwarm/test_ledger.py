"""The promise ledger: kept, renewed before, broken and told after or not at all; the rate by person and team."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import Channel, Direction, Phase, PromiseChange, PromiseState, TouchKind
from recruiter.keepwarm.overview import promise_ledger
from recruiter.keepwarm.overview.promise_ledger import Outcome
from recruiter.keepwarm.promotion import promote
from recruiter.keepwarm.undo import promotion_undo
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by, day_of, moment

HOUR = dt.timedelta(hours=1)
TODAY = dt.date(2026, 11, 18)
near = st.integers(-9, 9).map(lambda n: TODAY + dt.timedelta(days=n))


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now - factories.days(20))
    finalists = factories.finalists(
        session, people, now - factories.days(10), requisition, names=[f"Person {letter}" for letter in "ABCDEFG"]
    )
    session.commit()
    return finalists


def _promise(session, people, application, made, due, by="ruth"):
    return promise_services.make_promise(
        session,
        application=application,
        what="News",
        due_on=due,
        act=act_by(getattr(people, by), now=made),
    )


def _settle(session, people, promise, to, at, **more):
    promise_services.settle_promise(session, promise=promise, to=to, act=act_by(people.ruth, now=at), **more)


def _entries(session, people, now, since=60):
    return promise_ledger.entries(
        session, searches=scopes.searches(people.ruth), moment=moment(now), since=day_of(now) - factories.days(since)
    )


def _kept(session, people, now):
    since = day_of(now) - factories.days(60)
    return promise_ledger.count_kept(session, searches=scopes.searches(people.ruth), moment=moment(now), since=since)


@pytest.fixture
def ledger_promises(session, people, now, slate):
    """One promise of each kind."""
    then, due = now - factories.days(8), day_of(now) - factories.days(2)
    made = {name: _promise(session, people, application, then, due) for name, application in zip(
        ("kept", "renewed", "after", "silent", "withdrew"), slate, strict=False
    )}  # fmt: skip
    _promise(session, people, slate[5], now, day_of(now), by="hana")
    _settle(session, people, made["kept"], PromiseState.KEPT, now - factories.days(3), answer="You are in")
    _settle(
        session, people, made["renewed"], PromiseState.RENEWED, now - factories.days(3), due_on=day_of(now) + factories.days(3)
    )  # fmt: skip
    sorry = Contact(Direction.TO, Channel.PHONE, TouchKind.CALL, "Sorry", now - factories.days(1))
    contact_services.record(session, application=slate[2], contact=sorry, act=act_by(people.ruth, now=now))
    services.withdraw(
        session, application=slate[4], reason="timing", act=act_by(people.ruth, now=now - factories.days(4))
    )
    session.commit()


def test_every_promise_says_what_became_of_it(session, people, now, ledger_promises):
    outcomes = {
        (entry.application.candidate.name, entry.promise.due_on): entry.outcome
        for entry in _entries(session, people, now)
    }
    due = day_of(now) - factories.days(2)
    assert outcomes == {
        ("Person A", due): Outcome.KEPT,
        ("Person B", due): Outcome.RENEWED,
        ("Person B", day_of(now) + factories.days(3)): Outcome.OPEN,
        ("Person C", due): Outcome.TOLD_AFTER,
        ("Person D", due): Outcome.BROKEN,
        ("Person E", due): Outcome.VOID,
        ("Person F", day_of(now)): Outcome.DUE,
    }


def test_the_rate_is_of_what_has_fallen_due_by_person_and_team(session, people, now, ledger_promises):
    people.ruth.team, people.hana.team = "Talent", ""
    session.merge(people.ruth)
    session.commit()
    entries = _entries(session, people, now)
    ruth = next(tally for tally in promise_ledger.by_person(entries) if tally.name == "Ruth")
    assert (ruth.kept_count, ruth.renewed, ruth.told_after, ruth.broken, ruth.open, ruth.settled) == (1, 1, 1, 1, 1, 3)
    assert ruth.rate == pytest.approx(1 / 3)
    hana = next(tally for tally in promise_ledger.by_person(entries) if tally.name == "Hana")
    assert (hana.settled, hana.rate) == (0, None)
    assert [tally.name for tally in promise_ledger.by_team(entries)] == [promise_ledger.NO_TEAM, "Talent"]
    assert _kept(session, people, now) == (1, 3)


def test_another_promise_after_the_day_tells_them_too(session, people, now, ledger_promises, slate):
    _promise(session, people, slate[3], now, day_of(now) + factories.days(2))
    session.commit()
    outcomes = [entry.outcome for entry in _entries(session, people, now) if entry.application.id == slate[3].id]
    assert outcomes == [Outcome.OPEN, Outcome.TOLD_AFTER]


def test_the_ledger_takes_as_many_statements_for_many_as_for_few(session, people, now, slate, count_statements):
    seen = []
    for application in (slate[:1], slate):
        for each in application:
            _promise(session, people, each, now, day_of(now))
        session.commit()
        scope_reader = people.ruth.id
        assert scope_reader
        with count_statements() as statements:
            promise_ledger.entries(
                session, searches=scopes.searches(people.ruth), moment=moment(now), since=day_of(now)
            )
        seen.append(len(statements))
    assert seen[0] == seen[1] <= 4


@given(state=st.sampled_from(PromiseState), due=near, told_on=st.none() | near)
def test_what_became_of_a_promise_follows_from_its_dates(state, due, told_on):
    outcome = promise_ledger.outcome(state=state, due_on=due, today=TODAY, told_on=told_on)
    late = state == PromiseState.BROKEN or (state == PromiseState.OPEN and due < TODAY)
    assert (outcome in {Outcome.BROKEN, Outcome.TOLD_AFTER}) is late
    assert (outcome == Outcome.TOLD_AFTER) is (late and told_on is not None and told_on > due)
    assert (outcome in {Outcome.OPEN, Outcome.DUE}) is (state == PromiseState.OPEN and not late)


@pytest.mark.parametrize(
    ("name", "status"), [("ruth", 200), ("hana", 200), ("henk", 200), ("ines", 404), ("arne", 404)]
)
def test_who_sees_the_ledger_and_the_feedback_owed(browse, session, people, ledger_promises, slate, now, name, status):
    services.reject(
        session, application=slate[6], reason="Not this time", release_bench=True, act=act_by(people.ruth, now=now)
    )
    session.commit()
    promises, owed = (browse(name).get(f"/keep-warm/{page}") for page in ("promises", "feedback"))
    assert (promises.status_code, owed.status_code) == (status, status)
    seen = name in {"ruth", "hana"}
    assert ("1 of 3 (33%)" in promises.get_data(as_text=True)) is seen
    assert ("Person G" in owed.get_data(as_text=True)) is seen


def _promote(session, people, search, at):
    return promote.promote(
        session,
        requisition=search,
        phase=Phase.BEFORE_OFFER,
        reason="timing",
        act=act_by(people.ruth, now=at),
    )


def _of(session, people, now, application):
    return [each.outcome for each in _entries(session, people, now) if each.application.id == application.id]


def test_what_a_promotion_moves_counts_as_told_only_once_they_were_told(session, people, now, slate):
    waits, due = slate[2], day_of(now) + factories.days(4)
    _promise(session, people, waits, now, due)
    done = _promote(session, people, waits.requisition, now)
    assert _of(session, people, now, waits) == [Outcome.OPEN, Outcome.MOVED]
    late = Contact(Direction.TO, Channel.PHONE, TouchKind.CALL, "Late", now + factories.days(5))
    contact_services.record(
        session, application=waits, contact=late, act=act_by(people.ruth, now=now + factories.days(5))
    )
    assert Outcome.RENEWED not in _of(session, people, now, waits)
    contact = Contact(Direction.TO, Channel.PHONE, TouchKind.CALL, "A week more", now + HOUR)
    contact_services.record(session, application=waits, contact=contact, act=act_by(people.ruth, now=now + HOUR))
    assert _of(session, people, now + HOUR, waits) == [Outcome.OPEN, Outcome.RENEWED]
    assert done.promotion.undone_at is None


def test_promoting_taking_back_and_promoting_again_leaves_nothing_told(session, people, now, slate):
    waits = slate[2]
    _promise(session, people, waits, now, day_of(now) + factories.days(4))
    done = _promote(session, people, waits.requisition, now)
    at = now + HOUR
    promotion_undo.take_back(
        session,
        promotion=done.promotion,
        act=act_by(people.ruth, now=at),
    )
    _promote(session, people, waits.requisition, at + HOUR)
    tally = promise_ledger.by_person(_entries(session, people, at + HOUR))
    assert [(person.renewed, person.open) for person in tally] == [(0, 1)]
    assert len(_of(session, people, at + HOUR, waits)) == 4


def test_what_they_were_told_of_a_new_date_stays_with_the_promise(browse, session, people, slate, now):
    make_promise = promise_services.make_promise(
        session, application=slate[0], what="You will hear from us", due_on=day_of(now), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    path, later = f"/promises/{make_promise.id}/state", (day_of(now) + factories.days(3)).isoformat()
    silent = browse("ruth").post(path, data={"state": "renewed", "channel": "phone", "due_on": later})
    assert silent.status_code == 422
    form = {"state": "renewed", "channel": "phone", "due_on": later, "answer": "Two more days for the references"}
    assert browse("ruth").post(path, data=form).status_code == 303
    rows = session.scalars(
        select(PromiseChange).where(PromiseChange.promise_id == make_promise.id).order_by(PromiseChange.id)
    )
    assert [(row.state, row.answer) for row in rows] == [
        (PromiseState.OPEN, ""), (PromiseState.RENEWED, "Two more days for the references")
    ]  # fmt: skip
