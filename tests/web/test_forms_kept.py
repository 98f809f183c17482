"""A form that is sent when the session had run out waits for its author: shown after sign-in, sent by them, seen by nobody else."""

import datetime as dt
import io
import re

import pytest

from recruiter.accounts import rules, saved_submissions
from recruiter.accounts.models import KeptForm, UserSession
from recruiter.candidates.models import Note
from recruiter.scorecards.models import SavedSubmission
from tests import factories
from tests.conftest import PASSWORD
from tests.scorecards import arranging

TEXT = "CANARY called <b>twice</b>,\nshe is keen"


@pytest.fixture
def note(session, people, now):
    application = factories.application(
        session, people, now, factories.requisition(session, people, now), name="Ada Ferreira"
    )
    session.commit()
    return f"/applications/{application.id}/notes"


def _later(session, now, hours=3):
    for login in session.query(UserSession):
        login.seen_at = login.created_at = now - dt.timedelta(hours=hours)
    session.commit()


def _count(session, table):
    """How many there are; no reader stays behind to hold a writer up."""
    row_count = session.query(table).count()
    session.commit()
    return row_count


def _sign_in(client, name, address="/sign-in"):
    before, client.application.config["WTF_CSRF_ENABLED"] = client.application.config["WTF_CSRF_ENABLED"], True
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").get_data(as_text=True)).group(1)
    done = client.post(address, data={"email": f"{name}@example.com", "password": PASSWORD, "csrf_token": token})
    client.application.config["WTF_CSRF_ENABLED"] = before
    return done


def _token(client, path):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True)).group(1)


def test_a_note_waits_for_its_author_is_sent_by_him_and_gone(app, browse, session, now, note):
    ruth = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True  # what is sent again carries a token of the new session
    stale = _token(ruth, "/account")
    _later(session, now)
    answer = ruth.post(note, data={"text": TEXT, "csrf_token": stale})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/kept")
    assert _count(session, Note) == 0
    assert _sign_in(ruth, "ruth", answer.location).location == "/kept"
    page = ruth.get("/kept").get_data(as_text=True)
    assert "Ada Ferreira" in page
    assert "CANARY called &lt;b&gt;twice&lt;/b&gt;,\nshe is keen" in page
    assert stale not in page
    number = re.search(r'name="kept_form" value="(\d+)"', page).group(1)
    fresh = _token(ruth, "/kept")
    assert ruth.post(note, data={"text": "", "csrf_token": fresh, "kept_form": number}).status_code == 422
    assert _count(session, KeptForm) == 1  # refused, so it is still there
    assert ruth.post(note, data={"text": TEXT, "csrf_token": fresh, "kept_form": number}).status_code == 303
    session.expire_all()
    assert [note.text for note in session.query(Note)] == [TEXT]
    assert _count(session, KeptForm) == 0
    assert ruth.get("/kept").location == "/"


def test_nobody_else_sees_it_sends_it_or_throws_it_away(browse, session, people, now, note):
    ruth = browse("ruth")
    _later(session, now)
    ruth.post(note, data={"text": TEXT})
    waits = session.query(KeptForm).one()
    assert waits.user_id == people.ruth.id
    session.commit()
    for name in ("rolf", "anja", "ines"):
        other = browse(name)
        assert other.get("/kept").location == "/"
        assert "CANARY" not in other.get("/").get_data(as_text=True)
        other.post(f"/kept/{waits.id}/discard")
        other.post("/account/theme", data={"theme": "dark", "kept_form": waits.id})
    assert _count(session, KeptForm) == 1
    assert _sign_in(ruth, "rolf", "/sign-in?next=/kept").location == "/kept"  # in the same browser
    assert ruth.get("/kept").location == "/"
    back = browse("ruth")
    assert "You sent this when you were signed out" in back.get("/").get_data(as_text=True)
    assert back.post(f"/kept/{waits.id}/discard").location == "/kept"
    assert _count(session, KeptForm) == 0


def test_a_page_left_open_while_its_person_signed_in_again_keeps_what_it_sends(app, browse, session, now, note):
    ruth = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True
    stale = _token(ruth, "/account")
    _later(session, now)
    _sign_in(ruth, "ruth")
    answer = ruth.post(note, data={"text": TEXT, "csrf_token": stale})
    assert (answer.status_code, answer.location) == (303, "/kept")
    assert "CANARY" in ruth.get("/kept").get_data(as_text=True)
    assert _count(session, Note) == 0


def test_a_page_of_somebody_else_in_the_same_browser_keeps_nothing(app, browse, session, now, note):
    ruth = browse("ruth")
    app.config["WTF_CSRF_ENABLED"] = True
    stale = _token(ruth, "/account")
    _later(session, now)
    _sign_in(ruth, "rolf")
    assert ruth.post(note, data={"text": TEXT, "csrf_token": stale}).status_code == 400
    assert ruth.post(note, data={"text": TEXT, "csrf_token": "made up"}).status_code == 400
    assert _count(session, KeptForm) == 0


def test_a_session_that_was_ended_or_is_of_long_ago_keeps_nothing(app, browse, session, now, note):
    signed_out = browse("ruth")
    signed_out.post("/sign-out")
    assert signed_out.post(note, data={"text": TEXT}).location == "/sign-in"
    old = browse("ruth")
    _later(session, now, hours=24 * 8)
    assert old.post(note, data={"text": TEXT}).location == "/sign-in"
    assert app.test_client().post(note, data={"text": TEXT}).location == "/sign-in"
    assert _count(session, KeptForm) == 0


def test_an_act_without_words_is_asked_about_and_one_that_is_no_longer_allowed_is_only_shown(
    browse, session, people, now, note
):
    ruth, path = browse("ruth"), note.replace("/notes", "/move")
    _later(session, now)
    ruth.post(path, data={"reason": "CANARY moved", "stage": "2"})
    ruth.post("/no-such-page", data={"text": "lost"})
    page = browse("ruth").get("/kept").get_data(as_text=True)
    assert "Move: <bdi" in page
    assert '<input type="hidden" name="stage" value="2">' in page
    people.ruth.role = "interviewer"
    session.merge(people.ruth)
    session.commit()
    page = browse("ruth").get("/kept").get_data(as_text=True)
    assert "This can no longer be sent." in page
    assert "CANARY moved" in page
    assert "Ada Ferreira" not in page
    assert "Send it now" not in page


def test_a_file_is_asked_for_again(browse, session, people, now, note):
    ruth = browse("ruth")
    _later(session, now)
    ruth.post(note.replace("/notes", "/files"), data={"file": (io.BytesIO(b"%PDF-1.4"), "cv.pdf"), "title": "CANARY"})
    page = browse("ruth").get("/kept").get_data(as_text=True)
    assert "Files are not kept. Choose it again." in page
    assert 'enctype="multipart/form-data"' in page


def test_what_is_kept_is_bounded_and_holds_no_secret(session, people, now):
    def keep(fields, address="/a", at=now):
        made = saved_submissions.keep(session, user=people.ruth, address=address, fields=fields, files=[], now=at)
        session.flush()
        return made

    assert keep([("new_password", "CANARY")]) is None
    assert keep([("text", "x" * (saved_submissions.LONGEST + 1))]) is None
    assert keep([("a", "b")] * (saved_submissions.MOST_FIELDS + 1)) is None
    for number in range(saved_submissions.MOST_FORMS + 3):
        assert keep([("text", str(number))], address=f"/{number}")
    assert keep([("text", "again")], address="/7")
    submissions = saved_submissions.of_person(session, user=people.ruth, now=now)
    assert [submission.address for submission in submissions] == ["/7", "/6", "/5", "/4", "/3"]
    assert submissions[0].fields == [["text", "again"]]
    assert saved_submissions.of_person(session, user=people.rolf, now=now) == []
    later = now + rules.LAPSED
    assert saved_submissions.of_person(session, user=people.ruth, now=later) == []
    keep([("text", "new")], at=later)
    assert _count(session, KeptForm) == 1  # the old ones are gone for good


def test_a_card_entered_for_somebody_is_kept_as_such_and_not_as_ones_own(browse, session, people, now):
    talk = arranging.talk(session, people, now, arranging.seat(session, people, now), "ruth", "igor")
    session.commit()
    ruth = browse("ruth")
    _later(session, now)
    answer = ruth.post(f"/interviews/{talk.id}/scorecards/{people.igor.id}", data={"summary": "CANARY of Igor"})
    assert answer.location == "/sign-in?next=/kept"
    assert _count(session, SavedSubmission) == 0
    assert "CANARY of Igor" in browse("ruth").get("/kept").get_data(as_text=True)


def test_a_preview_keeps_nothing(browse, session, now):
    ruth = browse("ruth")
    _later(session, now)
    assert ruth.post("/cases/1/preview", data={"text": TEXT}).location == "/sign-in"
    assert _count(session, KeptForm) == 0
