"""A message to several: seen before it is sent, in own words to finalists, taken back while it has not left, then a contact."""

import datetime as dt
import html
import re
from types import SimpleNamespace

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.foundation.jobs import Job
from recruiter.jobs import worker
from recruiter.keepwarm.models.records import Touchpoint
from tests import factories
from tests.doubles import RecordingMailer


@pytest.fixture
def search(session, people, now):
    """Two finalists and two others, as plain values."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", "Bela Novak"))
    others = [factories.application(session, people, now, requisition, name=name) for name in ("Cem Aksoy", "Dora Ito")]
    session.commit()
    plain = SimpleNamespace(key=requisition.key)
    applications = [
        SimpleNamespace(id=application.id, pick=f"{application.id}:{application.stage_id}")
        for application in [*slate, *others]
    ]
    session.rollback()
    return plain, applications


def text_of(answer):
    return html.unescape(answer.get_data(as_text=True))


def fields(*applications, **more):
    return {"pick": [application.pick for application in applications], "subject": "News", **more}


def counted(session, table, **by):
    session.expire_all()
    count = session.query(table).filter_by(**by).count()
    session.rollback()
    return count


def test_a_text_is_written_once_and_shown_as_each_will_get_it(browse, session, search):
    _, (_, _, cem, dora) = search
    ruth = browse("ruth")
    first = text_of(ruth.post("/applications/message", data={"pick": [cem.pick, dora.pick]}))
    assert "{first name}, {name}, {requisition}, {stage} are filled in for each, in the subject too" in first
    body = "Hello {First Name}, about {requisition}: you stand in {stage}."
    look = text_of(ruth.post("/applications/message", data=fields(cem, dora, body=body, step="look")))
    assert "Hello Cem, about Senior Backend Engineer: you stand in Applied." in look
    assert "Hello Dora, about" in look
    assert counted(session, Job) == 0  # looking sends nothing


def test_the_subject_is_shown_as_each_will_get_it_and_nobody_gets_a_bare_greeting(browse, session, search):
    _, (_, _, cem, dora) = search
    ruth = browse("ruth")
    data = fields(cem, dora, subject="Hi {first name}", body="Hello {first name},\nwe will call.", step="look")
    look = text_of(ruth.post("/applications/message", data=data))
    assert 'Subject: <strong dir="auto">Hi Cem</strong>' in look
    assert "Hi Dora</strong>" in look
    bodies = {f"body-{cem.id}": "Hello Cem,\nwe will call.", f"body-{dora.id}": "Hello Dora,\n\nBest wishes\nRuth"}
    bare = ruth.post("/applications/message", data=fields(cem, dora, step="send", **bodies))
    assert bare.status_code == 422
    assert "The text to Dora Ito has a greeting and a close" in text_of(bare)
    assert counted(session, Job) == 0


def test_messages_leave_later_and_are_contacts_then(app, browse, session, search, clock):
    requisition, (_, _, cem, dora) = search
    ruth, back = browse("ruth"), f"/requisitions/{requisition.key}"
    bodies = {f"body-{cem.id}": "Hello Cem", f"body-{dora.id}": "Hello Dora"}
    answer = ruth.post("/applications/message", data=fields(cem, dora, step="send", back=back, **bodies))
    assert (answer.status_code, answer.location) == (303, back)
    assert "2 messages will leave at 09:35" in text_of(ruth.get(back))
    assert not worker.step(app)
    assert counted(session, Touchpoint) == 0
    clock.at += dt.timedelta(minutes=6)
    assert worker.step(app)
    assert worker.step(app)
    mailer = app.extensions["recruiter_mailer"]
    assert isinstance(mailer, RecordingMailer)
    assert sorted((mail.subject, mail.body) for mail in mailer.sent) == [("News", "Hello Cem"), ("News", "Hello Dora")]
    assert counted(session, Touchpoint, application_id=cem.id) == 1
    assert [job.payload for job in session.query(Job)] == [{}, {}]
    session.rollback()
    assert counted(session, AuditEntry, action="message.asked") == 2


def test_messages_are_taken_back_until_they_leave(app, browse, session, search, clock):
    requisition, (_, _, cem, dora) = search
    ruth, back = browse("ruth"), f"/requisitions/{requisition.key}"
    sent = fields(cem, dora, step="send", back=back, **{f"body-{cem.id}": "Hello", f"body-{dora.id}": "Hello"})
    ruth.post("/applications/message", data=sent)
    undo = re.search(r'action="(/undo/[^"]+)"', text_of(ruth.get(back))).group(1)
    assert ruth.post(undo).location == back
    assert "Nothing was sent" in text_of(ruth.get(back))
    assert counted(session, Job) == 0
    ruth.post("/applications/message", data=sent)
    undo = re.search(r'action="(/undo/[^"]+)"', text_of(ruth.get(back))).group(1)
    clock.at += dt.timedelta(minutes=6)
    assert worker.step(app)
    ruth.post(undo)
    assert "have left already" in text_of(ruth.get(back))
    assert worker.step(app)  # the other one was not lost by trying
    assert counted(session, Touchpoint) == 2


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("Hello Ada, we will call.", "Hello Bela, we will call."), 422),
        (("Hello Ada Ferreira!  We will CALL.", "hello bela novak, we will call"), 422),
        (("Hello Ada, thank you for the talk on caches.", "Hello Bela, we will call."), 303),
    ],
)
def test_two_finalists_never_get_the_same_text(browse, session, search, texts, status):
    _, (ada, bela, *_) = search
    bodies = {f"body-{ada.id}": texts[0], f"body-{bela.id}": texts[1]}
    answer = browse("ruth").post("/applications/message", data=fields(ada, bela, step="send", **bodies))
    assert answer.status_code == status
    assert counted(session, Job) == (2 if status == 303 else 0)
    if status == 422:
        page = text_of(answer)
        assert "Ada Ferreira and Bela Novak are finalists" in page
        assert texts[0] in page  # nothing typed is lost
        assert texts[1] in page


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"step": "look", "body": "Dear {salary}"}, "There is no {salary}"),
        ({"step": "look", "body": ""}, "Write a subject and a text"),
        ({"step": "look", "body": "Hello", "subject": " "}, "Write a subject and a text"),
        ({"step": "look", "body": "Hello", "subject": "Hi {nonsense}"}, "There is no {nonsense} in the subject"),
        (
            {"step": "look", "body": "Hello {first name},\n\n\n\nBest wishes\nRuth"},
            "The text has a greeting and a close",
        ),
        ({"step": "look", "body": "Hello {first name},"}, "The text has a greeting and a close"),
        ({"step": "send"}, "Write a subject and a text to Cem Aksoy"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(browse, session, search, more, message):
    _, (_, _, cem, _) = search
    answer = browse("ruth").post("/applications/message", data={**fields(cem), **more})
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert counted(session, Job) == 0


def test_another_managers_people_are_not_written_to(browse, session, search):
    _, (_, _, cem, _) = search
    sent = fields(cem, step="send", **{f"body-{cem.id}": "Hello"})
    assert browse("henk").post("/applications/message", data=sent).status_code == 404
    assert browse("ines").post("/applications/message", data=sent).status_code == 403
    assert counted(session, Job) == 0


SAME = "We plan with Friday and call you then."


@pytest.mark.parametrize("waits", [True, False])
def test_nor_does_a_second_one_later_whichever_way_it_is_sent(app, browse, api, session, search, clock, waits):
    _, (ada, bela, cem, _) = search
    ruth = browse("ruth")
    assert (
        ruth.post("/applications/message", data=fields(ada, step="send", **{f"body-{ada.id}": SAME})).status_code == 303
    )
    if not waits:
        clock.at += dt.timedelta(minutes=6)
        assert worker.step(app)
        letter = {"subject": "News", "body": SAME}
        assert api.ruth.post(f"/applications/{bela.id}/messages", letter).status_code == 422
    refused = ruth.post("/applications/message", data=fields(bela, step="send", **{f"body-{bela.id}": SAME}))
    assert refused.status_code == 422
    assert "Another finalist was sent this very text." in text_of(refused)
    other = ruth.post("/applications/message", data=fields(cem, step="send", **{f"body-{cem.id}": SAME}))
    assert other.status_code == 303  # who is no finalist may get the same news


def test_blocked_words_stop_every_message_with_their_sentence_marked_and_the_text_kept(browse, session, search):
    _, (_, _, cem, dora) = search
    ruth = browse("ruth")
    template = "Hello {first name},\nhow is your husband? We call on Friday."
    look = text_of(ruth.post("/applications/message", data=fields(cem, dora, body=template, step="look")))
    assert '<mark class="is-blocked">husband</mark>' in look
    bodies = {f"body-{cem.id}": "We call on Friday, Cem.", f"body-{dora.id}": "Dear Dora, how is your husband?"}
    stopped = ruth.post("/applications/message", data=fields(cem, dora, step="send", confirmed="husband", **bodies))
    page = text_of(stopped)
    assert stopped.status_code == 422
    assert "Take “husband” out of the message to Dora Ito" in page
    assert 'how is your <mark class="is-blocked">husband</mark>?' in page
    assert all(body in page for body in bodies.values())
    assert 'name="confirmed"' not in page  # what is blocked is not confirmed
    assert counted(session, Job) == 0


def test_warned_words_are_sent_once_somebody_has_read_them(browse, session, search):
    _, (_, _, cem, dora) = search
    ruth = browse("ruth")
    bodies = {f"body-{cem.id}": "Cem, the job is yours.", f"body-{dora.id}": "We call on Friday, Dora."}
    response = ruth.post("/applications/message", data=fields(cem, dora, step="send", **bodies))
    page = text_of(response)
    assert response.status_code == 422
    assert '<mark class="is-warned">the job is yours</mark>' in page
    assert counted(session, Job) == 0
    key = re.search(r'name="confirmed" value="([^"]+)"', page).group(1)
    sent = ruth.post("/applications/message", data=fields(cem, dora, step="send", confirmed=key, **bodies))
    assert sent.status_code == 303
    assert counted(session, Job) == 2


def test_a_message_to_one_finalist_is_marked_and_confirmed_on_the_bench_record(browse, session, search):
    _, (ada, *_) = search
    ruth, path = browse("ruth"), f"/applications/{ada.id}/messages"
    typed = {"kind": "update", "subject": "News", "body": "Hello Ada. You are our second choice. We call on Friday."}
    response = ruth.post(path, data=typed)
    page = text_of(response)
    assert response.status_code == 422
    assert "You are our <mark" not in page  # the whole phrase is marked
    assert '<mark class="is-warned">You are our second choice</mark>.' in page
    assert typed["body"] in page
    key = re.search(r'name="confirmed" value="([^"]+)"', page).group(1)
    blocked = ruth.post(path, data={**typed, "body": "How old are your children?", "confirmed": key})
    assert blocked.status_code == 422
    assert '<mark class="is-blocked">children</mark>' in text_of(blocked)
    assert counted(session, Job) == 0
    assert ruth.post(path, data={**typed, "confirmed": key}).status_code == 303
    assert counted(session, Job) == 1


def test_a_mail_of_ours_in_the_composer_asks_twice_and_their_words_and_calls_do_not(browse, session, search):
    _, (ada, *_) = search
    ruth, path = browse("ruth"), f"/applications/{ada.id}/notes"
    message = "Wrote about her husband and the move"
    stopped = ruth.post(path, data={"how": "email", "text": message})
    page = text_of(stopped)
    assert stopped.status_code == 422
    assert '<mark class="is-blocked">husband</mark>' in page
    assert f">{message}</textarea>" in page
    assert counted(session, Touchpoint) == 0
    warned = ruth.post(path, data={"how": "email", "text": "Told Ada: the job is yours."})
    key = re.search(r'name="confirmed" value="([^"]+)"', text_of(warned)).group(1)
    for more in (
        {"how": "email", "text": "Told Ada: the job is yours.", "confirmed": key},
        {"how": "email", "text": "Asks whether the job is hers.", "theirs": "y"},
        {"how": "call", "text": "Told Ada: the job is yours."},
    ):
        assert ruth.post(path, data=more).status_code == 303
    assert counted(session, Touchpoint) == 3


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("We wait for the answer of Bela Novak until Friday.", "names Bela Novak, who is on the same slate"),
        ("Thank you. [One thing from your talk] We call on Friday.", "Fill in what stands in brackets"),
    ],
)
@pytest.mark.parametrize("together", [False, True])
def test_the_board_refuses_what_one_to_one_is_refused(browse, session, search, body, message, together):
    _, (ada, _, cem, _) = search
    bodies = {f"body-{ada.id}": body, f"body-{cem.id}": "Hello Cem, we will call."}
    chosen = (ada, cem) if together else (ada,)
    answer = browse("ruth").post("/applications/message", data=fields(*chosen, step="send", **bodies))
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert counted(session, Job) == 0


def test_a_text_that_is_on_its_way_to_another_finalist_is_not_sent_one_to_one(browse, api, session, search):
    _, (ada, bela, *_) = search
    sent = fields(ada, step="send", **{f"body-{ada.id}": SAME})
    assert browse("ruth").post("/applications/message", data=sent).status_code == 303
    answer = api.ruth.post(f"/applications/{bela.id}/messages", {"subject": "News", "body": SAME})
    assert answer.status_code == 422
