"""The first choice is lost: every way in which that happens, and one act that does all of it or nothing."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.foundation.money import Money
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import promise_services, readiness_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import FallThrough, Phase, PromiseState, Promotion
from recruiter.keepwarm.promotion import promote
from recruiter.keepwarm.undo import undo_services
from recruiter.offers import competing_processes, rules
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus, SourceClass
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus, EndedBy
from recruiter.requisitions.models import OpeningStatus, RequisitionStatus
from tests import factories
from tests.acts import act_by, day_of
from tests.offers import arranging

REASON = "accepted_other_offer"


@pytest.fixture
def requisition(session, people, now):
    return factories.requisition(session, people, now)


@pytest.fixture
def slate(session, people, now, requisition):
    order = factories.finalists(session, people, now, requisition)
    session.commit()
    return order


def _promote(session, people, now, requisition, phase, **more):
    return promote.promote(
        session,
        requisition=requisition,
        phase=Phase(phase),
        reason=REASON,
        act=act_by(people.ruth, now=now),
        **more,
    )


def _promised(session, people, application, now, days):
    return promise_services.make_promise(
        session,
        application=application,
        what="You will hear from us",
        due_on=day_of(now) + factories.days(days),
        act=act_by(people.ruth, now=now),
    )


def _withdraw(session, people, application, now):
    services.withdraw(session, application=application, reason=REASON, act=act_by(people.ruth, now=now))


WAYS = {
    # how it came: the offer before, whether they had gone already, the phase, how the offer ends
    "before an offer": (None, False, "before_offer", None),
    "withdrawn before an offer": (None, True, "before_offer", None),
    "with a draft": ("draft", False, "before_offer", OfferStatus.RESCINDED),
    "with an approved offer": ("approved", False, "before_offer", OfferStatus.RESCINDED),
    "declined before": ("declined", False, "offer", OfferStatus.DECLINED),
    "declined by the promotion": ("extended", False, "offer", OfferStatus.DECLINED),
    "withdrawn while the offer was out": ("extended", True, "offer", OfferStatus.DECLINED),
    "lapsed": ("lapsed", False, "offer", OfferStatus.LAPSED),
    "lapsed and withdrawn": ("lapsed", True, "offer", OfferStatus.LAPSED),
    "reneged by the promotion": ("accepted", False, "accepted", OfferStatus.RENEGED),
    "reneged before": ("reneged", False, "accepted", OfferStatus.RENEGED),
    "withdrawn after acceptance": ("accepted", True, "accepted", OfferStatus.RENEGED),
}


@pytest.fixture(params=list(WAYS))
def way(request, session, people, now, slate):
    """Each way to lose a first choice, arranged up to the promotion: the phase, the offer, how the offer must end."""
    to, has_ended, phase, end = WAYS[request.param]
    ada = slate[0]
    offer = arranging.offer(session, people, ada, now, to=to) if to else None
    if has_ended:
        _withdraw(session, people, ada, now)
    session.commit()
    return phase, offer, end


def test_however_the_first_choice_is_lost_the_next_is_put_on(session, people, now, requisition, slate, way, request):
    ada, bela, chidi = slate
    phase, offer, end = way
    went_before = "reneged before" in request.node.name  # what they said then stands, not what the promotion says
    reason = "accepted_counter_offer" if went_before else REASON
    band = (requisition.band.version, requisition.band.approved_on, requisition.band.approved_by_id)
    done = _promote(session, people, now, requisition, phase)
    session.commit()
    session.expire_all()
    assert (done.ended.id, done.promoted.id) == (ada.id, bela.id)
    assert (ada.status, ada.ended_by, ada.reason_code) == (ApplicationStatus.WITHDRAWN, EndedBy.CANDIDATE, reason)  # fmt: skip
    assert (offer.status if offer else None) == end
    assert (bela.status, bela.stage.name) == (ApplicationStatus.ACTIVE, "Offer")
    assert (chidi.status, chidi.stage.name) == (ApplicationStatus.ACTIVE, "Final")
    seat = requisition.openings[0]
    assert (seat.status, seat.filled_by_id, requisition.status) == (OpeningStatus.OPEN, None, RequisitionStatus.OPEN)
    assert (requisition.band.version, requisition.band.approved_on, requisition.band.approved_by_id) == band


def test_the_promoted_one_gets_a_draft_from_the_band_for_the_same_seat(session, people, now, requisition, slate, way):
    phase, _, _ = way
    done = _promote(session, people, now, requisition, phase)
    made = done.offer
    assert (made.status, made.application_id, made.opening_id) == (
        OfferStatus.DRAFT,
        slate[1].id,
        requisition.openings[0].id,
    )
    assert (made.base, made.currency, made.terms_version) == (7_500_000, "EUR", 1)
    assert requisition.band.min <= made.base <= requisition.band.max
    for act in (arranging.submit, arranging.approve, arranging.extend, arranging.accept):
        act(session, people, made, now)
    assert requisition.openings[0].filled_by_id == slate[1].id


def test_a_promotion_keeps_who_went_who_came_in_which_phase_and_by_whom(session, people, now, requisition, slate, way):
    phase, offer, _ = way
    done = _promote(session, people, now, requisition, phase)
    promotion, lost = done.promotion, done.promotion.fall_through
    assert (promotion.promoted_application_id, promotion.offer_id, promotion.by_id, promotion.at) == (
        slate[1].id,
        done.offer.id,
        people.ruth.id,
        now,
    )
    assert (lost.application_id, lost.phase, lost.requisition_id) == (slate[0].id, Phase(phase), requisition.id)
    assert lost.offer_id == (offer.id if offer and phase != "before_offer" else None)
    assert len(queries.losses_of(session, requisition)) == len(queries.promotions_of(session, requisition)) == 1
    wanted = select(AuditEntry).where(AuditEntry.action == "finalist.promoted")
    entry = session.scalars(wanted).one()
    assert (entry.object_id, entry.actor_id) == (promotion.id, people.ruth.id)
    assert entry.detail == {"ended_application_id": slate[0].id, "promoted_application_id": slate[1].id}


def test_a_phase_against_the_record_is_refused_and_changes_nothing(session, people, now, requisition, slate, way):
    phase, _, _ = way
    before = arranging.everything(session)
    for stated in {phase.value for phase in Phase} - {phase}:
        with pytest.raises(RuleBroken) as refusal:
            _promote(session, people, now, requisition, stated)
        assert f"the phase is {phase}" in refusal.value.errors["phase"][0]
        assert not session.new
        assert not session.dirty
    session.commit()
    assert arranging.everything(session) == before


def test_somebody_else_of_the_bench_may_be_named(session, people, now, requisition, slate, way):
    phase, _, _ = way
    _, bela, chidi = slate
    done = _promote(session, people, now, requisition, phase, application=chidi)
    assert (done.promoted.id, done.offer.application_id) == (chidi.id, chidi.id)
    assert (bela.status, bela.stage.name) == (ApplicationStatus.ACTIVE, "Final")


def test_who_has_gone_from_the_bench_is_passed_over(session, people, now, requisition, slate):
    _withdraw(session, people, slate[1], now)
    assert _promote(session, people, now, requisition, "before_offer").promoted.id == slate[2].id


def test_the_order_of_the_slate_says_who_is_next(session, people, now, requisition, slate):
    ada, bela, chidi = slate
    order = [(ada, "First"), (chidi, "Second now"), (bela, "Third now")]
    pipeline.name_finalists(session, requisition=requisition, order=order, act=act_by(people.hana, now=now))
    assert _promote(session, people, now, requisition, "before_offer").promoted.id == chidi.id


def test_who_has_the_offer_is_the_one_that_is_lost_whatever_the_order(session, people, now, requisition, slate):
    ada, bela, _ = slate
    offer = arranging.offer(session, people, bela, now, to="extended")
    done = _promote(session, people, now, requisition, "offer")
    assert (done.ended.id, done.promoted.id, offer.status) == (bela.id, ada.id, OfferStatus.DECLINED)


def test_a_draft_that_was_begun_for_the_next_is_kept(session, people, now, requisition, slate):
    begun = arranging.offer(session, people, slate[1], now, base=7_000_000)
    done = _promote(session, people, now, requisition, "before_offer")
    assert (done.offer.id, done.offer.base) == (begun.id, 7_000_000)


def test_an_application_of_another_requisition_is_not_found(api, session, people, now, requisition, slate):
    other = factories.finalists(session, people, now, factories.requisition(session, people, now), names=("Else",))[0]
    session.commit()
    before = arranging.everything(session)
    with pytest.raises(NotFound):
        _promote(session, people, now, requisition, "before_offer", application=other)
    body = {"reason": REASON, "phase": "before_offer"}
    path = f"/requisitions/{requisition.key}/promotion"
    for number in (other.id, 999_999):
        assert api.ruth.post(path, {**body, "application_id": number}).status_code == 404
    assert api.henk.post(path, body).status_code == 404
    assert {name: rows for name, rows in arranging.everything(session).items() if name != "api_token"} == {
        name: rows for name, rows in before.items() if name != "api_token"
    }


@pytest.mark.parametrize("who", ["first", "not a finalist", "ended"])
def test_only_somebody_of_the_bench_is_put_on(session, people, now, requisition, slate, who):
    choice = {"first": slate[0], "not a finalist": factories.application(session, people, now, requisition)}.get(who)
    if choice is None:
        choice = slate[2]
        _withdraw(session, people, choice, now)
    session.commit()
    before = arranging.everything(session)
    with pytest.raises(RuleBroken) as refusal:
        _promote(session, people, now, requisition, "before_offer", application=choice)
    assert "application_id" in refusal.value.errors
    session.commit()
    assert arranging.everything(session) == before


@pytest.mark.parametrize("to", [None, "extended", "accepted", "lapsed"])
def test_an_empty_bench_is_a_conflict_and_changes_nothing(api, session, people, now, requisition, to):
    ada = factories.finalists(session, people, now, requisition, names=("Ada Ferreira",))[0]
    if to:
        arranging.offer(session, people, ada, now, to=to)
    session.commit()
    counted, before = arranging.counts(session), arranging.everything(session)
    phase = {None: "before_offer", "extended": "offer", "accepted": "accepted", "lapsed": "offer"}[to]
    answer = api.ruth.post(f"/requisitions/{requisition.key}/promotion", {"reason": REASON, "phase": phase})
    assert answer.status_code == 409
    assert "Nobody is on the bench" in answer.get_json()["detail"]
    assert arranging.counts(session) == counted
    assert arranging.everything(session) == before


def test_without_a_slate_there_is_nobody_to_lose(session, people, now, requisition):
    factories.application(session, people, now, requisition, stage="final")
    with pytest.raises(Conflict, match="Name finalists first"):
        _promote(session, people, now, requisition, "before_offer")


@pytest.mark.parametrize(("to", "phase"), [(None, "before_offer"), ("extended", "offer"), ("accepted", "accepted")])
def test_where_the_draft_fails_for_want_of_a_band_nothing_at_all_is_changed(api, session, people, now, to, phase):
    requisition = factories.requisition(session, people, now, band=None)
    ada, _, chidi = factories.finalists(session, people, now, requisition)
    if to:
        arranging.offer(session, people, ada, now, to=to)
    _promised(session, people, chidi, now, 1)
    session.commit()
    before = arranging.everything(session)
    answer = api.ruth.post(f"/requisitions/{requisition.key}/promotion", {"reason": REASON, "phase": phase})
    assert answer.status_code == 409
    assert "band" in answer.get_json()["detail"]
    assert arranging.everything(session) == before


def test_without_a_reason_nothing_is_changed(api, session, requisition, slate):
    before = arranging.everything(session)
    for body in ({"phase": "before_offer"}, {"phase": "before_offer", "reason": "  "}, {"reason": REASON}):
        assert api.ruth.post(f"/requisitions/{requisition.key}/promotion", body).status_code == 422
    assert arranging.everything(session) == before


@pytest.mark.parametrize(
    ("due", "renewed"),
    [
        (0, 5),  # today: three working days from now, Monday
        (1, 5),
        (5, 6),  # Monday: the working day after
        (9, 12),  # Friday: the Monday after
    ],
)
def test_promises_to_the_others_are_renewed_with_later_dates(session, people, now, requisition, slate, due, renewed):
    old = _promised(session, people, slate[2], now, due)
    _promote(session, people, now, requisition, "before_offer")
    first, new = queries.promises_of(session, slate[2])
    assert (first.id, first.state, first.settled_at) == (old.id, PromiseState.RENEWED, now)
    assert (new.state, new.renews_id, new.what, new.due_on) == (
        PromiseState.OPEN,
        old.id,
        old.what,
        day_of(now) + factories.days(renewed),
    )
    assert new.due_on > old.due_on


def test_promises_that_were_kept_or_broken_and_those_of_the_promoted_stay(session, people, now, requisition, slate):
    ada, bela, chidi = slate
    earlier = now - factories.days(9)
    broken = _promised(session, people, chidi, earlier, 2)
    promised = _promised(session, people, chidi, now, 4)
    promise_services.settle_promise(
        session,
        promise=promised,
        to=PromiseState.KEPT,
        act=act_by(people.ruth, now=now),
    )
    for application in (ada, bela):
        _promised(session, people, application, now, 4)
    _promote(session, people, now, requisition, "before_offer")
    assert [promise.state for promise in queries.promises_of(session, chidi)] == [broken.state, promised.state]
    assert [len(queries.promises_of(session, application)) for application in (ada, bela)] == [1, 1]


def test_the_promoted_one_is_not_lost_within_the_same_minute(session, people, now, requisition, slate):
    _promote(session, people, now, requisition, "before_offer")
    with pytest.raises(Conflict, match="less than a minute ago"):
        _promote(session, people, now + dt.timedelta(seconds=59), requisition, "before_offer")
    second = _promote(session, people, now + dt.timedelta(seconds=60), requisition, "before_offer")
    assert (second.ended.id, second.promoted.id) == (slate[1].id, slate[2].id)


@pytest.mark.parametrize(("to", "phase"), [("extended", "offer"), ("accepted", "accepted")])
@pytest.mark.parametrize("names_successor", [False, True])
def test_a_double_click_promotes_once(api, session, people, now, requisition, slate, to, phase, names_successor):
    arranging.offer(session, people, slate[0], now, to=to)
    session.commit()
    body = {"reason": REASON, "phase": phase} | ({"application_id": slate[1].id} if names_successor else {})
    path = f"/requisitions/{requisition.key}/promotion"
    assert api.ruth.post(path, body).status_code == 201
    before = arranging.everything(session)
    assert api.ruth.post(path, body).status_code == 422
    assert arranging.everything(session) == before


def test_a_double_click_on_a_named_successor_before_an_offer_promotes_once(api, session, requisition, slate):
    body = {"reason": REASON, "phase": "before_offer", "application_id": slate[1].id}
    path = f"/requisitions/{requisition.key}/promotion"
    assert api.ruth.post(path, body).status_code == 201
    before = arranging.everything(session)
    assert api.ruth.post(path, body).status_code == 422
    assert arranging.everything(session) == before


def test_a_request_that_is_sent_again_with_its_key_is_answered_and_not_done_again(api, session, requisition, slate):
    body, key = {"reason": REASON, "phase": "before_offer"}, {"Idempotency-Key": "one click"}
    path = f"/requisitions/{requisition.key}/promotion"
    first = api.ruth.post(path, body, headers=key)
    before = arranging.everything(session)
    again = api.ruth.post(path, body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_json() == first.get_json()
    assert arranging.everything(session) == before


def test_the_second_choice_may_be_lost_in_turn(session, people, now, requisition, slate):
    first = _promote(session, people, now, requisition, "before_offer")
    for act in (arranging.submit, arranging.approve, arranging.extend):
        act(session, people, first.offer, now)
    second = _promote(session, people, now + factories.days(1), requisition, "offer")
    assert (second.ended.id, second.promoted.id) == (slate[1].id, slate[2].id)
    assert [promotion.id for promotion in queries.promotions_of(session, requisition)] == [
        second.promotion.id,
        first.promotion.id,
    ]
    assert not queries.open_losses(session, [requisition.id])


@pytest.mark.parametrize(("to", "phase"), [("extended", "offer"), ("accepted", "accepted")])
def test_the_answer_names_who_went_who_came_and_when(api, session, people, now, requisition, slate, to, phase):
    arranging.offer(session, people, slate[0], now, to=to)
    session.commit()
    response = api.ruth.post(
        f"/requisitions/{requisition.key}/promotion", {"reason": REASON, "phase": phase}
    ).get_json()
    assert response["ended_application"] == slate[0].id
    assert response["promoted_application"] == slate[1].id
    assert (response["offer"]["status"], response["offer"]["above_band"]) == ("draft", False)
    assert (response["phase"], response["opening"]) == (phase, requisition.openings[0].id)
    assert response["fell_through_at"] == response["promoted_at"]


def test_a_loss_that_came_back_is_no_loss(session, people, now, requisition, slate):
    ada = slate[0]
    _withdraw(session, people, ada, now)
    assert promote.plan_promotion(session, requisition).lost.application_id == ada.id
    services.reopen(session, application=ada, reason="She called", act=act_by(people.ruth, now=now))
    plan = promote.plan_promotion(session, requisition)
    assert (plan.lost, plan.ending, plan.next.application_id) == (None, ada, slate[1].id)


def test_who_does_not_lead_the_slate_is_no_loss_when_he_withdraws(session, people, now, requisition, slate):
    _withdraw(session, people, slate[1], now)
    assert not queries.losses_of(session, requisition)


@pytest.mark.parametrize(("minutes", "hours"), [(0, 0.0), (90, 1.5), (120, 2.0), (60 * 49, 49.0)])
def test_the_hours_from_the_loss_to_the_new_offer_are_measured(
    session, people, now, requisition, slate, minutes, hours
):
    lost_at = now - dt.timedelta(minutes=minutes)
    arranging.offer(session, people, slate[0], lost_at, to="declined")
    done = _promote(session, people, now, requisition, "offer")
    assert promote.hours_until_out(done.promotion, done.offer) is None
    arranging.submit(session, people, done.offer, now)
    arranging.approve(session, people, done.offer, now)
    assert promote.hours_until_out(done.promotion, done.offer) is None
    arranging.extend(session, people, done.offer, now)
    session.commit()
    session.expire_all()
    assert promote.hours_until_out(done.promotion, done.offer) == hours
    terms = dataclasses.replace(rules.terms_of(done.offer), base=Money(7_600_000, "EUR"))
    offering.change(session, offer=done.offer, terms=terms, act=act_by(people.ruth, now=now + factories.days(1)))
    assert done.offer.status == OfferStatus.DRAFT
    assert promote.hours_until_out(done.promotion, done.offer) == hours


def test_losses_promotions_and_offers_are_counted_once_each(session, people, now, requisition, slate):
    arranging.offer(session, people, slate[0], now, to="extended")
    session.commit()
    before = arranging.counts(session)
    _promote(session, people, now, requisition, "offer")
    session.commit()
    grown = {name: n - before[name] for name, n in arranging.counts(session).items() if n != before[name]}
    assert {name: n for name, n in grown.items() if name != "audit_entry"} == {
        "job": 1,  # whoever runs the search is told at once
        "undo_token": 1,
        FallThrough.__tablename__: 1,
        Promotion.__tablename__: 1,
        Offer.__tablename__: 1,
        "offer_terms": 1,
        "stage_change": 1,
        "status_change": 1,
    }


def _state(session, requisition, slate):
    session.expire_all()
    offers = {offer.application_id: offer.status for offer in session.scalars(select(Offer).order_by(Offer.id))}
    return (
        [
            (application.status, application.stage.kind, application.ended_by, application.reason_code)
            for application in slate
        ],
        {key: status for key, status in offers.items() if status != OfferStatus.RESCINDED},
        [(opening.status, opening.filled_by_id) for opening in requisition.openings],
        requisition.status,
    )


@pytest.mark.parametrize("to", [None, "draft", "extended", "accepted", "declined", "lapsed", "reneged"])
def test_a_promotion_is_taken_back_until_its_offer_is_sent(session, people, now, requisition, slate, to):
    ada, bela, chidi = slate
    if to:
        arranging.offer(session, people, ada, now, to=to)
    made = _promised(session, people, chidi, now, 3)
    session.commit()
    before = _state(session, requisition, slate)
    phase = {"extended": "offer", "declined": "offer", "lapsed": "offer", "accepted": "accepted", "reneged": "accepted"}
    done = _promote(session, people, now, requisition, phase.get(to, "before_offer"))
    session.commit()
    assert _state(session, requisition, slate) != before
    later = now + dt.timedelta(days=2)  # no limit of time, while the offer was not sent
    undone = undo_services.undo(session, secret=done.undo, act=act_by(people.ruth, now=later))
    session.commit()
    assert undone.candidate is ada.candidate
    assert _state(session, requisition, slate) == before
    assert done.promotion.undone_by_id == people.ruth.id
    assert not queries.promotions_of(session, requisition)
    gone_before = to in {"declined", "reneged"}
    assert len(queries.losses_of(session, requisition)) == (1 if gone_before else 0)
    assert bool(queries.open_losses(session, [requisition.id])) is gone_before
    open_now = [promise for promise in queries.promises_of(session, chidi) if promise.state == PromiseState.OPEN]
    assert [(promise.what, promise.due_on) for promise in open_now] == [(made.what, made.due_on)]
    actions = list(session.scalars(select(AuditEntry.action)))
    assert "finalist.promoted" in actions
    assert "finalist.promotion_undone" in actions
    again = _promote(session, people, later, requisition, phase.get(to, "before_offer"))
    assert again.promoted is bela  # and it can be done once more


@pytest.mark.parametrize(("undone_after", "due_after"), [(2, 3), (3, 3), (4, 4), (5, 5)])
def test_a_promise_falls_due_as_before_and_never_on_a_day_that_is_over(
    session, people, now, requisition, slate, undone_after, due_after
):
    chidi = slate[2]
    _promised(session, people, chidi, now, 3)
    done = _promote(session, people, now, requisition, "before_offer")
    later = now + dt.timedelta(days=undone_after)
    undo_services.undo(session, secret=done.undo, act=act_by(people.ruth, now=later))
    open_now = [promise for promise in queries.promises_of(session, chidi) if promise.state == PromiseState.OPEN]
    assert [promise.due_on for promise in open_now] == [day_of(now) + dt.timedelta(days=due_after)]


def test_a_promotion_is_not_taken_back_once_its_offer_was_sent(session, people, now, requisition, slate):
    done = _promote(session, people, now, requisition, "before_offer")
    arranging.submit(session, people, done.offer, now)
    arranging.approve(session, people, done.offer, now)
    arranging.extend(session, people, done.offer, now)
    session.commit()
    before = arranging.everything(session)
    with pytest.raises(Conflict, match="has been sent"):
        undo_services.undo(session, secret=done.undo, act=act_by(people.ruth, now=now))
    session.rollback()
    assert arranging.everything(session) == before


def test_a_promotion_is_not_taken_back_over_somebody_elses_act(session, people, now, requisition, slate):
    ada = slate[0]
    arranging.offer(session, people, ada, now, to="accepted")
    done = _promote(session, people, now, requisition, "accepted")
    services.reopen(session, application=ada, reason="She called", act=act_by(people.ruth, now=now))
    session.commit()
    with pytest.raises(Conflict, match="gone on since"):
        undo_services.undo(session, secret=done.undo, act=act_by(people.ruth, now=now))


def test_a_renewal_stays_ahead_of_their_date_elsewhere(session, people, now, requisition, slate):
    old = _promised(session, people, slate[2], now, 9)
    competing_processes.record(
        session, application=slate[2], stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=day_of(now) + factories.days(7), disclosed_on=day_of(now), act=act_by(people.ruth, now=now) )  # fmt: skip
    _promote(session, people, now, requisition, "before_offer")
    _, new = queries.promises_of(session, slate[2])
    assert (new.renews_id, new.due_on) == (old.id, day_of(now) + factories.days(5))


@pytest.mark.parametrize(("days", "is_kept"), [(40, True), (-2, False)])
def test_the_draft_begins_when_they_said_they_can(session, people, now, requisition, slate, days, is_kept):
    free = day_of(now) + factories.days(days)
    readiness_services.record_readiness(
        session, application=slate[1], answers=readiness_services.ReadinessAnswers(available_from=free), act=act_by(people.ruth, now=now) )  # fmt: skip
    assert _promote(session, people, now, requisition, "before_offer").offer.start_on == (free if is_kept else None)
