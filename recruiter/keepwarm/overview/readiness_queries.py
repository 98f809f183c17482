"""What the record says of finalists' readiness, for the seven lights; a handful of statements whatever their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import PromiseState, Readiness
from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.readiness_rules import Known, Light
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.next_contact import PromiseFact
from recruiter.offers.models import BandException, CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Band, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard


def lights_of(
    session: Session, applications: Sequence[Application], *, now: dt.datetime, zone: dt.tzinfo
) -> dict[int, tuple[Light, ...]]:
    """The lights of some finalists by application; their requisitions are loaded already."""
    ids = [one.id for one in applications]
    searches = {one.requisition_id for one in applications}
    cards = scorecards.counts(session, ids, now=now)
    sent = select(Scorecard.application_id, func.max(Scorecard.submitted_at)).where(
        Scorecard.application_id.in_(ids), Scorecard.submitted_at.is_not(None)
    )
    last = {row[0]: row[1] for row in session.execute(sent.group_by(Scorecard.application_id))}
    asked = {
        one.application_id: one for one in session.scalars(select(Readiness).where(Readiness.application_id.in_(ids)))
    }
    granted = select(BandException.application_id, func.max(BandException.granted_at)).where(
        BandException.application_id.in_(ids), BandException.voided_at.is_(None)
    )
    excepted = {row[0]: row[1] for row in session.execute(granted.group_by(BandException.application_id))}
    banded = set(session.scalars(select(Band.requisition_id).where(Band.requisition_id.in_(searches))))
    promised = queries.promises_by_application(session, ids)
    decisions: dict[int, list[dt.date]] = {}
    wanted = select(CompetingProcess.application_id, CompetingProcess.decision_on)
    for number, day in session.execute(wanted.where(CompetingProcess.application_id.in_(ids))):
        if day is not None:
            decisions.setdefault(number, []).append(day)
    today = now.astimezone(zone).date()
    dates = agreement_queries.dates_of(session, sorted(searches)) if decisions else {}
    found = {}
    for one in applications:
        ready, card = asked.get(one.id), last.get(one.id)
        exception = excepted.get(one.id)
        promises = [PromiseFact(p.what, p.due_on, p.state, p.made_at, p.zone) for p in promised.get(one.id, ())]
        waits = [p.due_on for p in promises if p.state == PromiseState.OPEN and p.due_on >= today]
        known = Known(
            cards_in=cards[one.id].submitted,
            cards_expected=cards[one.id].expected,
            last_card_on=card.astimezone(zone).date() if card else None,
            interested=ready.interested if ready else None,
            interested_on=ready.interested_asked_on if ready else None,
            within_band=ready.expectation_within_band if ready else None,
            within_on=ready.expectation_asked_on if ready else None,
            exception_on=exception.astimezone(zone).date() if exception else None,
            has_band=one.requisition_id in banded,
            references_on=ready.references_done_on if ready else None,
            promises=tuple(promises),
            decisions_on=tuple(decisions.get(one.id, ())),
            ours=(*(date.due_on for date in dates.get(one.requisition_id, ())), *waits),
            applied_on=one.applied_on,
            active=one.status == ApplicationStatus.ACTIVE,
            search_on=one.requisition.status != RequisitionStatus.CLOSED,
        )
        found[one.id] = readiness_rules.lights(known, now=now, today=today)
    return found
