"""What ended after a backup was made does not come back with it: accounts, tokens, consents, wishes, sessions and links."""

import datetime as dt

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from recruiter import request_context as context
from recruiter.accounts import (
    link_services,
    password_services,
    second_factor_services,
    token_services,
    undo_token_services,
)
from recruiter.accounts import services as accounts
from recruiter.accounts.models import ApiToken, Invitation, KeptForm, RecoveryCode, Role, UndoToken, User, UserSession
from recruiter.audit import queries as audit
from recruiter.audit.models import AuditEntry
from recruiter.budget.models import Endorsement
from recruiter.candidates.models import Attachment, Candidate, Consent, FileKind
from recruiter.candidates.records import consent_services
from recruiter.foundation import jobs, tokens
from recruiter.foundation.database import backup_reader
from recruiter.foundation.database.db import Base, db
from recruiter.foundation.database.transient import is_transient
from recruiter.foundation.endings.ledger import LINES, Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.foundation.jobs import Job
from recruiter.interviews.models import Interview
from recruiter.pipeline.models import Application
from recruiter.privacy.erasure import erasure_services
from recruiter.ranking import queries as ranking
from recruiter.ranking.suggestion import opt_out_services
from recruiter.requisitions import team_services
from recruiter.requisitions.models import Member, MemberKind, Requisition
from recruiter.scorecards.models import SavedSubmission
from tests.acts import act_by, moment

USED = "0" * 64
LATER = dt.timedelta(hours=1)
SECRETS_THAT_TRAVEL = {
    "api_token",
    "endorsement",
    "erased_address",
    "recovery_code",
}  # revoked by the ledger, ended by every restore; no secret


class House:
    """An installation, and what the people in it do, each time in a transaction of its own."""

    def __init__(self, place):
        self.place = place
        self.app = place.app()

    def do(self, act):
        with self.app.app_context():
            answer = act(db.session())
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return answer


@pytest.fixture
def house(elsewhere, server_url, people, now, archive):
    """An installation with a search in it, a token, a consent, and everything that a backup does not hold."""
    place = elsewhere("house", postgres=bool(server_url))
    assert place("restore", archive)[0] == 0
    made = House(place)

    def fill(session):
        ruth, ines = (session.get_one(User, person.id) for person in (people.ruth, people.ines))
        token_services.new_token(session, user=ines, act=moment(now))
        token_services.new_token(session, user=ruth, act=moment(now))
        link_services.invite(session, user=ines, act=moment(now))
        rolf, anja, igor = (session.get_one(User, person.id) for person in (people.rolf, people.anja, people.igor))
        rolf.totp_secret, anja.password_hash, igor.password_hash = "sealed", "old", "old"
        session.add_all(RecoveryCode(user_id=ines.id, digest=digest) for digest in (USED, "1" * 64))
        requisition = session.scalars(select(Requisition)).first()
        requisition.members.append(Member(user=igor, kind=MemberKind.ACCESS))
        for application in session.scalars(select(Application).order_by(Application.id)).all()[:2]:
            until, act = now.date() + dt.timedelta(100), act_by(ruth, now=now)
            subject = application
            consent_services.record(session, subject=subject, ends_on=until, channel="phone", act=act)
        session.add(UserSession(user_id=ines.id, digest=tokens.digest("x"), created_at=now, seen_at=now))
        session.add(KeptForm(user_id=ines.id, address="/", fields=[["note", "Hello"]], files=[], at=now))
        talk = Interview(
            application_id=session.scalars(select(Application.id)).first(), stage_id=requisition.stages[0].id,
            name="Talk", starts_at=now, ends_at=now + LATER, created_at=now, created_by_id=ruth.id,
        )  # fmt: skip
        session.add(talk)
        session.flush()
        session.add(SavedSubmission(interview_id=talk.id, user_id=ines.id, fields={"summary": "Kind"}, at=now))
        undo_token_services.issue(session, action="moved", payload={}, act=act_by(ruth, now=now))

    made.do(fill)
    return made


def _end(people, now):
    """Everything that can end, ends."""

    def end(session):
        ruth, ines = (session.get_one(User, person.id) for person in (people.ruth, people.ines))
        act = act_by(ruth, now=now + LATER)
        accounts.disable(session, user=ines, act=act)
        terms = accounts.PersonTerms(name="Hana", role=Role.HIRING_MANAGER, team="", pay_view=False)
        accounts.change(session, user=session.get_one(User, people.hana.id), terms=terms, act=act)
        rolf, anja, igor = (session.get_one(User, person.id) for person in (people.rolf, people.anja, people.igor))
        terms = accounts.PersonTerms(name="Rolf", role=Role.INTERVIEWER, team="", pay_view=rolf.pay_view)
        accounts.change(session, user=rolf, terms=terms, act=act)
        password_services.end_what_the_old_opened(session, user=igor, act=act)
        second_factor_services.turn_off(session, user=rolf, act=act)
        record_ending(session, Ending.PASSWORD_ALONE, anja, made_at=anja.created_at, act=act)  # an app was set up
        used = session.scalars(select(RecoveryCode).where(RecoveryCode.digest == USED)).one()
        record_ending(session, Ending.RECOVERY_CODE, used, made_at=used.digest, act=act)
        used.used_at = act.now
        anja.totp_secret = "x"
        igor.password_hash = "new"
        requisition = session.scalars(select(Requisition)).first()
        team_services.change_team(session, requisition=requisition, terms=team_services.TeamTerms(access=[]), act=act)
        first, second = session.scalars(select(Application).order_by(Application.id)).all()[:2]
        consent_services.withdraw(session, candidate=first.candidate, act=act)
        opt_out_services.record_wish(session, application=first, ranked=False, reason="They asked", act=act)
        opt_out_services.record_wish(session, application=second, ranked=False, reason="They asked", act=act)
        opt_out_services.record_wish(
            session, application=second, ranked=True, reason="Taken back", act=act_by(ruth, now=now + 2 * LATER)
        )

    return end


def _alive(session):
    """What goes on: accounts, tokens, consents, and who is ranked."""
    first, second = session.scalars(select(Application).order_by(Application.id)).all()[:2]
    return {
        "ines": session.scalars(select(User.active).where(User.email_key == "ines@example.com")).one(),
        "pay": session.scalars(select(User.pay_view).where(User.email_key == "hana@example.com")).one(),
        "role": session.scalars(select(User.role).where(User.email_key == "rolf@example.com")).one(),
        "code": session.scalars(select(User.totp_secret).where(User.email_key == "rolf@example.com")).one(),
        "passwords": {
            name: session.scalars(select(User.password_hash).where(User.email_key == f"{name}@example.com")).one()
            for name in ("igor", "anja")
        },
        "recovery codes": len(session.scalars(select(RecoveryCode).where(RecoveryCode.used_at.is_(None))).all()),
        "access": len(session.scalars(select(Member).where(Member.kind == MemberKind.ACCESS)).all()),
        "tokens": len(session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None))).all()),
        "consents": len(session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all()),
        "ranked": [
            (wish := ranking.wish_of(session, application.id)) is None or wish.ranked for application in (first, second)
        ],
    }


BEFORE = {
    "role": "recruiter",
    "code": "sealed",
    "passwords": {"igor": "old", "anja": "old"},
    "recovery codes": 2,
    "access": 1,
    "ines": True,
    "pay": True,
    "tokens": 2,
    "consents": 2,
    "ranked": [True, True],
}
AFTER = {
    "role": "interviewer",
    "code": None,
    "passwords": {"igor": "ended", "anja": "ended"},
    "recovery codes": 1,
    "access": 0,
    "ines": False,
    "pay": False,
    "tokens": 1,
    "consents": 1,
    "ranked": [False, True],
}
SENTENCE = "Ended again, because it had ended after this backup was made: 1 API token, 1 account, 1 right to see pay, 1 higher role, 1 place on a requisition, 1 code at sign-in, 1 password, 1 sign-in without a code, 1 recovery code, 1 consent, 1 ranking."


def test_what_ended_after_a_backup_is_ended_again(house, people, now, tmp_path):
    assert house.place("backup", tmp_path / "early.zip")[0] == 0
    assert house.do(_alive) == BEFORE
    house.do(_end(people, now))
    ended = {**AFTER, "passwords": {"igor": "new", "anja": "old"}}
    assert house.do(_alive) == ended
    for again in ("first", "second"):  # and restored anew from the same file
        code, output = house.place("restore", tmp_path / "early.zip", "--replace")
        assert (code, SENTENCE in output) == (0, True), again
        assert house.do(_alive) == AFTER
        for path in house.place.folder.glob("replaced-*"):
            path.unlink()
    assert house.do(audit.verify).whole
    assert "Forgot your password?" in output
    assert b"nes" not in (house.place.folder / LINES).read_bytes().lower()


def test_the_backup_takes_the_ledger_along(house, people, now, tmp_path, elsewhere, server_url):
    """The machine is lost. On a new one the late backup comes first, then somebody wants the state of the early one."""
    assert house.place("backup", tmp_path / "early.zip")[0] == 0
    house.do(_end(people, now))
    assert house.place("backup", tmp_path / "late.zip")[0] == 0
    new = elsewhere("new", postgres=bool(server_url))
    code, output = new("restore", tmp_path / "late.zip")
    assert (code, "Ended again" in output) == (0, False)  # it is in the backup itself
    code, output = new("restore", tmp_path / "early.zip", "--replace")
    assert (code, SENTENCE in output) == (0, True)
    assert House(new).do(_alive) == AFTER


def test_a_row_that_got_a_number_again_goes_on(house, people, now, tmp_path):
    """After a restore numbers are given again: what ended under one of them was another thing."""
    assert house.place("backup", tmp_path / "early.zip")[0] == 0

    def token(at):
        def make(session):
            token_services.new_token(session, user=session.get_one(User, people.rolf.id), act=moment(at))
            return session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).first().id

        return make

    def revoke(session):
        token_services.end(session, token=session.get_one(ApiToken, number), act=moment(now + LATER))

    number = house.do(token(now))
    house.do(revoke)
    assert house.place("restore", tmp_path / "early.zip", "--replace")[0] == 0
    assert house.do(token(now + 2 * LATER)) == number
    assert house.place("backup", tmp_path / "later.zip")[0] == 0
    next(house.place.folder.glob("replaced-*")).unlink()
    code, output = house.place("restore", tmp_path / "later.zip", "--replace")
    assert (code, "Ended again" in output) == (0, False)


def test_sessions_undo_links_invitations_and_waiting_forms_do_not_travel(house, tmp_path):
    transient = (UserSession, Invitation, KeptForm, UndoToken, SavedSubmission)
    assert all(house.do(lambda session, kind=kind: session.scalars(select(kind)).all()) for kind in transient)
    assert house.place("backup", tmp_path / "early.zip")[0] == 0
    with backup_reader.opened(tmp_path / "early.zip") as (_, manifest):
        assert [manifest.tables[kind.__tablename__].count for kind in transient] == [0] * 5
    code, output = house.place("restore", tmp_path / "early.zip", "--replace")
    assert (code, "Everybody signs in again" in output) == (0, True)
    assert not any(house.do(lambda session, kind=kind: session.scalars(select(kind)).all()) for kind in transient)


def test_mails_that_waited_are_held_and_both_acts_are_on_record(house, now, tmp_path):
    """They may have gone out since; two restores within a second keep what each replaced."""

    def queue(session):
        for kind, due_at in [
            ("mail", now),
            ("message", now),
            ("mail", now + dt.timedelta(days=3_650)),
            ("digest", now),
        ]:
            jobs.enqueue(session, kind, payload={}, now=now, due_at=due_at)

    def statuses(session):
        return sorted((job.kind, job.status) for job in session.scalars(select(Job)))

    house.do(queue)
    assert house.place("backup", tmp_path / "early.zip")[0] == 0
    for _ in range(2):
        code, output = house.place("restore", tmp_path / "early.zip", "--replace")
        assert (code, "2 mails waited when this backup was made" in output) == (0, True)
    assert len(list(house.place.folder.glob("replaced-*"))) == 2
    assert house.do(statuses) == [("digest", "queued"), ("mail", "held"), ("mail", "queued"), ("message", "held")]
    assert house.do(audit.verify).whole
    code, output = house.place("mail", "release")
    assert (code, "2 mails let go" in output) == (0, True)
    assert {status for _, status in house.do(statuses)} == {"queued"}
    assert house.place("mail", "release")[1].strip() == "No mails are held."
    assert house.place("backup", tmp_path / "late.zip")[0] == 0

    def acts(session):
        entries = session.scalars(select(AuditEntry).where(AuditEntry.object_type == "installation"))
        return [entry.action for entry in entries.all()]

    assert house.do(acts) == ["backup.restored", "backup.restored", "backup.made"]  # the first by the fixture
    assert house.do(audit.verify).whole


def test_an_erased_person_is_erased_again_with_their_files_and_mails(house, people, now, tmp_path):
    """Neither the rows nor the bytes of a file touch the installation again."""
    key = FolderStore(house.place.folder / "files").put(b"%PDF of Zoe")

    def attach(session):
        application = session.scalars(select(Application).order_by(Application.id)).first()
        session.add(
            Attachment(
                candidate_id=application.candidate_id, application_id=application.id, kind=FileKind.RESUME, name="cv.pdf",
                media_type="application/pdf", size=11, sha256="0" * 64, storage_key=key, uploaded_by_id=people.ruth.id,
                created_at=now,
            )
        )  # fmt: skip
        return application.candidate_id, application.candidate.name

    candidate_id, name = house.do(attach)
    assert house.place("backup", tmp_path / "early.zip")[0] == 0

    def erase(session):
        candidate = session.get_one(Candidate, candidate_id)
        act = act_by(session.get_one(User, people.ruth.id), now=now + LATER)
        erasure_services.erase(session, candidate=candidate, places=context.places(), act=act)

    house.do(erase)
    stored = house.place.folder / "files" / key[:2] / key
    assert not stored.exists()
    code, output = house.place("restore", tmp_path / "early.zip", "--replace")
    assert (code, "1 erased person" in output) == (0, True)
    assert not stored.exists()
    assert house.do(lambda session: session.get_one(Candidate, candidate_id).name) != name
    assert house.do(audit.verify).whole


def test_every_table_with_a_secret_of_the_moment_stays_behind():
    with_secret = {
        table.name
        for table in Base.metadata.tables.values()
        if {"digest", "secret", "token"} & set(table.columns.keys())
    }
    assert {name for name in with_secret if not is_transient(Base.metadata.tables[name])} <= SECRETS_THAT_TRAVEL


def test_a_link_to_a_colleague_ends_with_a_restore(elsewhere, tmp_path):
    """The question stays, and can be asked again."""
    from tests.foundation.test_older_revisions import BACKUP

    place = elsewhere("there")
    assert place("restore", BACKUP)[0] == 0
    engine = create_engine(place.url)
    with Session(engine) as session:
        session.execute(text("UPDATE endorsement SET expires_at = '2099-01-01 00:00:00'"))
        session.commit()
    assert place("backup", tmp_path / "open.zip")[0] == 0
    assert place("restore", tmp_path / "open.zip", "--replace")[0] == 0
    with Session(engine) as session:
        links = session.scalars(select(Endorsement)).all()
        assert links
        assert all(endorsement.expires_at <= dt.datetime.now(dt.UTC) for endorsement in links)
    engine.dispose()
