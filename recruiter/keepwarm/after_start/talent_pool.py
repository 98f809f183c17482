"""People with whom we keep in touch after a search: who is due, and who fits a new one, by what scorecards say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation import text
from recruiter.foundation.calendar import dated
from recruiter.keepwarm.models.records import Touchpoint
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import USUAL
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards

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
    every = [*steps]
    while every[-1] + steps[-1] < (ends_on - given_on).days:
        every.append(every[-1] + steps[-1])
    for days in every:
        on = given_on + dt.timedelta(days=days)
        met = last_contact is not None and last_contact >= on - dt.timedelta(days=EARLY)
        if not met and on < ask_on:
            return Due(on, f"{days} days since they agreed on {dated(given_on)}", asks=False)
    return ask


def _last_contacts(session: Session, candidate_ids: Sequence[int], *, zone: dt.tzinfo) -> dict[int, dt.date]:
    wanted = (
        select(Application.candidate_id, func.max(Touchpoint.at))
        .join(Touchpoint, Touchpoint.application_id == Application.id)
        .where(Application.candidate_id.in_(candidate_ids))
        .group_by(Application.candidate_id)
    )
    return {row[0]: row[1].astimezone(zone).date() for row in session.execute(wanted)}


def _seen_applications(session: Session, ids: Sequence[int], *, within: Select[int]) -> dict[int, Application]:
    wanted = select(Application).where(Application.id.in_(ids), Application.requisition_id.in_(within))
    return {one.id: one for one in session.scalars(wanted.options(joinedload(Application.requisition)))}


def listed(
    session: Session, *, people: Select[int], within: Select[int], today: dt.date, zone: dt.tzinfo
) -> list[InTouch]:
    """Everybody within sight who agreed and whose consent runs, those due first. Four statements.

    `people` are the candidates, `within` the searches that the viewer may see.
    """
    wanted = (
        select(Consent)
        .where(Consent.id.in_(consent_services.valid(today=today)), Consent.candidate_id.in_(people))
        .options(joinedload(Consent.candidate))
    )
    found = list(session.scalars(wanted))
    spoke = _last_contacts(session, [one.candidate_id for one in found], zone=zone)
    seen = _seen_applications(session, [one.application_id for one in found if one.application_id], within=within)
    own = agreement_queries.cadences(session, sorted({one.requisition_id for one in seen.values()}))
    rows = []
    for one in found:
        last = spoke.get(one.candidate_id)
        application = seen.get(one.application_id or 0)
        clocks = own.get(application.requisition_id, USUAL) if application else USUAL
        due = next_due(given_on=one.given_on, ends_on=one.ends_on, last_contact=last, steps=clocks.in_touch)
        rows.append(InTouch(one, due, last, application))
    return sorted(rows, key=lambda one: (one.due.on, one.consent.id))


@dataclass(frozen=True)
class Shared:
    """One attribute that a new search asks for and on which somebody was rated: the mean on 1 to 5, on how many cards."""

    name: str
    mean: float
    cards: int


@dataclass(frozen=True)
class Known:
    """Somebody whom a search may remember: the attributes that they share, and when they were last rated on one."""

    candidate: Candidate
    shared: list[Shared]
    rated_on: dt.date
    ends_on: dt.date

    @property
    def strong(self) -> int:
        """On how many attributes they were rated 4 or more."""
        return sum(one.mean >= STRONG for one in self.shared)


def _on_five(score: float, low: float | None, high: float | None) -> float:
    if low is None or high is None or high <= low:
        return score
    return 1 + 4 * (score - low) / (high - low)


def known_for(
    session: Session,
    *,
    requisition: Requisition,
    viewer: User,
    people: Select[int],
    within: Select[int],
    today: dt.date,
) -> list[Known]:
    """People who agreed to be kept in touch with and were rated 4 or more on something that this search asks for.

    From scorecards alone, sorted by how many such attributes there are, with no score of the whole. Ratings of searches that the
    viewer may not see, or on which he owes a card of his own, do not count. Five statements whatever their number.
    """
    asked_for = {text.folded(one.name): one.name for one in requisition.attributes}
    there = select(Application.candidate_id).where(Application.requisition_id == requisition.id)
    agreed = select(Consent).where(
        Consent.id.in_(consent_services.valid(today=today)),
        Consent.candidate_id.in_(people),
        Consent.candidate_id.not_in(there),
    )
    ends = {one.candidate_id: one for one in session.scalars(agreed.options(joinedload(Consent.candidate)))}
    rated = select(Application.id, Application.candidate_id).where(
        Application.candidate_id.in_(ends),
        Application.requisition_id.in_(within),
        Application.requisition_id.not_in(scorecards.searches_owed_on(viewer)),
    )
    whose = {row[0]: row[1] for row in session.execute(rated)}
    marks: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    last: dict[int, dt.date] = {}
    for row in scorecards.cards_for_ranking(session, list(whose)):
        name = asked_for.get(text.folded(row.attribute))
        if name is None:
            continue
        person = whose[row.application_id]
        marks[person][name].append(_on_five(row.score, row.scale_min, row.scale_max))
        last[person] = max(last.get(person, dt.date.min), row.submitted_at.date())
    found = []
    for person, by_name in marks.items():
        shared = [Shared(name, sum(given) / len(given), len(given)) for name, given in sorted(by_name.items())]
        known = Known(ends[person].candidate, shared, last[person], ends[person].ends_on)
        if known.strong:
            found.append(known)
    found.sort(key=lambda one: (-one.strong, -one.rated_on.toordinal(), one.candidate.id))
    return found[:MOST]
