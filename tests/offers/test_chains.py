"""Approval chains: chosen by the size of the excess, walked step by step, n of m, with deputies; silence approves nothing."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.budget import decision_services
from recruiter.budget import services as cases
from recruiter.budget.models import CaseStatus, CaseVerdict
from recruiter.foundation.errors import Conflict, Forbidden, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.foundation.money import Money
from recruiter.jobs import worker
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_chain, approval_services, chain_services
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import ApprovalDecision, OfferStatus
from tests import factories
from tests.acts import act_by, day_of
from tests.offers import arranging, chaining

TOP = factories.BAND.max


@pytest.fixture
def ada(session, people, now):
    return factories.finalists(session, people, now, factories.requisition(session, people, now))[0]


@pytest.fixture
def board(session, people, now):
    """Arne and three more approvers."""
    return [people.arne, *(chaining.approver(session, name, now) for name in ("bea", "cem", "dag"))]


def _say(session, people, offer, who, now, decision="approved", **more):
    return approval_services.approve(
        session, offer=offer, decision=ApprovalDecision(decision), comment="Said", act=act_by(who, now=now), **more
    )


def _actions(session, kind="offer"):
    wanted = select(AuditEntry.action).where(AuditEntry.object_type == kind).order_by(AuditEntry.id)
    return list(session.scalars(wanted))


@pytest.mark.parametrize(
    ("over", "chain_name"),
    [
        (0, "Any"),
        (1, "Any"),
        (424_999, "Any"),
        (425_000, "Five"),
        (849_999, "Five"),
        (850_000, "Ten"),
        (3_000_000, "Sum"),
    ],
)
def test_the_size_of_the_excess_chooses_the_chain(session, people, now, board, over, chain_name):
    for name, count, more in [
        ("Any", 1, {}),
        ("Five", 2, {"from_percent": 500}),
        ("Ten", 3, {"from_percent": 1000}),
        ("Sum", 4, {"from_amount": Money(2_000_000, "EUR")}),
    ]:
        chaining.chain(session, people, now, [("Board", count, board)], name=name, **more)
    plan = approval_chain.chain_for_excess(
        chaining.chain_services.chain_queries.chains_for(session, cases=False),
        excess=Money(over, "EUR") if over else None,
        top=TOP,
    )
    assert plan.name == chain_name


def test_without_a_chain_one_approver_decides():
    assert approval_chain.chain_for_excess([], excess=Money(9_000_000, "EUR"), top=TOP) == approval_chain.DEFAULT
    assert approval_chain.plan_of(dataclasses.asdict(approval_chain.DEFAULT)) == approval_chain.DEFAULT


def test_an_amount_of_another_currency_does_not_choose_a_chain(session, people, now, board):
    made = chaining.chain(session, people, now, [("Board", 1, board)], from_amount=Money(1, "USD"))
    assert not approval_chain.is_large_enough(made, excess=Money(5_000_000, "EUR"), top=TOP)
    assert approval_chain.is_large_enough(made, excess=Money(1, "USD"), top=TOP)


def test_a_chain_is_walked_step_by_step_and_n_of_m(session, people, now, ada, board):
    arne, bea, cem, dag = board
    chaining.chain(session, people, now, [("Finance", 2, [arne, bea, cem])], [("Executive", 1, [dag])])
    offer = arranging.offer(session, people, ada, now, to="pending")
    with pytest.raises(Conflict, match="not your turn"):
        _say(session, people, offer, dag, now)
    _say(session, people, offer, arne, now)
    with pytest.raises(Conflict, match="answered already"):
        _say(session, people, offer, arne, now)
    assert offer.status == OfferStatus.PENDING_APPROVAL
    _say(session, people, offer, cem, now)
    assert offer.status == OfferStatus.PENDING_APPROVAL
    with pytest.raises(Conflict):
        arranging.extend(session, people, offer, now)
    with pytest.raises(Conflict, match="Others of Finance have approved already"):
        _say(session, people, offer, bea, now)
    with pytest.raises(Conflict, match="You have approved this already"):
        _say(session, people, offer, cem, now)
    _say(session, people, offer, dag, now)
    assert offer.status == OfferStatus.APPROVED
    assert [(approval.step, approval.group_name, approval.by.name) for approval in offer.approvals] == [
        (1, "Finance", "Arne"),
        (1, "Finance", "Cem"),
        (2, "Executive", "Dag"),
    ]
    assert _actions(session).count("offer.approved") == 3


def test_groups_of_one_step_are_asked_side_by_side(session, people, now, ada, board):
    arne, bea, *_ = board
    chaining.chain(session, people, now, [("HR", 1, [arne]), ("Finance", 1, [bea])])
    offer = arranging.offer(session, people, ada, now, to="pending")
    _say(session, people, offer, bea, now)
    assert offer.status == OfferStatus.PENDING_APPROVAL
    _say(session, people, offer, arne, now)
    assert offer.status == OfferStatus.APPROVED


def test_a_refusal_ends_the_round_and_the_next_begins_anew(session, people, now, ada, board):
    arne, bea, *_ = board
    chaining.chain(session, people, now, [("HR", 1, [arne])], [("Finance", 1, [bea])])
    offer = arranging.offer(session, people, ada, now, to="pending")
    _say(session, people, offer, arne, now)
    _say(session, people, offer, bea, now, "refused")
    assert offer.status == OfferStatus.DRAFT
    arranging.submit(session, people, offer, now)
    with pytest.raises(Conflict):
        _say(session, people, offer, bea, now)
    _say(session, people, offer, arne, now)
    _say(session, people, offer, bea, now)
    assert offer.status == OfferStatus.APPROVED


def test_a_change_of_pay_voids_the_words_said(session, people, now, ada, board):
    arne, bea, *_ = board
    chaining.chain(session, people, now, [("HR", 1, [arne])], [("Finance", 1, [bea])])
    offer = arranging.offer(session, people, ada, now, to="pending")
    _say(session, people, offer, arne, now)
    terms = dataclasses.replace(rules.terms_of(offer), base=Money(7_600_000, "EUR"))
    services.change(session, offer=offer, terms=terms, act=act_by(people.ruth, now=now))
    arranging.submit(session, people, offer, now)
    with pytest.raises(Conflict):
        _say(session, people, offer, bea, now)


def test_a_question_is_no_approval_and_reaches_who_asked(app, session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="pending")
    with pytest.raises(RuleBroken):
        approval_services.approve(
            session, offer=offer, decision=ApprovalDecision.QUESTION, comment=" ", act=act_by(people.arne, now=now)
        )
    _say(session, people, offer, people.arne, now, "question")
    assert offer.status == OfferStatus.PENDING_APPROVAL
    _say(session, people, offer, people.arne, now)
    assert offer.status == OfferStatus.APPROVED


def test_the_one_who_asked_never_approves_whatever_the_chain_says(session, people, now, ada, board):
    arne, bea, cem, _ = board
    chaining.chain(session, people, now, [("Finance", 1, [arne, bea])])
    chaining.stands_in(session, people, now, away=arne, deputy=cem)
    offer = arranging.offer(session, people, ada, now)
    offer.created_by_id = arne.id
    arranging.submit(session, people, offer, now)
    with pytest.raises(Forbidden):
        _say(session, people, offer, arne, now)
    with pytest.raises((Forbidden, Conflict)):
        _say(session, people, offer, cem, now)  # a deputy of the one who asked is no way round it
    assert offer.status == OfferStatus.PENDING_APPROVAL
    _say(session, people, offer, bea, now)
    assert offer.status == OfferStatus.APPROVED


def test_what_could_never_be_approved_is_not_sent(session, people, now, ada, board):
    arne, bea, *_ = board
    chaining.chain(session, people, now, [("Finance", 2, [arne, bea])])
    offer = arranging.offer(session, people, ada, now)
    offer.created_by_id = arne.id
    with pytest.raises(Conflict, match="needs 2 of Finance"):
        arranging.submit(session, people, offer, now)
    assert offer.status == OfferStatus.DRAFT


def test_a_deputy_answers_within_his_days_alone_and_one_seat_counts_once(session, people, now, ada, board):
    arne, bea, cem, dag = board
    chaining.chain(session, people, now, [("Finance", 2, [arne, bea])])
    chaining.stands_in(session, people, now, away=arne, deputy=cem, days=3)
    offer = arranging.offer(session, people, ada, now, to="pending")
    with pytest.raises(Forbidden):
        _say(session, people, offer, cem, now + dt.timedelta(days=4))
    with pytest.raises(Forbidden):
        _say(session, people, offer, dag, now)
    _say(session, people, offer, cem, now + dt.timedelta(days=3))
    approval = offer.approvals[-1]
    assert (approval.by.name, approval.on_behalf_of.name) == ("Cem", "Arne")
    with pytest.raises(Conflict, match="stands in for you"):
        _say(session, people, offer, arne, now)
    assert offer.status == OfferStatus.PENDING_APPROVAL
    _say(session, people, offer, bea, now)
    assert offer.status == OfferStatus.APPROVED


def test_a_stand_in_that_was_ended_counts_no_more(session, people, now, ada, board):
    arne, bea, cem, _ = board
    chaining.chain(session, people, now, [("Finance", 1, [arne, bea])])
    made = chaining.stands_in(session, people, now, away=arne, deputy=cem)
    chain_services.end_stand_in(session, stand_in_period=made, act=act_by(arne, now=now))
    offer = arranging.offer(session, people, ada, now, to="pending")
    with pytest.raises(Forbidden):
        _say(session, people, offer, cem, now)


def test_a_change_of_the_settings_does_not_move_what_was_sent(session, people, now, ada, board):
    arne, bea, *_ = board
    made = chaining.chain(session, people, now, [("Finance", 1, [arne])])
    offer = arranging.offer(session, people, ada, now, to="pending")
    chain_services.retire(session, chain=made, act=act_by(people.anja, now=now))
    with pytest.raises(Forbidden):
        _say(session, people, offer, bea, now)
    _say(session, people, offer, arne, now)
    assert offer.status == OfferStatus.APPROVED


def _mails(app, session, moment):
    """What was mailed while the worker ran until a moment."""
    session.commit()  # the worker writes through a connection of its own
    app.extensions["recruiter_clock"].at = moment
    before = len(app.extensions["recruiter_mailer"].sent)
    while worker.step(app):
        pass
    session.expire_all()
    return [(mail.to, mail.subject) for mail in app.extensions["recruiter_mailer"].sent[before:]]


@pytest.mark.hours
def test_reminders_at_half_and_at_four_fifths_of_the_time_each_once(app, session, people, now, ada, board):
    arne, bea, cem, _ = board
    chaining.chain(session, people, now, [("Finance", 2, [arne, bea])], answer_days=2)
    chaining.stands_in(session, people, now, away=bea, deputy=cem)
    offer = arranging.offer(session, people, ada, now, to="pending")
    session.commit()
    span = offer.answer_by - now
    assert offer.answer_by == dt.datetime(2026, 11, 21, tzinfo=dt.UTC)  # the end of the second working day
    recipients = [to for to, _ in _mails(app, session, now)]
    assert sorted(recipients) == ["arne@example.com", "bea@example.com", "cem@example.com"]
    assert _mails(app, session, now + span * 0.499) == []
    _say(session, people, offer, bea, now + span * 0.499)
    session.commit()
    assert [to for to, _ in _mails(app, session, now + span * 0.5)] == ["arne@example.com"]
    assert _mails(app, session, now + span * 0.79) == []
    (reminder,) = _mails(app, session, now + span * 0.8)
    assert reminder[0] == "arne@example.com"
    assert reminder[1].startswith("Reminder")
    (over,) = _mails(app, session, offer.answer_by)
    assert over == ("ruth@example.com", "No answer yet on an offer for Senior Backend Engineer")
    assert offer.status == OfferStatus.PENDING_APPROVAL  # silence is no approval


def test_nobody_is_reminded_of_what_is_decided(app, session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="approved")
    session.commit()
    assert _mails(app, session, offer.answer_by) == []


def test_no_mail_of_an_approval_names_pay(app, session, people, now, ada):
    arranging.offer(session, people, ada, now, to="pending")
    session.commit()
    bodies = " ".join(str(job.payload) for job in session.scalars(select(Job)))
    assert "7500000" not in bodies
    _mails(app, session, now)
    assert all("75" not in mail.body and "Ada" not in mail.body for mail in app.extensions["recruiter_mailer"].sent)


@pytest.mark.hours
def test_whoever_sent_an_offer_is_reminded_before_it_expires(app, session, people, now, ada):
    offer = arranging.offer(session, people, ada, now, to="extended", expires_on=day_of(now) + factories.days(9))
    session.commit()
    _mails(app, session, now)
    end = dt.datetime(2026, 11, 28, tzinfo=dt.UTC)
    assert [to for to, _ in _mails(app, session, now + (end - now) * 0.5)] == ["ruth@example.com"]
    assert [to for to, _ in _mails(app, session, now + (end - now) * 0.8)] == ["ruth@example.com"]
    assert [subject for _, subject in _mails(app, session, end - dt.timedelta(hours=1))] == [
        "An offer for Senior Backend Engineer expires on Fri 27 Nov 2026"
    ]
    assert [subject for _, subject in _mails(app, session, end)] == [
        "No answer: an offer for Senior Backend Engineer has expired"
    ]
    assert offer.status == OfferStatus.EXTENDED  # a person records what became of it


def _case(session, people, ada, now, ask):
    offer = arranging.offer(session, people, ada, now)
    made = cases.open_case(
        session, offer=offer, ask=Money(ask, "EUR"), needed_by=day_of(now) + factories.days(3), act=act_by(people.ruth, now=now) )  # fmt: skip
    texts = {
        "candidate": "Designed the ledger that the role is about.",
        "alternatives": "The second choice is out in May.",
    }
    cases.write(
        session,
        case=made,
        change=cases.CaseChange(texts),
        act=act_by(people.ruth, now=now),
    )
    cases.submit(session, case=made, act=act_by(people.ruth, now=now))
    return offer, made


def _rule(session, case, who, now, verdict="approved", amount=None):
    money = Money(amount, "EUR") if amount else None
    decision_services.decide(
        session, case=case, verdict=CaseVerdict(verdict), amount=money, comment="Said", act=act_by(who, now=now)
    )


def test_a_case_walks_its_chain_and_the_smallest_amount_bounds_the_offer(session, people, now, ada, board):
    arne, bea, cem, _ = board
    chaining.chain(
        session, people, now, [("HR", 1, [arne]), ("Finance", 1, [bea])], [("Board", 1, [cem])], from_percent=100
    )
    _, case = _case(session, people, ada, now, 9_500_000)
    _rule(session, case, bea, now, amount=9_000_000)
    assert (case.status, band_exceptions.allowed_up_to(session, ada)) == (CaseStatus.SUBMITTED, None)
    with pytest.raises(Conflict, match="not your turn"):
        _rule(session, case, cem, now)
    _rule(session, case, arne, now)
    _rule(session, case, cem, now, "question")
    assert case.status == CaseStatus.SUBMITTED
    _rule(session, case, cem, now)
    assert case.status == CaseStatus.APPROVED
    assert band_exceptions.allowed_up_to(session, ada) == Money(9_000_000, "EUR")
    assert "The chain “Above the band” decides: 1 of HR and 1 of Finance, then 1 of Board" in case.frozen


@pytest.mark.parametrize("verdict", ["refused", "changes_requested"])
def test_one_no_ends_the_round_of_a_case(session, people, now, ada, board, verdict):
    arne, bea, *_ = board
    chaining.chain(session, people, now, [("HR", 2, [arne, bea])])
    _, case = _case(session, people, ada, now, 9_500_000)
    _rule(session, case, arne, now)
    _rule(session, case, bea, now, verdict)
    assert case.status == CaseStatus(verdict)
    if verdict == "changes_requested":
        cases.submit(session, case=case, act=act_by(people.ruth, now=now))
        _rule(session, case, bea, now)
        assert case.status == CaseStatus.SUBMITTED  # what was said on the text before does not count for this one


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"for_offers": False, "for_cases": False},
        {"answer_days": 0},
        {"from_percent": -1},
        {"groups": ()},
        {"groups": (chain_services.GroupTerms(1, "Finance", 9),)},
        {"groups": (chain_services.GroupTerms(0, "Finance", 1),)},
        {"groups": (chain_services.GroupTerms(1, "A", 1), chain_services.GroupTerms(1, "A", 1))},
    ],
)
def test_a_chain_that_makes_no_sense_is_refused(session, people, now, wrong):
    good = chain_services.ChainTerms(
        name="Good", for_offers=True, for_cases=True, groups=(chain_services.GroupTerms(1, "Finance", 1),)
    )
    with pytest.raises(RuleBroken):
        chain_services.save(
            session, chain=None, terms=dataclasses.replace(good, **wrong), act=act_by(people.anja, now=now)
        )


def test_only_approvers_sit_in_a_chain_and_in_one_group_of_a_step(session, people, now, board):
    for members in ([people.ruth], [board[0]]):
        with pytest.raises(RuleBroken):
            chaining.chain(session, people, now, [("HR", 1, [board[0]]), ("Finance", 1, members)])


def test_who_stands_in_is_said_by_themselves_or_an_administrator(session, people, now, board):
    arne, bea, *_ = board
    period = {"from_on": day_of(now), "until_on": day_of(now)}
    with pytest.raises(Forbidden):
        chain_services.stand_in(session, user=arne, deputy=bea, act=act_by(bea, now=now), **period)
    with pytest.raises(RuleBroken):
        chain_services.stand_in(session, user=arne, deputy=arne, act=act_by(arne, now=now), **period)
    with pytest.raises(RuleBroken):
        chain_services.stand_in(session, user=arne, deputy=people.ruth, act=act_by(arne, now=now), **period)
    assert chain_services.stand_in(session, user=arne, deputy=bea, act=act_by(arne, now=now), **period).deputy is bea
