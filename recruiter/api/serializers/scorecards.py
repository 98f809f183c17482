"""Interviews and scorecards in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews.models import Interview, InterviewChange
from recruiter.scorecards.models import Scorecard


def interview(record: Interview) -> JsonObject:
    """An interview with its panel."""
    return {
        "id": record.id,
        "application_id": record.application_id,
        "name": record.name,
        "stage": record.stage.name,
        "starts_at": values.instant(record.starts_at),
        "ends_at": values.instant(record.ends_at),
        "status": record.status.value,
        "focus": record.focus,
        "place": record.place,
        "sequence": record.sequence,
        "panel": [{**people.person(seat.user), "cross_functional": seat.cross_functional} for seat in record.panel],
        "version": record.version,
        "created_at": values.instant(record.created_at),
    }


def interview_change(change: InterviewChange) -> JsonObject:
    """One thing that was done to an interview."""
    return {
        "id": change.id,
        "kind": change.kind.value,
        "starts_before": values.instant(change.starts_before),
        "starts_after": values.instant(change.starts_after),
        "reason": change.reason,
        "by": people.person(change.by),
        "at": values.instant(change.at),
    }


def _score(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _marks(ratings: list[JsonObject]) -> list[JsonObject]:
    return [{**rating, "rating": _score(rating["rating"])} for rating in ratings]


def scorecard(card: Scorecard) -> JsonObject:
    """A card with its versions, for who may see it."""
    return {
        "id": card.id,
        "interview_id": card.interview_id,
        "application_id": card.application_id,
        "interviewer": people.person(card.author),
        "state": card.state.value,
        "ratings": [
            {"attribute": r.attribute, "rating": _score(r.rating), "evidence": r.evidence} for r in card.ratings
        ],
        "overall": _score(card.overall),
        "summary": card.summary,
        "question": card.question,
        "concern": card.concern,
        "entered_by": people.person(card.entered_by) if card.entered_by else None,
        "channel": card.channel.value if card.channel else None,
        "submitted_at": values.instant(card.submitted_at),
        "version": card.version,
        "created_at": values.instant(card.created_at),
        "versions": [
            {
                "version": v.number,
                "state": v.state.value,
                "after_reveal": v.after_reveal,
                "ratings": _marks(v.ratings),
                "overall": _score(v.overall),
                "summary": v.summary,
                "question": v.question,
                "concern": v.concern,
                "reason": v.reason,
                "at": values.instant(v.at),
            }
            for v in card.versions
        ],
    }
