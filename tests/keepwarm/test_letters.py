"""Messages: drafts from what was said, never the same text twice, sent as mail and kept as a contact; and feedback owed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from recruiter.foundation.calendar import WorkingDays
from recruiter.foundation.database.scope import listed
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.jobs import worker
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.messages import drafts, message_queries, message_rules, message_services
from recruiter.keepwarm.messages.drafts import Purpose
from recruiter.keepwarm.messages.message_rules import OutgoingMessage
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind, Touchpoint
from recruiter.keepwarm.overview import feedback_owed
from recruiter.offers import competing_processes
from recruiter.offers.models import SourceClass
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import Requisition
from tests import factories
from tests.acts import act_by, day_of, moment

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalists = factories.finalists(session, people, now, requisition)
    session.commit()
    return finalists


def _send(
    session, people, application, now, body="Dear you, we decide on Friday.", subject="News", kind=TouchKind.UPDATE
):
    message = OutgoingMessage(application, subject, body, kind, personal=True)
    return message_services.send(session, message=message, act=act_by(people.ruth, now=now))


@pytest.fixture
def spoken_to(session, people, now):
    """Somebody who spoke with us, was promised an answer, and must answer elsewhere."""
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), name="Bela Novak"
    )
    by_ruth = {"application": application, "act": act_by(people.ruth, now=now)}
    note = "\u201cI must know by Tuesday\u201d, she said"
    contact = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.UPDATE, note, now - 6 * ONE_DAY)
    contact_services.record(session, contact=contact, **by_ruth)
    promise_services.make_promise(session, what="You will hear from us", due_on=dt.date(2026, 11, 20), **by_ruth)
    competing_processes.record(
        session, stage="Offer", source_class=SourceClass.CREDIBLE, decision_on=dt.date(2026, 11, 24), **by_ruth
    )
    return application


def _draft(session, people, application, purpose, at):
    act, ask_by = act_by(people.ruth, now=at), dt.date(2026, 11, 23)
    return drafts.build_draft(session, application=application, purpose=purpose, act=act, ask_by=ask_by)


@pytest.mark.parametrize("purpose", drafts.USUAL[ApplicationStatus.ACTIVE])
def test_a_draft_is_made_of_what_was_said(session, people, now, spoken_to, purpose):
    text = _draft(session, people, spoken_to, purpose, now).body
    for part in ("Hello Bela,", "by phone on Thu 12 Nov", "I must know by Tuesday", "Ruth"):
        assert part in text
    assert ("Fri 20 Nov" in text) is (purpose in {Purpose.UPDATE, Purpose.THANKS})
    assert ("answer elsewhere by Tue 24 Nov" in text) is (purpose == Purpose.UPDATE)
    assert ("by Mon 23 Nov" in text) is (purpose == Purpose.EARLIER)
    assert bool(message_rules.blanks(text)) is (purpose in {Purpose.THANKS, Purpose.FEEDBACK})


def test_a_first_message_leaves_its_reason_to_be_filled_in(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    first = _draft(session, people, application, Purpose.UPDATE, now).body
    assert message_rules.blanks(first) == ["[Why you write to them today]"]
    assert "last in touch" not in first


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        ("Wrote a thank-you note and asked for the next step", ""),
        ("She said \u201cI want to see the team first\u201d, kindly", "I want to see the team first"),
        ('On the phone: "Monday is fine"', "Monday is fine"),
    ],
)
def test_only_their_own_words_are_quoted(session, people, now, note, quoted):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    contact = contact_services.Contact(Direction.FROM, Channel.EMAIL, TouchKind.UPDATE, note)
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=now))
    made = drafts.build_draft(
        session, application=application, purpose=Purpose.UPDATE, act=act_by(people.ruth, now=now)
    )
    assert ("You told us" in made.body) == bool(quoted)
    assert quoted in made.body
    assert note not in made.body


def test_a_promise_that_was_missed_is_not_passed_over(session, people, now, spoken_to):
    assert "I am sorry" in _draft(session, people, spoken_to, Purpose.UPDATE, now + 5 * ONE_DAY).body


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(body=texts, name=texts, other=texts)
def test_names_signs_and_case_do_not_make_a_text_another(body, name, other):
    key = message_rules.text_key(body, names=(name, other))
    assert message_rules.text_key(f"  {body.upper()} !", names=(name, other)) == message_rules.text_key(
        body.upper(), names=(name, other)
    )
    assert message_rules.text_key(f"{name}, {body}", names=(name, other)) == key
    assert message_rules.text_key(f"{body} {other}", names=(name, other)) == key


def test_a_message_goes_out_as_mail_and_stays_as_a_contact(app, session, people, now, slate):
    letter = _send(session, people, slate[0], now)
    session.commit()
    assert worker.step(app)
    sent = app.extensions["recruiter_mailer"].sent
    assert [(mail.to, mail.subject, mail.body) for mail in sent] == [
        (message_queries.address_of(slate[0].candidate), "News", "Dear you, we decide on Friday.")
    ]
    touch = session.get(Touchpoint, letter.touchpoint_id)
    assert (touch.direction, touch.channel, touch.text) == (
        Direction.TO,
        Channel.EMAIL,
        "Dear you, we decide on Friday.",
    )


@pytest.mark.parametrize(
    "body",
    [
        "Dear you, we decide on Friday.",
        "dear YOU we decide on friday",
        "Bela Novak! Dear you, we decide on Friday. Ruth",
        "Dear you,\n\nwe décide on Friday…",
    ],
)
def test_two_finalists_never_get_the_same_text(session, people, now, slate, body):
    _send(session, people, slate[0], now)
    with pytest.raises(RuleBroken) as refusal:
        _send(session, people, slate[1], now, body)
    assert refusal.value.errors == {"body": [message_rules.SAME]}
    with pytest.raises(RuleBroken, match="sent to them already"):
        _send(session, people, slate[0], now)
    session.commit()
    assert len(session.scalars(select(Letter)).all()) == 1
    assert len(session.scalars(select(Job).where(Job.kind == "mail")).all()) == 1
    _send(session, people, slate[1], now, "Bela, you asked about the team: it grows in spring.")


def test_nobody_reads_the_name_of_another_finalist(session, people, now, slate):
    with pytest.raises(RuleBroken, match="names Bela Novak"):
        _send(session, people, slate[0], now, "We wait for the answer of béla  novak until Friday.")
    _send(session, people, slate[0], now, "Ada Ferreira, Bela was the name of your cat; how is it?")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"body": "Thank you. [One thing from your talk]"}, "body"),
        ({"body": " Ruth! "}, "body"),
        ({"subject": " "}, "subject"),
    ],
)
def test_what_is_not_written_out_is_not_sent(session, people, now, slate, more, field):
    with pytest.raises(RuleBroken) as refusal:
        _send(session, people, slate[0], now, **more)
    assert field in refusal.value.errors
    assert session.scalars(select(Touchpoint)).first() is None


def test_without_an_address_nothing_is_sent(session, people, now, slate):
    for contact in slate[0].candidate.contacts:
        session.delete(contact)
    session.flush()
    session.expire(slate[0].candidate)
    with pytest.raises(Conflict, match="No e-mail address"):
        _send(session, people, slate[0], now)


def test_a_reply_answers_a_message(session, people, now, slate):
    for number, application in enumerate(slate[:2]):
        _send(session, people, application, now, f"News number {number}")
    reply = contact_services.Contact(
        Direction.FROM, Channel.EMAIL, TouchKind.UPDATE, "Thank you", now + dt.timedelta(hours=1)
    )
    contact_services.record(
        session, application=slate[0], contact=reply, act=act_by(people.ruth, now=now + dt.timedelta(hours=1))
    )
    session.commit()
    assert message_queries.unanswered(session, [application.id for application in slate]) == {slate[1].id: now}


def _reject(session, people, application, now):
    services.reject(
        session, application=application, reason="Not this time", release_bench=True, act=act_by(people.ruth, now=now)
    )


def _owed(session, requisition, now, **more):
    this_search = select(Requisition.id).where(Requisition.id == requisition.id)
    return feedback_owed.owed(session, searches=listed(this_search), moment=moment(now, **more))


def test_feedback_is_owed_to_whoever_was_not_chosen_until_it_is_given(session, people, now, slate):
    requisition = slate[0].requisition
    assert _owed(session, requisition, now) == []
    _reject(session, people, slate[1], now)
    services.withdraw(session, application=slate[2], reason="timing", act=act_by(people.ruth, now=now))
    session.commit()
    owed = _owed(session, requisition, now)
    assert [(owed_item.application.id, owed_item.due_on, owed_item.given_on) for owed_item in owed] == [
        (slate[1].id, dt.date(2026, 11, 20), None)
    ]
    holiday = WorkingDays(frozenset({dt.date(2026, 11, 20)}))
    assert _owed(session, requisition, now, calendar=holiday)[0].due_on == dt.date(2026, 11, 23)
    assert (owed[0].late(dt.date(2026, 11, 20)), owed[0].late(dt.date(2026, 11, 21))) == (False, True)
    _send(
        session,
        people,
        slate[1],
        now,
        "Your design was the clearest; we missed depth in data.",
        kind=TouchKind.FEEDBACK,
    )
    session.commit()
    owed = _owed(session, requisition, now)
    assert (owed[0].given_on, owed[0].late(dt.date(2026, 12, 24))) == (day_of(now), False)
