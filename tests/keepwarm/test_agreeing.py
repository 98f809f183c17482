"""What a search agrees about its bench: clocks, dates, snoozes; and where dates clash."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.models.agreements import CadenceRule, DateKind, Snooze
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule import agreement_queries, agreement_services, deadline_clashes
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging


@pytest.fixture
def requisition(session, people, now):
    return factories.requisition(session, people, now)


@pytest.fixture
def slate(session, people, now, requisition):
    finalists = factories.finalists(session, people, now, requisition)
    session.commit()
    return finalists


def _elsewhere(session, people, application, now, days):
    competing_processes.record(
        session, application=application, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere",
        decision_on=day_of(now) + dt.timedelta(days=days), disclosed_on=day_of(now), act=act_by(people.ruth, now=now) )  # fmt: skip


def _agree(session, people, requisition, now, days, kind=DateKind.DECISION, **more):
    return agreement_services.agree_date(
        session, requisition=requisition, kind=kind, due_on=day_of(now) + dt.timedelta(days=days),
        reason=more.pop("reason", ""), act=act_by(people.ruth, now=now), **more,
    )  # fmt: skip


def _clashes(session, people, now, **more):
    return deadline_clashes.deadline_clashes(session, within=scopes.searches(people.ruth), moment=moment(now, **more))


def test_the_clocks_of_a_requisition_are_its_own(session, people, now, requisition, slate):
    chosen = {Situation.BENCH: 4, Situation.OFFER_OUT: 3, Situation.DEADLINE: 5}
    changed = agreement_services.set_cadence(
        session, requisition=requisition, chosen=chosen, act=act_by(people.ruth, now=now)
    )
    assert changed == {"bench": [7, 4], "deadline": [2, 5]}
    _elsewhere(session, people, slate[0], now, 9)
    session.commit()
    due = {
        row.application.id: row.standing.due_on
        for row in contact_list.finalists_to_contact(session, within=scopes.searches(people.ruth), moment=moment(now))
    }
    assert due[slate[1].id] == day_of(now) + dt.timedelta(days=4)
    assert due[slate[0].id] == dt.date(2026, 11, 20)  # Friday the 27th less five working days
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == "cadence.changed")).one()
    again = agreement_services.set_cadence(
        session, requisition=requisition, chosen=chosen, act=act_by(people.ruth, now=now)
    )
    assert again == {}
    agreement_services.set_cadence(
        session, requisition=requisition, chosen={Situation.DEADLINE: 1}, act=act_by(people.ruth, now=now)
    )
    assert [cadence_rule.days for cadence_rule in session.scalars(select(CadenceRule))] == [1]


def test_days_that_do_not_fit_change_nothing(session, people, now, requisition):
    with pytest.raises(RuleBroken) as refusal:
        agreement_services.set_cadence(
            session, requisition=requisition, chosen={Situation.BENCH: 5, Situation.FEEDBACK: 99}, act=act_by(people.ruth, now=now)
        )  # fmt: skip
    assert list(refusal.value.errors) == ["feedback"]
    assert requisition.cadence_bench_days == 7


def test_somebody_is_left_alone_until_a_date(session, people, now, slate):
    until = day_of(now) + dt.timedelta(days=20)
    about = {"application": slate[0], "act": act_by(people.ruth, now=now)}
    agreement_services.snooze(session, until=until, reason="On holiday", **about)
    session.commit()
    row = contact_list.rows_for(session, [slate[0].finalist], moment=moment(now))[0]
    assert (row.standing.due_on, row.contact.snooze) == (until, until)
    agreement_services.snooze(session, until=day_of(now) + dt.timedelta(days=10), reason="Back earlier", **about)
    session.commit()
    row = contact_list.rows_for(session, [slate[0].finalist], moment=moment(now))[0]
    assert row.contact.snooze == day_of(now) + dt.timedelta(days=10)  # the last word counts
    assert [snooze.reason for snooze in session.scalars(select(Snooze).order_by(Snooze.id))][-1] == "Back earlier"


@pytest.mark.parametrize(("days", "reason", "field"), [(0, "x", "until"), (91, "x", "until"), (5, " ", "reason")])
def test_a_snooze_has_a_date_ahead_and_a_reason(session, people, now, slate, days, reason, field):
    until = day_of(now) + dt.timedelta(days=days)
    with pytest.raises(RuleBroken) as refusal:
        agreement_services.snooze(
            session,
            application=slate[0],
            until=until,
            reason=reason,
            act=act_by(people.ruth, now=now),
        )
    assert field in refusal.value.errors
    assert session.scalars(select(Snooze)).first() is None


def test_who_is_on_no_slate_is_not_snoozed(session, people, now, requisition):
    application = factories.application(session, people, now, requisition)
    with pytest.raises(Conflict):
        agreement_services.snooze(
            session, application=application, until=day_of(now) + dt.timedelta(days=3), reason="x", act=act_by(people.ruth, now=now) )  # fmt: skip


def test_a_date_elsewhere_before_our_decision_is_a_clash_with_two_ways_out(session, people, now, requisition, slate):
    ada, bela, _ = slate
    _elsewhere(session, people, bela, now, 7)
    assert _clashes(session, people, now) == []
    _agree(session, people, requisition, now, 7)
    assert _clashes(session, people, now) == []
    _agree(session, people, requisition, now, 9, reason="The panel is late")
    session.commit()
    clashes = _clashes(session, people, now)
    assert [(clash.application.id, clash.theirs, clash.ours, clash.ask.id) for clash in clashes] == [
        (bela.id, day_of(now) + dt.timedelta(days=7), day_of(now) + dt.timedelta(days=9), ada.id)
    ]
    assert clashes[0].move_to == dt.date(2026, 11, 23)  # two working days before Wednesday the 25th
    off = WorkingDays(frozenset({dt.date(2026, 11, 24), dt.date(2026, 11, 23)}))
    assert _clashes(session, people, now, calendar=off)[0].move_to == dt.date(2026, 11, 19)
    assert "we decide on Fri 27 Nov" in clashes[0].because


def test_an_approval_that_was_promised_for_later_clashes_too(session, people, now, requisition, slate):
    _elsewhere(session, people, slate[2], now, 2)
    _agree(session, people, requisition, now, 5, DateKind.APPROVAL, promised_by=people.arne)
    session.commit()
    assert "Arne promised an approval by Mon 23 Nov" in _clashes(session, people, now)[0].because
    _agree(session, people, requisition, now, 1, DateKind.APPROVAL, promised_by=people.arne)
    session.commit()
    assert _clashes(session, people, now) == []


def test_the_one_with_the_offer_is_asked_whatever_the_order(session, people, now, requisition, slate):
    arranging.offer(session, people, slate[1], now, to="extended")
    for application in slate:
        _elsewhere(session, people, application, now, 3)
    _agree(session, people, requisition, now, 6)
    session.commit()
    asked_by = {clash.application.id: clash.ask.id if clash.ask else None for clash in _clashes(session, people, now)}
    assert asked_by == {slate[0].id: slate[1].id, slate[1].id: None, slate[2].id: slate[1].id}


def test_what_a_finalist_was_promised_clashes_with_his_own_date(session, people, now, slate):
    _elsewhere(session, people, slate[1], now, 3)
    promise_services.make_promise(
        session, application=slate[1], what="News", due_on=day_of(now) + dt.timedelta(days=4), act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    assert [clash.application.id for clash in _clashes(session, people, now)] == [slate[1].id]


def test_clashes_take_as_many_statements_for_many_as_for_few(
    session, people, now, requisition, slate, count_statements
):
    for application in slate:
        _elsewhere(session, people, application, now, 3)
    _agree(session, people, requisition, now, 6)
    session.commit()
    with count_statements() as few:
        assert len(_clashes(session, people, now)) == 3
    another = factories.requisition(session, people, now)
    for application in factories.finalists(session, people, now, another, names=[f"Person {n}" for n in range(12)]):
        _elsewhere(session, people, application, now, 3)
    _agree(session, people, another, now, 6)
    session.commit()
    session.expire_all()
    with count_statements() as many:
        assert len(_clashes(session, people, now)) == 15
    assert len(many) <= len(few) + 1  # the viewer is read again


@pytest.mark.parametrize(
    ("kind", "days", "who", "field"),
    [
        (DateKind.DECISION, -1, None, "due_on"),
        (DateKind.APPROVAL, 3, None, "promised_by"),
        (DateKind.APPROVAL, 3, "ines", "promised_by"),
    ],
)
def test_a_date_is_ahead_and_an_approval_has_its_approver(session, people, now, requisition, kind, days, who, field):
    with pytest.raises(RuleBroken) as refusal:
        _agree(session, people, requisition, now, days, kind, promised_by=getattr(people, who) if who else None)
    assert field in refusal.value.errors


def test_a_decision_moves_with_a_reason(session, people, now, requisition):
    _agree(session, people, requisition, now, 3)
    with pytest.raises(RuleBroken) as refusal:
        _agree(session, people, requisition, now, 6)
    assert "reason" in refusal.value.errors
    _agree(session, people, requisition, now, 6, reason="The panel is ill")
    session.commit()
    dates = agreement_queries.dates_of(session, [requisition.id])[requisition.id]
    assert [date.due_on for date in dates] == [day_of(now) + dt.timedelta(days=6)]
