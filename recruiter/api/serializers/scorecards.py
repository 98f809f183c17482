"""Interviews and scorecards in JSON."""

from __future__ import annotations

from typing import Any

from recruiter.api.serializers import people, values
from recruiter.interviews.models import Interview, InterviewChange
from recruiter.scorecards.models import Scorecard


def interview(one: Interview) -> dict[str, Any]:
    """An interview with its panel."""
    return {
        "id": one.id,
        "application_id": one.application_id,
        "name": one.name,
        "stage": one.stage.name,
        "starts_at": values.instant(one.starts_at),
        "ends_at": values.instant(one.ends_at),
        "status": one.status.value,
        "focus": one.focus,
        "place": one.place,
        "sequence": one.sequence,
        "panel": [{**people.person(seat.user), "cross_functional": seat.cross_functional} for seat in one.panel],
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }


def interview_change(one: InterviewChange) -> dict[str, Any]:
    """One thing that was done to an interview."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "starts_before": values.instant(one.starts_before),
        "starts_after": values.instant(one.starts_after),
        "reason": one.reason,
        "by": people.person(one.by),
        "at": values.instant(one.at),
    }


def _score(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _marks(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**mark, "rating": _score(mark["rating"])} for mark in marks]


def scorecard(one: Scorecard) -> dict[str, Any]:
    """A card with its versions, for who may see it."""
    return {
        "id": one.id,
        "interview_id": one.interview_id,
        "application_id": one.application_id,
        "interviewer": people.person(one.author),
        "state": one.state.value,
        "ratings": [
            {"attribute": r.attribute, "rating": _score(r.rating), "evidence": r.evidence} for r in one.ratings
        ],
        "overall": _score(one.overall),
        "summary": one.summary,
        "question": one.question,
        "concern": one.concern,
        "entered_by": people.person(one.entered_by) if one.entered_by else None,
        "channel": one.channel.value if one.channel else None,
        "submitted_at": values.instant(one.submitted_at),
        "version": one.version,
        "created_at": values.instant(one.created_at),
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
            for v in one.versions
        ],
    }
