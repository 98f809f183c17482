"""Notes and follow-ups: who reads them, how they change, and how they are taken back."""

import datetime as dt

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.candidates.models import Note
from recruiter.candidates.records import note_services, task_services
from recruiter.foundation.database.append_only import HistoryIsFixedError
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.handover import queries as handover
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.policy import record_scopes, scopes
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.sight import seen_ids

NAMES = ["ruth", "rolf", "hana", "henk", "ines", "igor", "xenia", "arne", "anja"]


@pytest.fixture
def application(session, people, now):
    return factories.application(
        session, people, now, factories.requisition(session, people, now), "Ada Ferreira", stage="interview"
    )


def meet(session, people, now, application, *panel):
    end = now - dt.timedelta(hours=3)
    return interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=end - dt.timedelta(hours=1),
        ends_at=end, panel=[Seat(getattr(people, who)) for who in panel], act=act_by(people.ruth, now=now) )  # fmt: skip


def send(session, talk, author, now):
    marks = [Mark("System design", 4, "Split it")]
    cards.submit(
        session, interview=talk, content=CardContent(marks, overall=4, summary="Clear"), act=act_by(author, now=now)
    )


def who_reads(session, people, note):
    return {name for name in NAMES if note.id in seen_ids(session, record_scopes.notes(getattr(people, name)), Note)}


def write(session, application, author, now, text="Plain words", **more):
    return note_services.write(
        session,
        subject=application,
        note_text=text,
        act=act_by(author, now=now),
        **more,
    )


def test_a_note_is_for_those_who_run_the_search_and_those_who_meet(session, people, now, application):
    send(session, meet(session, people, now, application, "ines"), people.ines, now)
    assert who_reads(session, people, write(session, application, people.ruth, now)) == {
        "ruth",
        "rolf",
        "hana",
        "anja",
        "ines",
    }


def test_a_private_note_is_for_its_author_and_its_readers_whatever_their_role(session, people, now, application):
    note = write(session, application, people.ruth, now, private=True, readers=[people.hana, people.henk, people.ruth])
    assert [reader.user_id for reader in note.readers] == [people.hana.id, people.henk.id]
    assert who_reads(session, people, note) == {"ruth", "hana"}  # Henk does not see the person
    note_services.edit(
        session, note=note, note_text="Other words", readers=[people.rolf], act=act_by(people.ruth, now=now)
    )
    assert who_reads(session, people, note) == {"ruth", "rolf"}


def test_who_owes_a_card_reads_only_what_he_wrote_himself(session, people, now, application):
    talk = meet(session, people, now, application, "ines", "hana")
    others = write(session, application, people.ruth, now)
    private_note = write(session, application, people.ruth, now, private=True, readers=[people.ines, people.hana])
    own = write(session, application, people.ines, now)
    assert who_reads(session, people, others) == {"ruth", "rolf", "anja"}
    assert who_reads(session, people, private_note) == {"ruth"}
    assert "ines" in who_reads(session, people, own)
    send(session, talk, people.ines, now)
    assert who_reads(session, people, others) == {"ruth", "rolf", "anja", "ines"}
    assert who_reads(session, people, private_note) == {"ruth", "ines"}


def test_a_note_on_a_confidential_search_stays_there(session, people, now):
    secret = factories.application(session, people, now, factories.requisition(session, people, now, confidential=True))
    assert who_reads(session, people, write(session, secret, people.ruth, now)) == {"ruth", "hana"}


def test_a_note_about_the_person_is_not_for_interviewers(session, people, now, application):
    send(session, meet(session, people, now, application, "ines"), people.ines, now)
    note = note_services.write(
        session, subject=application.candidate, note_text="Of the person", act=act_by(people.ruth, now=now)
    )
    assert who_reads(session, people, note) == {"ruth", "rolf", "hana", "anja"}


def test_what_a_note_said_before_is_kept(session, people, now, application):
    note = write(session, application, people.ruth, now, "First")
    later = now + dt.timedelta(minutes=5)
    note_services.edit(session, note=note, note_text="Second", act=act_by(people.ruth, now=later))
    note_services.edit(
        session, note=note, note_text="Second", act=act_by(people.ruth, now=later)
    )  # the same words are no edit
    note_services.edit(
        session, note=note, note_text="Third", act=act_by(people.ruth, now=later + dt.timedelta(minutes=5))
    )
    session.flush()
    assert note.text == "Third"
    assert [(old.number, old.text, old.at) for old in note.earlier] == [(1, "First", now), (2, "Second", later)]
    assert note.version > 1
    note.earlier[0].text = "Forged"
    with pytest.raises(HistoryIsFixedError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    ("text", "more", "field"),
    [
        ("  \n ", {}, "text"),
        ("x" * 10_001, {}, "text"),
        ("Fine", {"readers": ["hana"]}, "readers"),
    ],
)
def test_what_a_note_lacks_is_said_at_its_field(session, people, now, application, text, more, field):
    readers = [getattr(people, name) for name in more.get("readers", [])]
    with pytest.raises(RuleBroken) as refusal:
        write(session, application, people.ruth, now, text, readers=readers)
    assert field in refusal.value.errors
    assert session.scalars(select(Note.id)).all() == []


def test_the_audit_trail_holds_no_words(session, people, now, application):
    note = write(session, application, people.ruth, now, "CANARY words", private=True, readers=[people.hana])
    note_services.edit(session, note=note, note_text="CANARY again", act=act_by(people.ruth, now=now))
    note_services.remove(session, note=note, act=act_by(people.ruth, now=now))
    entries = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "note")).all()
    assert [entry.action for entry in entries] == ["note.written", "note.edited", "note.removed"]
    assert "CANARY" not in str([entry.detail for entry in entries])
    assert who_reads(session, people, note) == set()


def plan(session, application, people, now, **more):
    given = {
        "what": "Ask for two references",
        "due_on": day_of(now),
        "assignee": people.hana,
        "act": act_by(people.ruth, now=now),
        **more,
    }
    return task_services.plan(session, subject=application, **given)


def _tasks_of(session, who, now):
    seen = {"tasks": record_scopes.tasks(who), "applications": scopes.applications(who)}
    tasks, _ = handover.work_of(session, who, **seen, moment=moment(now))
    return tasks


def test_a_follow_up_comes_up_for_whoever_has_it_until_it_is_done(session, people, now, application):
    task = plan(session, application, people, now)
    later = plan(session, application, people, now, due_on=day_of(now) + dt.timedelta(days=2))

    def due(who, days=0):
        return [task.id for task in _tasks_of(session, who, now + dt.timedelta(days=days))]

    assert due(people.hana) == [task.id]
    assert due(people.hana, days=2) == [task.id, later.id]
    assert due(people.ruth) == []
    task_services.complete(session, task=task, act=act_by(people.hana, now=now))
    assert due(people.hana) == []
    with pytest.raises(Conflict):
        task_services.complete(session, task=task, act=act_by(people.ruth, now=now))
    task_services.reopen(session, task=task, act=act_by(people.hana, now=now))
    assert due(people.hana) == [task.id]


def test_a_follow_up_out_of_sight_does_not_come_up(session, people, now):
    secret = factories.application(session, people, now, factories.requisition(session, people, now, confidential=True))
    plan(session, secret, people, now, assignee=people.rolf)
    assert _tasks_of(session, people.rolf, now) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"what": " "}, "what"), ({"what": "x" * 501}, "what"), ({"days": -1}, "due_on"), ({"days": 2000}, "due_on")],
)
def test_what_a_follow_up_lacks_is_said_at_its_field(session, people, now, application, wrong, field):
    given = dict(wrong)
    if "days" in given:
        given["due_on"] = day_of(now) + dt.timedelta(days=given.pop("days"))
    with pytest.raises(RuleBroken) as refusal:
        plan(session, application, people, now, **given)
    assert field in refusal.value.errors
