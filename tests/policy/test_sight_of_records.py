"""Who reads which notes, follow-ups and files: each row of a test decides one clause of the rule."""

import pytest

from recruiter.candidates.models import Attachment, Candidate, Note, NoteReader, Task
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.pipeline.models import Application
from recruiter.policy import record_scopes
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries
from recruiter.scorecards.models import CardState, Scorecard
from tests.rows import AT


@pytest.fixture
def person(rows):
    """Ada in a search of Hana's and in a confidential one of Anja's; Ines meets her in the first."""
    person = rows.keep("ada", Candidate)
    open_search = rows.add(Requisition, hiring_manager_id=rows.hana.id, created_by_id=rows.ruth.id)
    secret_search = rows.add(Requisition, hiring_manager_id=rows.anja.id, created_by_id=rows.anja.id, confidential=True)
    rows.application("open", open_search, person)
    rows.application("secret", secret_search, person)
    panel(rows, "open", "ines", status=InterviewStatus.NO_SHOW)
    return person


def panel(rows, application, *names, status=InterviewStatus.PLANNED):
    talk = rows.add(Interview, application_id=rows.by_name[application].id, status=status, scored=True)
    for name in names:
        rows.add(Panelist, interview_id=talk.id, user_id=rows.by_name[name].id)
    return talk


def card(rows, talk, author, state):
    rows.add(Scorecard, interview_id=talk.id, author_id=rows.by_name[author].id, state=state)


def about(rows, kind, name, *, application=None, candidate="ada", **given):
    return rows.keep(
        name,
        kind,
        candidate_id=rows.by_name[candidate].id,
        application_id=rows.by_name[application].id if application else None,
        **given,
    )


def seen(rows, scope, kind, *names):
    return {name: rows.names(scope(rows.by_name[name]), kind) for name in names}


def test_a_card_is_owed_on_a_planned_interview_until_it_is_sent_by_its_author(rows):
    search = rows.add(Requisition)
    for name in (
        "nothing yet",
        "draft",
        "sent",
        "amended",
        "of another",
        "elsewhere",
        "cancelled",
        "no show",
        "of igor",
    ):
        rows.application(name, search, rows.add(Candidate))
    panel(rows, "nothing yet", "ines")
    card(rows, panel(rows, "draft", "ines", "igor"), "ines", CardState.DRAFT)
    card(rows, panel(rows, "sent", "ines"), "ines", CardState.SUBMITTED)
    card(rows, panel(rows, "amended", "ines"), "ines", CardState.AMENDED)
    card(rows, panel(rows, "of another", "ines", "igor"), "igor", CardState.SUBMITTED)
    panel(rows, "cancelled", "ines", status=InterviewStatus.CANCELLED)
    panel(rows, "no show", "ines", status=InterviewStatus.NO_SHOW)
    panel(rows, "of igor", "igor")
    panel(rows, "elsewhere", "ines")
    card(rows, panel(rows, "elsewhere", "ines"), "ines", CardState.SUBMITTED)
    assert seen(rows, queries.owed_by, Application, "ines", "igor", "ruth") == {
        "ines": {"nothing yet", "draft", "of another", "elsewhere"},
        "igor": {"draft", "of igor"},
        "ruth": set(),
    }


def test_notes_are_read_by_the_team_and_private_ones_by_their_author_and_the_named(rows, person):
    anja, ruth = rows.anja.id, rows.ruth.id
    about(rows, Note, "on the person", author_id=anja, private=False)
    about(rows, Note, "on the application", author_id=anja, private=False, application="open")
    about(rows, Note, "of the secret search", author_id=ruth, private=False, application="secret")
    about(rows, Note, "private", author_id=ruth, private=True, application="open")
    about(rows, Note, "removed", author_id=ruth, private=False, removed_at=AT)
    rows.keep("eve", Candidate, merged_into_id=person.id)  # nobody sees her any more
    about(rows, Note, "of somebody unseen", author_id=ruth, private=False, candidate="eve")
    for name in ("ines", "rolf", "igor"):
        rows.add(
            NoteReader,
            note_id=about(rows, Note, f"for {name}", author_id=anja, private=True).id,
            user_id=rows.by_name[name].id,
        )
    common = {"on the person", "on the application"}
    assert seen(rows, record_scopes.notes, Note, "anja", "ruth", "rolf", "hana", "henk", "ines", "igor") == {
        "anja": common | {"of the secret search", "for ines", "for rolf", "for igor"},
        "ruth": common | {"private"},
        "rolf": common | {"for rolf"},
        "hana": common,
        "henk": set(),
        "ines": {"on the application", "for ines"},
        "igor": set(),
    }


def test_who_owes_a_card_reads_their_own_notes_alone(rows, person):
    about(rows, Note, "of anja", author_id=rows.anja.id, private=False, application="open")
    about(rows, Note, "of hana", author_id=rows.hana.id, private=False, application="open")
    about(rows, Note, "of ines", author_id=rows.ines.id, private=False, application="open")
    everything = {"of anja", "of hana", "of ines"}
    assert seen(rows, record_scopes.notes, Note, "hana", "ines") == {"hana": everything, "ines": everything}
    panel(rows, "open", "hana", "ines")
    assert seen(rows, record_scopes.notes, Note, "anja", "hana", "ines") == {
        "anja": everything,
        "hana": {"of hana"},
        "ines": {"of ines"},
    }


def test_a_card_that_is_owed_on_one_person_hides_nothing_of_another(rows, person):
    about(rows, Note, "of anja", author_id=rows.anja.id, private=False, application="open")
    rows.application("of eve", rows.add(Requisition), rows.add(Candidate))
    panel(rows, "of eve", "hana", "ines")
    assert seen(rows, record_scopes.notes, Note, "hana", "ines") == {"hana": {"of anja"}, "ines": {"of anja"}}


def test_follow_ups_are_seen_by_staff_and_by_who_has_them_or_asked_for_them(rows, person):
    anja = rows.anja.id
    about(rows, Task, "of the team", assignee_id=anja, created_by_id=anja, application="open")
    about(rows, Task, "of the person", assignee_id=anja, created_by_id=anja)
    about(rows, Task, "to ines", assignee_id=rows.ines.id, created_by_id=anja, application="open")
    about(rows, Task, "from ines", assignee_id=anja, created_by_id=rows.ines.id, application="open")
    about(rows, Task, "of the secret", assignee_id=rows.ines.id, created_by_id=rows.ruth.id, application="secret")
    about(rows, Task, "to igor", assignee_id=rows.igor.id, created_by_id=anja, application="open")
    about(rows, Task, "of hana", assignee_id=rows.hana.id, created_by_id=anja)
    usual = {"of the team", "of the person", "to ines", "from ines", "to igor", "of hana"}
    assert seen(rows, record_scopes.tasks, Task, "anja", "ruth", "hana", "henk", "ines", "igor") == {
        "anja": usual | {"of the secret"},
        "ruth": usual,
        "hana": usual,
        "henk": set(),
        "ines": {"to ines", "from ines"},
        "igor": set(),  # not on the panel
    }
    panel(rows, "secret", "hana")  # she owes a card now
    assert rows.names(record_scopes.tasks(rows.hana), Task) == {"of hana"}


def test_files_are_opened_by_staff_and_those_for_the_panel_by_the_panel(rows, person):
    about(rows, Attachment, "resume", for_panel=True)
    about(rows, Attachment, "letter", for_panel=False, application="open")
    about(rows, Attachment, "sample", for_panel=True, application="open")
    about(rows, Attachment, "of the secret", for_panel=True, application="secret")
    about(rows, Attachment, "removed", for_panel=True, removed_at=AT)
    assert seen(rows, record_scopes.files, Attachment, "anja", "ruth", "hana", "henk", "ines", "igor") == {
        "anja": {"resume", "letter", "sample", "of the secret"},
        "ruth": {"resume", "letter", "sample"},
        "hana": {"resume", "letter", "sample"},
        "henk": set(),
        "ines": {"resume", "sample"},
        "igor": set(),
    }


def test_who_searches_does_so_among_those_they_see_by_what_they_read(rows, person):
    about(rows, Note, "on the application", author_id=rows.anja.id, private=False, application="open")
    for name, people, notes, contacts_too in [
        ("ruth", {"ada"}, {"on the application"}, True),
        ("hana", {"ada"}, {"on the application"}, True),
        ("ines", {"ada"}, {"on the application"}, False),
        ("igor", set(), set(), False),
    ]:
        scope = record_scopes.search_scope(rows.by_name[name])
        assert rows.names(scope.people, Candidate) == people
        assert rows.names(scope.notes, Note) == notes
        assert scope.contacts_too is contacts_too


def test_other_names_are_known_of_those_whose_every_application_is_in_sight(rows, person):
    rows.application("of eve", rows.by_name["open"].requisition, rows.keep("eve", Candidate))
    rows.keep("without any", Candidate)
    known = {name: record_scopes.search_scope(rows.by_name[name]).aliases for name in ("anja", "ruth", "hana", "ines")}
    assert known.pop("ines") is None
    assert {name: rows.names(aliases, Candidate) for name, aliases in known.items()} == {
        "anja": {"ada", "eve", "without any"},
        "ruth": {"eve", "without any"},
        "hana": {"eve", "without any"},
    }
