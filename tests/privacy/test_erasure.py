"""An erased person is nowhere: not in a table, a file, a mail, what waits or an unused page; figures and the chain stay."""

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select

from recruiter.accounts.models import IdempotentAnswer, KeptForm, UndoToken
from recruiter.audit import queries as audit
from recruiter.candidates.models import Attachment, Candidate, Note
from recruiter.foundation import jobs
from recruiter.foundation.database import compaction
from recruiter.foundation.errors import Conflict
from recruiter.pipeline.models import Application, ApplicationStatus, SavedView, StageChange
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.person import person_queries
from recruiter.privacy.places import Places
from recruiter.ranking.models import DecisionGrade
from recruiter.scorecards.models import Rating, ScorecardVersion
from tests import factories
from tests.acts import act_by, moment
from tests.privacy.planted import WORD, found_in, plant, speaks

NAME, ADDRESS = "Wilhelmine Großkopf", "wilhelmine.grosskopf@example.com"


@pytest.fixture
def places(app):
    chosen = app.extensions["recruiter_settings"]
    return Places(files=chosen.files, outbox=chosen.outbox, instance=chosen.instance, key=chosen.secret_key)


def _person(session, people, now):
    from recruiter.candidates import services as candidates
    from recruiter.candidates.rules import CandidateDetails
    from recruiter.pipeline import services as pipeline

    details = CandidateDetails(name=NAME, emails=[ADDRESS], phones=["+49 30 1234567"], links=["https://wg.example.org"])
    candidate = candidates.add(session, person=details, act=act_by(people.ruth, now=now))
    requisition = factories.requisition(session, people, now)
    application = pipeline.apply(
        session, candidate=candidate, requisition=requisition, act=act_by(people.ruth, now=now)
    )
    session.commit()
    return candidate, application, requisition


@pytest.fixture
def planted(session, people, now, places):
    """The person, everywhere: a word in each column, a file, a mail, what waits, and texts about others that name them."""
    candidate, application, requisition = _person(session, people, now)
    other = factories.application(session, people, now, requisition, "Tomas Other")
    known = {
        "candidate": candidate.id,
        "application": application.id,
        "user": people.ruth.id,
        "requisition": requisition.id,
        "stage": application.stage_id,
        "opening": requisition.openings[0].id,
    }
    known = plant(session, known=known, other_candidate_id=other.candidate_id, now=now)
    key = places.files.put(f"{WORD} bytes".encode())
    session.get(Attachment, known["attachment"]).storage_key = key
    note = f"Better than {NAME} on design. Wilhelmine was {WORD[:2]} quicker. Write to {ADDRESS.upper()}."
    session.add(
        Note(
            candidate_id=other.candidate_id,
            text=note,
            text_key=note.casefold(),
            author_id=people.ruth.id,
            created_at=now,
        )
    )
    session.add(
        KeptForm(
            user_id=people.ruth.id,
            address=f"/applications/{application.id}/notes",
            fields=[["text", f"{WORD} typed"]],
            files=[],
            at=now,
        )
    )
    undo = {"rows": [{"id": application.id, "said": f"{WORD} undo"}]}
    session.add(UndoToken(digest="u" * 64, user_id=people.ruth.id, action="moved", payload=undo, created_at=now))
    session.add(
        IdempotentAnswer(
            user_id=people.ruth.id,
            key="k",
            request_digest="d" * 64,
            status=201,
            body=f'{{"text": "{WORD}"}}',
            created_at=now,
        )
    )
    query = "q=Wilhelmine+Gro%C3%9Fkopf"
    session.add(
        SavedView(
            user_id=people.ruth.id, requisition_id=requisition.id, name=f"With {NAME}", query=query, created_at=now
        )
    )
    mail_payload = {
        "to": "ines@example.com",
        "name": "Ines",
        "subject": f"Interview with {NAME}",
        "body": f"{WORD} mail",
    }
    jobs.enqueue(session, "mail", payload=mail_payload, now=now)
    jobs.enqueue(session, "message", payload={"application_id": application.id, "body": f"{WORD} message"}, now=now)
    session.commit()
    return candidate, application, other


def _mail(places, key, content, to=ADDRESS):
    message = EmailMessage()
    message["To"], message["Subject"] = to, "Hello"
    message.set_content(content + " äöü", cte="base64")
    places.outbox.mkdir(exist_ok=True)
    path = places.outbox / f"{key}.eml"
    path.write_bytes(bytes(message))
    return path


def test_nothing_of_an_erased_person_is_left_anywhere(planted, session, people, places, now):
    candidate, application, other = planted
    about_them = _mail(places, "job-1", f"About {NAME}: {WORD}", to="ines@example.com")
    to_them, to_another = _mail(places, "job-2", WORD), _mail(places, "job-3", "Nobody", to="other@example.com")
    before = {"moves": session.scalar(select(func.count(StageChange.id))), "applied": application.applied_on}
    planted_in = {place.partition(".")[0] for place in found_in(session, WORD)}
    assert {
        name for name, declaration in person_queries.declarations().items() if declaration.via and speaks(name)
    } <= planted_in
    done = erasure_services.erase(session, candidate=candidate, places=places, act=act_by(people.anja, now=now))
    assert places.files.get(session.scalars(select(Attachment.storage_key)).first() or "0" * 32) is None
    session.commit()
    compaction.compact(session.get_bind())
    session.expire_all()
    assert found_in(session, WORD, NAME, "Wilhelmine", ADDRESS, "1234567", "wg.example.org") == []
    assert done.files == 1
    assert not about_them.exists()
    assert not to_them.exists()
    assert to_another.exists()
    ledger = [path for path in places.instance.iterdir() if path.suffix == ".jsonl"]
    assert ledger  # of endings
    for path in [*places.outbox.rglob("*"), *places.files.folder.rglob("*"), *ledger]:
        content = path.read_bytes() if path.is_file() else b""
        assert WORD.encode() not in content
        assert base64.b64encode(WORD.encode())[:8] not in content
    bind = session.get_bind()
    if bind.dialect.name == "sqlite":
        for path in Path(bind.url.database).parent.glob(Path(bind.url.database).name + "*"):
            assert WORD.encode() not in path.read_bytes()
            assert NAME.encode() not in path.read_bytes()
    assert audit.verify(session).whole
    tombstone = session.get(Candidate, candidate.id)
    assert (tombstone.name, tombstone.contacts, tombstone.erased_at) == (f"Erased person {candidate.id}", [], now)
    ended = session.get(Application, application.id)
    assert ended.status == ApplicationStatus.WITHDRAWN
    assert ended.applied_on == before["applied"]
    assert session.scalar(select(func.count(StageChange.id))) == before["moves"]
    assert session.scalars(select(Rating.rating)).all() == [1.0]
    assert session.scalars(select(ScorecardVersion.ratings)).one()[0]["rating"] == 4
    grade = session.scalars(select(DecisionGrade)).one()
    assert (grade.grade, grade.item) == (1.0, f"erased-{grade.id}")
    note = session.scalars(select(Note)).one()
    assert note.text == f"Better than [erased] on design. [erased] was {WORD[:2]} quicker. Write to [erased]."
    assert other.candidate.name == "Tomas Other"
    assert session.scalars(select(jobs.Job.kind).where(jobs.Job.kind.in_(["mail", "message"]))).all() == []


def test_a_second_erasure_changes_nothing_and_says_so(session, people, places, now):
    candidate, _, _ = _person(session, people, now)
    erasure_services.erase(session, candidate=candidate, places=places, act=moment(now))
    session.commit()
    assert erasure_services.erased_with(session, address=ADDRESS.upper(), places=places).id == candidate.id
    assert erasure_services.erased_with(session, address="nobody@example.com", places=places) is None
    with pytest.raises(Conflict, match="Already erased"):
        erasure_services.erase(session, candidate=candidate, places=places, act=moment(now))


def test_a_refused_erasure_leaves_the_files(planted, session, people, places, now):
    candidate, _, _ = planted
    key = session.scalars(select(Attachment.storage_key)).one()
    erasure_services.erase(session, candidate=candidate, places=places, act=act_by(people.anja, now=now))
    session.rollback()
    session.commit()
    assert places.files.get(key)
    assert session.get(Candidate, candidate.id).name == NAME


def test_a_restore_erases_again(app, session, people, places, now):
    candidate, _, _ = _person(session, people, now)
    made_at = candidate.created_at
    ledger = app.extensions["recruiter_settings"].ledger
    from recruiter.foundation.endings.ledger import Ended, Ending, subject

    ledger.write([Ended(Ending.ERASURE, subject(Ending.ERASURE, candidate, made_at), now)])
    assert erasure_services.erase_again(session, endings=ledger.endings(), places=places, act=moment(now)) == 1
    assert session.get(Candidate, candidate.id).erased_at == now
    assert erasure_services.erase_again(session, endings=ledger.endings(), places=places, act=moment(now)) == 0


def test_a_name_of_one_word_goes_only_where_the_person_was(session, people, places, now):
    requisition = factories.requisition(session, people, now)
    mays = factories.application(session, people, now, requisition, "May")
    other = factories.application(session, people, now, requisition, "Tomas Other")
    elsewhere = factories.candidate(session, people, now, "Ada Elsewhere")
    content = "May starts in may, or it may not."
    for candidate_id in (other.candidate_id, elsewhere.id):
        session.add(
            Note(
                candidate_id=candidate_id,
                text=content,
                text_key=content.casefold(),
                author_id=people.ruth.id,
                created_at=now,
            )
        )
    session.commit()
    erasure_services.erase(session, candidate=mays.candidate, places=places, act=moment(now))
    texts = {note.candidate_id: note.text for note in session.scalars(select(Note))}
    assert texts == {other.candidate_id: "[erased] starts in may, or it may not.", elsewhere.id: content}
