"""Whoever is asked, named or told can see what it is about: approvers, deputies, readers, owners, those who are told by mail."""

from itertools import product

import pytest

from recruiter.accounts.models import Role
from recruiter.candidates.records import note_services
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.handover import queries as handover
from recruiter.handover import team_services
from recruiter.jobs import reminders
from recruiter.keepwarm.notifications import alerts, daily_digest
from recruiter.offers.approval import approval_services, chain_queries
from recruiter.policy import permits, scopes
from recruiter.requisitions.models import Requisition
from recruiter.requisitions.team_services import TeamTerms
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging, chaining
from tests.sight import seen_ids


@pytest.fixture
def panel(session, people, now):
    """Arne and two more approvers."""
    return [people.arne, chaining.approver(session, "bea", now), chaining.approver(session, "cem", now)]


@pytest.fixture
def in_app(app):
    """The settings of the application, which say where a mail links to."""
    with app.app_context():
        yield


def hidden_search(session, people, now, *, access):
    return factories.requisition(session, people, now, confidential=True, access=access, title="Cryptographer")


def pending(session, people, now, search):
    return arranging.offer(
        session, people, factories.application(session, people, now, search, stage="offer"), now, to="pending"
    )


def awaited(session, request, now):
    return {user.name for user in chain_queries.awaited_approvers(session, request, on=day_of(now))}


@pytest.mark.parametrize("has_members", [False, True])
def test_an_offer_asks_nobody_who_cannot_see_it(session, people, now, panel, has_members):
    """For each set of approvers with access: it is refused with the names of those without, or all who are asked see it."""
    if has_members:
        chaining.chain(session, people, now, [("Finance", 1, panel[:2])], from_percent=0)
    for chosen in product([False, True], repeat=3):
        seeing = [user for user, on in zip(panel, chosen, strict=True) if on]
        search = hidden_search(session, people, now, access=seeing)
        blind = [user.name for user in panel[:2] if user not in seeing] if has_members else []
        is_refused = bool(blind) if has_members else not seeing
        if not is_refused:
            offer = pending(session, people, now, search)
            assert awaited(session, offer, now) == {user.name for user in (panel[:2] if has_members else seeing)}
            assert all(
                permits.sees(session, user, offer)
                for user in chain_queries.awaited_approvers(session, offer, on=day_of(now))
            )
            continue
        with pytest.raises(Conflict, match="People and openings") as refusal:
            pending(session, people, now, search)
        for user in panel:
            assert (user.name in refusal.value.message) == (user.name in blind or not has_members), (
                refusal.value.message
            )


def test_a_case_asks_nobody_who_cannot_see_it(session, people, now, panel):
    search = hidden_search(session, people, now, access=[])
    application = factories.application(session, people, now, search, stage="offer")
    act = act_by(people.ruth, now=now)
    plan = {"base": arranging.terms(base=arranging.ABOVE).base, "requisition": search, "barred": set(), "act": act}
    for case in (False, True):
        with pytest.raises(Conflict, match="Arne, Bea and Cem"):
            approval_services.plan_for(session, case=case, **plan)
    assert application.requisition is search


def test_a_deputy_who_cannot_see_it_is_named_and_never_called(session, people, now, panel):
    arne, bea, _ = panel
    chaining.chain(session, people, now, [("Finance", 1, [arne])], from_percent=0)
    search = hidden_search(session, people, now, access=[arne])
    offer = pending(session, people, now, search)
    stand_in = chaining.stands_in(session, people, now, away=arne, deputy=bea)
    assert awaited(session, offer, now) == {"Arne"}
    assert handover.hidden_from_deputy(session, stand_in) == 1
    with pytest.raises(Conflict, match="Bea, who stands in for Arne, can\u2019t see"):
        pending(session, people, now, search)


@pytest.mark.parametrize("terms", [{"confidential": True}, {"access": []}])
def test_nobody_who_is_asked_loses_sight(session, people, now, panel, terms):
    arne = panel[0]
    chaining.chain(session, people, now, [("Finance", 1, [arne])], from_percent=0)
    search = factories.requisition(
        session, people, now, confidential="access" in terms, access=[arne][: "access" in terms]
    )
    offer, act = pending(session, people, now, search), act_by(people.ruth, now=now)
    with pytest.raises(RuleBroken, match="Arne is asked to approve") as refusal:
        team_services.change_team(session, requisition=search, terms=TeamTerms(**terms), act=act)
    assert list(refusal.value.errors) == ["access"]
    keeps = TeamTerms(confidential=True, access=[arne])
    team_services.change_team(session, requisition=search, terms=keeps, act=act)
    assert permits.sees(session, arne, offer)


def test_the_turn_goes_to_nobody_who_cannot_see_it(session, people, now, panel):
    arne, bea, cem = panel
    chaining.chain(session, people, now, [("Finance", 1, [arne])], from_percent=0)
    offer = pending(session, people, now, hidden_search(session, people, now, access=[arne, cem]))
    arne.role = Role.INTERVIEWER
    session.flush()
    act = act_by(people.anja, now=now)
    with pytest.raises(RuleBroken, match="Bea can\u2019t see"):
        approval_services.give_turn(session, offer, of=arne, to=bea, act=act)
    approval_services.give_turn(session, offer, of=arne, to=cem, act=act)
    assert awaited(session, offer, now) == {"Cem"}


def test_readers_of_a_requisition_are_those_whose_scope_holds_it(session, people, now, panel):
    for confidential, is_sent in product([False, True], repeat=2):
        search = factories.requisition(session, people, now, confidential=confidential, access=[panel[1]])
        if is_sent:
            pending(session, people, now, search)
        session.flush()
        everybody = {user for user in (*vars(people).values(), *panel) if user.active}
        seeing = {user for user in everybody if search.id in seen_ids(session, scopes.requisitions(user), Requisition)}
        assert set(session.scalars(scopes.readers(search))) == seeing


def _mails(session, now, kind, handler, **payload):
    job = Job(kind=kind, payload=payload, created_at=now, due_at=now)
    return handler(session, job, moment(now))["told"]


def test_no_mail_of_an_approval_goes_to_who_no_longer_sees_it(in_app, session, people, now, panel):
    search = factories.requisition(session, people, now)
    offer = pending(session, people, now, search)
    about = {"of": "offer", "id": offer.id}
    question = (reminders.pass_question, {**about, "by": people.arne.id})
    answer = (reminders.pass_answer, {**about, "to": panel[2].id, "by": people.ruth.id})
    late = (reminders.call_approvers, {**about, "share": 100, "asked": offer.submitted_at.isoformat()})
    counts = {
        handler.__name__: _mails(session, now, "x", handler, **payload) for handler, payload in (question, answer, late)
    }
    assert counts == {"pass_question": 1, "pass_answer": 1, "call_approvers": 1}
    search.confidential, search.created_by_id, search.members = True, people.hana.id, []
    session.flush()
    counts = {
        handler.__name__: _mails(session, now, "x", handler, **payload) for handler, payload in (question, answer, late)
    }
    assert counts == {"pass_question": 0, "pass_answer": 0, "call_approvers": 0}


@pytest.mark.parametrize("confidential", [False, True])
def test_mails_of_a_confidential_requisition_name_neither_title_nor_finalist(
    in_app, session, people, now, panel, confidential
):
    search = factories.requisition(
        session, people, now, title="Cryptographer", confidential=confidential, access=[panel[0]]
    )
    offer = pending(session, people, now, search)
    mail = reminders._mail("no_answer_yet", offer, to=people.ruth)
    assert ("Cryptographer" in mail.subject + mail.body) is not confidential


def test_only_who_runs_searches_is_told_of_them(session, people, now):
    search = factories.requisition(session, people, now)
    factories.finalists(session, people, now, search)
    assert people.hana in alerts.runners(session, search)
    people.hana.role = Role.APPROVER
    session.flush()
    assert people.hana not in alerts.runners(session, search)
    assert people.hana not in {digest.user for digest in daily_digest.due(session, moment=moment(now))}


def test_readers_and_owners_are_named_where_they_see_the_person_alone(api, browse, session, people, now):
    search = hidden_search(session, people, now, access=[])
    application = factories.application(session, people, now, search)
    note = note_services.write(
        session, subject=application, note_text="Quiet", act=act_by(people.ruth, now=now), private=True
    )
    session.commit()
    base, rolf = f"/applications/{application.id}", people.rolf.email
    private = {"text": "Between us", "private": True, "readers": [rolf]}
    answers = [
        api.ruth.post(f"{base}/notes", private),
        api.ruth.post(f"/candidates/{application.candidate_id}/notes", private),
        api.ruth.patch(f"/notes/{note.id}", {"text": "Quiet", "readers": [rolf]}),
        api.ruth.post(f"{base}/concerns", {"kind": "team", "text": "Small team", "owner": rolf}),
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert all("Rolf can\u2019t see this person" in str(answer.get_json()["errors"]) for answer in answers)
    concern = api.ruth.post(f"{base}/concerns", {"kind": "team", "text": "Small team", "owner": people.hana.email})
    assert api.ruth.patch(f"/concerns/{concern.get_json()['id']}", {"owner": rolf}).status_code == 422
    typed = {"text": "Between us", "private": "y", "readers": [people.rolf.id]}
    page = browse("ruth").post(f"{base}/notes", data=typed)
    assert page.status_code == 422
    assert "Between us" in page.get_data(as_text=True)
    assert "Rolf can\u2019t see this person" in page.get_data(as_text=True)


def test_the_page_says_who_loses_sight_by_name(browse, session, people, now):
    search = factories.requisition(session, people, now)
    session.commit()
    data = {
        "version": search.version, "hiring_manager": people.hana.id, "recruiters": [people.ruth.id], "openings": "1",
        "confidential": "y",
    }  # fmt: skip
    page = browse("ruth").post(f"/requisitions/{search.key}/team", data=data, follow_redirects=True)
    assert "Anja and Rolf no longer see it." in page.get_data(as_text=True)
