"""What the record says of finalists' readiness, for the seven lights; a handful of statements whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.records import PromiseState, Readiness
from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck, ReadinessFacts
from recruiter.keepwarm.schedule import agreement_queries, bench_facts
from recruiter.offers.models import BandException
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Band, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard


def readiness_checks_of(
    session: Session, applications: Sequence[Application], *, moment: Moment
) -> dict[int, tuple[ReadinessCheck, ...]]:
    """The lights of some finalists by application; their requisitions are loaded already."""
    ids = [application.id for application in applications]
    searches = {application.requisition_id for application in applications}
    cards = scorecards.card_counts(session, ids, now=moment.now)
    statement = select(Scorecard.application_id, func.max(Scorecard.submitted_at)).where(
        Scorecard.application_id.in_(ids), Scorecard.submitted_at.is_not(None)
    )
    last_card_at = {row[0]: row[1] for row in session.execute(statement.group_by(Scorecard.application_id))}
    readiness_by_application = {
        readiness.application_id: readiness
        for readiness in session.scalars(select(Readiness).where(Readiness.application_id.in_(ids)))
    }
    exception_statement = select(BandException.application_id, func.max(BandException.granted_at)).where(
        BandException.application_id.in_(ids), BandException.voided_at.is_(None)
    )
    exceptions = {row[0]: row[1] for row in session.execute(exception_statement.group_by(BandException.application_id))}
    searches_with_band = set(session.scalars(select(Band.requisition_id).where(Band.requisition_id.in_(searches))))
    dated = bench_facts.load(session, ids)
    today = moment.today
    dates = agreement_queries.dates_of(session, sorted(searches)) if dated.deadlines else {}
    lights = {}
    for application in applications:
        readiness, card_at = readiness_by_application.get(application.id), last_card_at.get(application.id)
        exception = exceptions.get(application.id)
        promises = dated.promises.get(application.id, [])
        promised_days = [p.due_on for p in promises if p.state == PromiseState.OPEN and p.due_on >= today]
        facts = ReadinessFacts(
            cards_in=cards[application.id].submitted,
            cards_expected=cards[application.id].expected,
            last_card_on=moment.day_of(card_at) if card_at else None,
            interested=readiness.interested if readiness else None,
            interested_on=readiness.interested_asked_on if readiness else None,
            within_band=readiness.expectation_within_band if readiness else None,
            within_on=readiness.expectation_asked_on if readiness else None,
            exception_on=moment.day_of(exception) if exception else None,
            has_band=application.requisition_id in searches_with_band,
            references_on=readiness.references_done_on if readiness else None,
            promises=tuple(promises),
            decisions_on=tuple(dated.deadlines.get(application.id, ())),
            ours=(*(date.due_on for date in dates.get(application.requisition_id, ())), *promised_days),
            applied_on=application.applied_on,
            active=application.status == ApplicationStatus.ACTIVE,
            search_on=application.requisition.status != RequisitionStatus.CLOSED,
        )
        lights[application.id] = readiness_rules.evaluate(facts, moment=moment)
    return lights


def lights_of(session: Session, application: Application, *, moment: Moment) -> tuple[ReadinessCheck, ...]:
    """The lights of one finalist; none for who is not in the running any more."""
    if application.status != ApplicationStatus.ACTIVE:
        return ()
    return readiness_checks_of(session, [application], moment=moment)[application.id]
