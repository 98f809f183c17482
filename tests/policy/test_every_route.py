"""Every address of the application, asked by everybody: the policy decides, and the answer shows it."""

import datetime as dt
import re

import pytest
from sqlalchemy import select, text

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from recruiter.budget import services as cases
from recruiter.candidates.models import Attachment, FileKind
from recruiter.candidates.records import note_services, task_services
from recruiter.exchange.models import ImportBatch, ImportState
from recruiter.foundation.database.db import db
from recruiter.foundation.files.folder_store import FolderStore
from recruiter.foundation.money import Money
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.contacts import concern_services, contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, ConcernKind, Direction, TouchKind
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_services, chain_services
from recruiter.offers.models import SourceClass
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.privacy.holds import hold_services
from recruiter.privacy.models import DisputedField, RequestKind, RetentionPeriod, RetentionPurpose
from recruiter.privacy.requests import request_services
from recruiter.requisitions import rules as requisition_rules
from recruiter.requisitions import stage_templates
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, moment
from tests.house.test_house import PUBLIC
from tests.ranking import small_model

NAMES = ["ruth", "rolf", "hana", "henk", "ines", "igor", "xenia", "arne", "anja"]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
NOWHERE = 987_654  # a number that nothing has
WORDS = {"form": "json", "filename": "app.css", "report": "promises-kept"}  # parts of addresses that name no record


class World:
    """One search with a thing of every kind that an address can name."""

    def __init__(self, session, people, now, *, confidential=False, card_content=None):
        end = now - dt.timedelta(hours=30)
        self.session, self.people = session, people
        approvers = [people.arne] if confidential else []  # nobody is asked to approve what they cannot see
        self.requisition = factories.requisition(session, people, now, confidential=confidential, access=approvers)
        slate = factories.finalists(session, people, now, self.requisition)
        self.application, self.other = slate[0], slate[1]
        self.candidate = self.application.candidate

        def talk(application, *names, cross=()):
            seats = [Seat(getattr(people, name), name in cross) for name in names]
            return interviews.plan(
                session,
                application=application,
                stage=self.requisition.stages[2],
                name="Panel",
                starts_at=end - dt.timedelta(hours=1),
                ends_at=end,
                panel=seats,
                act=act_by(people.ruth, now=now),
            )

        self.interview = talk(self.application, "ines", "igor")
        self.elsewhere = talk(self.other, "xenia", cross=("xenia",))
        marks = [Mark("System design", 4, "Split it cleanly"), Mark("Communication", 4, "Plain words")]
        content = CardContent(marks, overall=4, summary="Clear")
        self.card = cards.submit(
            session, interview=self.interview, content=card_content or content, act=act_by(people.ines, now=now)
        )
        cards.save(  # Igor still owes a card
            session, interview=self.interview, content=content, act=act_by(people.igor, now=now)
        )
        about = {"application": self.application, "act": act_by(people.ruth, now=now)}
        self.promise = promise_services.make_promise(session, what="You will hear from us", due_on=now.date(), **about)
        self.concern = concern_services.raise_concern(
            session, kind=ConcernKind.TEAM, description="Who would sit beside me?", **about
        )
        spoke = contact_services.Contact(Direction.FROM, Channel.PHONE, TouchKind.CALL, "Still keen")
        contact_services.record(session, contact=spoke, **about)
        competing_processes.record(
            session, stage="Offer", source_class=SourceClass.CREDIBLE, employer="Elsewhere", decision_on=now.date(),
            amount=Money(9_300_000, "EUR"), disclosed_on=now.date(), **about,
        )  # fmt: skip
        self.offer = offers.draft(session, terms=offer_rules.Terms(base=Money(8_000_000, "EUR")), **about)
        approval_services.submit(session, offer=self.offer, act=act_by(people.ruth, now=now))
        self.case = cases.open_case(
            session, offer=self.offer, ask=Money(9_200_000, "EUR"), needed_by=now.date(), act=act_by(people.ruth, now=now) )  # fmt: skip
        self.endorsement, _ = cases.ask_endorsement(
            session, case=self.case, email="kim@example.com", question="Would your team work with her?",
            base_url="http://localhost", organisation="Us", act=act_by(people.ruth, now=now) )  # fmt: skip
        cases.submit(session, case=self.case, act=act_by(people.ruth, now=now))
        place = {"subject": self.application}
        self.note = note_services.write(
            session, note_text="Asked about the team", act=act_by(people.ruth, now=now), **place
        )
        self.secret = note_services.write(
            session,
            note_text="Between us",
            act=act_by(people.ines, now=now),
            private=True,
            readers=[people.hana],
            **place,
        )
        self.task = task_services.plan(
            session,
            what="Call them",
            due_on=now.date(),
            assignee=people.hana,
            act=act_by(people.ruth, now=now),
            **place,
        )
        chain = chain_services.ChainTerms(
            "Far above", for_offers=True, for_cases=True, from_percent=99_900,
            groups=(chain_services.GroupTerms(1, "Finance", 1),),
        )  # fmt: skip
        self.chain = chain_services.save(session, chain=None, terms=chain, act=act_by(people.anja, now=now))
        deputy = accounts.add(
            session, email="bea@example.com", name="Bea", role=Role.APPROVER, act=moment(now), memory_kib=8
        )
        self.stand_in = chain_services.stand_in(
            session, user=people.arne, deputy=deputy, from_on=now.date(), until_on=now.date(), act=act_by(people.anja, now=now) )  # fmt: skip
        self.file = Attachment(
            candidate_id=self.candidate.id, application_id=self.application.id, kind=FileKind.OTHER, name="terms.txt",
            media_type="text/plain", size=5, sha256="0" * 64, storage_key="0" * 32, for_panel=False,
            uploaded_by_id=people.ruth.id, created_at=now,
        )  # fmt: skip
        session.add(self.file)
        self.batch = ImportBatch(
            format="history", state=ImportState.PLANNED, content_digest="0" * 64, by_id=people.ruth.id, created_at=now
        )
        session.add(self.batch)
        self.run = small_model.run(session, now)
        self.prediction = small_model.prediction(session, self.requisition, now)
        self.template = stage_templates.save(
            session, name="Engineering", stages=requisition_rules.DEFAULT_STAGES, act=act_by(people.ruth, now=now)
        )
        self._of_their_data(now)
        session.commit()

    def _of_their_data(self, now):
        """A request about the data of the first, holds on somebody else and on a requisition, a keeping time that waits for a second person."""
        session, ruth, anja = self.session, self.people.ruth, act_by(self.people.anja, now=now)
        request = {"received_on": now.date(), "details": "By mail", "act": act_by(ruth, now=now)}
        request_services.record(session, candidate=self.candidate, kind=RequestKind.ACCESS, **request)
        disputed, kind = {DisputedField.LOCATION}, RequestKind.CORRECTION
        request_services.record(session, candidate=self.candidate, kind=kind, disputed=disputed, **request)
        until, in_sight = now.date() + dt.timedelta(days=90), factories.requisition(session, self.people, now)
        self.holds = [
            hold_services.set_hold(session, subject=subject, reason="Claim", until=until, act=anja)
            for subject in (self.other.candidate, in_sight)
        ]
        period = {"purpose": RetentionPurpose.UNSUCCESSFUL, "place": "", "length": 9}
        session.add(RetentionPeriod(proposed_by_id=ruth.id, proposed_at=now, **period))

    def subject_of(self, argument):
        """What an argument of an address stands for: a thing of this world, or a word."""
        known = {
            "requisition_ref": self.requisition,
            "candidate_id": self.candidate,
            "application_id": self.application,
            "interview_id": self.interview,
            "offer_id": self.offer,
            "case_id": self.case,
            "promise_id": self.promise,
            "concern_id": self.concern,
            "user_id": self.people.igor,
            "note_id": self.note,
            "task_id": self.task,
            "file_id": self.file,
            "author_id": self.people.igor,
            "batch_id": self.batch,
            "chain_id": self.chain,
            "stand_in_id": self.stand_in,
            "run_id": self.run,
            "prediction_id": self.prediction,
            "template": self.template,
            "hold": self.holds[0],
            "requisition_hold": self.holds[1],
        }
        if argument in known:
            return known[argument]
        if argument in permits.SUBJECTS:
            match = self.session.scalars(select(permits.SUBJECTS[argument])).first()
            assert match is not None, f"this world has nothing for <{argument}>: give it one"
            return match
        return WORDS.get(argument, "x")

    def path(self, rule, *, missing=False):
        """The address of a rule in this world; with `missing`, the same address of things that do not exist."""

        def filled(match):
            converter, _, name = match.group(1).rpartition(":")
            thing = self.subject_of(name)
            if missing and (converter == "int" or name == "requisition_ref"):
                return str(NOWHERE)
            return str(getattr(thing, "id", thing)) if converter != "int" or hasattr(thing, "id") else "1"

        return re.sub(r"<([^>]+)>", filled, rule.rule)

    def subject(self, rule):
        """What the permission of a rule is asked on: the last thing that its address names."""
        match = None
        for name in re.findall(r"<(?:[^>:]+:)?([^>]+)>", rule.rule):
            if name == "requisition_ref" or name in permits.SUBJECTS:
                match = self.subject_of(name)
        return match

    def expected(self, rule, view, name):
        """`allowed`, 403 for what is seen and not theirs to do, or 404 for what is out of their sight."""
        actor, on = getattr(self.people, name), self.subject(rule)

        def may(permission):
            return permits.permits(self.session, actor=actor, permission=permission, on=on)

        if may(view.permission):
            return "allowed"
        if view.permission.value.startswith(("see ", "search ")):  # a look, not an act
            return 404
        if on is None:
            return 403
        reading = permits.READING.get(type(on))
        return 403 if reading not in {None, view.permission} and may(reading) else 404


@pytest.fixture(params=[False, True], ids=["open", "confidential"])
def world(request, app, session, people, now):
    made = World(session, people, now, confidential=request.param)
    made.file.storage_key = FolderStore(app.extensions["recruiter_settings"].instance / "files").put(b"terms")
    made.holds[0] = hold_services.set_hold(  # nobody is erased here, so it stands in nobody's way
        session, subject=made.candidate, reason="Claim", until=now.date(), act=act_by(people.anja, now=now)
    )
    session.commit()
    return made


def doors(app):
    """Every guarded rule with its view."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods)))
    return [(rule, app.view_functions[rule.endpoint]) for rule in rules if rule.endpoint not in PUBLIC]


def is_api(rule):
    return rule.rule.startswith("/api/")


@pytest.fixture
def ask(app, api, browse):
    """`ask(name, rule, method, path)`: the answer that somebody gets, by token for the API and by session for pages."""
    browsers = {name: browse(name) for name in NAMES}
    browsers["nobody"] = app.test_client()

    def ask(name, rule, method, path):
        if is_api(rule):
            return getattr(api, name).call(method, path)
        return browsers[name].open(path, method=method)

    return ask


def everything(session):
    """Every row of every table, to see whether anything changed."""
    session.rollback()
    return {
        table.name: sorted(str(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{table.name}"')))
        for table in db.metadata.sorted_tables
    }


def changed(before, after):
    return [name for name in before if before[name] != after[name]]


def to_sign_in(answer):
    return answer.status_code in {302, 303} and "/sign-in" in answer.location


@pytest.mark.parametrize("name", NAMES)
def test_reading_is_what_the_policy_says(app, world, ask, name):
    wrong = []
    for rule, view in doors(app):
        if "GET" not in rule.methods:
            continue
        path = world.path(rule)
        answer = ask(name, rule, "GET", path)
        wanted = world.expected(rule, view, name)
        status = answer.status_code
        if wanted == "allowed":
            right = status not in {401, 403, 404, 405} and status < 500 and not to_sign_in(answer)
        else:
            right = status == wanted
        if not right:
            wrong.append(f"GET {path} by {name}: {status}, the policy says {wanted} ({view.permission.name})")
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_change_is_refused_before_anything_is_read(app, session, world, ask, name):
    before, wrong, tried = everything(session), [], 0
    for rule, view in doors(app):
        wanted = world.expected(rule, view, name)
        if wanted == "allowed":
            continue
        for method in sorted(rule.methods & UNSAFE):
            path = world.path(rule)
            answer = ask(name, rule, method, path)
            tried += 1
            if answer.status_code != wanted:
                wrong.append(f"{method} {path} by {name}: {answer.status_code}, the policy says {wanted}")
    assert wrong == []
    assert changed(before, everything(session)) == []
    assert tried > 3, "nothing was tried, so nothing was shown"


def test_nobody_changes_or_sees_anything_and_learns_nothing_of_what_exists(app, session, world, ask):
    before, wrong = everything(session), []
    for rule, _ in doors(app):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            answer = ask("nobody", rule, method, world.path(rule))
            ghost = ask("nobody", rule, method, world.path(rule, missing=True))
            right = answer.status_code == 401 if is_api(rule) else to_sign_in(answer)
            if not right or ghost.status_code != answer.status_code:
                wrong.append(
                    f"{method} {rule.rule}: {answer.status_code}, and {ghost.status_code} for what is not there"
                )
    assert wrong == []
    assert changed(before, everything(session)) == []


@pytest.mark.parametrize("name", NAMES)
def test_out_of_sight_reads_like_what_does_not_exist(app, world, ask, name):
    wrong = []
    for rule, view in doors(app):
        if world.subject(rule) is None or world.expected(rule, view, name) != 404 or not is_api(rule):
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            hidden = ask(name, rule, method, world.path(rule))
            ghost = ask(name, rule, method, world.path(rule, missing=True))
            if (hidden.status_code, hidden.get_data()) != (ghost.status_code, ghost.get_data()):
                wrong.append(f"{method} {rule.rule} by {name}: {hidden.get_data()} and {ghost.get_data()}")
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_person_who_left_gets_nothing_by_token_or_by_session(app, session, world, ask, name):
    person = session.merge(getattr(world.people, name))
    person.active = False
    session.commit()
    wrong = []
    for rule, _ in doors(app):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            answer = ask(name, rule, method, world.path(rule))
            if not (answer.status_code == 401 if is_api(rule) else to_sign_in(answer)):
                wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert wrong == []


def test_the_doors_without_a_guard_are_the_known_ones(app):
    open_doors = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "permission")
    }
    assert open_doors == PUBLIC


def test_reading_changes_nothing(app, api, session, world, ask):
    for name in ("ruth", "ines", "arne"):
        getattr(api, name).get("/requisitions")  # once an hour the last use of a token is noted
    before = everything(session)
    for rule, _ in doors(app):
        if "GET" in rule.methods:
            for name in ("ruth", "ines", "arne"):
                ask(name, rule, "GET", world.path(rule))
    assert changed(before, everything(session)) == ["card_reading"]  # whoever reads others' cards is marked


# Who may do what, written down from the rules of access: a change of the permission map must change this table too.
# A manager sees their own searches, an interviewer those whom they meet, an approver what was submitted;
# pay is seen only by who was given it, the administrator included.
SEARCH = {"ruth", "rolf", "hana", "anja"}  # henk manages another team
PANEL = {"ines", "igor"}
PAID = {"ruth", "hana"}
ON = {
    ("requisition", Permission.REQUISITION_READ): SEARCH | PANEL | {"xenia", "arne"},
    ("requisition", Permission.REQUISITION_EDIT): SEARCH,
    ("requisition", Permission.BOARD_READ): SEARCH,
    ("requisition", Permission.FINALISTS_READ): SEARCH,
    ("requisition", Permission.FINALISTS_ORDER): SEARCH,
    ("requisition", Permission.DEBRIEF_READ): SEARCH,
    ("requisition", Permission.DEBRIEF_WRITE): SEARCH,
    ("requisition", Permission.PROMOTE): SEARCH,
    ("requisition", Permission.PAY_READ): PAID,
    ("requisition", Permission.OFFER_WRITE): PAID,
    ("candidate", Permission.CANDIDATE_READ): SEARCH | PANEL,
    ("candidate", Permission.CANDIDATE_EDIT): {"ruth", "rolf", "anja"},
    ("application", Permission.APPLICATION_READ): SEARCH | PANEL,
    ("application", Permission.APPLICATION_MOVE): SEARCH,
    ("application", Permission.INTERVIEW_PLAN): SEARCH,
    ("application", Permission.SCORECARD_LIST): SEARCH | PANEL,
    ("application", Permission.KEEPWARM_READ): SEARCH,
    ("application", Permission.KEEPWARM_WRITE): SEARCH,
    ("application", Permission.PAY_READ): PAID,
    ("application", Permission.OFFER_WRITE): PAID,
    ("candidate", Permission.PERSON_DATA): {"ruth", "rolf", "anja"},
    ("candidate", Permission.DATA_REQUEST): {"ruth", "rolf", "anja"},
    ("candidate", Permission.PERSON_EXPORT): {"anja"},
    ("candidate", Permission.PERSON_ERASE): {"anja"},
    ("candidate", Permission.LEGAL_HOLD): {"anja"},
    (None, Permission.RETENTION): {"anja"},
    (None, Permission.RETENTION_CONFIRM): {"anja"},
    (None, Permission.EXPOSURE): {"anja"},
    ("candidate", Permission.CANDIDATE_NOTE): SEARCH,
    ("candidate", Permission.CANDIDATE_FILE): SEARCH,
    ("application", Permission.APPLICATION_EDIT): SEARCH,
    ("application", Permission.APPLICATION_NOTE): SEARCH | PANEL,
    ("application", Permission.APPLICATION_TASK): SEARCH,
    ("application", Permission.APPLICATION_FILE): SEARCH,
    ("note", Permission.NOTE_READ): SEARCH | {"ines"},  # Igor owes a card
    ("note", Permission.NOTE_EDIT): {"ruth"},
    ("secret", Permission.NOTE_READ): {"ines", "hana"},
    ("secret", Permission.NOTE_EDIT): {"ines"},
    ("task", Permission.TASK_READ): SEARCH,
    ("task", Permission.TASK_SETTLE): SEARCH,
    ("file", Permission.FILE_READ): SEARCH,
    ("file", Permission.FILE_REMOVE): {"ruth", "rolf", "anja"},
    ("other", Permission.APPLICATION_READ): SEARCH | {"xenia"},
    ("other", Permission.SCORECARD_LIST): SEARCH | {"xenia"},
    ("interview", Permission.INTERVIEW_READ): SEARCH | PANEL,
    ("interview", Permission.INTERVIEW_PLAN): SEARCH,
    ("interview", Permission.SCORECARD_WRITE): PANEL,
    ("interview", Permission.SCORECARD_ENTER): SEARCH,
    ("elsewhere", Permission.SCORECARD_WRITE): {"xenia"},
    ("promise", Permission.KEEPWARM_WRITE): SEARCH,
    ("concern", Permission.KEEPWARM_WRITE): SEARCH,
    ("offer", Permission.OFFER_READ): PAID | {"arne"},
    ("offer", Permission.OFFER_WRITE): PAID,
    ("offer", Permission.OFFER_SEND): PAID,
    ("offer", Permission.OFFER_APPROVE): {"arne"},
    ("offer", Permission.CASE_OPEN): PAID,
    ("case", Permission.CASE_READ): PAID | {"arne"},
    ("case", Permission.CASE_WRITE): PAID,
    ("case", Permission.CASE_DECIDE): {"arne"},
    (None, Permission.SIGNED_IN): set(NAMES),
    (None, Permission.SIGN_IN_CHANGE): set(NAMES),
    (None, Permission.REQUISITION_CREATE): SEARCH | {"henk"},
    (None, Permission.STAGE_TEMPLATE_EDIT): {"ruth", "rolf", "anja"},
    (None, Permission.CANDIDATE_CREATE): {"ruth", "rolf", "anja"},
    (None, Permission.CANDIDATE_DUPLICATES): {"ruth", "rolf", "anja"},
    (None, Permission.APPLICATION_CREATE): {"ruth", "rolf", "anja"},
    (None, Permission.KEEPWARM_LIST): SEARCH | {"henk"},
    (None, Permission.CASE_LIST): SEARCH | {"henk", "arne"},
    (None, Permission.CASE_LIST_TAKE_OUT): SEARCH | {"henk", "arne"},
    (None, Permission.MODEL_READ): SEARCH | {"henk"},
    (None, Permission.MODEL_FIT): {"ruth", "rolf", "anja"},
    (None, Permission.MODEL_MANAGE): {"ruth", "rolf", "anja"},
    ("application", Permission.RANKING_WISH): {"ruth", "rolf", "anja"},
    ("prediction", Permission.RANKING_REPLAY): SEARCH,
    ("prediction", Permission.RANKING_AGAIN): SEARCH,
    (None, Permission.BIAS_AUDIT_READ): {"ruth", "rolf", "anja", "arne"},
    (None, Permission.BIAS_AUDIT_RUN): {"ruth", "rolf", "anja"},
    (None, Permission.BIAS_AUDIT_ROWS): {"anja"},
    (None, Permission.SELF_IDENTIFICATION_LOAD): {"anja"},
    (None, Permission.IMPORT): {"ruth", "rolf", "anja"},
    (None, Permission.REPORT_READ): SEARCH | {"henk"},
    (None, Permission.PEOPLE_EDIT): {"anja"},
    (None, Permission.SEARCH_RECOVER): {"anja"},
    (None, Permission.CHAINS_EDIT): {"anja"},
    ("offer", Permission.APPROVAL_TURN_GIVE): {"anja"},
    ("case", Permission.APPROVAL_TURN_GIVE): {"anja"},
    (None, Permission.STAND_IN_SET): {"anja", "arne"},
    ("stand_in", Permission.STAND_IN_END): {"anja", "arne"},
}
OUTSIDE = {"rolf", "henk", "anja"}  # not on the access list of a confidential search


def who_may(world, thing, permission):
    on = getattr(world, thing) if thing else None
    return {
        name
        for name in NAMES
        if permits.permits(world.session, actor=getattr(world.people, name), permission=permission, on=on)
    }


def test_who_may_do_what(session, people, now):
    world = World(session, people, now)
    wrong = {
        f"{permission.name} on {thing}": sorted(who_may(world, thing, permission) ^ wanted)
        for (thing, permission), wanted in ON.items()
        if who_may(world, thing, permission) != wanted
    }
    assert wrong == {}


# an administrator names who answers for an approver who left, without seeing the offer or its search: else it waits forever
UNSEEN = {Permission.APPROVAL_TURN_GIVE}


def test_in_a_confidential_search_only_its_own_people_may(session, people, now):
    world = World(session, people, now, confidential=True)
    wrong = {
        f"{permission.name} on {thing}": sorted(who_may(world, thing, permission) ^ (wanted - OUTSIDE))
        for (thing, permission), wanted in ON.items()
        if thing not in {None, "stand_in"}
        and permission not in UNSEEN
        and who_may(world, thing, permission) != wanted - OUTSIDE
    }
    assert wrong == {}


def test_an_approver_sees_neither_offer_nor_case_before_it_is_submitted(session, people, now):
    requisition = factories.requisition(session, people, now)
    finalist = factories.finalists(session, people, now, requisition)[0]
    about = {"act": act_by(people.ruth, now=now)}
    offer = offers.draft(session, application=finalist, terms=offer_rules.Terms(base=Money(9_000_000, "EUR")), **about)
    case = cases.open_case(session, offer=offer, ask=Money(9_200_000, "EUR"), needed_by=now.date(), **about)
    session.commit()
    for on, permission in [
        (requisition, Permission.REQUISITION_READ), (offer, Permission.OFFER_READ), (offer, Permission.OFFER_APPROVE),
        (case, Permission.CASE_READ), (case, Permission.CASE_DECIDE),
    ]:  # fmt: skip
        assert not permits.permits(session, actor=people.arne, permission=permission, on=on), permission


def test_no_role_has_a_permission_that_the_table_does_not_name():
    assert set(Permission) - {permission for _, permission in ON} == {
        Permission.REQUISITION_LIST,  # open to everybody who is signed in: the list is cut to what they may see
        Permission.CANDIDATE_LIST,
        Permission.APPLICATION_BULK,  # asked again on each application
    }
