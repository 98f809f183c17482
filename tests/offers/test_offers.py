"""An offer from its draft to its answer: versions, approvals, the seat, and a refusal that changes nothing."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import Conflict, Forbidden, NotFound
from recruiter.foundation.money import Money
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import queries, rules, services, term_versions
from recruiter.offers.approval import approval_services
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from recruiter.pipeline.models import ApplicationStatus, EndedBy
from recruiter.requisitions.models import OpeningStatus, RequisitionStatus
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging

LIVE = ["draft", "pending", "approved", "extended"]


@pytest.fixture
def requisition(session, people, now):
    return factories.requisition(session, people, now)


@pytest.fixture
def slate(session, people, now, requisition):
    return factories.finalists(session, people, now, requisition)


@pytest.fixture
def ada(slate):
    return slate[0]


def _change(session, people, offer, now, **changes):
    after = dataclasses.replace(rules.terms_of(offer), **changes)
    return services.change(session, offer=offer, terms=after, act=act_by(people.ruth, now=now))


def _acts(session, offer):
    wanted = select(AuditEntry).where(AuditEntry.object_type == "offer", AuditEntry.object_id == offer.id)
    return [(entry.action, entry.actor_id) for entry in session.scalars(wanted.order_by(AuditEntry.id))]


@pytest.mark.parametrize("to", LIVE)
@pytest.mark.parametrize(
    "changes",
    [
        {"base": Money(7_600_000, "EUR")},
        {"bonus": Money(500_000, "EUR")},
        {"sign_on": Money(0, "EUR")},
        {"equity": "0.1 %"},
    ],
)
def test_a_change_of_pay_is_a_new_version_and_a_draft_again(session, people, now, ada, to, changes):
    offer = arranging.offer(session, people, ada, now, to=to)
    _change(session, people, offer, now, **changes)
    assert (offer.status, offer.terms_version) == (OfferStatus.DRAFT, 2)
    session.expire_all()
    assert [version.number for version in offer.terms] == [1, 2]
    assert offer.terms[0].base == arranging.WITHIN
    assert (offer.terms[1].base, offer.terms[1].bonus, offer.terms[1].sign_on, offer.terms[1].equity) == (
        offer.base,
        offer.bonus,
        offer.sign_on,
        offer.equity,
    )


@pytest.mark.parametrize(("to", "status"), list(zip(LIVE, list(OfferStatus)[:4], strict=True)))
def test_a_change_of_dates_is_a_revision_that_leaves_pay_approvals_and_state(session, people, now, ada, to, status):
    offer = arranging.offer(session, people, ada, now, to=to)
    later = day_of(now) + factories.days(20)
    approval_count = len(offer.approvals)
    _change(session, people, offer, now, start_on=later, expires_on=later)
    _change(session, people, offer, now, expires_on=later + factories.days(1))
    _change(session, people, offer, now)  # the same once more
    assert (offer.status, offer.terms_version) == (status, 1)
    session.expire_all()
    assert [(version.label, version.start_on, version.expires_on) for version in offer.terms] == [
        ("1", None, None),
        ("1.1", later, later),
        ("1.2", later, later + factories.days(1)),
    ]
    assert {(version.base, version.by_id) for version in offer.terms} == {(arranging.WITHIN, people.ruth.id)}
    assert len(offer.approvals) == approval_count
    _change(session, people, offer, now, base=Money(7_600_000, "EUR"))
    assert [version.label for version in offer.terms] == ["1", "1.1", "1.2", "2"]
    assert (offer.terms[-1].start_on, offer.status) == (later, OfferStatus.DRAFT)


def test_an_approval_stands_for_the_dates_that_were_seen(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="pending")
    later = day_of(now) + factories.days(20)
    _change(session, people, offer, now, start_on=later)
    arranging.approve(session, people, offer, now)
    _change(session, people, offer, now, start_on=later + factories.days(7))
    session.expire_all()
    assert [(approval.terms_version, approval.revision) for approval in offer.approvals] == [(1, 1)]
    assert term_versions.version_of(offer, number=1, revision=1).start_on == later
    arranging.extend(session, people, offer, now)  # the approval of the pay still carries it
    assert (offer.status, offer.terms[-1].label) == (OfferStatus.EXTENDED, "1.2")


def test_the_api_tells_each_version_with_its_dates(api, session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="approved")
    session.commit()
    later = (day_of(now) + factories.days(20)).isoformat()
    answered = api.ruth.patch(f"/offers/{offer.id}", {"start_on": later})
    assert (answered.status_code, answered.json["terms_version"], answered.json["status"]) == (200, 1, "approved")
    rows = [(version["number"], version["revision"], version["start_on"]) for version in answered.json["terms"]]
    assert rows == [(1, 0, None), (1, 1, later)]
    assert answered.json["approvals"][0]["revision"] == 0


@pytest.mark.parametrize("to", ["accepted", "declined", "lapsed", "rescinded", "reneged"])
def test_an_answered_offer_is_not_changed(session, people, now, ada, to):
    offer = arranging.offer(session, people, ada, now, to=to)
    with pytest.raises(Conflict):
        _change(session, people, offer, now, base=Money(7_600_000, "EUR"))
    assert (offer.base, offer.terms_version) == (arranging.WITHIN, 1)


def test_approvals_count_only_for_the_version_they_were_given_to(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="approved")
    _change(session, people, offer, now, base=Money(7_600_000, "EUR"))
    with pytest.raises(Conflict):
        arranging.extend(session, people, offer, now)
    arranging.submit(session, people, offer, now)
    with pytest.raises(Conflict):
        arranging.extend(session, people, offer, now)
    arranging.approve(session, people, offer, now)
    arranging.extend(session, people, offer, now)
    session.expire_all()
    assert [(approval.terms_version, approval.by_id) for approval in offer.approvals] == [
        (1, people.arne.id),
        (2, people.arne.id),
    ]


def test_within_the_band_one_approver_is_enough(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="pending", base=8_500_000)
    arranging.approve(session, people, offer, now)
    session.expire_all()
    assert offer.status == OfferStatus.APPROVED
    assert [(approval.step, approval.decision, approval.by.name) for approval in offer.approvals] == [
        (1, ApprovalDecision.APPROVED, "Arne")
    ]


def test_a_refusal_takes_an_offer_back_to_a_draft(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="pending")
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.REFUSED)
    assert offer.status == OfferStatus.DRAFT
    with pytest.raises(Conflict):
        arranging.extend(session, people, offer, now)
    arranging.submit(session, people, offer, now)
    assert offer.status == OfferStatus.PENDING_APPROVAL


@pytest.mark.parametrize("decision", ApprovalDecision)
def test_nobody_decides_on_what_they_asked_for(session, people, now, ada, decision):
    offer = arranging.offer(session, people, ada, now, to="pending")
    with pytest.raises(Forbidden):
        arranging.approve(session, people, offer, now, decision=decision, by=people.ruth)
    assert offer.status == OfferStatus.PENDING_APPROVAL


def test_who_drafted_an_offer_does_not_approve_what_another_submitted(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now)
    approval_services.submit(session, offer=offer, act=act_by(people.hana, now=now))
    for requester in (people.ruth, people.hana):
        with pytest.raises(Forbidden):
            arranging.approve(session, people, offer, now, by=requester)


def _granted(session, offer, now, up_to):
    band_exceptions.grant(session, offer=offer, case_number=f"BC-{up_to}", up_to=Money(up_to, "EUR"), act=moment(now))


def test_above_the_band_an_offer_is_submitted_only_with_a_case_that_covers_it(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, base=arranging.ABOVE)
    with pytest.raises(Conflict, match="above the approved band"):
        arranging.submit(session, people, offer, now)
    _granted(session, offer, now, arranging.ABOVE - 1)
    with pytest.raises(Conflict, match="covers a base up to"):
        arranging.submit(session, people, offer, now)
    assert offer.status == OfferStatus.DRAFT
    _granted(session, offer, now, arranging.ABOVE)
    arranging.submit(session, people, offer, now)
    arranging.approve(session, people, offer, now)
    assert offer.status == OfferStatus.APPROVED


def test_a_case_of_another_candidate_covers_nothing(session, people, now, slate):
    ada, bela, _ = slate
    other = arranging.offer(session, people, bela, now)
    _granted(session, other, now, arranging.ABOVE)
    offer = arranging.offer(session, people, ada, now, base=arranging.ABOVE)
    with pytest.raises(Conflict):
        arranging.submit(session, people, offer, now)


def test_a_case_that_was_voided_since_does_not_carry_the_approval(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, base=arranging.ABOVE)
    granted = band_exceptions.grant(
        session, offer=offer, case_number="BC-1", up_to=Money(arranging.ABOVE, "EUR"), act=moment(now)
    )
    arranging.submit(session, people, offer, now)
    granted.voided_at = now
    session.flush()
    with pytest.raises(Conflict):
        arranging.approve(session, people, offer, now)
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.REFUSED)
    assert offer.status == OfferStatus.DRAFT


def test_an_application_has_one_offer_at_a_time(session, people, now, ada):
    first = arranging.offer(session, people, ada, now)
    with pytest.raises(Conflict):
        arranging.offer(session, people, ada, now)
    arranging.rescind(session, people, first, now)
    assert arranging.offer(session, people, ada, now).id != first.id


def test_an_offer_is_for_a_seat_of_its_own_requisition(session, people, now, ada):
    other = factories.requisition(session, people, now)
    with pytest.raises(NotFound):
        arranging.offer(session, people, ada, now, opening=other.openings[0])


@pytest.mark.parametrize("first", ["extended", "accepted"])
def test_a_second_offer_for_a_seat_is_drafted_and_not_sent_while_one_is_out(session, people, now, slate, first):
    ada, bela, _ = slate
    second = arranging.offer(session, people, bela, now, to="approved")
    arranging.offer(session, people, ada, now, to=first)
    with pytest.raises(Conflict, match="seat"):
        arranging.extend(session, people, second, now)
    assert second.status == OfferStatus.APPROVED


@pytest.mark.parametrize("ends", [arranging.decline, arranging.lapse, arranging.rescind])
def test_a_second_offer_goes_out_once_the_first_has_ended(session, people, now, slate, ends):
    ada, bela, _ = slate
    first = arranging.offer(session, people, ada, now, to="extended")
    second = arranging.offer(session, people, bela, now, to="approved")
    ends(session, people, first, now)
    arranging.extend(session, people, second, now)
    assert (second.status, second.extended_at) == (OfferStatus.EXTENDED, now)


def test_two_seats_take_two_offers(session, people, now):
    requisition = factories.requisition(session, people, now, openings=2)
    ada, bela, chidi = factories.finalists(session, people, now, requisition)
    first = arranging.offer(session, people, ada, now, to="extended")
    second = arranging.offer(session, people, bela, now, to="extended")
    assert {first.opening_id, second.opening_id} == {opening.id for opening in requisition.openings}
    arranging.accept(session, people, first, now)
    assert requisition.status == RequisitionStatus.OPEN
    arranging.accept(session, people, second, now)
    assert requisition.status == RequisitionStatus.FILLED
    with pytest.raises(Conflict, match="filled"):
        arranging.offer(session, people, chidi, now)


def _row(offer, application, status):
    return Offer(
        application_id=application.id,
        opening_id=offer.opening_id,
        status=status,
        terms_version=1,
        currency="EUR",
        base=1,
        created_by_id=offer.created_by_id,
        created_at=offer.created_at,
    )


@pytest.mark.parametrize("status_out", ["extended", "accepted"])
@pytest.mark.parametrize("status", [OfferStatus.EXTENDED, OfferStatus.ACCEPTED])
def test_the_database_itself_holds_one_offer_out_or_accepted_per_seat(session, people, now, slate, status_out, status):
    ada, bela, _ = slate
    offer = arranging.offer(session, people, ada, now, to=status_out)
    session.commit()
    session.add(_row(offer, bela, status))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    session.add(_row(offer, bela, OfferStatus.APPROVED))
    session.flush()
    assert len(queries.of_requisition(session, ada.requisition)) == 2


def test_the_database_refuses_amounts_below_zero(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now)
    session.commit()
    offer.bonus = -1
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_acceptance_fills_the_seat_and_with_it_the_requisition(session, people, now, requisition, ada):
    offer = arranging.offer(session, people, ada, now, to="extended")
    assert (offer.opening.status, requisition.status) == (OpeningStatus.OPEN, RequisitionStatus.OPEN)
    arranging.accept(session, people, offer, now)
    assert (offer.status, offer.accepted_at) == (OfferStatus.ACCEPTED, now)
    assert (offer.opening.status, offer.opening.filled_by_id) == (OpeningStatus.FILLED, ada.id)
    assert requisition.status == RequisitionStatus.FILLED
    assert (ada.status, ada.stage.name) == (ApplicationStatus.ACTIVE, "Final")


@pytest.mark.parametrize("ends", [arranging.renege, arranging.rescind])
def test_the_end_of_an_accepted_offer_frees_the_seat_with_its_band(session, people, now, requisition, ada, ends):
    offer = arranging.offer(session, people, ada, now, to="accepted")
    band = (requisition.band.version, requisition.band.approved_on, requisition.band.max)
    ends(session, people, offer, now)
    assert (offer.opening.status, offer.opening.filled_by_id) == (OpeningStatus.OPEN, None)
    assert requisition.status == RequisitionStatus.OPEN
    assert (requisition.band.version, requisition.band.approved_on, requisition.band.max) == band


@pytest.mark.parametrize(
    ("to", "status", "code"),
    [
        ("declined", OfferStatus.DECLINED, "accepted_other_offer"),
        ("reneged", OfferStatus.RENEGED, "accepted_counter_offer"),
    ],
)
def test_a_no_of_the_candidate_ends_the_application(session, people, now, ada, to, status, code):
    offer = arranging.offer(session, people, ada, now, to=to)
    assert (offer.status, offer.end_code, offer.ended_at) == (status, code, now)
    assert (ada.status, ada.ended_by, ada.reason_code) == (ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE, code)


@pytest.mark.parametrize(("to", "code"), [("lapsed", "no_answer"), ("rescinded", "budget_withdrawn")])
def test_a_lapse_and_a_rescission_leave_the_application_in_the_running(session, people, now, ada, to, code):
    offer = arranging.offer(session, people, ada, now, to=to)
    assert (offer.status, offer.end_code) == (OfferStatus(to), code)
    assert (ada.status, ada.ended_by, ada.reason) == (ApplicationStatus.ACTIVE, None, None)


BEGINS = {
    "submit": (arranging.submit, {"draft"}),
    "approve": (arranging.approve, {"pending"}),
    "extend": (arranging.extend, {"approved"}),
    "accept": (arranging.accept, {"extended"}),
    "decline": (arranging.decline, {"extended"}),
    "lapse": (arranging.lapse, {"extended"}),
    "renege": (arranging.renege, {"accepted"}),
    "rescind": (arranging.rescind, {"draft", "pending", "approved", "extended", "accepted"}),
}
STATES = ["draft", "pending", "approved", "extended", "accepted", "declined", "lapsed", "rescinded", "reneged"]


@pytest.mark.parametrize("state", STATES)
def test_an_act_begins_only_where_it_may(session, people, now, ada, state):
    offer = arranging.offer(session, people, ada, now, to=state)
    session.commit()
    for act, begins in BEGINS.values():
        states = (offer.status, offer.opening.status, ada.status)
        if state in begins:
            act(session, people, offer, now)
            assert (offer.status, offer.opening.status, ada.status) != states
        else:
            with pytest.raises(Conflict):
                act(session, people, offer, now)
        session.rollback()
        assert (offer.status, offer.opening.status, ada.status) == states


@pytest.mark.parametrize("act", [arranging.submit, arranging.extend, arranging.accept])
def test_an_offer_goes_no_further_once_its_application_has_ended(session, people, now, ada, act):
    to = {arranging.submit: "draft", arranging.extend: "approved", arranging.accept: "extended"}[act]
    offer = arranging.offer(session, people, ada, now, to=to)
    ada.status = ApplicationStatus.WITHDRAWN
    with pytest.raises(Conflict):
        act(session, people, offer, now)


@pytest.mark.parametrize(("days", "goes"), [(0, True), (1, False)])
def test_an_offer_whose_expiry_has_passed_is_not_sent(session, people, now, ada, days, goes):
    offer = arranging.offer(session, people, ada, now, to="approved", expires_on=day_of(now))
    later = now + dt.timedelta(days=days)
    if goes:
        arranging.extend(session, people, offer, later)
        assert offer.status == OfferStatus.EXTENDED
        return
    with pytest.raises(Conflict, match="expiry"):
        arranging.extend(session, people, offer, later)


def test_an_offer_that_went_out_again_keeps_the_day_on_which_it_first_did(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="extended")
    _change(session, people, offer, now, base=Money(8_000_000, "EUR"))
    later = now + factories.days(2)
    for act in (arranging.submit, arranging.approve, arranging.extend):
        act(session, people, offer, later)
    assert (offer.status, offer.extended_at) == (OfferStatus.EXTENDED, now)


@pytest.mark.parametrize(
    ("to", "acts"),
    [
        ("accepted", ["drafted", "submitted", "approved", "extended", "accepted"]),
        ("declined", ["drafted", "submitted", "approved", "extended", "declined"]),
        ("lapsed", ["drafted", "submitted", "approved", "extended", "lapsed"]),
        ("reneged", ["drafted", "submitted", "approved", "extended", "accepted", "reneged"]),
        ("rescinded", ["drafted", "rescinded"]),
    ],
)
def test_every_act_leaves_its_row_in_the_audit_trail(session, people, now, ada, to, acts):
    offer = arranging.offer(session, people, ada, now, to=to)
    assert _acts(session, offer) == [
        (f"offer.{act}", people.arne.id if act == "approved" else people.ruth.id) for act in acts
    ]


def test_a_change_and_a_refusal_are_in_the_audit_trail_too(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="pending")
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.REFUSED)
    _change(session, people, offer, now, start_on=day_of(now))
    assert [action for action, _ in _acts(session, offer)][2:] == ["offer.refused", "offer.changed"]


def test_a_filled_and_a_freed_seat_are_in_the_audit_trail(session, people, now, ada):
    arranging.offer(session, people, ada, now, to="reneged")
    wanted = select(AuditEntry).where(AuditEntry.object_type == "opening").order_by(AuditEntry.id)
    entries = [(scalar.action, scalar.detail["application_id"]) for scalar in session.scalars(wanted)]
    assert entries == [("opening.filled", ada.id), ("opening.freed", ada.id)]


@pytest.mark.parametrize(
    ("to", "who", "path", "body", "status"),
    [
        ("draft", "ruth", "approval", {}, 403),
        ("draft", "arne", "approval", {}, 404),
        ("draft", "ruth", "extension", {}, 409),
        ("pending", "ruth", "approval", {}, 403),
        ("approved", "ruth", "acceptance", {}, 409),
        ("extended", "ruth", "decline", {"reason": " "}, 422),
        ("extended", "ruth", "renege", {"reason": "timing"}, 409),
        ("accepted", "ruth", "decline", {"reason": "timing"}, 409),
        ("accepted", "ruth", "acceptance", {}, 409),
        ("draft", "ruth", "rescission", {"reason": ""}, 422),
        ("draft", "ruth", "submission", {"more": 1}, 422),
        ("draft", "henk", "submission", {}, 404),
    ],
)
def test_a_refused_act_changes_nothing(api, session, people, now, ada, to, who, path, body, status):
    offer = arranging.offer(session, people, ada, now, to=to)
    session.commit()
    before = arranging.everything(session)
    answer = getattr(api, who).post(f"/offers/{offer.id}/{path}", body)
    assert answer.status_code == status, answer.get_json()
    assert arranging.everything(session) == before


@pytest.mark.parametrize(
    "body",
    [
        {"base": {"amount": 0, "currency": "EUR"}},
        {"base": {"amount": 7_600_000, "currency": "USD"}},
        {"base": {"amount": 7_600_000, "currency": "EUR"}, "bonus": {"amount": 1, "currency": "USD"}},
        {"base": {"amount": 7_600_000, "currency": "EUR"}, "expires_on": "2026-11-17"},
    ],
)
def test_refused_terms_change_nothing(api, session, people, now, ada, body):
    offer = arranging.offer(session, people, ada, now, to="approved")
    session.commit()
    before = arranging.everything(session)
    assert api.ruth.patch(f"/offers/{offer.id}", body).status_code == 422
    assert arranging.everything(session) == before


def test_a_renege_while_the_end_of_the_application_is_refused_keeps_the_seat(session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="accepted")
    ada.status = ApplicationStatus.HIRED
    session.commit()
    with pytest.raises(Conflict):
        keepwarm.renege(session, offer=offer, reason="timing", act=act_by(people.ruth, now=now))
    session.rollback()
    assert (offer.status, offer.opening.status) == (OfferStatus.ACCEPTED, OpeningStatus.FILLED)
