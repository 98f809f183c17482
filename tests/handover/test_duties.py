"""What waits for a colleague whose account ends is given to whoever goes on with the search."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role, User
from recruiter.candidates.records import task_services
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.handover import queries, services
from recruiter.keepwarm.contacts import concern_services
from recruiter.keepwarm.models.records import ConcernKind
from recruiter.offers.approval import approval_chain, approval_rounds, approval_services
from recruiter.requisitions.team_services import TeamTerms, change_team
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging, chaining


def follow_up(session, people, now, subject, *, assignee):
    return task_services.plan(
        session, subject=subject, what="Call about the dates", due_on=day_of(now), assignee=assignee,
        act=act_by(people.hana, now=now),
    )  # fmt: skip


def concern(session, people, now, application, *, owner):
    kind, act = ConcernKind.SCOPE, act_by(people.hana, now=now)
    return concern_services.raise_concern(
        session, application=application, kind=kind, description="Too little design", owner=owner, act=act
    )


@pytest.fixture
def search(session, people, now):
    return factories.requisition(session, people, now)


@pytest.mark.parametrize("leaver", ["ines", "ruth"])
def test_follow_ups_and_concerns_go_to_who_is_left_on_the_search(session, people, now, search, leaver):
    """To its recruiter; where the recruiter leaves, to its hiring manager. Whose they were stays on record."""
    user, ada = getattr(people, leaver), factories.application(session, people, now, search)
    on_application = follow_up(session, people, now, ada, assignee=user)
    on_person = follow_up(session, people, now, ada.candidate, assignee=user)
    worry = concern(session, people, now, ada, owner=user)
    duties = services.disable(session, user=user, act=moment(now))
    heir = people.hana if leaver == "ruth" else people.ruth
    assert {on_application.assignee, on_person.assignee, worry.owner} == {heir}
    assert {on_application.handed_from, worry.handed_from} == {user}
    assert duties.sentences[0] == f"{heir.name} takes over 2 follow-ups and 1 concern."
    assert [(given.before, given.after) for given in queries.history_of(session, worry)] == [(user, heir)]


def test_what_nobody_can_take_stays_and_is_told(session, people, now, search):
    ada = factories.application(session, people, now, search)
    change_team(session, requisition=search, terms=TeamTerms(recruiters=[]), act=act_by(people.anja, now=now))
    accounts.disable(session, user=people.hana, act=moment(now))
    task = follow_up(session, people, now, ada, assignee=people.ines)
    duties = services.disable(session, user=people.ines, act=moment(now))
    assert task.assignee == people.ines
    assert duties.sentences == ["Nobody on the search can take over 1 follow-up. Choose somebody on Today."]


def test_a_confidential_search_that_nobody_else_reaches_is_told_before(session, people, now):
    factories.requisition(session, people, now, confidential=True)
    accounts.disable(session, user=people.hana, act=moment(now))
    sentences = queries.duties_of(session, people.ruth, moment=moment(now)).sentences
    assert "Nobody else reaches 1 confidential search. An administrator can, with a reason on record." in sentences


@pytest.fixture
def departed(session, people, now):
    """An offer that waits for Omar, who has left; Amos and Petra could answer, and Petra sits in the second step."""
    omar, petra, amos = (chaining.approver(session, name, now) for name in ("omar", "petra", "amos"))
    chaining.chain(session, people, now, [("Finance", 1, [omar])], [("Board", 2, [omar, petra])])
    ada = factories.application(session, people, now, factories.requisition(session, people, now), stage="offer")
    offer = arranging.offer(session, people, ada, now, to="pending")
    services.disable(session, user=omar, act=moment(now))
    return offer, omar, petra, amos


def test_the_turn_of_an_approver_who_left_is_given_to_another(session, people, now, departed):
    offer, omar, petra, amos = departed
    assert queries.departed_turns(session) == [(offer, omar)]
    act = act_by(people.anja, now=now)
    with pytest.raises(RuleBroken, match="Petra"):
        approval_services.give_turn(session, offer, of=omar, to=petra, act=act)
    approval_services.give_turn(session, offer, of=omar, to=amos, act=act)
    assert queries.departed_turns(session) == []
    assert approval_rounds.has_turn(offer, amos.id, represented=())
    assert [(given.before, given.after, given.by) for given in queries.history_of(session, offer)] == [
        (omar, amos, people.anja)
    ]
    with pytest.raises(Conflict, match="Omar any more"):
        approval_services.give_turn(session, offer, of=omar, to=amos, act=act)


def test_nobody_chooses_who_approves_what_they_asked_for(session, people, now, departed):
    offer, omar, _, amos = departed
    with pytest.raises(Forbidden, match="You asked"):
        approval_services.give_turn(session, offer, of=omar, to=amos, act=act_by(people.ruth, now=now))


def test_who_can_still_answer_keeps_their_turn(session, people, now, departed):
    offer, _, petra, amos = departed
    with pytest.raises(Conflict, match="Petra can still answer"):
        approval_services.give_turn(session, offer, of=petra, to=amos, act=act_by(people.anja, now=now))


def test_a_turn_that_others_of_the_group_can_give_waits_for_nobody_who_left(session, people, now):
    omar, petra, amos = (chaining.approver(session, name, now) for name in ("omar", "petra", "amos"))
    chaining.chain(session, people, now, [("Finance", 1, [omar, petra])])
    ada = factories.application(session, people, now, factories.requisition(session, people, now), stage="offer")
    offer = arranging.offer(session, people, ada, now, to="pending")
    assert queries.duties_of(session, omar, moment=moment(now)).turns == []
    services.disable(session, user=omar, act=moment(now))
    assert queries.departed_turns(session) == []
    assert queries.duties_of(session, petra, moment=moment(now)).turns == [offer]
    petra.role = Role.INTERVIEWER
    session.flush()
    assert {user for _, user in queries.departed_turns(session)} == {omar, petra}
    assert amos not in {user for _, user in queries.departed_turns(session)}


@given(
    members=st.lists(st.integers(1, 6), min_size=1, max_size=5, unique=True),
    needed=st.integers(1, 5),
    spoke=st.sets(st.integers(1, 6)),
    able=st.sets(st.integers(1, 6)),
)
def test_places_are_stuck_where_too_few_of_a_group_can_answer(members, needed, spoke, able):
    needed = min(needed, len(members))
    plan = approval_chain.ChainPlan("Any", ((approval_chain.Group("Finance", needed, tuple(members)),),))
    votes = [approval_chain.Vote(by=user, seat=user, step=1, group="Finance") for user in spoke & set(members)]
    stuck = {seat.user_id for seat in approval_chain.stuck_seats(plan, votes, able=able)}
    could_end = len(votes) + len((able & set(members)) - spoke) >= needed
    assert stuck == (set() if could_end else set(members) - spoke - able)


def test_late_cards_and_stand_ins_are_told_before_an_account_ends(session, people, now, search):
    ada = factories.application(session, people, now, search)
    factories.interview(session, people, ada, now - dt.timedelta(days=2), [people.igor])
    assert "1 scorecard of theirs is not in." in " ".join(
        queries.duties_of(session, people.igor, moment=moment(now)).sentences
    )
    bea = chaining.approver(session, "bea", now)
    chaining.stands_in(session, people, now, away=people.arne, deputy=bea)
    deputy, away = (
        " ".join(queries.duties_of(session, user, moment=moment(now)).sentences) for user in (bea, people.arne)
    )
    assert "They stand in for Arne until Mon 23 Nov 2026." in deputy
    assert "Bea stands in for them until Mon 23 Nov 2026." in away


def test_another_role_leaves_seats_that_pages_api_and_command_tell(session, people, now, search, browse, api):
    """Who is an approver no more leaves chains and stand-ins, who runs searches no more leaves requisitions."""
    bea = chaining.approver(session, "bea", now)
    chaining.chain(session, people, now, [("Finance", 1, [bea, people.arne])])
    chaining.stands_in(session, people, now, away=people.arne, deputy=bea)
    session.commit()
    left = api.anja.patch(f"/people/{bea.id}", {"role": "interviewer"}).get_json()["left"]
    assert [sentence.split(".")[0] for sentence in left] == [
        "They approve in Above the band",
        "They stand in for Arne until Mon 23 Nov 2026",
    ]
    assert api.anja.patch(f"/people/{bea.id}", {"role": "approver"}).get_json()["left"] == []
    hana = session.get(User, people.hana.id)
    data = {"version": hana.version, "name": hana.name, "role": "interviewer", "team": ""}
    page = browse("anja").post(f"/settings/people/{hana.id}", data=data, follow_redirects=True).get_data(as_text=True)
    assert "They are hiring manager or recruiter of 1 open requisition." in page


def test_who_is_enabled_again_is_told_who_keeps_their_work(session, people, now, search, api):
    ada = factories.application(session, people, now, search)
    follow_up(session, people, now, ada, assignee=people.ines)
    concern(session, people, now, ada, owner=people.ines)
    services.disable(session, user=people.ines, act=moment(now))
    session.commit()
    answer = api.anja.post(f"/people/{people.ines.id}/activation").get_json()
    assert answer["kept_by_others"] == ["Ruth keeps 1 follow-up and 1 concern that Ines had before."]
