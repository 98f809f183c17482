"""One person under two records: found, merged with everything that hangs on them, and taken apart again."""

import datetime as dt

import pytest
from sqlalchemy import func, select, text

from recruiter.audit.models import AuditEntry
from recruiter.candidates import queries, services
from recruiter.candidates.matching import duplicates
from recruiter.candidates.models import Attachment, Candidate, Contact, FileKind, Note, SetApart, Task
from recruiter.candidates.records import note_services, task_services
from recruiter.candidates.rules import CandidateDetails, employer_key
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.keepwarm.undo import undo_services
from recruiter.pipeline import candidate_merge
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import Application
from recruiter.policy import permits, record_scopes, scopes
from recruiter.policy.permissions import Permission
from tests import factories
from tests.acts import act_by, day_of


def person(session, people, now, name="Ada Ferreira", **more):
    made = services.add(session, person=CandidateDetails(name=name, **more), act=act_by(people.ruth, now=now))
    session.flush()
    return made


def apply(session, people, now, candidate, requisition=None, **more):
    requisition = requisition or factories.requisition(session, people, now, **more)
    return pipeline.apply(session, candidate=candidate, requisition=requisition, act=act_by(people.ruth, now=now))


def merge(session, survivor, duplicate, actor, now):
    return candidate_merge.merge(
        session, survivor=survivor, duplicate=duplicate, act=act_by(actor, now=now), within=scopes.requisitions(actor)
    )


def pairs(session, actor, limit=50):
    pairs = duplicates.duplicate_pairs(session, within=scopes.candidates(actor), limit=limit)
    return [(pair.first.name, pair.second.name, pair.reasons) for pair in pairs.pairs]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"emails": ["ada@example.com"]}, {"name": "A. F.", "emails": ["ADA@Example.com"]}, ["the same address"]),
        ({"phones": ["+49 30 1234567"]}, {"name": "A. F.", "phones": ["030/123 45 67"]}, ["the same number"]),
        (
            {"headline": "Staff Engineer, Cobalt Pay"},
            {"name": "ADA  Ferreira", "headline": "Lead at Cobalt Pay"},
            ["the same name and employer"],
        ),
        (
            {"emails": ["a@b.com"], "phones": ["12345678"]},
            {"name": "X", "emails": ["a@b.com"], "phones": ["12345678"]},
            ["the same address", "the same number"],
        ),
        (
            {"headline": "Staff Engineer, Cobalt Pay, Inc."},
            {"name": "Ferreira, Ada", "headline": "Lead at Cobalt Pay Ltd."},
            ["the same name in another order and the same employer"],
        ),
        (
            {"headline": "Staff Engineer, Cobalt Pay"},
            {"name": "A. Ferreira", "headline": "Lead at Cobalt Pay GmbH"},
            ["the same name with an initial and the same employer"],
        ),
        (
            {"headline": "Staff Engineer, Cobalt Pay"},
            {"headline": "Lead at Colbalt Pay"},
            ["the same name and nearly the same employer"],
        ),
        ({}, {}, None),
        ({"headline": "Engineer, Cobalt Pay"}, {"headline": "Engineer, Orchard Health"}, None),
        ({"headline": "Engineer"}, {"headline": "Engineer"}, None),
    ],
)
def test_who_looks_the_same_and_why(session, people, now, first, second, why):
    first_person, second_person = person(session, people, now, **first), person(session, people, now, **second)
    assert pairs(session, people.ruth) == ([(first_person.name, second_person.name, why)] if why else [])
    assert duplicates.duplicate_reasons(first_person, second_person) == (why or [])


@pytest.mark.parametrize(
    ("headline", "employer"),
    [
        ("Staff Engineer, Cobalt Pay", "cobalt pay"),
        ("Engineer at Orchard Health", "orchard health"),
        ("Ingenieurin bei Müller", "muller"),
        ("Engineer", ""),
        ("", ""),
    ],
)
def test_the_employer_in_a_headline(headline, employer):
    assert employer_key(headline) == employer


def test_nobody_out_of_sight_is_hinted_at(session, people, now):
    first_person = person(session, people, now, emails=["ada@example.com"])
    hidden = person(session, people, now, name="Hidden", emails=["ada@example.com"])
    apply(session, people, now, first_person)
    apply(session, people, now, hidden, confidential=True)
    assert len(pairs(session, people.ruth)) == 1
    assert pairs(session, people.rolf) == []
    assert pairs(session, people.anja) == []


def test_many_pairs_take_as_many_statements_as_few(session, people, now, count_statements):
    def ask():
        session.flush()
        with count_statements() as seen:
            pairs = duplicates.duplicate_pairs(session, within=scopes.candidates(people.ruth), limit=5)
        return len(seen), pairs

    for place in range(2):
        person(session, people, now, name=f"P{place}", emails=["same@example.com"])
    few, _ = ask()
    for place in range(12):
        person(session, people, now, name=f"Q{place}", emails=[f"q{place // 2}@example.com"])
    many, pairs = ask()
    assert many == few <= 5
    assert (len(pairs.pairs), pairs.count) == (5, 7)


def test_those_set_apart_are_not_shown_again_until_it_is_taken_back(session, people, now):
    first_person, second_person = (person(session, people, now, emails=["ada@example.com"]) for _ in range(2))
    duplicates.set_apart(session, first=second_person, second=first_person, act=act_by(people.ruth, now=now))
    secret = duplicates.set_apart(session, first=first_person, second=second_person, act=act_by(people.ruth, now=now))
    assert session.query(SetApart).count() == 1
    assert pairs(session, people.ruth) == []
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert len(pairs(session, people.ruth)) == 1


def everything(session):
    """What the two records and all that hangs on them are, but for versions, history and what the undo itself leaves."""
    session.flush()
    out = {}
    for name, columns in {
        "candidate": "id, name, headline, location, source, tags, links, name_key, search_key, tags_key, merged_into_id",
        "contact": "id, candidate_id, kind, value",
        "application": "id, candidate_id, requisition_id, stage_id, status",
        "note": "id, candidate_id, application_id, text",
        "task": "id, candidate_id, application_id, what",
        "attachment": "id, candidate_id, application_id, name",
    }.items():
        rows = session.execute(text(f"SELECT {columns} FROM {name} ORDER BY id")).all()
        out[name] = [tuple(str(cell) for cell in row) for row in rows]
    return out


@pytest.fixture
def two(session, people, now):
    """Ada twice: kept with little, gone with much."""
    survivor = person(session, people, now, emails=["ada@example.com"], tags=["python"], headline="Engineer")
    duplicate = person(
        session, people, now, "Ada F.", emails=["ADA@example.com", "second@example.com"], phones=["+49 30 1234567"],
        headline="Other words", location="Lisbon", tags=["python", "go"], links=["https://example.com/ada"],
    )  # fmt: skip
    apply(session, people, now, survivor, title="First")
    theirs = apply(session, people, now, duplicate, title="Second")
    act = act_by(people.ruth, now=now)
    for subject in (duplicate, theirs):
        note_services.write(session, subject=subject, note_text="Written", act=act)
        task_services.plan(session, subject=subject, what="Call", due_on=day_of(now), assignee=people.ruth, act=act)
    session.add(
        Attachment(
            candidate_id=duplicate.id,
            application_id=None,
            kind=FileKind.RESUME,
            name="cv.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            storage_key="0" * 32,
            uploaded_by_id=people.ruth.id,
            created_at=now,
        )
    )
    session.flush()
    return survivor, duplicate, theirs


def test_a_merge_moves_everything_and_fills_what_was_missing(session, people, now, two):
    survivor, duplicate, theirs = two
    merge(session, survivor, duplicate, people.ruth, now)
    session.expire_all()
    for model, count in ((Application, 2), (Note, 2), (Task, 2), (Attachment, 1)):
        owners = session.scalars(select(model.candidate_id)).all()
        assert owners == [survivor.id] * count, model
    assert theirs.candidate_id == survivor.id
    assert sorted(contact.value for contact in survivor.contacts) == [
        "+49 30 1234567",
        "ada@example.com",
        "second@example.com",
    ]
    assert [contact.value for contact in duplicate.contacts] == ["ADA@example.com"]
    assert (survivor.headline, survivor.location, survivor.tags) == ("Engineer", "Lisbon", ["python", "go"])
    assert survivor.links == ["https://example.com/ada"]
    assert duplicate.name == "Ada F."  # the other record stands as it was
    matches = queries.page(session, record_scopes.search_scope(people.ruth), limit=9, q="second@ex")
    assert [candidate.id for candidate in matches.items] == [survivor.id]
    assert queries.by_email(session, "second@example.com").id == survivor.id
    assert queries.by_email(session, "ada@example.com").id == survivor.id
    assert pairs(session, people.ruth) == []


def test_an_old_number_leads_to_the_person(session, people, now, two):
    survivor, duplicate, _ = two
    third = person(session, people, now, "Ada again")
    merge(session, survivor, duplicate, people.ruth, now)
    merge(session, third, survivor, people.ruth, now)
    for number in (duplicate.id, survivor.id, third.id):
        assert permits.find(session, name="candidate_id", value=number).id == third.id
    assert not permits.permits(session, actor=people.ruth, permission=Permission.CANDIDATE_READ, on=duplicate)


def test_an_undo_brings_everything_back(session, people, now, two):
    survivor, duplicate, _ = two
    before = everything(session)
    secret = merge(session, survivor, duplicate, people.ruth, now)
    assert everything(session) != before
    done = undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert done.candidate.id == survivor.id
    session.expire_all()
    assert everything(session) == before
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-3:] == ["candidate.merged", "candidate.merged_away", "candidate.taken_apart"]


def test_what_was_hung_on_an_application_since_goes_back_with_it(session, people, now, two):
    survivor, duplicate, theirs = two
    secret = merge(session, survivor, duplicate, people.ruth, now)
    late = note_services.write(session, subject=theirs, note_text="Since", act=act_by(people.ruth, now=now))
    own = note_services.write(session, subject=survivor, note_text="Of the person", act=act_by(people.ruth, now=now))
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert (late.candidate_id, own.candidate_id) == (duplicate.id, survivor.id)


def test_an_undo_is_refused_when_somebody_has_gone_on(session, people, now, two):
    survivor, duplicate, _ = two
    secret = merge(session, survivor, duplicate, people.ruth, now)
    services.change(
        session,
        candidate=survivor,
        person=CandidateDetails(headline="Changed"),
        act=act_by(people.rolf, now=now),
    )
    before = everything(session)
    with pytest.raises(Conflict, match="was changed since"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert everything(session) == before
    with pytest.raises(Conflict, match="30 minutes"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now + dt.timedelta(hours=1)))


def test_two_applications_on_one_requisition_are_refused_by_name(session, people, now, two):
    survivor, duplicate, theirs = two
    apply(session, people, now, survivor, theirs.requisition)
    before = everything(session)
    with pytest.raises(Conflict, match=f"Both are on {theirs.requisition.key} Second"):
        merge(session, survivor, duplicate, people.ruth, now)
    assert everything(session) == before


def test_who_applied_twice_is_one_person_once_the_second_application_is_closed(session, people, now, two):
    survivor, duplicate, theirs = two
    own = apply(session, people, now, survivor, theirs.requisition)
    acts.reject(session, application=theirs, reason="Entered twice", act=act_by(people.ruth, now=now))
    about = note_services.write(
        session,
        subject=theirs,
        note_text="Of the second",
        act=act_by(people.ruth, now=now),
    )
    before = everything(session)
    secret = merge(session, survivor, duplicate, people.ruth, now)
    assert (own.candidate_id, theirs.candidate_id, about.candidate_id) == (survivor.id, duplicate.id, duplicate.id)
    assert duplicate.merged_into_id == survivor.id
    assert pairs(session, people.ruth) == []
    with pytest.raises(Conflict, match="entered twice"):
        pipeline.reopen(session, application=theirs, reason="Again", act=act_by(people.ruth, now=now))
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    session.expire_all()
    assert everything(session) == before


@pytest.mark.parametrize("q", ["Nowak", "adaline nowak", "nowakk"])
def test_the_other_names_are_aliases_that_search_finds(session, people, now, q):
    survivor = person(session, people, now, name="Ada Ferreira")
    second = person(session, people, now, name="Adaline Nowak")
    third = person(session, people, now, name="Ada Kowalska")
    scope = record_scopes.search_scope(people.ruth)
    secret = merge(session, second, third, people.ruth, now)
    merge(session, survivor, second, people.ruth, now)
    assert [match.id for match in queries.page(session, scope, limit=5, q=q).items] == [survivor.id]
    assert [match.id for match in queries.page(session, scope, limit=5, q="kowalska").items] == [survivor.id]
    assert queries.aliases_of(session, survivor) == ["Ada Kowalska", "Adaline Nowak"]
    with pytest.raises(Conflict):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))


def test_a_closed_application_that_stays_is_linked(session, people, now, two, browse):
    survivor, duplicate, theirs = two
    apply(session, people, now, survivor, theirs.requisition)
    acts.reject(session, application=theirs, reason="Entered twice", act=act_by(people.ruth, now=now))
    merge(session, survivor, duplicate, people.ruth, now)
    session.commit()
    page = browse("ruth").get(f"/candidates/{survivor.id}").get_data(as_text=True)
    assert f'href="/applications/{theirs.id}"' in page
    assert "Also entered as" in page


def test_a_hidden_clash_names_nothing(session, people, now, two):
    survivor, duplicate, _ = two
    secret = factories.requisition(session, people, now, confidential=True, title="CANARY")
    apply(session, people, now, survivor, secret)
    apply(session, people, now, duplicate, secret)
    with pytest.raises(Conflict) as refusal:
        merge(session, survivor, duplicate, people.rolf, now)
    assert "CANARY" not in refusal.value.message
    assert secret.key not in refusal.value.message


def test_what_cannot_be_merged(session, people, now, two):
    survivor, duplicate, _ = two
    with pytest.raises(RuleBroken):
        merge(session, survivor, survivor, people.ruth, now)
    merge(session, survivor, duplicate, people.ruth, now)
    for those in ((survivor, duplicate), (duplicate, survivor)):
        with pytest.raises(Conflict, match="merged meanwhile"):
            merge(session, *those, people.ruth, now)


def test_every_table_that_refers_to_a_person_is_known_to_the_merge():
    """A new table about people must say here, and in merging.py, what becomes of its rows."""
    refer = {
        table.name
        for table in db.metadata.tables.values()
        if any(key.column.table.name == "candidate" for key in table.foreign_keys)
    }
    # Answers of self-identification stay where they were given: nothing but the fairness audit may read or move them.
    # Requests, holds and erasures name whom they were made for, and `privacy.person` reads them for all merged records.
    elsewhere = {"protected_answer", "data_request", "legal_hold", "erased_address"}
    assert refer - elsewhere == {model.__tablename__ for model in candidate_merge.CANDIDATE_TABLES}


def test_the_database_is_whole_after_a_merge(session, people, now, two):
    merge(session, two[0], two[1], people.ruth, now)
    session.commit()
    if session.get_bind().dialect.name == "sqlite":
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert session.scalar(select(func.count()).select_from(Contact)) == 4
    assert session.scalar(select(func.count()).select_from(Candidate)) == 2
