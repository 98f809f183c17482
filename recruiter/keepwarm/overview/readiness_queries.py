"""What the record says of finalists' readiness, for the seven lights; a handful of statements whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.records import Readiness
from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck, ReadinessFacts
from recruiter.keepwarm.schedule import agreement_queries, bench_facts
from recruiter.keepwarm.schedule.next_contact import is_open
from recruiter.offers.models import BandException
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Band
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard


def readiness_checks_of(
    session: Session, applications: Sequence[Application], *, moment: Moment
) -> dict[int, tuple[ReadinessCheck, ...]]:
    """The lights of some finalists by application; their requisitions are loaded already."""
    ids = [application.id for application in applications]
    searches = {application.requisition_id for application in applications}
    cards = scorecards.card_counts(session, ids, now=moment.now)
    last_card = select(Scorecard.application_id, func.max(Scorecard.submitted_at)).where(
        Scorecard.application_id.in_(ids), Scorecard.submitted_at.is_not(None)
    )
    last_card_at = dict(session.execute(last_card.group_by(Scorecard.application_id)).all())
    last_exception = select(BandException.application_id, func.max(BandException.granted_at)).where(
        BandException.application_id.in_(ids), BandException.voided_at.is_(None)
    )
    exception_at = dict(session.execute(last_exception.group_by(BandException.application_id)).all())
    answers = select(Readiness).where(Readiness.application_id.in_(ids))
    answers_by_application = {readiness.application_id: readiness for readiness in session.scalars(answers)}
    searches_with_band = set(session.scalars(select(Band.requisition_id).where(Band.requisition_id.in_(searches))))
    bench = bench_facts.load(session, ids)
    dates = agreement_queries.dates_of(session, sorted(searches)) if bench.deadlines else {}
    lights = {}
    for application in applications:
        card_at, granted_at = last_card_at.get(application.id), exception_at.get(application.id)
        promises = bench.promises[application.id]
        ours = [date.due_on for date in dates.get(application.requisition_id, ())]
        ours += [promise.due_on for promise in promises if is_open(promise, moment=moment)]
        facts = ReadinessFacts(
            application,
            cards[application.id],
            answers_by_application.get(application.id, Readiness()),
            last_card_on=moment.day_of(card_at) if card_at else None,
            exception_on=moment.day_of(granted_at) if granted_at else None,
            has_band=application.requisition_id in searches_with_band,
            promises=promises,
            decisions_on=bench.deadlines[application.id],
            ours=ours,
        )
        lights[application.id] = readiness_rules.evaluate(facts, moment=moment)
    return lights


def lights_of(session: Session, application: Application, *, moment: Moment) -> tuple[ReadinessCheck, ...]:
    """The lights of one finalist; none for who is not in the running any more."""
    if application.status != ApplicationStatus.ACTIVE:
        return ()
    return readiness_checks_of(session, [application], moment=moment)[application.id]
