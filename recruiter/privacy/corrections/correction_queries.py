"""What is disputed, and which rankings used a value that was corrected since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.candidates.queries import surviving_record
from recruiter.foundation import wording
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.privacy.models import DataRequest, Dispute, DisputedField
from recruiter.privacy.person import person_queries
from recruiter.ranking.models import Prediction, PredictionUse


@dataclass(frozen=True)
class UsedRanking:
    """A ranking that used a value which was corrected since; `again` is the first that was made after, None until then."""

    before: Prediction
    application_id: int
    again: Prediction | None

    @property
    def place_before(self) -> int | None:
        """Which place the person had in it."""
        return _place(self.before, self.application_id)

    @property
    def place_again(self) -> int | None:
        """Which place they have since it was made again."""
        return _place(self.again, self.application_id) if self.again else None


def _place(prediction: Prediction, application_id: int) -> int | None:
    rows = prediction.output["ranking"]
    return next((row["rank"] for row in rows if row["application_id"] == application_id), None)


def open_disputes(session: Session, candidate_id: int) -> list[Dispute]:
    """What a person disputes now, under their record or one that was merged into it."""
    merged = select(Candidate.id).where(Candidate.merged_into_id == candidate_id)
    of_person = (DataRequest.candidate_id == candidate_id) | DataRequest.candidate_id.in_(merged)
    query = select(Dispute).join(DataRequest).where(Dispute.settled_at.is_(None), of_person)
    return list(session.scalars(query.order_by(Dispute.id)))


def disputed_now(session: Session, candidate_id: int) -> str:
    """What a person disputes now, in words; empty where nothing is."""
    return wording.listing([each.field.label for each in open_disputes(session, candidate_id)])


def disputes_scorecards(session: Session, candidate: Candidate) -> bool:
    """Whether a person disputes scorecards now."""
    return any(
        each.field == DisputedField.SCORECARDS
        for each in open_disputes(session, surviving_record(session, candidate).id)
    )


def active_applications(session: Session, request: DataRequest) -> Sequence[Application]:
    """The running applications of whoever made a request."""
    ids = [record.id for record in person_queries.records_of(session, request.candidate)]
    query = select(Application).where(Application.candidate_id.in_(ids), Application.status == ApplicationStatus.ACTIVE)
    return session.scalars(query.order_by(Application.id)).all()


def rankings_that_used(session: Session, dispute: Dispute) -> list[UsedRanking]:
    """The last ranking of each running application that people relied on before scorecards of it were corrected."""
    if dispute.field != DisputedField.SCORECARDS or not dispute.corrected or dispute.settled_at is None:
        return []
    used = []
    for application in active_applications(session, dispute.request):
        query = (
            select(Prediction, PredictionUse.at)
            .join(PredictionUse)
            .where(Prediction.requisition_id == application.requisition_id)
            .order_by(PredictionUse.at, PredictionUse.id)
        )
        rows = [(row[0], row[1]) for row in session.execute(query).all()]
        before = [each for each, at in rows if at <= dispute.settled_at and _place(each, application.id) is not None]
        again = [each for each, at in rows if at > dispute.settled_at]
        if before:
            used.append(UsedRanking(before[-1], application.id, again[0] if again else None))
    return used
