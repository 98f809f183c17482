"""A company of any size for the benchmarks: an archive of closed searches that grows, and open searches that stay as they are.

Run by hand: python -m tests.bench.company 100000 --instance /some/folder [--database URL]. Rows go through the tables' own
definitions, with a chained audit trail, so that `recruiter audit verify` and `recruiter doctor` accept what is there. The same
number tells the same company.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from faker import Faker
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import rules as audit_rules
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry, AuditHead
from recruiter.candidates import rules as candidate_rules
from recruiter.candidates.models import Candidate, Contact, ContactKind, Note
from recruiter.foundation import text
from recruiter.foundation.database import engine as engines
from recruiter.foundation.database import tables
from recruiter.foundation.database.db import Model
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind, Touchpoint
from recruiter.offers.models import Offer, OfferStatus, OfferTerms
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist, StageChange, StatusChange
from recruiter.requisitions.models import (
    Attribute,
    Band,
    Member,
    MemberKind,
    Opening,
    OpeningStatus,
    Requisition,
    RequisitionStatus,
    Stage,
)
from recruiter.requisitions.rules import DEFAULT_STAGES
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion

SEED = 20261130
AT_A_TIME = 20_000  # rows held before they are written
ARCHIVED = 40  # candidates of one closed search
YEARS = 5
BOARDS = {100: 30, 1_000: 1}  # applications in process of an open search: how many such searches
SLATES = (5, 40)  # finalists of the first open searches
ATTRIBUTES = ("System design", "Communication")
SKILLS = ["python", "go", "postgresql", "figma", "kubernetes", "accounting", "welding", "sql", "research", "nursing"]
DAY = dt.timedelta(days=1)


class Rows:
    """Rows of many tables, written in the order in which their tables need one another; ids are given here."""

    def __init__(self, engine: Engine) -> None:
        """Write into the database of this engine."""
        self._engine = engine
        self._waiting: dict[type[Model], list[dict[str, object]]] = defaultdict(list)
        self._ids: dict[type[Model], Iterator[int]] = defaultdict(lambda: count(1))
        self._held = 0

    def add(self, model: type[Model], **values: object) -> int:
        """Keep one row for writing; answers its id."""
        number = next(self._ids[model])
        self._waiting[model].append({"id": number, **values})
        self._held += 1
        if self._held >= AT_A_TIME:
            self.write()
        return number

    def write(self) -> None:
        """Write what is kept."""
        order = {table.name: place for place, table in enumerate(Model.metadata.sorted_tables)}
        with Session(self._engine) as session, session.begin():
            for model, rows in sorted(self._waiting.items(), key=lambda pair: order[pair[0].__table__.name]):
                session.execute(insert(model), rows)
        self._waiting.clear()
        self._held = 0


class Company:
    """Fills a database: people of the company first, then the archive, then the open searches."""

    def __init__(self, rows: Rows, now: dt.datetime) -> None:
        """A company as it stands at `now`."""
        self.rows, self.now, self.chance = rows, now, random.Random(SEED)  # made-up rows, no secret
        self.head = audit_rules.START
        fake = Faker()
        fake.seed_instance(SEED)
        self.first_names = [fake.first_name() for _ in range(1_500)]
        self.last_names = [fake.last_name() for _ in range(3_000)]
        self.employers = [fake.company() for _ in range(400)]
        self.sentences = [fake.sentence(18) for _ in range(300)]
        self.users: dict[Role, list[int]] = {}

    def people(self) -> None:
        """Those who work here: as many in a small archive as in a large one."""
        many = {Role.ADMIN: 1, Role.RECRUITER: 20, Role.HIRING_MANAGER: 40, Role.INTERVIEWER: 120, Role.APPROVER: 4}
        for role, number in many.items():
            self.users[role] = []
            for place in range(number):
                email = f"{role.value}{place}@example.com"
                self.users[role].append(
                    self.rows.add(
                        User, email=email, email_key=email, name=self.name(), role=role, team="", active=True,
                        pay_view=role in {Role.RECRUITER, Role.HIRING_MANAGER}, theme="system", created_at=self.now - YEARS * 400 * DAY,
                        version=1,
                    )
                )  # fmt: skip

    def name(self) -> str:
        """A name; one of a hundred has two letters, as Ng and Wu have."""
        first = self.chance.choice(self.first_names)
        return f"{first} {self.chance.choice(('Ng', 'Wu', 'Li')) if self.chance.random() < 0.01 else self.chance.choice(self.last_names)}"

    def candidate(self, at: dt.datetime) -> int:
        """Somebody with an address, a number, two tags and a note."""
        name, employer = self.name(), self.chance.choice(self.employers)
        headline, tags = f"Engineer, {employer}", self.chance.sample(SKILLS, 2)
        number = self.chance.getrandbits(40)
        mail, phone = f"{text.folded(name).replace(' ', '.')}.{number}@example.com", f"+49 30 {number % 10**9:09d}"
        author = self.chance.choice(self.users[Role.RECRUITER])
        person = self.rows.add(
            Candidate, name=name, headline=headline, location="", source="", links=[], tags=tags, name_key=text.folded(name),
            search_key=text.folded(" ".join([name, headline, *tags, mail, phone])), tags_key=candidate_rules.tags_key(tags),
            created_by_id=author, created_at=at, version=1,
        )  # fmt: skip
        for kind, value, key in (
            (ContactKind.EMAIL, mail, mail),
            (ContactKind.PHONE, phone, candidate_rules.phone_key(phone)),
        ):
            self.rows.add(Contact, candidate_id=person, kind=kind, value=value, key=key)
        if self.chance.random() < 0.3:
            note = self.chance.choice(self.sentences)
            self.rows.add(
                Note, candidate_id=person, text=note, text_key=text.folded(note), private=False, author_id=author, created_at=at,
                version=1,
            )  # fmt: skip
        return person

    def requisition(self, number: int, at: dt.datetime, closed_at: dt.datetime | None) -> tuple[int, list[int], int]:
        """A search with the usual stages, two attributes, a band and one opening; answers their ids: search, stages, opening."""
        recruiter = self.users[Role.RECRUITER][number % 20]
        key, title = f"ENG-{number}", f"Engineer {number % 400}"
        made = self.rows.add(
            Requisition, key=key, title=title, search_key=text.folded(f"{key} {title}"), department=f"Department {number % 12}",
            location="", level="L4", status=RequisitionStatus.FILLED if closed_at else RequisitionStatus.OPEN,
            hiring_manager_id=self.users[Role.HIRING_MANAGER][number % 40], created_by_id=recruiter,
            confidential=number % 25 == 24, overall_weight=0.5, suggestion_on=True, cadence_offer_days=3, cadence_bench_days=7,
            imported=False, created_at=at, closed_at=closed_at, version=1,
        )  # fmt: skip
        self.rows.add(Member, requisition_id=made, user_id=recruiter, kind=MemberKind.RECRUITER)
        stages = [
            self.rows.add(Stage, requisition_id=made, name=stage.name, kind=stage.kind, position=place)
            for place, stage in enumerate(DEFAULT_STAGES)
        ]
        for place, attribute in enumerate(ATTRIBUTES):
            self.rows.add(
                Attribute, requisition_id=made, name=attribute, description="", weight=1.0 + place, position=place
            )
        self.rows.add(
            Band,
            requisition_id=made,
            min=6_500_000,
            mid=7_500_000,
            max=8_500_000,
            currency="EUR",
            interval="year",
            version=1,
        )
        opening = self.rows.add(
            Opening,
            requisition_id=made,
            status=OpeningStatus.FILLED if closed_at else OpeningStatus.OPEN,
            opened_at=at,
            version=1,
        )
        self.record(AuditAction.REQUISITION_OPENED, "requisition", made, at, recruiter)
        return made, stages, opening

    def record(self, action: AuditAction, kind: str, number: int, at: dt.datetime, actor: int) -> None:
        """One entry of the audit trail, chained to the one before it."""
        values = {"at": at, "actor_id": actor, "action": action.value, "object_type": kind, "object_id": number}
        entry = AuditEntry(**values, detail={}, prev_hash=self.head)
        before, self.head = self.head, audit_rules.chained(self.head, entry)
        self.rows.add(AuditEntry, **values, detail={}, prev_hash=before, hash=self.head)

    def application(
        self,
        requisition: int,
        stages: list[int],
        at: dt.datetime,
        *,
        reached: int,
        ended: dt.datetime | None,
        hired: bool,
    ) -> int:
        """Somebody's way through a search, up to the stage that they reached, one every four days."""
        recruiter = self.chance.choice(self.users[Role.RECRUITER])
        person = self.candidate(at)
        status = ApplicationStatus.ACTIVE if ended is None else ApplicationStatus.REJECTED
        if hired:
            status = ApplicationStatus.HIRED
        elif ended and self.chance.random() < 0.2:
            status = ApplicationStatus.WITHDRAWN
        withdrew, closed = status == ApplicationStatus.WITHDRAWN, ended is not None and not hired
        ending = {
            "ended_by": (EndedBy.CANDIDATE if withdrew else EndedBy.COMPANY) if closed else None,
            "reason_code": ("accepted_counter_offer" if withdrew else "skills") if closed else None,
            "reason": "" if closed else None,
        }
        made = self.rows.add(
            Application, candidate_id=person, requisition_id=requisition, stage_id=stages[reached], status=status,
            stage_since=at + 4 * reached * DAY, ended_at=ended if closed else None, applied_on=at.date(), source="Referral",
            created_at=at, version=1, **ending,
        )  # fmt: skip
        for place in range(reached + 1):
            self.rows.add(
                StageChange, application_id=made, from_stage_id=stages[place - 1] if place else None, to_stage_id=stages[place],
                moved_by_id=recruiter, moved_at=at + 4 * place * DAY, reason="",
            )  # fmt: skip
        self.record(AuditAction.APPLICATION_ENTERED, "application", made, at, recruiter)
        if closed:
            self.rows.add(
                StatusChange, application_id=made, status=status, changed_by_id=recruiter, changed_at=ended, ended_by=ending["ended_by"],
                reason_code=ending["reason_code"], reason="",
            )  # fmt: skip
        return made

    def interviews(self, application: int, stage: int, at: dt.datetime) -> None:
        """Two talks of an hour, each with two interviewers who sent their card the day after."""
        for place in range(2):
            begins = at + place * DAY
            talk = self.rows.add(
                Interview, application_id=application, stage_id=stage, name=f"Talk {place + 1}", starts_at=begins,
                ends_at=begins + dt.timedelta(hours=1), status=InterviewStatus.PLANNED, focus=[], scored=True, place="", sequence=0,
                created_by_id=self.users[Role.RECRUITER][0], created_at=begins - 5 * DAY, version=1,
            )  # fmt: skip
            for user in self.chance.sample(self.users[Role.INTERVIEWER], 2):
                self.rows.add(Panelist, interview_id=talk, user_id=user, cross_functional=False)
                self.card(talk, application, user, begins + DAY)

    def card(self, talk: int, application: int, author: int, at: dt.datetime) -> None:
        """A card that was sent, with its fixed version."""
        marks = [
            {
                "attribute": name,
                "rating": float(self.chance.randint(2, 5)),
                "evidence": self.chance.choice(self.sentences),
            }
            for name in ATTRIBUTES
        ]
        overall = float(self.chance.randint(2, 4))
        card = self.rows.add(
            Scorecard, interview_id=talk, application_id=application, author_id=author, state=CardState.SUBMITTED, overall=overall,
            summary="", question="", concern="", created_at=at, saved_at=at, submitted_at=at, version=1,
        )  # fmt: skip
        for place, mark in enumerate(marks):
            self.rows.add(Rating, scorecard_id=card, position=place, **mark)
        self.rows.add(
            ScorecardVersion, scorecard_id=card, number=1, state=CardState.SUBMITTED, after_reveal=False, ratings=marks, overall=overall,
            summary="", question="", concern="", reason="", at=at,
        )  # fmt: skip

    def slate(self, requisition: int, applications: list[int], at: dt.datetime) -> None:
        """Finalists in an order."""
        for place, application in enumerate(applications, 1):
            self.rows.add(
                Finalist, requisition_id=requisition, application_id=application, position=place, reason="Evidence on system design",
                named_by_id=self.users[Role.HIRING_MANAGER][requisition % 40], named_at=at,
            )  # fmt: skip

    def hire(self, application: int, opening: int, at: dt.datetime) -> None:
        """An offer that was accepted."""
        recruiter = self.users[Role.RECRUITER][0]
        pay = {"currency": "EUR", "base": 7_800_000, "equity": "", "start_on": (at + 60 * DAY).date()}
        offer = self.rows.add(
            Offer, application_id=application, opening_id=opening, status=OfferStatus.ACCEPTED, terms_version=1,
            created_by_id=recruiter, submitted_by_id=recruiter, created_at=at - 6 * DAY, submitted_at=at - 5 * DAY,
            extended_at=at - 3 * DAY, accepted_at=at, version=1, **pay,
        )  # fmt: skip
        self.rows.add(OfferTerms, offer_id=offer, number=1, revision=0, by_id=recruiter, at=at - 6 * DAY, **pay)
        self.record(AuditAction.OFFER_ACCEPTED, "offer", offer, at, recruiter)

    def closed_search(self, number: int) -> None:
        """A search of the archive: one hire, three finalists, the others closed on the way."""
        opened = self.now - dt.timedelta(days=self.chance.randint(150, YEARS * 365))
        closed = opened + 90 * DAY
        requisition, stages, opening = self.requisition(number, opened, closed)
        finalists = []
        for place in range(ARCHIVED):
            reached = 5 if place == 0 else 3 if place < 3 else self.chance.choice((0, 0, 1, 1, 2))
            at = opened + self.chance.randint(0, 20) * DAY
            ended = at + (4 * reached + self.chance.randint(1, 20)) * DAY
            made = self.application(requisition, stages, at, reached=reached, ended=ended, hired=place == 0)
            if place < 3:
                finalists.append(made)
                self.interviews(made, stages[2], at + 9 * DAY)
            if place == 0:
                self.hire(made, opening, ended)
        self.slate(requisition, finalists, opened + 60 * DAY)

    def open_search(self, number: int, size: int, finalists: int) -> None:
        """A search that runs, with so many people in process and so many finalists, all of whom were called this month."""
        opened = self.now - 60 * DAY
        requisition, stages, _ = self.requisition(number, opened, None)
        slate = []
        for place in range(size):
            reached = 3 if place < finalists else self.chance.choice((0, 0, 0, 1, 1, 2))
            at = opened + self.chance.randint(0, 20) * DAY
            made = self.application(requisition, stages, at, reached=reached, ended=None, hired=False)
            if place >= finalists:
                continue
            slate.append(made)
            self.interviews(made, stages[2], at + 9 * DAY)
            talked_at = self.now - self.chance.randint(1, 25) * DAY
            self.rows.add(
                Touchpoint, application_id=made, direction=Direction.TO, channel=Channel.PHONE, kind=TouchKind.CALL,
                text="Talked about the next steps.", at=talked_at, by_id=self.users[Role.RECRUITER][number % 20], created_at=talked_at,
            )  # fmt: skip
        self.slate(requisition, slate, self.now - 20 * DAY)

    def finish(self) -> None:
        """The end of the audit trail, and everything that is still kept."""
        self.rows.add(AuditHead, entry_hash=self.head)
        self.rows.write()


def plant(engine: Engine, size: int, *, now: dt.datetime, report: Callable[[str], None] = lambda _: None) -> None:
    """Fill an empty, upgraded database with a company that has seen about so many candidates."""
    rows = Rows(engine)
    company = Company(rows, now)
    company.people()
    rows.write()
    live = [board for board, searches in BOARDS.items() for _ in range(searches)]
    archive = max((size - sum(live)) // ARCHIVED, 0)
    for number in range(archive):
        company.closed_search(number + 1)
        if number % 500 == 499:
            report(f"{number + 1:,} of {archive:,} closed searches")
    for place, board in enumerate(live):
        finalists = SLATES[place] if place < len(SLATES) else SLATES[0]
        company.open_search(archive + place + 1, board, finalists)
    company.finish()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for table in Model.metadata.sorted_tables:
                if "id" in table.columns:
                    connection.execute(
                        sql(
                            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "  # names of our own tables
                            f'(SELECT coalesce(max(id), 1) FROM "{table.name}"))'
                        )
                    )
        connection.execute(sql("ANALYZE"))


def main() -> None:
    """Fill the database of an instance folder, or of a server."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", type=int)
    parser.add_argument("--instance", type=Path, required=True)
    parser.add_argument("--database")
    given = parser.parse_args()
    tables.load()
    given.instance.mkdir(parents=True, exist_ok=True)
    engine = create_engine(given.database or f"sqlite:///{given.instance.resolve()}/recruiter.db")
    engines.prepare(engine)
    now = dt.datetime.now(tz=dt.UTC).replace(minute=0, second=0, microsecond=0)
    began = time.monotonic()
    plant(engine, given.size, now=now, report=print)
    print(f"{given.size:,} candidates in {time.monotonic() - began:,.0f} s")


if __name__ == "__main__":
    main()
