"""Who sees which requisitions, applications, people and cases: each row of a test decides one clause of the rule."""

import pytest

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Candidate
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.requisitions.models import Member, Requisition
from tests.rows import AT


def search(rows, name, *, manager="anja", creator="anja", member=None, confidential=False):
    made = rows.keep(
        name,
        Requisition,
        title=name,
        hiring_manager_id=rows.by_name[manager].id,
        created_by_id=rows.by_name[creator].id,
        confidential=confidential,
    )
    if member:
        rows.add(Member, requisition_id=made.id, user_id=rows.by_name[member].id)
    return made


def applied(rows, requisition):
    """An application of the same name as its requisition, by somebody of that name too."""
    person = rows.keep(f"{requisition.title} person", Candidate)
    return rows.application(f"{requisition.title} application", requisition, person)


def met(rows, application, *names, status=InterviewStatus.PLANNED):
    talk = rows.add(Interview, application_id=application.id, status=status)
    for name in names:
        rows.add(Panelist, interview_id=talk.id, user_id=rows.by_name[name].id)


def offered(rows, application, *, offer_sent, case_sent=None):
    offer = rows.add(Offer, application_id=application.id, submitted_at=AT if offer_sent else None)
    if case_sent is not None:
        name = application.requisition.title
        rows.keep(f"{name} case", BudgetCase, offer_id=offer.id, submitted_at=AT if case_sent else None)


def sight(rows, scope, kind, suffix=""):
    """Of each of the people, the names of what they see; whoever sees nothing is left out."""
    people = {name: user for name, user in rows.by_name.items() if isinstance(user, User)}
    seen = {
        name: {thing.removesuffix(suffix) for thing in rows.names(scope(user), kind)} for name, user in people.items()
    }
    return {name: in_sight for name, in_sight in seen.items() if in_sight}


@pytest.fixture
def searches(rows):
    search(rows, "managed", manager="hana")
    search(rows, "created", creator="henk")
    search(rows, "joined", member="henk")
    search(rows, "secret", confidential=True)
    search(rows, "secret managed", manager="hana", confidential=True)
    search(rows, "secret created", creator="rolf", confidential=True)
    search(rows, "secret joined", member="ruth", confidential=True)
    return rows


OPEN = {"managed", "created", "joined"}
SECRET = {"secret", "secret managed", "secret created", "secret joined"}
SEARCHING = {
    "anja": OPEN | SECRET,  # she opened them all but one, and manages that
    "ruth": OPEN | {"secret joined"},
    "rolf": OPEN | {"secret created"},
    "hana": {"managed", "secret managed"},
    "henk": {"created", "joined"},
}


def test_staff_see_what_they_belong_to_and_who_searches_for_everybody_what_is_not_confidential(searches):
    assert sight(searches, scopes.requisitions, Requisition) == SEARCHING
    assert sight(searches, scopes.searches, Requisition) == SEARCHING


def test_an_interviewer_sees_the_requisitions_of_whom_they_meet_and_searches_none(searches):
    met(searches, applied(searches, searches.managed), "ines", "arne")
    met(searches, applied(searches, searches.secret), "ines", status=InterviewStatus.NO_SHOW)
    met(searches, applied(searches, searches.joined), "ines", status=InterviewStatus.CANCELLED)
    met(searches, applied(searches, searches.created), "igor")
    seen = sight(searches, scopes.requisitions, Requisition)
    assert seen == SEARCHING | {"ines": {"managed", "secret"}, "igor": {"created"}}
    assert sight(searches, scopes.searches, Requisition) == SEARCHING
    assert sight(searches, scopes.applications, Application, " application") == SEARCHING | {
        "anja": {"managed", "secret", "joined", "created"},
        "ruth": OPEN,
        "rolf": OPEN,
        "hana": {"managed"},
        "ines": {"managed", "secret"},
        "igor": {"created"},
        "arne": {"managed"},
    }
    assert sight(searches, scopes.candidates, Candidate, " person") == sight(
        searches, scopes.applications, Application, " application"
    )


def test_staff_meet_whom_they_interview_in_searches_of_others(searches):
    met(searches, applied(searches, searches.secret), "hana")
    assert sight(searches, scopes.applications, Application, " application") == {"anja": {"secret"}, "hana": {"secret"}}
    assert "secret" not in sight(searches, scopes.requisitions, Requisition)["hana"]


def test_an_approver_sees_the_requisitions_from_which_something_was_sent(rows):
    search(rows, "nothing")
    offered(rows, applied(rows, search(rows, "draft")), offer_sent=False, case_sent=False)
    offered(rows, applied(rows, search(rows, "offer")), offer_sent=True)
    offered(rows, applied(rows, search(rows, "case")), offer_sent=False, case_sent=True)
    offered(rows, applied(rows, search(rows, "both")), offer_sent=True, case_sent=False)
    offered(
        rows, applied(rows, search(rows, "secret", member="bert", confidential=True)), offer_sent=True, case_sent=True
    )
    seen = sight(rows, scopes.requisitions, Requisition)
    assert (seen["arne"], seen["bert"]) == ({"offer", "case", "both"}, {"offer", "case", "both", "secret"})
    cases = sight(rows, scopes.cases, BudgetCase, " case")
    assert cases == {"arne": {"case"}, "bert": {"case", "secret"}}


def test_a_case_is_for_who_sees_pay_in_their_own_searches(rows):
    offered(rows, applied(rows, search(rows, "open", manager="hana")), offer_sent=True, case_sent=False)
    secret = search(rows, "secret", member="ruth", confidential=True)
    rows.add(Member, requisition_id=secret.id, user_id=rows.bert.id)
    offered(rows, applied(rows, secret), offer_sent=True, case_sent=True)
    for name in ("ruth", "hana", "henk", "ines"):
        rows.by_name[name].pay_view = True
    assert sight(rows, scopes.cases, BudgetCase, " case") == {
        "ruth": {"open", "secret"},
        "hana": {"open"},
        "bert": {"secret"},
    }


def test_people_without_a_search_are_seen_by_who_searches_for_everybody(rows):
    applied(rows, search(rows, "open", manager="hana"))
    applied(rows, search(rows, "secret", confidential=True, manager="hana"))
    rows.keep("nowhere person", Candidate)
    applied(rows, search(rows, "entered", confidential=True)).candidate.created_by_id = rows.rolf.id
    applied(rows, search(rows, "merged", manager="hana")).candidate.merged_into_id = rows.by_name["open person"].id
    rows.keep("merged nowhere person", Candidate, merged_into_id=rows.by_name["open person"].id)
    assert sight(rows, scopes.candidates, Candidate, " person") == {
        "anja": {"open", "secret", "nowhere", "entered"},
        "ruth": {"open", "nowhere"},
        "rolf": {"open", "nowhere", "entered"},
        "hana": {"open", "secret"},
    }


def movers(rows, name):
    return [user.name for user in rows.session.scalars(scopes.movers(rows.by_name[name]))]


def test_movers_are_who_searches_for_everybody_and_managers_who_belong_by_name(rows):
    search(rows, "plain", manager="hana", creator="igor", member="arne")
    assert movers(rows, "plain") == ["Anja", "Hana", "Rolf", "Ruth"]
    search(rows, "other", manager="rolf", creator="henk", member="hana")
    assert movers(rows, "other") == ["Anja", "Hana", "Henk", "Rolf", "Ruth"]
    search(rows, "secret", manager="hana", creator="rolf", member="ruth", confidential=True)
    assert movers(rows, "secret") == ["Hana", "Rolf", "Ruth"]
    rows.add(Member, requisition_id=rows.secret.id, user_id=rows.ines.id)  # let in, and still no mover
    assert movers(rows, "secret") == ["Hana", "Rolf", "Ruth"]
    rows.ruth.active = False
    assert movers(rows, "secret") == ["Hana", "Rolf"]


def test_movers_stand_in_the_order_of_their_names_whatever_their_case_and_of_their_numbers(rows):
    rows.anja.name, rows.rolf.name, rows.ruth.name, rows.hana.name = "bea", "Cleo", "Ada", "bea"
    search(rows, "plain", manager="hana")
    assert str(scopes.movers(rows.plain)).endswith('ORDER BY lower("user".name), "user".id')
    ordered = list(rows.session.scalars(scopes.movers(rows.plain)))
    assert ordered == [rows.ruth, rows.anja, rows.hana, rows.rolf]
