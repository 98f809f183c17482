"""What presses on each application of a board, the most urgent first; what a stage still asks for; nothing while blind."""

import datetime as dt

import pytest

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.overview import board_signals
from recruiter.keepwarm.overview.board_signals import SignalKind
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from tests import factories
from tests.acts import act_by, day_of, moment

UTC = dt.UTC


def seen(session, requisition, viewer, now):
    items = board_signals.of_requisition(session, requisition, viewer=viewer, moment=moment(now))
    return {item.row.name: item for item in items}, [item.row.name for item in items]


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    order = factories.finalists(session, people, now, requisition)
    other = factories.application(session, people, now, requisition, name="Dora Ito")
    return requisition, order, other


def talk(session, people, application, *names, at, now):
    return interviews.plan(
        session, application=application, stage=application.stage, name="Panel", starts_at=at, ends_at=at + dt.timedelta(hours=1),
        panel=[Seat(getattr(people, name)) for name in names], act=act_by(people.ruth, now=now) )  # fmt: skip


def kinds(glance):
    return [signal.kind for signal in glance.signals]


def test_quiet_people_stand_in_the_order_of_their_days(session, people, now, slate):
    requisition, _, _ = slate
    items, names = seen(session, requisition, people.ruth, now)
    assert names == ["Ada Ferreira", "Bela Novak", "Chidi Okoro", "Dora Ito"]
    assert all(item.signals == () for item in items.values())
    assert [item.place for item in items.values()] == [1, 2, 3, None]


def test_a_broken_promise_stands_before_a_late_card_and_that_before_a_date_elsewhere(session, people, now, slate):
    requisition, (ada, bela, _), dora = slate
    about = {"act": act_by(people.ruth, now=now)}
    promise_services.make_promise(session, application=bela, what="You will hear", due_on=day_of(now), **about)
    competing_processes.record(
        session, application=ada, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=day_of(now) + dt.timedelta(days=6), amount=None, disclosed_on=day_of(now), **about,
    )  # fmt: skip
    talk(session, people, dora, "ines", at=now - dt.timedelta(days=2), now=now)
    items, names = seen(session, requisition, people.ruth, now + dt.timedelta(days=1))
    assert names[:3] == ["Bela Novak", "Dora Ito", "Ada Ferreira"]
    assert kinds(items["Bela Novak"]) == [SignalKind.PROMISE_BROKEN]
    assert kinds(items["Dora Ito"]) == [SignalKind.CARD_LATE]
    assert kinds(items["Ada Ferreira"]) == [SignalKind.COMPETING]
    assert items["Dora Ito"].progress.longest_late[0] == "Ines"


def test_a_date_elsewhere_that_is_far_or_past_does_not_press(session, people, now, slate):
    requisition, (ada, *_), _ = slate
    for days in (-1, 12):
        competing_processes.record(
            session, application=ada, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
            decision_on=day_of(now) + dt.timedelta(days=days), amount=None, disclosed_on=day_of(now), act=act_by(people.ruth, now=now),
            )  # fmt: skip
    items, _ = seen(session, requisition, people.ruth, now)
    assert kinds(items["Ada Ferreira"]) == []


def test_a_finalist_not_spoken_to_becomes_due_and_then_overdue(session, people, now, slate):
    requisition, _, _ = slate
    due, _ = seen(session, requisition, people.ruth, now + dt.timedelta(days=7))
    assert kinds(due["Ada Ferreira"]) == [SignalKind.CONTACT_DUE]
    late, _ = seen(session, requisition, people.ruth, now + dt.timedelta(days=8))
    assert kinds(late["Ada Ferreira"]) == [SignalKind.CONTACT_OVERDUE]
    assert kinds(late["Dora Ito"]) == []


def test_who_owes_a_card_learns_no_place_and_nothing_of_the_debrief(session, people, now, slate):
    requisition, (ada, *_), _ = slate
    talk(session, people, ada, "hana", "ines", at=now - dt.timedelta(hours=3), now=now)
    blind, _ = seen(session, requisition, people.hana, now)
    assert {item.place for item in blind.values()} == {None}
    assert [line.text for line in blind["Ada Ferreira"].leaving] == ["0 of 2 scorecards in"]
    sighted, _ = seen(session, requisition, people.ruth, now)
    assert sighted["Ada Ferreira"].place == 1
    assert [line.text for line in sighted["Ada Ferreira"].leaving] == [
        "0 of 2 scorecards in", "Debrief to come", "On the slate"
    ]  # fmt: skip
