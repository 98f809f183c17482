"""The list of who must hear from us."""

import datetime as dt

import pytest

from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.keepwarm.overview import contact_list
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by, day_of, moment

NAMES = [f"Person {letter}" for letter in "ABCDEFGHIJKL"]


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now - dt.timedelta(days=20))
    finalists = factories.finalists(session, people, now - dt.timedelta(days=2), requisition)
    session.commit()
    return finalists


def _list(session, person, now, **more):
    return contact_list.finalists_to_contact(session, within=scopes.searches(person), moment=moment(now), **more)


def _talk(session, people, application, at, now):
    contact = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, "Still keen", at)
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=now))


def test_the_most_urgent_stand_first(session, people, now, slate):
    _talk(session, people, slate[0], now, now)
    _talk(session, people, slate[1], now - dt.timedelta(days=30), now)
    order = [row.application.id for row in _list(session, people.ruth, now)]
    assert order == [slate[1].id, slate[2].id, slate[0].id]
    assert [row.application.id for row in _list(session, people.ruth, now, due="overdue")] == [slate[1].id]


@pytest.mark.parametrize(
    ("name", "count"), [("ruth", 3), ("rolf", 3), ("hana", 3), ("henk", 0), ("ines", 0), ("arne", 0)]
)
def test_everybody_sees_their_own(session, people, now, slate, name, count):
    assert len(_list(session, getattr(people, name), now)) == count


def test_who_has_left_is_on_no_list(api, session, people, now, slate):
    api.ruth.post(f"/applications/{slate[0].id}/withdrawal", {"reason": "timing"})
    items = api.ruth.get("/keep-warm").get_json()["items"]
    assert slate[0].id not in {item["application_id"] for item in items}
    assert items[0]["group"] == "fell_through"


def test_it_takes_as_many_statements_for_many_as_for_few(api, session, people, now, slate, count_statements):
    api.ruth.get("/keep-warm")  # the first use of a token is noted, once an hour
    with count_statements() as few:
        api.ruth.get("/keep-warm")
    another = factories.requisition(session, people, now)
    factories.finalists(session, people, now, another, names=NAMES)
    session.commit()
    with count_statements() as many:
        assert len(api.ruth.get("/keep-warm").get_json()["items"]) == 15
    assert len(many) <= len(few)


def test_a_promotion_page_takes_as_many_statements_for_many_as_for_few(browse, session, people, now, count_statements):
    seen = []
    for names in (NAMES[:3], NAMES):
        requisition = factories.requisition(session, people, now)
        slate = factories.finalists(session, people, now, requisition, names=names)
        for application in slate:
            promise_services.make_promise(
                session,
                application=application,
                what="News",
                due_on=day_of(now),
                act=act_by(people.ruth, now=now),
            )
        session.commit()
        ruth = browse("ruth")
        with count_statements() as statements:
            assert ruth.get(f"/requisitions/{requisition.key}/promote").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1]


def test_the_last_words_are_those_said_last_not_those_entered_last(session, people, now, slate):
    _talk(session, people, slate[0], now - dt.timedelta(hours=1), now)
    before = contact_services.Contact(
        Direction.TO, Channel.EMAIL, TouchKind.UPDATE, "Told of the plan", now - dt.timedelta(1)
    )
    contact_services.record(session, application=slate[0], contact=before, act=act_by(people.ruth, now=now))
    row = next(row for row in _list(session, people.ruth, now) if row.application.id == slate[0].id)
    assert row.contact.last_words == "Still keen"
