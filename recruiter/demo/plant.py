"""Plants the company of the story through the real services."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from recruiter.candidates import services as candidates
from recruiter.demo import people, slates, words
from recruiter.interviews import services as interviews
from recruiter.pipeline import services as pipeline
from recruiter.requisitions import rules
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import Mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ON_A_SEARCH = 12
CHAPTERS = 6


def _opened(session: Session, *, staff: people.Staff, number: int, at: dt.datetime) -> Requisition:
    title, team, level, middle = words.ROLES[number % len(words.ROLES)]
    manager = next(one for one in staff.managers if one.team == team)
    band = rules.BandTerms(min=int(middle * 0.88), mid=middle, max=int(middle * 1.12), currency="EUR")
    attributes = [rules.AttributeTerms(name, text, weight) for name, text, weight in words.ATTRIBUTES]
    terms = rules.Terms(
        title=title,
        department=team,
        location="Berlin or remote",
        level=level,
        attributes=attributes,
        band=band,
        bar=3.0,
    )
    recruiter = staff.recruiters[number % len(staff.recruiters)]
    return requisitions.create(
        session, terms=terms, hiring_manager=manager, recruiters=[recruiter], actor=recruiter, now=at
    )


def _search(
    session: Session,
    *,
    staff: people.Staff,
    number: int,
    chance: random.Random,
    fake_name: Callable[[], str],
    now: dt.datetime,
) -> None:
    at = now - dt.timedelta(days=40 - 5 * number, hours=3)
    requisition = _opened(session, staff=staff, number=number, at=at)
    recruiter = requisition.members[0].user
    stages = {stage.kind: stage for stage in requisition.stages}
    for place in range(ON_A_SEARCH):
        name = fake_name()
        person = slates.person(chance, name=name, email=f"candidate{number}.{place}@example.com")
        entered = at + dt.timedelta(days=1, minutes=7 * place)
        record = candidates.Person(
            name=person.name,
            emails=[person.email],
            headline=person.headline,
            source="referral" if place % 3 else "website",
        )
        candidate = candidates.add(session, person=record, actor=recruiter, now=entered)
        one = pipeline.apply(session, candidate=candidate, requisition=requisition, actor=recruiter, now=entered)
        if place < ON_A_SEARCH - 3:
            pipeline.move(
                session,
                application=one,
                to=stages[StageKind.SCREEN],
                actor=recruiter,
                now=entered + dt.timedelta(days=2),
            )
        if place >= ON_A_SEARCH - 5:
            continue
        met = entered + dt.timedelta(days=5)
        pipeline.move(
            session, application=one, to=stages[StageKind.INTERVIEW], actor=recruiter, now=met - dt.timedelta(hours=4)
        )
        panel = chance.sample(staff.interviewers, 3)
        seats = [interviews.Seat(user, cross_functional=user.team != requisition.department) for user in panel]
        talk = interviews.plan(
            session, application=one, stage=stages[StageKind.INTERVIEW], name="Panel", starts_at=met, ends_at=met + dt.timedelta(hours=1), panel=seats, actor=recruiter, now=met - dt.timedelta(hours=3),
        )  # fmt: skip
        for user in panel[: 2 if place == ON_A_SEARCH - 6 else 3]:
            rated, overall = slates.ratings(person, chance, severity=staff.severity[user.id])
            marks = [
                Mark(name, value, chance.choice(words.SEEN[value]) if value else "") for name, value in rated.items()
            ]
            sent = met + dt.timedelta(hours=chance.randint(2, 20))
            scorecards.submit(
                session,
                interview=talk,
                author=user,
                marks=marks,
                overall=overall,
                summary=words.SUMMARY[overall],
                now=sent,
            )
        if place < 3:  # noqa: PLR2004  # a slate of three
            pipeline.move(
                session, application=one, to=stages[StageKind.FINAL], actor=recruiter, now=met + dt.timedelta(days=2)
            )


def plant(
    session: Session, *, seed: int, now: dt.datetime, progress: Callable[[int, int], None]
) -> dict[str, tuple[str, str]]:
    """Tell the story into an empty database; answers the sign-ins as role -> (email, password). The same seed tells the same story."""
    from faker import Faker  # loads slowly, and only here

    fake = Faker(["de_DE", "en_GB", "pl_PL", "es_ES"], use_weighting=False)
    fake.seed_instance(seed)
    chance = random.Random(seed)
    sign_ins: dict[str, tuple[str, str]] = {}
    staff = people.hire(
        session, fake=Faker("en_GB"), chance=chance, now=now - dt.timedelta(days=60), sign_ins=sign_ins, seed=seed
    )
    for number in range(CHAPTERS):
        _search(
            session,
            staff=staff,
            number=number,
            chance=chance,
            fake_name=lambda: f"{fake.first_name()} {fake.last_name()}",
            now=now,
        )
        progress(number + 1, CHAPTERS)
    return sign_ins
