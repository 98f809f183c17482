"""Notes, follow-ups and the timeline as pages."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Note, Task
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline import services as pipeline
from tests import factories
from tests.acts import act_by
from tests.candidates.test_notes import meet, send

NASTY = "Zoë <img src=x onerror=alert(1)> & שרה {{7*7}}"


@pytest.fixture
def application(session, people, now):
    made = factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira", stage="interview"
    )
    session.commit()
    return made


def _all(session, model):
    with Session(session.get_bind()) as own:
        return list(own.scalars(select(model).order_by(model.id)))


def _page(client, path):
    return client.get(path).get_data(as_text=True)


def _plain(client, path):
    """A page without its tokens, which carry the second in which they were made."""
    return re.sub(r'(name="csrf_token" value|data-csrf)="[^"]+"', "", _page(client, path))


@pytest.mark.parametrize("place", ["applications", "candidates"])
def test_a_note_is_written_changed_and_its_earlier_words_kept(browse, session, people, application, place):
    ruth, home = browse("ruth"), f"/{place}/{application.id if place == 'applications' else application.candidate_id}"
    assert ruth.post(f"{home}/notes", data={"text": NASTY}).location.endswith(home)
    page = _page(ruth, home)
    assert "Zoë &lt;img src=x onerror=alert(1)&gt; &amp; שרה {{7*7}}" in page
    assert "<img" not in page
    note = _all(session, Note)[0]
    form = _page(ruth, f"/notes/{note.id}/edit")
    assert "&lt;img" in form
    data = {"text": "Better words", "version": str(note.version)}
    assert ruth.post(f"/notes/{note.id}/edit", data=data).status_code == 303
    page = _page(ruth, home)
    assert "Better words" in page
    assert "edited" in page
    assert "onerror=alert(1)&gt;" in page  # behind “edited”
    stale = ruth.post(f"/notes/{note.id}/edit", data={**data, "text": "Typed meanwhile"})
    assert stale.status_code == 409
    assert "Typed meanwhile" in stale.get_data(as_text=True)
    assert _all(session, Note)[0].text == "Better words"


def test_a_note_is_removed_and_brought_back(browse, session, application):
    ruth, home = browse("ruth"), f"/applications/{application.id}"
    ruth.post(f"{home}/notes", data={"text": "CANARY"})
    note = _all(session, Note)[0]
    page = ruth.post(f"/notes/{note.id}/removal", follow_redirects=True).get_data(as_text=True)
    assert "CANARY" not in page
    undo = page.split('action="/undo/')[1].split('"')[0]
    assert ruth.get(f"/notes/{note.id}/edit").status_code == 404
    assert browse("rolf").post(f"/undo/{undo}", follow_redirects=True).get_data(as_text=True).count("CANARY") == 0
    assert "the note is there again" in ruth.post(f"/undo/{undo}", follow_redirects=True).get_data(as_text=True)
    assert "CANARY" in _page(ruth, home)


def test_only_its_author_changes_a_note(browse, session, application):
    browse("ruth").post(f"/applications/{application.id}/notes", data={"text": "Mine"})
    note = _all(session, Note)[0]
    for name, status in (("rolf", 403), ("hana", 403), ("henk", 404), ("ines", 404)):
        assert browse(name).get(f"/notes/{note.id}/edit").status_code == status
        assert browse(name).post(f"/notes/{note.id}/removal").status_code == status


@pytest.mark.parametrize("who", ["rolf", "anja", "henk"])
def test_a_private_note_makes_no_difference_to_anybody_else(browse, session, people, now, application, who):
    """Two worlds: with and without the note, the pages of a third person are the same, and so is a search for its words."""
    paths = [
        f"/applications/{application.id}", f"/candidates/{application.candidate_id}", "/candidates?q=platypus", "/search?q=platypus",
        "/", f"/requisitions/{application.requisition.key}",
    ]  # fmt: skip
    client = browse(who)
    before = [_plain(client, path) for path in paths]
    data = {"text": "She keeps a platypus", "private": "y", "readers": [str(people.hana.id)]}
    assert browse("ruth").post(f"/applications/{application.id}/notes", data=data).status_code == 303
    assert [_plain(client, path) for path in paths] == before
    note = _all(session, Note)[0]
    ghost = client.get(f"/notes/{note.id + 1}/edit")
    hidden = client.get(f"/notes/{note.id}/edit")
    assert (hidden.status_code, hidden.get_data()) == (ghost.status_code, ghost.get_data())
    assert "platypus" in _page(browse("hana"), f"/applications/{application.id}")


@pytest.mark.parametrize("text", ["Weak on SQL", "Brilliant on SQL"])
def test_who_owes_a_card_sees_neither_notes_nor_contacts(browse, session, people, now, application, text):
    meet(session, people, now, application, "hana")
    session.commit()
    browse("ruth").post(f"/applications/{application.id}/notes", data={"text": text})
    contact = contact_services.Contact(Direction.TO, Channel.PHONE, TouchKind.FEEDBACK, text)
    contact_services.record(session, application=application, contact=contact, act=act_by(people.ruth, now=now))
    session.commit()
    for path in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}", "/candidates?q=SQL"):
        page = _page(browse("hana"), path)
        assert "SQL" not in page.replace("?q=SQL", "").replace('value="SQL"', ""), path
    assert text in _page(browse("rolf"), f"/applications/{application.id}")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": ""}, "Write the note first."),
        ({"text": "x" * 10_001}, "Use at most 10,000 characters."),
        ({"text": "Kept, and readers", "readers": ["1"]}, "Readers are named in a private note."),
        ({"text": "Her current salary is 90,000"}, "Current and past pay have no place here"),
    ],
)
def test_a_note_that_is_not_right_is_said_and_nothing_is_lost(browse, session, people, application, data, message):
    if "readers" in data:
        data = {**data, "readers": [str(people.hana.id)]}
    for home in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}"):
        answer = browse("ruth").post(f"{home}/notes", data=data)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert message in page
        assert data["text"] in page
        assert "<title>Error: " in page
    assert _all(session, Note) == []


def test_a_follow_up_stands_on_the_page_and_on_today_until_it_is_done(browse, session, people, application, now):
    home, hana = f"/applications/{application.id}", browse("hana")
    due = {"what": "Ask for references <now>", "due_on": now.date().isoformat(), "assignee": str(people.hana.id)}
    page = browse("ruth").post(f"{home}/tasks", data=due, follow_redirects=True).get_data(as_text=True)
    assert "Today shows it to Hana" in page
    assert "Ask for references &lt;now&gt;" in page
    assert "Ask for references &lt;now&gt;" in _page(hana, "/")
    assert "Ask for references" not in _page(browse("ruth"), "/")
    task = _all(session, Task)[0]
    done = hana.post(f"/tasks/{task.id}/done", follow_redirects=True).get_data(as_text=True)
    assert "1 done" in done
    assert "Ask for references" not in _page(hana, "/")
    undo = done.split('action="/undo/')[1].split('"')[0]
    hana.post(f"/undo/{undo}")
    assert "Ask for references" in _page(hana, "/")


def test_a_follow_up_is_given_only_to_somebody_who_sees_the_person(browse, session, people, application, now):
    due = {"what": "Call", "due_on": now.date().isoformat(), "assignee": str(people.henk.id)}
    answer = browse("ruth").post(f"/applications/{application.id}/tasks", data=due)
    assert answer.status_code == 422
    assert "Henk does not see this person" in answer.get_data(as_text=True)
    bad = browse("ruth").post(f"/applications/{application.id}/tasks", data={**due, "what": "", "due_on": "2020-01-01"})
    assert bad.status_code == 422
    assert _all(session, Task) == []
    assert browse("ines").post(f"/applications/{application.id}/tasks", data=due).status_code == 404


def test_the_timeline_gathers_everything_and_shows_one_kind_alone(browse, session, people, now, application):
    send(session, meet(session, people, now, application, "ines"), people.ines, now)
    contact = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, "I would rather know")
    about = {"application": application, "act": act_by(people.ruth, now=now)}
    contact_services.record(session, contact=contact, **about)
    promise_services.make_promise(session, what="An answer", due_on=now.date(), **about)
    session.commit()
    ruth = browse("ruth")
    ruth.post(f"/applications/{application.id}/notes", data={"text": "Spoke of the team"})
    for home in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}"):
        page = _page(ruth, home)
        for phrase in ("I would rather know", "An answer", "Spoke of the team", "moved them from", "took place", "sent a scorecard"):  # fmt: skip
            assert phrase in page, (home, phrase)
        only = _page(ruth, f"{home}?show=notes")
        assert "Spoke of the team" in only
        assert "I would rather know" not in only


def test_many_records_take_as_many_statements_as_few(browse, session, people, now, application, count_statements):
    other = factories.requisition(session, people, now, title="Other")
    pipeline.apply(session, candidate=application.candidate, requisition=other, act=act_by(people.ruth, now=now))
    ruth = browse("ruth")

    def fill():
        for path in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}"):
            ruth.post(f"{path}/notes", data={"text": "A", "private": "y", "readers": [str(people.hana.id)]})
            ruth.post(
                f"{path}/tasks",
                data={"what": "B", "due_on": now.date().isoformat(), "assignee": str(people.ruth.id)},
            )
            note = _all(session, Note)[-1]
            ruth.post(f"/notes/{note.id}/edit", data={"text": "C", "version": "1"})

    def ask():
        counts = []
        for path in (f"/applications/{application.id}", f"/candidates/{application.candidate_id}", "/"):
            with count_statements() as seen:
                ruth.get(path)
            counts.append(len(seen))
        return counts

    session.commit()
    fill()
    few = ask()
    for _ in range(5):
        fill()
    assert ask() == few


def test_old_notes_do_not_move_with_the_clock(browse, session, people, application, clock):
    ruth = browse("ruth")
    ruth.post(f"/applications/{application.id}/notes", data={"text": "Early"})
    clock.at += dt.timedelta(minutes=20)
    ruth.post(f"/applications/{application.id}/notes", data={"text": "Late"})
    page = _page(ruth, f"/applications/{application.id}")
    assert page.index("Late") < page.index("Early")


@pytest.mark.parametrize(
    ("text", "warned"),
    [("Hopes for 95k", True), ("Asks EUR 90000", True), ("€ 90,000 would do", True), ("Wants a higher bonus", True), ("Paid attention, 3 talks", False), ("Spoke of the OKRs", False)],
)  # fmt: skip
def test_a_note_that_speaks_of_pay_is_kept_with_a_word_on_where_pay_belongs(browse, session, application, text, warned):
    answer = browse("ruth").post(f"/applications/{application.id}/notes", data={"text": text}, follow_redirects=True)
    assert ("It speaks of pay" in answer.get_data(as_text=True)) is warned
    assert [note.text for note in _all(session, Note)] == [text]
