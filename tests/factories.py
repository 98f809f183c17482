"""Things that tests need many of, made through the real services; names from Faker, seeded."""

from __future__ import annotations

import datetime as dt

from faker import Faker

from recruiter.candidates import services as candidates
from recruiter.candidates.rules import CandidateDetails
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.pipeline import services as pipeline
from recruiter.requisitions import queries as requisition_queries
from recruiter.requisitions import rules, services
from recruiter.requisitions.models import StageKind
from tests.acts import act_by

fake = Faker()
fake.seed_instance(20261118)
BAND = rules.BandTerms(min=6_500_000, mid=7_500_000, max=8_500_000, currency="EUR")


def requisition(session, people, now, access=(), **terms):
    """An open requisition of Hana's with the usual stages, two attributes and a band."""
    chosen = rules.RequisitionTerms(
        **{
            "title": "Senior Backend Engineer",
            "department": "Engineering",
            "level": "L5",
            "band": BAND,
            "bar": 3.2,
            "attributes": [
                rules.AttributeTerms("System design", "Splits a system", 2),
                rules.AttributeTerms("Communication", "Makes it plain", 1),
            ],
            **terms,
        }
    )
    return services.create(
        session, terms=chosen, hiring_manager=people.hana, recruiters=[people.ruth], access=list(access),
        act=act_by(people.ruth, now=now),
    )  # fmt: skip


def candidate(session, people, now, name=None):
    """Somebody with a name and an address."""
    chosen = name or fake.name()
    number = fake.unique.random_number(digits=9)
    return candidates.add(
        session,
        person=CandidateDetails(name=chosen, emails=[f"c{number}@example.com"]),
        act=act_by(people.ruth, now=now),
    )


def application(session, people, now, requisition, name=None, stage=None):
    """Somebody on a requisition, in the first stage or in the one of the kind that is asked for."""
    made = pipeline.apply(
        session,
        candidate=candidate(session, people, now, name),
        requisition=requisition,
        act=act_by(people.ruth, now=now),
    )
    if stage is not None:
        to = requisition_queries.stage_of_kind(requisition, StageKind(stage))
        pipeline.move(session, application=made, to=to, reason="Arranged for a test", act=act_by(people.ruth, now=now))
    session.flush()
    return made


def finalists(session, people, now, requisition, names=("Ada Ferreira", "Bela Novak", "Chidi Okoro")):
    """A slate in the order of the names, standing in the final stage."""
    order = [application(session, people, now, requisition, name, stage="final") for name in names]
    pipeline.name_finalists(
        session,
        requisition=requisition,
        order=[(finalist, "Evidence on system design") for finalist in order],
        act=act_by(people.hana, now=now),
    )
    session.flush()
    return order


def interview(session, people, application, starts_at, panel, **more):
    """An hour's talk with some people, in the stage where its application stands."""
    return interviews.plan(
        session,
        application=application,
        stage=application.stage,
        name=more.pop("name", "Talk"),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        panel=[Seat(user) for user in panel],
        act=act_by(people.ruth, now=starts_at),
        **more,
    )


def days(count):
    """A stretch of days."""
    return dt.timedelta(days=count)
