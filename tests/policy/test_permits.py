"""What an address names is found, and who asks is answered: with the thing, with 404 or with 403."""

from types import SimpleNamespace

import pytest

from recruiter.candidates.models import Candidate, Note
from recruiter.foundation.errors import Forbidden, NotFound
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.policy.predicates import Facts
from recruiter.requisitions.models import Requisition


@pytest.fixture
def search(rows):
    """A confidential search of Hana's."""
    return rows.add(
        Requisition, id=7, key="R-7A", hiring_manager_id=rows.hana.id, created_by_id=rows.hana.id, confidential=True
    )


class Untouched:
    """A database that nobody asks."""

    def get(self, *rest, options):
        raise AssertionError


class Asked:
    """A database that says what it was asked for."""

    def get(self, *wanted, options):
        return wanted


@pytest.mark.parametrize("value", ["7", 7, "R-7A", "r-7a"])
def test_a_requisition_goes_by_number_or_key(rows, search, value):
    assert permits.find(rows.session, name="requisition_ref", value=value) is search


@pytest.mark.parametrize("value", ["8", "R-7", "", 0])
def test_no_requisition_goes_by_another_name(rows, search, value):
    with pytest.raises(NotFound):
        permits.find(rows.session, name="requisition_ref", value=value)


@pytest.mark.parametrize("number", [1, "1", 2**31 - 1])
def test_a_thing_goes_by_its_number(number):
    assert permits.find(Asked(), name="note_id", value=number) == (Note, number)


@pytest.mark.parametrize("number", [0, "0", -1, 2**31, "99999999999"])
def test_a_number_that_no_engine_counts_is_not_asked_for(number):
    with pytest.raises(NotFound):
        permits.find(Untouched(), name="note_id", value=number)


def test_a_number_that_nothing_has_is_not_there(rows):
    with pytest.raises(NotFound):
        permits.find(rows.session, name="candidate_id", value=4711)


def test_who_was_merged_goes_by_either_number(rows):
    survivor = rows.add(Candidate)
    merged = rows.add(Candidate, merged_into_id=survivor.id)
    assert permits.find(rows.session, name="candidate_id", value=merged.id) is survivor
    assert permits.find(rows.session, name="candidate_id", value=survivor.id) is survivor


def test_ids_of_an_address_become_things_and_the_rest_stays(rows, search):
    admitted = permits.admit(
        rows.session,
        actor=rows.hana,
        permission=Permission.REQUISITION_READ,
        arguments={"user_id": rows.ruth.id, "requisition_ref": "R-7A", "page": 3, "form": "json"},
    )
    assert admitted == {"user": rows.ruth, "requisition": search, "page": 3, "form": "json"}


def test_the_last_thing_of_an_address_is_asked_about(rows, search):
    def admit(*arguments):
        return permits.admit(
            rows.session, actor=rows.hana, permission=Permission.REQUISITION_EDIT, arguments=dict(arguments)
        )

    user, requisition = ("user_id", rows.ruth.id), ("requisition_ref", "7")
    assert admit(user, requisition)
    with pytest.raises(NotFound):
        admit(requisition, user)


def refused(rows, name, permission, on=None):
    with pytest.raises((Forbidden, NotFound)) as caught:
        permits.require(rows.session, actor=rows.by_name[name], permission=permission, on=on)
    return caught.value


def test_an_act_out_of_sight_is_not_there_and_one_in_sight_is_refused_in_a_sentence(rows, search):
    permits.require(rows.session, actor=rows.hana, permission=Permission.REQUISITION_EDIT, on=search)
    permits.require(rows.session, actor=rows.arne, permission=Permission.SIGNED_IN)
    assert isinstance(refused(rows, "rolf", Permission.REQUISITION_EDIT, search), NotFound)
    assert isinstance(refused(rows, "rolf", Permission.REQUISITION_READ, search), NotFound)
    in_sight = refused(rows, "hana", Permission.CHAINS_EDIT, search)
    assert isinstance(in_sight, Forbidden)
    assert in_sight.message == "Your role does not let you set approval chains."


def test_a_look_that_is_refused_is_not_there_whatever_it_is_at(rows, search):
    assert isinstance(refused(rows, "hana", Permission.PAY_READ, search), NotFound)
    assert isinstance(refused(rows, "ines", Permission.REPORT_READ), NotFound)


def test_an_act_on_nothing_or_on_what_nobody_reads_by_itself(rows):
    assert isinstance(refused(rows, "ines", Permission.MODEL_FIT), Forbidden)
    assert isinstance(refused(rows, "ines", Permission.PEOPLE_EDIT, rows.ruth), NotFound)  # accounts have no reader


def test_a_thing_is_seen_by_the_permission_to_read_its_kind(rows, search):
    assert permits.sees(rows.session, rows.hana, search)
    assert not permits.sees(rows.session, rows.rolf, search)
    note = rows.add(Note, author_id=rows.ruth.id, candidate_id=rows.add(Candidate).id)
    assert permits.sees(rows.session, rows.ruth, note)
    assert not permits.sees(rows.session, rows.ines, note)


def test_one_way_is_enough_and_every_question_of_it_must_be_answered_with_yes(rows):
    def permission(*ways):
        return SimpleNamespace(ways=ways)

    def permits_to(permission, on="thing"):
        return permits.permits(rows.session, actor=rows.ruth, permission=permission, on=on)

    answered = []

    def yes(facts):
        answered.append(facts)
        return True

    def no(facts):
        return False

    assert permits_to(permission([yes, yes]))
    assert answered == [Facts(rows.session, rows.ruth, "thing")] * 2
    assert permits_to(permission([no], [yes]))
    assert not permits_to(permission([yes, no], [no, yes]))
    assert not permits_to(permission())
    rows.ruth.active = False
    assert not permits_to(permission([yes]))
