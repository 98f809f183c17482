"""What stands beside the scorecards when finalists are compared: readiness, other offers, concerns; one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.keepwarm.models.records import Concern, ConcernState, Readiness
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess, Offer


@dataclass
class FinalistFacts:
    """What is known of one finalist; processes by the nearest decision, concerns that are open, oldest first."""

    offer: Offer | None = None
    readiness: Readiness | None = None
    processes: list[CompetingProcess] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)


def facts_for(session: Session, application_ids: Sequence[int]) -> dict[int, FinalistFacts]:
    """The facts of some applications, in four statements whatever their number. Amounts are for those who see pay."""
    facts = {application_id: FinalistFacts() for application_id in application_ids}
    for application_id, offer in offers.decisive_by_application(session, application_ids).items():
        facts[application_id].offer = offer
    for ready in session.scalars(select(Readiness).where(Readiness.application_id.in_(application_ids))):
        facts[ready.application_id].readiness = ready
    nearest = (CompetingProcess.decision_on.is_(None), CompetingProcess.decision_on, CompetingProcess.id)
    processes = select(CompetingProcess).where(CompetingProcess.application_id.in_(application_ids)).order_by(*nearest)
    for process in session.scalars(processes):
        facts[process.application_id].processes.append(process)
    open_here = Concern.application_id.in_(application_ids), Concern.state == ConcernState.OPEN
    for concern in session.scalars(select(Concern).where(*open_here).order_by(Concern.id)):
        facts[concern.application_id].concerns.append(concern)
    return facts
