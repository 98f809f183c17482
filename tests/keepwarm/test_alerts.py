"""What cannot wait for the morning: a lost first choice and a date elsewhere are told at once, once; an unanswered offer lapses."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.jobs import Job
from recruiter.interviews import decision_dates
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.jobs import worker
from recruiter.keepwarm.contacts import competing_processes, contact_services
from recruiter.keepwarm.lifecycle import offer_expiry, services
from recruiter.keepwarm.models.records import Channel, Direction, FallThrough, Phase, TouchKind
from recruiter.keepwarm.overview import contact_list, final_interview_followups
from recruiter.keepwarm.promotion import promote
from recruiter.keepwarm.schedule import agreement_queries, deadline_clashes
from recruiter.offers import services as offers
from recruiter.offers.models import Offer, OfferStatus, SourceClass
from recruiter.policy import scopes
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def requisition(session, people, now):
    return factories.requisition(session, people, now)


@pytest.fixture
def slate(session, people, now, requisition):
    finalists = factories.finalists(session, people, now, requisition)
    session.commit()
    return finalists


def work(app, session, clock, at):
    """Everything that is due at a moment is done; answers the mails that this sent."""
    session.commit()
    clock.at = at
    box = app.extensions["recruiter_mailer"].sent
    before = len(box)
    while worker.step(app):
        pass
    session.expire_all()
    return [(mail.to, mail.subject) for mail in box[before:]]


def _elsewhere(session, people, application, now, days, employer=""):
    return competing_processes.record(
        session, application=application, stage="Offer", source_class=SourceClass.CREDIBLE, employer=employer,
        decision_on=day_of(now) + days * DAY, act=act_by(people.ruth, now=now, zone=dt.UTC) )  # fmt: skip


@pytest.mark.parametrize("phase", ["before_offer", "offer", "accepted"])
def test_a_lost_first_choice_is_told_at_once_to_the_others_who_run_the_search(
    app, session, people, now, slate, clock, phase
):
    ada = slate[0]
    if phase != "before_offer":
        arranging.offer(session, people, ada, now, to="extended" if phase == "offer" else "accepted")
    services.withdraw(session, application=ada, reason="accepted_other_offer", act=act_by(people.ruth, now=now))
    mail = work(app, session, clock, now)
    lost = [email for email in mail if "First choice lost" in email[1]]
    assert lost == [("hana@example.com", "First choice lost: Ada Ferreira, Senior Backend Engineer")]
    assert "/promote" in app.extensions["recruiter_mailer"].sent[-1].body
    assert "Bela" not in app.extensions["recruiter_mailer"].sent[-1].body
    assert [mail for mail in work(app, session, clock, now + DAY) if "lost" in mail[1]] == []


def test_a_loss_of_somebody_else_is_no_alarm(app, session, people, now, slate, clock):
    services.withdraw(session, application=slate[2], reason="accepted_other_offer", act=act_by(people.ruth, now=now))
    assert work(app, session, clock, now) == []


def test_a_loss_that_was_taken_back_is_not_told(app, session, people, now, slate, clock):
    services.withdraw(session, application=slate[0], reason="accepted_other_offer", act=act_by(people.ruth, now=now))
    services.reopen(session, application=slate[0], reason="A misunderstanding", act=act_by(people.ruth, now=now))
    assert work(app, session, clock, now) == []


def test_a_promotion_tells_the_others_that_it_is_done(app, session, people, now, requisition, slate, clock):
    promote.promote(
        session, requisition=requisition, phase=Phase.BEFORE_OFFER, reason="accepted_other_offer", act=act_by(people.ruth, now=now),
        )  # fmt: skip
    assert [mail[0] for mail in work(app, session, clock, now)] == ["hana@example.com"]
    assert "has been promoted already" in app.extensions["recruiter_mailer"].sent[-1].body


def test_who_owes_a_card_hears_nothing_of_the_order(app, session, people, now, requisition, slate, clock):
    interviews.plan(
        session, application=slate[1], stage=requisition.stages[2], name="Panel", starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR, panel=[Seat(people.hana, cross_functional=False)], act=act_by(people.ruth, now=now - DAY) )  # fmt: skip
    services.withdraw(session, application=slate[0], reason="accepted_other_offer", act=act_by(people.anja, now=now))
    assert [to for to, subject in work(app, session, clock, now) if "lost" in subject] == ["ruth@example.com"]


def test_a_date_elsewhere_is_told_a_day_before_and_once(app, session, people, now, slate, clock):
    _elsewhere(session, people, slate[1], now, 3)
    _elsewhere(session, people, slate[1], now, 3)
    assert work(app, session, clock, now + DAY) == []
    noon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)  # the day before the 21st
    assert work(app, session, clock, noon - dt.timedelta(minutes=1)) == []
    subject = "Bela Novak must answer elsewhere by Sat 21 Nov 2026"
    assert work(app, session, clock, noon) == [("ruth@example.com", subject), ("hana@example.com", subject)]
    assert work(app, session, clock, noon + DAY) == []


@pytest.mark.hours
@pytest.mark.parametrize("days", [0, 1])
def test_a_date_that_is_near_already_is_told_at_once(app, session, people, now, slate, clock, days):
    _elsewhere(session, people, slate[1], now, days)
    assert len(work(app, session, clock, now + 3 * HOUR)) == 2


@pytest.mark.hours
def test_a_date_that_has_moved_or_of_somebody_who_has_gone_is_not_told(app, session, people, now, slate, clock):
    _elsewhere(session, people, slate[1], now, 3, "Kestrel")
    _elsewhere(session, people, slate[1], now, 9, "Kestrel")
    _elsewhere(session, people, slate[2], now, 3)
    services.withdraw(session, application=slate[2], reason="accepted_other_offer", act=act_by(people.ruth, now=now))
    application = factories.application(session, people, now, slate[0].requisition)
    _elsewhere(session, people, application, now, 3)
    assert work(app, session, clock, now + 3 * DAY) == []
    assert len(work(app, session, clock, now + 9 * DAY)) == 2


def _out(session, people, application, now, days=5):
    return arranging.offer(session, people, application, now, to="extended", expires_on=day_of(now) + days * DAY)


@pytest.mark.hours
def test_an_offer_that_nobody_answers_lapses_a_working_day_after_its_end(app, session, people, now, slate, clock):
    made = _out(session, people, slate[0], now, days=2)  # Friday
    mail = work(app, session, clock, dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    assert ("ruth@example.com", "No answer: an offer for Senior Backend Engineer has expired") in mail
    assert "Monday, 23 November 2026" in app.extensions["recruiter_mailer"].sent[-1].body
    assert work(app, session, clock, dt.datetime(2026, 11, 23, 23, 59, tzinfo=dt.UTC)) == []
    assert session.get(Offer, made.id).status == OfferStatus.EXTENDED
    mail = work(app, session, clock, dt.datetime(2026, 11, 24, 0, 1, tzinfo=dt.UTC))
    ended = session.get(Offer, made.id)
    assert (ended.status, ended.end_code) == (OfferStatus.LAPSED, "no_answer")
    row = session.scalars(select(AuditEntry).where(AuditEntry.action == "offer.lapsed")).one()
    assert (row.object_id, row.actor_id, row.detail) == (made.id, None, {"reason_code": "no_answer"})
    assert {to for to, subject in mail if "First choice lost" in subject} == {"ruth@example.com", "hana@example.com"}
    assert session.scalars(select(FallThrough)).all() == []  # the application goes on


@pytest.mark.parametrize("change", ["accept", "later", "pay", "rescind"])
def test_an_offer_that_was_answered_or_changed_does_not_lapse(app, session, people, now, slate, clock, change):
    made = _out(session, people, slate[0], now, days=2)
    work(app, session, clock, dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC))
    about = {"offer": session.get(Offer, made.id), "act": act_by(people.ruth, now=clock.at)}
    if change == "accept":
        offers.accept(session, **about)
    elif change == "rescind":
        services.rescind(session, reason="budget_withdrawn", **about)
    else:
        base = 7_600_000 if change == "pay" else arranging.WITHIN
        terms = arranging.terms(base, expires_on=dt.date(2026, 11, 30))
        offers.change(session, terms=terms, **about)
    stood = about["offer"].status
    work(app, session, clock, dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    assert session.get(Offer, made.id).status == stood != OfferStatus.LAPSED


def test_there_is_a_reminder_on_the_last_day_of_an_offer(app, session, people, now, slate, clock):
    _out(session, people, slate[0], now, days=20)
    session.commit()
    dues = session.scalars(select(Job).where(Job.kind == "offer.expiry").order_by(Job.due_at)).all()
    assert [digest.payload["share"] for digest in dues] == [50, 80, 99, 100]
    work(app, session, clock, dues[2].due_at)
    assert "has a day left" in app.extensions["recruiter_mailer"].sent[-1].body


def test_the_last_day_to_write_an_answer_down_is_a_working_day():
    friday, monday_off = dt.date(2026, 11, 20), WorkingDays(frozenset({dt.date(2026, 11, 23)}))
    assert offer_expiry.last_day(friday) == dt.date(2026, 11, 23)
    assert offer_expiry.last_day(friday, monday_off) == dt.date(2026, 11, 24)


def _final(session, people, application, now, *, ended):
    stage = next(each for each in application.requisition.stages if each.kind.value == "final")
    interviews.plan(
        session, application=application, stage=stage, name="Final round", starts_at=ended - HOUR, ends_at=ended,
        panel=[Seat(people.ines, cross_functional=False)], act=act_by(people.ruth, now=now - 9 * DAY) )  # fmt: skip


def _contact(session, people, application, at):
    contact = contact_services.Contact(Direction.TO, Channel.EMAIL, TouchKind.THANK_YOU, "Thank you", at)
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=at))


@pytest.mark.hours
def test_a_final_interview_starts_the_clock_until_they_are_thanked(session, people, now, requisition, slate):
    friday = dt.datetime(2026, 11, 13, 16, tzinfo=dt.UTC)
    _contact(session, people, slate[0], friday - DAY)
    _final(session, people, slate[0], now, ended=friday)
    other = factories.application(session, people, now, requisition, name="Dora Lind", stage="final")
    _final(session, people, other, now, ended=friday)
    session.commit()

    def standing():
        return contact_list.rows_for(session, [slate[0].finalist], moment=moment(now))[0].standing

    def waiting(**more):
        return final_interview_followups.to_thank(
            session, within=scopes.searches(people.ruth), moment=moment(now, **more)
        )

    assert standing().due_on == dt.date(2026, 11, 16)  # Monday
    assert standing().because == ("Final interview Fri 13 Nov: thank them, name the day of the decision",)
    assert [(person.application.id, person.due_on) for person in waiting()] == [(other.id, dt.date(2026, 11, 16))]
    off = WorkingDays(frozenset({dt.date(2026, 11, 16)}))
    assert waiting(calendar=off)[0].due_on == dt.date(2026, 11, 17)
    for application in (slate[0], other):
        _contact(session, people, application, friday + HOUR)
    session.commit()
    assert standing().due_on > day_of(now)
    assert waiting() == []


def test_the_decision_date_is_one_wherever_it_was_set(session, people, now, requisition, slate):
    decision_dates.set_date(
        session, requisition=requisition, decide_on=day_of(now) + 9 * DAY, act=act_by(people.ruth, now=now)
    )
    _elsewhere(session, people, slate[1], now, 5)
    session.commit()
    assert [date.due_on for date in agreement_queries.dates_of(session, [requisition.id])[requisition.id]] == [
        day_of(now) + 9 * DAY
    ]
    clashes = deadline_clashes.deadline_clashes(session, within=scopes.searches(people.ruth), moment=moment(now))
    assert [(clash.application.id, clash.because) for clash in clashes] == [(slate[1].id, "we decide on Fri 27 Nov")]
