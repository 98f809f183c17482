"""Who may do what: the table of roles and permissions, read from the policy itself."""

import pytest

from recruiter.candidates.models import Candidate
from recruiter.foundation.errors import Forbidden, NotFound
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from tests import factories
from tests.sight import seen_ids

ON_REQUISITION = {
    Permission.REQUISITION_READ: {"ruth", "rolf", "hana", "anja"},
    Permission.REQUISITION_EDIT: {"ruth", "rolf", "hana", "anja"},
    Permission.BOARD_READ: {"ruth", "rolf", "hana", "anja"},
    Permission.FINALISTS_READ: {"ruth", "rolf", "hana", "anja"},
    Permission.FINALISTS_ORDER: {"ruth", "rolf", "hana", "anja"},
    Permission.PROMOTE: {"ruth", "rolf", "hana", "anja"},
    Permission.DEBRIEF_READ: {"ruth", "rolf", "hana", "anja"},
}
ANYWHERE = {
    Permission.REQUISITION_CREATE: {"ruth", "rolf", "hana", "henk", "anja"},
    Permission.CANDIDATE_CREATE: {"ruth", "rolf", "anja"},
    Permission.KEEPWARM_LIST: {"ruth", "rolf", "hana", "henk", "anja"},
    Permission.CASE_LIST: {"ruth", "rolf", "hana", "henk", "anja", "arne"},
    Permission.MODEL_FIT: {"ruth", "rolf", "anja"},
    Permission.IMPORT: {"ruth", "rolf", "anja"},
}
NAMES = ["ruth", "rolf", "hana", "henk", "ines", "igor", "xenia", "arne", "anja"]


@pytest.mark.parametrize("permission", ON_REQUISITION, ids=str)
def test_on_a_requisition(session, people, now, permission):
    requisition = factories.requisition(session, people, now)
    may = {
        name
        for name in NAMES
        if permits.permits(session, actor=getattr(people, name), permission=permission, on=requisition)
    }
    assert may == ON_REQUISITION[permission]


@pytest.mark.parametrize("permission", ANYWHERE, ids=str)
def test_anywhere(session, people, permission):
    assert {
        name for name in NAMES if permits.permits(session, actor=getattr(people, name), permission=permission)
    } == ANYWHERE[permission]


def test_pay_needs_its_own_permission(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    may = {
        name
        for name in NAMES
        if permits.permits(session, actor=getattr(people, name), permission=Permission.OFFER_WRITE, on=application)
    }
    assert may == {"ruth", "hana"}


def test_a_confidential_requisition_leaves_no_trace(session, people, now):
    requisition = factories.requisition(session, people, now, confidential=True)
    application = factories.application(session, people, now, requisition)
    for name in ("rolf", "henk", "anja", "arne"):
        actor = getattr(people, name)
        with pytest.raises(NotFound):
            permits.require(session, actor=actor, permission=Permission.REQUISITION_READ, on=requisition)
        assert application.candidate_id not in seen_ids(session, scopes.candidates(actor), Candidate)
        assert application.id not in seen_ids(session, scopes.applications(actor), Application)


def test_out_of_sight_is_not_there_and_in_sight_is_not_allowed(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    with pytest.raises(NotFound):
        permits.require(session, actor=people.ines, permission=Permission.APPLICATION_MOVE, on=application)
    with pytest.raises(Forbidden):
        permits.require(session, actor=people.rolf, permission=Permission.OFFER_WRITE, on=application)


def test_who_left_may_nothing(session, people):
    people.anja.active = False
    assert not permits.permits(session, actor=people.anja, permission=Permission.SIGNED_IN)


def test_what_is_listed_is_what_can_be_read(session, people, now):
    for confidential in (False, True):
        requisition = factories.requisition(session, people, now, confidential=confidential)
        factories.application(session, people, now, requisition)
    for name in NAMES:
        actor = getattr(people, name)
        listed = seen_ids(session, scopes.applications(actor), Application)
        readable = {
            application.id
            for application in session.query(Application)
            if permits.permits(session, actor=actor, permission=Permission.APPLICATION_READ, on=application)
        }
        assert listed == readable, name


def test_a_look_that_is_refused_reads_like_what_does_not_exist(session, people, now):
    """Pages and API ask here alone, so both answer 404 for what is out of sight and 403 for an act on what is seen."""
    looks = {permission for permission in Permission if permission.is_look}
    assert looks == {permission for permission in Permission if permission.value.startswith(("see ", "search "))}
    assert set(permits.READING.values()) <= looks
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition)
    for name, permission, on in [
        ("rolf", Permission.OFFER_READ, application),
        ("ines", Permission.KEEPWARM_LIST, None),
        ("arne", Permission.REPORT_READ, None),
        ("henk", Permission.BOARD_READ, requisition),
    ]:
        with pytest.raises(NotFound):
            permits.require(session, actor=getattr(people, name), permission=permission, on=on)
    with pytest.raises(Forbidden):
        permits.require(session, actor=people.ines, permission=Permission.MODEL_FIT)
