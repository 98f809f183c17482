"""People with whom we keep in touch after a search: who is due, and who fits a new one, by what scorecards say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation import text
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.wording import dated
from recruiter.keepwarm.models.records import Touchpoint
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import USUAL
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings

EARLY = 14  # a contact so many days before a step stands for it
ASK_AGAIN = 60  # days before the end
STRONG = 4.0  # on the scale of 1 to 5
MOST = 50


@dataclass(frozen=True)
class Due:
    """When somebody is due, and why; `asks` where it is the question whether we may go on."""

    on: dt.date
    why: str
    asks: bool


@dataclass(frozen=True)
class InTouch:
    """One person of the list."""

    consent: Consent
    due: Due
    last_contact: dt.date | None
    application: Application | None


def next_due(
    *, given_on: dt.date, ends_on: dt.date, last_contact: dt.date | None, steps: Sequence[int] = USUAL.in_touch
) -> Due:
    """The next contact: `steps` days after they agreed, and again after as many as the last; 60 days before the end the question."""
    ask_on = max(ends_on - dt.timedelta(days=ASK_AGAIN), given_on)
    ask = Due(ask_on, f"Their consent ends on {ends_on.day} {ends_on:%b %Y}: ask whether it may go on", asks=True)
    steps_in_days = [*steps]
    while steps_in_days[-1] + steps[-1] < (ends_on - given_on).days:
        steps_in_days.append(steps_in_days[-1] + steps[-1])
    for days in steps_in_days:
        on = given_on + dt.timedelta(days=days)
        already_met = last_contact is not None and last_contact >= on - dt.timedelta(days=EARLY)
        if not already_met and on < ask_on:
            return Due(on, f"{days} days since they agreed on {dated(given_on)}", asks=False)
    return ask


def _valid_consents(people: Scope, *, today: dt.date) -> Select[Consent]:
    valid = Consent.id.in_(consent_services.valid_ids(today=today))
    return select(Consent).where(valid, people.contains(Consent.candidate_id)).options(joinedload(Consent.candidate))


def people_in_touch(session: Session, *, people: Scope, within: Scope, moment: Moment) -> list[InTouch]:
    """Everybody within sight who agreed and whose consent runs, those due first. Four statements.

    `people` are the candidates, `within` the searches that the viewer may see.
    """
    consents = list(session.scalars(_valid_consents(people, today=moment.today)))
    contact_at = (
        select(Application.candidate_id, func.max(Touchpoint.at))
        .join(Touchpoint, Touchpoint.application_id == Application.id)
        .where(Application.candidate_id.in_([consent.candidate_id for consent in consents]))
        .group_by(Application.candidate_id)
    )
    last_contacts = {candidate_id: moment.day_of(at) for candidate_id, at in session.execute(contact_at)}
    seen = select(Application).where(
        Application.id.in_([consent.application_id for consent in consents if consent.application_id]),
        within.contains(Application.requisition_id),
    )
    applications = {
        application.id: application
        for application in session.scalars(seen.options(joinedload(Application.requisition)))
    }
    requisition_ids = sorted({application.requisition_id for application in applications.values()})
    cadences = agreement_queries.cadences(session, requisition_ids)
    people_in_touch = []
    for consent in consents:
        last_contact = last_contacts.get(consent.candidate_id)
        application = applications.get(consent.application_id or 0)
        steps = (cadences[application.requisition_id] if application else USUAL).in_touch
        due = next_due(given_on=consent.given_on, ends_on=consent.ends_on, last_contact=last_contact, steps=steps)
        people_in_touch.append(InTouch(consent, due, last_contact, application))
    return sorted(people_in_touch, key=lambda person: (person.due.on, person.consent.id))


@dataclass(frozen=True)
class SharedAttribute:
    """One attribute that a new search asks for and on which somebody was rated: the mean on 1 to 5, on how many cards."""

    name: str
    mean: float
    cards: int


@dataclass(frozen=True)
class TalentMatch:
    """Somebody whom a search may remember: the attributes that they share, and when they were last rated on one."""

    candidate: Candidate
    shared: list[SharedAttribute]
    rated_on: dt.date
    ends_on: dt.date

    @property
    def strong(self) -> int:
        """On how many attributes they were rated 4 or more."""
        return sum(attribute.mean >= STRONG for attribute in self.shared)


def matches_for(
    session: Session,
    *,
    requisition: Requisition,
    viewer: User,
    people: Scope,
    within: Scope,
    moment: Moment,
) -> list[TalentMatch]:
    """People who agreed to be kept in touch with and were rated 4 or more on something that this search asks for.

    From scorecards alone, sorted by how many such attributes there are, with no score of the whole. Ratings of searches that the
    viewer may not see, and of people on whom they owe a card of their own, do not count. Five statements whatever their number.
    """
    in_this_search = select(Application.candidate_id).where(Application.requisition_id == requisition.id)
    elsewhere = _valid_consents(people, today=moment.today).where(Consent.candidate_id.not_in(in_this_search))
    consents = {consent.candidate_id: consent for consent in session.scalars(elsewhere)}
    rated_applications = select(Application.id, Application.candidate_id).where(
        Application.candidate_id.in_(consents),
        within.contains(Application.requisition_id),
        Application.id.not_in(scorecards.owed_by(viewer)),
    )
    candidate_ids = dict(session.execute(rated_applications).all())
    names_by_folded = {text.folded(attribute.name): attribute.name for attribute in requisition.attributes}
    ratings: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    last_rated: dict[int, dt.date] = defaultdict(lambda: dt.date.min)
    for row in scorecards.cards_for_ranking(session, list(candidate_ids)):
        name, candidate_id = names_by_folded.get(text.folded(row.attribute)), candidate_ids[row.application_id]
        if name is not None:
            ratings[candidate_id][name].append(row.on_five)
            last_rated[candidate_id] = max(last_rated[candidate_id], moment.day_of(row.submitted_at))
    matches = []
    for candidate_id, by_name in ratings.items():
        shared = [SharedAttribute(name, fmean(scores), len(scores)) for name, scores in sorted(by_name.items())]
        consent = consents[candidate_id]
        matches.append(TalentMatch(consent.candidate, shared, last_rated[candidate_id], consent.ends_on))
    strong = [match for match in matches if match.strong]
    strong.sort(key=lambda match: (-match.strong, -match.rated_on.toordinal(), match.candidate.id))
    matched_ids = {match.candidate.id for match in strong[:MOST]}
    rated_ids = [number for number, candidate_id in candidate_ids.items() if candidate_id in matched_ids]
    readings.note(session, viewer=viewer, application_ids=rated_ids)
    return strong[:MOST]
