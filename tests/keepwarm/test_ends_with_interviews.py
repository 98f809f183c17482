"""Interviews that lie ahead when an application ends: cancelled with it, the panel told, and back where the end is taken back."""

import datetime as dt

import pytest

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import services as interviews
from recruiter.interviews.models import InterviewStatus
from recruiter.interviews.services import Seat
from recruiter.jobs import worker
from recruiter.keepwarm import bulk_actions, queries
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.promotion import promote
from recruiter.keepwarm.undo import undo_services
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def ines_meets(session, people, now):
    """Somebody with an interview yesterday, one that goes on now, and one tomorrow, all held by Ines."""
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), name="Bela Novak"
    )

    def plan(starts_at):
        return interviews.plan(
            session,
            application=application,
            stage=application.stage,
            name="Panel",
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            panel=[Seat(people.ines)],
            act=act_by(people.ruth, now=now - 2 * DAY),
        )

    meets = [plan(now - DAY), plan(now - HOUR / 2), plan(now + DAY)]
    session.commit()
    return meets


def _statuses(meets):
    return [interview.status for interview in meets]


CANCELLED, PLANNED = InterviewStatus.CANCELLED, InterviewStatus.PLANNED


@pytest.mark.parametrize("act_name", ["reject", "withdraw"])
@pytest.mark.parametrize(("cancel", "expected"), [(True, [PLANNED, PLANNED, CANCELLED]), (False, [PLANNED] * 3)])
def test_only_what_has_not_begun_goes_with_the_end(session, people, now, ines_meets, act_name, cancel, expected):
    application = ines_meets[0].application
    end = getattr(services, act_name)
    ending = end(
        session,
        application=application,
        reason="other words",
        cancel_interviews=cancel,
        act=act_by(people.ruth, now=now),
    )
    assert _statuses(ines_meets) == expected
    assert ending.cancelled == [each for each in ines_meets if each.status == CANCELLED]


def test_the_panel_gets_the_cancellation_at_once(app, session, people, now, ines_meets):
    mailer = app.extensions["recruiter_mailer"]
    while worker.step(app):
        mailer.sent.clear()
    application = ines_meets[0].application
    services.withdraw(session, application=application, reason="timing", act=act_by(people.ruth, now=now))
    session.commit()
    while worker.step(app):
        pass
    assert [(mail.to, mail.calendar_method) for mail in mailer.sent] == [(people.ines.email, "CANCEL")]


def test_an_undone_rejection_plans_the_interviews_again(session, people, now, ines_meets):
    act = act_by(people.ruth, now=now)
    rejection = bulk_actions.reject(session, chosen=[ines_meets[0].application], reason="skills", act=act)
    assert rejection.cancelled == [ines_meets[2]]
    before = ines_meets[2].sequence
    undo_services.undo(session, secret=rejection.undo, act=act)
    assert _statuses(ines_meets) == [PLANNED] * 3
    assert ines_meets[2].sequence > before, "calendars take a later version of the same appointment only"


@pytest.mark.parametrize("status", [None, "draft", "pending", "approved", "extended", "accepted"])
def test_an_undone_withdrawal_leaves_everything_as_it_stood(session, people, now, ines_meets, status):
    """The application, its offer in whatever state, the seat, the coming interviews, and no loss on record."""
    application, act = ines_meets[0].application, act_by(people.ruth, now=now)
    offer = arranging.offer(session, people, application, now, to=status) if status else None
    requisition = application.requisition

    def state():
        seats = [(seat.status, seat.filled_by_id) for seat in requisition.openings]
        return application.status, offer and offer.status, seats, requisition.status, _statuses(ines_meets)

    before = state()
    closing = bulk_actions.withdraw(session, application=application, reason="timing", act=act)
    assert state() != before
    undo_services.undo(session, secret=closing.undo, act=act)
    assert state() == before
    assert queries.open_losses(session, [requisition.id]) == {}


def test_a_withdrawal_after_which_somebody_was_promoted_is_not_undone_before_the_promotion(session, people, now):
    ada, *_ = factories.finalists(session, people, now, factories.requisition(session, people, now))
    act = act_by(people.ruth, now=now)
    closing = bulk_actions.withdraw(session, application=ada, reason="timing", act=act)
    promotion = promote.promote(session, requisition=ada.requisition, reason="timing", phase=None, act=act)
    with pytest.raises(Conflict, match="Undo the promotion first"):
        undo_services.undo(session, secret=closing.undo, act=act)
    undo_services.undo(session, secret=promotion.undo, act=act)
    undo_services.undo(session, secret=closing.undo, act=act)
    assert ada.is_active


def test_work_that_has_started_ends_the_interviews_too(session, people, now, ines_meets):
    application = ines_meets[0].application
    arranging.offer(session, people, application, now, to="accepted")
    hired = application.requisition.stages[-1]
    services.move(session, application=application, to=hired, reason="Started", act=act_by(people.ruth, now=now))
    assert ines_meets[2].status == CANCELLED


def test_whoever_was_hired_is_welcomed_and_never_turned_down(session, people, now, ines_meets):
    application, act = ines_meets[0].application, act_by(people.ruth, now=now)
    arranging.offer(session, people, application, now, to="accepted")
    assert drafts.build_draft(session, application=application, act=act).purpose == Purpose.WELCOME
    services.move(session, application=application, to=application.requisition.stages[-1], reason="Started", act=act)
    assert drafts.build_draft(session, application=application, act=act).purpose == Purpose.WELCOME
    for purpose in (Purpose.FEEDBACK, Purpose.EARLIER):
        with pytest.raises(RuleBroken, match="Choose welcome, thanks"):
            drafts.build_draft(session, application=application, purpose=purpose, act=act)


def test_the_draft_tells_the_candidate_which_interview_does_not_take_place(session, people, now, ines_meets):
    application = ines_meets[0].application
    act = act_by(people.ruth, now=now)
    services.withdraw(session, application=application, reason="timing", act=act)
    draft = drafts.build_draft(session, application=application, act=act)
    assert draft.purpose == Purpose.ACKNOWLEDGEMENT
    assert draft.body.count("will not take place") == 1
