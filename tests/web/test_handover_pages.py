"""Work is handed to somebody else by name, on pages and by the API, and Today tells it."""

import pytest

from recruiter.accounts.models import User
from recruiter.handover import services
from recruiter.offers.models import Offer
from tests import factories
from tests.acts import moment
from tests.handover.test_duties import concern, follow_up
from tests.offers import arranging, chaining


@pytest.fixture
def work(session, people, now):
    """A follow-up and a concern of Rolf's on Ada."""
    ada = factories.application(session, people, now, factories.requisition(session, people, now), "Ada Ferreira")
    made = (
        follow_up(session, people, now, ada, assignee=people.rolf),
        concern(session, people, now, ada, owner=people.rolf),
    )
    session.commit()
    return made


def _today(browse, name):
    return browse(name).get("/").get_data(as_text=True)


def test_today_tells_who_takes_over_and_the_command_says_so(browse, session, people, now, work):
    services.disable(session, user=people.rolf, act=moment(now))
    session.commit()
    page = _today(browse, "ruth")
    assert "Call about the dates (handed to you, before Rolf" in page
    assert "a concern about scope (handed to you, before Rolf" in page


def test_what_is_left_with_somebody_gone_is_handed_over_from_today(browse, api, session, people, now, work):
    task, worry = work
    people.rolf.active = False  # as before handovers were made
    session.commit()
    page = _today(browse, "ruth")
    assert f"/tasks/{task.id}/handover" in page
    assert f"/concerns/{worry.id}/handover" in page
    browse("ruth").post(f"/tasks/{task.id}/handover", data={"to": people.hana.id, "version": task.version})
    browse("ruth").post(f"/concerns/{worry.id}/handover", data={"to": people.hana.id, "version": worry.version})
    session.expire_all()
    assert (task.assignee.name, worry.owner.name) == (people.hana.name, people.hana.name)
    assert people.rolf.name in browse("ruth").get(f"/tasks/{task.id}/handover").get_data(as_text=True)
    for thing, number, holder in (("tasks", task.id, people.hana), ("concerns", worry.id, people.hana)):
        handovers = api.ruth.get(f"/{thing}/{number}/handovers").json["items"]
        assert [(given["from"]["id"], given["to"]["id"]) for given in handovers] == [(people.rolf.id, holder.id)]


def test_a_follow_up_goes_to_who_sees_it_alone(browse, api, session, people, now, work):
    task, _ = work
    page = browse("ruth").post(f"/tasks/{task.id}/handover", data={"to": people.ines.id, "version": task.version})
    assert (page.status_code, "does not see this person" in page.get_data(as_text=True)) == (422, True)
    assert api.ruth.patch(f"/tasks/{task.id}", {"assignee": people.ines.email}).status_code == 422
    assert api.ruth.patch(f"/tasks/{task.id}", {"assignee": people.hana.email}).json["assignee"]["id"] == people.hana.id


@pytest.mark.parametrize("confidential", [False, True])
def test_an_administrator_gives_the_turn_of_who_left(browse, api, session, people, now, confidential):
    omar, amos = (chaining.approver(session, name, now) for name in ("omar", "amos"))
    chaining.chain(session, people, now, [("Finance", 1, [omar])])
    search = factories.requisition(
        session, people, now, confidential=confidential, title="Cryptographer", access=[omar, amos]
    )
    offer = arranging.offer(
        session, people, factories.application(session, people, now, search, stage="offer"), now, to="pending"
    )
    services.disable(session, user=omar, act=moment(now))
    session.commit()
    assert "Choose who answers instead" in _today(browse, "anja")
    page = browse("anja").get("/settings/approval-turns").get_data(as_text=True)
    assert ("Cryptographer" in page) is not confidential
    assert [item["id"] for item in api.anja.get("/approval-turns").json["items"]] == [offer.id]
    given = {"of": omar.email, "to": amos.email}
    assert api.ruth.post(f"/offers/{offer.id}/approval-turn", given).status_code in {403, 404}
    if confidential:
        assert api.anja.post(f"/offers/{offer.id}/approval-turn", given).status_code == 200
    else:
        browse("anja").post(f"/offers/{offer.id}/approval-turn", data={"of": omar.id, "to": amos.id})
    session.expire_all()
    assert session.get(Offer, offer.id).plan["steps"][0][0]["members"] == [session.get(User, amos.id).id]
    assert "Every approval has somebody" in browse("anja").get("/settings/approval-turns").get_data(as_text=True)


def test_whoever_makes_an_approver_something_else_is_told_what_still_waits(browse, session, people, now):
    omar = chaining.approver(session, "omar", now)
    chaining.chain(session, people, now, [("Finance", 1, [omar])])
    search = factories.requisition(session, people, now)
    arranging.offer(
        session, people, factories.application(session, people, now, search, stage="offer"), now, to="pending"
    )
    session.commit()
    data = {"version": omar.version, "name": omar.name, "role": "interviewer", "team": ""}
    page = browse("anja").post(f"/settings/people/{omar.id}", data=data, follow_redirects=True).get_data(as_text=True)
    assert "1 approval waits for them." in page
