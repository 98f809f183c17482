"""Letters passed on by a mail server: whose contact they become, once, and what is no contact."""

import datetime as dt
import io

import pytest
from sqlalchemy import func, select

from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.contacts import inbound_mail, inbound_mail_parser
from recruiter.keepwarm.models.records import Channel, Direction, Touchpoint
from tests import command_line, factories
from tests.acts import act_by, moment

REPLY = """\
From: Ada Ferreira <{sender}>
To: Ruth <ruth@example.com>
Subject: =?utf-8?q?Re=3A_Caf=C3=A9?= on Tuesday
Date: Tue, 17 Nov 2026 09:30:00 +0100
Content-Type: text/plain; charset=utf-8

Happy to wait until Friday.
 > Until when can you wait?

On Mon, 16 Nov 2026, Ruth wrote:
> We decide on Friday.
"""


@pytest.fixture
def ada(session, people, now):
    requisition = factories.requisition(session, people, now - dt.timedelta(days=20))
    return factories.finalists(session, people, now - dt.timedelta(days=10), requisition)[0]


def _address(application):
    return application.candidate.contacts[0].value


def _take(session, now, raw):
    return inbound_mail.record(session, letter=inbound_mail_parser.read(raw.encode()), moment=moment(now))


def test_what_a_candidate_writes_is_received_without_the_letter_it_answers(session, people, now, ada):
    taken = _take(session, now, REPLY.format(sender=_address(ada)))
    touchpoint = taken.touchpoint
    assert (touchpoint.direction, touchpoint.channel, touchpoint.by) == (Direction.FROM, Channel.EMAIL, people.ruth)
    assert touchpoint.application_id == ada.id
    assert touchpoint.text == "Re: Café on Tuesday\n\nHappy to wait until Friday."
    assert touchpoint.at == dt.datetime(2026, 11, 17, 8, 30, tzinfo=dt.UTC)


def test_the_same_letter_twice_is_one_contact(session, now, ada):
    raw = REPLY.format(sender=_address(ada).upper())
    first, second = _take(session, now, raw), _take(session, now + dt.timedelta(hours=1), raw)
    assert (first.known, second.known) == (False, True)
    assert session.scalar(select(func.count(Touchpoint.id))) == 1


def test_what_a_colleague_writes_to_one_is_sent_in_his_name(session, people, now, ada):
    raw = f"From: hana@example.com\nTo: x@example.org, {_address(ada)}\nSubject: Soon\n\nBy Friday."
    touchpoint = _take(session, now, raw).touchpoint
    assert (touchpoint.direction, touchpoint.by, touchpoint.at) == (Direction.TO, people.hana, now)


def test_the_key_in_the_subject_names_the_search(session, people, now, ada):
    other = factories.requisition(session, people, now)
    from recruiter.pipeline import services as pipeline

    second = pipeline.apply(session, candidate=ada.candidate, requisition=other, act=act_by(people.ruth, now=now))
    assert _take(session, now, REPLY.format(sender=_address(ada))).application == ada
    raw = f"From: {_address(ada)}\nSubject: about {other.key.lower()}\n\nHello"
    assert _take(session, now, raw).application == second


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("From: stranger@example.org\nTo: x@example.org\n\nHello", "No candidate has an address"),
        ("From: stranger@example.org\nTo: {ada}\n\nHello", "nobody who works here"),
        ("From: {ada}\nAuto-Submitted: auto-replied\n\nI am away", "nobody wrote it"),
    ],
)
def test_what_is_no_contact_saves_nothing(session, now, ada, raw, why):
    with pytest.raises(RuleBroken, match=why):
        _take(session, now, raw.format(ada=_address(ada)))
    assert session.scalar(select(func.count(Touchpoint.id))) == 0


def test_a_date_to_come_is_now(session, now, ada):
    raw = f"From: {_address(ada)}\nDate: Tue, 17 Nov 2099 09:30:00 +0100\n\nHello"
    assert _take(session, now, raw).touchpoint.at == now


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"From: a@b.c\nContent-Type: text/html\n\n<style>p{}</style><p>One</p><p>Two &amp; three</p>", "One\nTwo & three"),
        (b"From: a@b.c\nContent-Type: text/plain; charset=no-such\n\nGr\xc3\xbc\xc3\x9fe", "Grüße"),
        (b"From: a@b.c\n\n> only quoted", "> only quoted"),
        (b"From: a@b.c\nSubject: only this\n\n", "only this"),
    ],
)  # fmt: skip
def test_every_kind_of_body_becomes_text(raw, text):
    assert inbound_mail_parser.read(raw).record_text == text


def test_files_are_named_by_their_number():
    raw = (
        b"From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHere\n"
        b"--x\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF\n--x--\n"
    )
    assert inbound_mail_parser.read(raw).record_text == "Here\n\n(1 file attached, not kept here)"


def test_nobody_as_author_is_refused():
    with pytest.raises(ValueError, match="names nobody"):
        inbound_mail_parser.read(b"Subject: x\n\nHello")


def test_the_command_records_and_tells_no_address(app, clock, monkeypatch, capsys, session, ada):
    from recruiter.cli import mail

    session.commit()
    run = command_line.runner(app, clock, monkeypatch, capsys, mail)

    def say(raw):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw.encode())))
        return run("mail", "ingest")

    raw = REPLY.format(sender=_address(ada))
    assert say(raw)[:2] == (0, f"Recorded as a contact of application {ada.id} ({ada.requisition.key}).\n")
    assert say(raw)[1].startswith("Recorded before")
    code, output, complained = say("From: stranger@example.org\nTo: other@example.org\n\nHello")
    assert code == 1
    assert "stranger" not in output + complained
