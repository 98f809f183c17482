"""Who runs a search, who sees it and how many seats it has, changed after it was opened, with history; and searches without people."""

import pytest

from recruiter.accounts import services as accounts
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.offers import opening_services
from recruiter.policy import scopes
from recruiter.requisitions import queries, rules, team_services
from recruiter.requisitions.models import OpeningStatus, Requisition, RequisitionStatus
from recruiter.requisitions.team_services import TeamTerms
from tests import factories
from tests.acts import act_by, moment
from tests.offers import arranging
from tests.sight import seen_ids


@pytest.fixture
def search(session, people, now):
    made = factories.requisition(session, people, now)
    session.commit()
    return made


def _sees(session, user, requisition):
    return requisition.id in seen_ids(session, scopes.requisitions(user), Requisition)


def _history(session, requisition):
    return [(change.field.value, change.before, change.after) for change in queries.history_of(session, requisition)]


def test_people_and_confidentiality_change_with_history(session, people, now, search):
    act, version = act_by(people.ruth, now=now), search.version
    terms = TeamTerms(hiring_manager=people.henk, recruiters=[people.rolf], access=[people.hana], confidential=True)
    team_services.change_team(session, requisition=search, terms=terms, act=act, reason="Hana moves")
    session.flush()
    assert search.version > version
    assert _history(session, search) == [
        ("confidential", "no", "yes"),
        ("access", "nobody", "Hana"),
        ("recruiters", "Ruth", "Rolf"),
        ("hiring_manager", "Hana", "Henk"),
    ]
    assert {change.reason for change in queries.history_of(session, search)} == {"Hana moves"}
    seeing = {user.name for user in vars(people).values() if _sees(session, user, search)}
    assert seeing == {"Henk", "Rolf", "Hana", "Ruth"}, "Ruth opened it"
    team_services.change_team(session, requisition=search, terms=terms, act=act)
    assert len(_history(session, search)) == 4, "what does not change is no change"


def test_people_alone_raise_the_version(session, people, now, search):
    version = search.version
    terms = TeamTerms(recruiters=[people.ruth, people.rolf])
    team_services.change_team(session, requisition=search, terms=terms, act=act_by(people.ruth, now=now))
    assert search.version > version


def test_whoever_makes_it_confidential_stays_on_it(session, people, now, search):
    terms = TeamTerms(confidential=True)
    team_services.change_team(session, requisition=search, terms=terms, act=act_by(people.rolf, now=now))
    assert _sees(session, people.rolf, search)


@pytest.mark.parametrize(
    ("field", "chosen"),
    [("hiring_manager", "ines"), ("recruiters", "rolf"), ("access", "rolf"), ("hiring_manager", "henk")],
)
def test_who_cannot_be_there_is_refused_by_name(session, people, now, search, field, chosen):
    user = getattr(people, chosen)
    if chosen != "ines":
        accounts.disable(session, user=user, act=moment(now))
    terms = TeamTerms(**{field: user if field == "hiring_manager" else [user]})
    with pytest.raises(RuleBroken, match=user.name) as refused:
        team_services.change_team(session, requisition=search, terms=terms, act=act_by(people.ruth, now=now))
    assert list(refused.value.errors) == [field]


def test_seats_are_added_and_given_up_as_far_as_they_are_free(session, people, now, search):
    act = act_by(people.ruth, now=now)
    opening_services.change_openings(session, requisition=search, count=3, act=act)
    application = factories.application(session, people, now, search)
    arranging.offer(session, people, application, now, to="accepted")
    opening_services.change_openings(session, requisition=search, count=1, act=act)
    assert [seat.status for seat in search.seats] == [OpeningStatus.FILLED]
    assert search.status == RequisitionStatus.FILLED, "every seat that is left is filled"
    opening_services.change_openings(session, requisition=search, count=2, act=act)
    assert search.status == RequisitionStatus.OPEN
    arranging.offer(session, people, factories.application(session, people, now, search), now)
    with pytest.raises(Conflict, match="2 openings are filled or have an offer"):
        opening_services.change_openings(session, requisition=search, count=1, act=act)
    for count in (0, rules.MOST_OPENINGS + 1):
        with pytest.raises(RuleBroken):
            opening_services.change_openings(session, requisition=search, count=count, act=act)
    assert [change[1:] for change in _history(session, search)] == [("1", "2"), ("3", "1"), ("1", "3")]


def test_the_page_changes_people_and_seats(session, people, now, search, browse):
    ruth, path = browse("ruth"), f"/requisitions/{search.key}/team"
    data = {
        "version": search.version,
        "hiring_manager": people.henk.id,
        "recruiters": [people.ruth.id],
        "openings": "2",
        "reason": "A second seat",
    }
    assert "saved" in ruth.post(path, data=data, follow_redirects=True).get_data(as_text=True)
    page = ruth.get(path).get_data(as_text=True)
    assert "changed openings: 1 → 2" in page
    assert "A second seat" in page
    session.refresh(search)
    again = ruth.post(path, data={**data, "version": search.version, "reason": "For nothing"})
    assert again.status_code == 422
    assert "Nothing changed, so the reason was not kept." in again.get_data(as_text=True)
    assert "For nothing" in again.get_data(as_text=True)
    stale = ruth.post(path, data={**data, "openings": "7", "reason": "Typed"})
    assert stale.status_code == 409
    assert "Typed" in stale.get_data(as_text=True)
    hana = browse("hana")
    assert hana.get(path).status_code == 404, "she has handed it over"


def test_the_api_changes_people_and_seats(session, people, now, search, api):
    body = {"hiring_manager": "henk@example.com", "recruiters": ["rolf@example.com"], "access": [], "openings": 2}
    changed = api.ruth.patch(f"/requisitions/{search.key}", {**body, "confidential": True, "reason": "New team"})
    assert changed.status_code == 200
    answer = changed.get_json()
    assert (answer["hiring_manager"]["name"], len(answer["openings"]), answer["confidential"]) == ("Henk", 2, True)
    items = api.ruth.get(f"/requisitions/{search.key}/changes").get_json()["items"]
    assert {item["field"] for item in items} == {"hiring_manager", "recruiters", "openings", "confidential"}
    assert api.ines.get(f"/requisitions/{search.key}/changes").status_code in {403, 404}


def test_an_administrator_reaches_only_a_search_whose_people_have_gone_on_record(session, people, now, browse):
    hidden = factories.requisition(session, people, now, title="CANARY", confidential=True)
    session.commit()
    anja, path = browse("anja"), f"/settings/unreachable-searches/{hidden.id}"
    assert anja.post(path, data={"reason": "Curious"}).status_code == 404
    for user in (people.hana, people.ruth):
        accounts.disable(session, user=session.merge(user), act=moment(now))
    session.commit()
    listed = anja.get("/settings/unreachable-searches").get_data(as_text=True)
    assert hidden.key in listed
    assert "CANARY" not in listed
    assert browse("rolf").get("/settings/unreachable-searches").status_code in {403, 404}
    anja.post(path, data={"reason": " "})
    assert not _sees(session, people.anja, hidden)
    session.rollback()
    assert "CANARY" in anja.post(path, data={"reason": "Both have left"}, follow_redirects=True).get_data(as_text=True)
    session.expire_all()
    assert _history(session, hidden) == [("access", "nobody", "Anja")]
